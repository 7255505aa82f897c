"""Passages that stand word for word in several articles, however long and in however many."""

import itertools
from collections import Counter
from collections.abc import Iterator

import numpy as np
import pandas as pd

from helpers.ingestion.copies import MIX, alone, begins, by_date, codes, quoted, runs
from helpers.words import token_spans, without

PASSAGE = 10  # words; a hundred unrelated pairs share 5 narrated passages (names, offices); at 8 words, 13


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
    articles = articles.iloc[np.argsort(by_date(articles))]
    texts = articles.text.astype(object).fillna("").tolist()
    code, article, word = _shared_words_of(texts)
    start, end, marked = _spans(texts, article, word)
    found = sorted(_repeats(code, article))
    many = [len(places) for places, _ in found]
    at = np.fromiter(itertools.chain.from_iterable(places for places, _ in found), int, sum(many))
    first, words = np.array([(places[0], length) for places, length in found], int).reshape(-1, 2).T
    length, before = np.repeat(words, many), np.append(0, np.cumsum(marked))
    ids = articles.index.astype(str).to_numpy(object)
    begins = zip(ids[article[first]], start[first].tolist(), end[first + words - 1].tolist(), strict=True)
    names = np.array([f"{one}:p{opens}-{closes}" for one, opens, closes in begins], object)
    table = pd.DataFrame({"passage_id": np.repeat(names, many), "article_id": ids[article[at]]}, dtype="str")
    form = np.where(2 * (before[at + length] - before[at]) > length, "quoted", "narrated")
    return table.assign(start=start[at], end=end[at + length - 1], words=length, form=form)


def shared_words(passages: pd.DataFrame, number: int) -> pd.DataFrame:
    """Words any two articles share in passages: a square of the `number` that share most; diagonal "–"."""
    others = passages.groupby("passage_id").article_id.transform("size") - 1
    total = (passages.words * others).groupby(passages.article_id).sum()
    most = total.sort_values(ascending=False, kind="stable").index[:number].sort_values()
    told = passages[passages.article_id.isin(most)]  # all pairs of all texts would be too many
    pairs = told.merge(told, on="passage_id", suffixes=("", "_other"))
    square = pairs.pivot_table("words", "article_id", "article_id_other", "sum", fill_value=0)
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


