"""Every format becomes text; what is damaged, hostile or no article is refused with a reason."""

import gzip
import io
import zipfile
import zlib
from email.message import EmailMessage

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from helpers.ingestion import files, office
from helpers.paths import CorpusError

TEXT = "The harbour council approved the new breakwater on Thursday."
MORE = "Work is to begin in spring, it said."
PAGE = f"<html><head><title>A</title></head><body><p>{TEXT}</p></body></html>"


def read(tmp_path, name, raw):
    (tmp_path / name).write_bytes(raw)
    return files.read(tmp_path / name)


def word(*paragraphs, table=()):
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        cells = document.add_table(1, len(table)).rows[0].cells
        for cell, text in zip(cells, table, strict=True):
            cell.text = text
    document.save(raw := io.BytesIO())
    return raw.getvalue()


def pdf(*lines, extra=b"", pack=False):
    """A page with lines (x, y, text and, where it is not 10, their size), or with a given stream."""
    drawn = extra + b"".join(
        b"BT /F1 %d Tf 1 0 0 1 %d %d Tm (%s) Tj ET\n" % (*(size or [10]), x, y, text.encode())
        for x, y, text, *size in lines
    )
    stream = zlib.compress(drawn, 9) if pack else drawn
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(stream), b"/Filter/FlateDecode" * pack, stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)


def mhtml():
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "https://example.org/a"
    message.set_content(PAGE, subtype="html", charset="windows-1252", cte="quoted-printable")
    return message.as_bytes()


def warc(*pages, packed=False):
    raw = io.BytesIO()
    writer = WARCWriter(raw, gzip=packed)
    for url, kind, body, *status in pages:
        head = StatusAndHeaders(*(status or ["200 OK"]), [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", io.BytesIO(body), http_headers=head))
    return raw.getvalue()


RTF = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl\f0 Arial;}The council approved the \b caf\'e9\b0  \u8211? today.\par "
    rb"Work begins.}"
)


@pytest.mark.parametrize(
    ("name", "raw", "text"),
    [
        ("a.txt", TEXT.encode(), TEXT),
        ("A.TXT.GZ", gzip.compress(TEXT.encode()), TEXT),
        ("a.htm", PAGE.encode(), PAGE),
        ("a.html.gz", gzip.compress(PAGE.encode()), PAGE),
        ("a.docx", word(TEXT, MORE), f"{TEXT}\n{MORE}"),
        ("a.docx", word(TEXT, table=("WC", "5 words")), f"{TEXT}\nWC\t5 words"),
        ("a.rtf", RTF, "The council approved the café – today.\nWork begins."),
        ("a.pdf", pdf((50, 700, TEXT), (50, 660, MORE)), f"{TEXT}\n{MORE}"),
        ("a.jsonl.gz", gzip.compress(b'{"text": "%s"}' % TEXT.encode()), TEXT),
        ("a.mht", mhtml(), PAGE + "\n"),
        ("a.warc", warc(("https://example.org/a", "text/html", PAGE.encode())), PAGE),
    ],
)
def test_a_format_is_read(tmp_path, name, raw, text):
    (item, *_), _ = read(tmp_path, name, raw)
    assert item.content == text


def test_pages_of_an_archive_know_their_address(tmp_path):
    pages = [("https://example.org/a", "text/html; charset=windows-1251", "<p>Да</p>".encode("cp1251"))]
    pages += [
        ("https://example.org/b", "image/png", b"PNG"),
        ("https://example.org/gone", "text/html", b"<p>Not found</p>", "404 Not Found"),
        ("https://example.org/c", "text/html", PAGE.encode()),
    ]
    items, notes = read(tmp_path, "crawl.warc.gz", warc(*pages, packed=True))
    assert [(item.number, item.stated["url"]) for item in items] == [
        ("001", "https://example.org/a"),
        ("002", "https://example.org/c"),
    ]
    assert items[0].content == "<p>Да</p>"
    assert notes == ["was read as cp1251", "was read without what is no HTML page in it (2)"]
    assert read(tmp_path, "a.mhtml", mhtml())[0][0].stated == {"url": "https://example.org/a"}


