import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.ingestion import chain
from helpers.ingestion.chain import DATELINE, credits, find, may_credit, media


def told(text, *outlets):
    return [(one.name, one.kind, one.scope, one.via) for one in find(text, outlets)]


def only(text, *outlets):
    (one,) = told(text, *outlets)
    return one


def table(*texts, outlet=None):
    articles = pd.DataFrame({"article_id": ["a"], "outlet": [outlet]}, dtype="str")
    ids = [f"a:s{number:03d}" for number in range(len(texts))]
    return credits(articles, pd.DataFrame({"sentence_id": ids, "article_id": "a", "text": texts}))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("PORT TOWN, May 3 (Reuters) – The bridge was opened.", "Reuters"),
        ("PORT TOWN (Harbour Wire) — The bridge was opened.", "Harbour Wire"),
        ("(AP) — The bridge was opened.", "AP"),
        ("(AP Photo) PORT TOWN (AP) — The bridge was opened.", "AP"),
        ("Source: APA", "APA"),
        ("This was reported by Reuters.", "Reuters"),
        ("(Reporting by the Port Town bureau; Editing by the desk)", "Reuters"),
        ("With inputs from PTI", "PTI"),
        ("The Associated Press contributed to this report.", "AP"),
        ("This article was originally published by The Guardian.", "Guardian"),
        ("Copyright 2021 The Associated Press. All rights reserved.", "AP"),
        ("Staff Writer, The Associated Press", "AP"),
    ],
)
def test_a_credit_of_the_whole_text_is_of_the_article(text, name):
    found = only(text)
    assert (found[0], found[2]) == (name, "article")


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The bridge is closed, APA reports.", "APA", "agency"),
        ("The bridge is closed, XYZ reports.", "XYZ", "agency"),
        ("The bridge is closed, Otheragency reports.", "Otheragency", "agency"),
        ("Russia's state news agency TASS said the bridge is closed.", "TASS", "agency"),
        ("The state news agency Harbour Wire said the bridge is closed.", "Harbour Wire", "agency"),
        ("The engineer told the Interfax news agency that it was closed.", "Interfax", "agency"),
        ("According to Agence France-Presse, the bridge is closed.", "AFP", "agency"),
        ("The bridge is closed, reported Xinhua News Agency.", "Xinhua", "agency"),
        ("The engineer told the BBC that the bridge was closed.", "BBC", "outlet"),
        ("The New York Times first reported on Monday that it was closed.", "New York Times", "outlet"),
        ("The bridge is closed, according to the Port Town Gazette.", "Port Town Gazette", "outlet"),
        ("According to the weekly newspaper Anker, the bridge is closed.", "Anker", "outlet"),
        ("The engineer told harbour.net that the bridge was closed.", "harbour.net", "outlet"),
        ("According to the embassy, the bridge is closed.", "embassy", "official"),
        ("It is closed, the Ministry of Works announced.", "Ministry of Works", "official"),
        ("It is closed, according to the police chief.", "police chief", "official"),
        ("It is closed, according to NASA.", "NASA", "official"),
        ("The bridge is closed, police said Monday.", "police", "official"),
        ("Court documents show that the bridge was closed.", "Court documents", "document"),
        ("The charter also says that the bridge is free.", "charter", "document"),
        ("According to a police report, the bridge is closed.", "police report", "document"),
        ("The driver said in a statement posted on Telegram that it was closed.", "statement", "document"),
        ("But two sources said the bridge was closed.", "sources", "unnamed"),
        ("It is closed, according to people familiar with the matter.", "people", "unnamed"),
        ("An official who spoke on condition of anonymity said it was closed.", "official", "unnamed"),
        ("The bridge is closed, local media reported.", "local media", "unnamed"),
    ],
)  # fmt: skip
def test_a_credit_in_a_sentence(text, name, kind):
    assert only(text) == (name, kind, "sentence", None)


@pytest.mark.parametrize(
    "text",
    [
        "“It is late,” the driver said.",
        "According to Lee, the bridge is late.",
        "Chief Lee said the police were late, and Monday reports will follow.",
        "If all goes according to plan, the bridge will open.",
        "The engineer told the council that the bridge was closed.",
        "The city called off the fair, citing police cuts.",
        "The police arrested two men, told to wait near the embassy.",
        "The government announced a new bridge on Monday.",
        "The New York Times is printed where others only report.",
        "A photographer (Reuters) stood on the bridge.",
        "The chair, a senior official in Port Town, the main port, said it was closed.",
    ],
)
def test_an_ordinary_sentence_credits_nobody(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("This was reported by Reuters, writes UNN.", {"Reuters": "UNN", "UNN": None}),
        ("It is closed, Interfax reported, citing the ministry.", {"Interfax": None, "ministry": "Interfax"}),
        ("It is closed, PTI reported, citing Xinhua.", {"PTI": None, "Xinhua": "PTI"}),
        (
            "The New York Times reported, citing two officials, that it was closed.",
            {"New York Times": None, "officials": "New York Times"},
        ),
        (
            "A ministry spokesperson told CNN that it was closed.",
            {"ministry spokesperson": "CNN", "CNN": None},
        ),
        (
            "The ministry said in a statement that it was closed.",
            {"ministry": "statement", "statement": None},
        ),
        ("Reuters says it is closed, but CNN says it is open.", {"Reuters": None, "CNN": None}),
    ],
)
def test_a_chain_names_through_whom_the_news_came(text, chain):
    assert {one.name: one.via for one in find(text)} == chain


