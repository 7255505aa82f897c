"""The words of many sentences as numbers, so that what is asked of a word is asked once.

A sentence becomes a row of a sparse matrix; two of them are compared by their product.
"""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers.words import token_spans, tokens

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_TEXTS = 4096  # that are cut at a time: their tokens are kept as text until then


class Coded(NamedTuple):
    """The words of texts that were wanted, one after another."""

    words: list[str]  # each once, as written
    code: np.ndarray  # the place of each word in `words`
    start: np.ndarray  # where it begins in its text
    first: np.ndarray  # for each text the place of its first word in `code`; then how many there are

    def rows(self, first: np.ndarray, last: np.ndarray) -> "csr_array":
        """Passages × words: how often passages have each; from so many words on to so many."""
        from scipy.sparse import csr_array

        sizes = np.maximum(last - first, 0)
        ends = np.concatenate([[0], np.cumsum(sizes)])
        places = np.arange(ends[-1]) + np.repeat(first - ends[:-1], sizes)
        ones = np.ones(len(places), np.float32)
        return csr_array((ones, self.code[places], ends), shape=(len(first), len(self.words)))

    def only(self, wanted: Callable[[str], object]) -> "Coded":
        """Those of the words that are wanted."""
        keep = np.array([bool(wanted(word)) for word in self.words], bool)
        kept = keep[self.code] if len(keep) else np.zeros(0, bool)
        first = np.concatenate([[0], np.cumsum(kept)])[self.first]
        words = [word for word, one in zip(self.words, keep, strict=True) if one]
        return Coded(words, (np.cumsum(keep, dtype=np.int32) - 1)[self.code[kept]], self.start[kept], first)


class _Numbers(dict):
    """Word → its number, given when it is first asked for; -1 for those that are not wanted."""

    def __init__(self, wanted: Callable[[str], object]) -> None:
        self.wanted, self.words = wanted, []

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self.words) if self.wanted(word) else -1
        if number >= 0:
            self.words.append(word)
        return number


def coded(texts: Iterable[str], wanted: Callable[[str], object]) -> Coded:
    """Cut texts into tokens, and keep those that are wanted.

    Examples
    --------
    >>> found = coded(["Two boats and boats", "", "and two"], lambda word: word != "and")
    >>> found.words, found.code.tolist(), found.start.tolist(), found.first.tolist()
    (['Two', 'boats', 'two'], [0, 1, 1, 2], [0, 4, 14, 4], [0, 3, 3, 4])
    """
    number, texts = _Numbers(wanted), [*texts]
    codes, starts, sizes = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)], [np.zeros(1, int)]
    for begin in range(0, len(texts), _TEXTS):
        some = texts[begin : begin + _TEXTS]
        cut = [tokens(text) for text in some]
        code = np.fromiter(map(number.__getitem__, chain.from_iterable(cut)), np.int32)
        place = np.array([start for text in some for start, _ in token_spans(text)], np.int32)
        kept, lengths = code >= 0, [*map(len, cut)]
        text = np.repeat(np.arange(len(some)), lengths)
        codes.append(code[kept])
        starts.append(place[kept])
        sizes.append(np.bincount(text[kept], minlength=len(some)))
    first = np.cumsum(np.concatenate(sizes))
    return Coded(number.words, np.concatenate(codes), np.concatenate(starts), first)


def incidence(rows: Iterable[Iterable[str]], columns: dict[str, int] | None = None) -> "csr_array":
    """Sparse: 1 where a row has what a column stands for; columns in the order in which things come."""
    from scipy.sparse import csr_array

    if columns is None:
        rows = [[*some] for some in rows]
        columns = {one: number for number, one in enumerate(dict.fromkeys(chain.from_iterable(rows)))}
    rows = [{columns[one] for one in some if one in columns} for some in rows]
    ends = np.cumsum([0, *map(len, rows)])
    places = np.fromiter(chain.from_iterable(rows), np.int32, ends[-1])
    return csr_array((np.ones(ends[-1], np.float32), places, ends), shape=(len(rows), max(len(columns), 1)))


def products(rows: "csr_array", last: int) -> np.ndarray:
    """The products of the last so many rows with all rows.

    Few of all columns have a value in a few hundred rows: times a dense array of these alone takes a fifth of
    what the product of two sparse ones does.
    """
    from scipy.sparse import csr_array

    place, columns = pd.factorize(rows.indices)
    narrow = csr_array((rows.data, place, rows.indptr), shape=(rows.shape[0], max(len(columns), 1)))
    return narrow[rows.shape[0] - last :] @ np.ascontiguousarray(narrow.toarray().T)
