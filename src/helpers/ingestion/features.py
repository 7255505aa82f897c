"""What can be measured of each line of a dump by itself: what the line model looks at.

Its characters, its words, what they tell, how often it stands on the page, what it shares with the long
lines. All of it is arithmetic on many pages at once: the features, not the model, cost the time.
"""

import itertools
import re
import unicodedata
from collections import defaultdict
from functools import cache
from typing import NamedTuple

import numpy as np

from helpers.ingestion import furniture
from helpers.ingestion.layout import Line
from helpers.words import read_rows

SHORT = 160  # characters: only such lines are asked for dates and list marks
WEIGHED, CUED = 60, 30  # words: of a line so many are weighed; only a line of so few is asked for cue words

_ITEM = re.compile(r"[•▪◦●·*–—-]\s|\(?\d{1,2}[.)]\s")
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b")
_TIME = re.compile(r"\b\d{1,2}[:.]\d\d\b|\bago\b|\b[ap]m\b|\d\s*(?:min|hour|hr|day|Std|heure)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+|\n")
_LETTERS = "aAx字"
_DASHES = frozenset("–—-")


class Page(NamedTuple):
    """What deciding on a page's lines needs of them, by line: see :class:`Measured`."""

    words: np.ndarray
    sentence: np.ndarray
    furniture: list[str]
    said: list[str]


class Measured(NamedTuple):
    """Every line of some pages, measured by itself and on its page.

    Attributes
    ----------
    sizes
        Number of lines of each page; the lines of all pages follow one another.
    columns
        Name → array, one value a line.
    words, sentence
        Number of words, and whether the line reads like a sentence.
    vocabulary
        The longer words that are no function words, each once a line: a number for the word on this page,
        and its line.
    indents, furniture, said
        Blanks before each line; what a line of furniture it looks like ("": none); its words in lower case.
    """

    sizes: np.ndarray
    columns: dict[str, np.ndarray]
    words: np.ndarray
    sentence: np.ndarray
    vocabulary: tuple[np.ndarray, np.ndarray]
    indents: np.ndarray
    furniture: list[str]
    said: list[str]

    @property
    def spans(self) -> list[slice]:
        """Where the lines of each page stand."""
        ends = np.cumsum(self.sizes).tolist()
        return list(itertools.starmap(slice, itertools.pairwise([0, *ends])))

    def pages(self) -> list[Page]:
        """The pages one by one."""
        told = self.words, self.sentence, self.furniture, self.said
        return [Page(*(lines[span] for lines in told)) for span in self.spans]


