"""Every step of 02 on nothing: no article in a supported language, or no topic of the kind asked for."""

import pandas as pd
import pytest

from helpers import codebook, tables, topics
from helpers.codebook import Codebook
from helpers.schemas import SCHEMAS

BOOK = Codebook.model_validate({"topics": {"sea": {"label": "Sea", "variants": ["sea", "water"]}}})


def empty(name):
    return tables.check(name, pd.DataFrame(columns=list(SCHEMAS[name].schema.columns)))


def one_article():
    row = {
        "article_id": "a",
        "outlet": "Quay",
        "genre": "news",
        "lang": "en",
        "title": "Sea",
        "subtitle": None,
    }
    articles = pd.DataFrame([row | {"family": "a", "role": "original", "published": pd.NaT}])
    said = {"sentence_id": ["a:s000", "a:s001"], "article_id": "a", "paragraph": [0, 1], "start": [0, 0]}
    said |= {"heading": [True, False], "text": ["Sea", "The dry land."], "n_words": [1, 3], "own": 1.0}
    return articles, pd.DataFrame(said | {"direct": 0.0, "indirect": 0.0, "end": [0, 13], "speakers": None})


@pytest.mark.parametrize("book", [BOOK, Codebook()], ids=["a codebook", "none"])
@pytest.mark.parametrize("found", [True, False], ids=["an article", "no article"])
def test_every_table_and_every_text_of_02_can_be_made_of_nothing(book, found):
    articles, sentences = one_article() if found else (empty("articles"), empty("sentences"))
    names, entries = pd.Series({"a": "a Quay"}), tables.check("codebook", book.frame())
    mentions = tables.check("mentions", codebook.match(sentences, book).assign(voice="own"))
    grouped = {by: topics.groups(articles, empty("fields"), by) for by in ("article_id", "outlet")}
    tables.check("groups", topics.group_table(grouped))
    rates = tables.check("rates", topics.rates(sentences, mentions, entries, grouped))
    shown = rates.assign(label=rates.code, article=rates.group)
    alone = shown[shown.by == "article_id"]
    assert (
        len(topics.by_voice(alone))
        == len(topics.prominence(alone[alone.voice == "any"]))
        == len(alone[alone.voice == "any"])
    )
    assert topics.sensitivity(alone, mentions, sentences, entries).empty
    presence = tables.check("presence", topics.states(sentences, mentions, entries, articles))
    presence = presence.assign(label=presence.code)
    assert len(topics.overview(presence, names)) == (found and len(entries))
    assert topics.absences(presence, names).empty
    unique = tables.check("unique", topics.only_here(sentences, mentions, articles, entries))
    assert topics.alone_in_words(unique, names).empty
    choices = tables.check("choices", topics.choices(sentences, mentions, entries))
    assert len(topics.choices_in_words(choices, entries, names)) == len(choices)
    words, groups = topics.distinctive(sentences, grouped["outlet"])
    assert tables.check("keyness", words).empty and len(groups) == found
    assert topics.standing(words, sentences, grouped["outlet"]) == []
    trust = tables.check("accuracy", topics.trust(empty("labels"), mentions, sentences, entries))
    assert topics.trust_in_words(trust).empty
    assert topics.openings(articles, sentences, names).shape[0] == found
