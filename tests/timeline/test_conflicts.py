import pandas as pd
import pytest

from helpers import tables
from helpers.timeline.conflicts import date_conflicts, differences, weekday_conflicts


def articles(*published):
    days = pd.to_datetime(pd.Series(published or ("2026-02-11",) * 4))
    return pd.DataFrame({"article_id": list("abcdef"[: len(days)]), "published": days})


def tellings(*told):
    """Rows of table `tellings` of one event: the article, and its day or period (None: no day)."""
    rows = []
    for number, (article, when, *event) in enumerate(told, 1):
        period = when and pd.Period(when)
        rows.append(
            {
                "event_id": event[0] if event else "e001",
                "article_id": article,
                "sentence_id": f"{article}:s{number:03d}",
                "expression": when,
                "earliest": period.start_time if period else pd.NaT,
                "latest": period.end_time.normalize() if period else pd.NaT,
            }
        )
    return pd.DataFrame(rows)


def differ(*told, published=()):
    found = date_conflicts(tellings(*told), articles(*published))
    return found[["value_a", "value_b", "sentence_id_a", "sentence_id_b"]].values.tolist()


def test_two_days_for_one_event_are_a_difference_with_both_sentences():
    assert differ(("a", "2026-02-09"), ("b", "2026-02-10")) == [
        ["2026-02-09", "2026-02-10", "a:s001", "b:s002"]
    ]


def test_the_same_day_and_no_day_are_no_difference():
    assert differ(("a", "2026-02-09"), ("b", "2026-02-09"), ("c", None)) == []


def test_a_day_taken_from_the_sentences_around_is_not_given():
    told = tellings(("a", "2026-02-09"), ("b", "2026-02-10")).assign(expression=["Monday", None])
    assert date_conflicts(told, articles()).empty


def test_a_coarser_date_is_a_difference_only_if_it_does_not_contain_the_finer():
    assert differ(("a", "2026-02-09"), ("b", "2026-02")) == []
    assert differ(("a", "2026-02"), ("b", "2026-02-09")) == []
    assert [pair[:2] for pair in differ(("a", "2026-02-09"), ("b", "2026-03"))] == [["2026-02-09", "2026-03"]]


def test_other_days_are_set_against_the_one_that_most_texts_give():
    told = ("a", "2026-02-09"), ("b", "2026-02-10"), ("c", "2026-02-10"), ("d", "2026-02-11")
    assert [pair[:2] for pair in differ(*told)] == [
        ["2026-02-10", "2026-02-09"],
        ["2026-02-10", "2026-02-11"],
    ]


def test_one_text_counts_once_for_a_day():
    told = ("a", "2026-02-10"), ("a", "2026-02-10"), ("b", "2026-02-09")
    assert differ(*told)[0][0] == "2026-02-09"


def test_two_days_of_one_text_are_two_things_told():
    assert differ(("a", "2026-02-09"), ("a", "2026-02-10")) == []


def test_events_are_not_set_against_each_other():
    assert differ(("a", "2026-02-09", "e001"), ("b", "2026-02-10", "e002")) == []


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        (("2026-02-12", "2026-02-11", "2026-02-11"), "b:s002"),
        (("2026-02-11", "2026-02-12", "2026-02-11"), "a:s001"),
        ((None, "2026-02-12", "2026-02-11"), "b:s002"),
    ],
)
def test_of_sentences_with_one_value_the_one_published_first_is_shown(published, shown):
    told = ("a", "2026-02-09"), ("b", "2026-02-09"), ("c", "2026-02-10")
    assert differ(*told, published=published)[0][2] == shown


def test_the_order_of_rows_changes_nothing():
    told = tellings(("a", "2026-02-09"), ("b", "2026-02-09"), ("c", "2026-02-10"), ("d", "2026-02-08"))
    first = date_conflicts(told, articles())
    pd.testing.assert_frame_equal(date_conflicts(told[::-1], articles()[::-1]), first)