class Known:
    """What is known before a page is measured: words and what they tell.

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


class _Words(NamedTuple):
    """The lower-case words of lines, as numbers: those of a line follow one another, at least one a line.

    `distinct` are the words by their number, `starts` and `sizes` tell where those of a line begin and how
    many they are; `lines` has them as written, of some lines none.
    """

    number: np.ndarray
    starts: np.ndarray
    sizes: np.ndarray
    distinct: list[str]
    lines: list[list[str]]


def measure(pages: list[list[Line]], known: Known) -> Measured:
    """Measure every line of some pages; none of the lines is blank, none of the pages without lines."""
    lines, sizes = list(itertools.chain.from_iterable(pages)), np.array(list(map(len, pages)))
    place: dict[str, int] = {}  # menus are the same on every page of a site and are measured once
    row = np.array([place.setdefault(line.text, len(place)) for line in lines])
    texts, page = list(place), np.repeat(np.arange(len(sizes)), sizes)
    narrow, words = _characters(texts), _worded(texts)
    # Arithmetic of the model's training was in these two widths.
    narrow = {name: values.astype(np.float32) for name, values in (narrow | _marks(texts, narrow)).items()}
    wide = {name: values.astype(float) for name, values in _words(words, known).items()}
    columns = {name: values[row] for name, values in (narrow | wide).items()}
    said, shapes = list(map(" ".join, words.lines)), list(map(furniture.kind, texts))
    columns |= _repeats(said, row, page)
    shape = np.array([0 if not kind else furniture.kinds().index(kind) + 1 for kind in shapes])[row]
    columns |= {f"looks like {kind}": shape == number for number, kind in enumerate(furniture.kinds(), 1)}
    columns["joined"] = joined = np.array([line.joined > 1 for line in lines])
    parted = np.array([line.part > 1 for line in lines])
    columns["page's joined lines"] = (np.bincount(page, joined) / sizes)[page]
    columns["page's parted lines"] = (np.bincount(page, parted) / sizes)[page]
    columns["blank lines before"] = np.minimum([line.blanks for line in lines], 4)
    counted = np.expm1(columns["log words"])
    running = (columns["function words"] > 0.15) & (columns["lower-case words"] > 0.5)
    sentence = (counted >= 8) & ((columns["full stop"] > 0) | running)
    vocabulary = _vocabulary(words, row, page)
    columns |= overlap(vocabulary, (counted >= 12) & (columns["full stop"] > 0))
    indents = np.array([line.indent for line in lines])
    told, shown = [said[one] for one in row.tolist()], [shapes[one] for one in row.tolist()]
    found = Measured(sizes, columns, counted, sentence, vocabulary, indents, shown, told)
    columns["page's function words"] = _usual(columns["function words"], found)
    columns["page's known words"] = _usual(columns["known words"], found)
    columns |= _indentation(found, page)
    return found


@cache
def kinds() -> dict[str, set[str]]:
    """The cue words of `line_cues.tsv`, by kind."""
    rows = read_rows(__file__, "line_cues.tsv")
    return {kind: {word for one, words in rows if one == kind for word in words.split()} for kind, _ in rows}


def words_by_line(texts: list[str]) -> list[list[str]]:
    """Lower-case words of each line; a mark inside a word parts it."""
    return _worded(texts).lines


def _worded(texts: list[str]) -> _Words:
    words = _WORD.findall("\n".join([*texts, ""]).lower())
    numbers: dict[str, int] = defaultdict(lambda: len(numbers))
    number = np.array(list(map(numbers.__getitem__, words)))
    ends = np.flatnonzero(number == numbers["\n"])
    begins = np.append(0, ends[:-1] + 1)
    lines = [words[start:end] for start, end in zip(begins.tolist(), ends.tolist(), strict=True)]
    empty = begins == ends
    number = np.delete(number, ends[~empty])  # where a line has no word, its end stands for one
    sizes = np.maximum(ends - begins, 1)
    return _Words(number, np.cumsum(sizes) - sizes, sizes, list(numbers), lines)


def _characters(lines: list[str]) -> dict[str, np.ndarray]:
    """Shares and numbers of kinds of characters in each line (`line_signs.tsv`)."""
    kind_of, signs, holds = _kinds_of_characters()
    points = np.frombuffer("\n".join(["", *lines, "\n\n"]).encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = kind_of[points]
    size = np.fromiter(map(len, lines), int, len(lines))
    starts = 1 + np.cumsum(size + 1) - (size + 1)
    owner = np.repeat(np.arange(len(lines)), size + 1)
    inside, number = kinds[1 : len(owner) + 1], len(signs) + 1
    counts = np.bincount(owner * number + inside, minlength=len(lines) * number).reshape(-1, number)
    n = {name: counts[:, kept].sum(axis=1) for name, kept in holds.items()}
    letter = np.isin(kinds, [signs[sign] for sign in _LETTERS])
    begun = np.flatnonzero(letter[1 : len(owner) + 1] & ~letter[: len(owner)])
    n["words"] = np.bincount(owner[begun], minlength=len(lines))
    for name, sign in (("small words", "a"), ("capitalised words", "A")):
        n[name] = np.bincount(owner[begun[inside[begun] == signs[sign]]], minlength=len(lines))
    n["inner ends"] = np.bincount(owner[_inner_ends(kinds, signs, holds) - 1], minlength=len(lines))
    n |= _endings(kinds, starts, signs, holds)
    n = {name: values.astype(np.float32) for name, values in n.items()}
    words = n["words"] + n["ideographs"] / 2
    size, some, first = size.astype(np.float32), np.maximum(words, 1), kinds[starts]
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
        **{f"starts {kind}": first == signs[sign] for kind, sign in begins.items()},
        "starts with quote": holds["quotation marks"][first],
        **{name: n[name] for name in ("full stop", "ellipsis", "colon", "pause", "question mark")},
    }


def _inner_ends(kinds: np.ndarray, signs: dict[str, int], holds: dict[str, np.ndarray]) -> np.ndarray:
    """Where a sentence ends inside a line: behind a small letter, before a blank and no small letter."""
    at = np.flatnonzero(holds["inner ends"][kinds])
    small, blank = signs["a"], signs[" "]
    one, two, three = (kinds[at + k] for k in (1, 2, 3))
    goes_on = (one == blank) & (two != small) & (two != blank)
    goes_on |= holds["closing"][one] & (two == blank) & (three != small)
    before = kinds[at - 1]
    return at[((before == small) & goes_on) | (before == signs["字"])]


def _endings(
    kinds: np.ndarray, starts: np.ndarray, signs: dict[str, int], holds: dict[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """What each line ends with, closing marks aside."""
    told = ~holds["closing"][kinds] & (kinds != signs["\n"])
    last = np.maximum.reduceat(np.where(told, np.arange(len(kinds)), 0), starts)
    sign, some = kinds[last], last >= starts
    dots = [(kinds[last - k] == signs["."]) & (last - k >= starts) for k in (0, 1, 2)]
    found = {name: holds[name][sign] & some for name in ("full stop", "colon", "pause", "question mark")}
    return found | {"ellipsis": (some & holds["ellipsis"][sign]) | np.logical_and.reduce(dots)}


@cache
def _kinds_of_characters() -> tuple[np.ndarray, dict[str, int], dict[str, np.ndarray]]:
    """The kind of every code point; the kind of each sign that is told; whether a kind is one of a name's.

    A sign of kind 0 is of no consequence.
    """
    rows = dict(read_rows(__file__, "line_signs.tsv"))
    signs = {sign: n for n, sign in enumerate(dict.fromkeys("\n aAx字0" + "".join(rows.values())), 1)}
    kind_of = np.zeros(0x110000, np.uint8)
    tests = {"a": str.islower, "A": str.isupper, "0": str.isdigit, " ": str.isspace, "x": _is_letter}
    for point in range(0x3000):
        kind = next((kind for kind, holds in tests.items() if holds(chr(point))), chr(point))
        kind_of[point] = signs.get(kind, 0)
    kind_of[[0x3005, *range(0x3040, 0xA000)]] = signs["字"]
    kind_of[0xAC00:0xD7A4] = signs["x"]
    for sign in filter(lambda sign: ord(sign) >= 0x3000 and sign != "字", signs):
        kind_of[ord(sign)] = signs[sign]
    kind_of[ord("\n")] = signs["\n"]
    every = np.arange(len(signs) + 1)
    holds = {name: np.isin(every, [signs[sign] for sign in told]) for name, told in rows.items()}
    return kind_of, signs, holds


def _is_letter(sign: str) -> bool:
    return sign.isalnum() or unicodedata.category(sign)[0] == "M"


def _marks(lines: list[str], told: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What each line begins with, and whether it holds a date or a time of day."""
    short = [line if len(line) <= SHORT else "" for line in lines]
    figures = [line if some else "" for line, some in zip(short, (told["digits"] > 0).tolist(), strict=True)]
    marks = {
        "list mark": map(_ITEM.match, short),
        "dash": (line[:1] in _DASHES for line in short),
        "date": map(_DATE.search, figures),
        "time of day": map(_TIME.search, figures),
    }
    return {name: np.array(list(map(bool, found))) for name, found in marks.items()}


