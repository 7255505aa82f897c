"""Loaded language and hedges: where they stand, in whose voice, how often, and how loaded a sentence is.

What is looked for lies in `language.tsv`, a row a term, with its channel and the reason it is there. A list
knows neither irony nor whether a judgement is deserved: to it "brutal" of a massacre is as loaded as "brutal"
of a tax. So spans are words to read, and rates compare texts on one event, not texts on different ones.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple
from urllib.parse import urlencode

import numpy as np
import pandas as pd

from helpers import stats
from helpers.matching import Matcher
from helpers.words import read_rows, tokens

CHANNELS = ("hyperbole", "evaluation", "label", "insinuation", "hedge")
VOICES = {"own": "own", "quoted": "direct", "reported": "indirect"}  # → share of a sentence in that voice
BASIS = "this article, read as a draw of paragraphs (their dispersion pooled over the corpus)"
NO_BASIS = "this article: too few paragraphs for an interval"

SHOWN = 2  # a weaker term is loaded only where it suits: it makes no span, but counts in a sentence's score
# The strength for which a sentence is called loaded, per word. On 759 expert-labelled news sentences macro-F1
# is .70 to .72 anywhere between .02 and .05.
LOADED = 0.03
SHORT = 10  # words added to each sentence's, so that one word in a headline of four does not decide alone
HEADLINE_STYLE = 0.6  # share of the longer words with a capital above which capitals tell nothing

_ANY = -1  # of a phrase in which no term at all counts
_BEGINS = re.compile(r"(?:^|[:;.!?…–—]\s|[\"“‘(\[])\W*$")  # where a sentence, a clause or a quotation begins
_LONG = re.compile(r"[^\W\d_]{4,}")
_QUOTED = re.compile(r"“[^”]*|\"[^\"]*\"?")
_PLAIN = re.compile(r"\b(?:said|says|told|reported|statement|according to)\b|\d[\d.,]*", re.IGNORECASE)
_HELD = frozenset({"scare", "title"})
_RATES = ["article_id", "channel", "voice", "spans", "sentences", "words", "per_1000", "low", "high", "share"]


class _Entry(NamedTuple):
    """A term, or a phrase in which the term of row `of` does not count (its channel is "")."""

    channel: str
    strength: int
    term: str
    of: int


class _Span(NamedTuple):
    start: int
    end: int
    entry: _Entry


def find(sentences: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """The loaded and hedging words of sentences.

    Parameters
    ----------
    sentences
        Columns `sentence_id` and `text`; English. Those of `compare.running` make table `language`.
    quotes
        Table `quotes`.

    Returns
    -------
    DataFrame
        Columns of table `language`, a row a span. Where spans of one channel overlap the longest counts. The
        voice is that in which a span begins: "quoted" in a direct quotation (also in one within reported
        speech), "reported" in reported speech, else "own". Words in scare quotes and in the title of a work
        are left out: the text holds them at a distance, and nobody is named who says them.

    Examples
    --------
    >>> sentences = pd.DataFrame({"sentence_id": ["a:s001"], "text": ["A farce, and it may be “a triumph”."]})
    >>> quotes = pd.DataFrame({"sentence_id": ["a:s001"], "start": [23], "end": [34], "kind": ["direct"]})
    >>> found = find(sentences, quotes)
    >>> print(*found.channel + " " + found.term + " " + found.voice, sep="; ")
    insinuation farce own; hedge may own; evaluation triumph* quoted
    """
    parts: dict[str, list[tuple[str, int, int]]] = {}
    for sentence_id, *part in quotes[["sentence_id", "kind", "start", "end"]].itertuples(index=False):
        parts.setdefault(sentence_id, []).append(tuple(part))
    rows = []
    for sentence_id, text in zip(sentences.sentence_id.tolist(), sentences.text.tolist(), strict=True):
        for start, end, entry in _spans(text):
            shown = entry.strength >= SHOWN or entry.channel == "hedge"
            if shown and (voice := _voice(start, parts.get(sentence_id, ()))):
                rows.append((sentence_id, start, end, entry.channel, entry.term, voice))
    return pd.DataFrame(rows, columns=["sentence_id", "start", "end", "channel", "term", "voice"])


def rates(language: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """How many loaded and hedging spans a text has for its length, in each channel and voice.

    Parameters
    ----------
    language
        Table `language`.
    sentences
        The sentences it was made from: columns of table `sentences`.

    Returns
    -------
    DataFrame
        A row an article, channel and voice in which the article says something, also where nothing was found:
        `article_id`, `channel`, `voice`, `spans`, `sentences` (with a span), `words` (in that voice; parts of
        sentences in proportion), `per_1000` (spans per 1,000 words), `low` and `high` (its 95 % interval),
        `share` (of the words, that stand in a span; 0 to 1), `basis` (of the interval) and `evidence`.

        The interval is Garwood's for a Poisson count, widened by the dispersion over paragraphs, which is
        estimated once a channel and voice over all articles (`stats.dispersion`). It is about this text, not
        its outlet, and missing below `stats.FEWEST_CLUSTERS` paragraphs.
    """
    located = language.merge(sentences[["sentence_id", "article_id", "paragraph", "text"]], on="sentence_id")
    spans = zip(located.text, located.start, located.end, strict=True)
    located = located.assign(inside=[len(tokens(text[start:end])) for text, start, end in spans])
    parts = (_rates(located, sentences, *pair) for pair in product(CHANNELS, VOICES))
    table = pd.concat(parts, ignore_index=True)
    named = table[["article_id", "channel", "voice"]].to_dict("records")
    return table.assign(evidence=["language?" + urlencode(one) for one in named])


def words_of_texts(language: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The words of table `language` themselves, text by text, the most frequent first.

    Returns
    -------
    DataFrame
        A row an article, channel and voice in which something was found: `article_id`, `channel`, `voice`,
        `words` ("turning point (2), milestone": as written, in small letters), `sentence_ids` (a tuple).
    """
    placed = language.merge(sentences[["sentence_id", "article_id", "text"]], on="sentence_id")
    spans = zip(placed.text, placed.start, placed.end, strict=True)
    placed = placed.assign(words=[text[start:end].lower() for text, start, end in spans])
    key = ["article_id", "channel", "voice"]
    counts = placed.groupby([*key, "words"]).size().rename("n").reset_index()
    counts = counts.sort_values([*key, "n", "words"], ascending=[True, True, True, False, True])
    counts["words"] += counts.n.map(lambda n: f" ({n})" if n > 1 else "")
    told = counts.groupby(key).words.agg(", ".join).reset_index()
    behind = placed.groupby(key).sentence_id.agg(lambda ids: tuple(dict.fromkeys(ids)))
    return told.merge(behind.rename("sentence_ids"), left_on=key, right_index=True)


