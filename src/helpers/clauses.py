"""A sentence as rules see it: words, names, quotations, clauses, negation; without a parser."""

import re
from bisect import bisect_left, bisect_right
from functools import cache, lru_cache
from itertools import accumulate, zip_longest
from typing import NamedTuple

import numpy as np

from helpers.words import read_pairs

_TITLE = "Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gen|Lt|Col|Capt|Sgt|St|Jr|Sr|Prof|Rev"
# What it begins with is looked at first: to try every title at every word takes half of the time.
_SHORT = rf"(?=[A-Z][a-z]{{0,3}}\.)(?:(?:{_TITLE})\.|(?:[A-Z]\.){{2,}})"
_WORD = r"\w+(?:-\w+)*|['’](?:s|re|ve|ll|d|m)\b|[^\w\s]"
_TOKEN = re.compile(f"{_SHORT}|{_WORD}")
_NOT = re.compile(r"n['’]t\b")  # in few sentences; to look for it in every word takes long
_TOKEN_OR_NOT = re.compile(rf"{_NOT.pattern}|{_SHORT}|\w+(?={_NOT.pattern})|{_WORD}")
_OPENING, _CLOSING, _EITHER = "“«„", "”»", '"'
_OPENS = frozenset([*".:!?", *_OPENING, _EITHER, ""])  # after these the next word may begin a sentence
_QUOTES = frozenset([*_OPENING, _EITHER, ""])
_PARTS = frozenset([*";:—–()", ""])  # marks that part clauses
_KEPT = (
    40_000  # sentences: those of 1,000 articles (80 MB), which rules of several kinds read one after another
)
_REACH = 4  # words that a negation reaches, unless a mark or quotation ends it


class Clauses(NamedTuple):
    """The tokens of a sentence, and for each what a rule says of it."""

    starts: list[int]  # in characters
    ends: list[int]
    words: list[str]  # lower case, straight apostrophes
    name: list[bool]  # whether it belongs to a name, by its capital
    others: list[int]  # the places of those that name somebody: names and personal pronouns
    quoted: np.ndarray  # whether it stands in quotation marks
    clause: list[int]  # number of its clause
    negated: np.ndarray


@cache
def words_of(kind: str) -> frozenset[str]:
    """The words of one class of `grammar.tsv`."""
    return frozenset(read_pairs(__file__, "grammar.tsv")[kind].split())


@lru_cache(_KEPT)
def read(text: str, common: frozenset[str]) -> Clauses:
    """Split a sentence, and say of each token what the rules tell. What is returned is not to be changed.

    Parameters
    ----------
    text
        One sentence of English.
    common
        Words that are no names: a capitalised word that begins a sentence is a name unless it is among them
        and no other capitalised word follows.
    """
    found = _found(text)
    written = [one[0] for one in found]
    words = [*map(_small, written)]
    named = _names(written, words, common)
    name = [False] * len(words)
    for at in named:
        name[at] = True
    pronouns = words_of("personal pronoun")
    spoken = [at for at, word in enumerate(words) if word in pronouns]
    return Clauses(
        starts=[one.start() for one in found],
        ends=[one.end() for one in found],
        words=words,
        name=name,
        others=sorted({*named, *spoken}),
        quoted=_quoted(written),
        clause=list(accumulate(map(_parting().__contains__, words))),
        negated=_negated(words),
    )


def token_spans(text: str) -> list[tuple[int, int]]:
    """Where each token of a sentence that :func:`read` splits starts and ends."""
    return [one.span() for one in _found(text)]


def _found(text: str) -> list[re.Match]:
    token = _TOKEN_OR_NOT if _NOT.search(text) else _TOKEN
    return list(token.finditer(text)) or [re.compile("").match(text)]


@lru_cache(100_000)  # also that a word is kept once, and not with each sentence
def _small(word: str) -> str:
    return word.replace("’", "'").lower()


@cache
def _parting() -> frozenset[str]:
    return words_of("begins a clause") | _PARTS


def _names(written: list[str], words: list[str], common: frozenset[str]) -> list[int]:
    """The places of words that belong to names."""
    upper = [at for at, word in enumerate(written) if word[:1].isupper() and word != "I"]
    return [
        at
        for at, following in zip_longest(upper, upper[1:])
        if following == at + 1 or words[at] not in common or not _opens(written, at)
    ]


def _opens(written: list[str], at: int) -> bool:
    """Whether a word may begin a sentence: marks that end none may stand before it."""
    for before in reversed(written[:at]):
        if before in _OPENS:
            return True
        if before[:1].isalnum():
            return False
    return True


def _quoted(written: list[str]) -> np.ndarray:
    found = np.zeros(len(written), bool)
    if _QUOTES.isdisjoint(written):
        return found
    inside = False
    for at, word in enumerate(written):
        inside = word in _OPENING or (inside and word not in _CLOSING) if word != _EITHER else not inside
        found[at] = inside
    return found


def _negated(words: list[str]) -> np.ndarray:
    found, left, negations, marks = np.zeros(len(words), bool), 0, words_of("negation"), words_of("mark")
    if negations.isdisjoint(words):
        return found
    for at, word in enumerate(words):
        left = 0 if word in marks else left
        found[at] = left > 0
        left = _REACH if word in negations else max(left - 1, 0)
    return found


def inside(parts: Clauses, start: int, end: int) -> range:
    """The places of the tokens that lie in a span of the sentence, if only in part."""
    return range(bisect_right(parts.ends, start), bisect_left(parts.starts, end))


def verbal(words: list[str], name: list[bool], at: int) -> bool:
    """Whether a word that may be a verb or a noun ("attack") is the verb here."""
    word, before = words[at], words[at - 1] if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    if word.endswith("ed"):
        return True
    if before in words_of("determiner") or before == "'s" or before in words_of("preposition") - {"to"}:
        return False
    between = words_of("between auxiliary and verb")
    auxiliary = next((one for one in reversed(words[:at]) if one not in between), "")
    if auxiliary in words_of("be"):  # "is not corrupt", "was attacking"
        return word.endswith(("ing", "en"))
    if before in words_of("auxiliary") | words_of("subject pronoun") | words_of("negation"):
        return True
    if at and (name[at - 1] or before.endswith("ly")):
        return True
    follows = after in words_of("determiner") or after in words_of("personal pronoun")
    return follows or (at + 1 < len(words) and name[at + 1]) or (word.endswith("ing") and after != "of")


def passive(words: list[str], at: int) -> bool:
    """Whether a form of "be" or "get" stands before a word that can be a participle."""
    if not words[at].endswith(("d", "n", "t", "k")):
        return False
    for before in reversed(words[max(0, at - 3) : at]):
        if before in words_of("be") or before in words_of("get"):
            return True
        if not before.endswith("ly") and before not in words_of("between auxiliary and verb"):
            return False
    return False
