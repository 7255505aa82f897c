"""Articles → who shares text with whom: families of copies, by the runs of five words they share.

A copy under another headline, cut short or lightly edited, is found; who quotes the same speech is no copy.
"""

from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

import numpy as np
import pandas as pd

from helpers.ingestion import marks
from helpers.words import tokens, without

# Measured on 2,504 pairs of articles, each about one event (benchmarks/copies.py).
COPY = 0.5  # containment; 469 copies lie above .6
PARTIAL = 0.2  # 1,890 independent pairs lie below, but for one
UNRELATED = 0.1  # 97 % of them lie below
FEWEST = 20  # shingles; the openings of texts share at most 19 with an unrelated text: a sentence
LONGER = 1.5  # times as many shingles; few copies have between .5 and .7 of the other's length
SHINGLE = 5  # words
MIX = np.uint64(0x9E3779B97F4A7C15)  # Knuth's: 2**64 / golden ratio
_HASHES = np.uint64(2**31 - 1)
_INDEXED = 16_000_000  # shingles; of more, a fixed sample is looked up: two texts share at least `FEWEST`
_NONE = np.zeros(0, np.int32)
_WINDOW = 32  # articles; one that shares a shingle with more is compared with those next in length
_COUNTED = 1 << 22  # pairs of articles that are counted at a time: 32 MB


def families(articles: pd.DataFrame) -> pd.DataFrame:
    """Group articles that are copies of one text, and say what each is to the others.

    Two texts are compared by containment: the runs of five words they share, as a share of the shorter
    text's (Broder 1997, "On the resemblance and containment of documents"). Headlines count, quoted speech
    does not. Half or more makes a copy, if it is at least `FEWEST` runs: a shorter text is nobody's copy.
    An article belongs with the longer one it shares most with: a notice that two reports contain does not
    join them. One that holds texts unrelated to each other, a roundup, belongs with the longest of them only.

    Parameters
    ----------
    articles
        Index `article_id`; `text` and, where known, `title` and `published` (datetimes); all may be missing.

    Returns
    -------
    DataFrame
        Same index. `family`: the `article_id` of its first member by date, then id; undated ones come last.
        `role`: "truncated copy" if most of it stands in a member `LONGER` times as long; the first of the
        others is "original", or "partial" if it shares `PARTIAL` or more with an earlier article of another
        family; the rest are "copy". `nearest`: the article it shares most with (of a copy, in its family; of
        a partial one, outside), missing where `containment`, in [0, 1], is below `UNRELATED`.

    Examples
    --------
    >>> text = " ".join(f"item {n} of the budget was passed without debate" for n in range(9))
    >>> texts = [f"Late on Tuesday {text}", text, "The budget was passed."]
    >>> families(pd.DataFrame({"text": texts}, index=["b", "a", "c"]))
      family      role nearest  containment
    b      a      copy       a          1.0
    a      a  original       b          1.0
    c      c  original     NaN          NaN
    """
    rows = shingles(articles)
    sizes = np.array([len(row) for row in rows], int)
    about = articles.reindex(columns=["published"]).assign(runs=sizes)
    return related(about, np.repeat(np.arange(len(rows)), sizes), np.concatenate([_NONE, *rows]))


