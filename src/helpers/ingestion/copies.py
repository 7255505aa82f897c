"""Articles → who shares text with whom (`families`), and the passages they share (`shared_passages`).

A copy under another headline, cut short or lightly edited, is found; who quotes the same speech is no copy.
"""

import itertools
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
import pandas as pd

from helpers.ingestion import marks
from helpers.words import tokens, without

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# Measured on 2,504 pairs of articles, each about one event (benchmarks/copies.py).
COPY = 0.5  # containment; 469 copies lie above .6
PARTIAL = 0.2  # 1,890 independent pairs lie below, but for one
UNRELATED = 0.1  # 97 % of them lie below
FEWEST = 20  # shingles; the openings of texts share at most 19 with an unrelated text: a sentence
LONGER = 1.5  # times as many shingles; few copies have between .5 and .7 of the other's length
PASSAGE = 10  # words; a hundred unrelated pairs share 5 narrated passages (names, offices); at 8 words, 13
SHINGLE = 5  # words
_HASHES, _MIX = 2**31 - 1, np.uint64(0x9E3779B97F4A7C15)  # the mix is Knuth's: 2**64 / golden ratio
_INDEXED = 16_000_000  # shingles; of more, a fixed sample is looked up: two texts share at least `FEWEST`
_NONE = np.zeros(0, np.int32)
_WINDOW = 32  # articles; one that shares a shingle with more is compared with those next in length


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
    order, matrix = _ordered(articles, owner, shingle)
    ids, size, when = articles.index[order], articles.runs.to_numpy()[order], _by_date(articles)[order]
    every = np.arange(len(order))  # an article is from here on its number in order of length, longest first
    pairs = _pairs(matrix, size)
    close, roundups = _without_roundups(pairs[pairs.containment >= COPY], matrix, size)
    # Of those that hold equally much of it, it belongs with the one nearest in length.
    best = close.sort_values(["shared", "long"]).drop_duplicates("short", keep="last").set_index("short").long
    root = best.reindex(every).fillna(pd.Series(every)).to_numpy(int)
    while (root != root[root]).any():
        root = root[root]

    held = pd.concat([close, _counted(pd.DataFrame({"long": root, "short": every}), matrix, size)])
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


def shared_passages(articles: pd.DataFrame) -> pd.DataFrame:
    """Passages of `PASSAGE` words or more that stand word for word in two or more articles.

    Case, punctuation and quotation marks may differ. A part of a passage is one of its own if it stands in
    further articles. Of an article that repeats a passage, the first place is given.

    Parameters
    ----------
    articles
        Index `article_id`; `text` and, where known, `published` (datetimes).

    Returns
    -------
    DataFrame
        For each passage, its articles by date, then id: `passage_id` (`<article_id>:p<start>-<end>` of the
        first), `article_id`, `start` and `end` (offsets into the text), `words` (their number), `form`
        ("quoted" if most words are in quotation marks there, else "narrated").

    Examples
    --------
    >>> said = "we will keep the harbour open for as long as there are boats"
    >>> texts = [f"The mayor: “{said}.”", f"Yes, {said}"]
    >>> shared_passages(pd.DataFrame({"text": texts}, index=["a", "b"])).values.tolist()
    [['a:p12-72', 'a', 12, 72, 13, 'quoted'], ['a:p12-72', 'b', 5, 65, 13, 'narrated']]
    """
    articles = articles.iloc[np.argsort(_by_date(articles))]
    texts = articles.text.astype(object).fillna("")
    # A word after each text parts it from the next: it has no characters and a code of its own.
    words = [(number, *span) for number, text in enumerate(texts) for span in (*_spans(text), (0, 0, False))]
    codes = [np.append(_codes(text), np.uint64(2**32 + number)) for number, text in enumerate(texts)]
    article, start, end, quoted = np.array(words, int).reshape(-1, 4).T
    found = sorted(_repeats(np.concatenate([np.zeros(0, np.uint64), *codes]), article))
    rows = [(at, places[0], length) for places, length in found for at in places]
    at, first, length = np.array(rows, int).reshape(-1, 3).T
    ids, before = articles.index.astype(str), np.append(0, np.cumsum(quoted))
    form = np.where(2 * (before[at + length] - before[at]) > length, "quoted", "narrated")
    names = [f"{ids[article[k]]}:p{start[k]}-{end[k + n - 1]}" for k, n in zip(first, length, strict=True)]
    table = pd.DataFrame({"passage_id": names, "article_id": ids[article[at]]}, dtype="str")
    return table.assign(start=start[at], end=end[at + length - 1], words=length, form=form)


