"""How alike two statements are: the rare words they share, those near the event word counting most."""

import calendar
from bisect import bisect_right
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.clauses import read
from helpers.timeline import actions
from helpers.timeline.windows import meetings
from helpers.words import content_words, function_words

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_CALENDAR = {name.lower() for name in (*calendar.month_name, *calendar.month_abbr, *calendar.day_name)}
LEAST = 0.3  # `accounts` and `joining` ask for as much or more
_REACHES = (None, 8, 4)  # words on either side of the event word; None: the whole sentence


def vectors(statements: pd.DataFrame, sentences: pd.DataFrame) -> "csr_array":
    """Statements as vectors whose product says how alike two of them are, from 0 to 1.

    It is the mean of three cosines of tf-idf weights: of the sentences, and of the words within eight and
    within four words of the event words. Words of one action count as one word, and days as none.

    Parameters
    ----------
    statements
        Columns `sentence_id`, `start` (of the event word in its sentence).
    sentences
        Table `sentences`: how rare a word is, is counted here.

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
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

    counter, model = CountVectorizer(analyzer=_terms, dtype=float), TfidfTransformer(sublinear_tf=True)
    try:
        counts = counter.fit_transform(sentences.text)
    except ValueError:  # no sentence has a word
        return csr_array((len(statements), 1))
    counts.sort_indices()  # sums are in the order of the vocabulary
    model.fit(counts)
    place = {one: number for number, one in enumerate(sentences.sentence_id)}
    rows, texts = [place[one] for one in statements.sentence_id], sentences.text.tolist()
    near: list[list[str]] = []
    for row, start in zip(rows, statements.start.tolist(), strict=True):
        whole = texts[row]
        parts = read(whole, function_words())
        at = bisect_right(parts.ends, start)
        spans = ((max(0, at - reach), min(len(parts.ends) - 1, at + reach)) for reach in _REACHES[1:])
        near.append([whole[parts.starts[first] : parts.ends[last]] for first, last in spans])
    if not near:
        return csr_array((0, 1))
    passages = (model.transform(counter.transform(one)) for one in zip(*near, strict=True))
    return csr_array(hstack([model.transform(counts)[rows], *passages]) / len(_REACHES) ** 0.5)


def pairs(
    statements: pd.DataFrame, sentences: pd.DataFrame, wanted: Callable[..., np.ndarray] | None = None
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
        Takes `one`, `other` and `phrases` as below, of many pairs in one order, and says which are kept.

    Returns
    -------
    DataFrame
        `one` and `other` (numbers of their rows; each pair in both orders, in the order of both); `likeness`,
        at least `LEAST`; `phrases`: how many pairs of words side by side, event words aside, both sentences
        have.
    """
    from scipy.sparse import csr_array

    x, phrases = vectors(statements, sentences), _phrases(statements, sentences)
    of = statements.word.map(actions.of).reset_index(drop=True).explode()
    names, classes = pd.factorize(of)
    has = csr_array((np.ones(len(of)), (of.index, names)), shape=(len(statements), len(classes))).tocsc()
    days = np.zeros(len(statements))
    if "earliest" in statements:
        days = statements.earliest.to_numpy("datetime64[D]").astype(float)
    found = [np.zeros((3, 0), int)]
    likest = [np.zeros(0)]
    for name in range(len(classes)):
        rows = has.indices[has.indptr[name] : has.indptr[name + 1]]
        for some, others, meet in meetings(rows, days):
            likeness = (x[some] @ x[others].T).tocoo()
            keep = (likeness.data >= LEAST) & meet[likeness.row, likeness.col]
            one, other, like = likeness.row[keep], likeness.col[keep], likeness.data[keep]
            shared = (phrases[some] @ phrases[others].T).toarray()[one, other] if len(one) else one
            one, other = some[one], others[other]
            keep = slice(None) if wanted is None else wanted(one, other, shared)
            three = np.minimum(one, other), np.maximum(one, other), shared
            found.append(np.array(three, np.int32)[:, keep])
            likest.append(like[keep])
    one, other, shared = np.concatenate(found, axis=1)  # with pairs of two actions twice
    _, first = np.unique(one.astype(int) * len(statements) + other, return_index=True)
    one, other, shared, like = one[first], other[first], shared[first], np.concatenate(likest)[first]
    both = np.concatenate([one, other]), np.concatenate([other, one])
    order = np.lexsort(both[::-1])
    values = {"likeness": np.tile(like, 2)[order], "phrases": np.tile(shared, 2)[order]}
    return pd.DataFrame({"one": both[0][order], "other": both[1][order], **values})


def _phrases(statements: pd.DataFrame, sentences: pd.DataFrame) -> "csr_array":
    """Which pairs of words stand side by side in a statement's sentence: a row a statement, 1 or 0."""
    from scipy.sparse import csr_array
    from sklearn.feature_extraction.text import CountVectorizer

    text = statements.sentence_id.map(sentences.set_index("sentence_id").text)
    cut = [
        f"{whole[:start]}\n{whole[start + len(word) :]}"
        for whole, start, word in zip(text, statements.start, statements.word, strict=True)
    ]
    try:
        return csr_array(CountVectorizer(analyzer=_side_by_side, binary=True).fit_transform(cut))
    except ValueError:  # no sentence has two words
        return csr_array((len(cut), 1))


def _side_by_side(text: str) -> list[tuple[str, str]]:
    words = [
        [actions.of(word)[0] for word in content_words(part) if word.isalpha()] for part in text.split("\n")
    ]
    return [pair for part in words for pair in pairwise(part)]


def _terms(text: str) -> Iterable[str]:
    """The classes of the words of a text: forms and synonyms of an action are one."""
    words = (word for word in content_words(text) if word.isalpha() and word not in _CALENDAR)
    return [name for word in words for name in actions.of(word)]
