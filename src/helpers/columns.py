"""How a table is declared: its columns, their types and what they may hold."""

from dataclasses import dataclass

import pandera.pandas as pa

DAY = "datetime64[ms]"


@dataclass(frozen=True)
class Table:
    """One table: the notebook that writes it, what a row is, its key and its columns."""

    writer: str
    row: str
    key: tuple[str, ...]
    schema: pa.DataFrameSchema


def text(*checks: pa.Check, missing: bool = False) -> pa.Column:
    """A column of text."""
    return pa.Column("str", list(checks), nullable=missing)


def count(minimum: int = 0) -> pa.Column:
    """A column of whole numbers, never missing."""
    return pa.Column("int64", pa.Check.ge(minimum))


def number(low: float | None = None, high: float | None = None, missing: bool = False) -> pa.Column:
    """A column of numbers within bounds."""
    checks = [pa.Check.ge(low)] if low is not None else []
    checks += [pa.Check.le(high)] if high is not None else []
    return pa.Column("float64", checks, nullable=missing)


def day() -> pa.Column:
    """A column of days, untyped for pandera, which would force nanoseconds: years 1678 to 2262."""
    return pa.Column(None, pa.Check(lambda days: days.dtype == DAY, name=DAY), nullable=True)


def table(writer: str, row: str, key: str, **columns: pa.Column) -> Table:
    """Declare a table: who writes it, what a row is, its key columns (parted by blanks), its columns."""
    names = tuple(key.split())
    schema = pa.DataFrameSchema(columns, strict=True, ordered=True, coerce=True, unique=list(names))
    return Table(writer, row, names, schema)
