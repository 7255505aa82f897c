"""What the rules say of small tables, and the words they must never use."""

import re

import pandas as pd

from helpers import briefing, tables

BANNED = re.compile(
    r"\b(bias\w*|omit\w*|hid(e|es|ing)|admit\w*|confirm\w*|corroborat\w*|prov(e|es|en|ing)|propagand\w*)\b",
    re.I,
)
NAMES = pd.Series({"a": "a Paper", "b": "b (no outlet stated)", "c": "c Other"})


def articles(**columns):
    base = {
        "article_id": ["a", "b", "c"],
        "outlet": ["Paper", None, "Other"],
        "genre": ["news", "news", "analysis"],
        "published": pd.to_datetime(["2026-02-10", None, "2026-02-11"]),
        "lang": ["en", "en", "en"],
    }
    return pd.DataFrame(base | columns)


def rate(code, article_id, mentions, in_headline=False):
    share = mentions / 10
    evidence = f"mentions?kind=topic&code={code}&article_id={article_id}"
    return ("topic", code, article_id, mentions, share, in_headline, evidence)


RATES = pd.DataFrame(
    [
        *(rate("all", article, n) for article, n in zip("abc", (1, 2, 3), strict=True)),
        *(rate("some", article, n) for article, n in zip("abc", (1, 0, 3), strict=True)),
        *(rate("one", article, n) for article, n in zip("abc", (0, 0, 1), strict=True)),
        *(rate("none", article, 0) for article in "abc"),
        *(rate("headline", article, 0, article == "a") for article in "abc"),
    ],
    columns=["kind", "code", "article_id", "mentions", "share", "in_headline", "evidence"],
)
TITLES = {("topic", code): code.capitalize() for code in RATES.code}
EVENTS = pd.DataFrame(
    {
        "earliest": pd.to_datetime(["2025-08-08", "2026-02-01"]),
        "latest": pd.to_datetime(["2025-08-08", "2026-02-28"]),
        "label": ["The memorandum was signed.", "A meeting."],
        "n_texts": [2, 1],
        "evidence": ["dates?event_id=e001", "dates?event_id=e002"],
    }
)
FILES = pd.DataFrame({"file": ["a.txt", "x.pdf"], "status": ["read", "skipped"]})
APART = pd.DataFrame({"low_id": ["a"], "high_id": ["c"]})


ARTICLES = articles()


def findings(articles=ARTICLES, rates=RATES, events=EVENTS, apart=APART):
    stored = {"files": FILES, "articles": articles, "rates": rates, "events": events}
    return tables.check("findings", briefing.compose(stored, NAMES, TITLES, apart))


def said(group, **parts):
    table = findings(**parts)
    return table[table.group == group].text.tolist()


def test_the_corpus_is_described_with_its_gaps():
    assert said("The corpus") == [
        "3 articles of 2 named outlets; 1 article names none.",
        "Genres: 1 analysis, 2 news. Every comparison here mixes them; read it in view of that.",
        "Published from 2026-02-10 to 2026-02-11; 1 article gives no date.",
        "Not read: x.pdf. 01 says why.",
    ]


def test_an_article_in_another_language_is_named():
    (text,) = [
        text for text in said("The corpus", articles=articles(lang=["en", "de", None])) if "language" in text
    ]
    assert text.endswith("not counted, scored or dated: b (no outlet stated) and c Other.")


def test_each_topic_stands_in_the_group_its_counts_put_it_in():
    assert said("What all texts mention") == ["All: 10% to 30% of a text’s sentences."]
    assert said("What some texts mention") == [
        "Some: a Paper and c Other; not mentioned in b (no outlet stated)."
    ]
    assert said("What no text mentions") == ["None: no text mentions it."]
    assert "One: c Other alone, 1 mention." in said("What one text alone mentions")


def test_a_topic_that_only_a_headline_mentions_is_mentioned():
    assert "Headline: a Paper alone, in the headline only." in said("What one text alone mentions")


def test_a_finding_leads_to_the_mentions_of_the_texts_it_names():
    table = findings().set_index("text")
    assert table.evidence["Some: a Paper and c Other; not mentioned in b (no outlet stated)."].split() == [
        "mentions?kind=topic&code=some&article_id=a",
        "mentions?kind=topic&code=some&article_id=c",
    ]


def test_a_difference_in_tone_names_the_genres_it_mixes_and_gives_no_verdict():
    (text,) = said("Tone")
    assert "c Other uses more favourable words than a Paper (analysis against news)" in text
    assert text.endswith("sentences to read, not a verdict.")


def test_no_difference_in_tone_is_a_finding():
    assert said("Tone", apart=APART.iloc[:0]) == ["By a word list, no two texts can be told apart in tone."]


def test_dates_told_by_two_texts_are_listed():
    assert said("Dates") == [
        "The texts hold 2 dated entries, 1 of them in more than one text.",
        "2025-08-08, in 2 texts: “The memorandum was signed.”",
    ]


def test_a_corpus_that_shows_nothing_says_so():
    table = findings(
        articles(published=pd.to_datetime([None] * 3)), RATES.iloc[:0], EVENTS.iloc[:0], APART.iloc[:0]
    )
    texts = " ".join(table.text)
    assert "No article gives a publication date" in texts
    assert "no codebook" in texts
    assert "The texts hold no dated entries." in texts


def test_the_words_that_judge_are_never_used():
    for table in (findings(), findings(rates=RATES.iloc[:0]), findings(apart=APART.iloc[:0])):
        assert not [text for text in table.text if BANNED.search(text)]


def test_leads_run_on_until_they_say_something():
    sentences = pd.DataFrame(
        {
            "sentence_id": ["a:s000", "a:s001", "a:s002", "a:s003", "a:s004"],
            "article_id": "a",
            "paragraph": [0, 1, 2, 2, 2],
            "heading": [True, True, False, False, False],
            "text": ["Headline", "Sub-heading", "July 1999.", "It was opened.", "Later."],
            "n_words": [1, 1, 2, 11, 1],
        }
    )
    table = briefing.openings(pd.DataFrame({"article_id": ["a"], "title": ["Headline"]}), sentences, NAMES)
    assert table.values.tolist() == [["a Paper", "Headline", "July 1999. It was opened."]]
