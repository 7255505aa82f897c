"""The figures, as SVG that is the same on every run.

Each function takes a small table and returns a matplotlib figure; `show` ends a notebook cell and folds the
table behind the picture. Bars and heat maps are here, dot plots in `dotplots`, timelines in `timelines`.
"""

import io
import warnings
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.reporting import canvas
from helpers.reporting.canvas import fitting
from helpers.reporting.cells import folded, say, table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BEHIND = "The numbers behind this picture"
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
        axes.barh(
            positions, values, 0.42, left, color=shade, label=column, hatch=hatch, edgecolor="white",
            linewidth=0.6,
        )  # fmt: skip
        left += np.nan_to_num(values)
    for position, label in zip(positions, frame.index, strict=True):
        axes.annotate(fitting(label), (0, position - 0.46), (3, 0), textcoords="offset points", va="center")
    axes.set_yticks([])
    axes.set_ylim(len(frame) - 0.6, -0.9)
    axes.set_xlabel(xlabel)
    canvas.legend(axes, len(parts))
    return figure


@canvas.style()
def heat(frame: pd.DataFrame, title: str, unit: str = "") -> "Figure | None":
    """Heat map: the darker the more, each cell with its value, an empty one where 0.

    None where there is nothing to draw. More than `canvas.BESIDE` columns become rows; of more than
    `canvas.MOST` rows those with the largest sums are drawn, and the mean of the others.

    Parameters
    ----------
    frame
        Shares from 0 to 1, or counts; its index and columns are the labels. Missing values are left blank.
    title, unit
        What is shown, and of what a cell is a share, shown in percent; without a unit cells are counts.
    """
    if frame.empty:
        return None
    frame = canvas.gathered(frame.T if frame.shape[1] > canvas.BESIDE else frame)
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
