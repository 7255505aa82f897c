"""Word, RTF and PDF files → their text, a paragraph a line. No macro runs and no link is followed."""

import io
import logging
import re
import zipfile
from collections import Counter
from contextlib import suppress
from itertools import pairwise
from typing import NamedTuple

from helpers.ingestion.lines import ends
from helpers.paths import CorpusError

_UNPACKED = 256 * 2**20  # bytes of an office file; a hundred articles in .docx take about one million
_DRAWN = 32 * 2**20  # bytes a PDF draws, unpacked; a page of text takes 5,000, and one million takes 2 s
_OLE = b"\xd0\xcf\x11\xe0"  # the container of encrypted files and of those before 2007
_DECLARATIONS = [mark.encode(code) for mark in ("<!ENTITY", "<!DOCTYPE") for code in ("utf-8", "utf-16-le")]


def docx(raw: bytes) -> str:
    """Paragraphs and tables of a .docx in their order, a row's cells parted by tabs."""
    from docx import Document

    lines: list[str] = []
    for block in Document(io.BytesIO(checked_zip(raw))).iter_inner_content():
        if hasattr(block, "rows"):
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
    from pypdf.errors import DependencyError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends it need not tell in a notebook
    reader = PdfReader(io.BytesIO(raw))
    opened = not reader.is_encrypted
    with suppress(DependencyError):  # locked in a way that needs a package of its own
        opened = opened or reader.decrypt("")  # many are only locked against changes
    if not opened:
        raise CorpusError("is encrypted. Save it without a password")
    lines, drawn = [], 0
    for page in reader.pages:
        content = page.get_contents()
        drawn += 0 if content is None else len(content.get_data())
        if drawn > _DRAWN:
            raise CorpusError(f"draws more than {_DRAWN // 2**20} MB. Split it, or save its text")
        lines += _lines(page)
    if not any(re.search(r"\w{2}", line.text) for line in lines):
        raise CorpusError("is a scan: it has no text layer. Run text recognition (OCR) on it first")
    return "\n".join(_paragraphs(lines))


def checked_zip(raw: bytes) -> bytes:
    """The bytes of an office file, if it can be opened, unpacks within bounds and declares no entities."""
    if raw.startswith(_OLE):
        raise CorpusError("is encrypted or of an old format. Save it anew without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _UNPACKED:
                raise CorpusError(f"unpacks to more than {_UNPACKED // 2**20} MB. Split it")
            parts = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
            starts = [archive.open(name).read(4096) for name in parts]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise CorpusError(f"is damaged or no office file ({error}). Save it again") from None
    if any(mark in start for start in starts for mark in _DECLARATIONS):
        raise CorpusError("declares XML entities, which no office program writes. It is not read")
    return raw


class _Line(NamedTuple):
    """A line of a page: where it begins, from the left and from below, and the height of its letters."""

    text: str
    x: float
    y: float
    size: float


def _lines(page: object) -> list[_Line]:
    places: list[tuple[float, float, float]] = []
    words: list[list[str]] = []
    begins = True

    def visit(text: str, outer: list[float], inner: list[float], _: object, size: float) -> None:
        nonlocal begins
        if text.strip():
            if begins:
                x, y = inner[4] * outer[0] + outer[4], inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
                places.append((x, y, abs(size * inner[3] * outer[3])))
                words.append([])
            begins = False
        if words:
            words[-1].append(text)
        begins = begins or "\n" in text

    page.extract_text(visitor_text=visit)
    return [_Line(" ".join("".join(said).split()), *place) for said, place in zip(words, places, strict=True)]


def _paragraphs(lines: list[_Line]) -> list[str]:
    """Lines joined where the next one follows at the usual distance, in letters of one size."""
    gaps = Counter(round(one.y - after.y, 1) for one, after in pairwise(lines) if one.y - after.y >= one.size)
    usual = min([gap for gap, times in gaps.items() if times > 1] or [0])
    joined = [[line.text] for line in lines[:1]]
    for before, line in pairwise(lines):
        down, indent = before.y - line.y, line.x - before.x
        apart = abs(before.size - line.size) > 0.1 * line.size or down > 1.3 * usual
        moved = down < 0 or indent > 0.7 * line.size  # a new column or page; an indent
        if apart or (moved and ends(before.text)):
            joined.append([line.text])
        elif re.search(r"[^\W\d_][-\u00ad]$", before.text):  # a hyphen before a capital is the word's own
            joined[-1][-1] = before.text[:-1] if line.text[:1].islower() else before.text
            joined[-1].append(line.text)
        else:
            joined[-1] += [" ", line.text]
    return ["".join(words) for words in joined]
