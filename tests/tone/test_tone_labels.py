import csv

import numpy as np
import pandas as pd
import pytest

from helpers import paths, tables, tone, topics
from helpers.paths import CorpusError

CODES = pd.DataFrame(
    {"position": [0, 1, 2], "kind": ["topic", "actor", "actor"], "code": ["quay", "mayor", "port"]}
)
CODES = CODES.assign(
    label=["Quay", "The mayor", "Port Ellery"], definition=["", "Whoever holds the office.", ""]
)
HEAD = "sentence_id,start,code,label,coder\n"


def corpus(texts=2, length=200):
    """Tables sentences, mentions, groups: the mayor in all sentences, in three voices, the port in some."""
    rows = [
        (
            f"t{a}:s{n:03d}",
            f"t{a}",
            n // 3 + (n > 0),
            40 * n,
            n == 0,
            f"Then {n} times the mayor of Port Ellery came.",
        )
        for a in range(texts)
        for n in range(length)
    ]
    columns = ["sentence_id", "article_id", "paragraph", "start", "heading", "text"]
    sentences = pd.DataFrame(rows, columns=columns)
    where = sentences.assign(kind="actor", code="mayor", start=sentences.text.str.find("the mayor"))
    where["end"] = where.start + 9
    where["voice"] = np.resize(["own", "own", "direct", "indirect"], len(where))
    port = where[::10].assign(
        code="port", start=where.text.str.find("Port"), end=where.text.str.find(" came")
    )
    topic = where.assign(kind="topic", code="quay")
    mentions = pd.concat([where, port, topic], ignore_index=True).drop(
        columns=[*columns[1:3], "heading", "text"]
    )
    by_text = pd.DataFrame({"by": "outlet", "group": sentences.article_id.unique()})
    return sentences, mentions, by_text.assign(article_id=by_text.group)


def sampled(texts=2, length=200, **options):
    return tone.sample(*corpus(texts, length), CODES, **options)


def written(folder, text):
    (folder / paths.LABELS).write_text(text, encoding="utf-8")
    return folder


def test_of_each_actor_group_and_voice_sixty_are_drawn_or_all_there_are():
    drawn, (_, mentions, _) = sampled(), corpus()
    told = drawn.merge(mentions[mentions.kind == "actor"], on=["sentence_id", "start", "code"])
    sizes = told.assign(text=told.sentence_id.str[:2]).groupby(["code", "text", "voice"]).size()
    assert sizes["mayor"].unstack().to_dict("index")["t0"] == {"direct": 50, "indirect": 50, "own": 60}
    assert sizes["mayor"].sum() == 320 and sizes["port"].sum() == 38
    assert not drawn.duplicated(["sentence_id", "start", "code"]).any()
    draws = drawn[drawn.code == "mayor"].draw.str.split().str[0]
    assert set(draws) == {"60/99", "50/50"}


def test_headlines_and_list_items_are_not_read_for_tone():
    sentences, mentions, groups = corpus(1, 12)
    sentences.loc[3, "text"] = "• " + sentences.text[3][2:]
    drawn = tone.sample(sentences, mentions, groups, CODES)
    assert set(drawn.sentence_id) == set(sentences.sentence_id) - {"t0:s000", "t0:s003"}


def test_a_row_marks_the_mention_and_asks_for_its_actor_beside_the_sentence_before():
    row = sampled().set_index(["sentence_id", "code"]).loc["t0:s010", "port"]
    assert row.text == "Then 10 times the mayor of ⟦Port Ellery⟧ came."
    assert row.before == "Then 9 times the mayor of Port Ellery came."
    assert (
        row.question == "What tone is taken toward Port Ellery where marked: negative, neutral or positive?"
    )
    assert sampled().question[0].endswith("neutral or positive? Whoever holds the office.")
    assert (row.label, row.coder) == ("", "") and row.start == len("Then 10 times the mayor of ")


def test_the_order_of_a_sample_shows_neither_group_nor_voice_nor_the_machines_reading():
    drawn = sampled()
    assert list(drawn) == [
        "sentence_id",
        "start",
        "code",
        "question",
        "before",
        "text",
        "label",
        "coder",
        "draw",
    ]
    mayor = drawn[drawn.code == "mayor"].sentence_id.str[:2].to_numpy().reshape(2, 160)
    assert (abs((mayor == "t0").sum(axis=1) - 80) < 20).all()
    assert drawn.code.drop_duplicates().tolist() == [
        "mayor",
        "port",
    ]  # actor by actor, as the codebook has them
    turned = tone.sample(*corpus(), CODES.assign(position=[0, 2, 1]))
    assert turned.code.drop_duplicates().tolist() == ["port", "mayor"]


