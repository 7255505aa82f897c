import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import paths
from helpers.ingestion import quotes, read_folder

PIECES = [
    *"\"“”„«»'‘’—\n:;,.()", "\n\n", " said ", " the mayor ", "Merkel ", "Angela Merkel ", " He ", " who ",
    "SMITH: ", " according to ", " that ", "President ", " claim ", " and ", "’s ", "1", " was ",
    "It is late", "\ue000", "İ",
]  # fmt: skip
SOUP = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
TEXT = st.one_of(SOUP, st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
PAIRS = ["“”", '""', '"”', "„“", "»«", "«»"]


def told(text, *names):
    """The named fields of every quotation and clause, after the words they stand for."""
    return [(text[one.start : one.end], *(getattr(one, name) for name in names)) for one in quotes(text)]


def kinds(text):
    """The kind of everything in quotation marks."""
    return [(words, kind) for words, kind in told(text, "kind") if kind != "indirect"]


def direct(text):
    return [(words, speaker) for words, kind, speaker in told(text, "kind", "speaker") if kind == "direct"]


def indirect(text):
    return [(words, speaker) for words, kind, speaker in told(text, "kind", "speaker") if kind == "indirect"]


@pytest.fixture(scope="module")
def seeds():
    """What is quoted in headline and body of each seed, by the first three digits of its name."""
    articles = read_folder(paths.DATA / "seeds")["articles"]
    return {
        f"{row.article_id[:3]}{part}": (text, quotes(text))
        for row in articles.itertuples()
        for part, text in (("title", row.title), ("", row.text))
    }


@pytest.mark.parametrize("marks", [*PAIRS, ("« ", " »"), ("«\u00a0", "\u00a0»")], ids="".join)
@pytest.mark.parametrize(
    "frame",
    ["{},” the mayor said.", "{}, the mayor said.", "{} the mayor said.", "{}, said the mayor.",
     "{} said the mayor.", "the mayor said: {}.", "On Monday the mayor said {}.",
     "the mayor said that {}, and left."],
)  # fmt: skip
def test_direct_speech_has_its_speaker_whatever_the_marks(marks, frame):
    quotation = f"{marks[0]}the old bridge will be closed in May{marks[1]}"
    text = frame.replace("{},”", f"{quotation[: -len(marks[1])]},{marks[1]}").replace("{}", quotation)
    ((words, speaker),) = direct(text)
    assert words.strip(marks[0] + marks[1] + ",").startswith("the old bridge")
    assert words.startswith(marks[0]) and words.endswith(marks[1])
    assert speaker == "the mayor"


def test_every_field_of_a_quote_is_told():
    text = "Angela Merkel spoke. “The bridge is open again,” Merkel said."
    one = next(one for one in quotes(text) if one.kind == "direct")
    assert text[one.start : one.end] == "“The bridge is open again,”"
    assert (one.cue, one.speaker, one.speaker_name, one.resolved, one.flags) == (
        "say", "Merkel", "Angela Merkel", "fuller form", (),
    )  # fmt: skip
    assert text[one.speaker_start : one.speaker_end] == "Merkel"
    assert one.speaker_start > one.end


def test_a_quotation_within_a_quotation_is_not_told_apart():
    text = "“They shouted “stop the tram” and ran,” the mayor said."
    assert direct(text) == [("“They shouted “stop the tram” and ran,”", "the mayor")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "“The bridge is old,” said the mayor. “It will be closed for a year.”",
            [("“The bridge is old,”", "the mayor"), ("“It will be closed for a year.”", "the mayor")],
        ),
        (
            "“The bridge,” the mayor said, “will be closed for a year.”",
            [("“The bridge,”", "the mayor"), ("“will be closed for a year.”", "the mayor")],
        ),
        (
            "“The bridge is old,” he said; “we close it.”",
            [("“The bridge is old,”", "he"), ("“we close it.”", "he")],
        ),
        (
            "The mayor spoke of the bridge. “It will be closed for a year.”",
            [("“It will be closed for a year.”", "The mayor")],
        ),
        (
            "“The bridge is old.” The mayor said so. “It will be closed now,” the ministry said.",
            [("“The bridge is old.”", None), ("“It will be closed now,”", "the ministry")],
        ),
        (
            "“The bridge is old,” the mayor said. The “best” one is. “It will be closed for a year.”",
            [("“The bridge is old,”", "the mayor"), ("“It will be closed for a year.”", "the mayor")],
        ),
        ("“Late,”“very late,” the mayor said.", [("“Late,”", "the mayor"), ("“very late,”", "the mayor")]),
        (
            "The mayor was “very happy with the new bridge.”",
            [("“very happy with the new bridge.”", "The mayor")],
        ),
        ("“The bridge will be closed for a year.”", [("“The bridge will be closed for a year.”", None)]),
    ],
)
def test_the_speaker_is_found_in_the_sentence_or_the_one_before(text, wanted):
    assert direct(text) == wanted


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("“The bridge is old,” said the mayor. “It will be closed for a year.”", "stated"),
        ("The mayor was “very happy with the new bridge.”", "guessed"),
        ("The mayor spoke of it.\n\n“It will be closed for a year.”", "guessed"),
        ("The mayor said:\n\n“It will be closed for a year.”", "stated"),
        ("“It is old,” the mayor said.\n\n“It will be closed for a year.”", "guessed"),
        ("“It is old,” the mayor said.\n\nRain fell on us.\n\n“It will be closed for a year.”", "guessed"),
        ("The mayor: “It will be closed for a year.”", "guessed"),
        ("Angela Merkel came. “It is old,” she said.", "pronoun"),
        ("Angela Merkel came. “It is old,” Merkel said.", "fuller form"),
    ],
)
def test_a_speaker_that_nothing_near_the_quotation_names_is_guessed(text, how):
    assert quotes(text)[-1].resolved == how
    assert quotes(text)[-1].speaker


