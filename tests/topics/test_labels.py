import csv

import numpy as np
import pandas as pd
import pytest

from helpers import paths, tables
from helpers.paths import CorpusError
from helpers.topics.labels import draws, known, read_labels, sample

CODES = pd.DataFrame({"position": [0, 1], "kind": ["topic", "actor"], "code": ["harbour", "mayor"]})
CODES = CODES.assign(label=["Harbour", "The mayor"], definition=["Quays and ships.", ""], terms="")
HEAD = "sentence_id,code,label,coder\n"


def corpus(articles, length, every=3):
    """Tables of so many articles of so many sentences; every third has a mention of the harbour."""
    rows = [
        (f"t{a:02d}:s{n:03d}", f"t{a:02d}", n, 10 * n, f"Sentence {n} of text {a}.")
        for a in range(articles)
        for n in range(1, length + 1)
    ]
    sentences = pd.DataFrame(rows, columns=["sentence_id", "article_id", "paragraph", "start", "text"])
    mentions = sentences[["sentence_id"]].iloc[::every].assign(kind="topic", code="harbour")
    return sentences, mentions


def written(folder, text, encoding="utf-8"):
    (folder / "labels.csv").write_bytes(text.encode(encoding))
    return folder


def test_without_a_file_there_are_no_labels(tmp_path):
    labels = read_labels(tmp_path)
    assert labels.empty and labels.label.dtype == bool
    assert list(labels.columns) == ["sentence_id", "code", "label", "coder", "text", "draw"]


def test_answers_are_read_in_any_spelling_and_in_one_order(tmp_path):
    said = ["YES", "y", "1", "True", "no", "N", "0", "FALSE"]
    rows = [f"a:s{n:03d},harbour, {word} ,B" for n, word in enumerate(said)]
    labels = read_labels(written(tmp_path, HEAD + "\n".join(reversed(rows))))
    assert labels.label.tolist() == [True] * 4 + [False] * 4
    assert labels.sentence_id.is_monotonic_increasing


def test_an_empty_answer_is_not_labelled_yet_and_an_empty_coder_is_the_first(tmp_path):
    labels = read_labels(written(tmp_path, HEAD + "a:s001,harbour,,\na:s002,harbour,no,\n,,,\n"))
    assert labels.values.tolist() == [["a:s002", "harbour", False, "1", "", ""]]


def test_a_file_from_a_spreadsheet_program_is_read(tmp_path):
    text = 'Sentence_ID;text;code;label;coder\r\na:s001;"One; ""two"".\nThree.";harbour;yes;\r\n;;;;\r\n'
    labels = read_labels(written(tmp_path, text, "utf-8-sig"))
    assert labels.values.tolist() == [["a:s001", "harbour", True, "1", 'One; "two".\nThree.', ""]]
    assert len(read_labels(written(tmp_path, text.replace(";", "\t")))) == 1


def test_the_labels_of_a_table_lie_beside_it(tmp_path):
    (tmp_path / "articles.csv").write_text("text\n")
    written(tmp_path, HEAD + "a:s001,harbour,no,\n")
    assert len(read_labels(tmp_path / "articles.csv")) == 1


def test_an_answer_given_twice_alike_counts_once(tmp_path):
    labels = read_labels(written(tmp_path, HEAD + "a:s001,harbour,yes,\na:s001,harbour,y,1\n"))
    assert len(labels) == 1


