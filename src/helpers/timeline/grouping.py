"""Which mentions tell one event: the same action, on dates that can be one, in sentences and texts alike.

A date alone never joins two mentions. The constants were set on half of a benchmark's corpora and checked on
the other (benchmarks/events.py).
"""

from collections.abc import Iterator
from itertools import chain, pairwise, zip_longest
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.timeline import actions
from helpers.timeline.coded import Coded, coded, incidence, products
from helpers.timeline.texts import Texts
from helpers.timeline.windows import BLOCK, blocks, gathered
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

    words: object  # sparse: tf-idf of each sentence, length 1
    act: np.ndarray  # columns of `words` that say what is done, -1 where there are fewer
    actions: object  # sparse: mention × class, those of each entity apart
    texts: Texts
    doc: np.ndarray
    sentence: np.ndarray
    entity: np.ndarray
    first: np.ndarray  # days since 1970; NaN where undated
    last: np.ndarray
    stated: np.ndarray
    says: np.ndarray


def group(mentions: pd.DataFrame, documents: pd.DataFrame, words: Coded | None = None) -> pd.Series:
    """Group the mentions that tell the same event.

    Parameters
    ----------
    mentions
        Columns `id`, `doc`, `sent`, `word`, and of :func:`anchoring.anchor` `basis`, `earliest`, `latest`;
        perhaps `entity`: then no group has mentions of two entities.
    documents
        Columns `doc` and `sentences`; words that few of these sentences have weigh more.
    words
        The content words of these sentences, if they are at hand: then `documents` are in the order of `doc`,
        and may have `size`, how many sentences each has, in place of `sentences`.

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
    if mentions.empty:
        return pd.Series(index=mentions.index, dtype="str")
    table = mentions.reset_index(drop=True).assign(id=mentions.id.astype("str").array).sort_values("id")
    if words is None:
        documents = documents.sort_values("doc")
        documents = documents.assign(size=documents.sentences.map(len))
        words = coded(chain.from_iterable(documents.sentences), content_words)
    told = _read(table, documents, words)
    label = table.id.to_numpy(object)
    for rows, cluster in _clusters(told, _parts(told)):
        _, first, which = np.unique(cluster, return_index=True, return_inverse=True)
        label[rows] = label[rows[first[which]]]
    found = pd.Series(label, table.index, dtype="str")
    return found.where(found.duplicated(keep=False)).sort_index().set_axis(mentions.index)


def _read(table: pd.DataFrame, documents: pd.DataFrame, read: Coded) -> _Told:
    from sklearn.feature_extraction.text import TfidfTransformer

    stems = [actions.stem(*content_words(word)) for word in read.words]
    column_of = {stem: number for number, stem in enumerate(dict.fromkeys(stems))}
    counts = read.rows(read.first[:-1], read.first[1:]) @ incidence([[stem] for stem in stems], column_of)
    words = TfidfTransformer().fit_transform(counts) if stems else counts
    place = {doc: number for number, doc in enumerate(documents.doc)}
    sizes = documents["size"].to_numpy(int)
    doc = table.doc.map(place).to_numpy(int)
    days = [table[name].to_numpy("datetime64[D]") for name in ("earliest", "latest")]
    days = [np.where(np.isnat(one), np.nan, one.astype(float)) for one in days]
    entity = pd.factorize(table.entity if "entity" in table else table.basis.isna())[0]
    words_of = table.word.map(actions.of)
    classes = [[(name, of) for name in some] for some, of in zip(words_of, entity, strict=True)]
    acts = [[column_of.get(actions.stem(one), -1) for one in word.split("_")] for word in table.word]
    return _Told(
        words=words,
        act=np.array([*zip(*zip_longest(*acts, fillvalue=-1), strict=True)], np.int32),
        actions=incidence(classes),
        texts=Texts(words, sizes, pd.Series(days[0]).groupby(doc).median().reindex(range(len(sizes)))),
        doc=doc,
        sentence=(np.cumsum(sizes) - sizes)[doc] + table.sent.to_numpy(int),
        entity=entity,
        first=days[0],
        last=days[1],
        stated=((table.basis == "expression") & table.earliest.notna()).to_numpy(bool),
        says=table.word.map(lambda word: actions.kinds(word) == {"saying"}).to_numpy(bool),
    )


def _parts(told: _Told) -> np.ndarray:
    """A number for each mention: the same for those that pairs alike enough link.

    Pairs are many times as many as mentions, so they are linked as soon as there are as many.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    part = np.arange(len(told.doc), dtype=np.int32)
    found, number = [], 0
    for pair in chain(_pairs(told), [None]):
        if pair is not None:
            found.append(pair)
            number += len(pair[0])
        if found and (pair is None or number > len(part)):
            ends = tuple(part[np.concatenate(one)] for one in zip(*found, strict=True))
            links = coo_array((np.ones(len(ends[0]), np.int8), ends), shape=(len(part), len(part)))
            part = connected_components(links, directed=False)[1][part]
            found, number = [], 0
    return part


def _pairs(told: _Told) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The pairs of mentions that share an action and are alike enough, as rows."""
    for some, others, meet in gathered(told.actions, told.first):
        alike = _alike(told, others, len(some))
        one, other = np.nonzero(meet & (alike >= DATED**2))
        left, right, cosine = some[one], others[other], alike[one, other]
        need = _need(told, left, right)
        able = cosine >= (need * _ABLE) ** 2  # texts are compared last: that takes longest
        left, right = left[able], right[able]
        enough = _score(told, left, right, cosine[able], need[able]) >= 1
        yield left[enough], right[enough]


def _alike(told: _Told, rows: np.ndarray, last: int) -> np.ndarray:
    """The cosines of the last so many mentions' sentences with all; 0 if they share the act's word alone.

    Sentences of one text count even so.
    """
    words = told.words[told.sentence[rows]]
    besides = words.copy()
    act = np.repeat(told.act[rows], np.diff(words.indptr), axis=0)
    besides.data[(act == words.indices[:, None]).any(axis=1)] = 0
    doc = told.doc[rows]
    shared = (products(besides, last) > 0) | (doc[len(rows) - last :, None] == doc)
    return products(words, last) * shared


def _score(
    told: _Told, left: np.ndarray, right: np.ndarray, alike: np.ndarray, need: np.ndarray
) -> np.ndarray:
    """How alike pairs are, in parts of what they need."""
    texts = told.texts.cosines(told.doc[left], told.doc[right])
    return np.minimum(np.sqrt(alike * texts) / need, _MOST)


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
    cut = (rows for one in parts for rows in blocks(one, told.first))
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
    alike = _alike(told, rows, len(rows))[left, right]
    shared = products(told.actions[rows], len(rows))[left, right] > 0
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
