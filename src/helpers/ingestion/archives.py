"""Pages that a browser or a crawler packed (.mhtml, .warc) → their HTML, with the address of each."""

import io
from email import message_from_bytes

from helpers.ingestion.formats import Item, told
from helpers.paths import CorpusError

_PAGE = 32 * 2**20  # bytes: a page with all its pictures inlined; more is no page


def mhtml(raw: bytes) -> tuple[list[Item], list[str]]:
    """The page in an .mhtml file: its first HTML part."""
    message = message_from_bytes(raw)
    for part in message.walk():
        if part.get_content_type() == "text/html" and (content := part.get_payload(decode=True)):
            page, notes = told(content, part.get_content_charset())
            url = message["Snapshot-Content-Location"] or part["Content-Location"]
            return [_item(page, url)], notes
    raise CorpusError("holds no HTML page. Save the page again")


def warc(raw: bytes) -> tuple[list[Item], list[str]]:
    """The HTML pages in a .warc file; all else that was crawled is counted."""
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
            page, read = told(record.content_stream().read(_PAGE), charset.strip(" \"'"))
        except CorpusError as error:
            read = [f"its record {number} {error}"]
        else:
            url = record.rec_headers.get_header("WARC-Target-URI")
            items.append(_item(page, url, f"{len(items) + 1:03d}"))
        notes.update(read)
    if not items:
        raise CorpusError("holds no HTML page that was fetched. Crawl the pages again")
    return items, sorted(notes) + [f"was read without what is no HTML page in it ({other})"] * bool(other)


def _item(page: str, url: object, number: str | None = None) -> Item:
    address = str(url or "").strip("<> ")
    return Item(
        page, "text/html", {"url": address} if address.startswith("http") else {}, number, basis="archive"
    )
