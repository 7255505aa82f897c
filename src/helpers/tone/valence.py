"""What single words say: who does well or badly by a verb, what is good or bad news, what judges.

Verbs, adjectives and nouns have lists of their own (`verbs.tsv`, `adjectives.tsv`, `nouns.tsv`); a word that
can be both verb and noun is looked up as what it is in its sentence.
"""

import re
from functools import cache

import numpy as np

from helpers.tone import clauses
from helpers.words import read_rows

CHANNELS = ("agent", "patient", "event", "evaluation")
_LONGEST = 4  # words of a phrase
_DOUBLED = re.compile(r"(?:^|[^aeiou]|qu)[aeiou][bdgklmnprt]$")


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
    found, verbs, known = np.zeros((len(words), len(CHANNELS))), [], _known()
    after = 0  # the last phrase
    for at, word in enumerate(words):
        if word in known and at >= after:
            length, entry, is_verb = _longest(words, name, at)
            after = at + length
            if not name[at]:
                found[at] = entry
                verbs += [at] * is_verb
    return found, verbs


def _longest(words: list[str], name: list[bool], at: int) -> tuple[int, tuple, bool]:
    verbs, others = _lists()
    if words[at] in _phrase_heads():
        for length in range(min(_LONGEST, len(words) - at), 1, -1):
            phrase = " ".join(words[at : at + length])
            if entry := verbs.get(phrase) or others.get(phrase):
                return length, entry, phrase in verbs
    verb, other = verbs.get(words[at]), others.get(words[at])
    if verb and (not other or clauses.verbal(words, name, at)):
        return 1, verb, True
    return 1, other or (0, 0, 0, 0), False


@cache
def _lists() -> tuple[dict[str, tuple], dict[str, tuple]]:
    """Every form of every verb, and of every adjective, adverb and noun → its values by `CHANNELS`."""
    verbs: dict[str, tuple] = {}
    for lemma, irregular, agent, patient, event in read_rows(__file__, "verbs.tsv"):
        head, *rest = lemma.split("_")
        forms = verb_forms(head) if not rest or not irregular else {head}
        spelled = {" ".join([form, *rest]) for form in forms} | _irregular(irregular)
        verbs |= dict.fromkeys(spelled - verbs.keys(), (int(agent), int(patient), int(event), 0))
    others: dict[str, tuple] = {}
    for word, kind, event, evaluation in read_rows(__file__, "adjectives.tsv"):
        forms = _compared(word) if kind == "a" else {word}
        others |= dict.fromkeys(forms - others.keys(), (0, 0, int(event), int(evaluation)))
    for lemma, irregular, event, evaluation in read_rows(__file__, "nouns.tsv"):
        forms = {one.replace("_", " ") for one in (lemma, _with_s(lemma))} | _irregular(irregular)
        others |= dict.fromkeys(forms - others.keys(), (0, 0, int(event), int(evaluation)))
    return verbs, others


@cache
def _phrase_heads() -> frozenset[str]:
    return frozenset(phrase.split()[0] for part in _lists() for phrase in part if " " in phrase)


@cache
def _known() -> frozenset[str]:
    """The words that are in a list or begin a phrase of one."""
    verbs, others = _lists()
    return frozenset(verbs) | frozenset(others) | _phrase_heads()


def _irregular(forms: str) -> set[str]:
    return {form.strip().replace("_", " ") for form in forms.split(",") if form.strip()}


def verb_forms(lemma: str) -> set[str]:
    """The regular forms of a verb.

    Examples
    --------
    >>> sorted(verb_forms("deny")), sorted(verb_forms("slam"))
    (['denied', 'denies', 'deny', 'denying'], ['slam', 'slammed', 'slamming', 'slams'])
    """
    forms = {lemma, _with_s(lemma)}
    if lemma.endswith("e"):
        stem = lemma if lemma.endswith("ee") else lemma[:-2] + "y" if lemma.endswith("ie") else lemma[:-1]
        return forms | {lemma + "d", stem + "ing"}
    if re.search("[^aeiou]y$", lemma):
        return forms | {lemma[:-1] + "ied", lemma + "ing"}
    stem = lemma + lemma[-1] if _DOUBLED.search(lemma) else lemma + "k" if lemma.endswith("c") else lemma
    longer = {lemma + "ed", lemma + "ing"} if len(lemma) > 4 else set()  # "opened", not "oppened"
    return forms | {stem + "ed", stem + "ing"} | longer


def _with_s(lemma: str) -> str:
    if re.search("(?:s|x|z|ch|sh)$", lemma):
        return lemma + "es"
    return lemma[:-1] + "ies" if re.search("[^aeiou]y$", lemma) else lemma + "s"


def _compared(word: str) -> set[str]:
    if len(word) > 7:
        return {word}
    stem = word[:-1] + "i" if re.search("[^aeiou]y$", word) else word.removesuffix("e")
    return {word, stem + "er", stem + "est"}
