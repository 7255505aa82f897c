"""`manifest.csv`: what the makers of a corpus know of each file, or of one article of a file of many.

`python -m helpers new` fills it in with what it finds; its column `found` then says which cells are no
person's word. Such a cell states nothing: the article's own finding holds, on its own ground.
"""

import csv
import re
import unicodedata
from pathlib import Path

from helpers.ingestion.stated import language, value
from helpers.paths import MANIFEST, CorpusError, own_file
from helpers.schemas import GENRES

COLUMNS = (
    "file", "outlet", "genre", "country", "language", "url", "archive_url", "retrieved", "published", "note",
)  # fmt: skip
FOUND = "found"  # "published = 2026-02-10 (text: page header); outlet = Harbour News (text: dateline)"
# What a spreadsheet would run, or blanks that reading would strip, is written with an apostrophe before it.
_GUARDED = re.compile(r"'*[=+\-@\s]")


def read_manifest(folder: Path) -> tuple[dict[str, dict[str, str]], list[str]]:
    """Read the `manifest.csv` of a corpus folder, or beside a table.

    Returns
    -------
    stated
        What it states, by file, or by file, `#` and the article's number; left out are empty cells and those
        that column `found` tells to be filled in by machine.
    unread
        The columns it has beyond `COLUMNS` and `found`.

    Raises
    ------
    helpers.paths.CorpusError
        If the table has no column `file`, a column or file twice, more fields in a row than columns, or a
        genre, language or date that cannot be used: with file, line and what was expected.
    """
    source = own_file(folder, MANIFEST)
    names, rows = manifest_rows(folder)
    stated: dict[str, dict[str, str]] = {}
    for line, row in rows:
        name, fields = _checked(row, f"{source}, line {line}")
        if name in stated:
            raise CorpusError(f"{source}, line {line}: {name} is listed twice")
        stated[name] = fields
    return stated, [name for name in names if name not in (*COLUMNS, FOUND)]


def manifest_rows(folder: Path) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """The columns of a corpus's `manifest.csv` and its rows as they stand, each with its line.

    Raises
    ------
    helpers.paths.CorpusError
        If it is no CSV in UTF-8, has no column `file` or two of one name, or a row has more fields than
        there are columns.
    """
    source = own_file(folder, MANIFEST)
    if not source.is_file():
        return [], []
    rows: list[tuple[int, dict[str, str]]] = []
    try:
        with source.open(encoding="utf-8-sig", newline="") as lines:
            sign = max(",;\t", key=lines.readline().count)  # many spreadsheets save with semicolons
            lines.seek(0)
            table = csv.DictReader(lines, strict=True, restval="", delimiter=sign)
            names = list(table.fieldnames or [])
            if "file" not in names:
                raise CorpusError(f"{source} has no column 'file'. Its columns may be: {', '.join(COLUMNS)}")
            if twice := [name for name in names if name and names.count(name) > 1]:
                raise CorpusError(f"{source} has two columns {twice[0]!r}. Remove or rename one")
            for row in table:
                if None in row:
                    what = "has more fields than there are columns. Put text with a comma in quotes"
                    raise CorpusError(f"{source}, line {table.line_num} {what}")
                cells = {name: _unguarded(cell.strip()) for name, cell in row.items()}
                cells["file"] = unicodedata.normalize("NFC", cells["file"])
                if any(cells.values()):  # spreadsheets keep rows that were emptied
                    rows.append((table.line_num, cells))
    except (csv.Error, UnicodeDecodeError) as error:
        raise CorpusError(f"{source} cannot be read as CSV in UTF-8: {error}") from None
    return names, rows


def write_manifest(target: Path, names: list[str], rows: list[dict[str, str]]) -> None:
    """Write a manifest that spreadsheets open, in which no cell runs as a formula."""
    with target.open("w", encoding="utf-8-sig", newline="") as lines:
        table = csv.DictWriter(lines, names, restval="", lineterminator="\n")
        table.writeheader()
        table.writerows({name: _guarded(cell) for name, cell in row.items()} for row in rows)


def _checked(row: dict[str, str], where: str) -> tuple[str, dict[str, str]]:
    fields = {key: words for key, words in row.items() if words}
    name, found = fields.pop("file", ""), fields.pop(FOUND, "")
    if not name:
        raise CorpusError(f"{where}: no file is named")
    for field, read, expected in (
        ("genre", _genre, f"one of: {', '.join(GENRES)}"),
        ("published", lambda text: _day(text, found), "a day like 2026-02-10"),
        ("language", language, "a code like en"),
    ):
        if (words := fields.get(field)) and not (used := read(words)):
            raise CorpusError(f"{where}: {field} {words!r} is not {expected}")
        fields |= {field: used} if words else {}
    return name, {field: words for field, words in fields.items() if not _is_found(field, words, found)}


def _is_found(field: str, words: str, found: str) -> bool:
    """Whether `found` tells this value of a field, and not one that only begins like it.

    Examples
    --------
    >>> _is_found("outlet", "The Wave (Port Ellery)", "outlet = The Wave (Port Ellery) (table)")
    True
    >>> _is_found("outlet", "The Wave", "outlet = The Wave (Port Ellery) (table)")
    False
    """
    told = rf"(?:^|;)\s*{re.escape(field)} = {re.escape(words)} \([^()]*\)\s*(?:;|$)"
    return re.search(told, found) is not None


def _genre(word: str) -> str | None:
    return word.lower() if word.lower() in GENRES else None


def _day(text: str, found: str) -> str | None:
    """A stated day; one that cannot be read but has the numbers of the day that was found is that day.

    Spreadsheets write 2026-02-10 anew as 2/10/2026 when they save a table.

    Examples
    --------
    >>> _day("2/10/2026", "published = 2026-02-10 (text: page header)"), _day("2/10/2026", "")
    ('2026-02-10', None)
    """
    if day := value("published", text):
        return day
    was = re.search(r"(?:^|; )published = (\S+) \(", found)
    return was[1] if was and _numbers(was[1]) == _numbers(text) else None


def _numbers(text: str) -> list[int]:
    return sorted(map(int, re.findall(r"\d+", text)))


def _guarded(cell: str) -> str:
    return f"'{cell}" if _GUARDED.match(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _GUARDED.match(cell[1:]) else cell
