"""What a line of page furniture is, by its form: caption, teaser, share bar … (`furniture.tsv`)."""

import re
from collections.abc import Callable
from functools import cache, lru_cache

from helpers.words import read_rows

LONGEST = 400  # characters: no notice is longer


def kind(text: str) -> str:
    """What a line of furniture it is, "" where it has the form of none.

    Examples
    --------
    >>> kind("Share on Facebook"), kind("They share a border with Georgia.")
    ('share bar', '')
    """
    return _kind(text) if len(text) <= LONGEST else ""


@lru_cache(maxsize=1 << 14)  # menus are the same on every page of a site
def _kind(text: str) -> str:
    folded = text.lower()
    return next((kind for kind, hint, holds in _rows() if hint in folded and holds(text)), "")


@cache
def kinds() -> list[str]:
    """All that a line may be, in alphabetical order."""
    return sorted({row[0] for row in read_rows(__file__, "furniture.tsv")})


@cache
def _rows() -> list[tuple[str, str, Callable]]:
    """The kinds, those that hold from a line's start first, each with its hint and what finds it."""
    rows = sorted(read_rows(__file__, "furniture.tsv"), key=len)
    found = [(row[0], "".join(row[2:]), re.compile(row[1], re.IGNORECASE)) for row in rows]
    return [(kind, hint, shape.search if hint else shape.match) for kind, hint, shape in found]
