"""Choosing sentences by every condition, counting them and showing them, on three texts written for it."""

import pandas as pd
import pytest

from helpers.paths import CorpusError
from helpers.reporting import explore

SAID = {
    "a:s000": "Wall approved",
    "a:s001": "The council approved the wall on Monday.",
    "a:s002": 'The mayor called it "a great wall" for <b>all</b>.',
    "a:s003": "Boats were damaged in August 2024.",
    "b:s001": "The mayor said that the wall of the council is too dear.",
    "b:s002": "Nothing was said of the boats.",
    "c:s001": "The wall was approved.",
}
PARAGRAPHS = {"a:s000": 0, "a:s001": 1, "a:s002": 1, "a:s003": 2, "b:s001": 1, "b:s002": 1, "c:s001": 1}


def spans(rows, columns):
    """Rows of a long table; the words that are marked stand at the end of each."""
    made = []
    for one, *values, word in rows:
        start = SAID[one].lower().index(word)
        made.append((one, *values, start, start + len(word)))
    return pd.DataFrame(made, columns=["sentence_id", *columns, "start", "end"])


@pytest.fixture
def tables():
    articles = pd.DataFrame(
        {
            "article_id": ["a", "b", "c"],
            "outlet": ["Herald", None, "Echo"],
            "genre": "news",
            "lang": "en",
            "family": ["a", "b", "b"],
            "published": pd.to_datetime(["2026-02-10 18:30", "2026-02-12 00:00", None]),
        }
    )
    sentences = pd.DataFrame(
        {
            "sentence_id": list(SAID),
            "article_id": [one[0] for one in SAID],
            "paragraph": list(PARAGRAPHS.values()),
            "text": list(SAID.values()),
            "own": [1, 1, 0.6, 1, 0.2, 1, 1],
            "direct": [0, 0, 0.4, 0, 0, 0, 0],
            "indirect": [0, 0, 0, 0, 0.8, 0, 0],
        }
    )
    matched = [
        ("a:s000", "topic", "wall", "own", "wall"), ("a:s001", "topic", "wall", "own", "wall"),
        ("a:s001", "actor", "council", "own", "council"), ("a:s002", "topic", "wall", "direct", "wall"),
        ("a:s002", "actor", "mayor", "own", "mayor"), ("b:s001", "actor", "mayor", "own", "mayor"),
        ("b:s001", "topic", "wall", "indirect", "wall"), ("c:s001", "topic", "wall", "own", "wall"),
        ("b:s001", "actor", "council", "indirect", "council"),
    ]  # fmt: skip
    toned = [
        ("a:s002", "mayor", "own", "positive", 0.8, "mayor"),
        ("b:s001", "mayor", "own", "negative", 0.7, "mayor"),
        ("b:s001", "council", "reported", "neutral", 0.9, "council"),
    ]
    quoted = [
        ("a:s002", "direct", '"a great wall"'),
        ("b:s001", "indirect", "the wall of the council is too dear"),
    ]
    dates = spans([("a:s001", "DATE", "monday"), ("a:s003", "DATE", "august 2024")], ["type"])
    return {
        "articles": articles,
        "sentences": sentences,
        "mentions": spans(matched, ["kind", "code", "voice"]),
        "tone": spans(toned, ["actor", "voice", "label", "confidence"]),
        "quotes": spans(quoted, ["kind"]),
        "dates": dates.assign(
            earliest=pd.to_datetime(["2026-02-09", "2024-08-01"]),
            latest=pd.to_datetime(["2026-02-09", "2024-08-31"]),
        ),
        "codebook": pd.DataFrame(
            {
                "kind": ["topic", "actor", "actor"],
                "code": ["wall", "council", "mayor"],
                "label": ["The wall", "The council", "The mayor"],
            }
        ),
    }


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({}, list(SAID)),
        ({"article": "b"}, ["b:s001", "b:s002"]),
        ({"outlet": "Herald", "topic": "wall"}, ["a:s000", "a:s001", "a:s002"]),
        ({"outlet": explore.UNKNOWN}, ["b:s001", "b:s002"]),
        ({"topic": "wall"}, ["a:s000", "a:s001", "a:s002", "b:s001", "c:s001"]),
        ({"topic": "wall", "actor": "mayor"}, ["a:s002", "b:s001"]),
        ({"topic": "wall", "voice": "quoted"}, ["a:s002"]),
        ({"topic": "wall", "voice": "reported"}, ["b:s001"]),
        ({"topic": "wall", "actor": "mayor", "voice": "own"}, []),
        ({"voice": "quoted"}, ["a:s002"]),
        ({"tone": "negative"}, ["b:s001"]),
        ({"tone": "positive", "actor": "mayor"}, ["a:s002"]),
        ({"tone": "neutral", "actor": "council"}, ["b:s001"]),
        ({"tone": "neutral", "actor": "mayor"}, []),
        ({"tone": "positive", "voice": "quoted"}, []),
        ({"published": ("2026-02-10", "2026-02-10")}, ["a:s000", "a:s001", "a:s002", "a:s003"]),
        ({"published": (None, "2026-02-11"), "actor": "mayor"}, ["a:s002"]),
        ({"published": ("2026-02-11", None)}, ["b:s001", "b:s002"]),
        ({"told": ("2024-08-20", "2024-12-31")}, ["a:s003"]),
        ({"told": (None, "2026-02-09")}, ["a:s001", "a:s003"]),
        ({"search": "approv*"}, ["a:s000", "a:s001", "c:s001"]),
        ({"search": "approv*", "topic": "wall", "article": "c"}, ["c:s001"]),
        ({"search": "wall", "voice": "quoted"}, ["a:s002"]),
        ({"search": "wall", "voice": "reported"}, ["b:s001"]),
        ({"search": "wall", "voice": "own"}, ["a:s000", "a:s001", "c:s001"]),
        ({"search": "/[0-9]+/"}, ["a:s003"]),
    ],
    ids=str,
)
def test_every_choice_narrows_the_sentences(tables, choice, expected):
    assert explore.chosen(tables, **choice).sentence_id.tolist() == expected


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"topic": "harbour"}, "There is no topic 'harbour'. There are: wall"),
        ({"article": "z"}, "There are: a, b, c"),
        ({"outlet": "z"}, "There are: Herald, outlet unknown, Echo"),
        ({"voice": "loud"}, "There are: own, quoted, reported"),
        ({"tone": "angry"}, "There are: negative, neutral, positive"),
        ({"search": "/(/"}, "Cannot search"),
        ({"search": " "}, "Cannot search: there is no word"),
        ({"published": ("soon", None)}, "no pair of days like"),
        ({"published": ("10/02/2026", None)}, "no pair of days like"),
        ({"published": ("", None)}, "no pair of days like"),
        ({"told": (None, pd.NaT)}, "no pair of days like"),
        ({"told": ("2026-02-11", "2026-02-10")}, "2026-02-11 is after 2026-02-10. Give the earlier"),
    ],
    ids=str,
)
def test_what_does_not_exist_or_cannot_be_read_is_named(tables, choice, said):
    with pytest.raises(CorpusError, match="^.*" + said.replace("(", r"\(")):
        explore.chosen(tables, **choice)