def test_a_topic_of_the_same_name_as_an_actor_is_not_asked_for():
    sentences, mentions, groups = corpus()
    both = pd.concat([CODES, CODES[1:2].assign(kind="topic", position=3)])
    more = mentions[mentions.kind == "topic"].assign(code="mayor", start=0, end=4)
    drawn = tone.sample(sentences, pd.concat([mentions, more]), groups, both)
    pd.testing.assert_frame_equal(drawn, sampled())


def test_a_sample_is_the_same_in_whatever_order_the_tables_are():
    sentences, mentions, groups = corpus()
    again = tone.sample(sentences[::-1], mentions[::-1], groups[::-1], CODES[::-1])
    pd.testing.assert_frame_equal(sampled(), again)
    assert not again.equals(sampled(seed=1))
    alone = tone.sample(sentences, mentions, groups, CODES[2:])
    pd.testing.assert_frame_equal(again[again.code == "port"].reset_index(drop=True), alone)


def test_every_mention_is_as_likely_to_be_drawn():
    runs = pd.concat([sampled(1, 160, seed=seed).query("code == 'mayor'") for seed in range(60)])
    _, mentions, _ = corpus(1, 160)
    own = runs.merge(
        mentions.query("kind == 'actor' and voice == 'own'"), on=["sentence_id", "start", "code"]
    )
    counts = own.sentence_id.value_counts()
    assert len(counts) == 79 and np.allclose(counts / 60, 60 / 79, atol=0.25)


def test_without_actors_there_is_nothing_to_read():
    assert tone.sample(*corpus(), CODES[:1]).empty
    sentences, mentions, groups = corpus()
    assert tone.sample(sentences, mentions[:0], groups, CODES).empty


def answered(folder, drawn, separator=","):
    """The sample filled in by a spreadsheet program, with answers about topics below it."""
    rows = list(csv.reader(tables.csv_text(drawn).splitlines()))
    head, rows = rows[0], rows[1:]
    said = ["Negative", "neutral", "POSITIVE"]
    for number, row in enumerate(rows):
        row[head.index("label")] = said[number % 3]
        row[head.index("start")] += ".0" if number % 2 else ""
    rows.append(
        [
            {"sentence_id": "t0:s001", "code": "quay", "label": "yes", "coder": "B"}.get(name, "")
            for name in head
        ]
    )
    with (folder / paths.LABELS).open("w", encoding="utf-8-sig", newline="") as lines:
        csv.writer(lines, delimiter=separator, lineterminator="\r\n").writerows([head, *rows])
    return folder


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_sample_filled_in_is_read_back_beside_answers_about_topics(tmp_path, separator):
    drawn = sampled()
    labels = tone.read_labels(answered(tmp_path, drawn, separator))
    sentences, mentions, _ = corpus()
    used, said = tone.known(labels, sentences, mentions)
    used = tables.check("tone_labels", used)
    assert (
        len(used) == len(drawn)
        and said == "358 of 358 answers used. Left out: 0 whose mention is not in these tables."
    )
    told = used.merge(
        drawn, left_on=["sentence_id", "start", "actor"], right_on=["sentence_id", "start", "code"]
    )
    assert (told.draw_x == told.draw_y).all() and set(told.label_x) == {"negative", "neutral", "positive"}
    assert topics.read_labels(tmp_path)[["sentence_id", "code", "label", "coder"]].values.tolist() == [
        ["t0:s001", "quay", True, "B"]
    ]


def test_an_answer_counts_only_if_the_sentence_still_names_the_target_there(tmp_path):
    drawn = sampled(1, 12).query("code == 'mayor'")
    labels = tone.read_labels(answered(tmp_path, drawn))
    sentences, mentions, _ = corpus(1, 12)
    sentences.loc[sentences.sentence_id == "t0:s004", "text"] = "Then 4 times the mayor of Port Eleven came."
    moved = (mentions.sentence_id == "t0:s005") & (mentions.kind == "actor")
    mentions.loc[moved, ["start", "end"]] += 1
    longer = (mentions.sentence_id == "t0:s006") & (mentions.kind == "actor")
    mentions.loc[longer, "end"] += 1
    used, said = tone.known(labels, sentences, mentions[mentions.sentence_id != "t0:s007"])
    assert set(drawn.sentence_id) - set(used.sentence_id) == {f"t0:s00{n}" for n in (4, 5, 6, 7)}
    assert said == "7 of 11 answers used. Left out: 4 whose mention is not in these tables."


