"""A web page cut into blocks: its runs of text without a block-level element inside, as a browser shows them.

Of the elements they stand in, tag and names say what they hold (`markup.tsv`); `elements.tsv` names those
that part text, and those that hold none.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from lxml import etree, html
from lxml.html import HtmlElement

from helpers.words import read_pairs, read_rows

_NAMES = read_pairs(__file__, "elements.tsv")
_BREAKING, _SILENT = (frozenset(_NAMES[kind].split()) for kind in ("breaking", "silent"))
_ROWS = enumerate(read_rows(__file__, "markup.tsv"))
_SAID = [((n, reason), re.compile(pattern, re.IGNORECASE)) for n, (reason, pattern) in _ROWS]


class Element(NamedTuple):
    """An element: the numbers of the one around it and of the outermost `article` it stands in (-1: none)."""

    parent: int
    story: int
    tag: str
    kind: str  # tag.class
    zone: str  # what it holds


class Block(NamedTuple):
    """A block: its text, the number of the element around it, the share of its letters in links."""

    text: str
    element: int
    linked: float


def parse(page: str) -> tuple[HtmlElement | None, bool]:
    """The page's tree, if any; and whether the parser read to the end (256 deep, 10 MB of text)."""
    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page.replace("\x00", ""))
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None, True
    return tree, not any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log)


def cut(tree: HtmlElement) -> tuple[list[Block], list[Element]]:
    """The blocks of a page and its elements, both in the order of the page: an element after its parent."""
    blocks: list[Block] = []
    elements: list[Element] = []
    parts: list[str] = []
    around, links, linked = -1, 0, 0
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag, starts = element.tag, event == "start"
        if not isinstance(tag, str) or tag in _SILENT:
            text = None if starts else element.tail
            if starts:
                walk.skip_subtree()
        else:
            if tag in _BREAKING:
                if text := " ".join("".join(parts).split()):
                    blocks.append(Block(text, around, min(1.0, linked / (len(text) - text.count(" ")))))
                parts, linked = [], 0
            if starts:
                elements.append(_element(element, around, elements))
                around = len(elements) - 1
            else:
                around = elements[around].parent
            links += (tag == "a") * (1 if starts else -1)
            text = element.text if starts else element.tail
        if text:
            parts.append(text)
            linked += sum(map(len, text.split())) if links else 0
    return blocks, elements


def _element(element: HtmlElement, around: int, elements: list[Element]) -> Element:
    tag, said = element.tag, dict(element.items())
    outer = elements[around].story if around >= 0 else -1
    story = len(elements) if outer < 0 and tag == "article" else outer
    names = f"<{tag}> {said.get('class', '')} {said.get('id', '')} {said.get('style', '').replace(' ', '')}"
    words = [*names.split(), "<hidden>"] if "hidden" in said else names.split()
    return Element(around, story, tag, f"{tag}.{said.get('class', '')}", min(map(_said_by, words))[1])


@lru_cache(maxsize=20_000)
def _said_by(word: str) -> tuple[int, str]:
    """What a word among an element's names says it holds, behind its place in the list."""
    return next((found for found, pattern in _SAID if pattern.search(word)), (99, ""))
