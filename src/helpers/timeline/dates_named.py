"""Readings of what the calendar names: days, weekdays, months, quarters, seasons, years, decades, centuries.

Each function is a reading of `dates.tsv`: it gets a match of its pattern and what stands around, and gives
what the expression means. It raises ValueError, OverflowError or LookupError where words that look like a
date are none.
"""

import calendar
import re
from datetime import date, timedelta

from helpers.timeline.dates_periods import Reading, choose, number, period
from helpers.timeline.dates_surroundings import Surroundings, place, values, word

_SURNAME = re.compile(r" [A-Z][a-z]")
_NEAR = 8  # years around publication in which a day without a year is looked for: a leap day may be so far
_SOON = timedelta(14)  # a day told as past lies no further ahead: the date of publication can be wrong
_BESIDE = 1  # days; "last Wednesday" on a Thursday is that of the week before
_YEARS = {"last": -1, "this": 0, "next": 1}
_SIDES = {
    "last": "last", "this": "this", "next": "next", "this past": "last", "this coming": "next",
    "the previous": "last", "the following": "next",
}  # fmt: skip
_NUMBERS = {name: int(value) for name, value in values("ones", "teens", "tens").items()}


def stated_year(match: re.Match, seen: Surroundings) -> tuple[int | None, Reading | None]:
    """The year an expression gives, in figures or by its relation to another year, and that other."""
    figures, relative = word(match, "year") or word(match, "short"), word(match, "relative")
    if relative in _YEARS:
        return seen.published.year + _YEARS[relative], seen.publication()
    if relative:
        return seen.last().earliest.year, seen.last()
    if len(figures) == 2:
        figures = ("20" if figures < "69" else "19") + figures  # as POSIX reads two digits
    return int(figures) if figures else None, None


def _nearest(days: list[date], source: Reading | None, seen: Surroundings) -> Reading:
    """Of several days the nearest to publication or what a narrative has come to; fails if there is none."""
    now = seen.now()

    def distance(one: date) -> timedelta:
        return max(now.earliest - one, one - now.latest, timedelta(0))

    nearest = min(days, key=lambda one: (distance(one), one))
    return period("day", number("day", nearest)).told_by(source)


def _years(year: int | None, seen: Surroundings) -> list[int]:
    now = seen.now().earliest.year
    return [year] if year else list(range(max(now - _NEAR, 1), min(now + _NEAR, 9999) + 1))


def day(match: re.Match, seen: Surroundings) -> Reading:
    """A day of a month; without a year the nearest, but past after "ended" and to come after "ending"."""
    name, nth = word(match, "month"), int(match["day"])
    month = int(name) if name.isdecimal() else place("month", name) + 1
    year, source = stated_year(match, seen)
    if year is None and (told := seen.mentioned.get(f"{month:02}-{nth:02}")):
        year, source = told.earliest.year, told
    days = [date(y, month, nth) for y in _years(year, seen) if nth <= _length(y, month)]
    if year is None:
        if not seen.capital(match, "month"):
            raise ValueError("they may 8 times")
        if seen.follows(match, "ENDED"):
            days = [one for one in days if one <= seen.published]
        elif seen.follows(match, "ENDING"):
            days = [one for one in days if one >= seen.published]
        elif seen.is_past(match):
            days = [one for one in days if one <= seen.published + _SOON]
        source = seen.now()
    first = _nearest(days, source, seen)  # fails for 31 February: no year has one
    last = first.latest.replace(day=max(nth, int(word(match, "last") or nth)))
    return first._replace(latest=last)


def _length(year: int, month: int) -> int:
    """The days of a month; `calendar.monthrange` tells its first weekday as well, which takes longer."""
    return calendar.mdays[month] + (month == 2 and calendar.isleap(year))


def slashed(match: re.Match, seen: Surroundings) -> Reading:
    """A date with slashes: as the outlet's country writes it, else nearest to publication."""
    one, other = int(match["one"]), int(match["other"])
    year, _ = stated_year(match, seen)
    orders = {True: {(other, one)}, False: {(one, other)}, None: {(one, other), (other, one)}}
    days = [date(year, m, d) for m, d in orders[seen.day_first] if m <= 12]
    return _nearest(days, seen.publication() if len(days) > 1 else None, seen)


