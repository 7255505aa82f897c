from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.ingestion import quotes, speakers
from helpers.ingestion.speakers import Names
from helpers.words import read_list

JUNIORS = ["Jr.", "Sr.", "Jr", "Sr", "II", "III"]
GIVEN = [row.split("\t") for row in read_list(Path(speakers.__file__).parent / "given_names.tsv")]


def named(text):
    """The last speaker of the text as (name, how it was found, ambiguous)."""
    one = [one for one in quotes(text) if one.speaker][-1]
    return one.speaker_name, one.resolved, "ambiguous" in one.flags


def name(text):
    return named(text)[0]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Angela Merkel met Emmanuel Macron. Merkel said so.", "Angela Merkel"),
        ("Angela Merkel met Emmanuel Macron. Macron said so.", "Emmanuel Macron"),
        ("Merkel said so. Angela Merkel left.", "Angela Merkel"),
        ("Angela Merkel came. Chancellor Merkel said so.", "Angela Merkel"),
        ("Angela Merkel came. Mrs. Merkel said so.", "Angela Merkel"),
        ("Angela Merkel came. Merkel’s party met. Merkel said so.", "Angela Merkel"),
        *(
            (f"Donald Trump {end} came. Trump said so.", f"Donald Trump {end}")
            for end in ("Jr.", "Sr.", "Jr", "Sr")
        ),
        *((f"Joseph Kennedy {end} came. Kennedy said so.", f"Joseph Kennedy {end}") for end in JUNIORS),
        ("Theresa May came. “It is late,” May said.", "Theresa May"),
        ("Theresa May came. Mrs. May said so.", "Theresa May"),
        ("Ursula von der Leyen came. Leyen said so.", "Ursula von der Leyen"),
        ("JD Vance came. Vance said so.", "JD Vance"),
        ("J.D. Vance came. Vance said so.", "J.D. Vance"),
        ("Barack H. Obama, Barack H. Obama and Barack Obama came. Obama said so.", "Barack H. Obama"),
    ],
)
def test_a_surname_stands_for_the_fuller_name(text, wanted):
    assert named(text) == (wanted, "fuller form", False)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Angela Merkel said so.", "Angela Merkel"),
        ("Merkel said so.", "Merkel"),
        ("Chancellor Angela Merkel said so.", "Angela Merkel"),
        ("Secretary of State John Kerry said so.", "John Kerry"),
        ("Prime Minister of the United Kingdom Boris Johnson said so.", "Boris Johnson"),
        ("President of France Emmanuel Macron said so.", "Emmanuel Macron"),
        ("President of Azerbaijan, Heydar Aliyev, said so.", "Heydar Aliyev"),
        ("Angela Merkel, the chancellor, said so.", "Angela Merkel"),
        ("Angela Merkel (the chancellor) said so.", "Angela Merkel"),
        ("Angela Merkel at the talks said so.", "Angela Merkel"),
        ("Then Merkel said so.", "Merkel"),
        ("Unlike Merkel said so.", "Merkel"),
        ("The BBC said so.", "BBC"),
        ("The US said so.", "US"),
        ("A speaker of the House said so.", "House"),
        ("The road board said so.", "The road board"),
        ("Officials said so.", "Officials"),
        ("A Senate Board said so.", "Senate Board"),
        ("Angela Merkel and Emmanuel Macron said so.", "Angela Merkel and Emmanuel Macron"),
        ("The United States and Azerbaijan said so.", "United States and Azerbaijan"),
        ("Merkel, the head of the Bank of England, said so.", "Merkel"),
        ("Merkel’s said claim that it rains", "Merkel"),
        ("Street Company said so.", "Street Company"),
        ("The Bank of England met. England said so.", "England"),
    ],
)
def test_a_name_is_told_without_roles_articles_and_what_follows_it(text, wanted):
    assert named(text) == (wanted, "stated", False)


