"""The article in a web page: trafilatura finds it, and every line of the page goes into the ledger."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape

from helpers.ingestion.lines import Line, is_sentence
from helpers.tables import GENRES

_BLOCKS = set(
    "address article aside blockquote br button dd div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr label li main nav ol option p pre section table td th title tr ul".split()
)
_ARTICLE = 250  # characters: less than that without a sentence is no article
_TELLING = 40  # letters: a shorter block inside a paragraph may be a word of the menu
_ISO = r"(?P<date>\d{4}-\d\d-\d\d(?:T\d\d:\d\d)?)"
_DATES = [
    (
        re.compile(rf"""<meta\b[^>]*published_time["'][^>]*content=["']{_ISO}""", re.I),
        "article:published_time",
    ),
    (
        re.compile(rf"""<meta\b[^>]*content=["']{_ISO}[^>]*published_time["']""", re.I),
        "article:published_time",
    ),
    (re.compile(rf'"datePublished"\s*:\s*"{_ISO}', re.I), "datePublished"),
    (
        re.compile(
            rf"""<meta\b[^>]*name=["'](?:date|pubdate|publish-?date|dc\.date(?:\.issued)?)["'][^>]*content=["']{_ISO}""",
            re.I,
        ),
        "meta date",
    ),
    (re.compile(rf"""<time\b[^>]*datetime=["']{_ISO}""", re.I), "time element"),
]
_SITES = [
    re.compile(r"""<meta\b[^>]*og:site_name["'][^>]*content=["'](?P<name>[^"']{1,80})["']""", re.I),
    re.compile(r"""<meta\b[^>]*content=["'](?P<name>[^"']{1,80})["'][^>]*og:site_name["']""", re.I),
]
_SILENT = ("script", "style", "noscript", "template", "svg")


@dataclass
class Page:
    """What a page holds: the article's paragraphs, every line with what became of it, and its metadata."""

    paragraphs: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    title: str | None = None
    authors: list[str] = field(default_factory=list)
    outlet: str | None = None
    published: datetime | None = None
    published_basis: str = "not stated"


def read(page: str, url: str | None = None) -> Page:
    """Read a web page.

    Parameters
    ----------
    page
        Its HTML.
    url
        Where it was, if known: some pages date themselves only there.

    Returns
    -------
    Page
        Without an article there are no paragraphs and no line is kept.
    """
    from trafilatura import bare_extraction

    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page)
    found = bare_extraction(page, url=url, include_comments=False, with_metadata=True)
    text = (found.text if found else None) or ""
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    if paragraphs and _folded(paragraphs[0]) == _folded(found.title or ""):
        paragraphs = paragraphs[1:]
    if sum(map(len, paragraphs)) < _ARTICLE and not any(map(is_sentence, paragraphs)):
        paragraphs = []  # what is left of a page without an article is its menu
    lines = [Line(number, block) for number, block in enumerate(_lines(page), 1)]
    _mark(lines, paragraphs)
    if not found:
        return Page(lines=lines)
    people = [person.strip() for person in (found.author or "").split(";")]
    people = [
        person for person in people if person and person.lower() not in GENRES
    ]  # "Opinion" is no author
    published, basis = _published(page)
    return Page(paragraphs, lines, found.title or None, people, _outlet(page), published, basis)


def _mark(lines: list[Line], paragraphs: list[str]) -> None:
    """Keep the blocks that are a paragraph of the article, a long part of one, or hold one."""
    whole = {_folded(paragraph) for paragraph in paragraphs}
    joined = " ".join(whole)
    for line in lines:
        block = _folded(line.text)
        line.kept = block in whole or (
            len(block) >= _TELLING
            and (block in joined or any(p in block for p in whole if len(p) >= _TELLING))
        )
        line.reason = "in the article (trafilatura)" if line.kept else "outside the article (trafilatura)"


def _published(page: str) -> tuple[datetime | None, str]:
    """The day of publication that the markup states, and where; footers and addresses are not asked."""
    for pattern, basis in _DATES:
        if found := pattern.search(page):
            try:
                return datetime.fromisoformat(found["date"]), basis
            except ValueError:
                continue
    return None, "not stated"


def _outlet(page: str) -> str | None:
    found = next(filter(None, (pattern.search(page) for pattern in _SITES)), None)
    return unescape(found["name"]).strip() or None if found else None


def _lines(page: str) -> list[str]:
    """The page's text, a line a block, as a browser would show it."""
    from lxml import etree, html

    try:
        tree = html.document_fromstring(page)
    except (etree.ParserError, ValueError):
        return []
    etree.strip_elements(tree, etree.Comment, etree.ProcessingInstruction, *_SILENT, with_tail=False)
    for element in tree.iter():
        if element.tag in _BLOCKS:
            element.text = "\n" + (element.text or "")
            element.tail = "\n" + (element.tail or "")
    lines = (" ".join(line.split()) for line in tree.text_content().splitlines())
    return [line for line in lines if line]


def _folded(text: str) -> str:
    return "".join(re.findall(r"\w", text)).casefold()