def test_an_answer_without_text_or_draw_counts_for_agreement_only(tmp_path):
    labels = tone.read_labels(written(tmp_path, HEAD + "t0:s001,13,mayor,neutral,\n"))
    used, _ = tone.known(labels, *corpus(1, 3)[:2])
    assert used.values.tolist() == [["t0:s001", 13, "mayor", "neutral", "1", None]]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("t0:s001,13,mayor,good,", "line 2: label 'good' is none of negative, neutral, positive. Leave"),
        ("t0:s001,13,mayor,yes,", "line 2: label 'yes' is none of negative"),
        ("t0:s001,x,mayor,neutral,", "line 2: start 'x' is no whole number. Copy it"),
        ("t0:s001,13,,neutral,", "line 2: an answer needs a sentence_id and a code"),
        ("t0:s001,13,mayor,neutral,\nt0:s001,13,mayor,positive,1", "line 3: 'positive' of coder '1'.*line 2"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_line(tmp_path, row, message):
    with pytest.raises(CorpusError, match=f"labels.csv, {message}"):
        tone.read_labels(written(tmp_path, HEAD + row + "\n"))


def test_a_codebook_without_actors_has_no_answers_about_tone(tmp_path):
    sentences, mentions, _ = corpus(1, 3)
    for labels in (HEAD, HEAD + "t0:s001,13,mayor,neutral,a\n"):
        judged = tone.read_labels(written(tmp_path, labels))
        used, _ = tone.known(judged, sentences, mentions[mentions.kind == "topic"])
        assert tables.check("tone_labels", used).empty


def test_answers_of_which_no_sentence_is_there_any_more_are_left_out(tmp_path):
    answer = "x:s001,,quay,yes,a\nx:s001,13,mayor,neutral,a\n"
    sentences, mentions, _ = corpus(1, 3)
    folder = written(tmp_path, HEAD + answer)
    assert tone.known(tone.read_labels(folder), sentences, mentions)[0].empty
    assert topics.known(topics.read_labels(folder), sentences, CODES)[0].empty


@pytest.mark.parametrize(
    "row", ["t0:s001,9999999999999999999999,mayor,neutral,a", "t0:s001,٣,mayor,neutral,a"]
)
def test_a_start_that_is_no_place_in_a_sentence_is_told(tmp_path, row):
    with pytest.raises(CorpusError, match=r"line 2: start '\S+' is no whole number"):
        tone.read_labels(written(tmp_path, f"{HEAD}{row}\n"))


def test_one_coder_may_read_two_mentions_in_one_sentence_differently(tmp_path):
    text = HEAD + "t0:s001,13,mayor,neutral,\nt0:s001,30,mayor,positive,\n"
    assert tone.read_labels(written(tmp_path, text)).label.tolist() == ["neutral", "positive"]


def test_an_answer_about_tone_without_its_start_is_refused(tmp_path):
    with pytest.raises(CorpusError, match="label 'neutral' is neither yes nor no"):
        topics.read_labels(written(tmp_path, HEAD + "t0:s001,,mayor,neutral,\n"))


def test_a_draw_of_another_mention_is_refused(tmp_path):
    drawn = sampled().assign(label="neutral")
    for moved in (drawn.assign(draw=np.roll(drawn.draw, 1)), drawn.assign(start=drawn.start + 1)):
        with pytest.raises(CorpusError, match="draw .* is not the one that was written for this"):
            tone.read_labels(written(tmp_path, tables.csv_text(moved)))


def test_agreement_is_ordinal_and_told_of_coders_and_of_the_machine_with_each():
    said = ["negative", "neutral", "positive"]
    ids = [f"t0:s{n:03d}" for n in range(30)]
    first = pd.DataFrame({"sentence_id": ids, "start": 3, "actor": "mayor", "label": np.resize(said, 30)})
    second = first.assign(label=np.where(first.index < 6, "neutral", first.label))[:24]
    labels = pd.concat([first.assign(coder="A"), second.assign(coder="B")])
    machine = first.assign(label=first.label.mask(first.index % 4 == 0, "neutral"))[:20]
    found = tone.agreement(labels, machine).set_index("between")
    assert found.index.tolist() == ["the coders", "the machine and coder A", "the machine and coder B"]
    assert found.mentions.tolist() == [24, 20, 20]
    assert found.alike.tolist() == pytest.approx([20 / 24, 17 / 20, 15 / 20])
    near = second.assign(label=np.where(first.index[:24] < 6, "negative", second.label))
    far = tone.agreement(pd.concat([first.assign(coder="A"), near.assign(coder="B")]), machine)
    assert far.alike[0] == found.alike.iloc[0] and far.alpha[0] < found.alpha.iloc[0] - 0.1
    assert (found.low < found.alpha).all() and (found.alpha < found.high).all()


def test_without_answers_there_is_no_agreement_and_without_a_file_there_are_no_answers(tmp_path):
    labels = tone.read_labels(tmp_path)
    used, said = tone.known(labels, *corpus(1, 3)[:2])
    assert tables.check("tone_labels", used).empty and said.startswith("0 of 0 answers used")
    assert tone.agreement(used, used).empty
