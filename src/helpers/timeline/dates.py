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


# Words, as alternatives of a pattern

_WEEKDAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_MONTH_NAMES = "january|february|march|april|may|june|july|august|september|october|november|december"
_SHORT_NAMES = "jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
_ORDINALS = "first|second|third|fourth"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_AMOUNTS = {word: i for i, word in enumerate(f"{_ONES}|{_TEENS}".split("|"), start=1)}
_AMOUNTS |= {word: 10 * i for i, word in enumerate(_TENS.split("|"), start=2)} | {"a": 1, "an": 1}
_STEPS = {"last": -1, "this": 0, "next": 1}
_NEAR = {"the day before yesterday": -2, "yesterday": -1, "last night": -1, "this morning": 0, "today": 0}
_NEAR |= {"this afternoon": 0, "this evening": 0, "tonight": 0, "tomorrow": 1, "the day after tomorrow": 2}
_LENGTHS = {"minute": "PT{:g}M", "hour": "PT{:g}H", "day": "P{:g}D", "week": "P{:g}W", "month": "P{:g}M"}
_LENGTHS |= {"year": "P{:g}Y", "decade": "P{:g}DE"}
_SETS = {"daily": "P1D", "weekly": "P1W", "monthly": "P1M", "quarterly": "P3M", "annually": "P1Y"}


# Readings: what a match says, given the publication day


def _word(match: re.Match, group: str) -> str:
    """What a group matched, in small letters with single spaces; empty if there is no such group."""
    return " ".join((match.groupdict().get(group) or "").lower().split())


def _place(names: str, word: str) -> int:
    return [name[:3] for name in names.split("|")].index(word[:3])


def _day(match: re.Match, today: date) -> _Reading:
    name, year, day = match["month"], match["year"] or "", int(match["day"])
    month = int(name) if name.isdecimal() else _place(_MONTH_NAMES, name.lower()) + 1
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
    place = _place(_MONTH_NAMES, name.lower())
    if year:
        return _period("month", int(year) * 12 + place)
    if name.islower() or (not lead and name.lower() in ("march", "may")):
        raise ValueError("an august body; May said")
    return _period("month", _choose(place, 12, _number("month", today), lead))


def _quarter(match: re.Match, today: date) -> _Reading:
    place, year = _place(_ORDINALS, _word(match, "ordinal")), _word(match, "year")
    now = _number("quarter", today)
    return _period("quarter", int(year) * 4 + place if year else _choose(place, 4, now, "nearest"))


def _year(match: re.Match, today: date) -> _Reading:
    unit = "decade" if match[0][-1] in "sS" else "year"
    return _period(unit, _number(unit, date(int(match["year"]), 1, 1)))


def _weekday(match: re.Match, today: date) -> _Reading:
    place, which = _place(_WEEKDAYS, _word(match, "weekday")), _word(match, "which") or "past"
    return _period("day", _choose(place, 7, _number("day", today), which))


def _step(match: re.Match, today: date) -> _Reading:
    unit = _word(match, "unit") or "day"
    return _period(unit, _number(unit, today) + (_STEPS | _NEAR)[_word(match, "step")])


def _amount(match: re.Match) -> float:
    words = re.split(r"[\s-]+", _word(match, "amount").replace(",", ""))
    return sum(_AMOUNTS.get(word) or float(word) for word in words) + 0.5 * bool(match["half"])


