"""Intervals against independent implementations and figures known from the literature."""

import numpy as np
import pytest
from scipy.stats import binomtest, chi2, t

from helpers import stats


@pytest.mark.parametrize(("k", "n"), [(0, 12), (3, 10), (10, 10), (40, 400)])
def test_wilson_agrees_with_scipy(k, n):
    expected = binomtest(k, n).proportion_ci(method="wilson")
    assert stats.wilson(k, n) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_a_design_effect_is_the_same_as_fewer_trials():
    assert np.allclose(stats.wilson(20, 100, design_effect=2), stats.wilson(10, 50))


@pytest.mark.parametrize("k", [0, 1, 7])
def test_poisson_agrees_with_the_chi_square_form(k):
    low, high = stats.poisson(k, 2.0)
    assert low == pytest.approx(chi2.ppf(0.025, 2 * k) / 2 / 2.0 if k else 0.0)
    assert high == pytest.approx(chi2.ppf(0.975, 2 * (k + 1)) / 2 / 2.0)


def test_nothing_counted_in_nothing_has_no_interval():
    assert np.isnan(stats.wilson(0, 0)).all()
    assert np.isnan(stats.poisson(0, 0.0)).all()


def test_a_share_of_nothing_or_all_ends_exactly_there():
    low, high = stats.wilson([0, 12], 12)
    assert (low[0], high[1]) == (0.0, 1.0)


def test_sentences_that_repeat_their_paragraph_count_once():
    hits, paragraphs = np.repeat([1, 0, 1, 0, 0], 4), np.repeat(range(5), 4)
    likeness = stats.intraclass_correlation(hits, paragraphs)
    assert likeness == pytest.approx(1.0)
    assert stats.design_effect(likeness, [4] * 5) == pytest.approx(4.0)


def test_a_correlation_that_was_put_in_is_found():
    random = np.random.default_rng(1)
    sizes = random.integers(1, 7, 400)
    groups = np.repeat(np.arange(400), sizes)
    values = np.sqrt(0.3) * random.normal(size=400)[groups] + np.sqrt(0.7) * random.normal(size=len(groups))
    assert stats.intraclass_correlation(values, groups) == pytest.approx(0.3, abs=0.06)


def test_uneven_paragraphs_weigh_by_the_sentences_in_them():
    assert stats.design_effect(0.5, [1, 1, 10]) == pytest.approx(1 + (102 / 12 - 1) * 0.5)
    assert stats.design_effect(0.5, [1, 1, 1]) == 1.0


@pytest.mark.parametrize(("hits", "groups"), [([], []), ([1], [0]), ([1, 1, 1], [0, 0, 1]), ([1, 0], [0, 0])])
def test_a_correlation_that_cannot_be_estimated_is_none(hits, groups):
    assert stats.intraclass_correlation(hits, groups) == 0.0


def test_counts_that_clump_in_paragraphs_are_dispersed_and_even_ones_are_not():
    clumped = stats.dispersion([6, 0, 0, 6, 0, 0], [10] * 6, ["a"] * 3 + ["b"] * 3)
    assert clumped == pytest.approx(6.0)
    assert stats.dispersion([2] * 6, [10] * 6, ["a"] * 6) == 1.0


def test_rates_that_differ_between_articles_are_no_dispersion_within_them():
    assert stats.dispersion([1, 1, 9, 9], [10] * 4, ["a", "a", "b", "b"]) == 1.0


@pytest.mark.parametrize(
    ("counts", "groups"), [([], []), ([3], ["a"]), ([0, 0], ["a", "a"]), ([3, 4], ["a", "b"])]
)
def test_a_dispersion_that_cannot_be_estimated_is_one(counts, groups):
    assert stats.dispersion(counts, [10] * len(counts), groups) == 1.0


def test_means_have_the_ordinary_t_interval_column_by_column():
    values = np.array([[1.0, np.nan, 3], [2.0, 5.0, 3], [4.0, 6.0, 3], [4.0, 7.0, 3], [9.0, 5.0, 3]])
    low, high = stats.means(values)
    column = values[:, 0]
    expected = t.interval(0.95, 4, column.mean(), column.std(ddof=1) / np.sqrt(5))
    assert (low[0], high[0]) == pytest.approx(expected)
    assert np.isnan([low[1:], high[1:]]).all()  # four values; five alike


def test_a_bootstrapped_mean_is_near_the_normal_interval_and_leaves_missing_values_out():
    values = np.random.default_rng(3).normal(5, 2, (200, 1))
    low, high = stats.bootstrapped_means(np.hstack([values, values, np.full_like(values, np.nan)]))
    error = values.std() / np.sqrt(200)
    assert low[0] == pytest.approx(values.mean() - 1.96 * error, abs=0.03)
    assert high[0] == pytest.approx(values.mean() + 1.96 * error, abs=0.03)
    assert low[1] == low[0] and np.isnan([low[2], high[2]]).all()
    holed = np.where(np.arange(200)[:, None] < 100, values, np.nan)
    assert stats.bootstrapped_means(holed)[0] == pytest.approx(
        stats.bootstrapped_means(values[:100])[0], abs=0.1
    )


def test_the_mean_of_like_estimates_is_surer_than_one_of_them():
    mean, low, high = stats.mean_of_estimates([0.5] * 4, [0.3] * 4, [0.9] * 4)
    assert (mean, low, high) == pytest.approx((0.5, 0.5 - 0.2 / 2, 0.5 + 0.4 / 2))
    assert stats.mean_of_estimates([0.5], [0.3], [0.9]) == pytest.approx((0.5, 0.3, 0.9))


