"""Tables of articles (.csv, .tsv, .xlsx, .json, .jsonl, .parquet), a row an article → their items.

Columns are known by their names (`fields.tsv`) or by what `corpus.yml` says. The text column is taken for the
article itself, as scrapers and databases fill it; a cell that holds a page, or that reads like a copied one
(a good part of its lines end in no sentence), goes through the same rules as a file.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from helpers.ingestion.formats import WHOLE, Item, clean, paragraphs, told
from helpers.ingestion.office import checked_zip
from helpers.ingestion.stated import meanings, value
from helpers.paths import CorpusError

ENDINGS = (".csv", ".tsv", ".xlsx", ".json", ".jsonl", ".ndjson", ".parquet")
FIELDS = tuple(dict.fromkeys(meanings("column").values()))

_Row = dict[str, str]
_PAGE = re.compile(r"<(?:!doctype html|html|body)\b", re.I)
_MARKUP = re.compile(r"</(?:p|div|h\d|li|ul|ol|blockquote|span|a|b|i|strong|em)>|<(?:p|br)\b[^>]*>", re.I)
_BREAK = re.compile(r"(?=</?(?:p|br|div|h\d|li|ul|ol|blockquote|table|tr|figure|figcaption)\b)", re.I)
_CUT = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+?(?P<n>[\d,]+) chars\]\s*$")
_SENTENCE = re.compile(r"[.!?…:]['\"”’»)\]]*$")
_MENU = 5  # lines without a sentence's end that make a text look copied, if they are a third of it
_DEPTH = 4  # levels of JSON above the list of articles
_NAME = 60  # characters: a longer id is numbered instead
_NAMED = 5  # rows named in a message


def items(raw: bytes, ending: str, columns: dict[str, str]) -> tuple[list[Item], list[str]]:
    """The articles of a table.

    Parameters
    ----------
    raw
        The file.
    ending
        One of `ENDINGS`.
    columns
        What `corpus.yml` says: field → name of its column.

    Returns
    -------
    items, notes
        A row without text is no item and is named in the notes.

    Raises
    ------
    CorpusError
        If the file cannot be read, or has no column that holds text.
    """
    rows, notes = _rows(raw, ending)
    if not rows:
        raise CorpusError("has no rows. Export it again")
    names = list(dict.fromkeys(name for row in rows for name in row))
    found, absent = _columns(rows, names, columns)
    if "text" not in found:
        listed = ", ".join(names[:30])
        raise CorpusError(
            f"has no column of texts. Its columns: {listed}. Name it in corpus.yml (columns: {{text: NAME}})"
        )
    notes += [f"has no column {name!r}, which corpus.yml gives for {field}" for field, name in absent.items()]
    filled = {name for row in rows for name, words in row.items() if words}
    if unread := [name for name in names if name in filled - set(found.values())]:
        notes.append(f"has columns that nothing reads: {', '.join(unread)}")
    numbers = _numbers([row.get(found.get("id", ""), "") for row in rows])
    listed = [_item(row, found, number) for row, number in zip(rows, numbers, strict=True)]
    if len(listed) == 1 and ending == ".json" and listed[0]:
        listed = [replace(listed[0], number=None)]
    notes += _told("has no text in {}", [n for n, item in zip(numbers, listed, strict=True) if not item])
    read = [item for item in listed if item]
    cut = [item.number or "1" for item in read if "cut off" in item.stated.get("note", "")]
    notes += _told("is cut off by its database in {}", cut)
    return read, notes


def _told(message: str, numbers: list[str]) -> list[str]:
    if not numbers:
        return []
    named = ", ".join(numbers[:_NAMED]) + ", …" * (len(numbers) > _NAMED)
    return [message.format(f"{len(numbers)} row{'s' * (len(numbers) > 1)} ({named})")]


def _columns(rows: list[_Row], names: list[str], columns: dict[str, str]) -> tuple[dict, dict]:
    """Field → column: by corpus.yml, then by known names in their order; and what of corpus.yml is absent."""
    folded = {_folded(name): name for name in reversed(names)}
    given = {field: folded.get(_folded(name)) for field, name in columns.items()}
    found = {field: name for field, name in given.items() if name}
    for alias, field in meanings("column").items():
        name = folded.get(_folded(alias))
        if name and field not in found and name not in found.values() and any(row.get(name) for row in rows):
            found[field] = name
    return found, {field: columns[field] for field, name in given.items() if not name}


def _folded(name: str) -> str:
    return "".join(re.findall(r"[^\W_]", name)).casefold()


def _numbers(ids: list[str]) -> list[str]:
    """What tells the rows apart: their ids, if they can and are short, else their number."""
    named = [re.sub(r"[^\w.-]+", "-", one).strip("-") for one in ids]
    if all(named) and len(set(named)) == len(named) and max(map(len, named)) <= _NAME:
        return named
    return [f"{number:03d}" for number in range(1, len(ids) + 1)]


def _item(row: _Row, found: dict[str, str], number: str) -> Item | None:
    text = row.get(found["text"], "").strip()
    if not text:
        return None
    told = {field: row.get(name, "") for field, name in found.items() if field not in ("text", "id")}
    stated = {field: read for field, words in told.items() if (read := value(field, words))}
    if _PAGE.search(text[:2000]):
        return Item(text, "text/html", stated, number, basis="table")
    if _MARKUP.search(text):
        text = _plain(text)
    if cut := _CUT.search(text):
        text = text[: cut.start()] + " …"
        stated["note"] = f"cut off by its database: {cut['n']} characters are missing"
    lines = paragraphs(text)
    loose = sum(not _SENTENCE.search(line) for line in lines)
    copied = loose >= _MENU and loose > len(lines) / 3
    return Item("\n\n".join(lines), "text/plain" if copied else WHOLE, stated, number, basis="table")


def _plain(markup: str) -> str:
    """The text of a piece of HTML, a block a line."""
    from lxml import etree, html

    try:
        tree = html.fragment_fromstring(_BREAK.sub("\n", " ".join(markup.split())), create_parent="div")
    except (etree.ParserError, ValueError):
        return markup
    etree.strip_elements(tree, etree.Comment, "script", "style", with_tail=False)
    return clean(tree.text_content())


def _rows(raw: bytes, ending: str) -> tuple[list[_Row], list[str]]:
    if ending == ".xlsx":
        return _sheet(raw)
    if ending == ".parquet":
        return [_flat(row) for row in _parquet(raw)], []
    text, notes = told(raw)
    if ending in (".csv", ".tsv"):
        return list(_lines(text)), notes
    objects, more = _objects(text)
    return [_flat(one) for one in objects], notes + more


def _lines(text: str) -> Iterator[_Row]:
    head = text[: text.find("\n")] if "\n" in text else text
    sign = max(",;\t|", key=head.count)
    csv.field_size_limit(len(text) + 1)  # an article may be longer than the 128 kB that csv allows by itself
    table = csv.DictReader(io.StringIO(text), delimiter=sign, strict=True)
    try:
        for row in table:
            if None in row:
                raise CorpusError(
                    f"has more fields than columns in line {table.line_num}. Put text with {sign!r} in quotes"
                )
            yield {name: words or "" for name, words in row.items()}
    except csv.Error as error:
        raise CorpusError(f"is no table in line {table.line_num}: {error}. Export it again") from None


def _sheet(raw: bytes) -> tuple[list[_Row], list[str]]:
    import openpyxl

    book = openpyxl.load_workbook(
        io.BytesIO(checked_zip(raw)), read_only=True, data_only=True, keep_links=False
    )
    first, *others = book.worksheets
    first.reset_dimensions()  # some programs write wrong ones
    lines = ([_cell(cell) for cell in line] for line in first.iter_rows(values_only=True))
    filled = (line for line in lines if any(line))
    names = next(filled, [])
    rows = [{name: cell for name, cell in zip(names, line, strict=False) if name} for line in filled]
    unread = ", ".join(repr(sheet.title) for sheet in others)
    return rows, [f"has sheets that nothing reads: {unread}"] if unread else []


def _parquet(raw: bytes) -> list[dict]:
    from pyarrow import parquet

    return parquet.read_table(io.BytesIO(raw)).to_pylist()


def _objects(text: str) -> tuple[list[dict], list[str]]:
    """The articles of a JSON file, or of one with an object a line."""
    try:
        return _listed(json.loads(text)), []
    except RecursionError:
        raise CorpusError("is nested too deeply to be a table. Export it again") from None
    except json.JSONDecodeError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        objects, bad = [], []
        for number, line in enumerate(lines, 1):
            try:
                objects += _listed(json.loads(line))
            except (json.JSONDecodeError, RecursionError):
                bad.append(f"{number:03d}")
        if not objects:
            raise CorpusError(f"is no JSON: {error}. Export it again") from None
        return objects, _told("has no JSON in {}", bad)


def _listed(tree: object) -> list[dict]:
    """The first list of objects that is not inside another one; without one, the object itself."""
    level = [tree]
    for _ in range(_DEPTH):
        for one in level:
            if isinstance(one, list) and (objects := [part for part in one if isinstance(part, dict)]):
                return objects
        level = [part for one in level if isinstance(one, dict) for part in one.values()]
    return [tree] if isinstance(tree, dict) else []


def _flat(row: dict, before: str = "") -> _Row:
    """A row of texts; an object in a cell becomes columns: {"source": {"name": …}} is `source.name`."""
    flat: _Row = {}
    for name, cell in row.items():
        if isinstance(cell, dict):
            flat |= _flat(cell, f"{before}{name}.")
        else:
            flat[f"{before}{name}"] = _cell(cell)
    return flat


def _cell(cell: object) -> str:
    if cell is None or cell != cell:  # NaN
        return ""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, Iterable) and not isinstance(cell, bytes):
        return "; ".join(filter(None, map(_cell, cell)))
    return str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)
