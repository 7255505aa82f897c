"""Two briefings side by side: what counts as a change, and how a reviewer reads it."""

import pandas as pd
import pytest

from helpers import briefing
from helpers.briefing.changes import _LONG, _SHOWN

COLUMNS = ["group", "subject", "text", "value", "low", "high", "unit", "basis", "effect", "p", "q"]
PIER = ("What all texts carry", "topic=pier", "The pier: 38 mentions.", 3.5, 2.0, 5.0, "mentions", "3 texts")
MAYOR = ("Tone", "actor=mayor", "The mayor: no difference.", None, None, None, None, None)
TEXTS = {"a:s001": "The pier fell.", "a:s002": "It is gone.", "b:s001": "The mayor spoke."}


def finding(base=PIER, sentences=("a:s001",), effect=1.0, p=0.2, q=0.4, **changed):
    row = dict(zip(COLUMNS, (*base, effect, p, q), strict=True))
    return row | {"sentence_ids": list(sentences)} | changed


def table(*rows):
    return pd.DataFrame(list(rows), columns=[*COLUMNS, "sentence_ids"])


def text(before, after, texts_before=TEXTS, texts_after=TEXTS, **options):
    sides = briefing.Side(table(*before), texts_before), briefing.Side(table(*after), texts_after)
    return briefing.changes_text(*sides, **options)


def compared(before, after):
    return briefing.compared(table(*before), table(*after))


def test_the_same_findings_in_another_order_are_no_change():
    assert compared([finding(), finding(MAYOR)], [finding(MAYOR), finding()]).empty
    assert text([finding()], [finding()]) == text([], []) == "No finding differs.\n"


@pytest.mark.parametrize(
    ("column", "value"),
    [("text", "Else."), ("value", 3.6), ("low", None), ("high", 6), ("unit", "texts"), ("basis", "4 texts")],
)
def test_each_thing_a_finding_says_counts_as_a_change(column, value):
    (row,) = compared([finding()], [finding(**{column: value})]).itertuples()
    assert (row.change, row.group, row.subject) == ("changed", *PIER[:2])
    assert getattr(row, f"{column}_before") == PIER[COLUMNS.index(column)]
    assert getattr(row, f"{column}_after") == value or value is None


def test_a_number_missing_on_both_sides_is_no_change_and_on_one_it_is():
    assert compared([finding(MAYOR)], [finding(MAYOR, value=float("nan"))]).empty
    assert compared([finding(MAYOR)], [finding(MAYOR, value=0)]).change.tolist() == ["changed"]


def test_sentences_that_came_and_went_are_told_whatever_their_order():
    assert compared(
        [finding(sentences=["a:s001", "a:s002"])], [finding(sentences=["a:s002", "a:s001"])]
    ).empty
    (row,) = compared([finding()], [finding(sentences=["b:s001"])]).itertuples()
    assert (row.sentences_gained, row.sentences_lost) == (["b:s001"], ["a:s001"])


def test_a_finding_that_went_and_one_that_came_have_one_side_and_their_sentences():
    gone, added = compared([finding()], [finding(MAYOR)]).sort_values("change", ascending=False).itertuples()
    assert (gone.change, gone.text_before, gone.sentences_lost) == ("gone", PIER[2], ["a:s001"])
    assert (added.change, added.text_after, added.sentences_gained) == ("added", MAYOR[2], ["a:s001"])
    assert pd.isna(gone.text_after) and pd.isna(added.text_before)


def test_changes_stand_in_the_order_of_the_briefing_and_what_went_first():
    def row(group, subject, words="One."):
        return finding((group, subject, words, *PIER[3:]))

    before = [row("Tone", "x"), row("Tone", "y"), row("Tone", "z"), row("The corpus", "genres")]
    after = [row("Tone", "new"), row("Tone", "z", "Two."), row("Tone", "y", "Two."), row("Another part", "w")]
    found = compared(before, after)
    assert list(zip(found.subject, found.change, strict=True)) == [
        ("genres", "gone"), ("x", "gone"), ("new", "added"), ("z", "changed"), ("y", "changed"),
        ("w", "added"),
    ]  # fmt: skip


def test_p_values_that_move_with_the_number_of_tests_are_counted_and_not_listed():
    before = [finding(), finding(MAYOR, q=0.3), finding(MAYOR, group="Word choice")]
    after = [finding(value=4), finding(MAYOR, q=0.31), finding(MAYOR, group="Word choice")]
    assert compared(before, after).subject.tolist() == ["topic=pier"]
    assert "1 other finding says the same with another p-value" in text(before, after)
    assert "p-value" not in text(before, [after[0], before[1], before[2]])
    assert text(before[1:], after[1:]).startswith("No finding differs.\n1 other finding says the same")


