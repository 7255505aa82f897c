from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.ingestion import attribution
from helpers.ingestion.attribution import attributions, first_phrase
from helpers.ingestion.phrases import MASK, tokenise
from helpers.words import read_list

ROWS = [row.split("\t") for row in read_list(Path(attribution.__file__).parent / "cues.tsv")]
FRAMES = {"clause", "that", "to", "object", "whom", "aside", "quote", "about", "state", "noun"}


def read(text):
    """Every attribution as (cue, speaker, contents); Q stands for a quotation."""
    sentence = tokenise(text.replace("Q", MASK * 3))

    def words(span):
        return " ".join(sentence.low[slice(*span)]).replace(MASK * 3, "Q") if span else None

    return [
        (one.cue, words(one.speaker), [words(part) for part in one.content]) for one in attributions(sentence)
    ]


def one(text):
    found = read(text)
    assert len(found) == 1, found
    return found[0]


def said(text):
    """Who says what by "say" in the text."""
    return [(who, content) for cue, who, content in read(text) if cue == "say"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The mayor said the road is closed.", ("say", "the mayor", ["the road is closed"])),
        ("The mayor said that it is closed.", ("say", "the mayor", ["that it is closed"])),
        (
            "The mayor said the road that floods is closed.",
            ("say", "the mayor", ["the road that floods is closed"]),
        ),
        ("The mayor said on Monday in Oslo that it is closed.", ("say", "the mayor", ["that it is closed"])),
        ("The mayor also said it is closed.", ("say", "the mayor", ["it is closed"])),
        ("The mayor said yesterday it is closed.", ("say", "the mayor", ["it is closed"])),
        ("The mayor on Monday said it is closed.", ("say", "the mayor", ["it is closed"])),
        ("The mayor has never said it is closed.", ("say", "the mayor", ["it is closed"])),
        ("The mayor didn't say whether it is closed.", ("say", "the mayor", ["whether it is closed"])),
        ("The mayor asked if it is closed.", ("ask", "the mayor", ["if it is closed"])),
        ("The mayor insists it is closed.", ("insist", "the mayor", ["it is closed"])),
        ("Merkel and Macron say it is closed.", ("say", "merkel and macron", ["it is closed"])),
        ("The mayor pointed out it is closed.", ("point out", "the mayor", ["it is closed"])),
        ("The mayor is adamant that it is closed.", ("adamant", "the mayor", ["that it is closed"])),
        ("The mayor was surprised that it is closed.", ("surprised", "the mayor", ["that it is closed"])),
        ("The mayor vowed to close it.", ("vow", "the mayor", ["to close it"])),
        ("The mayor urged voters to stay.", ("urge", "the mayor", ["to stay"])),
        ("The mayor urged the small towns in her county to stay.", ("urge", "the mayor", ["to stay"])),
        ("The mayor called the road a mistake.", ("call", "the mayor", ["the road a mistake"])),
        ("The mayor described it as safe.", ("describe", "the mayor", ["it as safe"])),
        ("The mayor complained about the road.", ("complain", "the mayor", ["the road"])),
        ("The mayor boasted of Q.", ("boast", "the mayor", ["Q"])),
        ("The mayor spoke of Q.", ("speak", "the mayor", ["Q"])),
        ("The mayor spoke on Q.", ("speak", "the mayor", ["Q"])),
        ("The mayor railed against Q.", ("rail", "the mayor", ["Q"])),
        ("Q the mayor continued.", ("continue", "the mayor", ["Q"])),
        ("The road is closed, the mayor continued.", ("continue", "the mayor", [])),
        ("The mayor said Q.", ("say", "the mayor", ["Q"])),
        ("The mayor said: Q.", ("say", "the mayor", ["Q"])),
        ("The mayor said, Q.", ("say", "the mayor", ["Q"])),
        ("The mayor added: it is closed.", ("add", "the mayor", ["it is closed"])),
        ("It said the road is closed.", ("say", "it", ["the road is closed"])),
        ("In a letter, the mayor said it is closed.", ("say", "the mayor", ["it is closed"])),
        ("Nobody said that.", ("say", "nobody", ["that"])),
    ],
)
def test_what_follows_a_verb_of_saying_is_its_subjects(text, wanted):
    assert one(text) == wanted


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The mayor told reporters that it is closed.", "that it is closed"),
        ("The mayor told reporters on Monday that it is closed.", "that it is closed"),
        ("The mayor told the board the road is closed.", "the road is closed"),
        ("The mayor told the board a road is closed.", "a road is closed"),
        ("The mayor told the board an old road is closed.", "an old road is closed"),
        ("The mayor told Angela Merkel it is closed.", "it is closed"),
        ("The mayor told all the boards that it is closed.", "that it is closed"),
        ("The mayor told them it is closed.", "it is closed"),
        ("The mayor warned it is closed.", "it is closed"),
    ],
)
def test_the_one_who_is_told_is_no_part_of_what_is_said(text, content):
    _, who, contents = one(text)
    assert (who, contents) == ("the mayor", [content])


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The road, the mayor said, is closed.", ["the road", "is closed"]),
        ("The road is closed, the mayor said.", ["the road is closed"]),
        ("The road is closed — the mayor said.", ["the road is closed"]),
        ("The road — the mayor said — is closed.", ["the road", "is closed"]),
        ("The road, as the mayor said, is closed.", ["the road", "is closed"]),
        ("Is the road closed? the mayor said.", ["is the road closed"]),
        ("The road is closed, the mayor said on Monday.", ["the road is closed"]),
        (
            "The road is closed, the mayor said in a letter, and will be sold.",
            ["the road is closed", "and will be sold"],
        ),
        ("The road is closed, said the mayor.", ["the road is closed"]),
        ("The road is closed, said the mayor in a letter.", ["the road is closed"]),
        ("The road is closed, says the mayor.", ["the road is closed"]),
        ("The road is closed — said the mayor.", ["the road is closed"]),
        ("The road flooded, said the mayor.", ["the road flooded"]),
        ("The road, the mayor said: it is closed.", ["it is closed"]),
        ("The road is closed, the mayor said, who is late.", ["the road is closed"]),
        ("The road is closed, the mayor said, leaving the room.", ["the road is closed"]),
        ("Q, the mayor said.", ["Q"]),
        ("Q the mayor said.", ["Q"]),
        ("Q said the mayor.", ["Q"]),
        ("Q, said the mayor.", ["Q"]),
        ("Q said the mayor, Q.", ["Q", "Q"]),
        ("Q said the mayor Q.", ["Q", "Q"]),
        ("Q the mayor said; Q.", ["Q", "; Q"]),
        ("Q the mayor said in a letter to the board.", ["Q"]),
        ("Q the mayor said, is late.", ["Q", "is late"]),
        ("Q said the mayor, is late.", ["Q"]),
        ("Q the mayor said last week.", ["Q"]),
        ("It is Q the mayor said.", ["it is Q"]),
    ],
)
def test_a_cue_beside_its_content_takes_what_is_around_it(text, content):
    assert said(text) == [("the mayor", content)]


