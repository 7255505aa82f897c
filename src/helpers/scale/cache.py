"""What map stages gave for each article, kept for the next run: a grown corpus costs only its new articles.

A result is found by a digest of all it depends on: the article's rows of the tables the stage reads, what
else it is given, and the package's code. The store of a stage is two files in `data/interim/<corpus>/cache`,
its rows and the digests of their articles; articles that are gone from the corpus are gone from it after a
run.
"""

import hashlib
import json
import os
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

from helpers import paths


def digests(frame: pd.DataFrame, ids: pd.Index, salt: str) -> list[str]:
    """A digest of each article's rows of a table.

    Parameters
    ----------
    frame
        A table with a column `article_id`, rows of an article one after another.
    ids
        The articles wanted, in the order of the result.
    salt
        What else the digests depend on.
    """
    rows = pd.util.hash_pandas_object(frame.drop(columns="article_id"), index=False).to_numpy()
    number = ids.get_indexer(frame.article_id)
    order = np.argsort(number, kind="stable")
    ends = np.searchsorted(number[order], np.arange(len(ids) + 1))
    raw = rows[order]
    begun = hashlib.blake2b(f"{salt}{list(frame)}{list(frame.dtypes)}".encode(), digest_size=16)
    found = []
    for article_id, (first, last) in zip(ids, pairwise(ends), strict=True):
        one = begun.copy()
        one.update(article_id.encode())  # two articles of an export may have all else in common
        one.update(raw[first:last].tobytes())
        found.append(one.hexdigest())
    return found


def code() -> str:
    """A digest of the package: its Python files, and the lists and models beside them."""
    total = hashlib.blake2b(digest_size=16)
    here = Path(__file__).parents[1]
    for file in sorted(here.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            total.update(file.relative_to(here).as_posix().encode() + file.read_bytes())
    return total.hexdigest()


def content(file: Path) -> str:
    """A digest of a file: what is in it, whether it is a link, and if nobody may read it, that."""
    try:
        return f"{file.is_symlink()} {digest(file.read_bytes())}"
    except OSError as error:
        return str(error)


def digest(known: bytes) -> str:
    """A digest of some bytes."""
    return hashlib.blake2b(known, digest_size=16).hexdigest()


class Store:
    """The results of one stage for the articles of a corpus."""

    def __init__(self, corpus: str, stage: str) -> None:
        folder = paths.interim(corpus) / "cache"
        self._rows, self._keys = folder / f"{stage}.parquet", folder / f"{stage}.json"

    def load(self, wanted: list[str]) -> tuple[set[str], pd.DataFrame | None]:
        """All digests that are known, and the rows of those wanted with the digest in column `_of`."""
        try:
            known = set(json.loads(self._keys.read_text(encoding="utf-8")))
            rows = pd.read_parquet(self._rows)
        except (OSError, ValueError):  # none yet, or cut off while it was written
            return set(), None
        return known, rows[rows["_of"].isin(wanted)]

    def save(self, keys: list[str], rows: pd.DataFrame) -> None:
        """Keep the rows (column `_of`: the digest) of these digests, in place of all that was kept before."""
        self._rows.parent.mkdir(parents=True, exist_ok=True)
        self._keys.unlink(missing_ok=True)  # a stop in between leaves no digests without rows
        for target, write in ((self._rows, rows.to_parquet), (self._keys, None)):
            aside = target.with_suffix(f".{os.getpid()}.tmp")
            if write:
                write(aside, index=False)
            else:
                aside.write_text(json.dumps(keys), encoding="utf-8")
            aside.replace(target)
