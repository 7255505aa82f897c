"""Readings of what is told by its distance or repetition: yesterday, last year, two weeks later, for a month,
every day, at noon, now.

Each function is a reading of `dates.tsv`, as in `dates_named.py`.
"""

import re
from datetime import date, time

from helpers.timeline.dates_named import stated_year
from helpers.timeline.dates_periods import Reading, moved, number, period
from helpers.timeline.dates_surroundings import Surroundings, place, values, word

_LENGTHS, _HALVED, _SETS, _STEPS, _NEARBY, _NIGHTLY, _MULTIPLES, _PARTS, _MODIFIERS = (
    values(name)
    for name in ("length", "halved", "set", "step", "near", "nightly", "multiple", "part", "modifier")
)
_FIGURES = {name: float(value) for name, value in values("ones", "teens", "tens", "large", "article").items()}
_VAGUE = set(values("vague")) | {""}
_LARGE = values("large")
_SHORT = {"seconds", "minute", "hour"}
_SHORT_PERIODS = {"day", "week", "weekend", "month", "quarter"}
_INEXACT = {"APPROX", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE"}


# Days and periods counted from publication or from the last date mentioned


def near(match: re.Match, seen: Surroundings) -> Reading:
    """Yesterday, today, tomorrow, and their mornings and nights."""
    name = word(match, "near")
    found = period("day", number("day", seen.published) + int(_NEARBY[name])).told_by(seen.publication())
    return at_time(found, _NIGHTLY.get(name, ""))


def shift(match: re.Match, seen: Surroundings) -> Reading:
    """Last week, this month, next year; "the following year" is counted from the last date mentioned."""
    step, unit = word(match, "step"), word(match, "unit")
    if seen.follows(match, "QUOTED") and seen.capital(match, "unit"):
        raise ValueError("the show “This Week”")
    if step in ("past", "coming") or (step == "last" and unit in ("day", "decade", "century")):
        return Reading("DURATION", length(unit, 1))
    told = step in ("previous", "preceding", "prior", "following") or (unit == "day" and step == "next")
    start = seen.last() if told else seen.publication()
    return period(unit, number(unit, start.earliest) + int(_STEPS[step])).told_by(start)


def same(match: re.Match, seen: Surroundings) -> Reading:
    """That month, the same day: of the last date mentioned; "the year", "the decade": of publication."""
    unit = word(match, "unit")
    start = seen.last(unit) if unit in _SHORT_PERIODS or word(match, "that") else seen.publication()
    return period(unit, number(unit, start.earliest)).told_by(start)


def weekend(match: re.Match, seen: Surroundings) -> Reading:
    """The weekend: the last one begun."""
    begun = number("week", seen.published) - (seen.published.weekday() < 5)
    return period("weekend", begun).told_by(seen.publication())


def latest(match: re.Match, seen: Surroundings) -> Reading:
    """The quarter or period a company reports on: the last one mentioned, else the last one complete."""
    nth, (year, _) = seen.quarter() - 4 * bool(word(match, "ago")), stated_year(match, seen)
    found = period("quarter", nth if year is None else year * 4 + nth % 4)
    return found.told_by(seen.last("quarter"))


def year_ago(match: re.Match, seen: Surroundings) -> Reading:
    """A year ago or earlier; in company news, after a quarter, the same quarter a year before."""
    told = word(match, "way") == "earlier"
    if "quarter" in seen.mentioned:
        return period("quarter", seen.quarter() - 4).told_by(seen.last("quarter"))
    start = seen.last() if told else seen.publication()
    return period("year", start.earliest.year - 1).told_by(start)


def year_end(match: re.Match, seen: Surroundings) -> Reading:
    """The last day of a year, the nearest."""
    years = range(max(seen.published.year - 1, 1), seen.published.year + 1)
    nearest = min((date(one, 12, 31) for one in years), key=lambda one: abs(one - seen.published))
    return period("day", number("day", nearest)).told_by(seen.publication())


def ago(match: re.Match, seen: Surroundings) -> Reading:
    """An amount of time before publication, or before or after the last date mentioned.

    As fine as its unit. "A few days later", and any amount where no date was mentioned, is but a length.
    """
    unit, amount, way = word(match, "unit"), counted(match), word(match, "way")
    from_publication = way in ("ago", "from now")
    start = seen.publication() if from_publication else seen.last()
    if amount is None and way == "ago":
        return Reading("DATE", "PAST_REF")
    if amount is None or unit in _SHORT or not (from_publication or start.origin is not None):
        return Reading("DURATION", length(unit, amount))
    base, times = _MULTIPLES.get(unit, f"{unit} 1").split()
    sign = -1 if way in ("ago", "earlier", "previously") else 1
    found = moved(base, sign * amount * int(times), start.earliest).told_by(start)
    if modifier(match[0]) in _INEXACT:
        return found._replace(earliest=None, latest=None, anchor="approximate")
    return found


# Lengths and repetitions


def counted(match: re.Match) -> float | None:
    """The number of units an expression tells; None for "several"."""
    text = word(match, "amount").replace(",", "")
    if text in _VAGUE:
        return None
    total = _FIGURES.get(text, 0.0)
    for one in [] if text in _FIGURES else re.split(r"[\s-]+", text):
        if one in _LARGE:
            total = max(total, 1) * _FIGURES[one]
        elif one != "and":
            total += _FIGURES[one] if one in _FIGURES else float(one)
    return total + 0.5 * bool(word(match, "half"))


def length(unit: str, amount: float | None) -> str:
    """The TIMEX3 value of an amount of units, X for one that is not told; a decade is ten years."""
    if amount == 0.5 and unit in _HALVED:
        return _HALVED[unit]
    times = 10 if unit == "decade" and amount else 1
    return _LENGTHS[unit].format("X" if amount is None else f"{amount * times:g}")


def duration(match: re.Match, seen: Surroundings) -> Reading:
    """A length of time; without an amount there is one unit, if it is not in the plural."""
    one = "amount" not in match.groupdict()
    return Reading("DURATION", length(word(match, "unit"), 1 if one else counted(match)))


def repeated(match: re.Match, seen: Surroundings) -> Reading:
    """What comes again and again."""
    if name := word(match, "weekday"):
        return Reading("SET", f"XXXX-WXX-{place('weekday', name) + 1}")
    if match[0] in _SETS and seen.capital(match, 0):
        raise ValueError("The Daily Planet")
    amount = counted(match) if word(match, "amount") else 1
    return Reading("SET", _SETS.get(match[0]) or length(word(match, "unit"), amount))


# Times of day, and the present, the past and the future as such


def clock(match: re.Match, seen: Surroundings) -> Reading:
    """A time of day, on the day of publication; `dates.find` puts it on the day beside it."""
    today = period("day", number("day", seen.now().earliest)).told_by(seen.now())
    if name := word(match, "at"):
        return at_time(today, _PARTS[name])
    hour, half = int(match["hour"]), word(match, "half")
    if half:
        hour = hour % 12 + 12 * (half == "p")
    zone = "Z" if word(match, "zone") in ("gmt", "utc") else ""
    return at_time(today, f"T{time(hour, int(match['minute'] or 0)):%H:%M}{zone}")


def part_of_day(match: re.Match, seen: Surroundings) -> Reading:
    """The morning or the night of the last day mentioned; `dates.find` puts the part to it."""
    if seen.capital(match, "part"):
        raise ValueError("The Morning Herald")
    last = seen.last()
    return period("day", number("day", last.earliest)).told_by(last)


def at_time(found: Reading, time: str) -> Reading:
    """A day's reading with a time of day or a part of the day put to it."""
    return found._replace(type="TIME", value=found.value + time) if time else found


def reference(match: re.Match, seen: Surroundings) -> Reading:
    """The present, the past or the future as such."""
    (name,) = (name for name, said in match.groupdict().items() if said)
    return Reading("DATE", f"{name.upper()}_REF")


def modifier(expression: str) -> str | None:
    """The TIMEX3 modifier that the first words of an expression stand for, if any.

    Examples
    --------
    >>> modifier("Nearly 30 years ago"), modifier("the end of May"), modifier("mid-1998"), modifier("May")
    ('LESS_THAN', 'END', 'MID', None)
    """
    words = re.split(r"[\s-]+", expression.lower().removeprefix("the "))
    return _MODIFIERS.get(" ".join(words[:2])) or _MODIFIERS.get(words[0])
