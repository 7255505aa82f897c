"""The article in a web page: trafilatura finds it, and every line of the page goes into the ledger."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from helpers.ingestion.lines import Line, is_sentence

_BLOCKS = set(
    "address article aside blockquote br button dd div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr label li main nav ol option p pre section table td th title tr ul".split()
)
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
    found = bare_extraction(
        page,
        url=url,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    text = (found.text if found else None) or ""
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    if paragraphs and _folded(paragraphs[0]) == _folded(found.title or ""):
        paragraphs = paragraphs[1:]
    if not any(is_sentence(paragraph) for paragraph in paragraphs):
        paragraphs = []  # what is left of a page without an article is its menu
    whole = _folded(" ".join(paragraphs))
    lines = [Line(number, block, _folded(block) in whole) for number, block in enumerate(_lines(page), 1)]
    for line in lines:
        line.reason = "in the article (trafilatura)" if line.kept else "outside the article (trafilatura)"
    if not found:
        return Page(lines=lines)
    return Page(
        paragraphs,
        lines,
        found.title or None,
        [person.strip() for person in (found.author or "").split(";") if person.strip()],
        found.sitename or None,
        datetime.fromisoformat(found.date) if found.date else None,
    )


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
