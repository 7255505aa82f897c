"""How a sentence speaks of a target: what must not matter, what must, and what the model may not hold."""

import random

import numpy as np
import pandas as pd
import pytest

from helpers import clauses
from helpers.paths import CorpusError
from helpers.tone import targets, valence


def frame(*marked):
    """Sentences whose target stands in square brackets."""
    rows = [(one.replace("[", "").replace("]", ""), one.index("["), one.index("]") - 1) for one in marked]
    return pd.DataFrame(rows, columns=["text", "start", "end"])


def score(*marked):
    return targets.score(frame(*marked))


SENTENCES = [
    "The council praised [Tarvin] after Ostrel lost the vote.",
    "[Tarvin] slammed Ostrel, who called the corrupt plan a triumph.",
    "“Ostrel is a disgrace,” said [Tarvin] on the quay in Port Ellery.",
    "Not only did [she] win, she thanked Tarvin for her courage.",
    "The plan of [Tarvin]'s rivals failed.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("name", ["Tarvin", "Ostrel", "Port", "Ellery"])
def test_another_name_changes_nothing(sentence, name):
    other = score(sentence.replace(name, "Quimwell"))
    pd.testing.assert_frame_equal(other, score(sentence))


@pytest.mark.parametrize(
    ("text", "name"), [("Tarvin lied", True), ("Plans changed", False), ("Plans Ltd changed", True)]
)
def test_a_capital_that_begins_a_sentence_makes_a_name_of_no_common_word(text, name):
    assert clauses.read(text, frozenset(["plans"])).name[0] is name


def test_the_targets_own_words_do_not_count():
    first, second = score("The [corrupt mayor] spoke.", "The [decent mayor] spoke.").to_numpy().tolist()
    assert first == second


@pytest.mark.parametrize(
    ("he", "she"),
    [
        ("[He] ruined the harbour, and his crew left.", "[She] ruined the harbour, and her crew left."),
        ("The crew thanked [him].", "The crew thanked [her]."),
        ("The crew thanked [his] brave pilot himself.", "The crew thanked [her] brave pilot herself."),
        ("The crew, [he] said, had failed him.", "The crew, [she] said, had failed her."),
    ],
)
def test_he_and_she_are_read_alike(he, she):
    pd.testing.assert_frame_equal(score(he), score(she))


def test_every_row_has_its_figures_on_the_index_of_the_frame():
    rows = frame(*SENTENCES).set_axis([9, 2, 7, 7, "x"])
    table = targets.score(rows)
    assert list(table) == ["label", "score", "confidence", "event", "evaluation"]
    assert table.index.tolist() == [9, 2, 7, 7, "x"] and set(table.label) <= set(targets.LABELS)
    assert table.confidence.between(0.25, 1).all() and not table.isna().any(axis=None)
    assert table[["score", "event", "evaluation"]].abs().lt(1).all(axis=None)


def test_label_score_and_confidence_come_from_the_same_three_probabilities():
    table = score(
        "The court praised the [mayor].", "The court jailed the corrupt [mayor].", "A [mayor] spoke."
    )
    assert table.label.tolist() == ["positive", "negative", "neutral"]
    sign = table.label.map({"positive": 1, "negative": -1, "neutral": 0})
    assert (np.sign(table.score) == sign)[sign != 0].all()
    assert (table.score.abs() <= table.confidence)[sign != 0].all()
    assert (table.score.abs() <= 1 - table.confidence)[sign == 0].all()


@pytest.mark.parametrize(
    ("probabilities", "label"),
    [
        ((0.45, 0.30, 0.25), "negative"),
        ((0.36, 0.30, 0.34), "neutral"),
        ((0.34, 0.30, 0.36), "neutral"),
        ((0.05, 0.46, 0.49), "positive"),
        ((0.47, 0.49, 0.04), "negative"),
        ((0.35, 0.55, 0.10), "neutral"),
    ],
)
def test_a_sign_is_given_only_where_its_opposite_is_unlikely(probabilities, label):
    assert targets.LABELS[targets.decided(np.array([probabilities]))[0]] == label


def test_no_row_gives_no_row():
    table = targets.score(frame("A [mayor].")[:0])
    assert table.empty and list(table) == ["label", "score", "confidence", "event", "evaluation"]


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (5, 2), (4, 11), (10, 11)])
def test_a_span_outside_its_sentence_is_refused_with_the_sentence(start, end):
    rows = pd.DataFrame({"text": ["He spoke.", "She spoke."], "start": [0, start], "end": [2, end]})
    with pytest.raises(CorpusError, match="She spoke"):
        targets.score(rows)


