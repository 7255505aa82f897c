"""Which mentions tell one event: the same action, on dates that can be one, in sentences and texts alike.

A date alone never joins two mentions. The constants were set on half of a benchmark's corpora and checked on
the other (benchmarks/events.py).
"""

from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.timeline import actions
from helpers.timeline.windows import BLOCK, blocks, meetings
from helpers.words import content_words

# Likeness from which two mentions of one action tell one event: the geometric mean of two cosines, of their
# sentences and of their texts. Within .03 of the first three, F1 across documents is between .44 and .55.
DATED = 0.15  # their dates can be one, or lie within a week where only one of them is stated
REFERRED = 0.2  # one date is stated, the other only the day that the text had reached
UNDATED = 0.25  # neither date is stated
UNLIKE = 0.3  # both are stated and differ, by a week at most: the texts may disagree
SAID = 0.4  # statements, of at most a day apart: that somebody spoke is no event to be shared
WEEK = 7  # days; 3 and 14 change F1 by less than .02
FINE = 31  # days: longer periods agree too easily; with years counting as dates F1 is .06 lower

_NEVER = -1e9  # outweighs all others in a mean over two groups
_ABLE = 1 - 1e-6  # texts are as like as 1 at most, but for what is rounded
_MOST = 2.0  # what a pair counts at most: twice what it needs


class _Told(NamedTuple):
    """What is compared of mentions; a row or an item each."""

    words: object  # sparse: tf-idf of the sentence, length 1
    besides: object  # sparse: the same without the word for the act; then mention × document
    actions: object  # sparse: mention × class, those of each entity apart
    texts: object  # sparse: tf-idf of the document, length 1
    doc: np.ndarray
    sentence: np.ndarray
    entity: np.ndarray
    first: np.ndarray  # days since 1970; NaN where undated
    last: np.ndarray
    stated: np.ndarray
    says: np.ndarray


def group(mentions: pd.DataFrame, documents: pd.DataFrame) -> pd.Series:
    """Group the mentions that tell the same event.

    Parameters
    ----------
    mentions
        Columns `id`, `doc`, `sent`, `word`, and of :func:`anchoring.anchor` `basis`, `earliest`, `latest`;
        perhaps `entity`: then no group has mentions of two entities.
    documents
        Columns `doc` and `sentences`; words that few of these sentences have weigh more.

    Returns
    -------
    Series
        With the index of `mentions`: the smallest id of the group; missing where a mention stands alone. The
        order of the rows does not matter.

    Notes
    -----
    Average linkage (Sokal & Michener 1958) over pairs that share an action; a pair counts as much as its
    likeness exceeds what its dates ask for. Never in one group: mentions whose stated dates lie more than a
    week apart (within one text: at all), two actions of one sentence. Where many mentions share an action,
    those of near days are compared (`windows.blocks`).

    Examples
    --------
    >>> told = [["The old pier of Ellery collapsed."], ["What the collapse of Ellery's old pier costs."]]
    >>> documents = pd.DataFrame({"doc": ["a", "b"], "sentences": told})
    >>> mentions = pd.DataFrame({"id": ["m1", "m2"], "doc": ["a", "b"], "sent": 0})
    >>> day = pd.Timestamp("2026-02-09")
    >>> dated = mentions.assign(word=["collapsed", "collapse"], basis="expression", earliest=day, latest=day)
    >>> group(dated, documents).tolist()
    ['m1', 'm1']
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    if mentions.empty:
        return pd.Series(index=mentions.index, dtype="str")
    table = mentions.reset_index(drop=True).assign(id=mentions.id.astype("str").array).sort_values("id")
    told = _read(table, documents)
    pairs = _pairs(told)
    links = coo_array((np.ones(len(pairs)), tuple(pairs.T)), shape=(len(table), len(table)))
    _, part = connected_components(links, directed=False)
    label = table.id.to_numpy(object)
    for rows, cluster in _clusters(told, part):
        _, first, which = np.unique(cluster, return_index=True, return_inverse=True)
        label[rows] = label[rows[first[which]]]
    found = pd.Series(label, table.index, dtype="str")
    return found.where(found.duplicated(keep=False)).sort_index().set_axis(mentions.index)


def _read(table: pd.DataFrame, documents: pd.DataFrame) -> _Told:
    from scipy.sparse import csr_array, hstack
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    order = documents.sort_values("doc")
    texts = [text for sentences in order.sentences for text in sentences]
    try:
        vectors = TfidfVectorizer(analyzer=_stems)
        words, column_of = vectors.fit_transform(texts), vectors.vocabulary_
    except ValueError:  # no text, or no content word in any
        words, column_of = csr_array((len(texts), 1)), {"": 0}
    place = {doc: number for number, doc in enumerate(order.doc)}
    sizes = order.sentences.map(len).to_numpy(int)
    sentence = (np.cumsum(sizes) - sizes)[table.doc.map(place)] + table.sent.to_numpy(int)
    by_text = normalize(_incidence(order.doc.repeat(sizes).map(lambda doc: [doc]), place).T @ words)
    entity = pd.factorize(table.entity if "entity" in table else table.basis.isna())[0]
    words_of = table.word.map(actions.of)
    classes = [[(name, of) for name in some] for some, of in zip(words_of, entity, strict=True)]
    named = {name: number for number, name in enumerate(sorted({*chain(*classes)}))}
    act = _incidence(table.word.map(lambda word: map(actions.stem, word.split("_"))), column_of)
    besides = words[sentence] - words[sentence].multiply(act)
    days = [table[name].to_numpy("datetime64[D]") for name in ("earliest", "latest")]
    days = [np.where(np.isnat(one), np.nan, one.astype(float)) for one in days]
    return _Told(
        words=words[sentence],
        besides=hstack([besides, _incidence(table.doc.map(lambda doc: [doc]), place)]).tocsr(),
        actions=_incidence(classes, named),
        texts=by_text,
        doc=table.doc.map(place).to_numpy(int),
        sentence=sentence,
        entity=entity,
        first=days[0],
        last=days[1],
        stated=((table.basis == "expression") & table.earliest.notna()).to_numpy(bool),
        says=table.word.map(lambda word: actions.kinds(word) == {"saying"}).to_numpy(bool),
    )


def _incidence(rows: Iterable[Iterable[str]], column_of: dict[str, int]) -> object:
    """Sparse: 1 where a row has what a column stands for."""
    from scipy.sparse import csr_array

    rows = [sorted({column_of[one] for one in some if one in column_of}) for some in rows]
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.array([*chain(*rows)], int)
    return csr_array((np.ones(len(columns)), columns, ends), shape=(len(rows), len(column_of)))


def _stems(text: str) -> list[str]:
    return [actions.stem(word) for word in content_words(text)]


def _pairs(told: _Told) -> np.ndarray:
    """The pairs of mentions that share an action and are alike enough, each as two rows."""
    found = [np.zeros((0, 2), int)]
    by_class = told.actions.tocsc()
    for name in range(by_class.shape[1]):
        begin, end = by_class.indptr[name : name + 2]
        for some, others, meet in meetings(by_class.indices[begin:end], told.first):
            alike = _alike(told, some, others).tocoo()
            like = (alike.data >= DATED**2) & meet[alike.row, alike.col]
            left, right, cosine = some[alike.row[like]], others[alike.col[like]], alike.data[like]
            need = _need(told, left, right)
            able = cosine >= (need * _ABLE) ** 2  # texts are compared last: that takes longest
            left, right = left[able], right[able]
            enough = _score(told, left, right, cosine[able], need[able]) >= 1
            found.append(np.column_stack([left[enough], right[enough]]).astype(np.int32))
    return np.concatenate(found)


def _alike(told: _Told, some: np.ndarray, others: np.ndarray) -> object:
    """Sparse: the cosine of each two mentions' sentences; 0 if they share the word for the act alone."""
    shared = (told.besides[some] @ told.besides[others].T) > 0
    return (told.words[some] @ told.words[others].T).multiply(shared)


