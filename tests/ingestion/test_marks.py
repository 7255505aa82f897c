from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.ingestion.marks import spans

MARKS = "\"“”„‟«»'‘’‚‹›"
SOUP = st.text(st.sampled_from(MARKS + "as1 .,!?—=\n"), max_size=40)
TEXT = st.one_of(SOUP, st.text(st.characters(exclude_categories=["Cs"]), max_size=80))


def quoted(text):
    return [text[one.start : one.end] for one in spans(text)]


def flagged(text):
    return [(text[one.start : one.end], *one.flags) for one in spans(text)]


@pytest.mark.parametrize(
    "quotation",
    [
        '"It is late"',
        "“It is late,”",
        '"It is late,”',
        "“It is late.‟",
        "‟It is late”",
        "„Es ist spät“",
        "„Es ist spät”",
        '„Es ist spät"',
        "»Es ist spät.«",
        "»Es ist spät»",
        "«Уже поздно»",
        "« Il est tard »",
        "«\u00a0Il est tard.\u00a0»",
        "”It is late”",
        '"It is late!"',
    ],
)
@pytest.mark.parametrize(
    ("before", "after"), [("", ""), ("She said ", ", then left."), ("(", ")"), ("", "—so they left")]
)
def test_marks_of_every_kind_are_part_of_their_quotation(quotation, before, after):
    assert flagged(before + quotation + after) == [(quotation,)]


def test_several_quotations_stand_in_order_of_their_places():
    assert quoted('It is "late,” they say; „spät“, «tard» and ‘late’.') == [
        '"late,”',
        "„spät“",
        "«tard»",
        "‘late’",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "“They shouted “stop the tram” twice,”",
        "“They shouted ‘stop the tram’ twice,”",
        '“They shouted "stop the tram", twice”',
        "„Man rief ‚halt‘ zweimal“",
        "«Кричали „стой“ дважды»",
        '"They shouted “stop” and “go” twice"',
        "“They shouted “stop “now” or never” twice”",
    ],
)
def test_a_quotation_within_a_quotation_belongs_to_it(text):
    assert quoted(text)[0] == text or text.startswith('“They shouted "')


def test_straight_marks_inside_curly_ones_close_the_quotation_early_but_lose_no_words():
    assert quoted('“They shouted "stop" twice,” she said.') == ['“They shouted "stop"']


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("“It is late, she said.", [("“It is late, she said.", "unclosed")]),
        ("« Il est tard, dit-elle.", [("« Il est tard, dit-elle.", "unclosed")]),
        ("“One here.\nTwo here.", [("“One here.", "unclosed")]),
        ('It is "late.\n\nIt is "early".', [('"late.', "unclosed"), ('"early"',)]),
        ('They say "one “two” is gone', [('"one “two” is gone', "unclosed")]),
        ("They say “it was “late”.", [("“it was “late”.", "unclosed")]),
        ('They say "it was, or "was not" so.', [('"it was, or', "unclosed"), ('"was not"',)]),
        ('They say: "it was,"or so "we', [('"it was,"',), ('"we', "unclosed")]),
        ("“", [("“", "unclosed")]),
        ('a word "', [('"', "unclosed")]),
    ],
)
def test_an_unclosed_quotation_ends_with_its_paragraph_or_where_the_next_opens(text, wanted):
    assert flagged(text) == wanted


def test_a_quotation_that_opens_again_in_the_next_paragraph_goes_on():
    text = "“One is here.\n\n“Two is here.\n\n“Three is here.” The end."
    assert flagged(text) == [
        ("“One is here.", "continued"),
        ("“Two is here.", "continued"),
        ("“Three is here.”",),
    ]


def test_an_unclosed_quotation_within_a_paragraph_does_not_go_on_in_the_next():
    text = 'They say "it was, or "was not" so.\n\n"It was."'
    assert [one.flags for one in spans(text)] == [("unclosed",), (), ()]


