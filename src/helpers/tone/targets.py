"""How a sentence speaks of somebody it names: negative, neutral or positive, with a calibrated confidence.

A linear model over features that can be read. Each word of the sentence stands in some relations to the target
(before it, in its clause, no other name between them, its object ...); what the lists say of the word (`valence`)
counts by relation, so does the word itself, and so do runs of words around the target. Names are masked, and
pronouns told apart by number and not by gender: no name can be learned. `tools/train_targets.py` fits it.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.paths import CorpusError
from helpers.tone import clauses, valence
from helpers.tone.clauses import Clauses, words_of
from helpers.tone.lexicon import lexicon

LABELS = ("negative", "neutral", "positive")
# Relations of a word to the target; the last ones hold for verbs alone.
RELATIONS = (
    "anywhere", "before", "after", "decaying before", "decaying after", "clause before", "clause after",
    "near before", "near after", "next before", "next after", "unparted before", "unparted after", "nearest",
    "both quoted", "neither quoted", "only it quoted", "only target quoted",
    "target is agent", "target is patient",
)  # fmt: skip
# Those by which single words count: the first is each word's weight wherever it stands.
BY_WORD = tuple(RELATIONS.index(name) for name in (
    "anywhere", "decaying before", "decaying after", "clause before", "clause after", "next before",
    "next after", "unparted before", "unparted after",
))  # fmt: skip
CUES = (
    "pronoun",
    "first",
    "place",
    "length",
    "others",
    "quoted",
    "a quotation",
    "speaks",
    "possessive",
    "negated",
)
_GENDERLESS = {"she": "he", "her": "his", "him": "his", "hers": "his", "herself": "himself"}
_DECAY = 5.0  # tokens after which a word weighs 1/e
_NEAR = 3  # tokens
_TURNED = -0.6  # what a negation leaves of a listed word's value, and
_DAMPED = -0.3  # of the word's own weight
_SCALE = 15  # as VADER squeezes a sum of valences into [-1, 1] (Hutto and Gilbert 2014)


class Features(NamedTuple):
    """What the model sees of a target."""

    listed: (
        np.ndarray
    )  # (RELATIONS * channels * 2 + CUES): positive and negative values by relation, and cues
    words: list[str]  # the words that are looked up
    weights: np.ndarray  # (words, BY_WORD): how much each counts in each relation
    runs: list[str]  # words and runs of words, by place
    event: float
    evaluation: float


def score(frame: pd.DataFrame, backend: str = "linear", model: str | Path | None = None) -> pd.DataFrame:
    """Read how sentences speak of the targets in them.

    Parameters
    ----------
    frame
        `text` (a sentence of English), `start` and `end`: the target's span in it, in characters.
    backend
        "linear", the model that comes with the package; or "transformers": `model` is then the local folder of
        a model for sequence classification whose labels are negative, neutral and positive and which reads
        a sentence and a target as a pair (extra `transformers`). Nothing is downloaded.

    Returns
    -------
    DataFrame
        On the index of `frame`: `label`; `score`, the probability of positive less that of negative, in
        [-1, 1]; `confidence`, the probability of the label, in [0, 1]; `event`, the listed valence of what
        happens in the target's clause, and `evaluation`, of the words there that judge, in the same voice,
        both in [-1, 1].

    Raises
    ------
    helpers.paths.CorpusError
        If a span does not lie in its text, or there is no such backend or model.

    Examples
    --------
    >>> texts = ["The court praised the mayor for her courage.", "The court jailed the corrupt mayor."]
    >>> frame = pd.DataFrame({"text": texts, "start": [22, 29], "end": [31, 34]})
    >>> score(frame).label.tolist()
    ['positive', 'negative']
    """
    outside = (frame.start < 0) | (frame.end <= frame.start) | (frame.end > frame.text.str.len())
    if outside.any():
        row = frame[outside].iloc[0]
        raise CorpusError(
            f"The span {row.start} to {row.end} does not lie in its sentence: {row.text[:60]!r}"
        )
    model_weights = weights()
    seen = list(features(frame, model_weights.common))
    if backend == "linear":
        probabilities = _linear(seen, model_weights)
    elif backend == "transformers":
        from helpers.tone.transformer import probabilities as read

        probabilities = read(frame, model)
    else:
        raise CorpusError(f"backend is {backend!r}; it can be 'linear' or 'transformers'")
    values = np.array([[one.event, one.evaluation] for one in seen]).reshape(-1, 2)
    table = {
        "label": pd.Series(np.array(LABELS)[probabilities.argmax(axis=1)], frame.index, dtype="str"),
        "score": probabilities[:, 2] - probabilities[:, 0],
        "confidence": probabilities.max(axis=1, initial=0),
    }
    squeezed = values / np.sqrt(values**2 + _SCALE)
    return pd.DataFrame(table | {"event": squeezed[:, 0], "evaluation": squeezed[:, 1]}, index=frame.index)


def features(frame: pd.DataFrame, common: frozenset[str]) -> Iterator[Features]:
    """The :class:`Features` of each row of `frame`, which is as :func:`score` takes it.

    `common`: words that are no names although a sentence that they begin writes them with a capital.
    """
    last = None
    for text, start, end in zip(frame.text, frame.start, frame.end, strict=True):
        if text != last:
            last, sentence = text, clauses.read(text, common)
            listed, verbs = _listed(sentence)
        yield _features(sentence, listed, verbs, int(start), int(end))


def _listed(sentence: Clauses) -> tuple[np.ndarray, np.ndarray]:
    """By word what the lists say, VADER's last, shape (words, 5); and which words are verbs of theirs."""
    rated = lexicon()
    values, verbs = valence.values(sentence.words, sentence.verbal)
    values = np.column_stack([values, [rated.get(word, 0.0) for word in sentence.words]])
    values[sentence.name] = 0
    return values * np.where(sentence.negated, _TURNED, 1)[:, None], verbs & ~sentence.name


