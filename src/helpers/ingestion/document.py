"""One saved document → its article, what the page says about it, and a ledger of every line."""

import re
from dataclasses import dataclass

import pandas as pd

from helpers.ingestion import bylines, chain, headline, html, lines, metadata
from helpers.ingestion.formats import told
from helpers.ingestion.language import language
from helpers.ingestion.markup import Stated

LEDGER = ["line", "part", "text", "kept", "reason", "confidence"]
_TYPED_MARKS = re.compile(r"``|''")  # as typewriters and some databases write quotation marks
_RUNNING = {"sentence", "block quote"}  # what may share a paragraph
_SURE = 300  # characters: below, the language a page states counts for more than the text's own


@dataclass(kw_only=True)
class Document(Stated):
    """An article as it was saved.

    Attributes
    ----------
    text
        The article: paragraphs, sub-headings and list items separated by a blank line. Title, byline,
        date line, captions and a summary set above the article are not in it. Quotation marks typed as two
        apostrophes or backticks are one mark.
    title, subtitle, outlet, place, lang
        None where the page does not say (`lang`: two-letter code, None where there is too little text).
    authors, editors, credits
        Names in the order of the page; `credits` are the agencies and outlets the text has its news from.
    published
        Local time as stated, midnight where only the day is; None where the page does not say.
    outlet_basis, published_basis, genre_basis
        On what ground the value stands; "not stated" where there is none.
    lines
        The lines that are not blank, or parts of one that was cut up, with what became of them.
    """

    text: str
    place: str | None
    credits: list[str]
    lines: list[lines.Line]

    @property
    def ledger(self) -> pd.DataFrame:
        """One row a line or part of one.

        Columns `line` and `part` (from 1), `text`, `kept`, `reason`, `confidence` of the line model (0.5 to
        1; 1 where it was not asked).
        """
        return pd.DataFrame(self.rows(), columns=LEDGER)

    def rows(self) -> list[tuple]:
        """The rows of the ledger: those of many documents are sooner one table than joined as tables."""
        return [(one.number, one.part, one.text, one.kept, one.reason, one.confidence) for one in self.lines]


def extract(raw: str | bytes, *, media_type: str | None = None, url: str | None = None) -> Document:
    """Get the article out of a saved document.

    Parameters
    ----------
    raw
        The document: HTML, or text as it was copied or dumped, with whatever stands around the article.
    media_type
        "text/html" or "text/plain"; by default the document's first characters tell.
    url
        Where the page was, if known.

    Returns
    -------
    Document
        With empty `text` where no article was found; the ledger then says what was there.

    Raises
    ------
    helpers.paths.CorpusError
        If `raw` is bytes in no readable encoding.

    Examples
    --------
    >>> page = "Menu\\nA bridge opens\\n3 May 2021\\nThe new bridge was opened on Monday by the mayor."
    >>> article = extract(page)
    >>> article.title, article.published.date().isoformat(), article.published_basis
    ('A bridge opens', '2021-05-03', 'stated')
    >>> article.text
    'The new bridge was opened on Monday by the mayor.'
    """
    text = told(raw)[0] if isinstance(raw, bytes) else raw
    start = text[:2000].lstrip("\ufeff \t\r\n").lower()
    looks_html = start.startswith(("<!doctype html", "<html", "<?xml")) or "<body" in start
    if media_type == "text/html" or (media_type is None and looks_html):
        return _from_page(html.read(text, url))
    return extract_dumps([text])[0]


def extract_dumps(texts: list[str]) -> list[Document]:
    """Get the articles out of texts as they were copied or dumped, as :func:`extract` does of each."""
    return list(map(_from_dump, lines.judge_all(texts)))


def _from_dump(judged: list[lines.Line]) -> Document:
    body = _TYPED_MARKS.sub('"', "\n\n".join(_paragraphs(judged)))
    headed = _text_of(judged, "title")
    title, _, signed = metadata.split_byline(headed) if headed else (None, None, [])
    title = title and _TYPED_MARKS.sub('"', headline.clean(title, judged))
    said = Stated(title=title, subtitle=_text_of(judged, "summary"))
    said.authors, said.editors = signed or bylines.authors(judged), bylines.editors(judged)
    said.published, said.published_basis = metadata.published(judged, body)
    said.outlet, said.outlet_basis = metadata.outlet(judged)
    said.genre, said.genre_basis = metadata.genre(judged, body, headed)
    said.lang = language(body)
    return _document(body, judged, judged, said)


def _paragraphs(judged: list[lines.Line]) -> list[str]:
    """The lines kept; what one line was parted into at the ends of sentences is one paragraph again."""
    paragraphs: list[str] = []
    before = None
    for line in judged:
        if line.kept and before and line.number == before.number and {line.reason, before.reason} <= _RUNNING:
            paragraphs[-1] += f" {line.text}"
        elif line.kept:
            paragraphs.append(line.text)
        before = line if line.kept else None
    return paragraphs


def _from_page(page: tuple[list[lines.Line], Stated]) -> Document:
    judged, said = page
    body = _TYPED_MARKS.sub('"', "\n\n".join(line.text for line in judged if line.kept))
    if said.genre == "unknown":
        said.genre, said.genre_basis = metadata.genre([], body, said.title)
    said.lang = _page_language(body, said.lang)
    return _document(body, judged, [], said)


def _document(body: str, judged: list[lines.Line], about: list[lines.Line], said: Stated) -> Document:
    """The article with its ledger; `about` are the lines that may tell its place."""
    found = {"place": metadata.place(about, body), "credits": chain.media(body)}
    return Document(text=body, lines=judged, **found, **vars(said))


def _page_language(body: str, stated: str | None) -> str | None:
    """The text's language; a short text is believed less than what the page states."""
    told = language(body)
    return stated if stated and (told is None or len(body) < _SURE) else told


def _text_of(judged: list[lines.Line], reason: str) -> str | None:
    return next((line.text for line in judged if line.reason == reason), None)


def whole(text: str, before: str = "", after: str = "", title: str | None = None) -> Document:
    """A text that is the article already, as a database or a table holds it, among lines about it."""
    field = "field of the export"
    parts = [(before, False, field), (text, True, "the text field"), (after, False, field)]
    told = [(words, *fate) for part, *fate in parts for words in map(str.strip, part.splitlines()) if words]
    judged = [lines.Line(number, *line) for number, line in enumerate(told, 1)]
    first = next((line for line in judged if line.kept), None)
    if first and title and first.text.casefold() == title.casefold():
        first.kept, first.reason = False, "title"
    return _from_page((judged, Stated(title=title)))
