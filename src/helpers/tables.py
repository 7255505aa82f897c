"""The tables every stage reads and writes: their columns, types and checks, in one place.

A stage hands a frame to `write` and takes one with `read`; both check it against `SCHEMAS`, so a wrong
column stops where it arises. Tables lie in `data/interim/<corpus>/<table>.parquet`, sorted by their key and
rounded, so that the same input gives the same bytes. `check_links` checks what concerns two tables.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pandera.pandas as pa

from helpers import paths
from helpers.paths import CorpusError

_DAY = "datetime64[ms]"
DIGITS = 9  # significant digits kept: the last bits differ between processors


class TableError(CorpusError):
    """A table does not have the columns, types or values it should; the message says which."""


@dataclass(frozen=True)
class Table:
    """One table: the notebook that writes it, what a row is, its key and its columns."""

    writer: str
    row: str
    key: tuple[str, ...]
    schema: pa.DataFrameSchema


def _text(*checks: pa.Check, missing: bool = False) -> pa.Column:
    return pa.Column("str", list(checks), nullable=missing)


def _count(minimum: int = 0) -> pa.Column:
    return pa.Column("int64", pa.Check.ge(minimum))


def _number(low: float | None = None, high: float | None = None, missing: bool = False) -> pa.Column:
    checks = [pa.Check.ge(low)] if low is not None else []
    checks += [pa.Check.le(high)] if high is not None else []
    return pa.Column("float64", checks, nullable=missing)


def _day() -> pa.Column:  # untyped for pandera, which would force nanoseconds: years 1678 to 2262
    return pa.Column(None, pa.Check(lambda days: days.dtype == _DAY, name=_DAY), nullable=True)


def _table(writer: str, row: str, key: str, **columns: pa.Column) -> Table:
    names = tuple(key.split())
    schema = pa.DataFrameSchema(columns, strict=True, ordered=True, coerce=True, unique=list(names))
    return Table(writer, row, names, schema)


_ONE_OF = pa.Check.isin
GENRES = ["news", "agency", "analysis", "opinion", "interview", "live", "press release", "unknown"]

SCHEMAS = {
    "files": _table(
        "01_ingestion",
        "a file of the corpus, a folder that a page loads from, or a manifest row without a file",
        "file",
        file=_text(),
        articles=_count(),
        status=_text(_ONE_OF(["read", "noted", "skipped", "failed"])),
        message=_text(missing=True),
    ),
    "articles": _table(
        "01_ingestion",
        "an article",
        "article_id",
        article_id=_text(pa.Check.str_matches(r"^[\w.-]+$")),
        file=_text(),
        outlet=_text(missing=True),
        outlet_basis=_text(),
        genre=_text(_ONE_OF(GENRES)),
        genre_basis=_text(),
        title=_text(missing=True),
        subtitle=_text(missing=True),
        authors=_text(missing=True),
        editors=_text(missing=True),
        published=_day(),
        published_basis=_text(),
        lang=_text(missing=True),
        country=_text(missing=True),
        url=_text(missing=True),
        archive_url=_text(missing=True),
        retrieved=_text(missing=True),
        place=_text(missing=True),
        credits=_text(missing=True),
        note=_text(missing=True),
        text=_text(),
        n_words=_count(),
    ),
    "fields": _table(
        "01_ingestion",
        "what the manifest, a table, an export's header or the text states of an article",
        "article_id field source",
        article_id=_text(),
        field=_text(),
        source=_text(),
        value=_text(),
        in_force=pa.Column("bool"),
    ),
    "ledger": _table(
        "01_ingestion",
        "a line of a file that is not blank",
        "article_id line",
        article_id=_text(),
        file=_text(),
        line=_count(1),
        text=_text(),
        kept=pa.Column("bool"),
        reason=_text(),
    ),
    "sentences": _table(
        "01_ingestion",
        "a sentence; `<article_id>:s000` is the headline",
        "sentence_id",
        sentence_id=_text(pa.Check.str_matches(r"^[\w.-]+:s\d{3,}$")),
        article_id=_text(),
        paragraph=_count(),
        start=_count(),
        end=_count(),
        heading=pa.Column("bool"),
        text=_text(),
        n_words=_count(),
    ),
    "codebook": _table(
        "01_ingestion",
        "a topic or actor that was looked for, in the order of codebook.yml",
        "position",
        position=_count(),
        kind=_text(_ONE_OF(["topic", "actor"])),
        code=_text(),
        label=_text(),
        definition=_text(),
        terms=_text(),
    ),
    "mentions": _table(
        "01_ingestion",
        "one match of a codebook topic or actor in a sentence",
        "sentence_id start kind code",
        sentence_id=_text(),
        kind=_text(_ONE_OF(["topic", "actor"])),
        code=_text(),
        term=_text(),
        start=_count(),
        end=_count(1),
        place=_text(_ONE_OF(["headline", "sub-heading", "text"])),
    ),
    "rates": _table(
        "02_topics",
        "a topic or actor in the running text of an article",
        "kind code article_id",
        kind=_text(_ONE_OF(["topic", "actor"])),
        code=_text(),
        article_id=_text(),
        mentions=_count(),
        words=_count(),
        per_1000=_number(0, missing=True),
        per_1000_low=_number(0, missing=True),
        per_1000_high=_number(0, missing=True),
        sentences=_count(),
        sentences_total=_count(),
        share=_number(0, 1, missing=True),
        share_low=_number(0, 1, missing=True),
        share_high=_number(0, 1, missing=True),
        design_effect=_number(1),
        dispersion=_number(1),
        in_headline=pa.Column("bool"),
        in_lead=pa.Column("bool"),
        basis=_text(),
        evidence=_text(),
    ),
    "tone": _table(
        "03_tone",
        "a sentence of the running text (no heading, no list item)",
        "sentence_id",
        sentence_id=_text(),
        valence=_number(),
        score=_number(-1, 1),
        label=_text(_ONE_OF(["negative", "neutral", "positive"])),
        words=_text(missing=True),
    ),
    "dates": _table(
        "04_timeline",
        "a temporal expression in a sentence",
        "sentence_id start",
        sentence_id=_text(),
        start=_count(),
        end=_count(1),
        text=_text(),
        type=_text(_ONE_OF(["DATE", "TIME", "DURATION", "SET"])),
        value=_text(missing=True),
        earliest=_day(),
        latest=_day(),
        anchor=_text(),
        event_id=_text(missing=True),
    ),
    "events": _table(
        "04_timeline",
        "a dated statement, or like statements of several texts under one date",
        "event_id",
        event_id=_text(),
        earliest=_day(),
        latest=_day(),
        granularity=_text(_ONE_OF(["day", "week", "month", "year", "longer"])),
        when=_text(),
        label=_text(),
        basis=_text(),
        n_texts=_count(1),
        evidence=_text(),
    ),
    "findings": _table(
        "05_briefing",
        "one statement of the briefing",
        "finding_id",
        finding_id=_text(),
        group=_text(),
        text=_text(),
        evidence=_text(missing=True),
    ),
}


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
    numbers = frame.select_dtypes("float").columns
    days = [name for name, column in definition.schema.columns.items() if column.dtype is None]
    frame = frame.assign(
        **{column: _rounded(frame[column]) for column in numbers if column not in days},
        **{column: pd.to_datetime(frame[column]).astype(_DAY) for column in days},
    )
    try:
        frame = definition.schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases.drop_duplicates(["column", "check"]).head(3)
        what = "; ".join(f"{c.column}: {c.check} fails for {c.failure_case!r}" for c in cases.itertuples())
        raise TableError(f"table {table} ({definition.row} a row): {what}") from None
    return frame.sort_values(list(definition.key), key=_in_order, kind="stable", ignore_index=True)


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
        If it has not been written yet, naming the notebook that writes it, or does not pass its checks.
    """
    source = path(table, corpus)
    if not source.is_file():
        raise TableError(
            f"{source} does not exist yet: {SCHEMAS[table].writer} writes it. "
            f"Run that notebook, or: python -m helpers report {paths.folder(corpus)}"
        )
    return check(table, pd.read_parquet(source))


