"""Sentences → statements: the words in them that tell of something that happens.

There is no parser: clauses are parted at marks and conjunctions, and what an expression of time dates is the
event word that costs least to reach from it. On 648 dated sentences read for the word, the rule finds it
in 69 % (the nearest event word in 54 %).
"""

import re
from functools import cache, lru_cache

import pandas as pd

from helpers.clauses import Clauses, inside, read, verbal, words_of
from helpers.timeline import actions
from helpers.words import function_words, read_pairs

# What it costs to take a word for what a date dates, beside the words between them. Chosen on those
# sentences; none of them matters much: two more or less change 1 in 50, but for `noun` - 2 (1 in 20).
_NOUN, _STATE, _LOOSE, _COMMA, _AFTER, _CLAUSE, _PLAN = 3, 4, 3, 2, 4, 5, 4
_RANKS = {"action": 0, "phase": 1, "plan": 1, "saying": 2, "state": 4}
_NOUN_RANK = 3
_REACH = 6  # words from "Friday's" to what it dates
_CLAUSE_REACH = 12  # words from a date to the verb of "when …" after it
_LONGEST = 4  # words of an expression in actions.tsv
_FRAGMENT = 5  # words
_COUNTED = re.compile(r"(?:\s(?:of|after|from) (?:(?:the|its|their|his|her) )?[a-z]+)?")
_COLUMNS = ["sentence_id", "start", "end", "word", "said_in", "dated"]


class _Word:
    """An event word: place of its first token, rank (the lower the likelier a head), verb or noun."""

    __slots__ = ("at", "rank", "verb")

    def __init__(self, at: int, rank: int, verb: bool) -> None:
        self.at, self.rank, self.verb = at, rank, verb


def statements(sentences: pd.DataFrame, dates: pd.DataFrame) -> pd.DataFrame:
    """Find what sentences tell: the event words that are to be dated and compared.

    Parameters
    ----------
    sentences
        Table `sentences`; English.
    dates
        Table `dates` of these sentences; `event_id` is not needed.

    Returns
    -------
    DataFrame
        `sentence_id`, `start` and `end` (of the event word in the sentence), `word`; of the expression of
        time that dates it `said_in` (the sentence in which it stands) and `dated` (where), missing where none
        does. A word has one expression at most: of several that would date the same one, the first does. That
        of a fragment ("July 1999.") dates the first word without another in the sentence after it. Past forms
        of verbs of action are event words also without an expression. Headings have none.
    """
    text = dict(zip(sentences.sentence_id.tolist(), sentences.text.tolist(), strict=True))
    times: dict[str, list[list[int]]] = {}
    columns = (dates[name].tolist() for name in ("sentence_id", "start", "end", "type"))
    for one, start, end, type_ in zip(*columns, strict=True):
        if type_ == "DURATION":  # of "three months of signing" the signing is no event word
            end = _COUNTED.match(text[one], end).end()
        times.setdefault(one, []).append([start, end])
    fragment, rows = None, []
    body = sentences[~sentences.heading].sort_values(["article_id", "start"])
    columns = (body[name].tolist() for name in ("sentence_id", "article_id", "text", "n_words"))
    for sentence_id, article_id, whole, n_words in zip(*columns, strict=True):
        spans = times.get(sentence_id, [])
        found = event_words(whole, spans)
        if spans and not found and n_words < _FRAGMENT:
            fragment = (article_id, sentence_id, spans[0][0])
            continue
        for start, end, dated in found:
            said_in = sentence_id if dated is not None else None
            if dated is None and fragment and fragment[0] == article_id:
                said_in, dated = fragment[1:]
                fragment = None
            rows.append((sentence_id, start, end, whole[start:end], said_in, dated))
        fragment = None
    return pd.DataFrame(rows, columns=_COLUMNS).astype({"dated": "Int64"})


def event_words(text: str, times: list[list[int]]) -> list[tuple[int, int, int | None]]:
    """The event words of a sentence: start, end and the start of the expression that dates it.

    Examples
    --------
    >>> found = event_words("The crew left on Monday, while a storm sank two boats.", [[17, 23]])
    >>> [(start, dated) for start, _, dated in found]
    [(9, 17), (39, None)]
    """
    parts = read(text, function_words())
    found = _event_words(parts, times)
    dated: dict[int, int] = {}
    for start, end in sorted(times):
        tokens = inside(parts, start, end)
        free = [word for word in found if word.at not in dated] or found
        if tokens and free:
            governor = _governor(parts, free, tokens[0], tokens[-1])
            dated.setdefault(_what_happened(parts, free, governor).at, start)
    past = {word.at for word in found if word.verb and word.rank == 0 and _is_past(parts.words[word.at])}
    return [(parts.starts[at], parts.ends[at], dated.get(at)) for at in sorted({*dated, *past})]