def test_both_of_two_names_are_told_in_full():
    text = "Angela Merkel met Emmanuel Macron. Merkel and Macron said so."
    assert name(text) == "Angela Merkel and Emmanuel Macron"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Hillary Clinton met Bill Clinton. “Late,” Clinton said.", ("Bill Clinton", "fuller form", True)),
        (
            "Bill Clinton met Hillary Clinton. Clinton said she left.",
            ("Hillary Clinton", "fuller form", False),
        ),
        ("Hillary Clinton met Bill Clinton. Clinton said he left.", ("Bill Clinton", "fuller form", False)),
        ("Hillary Clinton met Bill Clinton. Clinton said his name.", ("Bill Clinton", "fuller form", False)),
        (
            "Secretary Hillary Clinton met Bill Clinton. Secretary Clinton went. Secretary Clinton said so.",
            ("Hillary Clinton", "fuller form", False),
        ),
        ("Clinton said so. Hillary Clinton met Bill Clinton.", ("Hillary Clinton", "fuller form", True)),
    ],
)
def test_of_two_bearers_of_a_surname_the_pronoun_role_or_last_mention_decides(text, wanted):
    assert named(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The Ministry of Defence closed it. The ministry said so.", "Ministry of Defence"),
        ("The US Embassy in Baku opened. The embassy said so.", "US Embassy in Baku"),
        ("The US Embassy in Baku opened. The embassy’s claim that it rains", "US Embassy in Baku"),
        ("Mayor Sadiq Khan came. The mayor said so.", "Sadiq Khan"),
        ("Vice President JD Vance came. The vice president said so.", "JD Vance"),
        ("President Obama and Vice President JD Vance came. The president said so.", "Obama"),
        ("The Road Board and the Bank Board met. The board said so.", "Bank Board"),
        ("President Obama met President Emmanuel Macron. The U.S. president said so.", "The U.S. president"),
        ("The U.S. Senate Board met. The Road Board met. The U.S. board said so.", "U.S. Senate Board"),
    ],
)
def test_a_role_or_body_stands_for_the_capitalised_name_with_its_word(text, wanted):
    assert name(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The ministry said so. The Ministry of Defence closed it.",
        "The Ministry closed it. The ministry said so.",
        "Vice President JD Vance came. The president said so.",
        "A Ministry Board met. Any ministry said so.",
        "The Ministry of Defence closed it. The board said so.",
    ],
)
def test_a_role_or_body_that_nothing_before_names_stays_as_written(text):
    words, how, _ = named(text)
    assert how == "stated"
    assert words in text and "Vance" not in words and "Defence" not in words


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Angela Merkel met Barack Obama. He said so.", "Barack Obama"),
        ("Angela Merkel met Barack Obama. She said so.", "Angela Merkel"),
        ("Barack Obama met Emmanuel Macron. He said so.", "Barack Obama"),
        ("Barack Obama came. Emmanuel Macron left. He said so.", "Emmanuel Macron"),
        ("Chancellor Merkel came. She said so.", "Merkel"),
        ("Mr. Macron came. He said so.", "Macron"),
        ("Spokeswoman Merkel came. He said so.", None),
        ("Angela Merkel came. Merkel left. He said so.", None),
        ("Angela Merkel left. Her claim that it rains", "Angela Merkel"),
        ("Barack Obama left. His claim that it rains", "Barack Obama"),
        ("Barack Obama, who said so", "Barack Obama"),
        ("Barack Obama left, which said so", None),
        ("The road, which said so", None),
        ("It rained. He said so.", None),
        ("The United Kingdom closed it. He said so.", None),
        ("Paris is closed. He said so.", None),
        ("The ministry said it rains. It said so.", "The ministry"),
        ("Angela Merkel said it rains. It said so.", None),
        ("Officials said it rains. They said so.", "Officials"),
        ("officials said it rains. They said so.", None),
        ("I said it rains. They said so.", None),
        ("They said so.", None),
        ("Barack Obama came. " + "It rained on the road. " * 80 + "He said so.", None),
        (
            "In the old town by the sea and the long road the board met Barack Obama. He said so.",
            "Barack Obama",
        ),
        (
            "Emmanuel Macron said it rains. In the old town by the sea and the long road the board met "
            "Barack Obama and Emmanuel Macron. He said so.",
            "Emmanuel Macron",
        ),
        ("Emmanuel Macron said it rains. Barack Obama met Emmanuel Macron. He said so.", "Barack Obama"),
        ("“Barack Obama is late,” Emmanuel Macron said. He said so.", "Emmanuel Macron"),
    ],
)
def test_a_pronoun_stands_for_the_latest_fitting_subject(text, wanted):
    assert name(text) == wanted


