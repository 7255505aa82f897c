"""What can be measured of each line of a dump by itself: what the line model looks at.

Its characters, its words, what they tell, how often it stands on the page, what it shares with the long
lines. All of it is arithmetic on whole pages at once: the features, not the model, cost the time.
"""

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np

from helpers.ingestion import furniture
from helpers.ingestion.layout import Line
from helpers.words import read_rows

SHORT = 160  # characters: only such lines are asked for dates and list marks
SEEN = 1 << 13  # lines of other pages kept measured, some 20 MB
WEIGHED, CUED = 60, 30  # words: of a line so many are weighed; only a line of so few is asked for cue words

_ENDINGS = ("full stop", "ellipsis", "colon", "pause", "question mark")
_ITEM = re.compile(r"[•▪◦●·*–—-]\s|\(?\d{1,2}[.)]\s")
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b")
_TIME = re.compile(r"\b\d{1,2}[:.]\d\d\b|\bago\b|\b[ap]m\b|\d\s*(?:min|hour|hr|day|Std|heure)", re.IGNORECASE)
_LETTERS = re.compile("[aAx字]+")  # of a line of which only kinds of signs are left
_CLOSING = "'\"”’»)*]"
_WORD = re.compile(r"[^\W_]+|\n")
_SIGNS = dict(read_rows(__file__, "line_signs.tsv"))
_QUOTES, _DASHES = frozenset('"“”«»„「」'), frozenset("–—-")


class Measured(NamedTuple):
    """Every line of a page, measured by itself.

    Attributes
    ----------
    columns
        Name → array, one value a line.
    words, sentence
        Number of words, and whether the line reads like a sentence.
    vocabulary
        The longer words that are no function words, each once a line: a number for the word, and its line.
    indents, furniture, said
        Blanks before each line; what a line of furniture it looks like ("": none); its words in lower case.
    """

    columns: dict[str, np.ndarray]
    words: np.ndarray
    sentence: np.ndarray
    vocabulary: tuple[np.ndarray, np.ndarray]
    indents: list[int]
    furniture: list[str]
    said: list[str]


class _Own(NamedTuple):
    """A line measured without its page: arithmetic of the model's training was in these two widths."""

    narrow: np.ndarray
    wide: np.ndarray
    said: str
    long: frozenset[str]
    furniture: str


class Known:
    """What is known before a page is measured: words and what they tell, and lines measured before.

    Parameters
    ----------
    weights
        How much a word ("^word" at the start, "word$" at the end of a line) speaks for the article.
    """

    def __init__(self, weights: dict[str, float]) -> None:
        self.weights = weights
        told = dict.fromkeys([*weights, *itertools.chain.from_iterable(kinds().values())])
        self.numbers = {word: number for number, word in enumerate(told, 1)}  # 0: of which nothing is known
        self.weight = np.array([0.0, *(weights.get(word, 0.0) for word in told)])
        self.kinds = {kind: np.array([False, *(word in kinds()[kind] for word in told)]) for kind in kinds()}
        self.lines: dict[str, _Own] = {}
        self.names: tuple[list[str], list[str]] = ([], [])  # of what is measured of a line, by width

    def measured(self, texts: list[str]) -> list[_Own]:
        """The lines by themselves; menus are the same on every page of a site and are measured once."""
        if new := [text for text in dict.fromkeys(texts) if text not in self.lines]:
            if len(self.lines) > SEEN:
                self.lines.clear()
                new = list(dict.fromkeys(texts))
            narrow, folded = _characters(new), words_by_line(new)
            narrow |= _marks(new, narrow["digits"] > 0)
            wide = _words(folded, self)
            self.names = list(narrow), list(wide)
            small = kinds()["function"]
            long = [frozenset(word for word in words if len(word) > 3) - small for words in folded]
            said, shapes = map(" ".join, folded), map(furniture.kind, new)
            rows = zip(stack(narrow), np.array(list(wide.values())).T, said, long, shapes, strict=True)
            self.lines.update(zip(new, itertools.starmap(_Own, rows), strict=True))
        return [self.lines[text] for text in texts]


