from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.ingestion import phrases
from helpers.ingestion.phrases import (
    LONGEST,
    MASK,
    before_apposition,
    is_adverb,
    opening_phrase,
    phrase_after,
    phrase_before,
    tokenise,
    word_class,
)
from helpers.words import read_list

VERBS = frozenset({"said", "warned", "told"})
ROWS = read_list(Path(phrases.__file__).parent / "word_classes.tsv")
QUOTE = MASK * 4


def words(sentence, span):
    return None if span is None else " ".join(sentence.low[slice(*span)])


def before_said(find, text):
    sentence = tokenise(text)
    return words(sentence, find(sentence, sentence.low.index("said"), VERBS))


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("The mayor left.", "the mayor left ."),
        ("Mr. Obama met Sen. Sanders at No. 10.", "mr. obama met sen. sanders at no. 10 ."),
        ("The U.S. office", "the u.s. office"),
        ("It didn’t rain; he can't know.", "it did n't rain ; he ca n't know ."),
        ("He’s late and they'll go: we’d stay.", "he 's late and they 'll go : we 'd stay ."),
        ("the mayor’s plan, the workers’ rights", "the mayor's plan , the workers' rights"),
        ("a state-of-the-art AT&T site at 3.5 or 1/2", "a state-of-the-art at&t site at 3.5 or 1/2"),
        ("2019–2024 (closed) — then…", "2019–2024 ( closed ) — then …"),
        (f"It is {QUOTE}, they said", f"it is {QUOTE} , they said"),
    ],
)
def test_tokens_are_words_marks_and_whole_quotations(text, low):
    assert tokenise(text).low == low.split(" ")


@pytest.mark.parametrize(
    ("text", "end"), [("It is so.", 3), ("It is so…!?", 3), ("It is so", 3), ("...", 0), ("", 0)]
)
def test_a_sentence_ends_with_its_last_word(text, end):
    assert tokenise(text).end == end


def test_a_name_has_a_capital_or_is_a_number():
    sentence = tokenise("In 2019 the Senate met")
    assert [sentence.is_name(at) for at in range(5)] == [True, True, False, True, False]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“So,” May said", True),
        ("Theresa May said so", True),
        ("May said so", True),
        ("Actor Will Smith said so", True),
        ("It rained in May and so", False),
        ("It rained in early May or so", False),
        ("It rained last May or so", False),
        ("It rained May 5 or so", False),
        ("It rained, May 5", False),
        ("May it rain", False),
        ("Will the mayor go", False),
        ("It may rain", False),
        ("May", True),
    ],
)
def test_may_and_will_can_be_names(text, name):
    assert bool({"May", "Will"} & set(tokenise(text).low)) is name


def test_quotations_and_marks_stop_a_phrase():
    sentence = tokenise(f"so {QUOTE} , no")
    assert [sentence.stops(at) for at in range(4)] == [False, True, True, False]
    assert [sentence.is_quote(at) for at in (-1, 0, 1, 4)] == [False, False, True, False]


@pytest.mark.parametrize(
    ("word", "adverb"),
    [("slowly", True), ("Monday", True), ("still", True), ("Billy", False), ("plan", False)],
)
def test_adverbs_say_when_or_how(word, adverb):
    assert is_adverb(tokenise(f"it {word} rains"), 1) is adverb


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("The mayor of the town said so", "the mayor of the town"),
        (f"{QUOTE}, the mayor said so", "the mayor"),
        ("In May, the mayor said so", "the mayor"),
        ("When it rained, the mayor said so", "the mayor"),
        ("But later the mayor said so", "the mayor"),
        ("Yesterday the mayor said so", "the mayor"),
        ("Suddenly the mayor said so", "the mayor"),
        ("The mayor was late and said so", "the mayor"),
        ("The mayor warned them and said so", "the mayor"),
        ("The mayor walked home and said so", "the mayor"),
        ("The mayor, who was late, said so", "the mayor"),
        ("Angela Merkel went home and said so", "angela merkel"),
        ("Angela Merkel of the party went and said so", "angela merkel of the party went and"),
        ("He went home and said so", "he"),
        ("Because it rained they said so", None),
        (", said so", None),
        ("Said so", None),
        ("said so", None),
    ],
)
def test_the_phrase_that_opens_the_main_clause_is_its_subject(text, subject):
    sentence = tokenise(text)
    assert words(sentence, opening_phrase(sentence, sentence.low.index("said"), VERBS)) == subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("On Monday the mayor said so", "the mayor"),
        ("Because the mayor said so", "the mayor"),
        ("But the mayor said so", "the mayor"),
        ("In Berlin the mayor said so", "the mayor"),
        ("the mayor of the town said so", "the mayor of the town"),
        ("the mayor who said so", "who"),
        ("the plan that said so", "that"),
        ("Angela Merkel and Emmanuel Macron said so", "angela merkel and emmanuel macron"),
        ("They met and the mayor said so", "the mayor"),
        ("Merkel and the mayor said so", "the mayor"),
        ("The board warned the mayor said so", "the mayor"),
        ("The told mayor said so", "the told mayor"),
        ("Told Street said so", "told street"),
        ("All mayors said so", "all mayors"),
        ("Later both mayors said so", "both mayors"),
        ("the plan, the mayor said so", "the mayor"),
        (f"{QUOTE} the mayor said so", "the mayor"),
        ("The plan was the mayor said so", "the mayor"),
        ("It is he said so", "he"),
        ("They left because said so", None),
        (f"{QUOTE} said so", None),
        (", said so", None),
        ("said so", None),
    ],
)
def test_the_phrase_before_a_verb_is_its_subject(text, subject):
    assert before_said(phrase_before, text) == subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("the mayor of the town on Monday, in a letter.", "the mayor of the town"),
        ("the mayor because it rained", "the mayor"),
        ("the mayor Monday", "the mayor"),
        ("the mayor, the head of the party.", "the mayor , the head of the party"),
        ("the mayor, who left.", "the mayor , who left"),
        ("the mayor, in Berlin.", "the mayor"),
        (f"the mayor, a doctor {QUOTE}", "the mayor , a doctor"),
        (f"the mayor, a doctor: {QUOTE}", "the mayor"),
        ("the mayor and the board", "the mayor"),
        ("Angela Merkel and Emmanuel Macron in Berlin.", "angela merkel and emmanuel macron"),
        (", so", None),
        ("", None),
    ],
)
def test_the_phrase_behind_a_verb_takes_its_apposition_along(text, subject):
    sentence = tokenise(text)
    assert words(sentence, phrase_after(sentence, 0, frozenset({"in", "on", "and"}))) == subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("the mayor, the head of the party.", "the mayor"),
        ("the mayor, the head of the party, left.", "the mayor , the head of the party"),
    ],
)
def test_in_front_only_an_apposition_that_a_comma_ends_belongs_to_the_phrase(text, subject):
    sentence = tokenise(text)
    assert words(sentence, phrase_after(sentence, 0, frozenset(), closed=True)) == subject


