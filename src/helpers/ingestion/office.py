"""Word, RTF and PDF files → their text, a paragraph a line. No macro runs and no link is followed."""

import io
import re
import zipfile
import zlib

from helpers.paths import CorpusError

_UNPACKED = (
    256 * 2**20
)  # bytes: all XML of an office file; a hundred articles in .docx take about one million
_STREAM = re.compile(rb"stream\r?\n")
_OLE = b"\xd0\xcf\x11\xe0"  # the container of encrypted files and of those before 2007
_DECLARATIONS = [mark.encode(code) for mark in ("<!ENTITY", "<!DOCTYPE") for code in ("utf-8", "utf-16-le")]


def docx(raw: bytes) -> str:
    """Paragraphs and tables of a .docx in their order, a row's cells parted by tabs."""
    from docx import Document
    from docx.table import Table

    document = Document(io.BytesIO(checked_zip(raw)))
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(lines)


def rtf(raw: bytes) -> str:
    """The text of an .rtf."""
    from striprtf.striprtf import rtf_to_text

    if not raw.lstrip().startswith(b"{\\rtf"):
        raise CorpusError("is no RTF file. Save it as .rtf, .docx or .txt")
    return rtf_to_text(raw.decode("cp1252", "replace"), encoding="cp1252", errors="replace")


def pdf(raw: bytes) -> str:
    """The text layer of a .pdf, columns in reading order, its lines joined to paragraphs."""
    from pdfminer.high_level import extract_text
    from pdfminer.pdfdocument import PDFPasswordIncorrect, PDFTextExtractionNotAllowed

    _check_streams(raw)
    try:
        text = extract_text(io.BytesIO(raw))
    except (PDFPasswordIncorrect, PDFTextExtractionNotAllowed):
        raise CorpusError("is encrypted. Save it without a password") from None
    if not re.search(r"\w{2}", text):
        raise CorpusError("is a scan: it has no text layer. Run text recognition (OCR) on it first")
    joined = re.sub(r"(?<=[^\W\d_])[-\u00ad]\n(?=[^\W\d_A-Z])", "", text.replace("\f", "\n\n"))
    return "\n".join(" ".join(block.split()) for block in re.split(r"\n\s*\n", joined))


def checked_zip(raw: bytes) -> bytes:
    """The bytes of an office file, if they unpack within bounds and declare no entities.

    Raises
    ------
    CorpusError
        If the file is encrypted, no office file, too large unpacked, or made to blow up its reader.
    """
    if raw.startswith(_OLE):
        raise CorpusError("is encrypted or of an old format. Save it anew without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = [part for part in archive.infolist() if part.filename.endswith((".xml", ".rels"))]
            if sum(part.file_size for part in parts) > _UNPACKED:
                raise CorpusError(
                    f"unpacks to more than {_UNPACKED // 2**20} MB. Split it into several files"
                )
            for part in parts:
                with archive.open(part) as content:
                    start = content.read(4096)
                if any(mark in start for mark in _DECLARATIONS):
                    raise CorpusError("declares XML entities, which no office program writes. It is not read")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise CorpusError(f"is damaged or no office file ({error}). Save it again") from None
    return raw


def _check_streams(raw: bytes) -> None:
    """Refuse a PDF whose packed parts would fill the memory: its reader sets no bound."""
    total = 0
    for found in _STREAM.finditer(raw):
        try:
            total += len(zlib.decompressobj().decompress(raw[found.end() :], _UNPACKED - total + 1))
        except zlib.error:  # not packed, or in another way
            continue
        if total > _UNPACKED:
            raise CorpusError(f"unpacks to more than {_UNPACKED // 2**20} MB. Save its text as .txt")
