"""What the readings of time expressions have in common: words and their values, and what stands around."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from helpers.timeline.dates_periods import Reading, number
from helpers.words import filled, read_pairs, read_rows

BLANK = r"(?:[^\S\r\n\u2028\u2029]+)"  # white space within a line
CONTEXT = 100  # characters before an expression that may tell what it means
_PARTS = {row[0]: row[1] for row in read_rows(__file__, "dates.tsv") if len(row) == 2}
_WORDS = read_pairs(__file__, "dates_words.tsv")


@dataclass
class Surroundings:
    """What an expression is read with: the text as written, the day of publication, whether days come first.

    A `narrative` tells what lies long before publication: days and months follow the last date mentioned.
    `mentioned` holds the last expression that has days ("") and the last quarter of a year ("quarter").
    """

    text: str
    published: date
    day_first: bool | None = None
    narrative: bool = False
    mentioned: dict[str, Reading] = field(default_factory=dict)

    def publication(self) -> Reading:
        """The day of publication, as that from which other days are counted."""
        return Reading("DATE", "", self.published, self.published, "publication date")

    def now(self) -> Reading:
        """The day near which days and months without a year lie: publication, in a narrative the last."""
        return self.last() if self.narrative else self.publication()

    def mention(self, start: int, reading: Reading) -> None:
        """Keep a reading and where its expression starts, for what is counted from it.

        A quarter a year before the one spoken of is only compared with it.
        """
        if reading.earliest:
            reading = Reading(*reading[:4], "date mentioned before", start)
            self.mentioned[""] = reading
            if reading.earliest == reading.latest:
                self.mentioned[reading.earliest.isoformat()[5:]] = reading
            if "-Q" in reading.value and number("quarter", reading.earliest) != self.quarter() - 4:
                self.mentioned["quarter"] = reading

    def last(self, unit: str = "") -> Reading:
        """The last expression before that has days (the last quarter, if asked for one), else publication."""
        return self.mentioned.get("quarter" if unit == "quarter" else "", self.publication())

    def quarter(self) -> int:
        """The number of the quarter spoken of: the last one mentioned, else the last one complete."""
        last = self.last("quarter")
        return number("quarter", last.earliest) - (last.origin is None)

    def follows(self, match: re.Match, *parts: str) -> bool:
        """Whether one of some parts of `dates.tsv` ends where a match begins."""
        before = self.text[max(match.start() - CONTEXT, 0) : match.start()].lower()
        return any(pattern(part).search(before) for part in parts)

    def precedes(self, match: re.Match, part: str) -> bool:
        """Whether a part of `dates.tsv` begins where a match ends."""
        return bool(pattern(part).search(self.text[match.end() : match.end() + CONTEXT].lower()))

    def is_past(self, match: re.Match) -> bool:
        """Whether the nearest cue in the sentence of a match is a verb in the past; not in a narrative."""
        if self.narrative or self.precedes(match, "DEADLINE"):
            return False
        if self.follows(match, "PAST_BEFORE"):
            return True
        return not self.follows(match, "NOT_PAST_BEFORE") and self.precedes(match, "PAST_AFTER")

    def capital(self, match: re.Match, group: str | int) -> bool:
        """Whether a group of a match begins with a capital letter in the text as written."""
        return self.text[match.start(group)].isupper()


@cache
def values(*names: str) -> dict[str, str]:
    """The words of some rows of `dates_words.tsv` with their values."""
    return dict(pair.split("=") for name in names for pair in _WORDS[name].split("|"))


@cache
def place(names: str, name: str) -> int:
    """The place of a name among those of a row, counted from 0; its first three letters are enough."""
    return [one[:3] for one in _WORDS[names].split("|")].index(name[:3])


def word(match: re.Match, group: str) -> str:
    """What a group matched, with single spaces; empty if there is no such group."""
    said = match[group] if group in match.re.groupindex else None
    return " ".join(said.split()) if said else ""


_NAMED = {name: re.sub(r"=[^|]*", "", words) for name, words in _WORDS.items()} | _PARTS
_COMPILED: dict[str, re.Pattern] = {}


def pattern(expression: str) -> re.Pattern:
    """A regular expression of `dates.tsv`, or a part of that name, compiled.

    Examples
    --------
    >>> bool(pattern("@NTH @MONTH").fullmatch("8   august"))
    True
    """
    if expression not in _COMPILED:
        spelt = filled(_PARTS.get(expression, expression), _NAMED)
        _COMPILED[expression] = re.compile(spelt.replace(" ", BLANK))
    return _COMPILED[expression]
