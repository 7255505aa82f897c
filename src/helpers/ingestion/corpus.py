"""A folder of saved articles, or a file of many → the tables `files`, `articles`, `fields` and `ledger`.

Every file gets a row in `files`: read, skipped (no article) or failed, with what to do. What `manifest.csv`
states of a file wins over what a table or an export states of an article, and that over what its text says;
`fields` keeps all three.
"""

import os
import re
import unicodedata
from datetime import datetime
from pathlib import Path

import pandas as pd

from helpers import settings
from helpers.ingestion.document import Document, extract, whole
from helpers.ingestion.files import READABLE, ending, read
from helpers.ingestion.formats import WHOLE, Item
from helpers.ingestion.manifest import read_manifest
from helpers.paths import MANIFEST, CorpusError, article_files, attachments, home
from helpers.words import tokens

FIELDS = (
    "outlet", "genre", "title", "authors", "published", "language", "country", "url", "archive_url",
    "retrieved", "place", "note",
)  # fmt: skip
_LONGEST = {"text/html": 8_000_000}  # characters, pictures aside: a very long live page has one million
_LONGEST_TEXT = 2_000_000  # characters of one article; a long novel has one million
_NAMED = 5  # articles named in a message
_INLINED = re.compile(r"data:[\w/+.-]+;base64,[\w+/=%\s]+")

_Layers = list[tuple[str, dict[str, str]]]  # who states it → field → value; the first that states one wins


def read_folder(source: Path) -> dict[str, pd.DataFrame]:
    """Read every article of a corpus.

    Parameters
    ----------
    source
        A folder (nested ones too) of files with the endings `files.READABLE`, or one such file that holds
        many articles; with `manifest.csv` and `corpus.yml` in the folder, or beside the file, if wished.

    Returns
    -------
    dict
        The tables `files`, `articles`, `fields` and `ledger`.

    Raises
    ------
    helpers.paths.CorpusError
        If the manifest or `corpus.yml` cannot be used, or no file can be read.
    """
    from tqdm import tqdm

    manifest, unread = read_manifest(source)
    columns = settings.read(source).columns
    files, articles, fields, ledgers = [], [], [], []
    taken: dict[str, str] = {}
    # A short reading shows no bar: outputs of notebooks are the same on every run.
    for file in tqdm(article_files(source), unit="file", delay=5, leave=False):
        name = _name(file, source)
        row = {"file": name, "articles": 0, "status": "read", "message": None}
        files.append(row)
        if ending(file) not in READABLE:
            row |= {
                "status": "skipped",
                "message": f"{name} is none of {', '.join(READABLE)}, gzipped or not",
            }
            continue
        try:
            _check_place(file, source)
            items, notes = read(file, columns)
        except (CorpusError, OSError) as error:
            row |= {"status": "failed", "message": f"{name} {getattr(error, 'strerror', None) or error}"}
            continue
        failures = {}
        for item in items:
            article_id = _article_id(name, item.number)
            try:
                if article_id in taken:
                    raise CorpusError(f"has the same name as {taken[article_id]}. Rename one of them")
                taken[article_id] = name
                layers = [("manifest", manifest.get(name, {})), (item.basis, item.stated)]
                document = _document(item, _stated(layers, "url")[0])
                ledgers.append(document.ledger.assign(article_id=article_id, file=name))
                if not document.text:
                    raise CorpusError("holds no article text that could be told from menus and notices")
            except CorpusError as error:
                failures[article_id] = str(error)
                continue
            layers.append(("text", _in_text(document)))
            fields += _fields(article_id, layers)
            articles.append(_article(name, article_id, document, layers))
        row["articles"] = len(items) - len(failures)
        notes += _failed(failures, len(items))
        notes += [f"has no row in {MANIFEST}"] if manifest and name not in manifest else []
        row["status"] = "read" if row["articles"] else "failed"
        row["message"] = f"{name} {'; '.join(notes)}" if notes else None
    files += _other_rows(source, manifest, unread, {row["file"] for row in files})
    if not articles:
        told = "; ".join(row["message"] for row in files if row["message"]) or "it is empty"
        raise CorpusError(f"{source} holds no article that could be read: {told}")
    return {
        "files": pd.DataFrame(files),
        "articles": pd.DataFrame(articles),
        "fields": pd.DataFrame(fields),
        "ledger": pd.concat(ledgers, ignore_index=True),
    }


