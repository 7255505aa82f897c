import pandas as pd
import pytest

from helpers.timeline.checks import COLUMNS, told_differently

FLAT = "The port announced the delivery of signal lamps on Monday."
HEDGED = "The port is thought to need signal lamps, and may get signal lamps."


def tables(*texts, said=(), hedges=(), speakers=None):
    """Tables of articles a, b, …, each a sentence or a list of them.

    `said`: sentence, speaker and words of direct quotations; `hedges`: sentence and words that hedge.
    """
    rows = [
        (f"{article}:s{number:03d}", article, text, False, (speakers or {}).get(f"{article}:s{number:03d}"))
        for article, told in zip("abcdefgh", texts, strict=False)
        for number, text in enumerate([told] if isinstance(told, str) else told, 1)
    ]
    sentences = pd.DataFrame(rows, columns=["sentence_id", "article_id", "text", "heading", "speakers"])
    text = sentences.set_index("sentence_id").text
    spans = [
        (one, text[one].index(words), text[one].index(words) + len(words))
        for one, *_, words in [*said, *hedges]
    ]
    found = pd.DataFrame(spans, columns=["sentence_id", "start", "end"])
    speaker = pd.Series([name for _, name, _ in said], dtype="str")
    quotes = found[: len(said)].assign(
        kind="direct", resolved="stated", speaker=speaker, speaker_name=speaker
    )
    return sentences, quotes, found[len(said) :].assign(channel="hedge")


def check(*texts, **options):
    found = told_differently(*tables(*texts, **options))
    return found[["kind", "matter", "value_a", "value_b"]].values.tolist()


def test_a_matter_hedged_in_one_text_and_a_deed_in_the_other_is_to_be_checked():
    found = told_differently(*tables(FLAT, "It may yet get signal lamps."))
    assert found.iloc[0].to_dict() == {
        "kind": "certainty", "matter": "signal lamps", "value_a": "flat: delivery", "value_b": "hedged: may",
        "sentence_id_a": "a:s001", "sentence_id_b": "b:s001",
        "start_a": 35, "end_a": 47, "start_b": 15, "end_b": 27,
    }  # fmt: skip


def test_hedge_spans_of_the_language_table_count():
    told = (FLAT, "It is eyeing signal lamps.")
    assert not check(*told)
    assert check(*told, hedges=[("b:s001", "eyeing")]) == [
        ["certainty", "signal lamps", "flat: delivery", "hedged: eyeing"]
    ]


def test_two_hedged_or_two_flat_passages_are_alike():
    assert not check("It may get signal lamps.", "It could possibly get signal lamps.")
    assert not check(FLAT, "The yard delivered signal lamps.")


def test_a_deed_that_is_denied_is_not_flat():
    assert not check("The port never announced any signal lamps.", "It may yet get signal lamps.")


def test_doubt_in_another_clause_or_sentence_does_not_hedge():
    assert not check(FLAT, "The mayor may row, but the crew likes signal lamps.")
    assert not check(FLAT, "“It may rain. We like signal lamps,” they said.")


def test_a_sentence_that_doubts_anything_is_not_flat():
    assert not check(FLAT.replace("on Monday", "but may sell it"), "It may yet get signal lamps.")


def test_deeds_and_doubts_far_before_the_matter_are_of_something_else():
    far = "along the old coast road past the fort and the mill of the old town to the sea with"
    assert check("They announced signal lamps.", "It may get signal lamps.")
    assert not check(f"They announced a walk {far} signal lamps.", "It may get signal lamps.")
    assert not check("They announced signal lamps.", f"It may go {far} signal lamps.")


def test_one_text_that_is_flat_and_hedged_does_not_differ_from_itself():
    assert not check([FLAT, "It may yet get signal lamps."], "We like signal lamps.")


def test_two_matters_of_the_same_sentences_are_told_once():
    assert (
        len(check(FLAT.replace("on", "for diving bells on"), "It may get signal lamps for diving bells."))
        == 1
    )


def test_words_of_any_matter_are_none():
    assert not check("They announced it for next week.", "It may come next week.")


def test_words_that_do_not_keep_together_are_no_matter():
    others = ["A signal came.", "The signal left.", "Lamps sank.", "Some lamps sank.", "Signal!", "No lamps."]
    assert not check([FLAT, *others], "It may yet get signal lamps.")


def test_what_many_sentences_bring_is_no_rare_matter():
    assert not check([FLAT, *["We saw signal lamps."] * 3], "It may yet get signal lamps.")


def test_a_name_is_no_matter():
    assert not check("They launched the Signal Lamps.", "They may get the Signal Lamps.")


PHRASE = "“It is a rare joy to row the bay,” said {}."


def test_a_phrase_given_to_another_speaker_is_to_be_checked_however_it_is_spelt():
    words = "“It is a rare honour to row,”"
    found = check(
        f"{words} said Ola Sund.", "Una Moor called rowing “a rare honor” that day.",
        said=[("a:s001", "Ola Sund", words), ("b:s001", "Una Moor", "“a rare honor”")],
    )  # fmt: skip
    assert found == [["speaker", "rare honour", "Ola Sund", "Una Moor"]]


@pytest.mark.parametrize("other", ["Una Moor", "Sund", "rowers"])
def test_only_two_persons_with_names_speak_differently(other):
    words = "“It is a rare joy to row the bay,”"
    said = [("a:s001", "Ola Sund", words), ("b:s001", other, words)]
    assert bool(check(PHRASE.format("Ola Sund"), PHRASE.format(other), said=said)) == (other == "Una Moor")


