import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import paths
from helpers.ingestion import (
    by_article,
    heard,
    mention_voices,
    placed,
    quote_table,
    read_folder,
    sentences,
    shares,
    unsettled,
    voice_scores,
)

TEXT = (
    "The ministry said the bridge is closed. Nobody came.\n\n"
    "The mayor said “it is late. It is dark.\n\nThe “smart grid” of the town is old."
)
PIECES = [*'“”"‘’', "\n\n", ". ", " The mayor ", " said ", "It is late", " He ", ", ", " that "]
SOUP = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)


def tables(text, title="“Late”, the mayor said", lang="en"):
    """The articles with their sentences (own shares added) and quotes."""
    articles = pd.DataFrame({"article_id": ["a"], "title": [title], "text": [text], "lang": [lang]})
    split = sentences(articles)
    quoted = quote_table(articles, split)
    return articles, shares(split, quoted, articles), quoted


def voices(text, **of):
    """Own, direct and indirect shares by sentence, headline first."""
    _, split, _ = tables(text, **of)
    return [
        tuple(round(one, 2) for one in row) for row in split[["own", "direct", "indirect"]].to_numpy(float)
    ]


def test_a_quote_has_a_row_for_each_sentence_it_runs_through():
    _, split, quoted = tables(TEXT)
    text = split.set_index("sentence_id").text
    rows = [
        (row.quote_id, row.kind, text[row.sentence_id][row.start : row.end]) for row in quoted.itertuples()
    ]
    assert rows == [
        ("a:q001", "direct", "“Late”"),
        ("a:q002", "indirect", "the bridge is closed"),
        ("a:q003", "direct", "“it is late."),
        ("a:q003", "direct", "It is dark."),
        ("a:q004", "scare", "“smart grid”"),
    ]


def test_the_columns_tell_the_speaker():
    _, _, quoted = tables("Angela Merkel came. “It is late,” Merkel said. “It is", title=None)
    columns = "quote_id sentence_id start end kind cue speaker speaker_name resolved flags"
    assert quoted.columns.tolist() == columns.split()
    first, last = quoted.iloc[0], quoted.iloc[-1]
    assert first[["cue", "speaker", "speaker_name", "resolved"]].tolist() == [
        "say",
        "Merkel",
        "Angela Merkel",
        "fuller form",
    ]
    assert pd.isna(first["flags"]) and last["flags"] == "unclosed"


def test_flags_are_parted_by_spaces():
    _, _, quoted = tables("Hillary Clinton met Bill Clinton. Clinton said: “It is late", title=None)
    assert quoted["flags"].tolist() == ["unclosed ambiguous"]


def test_the_headlines_quotes_come_first():
    _, _, quoted = tables("The mayor said it rains.", title="The mayor said it snows")
    assert quoted.sentence_id.tolist() == ["a:s000", "a:s001"]
    assert quoted.quote_id.tolist() == ["a:q001", "a:q002"]


@pytest.mark.parametrize("title", [None, float("nan")])
def test_a_missing_headline_is_passed_over(title):
    assert tables("The mayor said it rains.", title=title)[2].sentence_id.tolist() == ["a:s001"]


def test_an_article_without_quotes_has_an_empty_table_with_its_columns():
    _, split, quoted = tables("It rains.", title=None)
    assert quoted.empty and "quote_id" in quoted.columns
    assert split[["own", "direct", "indirect"]].to_numpy().tolist() == [[1, 0, 0]]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It rains.", (1, 0, 0)),
        ("“It is very late now.”", (0, 1, 0)),
        ("“It is so late,” he said.", (0.36, 0.64, 0)),
        ("He said it rains so.", (0.45, 0, 0.55)),
        ("He said it “rains so”.", (0.41, 0.45, 0.14)),
        ("The “smart grid” is old.", (1, 0, 0)),
    ],
)
def test_shares_are_of_the_characters_of_a_sentence(text, wanted):
    assert voices(text, title=None) == [wanted]


def test_a_sentence_wholly_of_others_leaves_nothing_and_no_less_to_its_own_voice():
    articles, split, _ = tables("Noon.", title=None)
    quoted = tables("He said it rains. “It is late.”", title=None)[2].assign(
        sentence_id="a:s001", speaker_name=None
    )
    spoken = quoted.assign(start=[4, 0], end=[5, 4])  # 1 - 1/5 - 4/5 is below 0
    assert sorted(spoken.kind) == ["direct", "indirect"]
    assert shares(split, spoken, articles).own.tolist() == [0]


def test_speakers_of_a_sentence_are_named_once_in_order():
    _, split, _ = tables(
        "Merkel said it rains, and Macron said it “snows”. It is “late”. He said so.", title=None
    )
    assert split.speakers.tolist()[0] == "Merkel; Macron"
    assert split.speakers.iloc[1:].isna().all()


def test_unsupported_languages_are_left_out_and_have_no_shares():
    _, split, quoted = tables("« Es ist », said the mayor. It rains.", lang="de")
    assert quoted.empty
    assert split[["own", "direct", "indirect", "speakers"]].isna().all(axis=None)
    mentions = pd.DataFrame({"sentence_id": [split.sentence_id.iloc[0]], "start": [0], "end": [2]})
    assert mention_voices(mentions, split, quoted).voice.isna().all()
    assert by_article(split).empty


