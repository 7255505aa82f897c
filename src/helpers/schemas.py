"""What each table holds: who writes it, what a row is, its key, its columns (`description`: what they mean).

`tables.tsv` says all of it; here it becomes what `tables` checks by.
"""

import json
import re
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pandera.pandas as pa

DAY = "datetime64[ms]"
_TYPES = {"text": "str", "count": "int64", "number": "float64", "day": None, "flag": "bool"}
_BOUNDS = re.compile(r"(-?\d+(?:\.\d+)?)?\.\.(-?\d+(?:\.\d+)?)?")
_PLAINLY = {
    "greater_than_or_equal_to": pd.Series.ge, "less_than_or_equal_to": pd.Series.le, "isin": pd.Series.isin,
    "str_matches": lambda texts, pattern: texts.str.match(pattern),
}  # fmt: skip
_LINK = "→ "  # before the table whose values a column takes


class Table(NamedTuple):
    """One table: the notebook that writes it, what a row is, its key and its columns."""

    writer: str
    row: str
    key: tuple[str, ...]
    schema: pa.DataFrameSchema


def read(source: Path) -> tuple[dict[str, Table], list[tuple[str, str, str]]]:
    """Read a file like `tables.tsv`, whose head describes it.

    Returns
    -------
    tables
        By name, in the order of the file, as are their columns.
    links
        Child, column, parent: every value of the child's column is one of the parent's.

    Raises
    ------
    ValueError
        If a row cannot be used: with file, line and what is wrong.
    """
    about: dict[str, tuple[str, str, tuple[str, ...]]] = {}
    columns: dict[str, dict[str, pa.Column]] = {}
    links = []
    for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        try:
            table, column, kind, allowed, missing, meaning = line.split("\t")
            if column in columns.get(table, {}) or bool(column) != (table in about):
                raise ValueError(f"{table} {column} stands here twice, or before the row about {table}")
            if column:
                columns[table][column] = _column(kind, allowed, missing, meaning)
            else:
                about[table], columns[table] = (kind, meaning, tuple(allowed.split())), {}
        except (ValueError, re.error) as error:
            raise ValueError(f"{source}, line {number}: {error}") from None
        if allowed.startswith(_LINK):
            links.append((table, column, allowed.removeprefix(_LINK)))
    schema = partial(pa.DataFrameSchema, strict=True, ordered=True, coerce=True)
    made = {name: schema(columns[name], unique=[*key]) for name, (*_, key) in about.items()}
    return {name: Table(*about[name], made[name]) for name in about}, links


def typed(frame: pd.DataFrame, schema: pa.DataFrameSchema) -> pd.DataFrame:
    """A frame with the types that a schema wants; as it is where its values cannot have them.

    Columns in which nothing is known, and counts with gaps that were filled, come as other types.
    """
    kinds = {name: _TYPES[column.metadata["type"]] for name, column in schema.columns.items()}
    others = {name: kind for name, kind in kinds.items() if kind and frame[name].dtype != kind}
    try:
        return frame.astype(others) if others else frame
    except (TypeError, ValueError, OverflowError):
        return frame


def conforms(frame: pd.DataFrame, schema: pa.DataFrameSchema) -> bool:
    """Whether a frame is as a schema wants it, without a word of what is not.

    Most frames are, and pandera takes three times as long to say so; it says what is wrong with the others.
    """
    for name, column in schema.columns.items():
        values, wanted = frame[name], _TYPES[column.metadata["type"]] or DAY
        if values.dtype != wanted or (values.hasnans and not column.nullable):
            return False
        checks = [(_PLAINLY[c.name], c.statistics.values()) for c in column.checks if c.name != DAY]
        if not all(holds(values.dropna(), *limits).all() for holds, limits in checks):
            return False
    return not frame.duplicated(schema.unique).any()


def _column(kind: str, allowed: str, missing: str, meaning: str) -> pa.Column:
    if kind not in _TYPES or missing not in ("may", "never"):
        raise ValueError(f"{kind!r} is none of {[*_TYPES]}, or {missing!r} neither 'may' nor 'never'")
    told = {"type": kind, "allowed": allowed, "missing": missing}
    checks = _checks(kind, allowed)
    return pa.Column(_TYPES[kind], checks, nullable=missing == "may", description=meaning, metadata=told)


def _checks(kind: str, allowed: str) -> list[pa.Check]:
    if kind == "day":  # untyped for pandera, which would force nanoseconds: years 1678 to 2262
        return [pa.Check(lambda days: days.dtype == DAY, name=DAY)]
    if not allowed or allowed.startswith(_LINK):
        return []
    if kind in ("count", "number"):
        if not (found := _BOUNDS.fullmatch(allowed)):
            raise ValueError(f"{allowed!r} is not lowest..highest")
        ends = zip((pa.Check.ge, pa.Check.le), found.groups(), strict=True)
        return [check(json.loads(end)) for check, end in ends if end]
    if allowed.startswith("/"):
        return [pa.Check.str_matches(allowed.strip("/"))]
    return [pa.Check.isin(allowed.split("|"))]


SCHEMAS, LINKS = read(Path(__file__).with_name("tables.tsv"))
GENRES: list[str] = SCHEMAS["articles"].schema.columns["genre"].checks[0].statistics["allowed_values"]
