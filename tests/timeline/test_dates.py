"""Temporal expressions: what is found, what it means, and what must not be taken for a date."""

import calendar
import re
import time
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.timeline import dates
from helpers.timeline.dates import TimeExpression, find, find_below
from helpers.timeline.dates_surroundings import pattern

WEDNESDAY = date(2026, 2, 11)  # the publication day of most examples


def values(text: str, published: date | None = WEDNESDAY) -> list[str | None]:
    return [e.value for e in find(text, published)]


def only(text: str, published: date | None = WEDNESDAY) -> TimeExpression:
    (expression,) = find(text, published)
    return expression


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Talks ended on 2025-08-08.", "2025-08-08"),
        ("Talks ended on 8 August 2025.", "2025-08-08"),
        ("Talks ended on August 8, 2025, he said.", "2025-08-08"),
        ("Talks ended on Aug. 8, 2025.", "2025-08-08"),
        ("Talks ended on Friday, 8 August 2025.", "2025-08-08"),
        ("Talks ended on the 8th of August 2025.", "2025-08-08"),
        ("Talks ended on 8 august 2025.", "2025-08-08"),
        ("Talks ended on 10.02.2026.", "2026-02-10"),
        ("The bridge opened in July 1999.", "1999-07"),
        ("The bridge opened in 1999.", "1999"),
        ("The bridge has stood since 1999.", "1999"),
        ("It was built in the 1990s.", "199"),
        ("Exports fell in the third quarter of 2024.", "2024-Q3"),
        ("Exports fell in the first half of 2024.", "2024-H1"),
        ("Exports fell in the winter of 2024.", "2024-WI"),
        ("Exports fell in fiscal 2024.", "2024"),
        ("Exports fell in early 2024.", "2024"),
        ("Exports fell by the end of March 2024.", "2024-03"),
        ("The 1998 charter holds.", "1998"),
        ("A pre-1998 charter holds.", "1998"),
        ("The charter dates from '98.", "1998"),
        ("The charter dates from nineteen ninety-eight.", "1998"),
        ("The charter dates from the mid-1990s.", "199"),
        ("The charter dates from the '90s.", "199"),
        ("The charter dates from the nineties.", "199"),
        ("The charter dates from the early 20th century.", "19"),
        ("The charter dates from Christmas Day 2024.", "2024-12-25"),
        ("The charter dates from Thanksgiving 2024.", "2024-11-28"),
    ],
)
def test_full_date_needs_no_publication_date(text, value):
    expression = only(text, published=None)
    assert (expression.value, expression.anchor, expression.type) == (value, "stated", "DATE")


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("in February 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("in 1999", date(1999, 1, 1), date(1999, 12, 31)),
        ("in the 1990s", date(1990, 1, 1), date(1999, 12, 31)),
        ("the fourth quarter of 2024", date(2024, 10, 1), date(2024, 12, 31)),
        ("8-10 August 2025", date(2025, 8, 8), date(2025, 8, 10)),
        ("August 8-10, 2025", date(2025, 8, 8), date(2025, 8, 10)),
        ("last week", date(2026, 2, 2), date(2026, 2, 8)),
        ("the weekend", date(2026, 2, 7), date(2026, 2, 8)),
        ("the second half of 2024", date(2024, 7, 1), date(2024, 12, 31)),
        ("this winter", date(2025, 12, 1), date(2026, 2, 28)),
        ("autumn 2025", date(2025, 9, 1), date(2025, 11, 30)),
        ("the 19th century", date(1800, 1, 1), date(1899, 12, 31)),
    ],
)
def test_earliest_and_latest_are_the_first_and_last_day_of_the_period(text, earliest, latest):
    expression = only(text)
    assert (expression.earliest, expression.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They met yesterday.", "2026-02-10"),
        ("They met the day before yesterday.", "2026-02-09"),
        ("They met last night.", "2026-02-10TNI"),
        ("They meet today.", "2026-02-11"),
        ("They met on New Year's Eve.", "2025-12-31"),
        ("They meet tonight.", "2026-02-11TNI"),
        ("They meet tomorrow.", "2026-02-12"),
        ("They met last Wednesday.", "2026-02-04"),
        ("They meet next Wednesday.", "2026-02-18"),
        ("They meet this Sunday.", "2026-02-15"),
        ("They met last week.", "2026-W06"),
        ("They meet this month.", "2026-02"),
        ("They meet next month.", "2026-03"),
        ("They met last month.", "2026-01"),
        ("They met last quarter.", "2025-Q4"),
        ("They met in last year's third quarter.", "2025-Q3"),
        ("They meet in March next year.", "2027-03"),
        ("They meet early next year.", "2027"),
        ("They met last weekend.", "2026-W06-WE"),
        ("They met this fall.", "2026-FA"),
        ("They met last summer.", "2025-SU"),
        ("They met a decade ago.", "2016"),
        ("They meet three days from now.", "2026-02-14"),
        ("They met this morning.", "2026-02-11TMO"),
        ("They met Tuesday evening.", "2026-02-10TEV"),
        ("They met yesterday afternoon.", "2026-02-10TAF"),
        ("They met at year-end.", "2025-12-31"),
        ("They met last year.", "2025"),
        ("They met last February.", "2025-02"),
        ("They meet next February.", "2027-02"),
        ("They met 30 years ago.", "1996"),
        ("They met three months ago.", "2025-11"),
        ("They met two weeks ago.", "2026-W05"),
        ("They met ten days ago.", "2026-02-01"),
    ],
)
def test_relative_expression_is_counted_from_the_publication_day(text, value):
    expression = only(text)
    assert (expression.value, expression.anchor) == (value, "publication date")


