"""The figures, as SVG that is the same on every run.

Each function takes a small table and returns a matplotlib figure; `show` ends a notebook cell and folds the
table behind the picture. Timelines are in `timelines`.
"""

import io
import textwrap
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.reporting import canvas
from helpers.reporting.canvas import Look, Looks, fitting
from helpers.reporting.cells import folded, say, table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BEHIND = "The numbers behind this picture"
TOGETHER = 8  # groups: of more the dots of one row can no longer be told apart
_ABREAST = 5  # small pictures: more would be too narrow for an interval
_SMALL = 15  # of them, three bands: forty with forty rows each are a megabyte that nobody compares
_ROW, _HEAD, _FOOT = 0.19, 0.52, 0.42  # inches of a group in a small picture, above it and below it
_PHONE = 3.6  # inches: bars are as wide as a phone, each under its name
_BAR = 0.4  # inches of a bar with its name
# Parts of a bar are no outlets and have none of their colours: one hue, from dark to light, and hatches.
_SHADES = ["#34506B", "#A9BFD1", "#6F91AD", "#DCE5EC"]
_HATCHES = ["", "//", "\\\\", ".."]


def show(figure: "Figure | None", alt: str, data: pd.DataFrame) -> None:
    """Show a figure in a notebook as SVG, and folded behind it the table it was drawn from.

    Parameters
    ----------
    figure
        None where there is nothing to draw.
    alt
        What the picture shows, for those who cannot see it.
    data
        What was drawn, to be read: columns named in words, numbers rounded, `Ref` where a number counts
        sentences. The title of the figure is its caption.
    """
    from IPython.display import display

    if figure is None:
        display(say("There is nothing to draw."))
        return
    shown = {"image/svg+xml": svg(figure), "text/plain": alt}
    display(shown, metadata={"image/svg+xml": {"alt": alt}}, raw=True)
    title = figure.get_suptitle().replace("\n", " ").replace(r"\$", "$")
    display(folded(table(data, title), BEHIND))


def svg(figure: "Figure") -> str:
    """The figure as SVG text, the same for the same figure."""
    out = io.StringIO()
    with canvas.style(), warnings.catch_warnings():
        # Letters that DejaVu lacks are drawn by the reader's browser: the figure holds text, not shapes.
        warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
        figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()


