import pandas as pd
import pytest

from helpers import codebook, tables, topics
from helpers.paths import CorpusError

CODES = pd.DataFrame({"kind": "topic", "code": ["sea", "sky"]})


def corpus(*texts):
    """Tables of articles a, b, …: a list of paragraphs each, a paragraph being a list of sentences.

    A sentence that begins with "#" is a sub-heading.
    """
    rows, hits = [], []
    for article_id, paragraphs in zip("abcdefghijkl", texts, strict=False):
        number = 0
        for paragraph, said in enumerate([["A headline about the sea"], *paragraphs]):
            for text in said:
                rows.append((f"{article_id}:s{number:03d}", article_id, paragraph, text, len(text.split())))
                hits += [(rows[-1][0], "topic", "sea", "sea", text.index("sea"))] if "sea" in text else []
                number += 1
    sentences = pd.DataFrame(rows, columns=["sentence_id", "article_id", "paragraph", "text", "n_words"])
    sentences["start"] = 10 * sentences.groupby("article_id").cumcount()
    sentences["heading"] = (sentences.paragraph == 0) | sentences.text.str.startswith("#")
    mentions = pd.DataFrame(hits, columns=["sentence_id", "kind", "code", "term", "start"])
    place = dict(zip(sentences.sentence_id, sentences.heading, strict=True))
    heading = mentions.sentence_id.map(place)
    mentions["place"] = "text"
    mentions.loc[heading, "place"] = "sub-heading"
    mentions.loc[mentions.sentence_id.str.endswith(":s000"), "place"] = "headline"
    sentences["direct"] = sentences.text.str.startswith("“").astype(float)
    sentences["own"], sentences["indirect"] = 1 - sentences.direct, 0.0
    quoted = mentions.sentence_id.isin(sentences.sentence_id[sentences.direct > 0])
    mentions["voice"] = quoted.map({True: "direct", False: "own"})
    return sentences, mentions.assign(end=mentions.start + 3)


def rates(*texts, by=None, voices=("any",)):
    sentences, mentions = corpus(*texts)
    alone = {"article_id": pd.Series(dict.fromkeys(sentences.article_id), dtype="str")}
    alone["article_id"][:] = alone["article_id"].index
    found = tables.check("rates", topics.rates(sentences, mentions, CODES, by or alone, voices))
    return found.assign(article_id=found.group)


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
    assert pd.isna([few.share_low, few.per_1000_high]).all() and few.basis == topics.frequency.NO_BASIS
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
    assert tables.check("rates", topics.rates(*corpus([["the sea"]]), CODES.iloc[:0], {})).empty


def group(names):
    return {"outlet": pd.Series(list(names), list("abcdefghijkl")[: len(names)])}


def test_a_group_of_one_article_is_that_article():
    alone = rates([["the sea"]] * 5, [["x"]] * 5).query("code == 'sea' and group == 'a'").iloc[0]
    as_group = (
        rates([["the sea"]] * 5, [["x"]] * 5, by=group("XY")).query("code == 'sea' and group == 'X'").iloc[0]
    )
    assert as_group.basis == topics.frequency.BASIS and as_group.share_high == alone.share_high


def test_articles_of_a_group_are_points_and_weigh_the_same_whatever_their_length():
    table = rates([["the sea"]], [["x"], ["x"], ["x"]], by=group("XX")).query("code == 'sea'").iloc[0]
    assert (table.n_texts, table.share, table.sentences_total) == (2, 0.5, 4)
    assert pd.isna(table.share_low) and table.basis == "2 articles, each a point: too few for an interval"


def test_five_articles_of_a_group_have_a_t_interval():
    texts = [[["the sea"] * n + ["x"] * (4 - n)] for n in (1, 2, 2, 3, 2)]
    row = rates(*texts, by=group("XXXXX")).query("code == 'sea'").iloc[0]
    assert row.basis == "5 articles, each a point"
    assert (row.share, round(row.share_low, 3), round(row.share_high, 3)) == (0.5, 0.281, 0.719)


def test_no_interval_leaves_what_a_share_can_be():
    texts = [[["the sea"]], [["x"]], [["the sea"]], [["x"]], [["the sea"], ["x"]]]
    row = rates(*texts, by=group("XXXXX")).query("code == 'sea'").iloc[0]
    assert (row.share_low, row.share_high, row.per_1000_low) == (0, 1, 0)


def test_ten_articles_of_a_group_are_drawn_anew_as_wholes():
    texts = [[["the sea"]], [["x"]]] * 6
    row = rates(*texts, by=group("X" * 12)).query("code == 'sea'").iloc[0]
    assert row.basis == "12 articles, drawn anew as wholes"
    assert row.share == 0.5 and 0.15 < row.share_low < 0.3 and 0.7 < row.share_high < 0.85


def test_a_voice_is_counted_in_what_the_text_says_in_it():
    table = rates([["“the sea”", "nothing"], ["a sea, a sky"]], voices=("any", "own", "quoted"))
    sea = table[table.code == "sea"].set_index("voice")
    assert sea.words.to_dict() == {"any": 7, "own": 5, "quoted": 2}
    assert sea.mentions.to_dict() == {"any": 2, "own": 1, "quoted": 1}
    assert sea.sentences_total.to_dict() == {"any": 3, "own": 2, "quoted": 1}


