"""Statistics of two counts and of two means, and corrections for many tests."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike


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
        cells = [n * total, n_rest * total, n * (words - total), n_rest * (words - total)]
        expected = np.stack(cells) / words
        off = y - expected[0]  # every cell is off by this much, one way or the other
        sign = np.sign(off)
        if correction == "yates":
            off = np.where(np.abs(off) > 0.5, off - sign / 2, off)
        found = np.maximum(expected + np.stack([off, -off, -off, off]), 0)
        parts = off**2 / expected if method == "chi2" else 2 * xlogy(found, found / expected)
        statistic = np.maximum(parts.sum(axis=0), 0)
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
    from scipy.stats import false_discovery_control

    q = np.array(p, float)
    tests = ~np.isnan(q)
    q[tests] = false_discovery_control(q[tests])
    return q


def holm(p: ArrayLike) -> np.ndarray:
    """p-values adjusted for a family of tests by steps (Holm 1979), dependent or not.

    Calling those below .05 true, one errs anywhere in the family in at most 5 % of families.

    Parameters
    ----------
    p
        p-values in [0, 1], shape (n,). A missing one is no test: it stays missing and does not count.

    Examples
    --------
    >>> print(holm([0.01, 0.04, float("nan"), 0.03]).round(3))
    [0.03 0.06  nan 0.06]
    """
    p = np.asarray(p, float)
    q = np.full(p.shape, np.nan)
    tests = np.flatnonzero(~np.isnan(p))
    rising = tests[np.argsort(p[tests], kind="stable")]
    q[rising] = np.minimum(np.maximum.accumulate(p[rising] * np.arange(len(tests), 0, -1)), 1)
    return q


def welch(
    error: ArrayLike, freedom: ArrayLike, other_error: ArrayLike, other_freedom: ArrayLike
) -> tuple[np.ndarray, np.ndarray]:
    """Standard error and degrees of freedom of the difference of two independent estimates (Welch 1947).

    Parameters
    ----------
    error, freedom, other_error, other_freedom
        Of either estimate; scalars or arrays of one shape.

    Examples
    --------
    >>> error, freedom = welch(0.3, 4, 0.4, 9)
    >>> print(round(float(error), 3), round(float(freedom), 3))
    0.5 12.835
    """
    one, other = np.square(error), np.square(other_error)
    return np.sqrt(one + other), (one + other) ** 2 / (one**2 / freedom + other**2 / other_freedom)
