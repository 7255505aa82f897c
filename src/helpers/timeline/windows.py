"""Which statements are compared: all of one action, or where there are many, those of near days."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# Rows that are all compared with one another. Of 100 articles no action has more than 170 statements with a
# day (or without one), and nothing is left out. Of 766 made-up ones some have 1,400: a million pairs, and of
# ten times the articles a hundred million.
BLOCK = 256
# Of more rows, those before each and after it that it is compared with, so that work grows with the rows.
# These 766 articles give 6,638 events with 96, 6,014 with 192, 5,840 with 256; 6,017 with blocks of 256 that
# overlap.
NEAREST = 192


def blocks(rows: np.ndarray, days: np.ndarray) -> Iterator[np.ndarray]:
    """Rows in blocks of at most `BLOCK` in the order of their days.

    Parameters
    ----------
    rows
        Numbers of rows.
    days
        The day of every row of the table, as a number.

    Yields
    ------
    ndarray
        Rows of a block, in ascending order; all rows where there are no more than `BLOCK`.

    Examples
    --------
    >>> days = np.arange(300.0)[::-1]
    >>> [(int(one[0]), len(one)) for one in blocks(np.arange(300), days)]
    [(44, 256), (0, 44)]
    """
    if len(rows) > BLOCK:
        rows = rows[np.lexsort((rows, days[rows]))]
    for start in range(0, len(rows), BLOCK):
        yield np.sort(rows[start : start + BLOCK])


def meetings(rows: np.ndarray, days: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Many rows, each with the `NEAREST` before it in the order of their days: each two of them once.

    Yields
    ------
    tuple
        Rows, those that they are compared with, and an array of both: whether these two meet here.

    Examples
    --------
    >>> days = np.arange(300.0)
    >>> [(len(some), len(others), int(meet.sum())) for some, others, meet in meetings(np.arange(300), days)]
    [(256, 256, 30624), (44, 236, 8448)]
    """
    rows = rows[np.lexsort((rows, days[rows]))]
    for start in range(0, len(rows), BLOCK):
        others = rows[max(start - NEAREST, 0) : start + BLOCK]
        some = rows[start : start + BLOCK]
        known = len(others) - len(some)
        meet = np.tri(len(others), k=-1, dtype=bool) & ~np.tri(len(others), k=-NEAREST - 1, dtype=bool)
        yield some, others, meet[known:]


def gathered(has: "csr_array", days: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """What is compared of each action's rows: all with all, of many the :func:`meetings`.

    Those of actions with few rows are compared in one go.

    Parameters
    ----------
    has
        Rows × actions.
    days
        The day of every row, as a number.

    Yields
    ------
    tuple
        As `meetings`; the rows are the last of those that they are compared with.
    """
    by_action = has.tocsc()
    sizes = np.diff(by_action.indptr)
    for name in np.flatnonzero(sizes > BLOCK):
        yield from meetings(by_action.indices[by_action.indptr[name] : by_action.indptr[name + 1]], days)
    few = np.flatnonzero((sizes > 1) & (sizes <= BLOCK))
    few = few[np.argsort(-sizes[few], kind="stable")]
    batches = np.flatnonzero(np.diff(np.cumsum(sizes[few]) // BLOCK)) + 1
    for names in np.split(few, batches):
        parts = [by_action.indices[by_action.indptr[name] : by_action.indptr[name + 1]] for name in names]
        if parts:
            rows, action = np.concatenate(parts), np.repeat(names, sizes[names])
            yield rows, rows, np.tri(len(rows), k=-1, dtype=bool) & (action[:, None] == action)