def _words(words: _Words, known: Known) -> dict[str, np.ndarray]:
    """Share of function words, what the words weigh, the share of each kind of cue words in each line."""
    sizes, starts, n = words.sizes, words.starts, len(words.sizes)
    owner = np.repeat(np.arange(n), sizes)
    number = np.array([known.numbers.get(word, 0) for word in words.distinct])[words.number]
    told = {kind: holds[number] for kind, holds in known.kinds.items()}
    function = told.pop("function")
    place = np.arange(len(number)) - starts[owner]
    weighed, counted = known.weight[number], place < WEIGHED
    clipped = np.where(counted, weighed, weighed[starts[owner]])
    weights, heard = known.weights, np.minimum(sizes, WEIGHED)
    total = np.bincount(owner[counted], weighed[counted], n)
    at_end = told["caption"] & (place >= sizes[owner] - 6)
    ends = [(line[0], line[-1]) if line else ("", "") for line in words.lines]
    columns = {
        "function words": np.add.reduceat(function, starts, dtype=int) / sizes,
        "first is function": function[starts],
        "last is function": function[starts + sizes - 1],
        "weight": total / heard,
        "least": np.minimum.reduceat(clipped, starts),
        "most": np.maximum.reduceat(clipped, starts),
        "pull": total / np.sqrt(heard),
        "weight of first": np.array([weights.get("^" + first, 0.0) for first, _ in ends]),
        "weight of last": np.array([weights.get(last + "$", 0.0) for _, last in ends]),
        "known words": np.add.reduceat((weighed != 0) & counted, starts, dtype=int) / heard,
        "credit at end": np.logical_or.reduceat(at_end, starts),
    }
    few = sizes <= CUED
    cues = {kind: np.add.reduceat(told[kind], starts, dtype=int) for kind in sorted(told)}
    return columns | {kind: few * cued / sizes for kind, cued in cues.items()}