def feast(match: re.Match, seen: Surroundings) -> Reading:
    """A day with a name, on a date or on the first weekday from it on; without a year the nearest."""
    date_of, _, weekday_of = values("feast")[word(match, "feast")].partition(" ")
    year, source = stated_year(match, seen)
    days = [date.fromisoformat(f"{one:04}-{date_of}") for one in _years(year, seen)]
    if weekday_of:
        ahead = [(place("weekday", weekday_of) - one.weekday()) % 7 for one in days]
        days = [one.replace(day=one.day + more) for one, more in zip(days, ahead, strict=True)]
    return _nearest(days, source if year else seen.now(), seen)


def weekday(match: re.Match, seen: Surroundings) -> Reading:
    """A day of the week: the last, publication day counting; the next if the clause speaks of the future."""
    which = word(match, "which")
    start = seen.last() if which.startswith("the ") else seen.publication()
    side = _SIDES.get(which) or ("coming" if seen.follows(match, "FUTURE") else "past")
    nth = place("weekday", word(match, "weekday"))
    now = number("day", start.earliest)
    found = choose(nth, 7, now, side)
    return period("day", found - 7 * (which == "last" and now - found <= _BESIDE)).told_by(start)


def month(match: re.Match, seen: Surroundings) -> Reading:
    """A month; without a year the nearest, or the next, if the clause speaks of the future."""
    name, (year, source) = word(match, "month"), stated_year(match, seen)
    if year:
        return period("month", year * 12 + place("month", name)).told_by(source)
    bare = match.start() == match.start("month") and not seen.follows(match, "IN")
    unsure = name == "march" or len(name) == 3 or _SURNAME.match(seen.text, match.end())
    if not seen.capital(match, "month") or (bare and unsure):
        raise ValueError("an august body; May said; Jan went; April Day")
    return _part_of_year("month", place("month", name), 12, match, seen)


def _part_of_year(unit: str, nth: int, cycle: int, match: re.Match, seen: Surroundings) -> Reading:
    """A month, quarter, half or season of the year stated, else the nearest or what the words say."""
    year, source = stated_year(match, seen)
    if year is not None:
        return period(unit, year * cycle + nth).told_by(source)
    now = seen.now()
    unsaid = "this" if len(now.value) == 4 else "nearest"
    if seen.follows(match, "FUTURE"):
        unsaid = "coming"
    elif seen.is_past(match):
        unsaid = "past"
    elif seen.precedes(match, "FUTURE_AFTER"):
        unsaid = "coming"
    side = _SIDES.get(word(match, "which")) or unsaid
    return period(unit, choose(nth, cycle, number(unit, now.earliest), side)).told_by(now)


def quarter(match: re.Match, seen: Surroundings) -> Reading:
    """A quarter of a year; without a year the nearest."""
    name = word(match, "ordinal")
    found = _part_of_year("quarter", int(values("ordinal").get(name, name)) - 1, 4, match, seen)
    if word(match, "ago"):
        return period("quarter", number("quarter", found.earliest) - 4).told_by(found)
    return found


def half(match: re.Match, seen: Surroundings) -> Reading:
    """A half of a year; without a year the nearest."""
    return _part_of_year("half", int(word(match, "ordinal") not in ("first", "1st")), 2, match, seen)


def season(match: re.Match, seen: Surroundings) -> Reading:
    """A season, of the north; without a year the nearest."""
    return _part_of_year("season", int(values("season")[word(match, "season")]), 4, match, seen)


def year(match: re.Match, seen: Surroundings) -> Reading:
    """A year in figures or in words."""
    if tens := word(match, "tens"):
        return period("year", 1900 + _NUMBERS[tens] + _NUMBERS.get(word(match, "ones"), 0))
    return period("year", stated_year(match, seen)[0])


def bygone(match: re.Match, seen: Surroundings) -> Reading:
    """A year before Christ: a value without days, which this calendar does not have."""
    return Reading("DATE", f"BC{int(match['bc']):04}")


def decade(match: re.Match, seen: Surroundings) -> Reading:
    """A decade; without a century that of the last one."""
    figures = word(match, "decade") or values("decades").get(word(match, "spelt")) or "19" + match["tens"]
    return period("decade", int(figures))


def century(match: re.Match, seen: Surroundings) -> Reading:
    """A century."""
    nth = word(match, "century") or values("centuries")[word(match, "spelt")]
    return period("century", int(nth) - 1)
