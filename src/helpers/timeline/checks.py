"""Passages that tell the same matter differently, for a reader to check.

These are no conflicts: rules cannot tell whether two passages mean the same act or the same words. They find
a matter, two content words that stand side by side in few sentences of the corpus and in more than one text
("signal lamps"), and see where its passages part: whose it is, how sure it is, who said it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, combinations, pairwise, product
from typing import NamedTuple

import pandas as pd

from helpers import clauses, spelling
from helpers.names import fold, proper_names
from helpers.timeline.alike import stems
from helpers.words import function_words, read_rows, tokens

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


class _Place(NamedTuple):
    """Where a sentence brings a matter."""

    sentence_id: str
    article_id: str
    text: str
    start: int
    end: int
    bound: float = 0.0  # how the matter's words keep together: Dice's coefficient of their sentences


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
    names = proper_names(rows)
    spoken, parties = _spoken(quotes, names), _parties(rows, names)
    hedges = _by_sentence(language[language.channel.eq("hedge")])
    best = {}
    for matter, places in _matters(rows).items():
        for one, other in combinations(places, 2):
            if one.article_id == other.article_id:
                continue
            where = (one.sentence_id, other.sentence_id, one.start, one.end, other.start, other.end)
            found = (
                _speakers(one, other, spoken),
                _certainty(one, other, hedges),
                _claims(one, other, parties),
            )
            for kind, score, *values in chain(*found):
                row = (-round(score, 9), kind, one.text[one.start : one.end], *values, *where)
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


def _matters(sentences: pd.DataFrame) -> dict[tuple[str, str], list[_Place]]:
    """Where two content words stand side by side, small; those of few sentences and several texts."""
    bearing = Counter(stem for text in sentences.text for stem in {*stems(text)})
    places = defaultdict(list)
    columns = (sentences[name].tolist() for name in ("sentence_id", "article_id", "text"))
    for sentence_id, article_id, text in zip(*columns, strict=True):
        found = spelling.words(text)
        content = [_content(word.text, word.key) for word in found]
        for at, (one, two) in enumerate(pairwise(found)):
            if None not in content[at : at + 2] and text[one.end : two.start].isspace():
                matter = content[at] + content[at + 1]
                places[matter].append((sentence_id, article_id, text, one.start, two.end))
    found = {}
    for matter, brought in sorted(places.items()):
        if len(brought) <= RARE and len({article_id for _, article_id, *_ in brought}) > 1:
            bound = 2 * len(brought) / sum(bearing[word] for word in matter)
            found[matter] = [_Place(*place, bound) for place in brought]
    return found


@lru_cache(100_000)
def _content(text: str, key: str) -> tuple[str, ...] | None:
    """The stem of a content word in small letters; missing for others, as names."""
    plain = text.islower() and key.isalpha() and len(key) > 1 and key not in function_words()
    found = tuple(stems(key)) if plain else None
    return None if found is None or _STEMS["weak"].intersection(found) else found


def _spoken(quotes: pd.DataFrame, names: pd.DataFrame) -> dict[str, list]:
    """The direct quotations whose speaker has a proper name, by sentence; "the Sundmoor rower" is none."""
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


def _certainty(one: _Place, other: _Place, hedges: dict[str, list]) -> Iterator[tuple]:
    """The matter hedged in one text and flat in the other."""
    if one.bound < BOUND:
        return
    values = [_sure(place, hedges.get(place.sentence_id, [])) for place in (one, other)]
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


def _parties(sentences: pd.DataFrame, names: pd.DataFrame) -> dict[str, list[str]]:
    """Whom a sentence is about: its names, and those of the one before if it refers to it ("The deal …").

    Who only speaks in it is none, nor what is written small as well ("the Charter", "the charter").
    """
    small = {*filter(str.islower, {*chain.from_iterable(map(tokens, sentences.text))})}
    named, found, before = defaultdict(list), {}, ("", [])
    for row in names.itertuples():
        if not {word.lower() for word in tokens(row.name)} <= small:
            named[row.sentence_id].append(row.name)
    for row in sentences.itertuples():
        first, second = [*tokens(row.text), "", ""][:2]
        refers = row.article_id == before[0] and first.lower() in _LISTS["refers"] and second.islower()
        speak = {*tokens(str(row.speakers))}
        own = [name for name in named[row.sentence_id] if not {*tokens(name)} & speak]
        found[row.sentence_id] = list(dict.fromkeys(own + (before[1] if refers else [])))
        before = row.article_id, named[row.sentence_id]
    return found