@pytest.mark.parametrize(
    ("weekday", "value"),
    [("Wednesday", "2026-02-11"), ("Tuesday", "2026-02-10"), ("Thursday", "2026-02-05")],
)
def test_bare_weekday_is_the_nearest_past_one_and_publication_day_counts(weekday, value):
    assert values(f"The charter was signed on {weekday}.") == [value]


@pytest.mark.parametrize(
    ("published", "text", "value"),
    [
        (date(2026, 1, 5), "Dec. 30", "2025-12-30"),
        (date(2025, 12, 30), "January 5", "2026-01-05"),
        (date(2026, 2, 11), "Feb 10", "2026-02-10"),
        (date(2026, 2, 11), "29 February", "2024-02-29"),
        (date(2098, 1, 1), "29 February", "2096-02-29"),
        (date(2026, 2, 11), "in August", "2025-08"),
        (date(2026, 2, 11), "in July", "2025-07"),  # the past counts as nearer
        (date(2026, 4, 11), "in August", "2026-08"),
        (date(2026, 2, 11), "in late March", "2026-03"),
        (date(2026, 2, 11), "in the fourth quarter", "2025-Q4"),
    ],
)
def test_date_without_a_year_is_the_nearest_on_either_side(published, text, value):
    assert values(text, published) == [value]


@pytest.mark.parametrize(
    "text",
    ["yesterday", "on Monday", "Feb 10", "in August", "last week", "30 years ago", "third quarter", "5 p.m."],
)
def test_relative_expression_stays_unresolved_without_publication_date(text):
    expression = only(text, published=None)
    assert (expression.value, expression.earliest, expression.latest) == (None, None, None)
    assert expression.anchor == "none"


