import pandas as pd
import pytest

from helpers.timeline.accounts import DIFFER, LINK, SAID, accounts


def told(*statements, **changed):
    """Statements m0, m1, … (article, day or period, and changes): "fell on Monday", in the text's voice."""
    rows = []
    for number, (article, when, *more) in enumerate(statements):
        period = when and pd.Period(when)
        row = {
            "id": f"m{number}", "article_id": article, "sentence_id": f"{article}:s{number:03d}",
            "word": "fell", "group": None, "expression": "on Monday" if when else None, "anchor": "stated",
            "earliest": period.start_time if period else pd.NaT,
            "latest": period.end_time.normalize() if period else pd.NaT, "kind": "happened", "voice": "own",
        }  # fmt: skip
        rows.append(row | changed | (more[0] if more else {}))
    return pd.DataFrame(rows).astype({"group": "str", "expression": "str"})


def pairs(*alike):
    """Pairs in both orders: their places, their likeness, and how many words they have side by side (1)."""
    whole = [(one, other, likeness, *(phrases or [1])) for one, other, likeness, *phrases in alike]
    both = [row for one, other, *rest in whole for row in ((one, other, *rest), (other, one, *rest))]
    table = pd.DataFrame(both, columns=["one", "other", "likeness", "phrases"])
    return table.astype({"one": int, "other": int, "likeness": float, "phrases": int})


def names(statements, *alike, given=()):
    table = statements if isinstance(statements, pd.DataFrame) else told(*statements)
    dates = pd.DataFrame(given, columns=["sentence_id", "earliest"]).astype({"sentence_id": "str"})
    own = table[["sentence_id", "earliest"]]
    dates = pd.concat([own, dates.assign(earliest=pd.to_datetime(dates.earliest))])
    return accounts(table, pairs(*alike), dates).fillna("").tolist()


MONDAY, TUESDAY = ("a", "2026-02-09"), ("b", "2026-02-10")


def test_like_statements_of_two_texts_and_days_are_one_event():
    assert names([MONDAY, TUESDAY], (0, 1, DIFFER)) == ["m0", "m0"]
    assert names([MONDAY, TUESDAY], (0, 1, DIFFER - 0.01)) == ["m0", "m1"]


def test_what_is_said_on_two_days_needs_to_be_nearly_the_same():
    said = told(MONDAY, TUESDAY, word="said")
    assert names(said, (0, 1, SAID)) == ["m0", "m0"]
    assert names(said, (0, 1, SAID - 0.01)) == ["m0", "m1"]


def test_an_undated_statement_like_both_links_them():
    third = ("c", None)
    assert names([MONDAY, TUESDAY, third], (0, 2, LINK), (1, 2, LINK)) == ["m0", "m0", ""]
    assert names([MONDAY, TUESDAY, third], (0, 2, LINK), (1, 2, LINK - 0.01)) == ["m0", "m1", ""]
    assert names([MONDAY, TUESDAY, third], (0, 2, 0.9), (1, 2, 0.9, 0)) == ["m0", "m1", ""]
    other = (*TUESDAY, {"word": "visited"})
    assert names([MONDAY, other, third], (0, 2, 0.9), (1, 2, 0.9)) == ["m0", "m1", ""]
    assert names([MONDAY, TUESDAY, ("c", "2026-02-20")], (0, 2, DIFFER), (1, 2, DIFFER)) == ["m0", "m1", "m2"]


@pytest.mark.parametrize(("day", "same"), [("2026-02-15", True), ("2026-02-16", False)])
def test_days_a_week_apart_are_of_two_events(day, same):
    assert (names([MONDAY, ("b", day)], (0, 1, 0.9)) == ["m0", "m0"]) == same


def test_periods_are_no_accounts_of_a_day():
    assert names([("a", "2026-02-02"), ("b", "2026-02")], (0, 1, 0.9)) == ["m0", "m1"]


def test_a_text_or_sentence_that_gives_both_days_tells_two_events():
    assert names([MONDAY, ("a", "2026-02-10")], (0, 1, 0.9)) == ["m0", "m1"]
    both = [("b:s001", "2026-02-09")]
    assert names([MONDAY, TUESDAY], (0, 1, 0.9), given=both) == ["m0", "m1"]


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "planned"},
        {"expression": "at 9 p.m."},
        {"voice": "quoted", "anchor": "publication date (manifest)"},
    ],
)
def test_what_is_to_come_timed_or_quoted_is_no_other_account(change):
    assert names([MONDAY, (*TUESDAY, change)], (0, 1, 0.9)) == ["m0", "m1"]


@pytest.mark.parametrize("expression", ["yesterday", "Tonight", "9 May", "in 2019", "Tuesday at 9 p.m."])
def test_an_expression_that_names_a_day_is_an_account(expression):
    assert names([MONDAY, (*TUESDAY, {"expression": expression})], (0, 1, 0.9)) == ["m0", "m0"]


def test_a_stated_day_in_a_quotation_is_an_account():
    assert names([MONDAY, (*TUESDAY, {"voice": "quoted"})], (0, 1, 0.9)) == ["m0", "m0"]


def test_a_group_is_parted_where_its_days_exclude_each_other():
    grouped = told(MONDAY, ("b", "2026-02"), ("c", "2026-02-12"), group="g")
    assert names(grouped) == ["g", "g 1", "g 1"]


def test_a_group_whose_days_agree_stays_whole():
    assert names(told(MONDAY, ("b", "2026-02"), ("c", "2026-02-09"), group="g")) == ["g", "g", "g"]


def test_an_event_takes_no_third_day_through_a_second():
    three = [MONDAY, TUESDAY, ("c", "2026-02-11")]
    assert names(three, (0, 1, 0.9), (1, 2, 0.9)) == ["m0", "m0", "m2"]


def test_of_two_days_of_one_text_only_one_is_another_account_of_a_day():
    three = [MONDAY, TUESDAY, ("b", "2026-02-11")]
    assert names(three, (0, 1, 0.9), (0, 2, 0.9)) == ["m0", "m0", "m2"]


def test_the_account_of_more_texts_is_the_base():
    more = told((*MONDAY, {}), (*TUESDAY, {"group": "z"}), ("c", "2026-02-10", {"group": "z"}))
    assert names(more, (0, 1, 0.9)) == ["z", "z", "z"]


def test_statements_without_a_day_have_no_name_yet():
    assert names([("a", None), MONDAY]) == ["", "m1"]
    assert names([("a", None)]) == [""]


def test_the_order_of_rows_changes_nothing():
    table = told(MONDAY, TUESDAY, ("c", "2026-02"), ("d", "2026-02-12"))
    table["group"] = ["g", None, "g", "g"]
    first = dict(zip(table.id, names(table, (0, 1, 0.9)), strict=True))
    assert dict(zip(table.id[::-1], names(table[::-1], (3, 2, 0.9)), strict=True)) == first
