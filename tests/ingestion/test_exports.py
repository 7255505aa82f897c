"""Exports of databases are split at their marks; a field header is read, the body is taken whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.ingestion.document import whole
from helpers.ingestion.exports import split
from helpers.ingestion.formats import WHOLE

NEXIS = """

Download Request: Selected Items: 1-2
Time Of Request: Friday, June 4, 2021  16:51:31

                               1 of 2 DOCUMENTS


                             The Harbour Post (Port Town)

                            May 3, 2021 Monday
                                   Edition 1;
                                    National

Council approves breakwater after two years of
debate and a long night

BYLINE: Ann Lee, Political Editor

SECTION: OPINION; Pg. 6

LENGTH: 35 words

The harbour council approved the new breakwater on Monday, after two years of
long debate.

NOTE: this line belongs to the article.

Fishermen had asked for it since the storms.

LOAD-DATE: May 4, 2021

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper


                       Copyright 2021 Harbour Post
                              All Rights Reserved

                               2 of 2 DOCUMENTS

            Copyright 2021 Outlet B Ltd
              All Rights Reserved
                 Outlet B

             4. Mai 2021 Dienstag

SECTION: News; Pg. 1

LENGTH: 20 words

HEADLINE: Breakwater to be built

BYLINE: Bo Ek

BODY:
   The breakwater is to be built.

   It will be long.

LOAD-DATE: May 5, 2021
"""
UNI = """User Name: Ann
Date and Time: Monday, June 7, 2021 10:15:00 AM CEST
Documents (2)
1. Council approves breakwater
2. Other

Council approves breakwater
The Harbour Post (Port Town)
May 3, 2021 Monday
Final Edition

Copyright 2021 Harbour Post All Rights Reserved
Section: OPINION; Pg. 5
Length: 12 words
Byline: Ann Lee
Body


The council approved the breakwater.
Length: it is to measure 300 metres.
Fishermen had asked for it.

Notes

See page 3.

Classification

Language: ENGLISH

Load-Date: May 3, 2021

End of Document

Other
Outlet B
May 4, 2021 Tuesday

Copyright 2021 Outlet B
Length: 10 words
Body
The breakwater is long.

Load-Date: May 4, 2021

End of Document
"""
TAGGED = """
HD   Council approves breakwater
BY   By Ann Lee
WC   12 words
PD   3 May 2021
ET   12:00
SN   The Harbour Post
SC   HARBP
LA   English
CY   (c) 2021 Harbour Post

LP
The council approved the breakwater.

TD
Length: it is to measure 300 metres.

IN THE END fishermen had asked for it.

CO   hpost : Harbour
AN   Document HARBP00020210503eh5300abc

HD   Other
WC   4 words
PD   4 May 2021
SN   Outlet B
LA   German
LP   The breakwater is long.
AN   Document OUTB000020210504eh5400abd

Search Summary
Text  breakwater
"""
DISPLAYED = """Opinion
Council approves breakwater
By Ann Lee
12 words
3 May 2021
12:00
The Harbour Post
HARBP
5
English
(c) 2021 Harbour Post. All rights reserved.

The council approved the breakwater.
Length: it is to measure 300 metres.
Fishermen had asked for it.
Document HARBP00020210503eh5300abc

Other
4 words
4 May 2021
Outlet B
OUTB
German
Copyright 2021
The breakwater is long.
Document OUTB000020210504eh5400abd
"""
PROQUEST = """____________________________________________________________

Document 1 of 2

Council approves breakwater

https://example.org/1

Abstract: None available.

Full text: The council approved the breakwater.
Location: it is to measure 300 metres.
Fishermen had asked for it.

Subject: Ports

Title: Council approves breakwater

Author: Lee, Ann; Ek, Bo

Publication title: The Harbour Post; Port Town

Publication year: 2021

Publication date: May 3, 2021

Language of publication: English

Document type: Editorial

ProQuest document ID: 3107396628

Database: X

____________________________________________________________

Document 2 of 2

Full text: The breakwater is long.

Title: Other

Publication title: Outlet B

