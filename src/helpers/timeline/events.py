"""Mentions of events → when each took place, and which of them tell one event."""

from datetime import date

import pandas as pd

from helpers.paths import CorpusError
from helpers.timeline.anchoring import anchor
from helpers.timeline.grouping import group

_DOCUMENTS = ["doc", "published", "sentences"]
_MENTIONS = ["id", "entity", "doc", "sent", "word"]


def place(documents: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Date and group mentions of events.

    Parameters
    ----------
    documents
        A row a text: `doc` (its id), `published` (YYYY-MM-DD, or missing: then nothing relative is resolved),
        `sentences` (a list of texts, the headline first).
    mentions
        A row a mention: `id`, `entity` (whose timeline it is for; may be missing), `doc`, `sent` (number of
        the sentence, from 0), `word` (as written; `_` for a blank); perhaps `start`, its offset there, and
        `earliest` and `latest`, the days of an expression that is known to date it.

    Returns
    -------
    DataFrame
        A row a mention, in their order: `id`; `date` (YYYY, YYYY-MM or YYYY-MM-DD, or missing); `granularity`
        and `basis` as :func:`anchoring.anchor` has them; `group`: the smallest id of the mentions that tell
        the same event, missing where one stands alone; then the other columns of `anchor`.

    Raises
    ------
    CorpusError
        If a column is missing or holds what it cannot: an id twice, a text that is not there, a sentence that
        the text does not have, a day that is none.

    Examples
    --------
    >>> told = [["Pier collapses", "The pier of Ellery collapsed on Sunday."], ["Ellery's pier collapsed."]]
    >>> documents = pd.DataFrame({"doc": ["a", "b"], "published": "2026-02-09", "sentences": told})
    >>> rows = [("m1", "Ellery", "a", 1, "collapsed"), ("m2", "Ellery", "b", 0, "collapsed")]
    >>> mentions = pd.DataFrame(rows, columns=["id", "entity", "doc", "sent", "word"])
    >>> place(documents, mentions)[["date", "basis", "group"]].values.tolist()
    [['2026-02-08', 'expression', 'm1'], ['2026-02-09', 'publication date', 'm1']]
    """
    # A text of two collections stands here twice.
    documents = documents[~documents.astype("str").duplicated()]
    _check(documents, mentions)
    dated = anchor(documents, mentions)
    taken = {name: dated[name].array for name in ("basis", "earliest", "latest")}
    groups = group(mentions.assign(**taken), documents)
    dated.insert(4, "group", groups.array)
    return dated


def _check(documents: pd.DataFrame, mentions: pd.DataFrame) -> None:
    for name, table, needed in (("documents", documents, _DOCUMENTS), ("mentions", mentions, _MENTIONS)):
        if missing := [column for column in needed if column not in table]:
            raise CorpusError(f"{name}: the column {missing[0]!r} is missing; it has {list(table.columns)}")
        ids = table[needed[0]]
        if twice := ids[ids.duplicated()].tolist():
            raise CorpusError(f"{name}, column {needed[0]!r}: {twice[0]!r} is there twice")
    for day in documents.published.dropna():
        try:
            date.fromisoformat(day)
        except (TypeError, ValueError):
            raise CorpusError(f"documents, column 'published': {day!r} is no day; write YYYY-MM-DD") from None
    sizes = dict(zip(documents.doc, documents.sentences.map(len), strict=True))
    for one in mentions.itertuples():
        has = sizes.get(one.doc)
        if has is None:
            raise CorpusError(f"mentions, column 'doc': {one.doc!r} of {one.id!r} is not among the documents")
        if not 0 <= one.sent < has:
            told = f"{one.sent!r} of {one.id!r}, but {one.doc!r} has {has} sentences"
            raise CorpusError(f"mentions, column 'sent': {told}")
