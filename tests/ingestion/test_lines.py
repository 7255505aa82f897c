"""How the model's probabilities become the lines of the article, and what the others are called."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.ingestion import context, features, furniture, layout, lines, network
from helpers.ingestion.layout import split

STORY = (
    "The harbour council approved the new breakwater on Thursday after two years of debate.",
    "Fishermen had asked for it since the storms of last winter damaged a dozen boats.",
    "Work is to begin in spring and to last eighteen months, the council said.",
)
BODY = [f"{sentence} It was report number {n}." for n, sentence in enumerate(STORY * 3)]
TITLE = "Harbour council approves the new breakwater"


def decided(texts, scores):
    page = split("\n\n".join(texts))
    (measured,) = features.measure([page], features.Known({})).pages()
    lines.decide(page, measured, np.array(scores))
    return page


def test_a_line_is_kept_from_the_threshold_on():
    page = decided(STORY, [0.999, 0.998, 0.58])
    assert [line.kept for line in page] == [True, True, False]
    assert [line.confidence for line in page] == [0.999, 0.998, 0.5]


def test_of_lines_with_the_same_words_the_likeliest_is_kept():
    page = decided([STORY[0], STORY[1], STORY[0]], [0.7, 0.9, 0.95])
    assert [(line.kept, line.reason) for line in page] == [(False, "repeated"), (True, ""), (True, "")]


def test_of_lines_as_likely_the_first_is_kept():
    page = decided([STORY[0], STORY[1], STORY[0]], [0.9, 0.9, 0.91])
    assert [line.kept for line in page] == [True, True, False]


def test_a_page_of_which_little_is_known_needs_less():
    assert not any(line.kept for line in decided(STORY, [0.15, 0.15, 0.1]))
    assert [line.kept for line in decided(STORY, [0.4, 0.4, 0.1])] == [True, True, False]


@pytest.mark.parametrize(("score", "kept"), [(0.9, False), (0.98, True)])
def test_what_stands_far_from_the_article_must_be_sure(score, kept):
    page = decided([*BODY, "Bakery", "Weather", "Tides", STORY[0]], [0.99] * 9 + [0.1] * 3 + [score])
    assert (page[-1].kept, page[-1].reason) == (kept, "" if kept else "other story")


@pytest.mark.parametrize(("score", "kept"), [(0.45, True), (0.35, False)])
def test_a_lead_above_captions_is_kept_though_doubted(score, kept):
    lead = (
        "The council has voted for the new breakwater in the harbour after two years of talks about its cost."
    )
    page = decided([lead, "Harbour", "Boats", *BODY], [score, 0.1, 0.1] + [0.99] * 9)
    assert page[0].kept == kept


def test_a_caption_above_the_text_is_not_its_lead():
    caption = "Photo: The breakwater in the harbour on the day after the storm that damaged a dozen boats."
    page = decided([caption, "Harbour", *BODY], [0.8, 0.1] + [0.99] * 9)
    assert not page[0].kept


def test_a_date_or_a_byline_is_no_text():
    page = decided([*BODY, "3 May 2021", "By Ann Lee"], [0.99] * 9 + [0.98, 0.9])
    assert [line.kept for line in page[-2:]] == [False, False]


def test_the_headline_said_again_and_what_stands_above_it_are_no_text():
    page = "\n".join(
        ["Tides today are high and will stay so, it was said.", TITLE, *BODY[:4], TITLE, *BODY[4:]]
    )
    judged = lines.judge(page)
    assert [line.reason for line in judged if line.text == TITLE] == ["title", "repeated"]
    assert not judged[0].kept


def test_an_article_does_not_begin_with_a_sub_heading():
    judged = lines.judge("\n".join([TITLE, *BODY]))
    assert (judged[0].kept, judged[0].reason) == (False, "title")


def test_what_follows_the_heading_of_comments_is_the_readers():
    page = decided([*BODY, "12 comments", STORY[0]], [0.99] * 9 + [0.1, 0.9])
    assert [line.kept for line in page] == [True] * 9 + [False] * 2
    assert page[-1].reason == "comments"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("12 comments", "comments"),
        ("Photo: somebody", "caption"),
        ("2802 views", "view counter"),
        ("Read more: A bridge opens", "teaser"),
        ("Share on Facebook", "share bar"),
        ("Privacy policy", "menu"),
        ("Text © 2021 Harbour Weekly", "legal"),
        ("By Ann Lee", "byline"),
        ("The council read more reports than the year before.", ""),
        ("He commented on the plan.", ""),
    ],
)
def test_furniture_is_told_by_its_form(text, kind):
    assert furniture.kind(text) == kind


def test_networks_answer_as_before_when_read_again(tmp_path):
    draw = np.random.default_rng(0)
    layers = (draw.standard_normal(shape) for shape in ((5, 3), 3, (3, 1), 1))
    written = network.Network(draw.standard_normal(5), np.full(5, 0.3), *layers)
    network.save(tmp_path / "n.npz", {"first": written, "second": written})
    inputs = draw.standard_normal((7, 5))
    again = network.load(tmp_path / "n.npz")
    assert list(again) == ["first", "second"]
    assert np.allclose(network.apply(again["first"], inputs), network.apply(written, inputs), atol=5e-3)


def test_the_models_inputs_are_as_wide_as_it_was_trained_on():
    page = split("\n".join(STORY))
    measured = features.measure([page], features.Known({}))
    first = context.first(measured)
    second = context.second(measured, first, np.full(3, 0.5))
    networks = network.load(lines.Path(lines.__file__).with_name("lines.npz"))
    widths = [len(networks[name].mean) for name in ("first", "second")]
    assert [first.shape, second.shape] == [(3, width) for width in widths]


def test_the_model_is_small():
    assert (lines.Path(lines.__file__).with_name("lines.npz")).stat().st_size < 2_000_000


def test_counts_of_characters_are_those_of_the_line():
    columns = features.measure([split("Ärger: „Nein“, sagte A. B.\n\nO 2")], features.Known({})).columns
    assert columns["log words"].tolist() == pytest.approx(np.log1p([5, 1]).tolist())
    assert columns["quotation marks"].tolist() == [2, 0]
    assert columns["digits"].tolist() == pytest.approx([0, 1 / 3])
    assert columns["starts upper"].tolist() == [True, True]


@given(st.lists(st.lists(st.sampled_from([*STORY, "Menu", "Ferries", "“No.”", "Ok. So", "…"])), max_size=5))
def test_pages_measured_together_are_measured_as_each_alone(texts):
    known = features.Known({"the": 0.3, "^work": 1.0})
    pages = [page for page in map(split, map("\n".join, texts)) if page]
    alone = [features.measure([page], known) for page in pages]
    for one in [features.measure(pages, known)] if pages else ():
        inputs, scores = context.first(one), np.linspace(0, 1, one.sizes.sum())
        second = context.second(one, inputs, scores)
        for page, span in zip(alone, one.spans, strict=True):
            first = context.first(page)
            assert np.array_equal(inputs[span], first)
            assert np.array_equal(second[span], context.second(page, first, scores[span]))


def test_dumps_judged_together_are_judged_as_each_alone(monkeypatch):
    texts = ["\n".join([TITLE, *BODY]), "", "\n".join(["Menu", *STORY, "Menu"]), STORY[0]]
    together = lines.judge_all(texts)
    monkeypatch.setattr(lines, "TOGETHER", 1)
    assert lines.judge_all(texts) == together == list(map(lines.judge, texts))


def test_two_ideographs_count_as_a_word():
    assert features.measure(
        [split("港は月曜日に開いた")], features.Known({})
    ).words.tolist() == pytest.approx([5.5], abs=1)


def test_windows_and_distances_look_only_as_far_as_the_page():
    flags, size = np.array([[1.0, 0.0, 0.0, 1.0]]), np.array([[4]])
    before, after = context._windows(flags, size, 2)
    assert (before.tolist(), after.tolist()) == ([[0, 0.5, 0.5, 0]], [[0, 0.5, 0.5, 0]])
    since, until = context._distances(size, flags > 0)
    assert np.expm1(since).round().tolist() == [[99, 1, 2, 3]]
    assert np.expm1(until).round().tolist() == [[3, 2, 1, 99]]


@given(st.lists(st.floats(-5, 5), max_size=12))
def test_the_stretch_is_the_run_with_the_largest_sum(gains):
    start, end = layout.stretch(gains)
    best = max((sum(gains[i:j]) for i in range(len(gains)) for j in range(i, len(gains) + 1)), default=0)
    assert sum(gains[start:end]) == pytest.approx(max(best, 0), abs=1e-9)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_any_page_is_measured_in_finite_numbers(page):
    found = split(page)
    if found:
        measured = features.measure([found], features.Known({"the": 1.0}))
        assert np.isfinite(context.second(measured, context.first(measured), np.full(len(found), 0.3))).all()