def test_missing_estimates_are_no_part_of_their_mean():
    nan = float("nan")
    assert stats.mean_of_estimates([nan, 0.4], [nan, 0.2], [nan, 0.5]) == pytest.approx((0.4, 0.2, 0.5))
    assert np.isnan(stats.mean_of_estimates([nan], [nan], [nan])).all()
    assert np.isnan(stats.mean_of_estimates([], [], [])).all()


def counts(*coders):
    """How many coders gave each value to each unit; a coder's values in order, * where there is none."""
    values = sorted(set("".join(coders)) - {"*"})
    return [[unit.count(value) for value in values] for unit in zip(*coders, strict=True)]


@pytest.mark.parametrize(
    ("coders", "alpha"),
    [  # the worked examples A, B and C (its nominal alpha) of Krippendorff 2011
        (["0100000010", "1110010000"], 0.095),
        (["aabbdcccedda", "babbbccceddd"], 0.692),
        (["123321412***", "1233224125*3", "*3332342251*", "12332441251*"], 0.743),
    ],
)
def test_alpha_agrees_with_the_worked_examples_of_its_author(coders, alpha):
    found, low, high = stats.krippendorff_alpha(counts(*coders))
    assert found == pytest.approx(alpha, abs=0.0005)
    assert low < found < high


def test_for_two_coders_alpha_is_scotts_pi_with_its_correction_for_few_units():
    coders = "++++----++", "+++-----++"
    share = 11 / 20  # of + among all values (Scott 1955)
    pi = (0.9 - (share**2 + (1 - share) ** 2)) / (1 - (share**2 + (1 - share) ** 2))
    found = stats.krippendorff_alpha(counts(*coders))[0]
    assert found == pytest.approx(pi + (1 - pi) / 20)


def test_a_unit_with_one_value_says_nothing_of_agreement():
    two = counts("+-+-+--", "+-++---")
    assert stats.krippendorff_alpha([*two, [1, 0], [0, 0]]) == stats.krippendorff_alpha(two)


def test_alpha_needs_values_that_differ():
    assert np.isnan(stats.krippendorff_alpha([[2, 0]] * 8)).all()
    assert np.isnan(stats.krippendorff_alpha([[1, 0]] * 8)).all()
    assert np.isnan(stats.krippendorff_alpha(np.zeros((0, 2)))).all()


def test_alpha_of_few_units_or_without_disagreement_has_no_interval():
    few, alike = counts("+-+-", "+---"), counts("+-+-+-+-", "+-+-+-+-")
    assert np.isnan(stats.krippendorff_alpha(few)[1:]).all()
    assert stats.krippendorff_alpha(alike)[0] == 1
    assert np.isnan(stats.krippendorff_alpha(alike)[1:]).all()


def test_the_interval_of_alpha_narrows_with_units_and_not_with_their_order():
    some = counts("+-+-+-+-++", "+-+-+-++-+")
    _, low, high = stats.krippendorff_alpha(some * 2)
    _, inner_low, inner_high = stats.krippendorff_alpha(some * 20)
    assert low < inner_low < inner_high < high
    assert stats.krippendorff_alpha((some * 2)[::-1])[1:] == (low, high)


def test_the_interval_of_alpha_is_that_of_units_drawn_one_by_one():
    table = np.array(counts("+-+-+-+-++" * 6, "+-+-+-++-+" * 6), float)
    random = np.random.default_rng(7)
    drawn = [stats.krippendorff_alpha(table[random.integers(60, size=60)])[0] for _ in range(2000)]
    ends = stats.krippendorff_alpha(table)[1:]
    assert ends == pytest.approx(np.nanquantile(drawn, [0.025, 0.975]), abs=0.03)


def test_ordinal_alpha_agrees_with_the_worked_example_of_its_author():
    coders = [
        "123321412***",
        "1233224125*3",
        "*3332342251*",
        "12332441251*",
    ]  # example C of Krippendorff 2011
    assert stats.krippendorff_alpha(counts(*coders), ordered=True)[0] == pytest.approx(0.815, abs=0.0005)


def test_ordinal_alpha_of_three_values_agrees_with_a_count_by_hand():
    read = [[2, 0, 0], [1, 1, 0], [0, 2, 0], [1, 0, 1], [1, 1, 0]]  # 5 a, 4 b, 1 c
    ab, bc, ac = (2.5 + 2) ** 2, (2 + 0.5) ** 2, (2.5 + 4 + 0.5) ** 2
    observed, expected = 2 * 2 * ab + 2 * ac, 2 * (5 * 4 * ab + 4 * 1 * bc + 5 * 1 * ac)
    found = stats.krippendorff_alpha(read, ordered=True)[0]
    assert found == pytest.approx(1 - 9 * observed / expected)


def test_taking_a_value_for_one_farther_off_lowers_ordinal_alpha_alone():
    near, far = counts("aabbccaabbcc", "aabbccbabbcc"), counts("aabbccaabbcc", "aabbcccabbcc")
    assert stats.krippendorff_alpha(near, ordered=True)[0] > stats.krippendorff_alpha(far, ordered=True)[0]
    assert stats.krippendorff_alpha(near)[0] == pytest.approx(stats.krippendorff_alpha(far)[0], abs=0.01)
