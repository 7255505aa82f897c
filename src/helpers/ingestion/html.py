"""The article in a web page: trafilatura finds it, the markup corrects it, every block goes into the ledger.

In goes a page's HTML; out come the article's paragraphs, what the markup says about it (`markup.py`), and the
page's blocks (`blocks.py`) with what became of each. trafilatura's paragraphs are taken back to the blocks
they come from, whose markup then tells what was kept in error (teasers that are one link, author boxes, the
title once more, the next story on the page) and what was missed.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from helpers.ingestion import blocks as cutting
from helpers.ingestion import markup
from helpers.ingestion.blocks import Block, Element
from helpers.ingestion.lines import Line, is_sentence
from helpers.words import content_words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_ARTICLE = 250  # characters: less than that without a sentence is no article
_LARGEST = 50_000  # elements; 3,890 at most on a development page, and trafilatura takes 2 KB for each
_TELLING = 20  # letters: a shorter part of a paragraph may stand anywhere
# Beside a rule: the right and the wrong blocks it drops of those trafilatura kept on 335 development pages.
_LINKED = 0.7  # letters in links: 51 right, 120 wrong among those that do not end like a sentence
_TITLE = 0.6  # words shared with the title, of the words of both: 11 right, 128 wrong
_CORE = (
    0.8  # of the article in an element: outside it 22 right, 32 wrong without an end mark (first five only)
)
_WRAPS = 0.5  # an element with more of the article than this wraps it: its class says nothing of a part
_RESTATED = 0.6  # of a summary's content words, found again in the two paragraphs after it
_REPEATED = 4  # words: a shorter paragraph may well occur twice
_END = re.compile(r"[.!?…:;。！？]['\"”’»)\]]*$")


@dataclass
class Page:
    """The article's paragraphs, every block with what became of it, a standfirst, what the markup says."""

    paragraphs: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    subtitle: str | None = None
    said: markup.Markup = field(default_factory=markup.Markup)


def read(page: str, url: str | None = None) -> Page:
    """Read a web page.

    Parameters
    ----------
    page
        Its HTML, however broken.
    url
        Where it was, if known; nothing is fetched.

    Returns
    -------
    Page
        Without an article there are no paragraphs and no line is kept.
    """
    tree, whole = cutting.parse(page)
    if tree is None:
        return Page()
    said = markup.read(tree)
    blocks, elements = cutting.cut(tree)
    folded = [_folded(block.text) for block in blocks]
    found = _placed(_main_text(tree, url) if len(elements) <= _LARGEST else [], folded)
    article = _Article(blocks, folded, elements, [place for _, place in found], said)
    lines = [Line(number, block.text) for number, block in enumerate(blocks, 1)]
    texts: dict[int, str] = {}
    seen: set[str] = set()
    for text, place in sorted(found + article.missed(), key=lambda one: one[1].start):
        ground = article.ground_to_drop(blocks[place.start], text, seen)
        for number in place:
            if not lines[number].kept:  # a block may hold several paragraphs
                lines[number].kept, lines[number].reason = not ground, ground or article.kind(blocks[number])
        if not ground:
            texts[place.start] = "\n\n".join(filter(None, (texts.get(place.start), text)))
    for line, block in zip(lines, blocks, strict=True):
        line.reason = line.reason or article.beside(block)
    subtitle = _set_summary_apart(texts, lines, article, _folded(said.subtitle or ""))
    if sum(map(len, texts.values())) < _ARTICLE and not any(map(is_sentence, texts.values())):
        texts = {}  # what is left of a page without an article is its menu
        for line in lines:
            line.kept, line.reason = False, "no article found" if line.kept else line.reason
    if len(elements) > _LARGEST:
        for line in lines:
            line.reason = f"not read: the page has more than {_LARGEST:,} elements"
    if not whole:
        lines.append(Line(len(lines) + 1, "[…]", False, "not read: too deep or too long for the parser"))
    return Page(list(texts.values()), lines, subtitle, said)