def _name(file: Path, source: Path) -> str:
    """The file's path in the corpus as it can be written anywhere: one Unicode form, no broken characters."""
    inner = file.relative_to(home(source)).as_posix()
    return unicodedata.normalize("NFC", os.fsencode(inner).decode("utf-8", "replace"))


def _check_place(file: Path, source: Path) -> None:
    if not file.resolve().is_relative_to(home(source).resolve()):
        raise CorpusError("leads out of the folder. Copy the file itself into it")
    if not file.is_file():
        raise CorpusError("leads to no file. Put the file itself here, or remove this")


def _article_id(name: str, number: str | None) -> str:
    """The file's path without its ending, and its number within it, in letters, digits, `_`, `-` and `.`."""
    stem = re.sub(r"\.[^./]*(?:\.gz)?$", "", name, flags=re.I)
    return "".join(c if c.isalnum() or c in "_-." else "-" for c in (f"{stem}-{number}" if number else stem))


def _document(item: Item, url: str | None) -> Document:
    content = _INLINED.sub("data:,", item.content) if item.media_type == "text/html" else item.content
    longest = _LONGEST.get(item.media_type, _LONGEST_TEXT)
    if len(content) > longest:
        raise CorpusError(
            f"has {len(content):,} characters, more than an article has ({longest:,}). Split it"
        )
    if item.media_type == WHOLE:
        return whole(content, item.before, item.after, item.stated.get("title"))
    return extract(content, media_type=item.media_type, url=url)


def _in_text(document: Document) -> dict[str, str]:
    told = {
        "outlet": document.outlet,
        "genre": document.genre if document.genre != "unknown" else None,
        "title": document.title,
        "authors": "; ".join(document.authors),
        "published": document.published and document.published.isoformat(timespec="minutes"),
        "language": document.lang,
        "place": document.place,
    }
    return {field: words for field, words in told.items() if words}


def _stated(layers: _Layers, field: str) -> tuple[str | None, str | None]:
    """The value in force, and who states it."""
    return next(((told[field], who) for who, told in layers if told.get(field)), (None, None))


def _fields(article_id: str, layers: _Layers) -> list[dict]:
    return [
        {
            "article_id": article_id,
            "field": field,
            "source": who,
            "value": told[field],
            "in_force": _stated(layers, field)[1] == who,
        }
        for field in FIELDS
        for who, told in layers
        if told.get(field)
    ]


def _article(name: str, article_id: str, document: Document, layers: _Layers) -> dict:
    told = {field: _stated(layers, field) for field in FIELDS}

    def basis(field: str, found: str) -> str:
        return told[field][1] if told[field][1] not in (None, "text") else found

    return {
        "article_id": article_id,
        "file": name,
        "outlet": told["outlet"][0],
        "outlet_basis": basis("outlet", document.outlet_basis),
        "genre": told["genre"][0] or document.genre,
        "genre_basis": basis("genre", document.genre_basis),
        "title": told["title"][0],
        "subtitle": document.subtitle,
        "authors": told["authors"][0],
        "editors": "; ".join(document.editors) or None,
        "published": told["published"][0] and datetime.fromisoformat(told["published"][0]),
        "published_basis": basis("published", document.published_basis),
        "lang": told["language"][0],
        **{
            field: told[field][0] for field in ("country", "url", "archive_url", "retrieved", "place", "note")
        },
        "credits": "; ".join(document.credits) or None,
        "text": document.text,
        "n_words": len(tokens(document.text)),
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


def _other_rows(source: Path, manifest: dict, unread: list[str], found: set[str]) -> list[dict]:
    """Rows for what is no article: attachments of pages, columns and rows of the manifest."""
    rows = []
    for folder in attachments(source):
        name = f"{_name(folder, source)}/"
        rows.append((name, "skipped", f"{name} holds what the page beside it loads, no article"))
    if unread:
        rows.append((MANIFEST, "noted", f"{MANIFEST} has columns that nothing reads: {', '.join(unread)}"))
    if source.is_dir():  # beside a single file the manifest may speak of others
        for name in sorted(set(manifest) - found):
            told = f"{MANIFEST} lists {name}, which is not in the folder. Add it or remove its row"
            rows.append((name, "failed", told))
    return [{"file": name, "articles": 0, "status": status, "message": told} for name, status, told in rows]
