"""Like statements of one speaker across texts: word for word, in another wording, or reported."""

from collections import defaultdict
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.ingestion.speakers import folded
from helpers.words import content_word, tokens

# Of 142 statements in 328 articles on 58 events 2 join two events; with 4 stems 7 of 190, at .6 2 of 138.
_ALIKE = 0.5  # of the shorter statement's stems
_LEAST = 5  # stems two statements share
_SAME = 0.9  # of the shorter quotation's stems: one wording
_STEM = 5  # letters: "strengthen" and "strengthening" are one
_COLUMNS = ["statement_id", "article_id", "start", "end", "form", "speaker_name", "text"]


class _Statement(NamedTuple):
    article_id: str
    start: int
    end: int
    kind: str
    speaker_name: str
    who: frozenset[str]
    stems: frozenset[str]


def statements(quoted: pd.DataFrame, sentences: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Statements that two or more articles bring from one speaker, side by side.

    Two are alike where they share half of the shorter one's content words (by stem) and their speakers' names
    do not contradict each other: "the US Embassy in Kenya" and "the U.S. Embassy".

    Parameters
    ----------
    quoted, sentences
        Tables `quotes` and `sentences`.
    articles
        Columns `article_id`, `text`: those whose statements are compared; English.

    Returns
    -------
    DataFrame
        Columns `statement_id` (`<article_id>:v<start>` of its first member by id), `article_id`, `start`,
        `end` (offsets in the text), `form` (verbatim: in quotation marks; translated: in quotation marks too,
        but worded otherwise than the quotation before it, as translators and editors do; paraphrased:
        reported), `speaker_name`, `text`. Statements that one article alone brings are left out.
    """
    texts = dict(zip(articles.article_id, articles.text, strict=True))
    rows = []
    for members in _groups(_said(quoted, sentences, texts)):
        statement_id = f"{members[0].article_id}:v{members[0].start}"
        wordings: list[frozenset[str]] = []
        for article_id, start, end, kind, name, _, stems in members:
            form = "verbatim" if kind == "direct" else "paraphrased"
            if kind == "direct":
                like = any(_shared(stems, other) >= _SAME for other in wordings)
                form = "translated" if wordings and not like else form
                wordings.append(stems)
            rows.append((statement_id, article_id, start, end, form, name, texts[article_id][start:end]))
    return pd.DataFrame(rows, columns=_COLUMNS)


def _said(quoted: pd.DataFrame, sentences: pd.DataFrame, texts: dict[str, str]) -> list[_Statement]:
    """What texts bring from named speakers; of a clause and a quotation within it, the fuller one."""
    speech = quoted[quoted.kind.isin(["direct", "indirect"]) & quoted.speaker_name.notna()]
    body = sentences.loc[sentences.paragraph > 0, ["sentence_id", "article_id", "start"]]
    parts = speech.merge(body, on="sentence_id", suffixes=("", "_of_it"))
    parts = parts[parts.article_id.isin(list(texts))]
    inner = parts.assign(start=parts.start + parts.start_of_it, end=parts.end + parts.start_of_it)
    number = inner.quote_id.str.rsplit(":q", n=1).str[1].astype(int)
    whole = inner.groupby(["article_id", number], sort=True)  # which is the first hangs on no order of input
    told = whole.agg({"start": "min", "end": "max", "kind": "first", "speaker_name": "first"})
    found: list[_Statement] = []
    for (article_id, _), start, end, kind, name in told.itertuples(name=None):
        stems = _stems(texts[article_id][start:end])
        if len(stems) < _LEAST:
            continue
        here = _Statement(article_id, start, end, kind, name, folded(name), stems)
        if found and found[-1].article_id == article_id and end <= found[-1].end:  # inside the one before
            if kind == "direct" and 2 * len(stems) >= len(found[-1].stems):
                found[-1] = here
            continue
        found.append(here)
    return found


def _groups(found: list[_Statement]) -> list[list[_Statement]]:
    """Statements alike, each with the one before it that it is most like, if two articles bring them."""
    members: dict[int, list[_Statement]] = {}
    group = list(range(len(found)))
    for at, before in enumerate(_nearest(found)):
        group[at] = group[before]
        members.setdefault(group[at], []).append(found[at])
    return [one for one in members.values() if len({member.article_id for member in one}) > 1]


def _nearest(found: list[_Statement]) -> list[int]:
    """Of each statement the place of the one before it that it is most like, the first of these, or its own.

    Speaker by speaker: of ten thousand texts most pairs of statements have speakers that differ, and to meet
    them one by one took eight minutes.
    """
    numbers: dict[str, int] = {}
    stems = [np.array([numbers.setdefault(stem, len(numbers)) for stem in one.stems]) for one in found]
    sizes, held = np.array([len(one) for one in stems]), np.zeros(len(numbers), int)
    said_by: dict[frozenset[str], list[int]] = defaultdict(list)
    for at, one in enumerate(found):
        said_by[one.who].append(at)
    nearest = list(range(len(found)))
    for who, akin in _akin(set(said_by)).items():
        others = np.sort(np.concatenate([said_by[name] for name in akin]))
        of_others = np.concatenate([stems[other] for other in others])
        ends = sizes[others].cumsum()
        for at in said_by[who]:
            if not (before := others.searchsorted(at)):
                continue
            held[stems[at]] = 1
            starts = ends[:before] - sizes[others[:before]]
            shared = np.add.reduceat(held[of_others[: ends[before - 1]]], starts)
            held[stems[at]] = 0
            share = np.where(shared < _LEAST, 0, shared / np.minimum(sizes[others[:before]], sizes[at]))
            if share[best := share.argmax()] >= _ALIKE:
                nearest[at] = int(others[best])
    return nearest


def _akin(names: set[frozenset[str]]) -> dict[frozenset[str], set[frozenset[str]]]:
    """Of each name those that do not contradict it: all of its words are in them, or all of theirs in it."""
    holding: dict[str, set[frozenset[str]]] = defaultdict(set)
    for name in names:
        for word in name:
            holding[word].add(name)
    longer = {name: set.intersection(*(holding[word] for word in name)) if name else names for name in names}
    akin = {name: set(found) for name, found in longer.items()}
    for name, found in longer.items():
        for other in found:
            akin[other].add(name)
    return akin


def _stems(text: str) -> frozenset[str]:
    """The beginnings of the content words; names, which all reports of an event share, do not count."""
    plain = (content_word(word) for word in tokens(text) if not word[0].isupper())
    return frozenset(word[:_STEM] for word in plain if word)


def _shared(some: frozenset[str], other: frozenset[str]) -> float:
    return len(some & other) / min(len(some), len(other))
