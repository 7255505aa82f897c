"""The article in a web page: trafilatura finds it, the markup corrects it, every block goes into the ledger.

trafilatura's paragraphs are taken back to the page's blocks (`blocks.py`), whose markup then tells what was
kept in error (teasers that are one link, author boxes, the next story on the page) and what was missed.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from itertools import accumulate

from lxml.html import HtmlElement

from helpers.ingestion import bylines, markup
from helpers.ingestion.blocks import Block, Element, cut, parse
from helpers.ingestion.lines import Line, ends, is_sentence, restated

_ARTICLE = 250  # characters: less than that without a sentence is no article
_LARGEST = 50_000  # elements; 3,890 at most on a development page, and trafilatura takes 2 KB for each
_TELLING = 20  # letters: a shorter part of a paragraph may stand anywhere
# Beside a rule: the right and the wrong blocks it drops of those trafilatura kept on 335 development pages.
_LINKED = 0.7  # letters in links: 51 right, 120 wrong among those that do not end like a sentence
_TITLE = 0.6  # words shared with the title, of the words of both: 11 right, 128 wrong
_CORE = 0.8  # of the article in an element: outside it 22 right, 32 wrong without an end mark
_WRAPS = 0.5  # an element with more of the article than this wraps it: its class says nothing of a part
_REPEATED = 4  # words: a shorter paragraph may well occur twice
_OUTSIDE = "-outside the article"
_PLAIN = ("", _OUTSIDE)
_KINDS = {f"h{n}": "sub-heading" for n in range(2, 7)} | {"li": "list item", "blockquote": "block quote"}


def read(page: str, url: str | None = None) -> tuple[list[Line], markup.Stated]:
    """Read a web page, however broken; nothing is fetched from its address.

    Every block is a line; none is kept where there is no article. `subtitle` is one that the page shows.
    """
    tree, whole = parse(page)
    if tree is None:
        return [], markup.Stated()
    said = markup.read(tree)
    blocks, elements = cut(tree)
    lines = [Line(number, block.text) for number, block in enumerate(blocks, 1)]
    if len(elements) > _LARGEST:
        for line in lines:
            line.reason = f"not read: the page has more than {_LARGEST:,} elements"
    else:
        zones = _judge(lines, blocks, elements, _main_text(tree, url), said.title or "")
        said.subtitle = _summary(lines, zones, markup.folded(said.subtitle or ""))
        names = filter(bylines.is_name, bylines.authors(lines))
        said.authors = markup.signed(said) or list(names) or said.authors
        said.editors = said.editors or bylines.editors(lines)
    if not whole:
        lines.append(Line(len(lines) + 1, "[…]", False, "not read: too deep or too long for the parser"))
    return lines, said


def _main_text(tree: HtmlElement, url: str | None) -> list[str]:
    """trafilatura's paragraphs; metadata is not its part here, and its reading of comments is off."""
    from trafilatura import bare_extraction

    found = bare_extraction(tree, url=url, include_comments=False, with_metadata=False)
    return ((found.text if found else None) or "").splitlines()


def _judge(
    lines: list[Line], blocks: list[Block], elements: list[Element], paragraphs: list[str], title: str
) -> list[str]:
    """Keep or drop every line; gives what the markup says of each block."""
    folded = [markup.folded(block.text) for block in blocks]
    if sum(map(len, paragraphs)) < _ARTICLE and not any(map(is_sentence, paragraphs)):
        paragraphs = []  # what is found on a page without an article is its menu
    first = _placed(paragraphs, folded)
    elsewhere = _other_stories(blocks, elements, set(first))
    found = set(first) - elsewhere
    zones = _zones(blocks, elements, found)
    found |= _missed(blocks, elements, zones, found)
    seen: set[str] = set()
    for number, (line, block, zone) in enumerate(zip(lines, blocks, zones, strict=True)):
        ended = ends(block.text)
        if len(title) < 2 * len(block.text) < 4 * len(title) and markup.likeness(block.text, title) > _TITLE:
            line.reason = "title"
        elif number in elsewhere:
            line.reason = "other story"
        elif number not in found:
            links = "teaser" if len(block.text.split()) >= _REPEATED else "menu"
            is_links = block.linked > _LINKED and zone in _PLAIN
            line.reason = links if is_links else (zone or _OUTSIDE).lstrip("-")
        elif folded[number] in seen:
            line.reason = "repeated"
        elif zone and not zone.startswith("-"):
            line.reason = zone
        elif not ended and blocks[first.get(number, number)].linked > _LINKED:
            line.reason = "teaser"
        elif not ended and zone in (_OUTSIDE, "-header"):
            line.reason = zone.lstrip("-")
        else:
            near = elements[block.element]
            kinds = filter(None, map(_KINDS.get, (near.tag, elements[near.parent].tag)))
            line.kept, line.reason = True, next(kinds, "paragraph")
            if len(block.text.split()) >= _REPEATED:
                seen.add(folded[number])
    return zones


