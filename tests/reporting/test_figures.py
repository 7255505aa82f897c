"""Figures are the same bytes on every run, hold what they show, and fit what they are given."""

import re

import pandas as pd
import pytest

from helpers.reporting import dots, heat, lanes, show, stacked
from helpers.reporting.figures import _look, svg

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
HEAT = pd.DataFrame({"a": [0.5, 0.0], "b": [0.004, None]}, index=["<Sea> & co", "Sky"])
LANES = pd.DataFrame({"entry": [1, 1, 2], "when": ["1999", "1999", "2026-02"], "group": ["a", "b", "a"]})


@pytest.mark.parametrize(
    "draw",
    [
        lambda: stacked(BARS, "Words", "words"),
        lambda: dots(DOTS, ["a", "b"], "Shares", "share", zero=True),
        lambda: lanes(LANES, ["a", "b", "c"], "Entries"),
        lambda: heat(HEAT, "Topics", "its sentences"),
    ],
)
def test_a_figure_is_the_same_bytes_every_time_and_without_a_date(draw):
    assert svg(draw()) == svg(draw())
    assert "dc:date" not in svg(draw())
    assert set(re.findall(r"font-family: ([^;\"]+)", svg(draw()))) == {"'DejaVu Sans'"}


def test_labels_are_text_and_escaped():
    text = svg(stacked(BARS, "Words", "words"))
    assert "&lt;a&gt; &amp; co" in text
    assert "<a> & co" not in text


def test_a_dollar_sign_in_a_name_is_no_formula():
    text = svg(dots(DOTS.assign(group="$43$ Daily"), ["$43$ Daily", "b"], "Shares", "share"))
    assert re.search(r">\$43\$ Daily</text>", text)


def test_segments_of_a_bar_stand_one_after_the_other():
    bars = stacked(BARS, "Words", "words").axes[0].patches
    assert [(bar.get_x(), bar.get_width()) for bar in bars] == [(0, 5), (0, 3), (5, 1), (3, 0)]


def test_an_interval_runs_from_its_low_to_its_high_end_and_a_missing_one_is_a_hollow_dot():
    axes = dots(DOTS, ["a", "b"], "Shares", "share").axes[0]
    ends = [segment[:, 0].tolist() for lines in axes.collections for segment in lines.get_segments()]
    assert ends == [[0.0, 0.2], [0.2, 0.4]]
    hollow = [line.get_xdata().tolist() for line in axes.lines if line.get_markerfacecolor() == "white"]
    assert [x for xs in hollow for x in xs] == [0.2]


def test_forty_groups_look_different_from_one_another():
    assert len({_look(number) for number in range(40)}) == 40


def test_a_cell_of_a_heat_map_has_its_value_and_an_empty_one_none():
    text = svg(heat(HEAT, "Topics", "its sentences"))
    assert re.findall(r">(50|&lt;1|0|nan)<", text) == ["50", "&lt;1"]
    assert "<image" not in text  # cells are shapes, not a picture of their own


def test_the_users_own_settings_of_matplotlib_change_nothing():
    import matplotlib

    before = svg(stacked(BARS, "Words", "words"))
    with matplotlib.rc_context({"axes.grid": True, "lines.linewidth": 9, "font.size": 30}):
        assert svg(stacked(BARS, "Words", "words")) == before


def test_nothing_to_draw_is_no_figure(capsys):
    assert dots(DOTS.iloc[:0], [], "Shares", "share") is None
    assert lanes(LANES.iloc[:0], [], "Entries") is None
    show(None, "nothing")
    assert "There is nothing to draw." in capsys.readouterr().out


def test_a_long_name_is_cut_where_it_would_leave_the_figure():
    text = svg(stacked(BARS.set_axis(["x" * 60, "b"]), "Words", "words"))
    assert "x" * 27 + "…" in text and "x" * 28 not in text


def test_many_groups_get_a_taller_figure():
    groups = [f"article {n}" for n in range(12)]
    many = pd.DataFrame({"row": "x", "group": groups, "value": 0.5, "low": 0.4, "high": 0.6})
    few = dots(many[:2], groups[:2], "t", "x").get_figheight()
    assert dots(many, groups, "t", "x").get_figheight() > few


def test_a_scale_can_be_shown_whole():
    ticks = lambda **how: re.findall(r">(.?\d\.\d+)</text>", svg(dots(DOTS, ["a", "b"], "T", "u", **how)))  # noqa: E731
    assert {"−1.00", "1.00"} <= set(ticks(ends=(-1, 1)))
    assert "1.00" not in ticks()
