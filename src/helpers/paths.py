"""Where things lie: the project's folders, and which articles a corpus name stands for.

A corpus goes by one name everywhere: its tables lie in `data/interim/<name>`, its reports in
`reports/<name>`. It is a folder of articles or one file of many. The name is that of the folder or the file
unless the user gives another, and it belongs to one of them: `claim` remembers it and refuses a second one of
the same name.
"""

import json
import os
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath


class CorpusError(ValueError):
    """Something in a corpus cannot be used; the message says where, what, and what to do."""


ROOT = Path(os.environ.get("PARALLAX_HOME") or Path(__file__).parents[2]).resolve()
NOTEBOOKS = ROOT / "notebooks"
DATA = ROOT / "data"
INTERIM = DATA / "interim"
REPORTS = ROOT / "reports"

_NAME = re.compile(r"[\w][\w.-]*")
_CLAIM = "corpus.json"

MANIFEST, CODEBOOK, SETTINGS = "manifest.csv", "codebook.yml", "corpus.yml"
SUGGESTED, LABELS = "codebook.suggested.yml", "labels.csv"
SAMPLE, TONE_SAMPLE = "labels.sample.csv", "labels.tone.sample.csv"
_OWN = {MANIFEST, CODEBOOK, SETTINGS, SUGGESTED, LABELS, SAMPLE, TONE_SAMPLE}
_READMES = {"README", "README.md", "README.txt"}
_PAGES = (".html", ".htm", ".mhtml", ".mht", ".html.gz", ".htm.gz")


def interim(corpus: str) -> Path:
    """The folder of a corpus's tables and executed notebooks.

    Raises
    ------
    CorpusError
        If the name holds anything but letters, digits, `_`, `-` and `.`, or starts with `.` or `-`: not every
        system has such folders.
    """
    if not _NAME.fullmatch(corpus):
        what = f"{corpus!r} cannot name a corpus: letters, digits, '_', '-' and '.' only"
        raise CorpusError(f"{what}. Choose another name (of a report: --name NAME)")
    return INTERIM / corpus


def folder(corpus: str) -> Path:
    """The articles behind a corpus name: the folder or file that claimed it, else `data/<name>`.

    Raises
    ------
    CorpusError
        If none is known by that name.
    """
    for candidate in (_claimed(corpus), DATA / corpus):
        if candidate is not None and candidate.exists():
            return candidate
    raise CorpusError(f"No corpus is called {corpus!r}. Start one with: python -m helpers report FOLDER")


def claim(source: Path, name: str | None = None) -> str:
    """Give a folder of articles, or a file that holds many, its corpus name, remember and return it.

    By default the name is the folder's own, or the file's without its ending.

    Raises
    ------
    CorpusError
        If there is no such folder or file, the name is unusable, or it belongs to another.
    """
    source = source.resolve()
    if not (source.is_dir() or source.is_file()):
        known = sorted(f"data/{one.name}" for one in DATA.glob("[!.]*") if one.is_dir() and one != INTERIM)
        told = f". Known here: {', '.join(known)}" if known else ""
        raise CorpusError(f"{source} does not exist. Give a folder of articles, or a table of them{told}")
    name = name or (source.name if source.is_dir() else Path(source.name.removesuffix(".gz")).stem)
    check_free(name, source, f"Give {source} a name of its own with --name NAME")
    record = interim(name) / _CLAIM
    record.parent.mkdir(parents=True, exist_ok=True)
    record.write_text(json.dumps({"folder": str(source)}) + "\n", encoding="utf-8")
    return name


def check_free(name: str, source: Path, remedy: str) -> None:
    """Refuse a name that is unusable, or belongs to a corpus that is there and is not `source`.

    Raises
    ------
    CorpusError
        With `remedy`, which says what to do about a name that belongs to another.
    """
    owner = _claimed(name) or (DATA / name if (DATA / name).is_dir() else source)
    if owner.resolve() != source and owner.exists():
        raise CorpusError(f"The corpus name {name!r} already belongs to {owner}. {remedy}")


def own_file(source: Path, name: str) -> Path:
    """Where a corpus keeps its manifest, codebook or settings: in its folder, or beside its file."""
    return home(source) / name


def own_files(source: Path) -> list[Path]:
    """The manifest, codebook and the like that a corpus has, sorted; of a folder its README as well."""
    names = _OWN | (_READMES if source.is_dir() else set())
    return [file for file in (own_file(source, name) for name in sorted(names)) if file.is_file()]


def home(source: Path) -> Path:
    """The folder that names of a corpus's files start from."""
    return source if source.is_dir() else source.parent


def article_files(source: Path) -> list[Path]:
    """The files of a corpus that may be articles, sorted by their path; a link counts as a file.

    Which ones is told by their names: see :func:`article_names`.
    """
    if not source.is_dir():
        return [source]
    files = (file for file in source.rglob("*") if file.is_symlink() or not file.is_dir())
    return [source / name for name in article_names(file.relative_to(source).as_posix() for file in files)]


def article_names(names: Iterable[str]) -> list[str]:
    """Of the files below a folder those that may be articles, sorted.

    Hidden files, what a saved page loads (`attachments`), and the corpus's own files (manifest, codebook,
    README) are none.

    Examples
    --------
    >>> article_names(["b/a.html", "b/a_files/logo.txt", "manifest.csv", ".hidden", "c_files/c.txt"])
    ['b/a.html', 'c_files/c.txt']
    """
    names = set(names)

    def is_candidate(name: str) -> bool:
        inner = PurePosixPath(name)
        folders = [folder.as_posix() for folder in inner.parents if folder.name.endswith("_files")]
        attached = any(
            f"{folder.removesuffix('_files')}{page}" in names for folder in folders for page in _PAGES
        )
        own = len(inner.parts) == 1 and name in _OWN | _READMES
        return not (attached or own or any(part.startswith(".") for part in inner.parts))

    return sorted(filter(is_candidate, names))


def attachments(source: Path) -> list[Path]:
    """The `X_files` folders that browsers save beside `X.html`, sorted."""
    if not source.is_dir():
        return []

    def has_page(folder: Path) -> bool:
        stem = folder.name.removesuffix("_files")
        return folder.is_dir() and any(folder.with_name(stem + page).is_file() for page in _PAGES)

    return sorted(filter(has_page, source.rglob("*_files")))


def check_apart(source: Path, out: Path) -> None:
    """Refuse a report inside its corpus, a corpus inside a report, and a corpus among the project's results.

    Raises
    ------
    CorpusError
        If one would be read or written as a part of the other.
    """
    for inner, outer in ((out, source), (source, out), (source, INTERIM), (source, REPORTS)):
        if inner.resolve().is_relative_to(outer.resolve()):
            what = f"{inner} lies in {outer}: results would be read as articles"
            raise CorpusError(f"{what}. Choose another folder")


def _claimed(corpus: str) -> Path | None:
    record = interim(corpus) / _CLAIM
    if not record.is_file():
        return None
    try:
        return Path(json.loads(record.read_text(encoding="utf-8"))["folder"])
    except (json.JSONDecodeError, KeyError):  # cut off while it was written: nobody's
        return None