def test_a_quotation_of_several_paragraphs_has_one_speaker():
    text = (
        "“The bridge is old,” the mayor said. “We began in May.\n\n“We went on in June.\n\n“We end in July.”"
        "\n\nThe ministry said “no such date is set.”"
    )
    found = told(text, "speaker", "flags")
    assert found[:4] == [
        ("“The bridge is old,”", "the mayor", ()),
        ("“We began in May.", "the mayor", ("continued",)),
        ("“We went on in June.", "the mayor", ("continued",)),
        ("“We end in July.”", "the mayor", ()),
    ]
    assert {one.resolved for one in quotes(text)[:4]} == {"stated"}
    assert direct(text)[-1] == ("“no such date is set.”", "The ministry")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "We will build the line\n\n— The ministry noted earlier.",
            ("We will build the line", "note", "The ministry"),
        ),
        ("We will build the line\n— Merkel said", ("We will build the line", "say", "Merkel")),
        ("We will build the line.\n\n– no line", None),
        ("We will build the line\n\n— In May Merkel said", None),
        (
            "We will build the line\n\n— Angela Merkel, chancellor in Berlin",
            ("We will build the line", None, "Angela Merkel"),
        ),
        ("We will build the line\n\n— Angela Merkel, chancellor of all Berlin", None),
        ("These are to be built:\n\n– Two cranes\n\n– Three ports", None),
        ("We will build the line\n\n— Angela Merkel", ("We will build the line", None, "Angela Merkel")),
        ("“We will build the line”\n\n— Angela Merkel", ("“We will build the line”", None, "Angela Merkel")),
        ("“We will build the line” — Angela Merkel", ("“We will build the line”", None, "Angela Merkel")),
        ("We will build the line\n\n— as soon as the money for it all is there", None),
        ("We will build the line\n\n— The long road to the south of the town", None),
        ("• We will build the line\n\n— Merkel said", None),
        ("It is late. " * 110 + "\n\n— Merkel said", None),
    ],
)
def test_a_block_before_a_dash_and_a_name_is_a_quotation(text, wanted):
    found = [
        (words, cue, who)
        for words, kind, cue, who in told(text, "kind", "cue", "speaker")
        if kind == "direct"
    ]
    assert found == ([wanted] if wanted else [])


def test_a_block_without_marks_says_so():
    assert quotes("We will build the line\n\n— Merkel said")[0].flags == ("unmarked",)
    assert quotes("“We will build the line”\n\n— Merkel said")[0].flags == ()


