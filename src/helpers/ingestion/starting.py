"""Articles as somebody has them → a corpus folder: the files, a filled manifest, `corpus.yml`.

The folder is built aside and moved into its place when all is there; the articles' own folder stays as it is.
"""

import os
import re
import shlex
import shutil
import sys
import tempfile
from pathlib import Path

import pandas as pd

from helpers import paths
from helpers.ingestion.corpus import name_of
from helpers.ingestion.files import READABLE, ending
from helpers.ingestion.manifest import COLUMNS, FOUND, manifest_rows, read_manifest, write_manifest
from helpers.paths import CODEBOOK, MANIFEST, SETTINGS, SUGGESTED, CorpusError

FILLED = ("outlet", "title", "authors", *COLUMNS[2:])
_NAMED = 20  # messages
_GROUNDED = {"outlet", "genre", "published"}  # fields whose ground the articles name
_LIKE_FOUND = re.compile(r"; \w+ = ")  # a value with this in it could pass for others in column `found`
_SETTINGS = """\
# How these articles came together, in words of your own. Take away the "#" before what you know: the briefing
# opens with it, and says "not stated" of the rest.
# collected by: who looked for the articles and saved them
# query: '"Port Ellery" AND breakwater'
# period: 2026-02-01 to 2026-02-28
# rule: by which of them were chosen, such as every hit that tells of the vote, letters left out

# For tables: the column that holds a field, where its name does not tell.
# columns: {text: Volltext, published: Datum}
"""


def vacant(name: str, source: Path) -> Path:
    """The folder for a new corpus: `data/<name>`, or the folder itself where `name` is a path.

    Raises
    ------
    helpers.paths.CorpusError
        If that is not empty, `name` is unusable or another corpus's, the one would lie in the other, or
        `source` is neither a folder nor a file that can be read.
    """
    told = name if os.sep not in name else Path(name).resolve().name
    paths.interim(told)
    target = (paths.DATA / name if told == name else Path(name)).resolve()
    if not (source.is_dir() or source.is_file()):
        raise CorpusError(f"{source} does not exist. Give a folder of articles, an export or a table")
    if source.is_file() and ending(source) not in READABLE:
        what = f"{source} is none of {', '.join(READABLE)}, gzipped or not"
        raise CorpusError(f"{what}. Unpack an archive first, and give its folder")
    if target.exists() and (target.is_file() or any(target.iterdir())):
        raise CorpusError(f"{target} is there already and not empty. Choose another name")
    paths.check_apart(target, source)
    paths.check_free(told, target, "Choose another name")
    return target


def came_in(tables: dict[str, pd.DataFrame]) -> str:
    """Lines to print, from `files` and `articles`: what could not be read, by file, then how much was."""
    files, articles = tables["files"], tables["articles"]
    unread = (files.status == "failed") | ((files.status == "skipped") & ~files.file.str.endswith("/"))
    noted = (files.status == "read") & files.message.notna()
    lines = []
    for head, messages in (("Not read", files.message[unread]), ("Read, but", files.message[noted])):
        lines += [f"{head} ({len(messages)}):"] * (len(messages) > 0)
        lines += [f"  {printable(message)}" for message in messages[:_NAMED]]
        lines += [f"  … and {len(messages) - _NAMED} more"] * (len(messages) > _NAMED)
    days, lacking = articles.published.dropna(), articles[["outlet", "published"]].isna().sum()
    languages = articles.lang.fillna("not told").value_counts().sort_index()
    span = f"{days.min():%Y-%m-%d} to {days.max():%Y-%m-%d}" if len(days) else "none"
    return "\n".join([
        *lines,
        f"Files read: {(files.status == 'read').sum()}. Articles: {len(articles)}.",
        f"Outlets: {articles.outlet.nunique()} (articles without one: {lacking.outlet}). "
        f"Days: {span} (articles without one: {lacking.published}).",
        f"Languages: {', '.join(f'{language} {n}' for language, n in languages.items())}.",
    ])  # fmt: skip


def start(
    target: Path, source: Path, tables: dict[str, pd.DataFrame], codebook: str = "", link: bool = False
) -> str:
    """Make the folder of a new corpus, and return the next steps as lines to print.

    Parameters
    ----------
    target
        Where it goes, by `vacant`.
    source, tables
        Its articles, and what `read_folder` gave of them.
    codebook
        The text of `codebook.suggested.yml`; none is written without one.
    link
        Give each file a second name (a hard link) in place of a copy.

    Raises
    ------
    helpers.paths.CorpusError
        If the folder cannot be made, or files cannot be linked. Nothing is left behind then.
    """
    base = next(folder for folder in target.parents if folder.is_dir())
    try:
        with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=base) as aside:
            new = Path(aside, "new")
            _bring(source, new, link)
            write_manifest(new / MANIFEST, *filled(source, tables))
            if not (new / SETTINGS).exists():
                (new / SETTINGS).write_text(_SETTINGS, encoding="utf-8")
            if codebook:
                (new / SUGGESTED).write_text(codebook, encoding="utf-8")
            target.parent.mkdir(parents=True, exist_ok=True)
            new.rename(target)
    except OSError as error:
        raise CorpusError(
            f"{target} cannot be made: {error.strerror or error}. Choose another place"
        ) from None
    return _next_steps(target)