@pytest.mark.parametrize(
    "text",
    [
        "They may meet, and may 8 envoys agree?",
        "Thousands march 5 miles every step of the way.",
        "May said so.",
        "Jan agreed, as did April Day.",
        "The Sunday Times and the Sunday Post agree.",
        "March on, they sang.",
        "an august body",
        "Room 1999 is closed; flight 2025 is late.",
        "a column of 2000 soldiers",
        "in 1,999 places, 12.5 percent of them",
        "version 3.11.07 at 192.12.10.26",
        "It ended 3:2 after 10 American goals.",
        "The Daily Planet and the Weekly Mirror agree.",
        "31 February 2025, 31.02.2025, 2025-13-01 and June 31",
        "a Long March 4C rocket for the Mar-a-Lago summit",
        "He told Fox News Sunday and USA Today that Black Monday was the worst.",
        "She told ABC's This Week, the Tonight Show and The Morning After.",
        "MUST WATCH The harbour, explained 02:41",
    ],
)
def test_what_only_looks_like_a_date_is_none(text):
    assert find(text, WEDNESDAY) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The ferry will run from Thursday.", "2026-02-12"),
        ("The ferry is due to run on Wednesday.", "2026-02-11"),
        ("The ferry will stop in September.", "2026-09"),
        ("Officials said the ferry will, as they told us Thursday, run.", "2026-02-05"),
        ("The ferry is still poised to run Thursday.", "2026-02-12"),
        ("The ferry won't be mended until Thursday.", "2026-02-12"),
        ("The council plans to vote on Thursday.", "2026-02-12"),
        ("The council called a meeting scheduled for Thursday.", "2026-02-12"),
        ("The diplomats said the council would meet Thursday.", "2026-02-12"),
        ("The master would not comment Thursday.", "2026-02-05"),
        ('Crowds are due at the "lantern walk" on Thursday.', "2026-02-12"),
        ("The ferry will do better than it did on Thursday.", "2026-02-05"),
        ("A strike in September would be a blow.", "2026-09"),
        ("The term ended June 30 was the worst.", "2025-06-30"),
        ("The term ending Nov. 30 may be worse.", "2026-11-30"),
    ],
)
def test_what_the_clause_says_of_the_future_decides(text, value):
    assert values(text) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The council closed the harbour on June 24.", "2025-06-24"),
        ("The charge stems from a June 24 talk the agents had.", "2025-06-24"),
        ("In May, the council closed the harbour.", "2025-05"),
        ("The harbour closed on Feb. 20.", "2026-02-20"),  # near enough for a wrong day of publication
        ("The harbour closes on June 24.", "2026-06-24"),
        ("The council agreed that the harbour is shut on June 24.", "2026-06-24"),
        ("The council refused a June 24 deadline.", "2026-06-24"),
        ("The fair, to be opened on June 24, is free.", "2026-06-24"),
        ("The master, who will open the fair on June 24, smiled.", "2026-06-24"),
    ],
)
def test_day_or_month_beside_a_verb_in_the_past_is_past(text, value):
    assert values(text) == [value]


def test_day_given_a_year_before_keeps_it():
    first, second = find("A letter of June 24, 2024, is out. The June 24 letter is short.", WEDNESDAY)
    assert (second.value, second.origin) == ("2024-06-24", first.start)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in April and May of 2012", ["2012-04", "2012-05"]),
        ("in May and July last year", ["2025-05", "2025-07"]),
        ("April 3 and May 5, 2012", ["2012-04-03", "2012-05-05"]),
        ("April 3 and 4, 2012", ["2012-04-03"]),
    ],
)
def test_the_year_after_the_second_of_two_is_that_of_both(text, found):
    assert [value for value in values(text) if len(value) > 4] == found


def test_two_days_of_a_month_are_one_span():
    (days,) = find("It rained on Feb. 3 and 4.", WEDNESDAY)
    assert (days.earliest, days.latest) == (date(2026, 2, 3), date(2026, 2, 4))
    assert only("On Feb. 3 and 4 boats sank.").latest == date(2026, 2, 3)


@pytest.mark.parametrize(
    ("published", "value"),
    [(date(2026, 2, 12), "2026-02-04"), (date(2026, 2, 13), "2026-02-11"), (WEDNESDAY, "2026-02-04")],
)
def test_last_before_the_weekday_of_yesterday_is_a_week_earlier(published, value):
    assert values("It rained last Wednesday.", published) == [value]


