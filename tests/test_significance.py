"""Tests of significance against independent implementations."""

import numpy as np
import pytest
from scipy.stats import chi2_contingency, false_discovery_control

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
