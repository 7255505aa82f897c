"""A folder of saved articles, or a file of many → the tables `files`, `articles`, `fields` and `ledger`.

Every file gets a row in `files`: read, skipped (no article) or failed, with what to do. What `manifest.csv`
states of an article wins over what it states of its file, that over what a table or an export states of an
article, and that over what its text says; `fields` keeps what manifest, file and text say.
"""

import itertools
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers import settings
from helpers.ingestion.copies import families
from helpers.ingestion.document import LEDGER, Document, extract, extract_dumps, whole
from helpers.ingestion.files import READABLE, ending, read
from helpers.ingestion.formats import WHOLE, Item
from helpers.ingestion.manifest import COLUMNS, read_manifest
from helpers.paths import MANIFEST, CorpusError, article_files, attachments, home
from helpers.schemas import SCHEMAS
from helpers.words import token_counts

FIELDS = (*COLUMNS[1:], "title", "authors", "place")
_LONGEST_PAGE = 8_000_000  # characters, pictures aside: a very long live page has one million
_LONGEST_TEXT = 2_000_000  # characters of one article; a long novel has one million
TOGETHER = 64  # articles read at a time, so that lines of many dumps are measured together
_NAMED = 5  # articles named in a message
_OTHER = "Save it as one of these; unpack an archive into the folder"
_INLINED = re.compile(r"data:[\w/+.-]+;base64,[\w+/=%\s]+")


def read_folder(source: Path) -> dict[str, pd.DataFrame]:
    """The tables `files`, `articles`, `fields` and `ledger` of a corpus.

    Parameters
    ----------
    source
        A folder (nested ones too) of files with the endings `files.READABLE`, or one such file that holds
        many articles; with `manifest.csv` and `corpus.yml` in the folder, or beside the file, if wished.

    Raises
    ------
    helpers.paths.CorpusError
        If the manifest or `corpus.yml` cannot be used, or no file can be read.
    """
    from tqdm import tqdm

    plan = listed(source)
    # A short reading shows no bar: outputs of notebooks are the same on every run.
    files = tqdm(article_files(source), unit="file", delay=5, leave=False)
    return gathered(source, plan, read_files(files, source, plan))


class Plan(NamedTuple):
    """What is known of a corpus before its files are read.

    Attributes
    ----------
    manifest
        What `manifest.csv` states, by what it calls an article.
    columns
        What `corpus.yml` calls the columns of a table.
    own
        Columns that the manifest has of its own.
    is_stated
        Whether there is a manifest, so that a file without a row in it is told.
    """

    manifest: dict[str, dict]
    columns: dict[str, str]
    own: list[str]
    is_stated: bool

    def only(self, files: Iterable[str]) -> "Plan":
        """What of it concerns these files (named as in table `files`), for who reads them alone."""
        known = set(files)
        rows = {
            name: row
            for name, row in self.manifest.items()
            if name in known or name.rpartition("#")[0] in known
        }
        return self._replace(manifest=rows)


def listed(source: Path) -> Plan:
    """What a corpus states of its files; errors as for :func:`read_folder`."""
    manifest, own = read_manifest(source)
    own = [name for name in own if name not in FIELDS]
    return Plan(manifest, settings.read(source).columns, own, bool(manifest))


def read_files(files: Iterable[Path], source: Path, plan: Plan) -> dict[str, pd.DataFrame]:
    """The tables of some files of a corpus, without what concerns several: copies, rows of no file.

    As table `found` the articles that the files hold, read or not.

    Parameters
    ----------
    files
        Files of `source`; those whose names differ by the ending alone in one list, as they exclude each
        other.
    """
    tables: dict[str, list] = {"files": [], "articles": [], "fields": [], "ledger": []}
    taken: dict[str, str] = {}
    opened: list[_File] = []
    articles = _articles(files, source, plan, opened, taken)
    while some := list(itertools.islice(articles, TOGETHER)):
        for one, document in zip(some, _documents(some), strict=True):
            try:
                _add(tables, one, document)
            except CorpusError as error:
                one.file.failures[one.article_id] = str(error)
    tables["files"] = [file.row() for file in opened]
    ledger = pd.DataFrame(tables.pop("ledger"), columns=[*LEDGER, "article_id", "file"])
    columns = {name: None if rows else list(SCHEMAS[name].schema.columns) for name, rows in tables.items()}
    frames = {name: pd.DataFrame(rows, columns=columns[name]) for name, rows in tables.items()}
    frames["articles"]["n_words"] = token_counts(frames["articles"].text)
    found = pd.DataFrame(list(taken.items()), columns=["article_id", "file"])
    return frames | {"ledger": ledger, "found": found}


