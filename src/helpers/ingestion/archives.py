"""Pages that a browser or a crawler packed (.mhtml, .warc) → their HTML, with the address of each."""

import io

from helpers.ingestion.formats import Item, told
from helpers.paths import CorpusError

_PAGE = 32 * 2**20  # bytes: a page with all its pictures inlined; more is no page


def mhtml(raw: bytes) -> tuple[list[Item], list[str]]:
    """The page in an .mhtml file: its first HTML part."""
    from email import message_from_bytes, policy

    message = message_from_bytes(raw, policy=policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html" and (content := part.get_payload(decode=True)):
            page, notes = told(content, part.get_content_charset())
            url = message["Snapshot-Content-Location"] or part["Content-Location"] or ""
            return [Item(page, "text/html", _address(str(url)), basis="archive")], notes
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
        kind = (headers.get_header("Content-Type") or "").lower()
        status = record.http_headers.get_statuscode() if record.http_headers else "200"
        if "html" not in kind or not status.startswith("2"):
            other += 1
            continue
        charset = kind.partition("charset=")[2].strip(" \"'").split(";")[0] or None
        try:
            page, read = told(record.content_stream().read(_PAGE), charset)
        except CorpusError as error:
            notes.add(f"its record {number} {error}")
            continue
        notes.update(read)
        address = _address(record.rec_headers.get_header("WARC-Target-URI") or "")
        items.append(Item(page, "text/html", address, f"{len(items) + 1:03d}", basis="archive"))
    if not items:
        raise CorpusError("holds no HTML page that was fetched. Crawl the pages again")
    return items, sorted(notes) + (
        [f"was read without what is no HTML page in it ({other})"] if other else []
    )


def _address(url: str) -> dict[str, str]:
    return {"url": url.strip("<> ")} if url.strip("<> ").startswith(("http://", "https://")) else {}
