import hypothesis.strategies as st
import pandas as pd
import pytest
from hypothesis import given, settings

from helpers import ingestion
from helpers.timeline.telling import event_words, statements
from helpers.timeline.times import expressions


def told(text, *times):
    """The event words of a sentence: each with the expression that dates it, of those given, or None."""
    spans = [[text.index(one), text.index(one) + len(one)] for one in times]
    of = {start: text[start:end] for start, end in spans}
    return [(text[start:end], of.get(dated)) for start, end, dated in event_words(text, spans)]


def dated(text, *times):
    """What each expression dates."""
    return {time: word for word, time in told(text, *times) if time}


def corpus(*texts, published="2026-02-11", title="Pier collapsed on Monday"):
    """Tables `sentences` and `dates` of texts a0, a1, …"""
    ids = [f"a{number}" for number in range(len(texts))]
    articles = pd.DataFrame({"article_id": ids, "text": texts}, dtype="str")
    articles = articles.assign(title=title, lang="en", published=pd.Timestamp(published))
    sentences = ingestion.sentences(articles)
    return sentences, expressions(sentences, articles.assign(published_basis="manifest", url=None))


def found(*texts, **options):
    """Sentence, word and where the expression stands that dates it, of each statement."""
    table = statements(*corpus(*texts, **options))
    return list(zip(table.sentence_id, table.word, table.said_in.fillna(""), strict=True))


def test_each_clause_keeps_its_own_time():
    text = "The ferry sank on Sunday, and divers raised it on Tuesday."
    assert told(text, "Sunday", "Tuesday") == [("sank", "Sunday"), ("raised", "Tuesday")]


def test_a_time_dates_the_verb_of_its_clause_and_not_a_nearer_one_outside():
    text = "The mayor opened the pier on Monday, which was closed."
    assert dated(text, "Monday") == {"Monday": "opened"}


def test_a_time_at_the_beginning_dates_the_clause_after_it():
    text = "On Monday, the port opened a quay that the yard had closed."
    assert dated(text, "Monday") == {"Monday": "opened"}


def test_what_is_owned_by_a_day_is_dated_by_it():
    assert dated("The mayor spoke at Friday's boat show launch.", "Friday") == {"Friday": "launch"}
    assert dated("The mayor spoke at Friday's attack trial.", "Friday") == {"Friday": "trial"}


def test_when_after_a_time_says_what_happened_then():
    text = "The port looked back to May 1999, when the charter was signed."
    assert dated(text, "May 1999") == {"May 1999": "signed"}


def test_of_something_that_took_place_the_noun_is_told():
    assert dated("The signing took place on Monday.", "Monday") == {"Monday": "signing"}
    assert dated("It happened on Monday.", "Monday") == {"Monday": "happened"}


def test_a_plan_leaves_the_day_to_what_is_planned():
    text = "The port plans to close the pier on Monday."
    assert dated(text, "Monday") == {"Monday": "close"}


def test_two_times_date_two_words_as_far_as_there_are_two():
    text = "The port closed it in 2019 and 2020{}."
    assert told(text.format(" after the storm"), "2019", "2020") == [("closed", "2019"), ("storm", "2020")]
    assert told(text.format(""), "2019", "2020") == [("closed", "2019")]


def test_a_past_act_is_told_also_without_a_time():
    assert told("The mayor opened a pier, which is old.") == [("opened", None)]


@pytest.mark.parametrize("text", ["They say the pier opens.", "The pier is old.", "A storm may come.", ""])
def test_without_a_time_only_past_acts_are_told(text):
    assert told(text) == []


def test_an_unlisted_verb_in_ed_is_told():
    assert told("They sprocketed the pier.") == [("sprocketed", None)]


def test_a_name_and_a_turn_of_phrase_are_no_event_words():
    assert told("The Opened House was old in the wake of Monday.", "Monday") == [("was", "Monday")]


def test_a_sentence_without_an_event_word_dates_nothing():
    assert told("A grey Monday.", "Monday") == []


def test_headings_tell_nothing():
    assert found("The mayor closed the pier.") == [("a0:s001", "closed", "")]


def test_a_date_alone_dates_what_the_next_sentence_tells_first():
    assert found("July 1999. The mayor closed the pier and opened a quay.") == [
        ("a0:s002", "closed", "a0:s001"),
        ("a0:s002", "opened", ""),
    ]


def test_a_date_alone_dates_no_later_sentence_and_no_other_article():
    assert found("July 1999. It is grey. The mayor closed the pier.") == [("a0:s003", "closed", "")]
    assert found("July 1999.", "The mayor closed the pier.") == [("a1:s001", "closed", "")]


def test_what_a_duration_is_counted_from_is_not_dated_by_it():
    said = found("Within three months of signing, the port will open it.")
    assert said == [("a0:s001", "open", "a0:s001")]


def test_every_time_finds_its_place_in_the_table():
    sentences, dates = corpus("The ferry sank on Sunday, and divers raised it on Tuesday.")
    table = statements(sentences, dates)
    text = sentences.set_index("sentence_id").text
    assert [text[row.sentence_id][row.start : row.end] for row in table.itertuples()] == ["sank", "raised"]
    assert table.dated.tolist() == dates.start.tolist()


def test_the_order_of_rows_changes_nothing():
    sentences, dates = corpus(
        "July 1999. The pier was closed. On Monday it was opened.", "It sank in May 2019."
    )
    first = statements(sentences, dates)
    assert len(first) == 3
    pd.testing.assert_frame_equal(statements(sentences[::-1], dates[::-1]), first)


def test_no_sentences_and_no_dates_tell_nothing():
    sentences, dates = corpus("The pier was closed on Monday.")
    full = statements(sentences, dates)
    assert statements(sentences, dates[:0]).said_in.isna().all()
    assert statements(sentences[:0], dates[:0]).columns.equals(full.columns)


WORDS = "the pier was closed opened on Monday , in 2019 when who’s Friday’s said that “we plan to leave” — ."


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=12))
def test_event_words_are_words_of_the_sentence_and_times_date_one_each(words):
    text = " ".join(words)
    times = [[at, at + 6] for at in range(len(text)) if text.startswith("Monday", at)]
    found = event_words(text, times)
    assert all(text[start:end].isalpha() for start, end, _ in found)
    dating = [dated for *_, dated in found if dated is not None]
    assert len({*dating}) == len(dating) and {*dating} <= {start for start, _ in times}