def test_what_met_a_condition_is_marked_where_it_stands(tables):
    (row,) = explore.chosen(tables, topic="wall", actor="mayor", article="a").itertuples()
    assert [row.text[start:end] for start, end, *_ in row.hits] == ["mayor", "wall"]
    assert [note for *_, note in row.hits] == ["actor: The mayor", "topic: The wall"]


def test_a_voice_chosen_alone_is_marked_where_it_is_known_to_speak(tables):
    (row,) = explore.chosen(tables, voice="quoted").itertuples()
    assert [row.text[start:end] for start, end, *_ in row.hits] == ['"a great wall"']
    assert not any(explore.chosen(tables, voice="own").hits)


def test_texts_of_which_a_choice_cannot_tell_anything_are_counted(tables):
    tables["articles"]["lang"] = ["en", "en", "de"]
    box = explore.explorer(tables)
    widgets = {one.description: one for row in box.children[:2] for one in row.children}
    counts = box.children[-2]
    assert "Left out" not in counts.value
    widgets["voice"].value = "own"
    assert "read in English alone: 1 of 3 texts" in counts.value
    widgets["voice"].value, widgets["published from"].value = None, pd.Timestamp("2026-02-01").date()
    assert "day of publication is not known: 1 of 3 texts" in counts.value and "English" not in counts.value


