import pandas as pd

from helpers import topics

NAMES = pd.Series({"a": "a Paper"})


def test_leads_run_on_until_they_say_something():
    sentences = pd.DataFrame(
        {
            "sentence_id": ["a:s000", "a:s001", "a:s002", "a:s003", "a:s004"],
            "article_id": "a",
            "paragraph": [0, 1, 2, 2, 2],
            "heading": [True, True, False, False, False],
            "text": ["Headline", "Sub-heading", "July 1999.", "It was opened.", "Later."],
            "n_words": [1, 1, 2, 9, 1],
        }
    )
    article = pd.DataFrame({"article_id": ["a"], "title": ["Headline"], "subtitle": [None]})
    table = topics.openings(article, sentences, NAMES)
    assert table.values.tolist() == [["a Paper", "Headline", "July 1999. It was opened. Later."]]
    table = topics.openings(article.assign(subtitle="In short."), sentences, NAMES)
    assert table["summary above the text"].tolist() == ["In short."]


def rates(**columns):
    row = {"label": "Sea", "article": "a", "n_texts": 1, "mentions": 1, "in_headline": 0, "in_lead": 0}
    return pd.DataFrame([row | {"first": 0.4} | columns])


def test_what_stands_above_is_told_before_how_far_down():
    assert topics.prominence(rates(in_headline=1, in_lead=1)).a[0] == "headline, lead"
    assert topics.prominence(rates()).a[0] == "from 40%"
    assert topics.prominence(rates(mentions=0)).a[0] == ""


def test_of_a_group_it_is_told_how_many_have_it_above():
    assert topics.prominence(rates(n_texts=5, in_lead=2)).a[0] == "lead in 2 of 5"