def test_an_articles_own_outlet_is_no_origin_but_may_be_a_link():
    found = table(
        "This was reported by Reuters, writes Port Wire.", "He told Port Wire so.", outlet="The Port Wire"
    )
    assert found[["name", "via"]].values.tolist() == [["Reuters", "Port Wire"]]


def test_an_agencys_own_text_does_not_credit_it():
    assert table("PORT TOWN, May 3 (AP) – It was opened.", outlet="The Associated Press").empty


def test_outlets_of_the_corpus_are_known_in_all_its_articles():
    text = "The engineer told Anker that the bridge was closed."
    assert (told(text), only(text, "Anker")[:2]) == ([], ("Anker", "outlet"))


@pytest.mark.parametrize("outlet", ["The Times", "News", "a@b.c", "(", "", "ß", "The", "İ"])
def test_odd_outlet_names_do_no_harm(outlet):
    assert only("Port News reported it, as did others.", outlet)[0] == "Port News"


def test_no_sentences_are_read_as_some_are():
    assert table().empty and list(table()) == list(table("It sank, PTI said."))


def test_the_table_has_its_columns_when_nobody_is_credited():
    columns = ["article_id", "sentence_id", "start", "end", "name", "kind", "scope", "via"]
    assert table("It rained.").columns.tolist() == columns
    assert table("It rained.").dtypes["start"] == "int64"


def test_the_articles_field_lists_agencies_and_outlets_once_in_order():
    body = "PORT TOWN (Reuters) – It rained, police said.\n\nIt stopped, APA reports, and Reuters reports."
    assert media(body) == ["Reuters", "APA"]


def test_a_dateline_has_place_day_and_agency():
    found = DATELINE.match("NEW HARBOUR/PORT TOWN, May 3 (Reuters) – It rained.")
    assert found.groupdict() == {"place": "NEW HARBOUR/PORT TOWN", "rest": " May 3", "agency": "Reuters"}


_WORDS = st.sampled_from(
    "According|to|the|ministry|told|Reuters|said|,|.|“|”|(|)|–|citing|sources|BBC|in a statement|of|AP|The|\n"
    "|reports|writes|XYZ|court|documents|show|police’s|@|©|2021|with|New York Times|reported|by".split("|")
)


@given(st.one_of(st.text(), st.lists(_WORDS, max_size=30).map(" ".join)))
def test_offsets_point_at_the_words_and_nothing_raises(text):
    found = find(text, ("Port News",))
    assert all(0 <= one.start < one.end <= len(text) and one.name for one in found)
    assert [one.start for one in found] == sorted({one.start for one in found})
    starts, ends = re.compile(r"(?<!\w)\S"), re.compile(r"(?<=\S)(?!\w)")
    assert all(starts.match(text, one.start) and ends.match(text, one.end) for one in found)
    assert {one.via for one in found} - {None} <= {one.name for one in found}


def test_a_source_named_in_short_is_the_one_the_article_names_in_full():
    said = [
        "According to the US Embassy in Kenya, it is cold.",
        "According to the embassy, it is late.",
        "According to police, it is dark.",
    ]
    split = pd.DataFrame({"text": said, "article_id": "a"})
    split["sentence_id"] = [f"a:s{number:03d}" for number in (1, 2, 3)]
    found = credits(pd.DataFrame({"article_id": ["a"], "outlet": [None]}), split)
    assert found.name.tolist() == ["US Embassy in Kenya", "US Embassy in Kenya", "police"]


@pytest.mark.parametrize(
    "source",
    [
        "the news agency Harbour", "Harbour news service", "the newspaper Harbour", "the website Harbour",
        "the TV channel Harbour",
        "The Harbour Times", "Port Channel 4", "Harbour Post", "harbour.net", "KWHA-TV", "Politico",
        "the broadcaster Harbour",
    ],
)  # fmt: skip
def test_no_medium_that_is_credited_is_passed_over(source):
    line = f"It sank, according to {source}."
    assert media(line) == [one.name for one in find(line) if one.kind in ("agency", "outlet")]
    assert media(line)


@pytest.mark.parametrize(
    "text", ["(Port)\u00a0– It sank", "It sank: Press\n", "Seen by Press", "the mayor said", "he said"]
)
def test_the_hint_that_all_texts_are_asked_for_at_once_is_in_all_that_have_one(text):
    hint, _ = chain._patterns(())
    assert chain._quick(())[0].search(text) or not hint.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "Officials said they also received a call.", "Two witnesses, both of them sailors, have told us.",
        "“It sank,” the Ministry of Transport of Westland said on Monday.",
        "Court documents also show that it sank.",
        "The police told The Harbour.", "It sank, according to documents.", "It sank, citing Élan.",
        "The communiqué by Harbour Watch also says it sank.", "It sank, the mayor said in a statement.",
    ],
)  # fmt: skip
def test_no_text_with_a_credit_is_passed_over(text):
    assert find(text, ("Élan",))
    assert may_credit(text, ("Élan",))
