"""From the bytes of a file to its text: the encoding told or found, mojibake repaired."""

import codecs
import re

from helpers.paths import CorpusError

_MOJIBAKE = re.compile("Ã[\u0080-\u00bf]|â€|Â[\u00a0-\u00bf]|Ð[\u0080-\u00bf]")
_BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]


def decode(raw: bytes) -> str:
    """Text of a file's bytes.

    A byte order mark decides; then UTF-8 if the bytes are valid UTF-8; then the best guess of
    charset-normalizer. Text that was decoded wrongly before it was saved is repaired by ftfy, which is asked
    only where its tell-tale characters occur.

    Raises
    ------
    CorpusError
        If the bytes are not text in any encoding.
    """
    encoding = next((encoding for bom, encoding in _BOMS if raw.startswith(bom)), None)
    if encoding is None and b"\x00" in raw:
        raise CorpusError("is not a text file (it holds null bytes). Save the article as text or HTML")
    text = _decoded(raw, encoding or "utf-8")
    if _MOJIBAKE.search(text):
        import ftfy

        text = ftfy.fix_encoding(text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(raw).best()
        if best is None:
            raise CorpusError("is in no encoding that can be read. Save it as UTF-8") from None
        return str(best)
