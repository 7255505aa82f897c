import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.timeline import actions
from helpers.words import read_rows

ROWS = read_rows(actions.__file__, "actions.tsv")


@pytest.mark.parametrize(
    ("one", "other"),
    [("bought", "buy"), ("buys", "purchase"), ("Collapse", "collapsed"), ("took over", "takeover")],
)
def test_words_for_one_action_share_a_class(one, other):
    assert {*actions.of(one)} & {*actions.of(other)}


def test_a_word_with_two_senses_has_both_classes():
    assert len(actions.of("takeover")) > 1


def test_of_an_unlisted_expression_the_first_word_counts():
    assert actions.of("bought_merrily") == actions.of("bought")
    assert actions.of("sprockets_merrily") == actions.of("sprocketed")


def test_a_listed_expression_is_not_its_first_word():
    assert actions.of("took_over") != actions.of("took")


def test_a_plural_that_is_not_listed_is_of_its_singular():
    assert "imprisonments" not in {word for row in ROWS for word in row[3].split()}
    assert actions.of("imprisonments") == actions.of("imprisonment")


def test_kinds_say_what_a_word_can_be():
    assert actions.kinds("announced") == {"saying"}
    assert actions.kinds("plans") == {"plan"}
    assert not actions.kinds("sprocketed")


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("announce", {"base"}),
        ("announces", {"present"}),
        ("bought", {"past"}),
        ("buying", {"ing"}),
        ("cut", {"base", "past", "noun"}),
        ("carried_out", {"past"}),
        ("sprocketed", set()),
    ],
)
def test_forms_are_told_apart(word, forms):
    assert actions.forms(word) == forms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("evaluated", "evaluation"),
        ("skipped", "skips"),
        ("favoured", "favors"),
        ("bypasses", "bypass"),
        ("deploys", "deployment"),
    ],
)
def test_a_verb_and_the_noun_made_from_it_have_one_stem(one, other):
    assert actions.stem(one) == actions.stem(other)


@pytest.mark.parametrize("word", ["gas", "was", "red", "bus", "during", "focus"])
def test_a_short_word_is_its_own_stem(word):
    assert actions.stem(word) in (word, word.removesuffix("ing"))


@given(st.text(max_size=20))
def test_every_word_has_a_class(word):
    assert actions.of(word)
    assert actions.kinds(word) <= {"action", "phase", "plan", "saying", "state"}


def test_the_list_is_sound():
    assert len({name for name, *_ in ROWS}) == len(ROWS)
    assert {kind for _, kind, *_ in ROWS} == {"action", "phase", "plan", "saying", "state"}
    assert all(verbs or nouns for _, _, verbs, nouns, _ in ROWS)
