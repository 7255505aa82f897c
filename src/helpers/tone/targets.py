"""How a sentence speaks of somebody it names: negative, neutral or positive, with a calibrated confidence.

A linear model over features that can be read. Each word of the sentence stands in some relations to the
target (before it, in its clause, no other name between them, its object ...); what the lists say of the word
(`valence`) counts by relation, so does the word itself, and so do runs of words around the target. Names are
masked, and pronouns told apart by number and not by gender: no name can be learned. `tools/train_targets.py`
fits it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, chain, pairwise, repeat
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers import clauses
from helpers.clauses import Clauses, words_of
from helpers.paths import CorpusError
from helpers.tone import valence
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
DECAYING = (RELATIONS.index("decaying before"), RELATIONS.index("decaying after"))
CUES = (
    "pronoun", "first", "place", "length", "others", "quoted", "a quotation", "speaks", "possessive",
    "negated",
)  # fmt: skip
_GENDERLESS = {"she": "he", "her": "his", "him": "his", "hers": "his", "herself": "himself"}
_DECAY = 5.0  # tokens after which a word weighs 1/e
_NEAR = 3  # tokens
_TURNED = -0.6  # what a negation leaves of a listed word's value, and
_DAMPED = -0.3  # of the word's own weight
_BLOCK = 256  # targets worked out at once
_SQUASHED = 0.3  # the power by which a sum of listed values counts: sign flips .121 (as it is .127)
# What a label (column) is worth if another (row) is right: a sign read as its opposite does harm. Against the
# most probable label it takes cross-validated sign flips from .120 to .114; macro-F1 stays (.708).
_WORTH = np.array([[1, 0, -0.4], [0, 0.9, 0], [-0.4, 0, 1]])
_SCALE = 15  # as VADER squeezes a sum of valences into [-1, 1] (Hutto and Gilbert 2014)


class Sentence(NamedTuple):
    """What the targets of a sentence share."""

    parts: Clauses
    words: list[str]  # as they are looked up; of a name ""
    listed: np.ndarray  # what the lists say, by channel, shape (words, 4)
    verbs: list[int]  # the places of listed verbs
    passive: set[int]  # and of those of them that are passive


class Target(NamedTuple):
    """A span of a sentence, in tokens: its own, the names beside it, and the clause it begins in."""

    sentence: Sentence
    first: int
    last: int
    previous: int  # name or pronoun before it, -1 if there is none
    following: int  # after it, or how many tokens there are
    begins: int
    ends: int  # the token after the clause's last


class Features(NamedTuple):
    """What the model sees of a target."""

    # positive and negative values by relation, and cues, (RELATIONS * channels * 2 + CUES)
    listed: np.ndarray
    words: list[str]  # the words that are looked up
    weights: np.ndarray  # (words, BY_WORD): how much each counts in each relation
    runs: list[str]  # words and runs of words, by place
    event: float
    evaluation: float


def score(
    frame: pd.DataFrame, backend: str = "linear", model: str | Path | None = None, ordinary: bool = False
) -> pd.DataFrame:
    """Read how sentences speak of the targets in them.

    Parameters
    ----------
    frame
        `text` (a sentence of English), `start` and `end`: the target's span in it, in characters.
    backend
        "linear", the model that comes with the package; or "transformers": `model` is then the local folder
        of a model for sequence classification whose labels are negative, neutral and positive and which
        reads a sentence and a target as a pair (extra `transformers`). Nothing is downloaded.
    ordinary
        Whether these are all the mentions of somebody in running text, most of them neutral, and not targets
        chosen because a sentence judges them: the linear model is calibrated for either.

    Returns
    -------
    DataFrame
        On the index of `frame`: `label`, as :func:`decided`; `score`, the probability of positive less that
        of negative, in [-1, 1]; `confidence`, the probability of the label, in [0, 1]; `event`, the listed
        valence of what happens, and `evaluation`, of the words that judge in the target's voice, words near
        to it counting more, both in [-1, 1].

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
        text, start, end = frame.loc[outside, ["text", "start", "end"]].iloc[0]
        raise CorpusError(f"The span {start} to {end} does not lie in its sentence: {text[:60]!r}")
    model_weights = weights()
    seen = list(features(frame, _known()))
    if backend == "linear":
        probabilities = _linear(seen, model_weights, ordinary)
    elif backend == "transformers":
        from helpers.tone.transformer import probabilities as read

        probabilities = read(frame, model)
    else:
        raise CorpusError(f"backend is {backend!r}; it can be 'linear' or 'transformers'")
    said = decided(probabilities)
    table = pd.Series(np.array(LABELS)[said], frame.index, dtype="str").to_frame("label")
    table["score"] = probabilities[:, 2] - probabilities[:, 0]
    table["confidence"] = probabilities[np.arange(len(said)), said]
    values = np.array([[one.event, one.evaluation] for one in seen]).reshape(-1, 2)
    table[["event", "evaluation"]] = values / np.sqrt(values**2 + _SCALE)
    return table


