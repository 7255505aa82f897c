"""Figures are the same bytes on every run, hold what they show, and fit what they are given."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.reporting import dots, heat, lanes, show, stacked
from helpers.reporting.figures import _apart, _broken, _look, svg

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
LANES = pd.DataFrame(
    [
        (1, "a", "1999-07-01", "1999-07-31", True, False), (2, "a", "2026-02-09", "2026-02-09", True, True),
        (2, "b", "2026-02-10", "2026-02-10", True, True), (2, "c", "2026-02-09", "2026-02-10", False, True),
    ],
    columns=["entry", "group", "earliest", "latest", "dated", "differs"],
).astype({"earliest": "datetime64[ms]", "latest": "datetime64[ms]"})  # fmt: skip


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


def drawn(frame=LANES):
    return lanes(frame, ["a", "b", "c"], "Entries").axes[0]


def marks(axes):
    """Of each marker drawn its place and its inside."""
    lines = [line for line in axes.lines if line.get_marker() not in ("None", None, "")]
    return [(*xy, line.get_markerfacecolor()) for line in lines for xy in line.get_xydata().tolist()]


def test_a_telling_stands_in_its_groups_lane_and_is_hollow_without_a_day():
    assert sorted((y, inside == "white") for _, y, inside in marks(drawn())) == [
        (0, False),
        (0, False),
        (1, False),
        (2, True),
    ]


def test_later_days_stand_further_right_and_a_month_is_wider_than_a_day():
    at = sorted((y, x) for x, y, _ in marks(drawn()))
    assert at[0][1] < at[1][1] < at[2][1]
    bars = [one for lines in drawn().collections for one in lines.get_segments() if one[0, 1] == 0]
    month, day = [bar[1, 0] - bar[0, 0] for bar in bars if bar[1, 0] - bar[0, 0] < 1]
    assert month > day > 0


def test_an_entry_that_texts_date_differently_is_dashed():
    joined = [line for line in drawn().lines if line.get_marker() in ("None", None, "")]
    assert [len(line.get_xdata()) for line in joined] == [1, 3]
    assert [line.is_dashed() for line in joined] == [False, True]
    same = drawn(LANES.assign(differs=False)).lines
    assert not any(line.is_dashed() for line in same if line.get_marker() in ("None", None, ""))


def test_entries_bear_their_numbers():
    assert [text.get_text() for text in drawn().texts] == ["1", "2"]


def test_an_axis_says_the_days_at_which_tellings_begin():
    text = svg(lanes(LANES, ["a", "b", "c"], "Entries"))
    assert {"1999-07-01", "2026-02-09"} <= set(re.findall(r">(\d{4}-\d\d-\d\d)<", text))


def test_one_day_alone_can_be_drawn():
    assert len(marks(drawn(LANES[1:2]))) == 1


def test_far_years_can_be_drawn():
    ends = pd.Series(pd.to_datetime(["0999-01-01", "2024-02-29", "9999-12-31"], format="%Y-%m-%d"))
    frame = LANES[:3].assign(entry=[1, 2, 3], earliest=ends, latest=ends)
    assert "2024-02-29" in svg(lanes(frame, ["a", "b", "c"], "Entries"))


def broken(*spans):
    knots, places, cuts = _broken(*(np.array(days) for days in zip(*spans, strict=True)))
    return dict(zip(knots.tolist(), places.tolist(), strict=True)), cuts


def test_a_stretch_is_as_long_as_the_root_of_its_days():
    at, cuts = broken((0, 1), (1, 5), (5, 14))
    assert [round(place * 6, 9) for place in at.values()] == [0, 1, 3, 6]
    assert cuts == []


def test_a_long_empty_stretch_is_cut_where_it_lies():
    at, cuts = broken((0, 9), (9000, 9009))
    assert at[9000] - at[9] < 0.3
    assert [at[9] < cut < at[9000] for cut in cuts] == [True]


def test_a_stretch_in_which_something_is_told_is_not_cut():
    _, cuts = broken((0, 1), (1, 90), (90, 91))
    assert cuts == []


def test_a_span_of_years_sets_no_scale_beside_days():
    assert 4000 not in broken((0, 1), (0, 4000), (10, 11))[0]
    assert [*broken((0, 4000))[0]] == [0, 4000]


@given(st.lists(st.tuples(st.integers(0, 4_000_000), st.integers(1, 9_000)), min_size=1, max_size=12))
def test_places_rise_from_0_to_1(spans):
    at, cuts = broken(*((first, first + length) for first, length in spans))
    places = [*at.values()]
    assert places[0] == 0 and abs(places[-1] - 1) < 1e-9
    assert places == sorted({*places})
    assert all(0 < cut < 1 for cut in cuts)


def test_places_too_near_the_one_before_that_is_kept_are_left_out():
    assert _apart([0, 0.5, 1, 1.4, 2], 1) == [0, 1, 2]
    assert _apart([], 1) == []


def test_a_year_before_all_days_has_its_own_place_on_the_scale():
    first = np.array([pd.Timestamp(day).toordinal() for day in ("1994-01-01", "2026-02-09")])
    end = np.array([pd.Timestamp(day).toordinal() + 1 for day in ("1994-12-31", "2026-02-09")])
    knots, places, cuts = _broken(first, end)
    start, stop = np.interp([first[0], first[1]], knots, places)
    assert start == 0
    assert stop > 0.5
    assert len(cuts) == 1