def test_blocks_and_marked_quotations_stand_in_order():
    text = "We will build the line\n\n— Merkel said\n\n“It is much too late for it,” Macron said."
    assert direct(text) == [("We will build the line", "Merkel"), ("“It is much too late for it,”", "Macron")]
    text = "“It is much too late for it,” Macron said.\n\nWe will build the line\n\n— Merkel said"
    assert direct(text) == [("“It is much too late for it,”", "Macron"), ("We will build the line", "Merkel")]


def test_a_transcript_names_the_speaker_of_each_turn():
    text = "CLINTON: When is it open?\n\nMR. OBAMA: In May: that was promised.\n\nNote: it rained.\n\nQ: No."
    assert told(text, "kind", "speaker", "flags")[:2] == [
        ("When is it open?", "direct", "CLINTON", ("unmarked",)),
        ("In May: that was promised.", "direct", "MR. OBAMA", ("unmarked",)),
    ]
    assert len(quotes(text)) == 2


def test_a_marked_turn_of_a_transcript_has_its_speaker():
    assert direct("CLINTON: “When will the bridge be open?”")[0][1] == "CLINTON"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The ministry said:\n\nThe bridge is closed. Buses run.\n\nIt rained.",
            ["The bridge is closed. Buses run."],
        ),
        ("It rained. The ministry said in a letter:\n\nThe bridge is closed.", ["The bridge is closed."]),
        ("These roads are closed:\n\nThe bridge and the street.", []),
        ("The ministry said.\n\nThe bridge is closed.", []),
        ("The ministry said: no.\n\nThe bridge is closed.", []),
    ],
)
def test_a_paragraph_after_a_source_and_a_colon_is_a_quotation(text, wanted):
    found = [one for one in quotes(text) if "unmarked" in one.flags]
    assert [text[one.start : one.end] for one in found] == wanted
    assert all(one.speaker == "The ministry" for one in found)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The mayor called the plan “a mistake” and left.", "direct"),
        ("The mayor denied that it was “late”.", "direct"),
        ("They saw it as “late”.", "direct"),
        ("They use the word “late” there.", "direct"),
        ("They point to “very late” trains.", "direct"),
        ("They point to “late” trains.", "scare"),
        ("The so-called “experts” left.", "scare"),
        ("The town has a “smart grid” now.", "scare"),
        ("The town was 'very late indeed'.", "scare"),
        ("The mayor called the plan 'late'.", "scare"),
        ("The trains were “late”.", "scare"),
        ("The trains left “one by one by one” at night.", "direct"),
    ],
)
def test_a_short_quotation_is_direct_where_a_source_is_named(text, wanted):
    assert [kind for _, kind in kinds(text)] == [wanted]


def test_words_joined_by_and_are_of_one_kind():
    text = "The mayor called them “slow.” They were seen as “late” and “dear” by night, the “best” too."
    assert [kind for _, kind in kinds(text)] == ["direct", "direct", "direct", "scare"]
    assert [kind for _, kind in kinds("The “late” and “dear” trains")] == ["scare", "scare"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("One such plan is the “Road for Trade and Peace” in the south.", "title"),
        ("The board read “The Old Bridge” (2019) again.", "title"),
        ("They met on “Road Day” in May.", "title"),
        ("They built the “Night Line” in May.", "title"),
        ("They saw Merkel's “Night Line” in May.", "title"),
        ("The mayor said she saw Merkel's “Night Line” in May.", "title"),
        ("They lit “Night Line” lamps.", "scare"),
        ("They lit “Night Line” (NL) in May.", "title"),
        ("They lit “Night Line” (in May).", "scare"),
        ("They lit “Night Line” US lamps.", "scare"),
        ("They asked in the “Who Is It?” paper", "scare"),
        ("The mayor called it the “Night Line” then.", "direct"),
        ("“The Old Bridge of the Town”", "direct"),
        ("‘The Old Bridge’", "title"),
        ("They built the “night line” in May.", "scare"),
        ("They built the “Line of 2019” in May.", "title"),
        ("They are in the “so” team.", "scare"),
    ],
)
def test_a_capitalised_name_in_marks_is_a_title(text, wanted):
    assert [kind for _, kind in kinds(text)] == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The ministry said the bridge is closed.", [("the bridge is closed", "The ministry")]),
        (
            "The bridge, the ministry said, is closed.",
            [("The bridge", "the ministry"), ("is closed", "the ministry")],
        ),
        ("According to the embassy, the bridge is closed.", [("the bridge is closed", "the embassy")]),
        (
            "The bridge, according to the embassy, is closed.",
            [("The bridge", "the embassy"), ("is closed", "the embassy")],
        ),
        ("The bridge is closed, according to the embassy.", [("The bridge is closed", "the embassy")]),
        (
            "Merkel said the paper, written in May, lifts ties.",
            [("the paper, written in May, lifts ties", "Merkel")],
        ),
        ("The claim that it is closed is old.", [("that it is closed is old", None)]),
        ("The mayor (“the boss”) said it is late.", [("it is late", "The mayor (“the boss”)")]),
        ("“It is late,” said the mayor.", []),
        ("The mayor said “it is late” now.", [("“it is late” now", "The mayor")]),
    ],
)
def test_reported_speech_is_told_with_its_speaker(text, wanted):
    assert indirect(text) == wanted