def _event_words(parts: Clauses, times: list[list[int]]) -> list[_Word]:
    found, words = [], parts.words
    taken = {at for start, end in times for at in inside(parts, start, end)}
    asked = _is_event if times else _tells  # no other word counts without an expression
    for at in [at for at, word in enumerate(words) if asked(word)]:
        if at in taken or (at and parts.name[at]):
            continue
        written = word = words[at]
        if actions.begins(word) and actions.continues("".join(words[at + 1 : at + 2])):
            longest = ("_".join(words[at : at + length]) for length in range(_LONGEST, 1, -1))
            written = next((one for one in longest if actions.forms(one) and actions.kinds(one)), word)
        rank, forms = _as_event(written, word)
        if rank is None:
            continue
        verb = forms != {"noun"} and ("noun" not in forms or verbal(words, parts.name, at))
        found.append(_Word(at, rank if verb else _NOUN_RANK, verb))
    return found


@lru_cache(100_000)
def _is_event(word: str) -> bool:
    """Whether a word may be an event or begin an expression that is one; of most words that is all to ask."""
    return actions.begins(word) or _as_event(word, word)[0] is not None


@lru_cache(100_000)
def _tells(word: str) -> bool:
    """Whether a word may be an event also without an expression of time."""
    return _is_past(word) and _is_event(word)


@lru_cache(100_000)
def _as_event(written: str, word: str) -> tuple[int | None, frozenset[str]]:
    """The rank as a verb of an expression, or else of its first word, and its forms; no rank: no event."""
    kinds, forms = actions.kinds(written), actions.forms(written)
    if word in _none():
        return None, forms
    if kinds and forms:
        return min(map(_RANKS.get, kinds)), forms
    past = word.endswith("ed") and len(word) > 3 and word not in function_words()
    return 0 if past else None, frozenset()


def _is_past(word: str) -> bool:
    return word.endswith("ed") or "past" in actions.forms(word)


def _governor(parts: Clauses, found: list[_Word], first: int, last: int) -> _Word:
    """The event word that the expression from token `first` to `last` dates."""
    words, after = parts.words, parts.words[last + 1 : last + 3]
    owned = "'s" in after[:1] or (after[:1] and after[0] in words_of("part of day") and "'s" in after)
    within = first > 0 and (words[first - 1] in words_of("determiner") or words[first - 1] == "'s")
    if owned or (within and after[:1] and after[0].isalpha()):
        nouns = [word for word in found if not word.verb and 0 < word.at - last <= _REACH]
        run = [word for number, word in enumerate(nouns) if word.at == nouns[0].at + number]
        if run:  # "Friday's press conference": the last noun of those side by side
            return run[-1]
    clause = [word for word in found if last + 1 < word.at <= last + _CLAUSE_REACH and word.verb]
    if clause and "when" in words[last + 1 : last + 3]:  # "back to May 1999, when the charter was signed"
        return min(clause, key=lambda word: (word.rank, word.at))
    opens = first
    while opens and words[opens - 1] in words_of("before a time"):
        opens -= 1
    fronted = (
        opens == 0 or not words[opens - 1][-1:].isalnum() or words[opens - 1] in words_of("joins clauses")
    )
    return min(found, key=lambda word: (_cost(parts, found, word, first, last, fronted), word.at))


def _what_happened(parts: Clauses, found: list[_Word], word: _Word) -> _Word:
    """Of a word that says only that something happened ("took place"), the nearest noun that says what."""
    if "happen" not in actions.of(parts.words[word.at]) and parts.words[word.at] != "took":
        return word
    nouns = [one for one in found if not one.verb and "happen" not in actions.of(parts.words[one.at])]
    return min(
        nouns, key=lambda one: (abs(one.at - word.at) + _AFTER * (one.at > word.at), one.at), default=word
    )


def _cost(parts: Clauses, found: list[_Word], word: _Word, first: int, last: int, fronted: bool) -> float:
    words, at = parts.words, word.at
    follows = at > last
    cost = at - last if follows else first - at
    if not (follows and fronted):
        cost += _AFTER * follows + _COMMA * words[min(at, first) : max(at, first)].count(",")
    cost += _CLAUSE * abs(parts.clause[at] - parts.clause[first])
    if not word.verb:
        beside = any(other.at == at + 1 and not other.verb for other in found)
        return cost + _NOUN + _PLAN * beside
    loose = words[at].endswith("ing") and not words_of("be") & set(words[max(0, at - 3) : at])
    planned = word.rank == 1 and any(0 < other.at - at <= 4 and other.rank == 0 for other in found)
    infinitive = at > 0 and words[at - 1] == "to"
    return cost + _STATE * (word.rank == 4) + _LOOSE * loose + _PLAN * planned + infinitive


@cache
def _none() -> frozenset[str]:
    """Words that look like event words and are part of a turn ("in the wake of")."""
    return frozenset(read_pairs(__file__, "telling.tsv")["none"].split())
