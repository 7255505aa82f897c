"""One file of a corpus → the articles it brings, whatever its format."""

import warnings
from pathlib import Path

from helpers.ingestion import archives, office, tabular
from helpers.ingestion.exports import split
from helpers.ingestion.formats import Item, clean, load, told
from helpers.paths import CorpusError

_TEXTS = {".docx": office.docx, ".rtf": office.rtf, ".pdf": office.pdf}
_PACKED = {".mhtml": archives.mhtml, ".mht": archives.mhtml, ".warc": archives.warc}
READABLE = (".txt", ".html", ".htm", *_TEXTS, *_PACKED, *tabular.ENDINGS)


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

    Parameters
    ----------
    file
        The file.
    columns
        The columns of tables that `corpus.yml` names: field → column.

    Returns
    -------
    items, notes
        The articles, and what people should know of the reading.

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
        return _PACKED[kind](raw)
    text, notes = (clean(_TEXTS[kind](raw)), []) if kind in _TEXTS else told(raw)
    if kind in (".html", ".htm"):
        return [Item(text, "text/html")], notes
    return split(text) or [Item(text, "text/plain")], notes
