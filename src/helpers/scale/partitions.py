"""The files of a corpus and the tables of a run, wherever fsspec reads and writes.

The articles are parted into lists of files that a worker reads by itself; files elsewhere are copied to it
first. A table lies in parts, one a partition, `<table>/00012.parquet`; each is written whole or not at all.
"""

import contextlib
import os
import re
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path, PurePosixPath

import numpy as np
import pandas as pd

from helpers.ingestion import id_of
from helpers.paths import CODEBOOK, MANIFEST, SETTINGS, SUGGESTED, CorpusError, article_names

MARK = "scale.json"  # says that a folder's tables are ours to remove
BUCKETS = 32  # of runs: one of 100,000 articles has 2 million, which a worker holds in 100 MB
_PART = re.compile(r"\d{5}(\.\d)*\.parquet(\.\w+\.tmp)?")
_SIZE = 2_000_000  # bytes of a partition: some seconds of work, so that progress shows and little is lost


def is_address(place: str) -> bool:
    """Whether a place is one that fsspec reads, and not a path."""
    return "://" in place or "::" in place


def filesystem(place: str) -> tuple[object, str]:
    """The file system of a place, and the path on it.

    Raises
    ------
    helpers.paths.CorpusError
        If nothing here can read such an address.
    """
    import fsspec

    try:
        return fsspec.core.url_to_fs(place if is_address(place) else Path(place).absolute().as_posix())
    except (ValueError, ImportError, OSError) as error:
        raise CorpusError(f"{place} cannot be read: {error}") from None


@contextlib.contextmanager
def staged(source: str, files: list[str]) -> Iterator[Path]:
    """A folder of this machine with these files: the source itself, or copies as long as the block runs."""
    if not is_address(source):
        yield Path(source)
        return
    system, root = filesystem(source)
    with tempfile.TemporaryDirectory(prefix="parallax-") as folder:
        for file in files:
            target = Path(folder, file)
            target.parent.mkdir(parents=True, exist_ok=True)
            system.get_file(_join(root, file), str(target))
        yield Path(folder)


def listed(source: str) -> dict[str, int]:
    """The files of a source that may be articles, and their sizes in bytes.

    Raises
    ------
    helpers.paths.CorpusError
        If there is none.
    """
    system, root = filesystem(source)
    found = system.find(root, detail=True)
    sizes = {PurePosixPath(name).relative_to(root).as_posix(): one["size"] for name, one in found.items()}
    names = article_names(sizes)
    if not names:
        raise CorpusError(f"{source} holds no article. Give a folder of articles, or the address of one")
    return {name: sizes[name] for name in names}


def own_files(source: str) -> list[str]:
    """The files of a source that are no articles but tell of them: manifest, codebook, settings."""
    system, root = filesystem(source)
    return [name for name in (MANIFEST, CODEBOOK, SUGGESTED, SETTINGS) if system.exists(_join(root, name))]


def parted(sizes: dict[str, int]) -> list[list[str]]:
    """Files in lists of about `_SIZE` bytes; those of one name but for ending and signs stay together.

    Examples
    --------
    >>> parted({"a.html": 1_500_000, "a.txt": 900_000, "b.txt": 10})
    [['a.html', 'a.txt'], ['b.txt']]
    """
    alike: dict[str, list[str]] = {}
    for file in sizes:
        alike.setdefault(id_of(file), []).append(file)
    lists: list[list[str]] = []
    room = 0
    for files in alike.values():
        size = sum(sizes[file] for file in files)
        if not lists or size > room:
            lists.append([])
            room = _SIZE
        lists[-1] += files
        room -= size
    return lists


def check_apart(source: str, out: str) -> None:
    """Refuse tables inside their corpus, and a corpus among tables.

    Raises
    ------
    helpers.paths.CorpusError
        If one would be read or written as a part of the other.
    """
    (system, root), (other, target) = filesystem(source), filesystem(out)
    if system.protocol != other.protocol:
        return
    places = [os.path.realpath(one) if "file" in system.protocol else one for one in (root, target)]
    source_root, target = (f"{one.rstrip('/')}/" for one in places)
    if target.startswith(source_root) or source_root.startswith(target):
        raise CorpusError(f"{source} and {out} lie in one another: tables would be read as articles")


