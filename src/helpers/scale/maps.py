"""Map stages over the articles of a corpus: only those that are new, in chunks, on several processes.

A map stage looks at one article at a time, so what it gives for a chunk of articles is what it gives for all,
cut at the chunk. Little text is read at once and here; more goes to `PARALLAX_JOBS` processes, and what was
found is kept (`cache`).
"""

import functools
import os
from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.paths import CorpusError
from helpers.scale.cache import Store, code, digests
from helpers.scale.pool import Failure, Here, Workers, of_this_machine

JOBS = "PARALLAX_JOBS"  # how many processes a notebook may start
LITTLE = 1_000_000  # characters: two hundred articles; below, starting processes costs more than they save
_CHUNK = 1_000_000  # characters of a chunk: some seconds of work
_NAMED = 5  # articles in a message


class Chunk(NamedTuple):
    """Some articles and the tables' rows of them, as a worker gets them."""

    ids: list[str]
    frames: list[pd.DataFrame]
    function: Callable[..., pd.DataFrame]
    fixed: dict[str, object]


def each(
    corpus: str, function: Callable[..., pd.DataFrame], *frames: pd.DataFrame, **fixed: Hashable
) -> pd.DataFrame:
    """What a map stage gives for all articles.

    Parameters
    ----------
    corpus
        The corpus's name: under it is kept what was found.
    function
        The stage: takes `frames` and `fixed`, and returns rows with `article_id` or `sentence_id` (or another
        id that begins with the article's and a colon), article by article.
    frames
        Tables with such an id, the first one with a row or more of every article.
    fixed
        What else it is given; their `repr` must tell what they hold.

    Returns
    -------
    DataFrame
        As ``function(*frames, **fixed)``, articles in the order of the first table, numbered from 0.

    Raises
    ------
    helpers.paths.CorpusError
        If an article cannot be read to its end; the message names it.
    """
    if _characters(frames[0]).sum() < LITTLE:
        return function(*frames, **fixed).reset_index(drop=True)
    owners = [article_of(frame) for frame in frames]
    ids = pd.Index(owners[0].unique())
    stage = f"{function.__module__}.{function.__qualname__}".removeprefix("helpers.")
    salt = f"{code()} {stage} {fixed!r}"
    named = [frame.assign(article_id=owner) for frame, owner in zip(frames, owners, strict=True)]
    parts = zip(*(digests(frame, ids, salt) for frame in named), strict=True)
    key = pd.Series([".".join(part) for part in parts], ids)
    store = Store(corpus, stage)
    known, kept = store.load(key.tolist())
    new = ids[~key.isin(known)]
    found = [] if kept is None or kept.empty else [kept]
    failed: list[tuple[str, Failure]] = []
    for chunk, rows in done(process, _chunks(new, frames, owners, function, fixed), halved):
        if isinstance(rows, Failure):
            failed.append((chunk.ids[0], rows))
        elif len(rows):
            found.append(rows.assign(_of=article_of(rows).map(key)))
    if not found:  # rows of which there is none have no types
        found = [function(*(frame.head(0) for frame in frames), **fixed).assign(_of="")]
    rows = pd.concat(found, ignore_index=True)
    rows = rows.iloc[np.argsort(pd.Index(key).get_indexer(rows["_of"]), kind="stable")].reset_index(drop=True)
    if len(new) or len(known) > len(ids):
        store.save(key.drop([one for one, _ in failed]).tolist(), rows)
    if failed:
        told = ", ".join(one for one, _ in failed[:_NAMED]) + ", …" * (len(failed) > _NAMED)
        what = f"{told} {failed[0][1].reason}. Take it out of the corpus, and tell us of it"
        raise CorpusError(what) from failed[0][1].error
    return rows.drop(columns="_of")


def article_of(frame: pd.DataFrame) -> pd.Series:
    """The article of each row, by its `article_id`, or an id that begins with it."""
    if "article_id" in frame:
        return frame.article_id
    name = next(name for name in ("sentence_id", "quote_id") if name in frame)
    return frame[name].str.rsplit(":", n=1).str[0]


def process(chunk: Chunk) -> pd.DataFrame:
    """What a worker does with a chunk."""
    return chunk.function(*chunk.frames, **chunk.fixed)


def done(function: Callable, tasks: list, halve: Callable[[Any], list]) -> list[tuple[Any, Any]]:
    """Tasks with what came of them, with as many processes as there may be; a single one is done here."""
    jobs = int(os.environ.get(JOBS, "1"))
    pool = _pool(jobs) if min(jobs, len(tasks)) > 1 else Workers(lambda _: Here(), 1)
    return list(pool.completed(function, tasks, halve))


@functools.cache
def _pool(jobs: int) -> Workers:
    """Processes for all stages of a notebook; they end with it."""
    return Workers(of_this_machine, jobs)


def halved(chunk: Chunk) -> list[Chunk]:
    """Two chunks of half the articles; of one that has one article none."""
    if len(chunk.ids) < 2:
        return []
    middle = len(chunk.ids) // 2
    halves = []
    for ids in (chunk.ids[:middle], chunk.ids[middle:]):
        frames = [frame[article_of(frame).isin(ids)] for frame in chunk.frames]
        halves.append(chunk._replace(ids=ids, frames=frames))
    return halves


def _chunks(
    ids: pd.Index, frames: tuple[pd.DataFrame, ...], owners: list[pd.Series], function: Callable, fixed: dict
) -> list[Chunk]:
    """Articles in chunks of about `_CHUNK` characters."""
    size = _characters(frames[0]).groupby(owners[0].to_numpy()).sum().reindex(ids)
    number = pd.Series((size.cumsum() - size) // _CHUNK, ids)
    parts = [frame.groupby(owner.map(number).to_numpy()) for frame, owner in zip(frames, owners, strict=True)]
    chunks = []
    for one, part in ids.to_series().groupby(number):
        mine = [
            group.get_group(one).reset_index(drop=True) if one in group.groups else frame.head(0)
            for group, frame in zip(parts, frames, strict=True)
        ]
        chunks.append(Chunk(part.tolist(), mine, function, fixed))
    return chunks


def _characters(frame: pd.DataFrame) -> pd.Series:
    return frame.text.str.len().fillna(0) if "text" in frame else pd.Series(100, frame.index)
