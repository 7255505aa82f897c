"""A folder of saved articles → the tables `files`, `articles` and `ledger`.

Every file of the folder gets a row in `files`: read, skipped (not an article) or failed, with what to do.
What `manifest.csv` states about a file wins over what its page says.
"""

import unicodedata
from pathlib import Path

import pandas as pd

from helpers.ingestion.document import Document, extract
from helpers.ingestion.manifest import language, moment, read_manifest
from helpers.paths import MANIFEST, CorpusError, article_files
from helpers.words import tokens

READABLE = {".txt": "text/plain", ".html": "text/html", ".htm": "text/html"}


def read_folder(folder: Path) -> dict[str, pd.DataFrame]:
    """Read every article of a corpus folder.

    Parameters
    ----------
    folder
        Holds the articles (`.txt`, `.html`, `.htm`; nested folders too) and, if wished, `manifest.csv`.

    Returns
    -------
    dict
        The tables `files`, `articles` and `ledger`.

    Raises
    ------
    helpers.paths.CorpusError
        If the manifest cannot be used or no file can be read.
    """
    manifest, unread = read_manifest(folder)
    files, articles, ledgers = [], [], []
    ids: dict[str, str] = {}
    for source in article_files(folder):
        name = unicodedata.normalize("NFC", source.relative_to(folder).as_posix())
        row = {"file": name, "article_id": _article_id(name), "status": "read", "message": None}
        files.append(row)
        if source.suffix.lower() not in READABLE:
            row |= {"article_id": None, "status": "skipped", "message": f"{name} is not a .txt or .html file"}
            continue
        try:
            _check_place(source, folder, row["article_id"], ids)
            stated = manifest.get(name, {})
            document = extract(
                source.read_bytes(), media_type=READABLE[source.suffix.lower()], url=stated.get("url")
            )
            ids[row["article_id"]] = name
            ledgers.append(document.ledger.assign(article_id=row["article_id"]))
            if not document.text:
                raise CorpusError("holds no article text that could be told from menus and notices")
            articles.append(_article(name, row["article_id"], document, stated))
        except (CorpusError, OSError) as error:
            row |= {"status": "failed", "message": f"{name} {getattr(error, 'strerror', None) or error}"}
    if unread:
        message = f"{MANIFEST} has columns that nothing reads: {', '.join(unread)}"
        files.append({"file": MANIFEST, "article_id": None, "status": "noted", "message": message})
    absent = sorted(set(manifest) - {row["file"] for row in files})
    files += [
        {
            "file": name,
            "article_id": None,
            "status": "failed",
            "message": f"{MANIFEST} lists {name}, which is not in the folder. Add it or remove its row",
        }
        for name in absent
    ]
    if not articles:
        told = "; ".join(row["message"] for row in files if row["message"]) or "it is empty"
        raise CorpusError(f"{folder} holds no article that could be read: {told}")
    return {
        "files": pd.DataFrame(files),
        "articles": pd.DataFrame(articles),
        "ledger": pd.concat(ledgers, ignore_index=True),
    }


def _check_place(source: Path, folder: Path, article_id: str, ids: dict[str, str]) -> None:
    if not source.resolve().is_relative_to(folder.resolve()):
        raise CorpusError("leads out of the folder. Copy the file itself into it")
    if article_id in ids:
        raise CorpusError(f"has the same name as {ids[article_id]}. Rename one of them")


def _article_id(name: str) -> str:
    """The file's path without its ending, in letters, digits, `_`, `-` and `.`."""
    stem = name.rsplit(".", 1)[0]
    return "".join(c if c.isalnum() or c in "_-." else "-" for c in stem)


def _article(name: str, article_id: str, document: Document, stated: dict[str, str]) -> dict:
    return {
        "article_id": article_id,
        "file": name,
        "outlet": stated.get("outlet") or document.outlet,
        "outlet_basis": "manifest" if "outlet" in stated else document.outlet_basis,
        "genre": stated.get("genre") or document.genre,
        "genre_basis": "manifest" if "genre" in stated else document.genre_basis,
        "title": document.title,
        "subtitle": document.subtitle,
        "authors": "; ".join(document.authors) or None,
        "editors": "; ".join(document.editors) or None,
        "published": moment(stated["published"]) if "published" in stated else document.published,
        "published_basis": "manifest" if "published" in stated else document.published_basis,
        "lang": language(stated.get("language")) or document.lang,
        "country": stated.get("country"),
        "url": stated.get("url"),
        "archive_url": stated.get("archive_url"),
        "retrieved": stated.get("retrieved"),
        "place": document.place,
        "credits": "; ".join(document.credits) or None,
        "note": stated.get("note"),
        "text": document.text,
        "n_words": len(tokens(document.text)),
    }