def test_asides_are_told_from_cues_before_their_content():
    assert attributions(tokenise("The road is closed, the mayor said."))[0].aside
    assert not attributions(tokenise("The mayor said the road is closed."))[0].aside


def test_the_subject_behind_its_verb_takes_its_apposition_along():
    assert one("Q said the mayor, a doctor.")[1] == "the mayor , a doctor"


@pytest.mark.parametrize(
    "text",
    [
        "To the north, said the mayor.",
        "Late, said the mayor.",  # nothing that could have been said: no finite verb before
        "The road is closed, said in a letter.",
        "The road is closed, said quietly.",
        "The road is closed, vowed the mayor.",  # only the commonest verbs turn round without a quotation
        "A board which is late, said the mayor.",
        "It is closed, added the board was late.",
    ],
)
def test_a_verb_before_its_subject_needs_a_clause_before_it(text):
    assert not any(who in ("the mayor", "in a letter", "quietly") for _, who, _ in read(text))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("According to the embassy, the road is closed.", ["the road is closed"]),
        ("The road, according to the embassy, is closed.", ["the road", "is closed"]),
        ("The road is closed, according to the embassy.", ["the road is closed"]),
        ("The road is closed according to the embassy.", ["the road is closed"]),
        ("But according to the embassy, the road is closed.", ["the road is closed"]),
        ("The road (according to the embassy) is closed.", ["the road (", "is closed"]),
    ],
)
def test_according_to_stands_in_front_in_the_middle_or_at_the_end(text, wanted):
    assert one(text) == ("according to", "the embassy", wanted)


