import pandas as pd
import pytest

from helpers import tables, tone
from helpers.tone.targets import score

TEXTS = {
    "a:s001": "The council praised the mayor for her courage.",
    "a:s002": "Critics blamed the mayor and the harbour master for the disaster.",
    "b:s001": "“The mayor is a disgrace,” the harbour master said.",
    "b:s002": "• the mayor",
}
SENTENCES = pd.DataFrame({"sentence_id": list(TEXTS), "text": list(TEXTS.values())}).assign(
    article_id=["a", "a", "b", "b"], paragraph=[1, 2, 1, 2], heading=False
)
NAMES = {"mayor": "mayor", "master": "harbour master"}
VOICE = {"b:s001": {"mayor": "direct"}}
MENTIONS = pd.DataFrame(
    [
        (
            one,
            "actor",
            code,
            text.index(name),
            text.index(name) + len(name),
            VOICE.get(one, {}).get(code, "own"),
        )
        for one, text in TEXTS.items()
        for code, name in NAMES.items()
        if name in text
    ],
    columns=["sentence_id", "kind", "code", "start", "end", "voice"],
)
TOPIC = pd.DataFrame([("a:s001", "topic", "council", 4, 11, "own")], columns=MENTIONS.columns)
EACH = pd.DataFrame({"by": "article_id", "group": ["a", "b"], "article_id": ["a", "b"]})


def read():
    running = tone.running(SENTENCES)
    return tables.check("tone", tone.toward_actors(running, pd.concat([TOPIC, MENTIONS])))


def test_every_mention_of_an_actor_in_running_text_is_read_once():
    found = read()
    assert list(zip(found.sentence_id, found.actor, found.voice, strict=True)) == [
        ("a:s001", "mayor", "own"),
        ("a:s002", "mayor", "own"),
        ("a:s002", "master", "own"),
        ("b:s001", "mayor", "quoted"),
        ("b:s001", "master", "own"),
    ]


def test_mentions_are_read_as_the_ordinary_ones_they_are():
    found = read()
    rows = found[["sentence_id", "start", "end"]].assign(text=found.sentence_id.map(TEXTS))
    ordinary, chosen = (score(rows, ordinary=one).score for one in (True, False))
    assert found.score.tolist() == pytest.approx(ordinary.tolist())
    assert found.score.tolist() != pytest.approx(chosen.tolist())


def test_praise_and_blame_of_one_actor_are_told_apart():
    praised, blamed, _, disgraced, _ = read().score
    assert disgraced < 0 and blamed < 0 < praised


def test_without_actors_nothing_is_read():
    assert tables.check("tone", tone.toward_actors(SENTENCES, TOPIC)).empty


def test_what_happens_and_how_words_judge_are_means_of_the_own_voice():
    found = tone.event_and_evaluation(read(), SENTENCES).set_index(["actor", "article_id"])
    assert found.mentions.to_dict() == {("master", "a"): 1, ("master", "b"): 1, ("mayor", "a"): 2}
    assert found.evidence["mayor", "a"] == "tone?actor=mayor&article_id=a&voice=own"
    own = read().query("actor == 'mayor' and voice == 'own'")
    assert found.evaluation["mayor", "a"] == pytest.approx(own.evaluation.mean())
    assert found.event["mayor", "a"] == pytest.approx(own.event.mean())


def test_sentences_to_read_pull_their_sides_apart_and_pairs_without_text_have_none():
    pair = {"actor": "mayor", "topic": "", "voice": "own", "by": "article_id", "group_a": "a", "group_b": "b"}
    table = read().assign(voice="own")
    pairs = pd.DataFrame([pair | {"diff": 0.5, "verdict": "higher"}])
    assert tone.to_read(pairs, table, SENTENCES, EACH).sentence.tolist() == [
        "The council praised the ⟦mayor⟧ for her courage.",
        "“The ⟦mayor⟧ is a disgrace,” the harbour master said.",
    ]
    turned = pairs.assign(diff=-0.5, verdict="lower")
    assert tone.to_read(turned, table, SENTENCES, EACH).sentence_id.tolist() == ["a:s002", "b:s001"]
    assert tone.to_read(pairs.assign(verdict="too little text"), table, SENTENCES, EACH).empty


def test_of_a_pair_on_a_topic_only_sentences_on_it_are_to_be_read():
    pair = {"actor": "mayor", "topic": "council", "voice": "own", "by": "article_id", "diff": -0.5}
    pairs = pd.DataFrame([pair | {"group_a": "a", "group_b": "b", "verdict": "lower"}])
    table = read().assign(voice="own")
    assert tone.to_read(pairs, table, SENTENCES, EACH, TOPIC).sentence_id.tolist() == ["a:s001"]
    assert tone.to_read(pairs, table, SENTENCES, EACH).empty


def readings(scores):
    """Tables tone and sentences: text → scores of one actor."""
    rows = [
        (f"{text}:s{n:03d}", text, n, one) for text, part in scores.items() for n, one in enumerate(part, 1)
    ]
    table = pd.DataFrame(rows, columns=["sentence_id", "article_id", "paragraph", "score"])
    table = table.assign(start=4, end=9, actor="mayor", voice="own", label="neutral", confidence=0.9)
    sentences = table[["sentence_id", "article_id", "paragraph"]].assign(text="The mayor came.")
    return table.drop(columns=["article_id", "paragraph"]), sentences


def order(scores, **columns):
    table, sentences = readings(scores)
    groups = pd.DataFrame({"by": "article_id", "group": list(scores), "article_id": list(scores)})
    found = tone.sensitivity(table.assign(**columns), sentences, MENTIONS.iloc[:0], groups, 0.6)
    return found.set_index("reading")


def test_an_order_that_stays_has_tau_one_and_one_that_does_not_vary_none():
    found = order({"a": [0.5] * 3, "b": [0.1] * 3, "c": [-0.5] * 3})
    assert found.tau["all mentions"] == 1 and found.highest["all mentions"]
    assert pd.isna(found.tau["the same mentions, by VADER's list"])
    assert (found.groups == 3).all()


def test_unsure_readings_can_turn_an_order():
    confidence = [0.9] * 3 + [0.2] * 9 + [0.9] * 3
    found = order({"a": [0.5] * 3 + [-0.9] * 9, "b": [0.1] * 3}, confidence=confidence)
    assert found.tau["all mentions"] == -1 and not found.highest["all mentions"]
    assert found.tau["those of confidence 0.80 and more"] == 1


def test_texts_with_few_sure_readings_have_no_place_in_an_order():
    assert order({"a": [0.5] * 3, "b": [0.1] * 2}).empty


def test_fragments_are_not_read_for_tone():
    sentences = pd.DataFrame(
        {
            "text": ["Head", "Sub", "• an item", "2. an item", "A sentence.", "— he said."],
            "paragraph": range(6),
        }
    ).assign(heading=[True, True, False, False, False, False])
    assert tone.running(sentences).text.tolist() == ["A sentence.", "— he said."]