def test_where_a_list_is_cut_a_finding_may_still_be_among_the_rest():
    rest = finding((PIER[0], "rest=topics", "2 more are in 02.", *[None] * 5), sentences=[])
    other = finding(subject="topic=tide")
    (gone,) = compared([finding(), rest, other], [other, rest]).itertuples()
    assert (gone.change, gone.cut) == ("gone", True)
    assert compared([finding(), rest], [rest | {"text": "3 more."}]).cut.tolist() == [True, False]
    assert compared([other, rest], [finding(), other, rest]).cut.tolist() == [True]
    assert compared([finding(), other], [other]).cut.tolist() == [False]
    assert compared([rest, rest | {"subject": "rest=gaps"}], [rest]).cut.tolist() == [False]
    assert compared([finding(subject="intervals"), rest], [rest]).cut.tolist() == [False]
    assert "may still be among those that this part counts" in text([finding(), rest], [rest])


def test_a_change_is_read_at_a_glance():
    after = finding(
        text="The pier: 41 mentions.", value=3.75, high=5.5, sentences=["a:s001", "b:s001"], basis="4 texts"
    )
    before = [finding(sentences=["a:s001", "a:s002"]), finding(MAYOR)]
    assert text(before, [after, finding(MAYOR)]) == (
        "Findings: none gone, none added and 1 changed; 1 is as before.\n"
        "\n"
        "What all texts carry\n"
        "\n"
        "  changed The pier: [-38-] {+41+} mentions.\n"
        "      3.5 [2, 5] → 3.75 [2, 5.5] mentions; 3 texts → 4 texts\n"
        "      + b:s001 “The mayor spoke.”\n"
        "      - a:s002 “It is gone.”\n"
    )
    assert text(before, [after, finding(MAYOR)], markdown=True).splitlines()[2:] == [
        "### What all texts carry",
        "",
        "- **changed** The pier: <del>38</del> <ins>41</ins> mentions.",
        "  - 3.5 \\[2, 5\\] → 3.75 \\[2, 5.5\\] mentions; 3 texts → 4 texts",
        "  - **+** b:s001 “The mayor spoke.”",
        "  - **-** a:s002 “It is gone.”",
    ]


def test_a_difference_in_the_last_digits_is_shown():
    assert "3.5 [2, 5] → 3.5000001 [2, 5] mentions" in text([finding()], [finding(value=3.5000001)])
    assert "12,345 [2, 5] → 12,346 [2, 5]" in text([finding(value=12345)], [finding(value=12346)])


def test_a_text_that_is_quite_another_is_shown_beside_the_old_one():
    shown = text([finding(text="The pier: 38 mentions.")], [finding(text="The tide, or 38 of it.")])
    assert "[-The pier: 38 mentions.-] {+The tide, or 38 of it.+}" in shown


def test_of_many_sentences_the_first_are_shown_and_the_rest_is_counted():
    ids = [f"a:s{number:03d}" for number in range(_SHOWN + 2)]
    shown = text([finding(sentences=[])], [finding(sentences=ids)])
    assert ids[_SHOWN - 1] in shown and ids[_SHOWN] not in shown
    assert "… and 2 sentences more" in shown


def test_a_sentence_is_cut_and_without_its_text_the_id_stands_alone():
    long = {"b:s001": "word " * 100}
    (line,) = [
        one
        for one in text([finding(sentences=[])], [finding(sentences=["b:s001"])], {}, long).split("\n")
        if "+" in one
    ]
    assert len(line) < _LONG + 40 and line.endswith("…”")
    assert "      - a:s001\n" in text([finding()], [finding(sentences=[])], {}, {})


def test_sentences_that_keep_their_id_and_not_their_text_are_told():
    other = TEXTS | {"a:s002": "It was gone."}
    shown = text([finding()], [finding()], TEXTS, other)
    assert shown == "No finding differs.\n1 sentence has another text under the same id: a:s002.\n"


def test_texts_that_only_one_side_has_are_told():
    shown = text([finding()], [finding()], TEXTS, {"a:s001": TEXTS["a:s001"], "c:s001": "New."})
    assert shown == "No finding differs.\n1 text only before: b.\n1 text only after: c.\n"


HOSTILE = "\x1b[31m<script>alert(1)</script> ![x](https://x.example/a) `b` *c* [-d-]\n# e\u202eflow &amp; |"
HOSTILE += " www.x.example"


def test_no_text_of_an_article_is_more_than_text_in_markdown():
    shown = text([finding(sentences=[])], [finding(text=HOSTILE)], {}, {"a:s001": HOSTILE}, markdown=True)
    assert "<script" not in shown and "![x](" not in shown and "https://" not in shown
    assert "www." not in shown
    assert "&lt;script&gt;" in shown and "\\`b\\` \\*c\\*" in shown and "&amp;amp; \\|" in shown
    assert not [line for line in shown.splitlines() if line.startswith("# ")]


def test_no_sign_of_an_article_reaches_the_terminal_as_a_command():
    said = {"a:s001": HOSTILE}
    shown = text([finding(sentences=[])], [finding(text=HOSTILE)], said, said)
    assert not {"\x1b", "\u202e", "\x9b"} & set(shown)
    assert len(shown.splitlines()) == 6


def test_findings_of_one_subject_are_set_side_by_side_in_their_order():
    twice = [finding(), finding(text="Another of the same subject.")]
    assert compared(twice, twice).empty
    assert compared(twice, twice[:1]).change.tolist() == ["gone"]
