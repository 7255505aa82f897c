"""The words that set groups of texts apart, weighed against chance and against what a single article does."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.spelling import forms, written
from helpers.topics.keyness import (
    BEYOND,
    TermCounts,
    by_article,
    by_group,
    chance,
    count_terms,
    default_z,
    keyness,
    summed,
)

if TYPE_CHECKING:
    from scipy.sparse import csr_array

SURVIVES = 0.05  # rate of false discoveries among the words called distinct
_TERMS = 1_000  # tried at a time: each without an article of every length


def distinctive(sentences: pd.DataFrame, groups: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The words that set groups of texts apart, weighed against chance: all of the above in one step.

    Parameters
    ----------
    sentences, groups
        As for :func:`count_terms`.

    Returns
    -------
    words : DataFrame
        The columns of table `keyness`: the rows of :func:`keyness` that were tested, with `q_chance` and, for
        those that survive (`SURVIVES`), `stability`; `word` is how the texts write the term.
    groups : DataFrame
        What :func:`chance` says of each group.
    """
    inside = sentences.text[sentences.article_id.isin(groups.index)]
    return compared_words(count_terms(sentences, groups), forms(inside))


def compared_words(
    counted: TermCounts, found: Mapping[str, Mapping[str, int]]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What :func:`distinctive` returns, of words that are counted.

    `found`: term → how often texts write it in each way.
    """
    by_chance, summary = chance(counted)
    table = keyness(by_group(counted)).merge(by_chance, on=["group", "term"])
    table = table[table.p.notna()].reset_index(drop=True)
    survivors = table[table.q_chance <= SURVIVES]
    shown = table.term.map(written(found))
    return table.assign(word=shown, stability=stability(counted, survivors)), summary


def stability(counted: TermCounts, table: pd.DataFrame) -> pd.Series:
    """How little the rows of `keyness` depend on a single article.

    Parameters
    ----------
    counted, table
        What `count_terms` gave; rows of `keyness(by_group(counted))`, such as those that survive `chance`.

    Returns
    -------
    Series
        For each row of `table`, the share in [0, 1] of articles without which z keeps its sign and
        |z| > `BEYOND`. The only article of its group is never left out; missing where all are such.
    """
    matrix, home = by_article(counted)
    words, by_term = matrix.sum(axis=1), matrix.tocsc()
    sums = summed(matrix, home, home.max(initial=-1) + 1).toarray()
    column = pd.Series(np.arange(len(counted.terms)), counted.terms)[table.term].to_numpy()
    groups = np.unique(counted.units.group)
    loose, kept = np.bincount(home)[home] > 1, np.zeros(len(table))
    for group, rows in table.groupby("group").indices.items():
        number = groups.searchsorted(group)
        own = home == number
        for some in np.split(rows, range(_TERMS, len(rows), _TERMS)):
            counts = sums[number, column[some]], words[own].sum(), sums.sum(axis=0)[column[some]]
            cells = by_term[:, column[some]].tocsr()
            for inside in (own, ~own):
                among = inside & loose
                kept[some] += _kept(*counts, words.sum(), cells[among], words[among], inside is own)
    return pd.Series(kept / loose.sum() if loose.any() else np.nan, table.index, float)


def _kept(
    y: np.ndarray, n: int, total: np.ndarray, all_words: int, cells: "csr_array", words: np.ndarray, own: bool
) -> np.ndarray:
    """Without how many articles, all of the group or all of others, each term stays what it is.

    Articles that lack a term differ in their words alone, so that one of each length is enough.
    """
    sign = np.sign(default_z(y, n, total, all_words))

    def stays(term: object, out: np.ndarray | int, length: np.ndarray) -> np.ndarray:
        less = (y[term] - out * own, n - length * own, total[term] - out, all_words - length)
        return sign[term] * default_z(*less) > BEYOND

    lengths, length, many = np.unique(words, return_inverse=True, return_counts=True)
    without = stays(slice(None), 0, lengths[:, None])
    article, term = cells.nonzero()
    changed = stays(term, cells[article, term], words[article]) ^ without[length[article], term]
    change = np.where(without[length[article], term], -1, 1) * changed
    return many @ without + np.bincount(term, change, len(y))
