"""Which words set a group of texts apart from the others, and which of them chance would give as well.

Paragraphs are counted (`count_terms`); then each group is compared with the rest (`keyness`). Its p-values
take every word for a draw of its own, but words come in runs: who was named once is named again. So `chance`
compares again after shuffling what stands in which group.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

import numpy as np
import pandas as pd

from helpers.significance import benjamini_hochberg, signed_root
from helpers.spelling import running_keys

if TYPE_CHECKING:
    from scipy.sparse import csr_array

BEYOND = 1.96  # |z| of 5 % of draws from a normal distribution

# Measured on 25 events, mostly of five articles, each article against the others of its event.
# Mass of the prior, as a share of the words counted. With .02, .1, .2, .4, 1 of them 57, 98, 129, 144, 145
# words survive `chance`, but a heavy prior holds z down: 1,327, 1,075, 815, 518, 157 go beyond 1.96. A fixed
# mass fades in a large corpus: with 500 words it is 117 here, but 16 instead of 66 in two events of 77 texts.
PRIOR_SHARE = 0.2
# Occurrences in all groups. Of 25,955 comparisons of a word that occurs twice 3 go beyond 1.96: they only
# dilute the family of tests. As many words survive `chance` as with 2 or 4; with 5 fewer (125), with 8 (119).
FEWEST = 3
# Of a group. Of two different events, ten articles each, 175 words a group survive the shuffling of
# articles; with seven 31, with five 8, with three none: few articles have few orders.
FEWEST_ARTICLES = 10
_AT_ONCE = 4_000_000  # distances that are sorted together, 32 MB
DRAWS = 400  # two seeds agree on 97 % of the words that survive; with 100 draws on 90 %

ARTICLES = "articles shuffled"
PARAGRAPHS = "paragraphs shuffled: a difference between these texts"
NOTHING = "too few paragraphs to shuffle"

Method = Literal["log_odds", "g2", "chi2"]
Variance = Literal["four_term", "two_term"]
Correction = Literal["none", "yates", "williams"]


class TermCounts(NamedTuple):
    """How often each term stands in each unit, a unit being one paragraph of one article.

    `units` has the columns `article_id`, `paragraph` and `group` and is sorted by the first two; `terms` is
    sorted; `matrix` holds the counts, units × terms.
    """

    units: pd.DataFrame
    terms: np.ndarray
    matrix: "csr_array"


def count_terms(sentences: pd.DataFrame, groups: pd.Series) -> TermCounts:
    """Count the content words of every paragraph, headlines and sub-headings left out.

    Parameters
    ----------
    sentences
        Columns `article_id`, `paragraph`, `heading`, `text`.
    groups
        Index `article_id`: the group of an article. Articles without one are left out.
    """
    from scipy.sparse import csr_array

    groups = groups.dropna()
    running = sentences[~sentences.heading & sentences.article_id.isin(groups.index)]
    by_unit = running.groupby(["article_id", "paragraph"])
    text, columns, terms = running_keys(running.text)
    rows = by_unit.ngroup().to_numpy()[text]
    units = by_unit.size().index.to_frame(index=False)
    units["group"] = units.article_id.map(groups)
    entries = np.ones(len(rows), int), (rows, columns)
    return TermCounts(units, terms, csr_array(entries, (len(units), len(terms))))


def by_group(counted: TermCounts) -> pd.DataFrame:
    """The counts of each term (index `term`) in each group (a column each), both sorted.

    Examples
    --------
    >>> rows = [("a", 1, False, "The ferry sank, the old ferry."), ("b", 1, False, "An old bridge.")]
    >>> sentences = pd.DataFrame(rows, columns=["article_id", "paragraph", "heading", "text"])
    >>> by_group(count_terms(sentences, pd.Series({"a": "A", "b": "B"}))).T.to_dict("list")
    {'bridge': [0, 1], 'ferry': [2, 0], 'old': [1, 1], 'sank': [1, 0]}
    """
    names, labels = np.unique(counted.units.group, return_inverse=True)
    sums = summed(counted.matrix, labels, len(names)).toarray()
    return pd.DataFrame(sums.T, index=pd.Index(counted.terms, name="term"), columns=names)


def keyness(
    counts: pd.DataFrame,
    *,
    method: Method = "log_odds",
    prior: Literal["informative"] | float = "informative",
    prior_mass: float | None = None,
    variance: Variance = "four_term",
    correction: Correction = "none",
) -> pd.DataFrame:
    """Compare how often each term occurs in each group with how often in all other groups together.

    Parameters
    ----------
    counts
        Occurrences: index `term`, a column for each group.
    method
        "log_odds": weighted log-odds with a Dirichlet prior (Monroe, Colaresi and Quinn 2008, Fightin' Words,
        equations 16 and 22). "g2", "chi2": log-likelihood ratio (Dunning 1993) and Pearson's statistic of the
        table of two by two, term or other × group or rest.
    prior, prior_mass
        For log-odds. "informative": `prior_mass` words that are spread like those of all groups (equation
        23), by default `PRIOR_SHARE` of the words counted. A number is the pseudo-count of every term.
    variance
        For log-odds: "four_term" (equation 19; Scattertext) or "two_term" (20, for rare terms; ConvoKit).
    correction
        For "g2" and "chi2", as in quanteda; see `signed_root`.

    Returns
    -------
    DataFrame
        A row a `group` and `term`, in the order of `counts`: `count`; `rate` per 1,000 words; `effect`, the
        log-odds ratio (natural), for other methods Hardie's (2014) log ratio, the binary log of the ratio of
        the rates with a count of 0 read as .5; `z`, for other methods the signed root: z² is the statistic;
        `p`, two-sided, of a normal z; `q`, Benjamini and Hochberg's, within the group. The last four are
        missing where a group or the rest has no words; p and q also for less than `FEWEST` occurrences.

    Raises
    ------
    ValueError
        For unknown options or those of another method, a prior or mass of 0 or less, a mass beside a number.

    Examples
    --------
    >>> counts = pd.DataFrame({"A": [9, 1, 20], "B": [1, 8, 22]}, index=["bridge", "ferry", "town"])
    >>> keyness(counts).loc[:2, ["term", "count", "effect", "z"]].round(2).values.tolist()
    [['bridge', 9, 1.55, 2.24], ['ferry', 1, -1.42, -1.98], ['town', 20, -0.14, -0.31]]
    """
    from scipy.special import ndtr

    for given, known in ((method, Method), (variance, Variance), (correction, Correction)):
        if given not in get_args(known):
            raise ValueError(f"{given!r} is unknown here; known are {', '.join(get_args(known))}")
    if prior != "informative" and (isinstance(prior, str) or not 0 < prior < np.inf):
        raise ValueError(f'prior is {prior!r}; give "informative" or a number above 0')
    if prior_mass is not None and not (prior == "informative" and 0 < prior_mass < np.inf):
        raise ValueError(f"prior_mass is {prior_mass!r}; give a number above 0, with an informative prior")
    if method == "log_odds" and correction != "none":
        raise ValueError(f"log_odds has no correction; {correction!r} is one for g2 and chi2")
    if method != "log_odds" and (prior, prior_mass, variance) != ("informative", None, "four_term"):
        raise ValueError(f"{method} has no prior, prior_mass or variance; they are options of log_odds")
    y = counts.to_numpy(float).T
    n, total = y.sum(axis=1, keepdims=True), y.sum(axis=0)
    rest, n_rest = total - y, n.sum() - n
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = 1000 * y / n
        if method == "log_odds":
            share = PRIOR_SHARE if prior_mass is None else prior_mass / n.sum()
            alpha = share * total if prior == "informative" else np.full(len(total), prior)
            effect, z = _log_odds(y + alpha, n + alpha.sum(), rest + alpha, n_rest + alpha.sum(), variance)
        else:
            effect = np.log2(np.maximum(y, 0.5) / n / (np.maximum(rest, 0.5) / n_rest))
            z = signed_root(y, n, rest, n_rest, method, correction)
    effect, z = np.where((n > 0) & (n_rest > 0), [effect, z], np.nan)
    p = np.where(total >= FEWEST, 2 * ndtr(-np.abs(z)), np.nan)
    q = np.array([benjamini_hochberg(of_group) for of_group in p])
    found = {"count": y.astype(int), "rate": rate, "effect": effect, "z": z, "p": p, "q": q}
    return _table(counts.columns, counts.index, found)


def chance(counted: TermCounts, draws: int = DRAWS, seed: int = 0) -> tuple[pd.DataFrame, pd.DataFrame]:
    """How many terms `keyness` (with its defaults) finds when what stands in which group is shuffled.

    Groups of `FEWEST_ARTICLES` have whole articles shuffled among them, or, where only one is as large, with
    those of all others, if these have as many together: what survives is a difference between groups. For the
    other groups paragraphs of all texts are shuffled, each group keeping its number, and it is one between
    these texts; an article of one paragraph, which may have lost its paragraphs, stays where it is.

    Parameters
    ----------
    counted, draws, seed
        What `count_terms` gave; how often to shuffle; where the random numbers begin.

    Returns
    -------
    terms : DataFrame
        The rows of `keyness(by_group(counted))`: `group`, `term`, `q_chance`, the false discovery rate where
        all terms this far from 0 (|z|), in all groups of the same `basis`, are called distinct: how many are
        in a draw, over how many in truth (Tusher, Tibshirani and Chu 2001; Storey and Tibshirani 2003, all
        terms taken for null), the smallest such rate at this |z| or below. The true order counts as a draw
        (Phipson and Smyth 2010). Missing for untested terms and where nothing can be shuffled.
    groups : DataFrame
        A row a group: its `articles`, `paragraphs`, terms `tested`, those `beyond` |z| > `BEYOND`, how many
        are `expected` by chance (mean of the draws; missing where nothing can be shuffled) and the `basis`.
    """
    sizes = counted.units.groupby("group").article_id.agg(articles="nunique", paragraphs="size")
    sums = by_group(counted).to_numpy().T
    tested, q = sums.sum(axis=0) >= FEWEST, np.full(sums.shape, np.nan)
    z = default_z(sums, sums.sum(axis=1, keepdims=True), sums.sum(axis=0), sums.sum())
    beyond = (np.abs(z[:, tested]) > BEYOND).sum(axis=1)
    groups = sizes.reset_index().assign(tested=tested.sum(), beyond=beyond, expected=np.nan, basis=NOTHING)
    for basis, family, *shuffled in _shufflings(counted):
        q[np.ix_(family, tested)], groups.loc[family, "expected"] = _rates(family, *shuffled, draws, seed)
        groups.loc[family, "basis"] = basis
    return _table(sizes.index, counted.terms, {"q_chance": q}), groups


def _table(groups: pd.Index, terms: pd.Index, values: dict[str, np.ndarray]) -> pd.DataFrame:
    """Rows of group and term from arrays, groups × terms."""
    key = pd.MultiIndex.from_product([groups, terms], names=["group", "term"])
    return pd.DataFrame({name: cells.ravel() for name, cells in values.items()}, index=key).reset_index()


def summed(matrix: "csr_array", labels: np.ndarray, number: int) -> "csr_array":
    """The rows of a matrix added up by their label, 0 to `number` - 1."""
    from scipy.sparse import csr_array

    entries = np.ones(len(labels), int), (labels, np.arange(len(labels)))
    return csr_array(entries, (number, len(labels))) @ matrix


def by_article(counted: TermCounts) -> tuple["csr_array", np.ndarray]:
    """Counts, articles × terms, and the number of each article's group."""
    ids, first, article = np.unique(counted.units.article_id, return_index=True, return_inverse=True)
    labels = np.unique(counted.units.group, return_inverse=True)[1]
    return summed(counted.matrix, article, len(ids)), labels[first]


