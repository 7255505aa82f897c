"""Intervals for what is counted and averaged, statistics of two counts, and corrections for many tests.

All intervals are 95 % and none uses a random draw.

Sentences of one text are not independent: a topic comes in runs. Every interval here therefore takes the
design effect of the paragraphs the sentences stand in, or the paragraphs themselves.
"""

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

LEVEL = 0.95
# Below five clusters a standard error is a guess. Simulated coverage at a correlation of .5 within clusters:
# .95 for five of equal size, .93 for eight of sizes 1 to 6, .87 for five of sizes 1, 1, 1, 2 and 6.
FEWEST_CLUSTERS = 5


def wilson(
    successes: ArrayLike, trials: ArrayLike, design_effect: ArrayLike = 1.0
) -> tuple[np.ndarray, np.ndarray]:
    """Score interval of a share (Wilson 1927), with the trials divided by a design effect.

    Parameters
    ----------
    successes, trials
        Counts, scalars or arrays of one shape; 0 <= successes <= trials.
    design_effect
        How many times the variance exceeds that of independent trials (Kish 1965); 1 or more.

    Returns
    -------
    low, high
        Arrays in [0, 1]; NaN where there were no trials.

    Examples
    --------
    >>> low, high = wilson(3, 10)
    >>> print(round(float(low), 3), round(float(high), 3))
    0.108 0.603
    """
    from scipy.special import ndtri

    z = ndtri(0.5 + LEVEL / 2)
    successes, trials = np.asarray(successes, float), np.asarray(trials, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        n = trials / design_effect
        share = successes / trials
        centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    low = np.where(successes == 0, 0.0, np.clip(centre - half, 0, 1))
    high = np.where(successes == trials, 1.0, np.clip(centre + half, 0, 1))
    return np.where(trials > 0, low, np.nan), np.where(trials > 0, high, np.nan)


def poisson(
    count: ArrayLike, exposure: ArrayLike, dispersion: ArrayLike = 1.0
) -> tuple[np.ndarray, np.ndarray]:
    """Interval of a rate: Garwood's (1936) for a Poisson count, count and exposure divided by a dispersion.

    Parameters
    ----------
    count
        Occurrences, scalar or array.
    exposure
        What they were counted in (here: thousands of words), same shape.
    dispersion
        How many times the variance exceeds a Poisson count's; 1 or more.

    Returns
    -------
    low, high
        Rates per unit of exposure; NaN where the exposure is 0.

    Examples
    --------
    >>> low, high = poisson(4, 2.0)
    >>> print(round(float(low), 3), round(float(high), 3))
    0.545 5.121
    """
    from scipy.special import gammaincinv

    tail = (1 - LEVEL) / 2
    count, exposure = np.asarray(count, float) / dispersion, np.asarray(exposure, float) / dispersion
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(count > 0, gammaincinv(count, tail), 0.0) / exposure
        high = gammaincinv(count + 1, 1 - tail) / exposure
    return np.where(exposure > 0, low, np.nan), np.where(exposure > 0, high, np.nan)


def intraclass_correlation(values: ArrayLike, groups: ArrayLike) -> float:
    """How alike values of one cluster are: from the one-way analysis of variance (Donner and Koval 1980).

    Parameters
    ----------
    values
        One number a sentence (0/1 or a count), shape (n,).
    groups
        The cluster (paragraph) of each sentence, shape (n,).

    Returns
    -------
    float
        In [0, 1]; 0 where clusters cannot be told from sentences or nothing varies. Clusters that look more
        varied than chance count as 0: they are not taken as a gain.

    Examples
    --------
    >>> intraclass_correlation([1, 1, 0, 0, 1, 1, 0, 0], [0, 0, 1, 1, 2, 2, 3, 3])
    1.0
    """
    table = pd.DataFrame({"value": np.asarray(values, float), "group": np.asarray(groups)})
    by_group = table.groupby("group", sort=True).value
    sizes, means = by_group.size().to_numpy(), by_group.mean().to_numpy()
    n, k = len(table), len(sizes)
    if k < 2 or n <= k or table.value.nunique() < 2:
        return 0.0
    between = (sizes * (means - table.value.mean()) ** 2).sum() / (k - 1)
    within = ((table.value - by_group.transform("mean")) ** 2).sum() / (n - k)
    typical_size = (n - (sizes**2).sum() / n) / (k - 1)
    total = between + (typical_size - 1) * within
    return float(np.clip((between - within) / total, 0, 1)) if total > 0 else 0.0


def design_effect(correlation: float, sizes: ArrayLike) -> float:
    """How many times clustered values are worth less than independent ones (Kish 1965).

    ``1 + (m - 1) * correlation``, m being the mean size of the cluster that a sentence stands in.

    Examples
    --------
    >>> design_effect(0.5, [1, 3])
    1.75
    """
    sizes = np.asarray(sizes, float)
    return float(1 + ((sizes**2).sum() / sizes.sum() - 1) * correlation) if sizes.sum() else 1.0


def dispersion(counts: ArrayLike, exposure: ArrayLike, groups: ArrayLike) -> float:
    """How much counts of clusters vary beyond chance: Pearson's statistic over its degrees of freedom.

    The dispersion of a quasi-Poisson model with one rate a group (McCullagh and Nelder 1989, section 6.2.4):
    ``sum((y - rate * w)**2 / (rate * w)) / (k - groups)``. Never below 1. Groups without a count or with one
    cluster say nothing and are left out.

    Parameters
    ----------
    counts, exposure
        What was counted in each cluster (paragraph), and in how many words; shape (k,).
    groups
        The group (article) of each cluster, shape (k,).

    Returns
    -------
    float
        1.0 or more.

    Examples
    --------
    >>> dispersion([4, 0, 4, 0], [10, 10, 10, 10], ["a", "a", "a", "a"])
    2.6666666666666665
    """
    table = pd.DataFrame({"y": np.asarray(counts, float), "w": np.asarray(exposure, float), "group": groups})
    table = table[table.w > 0]
    by_group = table.groupby("group")
    table = table[(by_group.y.transform("sum") > 0) & (by_group.y.transform("size") > 1)]
    freedom = len(table) - table.group.nunique()
    if freedom < 1:
        return 1.0
    by_group = table.groupby("group")
    expected = table.w * by_group.y.transform("sum") / by_group.w.transform("sum")
    return float(max(1.0, ((table.y - expected) ** 2 / expected).sum() / freedom))


def clustered_mean(values: ArrayLike, groups: ArrayLike) -> tuple[float, float, float]:
    """Mean with a t interval whose standard error lets values of one cluster depend on each other.

    The cluster-robust standard error of a mean (Cameron and Miller 2015, equation 11) with k - 1 degrees of
    freedom for k clusters.

    Parameters
    ----------
    values, groups
        Numbers and the cluster of each, shape (n,).

    Returns
    -------
    mean, low, high
        NaN for the interval below `FEWEST_CLUSTERS` clusters, and where nothing varies: too little to tell.

    Examples
    --------
    >>> mean, low, high = clustered_mean([0.0, 0.2, 0.1, 0.3, 0.15], [1, 2, 3, 4, 5])
    >>> print(round(mean, 3), round(low, 3), round(high, 3))
    0.15 0.011 0.289
    """
    from scipy.special import stdtrit

    values = np.asarray(values, float)
    if not len(values):
        return np.nan, np.nan, np.nan
    mean = float(values.mean())
    sums = pd.Series(values - mean).groupby(np.asarray(groups)).sum().to_numpy()
    k = len(sums)
    if k < FEWEST_CLUSTERS or not np.ptp(values):
        return mean, np.nan, np.nan
    error = np.sqrt(k / (k - 1) * (sums**2).sum()) / len(values)
    half = float(stdtrit(k - 1, 0.5 + LEVEL / 2) * error)
    return mean, mean - half, mean + half


def signed_root(
    y: ArrayLike,
    n: ArrayLike,
    rest: ArrayLike,
    n_rest: ArrayLike,
    method: Literal["chi2", "g2"],
    correction: Literal["none", "yates", "williams"] = "none",
) -> np.ndarray:
    """How far two shares are apart: the root of chi² or G² of the table (y, rest; n - y, n_rest - rest).

    Parameters
    ----------
    y, n, rest, n_rest
        Counts, and what they are counted in, of one part and of all others; they are broadcast.
    method
        "chi2": Pearson's statistic; "g2": the log-likelihood ratio (Dunning 1993).
    correction
        "yates" moves every count by one half towards what is expected, but not where that would pass it;
        "williams" divides the statistic by Williams' (1976) q.

    Returns
    -------
    ndarray
        Normal at large counts; negative where `y` is less than expected; NaN for tables without a test.

    Examples
    --------
    >>> print(signed_root(6, 17, 2, 12, "chi2").round(3), signed_root(2, 12, 6, 17, "chi2").round(3))
    1.105 -1.105
    """
    from scipy.special import xlogy

    y, n, rest, n_rest = (np.asarray(part, float) for part in (y, n, rest, n_rest))
    words, total = n + n_rest, y + rest
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = (
            np.stack([n * total, n_rest * total, n * (words - total), n_rest * (words - total)]) / words
        )
        off = y - expected[0]  # every cell is off by this much, one way or the other
        sign = np.sign(off)
        if correction == "yates":
            off = np.where(np.abs(off) > 0.5, off - sign / 2, off)
        found = np.maximum(expected + np.stack([off, -off, -off, off]), 0)
        parts = off**2 / expected if method == "chi2" else 2 * xlogy(found, found / expected)
        statistic = parts.sum(axis=0)
        if correction == "williams":
            by_row, by_column = words / total + words / (words - total), words / n + words / n_rest
            statistic = statistic / (1 + (by_row - 1) * (by_column - 1) / (6 * words))
    return sign * np.sqrt(statistic)


def benjamini_hochberg(p: ArrayLike) -> np.ndarray:
    """False discovery rates of a family of tests (Benjamini and Hochberg 1995), as adjusted p-values.

    Parameters
    ----------
    p
        p-values in [0, 1], shape (n,). A missing one is no test: it stays missing and does not count.

    Returns
    -------
    ndarray
        The smallest rate at which each test is called a discovery, in the order of `p`.

    Examples
    --------
    >>> print(benjamini_hochberg([0.01, 0.04, float("nan"), 0.03]).round(3))
    [0.03 0.04  nan 0.04]
    """
    p = np.asarray(p, float)
    q = np.full(p.shape, np.nan)
    tests = np.flatnonzero(~np.isnan(p))
    falling = tests[np.argsort(-p[tests], kind="stable")]
    share = np.arange(len(tests), 0, -1) / max(len(tests), 1)
    q[falling] = np.minimum.accumulate(p[falling] / share)
    return q
