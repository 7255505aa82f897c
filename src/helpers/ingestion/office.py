"""Word, RTF and PDF files → their text, a paragraph a line. No macro runs and no link is followed."""

import io
import logging
import re
import zipfile
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from helpers.paths import CorpusError

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_UNPACKED = (
    256 * 2**20
)  # bytes: all XML of an office file; a hundred articles in .docx take about one million
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
    """The text layer of a .pdf, a paragraph a line, in the order in which its makers set it.

    That order follows the columns; one made anew from the places of words mixes them (so does pdfminer.six).
    """
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends it need not tell in a notebook
    reader = PdfReader(io.BytesIO(raw))
    if reader.is_encrypted and not _opens(reader):
        raise CorpusError("is encrypted. Save it without a password")
    lines = [line for page in reader.pages for line in _lines(page)]
    if not any(re.search(r"\w{2}", line.text) for line in lines):
        raise CorpusError("is a scan: it has no text layer. Run text recognition (OCR) on it first")
    return "\n".join(_paragraphs(lines))


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


class _Line(NamedTuple):
    """A line of a page: where it begins, from the left and from below, and the height of its letters."""

    text: str
    x: float
    y: float
    size: float


def _opens(reader: "PdfReader") -> bool:
    from pypdf.errors import DependencyError

    try:
        return bool(reader.decrypt(""))  # many are only locked against changes
    except DependencyError:  # in a way that needs a package of its own
        return False


def _lines(page: "PageObject") -> list[_Line]:
    lines: list[_Line] = []
    words = ""

    def visit(text: str, outer: list[float], inner: list[float], _: object, size: float) -> None:
        nonlocal words
        if not words.strip() and text.strip():
            place = inner[4] * outer[0] + outer[4], inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
            lines.append(_Line("", *place, abs(size * inner[3] * outer[3])))
        words += text
        if text.strip():
            lines[-1] = lines[-1]._replace(text=" ".join(words.split()))
        words = "" if "\n" in text else words

    page.extract_text(visitor_text=visit)
    return lines


def _paragraphs(lines: list[_Line]) -> list[str]:
    """Lines joined where the next one follows at the usual distance, in letters of one size."""
    gaps = Counter(round(one.y - after.y, 1) for one, after in pairwise(lines) if one.y - after.y >= one.size)
    usual = min([gap for gap, times in gaps.items() if times > 1] or [0])
    joined: list[str] = []
    for before, line in zip([None, *lines], lines, strict=False):
        if before is None or _parts(before, line, usual):
            joined.append(line.text)
        elif re.search(r"[^\W\d_][-\u00ad]$", joined[-1]):  # a hyphen before a capital is the word's own
            joined[-1] = (joined[-1][:-1] if line.text[:1].islower() else joined[-1]) + line.text
        else:
            joined[-1] += " " + line.text
    return joined


def _parts(before: _Line, line: _Line, usual: float) -> bool:
    ended = bool(re.search(r"[.!?:]['\"”’»)]*$", before.text))
    down = before.y - line.y
    if abs(before.size - line.size) > 0.1 * line.size or down > 1.3 * usual:
        return True
    return ended and (down < 0 or line.x - before.x > 0.7 * line.size)  # a new column or page; an indent
