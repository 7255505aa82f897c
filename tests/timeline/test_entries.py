import hypothesis.strategies as st
import pandas as pd
import pytest
from hypothesis import given, settings

from helpers import ingestion, tables, timeline

COLLAPSE = "The old pier of Port Ellery collapsed in the storm on {}."
COARSER = "In {} the old pier of Port Ellery collapsed in the storm."
UNDATED = "Here the old pier of Port Ellery collapsed in the storm."


def corpus(*texts, published="2026-02-11"):
    """Tables `sentences`, `articles`, `quotes` and `credits` of texts a0, a1, …"""
    days = published if isinstance(published, list) else [published] * len(texts)
    ids = [f"a{number}" for number in range(len(texts))]
    articles = pd.DataFrame({"article_id": ids, "text": texts}, dtype="str")
    articles = articles.assign(title="Trouble in port", lang="en", outlet=None, url=None)
    articles = articles.assign(
        published=pd.to_datetime(pd.Series(days), format="%Y-%m-%d"), published_basis="manifest"
    )
    cut = ingestion.sentences(articles)
    quotes = ingestion.quote_table(articles, cut)
    sentences = ingestion.shares(cut, quotes, articles)
    return sentences, articles, quotes, ingestion.credits(articles, sentences)


def chain(sentences, articles, quotes, credits):
    """Tables `dates`, `tellings`, `events` and `conflicts`, checked as they are stored."""
    found = timeline.expressions(sentences, articles)
    said = timeline.statements(sentences, found)
    said = timeline.anchored(said, sentences, articles, found, quotes)
    told = timeline.tell(said, sentences, articles, found)
    made = dict(
        zip(
            ("dates", "tellings", "events"),
            timeline.named(timeline.merge(told, sentences, credits), told, found),
            strict=True,
        )
    )
    made["conflicts"] = timeline.differences(made["tellings"], made["dates"], sentences, articles)
    checked = {name: tables.check(name, table) for name, table in made.items()}
    tables.check_links({"sentences": sentences, **checked})
    return checked


def entries(*texts, **options):
    """Of each entry its days, kind, and the texts that tell it."""
    made = chain(*corpus(*texts, **options))
    texts = made["tellings"].article_id.groupby(made["tellings"].event_id).agg(lambda some: sorted(set(some)))
    return [(row.when, row.kind, texts[row.event_id]) for row in made["events"].itertuples()]


def test_one_event_of_two_texts_is_one_entry():
    dated = COLLAPSE.format("Monday")
    assert entries(dated, dated) == [("2026-02-09", "happened", ["a0", "a1"])]


def test_one_day_alone_makes_no_two_events_one():
    other = "The council of Moss Sound voted on the ferry on Monday."
    assert [texts for *_, texts in entries(COLLAPSE.format("Monday"), other)] == [["a1"], ["a0"]]


def test_a_coarser_date_that_contains_the_day_is_of_the_same_event():
    texts = COLLAPSE.format("9 February 2026"), COARSER.format("February 2026")
    assert entries(*texts) == [("2026-02-09", "happened", ["a0", "a1"])]
    assert chain(*corpus(*texts))["conflicts"].empty


def test_a_coarser_date_that_does_not_contain_the_day_is_of_another_event():
    texts = COLLAPSE.format("9 February 2026"), COARSER.format("March 2025")
    assert [when for when, *_ in entries(*texts)] == ["2025-03", "2026-02-09"]


def test_texts_that_date_one_event_differently_share_an_entry_and_neither_day_is_lost():
    made = chain(*corpus(COLLAPSE.format("Monday"), COLLAPSE.format("Tuesday")))
    entry = made["events"].iloc[0]
    assert entry.when == "2026-02-09 or 2026-02-10"
    assert (entry.earliest, entry.latest) == (pd.Timestamp("2026-02-09"), pd.Timestamp("2026-02-10"))
    assert made["conflicts"][["kind", "value_a", "value_b"]].values.tolist() == [
        ["date", "2026-02-09", "2026-02-10"]
    ]


def test_a_day_in_a_fragment_can_differ_from_another_texts():
    fragment = "9 February 2026. The old pier of Port Ellery collapsed in the storm."
    made = chain(*corpus(fragment, COLLAPSE.format("10 February 2026")))
    assert made["events"].when.tolist() == ["2026-02-09 or 2026-02-10"]


def test_a_text_without_a_day_tells_the_entry_of_one_with():
    entry = chain(*corpus(COLLAPSE.format("Monday"), UNDATED))["events"].iloc[0]
    assert (entry.n_texts, entry.n_dated) == (2, 1)


def test_what_several_texts_tell_and_none_dates_is_an_entry_without_a_day():
    assert entries(UNDATED, UNDATED) == [("no day given", "happened", ["a0", "a1"])]


def test_what_one_text_tells_without_a_day_is_no_entry():
    assert entries(UNDATED) == []


def test_three_months_after_the_signing_are_planned():
    text = (
        "The yard signed a charter on Monday. Within three months of signing, the port will open a new pier."
    )
    assert entries(text) == [
        ("2026-02-09", "happened", ["a0"]),
        ("2026-02-09 to 2026-05-09", "planned", ["a0"]),
    ]