@canvas.style()
def stacked(frame: pd.DataFrame, title: str, xlabel: str) -> "Figure | None":
    """Horizontal stacked bars: a bar a row of `frame`, a segment a column, in the order of columns.

    At most four columns. Of more than `canvas.MOST` rows those with the largest sums are drawn, and the mean
    of the others; None where there is nothing to draw.
    """
    if frame.empty:
        return None
    frame, parts = canvas.gathered(frame), list(map(str, frame.columns))
    bottom = 0.65 + 0.2 * -(-len(parts) // canvas.beside(parts, _PHONE))
    figure, axes = canvas.axes(_BAR * len(frame), title, bottom, _PHONE, left=0.2)
    left = np.zeros(len(frame))
    positions = np.arange(len(frame))
    for column, shade, hatch in zip(frame.columns, _SHADES, _HATCHES, strict=False):
        values = frame[column].to_numpy(float)
        look = {"color": shade, "hatch": hatch, "edgecolor": "white", "linewidth": 0.6}
        axes.barh(positions, values, 0.42, left, label=column, **look)
        left += np.nan_to_num(values)
    for position, label in zip(positions, frame.index, strict=True):
        axes.annotate(fitting(label), (0, position - 0.46), (3, 0), textcoords="offset points", va="center")
    axes.set_yticks([])
    axes.set_ylim(len(frame) - 0.6, -0.9)
    axes.set_xlabel(xlabel)
    canvas.legend(axes, len(parts))
    return figure


@canvas.style()
def heat(frame: pd.DataFrame, title: str, unit: str = "", sizes: pd.Series | None = None) -> "Figure | None":
    """Heat map: the darker the more, each cell with its value, an empty one where 0.

    None where there is nothing to draw. More than `canvas.BESIDE` columns become rows; of more than
    `canvas.MOST` rows the largest are drawn, and the mean of the others.

    Parameters
    ----------
    frame
        Shares from 0 to 1, or counts; its index and columns are the labels. Missing values are left blank.
    title, unit
        What is shown, and of what a cell is a share, shown in percent; without a unit cells are counts.
    sizes
        How large each row is, as the number of its texts; by default the sum of its cells.
    """
    if frame.empty:
        return None
    frame = canvas.gathered(frame.T if frame.shape[1] > canvas.BESIDE else frame, sizes)
    values = frame.to_numpy(float) * (100 if unit else 1)
    top = max(float(np.nanmax(values, initial=0)), 1)
    cell = (canvas.WIDTH - canvas.LEFT - canvas.RIGHT) / frame.shape[1]
    names = [fitting(name) for name in frame.columns]
    steep = 30 if cell > 0.45 else 60
    bottom = 0.25 + 0.085 * max(map(len, names)) * np.sin(np.radians(steep))
    figure, axes = canvas.axes(
        0.3 * len(frame) if len(frame) <= canvas.BESIDE else 0.23 * len(frame),
        f"{title}, % of {unit}" if unit else title,
        bottom,
    )
    axes.pcolormesh(np.nan_to_num(values), cmap="Blues", vmin=0, vmax=top, edgecolors="white", linewidth=1)
    for row, column in zip(*np.nonzero(np.nan_to_num(values)), strict=True):
        value = values[row, column]
        axes.text(
            column + 0.5, row + 0.5, f"{value:.0f}" if value >= 0.5 else "<1", ha="center", va="center",
            fontsize=min(9, 72 * cell / 2.1), color="white" if value > 0.55 * top else "black",
        )  # fmt: skip
    axes.set_xticks(np.arange(len(names)) + 0.5, names, rotation=steep, ha="right", rotation_mode="anchor")
    axes.set_yticks(np.arange(len(frame)) + 0.5, map(fitting, frame.index))
    axes.tick_params(length=0)
    axes.invert_yaxis()
    return figure


@canvas.style()
def dots(
    frame: pd.DataFrame,
    groups: Sequence[str],
    title: str,
    xlabel: str,
    looks: Looks = None,
    zero: bool = False,
    ends: tuple[float, float] | None = None,
    sizes: pd.Series | None = None,
) -> "Figure | None":
    """Dot plot with intervals: a block of rows a topic, a dot a group; None where there is nothing to draw.

    With more than `TOGETHER` groups each topic is a small picture, with a row a group; of more than `_SMALL`
    topics those with most dots, which the title says; of more than `canvas.MOST` groups the largest, and the
    others small and grey in one row.

    Parameters
    ----------
    frame
        Columns `row` (the topic), `group`, `value`, `low`, `high`; topics are drawn in their order, without
        those that have no value. A missing interval is a dot without a line, drawn hollow.
    groups
        All groups, from top to bottom.
    looks
        Colours and markers by group, see :func:`looks`; groups that are not in it have them by position.
    zero
        Whether to draw a line at 0.
    ends
        Where a scale begins and ends that is to be shown whole.
    sizes
        How large each group is, as the number of its texts; by default the number of its dots.
    """
    frame = frame.dropna(subset="value")
    if frame.empty:
        return None
    kept, names = canvas.most(frame.group.value_counts() if sizes is None else sizes, groups)
    known = {group: canvas.look(group, groups, looks) for group in kept}
    if len(groups) <= TOGETHER:
        figure = _together(frame, groups, title, xlabel, known)
    else:
        figure = _apart(frame, names, title, xlabel, known)
    low, high = ends or (frame[["value", "low"]].min(axis=None), frame[["value", "high"]].max(axis=None))
    room = 0.05 * (high - low) or 0.05
    for axes in figure.axes:
        axes.set_xlim(low - room, high + room)
        if zero:
            axes.axvline(0, color="#777777", linewidth=0.8, zorder=0.5)
    return figure


def _together(frame: pd.DataFrame, groups: Sequence[str], title: str, xlabel: str, known: dict) -> "Figure":
    """One picture, the dots of a topic one below the other."""
    rows = list(dict.fromkeys(frame.row))
    bottom = 0.8 + 0.22 * -(-len(groups) // canvas.beside(groups)) if len(groups) > 1 else 0.65
    figure, axes = canvas.axes(max(0.24, 0.13 * len(groups)) * len(rows), title, bottom)
    for number, group in enumerate(groups):
        part = frame[frame.group == group]
        y = np.array([rows.index(row) for row in part.row]) - 0.4 + 0.8 / len(groups) * (number + 0.5)
        _marks(axes, part, y, known[group])
        axes.plot([], [], known[group][1], color=known[group][0], label=fitting(group))
    for edge in range(1, len(rows)):
        axes.axhline(edge - 0.5, color="#dddddd", linewidth=0.7)
    axes.set_yticks(range(len(rows)), map(fitting, rows))
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlabel(xlabel)
    canvas.legend(axes, len(groups))
    return figure


def _apart(frame: pd.DataFrame, rows: Sequence[str], title: str, xlabel: str, known: dict) -> "Figure":
    """A small picture a topic, with a row a known group, one for the others, and one scale for all."""
    from matplotlib.ticker import MaxNLocator

    every = frame.groupby("row", sort=False).size()
    most = every.sort_values(ascending=False, kind="stable")[:_SMALL].index
    topics = [topic for topic in every.index if topic in most]
    if len(topics) < len(every):
        title = f"{title}; {len(topics)} of {len(every)}, those with most dots"
    rest = frame[~frame.group.isin(known)]
    bands = -(-len(topics) // _ABREAST)
    abreast, high = -(-len(topics) // bands), _ROW * len(rows)
    figure, top = canvas.blank(bands * (_HEAD + high + _FOOT) + 0.15, title)
    whole, wide = figure.get_figheight(), (canvas.WIDTH - canvas.LEFT - canvas.RIGHT) / abreast
    for number, topic in enumerate(topics):
        down, right = divmod(number, abreast)
        left, bottom = canvas.LEFT + right * wide, whole - top - (down + 1) * (_HEAD + high + _FOOT) + _FOOT
        box = (left / canvas.WIDTH, bottom / whole, (wide - 0.12) / canvas.WIDTH, high / whole)
        axes = figure.add_axes(box)
        axes.set_title("\n".join(textwrap.wrap(fitting(topic), round(12 * wide))), fontsize=9)
        for y in range(len(rows)):
            axes.axhline(y, color="#e6e6e6", linewidth=0.7, zorder=0)
        for y, (group, look) in enumerate(known.items()):
            part = frame[(frame.row == topic) & (frame.group == group)]
            _marks(axes, part, np.full(len(part), y), look)
        others = rest.value[rest.row == topic]
        axes.plot(others, np.full(len(others), len(known)), "o", color=canvas.GREY, markersize=2.5)
        axes.set_yticks(range(len(rows)), map(fitting, rows) if right == 0 else [""] * len(rows), fontsize=9)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.xaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 5, 10]))
        axes.tick_params(axis="x", labelsize=9)
    middle = canvas.LEFT + (canvas.WIDTH - canvas.LEFT - canvas.RIGHT) / 2
    figure.text(middle / canvas.WIDTH, 0.06 / whole, xlabel, ha="center")
    return figure


def _marks(axes: "Axes", part: pd.DataFrame, y: np.ndarray, look: Look) -> None:
    """The dots of one group with their intervals, hollow where there is none."""
    colour, marker = look
    known = part.low.notna().to_numpy()
    axes.hlines(y[known], part.low[known], part.high[known], color=colour, linewidth=1.4)
    for sure in (True, False):
        inside = colour if sure else "white"
        axes.plot(part.value[known == sure], y[known == sure], marker, color=colour, markerfacecolor=inside)