def test_of_a_speaker_who_tells_of_himself_the_outer_one_has_the_quotation():
    text = "The mayor said she believed it was “much too late for a bridge.”"
    assert direct(text)[0][1] == "The mayor"
    assert direct("She said he believed it was “much too late for a bridge.”")[0][1] == "he"


def test_full_stops_inside_marks_end_a_sentence():
    text = "The ministry said “it is closed.” The mayor added that it is old."
    assert indirect(text) == [
        ("“it is closed.”", "The ministry"), ("that it is old", "The mayor"),
    ][1:]  # fmt: skip
    assert direct(text) == [("“it is closed.”", "The ministry")]
    lower = "The ministry said “it is closed.” and that it is old."
    assert indirect(lower) == [("“it is closed.” and that it is old", "The ministry")]


@pytest.mark.parametrize(
    "text", ["The mayor said “it is late", "“It is late, the mayor said.", "„Es ist", "“", "« So"]
)
def test_an_unclosed_quotation_is_flagged(text):
    assert [one.flags for one in quotes(text) if one.kind != "indirect"] == [("unclosed",)]


def test_quotes_stand_in_order_and_the_wider_first():
    text = "The mayor said it was “late.” The ministry said “it is closed,” and left. “No.”"
    found = quotes(text)
    assert [(one.start, -one.end) for one in found] == sorted((one.start, -one.end) for one in found)


def test_a_text_without_speech_has_no_quotes():
    assert quotes("") == quotes("The bridge is closed.\n\nIt rained.") == []


def test_an_unmarked_block_of_a_seed_is_its_speakers(seeds):
    text, found = seeds["002"]
    (block,) = [one for one in found if "unmarked" in one.flags]
    assert text[block.start : block.end] == "We will strengthen our strategic partnership with Azerbaijan"
    assert (block.kind, block.cue, block.speaker, block.speaker_name) == (
        "direct",
        "note",
        "Trump",
        "Donald Trump",
    )


@pytest.mark.parametrize(
    ("seed", "words", "kind", "name"),
    [
        ("000", "great honor", "direct", "Ilham Aliyev"),
        ("003", "great honour", "direct", "JD Vance"),
        ("000", "This document will contribute", "direct", "US Embassy in Azerbaijan"),
        ("003", "the Charter will further strengthen", "indirect", "U.S. Embassy in Azerbaijan"),
        ("001title", "'historic'", "scare", None),
        ("002", "Trump Route for International Peace", "title", None),
        ("004", "Trump Route for International Peace", "title", None),
        ("003", "“Charter on Strategic Partnership”", "title", None),
        ("001", "the document, finalized", "indirect", "Ilham Aliyev"),
        ("001", "Everyone can see", "direct", "Ilham Aliyev"),
        ("002", "completely new phase", "direct", "Ilham Aliyev"),
        ("003", "businesspeople, entrepreneurs", "direct", "Heydar Aliyev"),
        ("003", "the rapid development", "indirect", "Heydar Aliyev"),
        ("003", "very charming person", "direct", "JD Vance"),
        ("004", "to expand cooperation in oil", "indirect", "United States and Azerbaijan"),
    ],
)
def test_the_seeds_quotations_are_their_speakers(seeds, seed, words, kind, name):
    text, found = seeds[seed]
    at = text.index(words)
    around = [one for one in found if one.kind == kind and one.start <= at and at + len(words) <= one.end]
    assert around and around[-1].speaker_name == name