def test_an_answer_given_before_it_was_drawn_counts_as_drawn(tmp_path):
    sentences, mentions = corpus(2, 10)
    drawn = sample(sentences, mentions, CODES, per_code=4).assign(label="yes", coder="1")
    early = drawn.head(1).assign(draw="")
    text = pd.concat([early, drawn]).to_csv(index=False)
    labels = read_labels(written(tmp_path, text))
    assert len(labels) == len(drawn) and (labels.draw != "").all()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            HEAD + "a:s001,harbour,yes,\na:s002,harbour,maybe,\n",
            "line 3: label 'maybe' is neither yes nor no",
        ),
        (HEAD + "a:s001,,yes,\n", "line 2: an answer needs a sentence_id and a code"),
        (HEAD + ",harbour,yes,\n", "line 2: an answer needs a sentence_id and a code"),
        (HEAD + "a:s001,harbour,yes,1,2\n", "line 2: more fields than columns"),
        ("sentence_id,code,label\na:s001,harbour,yes\n", "line 1: no column 'coder'. It needs: sentence_id"),
        ("", "line 1: no column 'sentence_id'"),
        (HEAD + 'a:s001,"harbour,yes,\n', "cannot be read as CSV in UTF-8.*save it as CSV UTF-8"),
        (
            HEAD + "a:s001,harbour,yes,\na:s001,harbour,no,1\n",
            "line 3: 'no' of coder '1'.*contradicts line 2",
        ),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_line(tmp_path, text, message):
    with pytest.raises(CorpusError, match=f"labels.csv.*{message}"):
        read_labels(written(tmp_path, text))


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_file_in_another_encoding_is_refused_with_what_to_do(tmp_path, encoding):
    with pytest.raises(CorpusError, match="save it as CSV UTF-8"):
        read_labels(written(tmp_path, HEAD + "é:s001,harbour,yes,\n", encoding))


def test_labels_of_sentences_and_codes_that_are_gone_are_left_out_and_counted():
    rows = [("t00:s001", "harbour"), ("t00:s009", "harbour"), ("t00:s009", "old"), ("t00:s002", "old")]
    labels = pd.DataFrame(rows, columns=["sentence_id", "code"]).assign(
        label=True, coder="1", text="", draw=""
    )
    used, said = known(labels, corpus(1, 3)[0], CODES)
    assert used.sentence_id.tolist() == ["t00:s001"]
    assert said == "1 of 4 answers used. Left out: 2 whose sentence and 1 whose code is not in these tables."


def test_an_answer_to_another_text_than_the_one_that_now_bears_the_id_is_left_out(tmp_path):
    text = HEAD.strip() + ",text\nt00:s001,harbour,yes,1,A text that was.\nt00:s002,harbour,yes,1,\n"
    used, _ = known(read_labels(written(tmp_path, text)), corpus(1, 3)[0], CODES)
    assert used.sentence_id.tolist() == ["t00:s002"]
    assert "text" not in used


def test_half_of_a_sample_is_matched_where_there_are_enough():
    sentences, mentions = corpus(5, 30)
    drawn = sample(sentences, mentions, CODES, per_code=20)
    harbour = drawn[drawn.code == "harbour"]
    assert len(harbour) == 20 and harbour.sentence_id.isin(mentions.sentence_id).sum() == 10
    assert not drawn.duplicated(["sentence_id", "code"]).any()
    assert len(drawn[drawn.code == "mayor"]) == 10  # the mayor is nowhere: only the other half can be drawn


def test_a_sample_is_spread_evenly_over_the_articles():
    drawn = sample(*corpus(4, 30), CODES, per_code=16)
    article = drawn[drawn.code == "mayor"].sentence_id.str[:3]
    assert article.value_counts().tolist() == [2, 2, 2, 2]


def test_a_draw_tells_the_same_sizes_in_every_row_and_of_none_what_was_matched():
    sentences, mentions = corpus(5, 30)
    drawn = sample(sentences, mentions, CODES[:1], per_code=20)
    assert set(drawn.draw.str.rpartition(" ")[0]) == {"10/50 10/100"}
    assert drawn.draw.nunique() == 20


def test_a_draw_of_another_row_is_refused_and_an_answer_without_one_is_not_drawn(tmp_path):
    drawn = sample(*corpus(5, 30), CODES[:1]).assign(label="yes")
    moved = drawn.assign(draw=np.roll(drawn.draw, 1))
    with pytest.raises(CorpusError, match="labels.csv, line 2: draw '20/50 20/100 .*' is not the one"):
        read_labels(written(tmp_path, tables.csv_text(moved)))
    labels = read_labels(written(tmp_path, tables.csv_text(drawn.assign(draw=""))))
    assert draws(labels).empty and known(labels, corpus(5, 30)[0], CODES)[0].draw.isna().all()


