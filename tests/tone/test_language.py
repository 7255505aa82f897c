import numpy as np
import pandas as pd
import pytest

from helpers import matching, stats, tables
from helpers.reporting import evidence
from helpers.tone import language
from helpers.words import read_rows

NOBODY = pd.DataFrame({"sentence_id": [], "start": [], "end": [], "kind": []})
ROWS = read_rows(language.__file__, "language.tsv")


def frame(*texts, article="a", paragraphs=None):
    ids = [f"{article}:s{number:03d}" for number in range(1, len(texts) + 1)]
    table = pd.DataFrame({"sentence_id": ids, "text": texts, "article_id": article})
    numbers = paragraphs or range(1, len(texts) + 1)
    words = table.text.str.split().str.len()
    return table.assign(paragraph=list(numbers), n_words=words, own=1.0, direct=0.0, indirect=0.0)


def find(text, *quotes):
    rows = [("a:s001", text.index(part), text.index(part) + len(part), kind) for part, kind in quotes]
    quoted = pd.DataFrame(rows, columns=list(NOBODY)) if rows else NOBODY
    return tables.check("language", language.find(frame(text), quoted))


def found(text, channel=None):
    table = find(text)
    table = table[table.channel == channel] if channel else table
    return [text[start:end] for start, end in zip(table.start, table.end, strict=True)]


@pytest.mark.parametrize(
    ("text", "channel", "expected"),
    [
        ("An unprecedented, once-in-a-lifetime storm.", "hyperbole", ["unprecedented", "once-in-a-lifetime"]),
        ("It was the most costly ferry in history.", "hyperbole", ["the most costly ferry in history"]),
        ("A disgraceful and inept council.", "evaluation", ["disgraceful", "inept"]),
        ("Far-right thugs and Marxists met.", "label", ["Far-right", "thugs", "Marxists"]),
        ("The so-called expert conveniently forgot.", "insinuation", ["so-called", "conveniently"]),
        ("The council refused to say why.", "insinuation", ["refused to say"]),
        ("It could reportedly close and is expected to.", "hedge", ["could", "reportedly", "is expected"]),
        ("The council met on the quay.", None, []),
    ],
)
def test_each_channel_finds_its_words(text, channel, expected):
    assert found(text, channel) == expected


@pytest.mark.parametrize(
    ("loaded", "plain"),
    [
        ("The bridge might fall.", "They pushed with all their might."),
        ("He could win.", "He could have won."),
        ("It may close.", "It closes in May."),
        ("It may close.", "May 5 is a holiday."),
        ("A radical plan.", "Members of the Radical Party met."),
        ("A radical plan.", "Radical Party members met."),
        ("A bold plan.", "Bold Alliance members met."),
        ("A great plan.", "He sailed to Great Britain."),
        ("A toxic debate.", "Barrels of toxic waste."),
        ("The regime fell.", "The new tax regime fell."),
        ("She slammed the plan.", "She slammed the front door."),
        ("It claimed to be safe.", "It claimed at least twelve lives."),
        ("His lies went on.", "The town lies in a valley."),
        ("A smart woman.", "He wore smart glasses."),
        ("They are woke.", "The town woke to snow."),
        ("About 50 people came.", "They spoke about the bridge."),
        ("A sell-out.", "They will sell out of bread."),
    ],
)
def test_a_word_counts_only_where_its_surroundings_make_it_loaded(loaded, plain):
    assert found(loaded)
    assert not found(plain)


def test_capitals_tell_a_name_only_where_they_are_not_the_rule():
    assert not found("The ferry Disgraceful sailed on Monday.")
    assert found("Disgraceful: The Ferry Sails Without Its Passengers") == ["Disgraceful"]
    assert found("Port Ellery Council’s Disgraceful Ferry Deal") == ["Disgraceful"]
    assert found("It sailed. Disgraceful conduct.") == ["Disgraceful"]


def test_of_overlapping_spans_of_a_channel_the_longest_counts():
    assert found("A far-right, radical left mob.", "label") == ["far-right", "radical left"]
    assert found("Total chaos reigns here.") == ["chaos reigns"]
    assert found("It was stunning to the core, a dumpster fire.", "hyperbole") == [
        "stunning",
        "to the core",
        "dumpster fire",
    ]


def test_of_two_terms_for_one_span_the_closer_one_is_told():
    assert find("A brutalising war.").term.tolist() == ["brutaliz*"]


def test_spans_of_two_channels_may_overlap():
    table = find("The outrage mob came.")
    assert list(zip(table.channel, table.term, strict=True)) == [
        ("evaluation", "outrage*"),
        ("label", "outrage mob"),
    ]


def test_a_word_that_is_loaded_only_where_it_suits_makes_no_span_but_counts_in_the_score():
    text = "A massive bridge."
    assert find(text).empty
    assert language.loaded_score([text]) > language.loaded_score(["A wooden bridge."])