def measure(lines: list[Line], known: Known) -> Measured:
    """Measure every line of a page by itself; none of them is blank."""
    own = known.measured([line.text for line in lines])
    narrow, wide, said, long, shapes = map(list, zip(*own, strict=True))
    columns = {}
    for names, rows in zip(known.names, (narrow, wide), strict=True):
        columns |= dict(zip(names, np.ascontiguousarray(np.array(rows).T), strict=True))
    columns |= _repeats(said)
    shape = np.array([0 if not kind else furniture.kinds().index(kind) + 1 for kind in shapes])
    columns |= {f"looks like {kind}": shape == number for number, kind in enumerate(furniture.kinds(), 1)}
    columns["joined"] = joined = np.array([line.joined > 1 for line in lines])
    columns["page's joined lines"] = np.full(len(lines), joined.mean())
    columns["page's parted lines"] = np.full(len(lines), np.mean([line.part > 1 for line in lines]))
    columns["blank lines before"] = np.minimum([line.blanks for line in lines], 4)
    words = np.expm1(columns["log words"])
    running = (columns["function words"] > 0.15) & (columns["lower-case words"] > 0.5)
    sentence = (words >= 8) & ((columns["full stop"] > 0) | running)
    vocabulary = _vocabulary(long)
    columns |= overlap(vocabulary, (words >= 12) & (columns["full stop"] > 0))
    columns["page's function words"] = _usual(columns["function words"], words)
    columns["page's known words"] = _usual(columns["known words"], words)
    indents = [line.indent for line in lines]
    columns |= _indentation(indents, np.where(sentence, words, 0))
    return Measured(columns, words, sentence, vocabulary, indents, shapes, said)


@cache
def kinds() -> dict[str, set[str]]:
    """The cue words of `line_cues.tsv`, by kind."""
    rows = read_rows(__file__, "line_cues.tsv")
    return {kind: {word for one, words in rows if one == kind for word in words.split()} for kind, _ in rows}


def words_by_line(texts: list[str]) -> list[list[str]]:
    """Lower-case words of each line; a mark inside a word parts it."""
    words = _WORD.findall("\n".join([*texts, ""]).lower())
    ends = [place for place, word in enumerate(words) if word == "\n"]
    return [words[start + 1 : end] for start, end in itertools.pairwise([-1, *ends])]


def _characters(lines: list[str]) -> dict[str, np.ndarray]:
    """Shares and numbers of kinds of characters in each line (`line_signs.tsv`)."""
    kinds = [line.translate(_character_kinds()) for line in lines]
    ends = [line[max(0, len(line.rstrip(_CLOSING)) - 3) :] for line in kinds]  # what tells how a line ends
    begun = [[word[0] for word in _LETTERS.findall(line)] for line in kinds]
    n = {name: list(map(count, ends if name in _ENDINGS else kinds)) for name, count in _counters().items()}
    n |= {"words": list(map(len, begun)), "small words": [signs.count("a") for signs in begun]}
    n |= {"capitalised words": [signs.count("A") for signs in begun]}
    n = {name: np.array(counts, np.float32) for name, counts in n.items()}
    words = n["words"] + n["ideographs"] / 2
    size, some = np.fromiter(map(len, lines), np.float32), np.maximum(words, 1)
    begins = {"lower": "a", "upper": "A", "with digit": "0"}
    return {
        "log characters": np.log1p(size),
        "log words": np.log1p(words),
        "word length": (n["small letters"] + n["capitals"]) / some,
        "lower-case words": n["small words"] / some,
        "capitalised words": n["capitalised words"] / some,
        "capitals inside": (n["capitals"] - n["capitalised words"]) / size,
        "digits": n["digits"] / size,
        "inner ends": np.log1p(n["inner ends"]),
        "commas": n["commas"] / some,
        "quotation marks": np.minimum(n["quotation marks"], 4),
        "rules": np.minimum(n["rules"], 3),
        "address marks": np.minimum(n["address marks"], 3),
        "brackets": np.minimum(n["brackets"], 4),
        "ideographs": n["ideographs"] / size,
        **{f"starts {kind}": np.array([line[0] == sign for line in kinds]) for kind, sign in begins.items()},
        "starts with quote": np.array([line[0] in _QUOTES for line in kinds]),
        **{name: n[name] for name in _ENDINGS},
    }


@cache
def _counters() -> dict[str, Callable[[str], int]]:
    """What counts each kind of sign in a line."""
    return {name: _counter(pattern) for name, pattern in _SIGNS.items()}


def _counter(pattern: str) -> Callable[[str], int]:
    if len(pattern) == 1:  # letters by the thousand: counting them without a list takes a tenth
        return lambda line: line.count(pattern)
    found = re.compile(pattern).findall
    return lambda line: len(found(line))


@cache
def _character_kinds() -> dict[int, str]:
    """The sign that stands for what kind of letter, digit or blank a code point of the basic plane is."""
    tests = {"a": str.islower, "A": str.isupper, "0": str.isdigit, " ": str.isspace, "x": _is_letter}
    kinds = {
        point: next((kind for kind, holds in tests.items() if holds(chr(point))), chr(point))
        for point in range(0x3000)
    }
    ideographs = dict.fromkeys([0x3005, *range(0x3040, 0xA000)], "字")
    return kinds | ideographs | dict.fromkeys(range(0xAC00, 0xD7A4), "x")


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or unicodedata.category(sign)[0] == "M"