class _Article:
    """What the paragraphs found tell of the page: which element holds the article, what is beside it."""

    def __init__(
        self,
        blocks: list[Block],
        folded: list[str],
        elements: list[Element],
        places: list[range],
        said: markup.Markup,
    ) -> None:
        self.blocks, self.folded, self.elements = blocks, folded, elements
        self.title, self.body = _words(said.title or ""), _folded(said.body)
        self.longest = 2 * len(said.title or "")
        self.placed = {number for place in places for number in place}
        self.first = min(self.placed, default=0)
        self.story = self._stories()
        self.home = self._home()
        self.mass = [0] * len(elements)
        self.kinds: dict[tuple[str, str], int] = defaultdict(int)
        for number in self.placed:
            block = blocks[number]
            if not self._elsewhere(block):
                self.mass[block.element] += len(block.text)
                self.kinds[self._kind(block)] += len(block.text)
        for number in range(len(elements) - 1, 0, -1):  # an element comes after the one around it
            self.mass[elements[number].parent] += self.mass[number]
        self.total = (self.mass[0] if elements else 0) or 1
        self.core = max((e for e, mass in enumerate(self.mass) if mass >= _CORE * self.total), default=0)

    def ground_to_drop(self, block: Block, text: str, seen: set[str]) -> str:
        """Why a paragraph that was found is not the article's all the same; "" where it is."""
        if self.is_title(block):
            return "title"
        if self._elsewhere(block):
            return "other story"
        folded = _folded(text)
        if folded in seen and len(text.split()) >= _REPEATED:
            return "repeated"
        seen.add(folded)
        zone = next((zone for zone in self._zones(block) if not zone.startswith("-")), "")
        if zone and zone != "header":
            return zone
        if _END.search(block.text):
            return ""
        if block.linked > _LINKED:
            return "teaser"
        return zone or ("" if self.is_inside(block) else "outside the article")

    def beside(self, block: Block) -> str:
        """What a block is that is not in the article, by its markup; links by their length."""
        if self.is_title(block):
            return "title"
        linked = "teaser" if len(block.text.split()) >= _REPEATED else "menu"
        other = linked if block.linked > _LINKED else "outside the article"
        return next((zone.lstrip("-") for zone in self._zones(block)), other)

    def kind(self, block: Block) -> str:
        """What a block of the article is."""
        tags = {self.elements[e].tag for e in islice(self._around(block.element), 3)}
        if tags & _HEADINGS:
            return "sub-heading"
        return "list item" if "li" in tags else "block quote" if "blockquote" in tags else "paragraph"

    def is_title(self, block: Block) -> bool:
        """Whether a block says the title again."""
        words = _words(block.text) if len(block.text) <= self.longest else set()
        return bool(words) and len(words & self.title) > _TITLE * len(words | self.title)

    def is_inside(self, block: Block) -> bool:
        return self.core in self._around(block.element)

    def is_apart(self, number: int) -> bool:
        """Whether a block stands apart from the article's paragraphs: in a header, or marked as a summary."""
        block = self.blocks[number]
        return not self.is_inside(block) or bool({"header", "-summary"} & set(self._zones(block)))

    def missed(self) -> list[tuple[str, range]]:
        """Sentences not found that JSON-LD's own copy has, or that are marked up as most of the article."""
        had = {self.folded[number] for number in self.placed}
        found = []
        for number, (block, folded) in enumerate(zip(self.blocks, self.folded, strict=True)):
            if number in self.placed or folded in had or block.linked > _LINKED / 2:
                continue
            meant = (len(folded) > 2 * _TELLING and folded in self.body) or self._is_usual(block)
            if meant and is_sentence(block.text) and not self._zones(block) and not self._elsewhere(block):
                found.append((block.text, range(number, number + 1)))
                had.add(folded)
        return found

    def _is_usual(self, block: Block) -> bool:
        """Whether element and parent are of the kind (tag and class) that holds most of the article."""
        kind = self._kind(block)
        return any("." in name for name in kind) and self.kinds.get(kind, 0) > self.total / 2

    def _kind(self, block: Block) -> tuple[str, str]:
        element = self.elements[block.element]
        return element.kind, self.elements[element.parent].kind if element.parent >= 0 else ""

    def _zones(self, block: Block) -> list[str]:
        """What the markup says of a block, innermost first, by elements that do not wrap the article."""
        around = (e for e in self._around(block.element) if self.mass[e] < _WRAPS * self.total)
        return [self.elements[e].zone for e in around if self.elements[e].zone]

    def _around(self, element: int) -> Iterator[int]:
        """The element and those around it, innermost first."""
        while element >= 0:
            yield element
            element = self.elements[element].parent

    def _stories(self) -> list[int]:
        """For each element the outermost `article` it stands in; -1 where it stands in none."""
        stories: list[int] = []
        for number, element in enumerate(self.elements):
            outer = stories[element.parent] if element.parent >= 0 else -1
            stories.append(outer if outer >= 0 else number if element.tag == "article" else -1)
        return stories

    def _home(self) -> int:
        """The `article` with the title where text was found in several of them; else -1."""
        told = {self.story[self.blocks[number].element] for number in self.placed} - {-1}
        if len(told) < 2:
            return -1
        heads = (self.story[e] for e, element in enumerate(self.elements) if element.tag == "h1")
        return next((story for story in heads if story in told), -1)

    def _elsewhere(self, block: Block) -> bool:
        return self.home >= 0 and self.story[block.element] not in (-1, self.home)


