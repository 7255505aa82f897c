"""Passages that tell the same matter differently, for a reader to check.

These are no conflicts: rules cannot tell whether two passages mean the same act or the same words. They find
a matter, two content words that stand side by side in few sentences of the corpus and in more than one text
("signal lamps"), and see where its passages part: whose it is, how sure it is, who said it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import chain, product
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers import clauses, spelling
from helpers.names import fold, proper_names
from helpers.timeline.alike import stems, stems_of_texts
from helpers.words import any_of, function_words, matched, read_rows, tokens

RARE = 4  # sentences at most that bring a matter
ONE_PHRASE = 0.8  # share of the shorter quotation's words that the other has
BOUND = 0.5  # Dice's coefficient (0 to 1) of two words from which they name a thing of its own
NEAR, FAR = 8, 14  # words from a deed, and from a doubt, to its matter
SHARED = 4  # words that two claims share to be like ones

COLUMNS = ["kind", "matter", "value_a", "value_b", "sentence_id_a", "sentence_id_b"]
COLUMNS += ["start_a", "end_a", "start_b", "end_b"]

_LISTS = {name: frozenset(words.split()) for name, words in read_rows(__file__, "checks.tsv")}
_ENDS = frozenset(".!?")
_STEMS = {name: frozenset(stems(" ".join(words))) for name, words in _LISTS.items()}
_ANY = {name: rf"(?i)\b(?:{any_of(words)})" for name, words in _LISTS.items()}  # in each text that has one
_hits = lru_cache(8192)(spelling.hits)


class _Place(NamedTuple):
    """Where a sentence brings a matter."""

    sentence_id: str
    text: str
    start: int
    end: int
    bound: float  # how the matter's words keep together: Dice's coefficient of their sentences


def told_differently(
    sentences: pd.DataFrame, quotes: pd.DataFrame, language: pd.DataFrame, limit: int = 12
) -> pd.DataFrame:
    """Passages of two texts that bring one rare matter, but with another speaker, certainty or party.

    speaker: the matter stands in direct quotations of two speakers, each named by the text (no pronoun), that
    share most words of the shorter one, and neither speaker is named beside the other's. certainty: it is
    hedged in one text and a deed in the other. party: the sentences share `SHARED` words, one of them an act
    with two sides ("agreement"), and name nobody in common; a sentence that begins "The agreement …" has also
    the names of the one before it.

    Parameters
    ----------
    sentences
        Table `sentences`, of independent English articles.
    quotes, language
        The tables; of `language` the channel "hedge" is read. Rows of other sentences are not used.
    limit
        Rows at most, a third of them of each kind.

    Returns
    -------
    DataFrame
        `kind`, `matter` as the first text writes it, `value_a` and `value_b` (the speakers; "hedged: …" or
        "flat: …" with the words that make it so; the parties), their sentences `sentence_id_a` and
        `sentence_id_b` in the order of ids, and where the matter stands there (`start_a`, `end_a`, `start_b`,
        `end_b`, characters from 0). The likeliest first; each two values of a kind once.

    Examples
    --------
    >>> said = ["The port announced the delivery of signal lamps.", "It may yet get signal lamps."]
    >>> table = pd.DataFrame({"sentence_id": ["a:s001", "b:s001"], "article_id": ["a", "b"], "text": said})
    >>> columns = ["sentence_id", "start", "end", "kind", "speaker", "speaker_name", "resolved"]
    >>> quotes = pd.DataFrame(columns=columns, dtype="str")
    >>> hedges = pd.DataFrame(columns=["sentence_id", "start", "end", "channel"])
    >>> found = told_differently(table.assign(heading=False, speakers=None), quotes, hedges)
    >>> found[["kind", "matter", "value_a", "value_b"]].values.tolist()
    [['certainty', 'signal lamps', 'flat: delivery', 'hedged: may']]
    """
    rows = sentences[~sentences.heading.astype(bool)].sort_values("sentence_id", ignore_index=True)
    said, beside = spelling.side_by_side(rows.text)
    stemmed = stems_of_texts(rows.text, said)
    pairs, names = _pairs(rows, said, beside, stemmed), proper_names(rows)
    in_pairs = rows.sentence_id.iloc[np.unique(pairs[["one", "other"]])]
    spoken = _spoken(quotes[quotes.sentence_id.isin(in_pairs)], names)
    hedges = _by_sentence(language[language.channel.eq("hedge") & language.sentence_id.isin(in_pairs)])
    sure = cache(lambda place: _sure(place, hedges.get(place.sentence_id, [])))
    quoted, hedged = (rows.sentence_id.isin(some.keys()).to_numpy() for some in (spoken, hedges))
    hedged = hedged | matched(rows.text, _ANY["hedged"])
    flat = matched(rows.text, _ANY["flat"])
    sentence, stem, found = stemmed
    acts = np.bincount(sentence[np.isin(found, [*_STEMS["act"]])[stem]], minlength=len(rows)) > 0
    one, other = pairs.one.to_numpy(), pairs.other.to_numpy()
    unsure = (hedged[one] & flat[other]) | (hedged[other] & flat[one])
    claims = pairs[acts[one] & acts[other]]
    told = np.unique(claims[["one", "other"]])  # what they refer to stands in the sentence before
    small = {*filter(str.islower, chain.from_iterable(map(tokens, said.forms)))}
    parties = _parties(rows.iloc[np.union1d(told, np.maximum(told - 1, 0))], names, small)
    kinds = [
        (_speakers, spoken, pairs[quoted[one] & quoted[other]]),
        (_certainty, sure, pairs[unsure & (pairs.bound >= BOUND)]),
        (_claims, parties, claims),
    ]
    best, ids, texts = {}, rows.sentence_id.tolist(), rows.text.tolist()
    for differ, known, some in kinds:
        for matter, bound, *places in some.itertuples(index=False):
            a, b = (_place(ids[n], texts[n], at, bound) for n, at in (places[:2], places[2:]))
            for kind, score, *values in differ(a, b, known):
                where = (a.sentence_id, b.sentence_id, a.start, a.end, b.start, b.end)
                row = (-round(score, 9), kind, a.text[a.start : a.end], *values, *where)
                best[kind, matter] = min(best.get((kind, matter), row), row)
    found = pd.DataFrame(sorted(best.values()), columns=["score", *COLUMNS]).drop(columns="score")
    again = found.duplicated(["kind", "sentence_id_a", "sentence_id_b"])
    again |= found.duplicated(["kind", "value_a", "value_b"]) & found.kind.ne("certainty")
    found = found[~again]
    return found[found.groupby("kind").cumcount() < limit / 3].reset_index(drop=True)


def _by_sentence(spans: pd.DataFrame) -> dict[str, list]:
    """The rows of spans, by the sentence they stand in."""
    found = defaultdict(list)
    for row in spans.itertuples():
        found[row.sentence_id].append(row)
    return found


def _pairs(rows: pd.DataFrame, said: spelling.Running, beside: np.ndarray, stemmed: tuple) -> pd.DataFrame:
    """Two places, of two texts, of one matter: content words side by side, small, in few sentences.

    Returns
    -------
    DataFrame
        `matter` (its number), `bound`, and of both places the number of the sentence (`one`, `other`) and of
        the matter's first word in it (`at`, `at_other`).
    """
    code, stems = pd.factorize(np.array([_content(form) for form in said.forms], object))
    whole = np.array([spelling.spelt(form)[0] == form for form in said.forms], bool)  # not "lamp’s"
    word = code[said.form]
    first = np.flatnonzero(beside & whole[said.form] & (word >= 0))
    first = first[word[first + 1] >= 0]
    number = word[first] * np.int64(len(stems)) + word[first + 1]
    _, matter, times = np.unique(number, return_inverse=True, return_counts=True)
    few = (times[matter] > 1) & (times[matter] <= RARE)
    order = np.flatnonzero(few)[np.argsort(matter[few], kind="stable")]
    first, matter = first[order], matter[order]
    bearing = dict(zip(stemmed[2], np.bincount(stemmed[1]).tolist(), strict=True))
    borne = np.array([bearing.get(stem, 0) for stem in stems])
    bound = 2 * times[matter] / (borne[word[first]] + borne[word[first + 1]])
    text = said.text[first]
    at = first - np.searchsorted(said.text, text)
    article, parts = pd.factorize(rows.article_id)[0][text], []
    for apart in range(1, RARE):
        one = np.flatnonzero((matter[apart:] == matter[:-apart]) & (article[apart:] != article[:-apart]))
        other = one + apart
        columns = {"matter": matter[one], "bound": bound[one], "one": text[one], "at": at[one]}
        parts.append(pd.DataFrame(columns | {"other": text[other], "at_other": at[other]}))
    return pd.concat(parts, ignore_index=True)


def _place(sentence_id: str, text: str, at: int, bound: float) -> _Place:
    """The place of a matter whose words are the one so far into a sentence and the next."""
    one, two = map(spelling.word, _hits(text)[at : at + 2])
    return _Place(sentence_id, text, one.start, two.end, bound)


@lru_cache(100_000)
def _content(form: str) -> str | None:
    """The stem of a content word in small letters; missing for others, as names."""
    text, key = spelling.spelt(form)
    plain = text.islower() and key.isalpha() and len(key) > 1 and key not in function_words()
    found = stems(key) if plain else []
    return found[0] if found and found[0] not in _STEMS["weak"] else None


def _spoken(quotes: pd.DataFrame, names: pd.DataFrame) -> dict[str, list]:
    """The direct quotations whose speaker has a proper name, by sentence; "the Sundmoor rower" is none."""
    names = names.drop_duplicates(["name", "key"], keep="last")
    keys = {fold(name): full for name, full in zip(names.name, names.key, strict=True)}
    keys |= {full: full for full in names.key}
    described = quotes.speaker.str.casefold().eq("the " + quotes.speaker_name.str.casefold())
    sure = quotes.resolved.isin(["stated", "fuller form"])  # of six found by pronouns, four were another's
    told = quotes[quotes.kind.eq("direct") & sure & ~described]
    forms = [fold(name) if isinstance(name, str) else "" for name in told.speaker_name]
    told = told.assign(words=[{*tokens(f"{form} {keys.get(form, '')}")} for form in forms])
    told = told[pd.Series([form in keys for form in forms], told.index, dtype=bool)]
    return _by_sentence(told)


def _speakers(one: _Place, other: _Place, spoken: dict[str, list]) -> Iterator[tuple]:
    """The matter in quotations of two speakers, neither named beside the other's."""
    said = [[q for q in spoken.get(p.sentence_id, ()) if q.start <= p.start < q.end] for p in (one, other)]
    beside = [{*tokens(fold(place.text))} for place in (one, other)] if all(said) else []
    for a, b in product(*said):
        first, second = {*stems(one.text[a.start : a.end])}, {*stems(other.text[b.start : b.end])}
        share = len(first & second) / min(len(first), len(second))
        if share >= ONE_PHRASE and not a.words & (b.words | beside[1]) and not b.words & beside[0]:
            yield "speaker", share, a.speaker_name, b.speaker_name


