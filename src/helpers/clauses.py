"""A sentence as rules see it: words, names, quotations, clauses, negation; without a parser."""

import re
import sys
from bisect import bisect_left, bisect_right
from functools import cache, lru_cache, reduce
from itertools import accumulate, zip_longest
from operator import or_
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
_PARTS = frozenset([*";:—–()", ""])  # marks that part clauses
_KEPT = 40_000  # sentences: those of 1,000 articles (80 MB), which rules of several kinds read in turn
_REACH = 4  # words that a negation reaches, unless a mark or quotation ends it
# signs: what can be told of a token by itself
_PARTING, _UPPER, _WORDLIKE, _OPEN, _QUOTES, _CLOSES, _TURNS, _PRONOUN, _NEGATION, _MARK = (
    1 << bit for bit in range(10)
)  # the first of them is added up


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
    starts, ends, words, signs = _split(text)
    told = reduce(or_, {*signs})
    named = _names(words, signs, common) if told & _UPPER else []
    name = [False] * len(words)
    for at in named:
        name[at] = True
    spoken = [at for at, sign in enumerate(signs) if sign & _PRONOUN] if told & _PRONOUN else []
    return Clauses(
        starts,
        ends,
        words,
        name,
        others=sorted({*named, *spoken}) if spoken else named,
        quoted=_quoted(signs) if told & (_QUOTES | _TURNS) else np.zeros(len(words), bool),
        clause=[*accumulate([sign & _PARTING for sign in signs])] if told & _PARTING else [0] * len(words),
        negated=_negated(signs) if told & _NEGATION else np.zeros(len(words), bool),
    )


def _split(text: str) -> tuple[list[int], list[int], list[str], list[int]]:
    """The tokens of a sentence: start, end, word and signs of each.

    None has a blank in it, so that what stands between blanks is split once, wherever it is met.
    """
    starts, ends, words, signs, begin = [], [], [], [], 0
    for piece in text.split(" "):
        for start, end, word, sign in _tokens(piece):
            starts.append(begin + start)
            ends.append(begin + end)
            words.append(word)
            signs.append(sign)
        begin += len(piece) + 1
    return (starts, ends, words, signs) if words else ([0], [0], [""], [_told("")[1]])


@lru_cache(100_000)  # also that a word is kept once, and not with each sentence
def _tokens(piece: str) -> list[tuple[int, int, str, int]]:
    """The tokens of a piece of a sentence: start, end, in small letters, and its signs."""
    if piece.isalpha():
        return [(0, len(piece), *_told(piece))]
    token = _TOKEN_OR_NOT if _NOT.search(piece) else _TOKEN
    return [(*one.span(), *_told(one[0])) for one in token.finditer(piece)]


def _told(written: str) -> tuple[str, int]:
    """A token in small letters, with a straight apostrophe, and its signs."""
    word, first = sys.intern(written.replace("’", "'").lower()), written[:1]
    signs = _signs()[0].get(word, 0) | _signs()[1].get(written, 0)
    return word, signs | _UPPER * (first.isupper() and written != "I") | _WORDLIKE * first.isalnum()


@cache
def _signs() -> tuple[dict[str, int], dict[str, int]]:
    """The signs that words have in small letters, and those of marks as they are written."""
    words = (
        (_PRONOUN, words_of("personal pronoun")), (_NEGATION, words_of("negation")),
        (_PARTING, words_of("begins a clause") | _PARTS), (_MARK, words_of("mark")),
    )  # fmt: skip
    marks = (_OPEN, _OPENS), (_QUOTES, {*_OPENING, ""}), (_CLOSES, _CLOSING), (_TURNS, _EITHER)
    return tuple(
        {one: sum(sign for sign, kind in kinds if one in {*kind}) for _, kind in kinds for one in kind}
        for kinds in (words, marks)
    )


def token_spans(text: str) -> list[tuple[int, int]]:
    """Where each token of a sentence that :func:`read` splits starts and ends."""
    starts, ends, _, _ = _split(text)
    return [*zip(starts, ends, strict=True)]


def _names(words: list[str], signs: list[int], common: frozenset[str]) -> list[int]:
    """The places of words that belong to names."""
    upper = [at for at, sign in enumerate(signs) if sign & _UPPER]
    return [
        at
        for at, following in zip_longest(upper, upper[1:])
        if following == at + 1 or words[at] not in common or not _opens(signs, at)
    ]


def _opens(signs: list[int], at: int) -> bool:
    """Whether a word may begin a sentence: marks that end none may stand before it."""
    before = next((sign for sign in reversed(signs[:at]) if sign & (_OPEN | _WORDLIKE)), _OPEN)
    return bool(before & _OPEN)


def _quoted(signs: list[int]) -> np.ndarray:
    found, inside = np.zeros(len(signs), bool), False
    for at, sign in enumerate(signs):
        if sign & (_QUOTES | _CLOSES | _TURNS):
            inside = bool(sign & _QUOTES) or (not inside and bool(sign & _TURNS))
            found[at:] = inside
    return found


def _negated(signs: list[int]) -> np.ndarray:
    found = np.zeros(len(signs), bool)
    for at in [at for at, sign in enumerate(signs) if sign & _NEGATION]:
        reached = signs[at + 1 : at + 1 + _REACH]
        free = next((number for number, sign in enumerate(reached) if sign & _MARK), len(reached))
        found[at + 1 : at + 1 + free] = True
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