def _score(
    told: _Told, left: np.ndarray, right: np.ndarray, alike: np.ndarray, need: np.ndarray
) -> np.ndarray:
    """How alike pairs are, in parts of what they need."""
    (first, one), (second, two) = (np.unique(told.doc[rows], return_inverse=True) for rows in (left, right))
    texts = (told.texts[first] @ told.texts[second].T).toarray()
    return np.minimum(np.sqrt(alike * texts[one, two]) / need, _MOST)


def _need(told: _Told, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The likeness that the dates of pairs ask for; infinite for those that never tell one event."""
    gap = np.maximum(told.first[left], told.first[right]) - np.minimum(told.last[left], told.last[right])
    length = np.maximum(told.last[left] - told.first[left], told.last[right] - told.first[right])
    stated = told.stated[left].astype(int) + told.stated[right]
    apart = (stated == 2) & (gap > 0)
    says = told.says[left] | told.says[right]
    need = np.where((gap <= WEEK) & (length < FINE), DATED, np.where(stated > 0, REFERRED, UNDATED))
    need = np.where(says, SAID, np.where(apart, UNLIKE, need))
    never = (told.sentence[left] == told.sentence[right]) | (told.entity[left] != told.entity[right])
    never |= apart & ((gap > WEEK) | (told.doc[left] == told.doc[right])) | (says & ~(gap <= 1))
    return np.where(never, np.inf, need)


def _clusters(told: _Told, part: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The rows of each part, and a number for each: the same where the mean score of groups reaches 1."""
    order = np.argsort(part, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(part[order])) + 1)
    cut = (rows for one in parts for rows in blocks(one, told.first, times=1))
    several = [rows for rows in cut if len(rows) > 1]
    ends = np.cumsum([len(rows) for rows in several])
    for batch in np.split(np.arange(len(several)), np.flatnonzero(np.diff(ends // BLOCK)) + 1):
        if len(batch):
            yield from _clustered(told, [several[one] for one in batch])


def _clustered(told: _Told, parts: list[np.ndarray]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """What :func:`_clusters` gives for some parts, compared in one go: most are small."""
    from scipy.cluster.hierarchy import fcluster, linkage

    rows, begins = np.concatenate(parts), np.cumsum([0, *map(len, parts)])
    inside = [np.triu_indices(len(one), 1) for one in parts]
    left, right = (
        np.concatenate([pair[n] + begin for pair, begin in zip(inside, begins[:-1], strict=True)])
        for n in (0, 1)
    )
    alike = _alike(told, rows, rows).toarray()[left, right]
    shared = (told.actions[rows] @ told.actions[rows].T).toarray()[left, right] > 0
    need = _need(told, rows[left], rows[right])
    score = np.where(np.isinf(need), _NEVER, 0.0)
    able = np.flatnonzero((alike > 0) & shared & np.isfinite(need))
    score[able] = _score(told, rows[left[able]], rows[right[able]], alike[able], need[able])
    distance = _MOST - score
    pairs = np.cumsum([0, *(len(pair[0]) for pair in inside)])
    for one, (begin, end) in zip(parts, pairwise(pairs), strict=True):
        if len(one) == 2:
            yield one, np.array([0, int(distance[begin] > _MOST - 1)])
        else:
            yield one, fcluster(linkage(distance[begin:end], "average"), _MOST - 1, "distance")
