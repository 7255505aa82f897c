import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.ingestion import cut, placed, sentences
from helpers.words import token_counts, tokens


def split(text, title="A headline"):
    return sentences(pd.DataFrame({"article_id": ["a"], "title": [title], "text": [text], "lang": ["en"]}))


def test_the_headline_is_apart_and_the_body_counts_from_one():
    table = split("One is here. Two is here.\n\nThree is here.")
    assert table.sentence_id.tolist() == ["a:s000", "a:s001", "a:s002", "a:s003"]
    assert table.paragraph.tolist() == [0, 1, 1, 2]
    assert table.heading.tolist() == [True, False, False, False]


def test_without_a_headline_there_is_no_sentence_zero():
    assert split("One is here.", title=None).sentence_id.tolist() == ["a:s001"]


def test_a_short_line_without_a_full_stop_is_a_heading_unless_its_speaker_follows():
    table = split("What comes next\n\nOne is here.\n\nWe will build it\n\n— the mayor said.")
    assert table.heading.tolist() == [True, True, False, False, False]


@pytest.mark.parametrize(
    "sentence",
    [
        "The U.S. Embassy announced it.",
        "A.B. Lee left on Aug. 8, 2025.",
        "The talks began at 5 p.m. Monday in town.",
        "“We will come,” he said.",
    ],
)
def test_full_stops_that_end_nothing_do_not_cut(sentence):
    assert [text for _, text in cut(f"{sentence} It was late.")] == [sentence, "It was late."]


def test_initials_at_the_end_of_a_sentence_cut_before_a_function_word():
    assert len(cut("They flew to the U.S. The talks began there.")) == 2


@given(st.lists(st.text(st.sampled_from("ab .!?A“”\n"), max_size=30), max_size=5).map("\n\n".join))
def test_offsets_point_into_the_text_and_every_word_is_in_a_sentence(text):
    body = split(text).query("paragraph > 0")
    assert all(text[row.start : row.end] == row.text for row in body.itertuples())
    assert "".join("".join(body.text).split()) == "".join(text.split())


@given(st.lists(st.text(st.sampled_from("ab2é字𝔸😀'’._- \n\ud800"), max_size=12), max_size=5))
def test_tokens_of_many_texts_are_counted_as_they_are_found(texts):
    assert token_counts(texts).tolist() == [len(tokens(text)) for text in texts]


def test_a_part_is_placed_in_the_sentence_of_its_own_article_that_holds_its_start():
    texts = {"b": "It rained. The bridge was shut.", "a": "Nobody was hurt. A ferry ran. It was late."}
    cut_up = sentences(
        pd.DataFrame({"article_id": list(texts), "title": None, "text": texts.values(), "lang": "en"})
    )
    parts = pd.DataFrame({"article_id": ["a", "b", "a", "b"], "start": [17, 12, 0, 3]}, index=[7, 3, 5, 1])
    table = placed(parts, cut_up)
    assert table.index.tolist() == [7, 3, 5, 1]
    assert table.sentence_id.tolist() == ["a:s002", "b:s002", "a:s001", "b:s001"]
    assert placed(parts[:0], cut_up).sentence_id.tolist() == []