def _features(sentence: Clauses, listed: np.ndarray, verbs: np.ndarray, start: int, end: int) -> Features:
    inside = (sentence.ends > start) & (sentence.starts < end)
    first = int(inside.argmax()) if inside.any() else int((sentence.starts < start).sum()) - 1
    last = int(np.flatnonzero(inside)[-1]) if inside.any() else first
    related = _relations(sentence, verbs, first, last)
    signed = np.concatenate([np.maximum(listed, 0), np.maximum(-listed, 0)], axis=1)
    values = np.concatenate([(related.T @ signed).ravel(), _cues(sentence, first, last)])
    within = (sentence.clause == sentence.clause[first]) & (related[:, 0] > 0)
    same = sentence.quoted == sentence.quoted[first]
    event = listed[within, valence.CHANNELS.index("event")].sum()
    evaluation = listed[within & same, valence.CHANNELS.index("evaluation")].sum()
    damped = np.where(sentence.negated, _DAMPED, 1)[:, None] * related[:, BY_WORD]
    kept = np.flatnonzero(~sentence.name & (related[:, 0] > 0))
    words = [_folded(sentence.words[at]) for at in kept]
    return Features(values, words, damped[kept], _runs(sentence, first, last), event, evaluation)


def _relations(sentence: Clauses, verbs: np.ndarray, first: int, last: int) -> np.ndarray:
    """How each word stands to the target, by `RELATIONS`; the target's own words do not."""
    at = np.arange(len(sentence.words))
    before, after = at < first, at > last
    distance = np.where(before, first - at, at - last)
    decayed = np.exp(-distance / _DECAY)
    clause = sentence.clause == sentence.clause[first]
    others = np.flatnonzero(sentence.other & (before | after))
    previous = max((one for one in others if one < first), default=-1)
    following = min((one for one in others if one > last), default=len(at))
    apart = np.abs(others[:, None] - at).min(axis=0, initial=len(at))
    quoted, target = sentence.quoted, bool(sentence.quoted[first])
    preposition = first > 0 and sentence.words[first - 1] in words_of("preposition")
    by = first > 0 and sentence.words[first - 1] == "by"
    possessive = _possessive(sentence, first, last)
    ahead = clause & after & (at < following) & verbs & (not preposition and not possessive)
    behind = clause & before & (at > previous) & verbs & ~sentence.passive
    return np.stack(
        [
            before | after, before, after, decayed * before, decayed * after, clause & before, clause & after,
            (distance <= _NEAR) & before, (distance <= _NEAR) & after, at == first - 1, at == last + 1,
            before & (at > previous), after & (at < following), (before | after) & (distance < apart),
            quoted & target, ~quoted & (not target), quoted & (not target), ~quoted & target,
            (ahead & ~sentence.passive) | (verbs & before & (distance <= _NEAR) & by),
            (ahead & sentence.passive) | (behind & (not preposition)),
        ],
        axis=1,
    ).astype(float) * (before | after)[:, None]  # fmt: skip


def _possessive(sentence: Clauses, first: int, last: int) -> bool:
    """Whether the target is whose something is: "the mayor's plan", "her plan"."""
    after, then = ([*sentence.words, "", "", ""][last + step] for step in (1, 2))
    if after in ("'s", "'"):
        return then not in words_of("determiner") | words_of("auxiliary") and not then.endswith("ing")
    if sentence.words[first] == "her":
        return after.isalpha() and after not in words_of("preposition") | words_of("begins a clause")
    return sentence.words[first] in words_of("possessive")