def test_two_articles_are_kept_apart():
    texts = ["He said it rains.", "She said it snows. It rains.", "He said it rains."]
    articles = pd.DataFrame({"article_id": ["a", "b", "c"], "text": texts, "lang": ["en", "en", "de"]})
    articles["title"] = [None, "It rains", "Regen"]
    split = sentences(articles)
    quoted = quote_table(articles, split)
    assert quoted.quote_id.tolist() == ["a:q001", "b:q001"]
    assert quoted.sentence_id.tolist() == ["a:s001", "b:s001"]
    told = shares(split, quoted, articles)
    assert (
        told.index.equals(split.index)
        and told.columns[: len(split.columns)].tolist() == split.columns.tolist()
    )
    summed = by_article(told)
    assert summed.index.tolist() == ["a", "b"]
    assert summed.loc["b"].round(2).tolist() == [0.7, 0, 0.3]


def test_an_articles_shares_weigh_its_sentences_by_length_without_the_headline():
    _, split, _ = tables("He said it rains. It is so.", title="“It is late,” he said")
    (row,) = by_article(split).itertuples()
    body = split[split.paragraph > 0]
    lengths = body.text.str.len()
    assert row.indirect == pytest.approx(len("it rains") / lengths.sum())
    assert (row.own, row.direct) == (pytest.approx(1 - row.indirect), 0)


def test_mentions_have_the_voice_they_stand_in():
    text = "Merkel said the road is “much too bad” now. The road is “bad”."
    _, split, quoted = tables(text, title=None)
    first, second = split.sentence_id
    where = [(first, text.index(word)) for word in ("Merkel", "road", "bad", "now")] + [
        (second, 4),
        (second, 13),
    ]
    mentions = pd.DataFrame(where, columns=["sentence_id", "start"]).assign(end=lambda table: table.start + 3)
    told = mention_voices(mentions, split, quoted)
    assert told.voice.tolist() == ["own", "indirect", "direct", "indirect", "own", "own"]
    assert told.drop(columns="voice").equals(mentions)


def test_the_seeds_sentences_are_fully_accounted_for():
    articles = read_folder(paths.DATA / "seeds")["articles"]
    split = sentences(articles)
    told = shares(split, quote_table(articles, split), articles)
    assert told[["own", "direct", "indirect"]].sum(axis=1).to_numpy() == pytest.approx(1)
    summed = by_article(told)
    assert summed.index.tolist() == articles.article_id.tolist()
    assert summed.own.between(0.4, 1).all() and summed.indirect.gt(0).all()


@settings(deadline=None)  # the first text waits for what is loaded
@given(SOUP)
def test_rows_lie_within_their_sentence_and_shares_are_one(text):
    _, split, quoted = tables(text)
    lengths = split.set_index("sentence_id").text.str.len()
    assert (quoted.start >= 0).all() and (quoted.start < quoted.end).all()
    assert (quoted.end <= quoted.sentence_id.map(lengths)).all()
    assert split[["own", "direct", "indirect"]].sum(axis=1).tolist() == pytest.approx([1] * len(split))
    assert split[["own", "direct", "indirect"]].ge(-1e-12).all(axis=None)
    ids = list(dict.fromkeys(quoted.quote_id))
    assert ids == sorted(ids)


TWO = {
    "a": "“The road to the port will stay open,” the ministry said. He said it was late.",
    "b": "The Ministry said on Monday that the road to the port would stay open.",
}


def two_articles():
    articles = pd.DataFrame(
        {"article_id": list(TWO), "title": None, "text": list(TWO.values()), "lang": "en"}
    )
    split = sentences(articles)
    return articles, split, quote_table(articles, split)


def test_who_is_heard_comes_with_the_sentences_and_spellings_are_one_speaker():
    _, _, quoted = two_articles()
    found = heard(quoted)
    assert found.iloc[0].tolist() == ["Ministry", 2, ("a:s001",), ("b:s001",)]
    assert len(found) == 1


def test_nobody_is_heard_where_nobody_speaks():
    _, _, quoted = two_articles()
    assert heard(quoted.iloc[:0]).empty and unsettled(quoted.iloc[:0], two_articles()[1]).empty


def test_quotes_whose_speaker_is_unsure_say_why():
    _, split, quoted = two_articles()
    unsure = unsettled(quoted, split)
    assert unsure.doubt.tolist() == ["the pronoun stands for nobody that could be told"]
    assert unsure.text.tolist() == ["it was late"]


def test_parts_are_placed_in_the_sentence_they_begin_in():
    _, split, _ = two_articles()
    second = TWO["a"].index("He said")
    parts = pd.DataFrame({"article_id": ["a", "a", "b"], "start": [second + 1, second - 3, 0]})
    assert placed(parts, split).sentence_id.tolist() == ["a:s002", "a:s001", "b:s001"]


def test_the_measured_scores_are_those_of_the_benchmark():
    scores = voice_scores().set_index(["what", "by"])
    assert {"precision", "recall", "f1", "articles"} <= set(scores)
    assert scores.loc[("quotations that are speech", "the rules"), "f1"] > 0.9
