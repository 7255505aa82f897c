"""What a notebook shows besides figures: tables and sentences, built in one place.

Everything is escaped here, so a hostile title stays text. A number can carry the sentences it was counted
from (`Ref`): plain in a notebook, a list of links into the evidence page in a report.
"""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

import pandas as pd

from helpers.reporting.keys import attributes

MISSING = "not stated"
_NOTHING = "–"  # the cell of a matrix for which there is nothing
_NUMBERS = re.compile(r"(?:too little text|no interval|[\d\s.,;/+−–%<()\[\]-])+")  # counts and estimates
# JupyterLab sets all cells to the right, which is for numbers; pages have a style of their own and drop this.
_IN_LAB = "<style>.jp-RenderedHTMLCommon .texts :is(caption, th, td):not(.number) {text-align: left}</style>"
MOST = 500  # rows on a page: with two thousand, pages of 2,000 articles had four megabytes
_ABOUT = 60  # characters of a row's first cell that say what a number beside it is of


@dataclass(frozen=True)
class Ref:
    """A value to show and what is behind it: for each thing counted the id of its sentence.

    A sentence in which two are counted stands there twice. The id of an article stands for the whole of it.
    """

    text: str
    sentence_ids: tuple[str, ...]


class Shown:
    """Something Jupyter shows as HTML and, where there is none, as text."""

    def __init__(self, html: str, text: str) -> None:
        self._html, self._text = html, text

    def _repr_html_(self) -> str:
        return self._html

    def __repr__(self) -> str:
        return self._text


def table(frame: pd.DataFrame, caption: str) -> Shown:
    """Show a frame, without its index.

    Parameters
    ----------
    frame
        Cells may be text, numbers (shown with up to three significant decimals), booleans, timestamps (shown
        as days), missing ("not stated") or `Ref`.
    caption
        What a row is and what was counted. Of more than `MOST` rows the first are shown, and it says so.
    """
    if frame.empty:
        return say(f"{caption}: nothing to show.")
    if len(frame) > MOST:
        caption = f"{caption}; the first {MOST} of {len(frame):,} rows"
        frame = frame.head(MOST)
    numeric = [all(_is_number(cell) or cell == _NOTHING for cell in frame[column]) for column in frame]
    head = _row("th", (escape(str(name)) for name in frame), numeric)
    shown = ([*_linked(row, list(frame))] for row in frame.itertuples(index=False, name=None))
    rows = [_row("td", cells, numeric) + "\n" for cells in shown]
    html = f'{_IN_LAB}\n<table class="texts">\n<caption>{escape(caption)}</caption>\n<thead>{head}</thead>\n'
    html += f"<tbody>\n{''.join(rows)}</tbody>\n</table>"
    return Shown(html, f"{caption}\n{frame.map(plain).to_string(index=False)}")


def say(*sentences: str) -> Shown:
    """Show sentences that code has written, a paragraph each."""
    html = "\n".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    return Shown(html, "\n".join(sentences))


def listing(items: list[str | Ref], nothing: str) -> Shown:
    """Show items as a list, or the sentence `nothing` where there are none."""
    if not items:
        return say(nothing)
    if len(items) > MOST:
        items = [*items[:MOST], f"… and {len(items) - MOST:,} more"]
    html = "<ul>\n" + "".join(f"<li>{_html(item)}</li>\n" for item in items) + "</ul>"
    return Shown(html, "\n".join(f"- {plain(item)}" for item in items))


def folded(shown: Shown, summary: str) -> Shown:
    """Show something folded away under a line that says what it is."""
    html = f"<details>\n<summary>{escape(summary)}</summary>\n{shown._repr_html_()}\n</details>"
    return Shown(html, f"{summary}\n{shown!r}")


def plain(value: object) -> str:
    """A value as text: how tables and figures write it."""
    if isinstance(value, Ref):
        return value.text
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}"
    return str(value)


def interval(value: float, low: float, high: float, digits: int = 2) -> str:
    """An estimate with its interval, "0.24 [0.14, 0.35]", or "0.24, no interval"."""
    if math.isnan(value):
        return "too little text"
    if math.isnan(low) or math.isnan(high):
        return f"{value:.{digits}f}, no interval"
    return f"{value:.{digits}f} [{low:.{digits}f}, {high:.{digits}f}]"


def labels(articles: pd.DataFrame) -> pd.Series:
    """A short name for each article: the beginning of its id and its outlet.

    Returns
    -------
    Series
        Index `article_id`. The ids are cut at their first "_" where that still tells all articles apart.
    """
    ids = articles.article_id
    short = ids.str.split("_").str[0]
    short = ids if short.duplicated().any() or short.eq("").any() else short
    outlets = articles.outlet.fillna("outlet unknown")
    return pd.Series((short + " " + outlets).to_numpy(), index=ids.to_numpy(), name="article")


def scope(articles: pd.DataFrame) -> str:
    """What a comparison of these articles compares, for titles: "single articles of 3 genres"."""
    genres = articles.genre.nunique()
    return f"single articles of {genres} genres" if genres > 1 else "single articles"


def _row(tag: str, cells: Iterable[str], numeric: list[bool]) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    kinds = (' class="number"' if number else "" for number in numeric)
    shown = (f"<{tag}{scope}{kind}>{cell}</{tag}>" for cell, kind in zip(cells, kinds, strict=True))
    return "<tr>" + "".join(shown) + "</tr>"


def _linked(row: tuple, columns: list) -> Iterator[str]:
    """The cells of a row. Where one of them alone leads to sentences, so do the numbers beside it."""
    refs = [value for value in row if isinstance(value, Ref) and value.sentence_ids]
    for column, value in zip(columns, row, strict=True):
        about = plain(row[0])[:_ABOUT] + (f", {column}" if len(refs) > 1 and value is not row[0] else "")
        beside = len(refs) == 1 and not isinstance(value, Ref) and _is_number(value) and not pd.isna(value)
        yield _html(Ref(plain(value), refs[0].sentence_ids) if beside else value, about, beside)


def _html(value: object, about: str = "", beside: bool = False) -> str:
    if isinstance(value, Ref) and value.sentence_ids:
        told = attributes(value.sentence_ids) | ({"data-of": about} if about else {})
        told |= {"class": "beside"} if beside else {}
        of = "".join(f' {name}="{escape(one, quote=True)}"' for name, one in told.items())
        return f"<span{of}>{escape(value.text)}</span>"
    return escape(plain(value))


def _is_number(value: object) -> bool:
    if isinstance(value, Ref):
        return bool(_NUMBERS.fullmatch(value.text))
    return isinstance(value, int | float) and not isinstance(value, bool)
