import hypothesis.strategies as st
import pandas as pd
import pytest
from hypothesis import given, settings

from helpers.paths import CorpusError
from helpers.timeline.events import place

TEXTS = {
    "a": (
        "2026-02-10",
        ["Crane collapses", "The crane of Port Ellery collapsed on Monday, crushing a shed."],
    ),
    "b": (
        "2026-02-11",
        ["Two hurt in port", "The collapse of Port Ellery's crane crushed the harbour shed."],
    ),
    "c": ("2026-02-11", ["Ferry strike", "The ferry crews walked out on Monday."]),
}
ROWS = [("m1", "a", 1, "collapsed"), ("m2", "b", 1, "collapse"), ("m3", "c", 1, "walked_out")]


def documents(**changed):
    texts = TEXTS | changed
    rows = [(doc, published, sentences) for doc, (published, sentences) in texts.items()]
    return pd.DataFrame(rows, columns=["doc", "published", "sentences"])


def mentions(rows=ROWS):
    return pd.DataFrame(rows, columns=["id", "doc", "sent", "word"]).assign(entity="Port Ellery")


def test_mentions_are_dated_and_grouped():
    placed = place(documents(), mentions())
    assert placed.columns.tolist()[:5] == ["id", "date", "granularity", "basis", "group"]
    assert placed.date.tolist() == ["2026-02-09", "2026-02-11", "2026-02-09"]
    assert placed.group[:2].tolist() == ["m1", "m1"]
    assert pd.isna(placed.group[2])


@settings(deadline=None, max_examples=5)
@given(st.permutations(range(3)))
def test_the_order_of_rows_does_not_matter(order):
    told = place(documents().iloc[order], mentions().iloc[order]).set_index("id")
    pd.testing.assert_frame_equal(told.sort_index(), place(documents(), mentions()).set_index("id"))


def test_an_index_that_repeats_does_no_harm():
    repeated = mentions(ROWS[::-1]).set_axis([7, 6, 7])
    placed = place(documents(), repeated)
    pd.testing.assert_frame_equal(placed[::-1].reset_index(drop=True), place(documents(), mentions()))


def test_nothing_relative_is_dated_without_a_day_of_publication():
    placed = place(documents(a=(None, TEXTS["a"][1])), mentions()[:1])
    assert placed[["date", "granularity"]].isna().all(axis=None)


def test_empty_tables_have_the_same_columns():
    placed = place(documents(), mentions([]))
    full = place(documents(), mentions())
    assert placed.empty
    assert placed.dtypes[1:].equals(full.dtypes[1:])


@pytest.mark.parametrize(
    ("table", "rows", "said"),
    [
        (documents().drop(columns="published"), mentions(), "documents: the column 'published' is missing"),
        (documents(), mentions().drop(columns="entity"), "mentions: the column 'entity' is missing"),
        (
            pd.concat([documents(), documents(a=("2026-02-12", ["Other."]))]),
            mentions(),
            "documents, column 'doc': 'a' is there twice",
        ),
        (documents(), mentions(ROWS[:1] * 2), "mentions, column 'id': 'm1' is there twice"),
        (documents(a=("10 May", [])), mentions(), "documents, column 'published': '10 May' is no day"),
        (documents(), mentions([("m1", "z", 1, "fell")]), "column 'doc': 'z' of 'm1' is not among"),
        (
            documents(),
            mentions([("m1", "a", 2, "fell")]),
            "column 'sent': 2 of 'm1', but 'a' has 2 sentences",
        ),
        (documents(), mentions([("m1", "a", -1, "fell")]), "column 'sent': -1 of 'm1'"),
    ],
)
def test_what_cannot_be_read_is_named(table, rows, said):
    with pytest.raises(CorpusError, match=said):
        place(table, rows)