def _shufflings(counted: TermCounts) -> Iterator[tuple[str, np.ndarray, "csr_array", np.ndarray, np.ndarray]]:
    """What `chance` shuffles: the basis, for which groups, counts by row, their groups, which rows move."""
    matrix, home = by_article(counted)
    large = np.bincount(home) >= FEWEST_ARTICLES
    alone = large.sum() == 1
    large &= not alone or (~large[home]).sum() >= FEWEST_ARTICLES
    if large.any():
        yield ARTICLES, large, matrix, home, large[home] | alone
    labels = np.unique(counted.units.group, return_inverse=True)[1]
    several = counted.units.article_id.duplicated(keep=False).to_numpy()
    moved = np.isin(np.arange(len(large)), labels[several])
    if moved.sum() > 1 and (moved & ~large).any():
        yield PARAGRAPHS, moved & ~large, counted.matrix, labels, several


def _rates(
    family: np.ndarray, matrix: "csr_array", labels: np.ndarray, free: np.ndarray, draws: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """False discovery rates, groups of the family × tested terms, and how many terms of each are expected."""
    from scipy.sparse import csr_array

    cells = csr_array(matrix[:, matrix.sum(axis=0) >= FEWEST])
    words, total = matrix.sum(axis=1), cells.sum(axis=0)
    shape = (family.sum(), len(total))
    place = np.where(family, family.cumsum() - 1, shape[0])  # of a group in the family; all others last
    row, data = np.repeat(np.arange(len(words)), np.diff(cells.indptr)), cells.data.astype(float)
    batch = max(1, _AT_ONCE // max(1, shape[0] * shape[1]))

    def distance(labels: np.ndarray) -> np.ndarray:
        home = place[labels]
        cell = (home * shape[1])[row] + cells.indices
        sums = np.bincount(cell, data, (shape[0] + 1) * shape[1]).reshape(-1, shape[1])[:-1]
        n = np.bincount(home, words, shape[0] + 1)[:-1, None]
        return np.abs(default_z(sums, n, total, words.sum()))

    seen = distance(labels)
    marks = np.sort(seen, axis=None)
    observed = marks.size - marks.searchsorted(marks)
    passed, expected = observed.copy(), np.zeros(len(seen))
    draw, drawn = np.random.default_rng(seed), labels.copy()
    for first in range(0, draws, batch):
        far = np.empty((min(batch, draws - first), *shape))
        for some in far:
            drawn[free] = draw.permutation(labels[free])
            some[:] = distance(drawn)
        expected += (far > BEYOND).sum(axis=(0, 2))
        passed += far.size - np.sort(far, axis=None).searchsorted(marks)
    rates = np.minimum.accumulate(passed / (draws + 1) / observed)
    return rates[marks.searchsorted(seen)], expected / draws


def default_z(y: np.ndarray, n: np.ndarray, total: np.ndarray, words: int) -> np.ndarray:
    """z as `keyness` gives it without options; missing where a term does not occur."""
    alpha, mass = PRIOR_SHARE * total, PRIOR_SHARE * words
    with np.errstate(divide="ignore", invalid="ignore"):
        return _log_odds(y + alpha, n + mass, total - y + alpha, words - n + mass)[1]


def _log_odds(
    y: np.ndarray, n: np.ndarray, rest: np.ndarray, n_rest: np.ndarray, variance: str = "four_term"
) -> tuple[np.ndarray, np.ndarray]:
    """Log-odds ratio and z; the counts and words hold the prior."""
    other, other_rest = n - y, n_rest - rest
    effect = np.log(y * other_rest / (other * rest))
    others = 1 / other + 1 / other_rest if variance == "four_term" else 0
    return effect, effect / np.sqrt(1 / y + 1 / rest + others)
