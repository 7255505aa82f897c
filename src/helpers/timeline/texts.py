"""How alike whole texts of near days are: kept, as it is asked for again and again."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.timeline.coded import products

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# Texts after each, in the order of their days, that it is compared with: 4 KB a text. Of 4,000 made-up
# articles of two months those farther than 512 apart took two thirds of the time of `tell`. Without these 766
# articles give 6,122 events, with all as with 1,024 6,014.
NEAR = 1024
_STEP = 128


class Texts:
    """Cosines of texts by the words of their sentences; 0 of those that lie `NEAR` texts apart or more.

    Parameters
    ----------
    words
        Sentences × words, the sentences of a text side by side.
    sizes
        How many sentences each text has.
    days
        The day of each text, as a number; missing where it has none.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> texts = Texts(csr_array([[1.0, 0], [0, 1], [1, 1]]), np.array([1, 2]), pd.Series([1.0, 2.0]))
    >>> round(float(texts.cosines(np.array([0]), np.array([1]))[0]), 2)
    0.45
    """

    def __init__(self, words: "csr_array", sizes: np.ndarray, days: pd.Series) -> None:
        from scipy.sparse import csr_array
        from sklearn.preprocessing import normalize

        number, ends = len(sizes), np.concatenate([[0], np.cumsum(sizes)])
        has = csr_array((np.ones(ends[-1], np.float32), np.arange(ends[-1]), ends))
        order = np.argsort(days.fillna(0).to_numpy(), kind="stable")
        self._place = np.argsort(order)
        rows = normalize((has @ words).astype(np.float32))[order]
        self._near = np.zeros((number, min(NEAR, number)), np.float32)
        for start in range(0, number, _STEP):
            some = min(_STEP, number - start)
            # those that all are compared with stand first, as `products` has it
            part = rows[start : start + some + NEAR][::-1]
            cosines = products(part, some)[::-1, ::-1]
            for row in range(some):
                kept = cosines[row, row : row + self._near.shape[1]]
                self._near[start + row, : len(kept)] = kept

    def cosines(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        """The cosine of each pair of texts."""
        left, right = self._place[left], self._place[right]
        one, apart = np.minimum(left, right), np.abs(left - right)
        far = apart >= self._near.shape[1]
        return np.where(far, np.float32(0), self._near[one, np.where(far, 0, apart)])
