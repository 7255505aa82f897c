"""`manifest.csv`: what the makers of a corpus know of each file."""

import csv
import unicodedata
from pathlib import Path

from helpers.ingestion.stated import language, value
from helpers.paths import MANIFEST, CorpusError, own_file
from helpers.schemas import GENRES

COLUMNS = (
    "file", "outlet", "genre", "country", "language", "url", "archive_url", "retrieved", "published", "note",
)  # fmt: skip


def read_manifest(folder: Path) -> tuple[dict[str, dict[str, str]], list[str]]:
    """Read the `manifest.csv` of a corpus folder, or beside a table.

    Returns
    -------
    stated
        What it states, by file; empty fields left out.
    unread
        The columns it has beyond `COLUMNS`.

    Raises
    ------
    helpers.paths.CorpusError
        If the table has no column `file`, a file twice, more fields in a row than columns, or a genre,
        language or date that cannot be used: with file, line and what was expected.
    """
    source = own_file(folder, MANIFEST)
    if not source.is_file():
        return {}, []
    stated: dict[str, dict[str, str]] = {}
    try:
        with source.open(encoding="utf-8-sig", newline="") as lines:
            table = csv.DictReader(lines, strict=True)
            names = list(table.fieldnames or [])
            if "file" not in names:
                raise CorpusError(f"{source} has no column 'file'. Its columns may be: {', '.join(COLUMNS)}")
            for row in table:
                name, fields = _checked(row, f"{source}, line {table.line_num}")
                if name in stated:
                    raise CorpusError(f"{source}, line {table.line_num}: {name} is listed twice")
                stated[name] = fields
    except (csv.Error, UnicodeDecodeError) as error:
        raise CorpusError(f"{source} cannot be read as CSV in UTF-8: {error}") from None
    return stated, [name for name in names if name not in COLUMNS]


def _checked(row: dict, where: str) -> tuple[str, dict[str, str]]:
    if None in row:
        raise CorpusError(f"{where} has more fields than there are columns. Put text with a comma in quotes")
    fields = {key: words.strip() for key, words in row.items() if words and words.strip()}
    name = unicodedata.normalize("NFC", fields.pop("file", ""))
    if not name:
        raise CorpusError(f"{where}: no file is named")
    for field, read, expected in (
        ("genre", lambda word: word if word in GENRES else None, f"one of: {', '.join(GENRES)}"),
        ("published", lambda text: value("published", text), "a day like 2026-02-10"),
        ("language", language, "a code like en"),
    ):
        if (words := fields.get(field)) and not (found := read(words)):
            raise CorpusError(f"{where}: {field} {words!r} is not {expected}")
        fields |= {field: found} if words else {}
    return name, fields