def test_every_sentence_is_as_likely_to_be_drawn():
    sentences, mentions = corpus(1, 11, every=100)
    drawn = pd.concat([sample(sentences, mentions, CODES[1:], per_code=8, seed=seed) for seed in range(200)])
    assert np.allclose(drawn.sentence_id.value_counts() / 200, 4 / 11, atol=0.12)
    assert drawn.sentence_id.nunique() == 11


def test_the_order_of_a_sample_does_not_show_what_was_matched():
    sentences, mentions = corpus(5, 60)
    drawn = sample(sentences, mentions, CODES[:1], per_code=80)
    halves = drawn.sentence_id.isin(mentions.sentence_id).to_numpy().reshape(2, 40)
    assert (abs(halves.sum(axis=1) - 20) < 10).all()
    assert not drawn.sentence_id.is_monotonic_increasing


def test_a_sample_is_the_same_in_whatever_order_the_tables_are():
    sentences, mentions = corpus(3, 20)
    again = sample(sentences[::-1], mentions[::-1], CODES[::-1])
    pd.testing.assert_frame_equal(sample(sentences, mentions, CODES), again)
    assert not again.equals(sample(sentences, mentions, CODES, seed=1))
    alone = sample(sentences, mentions, CODES[1:].assign(position=0))
    pd.testing.assert_frame_equal(again[again.code == "mayor"].reset_index(drop=True), alone)


def test_a_row_of_a_sample_has_the_sentence_before_and_what_to_go_by():
    codes = CODES.assign(include=["ferries", None], exclude=["", None], example=["Two cranes arrived.", None])
    sentences, mentions = corpus(2, 2)
    drawn = sample(sentences, mentions, codes).set_index(["code", "sentence_id"]).sort_index()
    assert drawn.loc["harbour", "t01:s001"].before == ""
    assert drawn.loc["harbour", "t01:s002"].before == drawn.loc["harbour", "t01:s001"].text
    questions = drawn.question.groupby("code").unique()
    told = "Harbour: Quays and ships. · Include: ferries · Example: Two cranes arrived."
    assert [list(one) for one in questions] == [[told], ["The mayor"]]
    assert sample(sentences, mentions, CODES).question[0] == "Harbour: Quays and ships."


def test_without_codes_there_is_nothing_to_label():
    drawn = sample(*corpus(2, 2), CODES[:0])
    assert drawn.empty and list(drawn.columns)[-3:] == ["label", "coder", "draw"]


def test_a_code_of_a_topic_and_an_actor_is_refused():
    with pytest.raises(CorpusError, match="codebook.yml: 'mayor' is a topic and an actor.*Rename"):
        sample(*corpus(2, 2), CODES.assign(code="mayor"))


def test_a_sample_filled_in_by_a_spreadsheet_program_is_read_back(tmp_path):
    sentences, mentions = corpus(2, 4)
    for table in (sentences, mentions):
        table["sentence_id"] = "-" + table.sentence_id  # such a name would begin a formula
    sentences["text"] = ["=1+1", "One; two", 'Three, "four"\nfive', "’six’"] * 2
    drawn = sample(sentences, mentions, CODES, per_code=6)
    (tmp_path / paths.LABELS).write_text(tables.csv_text(drawn), encoding="utf-8")
    with (tmp_path / paths.LABELS).open(encoding="utf-8", newline="") as lines:
        head, *rows = csv.reader(lines)
    for number, row in enumerate(rows):
        row[head.index("label")] = "" if number == 0 else "TRUE"
    with (tmp_path / paths.LABELS).open("w", encoding="utf-8-sig", newline="") as lines:
        csv.writer(lines, delimiter=";", lineterminator="\r\n").writerows([head, *rows])
    labels, said = known(read_labels(tmp_path), sentences, CODES)
    assert len(labels) == len(drawn) - 1 and labels.label.all()
    assert said.startswith(f"{len(labels)} of {len(labels)} answers used")
    told = draws(labels).query("code == 'harbour'")
    assert told.was.tolist() == told.sentence_id.isin(mentions.sentence_id).tolist() and told.was.any()
    assert set(zip(told.n_matched, told.n_other, strict=True)) == {(3, 5)}
