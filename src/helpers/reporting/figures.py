"""The figures, as SVG that is the same on every run.

Each function takes a small table and returns a matplotlib figure; `show` ends a notebook cell. Colours are
those of Okabe and Ito (2008), told apart by every kind of colour vision, and a group also has its own marker.
"""

import contextlib
import io
import warnings
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.reporting.cells import say

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"]
MARKERS = ["o", "s", "^", "D", "v", "P", "X"]
_LABEL = 28  # characters: what fits into the left margin
_BESIDE = 110  # characters: what fits beside each other under the axes
_WIDTH = 8.6  # inches: a page's column


@contextlib.contextmanager
def _style() -> Iterator[None]:
    """Our settings (`figures.mplstyle`) on matplotlib's own, whatever the user has set."""
    import matplotlib

    with matplotlib.rc_context(fname=Path(__file__).with_suffix(".mplstyle")):
        yield


def show(figure: "Figure | None", alt: str) -> None:
    """Show a figure in a notebook as SVG, with its description for those who cannot see it."""
    from IPython.display import display

    if figure is None:
        display(say("There is nothing to draw."))
        return
    shown = {"image/svg+xml": svg(figure), "text/plain": alt}
    display(shown, metadata={"image/svg+xml": {"alt": alt}}, raw=True)


def svg(figure: "Figure") -> str:
    """The figure as SVG text, the same for the same figure."""
    out = io.StringIO()
    with _style(), warnings.catch_warnings():
        # Letters that DejaVu lacks are drawn by the reader's browser: the figure holds text, not shapes.
        warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
        figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()


@_style()
def stacked(frame: pd.DataFrame, title: str, xlabel: str) -> "Figure":
    """Horizontal stacked bars: a bar a row of `frame`, a segment a column, in the columns' order."""
    figure, axes = _axes(0.42 * len(frame) + 1.75, title, bottom=1.05)
    left = np.zeros(len(frame))
    positions = np.arange(len(frame))
    hatches = ["", "//", "\\\\", "--", "xx", "||", "++"]
    for number, column in enumerate(frame.columns):
        values = frame[column].to_numpy(float)
        axes.barh(
            positions, values, 0.62, left, color=COLOURS[number % len(COLOURS)], label=column,
            hatch=hatches[number % len(hatches)], edgecolor="white", linewidth=0.6,
        )  # fmt: skip
        left += values
    axes.set_yticks(positions, map(_fitting, frame.index))
    axes.invert_yaxis()
    axes.set_xlabel(xlabel)
    _legend(axes, len(frame.columns))
    return figure


