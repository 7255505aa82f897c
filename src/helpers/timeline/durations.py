"""Lengths of time that tell when: "within three months of signing", "have kept six months of peace"."""

import re
from collections.abc import Sequence

import pandas as pd

from helpers.timeline import actions

_AMOUNT = re.compile(r"P(\d+)([DWMY])")
_UNITS = {"D": "days", "W": "weeks", "M": "months", "Y": "years"}
_WITHIN = re.compile(r"\bwithin (?:the (?:next |first |coming )?)?$", re.IGNORECASE)
_OF = re.compile(r"\s+(?:of|after|from) (?:(?:the|its|their|his|her) )?([a-z]+)")
_LASTING = re.compile(r"\b(?:has|have)\b(?! to\b)[^.;:,]{0,60}$|['’]ve\b[^.;:,]{0,60}$", re.IGNORECASE)
_OTHER = re.compile(r"\s*(?:-|\b(?:ago|later|earlier|before|after|old|since|from|in prison)\b)")


def of_durations(told: pd.DataFrame, sentences: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Date the statements whose expression of time is a duration that has an end.

    Parameters
    ----------
    told
        A row a statement: `article_id`, `word`, `said_in`, `dated`, `expression`, `type`, `value`, `kind`,
        `basis`, `anchor`, `earliest`, `latest`, `group`.
    sentences, articles
        The tables.

    Returns
    -------
    DataFrame
        `told`, in which "within three months of signing" is planned, from the days that texts give the
        signing (without "of …" from publication) to three months later; and what "have kept six months of
        peace" tells is a state of the six months before publication. A statement with another duration has no
        expression.
    """
    lengths = told[(told.type == "DURATION") & told.expression.notna()]
    said = sentences[sentences.sentence_id.isin(lengths.said_in)]
    text = dict(zip(said.sentence_id, said.text, strict=True))
    published = articles.set_index("article_id").published.dt.normalize().to_dict()
    dated = told[(told.basis == "expression") & told.earliest.notna()]
    here: dict[str, list[list]] = {}
    within = [
        article_id
        for article_id, one, at in zip(lengths.article_id, lengths.said_in, lengths.dated, strict=True)
        if _WITHIN.search(text[one][:at])
    ]
    near = dated[dated.article_id.isin(within)].sort_values("said_in")
    columns = (near[name] for name in ("article_id", "word", "group", "earliest", "latest"))
    for article_id, *one in zip(*columns, strict=True):
        here.setdefault(article_id, []).append(one)
    counted = {*near.group.dropna()}
    by_group = dated[dated.group.map(lambda one: one in counted).astype(bool)].groupby("group")
    first_and_last = by_group.earliest.min(), by_group.latest.max()
    spans_of = dict(zip(first_and_last[0].index, zip(*first_and_last, strict=True), strict=True))
    found = []
    for row in lengths.itertuples():
        amount = _AMOUNT.fullmatch(row.value or "")
        before, after = text[row.said_in][: row.dated], text[row.said_in][row.dated + len(row.expression) :]
        if not amount or (_OTHER.match(after) and not _WITHIN.search(before)):
            continue
        length, day = int(amount[1]), published[row.article_id]
        if _WITHIN.search(before):
            first, last = _of(here.get(row.article_id, []), spans_of, _OF.match(after)) or (day, day)
            found.append((row.Index, "planned", first, _moved(last, length, amount[2])))
        elif _LASTING.search(before):
            found.append((row.Index, "state", _moved(day, -length, amount[2]), day))
    spans = pd.DataFrame(found, columns=["at", "kind", "earliest", "latest"]).set_index("at").dropna()
    told = told.copy()
    other = told.index[(told.type == "DURATION") & ~told.index.isin(spans.index)]
    told.loc[other, "expression"] = None
    told.loc[spans.index, spans.columns] = spans
    told.loc[spans.index, "basis"] = "expression"
    told.loc[spans.index, "anchor"] = "duration"
    return told


def _moved(day: pd.Timestamp, length: int, unit: str) -> pd.Timestamp:
    """A day so much later, or earlier; missing where no calendar has it ("6,000 years of peace")."""
    try:
        return day + pd.DateOffset(**{_UNITS[unit]: length})
    except (ValueError, OverflowError):
        return pd.NaT


def _of(
    dated: list[list], spans: dict[str, tuple[pd.Timestamp, ...]], noun: re.Match | None
) -> Sequence[pd.Timestamp] | None:
    """The first and last day that texts give the event of which a duration is counted.

    `dated` are the dated statements of its article, in the order of sentences: word, group, first and last
    day; `spans` has the days of groups.
    """
    acts = {*actions.of(noun[1])} if noun else set()
    first = next((one for one in dated if not acts.isdisjoint(actions.of(one[0]))), None)
    return first and (spans.get(first[1]) or first[2:])