def _marks(lines: list[str], digits: np.ndarray) -> dict[str, np.ndarray]:
    """What each line begins with, and whether it holds a date or a time of day."""
    short = [line if len(line) <= SHORT else "" for line in lines]
    figures = [line if some else "" for line, some in zip(short, digits.tolist(), strict=True)]
    marks = {
        "list mark": map(_ITEM.match, short),
        "dash": (line[:1] in _DASHES for line in short),
        "date": map(_DATE.search, figures),
        "time of day": map(_TIME.search, figures),
    }
    return {name: np.array(list(map(bool, found))) for name, found in marks.items()}


def _words(folded: list[list[str]], known: Known) -> dict[str, np.ndarray]:
    """Share of function words, what the words weigh, the share of each kind of cue words in each line."""
    folded = [words or ["–"] for words in folded]  # no word, so that every line has one
    sizes = np.array(list(map(len, folded)))
    n, flat = len(sizes), list(itertools.chain.from_iterable(folded))
    owner = np.repeat(np.arange(n), sizes)
    number = np.array([known.numbers.get(word, 0) for word in flat])
    told = {kind: holds[number] for kind, holds in known.kinds.items()}
    function = told.pop("function")
    starts = np.cumsum(sizes) - sizes
    place = np.arange(len(flat)) - starts[owner]
    weighed, counted = known.weight[number], place < WEIGHED
    clipped = np.where(counted, weighed, weighed[starts[owner]])
    weights, heard = known.weights, np.minimum(sizes, WEIGHED)
    total = np.bincount(owner[counted], weighed[counted], n)
    at_end = told["caption"] & (place >= sizes[owner] - 6)
    columns = {
        "function words": np.add.reduceat(function, starts, dtype=int) / sizes,
        "first is function": function[starts],
        "last is function": function[starts + sizes - 1],
        "weight": total / heard,
        "least": np.minimum.reduceat(clipped, starts),
        "most": np.maximum.reduceat(clipped, starts),
        "pull": total / np.sqrt(heard),
        "weight of first": np.array([weights.get("^" + words[0], 0.0) for words in folded]),
        "weight of last": np.array([weights.get(words[-1] + "$", 0.0) for words in folded]),
        "known words": np.add.reduceat((weighed != 0) & counted, starts, dtype=int) / heard,
        "credit at end": np.logical_or.reduceat(at_end, starts),
    }
    few = sizes <= CUED
    cues = {kind: np.add.reduceat(told[kind], starts, dtype=int) for kind in sorted(told)}
    return columns | {kind: few * cued / sizes for kind, cued in cues.items()}


def _vocabulary(words: list[frozenset[str]]) -> tuple[np.ndarray, np.ndarray]:
    """A number for each word of each line, and its line."""
    numbers: dict[str, int] = {}
    flat = [numbers.setdefault(word, len(numbers)) for line in words for word in line]
    return np.array(flat, int), np.repeat(np.arange(len(words)), list(map(len, words)))


def _repeats(said: list[str]) -> dict[str, np.ndarray]:
    """Whether and how often the same words stand in another line."""
    counts, first = Counter(said), {}
    times = np.array([counts[words] for words in said])
    above = np.array([first.setdefault(words, place) < place for place, words in enumerate(said)])
    return {"repeated": times > 1, "stood above": above, "times": np.minimum(times, 5)}


def overlap(vocabulary: tuple[np.ndarray, np.ndarray], core: np.ndarray) -> dict[str, np.ndarray]:
    """Share of a line's words that stand in another line of the `core`, and in how many (at most 3)."""
    word, line = vocabulary
    telling = core[line]
    others = np.bincount(word[telling], minlength=word.max(initial=0) + 1)[word] - telling
    words = np.maximum(np.bincount(line, minlength=len(core)), 1)
    return {
        "shared words": np.bincount(line, others > 0, len(core)) / words,
        "shared in": np.bincount(line, np.minimum(others, 3), len(core)) / words,
    }


def _usual(shares: np.ndarray, words: np.ndarray) -> np.ndarray:
    """The mean over the words of the page's longer lines, for every line."""
    mass = np.where(words >= 8, words, 0)
    return np.full(len(words), (shares * mass).sum() / max(mass.sum(), 1), np.float32)


def _indentation(indents: list[int], mass: np.ndarray) -> dict[str, np.ndarray]:
    """How a line is indented, beside how most words of sentences are."""
    mass_at = np.bincount(indents, mass)
    offset = np.array(indents) - max(indents, key=mass_at.__getitem__)
    share = mass_at[indents] / (mass_at.sum() or 1)
    return {"offset": np.clip(offset, -20, 20) / 4, "usual indent": offset == 0, "share at indent": share}


def stack(columns: dict[str, np.ndarray]) -> np.ndarray:
    return np.column_stack(list(columns.values())).astype(np.float32)
