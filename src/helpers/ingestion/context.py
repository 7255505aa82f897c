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
_HEADS = (
    "log words",
    "lower-case words",
    "weight",
    "least",
    "most",
)  # told of the last heading, with cues


def first(page: Measured) -> np.ndarray:
    """What the first model sees, a row a line: the line, its neighbours, and where on the page it stands."""
    own = stack(page.columns)
    n, sentence = len(own), page.sentence.astype(np.float32)
    places = {name: place for place, name in enumerate(page.columns)}
    near, farther = (own[:, [places[name] for name in names]] for names in (_NEAR, _FARTHER))
    pull = page.columns["pull"]
    cues = sorted(set(kinds()) - {"function"})
    heads, distance = _heads(page, own[:, [places[name] for name in (*_HEADS, *cues)]])
    passed = np.cumsum(own[:, [places[name] for name in kinds() if name != "function"]] > 0.2, axis=0)
    read = np.cumsum(sentence * page.words)
    i = np.arange(n)
    flags = [page.sentence, page.words >= 20, page.columns["date"] > 0, page.columns["byline"] > 0]
    around = [
        i / n, np.log1p(i), np.log1p(n - i), np.full(n, np.log1p(n)),
        read / max(read[-1], 1), np.full(n, np.log1p(read[-1])), distance,
        *_windows(sentence, 2, 5, 10, 30), *_windows(sentence * page.words / 20, 5, 15, 40),
        *_windows(page.columns["full stop"], 3, 8), *_windows(page.columns["log characters"], 3, 8),
        *_windows(pull, 5, 15), *_distances(*flags),
    ]  # fmt: skip
    shifted = [*_shifted(near, 1, -1, 2, -2), *_shifted(farther, 3, -3)]
    parts = [own, *shifted, heads, np.log1p(passed), np.log1p(passed[-1] - passed), np.array(around).T]
    return np.concatenate(parts, axis=1, dtype=np.float32)


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
        odds, *_shifted(odds, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5),
        *_windows(scores, 3, 8, 20), *_windows(mass / 20, 5, 20, 60), read / total, (read - mass) / total,
        (i >= start) & (i < end), np.clip(i - start, -30, 30) / 10, np.clip(end - 1 - i, -30, 30) / 10,
        *_distances(scores > 0.7),
        share[section], np.append(0, share)[section], np.append(share, 0)[section + 1],
        np.bincount(page.indents, mass)[page.indents] / total,
        *overlap(page.vocabulary, core).values(),
    ]  # fmt: skip
    return np.concatenate([np.array(columns, np.float32).T, inputs], axis=1)


def _heads(page: Measured, told: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What the last short line above each line tells (of what is `told` of all), and how far above it is."""
    n = len(page.words)
    short = (page.words <= HEADING) & (page.columns["full stop"] == 0)
    last = np.append(-1, np.maximum.accumulate(np.where(short, np.arange(n), -1))[:-1])
    return told[np.maximum(last, 0)] * (last >= 0)[:, None], np.log1p(np.arange(n) - last)


def _windows(values: np.ndarray, *widths: int) -> list[np.ndarray]:
    """Sums over so many lines before and after each line, divided by their number."""
    n, i, width = len(values), np.arange(len(values)), np.array(widths)[:, None]
    sums = np.append(0, np.cumsum(values))
    before = (sums[:-1] - sums[np.maximum(i - width, 0)]) / width
    after = (sums[np.minimum(i + width + 1, n)] - sums[1:]) / width
    return [*before, *after]


def _distances(*flags: np.ndarray) -> list[np.ndarray]:
    """For each flag: logarithm of the lines since the last before, and until the next after each line."""
    flagged = np.array(flags)
    n, i = flagged.shape[1], np.arange(flagged.shape[1])
    before, after = np.full(flagged.shape, -99), np.full(flagged.shape, n + 99)
    before[:, 1:] = np.maximum.accumulate(np.where(flagged, i, -99), axis=1)[:, :-1]
    after[:, :-1] = np.minimum.accumulate(np.where(flagged, i, n + 99)[:, :0:-1], axis=1)[:, ::-1]
    since, until = np.log1p(np.minimum(i - before, 99)), np.log1p(np.minimum(after - i, 99))
    return [one for pair in zip(since, until, strict=True) for one in pair]


def _shifted(values: np.ndarray, *by: int) -> list[np.ndarray]:
    """The rows moved down by so many, each time, with zeros where nothing stands."""
    n, far = len(values), max(map(abs, by))
    padded = np.zeros((n + 2 * far, *values.shape[1:]), values.dtype)
    padded[far : far + n] = values
    return [padded[far - k : far - k + n] for k in by]
