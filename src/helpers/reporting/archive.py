"""A replication archive: the numbers of a corpus for others to check, without its texts.

`write` makes the zip, the same bytes each time; `verify` computes the tables of a corpus anew and says which
texts and numbers are those of an archive. A zip comes from anywhere: nothing of it is unpacked onto the disk.
"""

import csv
import io
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Literal
from unicodedata import normalize

import pandas as pd
from pydantic import BaseModel, ConfigDict, ValidationError

from helpers import __version__, paths, tables
from helpers.paths import CorpusError
from helpers.reporting import methods, run
from helpers.reporting.pages import TEMPLATE
from helpers.reporting.withheld import KEPT, LONGEST, Withheld

_LARGEST = 2**30  # bytes, unpacked: a thousand articles make about thirty million
_SHOWN = 80  # characters of a value that differs
_STATUS = ("the same", "changed", "missing", "new")
_MANIFEST = ["article_id", "file", "outlet", "title", "published", "url", "archive_url"]
_GIVEN = (paths.CODEBOOK, paths.SUGGESTED, paths.SETTINGS, paths.MANIFEST, paths.LABELS)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, csv.Error)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Digests(_Strict):
    """Of a table: its rows, and SHA-256 of its CSV in full and with the texts withheld."""

    rows: int
    full: str
    withheld: str


class _About(_Strict):
    """What `archive.json` holds."""

    format: Literal["Parallax archive 1"]
    corpus: str
    parameters: dict[str, bool | int | float | str | None]
    versions: dict[str, str]
    tables: dict[str, _Digests]


def write(
    folder: Path,
    *,
    out: Path | None = None,
    name: str | None = None,
    parameters: dict[str, object] | None = None,
    tell: Callable[[str], None] = print,
) -> Path:
    """Write the archive of a corpus, after running what is not up to date.

    Parameters
    ----------
    folder, name, parameters, tell
        As for `run.report`.
    out
        The file, by default `reports/<name>.zip`. One that is not an archive of this corpus is left alone.

    Raises
    ------
    helpers.paths.CorpusError
        If a name, parameter or the file cannot be used.
    helpers.reporting.run.RunError
        If a notebook stops.
    """
    corpus = paths.claim(folder, name)
    target = (out or paths.REPORTS / f"{corpus}.zip").resolve()
    _check_target(target, corpus)
    source = paths.folder(corpus)
    paths.check_apart(source, target)
    record, stored = run.refresh(folder, name=name, parameters=parameters, tell=tell)
    withheld = Withheld(stored)
    shown = {name: withheld.table(tables.csv_text(table), name) for name, table in stored.items()}
    digests = {
        name: _Digests(rows=len(table), full=_digest(name, table), withheld=_sha(shown[name].encode()))
        for name, table in stored.items()
    }
    about = _About(
        format="Parallax archive 1", corpus=corpus, parameters=record.parameters(),
        versions=methods.versions(), tables=digests,
    )  # fmt: skip
    readme = (TEMPLATE / "archive.txt").read_text(encoding="utf-8")
    told = readme.format(corpus=corpus, version=__version__, longest=LONGEST, kept=KEPT)
    files = {
        "README.txt": told,
        "archive.json": json.dumps(about.model_dump(), ensure_ascii=False, indent=1, sort_keys=True) + "\n",
        "manifest.csv": withheld.table(tables.csv_text(_manifest(stored["articles"], source))),
        "methods.md": methods.as_markdown(stored["methods"], corpus, about.parameters),
    }
    files |= {f"tables/{name}.csv": text for name, text in shown.items()}
    cut = {paths.MANIFEST: withheld.table}
    files |= {f"corpus/{name}": cut.get(name, withheld.text)(text) for name, text in _given(source)}
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as aside:
        Path(aside, "zip").write_bytes(_zipped(files))
        Path(aside, "zip").replace(target)
    tell(f"The archive is ready: {target}")
    return target