@pytest.mark.parametrize(
    ("text", "value", "earliest", "latest"),
    [
        ("earlier this week", "2026-W07", date(2026, 2, 9), WEDNESDAY),
        ("later this month", "2026-02", WEDNESDAY, date(2026, 2, 28)),
        ("earlier that year", "2026", date(2026, 1, 1), WEDNESDAY),
        ("this month", "2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("earlier last month", "2026-01", date(2026, 1, 1), date(2026, 1, 31)),
    ],
)
def test_earlier_ends_and_later_begins_with_publication(text, value, earliest, latest):
    expression = only(text)
    assert (expression.value, expression.earliest, expression.latest) == (value, earliest, latest)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It left at 11:36 a.m. Monday and returned at 7:33 p.m.", "2026-02-09T19:33"),
        ("It returned at 7:33 p.m. from a trip begun on Monday.", "2026-02-09T19:33"),
        ("On Sunday it sank. The boat left on Monday, back at 7:33 p.m.", "2026-02-09T19:33"),
        ("It sailed on Monday. It was seen at 7:33 p.m.", "2026-02-09T19:33"),
        ("It sailed on Monday. All was well. It was seen at 7:33 p.m.", "2026-02-09T19:33"),
        ("It sailed on Monday. It sank in January. It was seen at 7:33 p.m.", "2026-02-11T19:33"),
        ("It was seen at 7:33 p.m. The next boat sailed on Monday.", "2026-02-11T19:33"),
        ("It was seen at 7:33 p.m. ET. The next boat sailed on Monday.", "2026-02-11T19:33"),
        ("It was seen at 6 a.m. (2100 GMT Monday).", "2026-02-11T06:00"),
        ("It sailed on Monday. Updated at 7:33 p.m.", "2026-02-11T19:33"),
        ("It sailed on Monday. Original post -- 7:33 p.m.", "2026-02-11T19:33"),
        ("It sailed on Monday. At 7:33 p.m. it was seen by many on Sunday.", "2026-02-08T19:33"),
        ("They meet at 3 p.m. ET Monday.", "2026-02-09T15:00"),
        ("It sailed in January and was seen at 7:33 p.m.", "2026-02-11T19:33"),
    ],
)
def test_clock_time_lies_on_a_day_named_near_it(text, value):
    assert value in values(text)


def test_bracket_after_a_time_zone_is_no_part_of_the_expression():
    assert [e.text for e in find("just before 6 a.m. (10 p.m. BST)")] == ["6 a.m.", "10 p.m. BST"]
    assert only("8 a.m. (GMT)").value is not None


@pytest.mark.parametrize(
    ("text", "value", "origin"),
    [
        ("Signed on 3 March 2019. Six months later it failed.", "2019-09", "3 March 2019"),
        ("Signed on 3 March 2019; two days earlier it had failed.", "2019-03-01", "3 March 2019"),
        ("Signed on 3 March 2019; the following day it failed.", "2019-03-04", "3 March 2019"),
        ("Signed on 3 March 2019; that same day it failed.", "2019-03-03", "3 March 2019"),
        ("Signed on 3 March 2019; later that year it failed.", "2019", "3 March 2019"),
        ("Signed on 3 March 2019; that evening it failed.", "2019-03-03TEV", "3 March 2019"),
        ("Signed on 3 March 2019; the following Friday it failed.", "2019-03-08", "3 March 2019"),
        ("Down in the third quarter of 2019 from a year earlier.", "2018-Q3", "the third quarter of 2019"),
        ("Fewer than in the third quarter of 2019. The year-ago period was mild.", "2018-Q3",
         "the third quarter of 2019"),
    ],
)  # fmt: skip
def test_what_is_counted_from_a_date_mentioned_before_says_from_which(text, value, origin):
    first, last = find(text, WEDNESDAY)
    assert (first.text, last.value, last.origin) == (origin, value, first.start)
    assert last.anchor == "date mentioned before"


def test_company_news_without_a_quarter_speaks_of_the_last_complete_one():
    text = "Profit for the quarter rose; the year-ago period was weak, the same quarter last year weaker."
    assert values(text) == ["2025-Q4", "2024-Q4", "2024-Q4"]