@pytest.mark.parametrize(
    "text",
    [
        "Tarvin",
        "He",
        "🙂",
        "🙂🙂 He won 🙂",
        "?!",
        "“”",
        " ",
        "a",
        "— — —",
        "won " * 500,
        "'s",
        "n't",
        "...He",
    ],
)
def test_any_text_and_any_span_of_it_can_be_read(text):
    spans = [(0, len(text)), (0, 1), (len(text) - 1, len(text)), (len(text) // 2, len(text) // 2 + 1)]
    table = targets.score(pd.DataFrame([(text, *span) for span in spans], columns=["text", "start", "end"]))
    assert len(table) == 4 and not table.isna().any(axis=None)


def test_the_order_of_the_rows_does_not_matter():
    rows = frame(*SENTENCES, SENTENCES[0].replace("[Tarvin]", "Tarvin").replace("Ostrel", "[Ostrel]"))
    order = random.Random(3).sample(range(len(rows)), len(rows))
    pd.testing.assert_frame_equal(targets.score(rows.iloc[order]).sort_index(), targets.score(rows))


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("The crew praised the [harbour master].", "The crew blamed the [harbour master]."),
        ("The [pilot] rescued the crew.", "The [pilot] betrayed the crew."),
        ("The [crew] was praised by the pilot.", "The [crew] was condemned by the pilot."),
        ("The [pilot] was honest.", "The [pilot] was not honest."),
        ("The [pilot] was not corrupt.", "The [pilot] was corrupt."),
        ("A brilliant speech by the [mayor].", "A disgraceful speech by the [mayor]."),
        ("Residents cheered for the [mayor].", "Residents protested against the [mayor]."),
        ("The [pilot], an admired expert, spoke.", "The [pilot], a convicted fraud, spoke."),
    ],
)
def test_praise_reads_better_than_blame(better, worse):
    high, low = score(better, worse).score
    assert high > low + 0.2


@pytest.mark.parametrize(
    "sentence",
    [
        "The court jailed the corrupt {}, and the {} was honoured for her courage.",
        "The {} betrayed the {}, a beloved veteran.",
        "The {} was accused of fraud by the respected {}.",
    ],
)
def test_two_targets_of_a_sentence_are_told_apart(sentence):
    low = score(sentence.format("[mayor]", "pilot")).score.iloc[0]
    high = score(sentence.format("mayor", "[pilot]")).score.iloc[0]
    assert high > low + 0.1


def test_what_happens_and_what_judges_are_two_columns():
    table = score("The storm killed the [mayor].", "The brilliant [mayor] spoke.", "The [mayor] spoke.")
    assert (np.sign(table.event) == [-1, 0, 0]).all() and (np.sign(table.evaluation) == [0, 1, 0]).all()


def test_what_stands_nearer_counts_more_for_event_and_evaluation():
    table = score(
        "The [mayor] was killed.",
        "The [mayor] lives in the town where in the spring of the year before last a pilot was killed.",
        "The brilliant [mayor] spoke.",
        "The [mayor] spoke at the quay in the town of the pilot who once was so brilliant.",
    )
    assert table.event[0] < table.event[1] < 0
    assert table.evaluation[2] > table.evaluation[3] > 0


def test_another_voice_does_not_judge_in_this_one():
    table = score(
        "The [mayor] is brilliant.", "The [mayor] met “a brilliant man”.", "“The [mayor] is brilliant.”"
    )
    assert table.evaluation[0] > 0 == table.evaluation[1] and table.evaluation[2] > 0


def test_negation_turns_what_is_listed():
    table = score("The [mayor] is corrupt.", "The [mayor] is not corrupt.")
    assert table.evaluation[0] < 0 < table.evaluation[1]


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("the attack on the crew", []),
        ("they attack the crew", ["attack"]),
        ("to attack", ["attack"]),
        ("her attack", []),
        ("the attack the day before", []),
        ("the crew attacked", ["attacked"]),
        ("the crew did not attack", ["attack"]),
        ("the crew is corrupt", []),
        ("the crew was attacking", ["attacking"]),
    ],
)
def test_a_word_that_can_be_verb_and_noun_is_told_by_the_words_beside_it(text, verbs):
    parts = clauses.read(text, frozenset(text.split()))
    _, at = valence.values(parts.words, parts.name)
    assert [parts.words[one] for one in at] == verbs


def test_a_phrase_is_looked_up_before_its_words():
    values, verbs = valence.values("they abide by a bloody battle".split(), [False] * 6)
    assert verbs == [1] and values[1, 0] > 0
    assert values[4].any() and not values[5].any()


def test_names_carry_no_value():
    words = "the brutal lamp".split()
    assert valence.values(words, [False] * 3)[0][1].any()
    assert not valence.values(words, [False, True, False])[0].any()


def test_the_model_is_small_and_no_pickle():
    stored = targets.Path(targets.__file__).with_suffix(".npz")
    assert stored.stat().st_size <= 2_000_000
    with np.load(stored, allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays)


def test_the_model_knows_no_surname_of_the_texts_it_was_fitted_on():
    model = targets.weights()
    known = set(model.words) | {word for run in model.runs for word in run.split()}
    surnames = (
        "trump clinton obama biden sanders mccain romney pelosi mcconnell mueller comey kavanaugh pence"
    )
    assert not known & {
        *surnames.split(),
        *"rubio cruz bannon manafort giuliani schumer warren reagan".split(),
    }
    assert not [word for word in known if word != word.lower() and word not in ("NAME", "TARGET", "NUMBER")]


def test_the_model_calibrates_towards_each_label_and_its_columns_sum_to_nothing():
    calibration = targets.weights().calibration
    assert calibration.shape == (2, 4, 3) and calibration.sum(axis=2) == pytest.approx(0, abs=1e-4)
    assert (calibration[:, :3].argmax(axis=2) == [0, 1, 2]).all()


def test_ordinary_mentions_are_taken_for_neutral_more_often_than_chosen_targets():
    texts = [
        "The mayor met the council.",
        "The mayor helped to sign the agreement.",
        "Critics blamed the mayor.",
    ]
    frame = pd.DataFrame({"text": texts, "start": [text.index("mayor") for text in texts]})
    frame["end"] = frame.start + 5
    chosen, ordinary = targets.score(frame), targets.score(frame, ordinary=True)
    assert (ordinary.score.abs() < chosen.score.abs()).all()
    assert (ordinary.event == chosen.event).all()
