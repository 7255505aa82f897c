"""Dates as news pages write them: which day a line names, and which of a page's dates is its publication.

In go judged lines, out come a datetime (local time as stated, midnight where only the day is) and what it
rests on. A number that may be day or month is read only where the page itself shows the order.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from helpers.ingestion.headline import span
from helpers.words import read_list

ABOVE_TITLE = 4  # lines: dates higher up belong to other stories or are today's
ABOVE_BODY = 12  # lines, where no headline was found
HEADER = 600  # characters of the article: date lines may stand below a first paragraph set apart
LONGEST = 160  # characters: a line that says when something was published is shorter
NEAR = 45  # characters in which a label stands before its date

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?<!\d)(?P<day>\d{1,2})"
_WORD = r"(?P<word>[^\W\d_]{3,14})\.?"
_SHAPES = [
    re.compile(rf"(?<!\d){_YEAR}\s?[-/.年년]\s?(?P<month>\d{{1,2}})\s?[-/.月월]\s?(?P<day>\d{{1,2}})(?!\d)"),
    re.compile(rf"{_DAY}(?:st|nd|rd|th|er|º|\.)?(?:\s+(?:of|de)\s+|[\s/-]+){_WORD},?(?:\s+del?\s+|[\s/-]+){_YEAR}"),
    re.compile(rf"{_WORD}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}"),
    re.compile(r"(?<![\d.])(?P<one>\d{1,2})(?P<mark>[./-])(?P<two>\d{1,2})(?P=mark)(?P<year>(?:19|20)?\d\d)(?!\d)"),
]  # fmt: skip
_CLOCK = re.compile(
    r"(?<![\d:.])([01]?\d|2[0-3])[:.h]([0-5]\d)(?::[0-5]\d)?\s*([ap]\.?m\b\.?)?", re.IGNORECASE
)
_WORDS = re.compile(r"[^\W\d_]+")
_TOKENS = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True)
class Found:
    """A date in a line: when, where it stands, and what its numbers were read as."""

    when: datetime
    start: int
    end: int


def dates(text: str, order: str = "") -> Iterator[Found]:
    """Every full date of a line, from left to right.

    Parameters
    ----------
    text
        One line.
    order
        "dm" or "md": how 03/05/2021 is to be read; "" leaves out what can be read both ways.

    Examples
    --------
    >>> [found.when.date().isoformat() for found in dates("Published 3rd May 2021, updated 4 Mai 2021")]
    ['2021-05-03', '2021-05-04']
    >>> list(dates("03/05/2021")), [found.when.day for found in dates("03/25/2021")]
    ([], [25])
    """
    if not any(map(str.isdigit, text)):
        return
    taken, found = [], []
    for shape in _SHAPES:
        for match in shape.finditer(text):
            day = _day(match, order)
            if day and not any(match.start() < end and start < match.end() for start, end in taken):
                taken.append(match.span())
                found.append((match, day))
    for match, day in sorted(found, key=lambda pair: pair[0].start()):
        yield Found(day, match.start(), match.end())


def first(text: str, order: str = "") -> tuple[datetime | None, str]:
    """The first date of a line with its time of day, and the rest of the line.

    Examples
    --------
    >>> first("May 3, 2021 at 4:05 PM EDT")
    (datetime.datetime(2021, 5, 3, 16, 5), '  at   EDT')
    """
    for found in dates(text, order):
        return _with_time(text, found)
    return None, text


def is_bare(rest: str) -> bool:
    """Whether beside a date there are only words such as "Published on Monday"."""
    return all(len(word) < 2 or word.lower() in _kinds() for word in _TOKENS.findall(rest))


def number_order(lines: list) -> str:
    """How the page's own dates order day and month in numbers: "dm", "md", or "" where it does not show."""
    orders = set()
    for line in lines:
        if len(line.text) <= LONGEST and (line.text.count("/") > 1 or line.text.count("-") > 1):
            for match in _SHAPES[3].finditer(line.text):
                if match["mark"] != ".":
                    orders |= (
                        {"dm"} if int(match["one"]) > 12 else {"md"} if int(match["two"]) > 12 else set()
                    )
    return orders.pop() if len(orders) == 1 else ""


