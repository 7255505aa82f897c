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


def first(pages: Measured) -> np.ndarray:
    """What the first model sees, a row a line: the line, its neighbours, and where on the page it stands."""
    flat = stack(pages.columns)
    inside = _inside(pages)
    own, sentence = _padded(flat, inside), _padded(pages.sentence.astype(np.float32), inside)
    words, n, i = _padded(pages.words, inside), pages.sizes[:, None], np.arange(inside.shape[1])
    places = {name: place for place, name in enumerate(pages.columns)}
    near, farther = (own[:, :, [places[name] for name in names]] for names in (_NEAR, _FARTHER))
    told = {name: _padded(pages.columns[name], inside) for name in ("full stop", "log characters", "pull")}
    cues = sorted(set(kinds()) - {"function"})
    heads, distance = _heads(words, told["full stop"], own[:, :, [places[name] for name in (*_HEADS, *cues)]])
    passed = np.cumsum(own[:, :, [places[name] for name in kinds() if name != "function"]] > 0.2, axis=1)
    read = np.cumsum(sentence * words, axis=1)
    flags = [pages.sentence, pages.words >= 20, pages.columns["date"] > 0, pages.columns["byline"] > 0]
    around = [
        i / n, np.log1p(i), np.log1p(np.maximum(n - i, 0)), np.log1p(n),
        read / np.maximum(read[:, -1:], 1), np.log1p(read[:, -1:]), distance,
        *_windows(sentence, n, 2, 5, 10, 30), *_windows(sentence * words / 20, n, 5, 15, 40),
        *_windows(told["full stop"], n, 3, 8), *_windows(told["log characters"], n, 3, 8),
        *_windows(told["pull"], n, 5, 15), *_distances(n, *(_padded(flag, inside) for flag in flags)),
    ]  # fmt: skip
    shifted = [*_shifted(near, 1, -1, 2, -2), *_shifted(farther, 3, -3)]
    around = np.stack([np.broadcast_to(one, inside.shape) for one in around], axis=2)
    parts = [*shifted, heads, np.log1p(passed), np.log1p(passed[:, -1:] - passed), around]
    return np.concatenate([flat, *(part[inside] for part in parts)], axis=1, dtype=np.float32)


def second(pages: Measured, inputs: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """What the second model sees: `inputs` (from `first`), and what the first made of the lines around.

    That is `scores`, the probabilities it gave, one a line.
    """
    inside, n, words = _inside(pages), pages.sizes[:, None], np.maximum(pages.words, 1)
    odds = np.log(np.clip(scores, 1e-3, 1 - 1e-3) / (1 - np.clip(scores, 1e-3, 1 - 1e-3)))
    mass = scores * pages.words
    total = np.array([max(mass[span].sum(), 1e-6) for span in pages.spans], mass.dtype)[:, None]
    wide, weight = _padded(odds, inside), _padded(mass, inside)
    read = np.cumsum(weight, axis=1)
    gains = (scores - 0.45) * np.minimum(pages.words + 4, 40)
    start, end = np.array([stretch(gains[span].tolist()) for span in pages.spans]).T[:, :, None]
    i = np.arange(inside.shape[1])
    short = (pages.words <= HEADING) & (scores < 0.5)
    # The lines below a short one are a section; each page has one more before its first and behind its last.
    section = np.cumsum(_padded(short, inside), axis=1)
    section = (section + np.cumsum(np.append(0, section[:-1, -1] + 3))[:, None] + 1)[inside]
    size = section[-1] + 2
    share = np.bincount(section, scores * words, size) / np.bincount(section, words, size).clip(1e-6)
    core = (scores > 0.6) & (pages.words >= 6)
    page = np.repeat(np.arange(len(pages.sizes)), pages.sizes)
    indent = page * (pages.indents.max() + 1) + pages.indents
    around = [
        *_shifted(wide, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5),
        *_windows(_padded(scores, inside), n, 3, 8, 20), *_windows(weight / 20, n, 5, 20, 60),
        read / total, (read - weight) / total,
        (i >= start) & (i < end), np.clip(i - start, -30, 30) / 10, np.clip(end - 1 - i, -30, 30) / 10,
        *_distances(n, _padded(scores > 0.7, inside)),
    ]  # fmt: skip
    columns = [
        odds, *(one[inside] for one in around), share[section], share[section - 1], share[section + 1],
        np.bincount(indent, mass)[indent] / total[page, 0],
        *overlap(pages.vocabulary, core).values(),
    ]  # fmt: skip
    return np.concatenate([np.array(columns, np.float32).T, inputs], axis=1)


def _inside(pages: Measured) -> np.ndarray:
    """Which places of a table with a row a page, as wide as the longest, a line has."""
    return np.arange(pages.sizes.max()) < pages.sizes[:, None]


def _padded(values: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """What is known of each line as such a table, with zeros where a page has no line."""
    table = np.zeros((*inside.shape, *values.shape[1:]), values.dtype)
    table[inside] = values
    return table


def _heads(words: np.ndarray, full_stop: np.ndarray, told: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What the last short line above each line tells (of what is `told` of all), and how far above it is."""
    i, none = np.arange(words.shape[1]), np.full((len(words), 1), -1)
    short = (words <= HEADING) & (full_stop == 0)
    last = np.maximum.accumulate(np.where(short, i, -1), axis=1)[:, :-1]
    last = np.concatenate([none, last], axis=1)
    there = np.take_along_axis(told, np.maximum(last, 0)[:, :, None], axis=1)
    return there * (last >= 0)[:, :, None], np.log1p(i - last)


def _windows(values: np.ndarray, n: np.ndarray, *widths: int) -> list[np.ndarray]:
    """Sums over so many lines before and after each of a page's `n` lines, divided by their number."""
    i, width = np.arange(values.shape[1]), np.array(widths)[:, None]
    sums = np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)[:, None]
    before = (sums[..., :-1] - sums[:, 0, np.maximum(i - width, 0)]) / width
    ends = np.minimum(i + width + 1, n[:, :, None])
    after = (np.take_along_axis(sums, ends, axis=2) - sums[..., 1:]) / width
    return [*before.swapaxes(0, 1), *after.swapaxes(0, 1)]


def _distances(n: np.ndarray, *flags: np.ndarray) -> list[np.ndarray]:
    """For each flag: logarithm of the lines since the last before, and until the next after each line."""
    flagged = np.array(flags)
    i = np.arange(flagged.shape[2])
    before, after = np.full(flagged.shape, -99), np.broadcast_to(n + 99, flagged.shape).copy()
    before[:, :, 1:] = np.maximum.accumulate(np.where(flagged, i, -99), axis=2)[:, :, :-1]
    next_one = np.where(flagged, i, n + 99)[:, :, :0:-1]
    after[:, :, :-1] = np.minimum.accumulate(next_one, axis=2)[:, :, ::-1]
    since, until = np.log1p(np.minimum(i - before, 99)), np.log1p(np.clip(after - i, 0, 99))
    return [one for pair in zip(since, until, strict=True) for one in pair]


def _shifted(values: np.ndarray, *by: int) -> list[np.ndarray]:
    """The lines of each page moved down by so many, each time, with zeros where nothing stands."""
    n, far = values.shape[1], max(map(abs, by))
    padded = np.zeros((len(values), n + 2 * far, *values.shape[2:]), values.dtype)
    padded[:, far : far + n] = values
    return [padded[:, far - k : far - k + n] for k in by]
