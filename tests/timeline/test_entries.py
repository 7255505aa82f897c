import pandas as pd

from helpers import tables, timeline

CREDITS = pd.DataFrame(columns=["article_id", "sentence_id", "name", "kind", "scope", "via"], dtype="str")
SIGNED = "The charter was signed in the port on {} by both mayors."


def corpus(*said, published="2026-02-11"):
    """Tables of one-paragraph articles a, b, …, each a list of sentences."""
    rows = [
        (f"{article}:s{number:03d}", article, 1, text, len(text.split()))
        for article, texts in zip("abcdef", said, strict=False)
        for number, text in enumerate(texts, 1)
    ]
    sentences = pd.DataFrame(rows, columns=["sentence_id", "article_id", "paragraph", "text", "n_words"])
    articles = pd.DataFrame({"article_id": sentences.article_id.unique()})
    articles = articles.assign(published=pd.Timestamp(published), published_basis="dateline, year inferred")
    return sentences, articles


def line(*said, **options):
    sentences, articles = corpus(*said, **options)
    dates, events = timeline.merge(timeline.expressions(sentences, articles), sentences)
    events = timeline.count_origins(events, dates, CREDITS)
    return tables.check("dates", dates), tables.check("events", events)


def test_like_words_under_one_date_are_one_entry():
    _, events = line([SIGNED.format("9 February 2026")], [SIGNED.format("February 9, 2026")])
    assert events.n_texts.tolist() == [2]
    assert events.granularity.tolist() == ["day"]


def test_texts_that_credit_one_agency_are_one_origin():
    sentences, articles = corpus([SIGNED.format("9 February 2026")], [SIGNED.format("February 9, 2026")])
    dates, events = timeline.merge(timeline.expressions(sentences, articles), sentences)
    assert timeline.count_origins(events, dates, CREDITS).n_origins.tolist() == [2]
    named = {"sentence_id": ["a:s001", "b:s001"], "article_id": ["a", "b"], "name": "Reuters"}
    credits = pd.DataFrame(named | {"kind": "agency", "scope": "article", "via": None})
    assert timeline.count_origins(events, dates, credits).n_origins.tolist() == [1]


def test_a_date_alone_never_makes_two_statements_one():
    _, events = line(
        [SIGNED.format("9 February 2026")], ["A whale stranded north of town on 9 February 2026."]
    )
    assert events.n_texts.tolist() == [1, 1]


def test_like_words_under_two_dates_stay_two_entries():
    _, events = line([SIGNED.format("9 February 2026")], [SIGNED.format("10 February 2026")])
    assert events.n_texts.tolist() == [1, 1]


def test_entries_are_in_order_of_time_and_named_by_it():
    _, events = line(
        ["It closed in 2024, in March 2024 to be exact.", "It opened in July 1999 after long talks."]
    )
    assert events.event_id.tolist() == sorted(events.event_id)
    assert events.earliest.is_monotonic_increasing


def test_durations_approximations_and_unresolved_days_make_no_entry():
    dates, events = line(["It took six months.", "He said so nearly 30 years ago.", "It meets annually."])
    assert len(dates) == 3
    assert dates.anchor[1] == "approximate" and pd.isna(dates.earliest[1]) and pd.isna(dates.value[1])
    assert events.empty


def test_without_a_publication_day_relative_expressions_are_kept_but_date_nothing():
    dates, events = line(["The mayors signed it yesterday in the port."], published=None)
    assert dates.text.tolist() == ["yesterday"]
    assert dates.earliest.isna().all()
    assert events.empty


def test_the_dateline_dates_no_event():
    dates, _ = line(["PORT TOWN, Feb 10 (Agency) – The mayors signed it on Monday."])
    assert dates.text.tolist() == ["Monday"]


def test_a_fragment_is_told_with_the_sentence_after_it():
    _, events = line(["July 1999.", "The harbour was opened with much noise."])
    assert events.label.tolist() == ["July 1999. The harbour was opened with much noise."]


def test_an_entry_is_labelled_by_its_shortest_telling():
    short = SIGNED.format("9 February 2026")
    _, events = line([short.replace("charter", "long and solemn charter")], [short])
    assert events.label.tolist() == [short]


def test_tellers_are_the_articles_of_an_entry():
    dates, events = line([SIGNED.format("9 February 2026")], [SIGNED.format("9 February 2026")])
    assert timeline.tellers(dates, events).article_id.tolist() == ["a", "b"]


def test_a_long_sentence_is_cut_around_its_date():
    long = "word " * 60
    _, events = line([f"{long}they met on 9 February 2026 in the port {long}."])
    (label,) = events.label
    assert len(label) <= 190
    assert (
        label.startswith("… word") and "on 9 February 2026 in the port" in label and label.endswith("word …")
    )


def test_what_a_day_rests_on_is_told():
    dates, events = line(["They met on Monday, and again on 9 August 2025."])
    assert dates.anchor.tolist() == ["publication date (dateline)", "stated"]
    assert events.basis.tolist() == ["stated", "publication date (dateline)"]


def test_articles_that_date_nothing_give_empty_tables():
    for texts in (["Nothing is said of time here."], []):
        dates, events = line(texts)
        assert dates.empty and events.empty
