"""What single words say: who does well or badly by a verb, what is good or bad news, what judges.

Verbs, adjectives and nouns have lists of their own (`verbs.tsv`, `adjectives.tsv`, `nouns.tsv`); a word that
can be both verb and noun is looked up as what it is in its sentence.
"""

from functools import cache

import numpy as np

from helpers import clauses
from helpers.words import read_rows

CHANNELS = ("agent", "patient", "event", "evaluation")
_LONGEST = 4  # words of a phrase


def values(words: list[str], name: list[bool]) -> tuple[np.ndarray, list[int]]:
    """Look up the words of a sentence.

    Parameters
    ----------
    words
        In small letters.
    name
        Whether each belongs to a name, which has no values.

    Returns
    -------
    values
        By `CHANNELS`, -3 to 3, shape (words, 4). Of a phrase the first word has the values.
    verbs
        The places of the words that have those of a verb.

    Examples
    --------
    >>> found, verbs = values(["they", "praise", "the", "disastrous", "plan"], [False] * 5)
    >>> found.tolist()[1], found.tolist()[3], verbs
    ([0.0, 3.0, 0.0, 0.0], [0.0, 0.0, -2.0, -3.0], [1])
    """
    found, verbs = np.zeros((len(words), len(CHANNELS))), []
    after, heads = 0, _first_words()  # where the last phrase ends
    for at in [at for at, word in enumerate(words) if word in heads]:
        if at >= after:
            length, entry, is_verb = _longest(words, name, at)
            after = at + length
            if not name[at]:
                found[at] = entry
                verbs += [at] * is_verb
    return found, verbs


def _longest(words: list[str], name: list[bool], at: int) -> tuple[int, tuple, bool]:
    verbs, others = _lists()
    most = min(_LONGEST, len(words) - at) if words[at] in _phrase_heads() else 1
    for length in range(most, 0, -1):
        phrase = " ".join(words[at : at + length])
        verb, other = verbs.get(phrase), others.get(phrase)
        if verb and (length > 1 or not other or clauses.verbal(words, name, at)):
            return length, verb, True
        if other:
            return length, other, False
    return 1, (0, 0, 0, 0), False


@cache
def _lists() -> tuple[dict[str, tuple], dict[str, tuple]]:
    """Every form of every verb, and of every adjective, adverb and noun → its values by `CHANNELS`."""
    verbs: dict[str, tuple] = {}
    others: dict[str, tuple] = {}
    for forms, *rated in read_rows(__file__, "verbs.tsv"):
        verbs |= dict.fromkeys(forms.split(", "), (*map(int, rated), 0))
    for forms, *rated in read_rows(__file__, "adjectives.tsv") + read_rows(__file__, "nouns.tsv"):
        others |= dict.fromkeys(forms.split(", "), (0, 0, *map(int, rated)))
    return verbs, others


@cache
def _first_words() -> frozenset[str]:
    """The words that are listed or begin a phrase that is: most words of a sentence are none."""
    return frozenset(phrase.split()[0] for part in _lists() for phrase in part)


@cache
def _phrase_heads() -> frozenset[str]:
    return frozenset(phrase.split()[0] for part in _lists() for phrase in part if " " in phrase)
