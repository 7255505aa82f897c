"""Temporal expressions in English news text.

A text and the day it was published go in; out come the expressions that name a time, each with its place in
the text, its TIMEX3 type and value, the first and last day it can mean, and what it was resolved from. Rules
alone decide: no model, no clock, no locale.
"""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from helpers.words import filled, read_rows


@dataclass(frozen=True)
class TimeExpression:
    """A temporal expression; ``text[start:end]`` of the text searched is its `text`.

    `type` is DATE, TIME, DURATION or SET. `value` is the TIMEX3 value, `earliest` and `latest` the first and
    last day it can mean, both included; all None where unresolved, the days also for durations and sets.
    `anchor` is "stated", "publication date" or "none".
    """

    start: int
    end: int
    text: str
    type: str
    value: str | None
    earliest: date | None
    latest: date | None
    anchor: str


def find(text: str, published: date | datetime | None = None) -> list[TimeExpression]:
    """Find the temporal expressions of a text and resolve them.

    Parameters
    ----------
    text : str
        Any text; the rules are written for English news.
    published : date or datetime, optional
        Day of publication. Without it nothing relative is resolved: such expressions have value, earliest and
        latest None and the anchor "none".

    Returns
    -------
    list of TimeExpression
        In the order of the text, never overlapping.

    Notes
    -----
    Types and values follow TIMEX3 (Pustejovsky et al. 2003, "TimeML: Robust Specification of Event and
    Temporal Expressions in Text"). A bare weekday is the nearest past one, the publication day itself
    counting; a day and month without a year, a month and a quarter are the nearest on either side of
    publication. Numeric dates with dots are day first. "Ago" is as fine as its unit, weeks as days. A clock
    time belongs to the date beside it, else to the publication day. A date that no calendar has (31 February)
    is none.

    Examples
    --------
    >>> found = find("Signed on Monday, in force since July 1999.", date(2026, 2, 10))
    >>> [(e.text, e.value, e.anchor) for e in found]
    [('Monday', '2026-02-09', 'publication date'), ('July 1999', '1999-07', 'stated')]
    """
    today = published.date() if isinstance(published, datetime) else published
    matches = [  # the group x is the expression where the pattern also reads its context
        (*match.span("x" if "x" in pattern.groupindex else 0), match, read, relative)
        for read, relative, pattern in _RULES
        for match in pattern.finditer(text)
    ]
    found: list[TimeExpression] = []
    free = 0
    for start, end, match, read, relative in sorted(matches, key=lambda m: (m[0], -m[1])):
        if start < free:
            continue
        free = end  # also if the reading fails: "February 2025" in "31 February 2025" is no month
        try:
            reading = read(match, today or date(2000, 1, 1))
        except (ValueError, OverflowError, LookupError):  # not in the calendar, or spelt with "ſ" or "ı"
            continue
        anchor = "publication date" if relative and not _word(match, "year") else "stated"
        if today is None and anchor != "stated":
            reading, anchor = _Reading(reading.type), "none"
        found.append(TimeExpression(start, end, text[start:end], *reading, anchor))
    return [_on_day_beside(text, found, i) for i in range(len(found))]


class _Reading(NamedTuple):
    type: str
    value: str | None = None
    earliest: date | None = None
    latest: date | None = None


def _on_day_beside(text: str, found: list[TimeExpression], i: int) -> TimeExpression:
    """A clock time put on the day named just before or just after it; any other expression as it is."""
    clock = _CLOCK.fullmatch(found[i].text)
    for day in found[max(i - 1, 0) : i] + found[i + 1 : i + 2] if clock else []:
        between = text[min(day.end, found[i].end) : max(day.start, found[i].start)]
        if day.type == "DATE" and day.earliest == day.latest and _JOIN.fullmatch(between):
            reading = _time(clock, day.earliest) if day.earliest else _Reading("TIME")
            return replace(found[i], **reading._asdict(), anchor=day.anchor)
    return found[i]


# Periods, numbered without gaps: days and weeks from 0001-01-01 (a Monday), longer ones from year 0. So "last
# month" is this month's number minus one, "in August" the nearest that leaves 7 when divided by 12.

_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
_KEPT = {"month": 7, "quarter": 4, "year": 4, "decade": 3}  # characters of YYYY-MM-DD in the value


def _number(unit: str, day: date) -> int:
    if unit in _DAYS:
        return (day.toordinal() - 1) // _DAYS[unit]
    return (day.year * 12 + day.month - 1) // _MONTHS[unit]


def _first_day(unit: str, number: int) -> date:
    if unit in _DAYS:
        return date.fromordinal(number * _DAYS[unit] + 1)
    year, month = divmod(number * _MONTHS[unit], 12)
    return date(year, month + 1, 1)


def _period(unit: str, number: int, time: str = "") -> _Reading:
    first, last = _first_day(unit, number), _first_day(unit, number + 1) - timedelta(days=1)
    value = first.isoformat()[: _KEPT.get(unit)]
    if unit == "week":
        value = "{}-W{:02}".format(*first.isocalendar())
    if unit == "quarter":
        value += f"-Q{number % 4 + 1}"
    return _Reading("TIME" if time else "DATE", value + time, first, last)