def verify(file: Path, folder: Path, *, tell: Callable[[str], None] = print) -> bool:
    """Whether a corpus gives the texts and numbers of an archive; `tell` takes what is the same and what not.

    The tables are computed in a place of their own: those of the corpus stay as they are.

    Raises
    ------
    helpers.paths.CorpusError
        If the file is not such an archive, or the corpus cannot be used.
    helpers.reporting.run.RunError
        If a notebook stops.
    """
    about, files = read(file)

    def say(line: str) -> None:  # an archive may hold signs that steer a terminal
        tell("".join(sign if sign.isprintable() else "?" for sign in line))

    paths.INTERIM.mkdir(parents=True, exist_ok=True)
    apart = Path(tempfile.mkdtemp(prefix="verify-", dir=paths.INTERIM))
    try:
        _, stored = run.refresh(folder, name=apart.name, parameters=about.parameters, tell=say)
        manifest = _manifest(stored["articles"], paths.folder(apart.name))
    finally:
        shutil.rmtree(apart)
    for name in sorted(about.versions.keys() | methods.versions().keys()):
        then, now = (found.get(name, "not used") for found in (about.versions, methods.versions()))
        if then != now:
            say(f"Version: {name} was {then}, is {now}")
    texts = compare_texts(files["manifest.csv"], tables.csv_text(manifest))
    differ = [name for name, _ in texts.values() if name != "the same"]
    counts = pd.Series([status for status, _ in texts.values()]).value_counts()
    say("Texts: " + ", ".join(f"{counts.get(status, 0)} {status}" for status in _STATUS))
    for one, (status, where) in texts.items():
        if status != "the same":
            say(f"  {status}: {one} ({where})")
    withheld = Withheld(stored)
    for name in dict.fromkeys([*stored, *about.tables]):
        said = _table_differs(name, about, files, stored, withheld)
        differ += [name] if said else []
        say(f"Table {name}: {said or 'the same'}")
    say("Not everything is the same." if differ else "All texts and numbers are the same.")
    return not differ


def compare_texts(then: str, now: str) -> dict[str, tuple[str, str]]:
    """Article by article, whether its text is the same, changed, missing or new, and in which file.

    Parameters
    ----------
    then, now
        `manifest.csv` of the archive and of the corpus.

    Examples
    --------
    >>> then = "article_id,file,sha256_text\\na,a.txt,11\\nb,b.txt,22\\n"
    >>> compare_texts(then, "article_id,file,sha256_text\\na,a.txt,11\\nb,b.txt,33\\nc,c.txt,44\\n")
    {'a': ('the same', 'a.txt'), 'b': ('changed', 'b.txt'), 'c': ('new', 'c.txt')}
    """
    was, is_ = ({row["article_id"]: row for row in _rows(text)} for text in (then, now))

    def status(one: str) -> str:
        if one in was and one in is_:
            return "the same" if was[one]["sha256_text"] == is_[one]["sha256_text"] else "changed"
        return "new" if one in is_ else "missing"

    return {one: (status(one), row["file"]) for one, row in (was | is_).items()}


def first_difference(then: str, now: str, key: tuple[str, ...]) -> str:
    """The first row, told by its key, in which two tables (CSV) differ, and how; empty if they are the same.

    Examples
    --------
    >>> first_difference("code,n\\ncost,3\\ntax,1\\n", "code,n\\ncost,3\\ntax,2\\n", ("code",))
    'code=tax: n was 1, is 2'
    """
    was, is_ = ({tuple(row.get(name) for name in key): row for row in _rows(text)} for text in (then, now))
    for one, row in (was | is_).items():
        if was.get(one) != is_.get(one):
            where = ", ".join(f"{name}={value}" for name, value in zip(key, one, strict=True))
            if one not in is_ or one not in was:
                return f"{where}: {'no longer there' if one in was else 'not there before'}"
            column = next(name for name in was[one] | row if was[one].get(name) != row.get(name))
            old, new = (f"{rows[one].get(column)}"[:_SHOWN] for rows in (was, is_))
            return f"{where}: {column} was {old}, is {new}"
    return ""