def _shared_words_of(texts: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The words in runs of `PASSAGE` words that two texts have: of each its code, its text, its place in it.

    Most words do not, so what is sorted below stays small. After each stretch of such words one stands that
    is none: it has a code of its own, and no place (-1).
    """
    coded = [codes(text).astype(np.uint32) for text in texts]  # 100,000 articles: 0.3 GB, and 0.6 for hashes
    hashes = np.concatenate([np.zeros(0, np.uint64), *(np.unique(runs(one, PASSAGE)) for one in coded)])
    hashes.sort()
    shared = np.unique(hashes[1:][hashes[1:] == hashes[:-1]])
    del hashes
    kept = [_covered(runs(one, PASSAGE), shared) for one in coded]
    article = np.repeat(np.arange(len(texts)), list(map(len, kept)))
    word = np.concatenate([np.zeros(0, int), *kept])
    code = np.concatenate([np.zeros(0, np.uint32), *(one[at] for one, at in zip(coded, kept, strict=True))])
    opens = begins(article) | begins(word - np.arange(len(word)))  # of each stretch of words
    place = np.arange(len(word)) + np.cumsum(opens) - opens[:1].sum()
    after = place[np.append(opens, True)[1:]] + 1
    size = len(word) + len(after)
    told = (np.arange(2**32, 2**32 + size, dtype=np.uint64), np.zeros(size, int), np.full(size, -1))
    for whole, part in zip(told, (code, article, word), strict=True):
        whole[place] = part
    told[1][after] = told[1][after - 1]
    return told


def _covered(hashes: np.ndarray, shared: np.ndarray) -> np.ndarray:
    """The places of the words that stand in a run whose hash is among those shared (sorted)."""
    if not len(shared) or not len(hashes):
        return np.zeros(0, int)
    begins = shared[np.minimum(np.searchsorted(shared, hashes), len(shared) - 1)] == hashes
    return np.flatnonzero(np.convolve(begins, np.ones(PASSAGE, int)))


def _spans(texts: list[str], article: np.ndarray, word: np.ndarray) -> np.ndarray:
    """Where each word starts and ends in its text, and whether it is quoted: three rows."""
    told = np.zeros((3, len(word)), int)
    owners, first = np.unique(article, return_index=True)
    for number, here in zip(owners.tolist(), np.split(np.arange(len(word)), first[1:]), strict=False):
        text = texts[number]
        narrated, spans = without(text, quoted(text)), token_spans(text)
        whole = np.array([(*span, narrated[span[0]] == " ") for span in spans]).T
        told[:, here] = np.where(word[here] < 0, 0, whole[:, word[here]])
    return told


def _repeats(code: np.ndarray, article: np.ndarray) -> Iterator[tuple[list[int], int]]:
    """Sequences of `PASSAGE` codes or more in several articles: the first place in each, the length.

    None of them can be made longer, before or after, without losing an article.
    """
    order, common = _suffixes(code)
    left = code[order - 1]
    parted = np.cumsum(begins(left))  # the same number where the word before is the same
    long = np.append(common, 0) >= PASSAGE
    begun: list[tuple[int, int]] = []  # stretches of suffixes: the first, and how many codes they share
    for number in np.flatnonzero(long | np.append(False, long[:-1])).tolist():
        length = int(common[number]) if number < len(common) else 0
        first = number - 1
        while begun and begun[-1][1] > length:
            first, longer = begun.pop()
            if parted[first] == parted[number - 1]:
                continue  # each of them goes on to the left
            at = np.sort(order[first:number])
            holders = article[at].tolist()
            places = dict(zip(reversed(holders), reversed(at.tolist()), strict=True))  # the first in each
            beside = ({*zip(code[k].tolist(), holders, strict=True)} for k in (at - 1, at + longer))
            if all(_most(pairs) < len(places) for pairs in beside):
                yield sorted(places.values()), longer
        if length >= PASSAGE and (not begun or begun[-1][1] < length):
            begun.append((first, length))


def _most(pairs: set[tuple[int, int]]) -> int:
    """In how many pairs the commonest first stands."""
    firsts = [one for one, _ in pairs]
    return max(Counter(firsts).values()) if len({*firsts}) < len(firsts) else 1


def _suffixes(code: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The suffix array, and how many codes each suffix shares with the one before.

    By doubling (Manber & Myers 1993); only suffixes that are not yet told apart are sorted again (Larsson &
    Sadakane 2007, "Faster suffix sorting").
    """
    order = np.argsort(code, kind="stable")
    first = begins(code[order])
    rank = np.empty(len(code), int)
    rank[order] = np.maximum.accumulate(np.where(first, np.arange(len(code)), 0))
    steps = [1]
    slots = np.flatnonzero(~alone(first))
    while len(slots):
        at = order[slots]
        key = rank[at] * (len(code) + 1)
        inside = at + steps[-1] < len(code)
        key[inside] += rank[at[inside] + steps[-1]] + 1
        sorting = np.argsort(key, kind="stable")
        at, key = at[sorting], key[sorting]
        first = begins(key)
        order[slots] = at
        rank[at] = np.maximum.accumulate(np.where(first, slots, 0))
        slots = slots[~alone(first)]
        steps.append(2 * steps[-1])
    return order, _common(code, order, steps)


def _common(code: np.ndarray, order: np.ndarray, steps: list[int]) -> np.ndarray:
    """How many codes each suffix shares with the one before, by the hashes of stretches of `steps` codes."""
    power = np.cumprod(np.append(np.uint64(1), np.full(len(code), MIX)))
    total = np.append(np.uint64(0), np.cumsum(code * power[:-1]))
    one, other = order[:-1].copy(), order[1:].copy()
    for step in reversed(steps):
        fits = np.flatnonzero(np.maximum(one, other) + step <= len(code))
        a, b = one[fits], other[fits]
        here, there = (total[k + step] - total[k] for k in (a, b))
        same = fits[here * power[b] == there * power[a]]
        one[same] += step
        other[same] += step
    return np.append(0, other - order[1:])[: len(order)]
