"""One file of a corpus → the articles it brings, whatever its format."""

import io
import warnings
from email import message_from_bytes
from pathlib import Path

from helpers.ingestion import office, tabular
from helpers.ingestion.exports import split
from helpers.ingestion.formats import Item, clean, load, told
from helpers.paths import CorpusError

_TEXTS = {".docx": office.docx, ".rtf": office.rtf, ".pdf": office.pdf}
_PACKED = (".mhtml", ".mht", ".warc")
READABLE = (".txt", ".html", ".htm", *_TEXTS, *_PACKED, *tabular.ENDINGS)
_PAGE = 32 * 2**20  # bytes: a page with all its pictures inlined; more is no page


def ending(file: Path) -> str:
    """The ending that tells a file's format, without that of gzip.

    Examples
    --------
    >>> ending(Path("news/May.HTML.gz")), ending(Path("notes.odt"))
    ('.html', '.odt')
    """
    return Path(file.name.lower().removesuffix(".gz")).suffix


def read(file: Path, columns: dict[str, str] | None = None) -> tuple[list[Item], list[str]]:
    """Read a file with one of the endings `READABLE`, gzipped or not.

    `columns` are those of tables that `corpus.yml` names: field → column. Given are the articles, and what
    people should know of the reading.

    Raises
    ------
    CorpusError
        If the file cannot be read: what is wrong with it and what to do, without its name.
    """
    kind = ending(file)
    raw = load(file)
    try:
        with warnings.catch_warnings(action="ignore"):  # of parts of office files that hold no text
            return _items(raw, kind, columns or {})
    except (CorpusError, OSError):
        raise
    except Exception as error:  # what the readers of damaged files raise is no closed list
        what = f"{type(error).__name__}: {error}"[:120]
        raise CorpusError(f"cannot be read as {kind} ({what}). Save or export it again") from error


def _items(raw: bytes, kind: str, columns: dict[str, str]) -> tuple[list[Item], list[str]]:
    if kind in tabular.ENDINGS:
        return tabular.items(raw, kind, columns)
    if kind in _PACKED:
        return _warc(raw) if kind == ".warc" else _mhtml(raw)
    text, notes = (clean(_TEXTS[kind](raw)), []) if kind in _TEXTS else told(raw)
    if kind in (".html", ".htm"):
        return [Item(text, "text/html")], notes
    return split(text) or [Item(text, "text/plain")], notes


def _mhtml(raw: bytes) -> tuple[list[Item], list[str]]:
    """The page that a browser saved: the first HTML part."""
    message = message_from_bytes(raw)
    for part in message.walk():
        if part.get_content_type() == "text/html" and (content := part.get_payload(decode=True)):
            page, notes = told(content, part.get_content_charset())
            return [_page(page, message["Snapshot-Content-Location"] or part["Content-Location"])], notes
    raise CorpusError("holds no HTML page. Save the page again")


def _warc(raw: bytes) -> tuple[list[Item], list[str]]:
    """The HTML pages that a crawler fetched; all else is counted."""
    from warcio.archiveiterator import ArchiveIterator

    items: list[Item] = []
    notes: set[str] = set()
    other = 0
    for number, record in enumerate(ArchiveIterator(io.BytesIO(raw)), 1):
        if record.rec_type not in ("response", "resource"):
            continue
        headers = record.http_headers or record.rec_headers
        kind, _, charset = (headers.get_header("Content-Type") or "").lower().partition("charset=")
        if "html" not in kind or (record.http_headers and headers.get_statuscode()[:1] != "2"):
            other += 1
            continue
        try:
            page, read = told(record.content_stream().read(_PAGE), charset.split(";")[0].strip(" \"'"))
        except CorpusError as error:
            read = [f"its record {number} {error}"]
        else:
            url = record.rec_headers.get_header("WARC-Target-URI")
            items.append(_page(page, url, f"{len(items) + 1:03d}"))
        notes.update(read)
    if not items:
        raise CorpusError("holds no HTML page that was fetched. Crawl the pages again")
    return items, sorted(notes) + [f"was read without what is no HTML page in it ({other})"] * bool(other)


def _page(page: str, url: object, number: str | None = None) -> Item:
    address = str(url or "").strip("<> ")
    stated = {"url": address} if address.startswith("http") else {}
    return Item(page, "text/html", stated, number, basis="archive")
