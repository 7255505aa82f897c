"""Like statements of one speaker across texts: word for word, in another wording, or reported."""

from collections import Counter, defaultdict
from typing import NamedTuple

import pandas as pd

from helpers.ingestion.quoting import Quote, quotes
from helpers.ingestion.speakers import folded
from helpers.words import content_words, tokens

# Of 142 statements in 328 articles on 58 events 2 join two events; with 4 stems 7 of 190, at .6 2 of 138.
_ALIKE = 0.5  # of the shorter statement's stems
_LEAST = 5  # stems two statements share
_SAME = 0.9  # of the shorter quotation's stems: one wording
_STEM = 5  # letters: "strengthen" and "strengthening" are one
_COLUMNS = ["statement_id", "article_id", "start", "end", "form", "speaker_name", "text"]


class _Statement(NamedTuple):
    article_id: str
    said: Quote
    who: frozenset[str]
    stems: frozenset[str]


def statements(articles: pd.DataFrame) -> pd.DataFrame:
    """Statements that two or more articles bring from one speaker, side by side.

    Two are alike where they share half of the shorter one's content words (by stem) and their speakers' names
    do not contradict each other: "the US Embassy in Kenya" and "the U.S. Embassy".

    Parameters
    ----------
    articles
        Index `article_id`, column `text`; English.

    Returns
    -------
    DataFrame
        Columns `statement_id` (`<article_id>:v<start>` of its first member by id), `article_id`, `start`,
        `end` (offsets in the text), `form` (verbatim: in quotation marks; translated: in quotation marks too,
        but worded otherwise than the quotation before it, as translators and editors do; paraphrased:
        reported), `speaker_name`, `text`. Statements that one article alone brings are left out.
    """
    texts = articles.text.sort_index()  # which statement is the first hangs on no order of input
    found = [one for article_id, text in texts.items() for one in _said(article_id, text)]
    rows = []
    for members in _groups(found):
        statement_id = f"{members[0].article_id}:v{members[0].said.start}"
        wordings: list[frozenset[str]] = []
        for article_id, said, _, stems in members:
            form = "verbatim" if said.kind == "direct" else "paraphrased"
            if said.kind == "direct":
                like = any(_shared(stems, other) >= _SAME for other in wordings)
                form = "translated" if wordings and not like else form
                wordings.append(stems)
            text = texts[article_id][said.start : said.end]
            rows.append((statement_id, article_id, said.start, said.end, form, said.speaker_name, text))
    return pd.DataFrame(rows, columns=_COLUMNS)


def _said(article_id: str, text: str) -> list[_Statement]:
    """What the text brings from named speakers; of a clause and a quotation within it, the fuller one."""
    found: list[_Statement] = []
    for one in quotes(text):
        stems = _stems(text[one.start : one.end])
        if one.kind not in ("direct", "indirect") or not one.speaker_name or len(stems) < _LEAST:
            continue
        here = _Statement(article_id, one, folded(one.speaker_name), stems)
        if found and one.end <= found[-1].said.end:  # inside the one before
            if one.kind == "direct" and 2 * len(stems) >= len(found[-1].stems):
                found[-1] = here
            continue
        found.append(here)
    return found


def _groups(found: list[_Statement]) -> list[list[_Statement]]:
    """Statements alike, each with the one before it that it is most like, if two articles bring them."""
    spread = Counter(stem for one in found for stem in one.stems)
    holders: dict[str, list[int]] = defaultdict(list)
    group = list(range(len(found)))
    for at, one in enumerate(found):
        # Who shares `_LEAST` stems shares one of all but the `_LEAST` - 1 commonest (Chaudhuri et al. 2006,
        # "A primitive operator for similarity joins in data cleaning").
        rare = sorted(one.stems, key=lambda stem: (spread[stem], stem))[: len(one.stems) - _LEAST + 1]
        like = [
            (_shared(one.stems, found[other].stems), -other)
            for other in {other for stem in rare for other in holders[stem]}
            if len(one.stems & found[other].stems) >= _LEAST
            and _shared(one.stems, found[other].stems) >= _ALIKE
            and (one.who <= found[other].who or found[other].who <= one.who)
        ]
        if like:
            group[at] = group[-max(like)[1]]
        for stem in rare:
            holders[stem].append(at)
    members: dict[int, list[_Statement]] = defaultdict(list)
    for at, one in enumerate(found):
        members[group[at]].append(one)
    return [one for one in members.values() if len({member.article_id for member in one}) > 1]


def _stems(text: str) -> frozenset[str]:
    """The beginnings of the content words; names, which all reports of an event share, do not count."""
    plain = " ".join(word for word in tokens(text) if not word[0].isupper())
    return frozenset(word[:_STEM] for word in content_words(plain))


def _shared(some: frozenset[str], other: frozenset[str]) -> float:
    return len(some & other) / min(len(some), len(other))