def _set_summary_apart(
    texts: dict[int, str], lines: list[Line], article: _Article, stated: str
) -> str | None:
    """The standfirst; taken out of the text where it stands apart and is the stated or a restated summary."""
    kept = sorted(texts)
    if len(kept) > 2 and article.is_apart(kept[0]):
        words = set(content_words(texts[kept[0]]))
        below = {word for number in kept[1:3] for word in content_words(texts[number])}
        if _folded(texts[kept[0]]) == stated or (words and len(words & below) >= _RESTATED * len(words)):
            lines[kept[0]].kept, lines[kept[0]].reason = False, "summary"
            return texts.pop(kept[0])
    for line in lines[: kept[0] if kept else 0]:
        is_stated = len(stated) > 2 * _TELLING and _folded(line.text) == stated
        if is_stated or (line.reason == "summary" and is_sentence(line.text)):
            line.reason = "summary"
            return line.text
    return None


def _main_text(tree: "HtmlElement", url: str | None) -> list[str]:
    """trafilatura's paragraphs; metadata is not its part here, and its reading of comments is off."""
    from trafilatura import bare_extraction

    found = bare_extraction(tree, url=url, include_comments=False, with_metadata=False)
    return [line.strip() for line in ((found.text if found else None) or "").splitlines() if line.strip()]


def _placed(paragraphs: list[str], folded: list[str]) -> list[tuple[str, range]]:
    """Each paragraph with the blocks it comes from, in order; one found nowhere is left out."""
    joined = "".join(folded)
    starts = list(accumulate(map(len, folded), initial=0))[:-1]
    same = defaultdict(list)
    for number, text in enumerate(folded):
        same[text].append(number)
    found, last = [], 0
    for paragraph in paragraphs:
        text = _folded(paragraph)
        if text in same:
            later = bisect_left(same[text], last)
            number = same[text][later if later < len(same[text]) else 0]
            place = range(number, number + 1)
        else:
            place = _inside(text, joined, starts, last)
        if text and place:
            found.append((paragraph, place))
            last = place.stop
    return found


def _inside(text: str, joined: str, starts: list[int], last: int) -> range:
    """The blocks a paragraph runs over or is part of; sought from block `last` on, then from the first."""
    after = starts[last] if last < len(starts) else len(joined)
    for key in (text, text[:_TELLING], text[-_TELLING:]):
        at = joined.find(key, after)
        at = joined.find(key) if at < 0 else at
        if at >= 0 and len(key) >= _TELLING:
            return range(bisect_right(starts, at) - 1, bisect_left(starts, at + len(key)))
    return range(0)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _folded(text: str) -> str:
    return "".join(re.findall(r"\w", text)).casefold()
