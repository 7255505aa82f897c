"""Temporal expressions in English news text.

A text and the day it was published go in; out come the expressions that name a time, each with its place in
the text, its TIMEX3 type and value, the first and last day it can mean, and what it was resolved from. Rules
alone decide: no model, no clock, no locale. `dates.tsv` holds the rules; what they find is read by functions
in `dates_named.py` and `dates_relative.py`.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from helpers.timeline import dates_named, dates_relative
from helpers.timeline.dates_periods import Reading
from helpers.timeline.dates_relative import at_time
from helpers.timeline.dates_surroundings import BLANK, CONTEXT, Surroundings, pattern, values, word
from helpers.words import read_rows


class TimeExpression(NamedTuple):
    """A temporal expression; ``text[start:end]`` of the text searched is its `text`.

    `type` is DATE, TIME, DURATION or SET. `value` is the TIMEX3 value, `earliest` and `latest` the first and
    last day it can mean, both included; all None where unresolved, the days also for durations, sets and
    "now". `anchor` is what it was resolved from: "stated", "publication date", "date mentioned before",
    "approximate" (a value, but no days: "nearly 30 years ago") or "none". `origin` is the `start` of the
    expression that was the date mentioned before.
    """

    start: int
    end: int
    text: str
    type: str
    value: str | None
    earliest: date | None
    latest: date | None
    anchor: str
    origin: int | None = None


def find(
    text: str, published: date | datetime | None = None, day_first: bool | None = None
) -> list[TimeExpression]:
    """Find the temporal expressions of a text and resolve them.

    Parameters
    ----------
    text : str
        Any text; the rules are written for English news. No expression spans lines, but for lines that were
        broken to a width.
    published : date or datetime, optional
        Day of publication. Without it nothing relative is resolved: such expressions have value, earliest and
        latest None and the anchor "none".
    day_first : bool, optional
        Whether the outlet's country writes 8/2/2026 for the 8th of February. If not known, the day nearer to
        publication counts.

    Returns
    -------
    list of TimeExpression
        In the order of the text, never overlapping.

    Notes
    -----
    Types and values follow TIMEX3 (Pustejovsky et al. 2003, "TimeML: Robust Specification of Event and
    Temporal Expressions in Text"). A bare weekday is the nearest past one, the publication day itself
    counting; a day and month without a year, a month, a quarter and a season are the nearest on either side
    of publication. After "will" and the like in the same clause, a weekday and a month are the next ones;
    beside a verb in the past, a day and a month are past. A day and month given a year before keeps it.
    "Later", "earlier", "that year" and "the next day" are counted from the last date mentioned; an amount of
    time "ago" is as fine as its unit. "Earlier this week" ends with publication, "later this week" begins
    with it. Numeric dates with dots are day first. A clock time and the day beside it are one expression;
    alone it lies on a day of its sentence or of the last that names a time, else on that of publication.
    Seasons are those of the north. A date that no calendar has (31 February) is none.

    Examples
    --------
    >>> found = find("Signed on Monday, in force since July 1999.", date(2026, 2, 10))
    >>> [(e.text, e.value, e.anchor) for e in found]
    [('Monday', '2026-02-09', 'publication date'), ('July 1999', '1999-07', 'stated')]
    """
    today = published.date() if isinstance(published, datetime) else published
    hits, _ = _hits(text, today, day_first if _SLASHED.search(text) else None)
    return _resolved(text, _plain(text), hits, today)


def find_below(headline: str, text: str, published: date | None = None) -> list[TimeExpression]:
    """What :func:`find` finds in a headline and the text below it, sooner where it was asked for the text.

    A headline that names no time changes at most what stands so near below it that it is looked at: where
    that is found as in the text alone, all of it is.
    """
    whole, begin = f"{headline}\n{text}", len(headline) + 1
    hits, years = _hits(text, published, None)
    plain = _plain(whole)
    hits = [_Hit(start + begin, end + begin, _moved(one, begin)) for start, end, one in hits]
    narrative = _is_narrative(_years(headline) + years, whole, published)
    seen = Surroundings(whole, published or _SOME_DAY, None, narrative)
    near = [one for one in hits if one.start < begin + CONTEXT]
    alike = near == [*_searched(plain, seen, published, begin + CONTEXT)]
    if not alike or narrative != _is_narrative(years, text, published):
        hits, _ = _hits(whole, published, None)
    return _resolved(whole, plain, hits, published)


class _Hit(NamedTuple):
    """What matched in a text, and what it means; None if it is no time."""

    start: int
    end: int
    reading: Reading | None


@lru_cache(2_000)  # texts (30 MB): they are searched for `dates`, and with their headlines for anchoring
def _hits(text: str, today: date | None, day_first: bool | None) -> tuple[list[_Hit], list[int]]:
    """What matches in a text, and the years that it names."""
    plain, years = _plain(text), _years(text)
    seen = Surroundings(text, today or _SOME_DAY, day_first, _is_narrative(years, text, today))
    return [*_searched(plain, seen, today, len(plain))], years


def _searched(plain: str, seen: Surroundings, today: date | None, until: int) -> Iterator[_Hit]:
    """What matches before a place."""
    at = 0
    for start, rules in _places(plain):
        if start >= until:
            return
        if start < at:
            continue
        match, rule = _longest(plain, start, rules)
        if match is None:
            continue
        at = match.end()  # what matched is passed over all the same: "February 2025" in "31 February 2025"
        reading = _reading(match, rule, seen)
        if reading and (today or _is_known(reading)):
            seen.mention(start, reading)
        yield _Hit(start, at, reading)


def _moved(one: Reading | None, by: int) -> Reading | None:
    return one._replace(origin=one.origin + by) if one and one.origin is not None else one


def _resolved(text: str, plain: str, hits: list[_Hit], today: date | None) -> list[TimeExpression]:
    """The expressions of a text: clock times are of the days near them."""
    found = [TimeExpression(start, end, text[start:end], *one) for start, end, one in hits if one]
    if clocks := {one for one in found if _CLOCK.search(one.value or "")}:
        found = _placed(text, plain, _joined(text, plain, found), clocks)
    return found if today else [one if _is_known(one) else one._replace(**_UNKNOWN) for one in found]


def _is_known(one: Reading | TimeExpression) -> bool:
    """Whether an expression says what it means to one who does not know the day of publication."""
    return one.anchor == "stated" or one.origin is not None


def _years(text: str) -> list[int]:
    return [int(year) for year in _YEAR.findall(text)]


def _is_narrative(years: list[int], text: str, published: date | None) -> bool:
    """Whether a text names years, most of them not near publication, and hardly a weekday or today."""
    if published is None or len(years) < _YEARS:
        return False
    far = sum(abs(year - published.year) > _NEAR for year in years) > _MOST * len(years)
    return far and len(_NEWS.findall(_plain(text))) <= _FEW * len(years)


class _Rule(NamedTuple):
    read: Callable[[re.Match, Surroundings], Reading]
    before: re.Pattern | None
    pattern: re.Pattern


def _plain(text: str) -> str:
    """The text as it is searched: A to Z small, apostrophes straight, lines broken to a width made whole."""
    # in bytes only A to Z have small letters; those of others may be longer
    small = _WRAPPED.sub(" ", text).encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")
    return small.replace("’", "'").replace("‘", "'")


def _places(plain: str) -> Iterator[tuple[int, list[int]]]:
    """Where expressions may begin, in order, and the numbers of the rules that may match there."""
    begin = 0
    for line in plain.split("\n"):
        for start, rules in _places_of_line(line):
            yield begin + start, rules
        begin += len(line) + 1


@lru_cache(40_000)  # lines of 1,000 articles (30 MB): they are read for `dates` and again for anchoring
def _places_of_line(line: str) -> list[tuple[int, list[int]]]:
    places = []
    for start in _begins(line):
        rules = _likely().Match(line[start : start + _LONGEST].encode("utf-8", "replace"))
        if rules:
            places.append((start, sorted(rules)))
    return places


def _begins(line: str) -> list[int]:
    """Where an expression may begin: where a word or number does, also a number glued to a word."""
    begins = [hit.start() for hit in _BEGINS.finditer(f" {line}")]
    return sorted(begins + [hit.start() for hit in _GLUED.finditer(line)])


def _longest(plain: str, at: int, rules: list[int]) -> tuple[re.Match | None, _Rule | None]:
    """Of some rules' matches at a place the longest, the first of equally long ones, and its rule."""
    best, chosen = None, None
    before = plain[max(at - CONTEXT, 0) : at]
    for rule in map(_RULES.__getitem__, rules):
        match = rule.pattern.match(plain, at)
        longer = match and match.end() > (best.end() if best else at)
        if longer and (rule.before is None or rule.before.search(before)):
            best, chosen = match, rule
    return best, chosen


def _reading(match: re.Match, rule: _Rule, seen: Surroundings) -> Reading | None:
    """What a match means, on the part of the day it names; None if it is no time."""
    try:
        reading = rule.read(match, seen)
    except (ValueError, OverflowError, LookupError):  # not in the calendar
        return None
    today = seen.published
    if reading.anchor == "publication date" and reading.earliest <= today <= reading.latest:
        if match[0].startswith("earlier "):
            reading = reading._replace(latest=today)
        elif match[0].startswith("later this "):
            reading = reading._replace(earliest=today)
    part = word(match, "part") or word(match, "part_of")
    return at_time(reading, _PARTS[part]) if part and reading.type == "DATE" else reading


def _joined(text: str, plain: str, found: list[TimeExpression]) -> list[TimeExpression]:
    """The expressions; a clock time and the day named just before or after it are one."""
    joined: list[TimeExpression] = []
    paired = True  # whether the last one is two already
    for one in found:
        both = None if paired else _both(text, plain, joined[-1], one)
        joined[-1 if both else len(joined) :] = [both or one]
        paired = both is not None
    return joined


def _both(text: str, plain: str, first: TimeExpression, second: TimeExpression) -> TimeExpression | None:
    """A clock time and a day, or part of a day, as one expression; None if that is not what they are."""
    if not _JOIN.fullmatch(plain, first.end, second.start):
        return None
    times = [_CLOCK.search(one.value or "") for one in (first, second)]
    if all(times) or not any(times):
        return None
    day, time = (second, times[0]) if times[0] else (first, times[1])
    if day.earliest is None or day.earliest != day.latest:
        return None
    return _timed(text, day, time[0], first.start, second.end)


def _placed(
    text: str, plain: str, found: list[TimeExpression], clocks: set[TimeExpression]
) -> list[TimeExpression]:
    """The expressions; a clock time by itself lies on a day named near it.

    The nearest day of its sentence counts, else of the last before it that names a time; "Updated 9 p.m." is
    of the publication day. Bare figures that nothing introduces are the length of a film.
    """
    near = {at for i, one in enumerate(found) if one in clocks for at in range(i - _AROUND, i + _AROUND)}
    breaks = (
        at in near and _ENDS.search(text, one.end - 1, other.start + 1) is not None
        for at, (one, other) in enumerate(pairwise(found))
    )
    # sentences that name a time, numbered near the clock times
    told = list(zip(accumulate(breaks, initial=0), found, strict=False))
    placed = []
    for i, (sentence, one) in enumerate(told):
        before = plain[max(one.start - CONTEXT, 0) : one.start]
        if one not in clocks or _STAMP.search(before):
            placed.append(one)
        elif not _BARE.fullmatch(one.text) or _AT_HOUR.search(before):
            days = [
                (nth != sentence, abs(day.start - one.start), day)
                for nth, day in told[max(i - _AROUND, 0) : i + _AROUND + 1]
                if sentence - 1 <= nth <= sentence and day not in clocks and _is_day(text, day)
            ]
            _, _, day = min(days, key=lambda near: near[:2], default=(None, None, one))
            placed.append(_timed(text, day, _CLOCK.search(one.value)[0], one.start, one.end))
    return placed


def _is_day(text: str, one: TimeExpression) -> bool:
    """Whether an expression is a single day, and not one in brackets: "6 a.m. (2100 GMT Monday)"."""
    before = text[max(one.start - CONTEXT, 0) : one.start]
    return one.earliest is not None and one.earliest == one.latest and before.rfind("(") <= before.rfind(")")


def _timed(text: str, day: TimeExpression, time: str, start: int, end: int) -> TimeExpression:
    """A time of a day as one expression, from one place of the text to another."""
    return day._replace(start=start, end=end, text=text[start:end], type="TIME", value=day.value[:10] + time)


_LONGEST = 200  # characters, more than any expression has
# A narrative: at least so many years named, such a share so far from publication, and so few weekdays each.
# Of 411 news texts 1 is taken for one, of 22 histories 18.
_YEARS, _MOST, _NEAR, _FEW = 5, 0.8, 2, 1 / 30
_YEAR = re.compile(r"[12](?<![\w$£€.,].)\d{3}(?![\w%]|[.,]\d)")  # the figure comes first: a search can leap
_NEWS = pattern(r"\b(?:@weekday|today|yesterday|tomorrow|tonight|last week|this week)\b")
_SLASHED = re.compile(r"\d[/-]\d\d?[/-]\d")  # what may begin with the day or the month
_SOME_DAY = date(2000, 1, 1)  # of publication, where that is not known
_UNKNOWN = {"value": None, "earliest": None, "latest": None, "anchor": "none"}
_PARTS = values("part")
_JOIN = re.compile(r"[^\S\n]?[,t–-]?[^\S\n]?(?:(?:at|on|about|around)[^\S\n])?")
# Of 19 clock times whose own sentence names no day, 13 lie on that of the last before, 3 on publication's
_AROUND = 3  # expressions before and after a clock time among which its day is looked for
_ENDS = re.compile(
    r"[\n.!?](?:(?<=\n)|(?:(?<=[a-z\d)%”\"’]{3}[.!?])|(?<=[ap]\.m[.!?])|(?<=[ap]m[.!?])|(?<= [ECMP]T[.!?]))"
    r"[.!?]*[\"”’)]*\s+[\"“‘(]?[A-Z])"
)
_BARE = re.compile(r"\d\d?[:.]\d\d")
_AT_HOUR, _STAMP = pattern("AT_HOUR"), pattern("STAMP")
_CLOCK = re.compile(r"T\d\d:\d\dZ?")
# a line broken to a width; the break comes first, as it is what the search can leap to
_WRAPPED = re.compile(r"\n(?<=[^\n]{45}[^\n.!?:;\"”]\n)(?=[a-z]|[^\n]{45})")

_RULES = [
    _Rule(vars(dates_named).get(read) or vars(dates_relative)[read], before, pattern(expression))
    for read, before, expression in (
        (row[0], None if row[1] == "-" else pattern(row[1]), row[2])
        for row in read_rows(__file__, "dates.tsv")
        if len(row) == 3
    )
]

_DIGIT = r"[\d\x{80}-\x{10ffff}]"  # also one of another script
# The sign before a word, or the number, comes first, as it is what the search can leap to: that takes half of
# the time.
_BEGINS, _GLUED = re.compile(rf"[^a-z\d](?={pattern('START').pattern})"), re.compile(r"\d(?<=[a-z]\d)")


@cache
def _likely() -> object:
    """All rules in one automaton, which tells in one reading which of them a text may begin with.

    RE2 has no look-around and its own idea of blanks and digits: what a rule looks at is optional here, and
    the rest taken widely, so that a rule which matches is always told.
    """
    import re2

    every = re2.Set.MatchSet()
    for rule in _RULES:
        nameless = re.sub(r"\?P<\w+>", "?:", rule.pattern.pattern.replace("(?P=sign)", "[-/.]"))
        wide = nameless.replace(BLANK, "[^a-z0-9]+").replace(r"\b", "").replace(r"\d", _DIGIT)
        every.Add(re.sub(r"\(\?<?[=!]", "(?:|", wide))
    every.Compile()
    return every
