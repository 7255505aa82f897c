"""Tables of articles (.csv, .tsv, .xlsx, .json, .jsonl, .parquet), a row an article → their items.

Columns are known by their names (`fields.tsv`) or by what `corpus.yml` says. The text column is taken for the
article itself, as scrapers and databases fill it; a cell that holds a page, or that reads like a copied one
(a good part of its lines end in no sentence), goes through the same rules as a file.
"""

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from helpers.ingestion import blocks
from helpers.ingestion.formats import LARGEST, WHOLE, Item, clean, paragraphs, told
from helpers.ingestion.lines import ends
from helpers.ingestion.office import checked_zip
from helpers.ingestion.stated import meanings, value
from helpers.paths import CorpusError

ENDINGS = (".csv", ".tsv", ".xlsx", ".json", ".jsonl", ".ndjson", ".parquet")

_Row = dict[str, str]
_Said = dict[str, list[str]]  # what is told of rows → which ones
_PAGE = re.compile(r"<(?:!doctype html|html|body)\b", re.I)
_MARKUP = re.compile(r"</[a-z]\w*>|<(?:p|br)\b[^>]*>", re.I)
_CUT = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+?(?P<n>[\d,]+) chars\]\s*$")
_MENU = 5  # lines without a sentence's end that make a text look copied, if they are a third of it
_DEPTH = 4  # levels of JSON above the list of articles
_NAME = 60  # characters: a longer id is numbered instead
_NAMED = 5  # rows named in a message
_LONG = "has more fields than columns in line {named}, which is left out: put text in quotes"


def items(raw: bytes, ending: str, columns: dict[str, str]) -> tuple[list[Item], list[str]]:
    """The articles of a table, and what people should know of its reading: a row without text is named.

    `ending` is one of `ENDINGS`; `columns` is what `corpus.yml` says: field → name of its column.

    Raises
    ------
    CorpusError
        If the file cannot be read, or has no column that holds text.
    """
    said: _Said = defaultdict(list)
    rows, notes = _rows(raw, ending, said)
    names = dict.fromkeys(name for row in rows for name in row)
    filled = {name for row in rows for name, words in row.items() if words}
    found = _columns([name for name in names if name in filled], columns)
    if rows and "text" not in found:
        listed = f"has no column of texts. Its columns: {', '.join(list(names)[:30])}"
        raise CorpusError(f"{listed}. Name it in corpus.yml (columns: {{text: NAME}})")
    known = set(map(_folded, names))
    lost = {field: name for field, name in columns.items() if _folded(name) not in known}
    notes += [f"has no column {name!r}, which corpus.yml gives for {field}" for field, name in lost.items()]
    if unread := [name for name in names if name in filled - set(found.values())]:
        notes.append(f"has columns that nothing reads: {', '.join(unread)}")
    alone = len(rows) == 1 and ending == ".json"
    numbers = ["1"] if alone else _numbers([row.get(found.get("id", ""), "") for row in rows])
    read = [_item(row, found, number, said) for row, number in zip(rows, numbers, strict=True)]
    for message, places in said.items():
        named = ", ".join(places[:_NAMED]) + ", …" * (len(places) > _NAMED)
        counted = f"{len(places)} row{'s' * (len(places) > 1)} ({named})"
        notes.append(message.format(named=named, rows=counted))
    if not rows:
        raise CorpusError("; ".join([*notes, "has no rows. Export it again"]))
    return [replace(item, number=None) if alone else item for item in read if item], notes


def _columns(names: list[str], given: dict[str, str]) -> dict[str, str]:
    """Field → column: by corpus.yml, then by known names in their order."""
    folded = {_folded(name): name for name in reversed(names)}
    found: dict[str, str] = {}
    known = [(field, alias) for alias, field in meanings("column").items()]
    for field, alias in [*given.items(), *known]:
        name = folded.get(_folded(alias))
        if name and field not in found and name not in found.values():
            found[field] = name
    return found


def _folded(name: str) -> str:
    return "".join(re.findall(r"[^\W_]", name)).casefold()


def _numbers(ids: list[str]) -> list[str]:
    """What tells the rows apart: their ids, if they can and are short, else their number."""
    named = [re.sub(r"[^\w.-]+", "-", one).strip("-") for one in ids]
    if all(named) and len(set(named)) == len(named) and max(map(len, named), default=0) <= _NAME:
        return named
    return [f"{number:03d}" for number in range(1, len(ids) + 1)]