def test_months_of_peace_are_a_state():
    assert entries("The towns have kept six months of peaceful coexistence.") == [
        ("2025-08-11 to 2026-02-11", "state", ["a0"])
    ]


def test_a_time_to_come_is_planned():
    assert entries("The port will open a pier on 3 May 2026.") == [("2026-05-03", "planned", ["a0"])]


@pytest.mark.parametrize("when", ["Nearly 30 years ago,", "Six months later,"])
def test_an_amount_of_time_before_or_after_makes_no_entry(when):
    text = f"The yard signed a charter on 8 August 2025. {when} the port opened a pier."
    assert [days for days, *_ in entries(text)] == ["2025-08-08"]


def test_the_label_is_the_texts_own_words_around_the_first_dated_telling():
    entry = chain(*corpus(UNDATED, "It rained. " + COLLAPSE.format("Monday")))["events"].iloc[0]
    assert entry.label == COLLAPSE.format("Monday")
    long = "It rained, " * 30 + COLLAPSE.format("Monday")
    label = chain(*corpus(long))["events"].label.iloc[0]
    assert (
        label.startswith("… ") and label.endswith("collapsed in the storm on Monday.") and len(label) <= 182
    )


def test_the_basis_of_each_day_is_kept():
    made = chain(*corpus(COLLAPSE.format("9 February 2026"), COLLAPSE.format("Monday"), UNDATED))
    assert made["events"].basis.tolist() == ["publication date (manifest); stated"]
    assert sorted(made["tellings"].basis) == ["expression", "expression", "publication date"]
    assert made["tellings"].expression.dropna().tolist() == ["9 February 2026", "Monday"]


def test_named_origins_and_texts_that_name_none_are_counted_apart():
    said = COLLAPSE.format("Monday")[:-1] + ", Una Moor said."
    entry = chain(*corpus(said, said, COLLAPSE.format("Monday")))["events"].iloc[0]
    assert (entry.n_texts, entry.n_origins, entry.n_unnamed) == (3, 1, 1)


def test_what_is_quoted_or_reported_is_told_in_the_speakers_voice():
    text = "“The old pier collapsed on Monday,” said Una Moor. The port closed on Tuesday."
    told = chain(*corpus(text))["tellings"].set_index("word")
    assert told.voice.to_dict() == {"collapsed": "quoted", "closed": "own"}
    assert told.speaker.fillna("").to_dict() == {"collapsed": "Una Moor", "closed": ""}


def test_an_expression_knows_the_entry_that_it_dates():
    made = chain(*corpus(COLLAPSE.format("Monday") + " It costs more than nearly 30 years ago."))
    assert made["dates"].event_id.fillna("").tolist() == ["e001", ""]


def test_entries_are_numbered_in_order_of_time_and_those_without_a_day_come_last():
    text = "The port opened a pier on 3 May 2019. The mayor closed a quay on 4 June 2018. "
    events = chain(*corpus(text + UNDATED, UNDATED))["events"]
    assert events.event_id.tolist() == ["e001", "e002", "e003"]
    assert events.when.tolist() == ["2018-06-04", "2019-05-03", "no day given"]


TEXTS = [
    COLLAPSE.format("Monday"),
    COLLAPSE.format("Tuesday"),
    f"Rain fell on Sunday. Fog. {UNDATED}",
    "July 1999. The port closed. Rain.",
]


@settings(deadline=None, max_examples=6)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(random):
    given = corpus(*TEXTS)
    mixed = [table.sample(frac=1, random_state=random.randrange(99)) for table in given]
    first = chain(*given)
    for name, table in chain(*mixed).items():
        pd.testing.assert_frame_equal(table, first[name])


@pytest.mark.parametrize("texts", [["Rain. Fog."], [UNDATED], ["It costs more than nearly 30 years ago."]])
def test_a_text_that_tells_nothing_has_empty_tables(texts):
    made = chain(*corpus(*texts))
    assert made["events"].empty and made["tellings"].empty and made["conflicts"].empty


def test_no_articles_have_empty_tables():
    assert all(table.empty for table in chain(*(table[:0] for table in corpus(UNDATED))).values())


def test_texts_without_a_day_of_publication_tell_only_days_stated_in_full():
    stated, relative = COLLAPSE.format("9 February 2026"), COLLAPSE.format("Monday")
    assert entries(stated, relative, published=None) == [("2026-02-09", "happened", ["a0", "a1"])]
    assert chain(*corpus(stated, relative, published=None))["events"].n_dated.tolist() == [1]
    assert entries(relative, published=None) == []
    assert entries("Within three months, the port will open a pier.", published=None) == []


@pytest.mark.parametrize("published", ["2024-02-29", "0999-03-01", "9999-12-31"])
@pytest.mark.parametrize(
    "text",
    [
        "The pier fell on 29 February. Within three months of falling, it will open.",
        "The towns have kept 6000 years of peace.",
        "The port will open within 9000 years.",
        "The port will open within 999999999999 days.",
        "The pier was opened in 0999 and will be closed in 9999.",
    ],
)
def test_no_day_is_too_far_away(published, text):
    chain(*corpus(text, UNDATED, published=published))
