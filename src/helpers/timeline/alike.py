"""How alike passages are, by the words they share: the rarer a word in the corpus, the more it counts."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from math import log
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.numbers_and_dates import beginning
from helpers.spelling import Running, content_keys, running_keys
from helpers.timeline.coded import incidence, products

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_PAIRS = 65_536  # that are compared at a time


def stems(text: str) -> list[str]:
    """The beginnings of a text's content words, spelling folded, without figures.

    Examples
    --------
    >>> stems("Honoured guests board 12 boats"), stems("the guest’s honor")
    (['honore', 'guest', 'board', 'boat'], ['guest', 'honor'])
    """
    return [one for one in map(_stem, content_keys(text)) if one]


def stems_of_texts(
    texts: Sequence[str], said: Running | None = None
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """The `stems` of many texts, each once a text: numbers of text and stem side by side; the stems.

    `said`: the words of the texts, where they are known.

    Examples
    --------
    >>> text, number, found = stems_of_texts(["A boat met boats", "12 boats"])
    >>> text.tolist(), [found[one] for one in number]
    ([0, 0, 1], ['boat', 'met', 'boat'])
    """
    text, number, keys = running_keys(texts, said)
    stem, found = pd.factorize(np.array([*map(_stem, keys)], object))
    stem = stem[number]
    text, stem = np.divmod(np.unique(text * np.int64(len(found)) + stem), max(len(found), 1))
    said = np.array([*map(bool, found)], bool)[stem]
    return text[said], stem[said], found.tolist()


@lru_cache(200_000)
def _stem(word: str) -> str:
    return beginning(word) if word[0].isalpha() else ""


class Likeness:
    """Pairs of like passages; the weights of words (idf) are those of `sentences`, the whole corpus.

    Examples
    --------
    >>> like = Likeness(["Two boats sank", "Two boats sank off the mole", "Rain fell", "Rain is near"])
    >>> list(like.pairs(["boats sank", "sank: boats", "rain"], 0.5))
    [(0, 1, 1.0)]
    """

    def __init__(self, sentences: Iterable[str]) -> None:
        texts = [*sentences, "word"]  # as if there were one more sentence: no weight is infinite
        _, number, found = stems_of_texts(texts)
        bearing = zip(found, np.bincount(number, minlength=len(found)).tolist(), strict=True)
        self._weights = {stem: log((1 + len(texts)) / (1 + n)) + 1 for stem, n in bearing}

    def dice(self, passages: list[Iterable[str]]) -> np.ndarray:
        """The likeness (0 to 1) of each two passages, given by their stems.

        It is Dice's coefficient, weighted: twice the weight of the shared stems over the weight of both.
        """
        rows = self._weighed(passages)
        shared = products(rows, len(passages))
        total = shared.diagonal()
        return np.round(2 * shared / np.maximum(np.add.outer(total, total), 1e-9), 9)

    def dice_of(self, passages: list[Iterable[str]], pairs: np.ndarray) -> np.ndarray:
        """The likeness of some pairs of passages, given by their places."""
        rows = self._weighed(passages)
        total = rows.multiply(rows).sum(axis=1)
        parts = [pairs[start : start + _PAIRS].T for start in range(0, len(pairs), _PAIRS)]
        shared = [rows[one].multiply(rows[other]).sum(axis=1) for one, other in parts]
        of_both = np.maximum(total[pairs].sum(axis=1), 1e-9)
        return np.round(2 * np.concatenate([np.zeros(0), *shared]) / of_both, 9)

    def _weighed(self, passages: list[Iterable[str]]) -> "csr_array":
        """Passages × stems: the root of each one's weight."""
        stem_at = {stem: at for at, stem in enumerate(dict.fromkeys(chain.from_iterable(passages)))}
        weights = np.array([self._weights.get(stem, 0) for stem in stem_at])
        rows = incidence(passages, stem_at).astype(float)
        rows.data = np.sqrt(weights)[rows.indices]
        return rows

    def pairs(self, passages: list[str], least: float) -> Iterator[tuple[int, int, float]]:
        """Pairs of passages (their places, first < second) whose likeness is `least` or more, and it."""
        likeness = self.dice([*map(stems, passages)])
        one, other = np.nonzero(np.triu(likeness >= least, 1))
        yield from zip(one.tolist(), other.tolist(), likeness[one, other].tolist(), strict=True)