def _item(row: _Row, found: dict[str, str], number: str, said: _Said) -> Item | None:
    text = row.get(found["text"], "").strip()
    if not text:
        said["has no text in {rows}"].append(number)
        return None
    told = {field: row.get(name, "") for field, name in found.items() if field not in ("text", "id")}
    stated = {field: read for field, words in told.items() if (read := value(field, words))}
    if told.get("published") and "published" not in stated:
        said["has a date that may be no day or two in {rows}. Write it like 2021-05-03"].append(number)
    if _PAGE.search(text[:2000]):
        return Item(text, "text/html", stated, number, basis="table")
    if _MARKUP.search(text) and (tree := blocks.parse(text)[0]) is not None:
        text = clean("\n".join(block.text for block in blocks.cut(tree)[0]))
    if cut := _CUT.search(text):
        text = text[: cut.start()] + " …"
        stated["note"] = f"cut off by its database: {cut['n']} characters are missing"
        said["is cut off by its database in {rows}"].append(number)
    lines = paragraphs(text)
    loose = sum(not ends(line) for line in lines)
    copied = loose >= _MENU and loose > len(lines) / 3
    return Item("\n\n".join(lines), "text/plain" if copied else WHOLE, stated, number, basis="table")


def _rows(raw: bytes, ending: str, said: _Said) -> tuple[list[_Row], list[str]]:
    if ending == ".xlsx":
        return _sheet(raw)
    if ending == ".parquet":
        from pyarrow import parquet

        return [_flat(row) for row in parquet.read_table(io.BytesIO(raw)).to_pylist()], []
    text, notes = told(raw)
    return (_lines if ending in (".csv", ".tsv") else _objects)(text, said), notes


def _lines(text: str, said: _Said) -> list[_Row]:
    head = text.partition("\n")[0]
    sign = max(",;\t|", key=head.count)
    csv.field_size_limit(LARGEST)  # for all of Python: csv allows 128 kB, and an article may be longer
    table = csv.DictReader(io.StringIO(text), delimiter=sign, strict=True, restval="")
    rows = []
    try:
        for row in table:
            if None in row:
                said[_LONG].append(str(table.line_num))
            else:
                rows.append(row)
    except csv.Error as error:
        raise CorpusError(f"is no table in line {table.line_num}: {error}. Export it again") from None
    return rows


def _sheet(raw: bytes) -> tuple[list[_Row], list[str]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(checked_zip(raw)), read_only=True, data_only=True, keep_links=False)
    first, *others = book.worksheets
    first.reset_dimensions()  # some programs write wrong ones
    lines = ([_cell(cell) for cell in line] for line in first.iter_rows(values_only=True))
    names, *filled = [line for line in lines if any(line)] or [[]]
    rows = [{name: cell for name, cell in zip(names, line, strict=False) if name} for line in filled]
    unread = ", ".join(repr(sheet.title) for sheet in others)
    return rows, [f"has sheets that nothing reads: {unread}"] if unread else []


def _objects(text: str, said: _Said) -> list[_Row]:
    """The articles of a JSON file, or of one with an object a line."""
    try:
        return list(map(_flat, _listed(json.loads(text))))
    except RecursionError:
        raise CorpusError("is nested too deeply to be a table. Export it again") from None
    except json.JSONDecodeError as error:
        rows = []
        for number, line in enumerate(filter(str.strip, text.splitlines()), 1):
            try:
                rows.append(_flat(json.loads(line)))
            except (json.JSONDecodeError, AttributeError, RecursionError):  # or no object
                said["has no JSON in {rows}"].append(f"{number:03d}")
        if not rows:
            raise CorpusError(f"is no JSON: {error}. Export it again") from None
        return rows


def _listed(tree: object) -> list[dict]:
    """The articles of a tree: itself if it has a text, else the first list of objects not inside another."""
    level = [tree]
    for _ in range(_DEPTH):
        for one in level:
            if isinstance(one, dict) and "text" in _columns(list(one), {}):
                return [one]
            if isinstance(one, list) and (objects := [part for part in one if isinstance(part, dict)]):
                return objects
        level = [part for one in level if isinstance(one, dict) for part in one.values()]
    return [tree] if isinstance(tree, dict) else []


def _flat(row: dict, before: str = "") -> _Row:
    """A row of texts; an object in a cell becomes columns: {"source": {"name": …}} is `source.name`."""
    flat: _Row = {}
    for name, cell in row.items():
        inner = isinstance(cell, dict)
        flat |= _flat(cell, f"{before}{name}.") if inner else {f"{before}{name}": _cell(cell)}
    return flat


def _cell(cell: object) -> str:
    if cell is None or cell != cell:  # NaN
        return ""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, Iterable) and not isinstance(cell, bytes):
        return "; ".join(filter(None, map(_cell, cell)))
    return str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)