def read(file: Path) -> tuple[_About, dict[str, str]]:
    """What an archive holds: `archive.json`, and its CSV files by name.

    Raises
    ------
    helpers.paths.CorpusError
        If the file is no archive, or one that could do harm.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
            names = [info.filename for info in infos]
            if wrong := [name for name in names if _strays(name)]:
                raise ValueError(f"it holds a file called {wrong[0]!r}")
            if len(set(names)) < len(names):
                raise ValueError("it holds two files of one name")
            if sum(info.file_size for info in infos) > _LARGEST:
                raise ValueError(f"unpacked it has more than {_LARGEST:,} bytes")
            about = _About.model_validate_json(_member(archive, "archive.json"))
            if unknown := sorted(about.tables.keys() - tables.SCHEMAS.keys()):
                raise ValueError(f"it speaks of a table {unknown[0]!r}")
            wanted = ["manifest.csv", *(f"tables/{name}.csv" for name in about.tables)]
            files = {name: _member(archive, name).decode("utf-8") for name in wanted}
            for name, digests in about.tables.items():
                if _sha(files[f"tables/{name}.csv"].encode()) != digests.withheld:
                    raise ValueError(f"its table {name} is not the one it was made with")
            columns = files["manifest.csv"].partition("\n")[0].split(",")
            if not {"article_id", "file", "sha256_text"} <= {*columns}:
                raise ValueError("its manifest.csv lacks columns")
            return about, files
    except ValidationError as error:
        first = error.errors()[0]
        what = f"archive.json, {'.'.join(map(str, first['loc'])) or 'as a whole'}: {first['msg']}"
    except KeyError as error:
        what = str(error.args[0])
    except _BROKEN as error:
        what = str(error)
    made = "Make one with: python -m helpers archive CORPUS"
    raise CorpusError(f"{file} is not an archive that can be used: {what}. {made}")


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    info = archive.getinfo(name)
    with archive.open(info) as content:
        return content.read(info.file_size + 1)


def _strays(name: str) -> bool:
    return not name or name.startswith("/") or ".." in name.split("/") or "\\" in name or ":" in name


def _table_differs(
    name: str,
    about: _About,
    files: dict[str, str],
    stored: dict[str, pd.DataFrame],
    withheld: Withheld,
) -> str:
    """How a table differs from the archive's; empty if it gives the same."""
    if name not in stored or name not in about.tables:
        return "not there any more" if name in about.tables else "not in the archive"
    then, now = about.tables[name], stored[name]
    if then.full == _digest(name, now):
        return ""
    key = tables.SCHEMAS[name].key
    shown = withheld.table(tables.csv_text(_comparable(name, now)), name)
    first = first_difference(files[f"tables/{name}.csv"], shown, key)
    rows = f"{then.rows} rows then, {len(now)} now"
    return f"differs ({rows}); first {first}" if first else f"differs only in the texts left out ({rows})"


def _manifest(articles: pd.DataFrame, source: Path) -> pd.DataFrame:
    """The articles with their addresses, and hashes of their files and texts."""
    home = paths.home(source)
    names = ((os.fsencode(file.relative_to(home)), file) for file in paths.article_files(source))
    files = {normalize("NFC", name.decode("utf-8", "replace")): file for name, file in names}
    hashes = {name: _sha(files[name].read_bytes()) for name in articles.file.unique()}
    return articles[_MANIFEST].assign(
        sha256_file=articles.file.map(hashes),
        sha256_text=[_sha(text.encode()) for text in articles.text],
        n_words=articles.n_words,
    )


def _given(source: Path) -> Iterator[tuple[str, str]]:
    """The corpus's own files; of labels without the sentences as coders saw them."""
    for name in _GIVEN:
        file = paths.own_file(source, name)
        if file.is_file():
            text = file.read_bytes().decode("utf-8-sig")
            yield name, _without_text(text) if name == paths.LABELS else text


def _without_text(labels: str) -> str:
    """`labels.csv` without its column `text`: a cut one would no longer be the sentence that was answered."""
    sign = max(",;\t", key=labels.partition("\n")[0].count)
    rows = list(csv.reader(io.StringIO(labels, newline=""), delimiter=sign))
    kept = [place for place, name in enumerate(rows[0]) if name.strip().lower() != "text"]
    made = io.StringIO(newline="")
    lines = ([row[place] for place in kept if place < len(row)] for row in rows)
    csv.writer(made, delimiter=sign, lineterminator="\n").writerows(lines)
    return made.getvalue()


def _comparable(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """A table without the versions, which are compared by themselves."""
    return table[table.part != "versions"] if name == "methods" else table


def _digest(name: str, table: pd.DataFrame) -> str:
    return methods.digest(_comparable(name, table))


def _rows(text: str) -> list[dict[str, str]]:
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    return [row for row in csv.DictReader(io.StringIO(text, newline="")) if row.get("part") != "versions"]


def _sha(content: bytes) -> str:
    return sha256(content).hexdigest()


def _zipped(files: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in sorted(files.items()):
            info = zipfile.ZipInfo(name)  # its date is 1980-01-01
            info.create_system, info.external_attr, info.compress_type = 3, 0o644 << 16, zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode())
    return made.getvalue()


def _check_target(target: Path, corpus: str) -> None:
    """Refuse to put an archive where anything else would be lost."""
    elsewhere = "Choose another with --out FILE"
    if not target.exists():
        return
    try:
        owner = read(target)[0].corpus
    except (CorpusError, OSError):
        raise CorpusError(f"{target} is something else than an archive. {elsewhere}") from None
    if owner != corpus:
        raise CorpusError(f"{target} is the archive of the corpus {owner!r}. {elsewhere}")
