"""A sentence as rules see it: words, names, quotations, clauses, negation; without a parser."""

import re
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from helpers.words import read_pairs

_SHORT = r"(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gen|Lt|Col|Capt|Sgt|St|Jr|Sr|Prof|Rev)\.|(?:[A-Z]\.){2,}"
_WORD = r"\w+(?:-\w+)*|['’](?:s|re|ve|ll|d|m)\b|[^\w\s]"
_TOKEN = re.compile(f"{_SHORT}|{_WORD}")
_NOT = re.compile(r"n['’]t\b")  # in few sentences; to look for it in every word takes long
_TOKEN_OR_NOT = re.compile(rf"{_NOT.pattern}|{_SHORT}|\w+(?={_NOT.pattern})|{_WORD}")
_OPENING, _CLOSING, _EITHER = "“«„", "”»", '"'
_OPENS = frozenset([*".:!?", *_OPENING, _EITHER, ""])  # after these the next word may begin a sentence
_PARTS = frozenset([*";:—–()", ""])  # marks that part clauses
_KEPT = 8192  # sentences: those of two hundred articles, which rules of several kinds read one after another
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
    words = [word.replace("’", "'") for word in written] if "’" in text else written
    words = [word.lower() for word in words]
    name = _names(written, words, common)
    pronouns, begins = words_of("personal pronoun"), words_of("begins a clause")
    return Clauses(
        starts=[one.start() for one in found],
        ends=[one.end() for one in found],
        words=words,
        name=name,
        others=[at for at, word in enumerate(words) if name[at] or word in pronouns],
        quoted=np.array(_quoted(written), bool),
        clause=list(accumulate([word in begins or word in _PARTS for word in words])),
        negated=np.array(_negated(words), bool),
    )


def token_spans(text: str) -> list[tuple[int, int]]:
    """Where each token of a sentence that :func:`read` splits starts and ends."""
    return [one.span() for one in _found(text)]


def _found(text: str) -> list[re.Match]:
    token = _TOKEN_OR_NOT if _NOT.search(text) else _TOKEN
    return list(token.finditer(text)) or [re.compile("").match(text)]


def _names(written: list[str], words: list[str], common: frozenset[str]) -> list[bool]:
    upper = [word[:1].isupper() and word != "I" for word in written]
    opens = True  # whether the next word begins a sentence
    found = []
    for at, word in enumerate(written):
        followed = at + 1 < len(upper) and upper[at + 1]
        found.append(upper[at] and (not opens or followed or words[at] not in common))
        opens = word in _OPENS or (opens and not word[:1].isalnum())
    return found


def _quoted(written: list[str]) -> list[bool]:
    if not any(sign in written for sign in (*_OPENING, _EITHER, "")):
        return [False] * len(written)
    inside, found = False, []
    for word in written:
        inside = word in _OPENING or (inside and word not in _CLOSING) if word != _EITHER else not inside
        found.append(inside)
    return found


def _negated(words: list[str]) -> list[bool]:
    left, found, negations, marks = 0, [], words_of("negation"), words_of("mark")
    if negations.isdisjoint(words):
        return [False] * len(words)
    for word in words:
        left = 0 if word in marks else left
        found.append(left > 0)
        left = _REACH if word in negations else max(left - 1, 0)
    return found


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