def _vocabulary(words: _Words, row: np.ndarray, page: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A number for each longer word of each line, and its line; `row` is where a line's words stand."""
    number, small = len(words.distinct), kinds()["function"]
    long = np.array([len(word) > 3 and word not in small for word in words.distinct])
    owner = np.repeat(np.arange(len(words.sizes)), words.sizes)
    owner, word = np.divmod(np.unique((owner * number + words.number)[long[words.number]]), number)
    sizes = np.bincount(owner, minlength=len(words.sizes))
    taken = sizes[row]
    first = (np.cumsum(sizes) - sizes)[row] - (np.cumsum(taken) - taken)
    line = np.repeat(np.arange(len(row)), taken)
    return page[line] * number + word[np.arange(len(line)) + first[line]], line


def _repeats(said: list[str], row: np.ndarray, page: np.ndarray) -> dict[str, np.ndarray]:
    """Whether and how often the same words stand in another line of the page."""
    numbers: dict[str, int] = {}
    same = np.array([numbers.setdefault(words, len(numbers)) for words in said])[row] + page * len(said)
    _, first, inverse, counts = np.unique(same, return_index=True, return_inverse=True, return_counts=True)
    times = counts[inverse]
    above = first[inverse] < np.arange(len(row))
    return {"repeated": times > 1, "stood above": above, "times": np.minimum(times, 5)}


def overlap(vocabulary: tuple[np.ndarray, np.ndarray], core: np.ndarray) -> dict[str, np.ndarray]:
    """Share of a line's words that stand in another line of its page's `core`, and in how many (most: 3)."""
    word, line = vocabulary
    telling = core[line]
    others = np.bincount(word[telling], minlength=word.max(initial=0) + 1)[word] - telling
    words = np.maximum(np.bincount(line, minlength=len(core)), 1)
    return {
        "shared words": np.bincount(line, others > 0, len(core)) / words,
        "shared in": np.bincount(line, np.minimum(others, 3), len(core)) / words,
    }


def _usual(shares: np.ndarray, found: Measured) -> np.ndarray:
    """The mean over the words of the page's longer lines, for every line."""
    mass = np.where(found.words >= 8, found.words, 0)
    weighed = shares * mass
    means = [weighed[span].sum() / max(mass[span].sum(), 1) for span in found.spans]
    return np.repeat(np.array(means, np.float32), found.sizes)


def _indentation(found: Measured, page: np.ndarray) -> dict[str, np.ndarray]:
    """How a line is indented, beside how most words of sentences of its page are."""
    mass = np.where(found.sentence, found.words, 0)
    at = page * (found.indents.max() + 1) + found.indents
    mass_at = np.bincount(at, mass)[at]
    usual = [found.indents[span][mass_at[span].argmax()] for span in found.spans]
    offset = found.indents - np.repeat(usual, found.sizes)
    whole = np.bincount(page, mass)[page]
    share = mass_at / np.where(whole > 0, whole, 1)
    return {"offset": np.clip(offset, -20, 20) / 4, "usual indent": offset == 0, "share at indent": share}


def stack(columns: dict[str, np.ndarray]) -> np.ndarray:
    return np.column_stack(list(columns.values())).astype(np.float32)