def _placed(paragraphs: list[str], folded: list[str]) -> dict[int, int]:
    """The blocks that paragraphs are, run over, or begin or end in, each with the paragraph's first."""
    page = "".join(folded)
    starts = list(accumulate(map(len, folded), initial=0))
    same = defaultdict(list)
    for number, text in enumerate(folded):
        same[text].append(number)
    found: dict[int, int] = {}
    last = 0
    for text in filter(None, map(markup.folded, paragraphs)):
        numbers = [next((n for n in same[text] if n >= last), same[text][0])] if text in same else []
        for key in () if numbers else (text, text[:_TELLING], text[-_TELLING:]):
            at = page.find(key, starts[last])
            at = page.find(key) if at < 0 else at
            if at >= 0 and len(key) >= _TELLING:
                numbers = range(bisect_right(starts, at) - 1, bisect_left(starts, at + len(key)))
                break
        for number in numbers:
            found[number], last = numbers[0], number
    return found


def _other_stories(blocks: list[Block], elements: list[Element], found: set[int]) -> set[int]:
    """The blocks of other `article` elements than the title's, where text was found in several."""
    told = {elements[blocks[number].element].story for number in found} - {-1}
    home = next((one.story for one in elements if one.tag == "h1" and one.story in told), -1)
    if len(told) < 2 or home < 0:
        return set()
    return {n for n, block in enumerate(blocks) if elements[block.element].story not in (-1, home)}


def _zones(blocks: list[Block], elements: list[Element], found: set[int]) -> list[str]:
    """What the markup says of each block: the nearest element that says anything and wraps no article."""
    mass = [0] * (len(elements) + 1)  # the last is around the page
    for number in found:
        mass[blocks[number].element] += len(blocks[number].text)
    for number in range(len(elements) - 1, -1, -1):  # an element comes after the one around it
        mass[elements[number].parent] += mass[number]
    core = max(number for number, inside in enumerate(mass[:-1]) if inside >= _CORE * mass[-1])
    zones = [_OUTSIDE] * len(mass)
    for number, element in enumerate(elements):
        outer, wraps = zones[element.parent], 0 < mass[-1] * _WRAPS <= mass[number]
        own = element.zone if element.zone and not wraps else outer
        zones[number] = "" if number == core else outer if outer[:1] not in ("", "-") else own
    return [zones[block.element] for block in blocks]


def _missed(blocks: list[Block], elements: list[Element], zones: list[str], found: set[int]) -> set[int]:
    """Sentences not found in elements of the kind (tag and class) that holds most of the article."""
    kinds: Counter[str] = Counter()
    for number in found:
        kinds[elements[blocks[number].element].kind] += len(blocks[number].text)
    usual = {kind for kind, mass in kinds.items() if kind[-1] != "." and mass > kinds.total() / 2}
    usual_blocks = (n for n, block in enumerate(blocks) if elements[block.element].kind in usual)
    return {n for n in usual_blocks if zones[n] in _PLAIN and is_sentence(blocks[n].text)}


def _summary(lines: list[Line], zones: list[str], stated: str) -> str | None:
    """The standfirst: above the text or set apart at its start, it is stated, or the text says it again."""
    kept = [number for number, line in enumerate(lines) if line.kept]
    for line, zone in zip(lines[: kept[0] + 1] if len(kept) > 2 else [], zones, strict=False):
        if line.kept and zone not in ("-header", "-summary", _OUTSIDE):
            break
        told = restated(lines, kept) if line.kept else zone == "-summary" and is_sentence(line.text)
        if told or (len(stated) > 2 * _TELLING and markup.folded(line.text) == stated):
            line.kept, line.reason = False, "summary"
            return line.text
    return None
