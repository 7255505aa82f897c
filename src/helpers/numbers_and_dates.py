"""Numbers with what they count, and calendar dates, as English texts write them.

The text of a sentence goes in; out come spans, and of each the form that its other ways of writing share.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from operator import itemgetter

import numpy as np

from helpers.names import BEFORE
from helpers.spelling import key
from helpers.stretches import stretches
from helpers.words import any_of, filled, function_words, matched, read_rows, without

_LETTERS = 6  # of a word stand for it: told 63 sentences apart as well as cutting endings did (AUC .84)
_ROWS = read_rows(__file__, "numbers_and_dates.tsv")
_LISTS = {name: words.split() for name, words in _ROWS if name.islower()}
_VALUES = {
    name: {word: int(value) for word, value in (pair.split("=") for pair in _LISTS[name])}
    for name in ("number", "times", "month", "weekday")
}
_UNITS = dict(pair.split("=") for pair in _LISTS["unit"])
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "%": "percent"}

_PARTS = dict(_ROWS) | {name: any_of(word.split("=")[0] for word in words) for name, words in _LISTS.items()}
_PARTS |= {name.title(): any_of(map(str.title, _VALUES[name])) for name in ("month", "weekday")}
_PARTS["long"] = any_of(word for word in _VALUES["times"] if len(word) > 2)
_DATES = [
    (re.compile(filled(f"@START{form}", _PARTS)), "MONTH" in form or "WEEKDAY" in form)
    for name, form in _ROWS
    if name == "DATE"
]
_NAMED, _FIGURE = re.compile(f"{_PARTS['Month']}|{_PARTS['Weekday']}"), re.compile(r"\d\d")
# What stands in every date and number, and what can go on with it; what can follow a year that is none.
_DATED = re.compile(rf"\d|{_NAMED.pattern}")
_NUMBERED = re.compile(filled(r"(?i)\d|\b(?:@number|@vague|@times)\b", _PARTS))
_ANY = filled(r"(?i)\p{Nd}|\b(?:@number|@vague|@long)\b", _PARTS)  # what every number has (RE2)
_GOES_ON = re.compile("(?i)X(?:-X)*".replace("X", "(?:and|a|half|per|cent|percent|%|of|the)"))
_MEASURED = re.compile(filled(r" (?:@measure)\b", _PARTS))
_NUMBER, _UNIT = re.compile(filled("@NUMBER", _PARTS), re.IGNORECASE), re.compile(_PARTS["UNIT"])
_WORDS = filled("@number|@vague|@long", _PARTS)
_INITIAL = "".join({sign for word in _WORDS.split("|") for sign in (word[0], word[0].upper())})
# Where a number may begin, but for a sign before it: to try all at every letter takes four times as long.
_BEGINS = re.compile(rf"\b(?=[\d{_INITIAL}])(?:\d|(?i:{_WORDS})\b)")
_FIGURES = re.compile(filled("@DIGITS|[a-z]+", _PARTS))
_ENDING = {*function_words(), *_LISTS["clock"]}
_FOLLOWS = re.compile(r"(?<!\w)(\w+)\W*$")


def numbered(texts: Sequence[str]) -> np.ndarray:
    """Which texts may have a number; no other has."""
    return matched(texts, _ANY)


def dates(texts: Sequence[str]) -> Iterator[tuple[int, int, int, frozenset]]:
    """Find calendar dates, months, weekdays, years and decades; a span of years is both of its years.

    Returns
    -------
    Iterator
        The number of the text, start, end and the parts said, such as ("month", 8) and ("day", 3); of a text
        the finer patterns first.

    Examples
    --------
    >>> [(a, b, sorted(parts)) for _, a, b, parts in dates(["on 3 August and in 2024-25"])]
    [(3, 11, [('day', 3), ('month', 8)]), (19, 26, [('year', 2024), ('year', 2025)])]
    """
    rows = []
    for i, start, end in zip(*_places(texts, _DATED.search, "of".__eq__)[:3], strict=True):
        text, stretch = texts[i], texts[i][start:end]
        # A lone "March" or "May" is told by the word before it, a year by the one behind it.
        first = max(0, start - BEFORE - 1) if "Ma" in stretch else start
        behind = _MEASURED.match(text, end)
        found = _dates(text[first : behind.end() if behind else end])
        rows += [(i, n, first + a, first + b, parts) for n, a, b, parts in found if first + a >= start]
    rows.sort(key=itemgetter(0, 1, 2))
    return (row[:1] + row[2:] for row in rows)


def _places(texts: Sequence[str], core: Callable, joins: Callable, after: int = 0) -> list[list[int]]:
    return [one.tolist() for one in stretches(texts, core, joins, after)]


@lru_cache(100_000)
def _dates(text: str) -> list[tuple[int, int, int, frozenset]]:
    """The dates of a stretch, each with the number of its pattern."""
    taken, found = bytearray(len(text)), []
    named, figure = _NAMED.search(text), _FIGURE.search(text)
    for n, (pattern, by_name) in enumerate(_DATES):
        for hit in pattern.finditer(text) if (named if by_name else figure) else ():
            start, end = hit.span()
            parts = _parts(hit)
            if parts and not any(taken[start:end]) and not _is_modal(hit):
                taken[start:end] = b"\1" * (end - start)
                found.append((n, start, end, parts))
    return found


def _is_modal(hit: re.Match) -> bool:
    """Whether a lone "March" or "May" follows no word that makes it a month."""
    before = _FOLLOWS.search(hit.string, max(0, hit.start() - BEFORE), hit.start())
    return hit[0] in ("March", "May") and (not before or before[1].lower() not in _LISTS["after"])


def _parts(hit: re.Match) -> frozenset:
    """The parts of a date; none where what looks like a span of years is none ("2024-12")."""
    said = {name: word for name, word in hit.groupdict().items() if word}
    until = said.pop("until", None)
    parts = {(name, _VALUES.get(name, {}).get(word.lower()) or int(word)) for name, word in said.items()}
    if until:
        year = int(said["year"])
        last = int(said["year"][: -len(until)] + until)
        return frozenset({*parts, ("year", last)} if year < last < year + 100 else ())
    return frozenset(parts)


def needed(date: frozenset) -> frozenset:
    """The parts of a date that every date has that says all of it."""
    return frozenset(part for part in date if part[0] != "year") or date


def at_least_as_fine(date: frozenset, other: frozenset) -> bool:
    """Whether `other` says all of `date`; of a month or day the year may go unsaid."""
    unsaid = {name for name, _ in date - other}
    return not unsaid or (unsaid == {"year"} and {"month"} <= dict(date).keys() and "year" not in dict(other))


def numbers(text: str, taken: list[tuple[int, int]]) -> Iterator[tuple[str, tuple[str, frozenset]]]:
    """Find the numbers outside the spans `taken`.

    Returns
    -------
    Iterator
        The number as written with what it counts; its value and its units, in the forms that are compared.

    Examples
    --------
    >>> [(value, *sorted(units)) for _, (value, units) in numbers("3.5 km, two hundred and five boats", [])]
    [('3.5', 'kilome'), ('205.0', 'boat')]
    """
    # "_" so that "5 200 boats" after a date "May 5" is read as 200
    return (number[1:] for number in _numbers(without(text, taken, "_"), text))


def numbers_of(
    texts: Sequence[str], taken: Sequence[list[tuple[int, int]]]
) -> Iterator[tuple[int, str, tuple[str, frozenset]]]:
    """The :func:`numbers` of many texts, each with the number of its text."""
    bare = [without(text, spans, "_") if spans else text for text, spans in zip(texts, taken, strict=True)]
    for i, start, end, until in zip(*_places(bare, _NUMBERED.search, _GOES_ON.fullmatch, 2), strict=True):
        for first, written, form in _kept(bare[i][start:until], texts[i][start:until]):
            if start + first < end:
                yield i, written, form


@lru_cache(100_000)
def _kept(bare: str, text: str) -> list[tuple[int, str, tuple[str, frozenset]]]:
    return list(_numbers(bare, text))


def _numbers(bare: str, text: str) -> Iterator[tuple[int, str, tuple[str, frozenset]]]:
    """The numbers of a text without what is taken: where each begins, how it is written, and its form."""
    for hit in _hits(bare):
        start, end = hit.span()
        unit = _UNIT.match(text, end)
        counted = _counted(unit.groups()) if unit else []
        signs = [_SIGNS[sign] for sign in (hit["sign"], hit["percent"] and "%") if sign]
        ordinal = "th" if hit["ending"] else ""
        value = hit["vague"].lower() if hit["vague"] else _value(hit["value"])
        measured = signs or ordinal or any(_is_measure(word) for word in counted)
        clock = unit and unit[1].lower() in _LISTS["clock"]
        alone = not (measured or counted or text[start].isdigit())  # "the three said"
        if not (clock or alone) and (measured or value not in (1, 2)):
            units = frozenset(map(_unit, [*signs, *counted]))
            written = text[start : unit.end(len(counted)) if counted else end]
            yield start, written, (f"{value}{ordinal}", units)


def _hits(text: str) -> Iterator[re.Match]:
    """The matches of `_NUMBER`, as `finditer` has them."""
    end = 0
    for begin in _BEGINS.finditer(text):
        start = begin.start()
        signed = max(end, start - (text[start - 1 : start] in _SIGNS))
        if start >= end and (hit := _NUMBER.match(text, signed) or _NUMBER.match(text, start)):
            end = hit.end()
            yield hit


def _counted(words: tuple[str | None, ...]) -> list[str]:
    """The words after a number up to a function word, or to a measure."""
    kept = list(takewhile(lambda word: word and word.lower() not in _ENDING, words))
    last = next((n for n, word in enumerate(kept, 1) if _is_measure(word)), len(kept))
    return kept[:last]


@lru_cache(100_000)
def _is_measure(word: str) -> bool:
    return word.lower().split("-")[0] in _LISTS["measure"]


def _value(written: str) -> float:
    """The value of a number in digits, words or both.

    >>> _value("1.2 million"), _value("two hundred and thirty-five"), _value("3,400"), _value("1 and a half")
    (1200000.0, 235.0, 3400.0, 1.5)
    """
    total = part = 0.0
    for word in _FIGURES.findall(written.lower()):
        if times := _VALUES["times"].get(word):
            part = max(part, 1.0) * times  # a float: too large is infinite, no error
            total, part = (total + part, 0.0) if times >= 1000 else (total, part)
        elif word == "half":
            part += 0.5
        elif word not in ("and", "a"):
            part += _VALUES["number"].get(word) or float(re.sub(r"[,\s]", "", word))
    return total + part


def same_number(one: tuple, other: tuple) -> bool:
    """Whether two numbers are equal and count the same, as far as both say what."""
    return one[0] == other[0] and (bool(one[1] & other[1]) or not (one[1] and other[1]))


@lru_cache(100_000)
def _unit(word: str) -> str:
    plain = key(word).rstrip("s")
    return beginning(_UNITS.get(plain, plain))


def beginning(word: str) -> str:
    """The letters that stand for a word in all its forms.

    >>> beginning("Countries"), beginning("country")
    ('countr', 'countr')
    """
    return word.lower().rstrip("s")[:_LETTERS]
