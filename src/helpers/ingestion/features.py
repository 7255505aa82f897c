"""What can be measured of each line of a dump by itself: what the line model looks at.

Its characters, its words, what they tell, how often it stands on the page, what it shares with the long
lines. All of it is arithmetic on whole pages at once: the features, not the model, cost the time.
"""

import itertools
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np

from helpers.ingestion import furniture
from helpers.ingestion.layout import Line
from helpers.words import read_rows

SHORT = 160  # characters: only such lines are asked for dates and list marks
WEIGHED, CUED = 60, 30  # words: of a line so many are weighed; only a line of so few is asked for cue words

_ENDINGS = ("full stop", "ellipsis", "colon", "pause", "question mark")
_ITEM = re.compile(r"[•▪◦●·*–—-]\s|\(?\d{1,2}[.)]\s")
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b")
_TIME = re.compile(r"\b\d{1,2}[:.]\d\d\b|\bago\b|\b[ap]m\b|\d\s*(?:min|hour|hr|day|Std|heure)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+|\n")
_SIGNS = dict(read_rows(__file__, "line_signs.tsv"))
_QUOTES = '"“”«»„「」'


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
    indents, furniture, folded
        Blanks before each line; what a line of furniture it looks like ("": none); its words in lower case.
    """

    columns: dict[str, np.ndarray]
    words: np.ndarray
    sentence: np.ndarray
    vocabulary: tuple[np.ndarray, np.ndarray]
    indents: list[int]
    furniture: list[str]
    folded: list[list[str]]


def measure(lines: list[Line], weights: dict[str, float]) -> Measured:
    """Measure every line of a page by itself; none of them is blank.

    `weights`: how much a word ("^word" at the start, "word$" at the end of a line) speaks for the article.
    """
    texts = [line.text for line in lines]
    columns = _characters(texts)
    marks = [_marks(text, digits > 0) for text, digits in zip(texts, columns["digits"].tolist(), strict=True)]
    columns |= dict(zip(_MARK_NAMES, np.array(marks, np.float32).T, strict=True))
    folded = words_by_line(texts)
    of_words, vocabulary = _words(folded, weights)
    columns |= of_words | _repeats([" ".join(words) for words in folded])
    shapes = np.array(list(map(furniture.kind, texts)))
    columns |= {f"looks like {kind}": shapes == kind for kind in furniture.kinds()}
    columns["joined"] = joined = np.array([line.joined > 1 for line in lines])
    columns["page's joined lines"] = np.full(len(lines), joined.mean())
    columns["page's parted lines"] = np.full(len(lines), np.mean([line.part > 1 for line in lines]))
    columns["blank lines before"] = np.minimum([line.blanks for line in lines], 4)
    words = np.expm1(columns["log words"])
    running = (columns["function words"] > 0.15) & (columns["lower-case words"] > 0.5)
    sentence = (words >= 8) & ((columns["full stop"] > 0) | running)
    columns |= overlap(vocabulary, (words >= 12) & (columns["full stop"] > 0))
    columns["page's function words"] = _usual(columns["function words"], words)
    columns["page's known words"] = _usual(columns["known words"], words)
    indents = [line.indent for line in lines]
    columns |= _indentation(indents, np.where(sentence, words, 0))
    return Measured(columns, words, sentence, vocabulary, indents, shapes.tolist(), folded)


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


_MARK_NAMES = ("list mark", "dash", "date", "time of day")


def _characters(lines: list[str]) -> dict[str, np.ndarray]:
    """Shares and numbers of kinds of characters in each line (`line_signs.tsv`)."""
    kinds = [line.translate(_character_kinds()) for line in lines]
    n = {name: np.fromiter(map(count, kinds), np.float32, len(kinds)) for name, count in _counters().items()}
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


def _marks(line: str, digits: bool) -> tuple[bool, ...]:
    """What a line begins with, and whether it holds a date or a time of day."""
    if len(line) > SHORT:
        return False, False, False, False
    dated, timed = (bool(_DATE.search(line)), bool(_TIME.search(line))) if digits else (False, False)
    return bool(_ITEM.match(line)), line[0] in "–—-", dated, timed


def _words(folded: list[list[str]], weights: dict[str, float]) -> tuple[dict[str, np.ndarray], tuple]:
    """Share of function words, what the words weigh, the share of each kind of cue words; the vocabulary.

    The vocabulary are the longer words that are no function words, once a line, as numbers, and their lines.
    """
    folded = [words or ["–"] for words in folded]  # no word, so that every line has one
    sizes = np.array(list(map(len, folded)))
    n, flat = len(sizes), list(itertools.chain.from_iterable(folded))
    owner = np.repeat(np.arange(n), sizes)
    numbers: dict[str, int] = {}
    number = np.fromiter((numbers.setdefault(word, len(numbers)) for word in flat), np.int64, len(flat))

    def of_each(told: Callable[[str], float]) -> np.ndarray:
        return np.array(list(map(told, numbers)))[number]

    function = of_each(kinds()["function"].__contains__)
    cues = {kind: of_each(kinds()[kind].__contains__) for kind in sorted(set(kinds()) - {"function"})}
    starts = np.cumsum(sizes) - sizes
    place = np.arange(len(flat)) - starts[owner]
    weighed, counted = of_each(lambda word: weights.get(word, 0.0)), place < WEIGHED
    clipped = np.where(counted, weighed, weighed[starts[owner]])
    known = np.minimum(sizes, WEIGHED)
    total = np.bincount(owner[counted], weighed[counted], n)
    at_end = cues["caption"] & (place >= sizes[owner] - 6)
    columns = {
        "function words": np.bincount(owner, function, n) / sizes,
        "first is function": function[starts],
        "last is function": function[starts + sizes - 1],
        "weight": total / known,
        "least": np.minimum.reduceat(clipped, starts),
        "most": np.maximum.reduceat(clipped, starts),
        "pull": total / np.sqrt(known),
        "weight of first": np.array([weights.get("^" + words[0], 0.0) for words in folded]),
        "weight of last": np.array([weights.get(words[-1] + "$", 0.0) for words in folded]),
        "known words": np.bincount(owner[counted], weighed[counted] != 0, n) / known,
        "credit at end": np.bincount(owner, at_end, n) > 0,
    }
    few = sizes[owner] <= CUED
    columns |= {kind: np.bincount(owner, cued & few, n) / sizes for kind, cued in cues.items()}
    long = of_each(lambda word: len(word) > 3) & ~function
    once = np.unique(owner[long] * len(numbers) + number[long])
    return columns, (once % len(numbers), once // len(numbers))


def _repeats(folded: list[str]) -> dict[str, np.ndarray]:
    """Whether and how often the same words stand in another line."""
    _, first, same, counts = np.unique(folded, return_index=True, return_inverse=True, return_counts=True)
    times, above = counts[same], first[same] < np.arange(len(folded))
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
