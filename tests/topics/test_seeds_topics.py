"""What 02 says of the five seeds, against labels and a list made by reading."""

import hashlib
from pathlib import Path

import pandas as pd
import pytest

from helpers import codebook, ingestion, paths, topics

SEEDS = paths.DATA / "seeds"
# Of the sentences that were labelled: if it changes, labels.csv must be looked through.
LABELLED = "2f3abc1685ce000e"


@pytest.fixture(scope="module")
def corpus():
    articles = ingestion.read_folder(SEEDS)["articles"]
    cut = ingestion.sentences(articles)
    quoted = ingestion.quote_table(articles, cut)
    sentences = ingestion.shares(cut, quoted, articles)
    book = codebook.read(SEEDS)
    mentions = ingestion.mention_voices(codebook.match(sentences, book), sentences, quoted)
    return articles, sentences, mentions, book.frame()


@pytest.fixture(scope="module")
def presence(corpus):
    articles, sentences, mentions, codes = corpus
    table = topics.states(sentences, mentions, codes, articles)
    table["text"] = table.article_id.str[:3]
    return table[table.kind == "topic"]


def test_the_labels_are_of_these_sentences_and_of_every_one(corpus):
    _, sentences, _, codes = corpus
    told = "\n".join(sorted(sentences.sentence_id + "\t" + sentences.text))
    assert hashlib.sha256(told.encode()).hexdigest()[:16] == LABELLED
    labels = topics.read_labels(SEEDS)
    assert len(labels) == len(sentences) * (codes.kind == "topic").sum() * 2
    assert set(labels.coder) == {"A", "B"}


def test_matches_agree_with_the_labels_as_02_says(corpus):
    _, sentences, mentions, codes = corpus
    mean = topics.accuracy(topics.read_labels(SEEDS), mentions, sentences, codes).iloc[-1]
    assert mean.precision >= 0.90 and mean.recall >= 0.85
    shown = topics.codebook_scores().set_index("codebook").filter(like="fit on", axis=0).iloc[0]
    assert shown.precision.startswith(f"{mean.precision:.2f} [{mean.precision_low:.2f}")
    assert shown.recall.startswith(f"{mean.recall:.2f} [{mean.recall_low:.2f}")


def test_five_topics_are_in_all_five_texts(presence):
    everywhere = presence.groupby("code").state.agg(
        lambda states: states.isin(["mentioned", "in quotes only"]).all()
    )
    assert {"transport", "energy", "technology", "trade", "defence"} <= set(everywhere.index[everywhere])


@pytest.mark.parametrize("code", ["sovereignty", "memorandum", "working_groups"])
def test_three_topics_are_in_003_and_004_alone(presence, code):
    found = presence[(presence.code == code) & (presence.own + presence.quoted > 0)]
    assert sorted(found.text) == ["003", "004"]


@pytest.mark.parametrize("code", ["human_rights", "displaced"])
def test_two_topics_are_in_no_text(presence, code):
    assert presence.state[presence.code == code].eq("not mentioned").all()


def test_nothing_is_established_as_missing(presence):
    assert presence.p.isna().all()


def test_what_a_reader_found_in_one_text_alone_is_found(corpus):
    articles, sentences, mentions, codes = corpus
    unique = topics.only_here(sentences, mentions, articles, codes)
    lines = (Path(__file__).parent / "only_here_by_hand.tsv").read_text().splitlines()
    wanted = pd.DataFrame(
        [line.split("\t") for line in lines if line[0] != "#"], columns=["text", "kind", "what"]
    )
    found = []
    for text, kind, what in wanted.itertuples(index=False):
        rows = unique[unique.article_id.str.startswith(text) & (unique.kind == kind)]
        values = rows.sentence_id if kind == "sentence" else rows.value.str.lower()
        found.append(any(what.lower() in value for value in values))
    assert sum(found) / len(found) >= 0.8