def test_in_a_narrative_days_follow_the_last_date_mentioned():
    years = "Built in 1901, sold in 1905, burnt in 1911. "
    told = (
        "On May 3, 1912, it opened. It closed on June 9, and in August 1913 for good. By October it was gone."
    )
    assert values(years + told)[3:] == ["1912-05-03", "1912-06-09", "1913-08", "1913-10"]
    assert values(years + "Today " + told)[-1] == "2025-10"  # news
    assert values(years + "Let in 1921, it shut in 1922. In December it fell.")[-1] == "1922-12"


@pytest.mark.parametrize(
    ("text", "day_first", "value"),
    [
        ("on 8/2/2026", None, "2026-02-08"),
        ("on 8/2/2026", False, "2026-08-02"),
        ("on 3/2/26", True, "2026-02-03"),
        ("on 13/2/2026", None, "2026-02-13"),
        ("on 2/13/98", None, "1998-02-13"),
    ],
)
def test_slashes_follow_the_outlets_country_else_publication(text, day_first, value):
    (expression,) = find(text, WEDNESDAY, day_first)
    assert expression.value == value


def test_slashes_that_two_countries_read_differently_need_a_country_or_publication():
    assert values("8/2/2026, 13/2/2026", None) == [None, "2026-02-13"]


@pytest.mark.parametrize(
    "text",
    ["nearly 30 years ago", "about three weeks ago", "more than a decade ago", "at least two days ago"],
)
def test_an_inexact_amount_has_a_value_but_no_days(text):
    expression = only(text)
    assert expression.value is not None and expression.anchor == "approximate"
    assert expression.earliest is expression.latest is None
    assert only(text, None).anchor == "none"


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("It is now open.", "now", "PRESENT_REF"),
        ("Its current head", "current", "PRESENT_REF"),
        ("It recently opened.", "recently", "PAST_REF"),
        ("In the past it was open.", "the past", "PAST_REF"),
        ("At the time it was open.", "the time", "PAST_REF"),
        ("It may open in the near future.", "the near future", "FUTURE_REF"),
        ("It opened a few years ago.", "a few years ago", "PAST_REF"),
    ],
)
def test_present_past_and_future_as_such_have_no_days(text, span, value):
    expression = only(text, None)
    assert (expression.text, expression.value, expression.earliest) == (span, value, None)