def filled(source: Path, tables: dict[str, pd.DataFrame]) -> tuple[list[str], list[dict[str, str]]]:
    """The columns and rows of a manifest in which each empty cell has what was found, as far as anything was.

    What the corpus's own manifest states stays as it stands. Of a file of many articles a value is filled in
    if all of them have it. Column `found` names each such value with its ground.

    Parameters
    ----------
    source, tables
        A corpus, and what `read_folder` gave of it.
    """
    names, rows = manifest_rows(source)
    stated, _ = read_manifest(source)
    files = tables["files"]
    read = dict.fromkeys(files.file[(files.articles > 0) | files.status.eq("failed")])
    made = [row for _, row in rows]
    if not source.is_dir():  # a manifest beside a file may list others
        made = [row for row in made if {row["file"], row["file"].rpartition("#")[0]} & set(read)]
    known = {row["file"] for row in made}
    made += [{"file": name} for name in read if name not in known]
    agreed = _agreed(tables)
    for row in made:
        found = {field: told for field, told in agreed.get(row["file"], {}).items() if field in FILLED}
        given = stated.get(row["file"], {})
        cells = {field: found.get(field, ("", ""))[0] for field in FILLED if field not in given}
        row |= cells
        told = [f"{field} = {words} ({found[field][1]})" for field, words in cells.items() if words]
        row[FOUND] = "; ".join(told)
    columns = [name for name in names if name != FOUND]
    return [*dict.fromkeys([*columns, "file", *FILLED]), FOUND], made


def printable(text: str) -> str:
    """A text that cannot steer the terminal: file names may hold any sign.

    >>> printable("a\\x1b[31m\\nb")
    'a�[31m�b'
    """
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)


def _agreed(tables: dict[str, pd.DataFrame]) -> dict[str, dict[str, tuple[str, str]]]:
    """File → field → the value that all its articles have, no manifest stating it, and on what ground."""
    articles, fields = tables["articles"], tables["fields"]
    grounds = articles.set_index("article_id")
    told: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    rows = fields[fields.in_force.astype(bool)].assign(file=lambda rows: rows.article_id.map(grounds.file))
    for row in rows.itertuples():
        words = " ".join(row.value.split())
        words = words.removesuffix("T00:00") if row.field == "published" else words
        by_text = row.source == "text" and row.field in _GROUNDED
        ground = f"text: {grounds.at[row.article_id, f'{row.field}_basis']}" if by_text else row.source
        told.setdefault((row.file, row.field), []).append((words, row.source, re.sub("[();]", ",", ground)))
    sizes = articles.file.value_counts()
    agreed: dict[str, dict[str, tuple[str, str]]] = {file: {} for file in sizes.index}
    for (file, field), values in told.items():
        (words, source, ground), *_ = values
        alike = len(values) == sizes[file] and len({value for value, *_ in values}) == 1
        if alike and "manifest" not in {by for _, by, _ in values} and not _LIKE_FOUND.search(words):
            agreed[file][field] = words, ground if len(set(values)) == 1 else source
    return agreed


def _bring(source: Path, new: Path, link: bool) -> None:
    """Copy or link a corpus's files into a new folder; its manifest and the like are always copied.

    Names are written as the tables write them, so that any system can hold them. Of two files that have one
    name then the first is brought: of the second `read_folder` has told that it was not read.
    """
    from tqdm import tqdm

    home, own = paths.home(source), paths.own_files(source)
    loaded = [file for folder in paths.attachments(source) for file in sorted(folder.rglob("*"))]
    inside = [
        file
        for file in [*paths.article_files(source), *loaded]
        if file.is_file() and file.resolve().is_relative_to(home.resolve())
    ]
    for file in tqdm([*inside, *own], unit="file", delay=5, leave=False):
        copy = new / name_of(file, source)
        if copy.exists():
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        if not link or file in own:
            shutil.copyfile(file, copy)
            continue
        try:
            copy.hardlink_to(file.resolve())
        except OSError as error:
            what = f"{printable(name_of(file, source))} cannot be linked to there ({error.strerror})"
            raise CorpusError(f"{what}. Leave out --link: then the files are copied") from None


def _next_steps(target: Path) -> str:
    here, python = Path.cwd(), Path(sys.executable)  # the one that has the package, in a shell that may not
    short, run = (path.relative_to(here) if path.is_relative_to(here) else path for path in (target, python))
    name, at, run = printable(str(short)), *(printable(shlex.quote(str(path))) for path in (short, run))
    book = SUGGESTED if (target / SUGGESTED).is_file() else ""
    mend = f"Read {name}/{book}, mend it, and save it as {CODEBOOK}"
    write = f"Write {name}/{CODEBOOK}: what to look for (README.md, “The codebook”)"
    return "\n".join([
        f"The corpus is ready: {name}. What comes next:",
        f"  {run} -m helpers check {at}",
        f"  Correct {name}/{MANIFEST}; what you have checked, delete from its column `{FOUND}`",
        f"  Say in {name}/{SETTINGS} how the articles came together",
        *([] if (target / CODEBOOK).is_file() else [f"  {mend if book else write}"]),
        f"  {run} -m helpers report {at}",
    ])  # fmt: skip
