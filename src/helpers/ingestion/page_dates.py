"""Dates as news pages write them: which day a line names, and which of a page's dates is its publication.

In go judged lines, out come a datetime (local time as stated, midnight where only the day is) and what it
rests on. Numbers that may be day or month (03/05/2021) are not read.
"""

import re
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from helpers.ingestion import headline
from helpers.words import filled, read_pairs

LONGEST = 160  # characters: a line that says when something was published is shorter

_ROWS = read_pairs(__file__, "dates.tsv")
_SHAPES = [re.compile(filled(f"@{name}", _ROWS)) for name in "ISO DAY_FIRST MONTH_FIRST FIGURES".split()]
_LISTS = [row for row in reversed(_ROWS.items()) if not row[0].isupper()]
_KINDS = {word: kind for kind, words in _LISTS for word in words.split()}
_MAYBE = re.compile(r"[0-9](?:\d{3}|[./-]\d)")  # what every date has
_CLOCK = re.compile(r"(?<![\d:.])([01]?\d|2[0-3])[:.h]([0-5]\d)(?::[0-5]\d)?\s*([ap]\.?m\b\.?)?", re.I)
_WORDS = re.compile(r"[^\W\d_]+")
_TOKENS = re.compile(r"[^\W\d_]+|\d+")


class Found(NamedTuple):
    """A date in a line: when, with the time of day that stands beside it, and from where to where."""

    when: datetime
    start: int
    end: int


def dates(text: str) -> list[Found]:
    """Every full date of a line, from left to right.

    Examples
    --------
    >>> [found.when.isoformat() for found in dates("Published 3rd May 2021 at 4:05 PM, updated 4 Mai 2021")]
    ['2021-05-03T16:05:00', '2021-05-04T16:05:00']
    >>> dates("03/05/2021"), [found.when.day for found in dates("03/25/2021")]
    ([], [25])
    """
    return list(_dates(text)) if _MAYBE.search(text) else []


@lru_cache(maxsize=1 << 10)  # a line is asked by each who looks for a day, a byline or a headline
def _dates(text: str) -> tuple[Found, ...]:
    found: list[Found] = []
    for shape in _SHAPES:
        for match in shape.finditer(text):
            day = _day(match.groupdict())
            if day and not any(match.start() < one.end and one.start < match.end() for one in found):
                found.append(Found(_at_the_time(day, text, *match.span()), *match.span()))
    return tuple(sorted(found, key=lambda one: one.start))


def without(text: str, found: list[Found]) -> str:
    """What is left of a line when its dates and times of day are taken."""
    for date in reversed(found):
        text = text[: date.start] + " " + text[date.end :]
    return _CLOCK.sub(" ", text)


def is_bare(rest: str) -> bool:
    """Whether beside a date there are only words such as "Published on Monday"."""
    return all(len(word) < 2 or word.lower() in _KINDS for word in _TOKENS.findall(rest))


def best(lines: list) -> tuple[datetime | None, str]:
    """The date of publication that the page states near its headline, and on what ground.

    The ground is "stated", "stated as updated" where the page tells no other day, "page header" for a date
    among other things above the article, or "not stated".
    """
    title, start, _, header = headline.around(lines)
    ranked = []
    for place in header:
        line = lines[place]
        if len(line.text) > LONGEST or line.reason in ("teaser", "legal", "caption"):
            continue
        found = dates(line.text)
        bare = bool(found) and is_bare(without(line.text, found))
        for date in found if bare or not line.kept else ():
            label = _label(line.text[: date.start])
            if not bare and not label and place >= start:
                continue  # among other things below the start: an event's day
            score = {"published": 2.0, "": 0.0, "updated": -1.5}[label] + bare
            score -= 0.1 * abs(place - title) + 1.5 * (place < title)
            basis = "stated" if bare or label else "page header"
            basis = "stated as updated" if label == "updated" else basis
            ranked.append((score, -place, date.when, basis))
    return max(ranked)[2:] if ranked else (None, "not stated")


def _label(before: str) -> str:
    """What the last such word before a date calls it: "published", "updated" or nothing."""
    kinds = [_KINDS.get(word) for word in _WORDS.findall(before.lower())]
    return next((kind for kind in reversed(kinds) if kind in ("published", "updated")), "")


def _at_the_time(day: datetime, text: str, start: int, end: int) -> datetime:
    clock = _CLOCK.search(text[end:]) or _CLOCK.search(text[:start])
    if not clock:
        return day
    hour = int(clock[1])
    if clock[3] and hour <= 12:
        hour = hour % 12 + (12 if clock[3][0] in "pP" else 0)
    return day.replace(hour=hour, minute=int(clock[2]))


def _day(parts: dict[str, str]) -> datetime | None:
    year, day, month = int(parts["year"]), parts.get("day"), parts.get("month")
    if "word" in parts:
        month = month_number(parts["word"])
    elif "one" in parts:
        day, month = int(parts["one"]), int(parts["two"])
        if parts["mark"] != "." and day <= 12 and day != month:  # the month first, if the other is none
            day, month = month, day if month > 12 else 0
    try:
        return datetime(year + 2000 if year < 100 else year, int(month or 0), int(day))
    except ValueError:
        return None


def month_number(word: str) -> int | None:
    """The number of a month by its name, whole or short; a name glued to another word counts.

    Examples
    --------
    >>> month_number("Sept"), month_number("août"), month_number("LeeApril"), month_number("lunch")
    (9, 8, 4, None)
    """
    capital = max((n for n, letter in enumerate(word) if letter.isupper()), default=0)
    kind = _KINDS.get(word.lower()) or _KINDS.get(word[capital:].lower())
    return int(kind) if kind and kind.isdigit() else None