def gathered(source: Path, plan: Plan, tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables of a corpus from those of all its files.

    Raises
    ------
    helpers.paths.CorpusError
        If no file could be read.
    """
    found = tables.pop("found")
    files, articles = tables["files"], tables["articles"]
    known = {*files.file, *map(manifest_key, found.file, found.article_id)}
    files = pd.concat([files, pd.DataFrame(other_rows(source, plan, known), columns=list(files))])
    if articles.empty:
        told = "; ".join(files.message.dropna()) or "it is empty"
        raise CorpusError(f"{source} holds no article that could be read: {told}")
    shared = families(articles.set_index("article_id"))
    return tables | {"files": files, "articles": articles.join(shared, on="article_id")}


def manifest_key(file: str, article_id: str) -> str:
    """What `manifest.csv` calls an article: its file, with `#` and its number if that holds several.

    Examples
    --------
    >>> manifest_key("a/one.txt", "a-one"), manifest_key("export.txt", "export-007")
    ('a/one.txt', 'export.txt#007')
    """
    alone = id_of(file)
    return file if article_id == alone else f"{file}#{article_id.removeprefix(f'{alone}-')}"


@dataclass
class _File:
    """What became of a file: how many articles it brings, which of them are none and why."""

    name: str
    status: str = "failed"
    items: int = 0
    failures: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    unlisted: bool = False

    def row(self) -> dict:
        """Its row in table `files`."""
        count = self.items - len(self.failures)
        notes = self.notes + _failed(self.failures, self.items)
        notes += [f"has no row in {MANIFEST}"] * self.unlisted
        message = f"{self.name} {'; '.join(notes)}" if notes else None
        status = "read" if count else self.status
        return {"file": self.name, "articles": count, "status": status, "message": message}


class _Article(NamedTuple):
    """An article as its file brings it, with what the manifest states of it."""

    file: _File
    article_id: str
    item: Item
    row: dict


def _articles(
    files: Iterable[Path], source: Path, plan: Plan, opened: list[_File], taken: dict[str, str]
) -> Iterator[_Article]:
    """The articles of the files; each file is added to those `opened`, each article to the ids `taken`."""
    manifest, root, folders = plan.manifest, home(source), {}
    named = {*manifest, *(name.rpartition("#")[0] for name in manifest)}
    for path in files:
        file = _File(name_of(path, root))
        opened.append(file)
        try:
            if ending(path) not in READABLE:
                file.status = "skipped"
                raise CorpusError(f"is none of {', '.join(READABLE)}, gzipped or not. {_OTHER}")
            _check_place(path, root, folders)
            items, file.notes = read(path, plan.columns)
        except (CorpusError, OSError) as error:
            file.notes = [getattr(error, "strerror", None) or str(error)]
            continue
        file.items, file.unlisted = len(items), plan.is_stated and file.name not in named
        for item in items:
            article_id = id_of(file.name, item.number)
            if article_id in taken:
                file.failures[article_id] = f"has the same name as {taken[article_id]}. Rename one of them"
                continue
            taken[article_id] = file.name
            row = manifest.get(file.name, {}) | manifest.get(manifest_key(file.name, article_id), {})
            yield _Article(file, article_id, item, row)


def _add(tables: dict[str, list], one: _Article, document: Document | CorpusError) -> None:
    """Add an article to the tables; raises what says that it is none."""
    if isinstance(document, CorpusError):
        raise document
    name, article_id, item, row = one.file.name, one.article_id, one.item, one.row
    tables["ledger"] += [(*line, article_id, name) for line in document.rows()]
    if not document.text:
        raise CorpusError("holds no article text that could be told from menus and notices")
    layers = {"manifest": row, item.basis: item.stated, "text": _in_text(document)}
    names = dict.fromkeys([*FIELDS, *row])  # those of the manifest's own last
    stated: dict = dict.fromkeys(names, (None, None))  # field → its value and who states it first
    for who, told in reversed(layers.items()):
        stated |= {field: (told[field], who) for field in names if told.get(field)}
    tables["articles"].append(_row(name, article_id, document, stated))
    tables["fields"] += [
        {"article_id": article_id, "field": field, "source": who, "value": told[field]}
        | {"in_force": stated[field][1] == who}
        for who, told in layers.items()
        for field in names
        if told.get(field)
    ]


def name_of(file: Path, source: Path) -> str:
    """The file's path in the corpus as it can be written anywhere: one Unicode form, no broken characters."""
    inner = file.relative_to(home(source)).as_posix()
    return unicodedata.normalize("NFC", os.fsencode(inner).decode("utf-8", "replace"))


def _check_place(file: Path, root: Path, folders: dict[Path, bool]) -> None:
    """Refuse what is no file of the folder `root`; `folders` keeps which of those met lie in it."""
    if file.parent not in folders:
        folders[file.parent] = file.parent.resolve().is_relative_to(root.resolve())
    inside = file.resolve().is_relative_to(root.resolve()) if file.is_symlink() else folders[file.parent]
    if not inside:
        raise CorpusError("leads out of the folder. Copy the file itself into it")
    if not file.is_file():
        raise CorpusError("leads to no file. Put the file itself here, or remove this")


def id_of(name: str, number: str | None = None) -> str:
    """The `article_id`: the file's path without its ending, and the article's number within it if it has one.

    In letters, digits, `_`, `-` and `.`; of two files that come to the same the first is read.
    """
    stem = re.sub(r"\.[^./]*(?:\.gz)?$", "", name, flags=re.I)
    return "".join(c if c.isalnum() or c in "_-." else "-" for c in (f"{stem}-{number}" if number else stem))


def _documents(some: list[_Article]) -> list[Document | CorpusError]:
    """What the articles hold, or why one cannot be read; dumps are read together."""
    made: list[Document | CorpusError | None] = []
    for one in some:
        try:
            made.append(_document(one.item, one.row.get("url") or one.item.stated.get("url")))
        except CorpusError as error:
            made.append(error)
    dumps = [n for n, one in enumerate(some) if made[n] is None]
    for n, document in zip(dumps, extract_dumps([some[n].item.content for n in dumps]), strict=True):
        made[n] = document
    return made


def _document(item: Item, url: str | None) -> Document | None:
    """What an article holds; None of a dump."""
    is_page = item.media_type == "text/html"
    content = _INLINED.sub("data:,", item.content) if is_page else item.content
    if (n := len(content)) > (longest := _LONGEST_PAGE if is_page else _LONGEST_TEXT):
        raise CorpusError(f"has {n:,} characters, more than an article has ({longest:,}). Split it")
    if item.media_type == WHOLE:
        return whole(content, item.before, item.after, item.stated.get("title"))
    return extract(content, media_type=item.media_type, url=url) if is_page else None


def _in_text(document: Document) -> dict[str, str | None]:
    told = {field: getattr(document, field) for field in ("outlet", "genre", "title", "published", "place")}
    told |= {"language": document.lang, "authors": "; ".join(document.authors)}
    told["genre"] = None if told["genre"] == "unknown" else told["genre"]
    return told | {"published": told["published"] and told["published"].isoformat(timespec="minutes")}


def _row(name: str, article_id: str, document: Document, stated: dict) -> dict:
    told = {field: value for field, (value, _) in stated.items()}
    bases = {field: getattr(document, f"{field}_basis") for field in ("outlet", "genre", "published")}
    bases |= {field: who for field in bases if (who := stated[field][1]) not in (None, "text")}
    return {
        **{field: told[field] for field in FIELDS if field != "language"},
        **{f"{field}_basis": basis for field, basis in bases.items()},
        "article_id": article_id,
        "file": name,
        "genre": told["genre"] or "unknown",
        "subtitle": document.subtitle,
        "editors": "; ".join(document.editors) or None,
        "published": told["published"] and datetime.fromisoformat(told["published"]),
        "lang": told["language"],
        "credits": "; ".join(document.credits) or None,
        "text": document.text,
    }


def _failed(failures: dict[str, str], of: int) -> list[str]:
    """What became of the articles of a file that are none: the reason of one; of many, which and why."""
    if of == 1:
        return list(failures.values())
    by_reason: dict[str, list[str]] = {}
    for article_id, reason in failures.items():
        by_reason.setdefault(reason, []).append(article_id)
    return [
        f"{len(ids)} of its {of} articles: {', '.join(ids[:_NAMED])}{', …' * (len(ids) > _NAMED)} {reason}"
        for reason, ids in by_reason.items()
    ]


def other_rows(source: Path, plan: Plan, found: set[str]) -> list[dict]:
    """Rows for what is no article: attachments of pages, columns and rows of the manifest."""
    loaded = [f"{name_of(folder, source)}/" for folder in attachments(source)]
    rows = [(name, "skipped", f"{name} holds what the page beside it loads, no article") for name in loaded]
    if plan.own:
        told = f"{MANIFEST} has columns of its own, by which 02 can compare: {', '.join(plan.own)}"
        rows.append((MANIFEST, "noted", told))
    for name in sorted(set(plan.manifest) - found):
        file, _, number = name.rpartition("#")
        if file in found:
            told = f"{MANIFEST} lists {name}, but {file} has no article {number}. Correct or remove the row"
        elif source.is_dir():  # beside a file it may list others
            told = f"{MANIFEST} lists {name}, which is not in the folder. Add it or remove its row"
        else:
            continue
        rows.append((name, "failed", told))
    return [{"file": name, "articles": 0, "status": status, "message": told} for name, status, told in rows]
