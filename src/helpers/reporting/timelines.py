"""The timeline: a lane a text, on a scale of time that leaves out long empty stretches."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.reporting import canvas
from helpers.reporting.canvas import Looks, fitting

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_NUMBERS = 0.32  # inches above the lanes for the numbers of entries
_DIGIT = 0.0138  # of the width of the axes: a digit of such a number


@canvas.style()
def lanes(frame: pd.DataFrame, groups: Sequence[str], title: str, looks: Looks = None) -> "Figure | None":
    """A timeline: a lane a group, a bar from the first to the last day that a telling can mean.

    A stretch of time is as long as the square root of its days, so that days beside years can be seen; empty
    ones that would take more than an eighth of the width are cut, and a dotted line shows where. There is no
    figure (None) where there is nothing to draw. Of more than `canvas.MOST` groups those that tell most have
    a lane, and the others one together, in grey.

    Parameters
    ----------
    frame
        Columns `group`, `entry` (its number, written above the lanes where there is room), `earliest`,
        `latest` (days), `dated` (False: it tells the entry and gives no day, so it is drawn hollow) and
        `differs` (whether its day is one of several that texts give; joined by a dashed line).
    groups
        All groups, from top to bottom.
    looks
        Colours and markers by group, see :func:`looks`; groups that are not in it have them by position.
    """
    if frame.empty:
        return None
    kept, names = canvas.most(frame.group.value_counts(), groups)
    high = 0.36 if len(names) <= canvas.BESIDE else 0.23
    figure, axes = canvas.axes(high * len(names) + _NUMBERS, title, bottom=1.0)
    days = {name: np.array([day.toordinal() for day in frame[name]]) for name in ("earliest", "latest")}
    knots, places, cuts = _broken(days["earliest"], days["latest"] + 1)
    left = np.interp(days["earliest"], knots, places)
    right = np.interp(days["latest"] + 1, knots, places)
    middle = (left + right) / 2
    y = frame.group.map({group: lane for lane, group in enumerate(kept)}).fillna(len(kept)).to_numpy(int)
    axes.hlines(range(len(names)), 0, 1, color="#dddddd", linewidth=0.8, zorder=0)
    axes.vlines(cuts, -0.5, len(names) - 0.5, color="#999999", linewidth=0.8, linestyle=(0, (1, 2)), zorder=0)
    drawn = [canvas.look(group, groups, looks) for group in kept] + [(canvas.GREY, "o")]
    for number, (colour, marker) in enumerate(drawn):
        mine = y == number
        axes.hlines(y[mine], left[mine], right[mine], color=colour, linewidth=5, alpha=0.45)
        for dated in (True, False):
            one = mine & (frame.dated == dated).to_numpy()
            inside = colour if dated else "white"
            axes.plot(middle[one], y[one], marker, color=colour, markersize=6, markerfacecolor=inside)
    told = frame.assign(x=middle, y=y)
    for _, entry in told.sort_values("y").groupby("entry"):
        colour, dashes = ("#B00020", (0, (3, 2))) if entry.differs.any() else ("#999999", "-")
        axes.plot(entry.x, entry.y, color=colour, linewidth=1.1, linestyle=dashes, zorder=0.5)
    _number(axes, told.groupby("entry").x.mean(), high)
    ticks = _apart(sorted(set(np.round(left, 6))), 0.05)
    when = [pd.Timestamp.fromordinal(round(day)) for day in np.interp(ticks, places, knots)]
    axes.set_xticks(ticks, [f"{day:%Y-%m-%d}" for day in when], rotation=40, ha="right")
    axes.set_yticks(range(len(names)), map(fitting, names))
    axes.set_ylim(len(names) - 0.5, -0.5 - _NUMBERS / high)
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


def _number(axes: "Axes", places: pd.Series, high: float) -> None:
    """Write the numbers of entries above lanes of so many inches, in two rows, as far as there is room."""
    wide = _DIGIT * places.index.astype(str).str.len().max()
    for row in (0, 1):
        shown = places[places.isin(_apart(sorted(places), wide))].drop_duplicates()
        for entry, x in shown.items():
            axes.text(x, -0.5 - (0.09 + 0.13 * row) / high, str(entry), ha="center", va="center", fontsize=8)
        places = places.drop(shown.index)


def _apart(places: Sequence[float], distance: float) -> list[float]:
    """Of places in order those that keep a distance from the one before."""
    kept: list[float] = []
    for place in places:
        if not kept or place - kept[-1] >= distance:
            kept.append(place)
    return kept
