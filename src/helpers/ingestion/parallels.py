"""Like statements of one speaker across texts: word for word, in another wording, or reported."""

from collections import Counter, defaultdict
from typing import NamedTuple

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
    spread = Counter(stem for one in found for stem in one.stems)
    holders: dict[str, list[int]] = defaultdict(list)
    nearest: dict[tuple, int] = {}  # what the same words of the same speaker belong with
    group = list(range(len(found)))
    for at, one in enumerate(found):
        if (one.who, one.stems) in nearest:
            group[at] = group[nearest[one.who, one.stems]]
            continue
        # Who shares `_LEAST` stems shares one of all but the `_LEAST` - 1 commonest (Chaudhuri et al. 2006,
        # "A primitive operator for similarity joins in data cleaning").
        rare = sorted(one.stems, key=lambda stem: (spread[stem], stem))[: len(one.stems) - _LEAST + 1]
        near = {other for stem in rare for other in holders[stem]}
        named = (k for k in near if one.who <= found[k].who or found[k].who <= one.who)
        held = ((len(one.stems & found[k].stems), k) for k in named)
        shares = ((n / min(len(one.stems), len(found[k].stems)), -k) for n, k in held if n >= _LEAST)
        like = [share for share in shares if share[0] >= _ALIKE]
        best, before = max(like, default=(0, 0))
        group[at] = group[-before] if like else at
        # One said again is most like the first that holds all of it, or that it holds: only those are kept.
        nearest[one.who, one.stems] = -before if best == 1 else at
        for stem in rare:
            holders[stem].append(at)
    members: dict[int, list[_Statement]] = defaultdict(list)
    for at, one in enumerate(found):
        members[group[at]].append(one)
    return [one for one in members.values() if len({member.article_id for member in one}) > 1]


def _stems(text: str) -> frozenset[str]:
    """The beginnings of the content words; names, which all reports of an event share, do not count."""
    plain = (content_word(word) for word in tokens(text) if not word[0].isupper())
    return frozenset(word[:_STEM] for word in plain if word)


def _shared(some: frozenset[str], other: frozenset[str]) -> float:
    return len(some & other) / min(len(some), len(other))
