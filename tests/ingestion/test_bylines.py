"""Who wrote an article, from bylines of every shape."""

import pytest

from helpers.ingestion import bylines
from helpers.ingestion.lines import Line

TITLE = "Council approves new breakwater"
BODY = (
    "The harbour council approved the new breakwater on Thursday after two years of debate.",
    "Fishermen had asked for it since the storms of last winter damaged a dozen boats.",
)

MENU = [f"Section {n}" for n in range(30)]


def page(*texts, kept=BODY):
    return [
        Line(n, text, text in kept, "title" if text == TITLE else "before the article")
        for n, text in enumerate(texts, 1)
    ]


@pytest.mark.parametrize(
    "byline",
    [
        "By Ann Lee",
        "BY ANN LEE",
        "byAnn Lee",
        "Written by Ann Lee",
        "Analysis by Ann Lee in Port Town",
        "By Ann Lee, Harbour News",
        "By Ann Lee Harbour News",
        "By Ann LeeStaff Writer",
        "By Ann Lee | Published 3 May 2021",
        "By Ann Lee Updated May 3, 2021, 10:28am EST",
        "Monday 3 May 2021 7:45 am by Ann Lee",
        "Von Ann Lee",
        "Por: Ann Lee",
        "Автор: Ann Lee",
        "Ann Lee - May 3, 2021",
        "Ann Lee, Political Editor",
        "Ann Lee@annlee",
    ],
)
def test_a_byline_of_any_shape_gives_the_name(byline):
    assert bylines.authors(page("Home", TITLE, byline, "3 May 2021", *BODY)) == ["Ann Lee"]


@pytest.mark.parametrize(
    "lines",
    [
        ("By Ann Lee and Bo Ek",),
        ("Ann Lee and Bo Ek", "3 May 2021"),
        ("Author of the article:", "Ann Lee", "Bo Ek"),
        ("Von", "Ann Lee", "und", "Bo Ek"),
        ("By Ann Lee, Bo Ek and others",),
    ],
)
def test_every_name_of_a_byline_is_given(lines):
    assert bylines.authors(page(TITLE, *lines, *BODY)) == ["Ann Lee", "Bo Ek"]


@pytest.mark.parametrize(
    "below",
    [
        ("Ann Lee", "3 May 2021", *BODY),
        ("3 May 2021", "Ann Lee", *BODY),
        ("Ann Lee", "2 hours ago", *BODY),
        ("Home", "Share", "Ann Lee", *BODY, *MENU, "Ann Lee is a reporter at Harbour News."),
        (*BODY, "Ann Lee", "Town"),
        (*BODY, "Ann Lee"),
    ],
)
def test_a_name_without_by_is_taken_when_something_bears_it_out(below):
    assert bylines.authors(page(TITLE, *below)) == ["Ann Lee"]


@pytest.mark.parametrize(
    "below",
    [
        ("Share", "Middle Harbour", "Listen", *BODY),
        ("Ann Lee / Agency", *BODY),
        ("Latest News", "3 May 2021", *BODY),
        ("Share", "Save", "Monday", *BODY),
        ("Breakwater approved by the council", *BODY),
        BODY,
    ],
)
def test_nobody_is_named_where_nothing_says_who_wrote(below):
    assert bylines.authors(page("Ann Lee", "Home", *["Menu"] * 9, TITLE, *below)) == []


def test_an_agency_in_the_byline_counts_as_its_author():
    assert bylines.authors(page(TITLE, "By Associated Wire", *BODY)) == ["Associated Wire"]
    assert bylines.authors(page(TITLE, "By Wire", *BODY)) == ["Wire"]


def test_bylines_of_other_stories_far_above_are_not_taken():
    menu = [f"Section {n}" for n in range(9)]
    assert bylines.authors(page("Another story", "By Bo Ek", *menu, TITLE, "By Ann Lee", *BODY)) == [
        "Ann Lee"
    ]


def test_the_byline_below_a_repeated_title_is_found():
    again = ("Home", "Share", "Save", "Listen", TITLE)
    assert bylines.authors(page(TITLE, *again, "Ann Lee", "2 min", *BODY, *MENU, "Ann Lee")) == ["Ann Lee"]
    assert bylines.authors(page(TITLE, "By Ann Lee", *again, *BODY)) == ["Ann Lee"]


def test_a_name_below_the_article_is_not_taken_where_the_page_goes_on():
    assert bylines.authors(page(TITLE, *BODY, "Ann Lee", *MENU)) == []


@pytest.mark.parametrize("line", ["Editor Ann Lee", "Edited by Ann Lee", "Editors: Ann Lee"])
def test_who_edited_is_no_author(line):
    assert bylines.editors(page(TITLE, *BODY, line)) == ["Ann Lee"]
    assert bylines.authors(page(TITLE, *BODY, line)) == []
