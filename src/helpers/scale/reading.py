"""The files of a corpus, read by several processes, and only those that are new."""

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers import ingestion, paths
from helpers.scale.cache import Store, code, content, digest
from helpers.scale.maps import LITTLE, done
from helpers.scale.partitions import parted
from helpers.scale.pool import Failure

_TABLES = ("files", "articles", "fields", "ledger", "found")
_NONE = pd.Series(dtype="str")


class Files(NamedTuple):
    """Files to read, and what of the corpus that needs."""

    source: Path
    files: list[Path]
    plan: ingestion.Plan


def read_folder(corpus: str) -> dict[str, pd.DataFrame]:
    """What :func:`helpers.ingestion.read_folder` gives, file by file.

    Little is read at once and here. Of more, files are read by `PARALLAX_JOBS` processes, and what was read
    is kept under the corpus's name: only files are read that are new or have changed, they or their rows of
    the manifest.

    Raises
    ------
    helpers.paths.CorpusError
        As `read_folder`; a file that kills what reads it has a row in table `files`.
    """
    source = paths.folder(corpus)
    listed = paths.article_files(source)
    files = {ingestion.name_of(file, source): file for file in listed}
    sizes = {name: file.stat().st_size if file.is_file() else 0 for name, file in files.items()}
    if sum(sizes.values()) < LITTLE or len(files) < len(listed):  # two names may be one but for signs
        return ingestion.read_folder(source)
    plan = ingestion.listed(source)
    keys = _keys(files, plan)
    stores = {table: Store(corpus, f"read.{table}") for table in _TABLES}
    kept = {table: store.load(list(keys.values())) for table, store in stores.items()}
    known = set.intersection(*(found for found, _ in kept.values()))
    tasks = [
        Files(source, [files[name] for name in names], plan.only(names))
        for names in parted({name: size for name, size in sizes.items() if keys[name] not in known})
    ]
    results = done(_read, tasks, _halved)
    read = [_told(task, result) for task, result in results]
    # What killed its reader is tried again the next time: memory may have been short.
    lost = {name for task, result in results if isinstance(result, Failure) for name in _names(task)}
    lasting = {key for name, key in keys.items() if name not in lost}
    tables = {}
    for table, store in stores.items():
        found, rows = kept[table]
        parts = [] if rows is None else [rows[rows["_of"].isin(known)]]
        parts += [one[table].assign(_of=one[table].get("file", _NONE).map(keys)) for one in read]
        whole = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
        order = pd.Index(keys.values()).get_indexer(whole["_of"])
        whole = whole.iloc[order.argsort(kind="stable")].reset_index(drop=True)
        if found != lasting:
            store.save(sorted(lasting), whole[whole["_of"].isin(lasting)])
        tables[table] = whole.drop(columns="_of")
    if tables["articles"].article_id.duplicated().any():  # of two files of one name the first is read
        return ingestion.read_folder(source)
    fields = tables["fields"].drop(columns="file")
    return ingestion.gathered(source, plan, tables | {"fields": fields})


def _keys(files: dict[str, Path], plan: ingestion.Plan) -> dict[str, str]:
    """Of each file a digest of all that what is read of it depends on."""
    stated: dict[str, list] = {}
    for name, row in plan.manifest.items():
        stated.setdefault(name if name in files else name.rpartition("#")[0], []).append((name, row))
    salt = f"{code()} {plan.columns} {bool(plan.manifest)}"
    own = {name: f"{salt} {name} {stated.get(name)} {content(file)}" for name, file in files.items()}
    alike: dict[str, list[str]] = {}
    for name, about in own.items():  # of files of one name the first that holds an article is read
        alike.setdefault(ingestion.id_of(name), []).append(about)
    return {name: digest(f"{about} {alike[ingestion.id_of(name)]}".encode()) for name, about in own.items()}


def _read(task: Files) -> dict[str, pd.DataFrame]:
    """What a worker does: the tables of some files, each row with its file."""
    read = ingestion.read_files(task.files, task.source, task.plan)
    of = read["articles"].set_index("article_id").file if len(read["articles"]) else {}
    return read | {"fields": read["fields"].assign(file=read["fields"].article_id.map(of))}


def _told(task: Files, result: object) -> dict[str, pd.DataFrame]:
    """What was read, or that it could not be."""
    if not isinstance(result, Failure):
        return result
    (name,) = _names(task)
    row = {"file": name, "articles": 0, "status": "failed", "message": f"{name} {result.reason}"}
    none = pd.DataFrame(columns=["article_id", "file"])
    return dict.fromkeys(_TABLES, none) | {"files": pd.DataFrame([row])}


def _names(task: Files) -> list[str]:
    return [ingestion.name_of(file, task.source) for file in task.files]


def _halved(task: Files) -> list[Files]:
    """Two tasks of half the files; of one file none."""
    middle = len(task.files) // 2
    return (
        [task._replace(files=some) for some in (task.files[:middle], task.files[middle:])] if middle else []
    )
