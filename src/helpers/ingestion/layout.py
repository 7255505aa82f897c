"""A dump's text → the lines that are judged: as they were written, mended where the copying broke them.

Some tools cut a paragraph at every link, others wrap it at a fixed width, others write a whole page on one
line. What was cut is joined, what was run together is parted: at the ends of sentences, and where the words
on both sides tell (`cuts.tsv`) that a line ended there.
"""

import itertools
import math
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from helpers.words import end_sign, function_words, read_rows

WIDE = 1500  # characters: a longer line may hold a page, or a body with its sub-headings
WRAPPED = 0.5  # share of lines as long as the longest that tells wrapping; as many sentence ends deny it
CUT = -1.0  # log-odds: parting too much costs nothing, the parts are judged one by one (oracle F1 .988)

SURE = 0.5  # log-odds: below, parts are judged together and put together again (F1 changes by less than .003)
HEADING = 8  # words of a sub-heading run into the text

_FULL_STOPS = frozenset(".!?…")
_GLUED_LEFT, _GLUED_RIGHT = frozenset(",.;:!?)]”’%"), frozenset("“‘«([")
_OPENING, _CLOSING = "\"'“‘«„([*", "\"'”’»)]"
_EDGES = _OPENING + _CLOSING + ".,;:!?…"
_ABBREVIATION = 3  # characters: a full stop after so few may not end a sentence


@dataclass
class Line:
    """One line of a dump, or of what a longer one was parted into, and what became of it.

    Attributes
    ----------
    number
        Of the line of the file (from 1) where it begins.
    text, kept, reason, confidence
        Without outer blanks; whether it belongs to the article; why; how sure that is (0.5 to 1).
    part, joined, cut
        Its place among what the line was parted into, from 1; how many lines it was joined from; the log-odds
        that a line, or a sentence, began here.
    blanks, indent
        Blank lines before it, blanks at its beginning.
    """

    number: int
    text: str
    kept: bool = False
    reason: str = ""
    confidence: float = 1.0
    part: int = 1
    joined: int = 1
    cut: float = math.inf
    blanks: int = 0
    indent: int = 0


def split(text: str) -> list[Line]:
    """The lines of a dump that are not blank, joined and parted where copying broke them.

    Examples
    --------
    >>> [line.text for line in split("Home\\n\\nThe mayor told\\nthe council\\n, which agreed.\\nMore news")]
    ['Home', 'The mayor told the council, which agreed.', 'More news']
    """
    lines, blanks = [], 0
    for number, raw in enumerate(text.splitlines(), 1):
        stripped = raw.strip("\ufeff").strip()
        if stripped:
            indent = len(raw) - len(raw.lstrip())
            lines.append(Line(number, stripped, blanks=blanks, indent=indent))
        blanks = 0 if stripped else blanks + 1
    whole = ([line] if len(line.text) <= WIDE else parted(line, _weights()) for line in _joined(lines))
    return list(itertools.chain.from_iterable(whole))


def _joined(lines: list[Line]) -> list[Line]:
    """Lines that go on in the next one, made one."""
    width = _wrapping(lines)
    joined = [lines[:1]] if lines else []
    for line, after in itertools.zip_longest(lines[1:], lines[2:]):
        if _continues(joined[-1], line, after, width):
            joined[-1].append(line)
        else:
            joined.append([line])
    return [_glued(parts) if len(parts) > 1 else parts[0] for parts in joined]


def _continues(whole: list[Line], line: Line, after: Line | None, width: int) -> bool:
    """Whether a line goes on with the sentence of those before it."""
    before, inside = whole[-1], len(whole) > 1
    first, last = line.text[0], before.text[-1]
    if width and not line.blanks and len(before.text) + before.indent > width:
        return True
    if first in _GLUED_LEFT:
        return True
    if _ends(before):
        return False
    if first.islower() or last in _GLUED_RIGHT or (last == "," and (inside or len(before.text) > 20)):
        return True
    follows = after is not None and (after.text[0].islower() or after.text[0] in _GLUED_LEFT)
    middle = follows and not _ends(line) and len(line.text) < 80  # a link's words, between two parts
    return middle and (last.islower() or last == ",") and (inside or len(before.text) > 25)


def _ends(line: Line) -> bool:
    return end_sign(line.text) in _FULL_STOPS


def _wrapping(lines: list[Line]) -> int:
    """Above how many characters a line was broken by wrapping; 0 where the text is not wrapped."""
    lengths = sorted(len(line.text) + line.indent for line in lines)
    if len(lines) < 8 or not 40 <= lengths[-1] <= 120:
        return 0
    width = lengths[-1] - 16
    full = [line for line in lines if len(line.text) + line.indent > width]
    ended = sum(map(_ends, full))
    return width if len(full) >= WRAPPED * len(lines) and ended < WRAPPED * len(full) else 0


