"""Where texts have a word of some kind: names, dates and numbers stand in few words of a text.

To look at those alone is sooner done than to try a pattern at every letter, and the same words come again and
again: what is found in a stretch can be kept.
"""

from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np
import pandas as pd

_AT_ONCE = 10_000  # texts: of sentences, 15 MB


def stretches(
    texts: Sequence[str], core: Callable[[str], object], joins: Callable[[str], object], after: int = 0
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The stretches of texts that begin and end with a piece of some kind; between blanks lies a piece.

    Parameters
    ----------
    texts
        Any texts.
    core, joins
        Whether a piece is of the kind; whether it joins two such.
    after
        With so many pieces more behind a stretch and the joining pieces that follow it.

    Returns
    -------
    text, start, end, until
        Of each stretch the number of its text and the offsets in it; `until`: where what is joined to it
        and `after` pieces end. In order.

    Examples
    --------
    >>> texts = ["The old Bank of the Moor sank. At 3 today", "no"]
    >>> found = stretches(texts, str.istitle, {"of", "the"}.__contains__)
    >>> [array.tolist() for array in found][:3]
    [[0, 0, 0], [0, 8, 31], [3, 24, 33]]
    """
    parts = [
        _stretches(texts[first : first + _AT_ONCE], core, joins, after)
        for first in range(0, len(texts), _AT_ONCE)
    ]
    for n, part in enumerate(parts):
        part[0] += n * _AT_ONCE
    return tuple(np.concatenate(parts, axis=1)) if parts else (np.zeros(0, int),) * 4


def _stretches(
    texts: Sequence[str], core: Callable[[str], object], joins: Callable[[str], object], after: int
) -> np.ndarray:
    cut = [text.split(" ") for text in texts]
    sizes = np.array([len(one) for one in cut])
    form, forms = pd.factorize(np.array([*chain.from_iterable(cut)], object))
    text = np.repeat(np.arange(len(cut)), sizes)
    behind = (np.array([len(one) for one in forms]) + 1)[form].cumsum()  # the blank after each piece
    ends = sizes.cumsum()
    offset = np.append(0, behind[ends[:-1] - 1])[text]
    of_kind, joining = (np.array([bool(told(one)) for one in forms])[form] for told in (core, joins))
    inside = of_kind | joining
    opens = inside.copy()
    opens[1:] &= ~(inside[:-1] & (text[1:] == text[:-1]))
    run = opens.cumsum() - 1
    place = np.flatnonzero(of_kind)
    new = np.flatnonzero(np.diff(run[place], prepend=-1))
    first, last = place[new], place[np.append(new[1:], len(place))[: len(new)] - 1]
    joined = (np.flatnonzero(opens) + np.bincount(run[inside], minlength=opens.sum()))[run[first]] - 1
    until = np.minimum(joined + after, ends[text[first]] - 1)
    start = np.where(first > 0, behind[first - 1], 0)
    return np.array(
        [text[first], *(one - offset[first] for one in (start, behind[last] - 1, behind[until] - 1))]
    )