def _certainty(one: _Place, other: _Place, sure: Callable[[_Place], str]) -> Iterator[tuple]:
    """The matter hedged in one text and flat in the other."""
    values = [sure(one), sure(other)]
    if {value.split(":")[0] for value in values} == {"hedged", "flat"}:
        yield "certainty", one.bound, *values


def _sure(place: _Place, hedges: list) -> str:
    """How sure the clause is up to the matter: "hedged: …", "flat: …", or empty where it is neither."""
    read = clauses.read(place.text, frozenset())
    doubts = [
        word in _LISTS["hedged"] or any(hedge.start <= start < hedge.end for hedge in hedges)
        for word, start in zip(read.words, read.starts, strict=True)
    ]
    at = sum(end <= place.start for end in read.ends)
    first = max((n + 1 for n in range(at) if read.words[n] in _ENDS), default=0)
    before = [n for n in range(first, at) if read.clause[n] == read.clause[at]]
    hedged = [read.words[n] for n in before[-FAR:] if doubts[n]]
    deeds = [read.words[n] for n in before[-NEAR:] if read.words[n] in _LISTS["flat"]]
    if hedged:
        return f"hedged: {' '.join(hedged)}"
    return f"flat: {deeds[-1]}" if deeds and not any(doubts) and not any(read.negated) else ""


