"""The tables every stage reads and writes, checked on the way.

A stage hands a frame to `write` and takes one with `read`; both check it against `schemas`, so a wrong column
stops where it arises. Tables lie in `data/interim/<corpus>/<table>.parquet`, sorted by their key and
rounded, so that the same input gives the same bytes. `check_links` checks what concerns two tables.
"""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pandera.pandas as pa

from helpers import paths
from helpers.paths import CorpusError
from helpers.schemas import DAY, LINKS, SCHEMAS, conforms, typed

DIGITS = 9  # significant digits kept: the last bits differ between processors


class TableError(CorpusError):
    """A table does not have the columns, types or values it should; the message says which."""


def path(table: str, corpus: str) -> Path:
    """Where a corpus keeps a table."""
    return paths.interim(corpus) / f"{_known(table)}.parquet"


def check(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with the columns, types, order and rounding of `table`.

    Parameters
    ----------
    table
        A name in `SCHEMAS`.
    frame
        Its rows, in any order, with exactly the table's columns in any order.

    Raises
    ------
    TableError
        If a column is missing or unknown, or a value is not allowed; the message names table, column and
        the first offending values.
    """
    definition = SCHEMAS[_known(table)]
    expected, found = list(definition.schema.columns), list(frame.columns)
    if set(expected) != set(found):
        missing, unknown = sorted(set(expected) - set(found)), sorted(set(found) - set(expected))
        raise TableError(f"table {table}: missing columns {missing}, unknown columns {unknown}")
    frame = frame[expected].reset_index(drop=True).replace([np.inf, -np.inf], np.nan)
    days = [name for name, column in definition.schema.columns.items() if column.dtype is None]
    frame = frame.assign(
        **{column: _rounded(frame[column]) for column in frame.select_dtypes("float") if column not in days},
        **{column: pd.to_datetime(frame[column]).astype(DAY) for column in days},
    )
    try:
        plainly = typed(frame, definition.schema)
        if not conforms(plainly, definition.schema):
            plainly = definition.schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases.drop_duplicates(["column", "check"]).head(3)
        what = "; ".join(f"{c.column}: {c.check} fails for {c.failure_case!r}" for c in cases.itertuples())
        raise TableError(f"table {table} ({definition.row} a row): {what}") from None
    return plainly.sort_values(list(definition.key), key=_in_order, kind="stable", ignore_index=True)


def write(table: str, frame: pd.DataFrame, corpus: str) -> pd.DataFrame:
    """Check a table, store it under the corpus's name and return it as stored."""
    frame = check(table, frame)
    target = path(table, corpus)
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_suffix(f".{os.getpid()}.tmp")
    frame.to_parquet(aside, index=False)
    aside.replace(target)
    return frame


def read(table: str, corpus: str) -> pd.DataFrame:
    """Read a table of a corpus.

    Raises
    ------
    TableError
        If it has not been written yet, naming the notebook that writes it, or does not pass its checks, as
        one that another version wrote.
    """
    source = path(table, corpus)
    if not source.is_file():
        what = f"{source} does not exist yet: {SCHEMAS[table].writer} writes it"
        raise TableError(f"{what}. Run that notebook, or: python -m helpers report {paths.folder(corpus)}")
    try:
        return check(table, pd.read_parquet(source))
    except TableError as error:
        what = f"{source} is not as this version writes it: {error}"
        raise TableError(f"{what}. Make it again with: python -m helpers report CORPUS") from None


def stored(corpus: str) -> dict[str, pd.DataFrame]:
    """All tables of a corpus that have been written, with their links checked; errors as for :func:`read`."""
    found = {name: read(name, corpus) for name in SCHEMAS if path(name, corpus).is_file()}
    check_links(found)
    return found


def describe(table: str) -> pd.DataFrame:
    """What the columns of a table are.

    Returns
    -------
    DataFrame
        A row a column of the table: `column`, `type` (text, count, number, day, flag), `allowed` (values,
        range, or → the table whose values it takes), `missing` (may or never) and `meaning`.
    """
    columns = SCHEMAS[_known(table)].schema.columns.items()
    rows = [{"column": name, **column.metadata, "meaning": column.description} for name, column in columns]
    return pd.DataFrame(rows)


def csv_text(frame: pd.DataFrame) -> str:
    """A table as CSV in which no text runs as a formula: such text gets an apostrophe before it."""
    texts = frame.select_dtypes("str").columns
    safe = {column: frame[column].str.replace(r"^([=+\-@\t\r])", r"'\1", regex=True) for column in texts}
    return frame.assign(**safe).to_csv(index=False, lineterminator="\n")


def check_links(tables: dict[str, pd.DataFrame]) -> None:
    """Check that every row belongs to its file, article or sentence, and every span is the text it cites.

    Raises
    ------
    TableError
        Naming the tables and the first offending row.
    """
    for child, column, parent in LINKS:
        if child in tables and parent in tables:
            orphans = ~tables[child][column].isin(tables[parent][column])
            if orphans.any():
                value = tables[child].loc[orphans, column].iloc[0]
                raise TableError(f"table {child}: {column} {value!r} is not in table {parent}")
    for child, whole in (("sentences", "articles"), ("dates", "sentences")):
        if child in tables and whole in tables:
            _check_spans(child, tables[child], whole, tables[whole])


def _check_spans(child: str, parts: pd.DataFrame, whole: str, texts: pd.DataFrame) -> None:
    key = SCHEMAS[whole].key[0]
    text_of = dict(zip(texts[key], texts.text, strict=True))
    parts = parts[parts.end > 0]  # a headline has no place in the body
    for row in parts[[key, "start", "end", "text"]].itertuples(index=False):
        if text_of[row[0]][row.start : row.end] != row.text:
            place = f"{row.start}-{row.end} of {row[0]} in {whole}"
            raise TableError(f"table {child}: {row.text!r} is not at {place}")


def _known(table: str) -> str:
    if table in SCHEMAS:
        return table
    raise TableError(f"There is no table {table!r}. The tables are: {', '.join(SCHEMAS)}")


def _in_order(column: pd.Series) -> pd.Series:
    """Sentence ids in the order of the text: the thousandth after the hundredth."""
    if column.name != "sentence_id" or column.str.contains(r":s\d{3}$").all():
        return column
    padded = column.str.replace(r":s(\d+)$", r":000000000\1", regex=True)
    return padded.str.replace(r":\d*(\d{9})$", r":\1", regex=True)


def _rounded(numbers: pd.Series) -> pd.Series:
    values = numbers.to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        magnitude = np.where(values == 0, 0, np.floor(np.log10(np.abs(values))))
        scale = 10.0 ** (DIGITS - 1 - magnitude)
        return pd.Series(np.round(values * scale) / scale, index=numbers.index)