def _cues(sentence: Clauses, first: int, last: int) -> list[float]:
    """What is said of the target itself, by `CUES`."""
    words = sentence.words
    near = [*words[max(0, first - 2) : first], *words[last + 1 : last + 4]]
    others = int(sentence.other.sum() - sentence.other[first : last + 1].sum())
    return [
        float(first == last and words[first] in words_of("personal pronoun")), float(first <= 1),
        first / len(words), np.log1p(len(words)) / 3, min(others, 10) / 5, float(sentence.quoted[first]),
        float(sentence.quoted.any()), float(any(word in words_of("says") for word in near)),
        float(_possessive(sentence, first, last)), float(sentence.negated[first : last + 4].any()),
    ]  # fmt: skip


def _runs(sentence: Clauses, first: int, last: int) -> list[str]:
    """The words of the sentence, names and numbers masked, and runs of them, each with its place."""
    masked, at = [], 0
    for place, word in enumerate(sentence.words):
        if first <= place <= last:
            if place == first:
                at = len(masked)
                masked.append("TARGET")
        elif sentence.name[place]:
            if masked[-1:] != ["NAME"]:
                masked.append("NAME")
        else:
            masked.append("NUMBER" if word[0].isdigit() else _folded(word))
    found = [f"any {word}" for word in dict.fromkeys(masked)]
    found += [f"pair {one} {two}" for one, two in pairwise(masked)]
    padded = ["", "", "", *masked, "", "", ""]
    here = at + 3
    for step in range(1, 4):
        found += [f"-{step} {padded[here - step]}", f"+{step} {padded[here + step]}"]
    found += [
        f"-2..-1 {padded[here - 2]} {padded[here - 1]}", f"+1..+2 {padded[here + 1]} {padded[here + 2]}",
        f"+1..+3 {' '.join(padded[here + 1 : here + 4])}", f"around {padded[here - 1]} {padded[here + 1]}",
    ]  # fmt: skip
    clause = (sentence.clause == sentence.clause[first]) & ~sentence.name
    clause[first : last + 1] = False
    sides = [
        (f"{'before' if one < first else 'after'}", sentence.words[one]) for one in np.flatnonzero(clause)
    ]
    return found + [f"{side} {_folded(word)}" for side, word in sides]


def _folded(word: str) -> str:
    return _GENDERLESS.get(word, word)


class Weights(NamedTuple):
    """The fitted model; the last axis is `LABELS`."""

    listed: np.ndarray  # (values of `Features.listed`, 3)
    words: dict[str, int]  # a word → its row in
    by_word: np.ndarray  # (words, BY_WORD, 3)
    runs: dict[str, int]
    by_run: np.ndarray  # (runs, 3)
    bias: np.ndarray  # (3,)
    calibration: np.ndarray  # (4, 3): what turns the three sums, and 1, into logits of probabilities

    @property
    def common(self) -> frozenset[str]:
        """The words that the model knows, which are no names."""
        return frozenset(self.words)


@cache
def weights() -> Weights:
    """The model that comes with the package, from `targets.npz`."""
    with np.load(Path(__file__).with_suffix(".npz"), allow_pickle=False) as stored:
        names = (
            {name: row for row, name in enumerate(str(stored[key]).split("\n"))} for key in ("words", "runs")
        )
        by_word = stored["by_word"] * stored["word_scale"]
        by_run = stored["by_run"] * stored["run_scale"]
        return Weights(
            stored["listed"], next(names), by_word, next(names), by_run, stored["bias"], stored["calibration"]
        )


def sums(seen: Iterable[Features], model: Weights) -> np.ndarray:
    """The three sums of each target before they are calibrated, shape (targets, 3)."""
    found = []
    for one in seen:
        total = model.bias + one.listed @ model.listed
        at = [model.words.get(word, -1) for word in one.words]
        known = [row for row, number in enumerate(at) if number >= 0]
        total = total + np.einsum("wr,wrk->k", one.weights[known], model.by_word[[at[row] for row in known]])
        runs = [model.runs[run] for run in one.runs if run in model.runs]
        found.append(total + model.by_run[runs].sum(axis=0))
    return np.array(found).reshape(-1, len(LABELS))


def _linear(seen: list[Features], model: Weights) -> np.ndarray:
    totals = sums(seen, model)
    logits = totals @ model.calibration[:3] + model.calibration[3]
    odds = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
    return odds / odds.sum(axis=1, keepdims=True)