def test_counts_have_their_base_and_copies_are_told(tables):
    shown = repr(explore.counted(explore.chosen(tables, topic="wall"), tables))
    assert "5 of 7 sentences, in 3 of 3 texts, 2 of them independent; a count is of its text" in shown
    assert [line.split()[-3:] for line in shown.splitlines()[2:]] == [
        ["3", "4", "3"],
        ["1", "2", "1"],
        ["1", "1", "1"],
    ]


def test_a_place_that_met_two_conditions_is_counted_once(tables):
    found = explore.chosen(tables, actor="mayor", tone="positive", search="mayor")
    assert len(found.hits[0]) == 3
    assert repr(explore.counted(found, tables)).split()[-1] == "1"


def test_in_a_language_without_voices_no_term_stands_in_one(tables):
    of = tables["sentences"].article_id == "c"
    tables["sentences"].loc[of, list(explore.VOICES.values())] = None
    found = [explore.chosen(tables, search="wall", article="c", voice=voice) for voice in (None, "own")]
    assert [len(rows) for rows in found] == [1, 0]


def test_nothing_chosen_is_said_so(tables):
    found = explore.chosen(tables, search="submarine")
    assert "0 of 7 sentences, in 0 of 3 texts: no sentence" in repr(explore.counted(found, tables))
    assert repr(explore.in_context(found, tables)) == ""


def test_a_paragraph_is_shown_whole_and_the_texts_are_escaped(tables):
    shown = explore.in_context(explore.chosen(tables, actor="mayor", article="a"), tables)
    assert repr(shown).splitlines()[1:] == [
        'The council approved the wall on Monday. s002 The [mayor] called it "a great wall" for <b>all</b>.'
    ]
    html = shown._repr_html_()
    assert ">mayor</mark>" in html and "&lt;b&gt;all" in html and "<b>" not in html
    assert "Boats were damaged" not in html


def test_of_many_paragraphs_each_text_has_its_share(tables):
    shown = repr(explore.in_context(explore.chosen(tables), tables, most=3))
    assert [name in shown for name in ("a Herald", "b outlet unknown", "c Echo")] == [True] * 3
    assert "Wall approved" in shown and "Boats were damaged" not in shown
    assert shown.endswith("Paragraphs not shown: 2.")


def test_the_widgets_show_what_the_functions_show(tables):
    ipywidgets = pytest.importorskip("ipywidgets")
    box = explore.explorer(tables)
    widgets = {
        one.description: one
        for row in box.children
        if isinstance(row, ipywidgets.Box)
        for one in row.children
    }
    counts, context = box.children[-2:]
    assert "7 of 7 sentences" in counts.value
    widgets["topic"].value, widgets["voice"].value = "wall", "quoted"
    assert "1 of 7 sentences" in counts.value and "a great " in context.value
    widgets["search"].value = "/(/"
    assert "Cannot search" in counts.value and context.value == ""
    widgets["search"].value, widgets["voice"].value = "", None
    widgets["told from"].value = pd.Timestamp("2026-02-01").date()
    found = explore.chosen(tables, topic="wall", told=("2026-02-01", None))
    assert context.value == explore.in_context(found, tables)._repr_html_()
    assert counts.value == explore.counted(found, tables)._repr_html_()


def test_a_hostile_label_and_headline_stay_text_in_the_widgets(tables):
    tables["articles"]["outlet"] = "<img src=x onerror=alert(1)>"
    tables["sentences"]["text"] = tables["sentences"].text.str.replace("wall", "wall<script>", regex=False)
    tables["codebook"]["label"] = '"><script>'
    box = explore.explorer(tables)
    box.children[0].children[2].value = "wall"
    for view in box.children[-2:]:
        assert "<script" not in view.value and "<img" not in view.value
    assert "&lt;script&gt;" in box.children[-1].value
