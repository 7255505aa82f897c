"""Copies across partitions: a shuffle on the runs of words that articles have in common.

Every part has its runs of five words sorted into buckets; the task of a bucket reads it from all parts and
keeps the runs that stand in two articles or more. They are enough to count what two articles share, and one
task tells the families from them.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers import ingestion
from helpers.scale import partitions
from helpers.scale.parts import RAW
from helpers.scale.pool import Workers, required


class Bucket(NamedTuple):
    """A bucket of runs in all parts, and the number of the first article of each part."""

    number: int
    out: str
    firsts: dict[str, int]


def families(pool: Workers, out: str, about: pd.DataFrame, parts: list[str]) -> pd.DataFrame:
    """The families of all articles, as :func:`helpers.ingestion.families` tells them.

    Parameters
    ----------
    about
        All articles in the order of the parts: `part`, `article_id`, `published`, `runs` (how many each has).
    parts
        The parts that have articles.
    """
    firsts = {part: int(about.part.searchsorted(part)) for part in parts}
    buckets = [Bucket(number, out, firsts) for number in range(partitions.BUCKETS)]
    required(pool.completed(shared, buckets), "looking for copies", len(buckets))
    partitions.write(about[["article_id", "published", "runs"]], out, f"{RAW}/about")
    required(pool.completed(related, [out]), "telling families", 1)
    return partitions.read(out, f"{RAW}/families").set_index("article_id")


def shared(task: Bucket) -> None:
    """Write the runs of a bucket that stand in two articles or more, with the articles' numbers."""
    owners, runs = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for part, first in task.firsts.items():
        rows = partitions.read_bucket(task.out, f"{RAW}/runs", part, task.number)
        owners.append(rows.article.to_numpy(np.int64) + first)
        runs.append(rows.run.to_numpy(np.int64))
    owner, run = np.concatenate(owners), np.concatenate(runs)
    _, inverse, count = np.unique(run, return_inverse=True, return_counts=True)
    common = count[inverse] > 1
    kept = pd.DataFrame({"article": owner[common].astype(np.int32), "run": run[common].astype(np.int32)})
    partitions.write(kept, task.out, f"{RAW}/shared", f"{task.number:05d}")


def related(out: str) -> None:
    """Write the families of all articles."""
    common = partitions.read(out, f"{RAW}/shared", [f"{number:05d}" for number in range(partitions.BUCKETS)])
    about = partitions.read(out, f"{RAW}/about").set_index("article_id")
    found = ingestion.related(about, common.article.to_numpy(), common.run.to_numpy())
    partitions.write(found.reset_index(), out, f"{RAW}/families")