def _claims(one: _Place, other: _Place, parties: dict[str, list[str]]) -> Iterator[tuple]:
    """Like claims about an act that has two sides, with nobody named in both."""
    first, second = _bearing(one.text), _bearing(other.text)
    shared, named = first & second, [parties[place.sentence_id] for place in (one, other)]
    if len(shared) < SHARED or not shared & _STEMS["act"]:
        return
    words = [{word[:4].lower() for name in names for word in tokens(name)} for names in named]
    if all(words) and not words[0] & words[1]:
        yield "party", 2 * len(shared) / (len(first) + len(second)), *map(", ".join, named)


@lru_cache(8192)  # sentences, which each bring several matters
def _bearing(text: str) -> frozenset[str]:
    """The stems of a sentence that say something."""
    return frozenset(stems(text)) - _STEMS["weak"]


def _parties(sentences: pd.DataFrame, names: pd.DataFrame, small: set[str]) -> dict[str, list[str]]:
    """Whom a sentence is about: its names, and those of the one before if it refers to it ("The deal …").

    Who only speaks in it is none, nor what the texts write small as well ("the Charter", "the charter").
    """
    named, found, before = defaultdict(list), {}, ("", [])
    names = names[names.sentence_id.isin(sentences.sentence_id)]
    for sentence_id, name in zip(names.sentence_id, names.name, strict=True):
        if not {word.lower() for word in tokens(name)} <= small:
            named[sentence_id].append(name)
    for row in sentences.itertuples():
        first, second = [*tokens(row.text), "", ""][:2]
        refers = row.article_id == before[0] and first.lower() in _LISTS["refers"] and second.islower()
        speak = {*tokens(str(row.speakers))}
        own = [name for name in named[row.sentence_id] if not {*tokens(name)} & speak]
        found[row.sentence_id] = list(dict.fromkeys(own + (before[1] if refers else [])))
        before = row.article_id, named[row.sentence_id]
    return found