def weekdays(text, day, anchor="publication date (manifest)", latest=None, published="2026-02-11"):
    dates = pd.DataFrame({"sentence_id": ["a:s001"], "text": [text], "anchor": anchor})
    dates = dates.assign(earliest=pd.Timestamp(day), latest=pd.Timestamp(latest or day))
    found = weekday_conflicts(dates, articles(published))
    assert (found.sentence_id_a == found.sentence_id_b).all()
    return found[["value_a", "value_b"]].values.tolist()


def test_a_weekday_with_a_day_that_falls_on_another_is_a_difference():
    assert weekdays("MONDAY, 10 February 2026", "2026-02-10", "stated") == [
        ["MONDAY, 10 February 2026", "2026-02-10, a Tuesday"]
    ]
    assert weekdays("Mon., Feb. 10", "2026-02-10") == [["Mon., Feb. 10", "2026-02-10, a Tuesday"]]


def test_a_weekday_with_a_day_that_falls_on_it_is_none():
    assert weekdays("Tuesday, 10 February 2026", "2026-02-10", "stated") == []
    assert weekdays("TUESDAY, 10 February 2026", "2026-02-10", "stated") == []
    assert weekdays("Tues., Feb. 10", "2026-02-10") == []


def test_a_weekday_that_a_sentence_says_twice_is_one_difference():
    dates = pd.DataFrame({"sentence_id": ["a:s001"] * 2 + ["a:s002"], "text": "Monday, 10 February 2026"})
    dates = dates.assign(anchor="stated", earliest=pd.Timestamp("2026-02-10"))
    found = weekday_conflicts(dates.assign(latest=dates.earliest), articles("2026-02-11"))
    assert found.sentence_id_a.tolist() == ["a:s001", "a:s002"]


def test_a_weekday_alone_and_a_longer_period_are_none():
    assert weekdays("last Monday", "2026-02-10") == []
    assert weekdays("10 February", "2026-02-10") == []
    assert weekdays("the week of Monday 10", "2026-02-10", latest="2026-02-16") == []


def test_a_day_without_a_year_counts_only_near_publication():
    assert weekdays("Monday, 14 December", "2025-12-13") != []
    assert weekdays("Monday, 12 December", "2025-12-12") == []
    assert weekdays("Monday, 12 December 2025", "2025-12-12", "stated") != []
    assert weekdays("Monday, 10 February", "2026-02-10", published=None) == []


SENTENCES = pd.DataFrame(
    {
        "sentence_id": ["a:s001", "b:s001"],
        "article_id": ["a", "b"],
        "text": [
            "The fire on the quay killed five people on Monday, 10 February 2026.",
            "The fire on the quay killed seven people.",
        ],
        "heading": False,
    }
)


def all_differences(sentences=SENTENCES):
    told = tellings(("a", "2026-02-09"), ("b", "2026-02-10"))
    day = pd.Timestamp("2026-02-10")
    dates = pd.DataFrame(
        {"sentence_id": ["a:s001"], "text": ["Monday, 10 February 2026"], "anchor": "stated"}
    )
    dates = dates.assign(earliest=day, latest=day, type="DATE", start=3, end=27)
    return differences(told, dates, sentences, articles("2026-02-11", "2026-02-11"))


def test_all_kinds_of_differences_are_numbered_days_first():
    table = tables.check("conflicts", all_differences())
    assert table[["conflict_id", "kind"]].values.tolist() == [
        ["x001", "date"],
        ["x002", "weekday"],
        ["x003", "number"],
    ]
    assert table.event_id.fillna("").tolist() == ["e001", "", ""]


def test_no_tellings_and_no_dates_have_no_differences():
    told = tellings(("a", "2026-02-09"))
    day = pd.Timestamp("2026-02-09")
    dates = pd.DataFrame({"sentence_id": ["a:s001"], "text": "Monday", "anchor": "stated"})
    dates = dates.assign(earliest=day, latest=day, type="DATE", start=3, end=9)
    table = differences(told[:0], dates[:0], SENTENCES[:0], articles())
    assert tables.check("conflicts", table).empty
