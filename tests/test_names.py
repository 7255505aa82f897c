import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import names


def corpus(*texts, heading=False):
    """A table of sentences: a list of sentences an article (a, b, …)."""
    rows = [
        (f"{article_id}:s{number:03d}", article_id, heading or text.startswith("# "), text.removeprefix("# "))
        for article_id, said in zip("abcdefgh", texts, strict=False)
        for number, text in enumerate(said)
    ]
    return pd.DataFrame(rows, columns=["sentence_id", "article_id", "heading", "text"])


def found(*texts):
    return names.proper_names(corpus(*texts))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("he met President Blue Heron of Moor", ["Blue Heron of Moor"]),
        ("the US Vice President M.V. Moss spoke", ["US", "M.V. Moss"]),
        ("it was the Prime Minister who, as Foreign Secretary, had gone", []),
        ("a ship of the Justice Department came", ["Justice Department"]),
        ("the Working Group on Trade met on Monday, Aug. 3.", ["Working Group on Trade"]),
        ("the Moor Route for Old Ferries and Trains opened.", ["Moor Route for Old Ferries and Trains"]),
        ("she thanked Heron for Moor and Moss", ["Heron", "Moor", "Moss"]),
        ("the Moor–Heron ferry and Moss’s crew", ["Moor", "Heron", "Moss"]),
        ("an American ship, a Moorish one and the Moor navy", ["Moor"]),
        ("the Bank of the West paid Rio al-Moss and O'Moor", ["Bank of the West", "Rio al-Moss", "O'Moor"]),
        ("the end of Covid-19 in the U.S. and in St. Moss", ["Covid-19", "U.S.", "St. Moss"]),
        ("what I say is that it ended in May", []),
    ],
)  # fmt: skip
def test_a_name_is_a_run_of_capitals_without_titles_and_endings(text, expected):
    assert found([text]).name.tolist() == expected


def test_a_first_word_counts_where_the_corpus_capitalises_it_inside_sentences():
    table = found(["Heron closed.", "Ferries closed.", "Described here, Moss left.", "It was Heron."])
    assert table.name.tolist() == ["Heron", "Moss", "Heron"]


def test_a_first_word_that_is_written_small_elsewhere_is_none_though_a_capital_follows():
    assert found(["Ferries Moss owned sank.", "The ferries were old."]).name.tolist() == ["Moss"]
    assert found(["Old Moss owned a ferry.", "It is Moss."]).name.tolist() == ["Old Moss", "Moss"]
    assert found(["Repairing Moss took days.", "It is Moss."]).name.tolist() == ["Moss", "Moss"]


def test_the_words_of_a_long_sentence_are_each_looked_at_with_what_stands_just_before():
    said = "the crew of Moor Harbour met at the quay " * 5_000  # takes minutes, where all before is read
    assert len(found([said])) == 5_000


def test_a_word_that_opens_a_quotation_is_a_first_word():
    assert found(["he said: “Nobody sails.”", "It says “Ferries sail” and (Boats sail)."]).empty


def test_headlines_and_lines_in_capitals_bring_only_names_of_the_running_text():
    said = ["# The Storm shut Port Moor.", "PORT MOOR IS CLOSED TODAY", "The port of Port Moor is shut."]
    assert found(said).name.tolist() == ["Port Moor", "Port Moor"]


def test_a_hyphen_joins_one_name_or_two():
    assert found(["the Moor-Heron ferry"]).name.tolist() == ["Moor-Heron"]
    assert found(["the Moor-Heron ferry", "in Moor", "at Heron"]).name.tolist()[:2] == ["Moor", "Heron"]


def test_the_place_of_an_office_is_not_the_beginning_of_its_holders_name():
    said = ["the President of Moor Blue Heron came", "in Moor", "with Blue Heron"]
    assert found(said).name.tolist()[:2] == ["Moor", "Blue Heron"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("São Moss", "Sao Moss"),
        ("M.V. Moss", "MV Moss"),
        ("Blue R. Heron", "Blue Heron"),
        ("Moor Harbour Office", "Office of Moor Harbour"),
        ("Moor Harbour Office", "MHO"),
        ("U.S.", "United States of America"),
    ],
)
def test_spellings_of_one_name_have_one_key(first, second):
    assert found([f"with {first} again"], [f"with {second} again"]).key.nunique() == 1


def test_a_last_word_is_the_name_its_article_introduced():
    table = found(["with Blue Heron", "and Heron"], ["with Grey Heron", "and Heron"], ["with Heron"])
    assert table.key.tolist() == ["blue heron", "blue heron", "grey heron", "grey heron", "heron"]


def test_a_last_word_without_an_introduction_is_the_name_other_articles_introduce():
    assert set(found(["with Blue Heron", "and Heron"], ["with Heron"]).key) == {"blue heron"}
    assert set(found(["with Blue Heron"], ["with Heron"]).key) == {"blue heron"}
    assert len(set(found(["in Moor", "with Moor Heron"], ["with Heron"]).key)) == 3


def test_a_fuller_form_that_comes_later_is_no_introduction():
    assert found(["in Moor", "in Moor", "in Port Moor"]).key.tolist() == ["moor", "moor", "port moor"]


def test_a_last_word_of_two_names_in_an_article_is_taken_for_neither_unless_one_leads():
    said = ["with Blue Heron", "with Grey Heron", "and Heron"]
    assert found(said).key.iloc[-1] == "heron"
    assert found(["with Grey Heron"] * 2 + said).key.iloc[-1] == "grey heron"


def test_the_order_of_sentences_does_not_matter():
    table = corpus(["with Blue Heron", "and Heron"], ["Heron came"])
    assert names.proper_names(table.iloc[::-1]).equals(names.proper_names(table))


@settings(deadline=None)
@given(st.lists(st.text("AaÉ b.’'-–“”\n1İß", max_size=25), max_size=4))
def test_offsets_point_at_the_name_whatever_the_text(said):
    table = corpus(said)
    texts = table.set_index("sentence_id").text
    for row in names.proper_names(table).itertuples():
        assert row.name and texts[row.sentence_id][row.start : row.end] == row.name
