"""What a finding is, and how its numbers, names and intervals are put into words."""

import textwrap
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

FEW = 8  # texts or files: more of them are counted, as a longer list of names is not read
# Findings of one kind in a group: with their sentences they fill about one page; the rest is counted.
MOST = 10
OPENING = "opening"  # the subject of the sentence that opens a group
REST = "rest="  # begins the subject of a sentence that counts what a list leaves out
_LONG = 180  # characters of a cited sentence: about as many as an entry of the timeline has
_MARKS = ' “”"'


class Finding(NamedTuple):
    """A sentence of the briefing and what is behind it: columns of table `findings`.

    `subject` says what it is about in terms that stay the same from run to run: codes, ids, places in texts;
    no rank, no number of an event, nothing that was counted. Within a group there is no other with it.
    """

    subject: str
    text: str
    value: float | None = None
    unit: str | None = None
    basis: str | None = None
    effect: float | None = None
    evidence: str | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    q: float | None = None


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    Examples
    --------
    >>> count(1, "text"), count(3, "text"), count(0, "entry", "entries")
    ('1 text', '3 texts', 'no entries')
    """
    return f"{f'{number:,}' if number else 'no'} {one if number == 1 else many or one + 's'}"


def enumerate_names(names: list[str]) -> str:
    """Names as a list in words.

    Examples
    --------
    >>> enumerate_names(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def called(article_ids: Iterable[str], names: pd.Series) -> str:
    """What texts are called, in the order of their ids; how many they are where that would be too long."""
    ids = sorted(set(article_ids))
    return enumerate_names([names[one] for one in ids]) if len(ids) <= FEW else count(len(ids), "text")


def told(article_ids: Iterable[str], names: pd.Series) -> str:
    """How many texts and which, as far as that can be read.

    Examples
    --------
    >>> told(["a", "b"], pd.Series({"a": "a Herald", "b": "b Echo"}))
    '2 texts (a Herald and b Echo)'
    """
    number = count(len(set(article_ids)), "text")
    listed = called(article_ids, names)
    return number if listed == number else f"{number} ({listed})"


def cited(text: str) -> str:
    """A passage between quotation marks, cut short between words.

    Examples
    --------
    >>> cited('"The pier is closed."')
    '“The pier is closed.”'
    """
    return f"“{textwrap.shorten(text.strip(_MARKS), _LONG, placeholder=' …')}”"


def bracketed(low: float, high: float, digits: int = 1) -> str:
    """An interval as it stands behind its number, or that there is none.

    Examples
    --------
    >>> bracketed(0.25, 1.5), bracketed(float("nan"), float("nan"))
    (' [0.2, 1.5]', ' (too little text for an interval)')
    """
    known = pd.notna(low) and pd.notna(high)
    return f" [{low:.{digits}f}, {high:.{digits}f}]" if known else " (too little text for an interval)"


def ranked(
    found: Iterable[Finding], page: str, what: str, most: int = MOST, of: int | None = None
) -> list[Finding]:
    """The findings with the largest effects, so many at most, and a sentence that counts the rest.

    Parameters
    ----------
    found
        All, or of very many those that can be among the first; `of` is then how many there are.
    page
        What has them all: a notebook, or a table where a run of the notebook shows only a part of them.
    what
        What they are, for the subject of the sentence that counts the rest.
    """
    ordered = sorted(found, key=lambda finding: -(finding.effect or 0))
    left = (len(ordered) if of is None else of) - most
    more = [rest(what, f"{left} more {'is' if left == 1 else 'are'} in {page}.")] if left > 0 else []
    return [*ordered[:most], *more]


def rest(what: str, text: str) -> Finding:
    """The sentence that counts what a list leaves out."""
    return Finding(f"{REST}{what}", text)


def addresses(sentence_ids: Iterable[str]) -> str | None:
    """Single sentences as `evidence`; None where there are none."""
    return " ".join(f"sentences?sentence_id={one}" for one in dict.fromkeys(sentence_ids)) or None