def shared_words(passages: pd.DataFrame, number: int) -> pd.DataFrame:
    """Words any two articles share in passages: a square of the `number` that share most; diagonal "–"."""
    pairs = passages.merge(passages, on="passage_id", suffixes=("", "_other"))
    pairs = pairs[pairs.article_id != pairs.article_id_other]
    square = pairs.pivot_table("words", "article_id", "article_id_other", "sum", fill_value=0)
    most = square.sum().sort_values(ascending=False, kind="stable").index[:number].sort_values()
    square = square.loc[most, most].astype(object)
    return square.mask(np.eye(len(square), dtype=bool), "–")


def longest(passages: pd.DataFrame, articles: pd.DataFrame, number: int) -> pd.DataFrame:
    """The longest passages: `words`, `form` ("quoted" if it is in any), `text`, and the ids of its places."""
    texts = articles.set_index("article_id").text
    ranked = passages.sort_values(["words", "passage_id"], ascending=[False, True])
    rows = []
    for _, part in itertools.islice(ranked.groupby("passage_id", sort=False), number):
        first, ids = part.iloc[0], (tuple(part.article_id), tuple(part.sentence_id))
        rows.append((first.words, part.form.max(), texts[first.article_id][first.start : first.end], *ids))
    return pd.DataFrame(rows, columns=["words", "form", "text", "article_ids", "sentence_ids"])


def _by_date(articles: pd.DataFrame) -> np.ndarray:
    """The place of each article by date, then id; undated ones last."""
    days = pd.to_datetime(articles.reindex(columns=["published"]).published, utc=True, errors="coerce")
    table = pd.DataFrame({"day": days.to_numpy(), "id": articles.index.astype(str)})
    return np.argsort(table.sort_values(["day", "id"]).index)


def _quoted(text: str) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in marks.spans(text) if "single" not in one.flags]


def _spans(text: str) -> Iterator[tuple[int, int, bool]]:
    """Where each word starts and ends, and whether it is quoted."""
    narrated, end = without(text, _quoted(text)), 0
    for word in tokens(text):
        start = text.index(word, end)
        end = start + len(word)
        yield start, end, narrated[start] == " "


def _codes(text: str) -> np.ndarray:
    words = tokens(text.replace("’", "'"))  # both forms of the apostrophe are one
    return np.fromiter((crc32(word.lower().encode()) for word in words), np.uint64, len(words))


def _runs(codes: np.ndarray, words: int) -> np.ndarray:
    """A hash of each run of so many words."""
    runs = np.zeros(max(0, len(codes) - words + 1), np.uint64)
    for k in range(words):
        runs = runs * _MIX + codes[k : k + len(runs)]
    return (runs % np.uint64(_HASHES)).astype(np.int32)


def shingles(articles: pd.DataFrame) -> list[np.ndarray]:
    """The runs of `SHINGLE` words of each article, as numbers, sorted, each once.

    Parameters
    ----------
    articles
        `text` and, where known, `title`; both may be missing.
    """
    whole = articles.reindex(columns=["title", "text"]).astype(object).fillna("")
    # What stood before and after a quotation is read as one, as in the pairs that set the thresholds.
    narrated = (without(text, _quoted(text)) for text in whole.title + "\n\n" + whole.text)
    return [np.unique(_runs(_codes(text), SHINGLE)) for text in narrated]


def _ordered(
    articles: pd.DataFrame, owner: np.ndarray, shingle: np.ndarray
) -> tuple[np.ndarray, "csr_array"]:
    """The order of the articles from the longest to the shortest, and for each a row of its shingles."""
    from scipy.sparse import csr_array

    order = np.lexsort((_by_date(articles), -articles.runs.to_numpy()))
    place = np.empty(len(order), int)
    place[order] = np.arange(len(order))
    held = np.sort(place[owner] << 31 | shingle)  # rows in order, and sorted: scipy is slow with others
    starts = np.searchsorted(held, np.arange(len(order) + 1) << 31)
    held = np.ones(len(held), bool), (held & (2**31 - 1)).astype(np.int32), starts
    return order, csr_array(held, shape=(len(order), _HASHES))


