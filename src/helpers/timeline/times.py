"""The expressions of time of all articles, sentence by sentence: table `dates`."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from urllib.parse import urlsplit

import pandas as pd

from helpers.timeline.dates import TimeExpression, find

_FOUND = TimeExpression._fields[:-1]  # without `origin`
_DATELINE = re.compile(r"^(?:[^.!?]|\b[A-Z][a-z]{2,3}\.){0,60}\([A-Z][^)]{0,40}\)\s*[–—-]")
# Domains of two letters that are no country's, or of one that does not write the day first.
_NOT_DAY_FIRST = set("us ca ph za io co tv me ai fm cc eu cn jp kr tw hu lt ir mn".split())


def expressions(sentences: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Find the temporal expressions of sentences.

    Parameters
    ----------
    sentences
        Table `sentences`; English.
    articles
        Columns `article_id`, `published` (without it nothing relative is resolved), `published_basis` and
        `url`: under a country's domain "8/2" is read as that country writes it.

    Returns
    -------
    DataFrame
        The columns of table `dates` but for `event_id`. Headlines and the dateline itself ("PARIS, May 3
        (Reuters) –") are left out: they date the report, not an event.
    """
    columns = (articles[name].tolist() for name in ("published", "published_basis", "url"))
    known = dict(zip(articles.article_id, zip(*columns, strict=True), strict=True))
    rows, grounds = [], []
    body = sentences[sentences.paragraph > 0].sort_values(["article_id", "start"])
    columns = (body[name].tolist() for name in ("article_id", "sentence_id", "text", "paragraph"))
    for article_id, part in groupby(zip(*columns, strict=True), key=itemgetter(0)):
        _, ids, texts, paragraphs = zip(*part, strict=True)
        day, basis, url = known[article_id]
        found = located(texts, None if pd.isna(day) else day.date(), day_first(url))
        for sentence_id, text, paragraph, times in zip(ids, texts, paragraphs, found, strict=True):
            dateline = _DATELINE.match(text) if paragraph == 1 and times else None
            for time in times:
                if not dateline or time.start >= dateline.end():
                    rows.append((sentence_id, *time[: len(_FOUND)]))
                    counted = time.anchor == "publication date"
                    grounds.append(f" ({basis.split(',')[0]})" if counted else "")
    table = pd.DataFrame(rows, columns=["sentence_id", *_FOUND])
    days = {name: pd.to_datetime(table[name]) for name in ("earliest", "latest")}
    return table.assign(anchor=table.anchor + grounds, **days)


def located(
    texts: Sequence[str], published: date | None, day_first: bool | None = None
) -> list[list[TimeExpression]]:
    """The expressions of a text given in sentences, by sentence; `start` and `end` are places in it.

    The text is searched as a whole, so that "a day later" is counted from a date in a sentence before.

    Examples
    --------
    >>> found = located(["Signed 3 May 2024.", "A day later it rained."], None)
    >>> [[(one.text, one.value) for one in here] for here in found]
    [[('3 May 2024', '2024-05-03')], [('A day later', '2024-05-04')]]
    """
    return by_sentence(texts, find("\n".join(texts), published, day_first))


def by_sentence(texts: Sequence[str], every: list[TimeExpression]) -> list[list[TimeExpression]]:
    """The expressions found in sentences joined by breaks, by sentence."""
    parted, begin, at = [], 0, 0
    for text in texts:
        here = []
        while at < len(every) and every[at].start < begin + len(text):
            if every[at].end <= begin + len(text):
                start, end, *one = every[at]
                here.append(TimeExpression(start - begin, end - begin, *one))
            at += 1
        parted.append(here)
        begin += len(text) + 1
    return parted


def day_first(url: str | float | None) -> bool | None:
    """Whether numeric dates of a page begin with the day, as far as its address tells.

    Examples
    --------
    >>> day_first("https://www.example.co.uk/news"), day_first("https://example.com"), day_first(None)
    (True, None, None)
    """
    try:
        host = urlsplit(url).hostname if isinstance(url, str) else None
    except ValueError:  # no address
        host = None
    country = (host or "").rpartition(".")[2]
    if country in ("us", "gov", "mil"):
        return False
    return True if len(country) == 2 and country not in _NOT_DAY_FIRST else None
