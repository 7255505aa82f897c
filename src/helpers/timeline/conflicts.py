"""Where accounts differ: in days, weekdays, numbers and names.

Both values and both sentences are kept; which of them is right is for the reader to find out.
"""

import calendar
import re

import pandas as pd

from helpers.timeline.facts import Known
from helpers.timeline.spans import days
from helpers.timeline.values import names_differ, numbers_differ

_WEEKDAY = re.compile(rf"\b({'|'.join(calendar.day_abbr)})", re.IGNORECASE)
_NEAR = 60  # days
_COLUMNS = ["event_id", "kind", "about", "value_a", "value_b", "sentence_id_a", "sentence_id_b"]


def differences(
    tellings: pd.DataFrame, dates: pd.DataFrame, sentences: pd.DataFrame, articles: pd.DataFrame
) -> pd.DataFrame:
    """All that accounts differ in.

    Parameters
    ----------
    tellings, dates, sentences, articles
        The tables, of independent English articles.

    Returns
    -------
    DataFrame
        The columns of table `conflicts`: days first, in the order of the timeline, then weekdays, numbers,
        names.
    """
    return differences_with(facts_that_differ(sentences, articles, dates), tellings, dates, articles)


def facts_that_differ(sentences: pd.DataFrame, articles: pd.DataFrame, dates: pd.DataFrame) -> pd.DataFrame:
    """The numbers and names that accounts differ in: what needs no tellings, and can be told before them."""
    known = Known(sentences, articles, dates)
    found = [numbers_differ(sentences, articles, known), names_differ(sentences, articles, known)]
    return pd.concat([part.reindex(columns=_COLUMNS).astype("str") for part in found], ignore_index=True)


def differences_with(
    facts: pd.DataFrame, tellings: pd.DataFrame, dates: pd.DataFrame, articles: pd.DataFrame, prefix: str = ""
) -> pd.DataFrame:
    """All that accounts differ in, where :func:`facts_that_differ` has told the last part of it.

    Ids begin with `prefix`.
    """
    found = [date_conflicts(tellings, articles), weekday_conflicts(dates, articles), facts]
    table = pd.concat([part.reindex(columns=_COLUMNS).astype("str") for part in found], ignore_index=True)
    return table.assign(conflict_id=[f"{prefix}x{number:03d}" for number in range(1, len(table) + 1)])


def date_conflicts(tellings: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Find the entries that texts date differently.

    Parameters
    ----------
    tellings
        Table `tellings`.
    articles
        Columns `article_id`, `published`: of two sentences with a value, the one published first is shown.

    Returns
    -------
    DataFrame
        A row an entry and a pair of values (days or longer) that exclude each other: that which most texts
        give (the earliest of as many), and another. A coarser date that contains the finer one is no other,
        and days that one text itself gives both are none: it tells two things.
    """
    given = tellings[tellings.expression.notna() & tellings.earliest.notna()]
    given = given.merge(articles[["article_id", "published"]], on="article_id")
    given = given.sort_values(["published", "sentence_id"], na_position="last")
    told: dict[str, dict[tuple, tuple[str, set[str]]]] = {}  # event → its days → a sentence, the texts
    columns = (given[name] for name in ("event_id", "earliest", "latest", "sentence_id", "article_id"))
    for event_id, earliest, latest, sentence_id, article_id in zip(*columns, strict=True):
        spans = told.setdefault(event_id, {})
        spans.setdefault((earliest, latest), (sentence_id, set()))[1].add(article_id)
    rows = []
    for event_id, spans in told.items():
        ranked = sorted(spans.items(), key=lambda one: (-len(one[1][1]), one[0]))
        (first, last), (at, most) = ranked[0]
        for (earliest, latest), (other_at, texts) in ranked[1:]:
            if (earliest > last or latest < first) and not most & texts:
                pair = (days(first, last), days(earliest, latest))
                rows.append((event_id, "date", "day", *pair, at, other_at))
    rows.sort(key=lambda row: (len(row[0]), row[0]))  # e1000 after e999
    return pd.DataFrame(rows, columns=_COLUMNS)


def weekday_conflicts(dates: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Find the expressions that name a weekday and a day that falls on another ("Monday, 10 February 2026").

    Parameters
    ----------
    dates
        Table `dates`.
    articles
        Columns `article_id`, `published`: a date that is not stated in full counts only if it is near, as far
        away it may be one of another year.

    Returns
    -------
    DataFrame
        As :func:`date_conflicts`; both sentences are the one that says both.
    """
    article = dates.sentence_id.str.rsplit(":", n=1).str[0]
    published = articles.set_index("article_id").published.reindex(article).set_axis(dates.index)
    near = (dates.earliest - published.dt.normalize()).abs() <= pd.Timedelta(days=_NEAR)
    single = dates[(dates.earliest == dates.latest) & (near | dates.anchor.eq("stated"))]
    named = single.text.str.extract(_WEEKDAY, expand=False).str.capitalize()
    other = named.notna() & (named != single.earliest.dt.day_name().str[:3])
    single = single[other & single.text.str.contains(r"\d")]
    value_b = single.earliest.dt.strftime("%Y-%m-%d, a %A")
    found = single.assign(kind="weekday", about="weekday", value_a=single.text, value_b=value_b)
    found = found.assign(sentence_id_a=found.sentence_id, sentence_id_b=found.sentence_id)
    return found.reindex(columns=_COLUMNS).drop_duplicates()
