"""What people answered in a corpus's `labels.csv`, whichever stage asked, and how what they read was drawn.

A row is one answer of one coder: about a sentence and a topic or actor, or, where it has a `start`, about the
tone toward the actor named there. `read` takes the rows of one kind and leaves those of the other.
"""

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from helpers.paths import LABELS, CorpusError, own_file

COLUMNS = ["sentence_id", "code", "label", "coder"]

_MAY = ["text", "draw", "start"]
_START = re.compile(r"([0-9]{1,9})(?:\.0)?")  # a spreadsheet program may write 12.0
_ESCAPED = ("'=", "'+", "'-", "'@")  # how `tables.csv_text` begins what could run as a formula


def read(
    folder: Path,
    answers: dict[str, Any],
    expected: str,
    fits: Callable[[str, str, str, str], bool],
    placed: bool = False,
) -> pd.DataFrame:
    """Read the answers of one kind from the `labels.csv` of a corpus folder, or beside a table.

    The columns `sentence_id`, `code`, `label` and `coder` count, and where there are such `text`, the
    sentence as the coder saw it, `draw`, as a sample wrote it, and `start`; others are ignored. A row without
    an answer is not labelled yet. An empty `coder` is "1". Commas, semicolons or tabs part the columns.

    Parameters
    ----------
    answers
        What can be answered, in lower case → what it stands for.
    expected
        How an error goes on that quotes another answer: "is neither yes nor no".
    fits
        Whether a draw is the one that was written for a row: sentence_id, start, code, draw.
    placed
        Whether to read the rows with a `start`, or those without.

    Returns
    -------
    DataFrame
        `sentence_id`, `start` (text), `code`, `label`, `coder`, `text`, `draw` ("" where they are not told):
        one row an answer, sorted; without a file, none.

    Raises
    ------
    CorpusError
        If the file is not CSV in UTF-8, lacks a column, has an answer that cannot be used or that its coder
        contradicts, or a draw of another row: with file, line and what was expected.
    """
    source = own_file(folder, LABELS)
    found: dict[tuple[str, str, str, str], tuple[Any, int, str, str]] = {}
    for line, cells in _rows(source) if source.is_file() else ():
        sentence_id, code, label, coder, text, draw, start = cells
        where, coder = f"{source}, line {line}", coder or "1"
        if not label or bool(start) != placed:
            continue
        if (answer := answers.get(label.lower())) is None:
            raise CorpusError(f"{where}: label {label!r} {expected}. Leave it empty if undecided")
        if not (sentence_id and code):
            raise CorpusError(f"{where}: an answer needs a sentence_id and a code")
        if start and not (digits := _START.fullmatch(start)):
            raise CorpusError(f"{where}: start {start!r} is no whole number. Copy it from the sample")
        start = digits[1] if start else ""
        if draw and not fits(sentence_id, start, code, draw):
            what = f"draw {draw!r} is not the one that was written for this sentence and code"
            raise CorpusError(f"{where}: {what}. Copy it from the sample, or leave it empty")
        asked, told = (sentence_id, start, code, coder), (answer, line, text, draw)
        first, before, *_ = found.setdefault(asked, told)
        if answer != first:
            who = f"coder {coder!r} on {sentence_id}, {code}"
            raise CorpusError(f"{where}: {label!r} of {who} contradicts line {before}. Keep one of them")
        if draw and not found[asked][-1]:  # the same answer, drawn
            found[asked] = told
    rows = [(*asked[:3], answer, asked[3], *seen) for asked, (answer, _, *seen) in sorted(found.items())]
    columns = ["sentence_id", "start", "code", "label", "coder", "text", "draw"]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(set(columns) - {"label"}, "str"))


def still_there(seen: pd.Series, now: pd.Series) -> pd.Series:
    """Whether what a coder saw ("" where that is not told) is what stands there `now` (missing: nothing).

    Examples
    --------
    >>> still_there(pd.Series(["Dear  tea.", "", "Dear tea.", ""]), pd.Series(["Dear tea."] * 2 + [None] * 2))
    0     True
    1     True
    2    False
    3    False
    dtype: bool
    """
    both = (seen.mask(seen == "", now), now)
    seen, now = (words.astype("str").str.replace(r"\s+", " ", regex=True) for words in both)
    return now.notna() & (seen.str.strip() == now.str.strip())


def systematic(places: np.ndarray, size: int, random: np.random.Generator) -> np.ndarray:
    """Places in equal steps from a random start; in whole numbers, so that each is as likely as another."""
    size = min(size, len(places))
    start = random.integers(len(places)) if size else 0
    return places[(start + np.arange(size) * len(places)) // max(size, 1)]


def mark(*words: str) -> str:
    """Eight signs that tell what a row was drawn for, so that a draw moved to another row is noticed."""
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:8]


def _rows(source: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of a labels file: the line that each ends in, and its cells by `COLUMNS` and `_MAY`."""
    try:
        text = source.read_bytes().decode("utf-8-sig")
        sign = max(",;\t", key=text.partition("\n")[0].count)
        table = csv.DictReader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
        table.fieldnames = [name.strip().lower() for name in table.fieldnames or []]
        if missing := [name for name in COLUMNS if name not in table.fieldnames]:
            raise CorpusError(f"{source}, line 1: no column {missing[0]!r}. It needs: {', '.join(COLUMNS)}")
        for row in table:
            if None in row:
                what = "more fields than columns. Put text that holds the separator in quotes"
                raise CorpusError(f"{source}, line {table.line_num}: {what}")
            yield table.line_num, [_cell(row.get(name)) for name in [*COLUMNS, *_MAY]]
    except (csv.Error, UnicodeDecodeError) as error:
        what = f"{source} cannot be read as CSV in UTF-8: {error}"
        raise CorpusError(f"{what}. In a spreadsheet program, save it as CSV UTF-8") from None


def _cell(words: str | None) -> str:
    words = (words or "").strip()
    return words[1:] if words.startswith(_ESCAPED) else words
