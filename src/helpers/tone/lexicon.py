"""The tone of a sentence by VADER's word list: an old and weak reading, kept to see what hangs on ours.

A list knows neither who is meant nor who speaks nor irony, and takes a subject for a judgement: to it
"security cooperation" is praise and "war" blame. Words that name a topic or an actor of the codebook are not
counted.
"""

from functools import cache

import numpy as np
import pandas as pd

from helpers.words import read_rows, spans_by_sentence, tokens, without

_NEGATED = -0.74  # what a negation does to the next three words (Hutto and Gilbert 2014)
_SCALE = 15  # their normalisation: a total of about 4 gives 0.7
_NEGATIONS = frozenset("not no never neither nor none nobody nothing cannot without hardly barely".split())


def listed(sentences: pd.DataFrame, mentions: pd.DataFrame) -> pd.Series:
    """Score sentences by the valence of their words.

    Parameters
    ----------
    sentences
        Columns `sentence_id` and `text`; English.
    mentions
        Table `mentions`: the spans that are not counted.

    Returns
    -------
    Series
        Index `sentence_id`; the summed valence v of the listed words as v / √(v² + 15), in [-1, 1].
    """
    spans = spans_by_sentence(mentions)
    rows = zip(sentences.sentence_id, sentences.text, strict=True)
    total = np.array([_valence(without(text, spans.get(one, []))) for one, text in rows], float)
    return pd.Series(total / np.sqrt(total**2 + _SCALE), sentences.sentence_id.to_numpy())


def _valence(text: str) -> float:
    words = [token.lower().replace("’", "'") for token in tokens(text)]
    total = 0.0
    for position, word in enumerate(words):
        if valence := lexicon().get(word, 0.0):
            before = words[max(0, position - 3) : position]
            negated = any(w in _NEGATIONS or w.endswith("n't") for w in before)
            total += valence * (_NEGATED if negated else 1)
    return total


@cache
def lexicon() -> dict[str, float]:
    """The words of the list and their valences, -4 to 4."""
    return {word: float(valence) for word, valence in read_rows(__file__, "lexicon.tsv")}
