"""How alike two statements are: the rare words they share, those near the event word counting most."""

import calendar
from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.clauses import token_spans
from helpers.timeline import actions
from helpers.timeline.coded import Coded, coded, incidence, products
from helpers.timeline.windows import gathered
from helpers.words import content_words

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_CALENDAR = {name.lower() for name in (*calendar.month_name, *calendar.month_abbr, *calendar.day_name)}
LEAST = 0.3  # `accounts` and `joining` ask for as much or more
_REACHES = (None, 8, 4)  # words on either side of the event word; None: the whole sentence
_LONGEST = 1 << 32  # more characters than a sentence has


def vectors(statements: pd.DataFrame, sentences: pd.DataFrame, words: Coded | None = None) -> "csr_array":
    """Statements as vectors whose product says how alike two of them are, from 0 to 1.

    It is the mean of three cosines of tf-idf weights: of the sentences, and of the words within eight and
    within four words of the event words. Words of one action count as one word, and days as none.

    Parameters
    ----------
    statements
        Columns `sentence_id`, `start` (of the event word in its sentence).
    sentences
        Table `sentences`: how rare a word is, is counted here.
    words
        :func:`read` of these sentences, if it is at hand.

    Returns
    -------
    csr_array
        A row a statement, in their order.

    Notes
    -----
    Of 575 pairs of dated statements on one event, labelled by reading as the same happening or not, it tells
    apart those with days that can be the same with an AUC of .76, their words alone with .70.
    """
    from scipy.sparse import csr_array, hstack
    from sklearn.feature_extraction.text import TfidfTransformer

    words = read(sentences) if words is None else words
    if not words.words or statements.empty:
        return csr_array((len(statements), 1), dtype=np.float32)
    terms = incidence(map(_terms, words.words))
    counts = words.rows(words.first[:-1], words.first[1:]) @ terms
    model = TfidfTransformer(sublinear_tf=True).fit(counts)
    rows, near = _near(statements, sentences)
    place = np.repeat(np.arange(len(sentences)), np.diff(words.first)) * _LONGEST + words.start
    passages = (words.rows(*np.searchsorted(place, rows * _LONGEST + span)) @ terms for span in near)
    parts = [model.transform(counts)[rows], *map(model.transform, passages)]
    return csr_array(hstack(parts, dtype=np.float32) / np.float32(len(_REACHES) ** 0.5))


def read(sentences: pd.DataFrame) -> Coded:
    """The content words of sentences, but for those with figures or signs."""
    return coded(sentences.text, _plain)


def pairs(
    statements: pd.DataFrame,
    sentences: pd.DataFrame,
    wanted: Callable[..., np.ndarray] | None = None,
    words: Coded | None = None,
) -> pd.DataFrame:
    """Pairs of statements that share an action and are somewhat alike.

    Parameters
    ----------
    statements
        Columns `sentence_id`, `start`, `word`; perhaps `earliest`: of many that share an action only those
        of near days are compared (`windows.blocks`).
    sentences
        Table `sentences`.
    wanted
        Takes `one`, `other`, `likeness` and `phrases` as below, of some pairs in both orders, and says which
        are kept.
    words
        The content words of the sentences, if they are at hand.

    Returns
    -------
    DataFrame
        `one` and `other` (numbers of their rows; pairs in both orders, in the order of both); `likeness`,
        at least `LEAST`; `phrases`: how many pairs of words side by side, event words aside, both sentences
        have.
    """
    words = read(sentences) if words is None else words.only(_plain)
    x, phrases = vectors(statements, sentences, words), _phrases(statements, sentences, words)
    days = np.zeros(len(statements))
    if "earliest" in statements:
        days = statements.earliest.to_numpy("datetime64[D]").astype(float)
    found = [(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.float32), np.zeros(0, np.int16))]
    for some, others, meet in gathered(incidence(statements.word.map(actions.of)), days):
        likeness = products(x[others], len(some))
        left, right = np.nonzero(meet & (likeness >= LEAST))
        if len(left):
            like, shared = likeness[left, right], products(phrases[others], len(some))[left, right]
            left, right = some[left], others[right]
            rows = (
                np.append(left, right),
                np.append(right, left),
                np.append(like, like),
                np.append(shared, shared),
            )
            keep = slice(None) if wanted is None else wanted(*rows)
            found.append([row[keep].astype(of.dtype) for row, of in zip(rows, found[0], strict=True)])
    one, other, like, shared = map(
        np.concatenate, zip(*found, strict=True)
    )  # with pairs of two actions twice
    _, first = np.unique(one * np.int64(len(statements)) + other, return_index=True)
    columns = {"one": one, "other": other, "likeness": like, "phrases": shared}
    return pd.DataFrame({name: values[first] for name, values in columns.items()})


def _near(statements: pd.DataFrame, sentences: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The rows of the statements' sentences, and for each reach where what is near begins and ends there."""
    rows = pd.Index(sentences.sentence_id).get_indexer(statements.sentence_id)
    texts, read = iter(sentences.text.to_numpy(object)[rows[np.diff(rows, prepend=-1) != 0]]), None
    near = np.zeros((len(rows), len(_REACHES) - 1, 2), np.int32)
    for number, (row, start) in enumerate(zip(rows.tolist(), statements.start.tolist(), strict=True)):
        if row != read:  # statements of one sentence stand side by side
            starts, ends = zip(*token_spans(next(texts)), strict=True)
            read = row
        at, last = bisect_right(ends, start), len(ends) - 1
        near[number] = [(starts[max(0, at - reach)], ends[min(last, at + reach)]) for reach in _REACHES[1:]]
    return rows, near.transpose(1, 2, 0)


def _phrases(statements: pd.DataFrame, sentences: pd.DataFrame, words: Coded) -> "csr_array":
    """Which pairs of words stand side by side in a statement's sentence: a row a statement, 1 or 0."""
    from scipy.sparse import csr_array

    act = pd.factorize(np.array([actions.of(_plain(word))[0] for word in words.words], object))[0]
    length = np.array([*map(len, words.words)], int)
    rows = pd.Index(sentences.sentence_id).get_indexer(statements.sentence_id)
    start = statements.start.to_numpy(int)
    end = start + np.array([*map(len, statements.word)], int)
    first, last = words.first[rows], words.first[rows + 1] - 1  # of as many pairs as words but one
    sizes = np.maximum(last - first, 0)
    told = np.repeat(np.arange(len(statements)), sizes)
    left = np.arange(sizes.sum()) + np.repeat(first - np.cumsum(sizes) + sizes, sizes)
    aside = words.start[left + 1] + length[words.code[left + 1]] <= start[told]
    aside |= words.start[left] >= end[told]
    told, left = told[aside], left[aside]
    pair, _ = pd.factorize(act[words.code[left]] * np.int64(len(act) + 1) + act[words.code[left + 1]])
    shape = len(statements), max(len(left), 1)
    has = csr_array((np.ones(len(left), np.float32), (told, pair)), shape=shape)
    has.data[:] = 1
    return has


def _plain(word: str) -> str:
    """A token as a content word of letters alone; nothing of any other."""
    return next((one for one in content_words(word) if one.isalpha()), "")


def _terms(word: str) -> tuple[str, ...]:
    """The classes of a word: forms and synonyms of an action are one; none of a day or month."""
    plain = _plain(word)
    return () if plain in _CALENDAR else actions.of(plain)