def _choose(place: int, cycle: int, now: int, which: str) -> int:
    """The number that leaves `place` when divided by `cycle`: last, next, this cycle's, past or nearest."""
    back = (now - place) % cycle
    if which == "this":
        return now - now % cycle + place
    if which == "last":
        return now - (back or cycle)
    return now - back + cycle * (which == "next" or (which != "past" and back > cycle / 2))


# Words and their values

_ROWS = read_rows(__file__, "dates.tsv")
_PARTS = {row[0]: row[1] for row in _ROWS if len(row) == 2}


def _values(*names: str) -> dict[str, str]:
    """The words of some rows with their values."""
    return dict(pair.split("=") for name in names for pair in _PARTS[name].split("|"))


_AMOUNTS, _STEPS = _values("ones", "teens", "tens", "article"), _values("step", "near")
_LENGTHS, _SETS = _values("length"), _values("set")


# Readings: what a match says, given the publication day


def _word(match: re.Match, group: str) -> str:
    """What a group matched, in small letters with single spaces; empty if there is no such group."""
    return " ".join((match.groupdict().get(group) or "").lower().split())


def _place(names: str, word: str) -> int:
    return [word[:3] for word in _PARTS[names].split("|")].index(word[:3])


def _day(match: re.Match, today: date) -> _Reading:
    name, year, day = match["month"], match["year"] or "", int(match["day"])
    month = int(name) if name.isdecimal() else _place("month", name.lower()) + 1
    if len(year) == 2:
        year = ("20" if year < "69" else "19") + year  # as POSIX reads two digits
    if name.islower() and not year:
        raise ValueError("they may 8 times")
    near = range(max(today.year - 8, 1), min(today.year + 8, 9999) + 1)  # 29 February: up to 8 years away
    years = [int(year)] if year else near
    days = [date(y, month, day) for y in years if day <= calendar.monthrange(y, month)[1]]
    first = min(days, key=lambda d: abs(d - today))  # fails for 31 February: no year has one
    last = first.replace(day=max(day, int(_word(match, "last") or day)))
    return _period("day", _number("day", first))._replace(latest=last)


def _month(match: re.Match, today: date) -> _Reading:
    name, year, lead = match["month"], _word(match, "year"), _word(match, "lead")
    place = _place("month", name.lower())
    if year:
        return _period("month", int(year) * 12 + place)
    if name.islower() or (not lead and name.lower() in ("march", "may")):
        raise ValueError("an august body; May said")
    return _period("month", _choose(place, 12, _number("month", today), lead))


def _quarter(match: re.Match, today: date) -> _Reading:
    place, year = _place("ordinal", _word(match, "ordinal")), _word(match, "year")
    now = _number("quarter", today)
    return _period("quarter", int(year) * 4 + place if year else _choose(place, 4, now, "nearest"))


def _year(match: re.Match, today: date) -> _Reading:
    unit = "decade" if match[0][-1] in "sS" else "year"
    return _period(unit, _number(unit, date(int(match["year"]), 1, 1)))


def _weekday(match: re.Match, today: date) -> _Reading:
    place, which = _place("weekday", _word(match, "weekday")), _word(match, "which") or "past"
    return _period("day", _choose(place, 7, _number("day", today), which))


def _step(match: re.Match, today: date) -> _Reading:
    unit = _word(match, "unit") or "day"
    return _period(unit, _number(unit, today) + int(_STEPS[_word(match, "step")]))


def _amount(match: re.Match) -> float:
    words = re.split(r"[\s-]+", _word(match, "amount").replace(",", ""))
    return sum(float(_AMOUNTS.get(word, word)) for word in words) + 0.5 * bool(match["half"])


def _ago(match: re.Match, today: date) -> _Reading:
    unit, amount = _word(match, "unit"), _amount(match)
    if unit in _DAYS:
        return _period("day", _number("day", today) - round(amount * _DAYS[unit]))
    return _period(unit, (_number("month", today) - round(amount * _MONTHS[unit])) // _MONTHS[unit])


def _duration(match: re.Match, today: date) -> _Reading:
    return _Reading("DURATION", _LENGTHS[_word(match, "unit")].format(_amount(match)))


def _set(match: re.Match, today: date) -> _Reading:
    if weekday := _word(match, "weekday"):
        return _Reading("SET", f"XXXX-WXX-{_place('weekday', weekday) + 1}")
    return _Reading("SET", _SETS.get(match[0]) or _LENGTHS[_word(match, "unit")].format(1))


def _time(match: re.Match, today: date) -> _Reading:
    hour, half = int(match["hour"]), _word(match, "half")
    if half:
        hour = hour % 12 + 12 * (half == "p")
    return _period("day", _number("day", today), f"T{time(hour, int(match['minute'] or 0)):%H:%M}")


# Patterns

_NAMED = {name: re.sub(r"=[^|]*", "", part) if name.islower() else part for name, part in _PARTS.items()}
_READINGS = (_day, _month, _quarter, _year, _weekday, _step, _ago, _duration, _set, _time)


_RULES = [  # a reading; whether it starts from the publication day unless a year is stated; its pattern
    (
        next(read for read in _READINGS if read.__name__ == f"_{name}"),
        start == "publication",
        re.compile(filled(pattern, _NAMED).replace(" ", r"[^\S\n]+"), re.IGNORECASE),
    )
    for name, start, pattern in (row for row in _ROWS if len(row) == 3)
]
_CLOCK = _RULES[-1][2]
_JOIN = re.compile(r"[\s,T–-]{0,4}(?:(?:at|on)\s)?")
