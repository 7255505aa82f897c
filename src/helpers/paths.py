"""Where things lie: the project's folders, and which folder of articles a corpus name stands for.

A corpus goes by one name everywhere: its tables lie in `data/interim/<name>`, its reports in
`reports/<name>`. The name is the folder's own unless the user gives another, and a name belongs to one
folder: `claim` remembers it and refuses a second folder of the same name.
"""

import json
import os
import re
from pathlib import Path


class CorpusError(ValueError):
    """Something in a corpus cannot be used; the message says where, what, and what to do."""


ROOT = Path(os.environ.get("PARALLAX_HOME") or Path(__file__).parents[2]).resolve()
NOTEBOOKS = ROOT / "notebooks"
DATA = ROOT / "data"
INTERIM = DATA / "interim"
REPORTS = ROOT / "reports"

_NAME = re.compile(r"[\w][\w.-]*")
_CLAIM = "corpus.json"

MANIFEST, CODEBOOK = "manifest.csv", "codebook.yml"
_OWN = {MANIFEST, CODEBOOK, "corpus.yml", "labels.csv", "README", "README.md", "README.txt"}


def interim(corpus: str) -> Path:
    """The folder of a corpus's tables and executed notebooks."""
    return INTERIM / check_name(corpus)


def check_name(corpus: str) -> str:
    """Return `corpus` if it can name a folder on any system.

    Raises
    ------
    CorpusError
        If the name holds anything but letters, digits, `_`, `-` and `.`, or starts with `.` or `-`.
    """
    if not _NAME.fullmatch(corpus):
        raise CorpusError(
            f"{corpus!r} cannot name a corpus: letters, digits, '_', '-' and '.' only. "
            "Choose another with --name NAME"
        )
    return corpus


def folder(corpus: str) -> Path:
    """The folder of articles behind a corpus name: the claimed one, else `data/<name>`.

    Raises
    ------
    CorpusError
        If no folder is known by that name.
    """
    for candidate in (_claimed(corpus), DATA / corpus):
        if candidate is not None and candidate.is_dir():
            return candidate
    raise CorpusError(
        f"No corpus is called {corpus!r}. Start one with: python -m helpers report path/to/folder"
    )


def claim(source: Path, name: str | None = None) -> str:
    """Give a folder of articles its corpus name and remember it.

    Parameters
    ----------
    source
        The folder of articles.
    name
        The name it is to have; by default the folder's own.

    Returns
    -------
    str
        The name.

    Raises
    ------
    CorpusError
        If the folder does not exist, the name is unusable, or the name belongs to another folder.
    """
    source = source.resolve()
    if not source.is_dir():
        what = "is a file" if source.is_file() else "does not exist"
        raise CorpusError(f"{source} {what}. Give a folder that holds the articles")
    name = check_name(name or source.name)
    owner = _claimed(name) or (DATA / name if (DATA / name).is_dir() else source)
    if owner.resolve() != source and owner.is_dir():
        raise CorpusError(
            f"The corpus name {name!r} already belongs to {owner}. "
            f"Give {source} a name of its own with --name NAME"
        )
    record = interim(name) / _CLAIM
    record.parent.mkdir(parents=True, exist_ok=True)
    record.write_text(json.dumps({"folder": str(source)}) + "\n", encoding="utf-8")
    return name


def article_files(source: Path) -> list[Path]:
    """The files of a corpus folder that may be articles, sorted by their path.

    Hidden files, the `_files` folder of a saved page, and the corpus's own files (manifest, codebook, README)
    are none.
    """

    def is_candidate(file: Path) -> bool:
        parts = file.relative_to(source).parts
        hidden = any(part.startswith(".") for part in parts)
        attached = any(part.endswith("_files") for part in parts[:-1])
        return file.is_file() and not (hidden or attached or (len(parts) == 1 and parts[0] in _OWN))

    return sorted(filter(is_candidate, source.rglob("*")), key=lambda file: file.as_posix())


def check_apart(source: Path, out: Path) -> None:
    """Refuse a report inside its corpus, a corpus inside a report, and a corpus among the project's results.

    Raises
    ------
    CorpusError
        If one would be read or written as a part of the other.
    """
    for inner, outer in ((out, source), (source, out), (source, INTERIM), (source, REPORTS)):
        if inner.resolve().is_relative_to(outer.resolve()):
            raise CorpusError(
                f"{inner} lies in {outer}: results would be read as articles. Choose another folder"
            )


def _claimed(corpus: str) -> Path | None:
    record = interim(corpus) / _CLAIM
    if not record.is_file():
        return None
    try:
        return Path(json.loads(record.read_text(encoding="utf-8"))["folder"])
    except (json.JSONDecodeError, KeyError):  # cut off while it was written: nobody's
        return None