def test_may_is_a_month_beside_a_preposition_a_day_or_a_year():
    assert values("In May, on May 10 and in May 2025") == ["2026-05", "2026-05-10", "2025-05"]


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("It came exactly six months later.", "exactly six months later", "P6M"),
        ("It is due within three months of signing.", "three months", "P3M"),
        ("a 27-year contract", "27-year", "P27Y"),
        ("for two and a half years", "two and a half years", "P2.5Y"),
        ("for twenty-five days", "twenty-five days", "P25D"),
        ("for 1,200 days", "1,200 days", "P1200D"),
        ("a 12-hour flight", "12-hour", "PT12H"),
        ("three decades of war", "three decades", "P30Y"),
        ("for the past two years", "the past two years", "P2Y"),
        ("the first nine months", "the first nine months", "P9M"),
        ("for at least another three weeks", "another three weeks", "P3W"),
        ("a 39-year-old mason", "39-year-old", "P39Y"),
        ("two hundred years of trade", "two hundred years", "P200Y"),
        ("an hour and a half", "an hour and a half", "PT1.5H"),
        ("a 3 1/2-year term", "3 1/2-year", "P3.5Y"),
        ("the last couple of weeks", "the last couple of weeks", "P2W"),
        ("for several months", "several months", "PXM"),
        ("over the next few weeks", "the next few weeks", "PXW"),
        ("for years to come", "years", "PXY"),
        ("a decades-long feud", "decades-long", "PXY"),
        ("half an hour of talks", "half an hour", "PT30M"),
        ("the year ended in gloom", "the year", "P1Y"),
        ("a few days later", "a few days later", "PXD"),
    ],
)
def test_duration_has_a_length_and_no_days(text, span, value):
    expression = only(text, published=None)
    assert (expression.text, expression.type, expression.value) == (span, "DURATION", value)
    assert expression.earliest is expression.latest is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("annually", "P1Y"),
        ("every year", "P1Y"),
        ("daily", "P1D"),
        ("each Monday", "XXXX-WXX-1"),
        ("Mondays", "XXXX-WXX-1"),
        ("every two weeks", "P2W"),
        ("per month", "P1M"),
    ],
)
def test_repetition_is_a_set(text, value):
    expression = only(f"They report {text} in Geneva.", published=None)
    assert (expression.text, expression.type, expression.value) == (text, "SET", value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It began at noon.", "2026-02-11T12:00"),
        ("It began at midnight.", "2026-02-11T24:00"),
        ("It began at 10:15 GMT.", "2026-02-11T10:15Z"),
        ("It began around 1015 GMT.", "2026-02-11T10:15Z"),
        ("It began at 22:25.", "2026-02-11T22:25"),
        ("It began at 5 p.m. sharp.", "2026-02-11T17:00"),
        ("It began at 12.30am.", "2026-02-11T00:30"),
    ],
)
def test_clock_time_alone_lies_on_the_publication_day(text, value):
    expression = only(text)
    assert (expression.type, expression.value) == ("TIME", value)
    assert expression.earliest == expression.latest == WEDNESDAY


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3 March 2024, 10:15", "2024-03-03T10:15"),
        ("2024-03-03 - 22:25", "2024-03-03T22:25"),
        ("2024-03-03T22:25", "2024-03-03T22:25"),
        ("at 5 p.m. on March 3, 2024", "2024-03-03T17:00"),
        ("5 p.m. Monday", "2026-02-09T17:00"),
        ("noon Monday", "2026-02-09T12:00"),
        ("Monday at 5 p.m.", "2026-02-09T17:00"),
        ("5 p.m. EST, Feb. 3", "2026-02-03T17:00"),
        ("8 o'clock Monday", "2026-02-09T08:00"),
        ("8:30 yesterday morning", "2026-02-10T08:30"),
        ("the night of April 18, 1775", "1775-04-18TNI"),
    ],
)
def test_clock_time_beside_a_date_lies_on_that_day(text, value):
    time = only(text.removeprefix("at "))
    assert (time.type, time.value, time.text) == ("TIME", value, text.removeprefix("at "))


def test_a_clock_time_is_joined_with_one_day_only():
    assert values("noon Monday, Tuesday") == ["2026-02-09T12:00", "2026-02-10"]
    first, second = find("5 p.m., 6 p.m. Monday", WEDNESDAY)
    assert (first.text, second.text) == ("5 p.m.", "6 p.m. Monday")


def test_stamp_glued_to_a_teaser_is_read():
    assert values("Ministers leave the hall - Agency10.02.26, 20:14 • 31 views") == ["2026-02-10T20:14"]


def test_letters_that_only_compare_equal_to_plain_ones_are_harmless():
    assert find("thıs week, on ſunday and ſept 5", WEDNESDAY) == []


def test_number_at_the_end_of_a_line_is_no_day_of_the_month_on_the_next():
    assert values("Engineer dies aged 56\nOctober 6, 2011\nHe fell ill at 6\nOctober 7, 2011") == [
        "2011-10-06",
        "2011-10-07",
    ]


def test_a_rate_is_a_set():
    (rate,) = find("It carries 1,200 boats a year.")
    assert (rate.text, rate.type, rate.value) == ("a year", "SET", "P1Y")


def test_lines_broken_to_a_width_are_read_as_one_but_paragraphs_never():
    first = "The council of Port Ellery closed the old harbour in the spring of"
    wrapped = f"{first}\n1987 and opened it the same week for boats from abroad."
    assert find(wrapped)[0].text == "the spring of\n1987"
    assert find(wrapped.replace("\n", "\n\n"))[0].text == "1987"


def test_time_of_publication_does_not_matter():
    assert find("yesterday", datetime(2026, 2, 11, 23, 59)) == find("yesterday", WEDNESDAY)


