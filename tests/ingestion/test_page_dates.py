"""Dates as pages write them, and which of a page's dates is its publication."""

from datetime import datetime

import pytest

from helpers.ingestion import page_dates
from helpers.ingestion.lines import Line

DAY = datetime(2021, 5, 3)
TITLE = "Council approves new breakwater"
BODY = (
    "The harbour council approved the new breakwater on Thursday after two years of debate.",
    "Fishermen had asked for it since the storms of last winter damaged a dozen boats.",
)


def page(*texts, kept=BODY):
    return [
        Line(n, text, text in kept, "title" if text == TITLE else "before the article")
        for n, text in enumerate(texts, 1)
    ]


def stated(*texts, kept=BODY):
    return page_dates.best(page(*texts, kept=kept))


@pytest.mark.parametrize(
    "text",
    [
        "Mon 3 May 2021 10.15 BST",
        "May 3, 2021, 10:15 AM EDT",
        "3rd May 2021",
        "3rd of May, 2021",
        "2021-05-03T10:15:00Z",
        "2021/05/03",
        "03.05.2021, 10:15 Uhr",
        "3. Mai 2021",
        "3 mai 2021 à 10h15",
        "3 de mayo de 2021",
        "3 maggio 2021",
        "3 de maio de 2021",
        "3 mei 2021",
        "3 maja 2021",
        "3 мая 2021",
        "3 травня 2021",
        "2021年5月3日",
        "May 3, 202110:15 AM",
        "by Ann LeeMay 3, 2021",
        "Published3 May 2021",
        "10:15, 3 MAY 2021",
    ],
)
def test_a_day_is_read_in_every_shape(text):
    (when, _, _) = page_dates.dates(text)[0]
    assert when.date() == DAY.date()
    assert (when.hour, when.minute) in {(0, 0), (10, 15)}


@pytest.mark.parametrize(
    "text",
    [
        "3 hours ago",
        "Monday 5:30 PM",
        "May 3",
        "31 June 2021",
        "13.40.2021",
        "call 2021 5 033",
        "3 pays 2021",
    ],
)
def test_what_is_no_full_date_stays_missing(text):
    assert page_dates.dates(text) == []


@pytest.mark.parametrize(("text", "day"), [("25/04/2021", 25), ("04/25/2021", 25), ("04/04/2021", 4)])
def test_numbers_that_can_be_read_one_way_are_read(text, day):
    assert stated(TITLE, text, *BODY)[0] == datetime(2021, 4, day)


@pytest.mark.parametrize("text", ["03/05/2021", "3-5-2021", "1/2/3", "25/25/2021"])
def test_numbers_that_can_be_read_two_ways_or_none_stay_missing(text):
    assert stated(TITLE, text, *BODY) == (None, "not stated")


def test_published_wins_over_updated_in_either_order():
    line = "Updated: 5 May 2021 | Published: 3 May 2021"
    assert stated(TITLE, line, *BODY) == (DAY, "stated")
    assert stated(TITLE, "Published: 3 May 2021 | Updated: 5 May 2021", *BODY) == (DAY, "stated")


def test_a_day_of_updating_alone_is_named_as_such():
    assert stated(TITLE, "Last updated on 3 May 2021", *BODY) == (DAY, "stated as updated")


def test_a_date_below_the_title_wins_over_todays_at_the_top():
    assert stated("Friday, 7 May 2021", "Home", TITLE, "By Ann Lee, 3 May 2021", *BODY)[0] == DAY


def test_the_dates_of_other_stories_are_not_taken():
    others = ("An older story", "1 April 2021", "Another story", "2 April 2021")
    menu = [f"Section {n}" for n in range(9)]
    assert stated(*others, *menu, TITLE, *BODY, *others) == (None, "not stated")


def test_a_day_the_article_tells_of_is_not_its_own():
    told = "The last breakwater was opened on 3 May 2001."
    assert stated(TITLE, told, *BODY, kept=(told, *BODY)) == (None, "not stated")
    assert stated(TITLE, BODY[0], "The old breakwater on 3 May 2001", BODY[1]) == (None, "not stated")


def test_a_date_line_wrongly_kept_is_still_read():
    assert stated(TITLE, "3 May 2021", *BODY, kept=("3 May 2021", *BODY)) == (DAY, "stated")


def test_a_date_below_the_article_is_not_its_own():
    assert stated(TITLE, *BODY, "First published: 3 May 2021") == (None, "not stated")


def test_a_copyright_year_is_no_date():
    assert stated(TITLE, "© 2021 Harbour News", *BODY) == (None, "not stated")
