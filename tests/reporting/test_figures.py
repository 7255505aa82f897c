"""Figures are the same bytes on every run, hold what they show, and fit what they are given."""

import pandas as pd
import pytest

from helpers.reporting import dots, lanes, stacked
from helpers.reporting.figures import svg

BARS = pd.DataFrame({"kept": [5, 3], "dropped": [1, 0]}, index=["<a> & co", "b"])
DOTS = pd.DataFrame(
    {
        "row": ["x", "x", "y"],
        "group": ["a", "b", "a"],
        "value": [0.1, 0.2, 0.3],
        "low": [0.0, None, 0.2],
        "high": [0.2, None, 0.4],
    }
)
LANES = pd.DataFrame({"entry": [1, 1, 2], "when": ["1999", "1999", "2026-02"], "group": ["a", "b", "a"]})


@pytest.mark.parametrize(
    "draw",
    [
        lambda: stacked(BARS, "Words", "words"),
        lambda: dots(DOTS, ["a", "b"], "Shares", "share", zero=True),
        lambda: lanes(LANES, ["a", "b", "c"], "Entries"),
    ],
)
def test_a_figure_is_the_same_bytes_every_time_and_without_a_date(draw):
    assert svg(draw()) == svg(draw())
    assert "dc:date" not in svg(draw())


def test_labels_are_text_and_escaped():
    text = svg(stacked(BARS, "Words", "words"))
    assert "&lt;a&gt; &amp; co" in text
    assert "<a> & co" not in text


def test_a_dollar_sign_in_a_name_is_no_formula():
    assert "$43$ Daily" in svg(dots(DOTS.assign(group="$43$ Daily"), ["$43$ Daily", "b"], "Shares", "share"))


def test_a_long_name_is_cut_where_it_would_leave_the_figure():
    text = svg(stacked(BARS.set_axis(["x" * 60, "b"]), "Words", "words"))
    assert "x" * 27 + "…" in text and "x" * 28 not in text


def test_many_groups_get_a_taller_figure():
    groups = [f"article {n}" for n in range(12)]
    many = pd.DataFrame({"row": "x", "group": groups, "value": 0.5, "low": 0.4, "high": 0.6})
    few = dots(many[:2], groups[:2], "t", "x").get_figheight()
    assert dots(many, groups, "t", "x").get_figheight() > few
