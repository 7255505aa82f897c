"""What single words say: who does well or badly by a verb, what is good or bad news, what judges.

Verbs, adjectives and nouns have lists of their own (`verbs.tsv`, `adjectives.tsv`, `nouns.tsv`); a word that can
be both verb and noun is looked up as what it is in its sentence.
"""

import re
from functools import cache

import numpy as np

from helpers.words import read_rows

CHANNELS = ("agent", "patient", "event", "evaluation")
_LONGEST = 4  # words of a phrase
_DOUBLED = re.compile(r"(?:^|[^aeiou]|qu)[aeiou][bdgklmnprt]$")


def values(words: list[str], verbal: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Look up the words of a sentence.

    Parameters
    ----------
    words
        In small letters.
    verbal
        Whether each is used as a verb, shape (words,); it decides where a word is in more than one list.

    Returns
    -------
    values
        By `CHANNELS`, -3 to 3, shape (words, 4). Of a phrase the first word has the values.
    verbs
        Whether a word has those of a verb, shape (words,).

    Examples
    --------
    >>> import numpy as np
    >>> found, verbs = values(["they", "praise", "the", "disastrous", "plan"], np.array([0, 1, 0, 0, 0], bool))
    >>> found.tolist()[1], found.tolist()[3], verbs.tolist()[1]
    ([0.0, 3.0, 0.0, 0.0], [0.0, 0.0, -2.0, -3.0], True)
    """
    found, verbs = np.zeros((len(words), len(CHANNELS))), np.zeros(len(words), bool)
    at = 0
    while at < len(words):
        length, entry, is_verb = _longest(words, at, bool(verbal[at]))
        found[at], verbs[at] = entry, is_verb
        at += length
    return found, verbs


def _longest(words: list[str], at: int, verbal: bool) -> tuple[int, tuple, bool]:
    verbs, others = _lists()
    if words[at] in _phrase_heads():
        for length in range(min(_LONGEST, len(words) - at), 1, -1):
            phrase = " ".join(words[at : at + length])
            if entry := verbs.get(phrase) or others.get(phrase):
                return length, entry, phrase in verbs
    verb, other = verbs.get(words[at]), others.get(words[at])
    if verb and (verbal or not other):
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