def _glued(parts: list[Line]) -> Line:
    text = parts[0].text
    for part in parts[1:]:
        drop_cap = len(text) == 1 and text.isupper() and part.text[0].islower()
        tight = part.text[0] in _GLUED_LEFT or text[-1] in _GLUED_RIGHT or drop_cap
        text += part.text if tight else " " + part.text
    first = parts[0]
    return Line(first.number, text, joined=len(parts), blanks=first.blanks, indent=first.indent)


def parted(line: Line, weights: dict[str, float]) -> list[Line]:
    """A long line, cut after sentences and wherever the signs around a gap tell that a line ended."""
    words = line.text.split()
    starts, cuts = [0], [math.inf]
    for i, signs in gaps(words):
        score = weights.get("", 0.0) + sum(weights.get(sign, 0.0) for sign in signs)
        ended = shape(words[i - 1])[-1] == "." and len(words[i - 1]) > _ABBREVIATION and score > 5 * CUT
        if score > CUT or ended:
            starts.append(i)
            cuts.append(math.inf if ended else score)
    texts = [" ".join(words[start:end]) for start, end in itertools.pairwise([*starts, len(words)])]
    parts = enumerate(zip(texts, cuts, strict=True), 1)
    return [Line(line.number, text, part=part, cut=cut) for part, (text, cut) in parts]


def together(lines: list[Line]) -> np.ndarray:
    """A number for each line, the same for parts of one line between which no line surely ended."""
    apart = [True] + [line.part == 1 or _apart(before, line) for before, line in itertools.pairwise(lines)]
    return np.cumsum(apart) - 1


def whole(lines: list[Line]) -> list[Line]:
    """The lines, each group of parts that belong `together` made one; kept if one of them is."""
    if all(line.part == 1 for line in lines):
        return lines
    groups = itertools.groupby(zip(together(lines), lines, strict=True), key=lambda pair: pair[0])
    return [_one([line for _, line in group]) for _, group in groups]


def _one(parts: list[Line]) -> Line:
    kept = [part for part in parts if part.kept]
    text = " ".join(part.text for part in parts)
    return replace((kept or parts)[0], text=text, part=parts[0].part, cut=parts[0].cut)


def _apart(before: Line, line: Line) -> bool:
    """Whether a part begins a sentence, or follows what is surely a line or may be a sub-heading."""
    if line.cut >= SURE:
        return True
    words = before.text.split()
    heading = before.cut == math.inf and len(words) <= HEADING and words[0].lower() not in function_words()
    return heading and line.cut > 0 and before.text[-1] not in ".!?:,;"


def stretch(gains: list[float]) -> tuple[int, int]:
    """Start and end of the run with the largest sum (Kadane's algorithm)."""
    best, run, total, start = 0.0, (0, 0), 0.0, 0
    for position, gain in enumerate(gains):
        total += gain
        if total <= 0:
            total, start = 0.0, position + 1
        elif total > best:
            best, run = total, (start, position + 1)
    return run


def gaps(words: list[str]) -> list[tuple[int, tuple[str, ...]]]:
    """Where a line may have ended in a run of words, and the signs that tell.

    Given are the position of the word after each gap, and the shapes and words around it. No line begins
    with a lower-case word.
    """
    shapes = ["^", "^", "^", *map(shape, words), "$", "$"]
    bare = ["^", *(word.strip(_EDGES).lower() for word in words), "$"]
    found = []
    for i, after in enumerate(shapes[4:-2], 1):
        if after[0] == "l":
            continue
        a3, a2, a1, b1, b2, b3 = shapes[i : i + 6]
        left, word, following = bare[i], bare[i + 1], bare[i + 2]
        signs = (
            f"1 {a1} {b1}", f"2 {a2} {a1} {b1}", f"3 {a1} {b1} {b2}", f"4 {a2} {a1} {b1} {b2}",
            f"5 {a1} {b1} {b2} {b3}", f"6 {a3} {a2} {a1} {b1}", f"7 {left}", f"8 {word}",
            f"9 {word} {following} {b2[0]}", f"a {bare[i - 1]} {left}", f"b {a1} {word}", f"c {left} {b1}",
        )  # fmt: skip
        found.append((i, signs))
    return found


def shape(word: str) -> str:
    """The form of a word: U, C, l, d or p by its first letter, then the mark it ends with.

    Examples
    --------
    >>> [shape(word) for word in ("“We", "NATO", "said,", "2021.", "–")]
    ['C', 'U', 'l,', 'd.', 'p']
    """
    first = word.lstrip(_OPENING)[:1] or word[0]
    form = (
        "U" if len(word) > 1 and word.isupper()
        else "C" if first.isupper() else "l" if first.islower() else "d" if first.isdigit() else "p"
    )  # fmt: skip
    last = word.rstrip(_CLOSING)[-1:]
    mark = "." if last and last in ".!?…" else "," if last and last in ",;" else ":" if last == ":" else ""
    return form + mark


@cache
def _weights() -> dict[str, float]:
    """How much a sign speaks for the end of a line, in log-odds; the empty sign is the intercept."""
    return {sign: float(weight) for sign, weight in read_rows(__file__, "cuts.tsv")}
