"""Which lines of a text dump are the article: plain rules on one line and on where it stands.

Someone who copies a page gets its menus, teasers and legal notices too. A line counts for the article when it
reads like a sentence or a list item; the article is the stretch of lines in which such lines outweigh the
others; inside it a short line is a sub-heading when text follows it. Every line keeps the reason for what
became of it.
"""

import itertools
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from helpers.ingestion.metadata import is_date_line, is_name, split_byline
from helpers.words import content_words, is_list_item, read_list, tokens

SENTENCE = 5  # words: shorter lines that end like a sentence are mostly buttons and notices
HEADING = 14  # words: sub-headings are shorter
GAP = 12  # words of sentences that one line of furniture outweighs when the article's stretch is sought
RESTATED = 0.6  # share of a summary's content words found again in the two paragraphs after it
SEVERAL = 3  # sentence ends inside a line: a text on one line may be cut off at its end

_INNER_END = re.compile(r"[a-z]{2}[.!?]['\"”’»)\]]*\s+['\"“‘«(]*[A-Z]")
_END = re.compile(r"[.!?…:;]['\"”’»)\]]*$")
_FULL_STOP = re.compile(r"[.!?]['\"”’»)\]]*$")
_DASH_SPEAKER = re.compile(r"^[—–-]\s*[^\W\d_]")
_ARTICLE = ("sentence", "list item", "block quote", "short sentence")


@dataclass
class Line:
    """One line of a dump that is not blank: its number (from 1), its text, and what became of it."""

    number: int
    text: str
    kept: bool = False
    reason: str = ""


def judge(text: str) -> list[Line]:
    """Judge every line of a dump.

    Returns
    -------
    list of Line
        In order, blank lines left out. `reason` is, on kept lines, "sentence", "short sentence", "list item",
        "sub-heading" or "block quote"; on dropped ones "title", "summary", "before the article", "inside, not
        a sentence", "after the article", "other story", "repeated", "date line", or what `furniture.tsv`
        calls it.
    """
    lines = [Line(n, line.strip()) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    _mark_furniture(lines)
    _mark_repeated(lines)
    _mark_sentences(lines)
    first, last = _stretch(lines)
    for position, line in enumerate(lines):
        inside = first <= position < last
        line.kept = inside and line.reason in _ARTICLE
        if not inside and line.reason in _ARTICLE:
            line.reason = "other story"
        elif not line.reason and not inside:
            line.reason = "before the article" if position < first else "after the article"
    _mark_headings(lines)
    _mark_title(lines, first)
    _mark_lone_name(lines, last)
    _mark_summary(lines)
    return lines


def is_sentence(text: str) -> bool:
    """Whether a line ends like a sentence and is long enough for one, or holds several."""
    ends = bool(_END.search(text)) and len(tokens(text)) >= SENTENCE
    return ends or len(_INNER_END.findall(text)) >= SEVERAL


def _mark_furniture(lines: list[Line]) -> None:
    for line in lines:
        line.reason = next((reason for reason, pattern in _furniture() if pattern.search(line.text)), "")
        if not line.reason and is_date_line(line.text):
            line.reason = "date line"
    for before, credit in itertools.pairwise(lines):
        if credit.reason == "caption" and not before.reason and not _END.search(before.text):
            before.reason = "caption"  # the words under a picture, above the name of who took it


def _mark_repeated(lines: list[Line]) -> None:
    seen = set()
    for line in lines:
        words = " ".join(line.text.split()).casefold()
        if words in seen:
            line.reason = "repeated"
        seen.add(words)


def _mark_sentences(lines: list[Line]) -> None:
    for line, after in itertools.zip_longest(lines, lines[1:], fillvalue=Line(0, "")):
        if line.reason:
            continue
        words = len(tokens(line.text))
        if _DASH_SPEAKER.search(line.text) and _END.search(line.text) and words >= 3:
            line.reason = "sentence"
        elif is_list_item(line.text) and words >= 3:
            line.reason = "list item"
        elif is_sentence(line.text):
            line.reason = "sentence"
        elif _FULL_STOP.search(line.text) and words >= 2:
            line.reason = "short sentence"
        elif words >= SENTENCE and _DASH_SPEAKER.search(after.text) and _END.search(after.text):
            line.reason = "block quote"


def _stretch(lines: list[Line]) -> tuple[int, int]:
    """The run of lines with the largest sum of words in sentences less `GAP` for each other line."""
    best, best_run, total, start = 0, (0, 0), 0, 0
    for position, line in enumerate(lines):
        good = line.reason in _ARTICLE
        neutral = line.reason in ("repeated", "caption")
        total += len(tokens(line.text)) if good else 0 if neutral else -GAP
        if total <= 0:
            total, start = 0, position + 1
        elif total > best:
            best, best_run = total, (start, position + 1)
    return best_run


def _mark_headings(lines: list[Line]) -> None:
    """A short line without a full stop is a sub-heading when the next line is kept and it is not."""
    for line, after in reversed(list(itertools.pairwise(lines))):
        if line.reason or line.kept:
            continue
        words = tokens(line.text)
        heading = (
            after.kept and 0 < len(words) <= HEADING and (line.text[0].isupper() or line.text[0].isdigit())
        )
        line.kept, line.reason = heading, "sub-heading" if heading else "inside, not a sentence"
    if lines and not lines[-1].reason:
        lines[-1].reason = "inside, not a sentence"


def _mark_title(lines: list[Line], first: int) -> None:
    """The line above the article that shares most of its words with it, nearer lines first."""
    body = {word for line in lines if line.kept for word in content_words(line.text)}
    best, title = 0.25, None
    for distance, line in enumerate(reversed(lines[:first])):
        words = set(content_words(split_byline(line.text)[0]))
        if line.reason == "before the article" and 3 <= len(tokens(line.text)) <= 40 and words:
            score = len(words & body) / len(words) - 0.05 * distance
            if score > best:
                best, title = score, line
    if title:
        title.reason = "title"


def _mark_lone_name(lines: list[Line], last: int) -> None:
    """A name alone just below the article is its byline."""
    below = [line for line in lines[last:] if line.reason == "after the article"][:1]
    for line in below:
        if is_name(line.text):
            line.reason = "byline"


def _mark_summary(lines: list[Line]) -> None:
    """A first paragraph set apart by a caption or a repeated title, and said again below, is a summary."""
    kept = [position for position, line in enumerate(lines) if line.kept]
    if len(kept) < 3 or not {line.reason for line in lines[kept[0] + 1 : kept[1]]} & {"caption", "repeated"}:
        return
    summary = set(content_words(lines[kept[0]].text))
    below = {word for position in kept[1:3] for word in content_words(lines[position].text)}
    if summary and len(summary & below) / len(summary) >= RESTATED:
        lines[kept[0]].kept, lines[kept[0]].reason = False, "summary"


@cache
def _furniture() -> list[tuple[str, re.Pattern]]:
    rows = (line.split("\t") for line in read_list(Path(__file__).parent / "furniture.tsv"))
    return [(reason, re.compile(pattern, re.IGNORECASE)) for reason, pattern in rows]
