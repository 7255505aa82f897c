import pandas as pd
import pytest

from helpers.timeline.durations import of_durations

PUBLISHED = "2026-02-11"


def dated(text, expression, value, *others, word="open", published=PUBLISHED, type_="DURATION"):
    """A statement of article a whose expression stands in `text`, after others (word, day, group, text)."""
    rows = [
        {
            "article_id": article, "word": told, "said_in": f"{article}:s{number:03d}", "dated": 0,
            "expression": "then",
            "type": "DATE", "value": day, "kind": "happened", "basis": "expression", "anchor": "stated",
            "earliest": pd.Timestamp(day), "latest": pd.Timestamp(day), "group": group,
        }
        for number, (told, day, group, article) in enumerate(others, 1)
    ]  # fmt: skip
    rows.append(
        {
            "article_id": "a", "word": word, "said_in": "a:s009", "dated": text.index(expression),
            "expression": expression, "type": type_, "value": value, "kind": "happened", "basis": "none",
            "anchor": "stated", "earliest": pd.NaT, "latest": pd.NaT, "group": None,
        }
    )  # fmt: skip
    told = pd.DataFrame(rows).astype({"group": "str", "expression": "str"})
    sentences = pd.DataFrame({"sentence_id": ["a:s009"], "text": [text]})
    articles = pd.DataFrame({"article_id": ["a"], "published": pd.to_datetime([published])})
    row = of_durations(told, sentences, articles).iloc[-1]
    if pd.isna(row.expression):
        return None
    days = [None if pd.isna(day) else f"{day:%Y-%m-%d}" for day in (row.earliest, row.latest)]
    return row.kind, *days


def test_within_a_time_is_planned_from_publication_until_then():
    text = "The port will open within the next three months."
    assert dated(text, "three months", "P3M") == ("planned", "2026-02-11", "2026-05-11")


@pytest.mark.parametrize(
    ("value", "last"),
    [("P3D", "2026-02-14"), ("P3W", "2026-03-04"), ("P3M", "2026-05-11"), ("P3Y", "2029-02-11")],
)
def test_units_are_those_of_the_calendar(value, last):
    assert dated("It will open within three units.", "three units", value)[2] == last


WITHIN = "Within three months of signing, it will open."


def test_within_a_time_of_an_act_counts_from_the_day_that_the_text_gives_it():
    found = dated(WITHIN, "three months", "P3M", ("signed", "2026-02-09", "g", "a"))
    assert found == ("planned", "2026-02-09", "2026-05-09")


def test_within_a_time_after_an_act_counts_from_it_too():
    text = WITHIN.replace("of", "after")
    found = dated(text, "three months", "P3M", ("signed", "2026-02-09", "g", "a"))
    assert found == ("planned", "2026-02-09", "2026-05-09")


def test_it_counts_from_all_days_that_texts_give_the_same_event():
    others = ("signed", "2026-02-09", "g", "a"), ("signing", "2026-02-10", "g", "b")
    assert dated(WITHIN, "three months", "P3M", *others) == ("planned", "2026-02-09", "2026-05-10")


def test_another_act_and_an_act_of_another_text_alone_are_not_counted_from():
    others = ("sank", "2026-01-01", "g", "a"), ("signed", "2026-01-02", "h", "b")
    assert dated(WITHIN, "three months", "P3M", *others) == ("planned", "2026-02-11", "2026-05-11")


@pytest.mark.parametrize("verb", ["have kept", "has seen", "’ve had"])
def test_what_has_lasted_is_a_state_until_publication(verb):
    found = dated(f"They {verb} six months of peace.", "six months", "P6M")
    assert found == ("state", "2025-08-11", "2026-02-11")


@pytest.mark.parametrize(
    "text",
    [
        "It lasted six months.",
        "They have to wait six months.",
        "They have it; it took six months.",
        "They have closed it six months ago.",
        "They have a six months-old pier.",
        "They have seen it six months later.",
    ],
)
def test_other_durations_date_nothing(text):
    assert dated(text, "six months", "P6M") is None


@pytest.mark.parametrize("value", ["PXM", "P6000Y", "P999999999999999D", None])
def test_an_amount_that_gives_no_day_dates_nothing(value):
    assert dated("They have kept months of peace.", "months", value) is None


def test_without_a_day_of_publication_nothing_is_counted_from_it():
    assert dated("They have kept six months of peace.", "six months", "P6M", published=None) is None


def test_the_last_of_february_has_a_month_after_it():
    assert dated("It opens within one year.", "one year", "P1Y", published="2024-02-29")[2] == "2025-02-28"


def test_other_expressions_are_left_as_they_are():
    assert dated("They have kept it in May.", "May", "2026-05", type_="DATE") == ("happened", None, None)
