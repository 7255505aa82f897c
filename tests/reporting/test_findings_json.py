import json

import pandas as pd
import pytest

from helpers import tables
from helpers.paths import CorpusError
from helpers.reporting.exports import findings_json, read_findings, with_sentences
from helpers.schemas import SCHEMAS

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


def report(folder, **changed):
    """What `changes` reads of a report; every column of the table is there."""
    every = FINDINGS.reindex(columns=SCHEMAS["findings"].schema.columns).assign(subject="opening")
    stored = {"findings": every, "sentences": SENTENCES} | changed
    (folder / "tables").mkdir(parents=True)
    (folder / "tables" / "findings.json").write_text(findings_json(stored), encoding="utf-8")
    (folder / "tables" / "sentences.csv").write_text(tables.csv_text(stored["sentences"]), encoding="utf-8")
    return folder


def test_what_a_report_holds_is_read_as_it_was_written(tmp_path):
    found, texts = read_findings(report(tmp_path / "one"))
    assert found.sentence_ids.tolist() == [["a:s001"], [], ["a:s002"]]
    assert found.group.tolist() == FINDINGS.group.tolist() and found.text.tolist() == FINDINGS.text.tolist()
    assert texts == {"a:s001": "The pier fell.", "a:s002": "It is gone."}


def test_a_sentence_that_a_spreadsheet_would_run_is_read_without_its_guard(tmp_path):
    guarded = SENTENCES.assign(text=["=1+1 said a sign.", "NA"])
    assert list(read_findings(report(tmp_path / "one", sentences=guarded))[1].values()) == [*guarded.text]


def test_a_report_without_a_finding_is_read(tmp_path):
    none = FINDINGS[:0].reindex(columns=SCHEMAS["findings"].schema.columns)
    assert read_findings(report(tmp_path / "one", findings=none))[0].empty


def test_a_folder_that_is_no_report_an_older_one_and_a_broken_one_are_told(tmp_path):
    with pytest.raises(CorpusError, match="is not the folder of a report: it has no tables/findings.json"):
        read_findings(tmp_path)
    with pytest.raises(CorpusError, match="do not say what they are about: an older version"):
        read_findings(report(tmp_path / "old", findings=FINDINGS))
    broken = report(tmp_path / "broken")
    (broken / "tables" / "findings.json").write_text('[{"group": 1')
    with pytest.raises(CorpusError, match="cannot be read: .* Make it again with"):
        read_findings(broken)


def test_the_sentences_behind_findings_stand_beside_them():
    found = with_sentences({"findings": FINDINGS, "sentences": SENTENCES})
    assert found.sentence_ids.tolist() == [["a:s001"], [], ["a:s002"]]
    assert [*found.drop(columns="sentence_ids")] == [*FINDINGS]
