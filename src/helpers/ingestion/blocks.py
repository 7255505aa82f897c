"""A web page cut into blocks: its runs of text without a block-level element inside, as a browser shows them.

In goes a page's HTML; out come its tree, its blocks, and the elements they stand in, each with what its tag,
its state (hidden) and its names (`markup.tsv`) say it holds.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.words import read_list

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BREAKING = frozenset(
    "address article aside blockquote body br button dd div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr label li main nav ol option p pre section table tbody td th thead tr "
    "ul".split()
)
_SILENT = frozenset(
    "audio canvas head iframe math noscript object script style svg template textarea video".split()
)
_ZONES = {"h1": "title", "figcaption": "caption", "nav": "menu"} | {
    tag: tag for tag in ("footer", "header", "aside")
}
_NAMES = ("class", "id", "itemprop", "role", "data-testid")
_NOTHING = (99, "")


@dataclass(slots=True)
class Element:
    """An element of the page: the number of the one around it, its tag, what it holds, its tag and class."""

    parent: int
    tag: str
    zone: str
    kind: str


@dataclass(slots=True)
class Block:
    """A block: its text, the number of the element around it, the share of its letters in links."""

    text: str
    element: int
    linked: float


def parse(page: str) -> tuple["HtmlElement | None", bool]:
    """The page's tree, without comments, None where there is none; and whether the parser read to the end.

    It stops at 256 elements inside one another and at 10 MB of text in one of them.
    """
    from lxml import etree, html

    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page.replace("\x00", ""))
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None, True
    return tree, not any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log)


def cut(tree: "HtmlElement") -> tuple[list[Block], list[Element]]:
    """The blocks of a page and its elements, both in the order of the page: an element after its parent."""
    from lxml import etree

    blocks: list[Block] = []
    elements: list[Element] = []
    parts: list[str] = []
    around, links, linked = -1, 0, 0

    def close() -> None:
        nonlocal linked
        if text := " ".join("".join(parts).split()):
            blocks.append(Block(text, around, min(1.0, linked / (len(text) - text.count(" ")))))
        parts.clear()
        linked = 0

    def add(text: str | None) -> None:
        nonlocal linked
        if text:
            parts.append(text)
            if links:
                linked += sum(map(len, text.split()))

    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if not isinstance(tag, str) or tag in _SILENT:
            if event == "start":
                walk.skip_subtree()
            else:
                add(element.tail)
            continue
        if tag in _BREAKING:
            close()
        if event == "start":
            elements.append(_element(around, tag, dict(element.items())))
            around = len(elements) - 1
            links += tag == "a"
            add(element.text)
        else:
            around = elements[around].parent
            links -= tag == "a"
            add(element.tail)
    close()
    return blocks, elements


def _element(around: int, tag: str, said: dict[str, str]) -> Element:
    kind = f"{tag}.{said['class']}" if said.get("class") else tag
    if "hidden" in said or "display:none" in said.get("style", "").replace(" ", ""):
        return Element(around, tag, "hidden", kind)
    zone = _ZONES.get(tag, "")
    if said and not zone:
        words = " ".join([said[name] for name in _NAMES if name in said]).split()
        zone = min(map(_said_by, words), default=_NOTHING)[1]
    return Element(around, tag, zone, kind)


@lru_cache(maxsize=20_000)
def _said_by(word: str) -> tuple[int, str]:
    """What a word among an element's names says it holds, behind its place in the list."""
    return next((found for found, pattern in _list() if pattern.search(word)), _NOTHING)


@cache
def _list() -> list[tuple[tuple[int, str], re.Pattern]]:
    rows = (line.split("\t") for line in read_list(Path(__file__).parent / "markup.tsv"))
    return [((n, reason), re.compile(pattern, re.IGNORECASE)) for n, (reason, pattern) in enumerate(rows)]
