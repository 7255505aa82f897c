"""What one independent text alone carries: names, numbers, dates, topics and sentences that no other has.

It says what these rules find in one text only, and nothing of why. What spelling, unit and calendar can bring
to one form is taken for the same; what other texts say in other words is not.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.names import fold, proper_names
from helpers.numbers_and_dates import (
    at_least_as_fine,
    beginning,
    dates,
    needed,
    numbers_of,
    same_number,
)  # fmt: skip
from helpers.spelling import Running, running_keys, running_words
from helpers.words import matched

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# 63 sentences of 25 events (development corpora), each read beside the nearest one of another text, weighted
# by how many lie where: 79 % of all lie below .35; of these 84 % say something else than the nearest: 94 % of
# all that do. At .3 it is 88 % of 71 %, and 87 % of all.
UNLIKE = 0.35
SHORTEST = 6  # content words: a shorter sentence says too little to be near to another
_SHOWN = 80
_BLOCK = 64  # sentences compared with others at once: of 10,000 articles 40 MB
# Evenly drawn sentences to compare with first. Of 274,450 sentences of 10,000 made-up articles 16,448
# are like none of the first 500, and 474 like none of 5,000; to compare these with all takes seconds.
_FIRST = (500, 5_000)
# Sentences: of more of them a word leads only to those in which it weighs most, for to compare each with all
# costs their square. What is so found is like; that nothing is holds as far as these words tell.
WHOLE, _HEAVIEST = 20_000, 2_000

# Signs that folding may make other words of, or that part no words: of "said...then" it makes one.
_ODD = r"[^\x00-\x7F\p{L}‘’“”–—€£\xa0]|[\p{L}\p{N}_]['’.]{2,}[\p{L}\p{N}_]"

_COLUMNS = "article_id kind value count sentence_id evidence similarity nearest_id".split()


def only_here(
    sentences: pd.DataFrame, mentions: pd.DataFrame, articles: pd.DataFrame, codes: pd.DataFrame
) -> pd.DataFrame:
    """List what one of the independent texts alone carries.

    Parameters
    ----------
    sentences, mentions
        Tables of these names; what belongs to other articles is left out.
    articles
        The independent texts: column `article_id`.
    codes
        Table `codebook`: `kind`, `code`, `label`.

    Returns
    -------
    DataFrame
        By `article_id`, then `kind` in the order here, then `sentence_id`: nothing for fewer than two texts.

        - "name": a name whose key no other text has, and whose words stand together in none.
        - "number": a number with what it counts, unless another text has the number with that or with
          nothing named. "One" and "two" are figures of measures and people only.
        - "date": a calendar date, month, weekday, year or decade as written, unless another text has the same
          or a finer one ("in August" is no news beside "8 August"). Relative ones ("yesterday") are left out.
        - "topic": a topic of the codebook that other texts do not mention, headlines included.
        - "sentence": one of the running text with `SHORTEST` content words whose cosine with every sentence
          of other texts stays below `UNLIKE` (tf-idf of the first letters of content words).

        `value` (as first written; the label; the sentence), `count`, `sentence_id` (the first), `evidence`;
        for sentences `similarity` (in [0, 1]) and `nearest_id`.

    Examples
    --------
    >>> said = ["Port Moor has 40 boats.", "In 1990 the harbour had forty boats."]
    >>> table = pd.DataFrame({"article_id": ["a", "b"], "sentence_id": ["a:s001", "b:s001"], "text": said})
    >>> table = table.assign(heading=False, paragraph=1)
    >>> mentions = pd.DataFrame(columns=["sentence_id", "kind", "code"])
    >>> codes = pd.DataFrame(columns=["kind", "code", "label"])
    >>> articles = pd.DataFrame({"article_id": ["a", "b"]})
    >>> only_here(table, mentions, articles, codes)[["article_id", "kind", "value"]].values.tolist()
    [['a', 'name', 'Port Moor'], ['b', 'date', '1990']]
    """
    texts = sentences[sentences.article_id.isin(articles.article_id)].sort_values("sentence_id")
    if texts.article_id.nunique() < 2:
        return pd.DataFrame(columns=_COLUMNS)
    found, said = proper_names(texts), running_words(texts.text)
    written, ids = texts.text.tolist(), texts.sentence_id.tolist()
    places = list(zip(texts.article_id.tolist(), ids, strict=True))
    named, spans = defaultdict(list), [[] for _ in ids]
    for one, *span in zip(*(found[name].tolist() for name in ("sentence_id", "start", "end")), strict=True):
        named[one].append(span)
    dated = []
    for i, start, end, form in dates(written):
        spans[i].append((start, end))
        dated.append((*places[i], written[i][start:end].rstrip("."), form))
    taken = [[*named.get(one, ()), *calendar] for one, calendar in zip(ids, spans, strict=True)]
    counted = [(*places[i], *number) for i, *number in numbers_of(written, taken)]
    parts = [
        _table("name", _names_alone(texts, found, said)),
        _table("number", _alone(counted, same_number, lambda form: form[:1])),
        _table("date", _alone(dated, at_least_as_fine, needed)),
        _topics_alone(texts, mentions, codes),
        _sentences_alone(texts, said),
    ]
    table = pd.concat([part.assign(order=n) for n, part in enumerate(parts)])
    table = table.sort_values(["article_id", "order", "sentence_id", "value"], ignore_index=True)
    return table[_COLUMNS].astype({"count": int, "similarity": float})


def alone_in_words(unique: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """The rows of table `unique` that are no sentences, as a page shows them.

    Returns
    -------
    DataFrame
        `article`, `kind`, `shown` (the value, at most `_SHOWN` characters of it, and how often), `evidence`.
    """
    rows = [
        (names[row.article_id], row.kind, row.value[:_SHOWN] + (f" ({n})" if n > 1 else ""), row.evidence)
        for row, n in zip(unique.itertuples(), unique["count"], strict=True)
        if row.kind != "sentence"
    ]
    return pd.DataFrame(rows, columns=["article", "kind", "shown", "evidence"])


def _table(kind: str, groups: Iterable[list[tuple]]) -> pd.DataFrame:
    """Rows of the result, each from the occurrences of one thing: (article_id, sentence_id, value, form)."""
    rows = []
    for group in groups:
        ids = list(dict.fromkeys(sentence_id for _, sentence_id, *_ in group))
        evidence = " ".join(f"sentences?sentence_id={one}" for one in ids)
        rows.append((group[0][0], kind, group[0][2], len(group), ids[0], evidence, np.nan, None))
    return pd.DataFrame(rows, columns=_COLUMNS)


def _names_alone(texts: pd.DataFrame, found: pd.DataFrame, said: Running) -> Iterator[list[tuple]]:
    """The occurrences of each name that stands, by its key or word for word, in one article alone."""
    by_key, own, fullest = defaultdict(list), {}, {}
    for row in zip(
        *(found[name].tolist() for name in ("article_id", "sentence_id", "name", "key")), strict=True
    ):
        by_key[row[-1]].append(row)
    for key, rows in sorted(by_key.items()):
        if len({article_id for article_id, *_ in rows}) == 1:
            own[key], fullest[key] = rows[0][0], max((name for *_, name, _ in rows), key=len)
    phrases = {key: {_phrase(key), _phrase(name)} for key, name in fullest.items()}
    wanted = set().union(*phrases.values())
    lengths = defaultdict(set)  # by first word
    for phrase in wanted:
        lengths[phrase[:1]].add(len(phrase))
    where = defaultdict(set)  # whatever their case: "a Working Group", "the working group"
    read = texts.iloc[_worth_reading(texts, said, [(one, own[key]) for key in own for one in phrases[key]])]
    for article_id, text in zip(read.article_id.tolist(), read.text.tolist(), strict=True):
        words = _phrase(text)
        for i in range(len(words)):
            for n in lengths.get(words[i : i + 1], ()):
                if words[i : i + n] in wanted:
                    where[words[i : i + n]].add(article_id)
    for key, article_id in own.items():
        if set().union(*(where[phrase] for phrase in phrases[key])) <= {article_id}:
            first, *others = by_key[key]
            yield [(*first[:2], fullest[key], key), *others]


def _worth_reading(
    texts: pd.DataFrame, said: Running, phrases: list[tuple[tuple[str, ...], str]]
) -> np.ndarray:
    """The places of the sentences in which phrases may stand outside the article named beside each.

    Those with the rarest word of a phrase, and those whose words cannot be told one by one, for initials or
    rare signs in them.
    """
    parts = [_phrase(form) for form in said.forms]
    flat, known = pd.factorize(np.array([*chain.from_iterable(parts)], object))
    sizes = np.array([len(part) for part in parts], int)
    taken = sizes[said.form]
    nth = np.arange(taken.sum()) - np.repeat(taken.cumsum() - taken, taken)
    word = flat[np.repeat((sizes.cumsum() - sizes)[said.form], taken) + nth]
    rows = np.repeat(said.text, taken)[np.argsort(word, kind="stable")]
    ends = np.bincount(word, minlength=len(known)).cumsum()
    place = dict(
        zip(known, zip(ends - np.bincount(word, minlength=len(known)), ends, strict=True), strict=True)
    )
    article, ids = pd.factorize(texts.article_id)
    ids = dict(zip(ids, range(len(ids)), strict=True))
    pairs = zip(parts, said.forms, strict=True)
    lone = np.array([len("".join(part)) < 2 or " " in form for part, form in pairs], bool)
    beside = lone[said.form[1:]] & lone[said.form[:-1]] & (said.text[1:] == said.text[:-1])
    read = [said.text[1:][beside], np.flatnonzero(matched(texts.text, _ODD))]
    for phrase, own in phrases:
        if phrase and all(one in place for one in phrase):
            some = rows[slice(*min((place[one] for one in phrase), key=lambda ends: ends[1] - ends[0]))]
            read.append(some[article[some] != ids[own]])
    return np.unique(np.concatenate(read))


def _phrase(text: str) -> tuple[str, ...]:
    """The folded words of a text, without plural and possessive endings."""
    words = re.findall(r"[^\W_]+", fold(re.sub(r"['’]s\b", "", text)))
    return tuple(word.rstrip("s") if len(word) > 3 else word for word in words)


def _alone(
    found: list[tuple],
    covers: Callable[[Collection, Collection], bool],
    needed: Callable[[Collection], Iterable],
) -> Iterator[list[tuple]]:
    """The occurrences of each form that no other article's form covers; those of equal forms together.

    `needed` gives the parts of a form without which no other covers it: only forms with one are compared.
    """
    occurrences, having = defaultdict(list), defaultdict(list)
    for row in found:
        occurrences[row[-1]].append(row)
    for form in occurrences:
        for part in form:
            having[part].append(form)
    texts = {form: {row[0] for row in rows} for form, rows in occurrences.items()}
    for form, own in texts.items():
        if len(own) > 1:
            continue
        like = []
        for other in min((having[part] for part in needed(form)), key=len):
            if covers(form, other):
                if texts[other] != own:
                    break
                like.append(other)
        else:
            equal = [other for other in like if covers(other, form)]
            finer = len(like) > len(equal)  # a finer date of the same text stands for it
            if not finer and equal[0] == form:
                yield [row for other in equal for row in occurrences[other]]


def _topics_alone(texts: pd.DataFrame, mentions: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    located = mentions[mentions.kind == "topic"].merge(texts[["sentence_id", "article_id"]], on="sentence_id")
    by_code = located.merge(codes[codes.kind == "topic"][["code", "label"]], on="code").groupby("code")
    table = by_code.agg(
        article_id=("article_id", "first"), texts=("article_id", "nunique"), value=("label", "first"),
        count=("label", "size"), sentence_id=("sentence_id", "min"),
    ).query("texts == 1").reset_index()  # fmt: skip
    evidence = "mentions?kind=topic&code=" + table.code + "&article_id=" + table.article_id
    return table.assign(kind="topic", evidence=evidence, similarity=np.nan, nearest_id=None)[_COLUMNS]


def _sentences_alone(texts: pd.DataFrame, said: Running) -> pd.DataFrame:
    from scipy.sparse import csr_array
    from sklearn.feature_extraction.text import TfidfTransformer

    text, number, keys = running_keys(texts.text, said)
    if not len(keys):
        return pd.DataFrame(columns=_COLUMNS)
    forms = pd.factorize(np.array([beginning(key) for key in keys], object))[0]
    column = pd.factorize(forms[number])[0]
    counts = csr_array((np.ones(len(text), np.float32), (text, column)), (len(texts), column.max() + 1))
    weighted = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    article = pd.factorize(texts.article_id)[0].astype(np.int32)
    own = ((texts.paragraph > 0) & ~texts.heading).to_numpy() & (
        np.bincount(text, minlength=len(texts)) >= SHORTEST
    )
    asked, near = np.flatnonzero(own), weighted.T.tocsr()
    for most in _FIRST:  # what is like one of some sentences needs no comparison with the others
        some = np.arange(0, len(texts), max(1, len(texts) // most))
        like = _nearest(weighted[asked], weighted[some].T.tocsr(), article[asked], article[some])[1]
        asked = asked[like < UNLIKE]
    if len(texts) > WHOLE:
        near = _heaviest(near, _HEAVIEST)
    nearest, similarity = np.zeros(len(texts), int), np.zeros(len(texts))
    nearest[asked], similarity[asked] = _nearest(weighted[asked], near, article[asked], article)
    ids = texts.sentence_id.to_numpy()
    table = texts.assign(similarity=similarity, nearest_id=np.where(similarity > 0, ids[nearest], None))
    table = table.iloc[asked[similarity[asked] < UNLIKE]]
    evidence = "sentences?sentence_id=" + table.sentence_id
    return table.assign(kind="sentence", value=table.text, count=1, evidence=evidence)[_COLUMNS]


def _heaviest(index: "csr_array", most: int) -> "csr_array":
    """Of each row of an index, words × sentences, the sentences in which the word weighs most."""
    from scipy.sparse import csr_array

    word = np.repeat(np.arange(index.shape[0]), np.diff(index.indptr))
    order = np.lexsort([-index.data, word])
    kept = np.sort(order[np.arange(len(order)) - index.indptr[word] < most])
    return csr_array((index.data[kept], (word[kept], index.indices[kept])), index.shape)


def _nearest(
    asked: "csr_array", index: "csr_array", article: np.ndarray, articles: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The number of the sentence of another article that is most like each one asked, and how like it is."""
    nearest, similarity = np.zeros(asked.shape[0], int), np.zeros(asked.shape[0])
    for first in range(0, asked.shape[0], _BLOCK):
        like = asked[first : first + _BLOCK] @ index
        sizes = np.diff(like.indptr)
        filled = np.flatnonzero(sizes)
        own = np.repeat(article[first : first + len(sizes)], sizes) == articles[like.indices]
        value = np.where(own, np.float32(0), like.data)
        best = np.maximum.reduceat(value, like.indptr[filled]) if len(filled) else value
        alike = np.flatnonzero((value == np.repeat(best, sizes[filled])) & ~own)
        row = first + like.indptr.searchsorted(alike, "right") - 1
        starts = np.flatnonzero(np.diff(row, prepend=-1))
        if len(starts):
            nearest[row[starts]] = np.minimum.reduceat(like.indices[alike], starts)  # the first of them
        similarity[first + filled] = best
    return nearest, similarity
