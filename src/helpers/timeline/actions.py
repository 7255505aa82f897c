"""What an event word says: words for one action are of one class, whatever their form ("bought", "purchase").

`actions.tsv` lists the classes; a word that it does not have is of the class of its stem.
"""

import re
from collections import defaultdict
from collections.abc import Collection
from functools import cache, lru_cache
from typing import NamedTuple

from helpers import spelling
from helpers.words import read_rows

# What is cut off a word that the list lacks: endings of verbs and plurals, then those of nouns from verbs.
_INFLECTED = re.compile(r"(?:ings?|ied|ies|ed|(?<=[sxz])es|(?<=[cs]h)es|(?<![su])s|e|(?<![aeiou])y)$")
_DERIVED = re.compile(r"(?:(?:at|it)?ion|at|ment|ance|ence|al|er|or)$")
_APART = re.compile(r"[\s_-]+")
_DOUBLED = re.compile(r"([bdgklmnprt])\1$")
_LEAST = 4  # letters that must stay


class _Words(NamedTuple):
    classes: dict[str, set[str]]
    forms: dict[str, set[str]]
    kind: dict[str, str]


@lru_cache(100_000)
def of(word: str) -> tuple[str, ...]:
    """The classes of a word, in alphabetical order; several where it is ambiguous, never none.

    Parameters
    ----------
    word
        As a text has it; the words of an expression ("take over") are joined by blanks or `_`. Of one that is
        not listed as a whole, the first word counts.

    Examples
    --------
    >>> of("Assaults"), of("took over"), of("sprocketed")
    (('attack',), ('acquire', 'capture'), ('~sprocket',))
    """
    return tuple(sorted(_listed(word))) or (f"~{stem(_folded(word).partition('_')[0])}",)


@lru_cache(100_000)
def kinds(word: str) -> frozenset[str]:
    """Which of "action", "phase", "plan", "saying" and "state" a word can be; none if it is not listed.

    Examples
    --------
    >>> sorted(kinds("announcement")), sorted(kinds("sprocketed"))
    (['saying'], [])
    """
    return frozenset(map(_words().kind.__getitem__, _listed(word)))


@lru_cache(100_000)
def forms(word: str) -> frozenset[str]:
    """Which forms a word can be: "base", "present" (-s), "past" (and participle), "ing", "noun".

    Examples
    --------
    >>> sorted(forms("cut")), sorted(forms("bought"))
    (['base', 'noun', 'past'], ['past'])
    """
    return frozenset(_words().forms.get(_folded(word), ()))


@lru_cache(100_000)
def begins(word: str) -> bool:
    """Whether an expression of several words begins with a word.

    Examples
    --------
    >>> begins("took"), begins("sprocketed")
    (True, False)
    """
    return _folded(word).partition("_")[0] in _heads()


@lru_cache(100_000)
def continues(word: str) -> bool:
    """Whether an expression of several words may go on with a word, or with what a hyphen parts in it.

    Examples
    --------
    >>> continues("over"), continues("-"), continues("sprocketed")
    (True, True, False)
    """
    return not _tails().isdisjoint(_folded(word).split("_"))


@lru_cache(100_000)
def stem(word: str) -> str:
    """A word without endings, so that a verb and the noun made from it meet.

    Examples
    --------
    >>> stem("evaluated"), stem("evaluations"), stem("skipped"), stem("gas")
    ('evalu', 'evalu', 'skip', 'gas')
    """
    plain = spelling.key(word)
    for ending in (_INFLECTED, _DERIVED):
        shorter = ending.sub("", plain)
        plain = _DOUBLED.sub(r"\1", shorter) if len(shorter) >= _LEAST else plain
    return plain


def _listed(word: str) -> Collection[str]:
    """The classes that the list gives a word, an expression or its first word."""
    known, written = _words().classes, _folded(word)
    first = written.partition("_")[0]
    return next((known[one] for one in (written, written.removesuffix("s"), first) if one in known), ())


def _folded(word: str) -> str:
    plain = word.strip().lower().replace("’", "'")
    return plain if plain.isalnum() else _APART.sub("_", plain)


@cache
def _words() -> _Words:
    found = _Words(defaultdict(set), defaultdict(set), {})
    for name, kind, verbs, nouns, _ in read_rows(__file__, "actions.tsv"):
        found.kind[name] = kind
        listed = verbs.split()
        for verb, after, before in zip(listed, [*listed[1:], ""], ["", *listed], strict=False):
            part = "base" if _adds_s(verb, after) else "present" if _adds_s(before, verb) else "past"
            part = "ing" if part == "past" and re.search("ing(?:_|$)", verb) else part
            found.forms[verb].add(part)
            if part == "ing" and "present" in found.forms[before]:  # cut, cuts, cutting: no past of its own
                found.forms[before.removesuffix("s")].add("past")
            found.classes[verb].add(name)
        for noun in nouns.split():
            found.forms[noun].add("noun")
            found.classes[noun].add(name)
    return found


@cache
def _heads() -> frozenset[str]:
    return frozenset(one.partition("_")[0] for one in _words().forms if "_" in one)


@cache
def _tails() -> frozenset[str]:
    return frozenset(["", *(part for one in _words().forms for part in one.split("_")[1:])])


def _adds_s(base: str, other: str) -> bool:
    """Whether `other` is the third person of a verb ("carry_out", "carries_out")."""
    pairs = list(zip(base.split("_"), other.split("_"), strict=False))
    unlike = [(one, two) for one, two in pairs if one != two]
    return len(unlike) == 1 and unlike[0][1] in {f"{unlike[0][0]}{end}" for end in ("s", "es")} | {
        unlike[0][0].removesuffix("y") + "ies"
    }
