import numpy as np
import pandas as pd
import pytest

from helpers.reporting import (
    Ref,
    folded,
    interval,
    labels,
    listing,
    matrix,
    plain,
    say,
    scope,
    sentences,
    table,
)

HOSTILE = '<script>alert("x")</script>'


@pytest.mark.parametrize(
    "shown",
    [
        table(pd.DataFrame({HOSTILE: [HOSTILE]}), HOSTILE),
        say(HOSTILE),
        listing([HOSTILE, Ref(HOSTILE, (f'a" onclick="{HOSTILE}',))], HOSTILE),
    ],
)
def test_hostile_text_stays_text(shown):
    markup = shown._repr_html_()
    assert "<script" not in markup
    assert '" onclick=' not in markup


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "not stated"),
        (np.nan, "not stated"),
        (pd.NaT, "not stated"),
        (True, "yes"),
        (3, "3"),
        (1 / 3, "0.333"),
        (1234.5, "1234"),
        (pd.Timestamp("2026-02-10 22:25"), "2026-02-10"),
        (Ref("5", ("a:s001",)), "5"),
    ],
)
def test_values_are_written_one_way(value, text):
    assert plain(value) == text


def test_an_estimate_is_shown_with_its_interval_or_says_why_not():
    assert interval(0.241, 0.138, 0.347) == "0.24 [0.14, 0.35]"
    assert interval(0.38, np.nan, np.nan) == "0.38, no interval"
    assert interval(np.nan, np.nan, np.nan) == "too little text"


def test_a_table_has_a_text_form_and_says_when_it_is_empty():
    assert "one" in repr(table(pd.DataFrame({"a": ["one"]}), "A caption"))
    assert repr(table(pd.DataFrame({"a": []}), "A caption")) == "A caption: nothing to show."


def test_labels_are_short_while_they_tell_articles_apart():
    frame = pd.DataFrame({"article_id": ["000_ab", "001_cd"], "outlet": ["Paper", None]})
    assert labels(frame).tolist() == ["000 Paper", "001 outlet unknown"]
    frame = pd.DataFrame({"article_id": ["cnn_1", "cnn_2"], "outlet": ["CNN", "CNN"]})
    assert labels(frame).tolist() == ["cnn_1 CNN", "cnn_2 CNN"]
    frame = pd.DataFrame({"article_id": ["_draft", "b_final"], "outlet": ["CNN", "CNN"]})
    assert labels(frame).tolist() == ["_draft CNN", "b_final CNN"]  # not " CNN"


def test_a_title_says_when_a_comparison_mixes_genres():
    assert scope(pd.DataFrame({"genre": ["news", "news"]})) == "single articles"
    assert scope(pd.DataFrame({"genre": ["news", "analysis"]})) == "single articles of 2 genres"


STORED = {
    "sentences": pd.DataFrame({"sentence_id": ["a:s001", "b:s001"], "article_id": ["a", "b"]}),
    "mentions": pd.DataFrame(
        {"sentence_id": ["b:s001", "a:s001"], "code": ["x", "x"], "kind": ["topic"] * 2}
    ),
}


def test_evidence_leads_to_the_sentences_of_its_filter():
    assert sentences("mentions?code=x&article_id=b", STORED) == ["b:s001"]
    assert sentences("mentions?code=x&article_id=b mentions?code=x&article_id=a", STORED) == [
        "a:s001",
        "b:s001",
    ]
    assert sentences("mentions?code=y", STORED) == []


def test_a_group_leads_to_the_sentences_of_its_articles():
    said = pd.DataFrame({"sentence_id": ["a:s001", "b:s001", "c:s001"], "article_id": ["a", "b", "c"]})
    groups = pd.DataFrame(
        {"by": ["outlet", "outlet", "genre"], "group": "Quay, news", "article_id": ["a", "c", "b"]}
    )
    stored = {"sentences": said, "mentions": said[["sentence_id"]].assign(code="x"), "groups": groups}
    assert sentences("mentions?code=x&by=outlet&group=Quay%2C+news", stored) == ["a:s001", "c:s001"]


def test_a_topic_leads_to_those_sentences_that_carry_it():
    said = pd.DataFrame({"sentence_id": ["a:s001", "a:s002", "b:s001"], "article_id": ["a", "a", "b"]})
    carried = pd.DataFrame({"sentence_id": ["a:s002", "b:s001", "a:s001"], "code": ["x", "x", "y"]})
    carried = pd.concat([carried.assign(kind="topic"), carried[2:].assign(kind="actor", code="x")])
    read = said[["sentence_id"]].assign(actor="mayor")
    stored = {"sentences": said, "mentions": carried, "tone": read}
    assert sentences("tone?actor=mayor&topic=x&article_id=a", stored) == ["a:s002"]


def test_what_is_folded_away_is_there_under_a_line_that_says_what_it_is():
    shown = folded(say("The <rest>."), "More & more")
    assert (
        "<summary>More &amp; more</summary>" in shown._repr_html_() and "&lt;rest&gt;" in shown._repr_html_()
    )
    assert repr(shown) == "More & more\nThe <rest>."


def test_a_matrix_keeps_the_order_of_its_rows_and_the_sentences_of_its_cells():
    rows = pd.DataFrame(
        {
            "topic": ["z", "z", "a", "a"],
            "article": ["b", "a", "b", "a"],
            "n": [1, 1, 0, 0],
            "evidence": [
                "mentions?article_id=b",
                "mentions?article_id=a",
                "mentions?code=q",
                "mentions?code=q",
            ],
        }
    )
    wide = matrix(rows, "topic", "article", "n", STORED)
    assert wide.columns.tolist() == ["topic", "b", "a"]
    assert wide.topic.tolist() == ["z", "a"]
    assert wide.b.tolist() == [Ref("1", ("b:s001",)), Ref("0", ())]


def test_estimates_stand_to_the_right_whatever_their_sign_and_texts_to_the_left():
    cells = [
        Ref("0.47 [0.3, 0.6]; 3 + 2", ()),
        Ref("-0.2, no interval; 1 + 0", ()),
        Ref("too little text; 0 + 1", ()),
    ]
    kinds = lambda column: table(pd.DataFrame({"x": column}), "c")._repr_html_().count('class="number"')  # noqa: E731
    assert kinds(cells) == 4
    assert kinds([*cells, "–"]) == 5
    assert kinds([Ref("12 people were there", ("a:s001",))]) == 0


def test_of_a_very_long_table_or_list_the_first_rows_are_shown_and_how_many_there_are():
    assert "rows" not in repr(table(pd.DataFrame({"n": range(500)}), "Numbers"))
    shown = table(pd.DataFrame({"n": range(501)}), "Numbers")
    assert shown._repr_html_().count("<tr><td") == 500
    assert "<caption>Numbers; the first 500 of 501 rows</caption>" in shown._repr_html_()
    assert repr(listing([str(n) for n in range(501)], "")).endswith("- 499\n- … and 1 more")


def test_cells_of_rows_that_no_page_shows_lead_nowhere():
    rows = pd.DataFrame({"text": [f"t{n:03}" for n in range(501)], "topic": "pier", "n": "1"})
    said = pd.DataFrame({"sentence_id": rows.text + ":s001", "article_id": rows.text}, dtype="str")
    rows["evidence"] = "sentences?article_id=" + rows.text
    cells = matrix(rows, "text", "topic", "n", {"sentences": said}).pier
    assert cells.map(lambda cell: cell.text).eq("1").all()
    assert [len(cell.sentence_ids) for cell in cells[498:]] == [1, 1, 0]