def test_phrases_and_appositions_are_no_longer_than_is_looked_at():
    long = "big " * 2 * LONGEST
    sentence = tokenise(f"{long}said")
    assert phrase_after(sentence, 0, frozenset()) == (0, LONGEST)
    assert opening_phrase(tokenise(f"big {long}"), 2 * LONGEST, VERBS) == (0, LONGEST)
    assert phrase_before(sentence, 2 * LONGEST, VERBS) == (LONGEST - 1, 2 * LONGEST)
    assert phrase_after(tokenise(f"it , a {long}"), 0, frozenset()) == (0, 1)


@pytest.mark.parametrize(
    "text",
    [
        "the mayor, a doctor, said",
        "the mayor (a doctor) said",
        "the mayor (a doctor) (born here) said",
        "the mayor — a doctor — said",
    ],
)
def test_an_apposition_is_stepped_over_to_its_phrase(text):
    sentence = tokenise(text)
    assert before_apposition(sentence, sentence.low.index("said") - 1) == 2


def test_a_mark_without_an_opening_one_parts_nothing():
    assert before_apposition(tokenise("a doctor) said"), 2) == 0


def test_word_classes_are_read_and_joined():
    assert "she" in word_class("third person") and "she" not in word_class("relative")
    assert word_class("third person", "relative") == word_class("third person") | word_class("relative")
    with pytest.raises(KeyError):  # a class that a rule misspells is no empty one
        word_class("no such class")


def test_every_word_class_is_named_once_and_holds_lower_case_words_without_repeats():
    names = [row.split("\t")[0] for row in ROWS]
    assert len(set(names)) == len(names)
    for row in ROWS:
        name, held = row.split("\t")
        listed = held.split()
        assert name and listed
        assert held == held.lower()
        assert word_class(name) == set(listed)
        assert len(set(listed)) == len(listed), name


def test_every_word_of_the_classes_is_one_token():
    """Words that the tokens never are would never be found; the typed ones of roles are of names."""
    for row in ROWS:
        name, held = row.split("\t")
        for word in held.split():
            shown = word.capitalize() if word.endswith(".") else f"It did {word}".replace(" n't", "n't")
            shown = f"It{word}" if word.startswith("'") else shown
            assert word in tokenise(shown).low, (name, word)


PIECES = ["the ", "mayor ", "Merkel ", "and ", "said ", ", ", "(", ") ", "of ", MASK, "’s "]
SENTENCES = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)


@given(SENTENCES, st.integers(0, 30))
def test_phrases_lie_within_the_sentence(text, at):
    sentence = tokenise(text)
    at = min(at, len(sentence.low))
    for found in (
        opening_phrase(sentence, at, VERBS),
        phrase_before(sentence, at, VERBS),
        phrase_after(sentence, at, VERBS) if at < len(sentence.low) else None,
    ):
        assert found is None or 0 <= found[0] < found[1] <= len(sentence.low)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_tokens_stand_in_order_and_leave_out_only_spaces(text):
    sentence = tokenise(text)
    assert all(start < end for start, end in sentence.places)
    assert "".join(text[start:end] for start, end in sentence.places) == "".join(text.split())
