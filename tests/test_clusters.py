import numpy as np
import pytest
from scipy.stats import t

from helpers import clusters


def mean_of(values, parts):
    return clusters.means(values, parts, ["a"] * len(values)).loc["a"]


def test_singletons_give_the_ordinary_t_interval():
    values = np.array([0.1, 0.4, -0.2, 0.3, 0.0, 0.25])
    half = t.ppf(0.975, 5) * values.std(ddof=1) / np.sqrt(6)
    found = mean_of(values, range(6))
    assert found["mean"] == pytest.approx(values.mean()) and found.freedom == pytest.approx(5)
    assert (found.low, found.high) == pytest.approx((values.mean() - half, values.mean() + half))


def test_repeating_every_value_within_its_cluster_does_not_narrow_the_interval():
    values = np.array([0.1, 0.4, -0.2, 0.3, 0.0, 0.25])
    once, thrice = mean_of(values, range(6)), mean_of(np.repeat(values, 3), np.repeat(range(6), 3))
    told = ["mean", "error", "freedom", "low", "high"]
    assert thrice[told].tolist() == pytest.approx(once[told].tolist())
    assert (thrice.n, thrice.clusters) == (18, 6)


def test_the_error_of_unlike_clusters_is_the_jackknifes():
    values, parts = np.array([0.5, -1, 0, 1, 1, 0.2, 0.7, -0.3, 0.1]), np.repeat(range(5), [2, 1, 4, 1, 1])
    left = np.array([values[parts != one].mean() for one in range(5)])
    found = mean_of(values, parts)
    assert found.error**2 == pytest.approx(4 / 5 * ((left - values.mean()) ** 2).sum())


def test_clusters_of_unlike_sizes_have_fewer_degrees_of_freedom_as_satterthwaites_sum_says():
    sizes = np.array([1, 1, 1, 2, 6])
    share = sizes / sizes.sum()
    scale = np.diag(1 / np.sqrt(1 - share))
    spread = scale @ (np.diag(share) - np.outer(share, share)) @ scale  # of the clusters' scaled residuals
    found = mean_of(np.arange(11.0), np.repeat(range(5), sizes))
    assert found.freedom == pytest.approx(np.trace(spread) ** 2 / (spread**2).sum())
    assert found.freedom < 3


def test_groups_are_estimated_apart_even_where_clusters_bear_one_name():
    values, parts = np.random.default_rng(2).normal(size=40), np.tile(range(5), 8)
    groups = np.repeat(["b", "a"], 20)
    both = clusters.means(values, parts, groups)
    assert both.index.tolist() == ["a", "b"]
    assert both.loc["b"].tolist() == pytest.approx(mean_of(values[:20], parts[:20]).tolist())


def test_four_clusters_are_too_little_text():
    found = mean_of([0.0, 0.2, 0.1, 0.3], [1, 2, 3, 4])
    assert found["mean"] == pytest.approx(0.15)
    assert found[["error", "freedom", "low", "high"]].isna().all()
    assert mean_of([0.0, 0.2, 0.1, 0.3, 0.3], [1, 2, 3, 4, 5]).notna().all()


def test_values_that_do_not_vary_have_no_interval():
    assert mean_of([0.1] * 6, range(6))[["low", "high"]].isna().all()


def test_clusters_that_are_all_alike_have_no_interval_of_no_width():
    found = mean_of(np.tile([0.9, -0.1, 0.7], 7), np.repeat(range(7), 3))  # a paragraph seven times over
    assert found["mean"] == pytest.approx(0.5)
    assert found[["error", "freedom", "low", "high"]].isna().all()
