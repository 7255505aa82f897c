"""A sentence as the tone model sees it: words, names, quotations, clauses and what is negated, without a parser."""

import re
from dataclasses import dataclass
from functools import cache

import numpy as np

from helpers.words import read_pairs

_TOKEN = re.compile(
    r"n['’]t\b|(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gen|Lt|Col|Capt|Sgt|St|Jr|Sr|Prof|Rev)\.|(?:[A-Z]\.){2,}"
    r"|\w+(?=n['’]t\b)|\w+(?:-\w+)*|['’](?:s|re|ve|ll|d|m)\b|[^\w\s]"
)
_OPENING, _CLOSING, _EITHER = "“«„", "”»", '"'
_REACH = 4  # words that a negation reaches, unless a mark or quotation ends it


@dataclass(slots=True, eq=False)
class Clauses:
    """The tokens of a sentence, and for each what a rule says of it (arrays of shape (tokens,))."""

    starts: np.ndarray  # in characters
    ends: np.ndarray
    words: list[str]  # lower case, straight apostrophes
    name: np.ndarray  # whether it belongs to a name, by its capital
    other: np.ndarray  # whether it names somebody: a name or a personal pronoun
    quoted: np.ndarray  # whether it stands in quotation marks
    clause: np.ndarray  # number of its clause
    negated: np.ndarray
    verbal: np.ndarray  # whether it is used as a verb, by the words beside it
    passive: np.ndarray  # whether a form of "be" or "get" stands before it


@cache
def words_of(kind: str) -> frozenset[str]:
    """The words of one class of `grammar.tsv`."""
    return frozenset(read_pairs(__file__, "grammar.tsv")[kind].split())


def read(text: str, common: frozenset[str]) -> Clauses:
    """Split a sentence, and say of each token what the rules tell.

    Parameters
    ----------
    text
        One sentence of English.
    common
        Words that are no names: a capitalised word that begins a sentence is a name unless it is among them
        and no other capitalised word follows.
    """
    found = list(_TOKEN.finditer(text))
    written = [one[0] for one in found]
    words = [word.lower().replace("’", "'") for word in written]
    name = np.array(_names(written, words, common), bool)
    pronoun = np.array([word in words_of("personal pronoun") for word in words], bool)
    bounds = [word in words_of("begins a clause") or word in ";:—–()" for word in words]
    marks = [word in words_of("mark") for word in words]
    return Clauses(
        starts=np.array([one.start() for one in found], int),
        ends=np.array([one.end() for one in found], int),
        words=words,
        name=name,
        other=name | pronoun,
        quoted=np.array(_quoted(written), bool),
        clause=np.cumsum(bounds),
        negated=np.array(_negated(words, marks), bool),
        verbal=np.array([_verbal(words, name, at) for at in range(len(words))], bool),
        passive=np.array([_passive(words, at) for at in range(len(words))], bool),
    )


def _names(written: list[str], words: list[str], common: frozenset[str]) -> list[bool]:
    upper = [word[0].isupper() and word != "I" for word in written]
    opens = True  # whether the next word begins a sentence
    found = []
    for at, word in enumerate(written):
        followed = at + 1 < len(upper) and upper[at + 1]
        found.append(upper[at] and (not opens or followed or words[at] not in common))
        opens = word in ".:!?" or (opens and not word[0].isalnum()) or word in _OPENING + _EITHER
    return found


def _quoted(written: list[str]) -> list[bool]:
    inside, found = False, []
    for word in written:
        inside = word in _OPENING or (inside and word not in _CLOSING) if word != _EITHER else not inside
        found.append(inside)
    return found


def _negated(words: list[str], marks: list[bool]) -> list[bool]:
    left, found = 0, []
    for word, mark in zip(words, marks, strict=True):
        left = 0 if mark else left
        found.append(left > 0)
        left = _REACH if word in words_of("negation") else max(left - 1, 0)
    return found


def _verbal(words: list[str], name: np.ndarray, at: int) -> bool:
    """Whether a word that may be a verb or a noun ("attack") is the verb here."""
    word, before = words[at], words[at - 1] if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    if word.endswith("ed"):
        return True
    if before in words_of("determiner") or before == "'s" or before in words_of("preposition") - {"to"}:
        return False
    if before in words_of("auxiliary") | words_of("subject pronoun") | words_of("negation"):
        return True
    if at and (name[at - 1] or before.endswith("ly")):
        return True
    follows = after in words_of("determiner") or after in words_of("personal pronoun")
    return follows or bool(at + 1 < len(words) and name[at + 1]) or (word.endswith("ing") and after != "of")


def _passive(words: list[str], at: int) -> bool:
    if not words[at].endswith(("d", "n", "t", "k")):
        return False
    for before in reversed(words[max(0, at - 3) : at]):
        if before in words_of("be") or before in words_of("get"):
            return True
        if not before.endswith("ly") and before not in words_of("between auxiliary and verb"):
            return False
    return False
