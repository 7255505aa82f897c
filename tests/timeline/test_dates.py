"""Temporal expressions: what is found, what it means, and what must not be taken for a date."""

import calendar
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.timeline.dates import TimeExpression, find

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
        "March on, they sang.",
        "an august body",
        "Room 1999 is closed; flight 2025 is late.",
        "a column of 2000 soldiers",
        "in 1,999 places, 12.5 percent of them",
        "version 3.11.07 at 192.12.10.26",
        "It ended 3:2 after 10 American goals.",
        "The Daily Planet and the Weekly Mirror agree.",
        "31 February 2025, 31.02.2025, 2025-13-01 and June 31",
    ],
)
def test_what_only_looks_like_a_date_is_none(text):
    assert find(text, WEDNESDAY) == []


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
    ],
)
def test_duration_has_a_length_and_no_days(text, span, value):
    expression = only(text, published=None)
    assert (expression.text, expression.type, expression.value) == (span, "DURATION", value)
    assert expression.earliest is expression.latest is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("annually", "P1Y"), ("every year", "P1Y"), ("daily", "P1D"), ("each Monday", "XXXX-WXX-1")],
)
def test_repetition_is_a_set(text, value):
    expression = only(f"They report {text} in Geneva.", published=None)
    assert (expression.text, expression.type, expression.value) == (text, "SET", value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
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
    ],
)
def test_clock_time_beside_a_date_lies_on_that_day(text, value):
    (time,) = [e for e in find(text, WEDNESDAY) if e.type == "TIME"]
    assert time.value == value


def test_stamp_glued_to_a_teaser_is_read():
    assert values("Ministers leave the hall - Agency10.02.26, 20:14 • 31 views") == ["2026-02-10T20:14"]


def test_letters_that_only_compare_equal_to_plain_ones_are_harmless():
    assert find("thıs week, on ſunday and ſept 5", WEDNESDAY) == []


def test_number_at_the_end_of_a_line_is_no_day_of_the_month_on_the_next():
    assert values("Engineer dies aged 56\nOctober 6, 2011\nHe fell ill at 6\nOctober 7, 2011") == [
        "2011-10-06",
        "2011-10-07",
    ]


def test_time_of_publication_does_not_matter():
    assert find("yesterday", datetime(2026, 2, 11, 23, 59)) == find("yesterday", WEDNESDAY)


PIECES = """8 31 2025 10.02.26 22:25 May march Feb. August Monday last next this of the in and - , p.m.
quarter third week year years ago six twenty half yesterday every daily 2026-02-30
ſunday thıs st 9999 0 00.00.0000"""
WORDS = st.lists(st.sampled_from(PIECES.split()))
TEXTS = st.one_of(st.text(), WORDS.map(" ".join), WORDS.map("".join))
DAYS = st.one_of(st.none(), st.dates(), st.datetimes())


@given(TEXTS, DAYS)
def test_any_text_gives_expressions_in_order_that_lie_where_they_say(text, published):
    end = 0
    for expression in find(text, published):
        assert end <= expression.start < expression.end <= len(text)
        assert text[expression.start : expression.end] == expression.text
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
