"""What a line of page furniture is, by its form: caption, teaser, share bar … (`furniture.tsv`)."""

import re
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
    opening, anywhere, kinds = _patterns()
    if found := opening.match(text):
        return kinds[found.lastgroup]
    folded = text.lower()
    return next((kind for kind, hint, pattern in anywhere if hint in folded and pattern.search(text)), "")


@cache
def kinds() -> list[str]:
    """All that a line may be, in alphabetical order."""
    return sorted({row[0] for row in read_rows(__file__, "furniture.tsv")})


@cache
def _patterns() -> tuple[re.Pattern, list[tuple[str, str, re.Pattern]], dict[str, str]]:
    """One pattern for the rows that hold from a line's start, the others with the hint that allows them."""
    opening, anywhere, kinds = [], [], {}
    for number, (kind, pattern, *hint) in enumerate(read_rows(__file__, "furniture.tsv")):
        if hint:
            anywhere.append((kind, hint[0], re.compile(pattern, re.IGNORECASE)))
        else:
            opening.append(f"(?P<row{number}>{pattern})")
            kinds[f"row{number}"] = kind
    return re.compile("|".join(opening), re.IGNORECASE), anywhere, kinds
