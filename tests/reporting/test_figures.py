"""Figures are the same bytes on every run, hold what they show, and fit what they are given."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.reporting import Ref, canvas, dots, heat, lanes, looks, show, stacked
from helpers.reporting.figures import BEHIND, TOGETHER, svg
from helpers.reporting.timelines import _apart, _broken

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
    groups = [f"group {number}" for number in range(40)]
    assert len({canvas.look(group, groups, None) for group in groups}) == 40


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
    assert heat(HEAT.iloc[:0], "Topics", "its sentences") is None
    assert stacked(BARS.iloc[:0], "Words", "words") is None
    assert dots(DOTS.assign(value=None), ["a", "b"], "Shares", "share") is None
    show(None, "nothing", DOTS.iloc[:0])
    assert "There is nothing to draw." in capsys.readouterr().out


def test_a_long_name_is_cut_where_it_would_leave_the_figure():
    text = svg(stacked(BARS.set_axis(["x" * 60, "b"]), "Words", "words"))
    assert "x" * 25 + "…" in text and "x" * 26 not in text


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


MANY = [f"{n:03d} The Long-Named Evening Chronicle {n}" for n in range(44)]
TOPICS = ["Fares", "Jobs, wages and other matters of the quay", "Tax"]
LONG = [f"Wages and matters of the quay {n}" for n in range(5)]
FILLED = pd.DataFrame(
    [(topic, group, 0.02 * n, 0.0, 0.04 * n) for topic in TOPICS for n, group in enumerate(MANY)],
    columns=["row", "group", "value", "low", "high"],
)
WIDE = FILLED.pivot(index="row", columns="group", values="value")
MANY_LANES = pd.concat([LANES[:1].assign(entry=n, group=group) for n, group in enumerate(MANY)])
PICTURES = {
    "bars of 5": lambda: stacked(WIDE.T[:5], "Words", "words"),
    "bars of 40": lambda: stacked(WIDE.T, "Words", "words"),
    "heat of 5": lambda: heat(WIDE.iloc[:, :5], "Topics", "its sentences"),
    "heat of 40": lambda: heat(WIDE, "Topics", "its sentences"),
    "dots of 5": lambda: dots(FILLED, MANY[:5], "Shares", "share"),
    "dots of 40 by 5": lambda: dots(
        pd.concat(FILLED[:44].assign(row=row) for row in LONG), MANY, "Shares", "share"
    ),
    "dots of 40": lambda: dots(FILLED, MANY, "Shares " * 30, "share"),
    "lanes of 5": lambda: lanes(MANY_LANES[:5], MANY[:5], "Entries"),
    "lanes of 40": lambda: lanes(MANY_LANES, MANY, "Entries"),
}


def boxes(figure):
    """Of every text its box in pixels; ticks beyond the scale are not drawn."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    drawing = FigureCanvasAgg(figure)
    drawing.draw()
    beyond = set()
    for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)):
        low, high = sorted(axis.get_view_interval())
        ticks = zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True)
        beyond.update(label for place, label in ticks if not low <= place <= high)
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text not in beyond]
    drawn = [text for text in texts if text.get_text().strip()]
    return [(text, text.get_window_extent(drawing.get_renderer())) for text in drawn]


@pytest.mark.parametrize("name", PICTURES)
def test_no_text_leaves_the_figure(name):
    figure = PICTURES[name]()
    for text, box in boxes(figure):
        assert box.x0 >= 0 and box.y0 >= 0, text.get_text()
        assert box.x1 <= figure.bbox.x1 and box.y1 <= figure.bbox.y1, text.get_text()


@pytest.mark.parametrize("name", PICTURES)
def test_level_texts_do_not_lie_on_one_another(name):
    level = [(text.get_text(), box) for text, box in boxes(PICTURES[name]()) if text.get_rotation() == 0]
    for number, (one, box) in enumerate(level):
        for other, beside in level[:number]:
            assert not box.padded(-1).overlaps(beside.padded(-1)), (one, other)


def test_the_title_of_the_table_behind_a_picture_is_the_pictures(monkeypatch):
    displayed = []
    monkeypatch.setattr("IPython.display.display", lambda shown, **_: displayed.append(shown))
    data = pd.DataFrame({"article": ["a"], "words": [Ref("7", ("a:s001",))]})
    show(stacked(BARS, "Words in $ <files>", "words"), "Two bars.", data)
    picture, behind = displayed
    assert picture["text/plain"] == "Two bars."
    html = behind._repr_html_()
    assert html.startswith(f"<details>\n<summary>{BEHIND}</summary>")
    assert "<caption>Words in $ &lt;files&gt;</caption>" in html
    assert 'data-sentences="a:s001"' in html


PAPERS = pd.DataFrame(
    {"article_id": [*"abcde"], "outlet": ["Gull", "Buoy", "Gull", None, None], "genre": "news"}
)
NAMES = pd.Series(
    {"a": "a Gull", "b": "b Buoy", "c": "c Gull", "d": "d outlet unknown", "e": "e outlet unknown"}
)


def test_texts_of_one_outlet_share_its_colour_and_no_marker():
    found = looks(PAPERS, NAMES)
    assert found["a Gull"][0] == found["c Gull"][0] == found["Gull"][0] == found["Gull, news"][0]
    assert len({found[name][1] for name in NAMES}) == 5


def test_a_text_without_an_outlet_has_a_colour_of_its_own():
    found = looks(PAPERS, NAMES)
    assert {found[name][0] for name in NAMES} == {*canvas.COLOURS[:4]}


def test_a_look_does_not_hang_on_the_order_of_the_articles():
    assert looks(PAPERS[::-1], NAMES) == looks(PAPERS, NAMES)