def test_each_span_has_the_voice_it_begins_in():
    text = "A farce, he said, “a shameful farce”, adding that it was a disgrace."
    table = find(text, ("“a shameful farce”", "direct"), ("that it was a disgrace", "indirect"))
    assert list(zip(table.term, table.voice, strict=True)) == [
        ("farce", "own"),
        ("shameful*", "quoted"),
        ("farce", "quoted"),
        ("disgrace", "reported"),
    ]


def test_a_quotation_within_reported_speech_is_quoted():
    text = "He said it was “shameful”."
    table = find(text, ("it was “shameful”", "indirect"), ("“shameful”", "direct"))
    assert table.voice.tolist() == ["quoted"]


@pytest.mark.parametrize("kind", ["scare", "title"])
def test_words_held_at_a_distance_are_nobodys(kind):
    text = "The “shameful” bridge is a disgrace."
    assert find(text, ("“shameful”", kind)).term.tolist() == ["disgrace"]


def test_a_quote_of_another_sentence_does_not_count():
    sentences = frame("A farce.", "A farce.")
    quotes = pd.DataFrame({"sentence_id": ["a:s002"], "start": [0], "end": [8], "kind": ["direct"]})
    assert language.find(sentences, quotes).voice.tolist() == ["own", "quoted"]


def rates(*sentences, quotes=NOBODY):
    table = pd.concat(sentences, ignore_index=True)
    return language.rates(language.find(table, quotes), table)


def one(table, channel="evaluation", article="a", voice="own"):
    rows = table[(table.channel == channel) & (table.article_id == article) & (table.voice == voice)]
    (row,) = rows.itertuples()
    return row


def test_a_rate_is_spans_per_thousand_words_of_the_voice():
    table = rates(frame("A shameful, inept, unprecedented act now.", "A table stood on the quay."))
    row = one(table)
    assert (row.spans, row.sentences, row.words) == (2, 1, 12)
    assert row.per_1000 == pytest.approx(2000 / 12)
    assert row.share == pytest.approx(2 / 12)
    assert one(table, "hyperbole").spans == 1


def test_a_phrase_is_one_span_and_all_its_words_are_its_share():
    row = one(rates(frame("It was once and for all over now, folks.")), "hyperbole")
    assert (row.spans, row.share) == (1, pytest.approx(4 / 9))


def test_a_text_without_a_word_of_a_channel_has_a_row_of_zero_with_an_upper_end():
    row = one(rates(frame(*["The table is here."] * 6)))
    assert (row.spans, row.per_1000, row.low, row.basis) == (0, 0, 0, language.BASIS)
    assert row.high == pytest.approx(stats.poisson(0, 0.024)[1])


def test_every_article_has_a_row_for_each_channel_in_each_of_its_voices():
    table = rates(frame("A table."), frame("“A farce.”", article="b").assign(own=0.0, direct=1.0))
    assert len(table) == 2 * len(language.CHANNELS)
    assert set(zip(table.article_id, table.voice, strict=True)) == {("a", "own"), ("b", "quoted")}


def test_quoted_words_are_counted_in_what_is_quoted():
    text = "“A shameful act”, he said to us."
    sentences = frame(text).assign(own=0.5, direct=0.5)
    quotes = pd.DataFrame({"sentence_id": ["a:s001"], "start": [0], "end": [16], "kind": ["direct"]})
    table = rates(sentences, quotes=quotes)
    assert (one(table).spans, one(table).words) == (0, 3.5)
    assert (one(table, voice="quoted").spans, one(table, voice="quoted").words) == (1, 3.5)


def test_few_paragraphs_give_a_rate_without_an_interval():
    row = one(rates(frame(*["A shameful act."] * 4)))
    assert row.per_1000 == pytest.approx(1000 / 3) and row.basis == language.NO_BASIS
    assert np.isnan([row.low, row.high]).all()


def test_words_in_one_paragraph_widen_the_interval():
    text = ["A shameful act."] * 6 + ["A wooden table."] * 6
    runs = one(rates(frame(*text, paragraphs=[1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6])))
    mixed = [sentence for pair in zip(text[:6], text[6:], strict=True) for sentence in pair]
    scattered = one(rates(frame(*mixed, paragraphs=[1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6])))
    assert runs.per_1000 == scattered.per_1000
    assert runs.high - runs.low > scattered.high - scattered.low
    assert (scattered.low, scattered.high) == pytest.approx(tuple(map(float, stats.poisson(6, 0.036))))


def test_paragraphs_of_one_number_in_two_articles_are_two():
    table = rates(frame(*["A shameful act."] * 6), frame(*["A table."] * 6, article="b"))
    assert (one(table).spans, one(table, article="b").spans) == (6, 0)
    assert one(table, article="b").words == 12


