import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.timeline.joining import ALIKE, joined


def told(*statements):
    """Statements: the article, the group that an expression gave it ("": one alone), or None if undated."""
    rows = [
        (f"m{number}", article, None if group is None else "Monday", group or None)
        for number, (article, group) in enumerate(statements)
    ]
    return pd.DataFrame(rows, columns=["id", "article_id", "expression", "group"]).astype("str")


def pairs(*alike):
    """Pairs of statements in both orders: their places, their likeness, the words they have side by side."""
    both = [row for one, other, *rest in alike for row in ((one, other, *rest), (other, one, *rest))]
    table = pd.DataFrame(both, columns=["one", "other", "likeness", "phrases"])
    return table.astype({"one": int, "other": int, "likeness": float, "phrases": int})


def join(statements, *alike):
    return joined(told(*statements), pairs(*alike)).fillna("").tolist()


A_DAY, NONE = ("a", ""), ("b", None)


def test_a_statement_without_a_day_tells_the_event_of_the_one_that_it_is_like():
    assert join([A_DAY, NONE], (0, 1, ALIKE, 1)) == ["m0", "m0"]
    assert join([("a", "g"), NONE], (0, 1, ALIKE, 1)) == ["g", "g"]


@pytest.mark.parametrize(("likeness", "phrases"), [(ALIKE - 0.01, 1), (0.9, 0)])
def test_it_asks_for_likeness_and_for_two_words_side_by_side(likeness, phrases):
    assert join([A_DAY, NONE], (0, 1, likeness, phrases)) == ["m0", ""]


def test_statements_of_one_text_do_not_join():
    assert join([A_DAY, ("a", None)], (0, 1, 0.9, 3)) == ["m0", ""]


def test_a_dated_statement_comes_before_a_more_alike_undated_one():
    assert join([A_DAY, NONE, ("c", None)], (0, 1, 0.4, 1), (1, 2, 0.9, 1))[1] == "m0"


def test_of_dated_statements_the_most_alike_is_taken_and_of_equals_the_first():
    assert join([A_DAY, ("c", ""), NONE], (0, 2, 0.4, 1), (1, 2, 0.5, 1))[2] == "m1"
    assert join([A_DAY, ("c", ""), NONE], (0, 2, 0.5, 1), (1, 2, 0.5, 1))[2] == "m0"


def test_a_statement_comes_to_a_day_through_another():
    assert join([A_DAY, NONE, ("c", None)], (0, 1, 0.4, 1), (1, 2, 0.4, 1)) == ["m0", "m0", "m0"]


def test_dated_statements_are_joined_by_no_undated_one():
    assert join([A_DAY, ("c", ""), NONE], (0, 2, 0.4, 1), (1, 2, 0.5, 1))[:2] == ["m0", "m1"]


def test_two_texts_tell_an_event_that_neither_dates():
    assert join([("a", None), NONE], (0, 1, 0.4, 1)) == ["m0", "m0"]


def test_statements_that_are_like_none_tell_no_event():
    assert join([("a", None), NONE]) == ["", ""]
    assert join([]) == []


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["", None])), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.floats(0, 1)), max_size=12),
)
def test_whatever_is_alike_days_stay_and_an_undated_event_has_two_texts(statements, alike):
    n = len(statements)
    some = {frozenset(pair): likeness for *pair, likeness in alike if pair[0] != pair[1] and max(pair) < n}
    names = join(statements, *((*sorted(pair), likeness, 1) for pair, likeness in some.items()))
    dated = [group is not None for _, group in statements]
    assert [name for name, day in zip(names, dated, strict=True) if day] == [
        f"m{at}" for at in range(n) if dated[at]
    ]
    for name in {*names} - {""}:
        members = [at for at in range(n) if names[at] == name]
        assert any(dated[at] for at in members) or len({statements[at][0] for at in members}) > 1
