"""What stands around each line of a dump: the inputs of the two networks of the line model.

The first network sees every line, its neighbours and where on the page it stands; the second also what the
first made of the lines around.
"""

import numpy as np

from helpers.ingestion.features import Measured, kinds, overlap, stack
from helpers.ingestion.layout import stretch

HEADING = 8  # words: a line of at most so many, without an end mark, may head what follows

# What is told of the two lines before and after a line, and of the third: all of it did no better
_NEAR = (
    "log characters", "log words", "lower-case words", "function words", "weight", "pull", "full stop",
    "date", "times", "shared words", "shared in", "caption", "byline", "teaser", "comments",
)  # fmt: skip
_FARTHER = ("log characters", "log words", "lower-case words", "weight", "least", "most", "pull")


def first(page: Measured) -> np.ndarray:
    """What the first model sees, a row a line: the line, its neighbours, and where on the page it stands."""
    own = stack(page.columns)
    n, sentence = len(own), page.sentence.astype(np.float32)
    near, farther = (stack({name: page.columns[name] for name in names}) for names in (_NEAR, _FARTHER))
    pull = page.columns["pull"]
    heads, distance = _heads(page)
    cues = stack({name: page.columns[name] for name in kinds() if name != "function"}) > 0.2
    passed = np.cumsum(cues, axis=0)
    read = np.cumsum(sentence * page.words)
    i = np.arange(n)
    around = [
        i / n, np.log1p(i), np.log1p(n - i), np.full(n, np.log1p(n)),
        read / max(read[-1], 1), np.full(n, np.log1p(read[-1])), distance,
        *_windows(sentence, 2, 5, 10, 30), *_windows(sentence * page.words / 20, 5, 15, 40),
        *_windows(page.columns["full stop"], 3, 8), *_windows(page.columns["log characters"], 3, 8),
        *_windows(pull, 5, 15), *_distances(page.sentence), *_distances(page.words >= 20),
        *_distances(page.columns["date"] > 0), *_distances(page.columns["byline"] > 0),
    ]  # fmt: skip
    shifted = [_shift(near, k) for k in (1, -1, 2, -2)] + [_shift(farther, k) for k in (3, -3)]
    counts = [np.log1p(passed), np.log1p(passed[-1] - passed)]
    return np.hstack([own, *shifted, heads, *counts, np.column_stack(around)]).astype(np.float32)


def second(page: Measured, inputs: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """What the second model sees: `inputs` (from `first`), and what the first made of the lines around.

    That is `scores`, the probabilities it gave, one a line.
    """
    n, words = len(scores), np.maximum(page.words, 1)
    odds = np.log(np.clip(scores, 1e-3, 1 - 1e-3) / (1 - np.clip(scores, 1e-3, 1 - 1e-3)))
    mass = scores * page.words
    total, read = max(mass.sum(), 1e-6), np.cumsum(mass)
    start, end = stretch(((scores - 0.45) * np.minimum(page.words + 4, 40)).tolist())
    i = np.arange(n)
    short = (page.words <= HEADING) & (scores < 0.5)
    section = np.cumsum(short)
    size = section[-1] + 1
    share = np.bincount(section, scores * words, size) / np.bincount(section, words, size).clip(1e-6)
    core = (scores > 0.6) & (page.words >= 6)
    columns = [
        odds, *(_shift(odds[:, None], k)[:, 0] for k in (1, -1, 2, -2, 3, -3, 4, -4, 5, -5)),
        *_windows(scores, 3, 8, 20), *_windows(mass / 20, 5, 20, 60), read / total, (read - mass) / total,
        (i >= start) & (i < end), np.clip(i - start, -30, 30) / 10, np.clip(end - 1 - i, -30, 30) / 10,
        *_distances(scores > 0.7),
        share[section], np.append(0, share)[section], np.append(share, 0)[section + 1],
        np.bincount(page.indents, mass)[page.indents] / total,
        *overlap(page.vocabulary, core).values(),
    ]  # fmt: skip
    return np.hstack([np.column_stack(columns).astype(np.float32), inputs])


def _heads(page: Measured) -> tuple[np.ndarray, np.ndarray]:
    """What the last short line above each line tells, and how far above it stands."""
    n = len(page.words)
    short = (page.words <= HEADING) & (page.columns["full stop"] == 0)
    last = np.append(-1, np.maximum.accumulate(np.where(short, np.arange(n), -1))[:-1])
    names = ["log words", "lower-case words", "weight", "least", "most", *sorted(set(kinds()) - {"function"})]
    told = stack({name: page.columns[name] for name in names})[np.maximum(last, 0)] * (last >= 0)[:, None]
    return told, np.log1p(np.arange(n) - last)


def _windows(values: np.ndarray, *widths: int) -> list[np.ndarray]:
    """Sums over so many lines before and after each line, divided by their number."""
    n, i = len(values), np.arange(len(values))
    sums = np.append(0, np.cumsum(values))
    before = [(sums[i] - sums[np.maximum(i - width, 0)]) / width for width in widths]
    after = [(sums[np.minimum(i + width + 1, n)] - sums[i + 1]) / width for width in widths]
    return before + after


def _distances(flags: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Logarithm of the lines since the last flagged one before and until the next after each line."""
    n, i = len(flags), np.arange(len(flags))
    before = np.append(-99, np.maximum.accumulate(np.where(flags, i, -99))[:-1])
    after = np.append(np.minimum.accumulate(np.where(flags, i, n + 99)[::-1])[::-1][1:], n + 99)
    return np.log1p(np.minimum(i - before, 99)), np.log1p(np.minimum(after - i, 99))


def _shift(values: np.ndarray, by: int) -> np.ndarray:
    """The rows moved down by so many, with zeros where nothing stands."""
    empty = np.zeros((abs(by), values.shape[1]), values.dtype)
    return np.concatenate([empty, values, empty])[abs(by) - by :][: len(values)]
