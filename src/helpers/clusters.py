"""Means of values that hang together in clusters, such as the mentions in a paragraph or in an article."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers import stats

NOISE = 1e-12  # an error below it is one of rounding


def means(values: ArrayLike, clusters: ArrayLike, groups: ArrayLike) -> pd.DataFrame:
    """Means of groups with t intervals; values of one cluster may depend on each other (:func:`errors`).

    Parameters
    ----------
    values, clusters, groups
        Numbers, the cluster of each and the group of each, shape (n,). A cluster lies in one group: where its
        name comes in several, each has its own.

    Returns
    -------
    DataFrame
        Index: the groups, sorted. `n`, `mean`, `clusters` (how many), `error`, `freedom`, `low`, `high`; the
        last four are NaN where :func:`errors` has none: too little to tell.

    Examples
    --------
    >>> found = means([0.0, 0.2, 0.1, 0.3, 0.15], [1, 2, 3, 4, 5], ["a"] * 5)
    >>> print(found.round(3).to_dict("records")[0])
    {'n': 5, 'mean': 0.15, 'clusters': 5, 'error': 0.05, 'freedom': 4.0, 'low': 0.011, 'high': 0.289}
    """
    from scipy.special import stdtrit

    table = pd.DataFrame({"value": np.asarray(values, float), "cluster": clusters, "group": groups})
    found = table.groupby("group").value.agg(n="size", mean="mean")
    parts = table.groupby(["group", "cluster"]).value.agg(["sum", "size"]).join(found, on="group")
    off = (parts["sum"] - parts["size"] * parts["mean"]) / parts.n
    sure = errors(off, parts["size"] / parts.n, parts.index.get_level_values("group"))
    half = stdtrit(sure.freedom, 0.5 + stats.LEVEL / 2) * sure.error
    return found.join(sure).assign(low=found["mean"] - half, high=found["mean"] + half)


def errors(off: ArrayLike, share: ArrayLike, groups: ArrayLike) -> pd.DataFrame:
    """Standard errors of means from their clusters, by the jackknife (CR3), and their degrees of freedom.

    ``sqrt((k - 1) / k * sum((off / (1 - share))**2))``. The degrees of freedom are those that Bell and
    McCaffrey (2002) derive for clusters of unlike sizes, in closed form for a mean; k - 1 for k of one size.
    Simulated size of a 5 % test of two such means (`significance.welch`), values -1, 0 and 1, 5 to 30
    clusters of unlike sizes, correlation 0 to .5: .03 to .06, 5 clusters against 30 up to .07, where few
    values are not 0 .01 to .05. With the plain error and k - 1 (CR1) it is up to .11.

    Parameters
    ----------
    off
        Of each cluster the summed deviations of its values from the group's mean, over the group's n.
    share
        The cluster's share (0 to 1) of the group's values.
    groups
        The group of each cluster; all of shape (k,).

    Returns
    -------
    DataFrame
        Index: the groups, sorted. `clusters` (how many have a share), `error`, `freedom`; the last two are
        NaN below `stats.FEWEST_CLUSTERS` clusters, and where no cluster differs from another.
    """
    share = np.asarray(share, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance, pull = (np.asarray(off, float) / (1 - share)) ** 2, share**2 / (1 - share)
    terms = {"clusters": share > 0, "variance": variance, "even": share**2, "pull": pull, "square": pull**2}
    sums = pd.DataFrame({"group": groups} | terms).groupby("group").sum()
    freedom = 1 / (sums.even + sums.pull**2 - sums.square)
    error = np.sqrt((sums.clusters - 1) / sums.clusters * sums.variance)
    enough = (sums.clusters >= stats.FEWEST_CLUSTERS) & (error > NOISE)
    return sums[["clusters"]].assign(error=error.where(enough), freedom=freedom.where(enough))
