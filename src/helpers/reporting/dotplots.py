"""Dot plots with intervals: few groups together in one picture, many in small ones side by side."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.reporting import canvas
from helpers.reporting.canvas import Look, fitting

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TOGETHER = 8  # groups: of more the dots of one row can no longer be told apart
_ABREAST = 5  # small pictures: more would be too narrow for an interval
_ROW, _HEAD, _FOOT = 0.19, 0.42, 0.42  # inches of a group in a small picture, above it and below it


@canvas.style()
def dots(
    frame: pd.DataFrame,
    groups: Sequence[str],
    title: str,
    xlabel: str,
    looks: Mapping[str, Look] | None = None,
    zero: bool = False,
    ends: tuple[float, float] | None = None,
) -> "Figure | None":
    """Dot plot with intervals: a block of rows a topic, a dot a group; None where there is nothing to draw.

    With more than `TOGETHER` groups each topic is a small picture, with a row a group; of more than
    `canvas.MOST` groups those with most dots, and the others small and grey in one row.

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
    """
    frame = frame.dropna(subset="value")
    if frame.empty:
        return None
    known = {group: canvas.look(group, groups, looks) for group in groups}
    draw = _together if len(groups) <= TOGETHER else _apart
    figure = draw(frame, groups, title, xlabel, known)
    low, high = ends or (frame[["value", "low"]].min(axis=None), frame[["value", "high"]].max(axis=None))
    room = 0.05 * (high - low) or 0.05
    for axes in figure.axes:
        axes.set_xlim(low - room, high + room)
        if zero:
            axes.axvline(0, color="#777777", linewidth=0.8, zorder=0.5)
    return figure


def _together(
    frame: pd.DataFrame, groups: Sequence[str], title: str, xlabel: str, known: Mapping[str, Look]
) -> "Figure":
    """One picture, the dots of a topic one below the other."""
    rows = list(dict.fromkeys(frame.row))
    bottom = 0.8 + 0.22 * -(-len(groups) // canvas.beside(groups)) if len(groups) > 1 else 0.65
    figure, axes = canvas.axes(max(0.24, 0.13 * len(groups)) * len(rows), title, bottom)
    for number, group in enumerate(groups):
        part = frame[frame.group == group]
        y = np.array([rows.index(row) for row in part.row]) - 0.4 + 0.8 / len(groups) * (number + 0.5)
        _marks(axes, part, y, known[group])
        colour, marker = known[group]
        axes.plot([], [], marker, color=colour, markersize=5, label=fitting(group))
    for edge in range(1, len(rows)):
        axes.axhline(edge - 0.5, color="#dddddd", linewidth=0.7)
    axes.set_yticks(range(len(rows)), map(fitting, rows))
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlabel(xlabel)
    canvas.legend(axes, len(groups))
    return figure


def _apart(
    frame: pd.DataFrame, groups: Sequence[str], title: str, xlabel: str, known: Mapping[str, Look]
) -> "Figure":
    """A small picture a topic, with a row a group and one scale for all."""
    from matplotlib.ticker import MaxNLocator

    kept, topics = canvas.most(frame.group, groups), list(dict.fromkeys(frame.row))
    rest = frame[~frame.group.isin(kept)]
    rows = [*map(fitting, kept), *([f"{len(groups) - len(kept)} others"] if len(groups) > len(kept) else [])]
    bands = -(-len(topics) // _ABREAST)
    abreast, high = -(-len(topics) // bands), _ROW * len(rows)
    figure, top = canvas.blank(bands * (_HEAD + high + _FOOT) + 0.15, title)
    whole, wide = figure.get_figheight(), (canvas.WIDTH - canvas.LEFT - canvas.RIGHT) / abreast
    for number, topic in enumerate(topics):
        down, right = divmod(number, abreast)
        left, bottom = canvas.LEFT + right * wide, whole - top - (down + 1) * (_HEAD + high + _FOOT) + _FOOT
        box = (left / canvas.WIDTH, bottom / whole, (wide - 0.12) / canvas.WIDTH, high / whole)
        axes = figure.add_axes(box)
        axes.set_title("\n".join(textwrap.wrap(fitting(topic), round(14 * wide))), fontsize=9)
        for y in range(len(rows)):
            axes.axhline(y, color="#e6e6e6", linewidth=0.7, zorder=0)
        for y, group in enumerate(kept):
            part = frame[(frame.row == topic) & (frame.group == group)]
            _marks(axes, part, np.full(len(part), y), known[group])
        others = rest.value[rest.row == topic]
        axes.plot(others, np.full(len(others), len(kept)), "o", color=canvas.GREY, markersize=2.5)
        axes.set_yticks(range(len(rows)), rows if right == 0 else [""] * len(rows), fontsize=9)
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
        axes.plot(
            part.value[known == sure], y[known == sure], marker, color=colour, markersize=5,
            markerfacecolor=colour if sure else "white",
        )  # fmt: skip
