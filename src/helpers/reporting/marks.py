"""What is marked in the texts of the evidence pages: mentions, quotes, dates and loaded words.

Spans of several kinds overlap (a name within a quotation), so a sentence is cut at every end of a span, and
each piece says all that holds for it.
"""

from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

KINDS = {
    "mention": "topics and actors", "quote": "quoted and reported speech", "date": "times",
    "loaded": "loaded words and hedges",
}  # fmt: skip


class Piece(NamedTuple):
    """A part of a sentence: its text, the kinds of marks it bears and what they say of it."""

    text: str
    kinds: str
    notes: str


Span = tuple[int, int, str, str]  # start, end, kind, note


def spans(tables: dict[str, pd.DataFrame]) -> dict[str, list[Span]]:
    """All spans to mark, by sentence_id.

    They are those of the tables `mentions`, `quotes`, `dates` and `language`, with the labels of `codebook`.
    """
    found: dict[str, list[Span]] = defaultdict(list)
    label = tables["codebook"].set_index(["kind", "code"]).label.to_dict()
    for row in tables["mentions"].itertuples():
        note = f"{row.kind}: {label.get((row.kind, row.code), row.code)}"
        found[row.sentence_id].append((row.start, row.end, "mention", note))
    for row in tables["quotes"].itertuples():
        said = {"direct": "quoted", "indirect": "reported", "scare": "at a distance"}.get(row.kind, row.kind)
        who = next((one for one in (row.speaker_name, row.speaker) if isinstance(one, str)), "")
        note = said + (f": {who}" if who else "")
        found[row.sentence_id].append((row.start, row.end, "quote", note))
    for row in tables["dates"].itertuples():
        days = "" if pd.isna(row.earliest) else f": {row.earliest:%Y-%m-%d}"
        if days and row.latest > row.earliest:
            days += f" to {row.latest:%Y-%m-%d}"
        found[row.sentence_id].append((row.start, row.end, "date", row.type.lower() + days))
    for row in tables["language"].itertuples():
        found[row.sentence_id].append((row.start, row.end, "loaded", row.channel))
    return found


def pieces(text: str, marked: list[Span]) -> list[Piece]:
    """Cut a sentence where spans begin and end.

    Examples
    --------
    >>> pieces("The mayor left.", [(4, 9, "mention", "actor: The mayor"), (0, 9, "date", "x")])[1]
    Piece(text='mayor', kinds='date mention', notes='actor: The mayor; x')
    """
    ends = sorted({0, len(text), *(end for start, stop, *_ in marked for end in (start, stop))})
    cut = []
    for start, stop in pairwise(ends):
        here = [span for span in marked if span[0] <= start and stop <= span[1]]
        kinds = " ".join(sorted({kind for *_, kind, _ in here}))
        cut.append(Piece(text[start:stop], kinds, "; ".join(sorted({note for *_, note in here}))))
    return cut