def loaded_score(texts: Iterable[str]) -> np.ndarray:
    """How loaded sentences are, each read by itself; 0.5 and above means loaded.

    The strengths of the loaded terms outside quotation marks are added up, one is taken off for each mark of
    plain reporting (a number, "said", "according to"), and the sum is divided by the length. No weight is
    learnt; hedges do not count. The logistic function only maps this to [0, 1]: it is no probability.

    Parameters
    ----------
    texts
        English sentences.

    Returns
    -------
    ndarray
        Shape (number of texts,).

    Examples
    --------
    >>> print(loaded_score(["A disgraceful, utterly cynical farce.", "He said the ships came."]).round(2))
    [1.   0.04]
    """
    rates = np.array([_strength(text) / (len(tokens(text)) + SHORT) for text in texts], float)
    return 1 / (1 + np.exp(-(rates - LOADED) / LOADED))


def loaded_sentences(sentences: pd.DataFrame) -> pd.DataFrame:
    """How many sentences of each text are loaded, each read by itself (:func:`loaded_score`).

    Returns
    -------
    DataFrame
        `article_id`, `sentences` (how many), `loaded` (how many of them), `sentence_ids` (of these, a tuple,
        the most loaded first).
    """
    scored = sentences.assign(score=loaded_score(sentences.text)).sort_values("score", ascending=False)
    found = scored[scored.score >= 0.5].groupby("article_id").sentence_id.agg(tuple)
    table = sentences.groupby("article_id").size().rename("sentences").reset_index()
    ids = [found.get(article_id, ()) for article_id in table.article_id]
    return table.assign(loaded=list(map(len, ids)), sentence_ids=ids)