Publication date: May 4, 2021

ProQuest document ID: 3107396629
"""
LAYOUTS = {"nexis": NEXIS, "uni": UNI, "tagged": TAGGED, "displayed": DISPLAYED, "proquest": PROQUEST}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_field_header_states_title_outlet_day_and_author(layout):
    first, second = split(LAYOUTS[layout])
    assert first.stated["title"].startswith("Council approves breakwater")
    assert first.stated["outlet"].startswith("The Harbour Post")
    assert first.stated["published"] == "2021-05-03" and second.stated["published"] == "2021-05-04"
    assert first.stated["authors"].startswith("Ann Lee") and first.stated["language"] == "en"
    assert second.stated["outlet"] == "Outlet B"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_body_field_is_taken_whole_and_nothing_else(layout):
    first, second = split(LAYOUTS[layout])
    begin, end = first.content.split("\n\n")[0], first.content.split("\n\n")[-1]
    assert (
        begin.startswith("The ")
        and "council approved the" in begin
        and end.lower().endswith(("fishermen had asked for it.", "since the storms."))
    )
    assert len(first.content.split("\n\n")) == 3  # what looks like a label inside the body stays
    assert second.content.startswith("The breakwater is") and second.media_type == WHOLE


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_line_of_the_file_is_in_the_ledger_of_an_article(layout):
    items = split(LAYOUTS[layout])
    ledgers = [whole(i.content, i.before, i.after, i.stated["title"]).ledger for i in items]
    told = " ".join(" ".join(ledger.text) for ledger in ledgers)
    labels = {"LP", "TD", "BODY:", "Body", "Full", "text:"}  # of the body field itself
    assert not [word for word in LAYOUTS[layout].split() if word not in told and word not in labels]


def test_a_notice_of_rights_ends_the_body_where_no_field_follows():
    text = "1 of 1 DOCUMENTS\n\nLENGTH: 5 words\n\nThe council met.\n\n   Copyright 2021 Harbour Post\n"
    (item,) = split(text)
    assert item.content == "The council met." and "Copyright" in item.after


def test_a_section_tells_the_genre_only_where_it_is_one():
    assert [item.stated.get("genre") for item in split(NEXIS)] == ["opinion", None]
    assert [item.stated.get("genre") for item in split(PROQUEST)] == ["opinion", None]


def test_accession_numbers_name_the_articles_of_a_file():
    assert [item.number for item in split(PROQUEST)] == ["3107396628", "3107396629"]
    assert split(TAGGED)[0].number == "HARBP00020210503eh5300abc"
    assert [item.number for item in split(NEXIS)] == ["001", "002"]


def test_an_export_of_one_article_needs_no_number():
    (item,) = split(NEXIS[: NEXIS.index("                               2 of 2")])
    assert item.number is None


def test_an_article_with_some_of_the_marks_is_none_of_them():
    assert split("Byline: Ann Lee\nLength: 3 metres\nBody\nThe council met.") is None
    assert split("Document 1 of 3\nThe papers were leaked. Full text: see below.") is None
    assert split("The end.\nEnd of Document") is None


def test_an_article_of_an_export_without_its_fields_is_left_to_the_rules_for_lines():
    (_, second) = split(
        NEXIS[: NEXIS.index("            Copyright 2021 Outlet B Ltd")] + "The council met.\n"
    )
    assert (second.media_type, second.stated) == ("text/plain", {})
    assert "The council met." in second.content


def test_the_title_that_a_text_field_repeats_is_no_part_of_the_text():
    document = whole("A breakwater\n\nIt is long.", title="A Breakwater")
    assert document.text == "It is long."
    assert document.ledger.reason.tolist() == ["title", "the text field"]


MARKS = [line for text in LAYOUTS.values() for line in text.splitlines()]


@given(st.lists(st.sampled_from(MARKS) | st.text(max_size=20), max_size=30))
def test_any_lines_are_split_or_left(lines):
    items = split("\n".join(lines))
    assert items is None or all(item.content.strip() == item.content or item.media_type for item in items)
