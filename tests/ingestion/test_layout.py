"""How a dump's text becomes the lines that are judged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.ingestion import layout

STORY = (
    "The harbour council approved the new breakwater on Thursday after two years of debate.",
    "Fishermen had asked for it since the storms of last winter damaged a dozen boats.",
    "Work is to begin in spring and to last eighteen months, the council said.",
)


def texts(page):
    return [line.text for line in layout.split(page)]


def test_lines_keep_the_number_of_the_line_where_they_begin():
    page = "Menu\n\nThe council\napproved the plan.\n\n  Archive"
    assert [(line.number, line.blanks, line.indent) for line in layout.split(page)] == [
        (1, 0, 0),
        (3, 1, 0),
        (6, 1, 2),
    ]


@pytest.mark.parametrize(
    "parts",
    [
        ("The plan for the breakwater was told to", "Harbour Weekly", "by the council, which had read it."),
        ("The plan, called “", "Quiet Water", "”, costs little, as", "they say", "."),
        ("He spoke for an hour about the", "new breakwater", "."),
    ],
)
def test_a_sentence_cut_at_its_links_is_one_line_again(parts):
    assert len(texts("\n".join(parts))) == 1


def test_a_mark_is_joined_without_a_blank():
    assert texts("The plan, called “\nQuiet Water\n”, costs little.") == [
        "The plan, called “Quiet Water”, costs little."
    ]


def test_a_closing_quotation_mark_belongs_to_the_sentence_before():
    assert texts("He answered: “No.\n” Then he left.") == ["He answered: “No.” Then he left."]


def test_a_drop_cap_is_joined_to_its_word():
    assert texts("T\nhe council met on Monday.") == ["The council met on Monday."]


@pytest.mark.parametrize(
    "script", ["港は月曜日に開いた", "Порт открылся в понедельник", "Škola je zavřená", "समाचार पढ़ें"]
)
def test_lines_in_scripts_without_capitals_or_with_other_capitals_stay_apart(script):
    assert texts(f"{script}\n{script}x\n{script}y") == [script, f"{script}x", f"{script}y"]


def test_a_menu_is_not_joined():
    assert texts("Home\nNews\nSport\nOpinion") == ["Home", "News", "Sport", "Opinion"]


def test_text_wrapped_at_a_width_is_joined_to_paragraphs():
    story = "The Town Council Of Quiet Water Bay voted. " + " ".join(STORY).replace(" the ", " The ")
    words = story.split()
    rows, row = [], ""
    for word in words:
        if len(row) + len(word) > 48:
            rows.append(row)
            row = word
        else:
            row = f"{row} {word}".strip()
    wrapped = "\n".join([*rows, row])
    assert texts(f"{wrapped}\n\n{wrapped}") == [story] * 2


def test_sentences_of_one_length_are_no_wrapped_text():
    rows = [f"Report number {n:02d} on the harbour was read to the council." for n in range(12)]
    assert texts("\n".join(rows)) == rows


def test_a_page_on_one_line_is_parted_after_its_sentences():
    found = texts(" ".join(STORY * 8))
    assert set(found) == set(STORY)
    assert [line.part for line in layout.split(" ".join(STORY * 8))][:3] == [1, 2, 3]


def test_a_heading_run_into_the_text_is_parted_from_it():
    parts = layout.whole(layout.split(" ".join([*STORY * 8, "Cost and debts", STORY[2]])))
    assert [line.text for line in parts][-2:] == ["Cost and debts", STORY[2]]


def test_parts_of_a_sentence_are_one_line_again():
    name = "The council met Vice President Lee Ann Bo on Monday to speak of the breakwater."
    assert layout.whole(layout.split(" ".join([*STORY * 8, name])))[-1].text == name


def test_no_cut_follows_an_abbreviation():
    page = " ".join([*STORY * 8, "The plan was read by J. D. Lee on Monday."])
    assert "The plan was read by J. D. Lee on Monday." in texts(page)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_no_letter_is_lost(page):
    kept = "".join("".join(line.text.split()) for line in layout.split(page))
    assert kept == "".join(page.replace("\ufeff", "").split()) or "\ufeff" in page