def _strength(text: str) -> int:
    quoted = [hit.span() for hit in _QUOTED.finditer(text)]
    own = (span for span in _spans(text) if not any(a <= span.start < b for a, b in quoted))
    return sum(span.entry.strength for span in own) - len(_PLAIN.findall(text))


def _voice(start: int, parts: Iterable[tuple[str, int, int]]) -> str | None:
    kinds = {kind for kind, begin, end in parts if begin <= start < end}
    if kinds & _HELD:
        return None
    return "quoted" if "direct" in kinds else "reported" if "indirect" in kinds else "own"


def _rates(located: pd.DataFrame, sentences: pd.DataFrame, channel: str, voice: str) -> pd.DataFrame:
    """The rates of one channel in one voice, a row an article."""
    place = ["article_id", "paragraph"]
    words = (sentences.n_words * sentences[VOICES[voice]]).groupby([sentences[name] for name in place]).sum()
    hits = located[(located.channel == channel) & (located.voice == voice)].groupby(place)
    counts = hits.agg(spans=("start", "size"), sentences=("sentence_id", "nunique"), inside=("inside", "sum"))
    blocks = counts.reindex(words.index, fill_value=0).assign(words=words).reset_index()
    blocks = blocks[blocks.words > 0]
    by_article = blocks.groupby("article_id")
    table = by_article[["spans", "sentences", "words", "inside"]].sum()
    dispersion = stats.dispersion(blocks.spans, blocks.words, blocks.article_id)
    low, high = stats.poisson(table.spans, table.words / 1000, dispersion)
    few = by_article.size() < stats.FEWEST_CLUSTERS
    ends = {"low": np.where(few, np.nan, low), "high": np.where(few, np.nan, high)}
    share = (table.inside / table.words).clip(upper=1)
    table = table.assign(channel=channel, voice=voice, per_1000=1000 * table.spans / table.words, **ends)
    table = table.assign(share=share, basis=np.where(few, NO_BASIS, BASIS))
    return table.reset_index()[[*_RATES, "basis"]]


@lru_cache(8192)  # sentences of two hundred articles: they are read for `language` and again for their score
def _spans(text: str) -> tuple[_Span, ...]:
    """Of each channel the longest spans that do not overlap, in the order of the text."""
    matcher, entries = _terms()
    hits = [_Span(start, end, entries[number]) for start, end, number in matcher.find(text)]
    refused = [hit for hit in hits if not hit.entry.channel]
    kept: list[_Span] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start, -len(hit.entry.term))):
        alike = (one for one in kept if one.entry.channel == hit.entry.channel)
        if hit.entry.channel and not (
            any(one.start < hit.end and hit.start < one.end for one in alike)
            or any(_within(hit, one) for one in refused)
            or _in_name(text, hit)
        ):
            kept.append(hit)
    return tuple(sorted(kept))


def _within(hit: _Span, phrase: _Span) -> bool:
    inside = phrase.start <= hit.start and hit.end <= phrase.end
    return inside and phrase.entry.of in (hit.entry.of, _ANY)


def _in_name(text: str, hit: _Span) -> bool:
    """Whether a word has a capital that neither its place nor a headline's style nor the list gives it."""
    if not text[hit.start].isupper() or not hit.entry.term.islower() or _BEGINS.search(text[: hit.start]):
        return False
    long = _LONG.findall(text)
    return sum(word[0].isupper() for word in long) <= HEADLINE_STYLE * len(long)


@cache
def _terms() -> tuple[Matcher, list[_Entry]]:
    """All terms, and the phrases in which they do not count, in one matcher."""
    entries = []
    for row, (channel, strength, term, exclude, _) in enumerate(read_rows(__file__, "language.tsv")):
        if channel == "name":
            entries.append(_Entry("", 0, term, _ANY))
            continue
        entries.append(_Entry(channel, int(strength), term, row))
        entries += [_Entry("", 0, phrase, row) for phrase in exclude.split("; ") if phrase]
    return Matcher([entry.term for entry in entries]), entries