def test_embassys_words_in_front_are_reported(seeds):
    text, found = seeds["000"]
    (one,) = [one for one in found if one.cue == "according to" and one.speaker == "the embassy"]
    assert text[one.start : one.end].startswith("the document is expected") and one.kind == "indirect"


@given(TEXT)
def test_offsets_lie_within_the_text_and_speakers_are_as_written(text):
    for one in quotes(text):
        assert 0 <= one.start < one.end <= len(text)
        assert one.kind in ("direct", "indirect", "scare", "title")
        if one.speaker is None:
            assert (one.speaker_start, one.speaker_end, one.speaker_name, one.resolved) == (None,) * 4
        else:
            assert one.speaker == text[one.speaker_start : one.speaker_end] != ""
            assert one.resolved in ("stated", "fuller form", "pronoun", "guessed")


@given(SOUP)
def test_the_same_text_has_the_same_quotes(text):
    assert quotes(text) == quotes(text)


@given(SOUP)
def test_scare_quotes_and_titles_have_no_speaker(text):
    assert all(one.speaker is None for one in quotes(text) if one.kind in ("scare", "title"))


def test_a_sentence_that_never_ends_is_read_in_pieces():
    found = quotes("Angela Merkel said “it is late” and then Berg said “we go now, all of us”, " * 200)
    assert len([one for one in found if one.kind == "direct"]) == 400
    assert {one.speaker_name for one in found if one.kind == "direct"} == {"Angela Merkel"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("As the mayor noted, it is late.", [("indirect", "the mayor", "it is late")]),
        ("These measures underscore the need for a bridge.", []),
        ("The return of the ferry confirmed the need for a bridge.", []),
        ("The plan includes promising areas near the port.", []),
        ("“Nobody told us,” say residents.", [("direct", "residents", "“Nobody told us,”")]),
        ("OSLO, March 3 (Reuters) - It is late, the mayor said.", [("indirect", "the mayor", "It is late")]),
        ("“” said the mayor. It was late.", []),
        ("The ministry's desire to act was plain.", []),
    ],
)
def test_only_what_somebody_said_is_speech(text, wanted):
    assert [(kind, speaker, words) for words, kind, speaker in told(text, "kind", "speaker")] == wanted


def test_a_cue_that_is_denied_is_flagged():
    (one,) = quotes("The mayor did not say that the bridge was safe.")
    assert one.flags == ("negated",)
    (one,) = quotes("The mayor said that the bridge was not safe.")
    assert one.flags == ()


def test_a_quotation_that_goes_on_has_the_speaker_named_at_its_end():
    first, second = quotes("“It is late.\n\n“It is dark,” the mayor said.")
    assert first.speaker == second.speaker == "the mayor" and first.flags == ("continued",)


def test_the_labels_of_a_transcript_are_taken_as_they_stand():
    found = quotes("REPORTER: Why?\n\nMAYOR: Because.\n\nSECOND REPORTER: When?")
    assert [one.speaker_name for one in found] == ["REPORTER", "MAYOR", "SECOND REPORTER"]


def test_a_title_of_a_woman_ends_no_sentence():
    first, second = quotes("“It is late,” said Ms. Merkel. “We go.”")
    assert (first.speaker, second.speaker) == ("Ms. Merkel", "Ms. Merkel")


def test_a_quotation_that_goes_on_has_the_speaker_that_was_named_not_a_guess():
    found = quotes("Angela Merkel said: “It is late.\n\n“It is dark.\n\n“We go.”")
    assert [(one.speaker, one.resolved) for one in found] == [("Angela Merkel", "stated")] * 3


def test_a_quotation_beside_nobody_is_guessed_to_be_of_who_spoke_before_in_its_paragraph():
    text = "The mayor called it “a very great day for us.” The port has “the best of all the boats.”"
    second = quotes(text)[-1]
    assert (second.speaker, second.resolved) == ("The mayor", "guessed")
    apart = quotes(text.replace("” The", "”\n\nThe"))[-1]
    assert apart.speaker == "The port"


def test_a_quotation_in_what_looks_like_a_dateline_is_kept():
    text = "Paris, “late one” (Reuters) – It is late."
    assert [text[one.start : one.end] for one in quotes(text)] == ["“late one”"]