def test_the_apposition_of_a_source_in_front_is_not_what_it_says():
    assert one("According to the embassy, the road to Oslo.")[1] == "the embassy"
    assert one("But, according to the embassy, the road to Oslo.")[1] == "the embassy"
    assert one("The road is closed, according to the embassy, the host.")[1] == "the embassy , the host"


@pytest.mark.parametrize("text", ["It is according.", "It goes on according to, so.", "According to it"])
def test_according_to_nobody_attributes_nothing(text):
    assert not any(any(content) for _, _, content in read(text))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The mayor's claim that it is closed", ("claim", "the mayor's", ["that it is closed"])),
        ("Angela Merkel's promise to go", ("promise", "angela merkel's", ["to go"])),
        ("They heard the mayor's claim that it is closed", ("claim", "the mayor's", ["that it is closed"])),
        ("Her bold promise to close it", ("promise", "her", ["to close it"])),
        ("They met his two big plans to close it", ("plans", "his", ["to close it"])),
        ("The workers’ demand that it be closed", ("demand", "the workers'", ["that it be closed"])),
        ("The claim that it is closed", ("claim", None, ["that it is closed"])),
        ("No hope that it is closed", ("hope", None, ["that it is closed"])),
        ("A claim that it is closed", ("claim", None, ["that it is closed"])),
        ("Any claim that it is closed", ("claim", None, ["that it is closed"])),
        ("They gave Merkel her promise to go", ("promise", "her", ["to go"])),
    ],
)
def test_a_noun_of_saying_is_its_owners(text, wanted):
    assert read(text)[-1] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The claim to it is old.",
        "The mayor's claim was old.",
        "The road is her very old and dear claim to fame.",
        "Bold hope that it is closed",
        "The mayor's claim",
    ],
)
def test_a_noun_of_saying_without_owner_or_clause_attributes_nothing(text):
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The road was called a mistake.",
        "The board was told that it is closed.",
        "The board was not told that it is closed.",
        "The plan was quickly denied.",
        "The mayor's answer was late.",
        "The mayor's said plan",
        "The fear of rain grew.",
        "The report that was late",
        "The mayor pointed at the road.",
        "A view of the road",
        "The Post Reports that",
        "The saying that it rains",
        "The mayor plans to go.",
        "Critics of the road fear rain",
        "The board of reports, late",
        "The board met Telling Tales that it rains",
        "The reports that it rains were late.",
        "Macron reports on it were late.",
        "Q praised the mayor.",
        "The road reports on it were late.",
    ],
)
def test_passives_and_nouns_are_no_cues(text):
    assert [found for found in read(text) if found[1]] == []


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("He fears that it rains.", "fear"),
        ("They fear it rains.", "fear"),
        ("Workers fear it rains.", "fear"),
        ("Merkel and Macron fear it rains.", "fear"),
        ("The mayor will demand that it stops.", "demand"),
        ("The mayor often fears it rains.", "fear"),
        ("Macron fears it rains.", "fear"),
        ("The board fears that it rains.", "fear"),
        ("The board notes: it rains.", "note"),
        ("The mayor called it late and demand that it stops.", "demand"),
    ],
)
def test_a_word_that_can_be_a_noun_is_a_verb_behind_a_likely_subject(text, cue):
    assert cue in [found[0] for found in read(text)]


def test_a_verb_that_only_takes_an_object_is_none_behind_to():
    assert read("The mayor came to praise the road.") == []
    assert "demand" in [cue for cue, _, _ in read("The mayor came to demand that it stops.")]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The mayor, a doctor, said it is closed.", "the mayor , a doctor"),
        ("The mayor (a doctor) said it is closed.", "the mayor ( a doctor )"),
        ("The mayor — a doctor — said it is closed.", "the mayor — a doctor"),
        ("Angela Merkel, who is late, said it is closed.", "angela merkel , who is late"),
        ("The mayor who said it is closed", "who"),
        ("The mayor was late and said it is closed.", "the mayor"),
        ("The mayor walked home, then said it is closed.", "the mayor"),
        ("The mayor then said it is closed.", "the mayor"),
        ("The mayor walked home to say it is closed.", "the mayor"),
    ],
)
def test_the_subject_is_found_past_what_parts_it_from_its_verb(text, speaker):
    assert said(text)[0][0] == speaker


