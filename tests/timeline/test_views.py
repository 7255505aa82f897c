import pandas as pd

from helpers.timeline import views
from helpers.timeline.views import MOST, counted, daters, numbered, placed, scores, side_by_side

DAY, NEXT = pd.Timestamp("2026-02-09"), pd.Timestamp("2026-02-10")
EVENTS = pd.DataFrame(
    {
        "event_id": ["e001", "e002"], "earliest": [DAY, pd.NaT], "latest": [NEXT, pd.NaT],
        "when": ["2026-02-09 or 2026-02-10", "no day given"], "n_dated": [2, 0], "n_origins": [3, 1],
        "n_unnamed": [0, 2], "n_texts": [2, 2],
    }
)  # fmt: skip
LANES = pd.Series({"a": "a", "b": "b", "c": "c"})
TELLINGS = pd.DataFrame(
    [
        ("e001", "a", DAY, DAY, "Monday"), ("e001", "a", DAY, DAY, "Monday"),
        ("e001", "a", pd.NaT, pd.NaT, None),
        ("e001", "b", NEXT, NEXT, "Tuesday"), ("e001", "c", pd.NaT, pd.NaT, None),
        ("e002", "a", DAY, DAY, None),
    ],
    columns=["event_id", "article_id", "earliest", "latest", "expression"],
)  # fmt: skip


def test_a_text_has_a_place_for_each_day_that_it_gives():
    points = placed(TELLINGS, EVENTS, LANES)
    assert points[["entry", "group", "earliest", "latest", "dated"]].values.tolist() == [
        [1, "a", DAY, DAY, True], [1, "b", NEXT, NEXT, True], [1, "c", DAY, NEXT, False],
    ]  # fmt: skip


def test_texts_of_one_lane_tell_an_entry_together():
    points = placed(TELLINGS, EVENTS, pd.Series({"a": "Gull", "b": "Gull", "c": "Gull"}))
    assert points[["entry", "group", "earliest", "latest", "dated"]].values.tolist() == [
        [1, "Gull", DAY, DAY, True], [1, "Gull", NEXT, NEXT, True],
    ]  # fmt: skip


def test_an_entry_without_a_day_has_no_place():
    assert placed(TELLINGS, EVENTS, LANES).entry.eq(1).all()
    assert placed(TELLINGS[:0], EVENTS[:0], LANES).empty


def test_an_entry_with_two_days_differs_and_a_span_of_days_does_not():
    assert placed(TELLINGS, EVENTS, LANES).differs.all()
    assert not placed(TELLINGS, EVENTS.assign(when="2026-02-09 to 2026-02-10"), LANES).differs.any()


def test_named_origins_are_counted_apart_from_texts_that_name_none():
    table = counted(EVENTS)
    assert table.origins.tolist() == [3, 1]
    assert table["name no origin"].tolist() == [0, 2]
    assert table.entry.tolist() == [1, 2]
    assert table["give a day"].tolist() == [2, 0]


def test_a_dater_gives_a_day():
    assert daters(TELLINGS).values.tolist() == [["e001", "a"], ["e001", "b"]]


SIDES = ["kind", "matter", "value_a", "value_b", "sentence_id_a", "sentence_id_b"]
FOUND = pd.DataFrame([["speaker", "rare joy", "x", "y", "a:s001", "b:s002"]] * 2, columns=SIDES)


def test_checks_are_numbered_in_their_order_and_lose_their_offsets():
    table = numbered(FOUND.assign(start_a=1))
    assert table.check_id.tolist() == ["k001", "k002"]
    assert [*table] == [*SIDES, "check_id"]
    assert numbered(FOUND[:0]).empty


NAMES = pd.Series({"a": "a Post", "b": "b Times"})


def test_both_sides_have_their_value_sentence_and_text():
    table = side_by_side(numbered(FOUND[:1]), NAMES)
    columns = ["difference", "what", "about", "says", "sentence_id", "article"]
    assert table[columns].values.tolist() == [
        ["k001", "speaker", "rare joy", "x", "a:s001", "a Post"],
        ["k001", "speaker", "rare joy", "y", "b:s002", "b Times"],
    ]


def test_the_sides_of_many_differences_stand_together_in_order():
    table = side_by_side(
        FOUND.rename(columns={"matter": "about"}).assign(conflict_id=["x001", "x002"]), NAMES
    )
    assert table.difference.tolist() == ["x001", "x001", "x002", "x002"]
    assert table.says.tolist() == ["x", "y", "x", "y"]


def test_no_differences_have_no_sides():
    assert side_by_side(numbered(FOUND[:0]), NAMES).empty


def test_the_scores_are_those_of_the_data_file():
    assert [*scores()] == ["rules", "texts", "measure", "n", "reached"]


def test_of_many_entries_the_picture_has_those_that_most_texts_tell():
    many = pd.concat([EVENTS.iloc[[0]]] * (MOST + 1), ignore_index=True)
    ids = [f"e{number:03d}" for number in range(1, MOST + 2)]
    many = many.assign(event_id=ids, n_texts=[1] * MOST + [2])
    told = pd.concat([TELLINGS.iloc[[0]]] * len(ids), ignore_index=True).assign(event_id=ids)
    shown = placed(told, many, LANES)
    assert len(shown) == MOST
    assert MOST + 1 in set(shown.entry)
    assert MOST not in set(shown.entry)


def test_of_many_entries_those_that_most_texts_tell_are_listed_in_their_order():
    many = pd.DataFrame({"entry": range(1, views.LISTED + 3), "n_texts": [1, 1, *[2] * views.LISTED]})
    assert views.listed(many).entry.tolist() == [*range(3, views.LISTED + 3)]
    assert views.listed(many[:5]).entry.tolist() == [1, 2, 3, 4, 5]
