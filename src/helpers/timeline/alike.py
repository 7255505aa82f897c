"""How alike passages are, by the words they share: the rarer a word in the corpus, the more it counts."""

from collections.abc import Iterable, Iterator

import numpy as np

from helpers.numbers_and_dates import beginning
from helpers.spelling import content_keys


def stems(text: str) -> list[str]:
    """The beginnings of a text's content words, spelling folded, without figures.

    Examples
    --------
    >>> stems("Honoured guests board 12 boats"), stems("the guest’s honor")
    (['honore', 'guest', 'board', 'boat'], ['guest', 'honor'])
    """
    return [beginning(word) for word in content_keys(text) if word[0].isalpha()]


class Likeness:
    """Pairs of like passages; the weights of words (idf) are those of `sentences`, the whole corpus.

    Examples
    --------
    >>> like = Likeness(["Two boats sank", "Two boats sank off the mole", "Rain fell", "Rain is near"])
    >>> list(like.pairs(["boats sank", "sank: boats", "rain"], 0.5))
    [(0, 1, 1.0)]
    """

    def __init__(self, sentences: Iterable[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._weights = TfidfVectorizer(analyzer=stems, norm=None, binary=True)
        self._weights.fit([*sentences, "word"])  # a vocabulary may not be empty

    def pairs(self, passages: list[str], least: float) -> Iterator[tuple[int, int, float]]:
        """Pairs of passages (their places, first < second) whose likeness is `least` or more, and it.

        The likeness (0 to 1) is Dice's coefficient of the passages' stems, weighted: twice the weight of the
        shared ones over the weight of both.
        """
        found = self._weights.transform(passages)
        total = np.asarray(found.sum(axis=1)).ravel()
        shared = (found @ (found > 0).astype(float).T).tocoo()
        likeness = 2 * shared.data / (total[shared.row] + total[shared.col])
        keep = (likeness >= least) & (shared.row < shared.col)
        rows = (shared.row[keep].tolist(), shared.col[keep].tolist(), np.round(likeness[keep], 9).tolist())
        yield from zip(*rows, strict=True)
