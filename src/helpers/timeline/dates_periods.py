"""Periods of the calendar: days, weeks, months, quarters, seasons, halves, years, decades and centuries.

Periods of one kind are numbered without gaps: days and weeks from 0001-01-01 (a Monday), longer ones from
year 0. So "last month" is this month's number minus one, and "in August" the nearest number that leaves 7
when divided by 12.
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple


class Reading(NamedTuple):
    """What an expression means; `helpers.timeline.dates.TimeExpression` says what the fields are.

    `origin` is where the expression begins that it was counted from, if it was one mentioned before.
    """

    type: str
    value: str | None = None
    earliest: date | None = None
    latest: date | None = None
    anchor: str = "stated"
    origin: int | None = None

    def told_by(self, source: "Reading | None") -> "Reading":
        """The same, as counted from another reading; None: as stated."""
        return Reading(*self[:4], source.anchor, source.origin) if source else self


_DAYS = {"day": 1, "week": 7, "weekend": 7}
_MONTHS = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_SEASON_SHIFT = 1  # month: seasons of the north; a winter begins in December of the year before
_SEASONS = ("WI", "SP", "SU", "FA")  # as in TIMEX3
_BACK = 0.6  # of a cycle: news looks back; 29 of 34 months in newswire are right with it, 27 with 0.5
_DIGITS = {"year": 4, "decade": 3, "century": 2}  # of the year in the value


def number(unit: str, day: date) -> int:
    """The number of the period of a kind that holds a day.

    Examples
    --------
    >>> number("month", date(2026, 2, 11)) - number("month", date(2025, 2, 11))
    12
    """
    if unit in _DAYS:
        return (day.toordinal() - 1) // _DAYS[unit]
    return (day.year * 12 + day.month - 1 + _SEASON_SHIFT * (unit == "season")) // _MONTHS[unit]


@lru_cache(8192)  # texts of one event name the same days
def period(unit: str, number: int) -> Reading:
    """The reading of the period of a kind that has a number: its value, first and last day.

    Raises ValueError or OverflowError where the calendar ends.

    Examples
    --------
    >>> period("season", number("season", date(2026, 1, 31)))[1:4]
    ('2026-WI', datetime.date(2025, 12, 1), datetime.date(2026, 2, 28))
    """
    first, last = _first_day(unit, number), _first_day(unit, number + 1) - timedelta(days=1)
    if unit == "weekend":
        first += timedelta(days=5)
    return Reading("DATE", _value(unit, number, first, last), first, last)


def _first_day(unit: str, number: int) -> date:
    if unit in _DAYS:
        return date.fromordinal(number * _DAYS[unit] + 1)
    year, month = divmod(number * _MONTHS[unit] - _SEASON_SHIFT * (unit == "season"), 12)
    return date(year, month + 1, 1)


def _value(unit: str, number: int, first: date, last: date) -> str:
    if unit in ("week", "weekend"):
        return "{}-W{:02}".format(*first.isocalendar()) + "-WE" * (unit == "weekend")
    if unit == "season":
        return f"{last.isoformat()[:4]}-{_SEASONS[number % 4]}"
    if unit in ("quarter", "half"):
        return f"{first.isoformat()[:4]}-{unit[0].upper()}{number % (12 // _MONTHS[unit]) + 1}"
    return first.isoformat()[: _DIGITS.get(unit, 7 if unit == "month" else None)]


def choose(place: int, cycle: int, now: int, which: str = "nearest") -> int:
    """The number that leaves `place` when divided by `cycle`: this cycle's, last, past, nearest or next.

    "Past" and "coming" may be now itself, "last" and "next" may not. Of the nearest, what is past counts as
    nearer.

    Examples
    --------
    >>> [choose(3, 7, 10, which) for which in ("last", "past", "this", "coming", "next", "nearest")]
    [3, 10, 10, 10, 17, 10]
    """
    back = (now - place) % cycle
    if which == "this":
        return now - now % cycle + place
    if which == "last":
        return now - (back or cycle)
    if which == "coming":
        return now + (place - now) % cycle
    return now - back + cycle * (which == "next" or (which == "nearest" and back > cycle * _BACK))


def moved(unit: str, amount: float, start: date) -> Reading:
    """The period an amount of units after a day (before it, if negative), as fine as the unit.

    Examples
    --------
    >>> moved("year", -1.5, date(2026, 2, 11)).value
    '2024'
    """
    if unit in _DAYS:
        return period(unit, number(unit, start + timedelta(days=round(amount * _DAYS[unit]))))
    months = number("month", start) + round(amount * _MONTHS[unit])
    return period(unit, months // _MONTHS[unit])
