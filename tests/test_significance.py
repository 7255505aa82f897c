"""Tests of significance against independent implementations."""

import numpy as np
import pytest
from scipy.stats import chi2_contingency, false_discovery_control, sem, ttest_ind

from helpers import significance


@pytest.mark.parametrize(
    "p", [[0.01, 0.04, 0.03], [0.2], [], [0.5, 0.5, 0.001, 1, 0], [0.03, 0.02, 0.9, 0.02]]
)
def test_false_discovery_rates_agree_with_scipy(p):
    assert significance.benjamini_hochberg(p).tolist() == pytest.approx(
        list(false_discovery_control(p) if p else [])
    )


def test_a_missing_p_value_is_no_test():
    q = significance.benjamini_hochberg([np.nan, 0.01, 0.04, np.nan])
    assert np.isnan(q[[0, 3]]).all() and q[[1, 2]].tolist() == pytest.approx([0.02, 0.04])
    assert np.isnan(significance.benjamini_hochberg([np.nan, np.nan])).all()


@pytest.mark.parametrize(("method", "name"), [("chi2", "pearson"), ("g2", "log-likelihood")])
@pytest.mark.parametrize(("y", "n", "rest", "n_rest"), [(9, 40, 3, 60), (0, 12, 30, 40), (5, 5, 1, 20)])
def test_two_shares_are_as_far_apart_as_scipy_says(method, name, y, n, rest, n_rest):
    table = [[y, rest], [n - y, n_rest - rest]]
    expected = chi2_contingency(table, correction=False, lambda_=name).statistic
    root = significance.signed_root(y, n, rest, n_rest, method)
    assert root**2 == pytest.approx(expected)
    assert (root > 0) == (y / n > rest / n_rest)


def test_a_difference_that_yates_correction_would_turn_round_stays():
    assert significance.signed_root(3, 17, 2, 12, "chi2", "yates") == significance.signed_root(
        3, 17, 2, 12, "chi2"
    )
    assert significance.signed_root(9, 17, 2, 12, "chi2", "yates") < significance.signed_root(
        9, 17, 2, 12, "chi2"
    )


def test_where_nothing_was_counted_two_shares_are_not_compared():
    assert np.isnan(significance.signed_root([0, 0], [10, 0], [0, 1], [10, 5], "chi2")).all()


def test_holm_multiplies_the_smallest_by_all_and_never_falls_below_it():
    q = significance.holm([0.01, 0.04, 0.03, 0.011, np.nan, 0.9])
    assert q[[0, 3, 2, 1, 5]].tolist() == pytest.approx([0.05, 0.05, 0.09, 0.09, 0.9]) and np.isnan(q[4])
    assert significance.holm([0.6, 0.7]).tolist() == [1, 1]
    assert significance.holm([]).tolist() == []


def test_holm_errs_in_a_family_no_oftener_than_promised():
    p = np.random.default_rng(4).uniform(size=(4000, 8))
    assert np.mean([significance.holm(one).min() < 0.05 for one in p]) == pytest.approx(0.05, abs=0.008)


def test_the_difference_of_two_means_agrees_with_scipys_welch_test():
    one, other = np.array([0.1, 0.5, 0.2, 0.9]), np.array([0.4, 0.1, 0.0, 0.3, 0.2, 0.25])
    found = ttest_ind(one, other, equal_var=False)
    ends = [[sem(part), len(part) - 1] for part in (one, other)]
    error, freedom = significance.welch(*ends[0], *ends[1])
    assert freedom == pytest.approx(found.df)
    assert error == pytest.approx((one.mean() - other.mean()) / found.statistic)
