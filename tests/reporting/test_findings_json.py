import json

import pandas as pd

from helpers.reporting.exports import findings_json

SENTENCES = pd.DataFrame(
    {"sentence_id": ["a:s001", "a:s002"], "article_id": "a", "text": ["The pier fell.", "It is gone."]}
)
FINDINGS = pd.DataFrame(
    [
        ("f001", "What happened when", "The pier fell.", 1.0, "sentences?sentence_id=a:s001"),
        ("f002", "Origins", "Nobody is credited.", None, None),
        ("f003", "Origins", "One text credits the guard.", 1.0, "sentences?sentence_id=a:s002"),
    ],
    columns=["finding_id", "group", "text", "value", "evidence"],
)


def found(**changed):
    return json.loads(findings_json({"findings": FINDINGS, "sentences": SENTENCES} | changed))


def test_findings_stand_by_group_in_the_order_of_the_briefing():
    assert [(part["group"], [one["finding_id"] for one in part["findings"]]) for part in found()] == [
        ("What happened when", ["f001"]),
        ("Origins", ["f002", "f003"]),
    ]


def test_a_finding_has_the_sentences_behind_it_and_what_is_missing_is_null():
    (_, second) = found()
    assert [one["sentence_ids"] for one in second["findings"]] == [[], ["a:s002"]]
    assert second["findings"][0]["value"] is None and second["findings"][0]["evidence"] is None


def test_without_a_finding_the_list_is_empty():
    assert found(findings=FINDINGS[:0]) == []
