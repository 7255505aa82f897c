"""Dated statements of all articles → one timeline.

A statement is a sentence with a resolved date. Statements become one entry only where they give the same days
and say it in like words: a date alone never makes two statements one event. An entry is what the texts say,
not what happened.
"""

import calendar
import re
from dataclasses import replace

import numpy as np
import pandas as pd

from helpers.independence import origins
from helpers.paths import CorpusError
from helpers.timeline.dates import find
from helpers.words import content_words

SIMILAR = 0.2  # tf-idf cosine from which statements of one date count as the same
_LABEL = 180  # characters
_FRAGMENT = 5  # words: a shorter sentence is told with the one after it
_ABOUT = re.compile(r"(?:nearly|about|around|almost|some|roughly|over|more than|less than)\b", re.IGNORECASE)
_CALENDAR = {name.lower() for name in (*calendar.month_name, *calendar.month_abbr, *calendar.day_name)}
_DATELINE = re.compile(r"^[^.!?]{0,60}\([A-Z][^)]{0,40}\)\s*[–—-]")


def expressions(sentences: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Find the temporal expressions of sentences.

    Parameters
    ----------
    sentences
        Table `sentences`; English.
    articles
        Columns `article_id`, `published` (without it nothing relative is resolved) and `published_basis`.

    Returns
    -------
    DataFrame
        The columns of table `dates` but for `event_id`. Headlines and the dateline itself ("PARIS, May 3
        (Reuters) –") are left out: they date the report, not an event. "Nearly 30 years ago" is not resolved.
    """
    known = articles.set_index("article_id")
    rows, grounds = [], []
    for row in sentences[sentences.paragraph > 0].itertuples():
        day, basis = known.published[row.article_id], known.published_basis[row.article_id]
        dateline = _DATELINE.match(row.text) if row.paragraph == 1 else None
        for found in find(row.text, None if pd.isna(day) else day.date()):
            if dateline and found.start < dateline.end():
                continue
            if found.type == "DATE" and _ABOUT.match(found.text):
                found = replace(found, value=None, earliest=None, latest=None, anchor="approximate")
            rows.append((row.sentence_id, *(getattr(found, name) for name in _FOUND)))
            grounds.append(f" ({basis.split(',')[0]})" if found.anchor == "publication date" else "")
    table = pd.DataFrame(rows, columns=["sentence_id", *_FOUND])
    days = {name: pd.to_datetime(table[name]) for name in ("earliest", "latest")}
    return table.assign(anchor=table.anchor + grounds, **days)


def merge(
    dated: pd.DataFrame, sentences: pd.DataFrame, similar: float = SIMILAR
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Merge dated statements into a timeline.

    Parameters
    ----------
    dated, sentences
        What :func:`expressions` returned for these sentences.
    similar
        Cosine from which two statements with the same days are one entry, above 0 and up to 1.

    Returns
    -------
    dates, events
        The tables: `dates` is `dated` with `event_id` (missing where an expression dates no entry: durations,
        sets, "nearly 30 years ago" and what could not be resolved), `events` has a row an entry.
    """
    if not 0 < similar <= 1:
        raise CorpusError(f"similar is {similar!r}; it can be a number above 0, up to 1")
    points = dated[dated.type.isin(["DATE", "TIME"]) & dated.earliest.notna()]
    points = points.merge(_statements(sentences), on="sentence_id")
    points = points.assign(group=_groups(points, similar), length=points.text_said.map(len))
    groups = points.groupby("group")
    told = points.loc[groups.length.idxmin()].set_index("group")  # the shortest telling of each
    events = told[["earliest", "latest"]].assign(
        granularity=list(map(granularity, told.earliest, told.latest)),
        when=list(map(days, told.earliest, told.latest)),
        label=list(map(excerpt, told.text_said, told.start, told.end)),
        basis=groups.anchor.agg(lambda grounds: "; ".join(sorted(set(grounds)))),
        n_texts=groups.article_id.nunique(),
    )
    events = events.sort_values(["earliest", "latest", "label"])
    events["event_id"] = [f"e{number:03d}" for number in range(1, len(events) + 1)]
    events["evidence"] = [f"dates?event_id={event_id}" for event_id in events.event_id]
    keyed = points[["sentence_id", "start"]].assign(event_id=points.group.map(events.event_id))
    dates = dated.merge(keyed, on=["sentence_id", "start"], how="left")
    return dates, events.reset_index(drop=True)


def count_origins(events: pd.DataFrame, dates: pd.DataFrame, credits: pd.DataFrame) -> pd.DataFrame:
    """The events with `n_origins`: how many independent origins the texts that tell one can have at most."""
    told = dates.groupby("event_id").sentence_id.agg(list)
    found = origins(told[events.event_id], credits)
    return events.assign(n_origins=[one.at_most for one in found])


def _statements(sentences: pd.DataFrame) -> pd.DataFrame:
    """`sentence_id`, `article_id`, `text_said`: the sentence; a fragment with the one after it."""
    place, text = sentences[["article_id", "paragraph"]], sentences.text
    fragment = (sentences.n_words < _FRAGMENT) & (place == place.shift(-1)).all(axis=1)
    said = text.mask(fragment, text + " " + text.shift(-1))
    return sentences[["sentence_id", "article_id"]].assign(text_said=said)


def tellers(dates: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Which article tells which entry: `event_id`, `entry` (1, 2, …), `when`, `article_id`; by time."""
    told = dates.dropna(subset=["event_id"])
    pairs = told.assign(article_id=told.sentence_id.str.rsplit(":", n=1).str[0])
    pairs = pairs[["event_id", "article_id"]].drop_duplicates()
    return events[["event_id", "when"]].assign(entry=range(1, len(events) + 1)).merge(pairs, on="event_id")


def days(earliest: pd.Timestamp, latest: pd.Timestamp) -> str:
    """The days an entry can mean, as short as they can be written.

    Examples
    --------
    >>> days(pd.Timestamp("1999-07-01"), pd.Timestamp("1999-07-31"))
    '1999-07'
    >>> days(pd.Timestamp("2026-02-02"), pd.Timestamp("2026-02-08"))
    '2026-02-02 to 2026-02-08'
    """
    first, last = earliest.date().isoformat(), latest.date().isoformat()
    if earliest == latest:
        return first
    if earliest.day == 1 and latest.is_month_end:
        if earliest.month == 1 and latest.month == 12 and earliest.year == latest.year:
            return first[:4]
        if first[:7] == last[:7]:
            return first[:7]
    return f"{first} to {last}"


def granularity(earliest: pd.Timestamp, latest: pd.Timestamp) -> str:
    """How fine a date is: "day", "week", "month", "year" or "longer"."""
    days = (latest - earliest).days + 1
    limits = (("day", 1), ("week", 7), ("month", 31), ("year", 366))
    return next((name for name, limit in limits if days <= limit), "longer")


def excerpt(text: str, start: int, end: int, limit: int = _LABEL) -> str:
    """At most `limit` characters of a text around the words from `start` to `end`, cut at words and marked.

    Examples
    --------
    >>> excerpt("It was long after the war that they met on Monday in the old town.", 43, 49, 36)
    '… that they met on Monday in the …'
    """
    if len(text) <= limit:
        return text
    spare = max(0, limit - (end - start)) * 2 // 3  # more before the date than after it: what was dated
    first = max(0, min(start - spare, len(text) - limit))
    last = max(end, min(len(text), first + limit))
    head, tail = text[first:start], text[end:last]
    if first:
        head = "… " + head.partition(" ")[2]
    if last < len(text):
        tail = tail.rpartition(" ")[0] + " …"
    return head + text[start:end] + tail


_FOUND = ["start", "end", "text", "type", "value", "earliest", "latest", "anchor"]


def _told(text: str) -> list[str]:
    """The content words of a statement without those that only name its date."""
    return [word for word in content_words(text) if word.isalpha() and word not in _CALENDAR]


def _groups(points: pd.DataFrame, similar: float) -> np.ndarray:
    """A number a point: the same for points of the same days told alike, directly or in a chain."""
    from scipy.sparse.csgraph import connected_components
    from sklearn.feature_extraction.text import TfidfVectorizer

    try:
        vectors = TfidfVectorizer(analyzer=_told).fit_transform(points.text_said)
    except ValueError:  # no statement, or no content word in any
        return np.arange(len(points))
    groups = np.zeros(len(points), int)
    for _, rows in points.reset_index(drop=True).groupby(["earliest", "latest"]).groups.items():
        near = (vectors[rows] @ vectors[rows].T) >= similar
        groups[rows] = connected_components(near, directed=False)[1] + groups.max() + 1
    return groups