@pytest.mark.parametrize(
    "text",
    [
        'A pipe of 12" and one of 6".',
        'A board 12" by 6", no more.',
        '<a class="bridge" name="x">word</a>',
        "the workers' rights and the ministers' plan",
        "It doesn't matter; it's the mayor's.",
        "rock 'n' roll of the '90s and the ‘80s",
        "He said 'it is late and left",
        "It was '  ' so.",
        "no marks at all",
        "",
    ],
)
def test_inches_attributes_and_apostrophes_are_no_quotation_marks(text):
    assert quoted(text) == []


def test_marks_around_inches_are_seen():
    assert quoted("A 5” pipe is a “pipe”; they cost $5.") == ["“pipe”"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("They call it 'late', or so.", "'late'"),
        ("They call it ‘late’: or so.", "‘late’"),
        ("They call it ‚spät‘ there.", "‚spät‘"),
        ("They call it ‚spät’ there.", "‚spät’"),
        ("They call it ‹tard› there.", "‹tard›"),
        ("('late')", "'late'"),
        ("It was 'late'", "'late'"),
        ("'It is late,' she said.", "'It is late,'"),
        ("'Is it?'—she asked", "'Is it?'"),
        ("It was 'the mayor's plan', she said.", "'the mayor's plan'"),
        ("‘The workers’ rights are gone,’ she said.", "‘The workers’ rights are gone,’"),
        ("‘The workers’ Rights", "‘The workers’"),
        ("It was 'lights' and no more.", "'lights'"),
        ("It was 'a' plan", "'a'"),
        ("It was 'two to one' there.", "'two to one'"),
    ],
)
def test_single_marks_quote_where_no_double_marks_are_around_them(text, wanted):
    assert flagged(text) == [(wanted, "single")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('"“Late” is a word" to me', ['"“Late” is a word"']),
        ('They say "so " and go', ['"so "']),
        ('They say"It is late" then', ['"It is late"']),
        ('In 2019"It was late" then', ['"It was late"']),
        ('They say ("…late") so', ['"…late"']),
        ("They say ('late') and “early”", ["'late'", "“early”"]),
        ("“It is ‘late” now’ or so", ["“It is ‘late”"]),
        ("‘It is 'late’ now' or so", ["‘It is 'late’"]),
        ("They ran ‘late’ trains ‘all night.’", ["‘late’", "‘all night.’"]),
        ("They call ‘Lines’ Two ‘all night.’", ["‘Lines’", "‘all night.’"]),
        ("They call ‘lines’ so late.", ["‘lines’"]),
    ],
)
def test_what_stands_beside_a_mark_tells_whether_it_opens_or_closes(text, wanted):
    assert quoted(text) == wanted


def test_single_marks_one_after_the_other_are_two_quotations():
    assert quoted("'early' and 'late' are words") == ["'early'", "'late'"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("'“Late” is a word,' she said.", ["'“Late” is a word,'"]),
        ("'It is “late,' she said.” And so on.", ["“late,' she said.”"]),
        ("‘It is “late” now.’", ["‘It is “late” now.’"]),
    ],
)
def test_double_marks_inside_single_ones_belong_to_them(text, wanted):
    assert quoted(text) == wanted


@pytest.mark.parametrize(
    "piece", ["It is “late” and 'so'. ", "'tis the workers' day. ", "“It is 'late. ", "‘so "]
)
def test_the_marks_of_a_very_long_paragraph_are_read_in_no_time(piece):
    begun = perf_counter()
    spans(piece * 3000)
    assert perf_counter() - begun < 5


@given(TEXT)
def test_spans_are_sorted_and_apart_and_stay_within_one_paragraph(text):
    found = spans(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert not any("\n" in text[one.start : one.end] for one in found)


@given(TEXT)
def test_every_span_opens_with_a_mark_and_closes_with_one_or_says_so(text):
    for one in spans(text):
        assert text[one.start] in MARKS
        assert text[one.end - 1] in MARKS or {"unclosed", "continued"} & set(one.flags)


@given(TEXT)
def test_single_closed_pairs_are_never_left_open(text):
    assert all("unclosed" not in one.flags for one in spans(text) if "single" in one.flags)