def _pairs(matrix: "csr_array", size: np.ndarray) -> pd.DataFrame:
    """The pairs of articles (`long`, `short`) that are not unrelated, as `_counted` has them.

    Articles that hold a shingle are compared with the next `_WINDOW` that hold it: the work stays linear
    where thousands share one, and members of a large family are joined from one to the next.
    """
    number, (holder, shingle) = matrix.shape[0], matrix.tocoo().coords
    sample = np.flatnonzero(shingle % (1 + size.sum() // _INDEXED) == 0)
    sample = sample[np.argsort(shingle[sample], kind="stable")]
    holder, shingle = holder[sample], shingle[sample]
    found = []
    for k in range(1, _WINDOW + 1):
        (same,) = np.nonzero(shingle[k:] == shingle[:-k])
        found.append(np.unique(holder[same].astype(np.int64) * number + holder[same + k], return_counts=True))
    pair, inverse = np.unique(np.concatenate([pair for pair, _ in found]), return_inverse=True)
    pair = pair[np.bincount(inverse, np.concatenate([count for _, count in found])) > 1]  # one is chance
    pairs = _counted(pd.DataFrame({"long": pair // number, "short": pair % number}), matrix, size)
    return pairs[(pairs.shared >= FEWEST) & (pairs.containment >= UNRELATED)]


def _counted(pairs: pd.DataFrame, matrix: "csr_array", size: np.ndarray) -> pd.DataFrame:
    """Pairs with the number of shingles they share, and their containment."""
    long, short = pairs.long.to_numpy(), pairs.short.to_numpy()
    shared = np.zeros(len(pairs), int)
    for block in np.array_split(np.arange(len(pairs)), 1 + len(pairs) // 8192):  # so that memory suffices
        shared[block] = np.diff(matrix[long[block]].multiply(matrix[short[block]]).indptr)
    alone = long == short  # with itself it shares also what nobody else has
    shared[alone] = size[short[alone]]
    return pairs.assign(shared=shared, containment=shared / np.maximum(size[short], 1))


def _without_roundups(
    close: pd.DataFrame, matrix: "csr_array", size: np.ndarray
) -> tuple[pd.DataFrame, np.ndarray]:
    """Drop pairs of an article and a part of it that is unrelated to its longest part; name such articles."""
    main = close.groupby("long").short.transform("min")
    beside = _counted(close.assign(long=main)[close.short != main], matrix, size)
    unrelated = beside.index[beside.containment < UNRELATED]
    return close.drop(unrelated), close.long[unrelated].unique()


def _repeats(code: np.ndarray, article: np.ndarray) -> Iterator[tuple[list[int], int]]:
    """Sequences of `PASSAGE` codes or more in several articles: the first place in each, the length.

    None of them can be made longer, before or after, without losing an article.
    """
    order, common = _suffixes(code)
    begun: list[tuple[int, int]] = []  # stretches of suffixes: the first, and how many codes they share
    for number, length in enumerate([*common.tolist(), 0]):
        first = number - 1
        while begun and begun[-1][1] > length:
            first, longer = begun.pop()
            at = np.sort(order[first:number])
            holders = article[at].tolist()
            beside = [{*zip(code[k].tolist(), holders, strict=True)} for k in (at - 1, at + longer)]
            if max(max(Counter(one for one, _ in pairs).values()) for pairs in beside) < len({*holders}):
                yield at[np.unique(holders, return_index=True)[1]].tolist(), longer
        if length >= PASSAGE and (not begun or begun[-1][1] < length):
            begun.append((first, length))


def _suffixes(code: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Suffix array by doubling (Manber & Myers 1993), and how much each suffix shares with the one before."""
    ranks = [np.unique(code, return_inverse=True)[1]]
    while len(code) and ranks[-1].max() < len(code) - 1:
        step = 2 ** (len(ranks) - 1)
        key = ranks[-1] * (len(code) + 1)
        key[:-step] += ranks[-1][step:] + 1
        ranks.append(np.unique(key, return_inverse=True)[1])
    order = np.argsort(ranks[-1])
    one, other = order[:-1], order[1:]
    for level, rank in reversed(list(enumerate(ranks))):
        same = rank[one] == rank[other]
        one, other = one + (same << level), other + (same << level)
    return order, np.append(0, other - order[1:])[: len(order)]