def ready(out: str, whole: Iterable[str]) -> None:
    """Make a place ready for tables: whole ones of an earlier run are removed, parts are left to be used.

    Raises
    ------
    helpers.paths.CorpusError
        If it is a file, or holds something and no mark of an earlier run.
    """
    system, root = filesystem(out)
    if system.isfile(root):
        raise CorpusError(f"{out} is a file. Give a folder for the tables")
    held = [PurePosixPath(one).name for one in system.ls(root, detail=False)] if system.isdir(root) else []
    if MARK not in held and any(not name.startswith(".") for name in held):
        raise CorpusError(f"{out} holds something else than tables of `scale`. Choose another folder")
    for table in whole:
        if system.exists(file := _join(root, f"{table}.parquet")):
            system.rm_file(file)
    system.makedirs(root, exist_ok=True)
    system.pipe_file(_join(root, MARK), b'{"made by": "python -m helpers scale"}\n')


def is_done(out: str, step: str, part: str, key: str) -> bool:
    """Whether an earlier run has finished a step of a part with this key; if it was another, forget it."""
    system, root = filesystem(out)
    file = _join(root, f"{step}/{part}.parquet")
    if not system.exists(file):
        return False
    if read(out, step, [part]).key.item() == key:
        return True
    system.rm_file(file)
    return False


def finish(out: str, step: str, part: str, key: str) -> None:
    """Remember that a step of a part is finished: the last thing that its worker writes."""
    write(pd.DataFrame({"key": [key]}), out, step, part)


def keep(out: str, tables: Iterable[str], parts: list[str]) -> None:
    """Remove all parts of tables but these: what an earlier run left, or a task that was halved."""
    system, root = filesystem(out)
    wanted = {f"{part}.parquet" for part in parts}
    for table in tables:
        folder = _join(root, table)
        for file in system.find(folder, maxdepth=1) if system.isdir(folder) else []:
            if (name := PurePosixPath(file).name) not in wanted and _PART.fullmatch(name):
                system.rm_file(file)


def write(frame: pd.DataFrame, out: str, table: str, part: str | None = None) -> None:
    """Store a table, or a part of one: whole or not at all."""
    system, root = filesystem(out)
    target = _join(root, f"{table}.parquet" if part is None else f"{table}/{part}.parquet")
    system.makedirs(target.rsplit("/", 1)[0], exist_ok=True)
    with _aside(system, target) as file:
        frame.to_parquet(file, index=False)


def read(
    out: str, table: str, parts: list[str] | None = None, columns: list[str] | None = None
) -> pd.DataFrame:
    """Parts of a table one after another; without a list the table that was stored in one."""
    system, root = filesystem(out)
    names = [f"{table}.parquet"] if parts is None else [f"{table}/{part}.parquet" for part in parts]
    frames = []
    for name in names:
        with system.open(_join(root, name), "rb") as file:
            frames.append(pd.read_parquet(file, columns=columns))
    return together(frames)


def together(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Frames one after another; those without rows have no types and are left out."""
    return pd.concat([frame for frame in frames if len(frame)] or frames[:1], ignore_index=True)


def write_buckets(rows: pd.DataFrame, out: str, table: str, part: str) -> None:
    """Store rows (`article`, `run`: numbers) of a part by the bucket of the run, each a row group."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    system, root = filesystem(out)
    target = _join(root, f"{table}/{part}.parquet")
    system.makedirs(target.rsplit("/", 1)[0], exist_ok=True)
    schema = pa.schema([("article", pa.int32()), ("run", pa.int32())])
    bucket = rows.run.to_numpy() % BUCKETS
    ordered = pa.Table.from_pandas(rows.iloc[np.argsort(bucket, kind="stable")], schema, preserve_index=False)
    ends = np.bincount(bucket, minlength=BUCKETS).cumsum().tolist()
    with _aside(system, target) as file, ParquetWriter(file, schema) as writer:
        for first, last in pairwise([0, *ends]):
            writer.write_table(ordered.slice(first, last - first))


def read_bucket(out: str, table: str, part: str, number: int) -> pd.DataFrame:
    """The rows of one bucket of a part."""
    from pyarrow.parquet import ParquetFile

    system, root = filesystem(out)
    with system.open(_join(root, f"{table}/{part}.parquet"), "rb") as file:
        return ParquetFile(file).read_row_group(number).to_pandas()


@contextlib.contextmanager
def _aside(system: object, target: str) -> Iterator[object]:
    """A file that takes the target's place once it is written.

    Under a name of its own: a worker that a cluster has given up may still be writing the same.
    """
    aside = f"{target}.{uuid.uuid4().hex}.tmp"
    with system.open(aside, "wb") as file:
        yield file
    system.mv(aside, target)


def _join(root: str, name: str) -> str:
    return f"{root.rstrip('/')}/{name}"
