"""Spans become pieces of a sentence that lose none of its letters."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from helpers import tables
from helpers.reporting import marks

TEXT = "The mayor said a great quay opened on Monday."


def stored(**rows):
    empty = {name: pd.DataFrame(columns=list(t.schema.columns)) for name, t in tables.SCHEMAS.items()}
    book = pd.DataFrame({"kind": ["actor"], "code": ["mayor"], "label": ["The mayor"]})
    return empty | {"codebook": book} | {name: pd.DataFrame(row, index=[0]) for name, row in rows.items()}


def test_each_kind_of_span_says_what_it_is():
    found = marks.spans(
        stored(
            mentions={"sentence_id": "a:s001", "kind": "actor", "code": "mayor", "start": 4, "end": 9},
            quotes={
                "sentence_id": "a:s001", "start": 15, "end": 44, "kind": "indirect", "speaker": "the mayor",
                "speaker_name": None,
            },
            dates={
                "sentence_id": "a:s001", "start": 38, "end": 44, "type": "DATE",
                "earliest": pd.Timestamp("2026-02-09"), "latest": pd.Timestamp("2026-02-09"),
            },
            language={"sentence_id": "a:s001", "start": 17, "end": 22, "channel": "evaluation"},
        )
    )  # fmt: skip
    assert sorted(found["a:s001"]) == [
        (4, 9, "mention", "actor: The mayor"),
        (15, 44, "quote", "reported: the mayor"),
        (17, 22, "loaded", "evaluation"),
        (38, 44, "date", "date: 2026-02-09"),
    ]


def test_where_spans_overlap_a_piece_bears_both():
    cut = marks.pieces(TEXT, [(15, 44, "quote", "reported: the mayor"), (17, 22, "loaded", "evaluation")])
    assert [piece.text for piece in cut] == ["The mayor said ", "a ", "great", " quay opened on Monday", "."]
    assert cut[2] == ("great", "loaded quote", "evaluation; reported: the mayor")
    assert cut[0] == ("The mayor said ", "", "")


spans = st.lists(
    st.tuples(
        st.integers(0, 44), st.integers(1, 45), st.sampled_from(["quote", "date"]), st.sampled_from("xy")
    ).map(lambda s: (min(s[0], s[1] - 1), s[1], *s[2:])),
    max_size=6,
)


@given(spans)
def test_no_letter_is_lost_and_each_bears_what_covers_it(marked):
    cut, at = marks.pieces(TEXT, marked), 0
    assert "".join(piece.text for piece in cut) == TEXT
    for piece in cut:
        assert set(piece.kinds.split()) == {kind for start, end, kind, _ in marked if start <= at < end}
        at += len(piece.text)