@pytest.mark.parametrize("pronoun", ["He", "She", "It", "They", "His", "Her"])
def test_a_pronoun_with_nobody_before_it_has_no_name(pronoun):
    verb = "claim that it rains" if pronoun in ("His", "Her") else "said so."
    assert named(f"{pronoun} {verb}") == (None, "pronoun", False)


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("Angela Merkel met the Bank of England in Paris.", ["Angela Merkel"]),
        ("Angela Merkel met. Merkel left.", ["Angela Merkel", "Merkel"]),
        ("President Macron met. The French Senate met.", ["Macron"]),
        ("The BBC and Prime Minister May met.", ["May"]),
        ("Angela Merkel Street is closed.", []),
        ("The Angela Merkel Institute met Merkel.", []),
    ],
)
def test_persons_are_told_from_bodies_and_places(text, persons):
    assert [str(one) for one in Names(text, [0], []).all if one.person] == persons


def test_a_full_name_that_speaks_is_a_person_even_without_a_known_given_name():
    text = "Heydar Aliyev spoke. Oslo Roads are closed. Aliyev left."
    assert [str(one) for one in Names(text, [0], ["Aliyev"]).all if one.person] == ["Heydar Aliyev", "Aliyev"]
    assert [str(one) for one in Names(text, [0], []).all if one.person] == []


def test_a_place_is_not_the_body_that_is_named_after_it():
    text = "The Bank of England met. It rained in England."
    assert Names(text, [0], []).resolve("England", len(text), None) == ("England", "stated", False)


def test_names_know_where_they_stand():
    text = "It was President of France Emmanuel Macron’s, not Mr. Obama's, road."
    for one in Names(text, [0], []).all:
        assert text[one.start : one.end].startswith(one.words[0])


def test_given_names_are_listed_under_one_pronoun():
    assert [pronoun for pronoun, _ in GIVEN] == ["he", "she"]
    he, she = (listed.split() for _, listed in GIVEN)
    assert not set(he) & set(she)
    for listed in (he, she):
        assert len(set(listed)) == len(listed)
        assert all(one[0].isupper() for one in listed)


WORDS = (
    "Merkel Angela President of the and said He she who Ministry ministry , . U.S. ’s ( ) It in May".split()
)


@example(". ’s said Merkel")
@given(st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join))
def test_a_resolved_name_is_made_of_words_of_the_text(text):
    for one in quotes(text):
        if one.speaker_name:
            assert set(one.speaker_name.replace("’s", "").split()) <= set(text.replace("’s", "").split())


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.integers(0, 60))
def test_any_words_can_be_looked_up(text, start):
    known, how, ambiguous = Names(text, [0], [text]).resolve(text or "x", start, None)
    assert known is None or known
    assert how in ("stated", "fuller form", "pronoun") and isinstance(ambiguous, bool)


def name_of(text):
    return next(one.speaker_name for one in reversed(quotes(text)) if one.speaker)


def test_a_name_under_a_preposition_is_not_whom_the_pronoun_means():
    text = "In a letter to Emmanuel Macron, Olaf Scholz set out his terms. “It is late,” he said."
    assert name_of(text) == "Olaf Scholz"


def test_they_are_no_document():
    text = "The statement said the road is closed. They said that the port is open."
    assert name_of(text) is None


def test_who_after_a_body_is_nobody_that_could_be_told():
    assert name_of("It was a clerk at the Foreign Ministry who said that the road is closed.") is None
    assert name_of("It was Emmanuel Macron who said that the road is closed.") == "Emmanuel Macron"


def test_a_speaker_called_by_a_given_name_alone_is_a_person():
    text = "“It is late,” Michelle said. The road was dark and wet. “It is dark,” she said."
    assert name_of(text) == "Michelle"