def to_csv(frame: pd.DataFrame, target: Path) -> None:
    """Write a table as CSV in which no text runs as a formula: such text gets an apostrophe before it."""
    texts = frame.select_dtypes("str").columns
    safe = {column: frame[column].str.replace(r"^([=+\-@\t\r])", r"'\1", regex=True) for column in texts}
    frame.assign(**safe).to_csv(target, index=False, lineterminator="\n")


def check_links(tables: dict[str, pd.DataFrame]) -> None:
    """Check that every row belongs to its file, article or sentence, and every span is the text it cites.

    Raises
    ------
    TableError
        Naming the tables and the first offending row.
    """
    for child, column, parent in _LINKS:
        if child in tables and parent in tables:
            orphans = ~tables[child][column].isin(tables[parent][column])
            if orphans.any():
                value = tables[child].loc[orphans, column].iloc[0]
                raise TableError(f"table {child}: {column} {value!r} is not in table {parent}")
    for child, whole in (("sentences", "articles"), ("dates", "sentences")):
        if child in tables and whole in tables:
            _check_spans(child, tables[child], whole, tables[whole])


_LINKS = [
    ("articles", "file", "files"),
    ("fields", "article_id", "articles"),
    ("ledger", "file", "files"),
    ("sentences", "article_id", "articles"),
    ("mentions", "sentence_id", "sentences"),
    ("rates", "article_id", "articles"),
    ("tone", "sentence_id", "sentences"),
    ("dates", "sentence_id", "sentences"),
]


def _check_spans(child: str, parts: pd.DataFrame, whole: str, texts: pd.DataFrame) -> None:
    key = SCHEMAS[whole].key[0]
    text_of = dict(zip(texts[key], texts.text, strict=True))
    parts = parts[parts.end > 0]  # a headline has no place in the body
    for row in parts[[key, "start", "end", "text"]].itertuples(index=False):
        if text_of[row[0]][row.start : row.end] != row.text:
            raise TableError(
                f"table {child}: {row.text!r} is not at {row.start}-{row.end} of {row[0]} in {whole}"
            )


def _known(table: str) -> str:
    if table in SCHEMAS:
        return table
    raise TableError(f"There is no table {table!r}. The tables are: {', '.join(SCHEMAS)}")


def _in_order(column: pd.Series) -> pd.Series:
    """Sentence ids in the order of the text: the thousandth after the hundredth."""
    if column.name != "sentence_id":
        return column
    return column.str.replace(r":s(\d+)$", lambda found: ":" + found[1].zfill(9), regex=True)


def _rounded(numbers: pd.Series) -> pd.Series:
    values = numbers.to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        magnitude = np.where(values == 0, 0, np.floor(np.log10(np.abs(values))))
        scale = 10.0 ** (DIGITS - 1 - magnitude)
        return pd.Series(np.round(values * scale) / scale, index=numbers.index)
