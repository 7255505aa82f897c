"""`manifest.csv`: what the makers of a corpus know of each file."""

import csv
import re
import unicodedata
from datetime import datetime
from pathlib import Path

from helpers.paths import MANIFEST, CorpusError, own_file
from helpers.tables import GENRES

COLUMNS = (
    "file", "outlet", "genre", "country", "language", "url", "archive_url", "retrieved", "published", "note",
)  # fmt: skip
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?)(?:Z|[+-]\d\d:?\d\d)?")
_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z]{2,4})?")


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


def moment(text: str | None) -> datetime | None:
    """A day or a time of day as it is written in a manifest; an offset from UTC is left aside.

    Examples
    --------
    >>> moment("2026-02-11T22:25+04:00"), moment("2026-02")
    (datetime.datetime(2026, 2, 11, 22, 25), None)
    """
    found = _MOMENT.fullmatch(text or "")
    try:
        return datetime.fromisoformat(found[1]) if found else None
    except ValueError:  # no such day
        return None


def language(text: str | None) -> str | None:
    """The two-letter code in "en", "EN" or "en-GB"; None where there is none."""
    found = _LANGUAGE.fullmatch(text or "")
    return found[1].lower() if found else None


def _checked(row: dict, where: str) -> tuple[str, dict[str, str]]:
    if None in row:
        raise CorpusError(f"{where} has more fields than there are columns. Put text with a comma in quotes")
    fields = {key: value.strip() for key, value in row.items() if value and value.strip()}
    name = unicodedata.normalize("NFC", fields.pop("file", ""))
    if not name:
        raise CorpusError(f"{where}: no file is named")
    if fields.get("genre", "unknown") not in GENRES:
        raise CorpusError(f"{where}: genre {fields['genre']!r} is not one of: {', '.join(GENRES)}")
    if "published" in fields and moment(fields["published"]) is None:
        raise CorpusError(f"{where}: published {fields['published']!r} is not a day like 2026-02-10")
    if "language" in fields and language(fields["language"]) is None:
        raise CorpusError(f"{where}: language {fields['language']!r} is not a code like en")
    return name, fields
