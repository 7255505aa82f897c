import hypothesis.strategies as st
import pandas as pd
import pytest
from hypothesis import given, settings

from helpers import ingestion, tables
from helpers.timeline.times import day_first, expressions, located

PUBLISHED = "2026-02-11"  # a Wednesday


def corpus(*texts, published=PUBLISHED, basis="manifest", url=None, title="Trouble in port"):
    """Tables `sentences` and `articles` of texts a0, a1, …"""
    ids = [f"a{number}" for number in range(len(texts))]
    articles = pd.DataFrame({"article_id": ids, "text": texts}, dtype="str")
    articles = articles.assign(title=title, lang="en", published=pd.Timestamp(published))
    articles = articles.assign(published_basis=basis, url=url)
    return ingestion.sentences(articles), articles


def found(*texts, **options):
    """Article, text and value of each expression."""
    table = expressions(*corpus(*texts, **options))
    return [(row.sentence_id[:2], row.text, row.value) for row in table.itertuples()]


def test_the_table_is_what_dates_must_be_but_for_the_event():
    sentences, articles = corpus("The pier fell on Monday.", "It stood since July 1999.")
    dates = tables.check("dates", expressions(sentences, articles).assign(event_id=None))
    tables.check_links({"sentences": sentences, "dates": dates})
    assert dates.value.tolist() == ["2026-02-09", "1999-07"]


def test_a_headline_dates_the_report_and_no_event():
    assert found("The pier fell.", title="Storm of 9 February 2026") == []


def test_a_dateline_is_no_expression_and_what_follows_it_is():
    assert found("PORT ELLERY, Feb 10 (Coast News) – The pier fell on Monday.") == [
        ("a0", "Monday", "2026-02-09")
    ]


def test_only_the_first_paragraph_has_a_dateline():
    again = "PORT ELLERY, Feb 10 (Coast News) – The pier fell."
    assert found(f"It rained.\n\n{again}") == [("a0", "Feb 10", "2026-02-10")]


def test_what_hangs_on_publication_says_what_that_day_rests_on():
    dates = expressions(*corpus("It fell on Monday, as in May 2019.", basis="page header, the third line"))
    assert dates.anchor.tolist() == ["publication date (page header)", "stated"]


def test_without_a_day_of_publication_only_stated_days_are_resolved():
    dates = expressions(*corpus("It fell on Monday, as in May 2019.", published=None))
    assert dates.value.fillna("").tolist() == ["", "2019-05"]
    assert dates.anchor.tolist() == ["none", "stated"]


def test_a_day_later_is_counted_from_a_day_in_a_sentence_before():
    assert found("It fell on 3 May 2024. A day later it rained.")[1][2] == "2024-05-04"


def test_one_article_lends_another_no_day_to_count_from():
    dates = expressions(*corpus("It fell on 3 May 2024.", "A day later it rained.", published=None))
    assert dates.earliest.notna().tolist() == [True, False]


@pytest.mark.parametrize(
    ("url", "value"), [("https://news.example.uk/1", "2025-03-02"), ("https://x.example.us", "2025-02-03")]
)
def test_a_country_domain_tells_how_numeric_dates_are_read(url, value):
    assert found("It fell on 2/3/2025.", url=url)[0][2] == value


@pytest.mark.parametrize(
    "url", ["https://example.com", "https://example.io/", "https://[x", "", None, float("nan")]
)
def test_an_address_without_a_country_tells_nothing(url):
    assert day_first(url) is None


@pytest.mark.parametrize("ending", ["us", "gov", "mil"])
def test_pages_of_the_united_states_write_the_month_first(ending):
    assert day_first(f"http://port.{ending}:80/x") is False


def test_places_are_those_in_the_sentence():
    texts = ["It fell in May 2019.", "Then, in June 2020, it stood."]
    assert [texts[n][e.start : e.end] for n, part in enumerate(located(texts, None)) for e in part] == [
        "May 2019",
        "June 2020",
    ]


def test_no_expression_spans_two_sentences():
    assert all(e.end <= len("It fell on 9") for e in located(["It fell on 9", "February 2026."], None)[0])


def test_the_order_of_rows_and_articles_changes_nothing():
    sentences, articles = corpus("It fell on 3 May 2024. A day later it rained.", "Divers came on Monday.")
    first = expressions(sentences, articles)
    pd.testing.assert_frame_equal(expressions(sentences[::-1], articles[::-1]), first)


def test_no_sentences_have_no_expressions():
    sentences, articles = corpus("It fell on Monday.")
    none = expressions(sentences[:0], articles[:0])
    assert tables.check("dates", none.assign(event_id=None)).empty


FAR = ["29 February", "29 February 2023", "Feb 29, 2024", "a year ago", "ten thousand years ago", "next year"]
FAR += ["in 0999", "in 9999", "on 31 December 9999", "a day later", "tomorrow", "yesterday", "last century"]


@pytest.mark.parametrize("published", ["2024-02-29", "0999-03-01", "9999-12-31", None])
@settings(deadline=None, max_examples=15)
@given(
    st.lists(
        st.sampled_from(FAR),
        max_size=5,
    )
)
def test_no_day_is_so_far_away_that_it_stops_the_table(published, said):
    text = " ".join(f"The pier fell {when}." for when in said) or "It fell."
    dates = expressions(*corpus(text, published=published))
    tables.check("dates", dates.assign(event_id=None))