def test_a_speaker_who_is_named_beside_the_other_quotation_is_no_other():
    words = "“It is a rare joy to row the bay,”"
    said = [("a:s001", "Ola Sund", words), ("b:s001", "Una Moor", words)]
    assert not check(PHRASE.format("Ola Sund"), PHRASE.format("Una Moor for Ola Sund"), said=said)


def test_quotations_that_only_share_two_words_are_of_two_phrases():
    first, second = "“It is a rare joy to row the bay,”", "“Soup is a rare joy in winter kitchens,”"
    said = [("a:s001", "Ola Sund", first), ("b:s001", "Una Moor", second)]
    assert not check(f"{first} said Ola Sund.", f"{second} said Una Moor.", said=said)


@pytest.mark.parametrize(
    "column, value", [("kind", "scare"), ("resolved", "guessed"), ("resolved", "pronoun")]
)
def test_only_direct_quotations_whose_speaker_is_told_count(column, value):
    words = "“It is a rare joy to row the bay,”"
    said = [("a:s001", "Ola Sund", words), ("b:s001", "Una Moor", words)]
    sentences, quotes, language = tables(PHRASE.format("Ola Sund"), PHRASE.format("Una Moor"), said=said)
    assert len(told_differently(sentences, quotes, language)) == 1
    assert told_differently(sentences, quotes.assign(**{column: value}), language).empty


def test_a_speaker_who_is_only_described_is_no_other():
    words = "“It is a rare joy to row the bay,”"
    said = [("a:s001", "Ola Sund", words), ("b:s001", "Fort Rower", words)]
    sentences, quotes, language = tables(
        PHRASE.format("Ola Sund"), PHRASE.format("the Fort Rower"), said=said
    )
    assert len(told_differently(sentences, quotes, language)) == 1
    described = quotes.assign(speaker=["Ola Sund", "the Fort Rower"])
    assert told_differently(sentences, described, language).empty


PACT = "{} signed an agreement on shared tidal power with {} in the hall."


def test_a_like_claim_about_an_act_with_other_parties_is_to_be_checked():
    found = check(PACT.format("Port Ellery", "Ola Sund"), PACT.format("Fort Rowan", "Una Moor"))
    assert found[0] == ["party", "shared tidal", "Port Ellery, Ola Sund", "Fort Rowan, Una Moor"]


def test_claims_that_name_somebody_in_common_are_of_one_party():
    assert not check(PACT.format("Port Ellery", "Ola Sund"), PACT.format("Fort Rowan", "Ola Sund"))


def test_what_is_also_written_small_is_no_party():
    charter = [
        "The charter is long.",
        "By the Charter they have an agreement on shared tidal power in the hall.",
    ]
    assert not check(PACT.format("Port Ellery", "Ola Sund"), charter)


def test_a_claim_without_an_act_of_two_sides_has_no_parties():
    said = "{} gave a long speech on shared tidal power with {} in the hall."
    assert not check(said.format("Port Ellery", "Ola Sund"), said.format("Fort Rowan", "Una Moor"))


def test_a_sentence_that_refers_back_has_the_parties_of_the_one_before():
    back = ["Fort Rowan and Brackwater met.", "The agreement is on shared tidal power, signed in the hall."]
    assert check(PACT.format("Port Ellery", "Ola Sund"), back)[0][3] == "Fort Rowan, Brackwater"
    for begins in ("An agreement", "The Mossmere agreement"):
        told = check(
            PACT.format("Port Ellery", "Ola Sund"), [back[0], back[1].replace("The agreement", begins)]
        )
        assert all("Fort Rowan" not in row[3] for row in told)


def test_who_only_speaks_of_an_agreement_is_no_party():
    said = PACT.format("Fort Rowan", "Brackwater")[:-1] + ", Una Moor said."
    found = check(PACT.format("Port Ellery", "Ola Sund"), said, speakers={"b:s001": "Una Moor"})
    assert found[0][3] == "Fort Rowan, Brackwater"


def test_no_more_than_a_third_of_the_rows_is_of_one_kind():
    goods = ["signal lamps", "harbour cranes", "signal lamps", "diving bells", "rescue rafts"]
    flat = [f"They announced the delivery of {one}." for one in goods]
    hedged = [f"They may get {one}." for one in goods]
    sentences, quotes, language = tables(flat, hedged)
    assert len(told_differently(sentences, quotes, language)) == 4
    assert len(told_differently(sentences, quotes, language, limit=6)) == 2


def test_headings_are_left_out():
    sentences, quotes, language = tables(FLAT, "It may yet get signal lamps.")
    assert told_differently(sentences.assign(heading=[False, True]), quotes, language).empty


def test_the_order_of_rows_does_not_matter():
    given = tables(
        [FLAT, PACT.format("Port Ellery", "Ola Sund")], [HEDGED, PACT.format("Fort Rowan", "Una Moor")]
    )
    found = told_differently(*given)
    assert {*found.kind} == {"party", "certainty"}
    pd.testing.assert_frame_equal(found, told_differently(*(table[::-1] for table in given)))


def test_empty_tables_give_an_empty_table():
    sentences, quotes, language = tables(FLAT)
    assert told_differently(sentences[:0], quotes, language).columns.tolist() == COLUMNS
