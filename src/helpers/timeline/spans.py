"""How a span of days is written, and how a text is cut to what stands around some of its words."""

import pandas as pd


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


def excerpt(text: str, start: int, end: int, limit: int = 180) -> str:
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