def test_of_verbs_joined_together_all_have_the_first_ones_subject():
    found = read("The mayor said it is closed and added that it is old, noting that it is long.")
    assert [(cue, who) for cue, who, _ in found] == [
        ("say", "the mayor"),
        ("add", "the mayor"),
        ("note", "the mayor"),
    ]
    assert read("The mayor went home, noting that it is closed.")[0][1] == "the mayor"
    assert read("The mayor was going home and saying it is closed.")[0][1] == "the mayor"


def test_nobody_speaks_by_a_participle_behind_it():
    assert read("It was late, meaning that it is closed, saying that it is old.") == []


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            "The mayor said it is closed and the board warned that it is old.",
            [["it is closed"], ["that it is old"]],
        ),
        (
            "The mayor said it is closed, and the board warned that it is old.",
            [["it is closed"], ["that it is old"]],
        ),
        ("The mayor said it is closed and added that it is old.", [["it is closed"], ["that it is old"]]),
        (
            "The mayor said it is closed and later added that it is old.",
            [["it is closed"], ["that it is old"]],
        ),
        ("While the mayor said it is closed, the board warned it is old.", [["it is closed"], ["it is old"]]),
        (
            "The mayor said it is closed, the board warned it is old.",
            [["it is closed , the board warned it is old"], ["it is old"]],
        ),
        ("The mayor said the board warned it is old.", [["the board warned it is old"], ["it is old"]]),
    ],
)
def test_what_was_said_ends_where_a_clause_with_its_own_cue_is_joined(text, contents):
    assert [found[2] for found in read(text)][: len(contents)] == contents


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said nothing",
        "The mayor asked for rain.",
        "The mayor spoke.",
        "The mayor called.",
        "The mayor went on to Oslo.",
        "The mayor said and left.",
        "The mayor said of it",
        "The mayor said — late",
        "The mayor noticed the road.",
    ],
)
def test_a_cue_whose_frames_do_not_fit_attributes_no_words(text):
    found = read(text)
    assert all(not content or content == ["nothing"] for _, _, content in found)


def test_first_phrase_ends_before_a_verb_of_saying():
    sentence = tokenise("The mayor said so")
    assert first_phrase(sentence, 4) == (0, 2)


def test_every_cue_has_a_word_four_forms_and_known_frames():
    for word, forms, frames in ROWS:
        listed = forms.split()
        assert len(listed) >= 4, word
        assert listed[0] == word.split()[0], word
        assert forms == forms.lower(), word
        assert set(frames.split()) <= FRAMES and frames, word
        assert len(set(frames.split())) == len(frames.split()), word
        if "state" not in frames:
            assert listed[1].endswith("s") and listed[-1].endswith("ing"), word


def test_every_frame_is_used_by_a_cue():
    assert {frame for _, _, frames in ROWS for frame in frames.split()} == FRAMES


def test_cues_are_listed_once_and_in_order():
    listed = [word for word, _, _ in ROWS]
    assert listed == sorted(set(listed))


def test_a_form_is_of_one_cue_where_it_matters():
    """A form that two cues share goes to the first: here a verb's, and an adjective's."""
    counted = Counter(form for _, forms, _ in ROWS for form in set(forms.split()))
    assert {form for form, count in counted.items() if count > 1} == {"worried"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_cue_attributes_a_sentence_in_one_of_its_frames(row):
    word, forms, frames = row
    past, particle = forms.split()[-2], "".join(f" {part}" for part in word.split()[1:])
    tail = (
        "Q" if {"quote", "object", "clause", "that"} & set(frames.split())
        else "about it" if "about" in frames else "to go"
    )  # fmt: skip
    if "that" in frames:
        tail = "that it rains"
    if "state" in frames:
        past = "was " + past
    found = read(f"The mayor {past}{particle} {tail}.")
    assert found and found[0][1] == "the mayor" and found[0][2], row


WORDS = [
    *"the mayor Merkel said and that who , , ( ) — : . Q claim to according to was asked".split(),
    "by",
    "’s",
]


@given(st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join))
def test_spans_lie_within_the_sentence_and_contents_in_order(text):
    sentence = tokenise(text.replace("Q", MASK * 3))
    for found in attributions(sentence):
        assert found.speaker is None or 0 <= found.speaker[0] < found.speaker[1] <= len(sentence.low)
        assert all(start >= 0 and end <= len(sentence.low) for start, end in found.content)
