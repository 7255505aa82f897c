"""`corpus.yml`: how a corpus is to be read and how it came together. It may be left out, and each part."""

from pathlib import Path
from typing import Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict
from pydantic import Field as field

from helpers.paths import SETTINGS, own_file
from helpers.yaml_files import read_yaml

Field = Literal[
    "text", "title", "published", "outlet", "url", "authors", "language", "genre", "country", "archive_url",
    "retrieved", "note", "id",
]  # fmt: skip


class Settings(BaseModel):
    """`columns`, for tables: field → the name of the column that holds it, where that name does not tell.

    The others say how the corpus came together: by whom, by which query, over which period, by which rule.
    """

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, populate_by_name=True)

    columns: dict[Field, str] = {}
    collected_by: str | None = field(None, alias="collected by")
    query: str | None = None
    period: str | None = None
    rule: str | None = None


def read(source: Path) -> Settings:
    """Read the `corpus.yml` of a corpus folder, or beside a table; a mistake is told with its line."""
    return read_yaml(own_file(source, SETTINGS), Settings)


def collection(source: Path) -> pd.DataFrame:
    """How a corpus came together, as its `corpus.yml` states it: table `collection`.

    Returns
    -------
    DataFrame
        `field` ("collected by", "query", "period", "rule") and `value`, missing where nothing is stated.
    """
    stated = read(source).model_dump(by_alias=True, exclude={"columns"})
    return pd.DataFrame({"field": list(stated), "value": [said or None for said in stated.values()]})