def test_lines_of_a_pdf_are_joined_to_paragraphs_along_its_columns(tmp_path):
    left = [
        (50, 700, "The council has app-"),
        (50, 688, "roved the Anglo-"),
        (50, 676, "Saxon break-water"),
        (50, 664, "on Thursday."),
        (50, 652, "What it costs", 14),
        (50, 640, "Ten million."),
    ]
    right = [
        (300, 700, "Boats had been"),
        (300, 688, "damaged."),
        (310, 676, "Work begins"),
        (300, 664, "soon."),
    ]
    (item,), _ = read(tmp_path, "a.pdf", pdf(*left, *right))
    assert item.content.split("\n") == [
        "The council has approved the Anglo-Saxon break-water on Thursday.",
        "What it costs",
        "Ten million.",
        "Boats had been damaged.",
        "Work begins soon.",
    ]


def test_an_export_in_word_is_split_like_one_in_text(tmp_path):
    uni = ["Council approves", "The Post", "May 3, 2021", "Length: 5 words", "Body", TEXT, "End of Document"]
    items, _ = read(tmp_path, "a.docx", word(*uni, *uni))
    assert [item.content for item in items] == [TEXT, TEXT]
    assert items[0].stated == {"title": "Council approves", "outlet": "The Post", "published": "2021-05-03"}


def zipped(**parts):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("_", "."), content)
    return raw.getvalue()


LOL = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">' + '<!ENTITY b "&a;&a;&a;">]><x>&b;</x>'


def sheet(raw=None):
    openpyxl.Workbook().save(raw := io.BytesIO())
    return raw.getvalue()


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        ("a.docx", zipped(document_xml=LOL), "declares XML entities"),
        ("a.xlsx", zipped(sheet_xml=LOL.encode("utf-16")), "declares XML entities"),
        ("a.xlsx", zipped(sheet_xml="0" * 3_000_000), "unpacks to more than 2 MB"),
        ("a.docx", b"\xd0\xcf\x11\xe0 encrypted", "is encrypted or of an old format"),
        ("a.docx", zipped(other_xml="<x/>"), "cannot be read as .docx"),
        ("a.xlsx", sheet(), "has no rows"),
        ("a.rtf", TEXT.encode(), "is no RTF file"),
        ("a.pdf", pdf(), "is a scan: it has no text layer"),
        ("a.pdf", b"%PDF-1.4 cut off", "cannot be read as .pdf"),
        ("a.pdf", pdf(extra=b"0" * 200_000_000, pack=True), "cannot be read as .pdf"),
        ("a.mhtml", b"no page", "holds no HTML page"),
        ("a.warc", b"no archive", "cannot be read as .warc"),
        (
            "a.warc",
            warc(("https://example.org/b", "image/png", b"PNG")),
            "holds no HTML page that was fetched",
        ),
        ("a.parquet", b"PAR1", "cannot be read as .parquet"),
        ("a.txt", b"\x00\x01", "is not a text file"),
        ("a.txt", b" \n", "is empty"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(tmp_path, monkeypatch, name, raw, message):
    monkeypatch.setattr(office, "_UNPACKED", 2 * 2**20)
    with pytest.raises(CorpusError, match=message):
        read(tmp_path, name, raw)


def test_a_pdf_that_draws_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(office, "_DRAWN", 2**20)
    with pytest.raises(CorpusError, match="draws more than 1 MB. Split it"):
        read(tmp_path, "a.pdf", pdf((50, 700, TEXT), extra=b"0 g " * 2**18, pack=True))


def test_an_encrypted_pdf_is_refused(tmp_path):
    from pypdf import PdfWriter

    writer = PdfWriter(io.BytesIO(pdf((50, 700, TEXT))))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(raw := io.BytesIO())
    with pytest.raises(CorpusError, match="is encrypted. Save it without a password"):
        read(tmp_path, "a.pdf", raw.getvalue())


GOOD = {".docx": word(TEXT), ".pdf": pdf((50, 700, TEXT)), ".rtf": RTF, ".mhtml": mhtml(), ".xlsx": sheet()}
GOOD |= {
    ".warc": warc(("https://example.org/a", "text/html", PAGE.encode())),
    ".html": PAGE.encode(),
    ".parquet": b"",
}


@given(st.sampled_from(sorted(GOOD)), st.integers(0, 10_000), st.binary(max_size=30), st.booleans())
def test_damaged_files_are_read_or_refused_and_never_stop_the_rest(
    tmp_path_factory, ending, place, noise, cut
):
    good = GOOD[ending]
    place = place % (len(good) + 1)
    raw = good[:place] + noise + (b"" if cut else good[place + len(noise) :])
    try:
        items, _ = read(tmp_path_factory.getbasetemp(), f"damaged{ending}", raw)
    except CorpusError:
        return
    assert items