def best(lines: list) -> tuple[datetime | None, str]:
    """The date of publication that the page states near its headline, and on what ground.

    Parameters
    ----------
    lines
        Judged lines; the headline bears the reason "title".

    Returns
    -------
    datetime or None, str
        "stated", "stated as updated" where the page tells no other day, "page header" for a date among other
        things above the article, "not stated".
    """
    start, end = span(lines)
    title = next((n for n, line in enumerate(lines[: start + 30]) if line.reason == "title"), None)
    order = number_order(lines)
    ranked = [
        (score, -place, when, basis)
        for place in _header(lines, title, start, end)
        for score, when, basis in _rated(lines, place, title if title is not None else start, order)
        if place < start or basis != "page header"  # among other things below the start: an event's day
    ]
    if not ranked:
        ranked = [
            (score, -place, when, "stated")
            for place in range(end, min(end + ABOVE_BODY, len(lines)))
            for score, when, basis in _rated(lines, place, place, order)
            if _label(lines, place, len(lines[place].text)) == "published" and basis == "stated"
        ]
    if not ranked:
        return None, "not stated"
    _, _, when, basis = max(ranked, key=lambda row: row[:2])
    return when, basis


def _header(lines: list, title: int | None, start: int, end: int) -> Iterator[int]:
    """The places where a page states its date: about the headline, down into the article's beginning."""
    top = start - ABOVE_BODY if title is None else min(title, start) - ABOVE_TITLE
    seen = 0
    for place in range(max(0, top), end):
        line = lines[place]
        if seen > HEADER:
            return
        if line.kept and place >= start:
            seen += len(line.text)
        if len(line.text) <= LONGEST and line.reason not in ("teaser", "legal", "caption"):
            yield place


def _rated(lines: list, place: int, anchor: int, order: str) -> Iterator[tuple[float, datetime, str]]:
    """Each date of a line with how surely it is the page's: labelled, alone, near the headline, below it."""
    text = lines[place].text
    found = list(dates(text, order))
    if not found:
        return
    rest = _without(text, found)
    bare = is_bare(_CLOCK.sub(" ", rest))
    if lines[place].kept and not bare:
        return
    for date in found:
        label = _label(lines, place, date.start)
        score = {"published": 2.0, "": 0.0, "updated": -1.5}[label] + bare
        score += (0.0 if place >= anchor else -1.5) - 0.1 * abs(place - anchor)
        basis = "stated as updated" if label == "updated" else "stated" if bare or label else "page header"
        yield score, _with_time(text, date)[0], basis


def _label(lines: list, place: int, start: int) -> str:
    """What the word before a date calls it; the line above counts when it is nothing but such a word."""
    before = lines[place].text[max(0, start - NEAR) : start].lower()
    if not _WORDS.search(before) and place:
        above = lines[place - 1].text.lower()
        before = above if len(above) < 25 else ""
    kinds = [_kinds().get(word) for word in _WORDS.findall(before)]
    return next((kind for kind in reversed(kinds) if kind in ("published", "updated")), "")


def _without(text: str, found: list[Found]) -> str:
    for date in reversed(found):
        text = text[: date.start] + " " + text[date.end :]
    return text


def _with_time(text: str, date: Found) -> tuple[datetime, str]:
    rest = text[: date.start] + " " + text[date.end :]
    clock = _CLOCK.search(text[date.end :]) or _CLOCK.search(text[: date.start])
    if not clock:
        return date.when, rest
    hour, minute = int(clock[1]), int(clock[2])
    if clock[3] and hour <= 12:
        hour = hour % 12 + (12 if clock[3][0] in "pP" else 0)
    return date.when.replace(hour=hour, minute=minute), _CLOCK.sub(" ", rest)


def _day(match: re.Match, order: str) -> datetime | None:
    parts = match.groupdict()
    year = int(parts["year"])
    if "word" in parts:
        month, day = month_number(parts["word"]), int(parts["day"])
    elif "one" in parts:
        day, month = int(parts["one"]), int(parts["two"])
        if parts["mark"] != "." and (month > 12 or (day <= 12 and order == "md")):
            day, month = month, day
        elif parts["mark"] != "." and day <= 12 and day != month and not order:
            return None
    else:
        month, day = int(parts["month"]), int(parts["day"])
    try:
        return datetime(year + 2000 if year < 100 else year, month or 0, day)
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
    tail = word[capital:] if len(word) - capital > 2 else word
    kind = _kinds().get(word.lower()) or _kinds().get(tail.lower())
    return int(kind) if kind and kind.isdigit() else None


@cache
def _kinds() -> dict[str, str]:
    rows = (line.split("\t") for line in read_list(Path(__file__).parent / "dates.tsv"))
    return {word: kind for kind, words in reversed(list(rows)) for word in words.split()}
