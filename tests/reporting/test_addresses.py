"""From a number to its sentences: which rows an address means, in what order, and how often each counts."""

import pandas as pd
import pytest

from helpers.reporting import evidence

SENTENCES = pd.DataFrame(
    {"sentence_id": ["b:s001", "b:s002", "a.1:s001"], "article_id": ["b", "b", "a.1"]}, dtype="str"
)
MENTIONS = pd.DataFrame(
    [
        ("a.1:s001", "topic", "pier"), ("b:s002", "topic", "pier"), ("b:s002", "topic", "pier"),
        ("b:s001", "topic", "storm"), ("b:s002", "actor", "mayor"), ("b:s001", "actor", "mayor"),
    ],
    columns=["sentence_id", "kind", "code"],
)  # fmt: skip
GROUPS = pd.DataFrame({"by": ["outlet", "day"], "group": ["Gull & Co", "b"], "article_id": ["b", "a.1"]})
TABLES = {"sentences": SENTENCES, "mentions": MENTIONS, "groups": GROUPS}


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("mentions?kind=topic&code=pier", ["b:s002", "b:s002", "a.1:s001"]),
        ("mentions?kind=topic&code=pier&article_id=a.1", ["a.1:s001"]),
        ("mentions?kind=topic&code=pier mentions?code=pier&article_id=b", ["b:s002", "b:s002", "a.1:s001"]),
        ("mentions?kind=topic&by=outlet&group=Gull+%26+Co", ["b:s001", "b:s002", "b:s002"]),
        ("mentions?code=mayor&topic=storm", ["b:s001"]),
        ("sentences?sentence_id=b:s002 sentences?sentence_id=b:s001", ["b:s001", "b:s002"]),
        ("mentions?code=quay", []),
    ],
)
def test_what_an_address_means_is_counted_row_by_row_in_the_order_of_the_texts(address, counted):
    assert list(evidence.ref("n", address, TABLES).sentence_ids) == counted
    assert evidence.sentences(address, TABLES) == list(dict.fromkeys(counted))


def test_an_address_of_a_table_that_is_not_there_is_an_error():
    with pytest.raises(KeyError, match="credits"):
        evidence.sentences("credits?kind=agency", TABLES)


def test_a_cell_without_an_address_leads_nowhere():
    assert evidence.ref(3, float("nan"), TABLES).sentence_ids == ()
