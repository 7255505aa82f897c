import pandas as pd
import pytest

from helpers import tables, topics

CODES = pd.DataFrame({"kind": "topic", "code": ["sea", "sky"]})
SEA, NO_SEA = "the sea is here", "all is dry here"  # four words each


def corpus(texts, genres=None, voice="own"):
    """Tables of texts given as lists of sentences, called a00, a01, …"""
    rows = [
        (f"a{n:02d}:s{i:03d}", f"a{n:02d}", 1, 10 * i, sentence, len(sentence.split()))
        for n, text in enumerate(texts)
        for i, sentence in enumerate(text, 1)
    ]
    columns = ["sentence_id", "article_id", "paragraph", "start", "text", "n_words"]
    sentences = pd.DataFrame(rows, columns=columns)
    mentions = sentences.loc[sentences.text.str.contains("sea"), ["sentence_id"]]
    mentions = mentions.assign(kind="topic", code="sea", voice=voice)
    articles = pd.DataFrame({"article_id": sorted(set(sentences.article_id)), "genre": genres or "news"})
    return sentences, mentions, articles


def states(texts, genres=None, voice="own"):
    sentences, mentions, articles = corpus(texts, genres, voice)
    table = tables.check("presence", topics.states(sentences, mentions, CODES, articles))
    return table[table.code == "sea"].set_index("article_id"), table


def test_a_text_mentions_a_topic_or_does_not():
    sea, _ = states([[SEA], [NO_SEA]])
    assert sea.state.tolist() == ["mentioned", "not mentioned"]


def test_a_topic_that_only_quotations_bring_is_told_apart():
    sea, _ = states([[SEA], [NO_SEA]], voice="indirect")
    assert sea.state["a00"] == "in quotes only" and sea.quoted["a00"] == 1


def test_a_text_shorter_than_where_others_come_to_a_topic_is_too_short_to_tell():
    sea, _ = states([[NO_SEA] * 3 + [SEA], [NO_SEA]])
    assert sea.state["a01"] == "not mentioned, too short to tell"
    assert sea.stretches["a01"] == 0.75


def test_a_text_longer_than_all_that_mention_a_topic_had_room_for_it():
    sea, _ = states([[SEA], [NO_SEA] * 2])
    assert sea.state["a01"] == "not mentioned"


def test_a_topic_that_nobody_mentions_is_not_mentioned_whatever_the_length():
    _, table = states([[SEA], [NO_SEA]])
    assert table.state[table.code == "sky"].tolist() == ["not mentioned", "not mentioned"]


def test_only_texts_of_its_genre_are_the_others_of_a_text():
    sea, _ = states([[SEA], [SEA], [NO_SEA]], ["news", "opinion", "opinion"])
    assert (sea.others["a02"], sea.others_with["a02"], sea.stretches["a02"]) == (1, 1, 0)
    assert sea.others["a00"] == 0 and pd.isna(sea.stretches["a00"])


def test_each_text_weighs_the_same_whatever_its_length():
    sea, _ = states([[SEA], [NO_SEA] * 9 + [SEA], [NO_SEA]])
    assert sea.stretches["a02"] == pytest.approx((0 + 0.9) / 2)


def test_there_is_no_p_value_below_twenty_other_texts():
    assert states([[NO_SEA]] + [[SEA]] * 19)[0].p.isna().all()
    sea, _ = states([[NO_SEA]] + [[SEA]] * 20)
    assert sea.p["a00"] == pytest.approx(1 / 21) and sea.p[1:].isna().all()


def test_the_order_of_texts_and_sentences_changes_nothing():
    sentences, mentions, articles = corpus([[NO_SEA, SEA, NO_SEA], [NO_SEA], [SEA, NO_SEA]])
    one = tables.check("presence", topics.states(sentences, mentions, CODES, articles))
    other = topics.states(sentences[::-1], mentions[::-1], CODES, articles[::-1])
    pd.testing.assert_frame_equal(one, tables.check("presence", other))


def test_without_texts_the_table_is_empty():
    sentences, mentions, articles = corpus([[SEA]])
    assert tables.check("presence", topics.states(sentences[:0], mentions[:0], CODES, articles[:0])).empty


def test_one_stretch_in_ten_without_it_makes_a_text_too_short_and_one_in_forty_does_not():
    ten, forty = [[NO_SEA, *[SEA] * 9], [NO_SEA]], [[NO_SEA, *[SEA] * 39], [NO_SEA]]
    assert states(ten)[0].state["a01"] == "not mentioned, too short to tell"
    assert states(forty)[0].state["a01"] == "not mentioned"


def test_what_chance_alone_would_give_is_told_beside_the_unusual():
    _, table = states([[NO_SEA]] + [[SEA]] * 20)
    assert topics.unusual(table) == (
        "Absences with p below 0.05: 1; of the 42 texts and topics so tested chance alone gives up to 2."
    )
    assert topics.unusual(states([[SEA]])[1]).startswith("No text has 20 others of its genre")
