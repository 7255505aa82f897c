"""What 04 says of the five seeds, against what a reader finds in them."""

import re

import pandas as pd
import pytest

from helpers import ingestion, paths, tables, timeline, tone
from helpers.tone import language

SEEDS = paths.DATA / "seeds"


@pytest.fixture(scope="module")
def corpus():
    articles = ingestion.read_folder(SEEDS)["articles"]
    cut = ingestion.sentences(articles)
    quotes = ingestion.quote_table(articles, cut)
    sentences = ingestion.shares(cut, quotes, articles)
    credits = ingestion.credits(articles, sentences)
    return {"articles": articles, "sentences": sentences, "quotes": quotes, "credits": credits}


def timeline_of(articles, sentences, quotes, credits):
    """Tables `dates`, `tellings`, `events` and `conflicts`, as 04 makes and stores them."""
    found = timeline.expressions(sentences, articles)
    said = timeline.statements(sentences, found)
    said = timeline.anchored(said, sentences, articles, found, quotes)
    told = timeline.tell(said, sentences, articles, found)
    made = timeline.named(timeline.merge(told, sentences, credits), told, found)
    names = ("dates", "tellings", "events")
    dates, tellings, events = (tables.check(name, one) for name, one in zip(names, made, strict=True))
    differ = timeline.differences(tellings, dates, sentences, articles)
    return dates, tellings, events, tables.check("conflicts", differ)


@pytest.fixture(scope="module")
def made(corpus):
    return timeline_of(**corpus)


@pytest.fixture(scope="module")
def entries(made):
    """The events with `texts`, the numbers of the files that tell each, by `when`."""
    _, tellings, events, _ = made
    texts = tellings.article_id.str[:3].groupby(tellings.event_id).agg(lambda some: sorted(set(some)))
    return events.assign(texts=events.event_id.map(texts)).set_index("when")


def told(tellings, event_id):
    """Places (text, sentence) at which an entry is told."""
    rows = tellings[tellings.event_id == event_id]
    return {re.sub(r"_.*:", ":", one) for one in rows.sentence_id}


def test_the_reception_of_1999_is_dated_by_its_month(entries):
    entry = entries.loc["1999-07"]
    assert (entry.granularity, entry.basis, entry.texts) == ("month", "stated", ["003"])


def test_the_memorandum_is_one_entry_of_two_texts(entries):
    entry = entries.loc["2025-08-08"]
    assert (entry.kind, entry.granularity, entry.texts) == ("happened", "day", ["003", "004"])


def test_the_meeting_in_august_stays_an_entry_of_its_own(entries):
    entry = entries.loc["2025-08"]
    assert (entry.granularity, entry.texts) == ("month", ["002"])
    assert entry.event_id != entries.event_id["2025-08-08"]


def test_the_signing_is_told_by_all_five_texts_and_dated_by_two(made, entries):
    entry = entries.loc["2026-02-09 or 2026-02-10"]
    assert (entry.n_texts, entry.n_dated) == (5, 2)
    assert {"000:s001", "001:s001", "002:s002", "003:s005", "004:s001"} <= told(made[1], entry.event_id)


def test_the_day_of_the_signing_is_the_only_difference(made, entries):
    *_, differ = made
    row = differ.iloc[0]
    assert len(differ) == 1
    assert (row.kind, row.value_a, row.value_b) == ("date", "2026-02-09", "2026-02-10")
    assert (row.sentence_id_a[:3], row.sentence_id_b[:3]) == ("004", "003")
    assert row.event_id == entries.event_id["2026-02-09 or 2026-02-10"]


def test_what_is_due_three_months_after_the_signing_is_planned(entries):
    planned = entries[entries.kind == "planned"]
    assert planned.latest.dt.strftime("%Y-%m-%d").tolist() == ["2026-05-10"]
    assert planned.texts.tolist() == [["004"]]


def test_six_months_of_peace_are_a_state(entries):
    assert entries[entries.kind == "state"].texts.tolist() == [["001"]]


@pytest.mark.parametrize("text", ["Exactly six months later", "nearly 30 years ago"])
def test_an_amount_counted_from_another_day_is_no_entry(made, text):
    dates, *_ = made
    row = dates[dates.text == text]
    assert len(row) == 1
    assert row.event_id.isna().all()


def test_every_sentence_told_is_one_of_the_article_and_no_headline(made, corpus):
    _, tellings, *_ = made
    body = corpus["sentences"].set_index("sentence_id").query("paragraph > 0 and not heading")
    assert tellings.sentence_id.isin(body.index).all()


def test_days_outside_the_article_are_in_no_entry(made, corpus):
    """The pages' own days (header, footer, teasers) are on lines that 01 drops."""
    dates, *_ = made
    tables.check_links({"dates": dates, "sentences": corpus["sentences"]})
    text = corpus["articles"].set_index("article_id").text
    assert all(row.text in text[row.sentence_id.rsplit(":", 1)[0]] for row in dates.itertuples())


@pytest.fixture(scope="module")
def checks(corpus):
    running = tone.running(corpus["sentences"])
    spans = language.find(running, corpus["quotes"])
    found = timeline.told_differently(corpus["sentences"], corpus["quotes"], spans)
    return tables.check("checks", timeline.numbered(found))


@pytest.mark.parametrize(
    ("kind", "matter", "places"),
    [
        ("certainty", "patrol boats", [{"001:s011"}, {"002:s007"}]),
        ("speaker", "great honor", [{"000:s024"}, {"003:s045"}]),
        ("party", "nuclear energy", [{"000:s030", "002:s012"}, {"004:s011"}]),
    ],
)
def test_what_a_reader_should_check_is_found(checks, kind, matter, places):
    row = checks[(checks.kind == kind) & (checks.matter == matter)].iloc[0]
    found = [re.sub(r"_.*:", ":", one) for one in (row.sentence_id_a, row.sentence_id_b)]
    assert all(one in some for one, some in zip(sorted(found), places, strict=True))


def test_the_order_of_articles_and_rows_changes_nothing(corpus, made):
    mixed = {name: table.sample(frac=1, random_state=3) for name, table in corpus.items()}
    for one, other in zip(timeline_of(**mixed), made, strict=True):
        pd.testing.assert_frame_equal(one, other)
