"""What all figures have in common: style and margins, the look of each outlet, and how much one holds.

Colours are those of Okabe and Ito (2008), told apart by every kind of colour vision, and a group also has its
own marker.
"""

import contextlib
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"]
MARKERS = ["o", "s", "^", "D", "v", "P", "X"]
GREY = "#8A8A8A"
WIDTH = 8.6  # inches: a page's column
LEFT, RIGHT = 2.4, 0.25  # inches beside the axes
BESIDE = 12  # texts: more are rows, each of one line, or the picture would be wider than the page
MOST = 40  # rows of a picture: it is then as high as a screen; what is more is drawn as "others"
_LABEL = 26  # characters: what fits into the left margin
_LEGEND = 12.8  # characters an inch in a legend
_TITLE = 11  # characters an inch in a title

Look = tuple[str, str]  # colour and marker
Looks = Mapping[str, Look] | None


@contextlib.contextmanager
def style() -> Iterator[None]:
    """Our settings (`figures.mplstyle`) on matplotlib's own, whatever the user has set."""
    import matplotlib

    with matplotlib.rc_context(fname=Path(__file__).with_name("figures.mplstyle")):
        yield


def blank(height: float, title: str, width: float = WIDTH) -> "tuple[Figure, float]":
    """A figure with its title, and the inches that the title takes of its height."""
    from matplotlib.figure import Figure

    lines = textwrap.wrap(title.replace("$", r"\$"), round(_TITLE * width))
    top = 0.12 + 0.19 * len(lines)
    figure = Figure(figsize=(width, height + top))
    figure.suptitle("\n".join(lines), x=0.04 / width, y=1 - 0.08 / (height + top), ha="left", va="top")
    return figure, top


def axes(height: float, title: str, bottom: float, width: float = WIDTH, left: float = LEFT) -> tuple:
    """A figure of fixed margins (inches), so that nothing depends on how wide a text happens to be.

    `height` is that of the axes alone.
    """
    figure, _ = blank(height + 0.13 + bottom, title, width)
    whole = figure.get_figheight()
    return figure, figure.add_axes((left / width, bottom / whole, 1 - (left + RIGHT) / width, height / whole))


def looks(articles: pd.DataFrame, names: pd.Series) -> dict[str, Look]:
    """Colour and marker of every outlet and article, the same in all pictures made from table `articles`.

    Parameters
    ----------
    articles
        All articles of the corpus (columns `article_id`, `outlet`, `genre`), not a selection: the looks go by
        the order of the names.
    names
        Index `article_id`: what a text is called in pictures.

    Returns
    -------
    dict
        By the name of a text, an outlet, or an outlet and genre ("Daily, news"); texts of one outlet share
        its colour and differ in marker. A text without an outlet is its own.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b", "c"], "outlet": ["Gull", "Buoy", "Gull"]})
    >>> found = looks(articles.assign(genre="news"), pd.Series({"a": "a Gull", "b": "b Buoy", "c": "c Gull"}))
    >>> found["a Gull"], found["c Gull"], found["Buoy"]
    (('#D55E00', 's'), ('#D55E00', '^'), ('#0072B2', 'o'))
    """
    own = articles.article_id.map(names)
    rows = articles.assign(own=own, outlet=articles.outlet.fillna(own)).sort_values(["outlet", "own"])
    outlets = {outlet: number for number, outlet in enumerate(rows.outlet.unique())}
    found: dict[str, Look] = {}
    taken: set[Look] = set()
    for number, text in enumerate(rows.itertuples()):
        colour = COLOURS[outlets[text.outlet] % len(COLOURS)]
        possible = [(colour, MARKERS[(number + step) % len(MARKERS)]) for step in range(len(MARKERS))]
        first = next((one for one in possible if one not in taken), possible[0])
        taken.add(first)
        for name in (text.outlet, f"{text.outlet}, {text.genre}", text.own):
            found.setdefault(name, first)
    return found


def look(group: str, groups: Sequence[str], known: Looks) -> Look:
    """Colour and marker of a group: the known ones, else by position; 49 pairs before one comes back."""
    number = list(groups).index(group)
    colour, marker = number % len(COLOURS), (number + number // len(COLOURS)) % len(MARKERS)
    return (known or {}).get(group, (COLOURS[colour], MARKERS[marker]))


def most(sizes: pd.Series, groups: Sequence[str]) -> tuple[list[str], list[str]]:
    """Up to `MOST` groups, the largest, in the order given, and how to call the rows drawn.

    `sizes` has groups as its index. Where groups are left over, the last row is theirs.
    """
    if len(groups) <= MOST + 1:  # one other can as well be drawn
        return list(groups), list(groups)
    first = sorted(groups, key=lambda group: -sizes.get(group, 0))[:MOST]
    kept = [group for group in groups if group in first]
    return kept, [*kept, f"{len(groups) - MOST} others"]


def gathered(frame: pd.DataFrame, sizes: pd.Series | None = None) -> pd.DataFrame:
    """At most `MOST` rows of a wide frame, the largest, and the mean of the others in one.

    `sizes` says how large, by row; by default it is a row's sum.
    """
    if len(frame) <= MOST + 1:  # one other can as well be drawn
        return frame
    large = frame.sum(axis=1) if sizes is None else sizes.reindex(frame.index, fill_value=0)
    kept = frame.index.isin(large.nlargest(MOST).index)
    others = frame[~kept].mean().to_frame(f"mean of {(~kept).sum()} others").T
    return pd.concat([frame[kept], others])


def fitting(label: str) -> str:
    """A label that fits beside the axes; a dollar sign in it is no formula."""
    label = label if len(label) <= _LABEL else label[: _LABEL - 1] + "…"
    label = f" {label}" if label.startswith("_") else label  # matplotlib leaves such out of its legends
    return label.replace("$", r"\$")


def beside(names: Sequence[str], width: float = WIDTH) -> int:
    """How many entries of a legend fit beside each other."""
    return max(1, min(5, round(_LEGEND * width) // (max(map(len, map(fitting, names))) + 6)))


def legend(axes: "Axes", entries: int) -> None:
    """A legend below the axes, where there is more than one thing to tell apart."""
    if entries > 1:
        marks, names = axes.get_legend_handles_labels()
        axes.figure.legend(marks, names, ncols=beside(names, axes.figure.get_figwidth()))