def decided(probabilities: np.ndarray) -> np.ndarray:
    """The number of the label to give for three probabilities: that of the greatest expected worth.

    Examples
    --------
    >>> decided(np.array([[0.5, 0.4, 0.1], [0.4, 0.3, 0.3]])).tolist()
    [0, 0]
    >>> decided(np.array([[0.36, 0.3, 0.34]])).tolist()  # if it may well be the opposite, neither
    [1]
    """
    return (probabilities @ _WORTH).argmax(axis=1)


def features(frame: pd.DataFrame, common: frozenset[str]) -> Iterator[Features]:
    """The :class:`Features` of each row of `frame`, which is as :func:`score` takes it.

    `common`: words that are no names although a sentence that they begin writes them with a capital.
    """
    last, block = None, []
    for text, start, end in zip(*(frame[name].tolist() for name in ("text", "start", "end")), strict=True):
        if text != last:
            last, sentence = text, _read(text, common)
        block.append(_target(sentence, start, end))
        if len(block) == _BLOCK:
            yield from _features(block)
            block = []
    if block:
        yield from _features(block)


def _read(text: str, common: frozenset[str]) -> Sentence:
    parts = clauses.read(text, common)
    listed, verbs = valence.values(parts.words, parts.name)
    words = ["" if name else word for word, name in zip(parts.words, parts.name, strict=True)]
    words = [*map(_GENDERLESS.get, words, words)]
    passive = {at for at in verbs if clauses.passive(parts.words, at)}
    return Sentence(parts, words, listed, verbs, passive)


def _target(sentence: Sentence, start: int, end: int) -> Target:
    parts = sentence.parts
    tokens = clauses.inside(parts, start, end)
    # no word in the span: the one before it stands for it
    first, last = (tokens[0], tokens[-1]) if tokens else [max(tokens.stop - 1, 0)] * 2
    before, after = bisect_left(parts.others, first), bisect_right(parts.others, last)
    previous = parts.others[before - 1] if before else -1
    following = parts.others[after] if after < len(parts.others) else len(parts.words)
    return Target(sentence, first, last, previous, following, *_clause(parts, first))


def _features(block: list[Target]) -> Iterator[Features]:
    """The features of some targets; what is said of their words is worked out for all at once."""
    sentences = [one.sentence for one in block]
    bounds = [0, *accumulate(len(sentence.words) for sentence in sentences)]
    listed = np.concatenate([sentence.listed for sentence in sentences])
    words = chain.from_iterable(sentence.words for sentence in sentences)
    rated = np.fromiter(map(lexicon().get, words, repeat(0.0)), float, len(listed))
    negated = np.concatenate([sentence.parts.negated for sentence in sentences])
    listed = np.column_stack([listed, rated]) * np.where(negated, _TURNED, 1.0)[:, None]
    signed = np.maximum(np.concatenate([listed, -listed], axis=1), 0)  # positive and negative apart
    related, same = _relations(block, bounds)
    spans = [slice(*span) for span in pairwise(bounds)]
    values = np.array([related[:, span] @ signed[span] for span in spans]) ** _SQUASHED
    weights = (related[BY_WORD, :] * np.where(negated, _DAMPED, 1.0)).T
    near = related[DECAYING, :].sum(axis=0)
    said = [
        np.add.reduceat(by * listed[:, valence.CHANNELS.index(name)], bounds[:-1])
        for name, by in (("event", near), ("evaluation", near * same))
    ]
    for number, (one, span) in enumerate(zip(block, spans, strict=True)):
        seen = np.concatenate([values[number].ravel(), _cues(one.sentence.parts, *one[1:3])])
        runs = _runs(one.sentence, *one[1:3])
        yield Features(seen, one.sentence.words, weights[span], runs, said[0][number], said[1][number])


