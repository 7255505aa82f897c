"""`corpus.yml`: how a corpus is to be read. The file may be left out, and each part of it."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from helpers.paths import SETTINGS, own_file
from helpers.yaml_files import read_yaml

Field = Literal[
    "text", "title", "published", "outlet", "url", "authors", "language", "genre", "country", "archive_url",
    "retrieved", "note", "id",
]  # fmt: skip


class Settings(BaseModel):
    """`columns`, for tables: field → the name of the column that holds it, where that name does not tell."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    columns: dict[Field, str] = {}


def read(source: Path) -> Settings:
    """Read the `corpus.yml` of a corpus folder, or beside a table; a mistake is told with its line."""
    return read_yaml(own_file(source, SETTINGS), Settings)