def test_forty_outlets_look_different_from_one_another():
    ids = [f"a{n:02d}" for n in range(40)]
    papers = pd.DataFrame({"article_id": ids, "outlet": [f"Outlet {n}" for n in range(40)], "genre": "news"})
    found = looks(papers, pd.Series(ids, index=ids))
    assert len({found[one] for one in ids}) == 40


def test_a_name_that_begins_with_a_low_line_is_in_the_legend():
    text = svg(dots(DOTS.assign(group="_draft Daily"), ["_draft Daily", "b"], "Shares", "share"))
    assert "_draft Daily</text>" in text


def test_a_picture_draws_each_group_in_its_own_look():
    own = {"a": ("#000000", "X"), "b": ("#123456", "P")}
    figure = dots(DOTS, ["a", "b"], "Shares", "share", own)
    assert {(line.get_color(), line.get_marker()) for line in figure.axes[0].lines} >= {*own.values()}
    drawn = lanes(LANES, ["a", "b", "c"], "Entries", own).axes[0].lines
    assert {(line.get_color(), line.get_marker()) for line in drawn} >= {*own.values()}


def test_many_groups_are_a_small_picture_a_topic_with_a_row_a_group():
    figure = dots(FILLED, MANY[: TOGETHER + 1], "Shares", "share")
    assert [len(axes.get_yticks()) for axes in figure.axes] == [TOGETHER + 1] * 3
    assert not figure.legends
    less = FILLED.assign(value=FILLED.value.where(FILLED.row == "Tax", 0.01), low=None, high=None)
    assert len({axes.get_xlim() for axes in dots(less, MANY, "Shares", "share").axes}) == 1
    assert len(dots(FILLED, MANY[:TOGETHER], "Shares", "share").axes) == 1


def test_groups_beyond_forty_are_drawn_together_in_grey():
    few = FILLED.drop(FILLED.index[(FILLED.group == MANY[0]) & (FILLED.row == "Tax")])
    axes = dots(few, MANY, "Shares", "share").axes[0]
    told = [label.get_text() for label in axes.get_yticklabels()]
    assert len(told) == canvas.MOST + 1
    assert told[-1] == "4 others"
    assert not any(label.startswith("000") for label in told)  # it has fewer dots than the others
    grey = [line for line in axes.lines if line.get_color() == canvas.GREY]
    assert [len(line.get_xdata()) for line in grey] == [4]
    lane = lanes(MANY_LANES, MANY, "Entries").axes[0]
    assert lane.get_yticklabels()[-1].get_text() == "4 others"
    assert sum(len(line.get_xdata()) for line in lane.lines if line.get_color() == canvas.GREY) == 4


def test_rows_beyond_forty_are_told_by_their_mean():
    figure = heat(WIDE, "Topics", "its sentences")
    rows = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert len(rows) == canvas.MOST + 1 and rows[-1] == "mean of 4 others"
    assert canvas.gathered(WIDE.T).iloc[-1].tolist() == pytest.approx([0.03] * 3)  # of 0, 0.02, 0.04 and 0.06


def test_of_many_groups_those_of_most_texts_are_drawn_where_that_is_known():
    sizes = pd.Series(range(len(MANY)), MANY)  # the last ones are the largest
    axes = dots(FILLED, MANY, "Shares", "share", sizes=sizes).axes[0]
    heated = heat(WIDE, "Topics", "its sentences", sizes).axes[0]
    for one in (axes, heated):
        assert [label.get_text()[:3] for label in one.get_yticklabels()][:2] == ["004", "005"]
    assert heat(WIDE, "Topics", "x", sizes[:0]).axes[0].get_yticklabels()[0].get_text().startswith("000")


def test_numbers_of_entries_that_are_long_stand_farther_apart():
    days = enumerate(pd.date_range("2026-01-01", periods=60), 10)
    many = pd.concat([LANES[:1].assign(entry=n, earliest=day, latest=day) for n, day in days])
    assert len(drawn(many.assign(entry=many.entry + 10_000)).texts) < len(drawn(many).texts) / 1.5


def test_more_columns_than_fit_become_rows():
    twelve, more = WIDE.iloc[:, : canvas.BESIDE], WIDE.iloc[:, : canvas.BESIDE + 1]
    assert len(heat(twelve, "Topics", "x").axes[0].get_yticks()) == 3
    assert len(heat(more, "Topics", "x").axes[0].get_yticks()) == canvas.BESIDE + 1


def test_a_heat_map_without_a_unit_shows_counts():
    counts = pd.DataFrame({"a": [12, 0], "b": [1, 3]}, index=["Sea", "Sky"])
    assert [text.get_text() for text in heat(counts, "Mentions").axes[0].texts] == ["12", "1", "3"]
    assert "%" not in svg(heat(counts, "Mentions"))


def test_a_topic_without_a_value_has_no_row():
    axes = dots(DOTS.assign(value=[0.1, 0.2, None]), ["a", "b"], "Shares", "share").axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["x"]


def test_of_many_small_pictures_those_with_most_dots_are_drawn_and_the_title_says_so():
    few = [{"row": f"T{n}", "group": f"g{m}", "value": 0.5} for n in range(16) for m in range(9 + (n > 0))]
    frame = pd.DataFrame(few).assign(low=np.nan, high=np.nan)
    figure = dots(frame, [f"g{m}" for m in range(10)], "Dots", "share")
    assert [axes.get_title("left") for axes in figure.axes] == [f"T{n}" for n in range(1, 16)]
    assert "Dots; 15 of 16, those with most dots" in svg(figure)
    less = dots(frame[frame.row != "T3"], [f"g{m}" for m in range(10)], "Dots", "share")
    assert len(less.axes) == 15 and "of 16" not in svg(less)
