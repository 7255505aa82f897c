"""The tone of a sentence, by a word list. A first reading, with its words shown so that anyone can object.

A list knows neither who is meant nor who speaks nor irony, and takes a subject for a judgement: to it
"security cooperation" is praise and "war" blame. Words that name a topic or an actor of the codebook are
therefore not counted, and scores lead to sentences to read, not to verdicts.
"""

from functools import cache

import numpy as np
import pandas as pd

from helpers.paths import CorpusError
from helpers.words import read_rows, spans_by_sentence, tokens, without

NEUTRAL = 0.05  # |score| below this is neutral, as VADER's authors advise (Hutto and Gilbert 2014)
_NEGATED = -0.74  # what a negation does to the next three words: their measurement
_SCALE = 15  # their normalisation: a total of about 4 gives 0.7
_NEGATIONS = frozenset("not no never neither nor none nobody nothing cannot without hardly barely".split())


def score(sentences: pd.DataFrame, mentions: pd.DataFrame, neutral: float = NEUTRAL) -> pd.DataFrame:
    """Score sentences by the valence of their words.

    Parameters
    ----------
    sentences
        Columns `sentence_id` and `text`; English.
    mentions
        Table `mentions`: the spans that are not counted.
    neutral
        The |score| below which a sentence is labelled neutral, in [0, 1].

    Returns
    -------
    DataFrame
        The columns of table `tone`: `valence`, the sum over the listed words; `score`, the same squeezed into
        [-1, 1]; `label`; and `words`, the listed words with the valence each counted for.

    Raises
    ------
    helpers.paths.CorpusError
        If `neutral` is out of its range.
    """
    if not 0 <= neutral <= 1:
        raise CorpusError(f"neutral is {neutral!r}; it can be a number from 0 to 1")
    spans = spans_by_sentence(mentions)
    rows = [
        (row.sentence_id, *_valence(without(row.text, spans.get(row.sentence_id, []))))
        for row in sentences[["sentence_id", "text"]].itertuples()
    ]
    table = pd.DataFrame(rows, columns=["sentence_id", "valence", "words"])
    table["score"] = table.valence / np.sqrt(table.valence**2 + _SCALE)
    labels = np.select([table.score >= neutral, table.score <= -neutral], ["positive", "negative"], "neutral")
    return table.assign(label=labels)


def contributions(tone: pd.DataFrame) -> pd.DataFrame:
    """What the scores rest on: each counted word, how often, and its summed valence, weightiest first.

    Returns
    -------
    DataFrame
        `word`, `count`, `valence`, `share` (of the sum of all absolute valences, in [0, 1]).
    """
    pairs = [pair.rsplit(" ", 1) for words in tone.words.dropna() for pair in words.split(", ")]
    table = pd.DataFrame([(word, float(value)) for word, value in pairs], columns=["word", "value"])
    table = table.groupby("word").value.agg(count="size", valence="sum").reset_index()
    weight = table.valence.abs()
    table = table.assign(share=weight / max(weight.sum(), 1e-9), weight=-weight)
    return table.sort_values(["weight", "word"], ignore_index=True).drop(columns="weight")


def left_out(sentences: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """The listed words that did not count because they stand in a topic's or an actor's name.

    Returns
    -------
    DataFrame
        As :func:`contributions`: had they counted, they would have weighed this much.
    """
    text = dict(zip(sentences.sentence_id, sentences.text, strict=True))
    spans = mentions[mentions.sentence_id.isin(text)][["sentence_id", "start", "end"]].drop_duplicates()
    names = [text[one][start:end] for one, start, end in spans.itertuples(index=False)]
    return contributions(pd.DataFrame({"words": [_valence(name)[1] for name in names]}, dtype="str"))


def _valence(text: str) -> tuple[float, str | None]:
    words = [token.lower().replace("’", "'") for token in tokens(text)]
    counted = []
    for position, word in enumerate(words):
        valence = lexicon().get(word, 0.0)
        if valence:
            before = words[max(0, position - 3) : position]
            negated = any(w in _NEGATIONS or w.endswith("n't") for w in before)
            counted.append((word, valence * (_NEGATED if negated else 1)))
    shown = ", ".join(f"{word} {valence:+.1f}" for word, valence in counted)
    return float(sum(valence for _, valence in counted)), shown or None


@cache
def lexicon() -> dict[str, float]:
    """The words of the list and their valences."""
    return {word: float(valence) for word, valence in read_rows(__file__, "lexicon.tsv")}