def _relations(block: list[Target], bounds: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """How words stand to targets, by `RELATIONS`, and whether both are quoted or neither.

    The words of each target's sentence follow one another, cut at `bounds`. Shapes (relations, words) and
    (words,); a target's own words stand in no relation.
    """
    counts = np.diff(bounds)
    at = np.arange(bounds[-1]) - np.repeat(bounds[:-1], counts)
    count = np.repeat(counts, counts)
    columns = np.array([one[1:] for one in block]).T
    first, last, previous, following, begins, ends = np.repeat(columns, counts, axis=1)
    before, after, away, off = at < first, at > last, first - at, at - last
    nearest = (previous < 0) | (at > (first + previous) // 2)
    nearest &= (following == count) | (2 * at < last + following)
    rows = (
        np.ones(len(at)), before, after, before * np.exp(-away.clip(0) / _DECAY),
        after * np.exp(-off.clip(0) / _DECAY), before & (at >= begins), after & (at < ends),
        before & (away <= _NEAR), after & (off <= _NEAR), away == 1, off == 1, before & (at > previous),
        after & (at < following), nearest,
    )  # fmt: skip
    quoted = np.concatenate([one.sentence.parts.quoted for one in block])
    target = np.repeat([one.sentence.parts.quoted[one.first] for one in block], counts)
    both = (quoted & target, ~quoted & ~target, quoted & ~target, ~quoted & target)
    related = np.array([*rows, *both, *np.zeros((2, len(at)))])
    for begin, one in zip(bounds, block, strict=False):
        for verb in one.sentence.verbs:
            related[-2:, begin + verb] = _by_verb(one, verb)
    related[:, ~(before | after)] = 0
    return related, quoted == target


def _by_verb(target: Target, at: int) -> tuple[bool, bool]:
    """Whether a target is agent, and whether it is patient, of a listed verb."""
    sentence, first, last, previous, following, begins, ends = target
    words, passive = sentence.parts.words, at in sentence.passive
    preposition = words[first - 1] if first else ""
    free = preposition not in words_of("preposition")
    ahead = last < at < min(ends, following) and free and not _possessive(sentence.parts, first, last)
    behind = max(begins, previous + 1) <= at < first and free and not passive
    done_by = first - _NEAR <= at < first and preposition == "by"
    return (ahead and not passive) or done_by, (ahead and passive) or behind


def _clause(parts: Clauses, at: int) -> tuple[int, int]:
    """Where the clause of a word begins and ends."""
    return bisect_left(parts.clause, parts.clause[at]), bisect_right(parts.clause, parts.clause[at])


def _possessive(sentence: Clauses, first: int, last: int) -> bool:
    """Whether the target is whose something is: "the mayor's plan", "her plan"."""
    after, then = (*sentence.words[last + 1 : last + 3], "", "")[:2]
    if after in ("'s", "'"):
        return then not in words_of("determiner") | words_of("auxiliary") and not then.endswith("ing")
    if sentence.words[first] == "her":
        return after.isalpha() and after not in words_of("preposition") | words_of("begins a clause")
    return sentence.words[first] in words_of("possessive")


def _cues(sentence: Clauses, first: int, last: int) -> list[float]:
    """What is said of the target itself, by `CUES`."""
    words = sentence.words
    near = [*words[max(0, first - 2) : first], *words[last + 1 : last + 4]]
    others = len(sentence.others) - bisect_right(sentence.others, last) + bisect_left(sentence.others, first)
    return [
        float(first == last and words[first] in words_of("personal pronoun")), float(first <= 1),
        first / len(words), np.log1p(len(words)) / 3, min(others, 10) / 5, float(sentence.quoted[first]),
        float(sentence.quoted.any()), float(not words_of("says").isdisjoint(near)),
        float(_possessive(sentence, first, last)), float(sentence.negated[first : last + 4].any()),
    ]  # fmt: skip


def _runs(sentence: Sentence, first: int, last: int) -> list[str]:
    """The words of the sentence, names and numbers masked, and runs of them, each with its place."""
    words = sentence.words
    shown = ["NUMBER" if word[:1].isdigit() else word or "NAME" for word in words]
    shown[first : last + 1] = ["TARGET"]
    masked = [word for before, word in pairwise(["", *shown]) if (before, word) != ("NAME", "NAME")]
    found = [*map("any ".__add__, dict.fromkeys(masked))]
    found += map("pair ".__add__, map(" ".join, pairwise(masked)))
    padded = ["", "", "", *masked, "", "", ""]
    here = padded.index("TARGET")
    for step in range(1, 4):
        found += [f"-{step} {padded[here - step]}", f"+{step} {padded[here + step]}"]
    found += [
        f"-2..-1 {padded[here - 2]} {padded[here - 1]}", f"+1..+2 {padded[here + 1]} {padded[here + 2]}",
        f"+1..+3 {' '.join(padded[here + 1 : here + 4])}", f"around {padded[here - 1]} {padded[here + 1]}",
    ]  # fmt: skip
    begin, end = _clause(sentence.parts, first)
    found += map("before ".__add__, filter(None, words[begin:first]))
    return [*found, *map("after ".__add__, filter(None, words[last + 1 : end]))]


class Weights(NamedTuple):
    """The fitted model; the last axis is `LABELS`."""

    listed: np.ndarray  # (values of `Features.listed`, 3)
    words: dict[str, int]  # a word → its row in
    by_word: np.ndarray  # (words + 1, BY_WORD, 3); the last row is for every other word
    runs: dict[str, int]
    by_run: np.ndarray  # (runs, 3)
    bias: np.ndarray  # (3,)
    # (2, 4, 3): what turns the three sums, and 1, into logits; for chosen targets, for ordinary ones
    calibration: np.ndarray


@cache
def weights() -> Weights:
    """The model that comes with the package, from `targets.npz`."""
    lists = ("words", "runs")
    with np.load(Path(__file__).with_suffix(".npz"), allow_pickle=False) as stored:
        words, runs = ({name: row for row, name in enumerate(str(stored[key]).split("\n"))} for key in lists)
        part = {key: stored[key].astype(float) for key in set(stored) - set(lists)}
    by_word = np.pad(part["by_word"] * part["word_scale"], ((0, 1), (0, 0), (0, 0)))
    by_run = part["by_run"] * part["run_scale"]
    return Weights(part["listed"], words, by_word, runs, by_run, part["bias"], part["calibration"])


@cache  # always the same object: to compare two of them takes longer than to read a sentence
def _known() -> frozenset[str]:
    """The words that the model knows, which are no names."""
    return frozenset(weights().words)


def sums(seen: list[Features], model: Weights) -> np.ndarray:
    """The three sums of each target before they are calibrated, shape (targets, 3)."""
    found = [_sums(seen[begin : begin + _BLOCK], model) for begin in range(0, len(seen), _BLOCK)]
    return np.concatenate([np.zeros((0, len(LABELS))), *found])


def _sums(block: list[Features], model: Weights) -> np.ndarray:
    at = [*map(model.words.get, chain.from_iterable(one.words for one in block), repeat(-1))]
    by_word = np.einsum("wr,wrl->wl", np.concatenate([one.weights for one in block]), model.by_word[at])
    rows = np.array([*map(model.runs.get, chain.from_iterable(one.runs for one in block), repeat(-1))], int)
    numbers = np.repeat(np.arange(len(block)), [len(one.runs) for one in block])[rows >= 0]
    by_run = [np.bincount(numbers, part, len(block)) for part in model.by_run[rows[rows >= 0]].T]
    firsts = [*accumulate((len(one.words) for one in block[:-1]), initial=0)]
    listed = np.array([one.listed for one in block]) @ model.listed
    return model.bias + listed + np.column_stack(by_run) + np.add.reduceat(by_word, firsts)


def _linear(seen: list[Features], model: Weights, ordinary: bool) -> np.ndarray:
    matrix = model.calibration[int(ordinary)]
    logits = sums(seen, model) @ matrix[:3] + matrix[3]
    odds = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
    return odds / odds.sum(axis=1, keepdims=True)