PIECES = """8 31 2025 10.02.26 22:25 May march Feb. August Monday last next this of the in and - , p.m.
quarter third week year years ago six twenty half yesterday every daily 2026-02-30
ſunday thıs st 9999 0 00.00.0000 a later ago earlier day same a.m. decade 20th century noon weekend
fiscal nearly 's 1/2/03 summer quarter period hundred night will end now \n"""
WORDS = st.lists(st.sampled_from(PIECES.split(" ")))
TEXTS = st.one_of(st.text(), WORDS.map(" ".join), WORDS.map("".join))
DAYS = st.one_of(st.none(), st.dates(), st.datetimes())


@given(TEXTS, DAYS)
def test_any_text_gives_expressions_in_order_that_lie_where_they_say(text, published):
    end = 0
    for expression in find(text, published):
        assert end <= expression.start < expression.end <= len(text)
        assert text[expression.start : expression.end] == expression.text
        assert "\n\n" not in expression.text and "\r" not in expression.text
        end = expression.end


@given(TEXTS, DAYS)
def test_days_come_in_pairs_in_order_and_only_with_a_value(text, published):
    for expression in find(text, published):
        assert (expression.value is None) == (expression.anchor == "none")
        assert (expression.earliest is None) == (expression.latest is None)
        if expression.earliest is not None:
            assert expression.value is not None
            assert expression.earliest <= expression.latest


@given(TEXTS, st.dates(), st.dates())
def test_only_what_names_the_publication_date_depends_on_it(text, one, other):
    stated = [e for e in find(text, None) if e.anchor == "stated"]
    assert not [e for e in find(text, None) if e.anchor == "publication date"]
    for published in (one, other):
        assert [e for e in find(text, published) if e.anchor == "stated"] == stated


@given(TEXTS)
def test_no_rule_begins_where_the_search_does_not_look(text):
    for rule in dates._RULES:
        for match in rule.pattern.finditer(text.lower()):
            assert pattern("START").match(match[0])


@given(TEXTS)
def test_no_rule_that_matches_is_passed_over(text):
    plain = dates._plain(text)
    likely = dict(dates._places(plain))
    begins = re.compile(rf"(?:(?<![a-z\d])|(?<=[a-z])(?=\d))(?={pattern('START').pattern})")
    for number, rule in enumerate(dates._RULES):
        for start in {hit.start() for hit in begins.finditer(plain)}:
            assert not rule.pattern.match(plain, start) or number in likely[start]


@pytest.mark.parametrize(
    "piece", ["a year ", "a year ago ", "12 ", "'", "1", "Monday ", "in the end of ", "\n"]
)
def test_time_grows_no_faster_than_the_text(piece):
    spent = []
    for size in (10_000, 100_000):
        start = time.process_time()
        find((piece * size)[:size], WEDNESDAY)
        spent.append(time.process_time() - start)
    assert spent[1] < 25 * spent[0] + 0.5


@given(st.dates(date(1000, 1, 1), date(9990, 1, 1)), st.integers(0, 6))
def test_bare_weekday_lies_within_the_last_seven_days(published, weekday):
    name = calendar.day_name[weekday]
    day = only(f"on {name}", published).earliest
    assert day.weekday() == weekday
    assert timedelta(0) <= published - day <= timedelta(6)


@given(
    st.dates(date(1000, 1, 1), date(2999, 12, 31)),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%a, %d %b %Y", "%Y-%m-%d", "%d.%m.%Y"]),
)
def test_every_day_of_the_calendar_is_read_back(day, form):
    assert only(day.strftime(form), None).earliest == day


LINES = (
    "It closed on Monday.", "Two days later the mayor spoke.", "In May the council met.", "May opened it.",
    "the summer of", "1987, when it burned", "It stood there from 1912 to", "1914.", "On 3 August", "2025",
    "Last year,", "and the year before", "The ferry sank.", "The ferry sank at noon. " * 5,
)  # fmt: skip


@settings(deadline=None)  # the first text waits for the rules
@given(st.sampled_from(LINES), st.lists(st.sampled_from(LINES), min_size=1, max_size=6), st.booleans())
def test_below_a_headline_is_found_what_is_found_in_both_together(headline, lines, dated):
    text, published = "\n".join(lines), WEDNESDAY if dated else None
    assert find_below(headline, text, published) == find(f"{headline}\n{text}", published)
