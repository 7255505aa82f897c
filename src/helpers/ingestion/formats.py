"""What a file holds, before anyone judges it: its bytes, its text, and the articles it brings.

`load` takes a file's bytes within bounds, unpacked if they are gzipped; `told` makes text of bytes; an `Item`
is one article as its file brings it. Which reader a file needs, `files` knows.
"""

import codecs
import gzip
import io
import re
import zlib
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from helpers.paths import CorpusError

LARGEST = 512 * 2**20  # bytes, unpacked: what is read into memory at once; a million articles are split first
WHOLE = "text/x-article"  # the content is the article and nothing else

_MOJIBAKE = re.compile(  # an eighth of what ftfy's own test takes
    "Ã[\u0080-\u00bf]|â€|Â[\u00a0-\u00bf]|Ð[\u0080-\u00bf]"
    "|(?:[РС][ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџ\u00a0ЎўЈ¤Ґ¦§Ё©Є«¬\u00ad®Ї°±Ііґµ¶·ё№є»јЅѕї]){3}"
)
_MOJIBAKE_BEGINS = ("Ã", "â€", "Â", "Ð", "Р", "С")
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_META = re.compile(rb"""<meta\b[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
# Charsets a page may name; Python knows more under such names (zlib, idna, …), which are no text encodings.
_CHARSET = re.compile(r"utf-8|cp\d+|windows.*|iso8859.*|latin.*|koi8.*|gb.*|big5.*|euc_.*|shift_jis.*|mac.*")
# What makes no Western text: a sign inside a word, three accented letters in a row.
_NOT_WESTERN = re.compile("[^\\W\\d_][¡-¿](?=[^\\W\\d_])|[À-ÿŒœŠšŽžŸ]{3}")
_CHAOS = 3  # per cent: Russian in cp1251 has 0, KOI8-R or Greek read as cp1251 above 5 (charset-normalizer)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ENDS = (".", "!", "?", ":", '"', "”", "’", "»")
_WRAPPED = 90  # characters: databases wrap their plain text at 70 to 80


@dataclass(frozen=True)
class Item:
    """One article as its file brings it.

    Attributes
    ----------
    content, media_type
        "text/plain" or "text/html" with whatever stands around the article, or `WHOLE`.
    stated, basis
        What the file says beside the text, by the names in `fields.tsv`; and whether a "table", an "export
        header" or an "archive" says so.
    number
        What tells it from others in its file; None where the file is one article.
    before, after
        Lines of the file about the article, for the ledger.
    """

    content: str
    media_type: str
    stated: dict[str, str] = field(default_factory=dict)
    number: str | None = None
    before: str = ""
    after: str = ""
    basis: str = "file"


def load(file: Path, limit: int = LARGEST) -> bytes:
    """The bytes of a file, unpacked if it is gzipped.

    Raises
    ------
    CorpusError
        If there are none, more than `limit`, or the gzip is broken.
    """
    raw = b"" if (large := file.stat().st_size > limit) else file.read_bytes()
    try:
        if file.suffix.lower() == ".gz":
            raw = gzip.GzipFile(fileobj=io.BytesIO(raw)).read(limit + 1)
    except EOFError:
        raise CorpusError("is a gzip file that is cut off. Fetch or pack it again") from None
    except (gzip.BadGzipFile, zlib.error):
        raise CorpusError("is not a gzip file or a damaged one. Fetch or pack it again") from None
    if large or len(raw) > limit:
        raise CorpusError(f"holds more than {limit // 2**20} MB. Split it into several files")
    if not raw.strip():
        raise CorpusError("is empty. Save the article again")
    return raw


def told(raw: bytes, charset: str | None = None) -> tuple[str, list[str]]:
    """Text of bytes, and what had to be done for it.

    A byte order mark decides; then UTF-8 if the bytes are valid UTF-8; then the charset that the page or its
    sender names, if they decode with it; then cp1252 where nothing speaks against it; then charset-normalizer
    guesses. Text that was decoded wrongly before it was saved is repaired by ftfy, which is asked only where
    its tell-tale characters occur.

    Returns
    -------
    text, notes
        Notes are for people: "was read as cp1251", "had mojibake, which was repaired".

    Raises
    ------
    CorpusError
        If the bytes are not text in any encoding.

    Examples
    --------
    >>> told("Größe".encode("cp1252"))
    ('Größe', ['was read as cp1252'])
    """
    encoding = next((encoding for mark, encoding in _MARKS.items() if raw.startswith(mark)), None)
    if encoding is None and b"\x00" in raw:
        raise CorpusError("is not a text file (it holds null bytes). Save the article as text or HTML")
    try:
        text, encoding = (raw.decode(encoding), encoding) if encoding else _guessed(raw, charset)
    except UnicodeDecodeError:
        raise CorpusError(f"is cut off or damaged: it is no valid {encoding}. Save it as UTF-8") from None
    notes = [] if encoding.startswith(("utf-8", "utf-16")) else [f"was read as {encoding}"]
    if any(map(text.__contains__, _MOJIBAKE_BEGINS)) and _MOJIBAKE.search(text):
        import ftfy

        repaired = ftfy.fix_encoding(text)
        notes += ["had mojibake, which was repaired"] if repaired != text else []
        text = repaired
    return clean(text), notes


def clean(text: str) -> str:
    """Text with plain line ends, and without what no table can hold: control signs and halves of characters.

    Examples
    --------
    >>> clean("one\\r\\ntwo\\x00")
    'one\\ntwo'
    """
    if text.replace("\n", "").isprintable():  # as most are, and that is told in no time
        return text
    return _CONTROL.sub("", re.sub(r"\r\n?|[\x0b\x0c]", "\n", text))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of an article: a line each, unless the text is wrapped at a fixed width.

    Examples
    --------
    >>> paragraphs("The council\\nhas met.\\n\\nIt was late.")
    ['The council has met.', 'It was late.']
    >>> paragraphs("The council has met.\\nIt was late.")
    ['The council has met.', 'It was late.']
    """
    lines = [line.strip() for line in text.strip().splitlines()]
    inner = [line for line, after in pairwise(lines) if line and after]
    ended = sum(line.endswith(_ENDS) for line in inner)
    if "" in lines and max(map(len, lines)) <= _WRAPPED and ended < len(inner) / 2:
        lines = "\n".join(lines).split("\n\n")
    return [" ".join(line.split()) for line in lines if line.strip()]


def _guessed(raw: bytes, charset: str | None) -> tuple[str, str]:
    """Text of bytes without a byte order mark, and its encoding."""
    if found := _read_as("utf-8", raw):
        return found
    page = _META.search(raw[:4096])
    for name in (charset, page and page[1].decode("ascii", "replace")):
        if name and (found := _read_as(name, raw)):
            return found
    if (found := _read_as("cp1252", raw)) and not _NOT_WESTERN.search(found[0]):
        return found
    from charset_normalizer import from_bytes

    best = from_bytes(raw, cp_isolation=["cp1251"]).best()
    if best is None or best.percent_chaos > _CHAOS:
        best = from_bytes(raw).best()
    if best is None:
        raise CorpusError("is in no encoding that can be read. Save it as UTF-8")
    return raw.decode(best.encoding), best.encoding


def _read_as(charset: str, raw: bytes) -> tuple[str, str] | None:
    """Text in a charset, and Python's name of it, as browsers understand it: Latin-1 means cp1252."""
    try:
        name = codecs.lookup(charset).name
        name = "cp1252" if name in ("iso8859-1", "ascii") else name
        return (raw.decode(name), name) if _CHARSET.fullmatch(name) else None
    except (LookupError, ValueError):
        return None