def test_an_article_without_a_word_in_a_voice_has_no_row_in_it():
    table = rates([["“the sea”"]], [["the sea"]], voices=("quoted",))
    assert table.group.unique().tolist() == ["a"]


def test_a_corpus_that_quotes_nobody_has_no_row_of_quoted_speech():
    table = rates([["the sea"]], [["x"]], voices=("own", "quoted"))
    assert table.voice.unique().tolist() == ["own"]


def test_the_first_mention_is_placed_in_the_text():
    row = rates([["one two three"], ["four the sea"]]).query("code == 'sea'").iloc[0]
    assert row["first"] == 0.5


ARTICLES = pd.DataFrame(
    {
        "article_id": ["a", "b", "c"],
        "outlet": ["Quay", None, "Quay"],
        "genre": ["news", "news", "opinion"],
        "published": pd.to_datetime(["2026-02-09", "2026-02-10", None]),
    }
)
FIELDS = pd.DataFrame({"article_id": ["a", "c"], "field": "lean", "value": "left", "in_force": True})


@pytest.mark.parametrize(
    ("by", "within", "expected"),
    [
        ("article_id", True, ["a", "b", "c"]),
        ("outlet", False, ["Quay", "b", "Quay"]),
        ("outlet", True, ["a", "b", "c"]),
        ("genre", True, ["news", "news", "c"]),
        ("month", False, ["2026-02", "2026-02", "c"]),
        ("week", False, ["2026-W07", "2026-W07", "c"]),
        ("lean", False, ["left", "b", "left"]),
    ],
)
def test_articles_are_grouped_by_columns_periods_and_what_a_manifest_states(by, within, expected):
    assert topics.groups(ARTICLES, FIELDS, by, within).tolist() == expected


def test_what_articles_cannot_be_grouped_by_is_refused_with_what_they_can():
    with pytest.raises(CorpusError, match="by 'leaning'. They can by: article_id, outlet, .*year, lean"):
        topics.groups(ARTICLES, FIELDS, "leaning")


def test_the_term_on_which_the_order_of_texts_hangs_is_found():
    book = {"label": "Sea", "terms": ["sea", "the sea", "water"]}
    book = codebook.Codebook.model_validate(
        {"topics": {"sea": book, "sky": {"label": "Sky", "terms": ["sky"]}}}
    )
    sentences, _ = corpus([["the sea", "the sea"]], [["water water", "water"]], [["x", "x"]])
    mentions = codebook.match(sentences[sentences.paragraph > 0], book).assign(voice="own")
    by = {"article_id": pd.Series(list("abc"), list("abc"))}
    table = topics.rates(sentences, mentions, CODES, by, ("any",))
    (row,) = topics.sensitivity(table, mentions, sentences, book.frame()).itertuples()
    assert (row.code, row.terms, row.term, row.mentions, row.holds) == ("sea", 2, "water", 3, False)
    assert row.tau == pytest.approx(0, abs=0.5)


def test_a_shorter_term_takes_the_place_of_one_that_is_left_out():
    book = codebook.Codebook.model_validate(
        {"topics": {"sea": {"label": "Sea", "terms": ["sea", "the sea"]}}}
    )
    sentences, _ = corpus([["the sea", "the sea"]], [["sea", "x"]], [["x", "x"]])
    mentions = codebook.match(sentences[sentences.paragraph > 0], book).assign(voice="own")
    by = {"article_id": pd.Series(list("abc"), list("abc"))}
    table = topics.rates(sentences, mentions, CODES.iloc[:1], by, ("any",))
    (row,) = topics.sensitivity(table, mentions, sentences, book.frame()).itertuples()
    assert row.term == "sea" and row.holds  # without "the sea" nothing changes


def test_half_a_sentence_in_a_voice_is_half_its_words():
    sentences, mentions = corpus([["the sea is here"]])
    sentences = sentences.assign(own=0.5, direct=0.5)
    by = {"article_id": pd.Series(["a"], ["a"])}
    table = topics.rates(sentences, mentions, CODES, by).query("code == 'sea'").set_index("voice")
    assert table.words.to_dict() == {"any": 4, "own": 2, "quoted": 2}


def test_nine_articles_are_points_and_ten_are_drawn():
    texts = [[["the sea"]], [["x"]]] * 5
    assert rates(*texts[:9], by=group("X" * 9)).basis.iloc[0] == "9 articles, each a point"
    assert rates(*texts, by=group("X" * 10)).basis.iloc[0] == "10 articles, drawn anew as wholes"


def test_a_topic_that_no_text_of_a_group_has_no_interval():
    row = rates(*[[["x"]]] * 12, by=group("X" * 12)).query("code == 'sea'").iloc[0]
    assert row.share == 0 and pd.isna([row.share_low, row.share_high]).all()


def test_a_group_is_never_called_like_an_article():
    stated = pd.DataFrame({"article_id": ["b", "c"], "field": "lean", "value": "a", "in_force": True})
    assert topics.groups(ARTICLES, stated, "lean", False).tolist() == [
        "a",
        "a (several texts)",
        "a (several texts)",
    ]