def test_a_rate_leads_to_the_sentences_it_was_counted_from():
    sentences = frame("A table.", "A shameful act.")
    found = language.find(sentences, NOBODY)
    row = one(language.rates(found, sentences))
    assert row.evidence == "language?article_id=a&channel=evaluation&voice=own"
    assert evidence.sentences(row.evidence, {"language": found, "sentences": sentences}) == ["a:s002"]


def test_spans_outside_the_sentences_are_left_out():
    sentences = frame("A shameful act.", "A shameful act.")
    found = language.find(sentences, NOBODY)
    assert one(language.rates(found, sentences[:1])).spans == 1


def test_nothing_found_gives_an_empty_table():
    sentences = frame("A table.")
    found = language.find(sentences, NOBODY)
    assert tables.check("language", found).empty
    assert language.rates(found, sentences).spans.sum() == 0


def test_loaded_sentences_score_above_the_middle_and_plain_ones_below():
    scores = language.loaded_score(
        [
            "The mayor’s disgraceful, cynical ploy has turned the harbour into a laughing stock.",
            "Once and for all, the spineless council must drop this farce.",
            "The council, after a vote on the bridge that took all day, came up with a wrongheaded plan.",
            "The council will vote on the bridge on Monday, the harbour master said.",
            "The ferry carries 240 people and costs 4 pounds.",
        ]
    )
    assert scores.shape == (5,) and ((scores >= 0) & (scores <= 1)).all()
    assert (scores >= 0.5).tolist() == [True, True, True, False, False]


def test_what_is_said_in_quotation_marks_is_the_speakers():
    quoted, own = language.loaded_score(
        ["The plan was “a disgraceful farce” to him.", "The plan was a disgraceful farce to him."]
    )
    assert quoted < 0.5 < own


def test_what_stands_between_two_quotations_is_the_texts_own():
    curly, straight = language.loaded_score(
        ["The “plan” was a disgraceful farce to “all”.", 'The "plan" was a disgraceful farce to "all".']
    )
    assert straight == curly > 0.5


def test_a_mark_of_plain_reporting_lowers_the_score_and_a_hedge_does_not_change_it():
    bare, said, number, hedged = language.loaded_score(
        ["A farce it was here", "A farce it was said", "A farce it was 12", "A farce it could be"]
    )
    assert said == number < bare == hedged


def test_the_score_of_a_long_sentence_needs_more():
    short, long = language.loaded_score(["A farce.", "A farce " + "on the quay " * 20])
    assert long < short


def test_no_text_and_an_empty_text_can_be_scored():
    assert language.loaded_score([]).shape == (0,)
    assert language.loaded_score([""])[0] < 0.5


def test_rows_of_the_list_are_whole_and_of_a_known_channel():
    assert {len(row) for row in ROWS} == {5}
    assert {row[0] for row in ROWS} == {*language.CHANNELS, "name"}
    assert all(row[2] and row[4] for row in ROWS)
    assert all((row[1] == "0") == (row[0] in ("hedge", "name")) and row[1] in "0123" for row in ROWS)


def test_no_two_rows_find_the_same():
    terms = pd.Series([row[2] for row in ROWS])
    assert not terms[terms.duplicated()].tolist() and not matching.same_keys(terms.tolist())


def test_every_phrase_that_excludes_a_term_holds_it():
    for _, _, term, exclude, _ in ROWS:
        phrases = [one for one in exclude.split("; ") if one and not matching.is_pattern(one)]
        if phrases and not matching.is_pattern(term):
            inner = matching.Matcher([term])
            assert not [one for one in phrases if not any(inner.find(one.replace("*", "")))]


def test_loaded_sentences_are_counted_text_by_text_the_most_loaded_first():
    said = frame(
        "A shameful ferry.", "The ferry came at nine.", "A disgraceful, utterly cynical farce of a ferry."
    )
    calm = frame("The ferry came at ten.", article="b")
    table = language.loaded_sentences(pd.concat([said, calm], ignore_index=True)).set_index("article_id")
    assert table.sentences.to_dict() == {"a": 3, "b": 1}
    assert table.loaded.to_dict() == {"a": 2, "b": 0}
    assert table.sentence_ids.to_dict() == {"a": ("a:s003", "a:s001"), "b": ()}
    long = "It is a shameful ferry, which crosses the river at nine and at ten and comes back at noon."
    (score,) = language.loaded_score([long])
    assert 0.5 <= score < 0.95 and language.loaded_sentences(frame(long)).loaded.tolist() == [1]


def test_the_words_of_a_text_are_listed_the_most_frequent_first():
    texts = frame("A disgraceful ferry, a shameful ferry.", "Shameful harbour.", "A calm harbour.")
    table = language.words_of_texts(language.find(texts, NOBODY), texts)
    assert table.to_dict("records") == [
        {
            "article_id": "a",
            "channel": "evaluation",
            "voice": "own",
            "words": "shameful (2), disgraceful",
            "sentence_ids": ("a:s001", "a:s002"),
        }
    ]