def related(articles: pd.DataFrame, owner: np.ndarray, shingle: np.ndarray) -> pd.DataFrame:
    """What :func:`families` returns, from the shingles of articles that were read apart from one another.

    Parameters
    ----------
    articles
        Index `article_id`; `published`, and `runs`, how many shingles each has.
    owner, shingle
        The shingles (`shingles`) that two articles or more hold, and the number of the article of each; those
        that one alone holds may be among them.
    """
    order, found = _shared(articles, owner, shingle)
    ids, size, when = articles.index[order], found.size, by_date(articles)[order]
    every = np.arange(len(order))  # an article is from here on its number in order of length, longest first
    pairs = _pairs(found)
    close, roundups = _without_roundups(pairs[pairs.containment >= COPY], found)
    # Of those that hold equally much of it, it belongs with the one nearest in length.
    best = close.sort_values(["shared", "long"]).drop_duplicates("short", keep="last").set_index("short").long
    root = best.reindex(every).fillna(pd.Series(every)).to_numpy(int)
    while (root != root[root]).any():
        root = root[root]

    rooted = pd.DataFrame({"long": root, "short": every})[root != every]
    held = pd.concat([close, _counted(rooted, found)])
    held = held[(held.containment >= COPY) & ~held.long.isin(roundups)]
    truncated = np.isin(every, held.short[size[held.long] >= LONGER * size[held.short]])
    first = pd.Series(when).groupby(root).transform("idxmin")
    full = pd.Series(np.where(truncated, len(root), when))  # a date after all others for what was cut short
    head = full.groupby(root).transform("idxmin").to_numpy() == every

    names = (["own", "other", "shared", "containment"], ["other", "own", "shared", "containment"])
    links = pd.concat([pairs.set_axis(columns, axis=1) for columns in names])  # each pair from both sides
    own, other = links.own.to_numpy(), links.other.to_numpy()
    outside = root[own] != root[other]
    owed = outside & head[own] & (when[other] < when[own]) & (links.containment >= PARTIAL)
    partial = np.isin(every, own[owed])
    telling = np.select([partial[own], head[own]], [owed, True], ~outside)
    links = links[telling].sort_values(["shared", "other"])
    nearest = links.drop_duplicates("own", keep="last").set_index("own").reindex(every)
    near = pd.Series(ids).astype("str").reindex(nearest.other).array
    role = np.select([truncated, ~head, partial], ["truncated copy", "copy", "partial"], "original")
    table = {"family": ids[first], "role": role, "nearest": near, "containment": nearest.containment.array}
    return pd.DataFrame(table, ids).reindex(articles.index)


def by_date(articles: pd.DataFrame) -> np.ndarray:
    """The place of each article by date, then id; undated ones last."""
    days = pd.to_datetime(articles.reindex(columns=["published"]).published, utc=True, errors="coerce")
    table = pd.DataFrame({"day": days.to_numpy(), "id": articles.index.astype(str)})
    return np.argsort(table.sort_values(["day", "id"]).index)


def quoted(text: str) -> list[tuple[int, int]]:
    """Where the quotations in double marks start and end."""
    return [(one.start, one.end) for one in marks.spans(text) if "single" not in one.flags]


def codes(text: str) -> np.ndarray:
    """A number for each word of a text, whatever its case and the form of its apostrophe."""
    words = tokens(text.replace("’", "'"))
    return np.fromiter(map(_code, words), np.uint64, len(words))


@lru_cache(maxsize=1 << 16)  # words come again: a look-up costs a fifth of what it saves
def _code(word: str) -> int:
    return crc32(word.lower().encode())


def runs(codes: np.ndarray, words: int) -> np.ndarray:
    """A hash of 64 bits of each run of so many words."""
    found = np.zeros(max(0, len(codes) - words + 1), np.uint64)
    for k in range(words):
        found = found * MIX + codes[k : k + len(found)]
    return found


def begins(values: np.ndarray) -> np.ndarray:
    """Whether each value differs from the one before."""
    return np.append(np.ones(len(values[:1]), bool), values[1:] != values[:-1])


def alone(begins: np.ndarray) -> np.ndarray:
    """Whether a stretch that begins somewhere ends there too."""
    return begins & np.append(begins, True)[1:]


class _Shingled(NamedTuple):
    """The runs of words that articles share: of each article, the longest first, those that another has too.

    `size` is the number of all its different runs; those it shares are `run[starts[n] : starts[n + 1]]`, as
    numbers from 0; `place` says where they stand when all are sorted by run, then article, and `holder` which
    article stands there. `sampled`: whether a run is looked up.
    """

    size: np.ndarray
    starts: np.ndarray
    run: np.ndarray
    place: np.ndarray
    holder: np.ndarray
    sampled: np.ndarray

    def of(self, article: int) -> np.ndarray:
        return self.run[self.starts[article] : self.starts[article + 1]]


def shingles(articles: pd.DataFrame) -> list[np.ndarray]:
    """The runs of `SHINGLE` words of each article, as numbers below 2**31, sorted, each once.

    Parameters
    ----------
    articles
        `text` and, where known, `title`; both may be missing.
    """
    whole = articles.reindex(columns=["title", "text"]).astype(object).fillna("")
    # What stood before and after a quotation is read as one, as in the pairs that set the thresholds.
    narrated = (without(text, quoted(text)) for text in whole.title + "\n\n" + whole.text)
    return [np.unique((runs(codes(text), SHINGLE) % _HASHES).astype(np.int32)) for text in narrated]


