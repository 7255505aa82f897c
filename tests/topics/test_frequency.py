import pandas as pd
import pytest

from helpers import tables, topics

CODES = pd.DataFrame({"kind": "topic", "code": ["sea", "sky"]})


def corpus(*texts):
    """Tables of articles a, b, …: a list of paragraphs each, a paragraph being a list of sentences.

    A sentence that begins with "#" is a sub-heading.
    """
    rows, hits = [], []
    for article_id, paragraphs in zip("abc", texts, strict=False):
        number = 0
        for paragraph, said in enumerate([["A headline about the sea"], *paragraphs]):
            for text in said:
                rows.append((f"{article_id}:s{number:03d}", article_id, paragraph, text, len(text.split())))
                hits += [(rows[-1][0], "topic", "sea", "sea", text.index("sea"))] if "sea" in text else []
                number += 1
    sentences = pd.DataFrame(rows, columns=["sentence_id", "article_id", "paragraph", "text", "n_words"])
    sentences["heading"] = (sentences.paragraph == 0) | sentences.text.str.startswith("#")
    mentions = pd.DataFrame(hits, columns=["sentence_id", "kind", "code", "term", "start"])
    place = dict(zip(sentences.sentence_id, sentences.heading, strict=True))
    heading = mentions.sentence_id.map(place)
    mentions["place"] = "text"
    mentions.loc[heading, "place"] = "sub-heading"
    mentions.loc[mentions.sentence_id.str.endswith(":s000"), "place"] = "headline"
    return sentences, mentions.assign(end=mentions.start + 3)


def rates(*texts):
    return tables.check("rates", topics.rates(*corpus(*texts), CODES))


def test_headlines_and_sub_headings_are_not_counted_in_the_rates():
    table = rates([["the sea is here", "nothing"], ["# sea"], ["nothing at all"]]).set_index("code")
    sea = table.loc["sea"]
    assert (sea.mentions, sea.words, sea.sentences, sea.sentences_total) == (1, 8, 1, 3)
    assert sea.per_1000 == pytest.approx(125)
    assert sea.in_headline and sea.in_lead


def test_a_topic_that_does_not_occur_keeps_its_row():
    sky = rates([["the sea is here"]], [["nothing"]]).query("code == 'sky'")
    assert sky.mentions.tolist() == [0, 0]
    assert sky.share.tolist() == [0, 0]
    assert not sky.in_headline.any()


def test_the_interval_holds_the_rate():
    table = rates([["the sea", "a sea"], ["nothing"], ["x"], ["y"], ["z"]], [["y"]] * 4 + [["the sea"]])
    assert table.basis.eq(topics.frequency.BASIS).all()
    assert (table.per_1000_low <= table.per_1000).all() and (table.per_1000 <= table.per_1000_high).all()
    assert (table.share_low <= table.share).all() and (table.share <= table.share_high).all()


def test_an_article_of_few_paragraphs_has_rates_but_no_interval():
    table = rates([["the sea"]] * 4, [["the sea"]] * 5)
    few, enough = table[table.code == "sea"].itertuples()
    assert few.share == enough.share == 1
    assert pd.isna([few.share_low, few.per_1000_high]).all() and few.basis.startswith("too few paragraphs")
    assert pd.notna([enough.share_low, enough.per_1000_high]).all()


def test_a_topic_in_runs_has_a_wider_interval_than_one_that_is_scattered():
    runs = rates([["sea"] * 4, ["x"] * 4] * 3).query("code == 'sea'").iloc[0]
    scattered = rates([["sea", "sea", "x", "x"]] * 6).query("code == 'sea'").iloc[0]
    assert runs.share == scattered.share
    assert runs.share_high - runs.share_low > scattered.share_high - scattered.share_low
    assert runs.per_1000_high - runs.per_1000_low > scattered.per_1000_high - scattered.per_1000_low


def test_every_rate_names_the_mentions_it_was_counted_from():
    assert rates([["the sea"]]).evidence.iloc[0] == "mentions?kind=topic&code=sea&article_id=a&place=text"


def test_an_empty_codebook_gives_an_empty_table():
    assert tables.check("rates", topics.rates(*corpus([["the sea"]]), CODES.iloc[:0])).empty


def test_prominence_marks_headline_lead_and_below():
    table = rates([["x " * 12], ["the sea"]], [["the sea"]]).query("code == 'sea'")
    shown = topics.prominence(table.assign(label=table.code, article=table.article_id))
    assert shown.iloc[0].tolist() == ["sea", "headline", "headline, lead"]


def test_prominence_tells_below_from_not_at_all():
    table = rates([["x " * 12], ["the sea"]], [["y " * 12], ["nothing"]]).query("code == 'sea'")
    table = table.assign(label=table.code, article=table.article_id, in_headline=False)
    assert topics.prominence(table).iloc[0].tolist() == ["sea", "below", ""]


def test_frequent_words_are_ranked_by_articles_then_count():
    sentences = pd.DataFrame(
        {"article_id": ["a", "a", "b"], "text": ["boat boat boat", "the quay", "quay sea"]}
    )
    sentences["sentence_id"] = ["a:s001", "a:s002", "b:s001"]
    mentions = pd.DataFrame({"sentence_id": ["b:s001"], "start": [5], "end": [8]})
    assert topics.frequent_words(sentences, mentions).values.tolist() == [["quay", 2, 2], ["boat", 1, 3]]
