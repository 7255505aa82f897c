"""Intervals for what is counted and averaged, and agreement. All are 95 %; draws at random have a fixed seed.

Sentences of one text are not independent: a topic comes in runs. The intervals of what is counted in one text
therefore take the design effect of the paragraphs the sentences stand in, or the paragraphs themselves.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

LEVEL = 0.95
# Below five clusters a standard error is a guess. Simulated coverage of `clusters.means` (normal values, or
# -1, 0 and 1; correlation within clusters 0 and .5): .94 to .95 for five of equal size and eight of sizes 1
# to 6, .96 to .98 for five of sizes 1, 1, 1, 2 and 6.
FEWEST_CLUSTERS = 5
DRAWS, SEED = 2_000, 0  # from seed to seed the ends move by 1.5 % of the interval's width (12 values)

Ends = tuple[np.ndarray, np.ndarray]  # of intervals: the low ones, the high ones


def wilson(successes: ArrayLike, trials: ArrayLike, design_effect: ArrayLike = 1.0) -> Ends:
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


def poisson(count: ArrayLike, exposure: ArrayLike, dispersion: ArrayLike = 1.0) -> Ends:
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
    values, group = np.asarray(values, float), pd.factorize(np.asarray(groups))[0]
    sizes = np.bincount(group)
    n, k = len(values), len(sizes)
    if k < 2 or n <= k or values.min() == values.max():
        return 0.0
    means = np.bincount(group, values) / sizes
    between = (sizes * (means - values.mean()) ** 2).sum() / (k - 1)
    within = ((values - means[group]) ** 2).sum() / (n - k)
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
    y, w, group = np.asarray(counts, float), np.asarray(exposure, float), pd.factorize(np.asarray(groups))[0]
    y, w, group = y[w > 0], w[w > 0], group[w > 0]
    told = ((np.bincount(group, y) > 0) & (np.bincount(group) > 1))[group]
    y, w, group = y[told], w[told], group[told]
    freedom = len(y) - len(np.unique(group))
    if freedom < 1:
        return 1.0
    expected = w * np.bincount(group, y)[group] / np.bincount(group, w)[group]
    return float(max(1.0, ((y - expected) ** 2 / expected).sum() / freedom))


def means(values: ArrayLike) -> Ends:
    """A t interval for the mean of each column, each row a point of its own.

    Parameters
    ----------
    values
        Shape (n, k); missing values are left out.

    Returns
    -------
    low, high
        Shape (k,); NaN below `FEWEST_CLUSTERS` values, and where nothing varies.

    Examples
    --------
    >>> low, high = means([[0.0], [0.2], [0.1], [0.3], [0.15]])
    >>> print(round(float(low[0]), 3), round(float(high[0]), 3))
    0.011 0.289
    """
    from scipy.special import stdtrit

    values = np.asarray(values, float)
    n = (~np.isnan(values)).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.nansum(values, axis=0) / n
        deviation = np.sqrt(np.nansum((values - mean) ** 2, axis=0) / (n - 1))
        half = stdtrit(n - 1, 0.5 + LEVEL / 2) * deviation / np.sqrt(n)
    half = np.where((n >= FEWEST_CLUSTERS) & _varies(values), half, np.nan)
    return mean - half, mean + half


def _varies(values: np.ndarray) -> np.ndarray:
    """Whether the values of a column that are not missing differ."""
    return np.fmin.reduce(values) < np.fmax.reduce(values)


def bootstrapped_means(values: ArrayLike) -> Ends:
    """A percentile interval for the mean of each column, rows drawn anew `DRAWS` times with a fixed seed.

    Efron and Tibshirani (1993), section 13.3. All columns take the same rows in a draw. Simulated coverage
    for skewed shares (beta, .6 and 4): .86 with 10 rows, .93 with 20, .95 with 50; of a t interval .88, .95,
    .96.

    Parameters
    ----------
    values
        Shape (n, k); missing values are left out.

    Returns
    -------
    low, high
        Shape (k,); NaN for a column whose values do not vary: a draw cannot show what it does not hold.

    Examples
    --------
    >>> low, high = bootstrapped_means([[0.0], [1.0], [0.0], [1.0], [1.0], [0.0], [1.0], [0.0], [1.0], [0.0]])
    >>> print(round(float(low[0]), 1), round(float(high[0]), 1))
    0.2 0.8
    """
    values = np.asarray(values, float)
    n, known = len(values), ~np.isnan(values)
    drawn = np.random.default_rng(SEED).multinomial(n, np.full(n, 1 / n), DRAWS).astype(float)
    with np.errstate(invalid="ignore"):
        found = (drawn @ np.where(known, values, 0)) / (n if known.all() else drawn @ known)
    quantile = np.nanquantile if np.isnan(found).any() else np.quantile
    varies = _varies(values)
    ends = np.full((2, len(varies)), np.nan)
    ends[:, varies] = quantile(found[:, varies], [0.5 - LEVEL / 2, 0.5 + LEVEL / 2], axis=0)
    low, high = ends
    return low, high


def mean_of_estimates(estimates: ArrayLike, low: ArrayLike, high: ArrayLike) -> tuple[float, float, float]:
    """Mean of independent estimates, its interval recovered from theirs (MOVER; Zou, Huang and Zhang 2009).

    The distance from the mean to its lower end is the root of the summed squares of the estimates' distances
    to their lower ends, over their number; to the upper end likewise. Unlike a bootstrap it keeps a width
    where every share is 0 or 1.

    Parameters
    ----------
    estimates, low, high
        Each estimate with its own interval, shape (k,); estimates that are NaN are left out.

    Returns
    -------
    mean, low, high
        NaN where there is no estimate.

    Examples
    --------
    >>> mean, low, high = mean_of_estimates([0.5, 1.0], [0.2, 0.6], [0.8, 1.0])
    >>> print(mean, low, high)
    0.75 0.5 0.9
    """
    table = np.array([estimates, low, high], float)
    value, low, high = table[:, ~np.isnan(table[0])]
    if not len(value):
        return np.nan, np.nan, np.nan
    mean = value.mean()
    below, above = np.hypot.reduce(value - low), np.hypot.reduce(high - value)
    return float(mean), float(mean - below / len(value)), float(mean + above / len(value))


def krippendorff_alpha(counts: ArrayLike, ordered: bool = False) -> tuple[float, float, float]:
    """How far coders agree beyond chance (Krippendorff 2004, chapter 11; 2011), with a bootstrap interval.

    ``1 - (n - 1) * sum(o * d) / sum(e * d)``: `o` counts the pairs of values within a unit, each over the
    unit's values less one; `e` the pairs among all `n` values; `d` is how far two values are apart. Nominal:
    1 for unlike ones. Ordinal: the values between them, with half of their own, squared. The interval draws
    units again (Zapf, Castell, Morawietz and Karch 2016), `DRAWS` times. Simulated coverage for two coders,
    nominal: .91 to .97 with 20 units, .94 to .96 with 40 or more.

    Parameters
    ----------
    counts
        How many coders gave each value to each unit, shape (units, values). Coders may be any number, and
        may differ from unit to unit; a unit with fewer than two values is left out.
    ordered
        Whether the values are ordered, as their columns are: to take one for the next then counts less than
        to take it for one farther off.

    Returns
    -------
    alpha, low, high
        Alpha is 1 or less, 0 for agreement as by chance; NaN where all values are alike. The interval is NaN
        below `FEWEST_CLUSTERS` units, and where nobody disagreed: too little to tell. Draws in which all
        values are alike have no alpha and do not count.

    Examples
    --------
    >>> read = [[2, 0, 0]] * 6 + [[1, 1, 0]] + [[0, 0, 2]] * 3
    >>> print(round(krippendorff_alpha(read)[0], 3), round(krippendorff_alpha(read, ordered=True)[0], 3))
    0.804 0.9
    """
    counts = np.asarray(counts, float)
    counts = counts[counts.sum(axis=1) > 1]
    if not len(counts):
        return np.nan, np.nan, np.nan
    # Units with the same values are one kind: drawing kinds by their frequency is drawing units.
    kinds, times = np.unique(counts, axis=0, return_counts=True)
    alpha = float(_alpha(kinds, times, ordered))
    if len(counts) < FEWEST_CLUSTERS or np.isnan(alpha) or alpha == 1:
        return alpha, np.nan, np.nan
    random = np.random.default_rng(SEED)
    drawn = _alpha(kinds, random.multinomial(len(counts), times / len(counts), DRAWS), ordered)
    low, high = np.nanquantile(drawn, [0.5 - LEVEL / 2, 0.5 + LEVEL / 2])
    return alpha, float(low), float(high)


def _alpha(kinds: np.ndarray, times: np.ndarray, ordered: bool) -> np.ndarray:
    """Alpha of units of each kind so many times; a row of `times` an alpha, NaN if nothing varies (0 / 0)."""
    pairs = kinds[:, :, None] * kinds[:, None, :] / (kinds.sum(axis=1) - 1)[:, None, None]
    values = (times @ kinds).astype(float)
    middle = values.cumsum(axis=-1) - values / 2 if ordered else np.arange(values.shape[-1])
    apart = middle[..., :, None] - middle[..., None, :]
    apart = apart**2 if ordered else apart != 0
    observed = (np.tensordot(times, pairs, 1) * apart).sum(axis=(-2, -1))
    expected = (values[..., :, None] * values[..., None, :] * apart).sum(axis=(-2, -1))
    with np.errstate(divide="ignore", invalid="ignore"):
        return 1 - (values.sum(axis=-1) - 1) * observed / expected
