import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import spelling


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("defence", "Defense"),
        ("organisations", "organizations"),
        ("analysed", "analyzed"),
        ("centres", "centers"),
        ("travelling", "traveling"),
        ("honoured", "honored"),
        ("J.D.", "JD"),
        ("U.S", "US"),
        ("J. D.", "JD"),
        ("Türkiye", "Turkiye"),
        ("embassy’s", "embassy"),
        ("counter-terrorism", "counterterrorism"),
        ("don’t", "don't"),
    ],
)
def test_two_ways_to_write_a_word_have_one_key(one, other):
    assert spelling.key(one) == spelling.key(other)


@pytest.mark.parametrize(
    "word", ["rise", "wise", "noise", "analysis", "hour", "four", "theory", "43.03", "store"]
)
def test_words_that_only_look_british_keep_their_spelling(word):
    assert spelling.key(word) == word


def test_no_entry_is_longer_than_what_is_looked_up():
    assert max(map(len, spelling._table()[1])) <= spelling._LONGEST


def test_a_word_of_a_million_letters_is_a_word():
    assert len(spelling.key("a" * 1_000_000)) == 1_000_000


def test_a_hyphen_parts_words_but_for_a_prefix_before_a_small_letter():
    keys = [word.key for word in spelling.words("co-operation, anti-Harbour, quay-side, Re-elected")]
    assert keys == ["cooperation", "anti", "harbor", "quay", "side", "reelected"]


def test_a_possessive_ending_is_not_part_of_the_word():
    (word,) = spelling.words("Ellery’s")
    assert (word.text, word.end) == ("Ellery", 6)


def test_us_in_capitals_counts_as_a_word_except_where_all_is_in_capitals():
    assert spelling.content_keys("US ships for us") == ["us", "ships"]
    assert spelling.content_keys("SHIPS FOR US") == ["ships"]


def test_only_words_written_in_two_ways_are_shown_as_folded():
    assert spelling.folded(["We’re here, we're there"]).empty
    table = spelling.folded(["The defence of the U.S.: Defence, defense", "US defense, defence; The the"])
    assert table.values.tolist() == [["defence, defense", "3, 2"], ["U.S., US", "1, 1"]]


def test_a_word_is_shown_as_texts_write_it_most():
    texts = ["Harbour harbour HARBOR", "Ellery Ellery ellery", "us us the U.S."]
    shown = spelling.written(spelling.forms(texts))
    assert shown == {"harbor": "harbour", "ellery": "Ellery", "us": "U.S."}


@given(st.text())
def test_words_lie_where_they_say_in_any_text(text):
    end = 0
    for word in spelling.words(text):
        assert text[word.start : word.end] == word.text
        assert word.start >= end
        end = word.end