@_style()
def dots(
    frame: pd.DataFrame,
    groups: Sequence[str],
    title: str,
    xlabel: str,
    zero: bool = False,
    ends: tuple[float, float] | None = None,
) -> "Figure | None":
    """Dot plot with intervals: a block of rows a topic, a dot a group; None where there is nothing to draw.

    Parameters
    ----------
    frame
        Columns `row`, `group`, `value`, `low`, `high`; rows are drawn in their order. A missing interval is a
        dot without a line, drawn hollow.
    groups
        All groups, in the order of their colours.
    zero
        Whether to draw a line at 0.
    ends
        Where a scale begins and ends that is to be shown whole.
    """
    if frame.empty:
        return None
    rows = list(dict.fromkeys(frame.row))
    height = max(0.24, 0.13 * len(groups))
    bottom = 0.8 + 0.22 * -(-len(groups) // _beside(groups)) if len(groups) > 1 else 0.65
    figure, axes = _axes(height * len(rows) + 0.7 + bottom, title, bottom)
    for number, group in enumerate(groups):
        part = frame[frame.group == group]
        y = np.array([rows.index(row) for row in part.row]) - 0.4 + 0.8 / len(groups) * (number + 0.5)
        colour, marker = _look(number)
        known = part.low.notna().to_numpy()
        axes.hlines(y[known], part.low[known], part.high[known], color=colour, linewidth=1.4)
        for sure in (True, False):
            axes.plot(
                part.value[known == sure], y[known == sure], marker, color=colour, markersize=5,
                markerfacecolor=colour if sure else "white",
            )  # fmt: skip
        axes.plot([], [], marker, color=colour, markersize=5, label=_fitting(group))
    for edge in range(1, len(rows)):
        axes.axhline(edge - 0.5, color="#dddddd", linewidth=0.7)
    if ends:
        axes.set_xlim(1.05 * ends[0] - 0.05 * ends[1], 1.05 * ends[1] - 0.05 * ends[0])
    if zero:
        axes.axvline(0, color="#777777", linewidth=0.8)
    axes.set_yticks(range(len(rows)), map(_fitting, rows))
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlabel(xlabel)
    _legend(axes, len(groups))
    return figure


@_style()
def heat(frame: pd.DataFrame, title: str, unit: str) -> "Figure | None":
    """Heat map of shares: the darker the more, each cell with its value in percent, an empty one where 0.

    There is no figure (None) where there is nothing to draw.

    Parameters
    ----------
    frame
        Shares from 0 to 1; its index and columns are the labels. Missing values are left blank.
    title, unit
        What is shown, and of what a cell is a share.
    """
    if frame.empty:
        return None
    values = frame.to_numpy(float)
    top = max(float(np.nanmax(values, initial=0)), 0.01)
    figure, axes = _axes(0.3 * len(frame) + 1.6, f"{title}, % of {unit}", bottom=1.1)
    axes.pcolormesh(np.nan_to_num(values), cmap="Blues", vmin=0, vmax=top, edgecolors="white", linewidth=1)
    for row, column in zip(*np.nonzero(np.nan_to_num(values)), strict=True):
        share = values[row, column]
        colour = "white" if share > 0.55 * top else "black"
        text = f"{100 * share:.0f}" if share >= 0.005 else "<1"
        axes.text(column + 0.5, row + 0.5, text, ha="center", va="center", fontsize=9, color=colour)
    axes.set_xticks(np.arange(frame.shape[1]) + 0.5, map(_fitting, frame.columns), rotation=30, ha="right")
    axes.set_yticks(np.arange(len(frame)) + 0.5, map(_fitting, frame.index))
    axes.tick_params(length=0)
    axes.invert_yaxis()
    return figure


@_style()
def lanes(frame: pd.DataFrame, groups: Sequence[str], title: str) -> "Figure | None":
    """A timeline: a lane a group, a bar from the first to the last day that a telling can mean.

    A stretch of time is as long as the square root of its days, so that days beside years can be seen; empty
    ones that would take more than an eighth of the width are cut, and a dotted line shows where. There is no
    figure (None) where there is nothing to draw.

    Parameters
    ----------
    frame
        Columns `group`, `entry` (its number, written above the lanes where there is room), `earliest`,
        `latest` (days), `dated` (False: it tells the entry and gives no day, so it is drawn hollow) and
        `differs` (whether its day is one of several that texts give; joined by a dashed line).
    groups
        All groups, from top to bottom.
    """
    if frame.empty:
        return None
    figure, axes = _axes(0.36 * len(groups) + 2.1, title, bottom=1.0)
    days = {name: np.array([day.toordinal() for day in frame[name]]) for name in ("earliest", "latest")}
    knots, places, cuts = _broken(days["earliest"], days["latest"] + 1)
    left, right = (
        np.interp(days[name] + more, knots, places) for name, more in (("earliest", 0), ("latest", 1))
    )
    y = frame.group.map(list(groups).index).to_numpy()
    axes.hlines(range(len(groups)), 0, 1, color="#dddddd", linewidth=0.8, zorder=0)
    axes.vlines(
        cuts, -0.5, len(groups) - 0.5, color="#999999", linewidth=0.8, linestyle=(0, (1, 2)), zorder=0
    )
    for number in range(len(groups)):
        colour, marker = _look(number)
        mine = y == number
        axes.hlines(y[mine], left[mine], right[mine], color=colour, linewidth=5, alpha=0.45)
        for dated in (True, False):
            one = mine & (frame.dated == dated).to_numpy()
            inside = colour if dated else "white"
            axes.plot(
                (left + right)[one] / 2, y[one], marker, color=colour, markersize=6, markerfacecolor=inside
            )
    told = frame.assign(x=(left + right) / 2, y=y)
    for _, entry in told.sort_values("y").groupby("entry"):
        colour, dashes = ("#B00020", (0, (3, 2))) if entry.differs.any() else ("#999999", "-")
        axes.plot(entry.x, entry.y, color=colour, linewidth=1.1, linestyle=dashes, zorder=0.5)
    _number(axes, told.groupby("entry").x.mean())
    ticks = _apart(sorted(set(np.round(left, 6))), 0.05)
    when = [pd.Timestamp.fromordinal(round(day)) for day in np.interp(ticks, places, knots)]
    axes.set_xticks(ticks, [f"{day:%Y-%m-%d}" for day in when], rotation=40, ha="right")
    axes.set_yticks(range(len(groups)), map(_fitting, groups))
    axes.set_ylim(len(groups) - 0.5, -1.1)
    axes.set_xlim(-0.02, 1.02)
    return figure


def _broken(first: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray, list[float]]:
    """A broken scale of time: days, their places from 0 to 1, and the places where empty days are cut out.

    Spans of more than a quarter set no scale where there are shorter ones: they reach over what lies in them.
    """
    fine = end - first <= 92 if (end - first <= 92).any() else np.full(len(first), True)
    fine = fine | (end <= first[fine].min()) | (first >= end[fine].max())  # what lies beyond sets one as well
    knots = np.unique([first[fine], end[fine]])
    lengths = np.sqrt(np.diff(knots))
    empty = np.array([not ((first <= a) & (end >= b))[fine].any() for a, b in pairwise(knots)])
    longest = np.inf
    while (lengths[empty] > longest + 1e-9).any() or longest == np.inf:
        lengths[empty] = np.minimum(lengths[empty], longest)
        longest = max(1.5, lengths.sum() / 8)
    places = np.concatenate([[0], np.cumsum(lengths)]) / lengths.sum()
    cut = empty & (np.sqrt(np.diff(knots)) > lengths)
    return knots, places, ((places[:-1] + places[1:])[cut] / 2).tolist()


def _number(axes: object, places: pd.Series) -> None:
    """Write the numbers of entries above the lanes, in two rows, as far as there is room."""
    for row in (0, 1):
        shown = places[places.isin(_apart(sorted(places), 0.025))].drop_duplicates()
        for entry, x in shown.items():
            axes.text(x, -0.62 - 0.3 * row, str(entry), ha="center", va="center", fontsize=8)
        places = places.drop(shown.index)


def _apart(places: Sequence[float], distance: float) -> list[float]:
    """Of places in order those that keep a distance from the one before."""
    kept: list[float] = []
    for place in places:
        if not kept or place - kept[-1] >= distance:
            kept.append(place)
    return kept


def _axes(height: float, title: str, bottom: float) -> tuple:
    """A figure of fixed margins (inches), so that nothing depends on how wide a text happens to be."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH, height))
    left, right, top = 2.2, 0.25, 0.45
    place = (left / _WIDTH, bottom / height, 1 - (left + right) / _WIDTH, 1 - (bottom + top) / height)
    axes = figure.add_axes(place)
    axes.set_title(title, x=-left / (_WIDTH - left - right))
    return figure, axes


def _look(number: int) -> tuple[str, str]:
    """Colour and marker of a group: 49 pairs before one comes back."""
    return COLOURS[number % len(COLOURS)], MARKERS[(number + number // len(COLOURS)) % len(MARKERS)]


def _fitting(label: str) -> str:
    """A label that fits beside the axes; a dollar sign in it is no formula."""
    label = label if len(label) <= _LABEL else label[: _LABEL - 1] + "…"
    return label.replace("$", r"\$")


def _beside(names: Sequence[str]) -> int:
    """How many entries of a legend fit beside each other."""
    return max(1, min(5, _BESIDE // (max(map(len, map(_fitting, names))) + 6)))


def _legend(axes: object, entries: int) -> None:
    if entries > 1:
        marks, names = axes.get_legend_handles_labels()
        axes.figure.legend(marks, names, loc="lower left", ncols=_beside(names), fontsize=9)