def _shared(articles: pd.DataFrame, owner: np.ndarray, shingle: np.ndarray) -> tuple[np.ndarray, _Shingled]:
    """The order of the articles from the longest to the shortest, and the runs of words they share."""
    order = np.lexsort((by_date(articles), -articles.runs.to_numpy()))
    rank = np.empty(len(order), int)
    rank[order] = np.arange(len(order))
    held = rank[owner] << 31 | shingle
    held.sort()  # by article, then run; 100,000 articles share 40 million: numbers of 32 bits from here on
    article, shingle = (held >> 31).astype(np.int32), (held & (2**31 - 1)).astype(np.int32)
    del held
    size = articles.runs.to_numpy()[order]
    by_run = np.argsort(shingle, kind="stable").astype(np.int32)
    first = begins(shingle[by_run])
    by_run = by_run[~alone(first)]  # what one article alone holds joins it with nobody
    ordered = shingle[by_run]
    first = begins(ordered)
    number, place = np.zeros(len(shingle), np.int32), np.full(len(shingle), -1, np.int32)
    number[by_run], place[by_run] = np.cumsum(first, dtype=np.int32) - 1, np.arange(len(by_run))
    kept = place >= 0
    starts = np.append(0, np.cumsum(np.bincount(article[kept], minlength=len(order))))
    sampled = ordered[first] % (1 + size.sum() // _INDEXED) == 0
    return order, _Shingled(size, starts, number[kept], place[kept], article[by_run], sampled)


def _pairs(found: _Shingled) -> pd.DataFrame:
    """The pairs of articles (`long`, `short`) that are not unrelated, as `_counted` has them.

    Articles that hold a shingle are compared with the next `_WINDOW` that hold it: the work stays linear
    where thousands share one, and members of a large family are joined from one to the next.
    """
    number = len(found.size)
    step = max(1, min(number, _COUNTED // max(number, 1)))
    run_at = np.append(np.zeros(len(found.place), np.int32), np.full(_WINDOW, -1, np.int32))
    run_at[found.place] = found.run
    told = [_counted(pd.DataFrame({"long": [], "short": []}, dtype=int), found)]
    for first in range(0, number, step):
        here = slice(found.starts[first], found.starts[min(first + step, number)])
        at = found.place[here][found.sampled[found.run[here]]]
        pair = []
        for k in range(1, _WINDOW + 1):
            at = at[run_at[at] == run_at[at + k]]
            pair.append((found.holder[at] - first) * number + found.holder[at + k])
        pair = np.flatnonzero(np.bincount(np.concatenate(pair)) > 1)  # one is chance
        pairs = _counted(pd.DataFrame({"long": first + pair // number, "short": pair % number}), found)
        told.append(pairs[(pairs.shared >= FEWEST) & (pairs.containment >= UNRELATED)])
    return pd.concat(told, ignore_index=True)


def _counted(pairs: pd.DataFrame, found: _Shingled) -> pd.DataFrame:
    """Pairs of different articles with the number of shingles they share, and their containment."""
    long, short = pairs.long.to_numpy(), pairs.short.to_numpy()
    shared, held = np.zeros(len(pairs), int), np.zeros(len(found.sampled), bool)
    order = np.argsort(long, kind="stable")
    for places in np.split(order, np.flatnonzero(begins(long[order])))[1:]:
        held[found.of(long[places[0]])] = True
        rows = [found.of(other) for other in short[places].tolist()]
        ends = np.cumsum([0, *map(len, rows)])
        # The places of the few that are held, counted between the ends: 2 µs a pair, running sums take 12.
        shared[places] = np.diff(np.searchsorted(np.flatnonzero(held[np.concatenate(rows)]), ends))
        held[found.of(long[places[0]])] = False
    return pairs.assign(shared=shared, containment=shared / np.maximum(found.size[short], 1))


def _without_roundups(close: pd.DataFrame, found: _Shingled) -> tuple[pd.DataFrame, np.ndarray]:
    """Drop pairs of an article and a part of it that is unrelated to its longest part; name such articles."""
    main = close.groupby("long").short.transform("min")
    beside = _counted(close.assign(long=main)[close.short != main], found)
    unrelated = beside.index[beside.containment < UNRELATED]
    return close.drop(unrelated), close.long[unrelated].unique()