def _ago(match: re.Match, today: date) -> _Reading:
    unit, amount = _word(match, "unit"), _amount(match)
    if unit in _DAYS:
        return _period("day", _number("day", today) - round(amount * _DAYS[unit]))
    return _period(unit, (_number("month", today) - round(amount * _MONTHS[unit])) // _MONTHS[unit])


def _duration(match: re.Match, today: date) -> _Reading:
    return _Reading("DURATION", _LENGTHS[_word(match, "unit")].format(_amount(match)))


def _set(match: re.Match, today: date) -> _Reading:
    if weekday := _word(match, "weekday"):
        return _Reading("SET", f"XXXX-WXX-{_place(_WEEKDAYS, weekday) + 1}")
    return _Reading("SET", _SETS.get(match[0]) or _LENGTHS[_word(match, "unit")].format(1))


def _time(match: re.Match, today: date) -> _Reading:
    hour, half = int(match["hour"]), _word(match, "half")
    if half:
        hour = hour % 12 + 12 * (half == "p")
    return _period("day", _number("day", today), f"T{time(hour, int(match['minute'] or 0)):%H:%M}")


# Patterns, of named parts; a space stands for white space within a line

_MONTH = rf"(?P<month>(?:{_MONTH_NAMES})\b|(?:{_SHORT_NAMES})\b\.?)"
_YEAR = r"(?P<year>[12]\d{3})(?!\d)"
_NTH = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?:[-–](?P<last>\d\d?))?(?![\d:%]|[.,]\d)"
_ON = r"(?:\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_WEEKDAY = rf"(?P<weekday>{_WEEKDAYS})\b"
_EDGE = r"(?:(?:early|earlier|mid|late|later)(?: |-))?"
_IN = r"\b(?P<lead>in|since|by|from|until|till|during|last|this|next|early|mid|late)(?: |-)"
_OF_YEAR = r"(?:of|for|from|between|before|after)(?! \d{4} (?:people|[a-z]{3,}s)\b)"  # not "of 2000 soldiers"
_IN_YEAR = rf"\b(?:in|since|by|until|till|during|early|mid|late|fiscal|year|{_OF_YEAR})(?: |-)(?:the )?"
_TO_YEAR = r"(?<=\d{4}\s)(?:and|or|to) "
_QUARTER = rf"\b(?P<ordinal>{_ORDINALS})(?: |-)quarter\b"
_TEXT = rf"(?:{_TENS})(?:(?: |-)(?:{_ONES}))?|{_ONES}|{_TEENS}|an?"
_ABOUT = r"(?:(?:nearly|almost|about|around|exactly|over|more than|less than|at least|up to) )?"
_WINDOW = r"(?:(?:the )?(?:past|last|next|first|coming) )?"
_FIGURE = rf"(?P<amount>\d{{1,3}},\d{{3}}|\d{{1,4}}(?:\.\d)?|{_TEXT})(?P<half> and a half)?"
_UNIT = rf"(?P<unit>{'|'.join(_LENGTHS)})s?\b"
_COUNT = rf"(?<![\w.,]){_ABOUT}{_WINDOW}{_FIGURE}(?: |-){_UNIT}"
_HOUR = r"(?P<hour>\d\d?)(?:[:.](?P<minute>[0-5]\d))?(?:\s?(?P<half>[ap])(?:\.m\.|m\b))?"
_IS_HOUR = r"(?<![\d:.])(?=\d\d?:[0-5]\d|\d\d?(?:\.[0-5]\d)?\s?[ap]\.?m\b)"

_RULES = [  # a reading; whether it starts from the publication day unless a year is stated; its pattern
    (read, relative, re.compile(pattern.replace(" ", r"[^\S\n]+"), re.IGNORECASE))
    for read, relative, pattern in (
        (_day, False, rf"(?<!\d){_YEAR}(?P<sign>[-/.])(?P<month>\d\d)(?P=sign)(?P<day>\d\d)(?!\d)"),
        (_day, False, r"(?<![\d.])(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>[12]\d{3})(?![.,]?\d)"),
        (_day, False, r"(?<![\d.])(?P<day>\d\d)\.(?P<month>\d\d)\.(?P<year>\d\d)(?![.,]?\d)"),
        (_day, True, rf"(?<![\d.,:$]){_ON}{_NTH}(?: of)? {_MONTH}(?:,? {_YEAR})?"),
        (_day, True, rf"{_ON}\b{_MONTH} {_NTH}(?:,? ?{_YEAR})?"),
        (_month, False, rf"{_EDGE}\b{_MONTH},?(?: of)? {_YEAR}"),
        (_month, True, rf"(?:{_IN})?\b(?P<x>{_MONTH})"),
        (_quarter, True, rf"(?:\bthe )?{_QUARTER}(?:(?: of| in|,)? {_YEAR})?"),
        (_year, False, rf"(?:{_IN_YEAR}|{_TO_YEAR})(?P<x>{_EDGE}{_YEAR})(?![\w%]|[.,]\d)"),
        (_year, False, rf"(?:\bthe )?{_EDGE}\b(?P<year>[12]\d\d0)s\b"),
        (_weekday, True, rf"\b(?:(?P<which>last|next|this) )?{_WEEKDAY}"),
        (_step, True, rf"\b(?P<step>{'|'.join(_NEAR)})\b"),
        (_step, True, rf"\b{_EDGE}(?P<step>last|this|next) (?P<unit>week|month|quarter|year)\b"),
        (_ago, True, rf"{_COUNT} ago\b"),
        (_duration, False, _COUNT),
        (_set, False, rf"(?-i:\b(?:{'|'.join(_SETS)})\b)"),
        (_set, False, rf"\b(?:every|each) (?:{_WEEKDAY}|{_UNIT})"),
        (_time, True, rf"{_IS_HOUR}{_HOUR}(?![:\d])"),
    )
]
_CLOCK = _RULES[-1][2]
_JOIN = re.compile(r"[\s,T–-]{0,4}(?:(?:at|on)\s)?")
