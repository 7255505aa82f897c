"""The rules of extraction, on small pages written for the purpose."""

import re
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.ingestion import extract
from helpers.ingestion.document import whole
from helpers.paths import CorpusError

BODY = (
    "The harbour council approved the new breakwater on Thursday after two years of debate.",
    "Fishermen had asked for it since the storms of last winter damaged a dozen boats.",
    "Work is to begin in spring and to last eighteen months, the council said.",
)


BODY_TOO = (
    "The mayor called the vote a good day for the town and thanked the engineers.",
    "Two members voted against it, because the loan runs for thirty years.",
    "A public hearing is planned for the second week of June, according to the council.",
)
BODY_MORE = (
    "Building the wall will cost four million, half of it paid by the state.",
    "The rest is to be borrowed from a bank in the capital, the treasurer explained.",
    "Interest alone will take a tenth of the budget that the town has for its streets and schools.",
    "For years the council had put off the work because nobody knew how to pay for it, he added.",
    "The storms changed that: insurance had covered only a part of what was lost in the winter.",
    "Shipping firms have offered to pay higher fees once the larger quay can be used by their ferries.",
    "A study by engineers from the university put the gain in trade at half a million a year.",
    "Whether it will come true depends on fish prices, which have fallen for three years in a row.",
    "People from the old quarter fear noise and dust while the work goes on beside their houses.",
)


def fate(page):
    return {row.text: (row.kept, row.reason) for row in extract(page).ledger.itertuples()}


def solid(text):
    return "".join(text.split())


def dump(*lines):
    return "\n".join(lines)


def test_menus_shares_and_notices_are_dropped_with_their_reason():
    page = dump("Home", "Subscribe", *BODY, "Share on Facebook", "All rights reserved.", "Most read")
    assert extract(page).text == "\n\n".join(BODY)
    assert fate(page)["Home"] == (False, "menu")
    assert fate(page)["Share on Facebook"] == (False, "share bar")
    assert fate(page)["All rights reserved."] == (False, "legal")


def test_every_line_that_is_not_blank_is_in_the_ledger_once():
    page = dump("Home", "", BODY[0], "  ", BODY[1], "Home")
    assert extract(page).ledger.line.tolist() == [1, 3, 5, 6]


def test_a_repeated_body_is_kept_once():
    assert extract(dump(*BODY, *BODY)).text == "\n\n".join(BODY)


def test_a_text_on_one_line_that_is_cut_off_is_kept():
    page = dump("Council approves breakwater", " ".join([*BODY, BODY[0].rstrip(".") + " and"]))
    assert extract(page).text.startswith(BODY[0])


def test_sentences_of_a_page_on_one_line_are_a_paragraph_and_a_sub_heading_is_its_own():
    more = [*BODY_MORE, *(f"Page {n} of the study was read to the council in the hall." for n in range(6))]
    page = " ".join([*BODY, *BODY_TOO, "Cost and debts", *more])
    assert extract(page).text.split("\n\n") == [
        " ".join([*BODY, *BODY_TOO]),
        "Cost and debts",
        " ".join(more),
    ]


def test_a_sub_heading_stays_and_a_stray_line_goes():
    page = dump(BODY[0], "What comes next", BODY[1], BODY[2], "Older stories")
    assert "What comes next" in extract(page).text.split("\n\n")
    assert "Older stories" not in extract(page).text


def test_list_items_are_kept_as_paragraphs():
    page = dump(BODY[0], "• a longer quay;", "• two new cranes", BODY[1])
    assert "• two new cranes" in extract(page).text.split("\n\n")


def test_a_teaser_inside_the_body_is_dropped():
    page = dump(BODY[0], "Storm damages a dozen boats 10.02.26, 20:14 • 2802 views", BODY[1], BODY[2])
    assert extract(page).text == "\n\n".join(BODY)


@pytest.mark.parametrize(
    "sentence",
    [
        "The court ruled that the band had infringed copyright and ordered it to pay damages.",
        "The law allows the use of military materials that had been prohibited for years.",
        "Video by residents shows the moment the wave came over the wall.",
        "Watch towers were built along the border in 1999, the council said.",
        "Register offices stayed closed on Monday, the ministry said in a statement.",
        "Residents who share the story on Facebook were asked to add the date.",
        "The opinions of the author of the study do not matter here, he said.",
        "Sign language was used during the whole session of the council.",
        "“Read the report,” she said.",
        "He agreed.",
    ],
)
def test_a_sentence_that_speaks_of_furniture_is_kept(sentence):
    assert sentence in extract(dump(BODY[0], sentence, BODY[1], BODY[2])).text.split("\n\n")


def test_the_caption_above_a_photo_credit_is_no_heading():
    page = dump(BODY[0], "The old breakwater", "Photo: somebody", BODY[1], BODY[2])
    assert extract(page).text == "\n\n".join(BODY)


def test_a_block_quote_without_marks_is_kept_with_its_speaker():
    page = dump(BODY[0], "We will build it before the next winter", "— the mayor said on Friday.", BODY[1])
    assert "We will build it before the next winter" in extract(page).text.split("\n\n")


def test_a_few_sentences_far_below_are_another_story():
    teasers = ("Bakery wins a prize", "A cat was found on a roof yesterday evening.", "Rain expected")
    page = dump(*BODY, *BODY_TOO, "Share on Facebook", "Most read", *teasers, "Contact us", "Privacy policy")
    assert "cat" not in extract(page).text
    assert fate(page)["A cat was found on a roof yesterday evening."] == (False, "other story")


def test_a_summary_said_again_below_is_the_subtitle():
    summary = "The harbour council approved the new breakwater after years of debate."
    page = dump("Breakwater approved", summary, "Photo: somebody", *BODY)
    document = extract(page)
    assert document.subtitle == summary
    assert document.text == "\n\n".join(BODY)


def test_the_title_is_the_line_that_the_body_is_about():
    page = dump("World record for pumpkins", "Council approves new breakwater", "3 May 2021", *BODY)
    assert extract(page).title == "Council approves new breakwater"


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("3 May 2021", datetime(2021, 5, 3)),
        ("Published: May 3, 2021 at 4:05 PM", datetime(2021, 5, 3, 16, 5)),
        ("2021-05-03 - 22:25", datetime(2021, 5, 3, 22, 25)),
        ("03.05.2021", datetime(2021, 5, 3)),
    ],
)
def test_a_line_that_is_but_a_date_states_the_day(line, when):
    document = extract(dump("Council approves new breakwater", line, *BODY))
    assert (document.published, document.published_basis) == (when, "stated")


def test_a_date_among_other_things_is_the_page_headers():
    document = extract(dump("date 2021-05-03 $43.030.02", "Council approves new breakwater", *BODY))
    assert (document.published, document.published_basis) == (datetime(2021, 5, 3), "page header")


def test_without_a_date_the_day_stays_missing():
    document = extract(dump("Council approves new breakwater", *BODY))
    assert (document.published, document.published_basis) == (None, "not stated")


def test_a_date_below_the_article_is_not_its_own():
    assert extract(dump(*BODY, "3 May 2021")).published is None


@pytest.mark.parametrize(
    ("told", "when"),
    [
        ("It follows a vote held on Aug. 8, 2025.", datetime(2026, 2, 10)),
        ("It follows a vote held on 2 February 2026.", datetime(2026, 2, 10)),
        ("It follows a vote.", None),
        ("It follows a vote held on 30 February 2025.", None),
    ],
)
def test_a_datelines_year_comes_from_dates_in_the_text_or_stays_open(told, when):
    body = "PORT TOWN, Feb 10 (Agency) – The council approved the new breakwater."
    document = extract(dump(body, told, *BODY))
    assert document.published == when
    assert document.published_basis.startswith("dateline")
    assert (document.place, document.credits, document.genre) == ("PORT TOWN", ["Agency"], "agency")


def test_a_byline_run_into_the_headline_is_parted_from_it():
    document = extract(dump("New breakwater: who pays Analysis by Ann Lee", "3 May 2021", *BODY))
    assert (document.title, document.authors, document.genre) == (
        "New breakwater: who pays",
        ["Ann Lee"],
        "analysis",
    )


@pytest.mark.parametrize(
    "byline", ["By Ann Lee and Bo Ek", "Author: Ann Lee, Bo Ek", "Written by Ann Lee & Bo Ek"]
)
def test_a_byline_gives_all_names(byline):
    assert extract(dump("Council approves breakwater", byline, *BODY)).authors == ["Ann Lee", "Bo Ek"]


def test_a_headline_that_ends_in_by_somebody_is_no_byline():
    assert (
        extract(dump("Breakwater approved by the council", *BODY)).title
        == "Breakwater approved by the council"
    )


@pytest.mark.parametrize(
    "notice", ["Copyright © 1999-2026, «Harbour.News».", "© 2026 Harbour.News", "Harbour.News © 2026"]
)
def test_the_copyright_notice_names_the_outlet(notice):
    document = extract(dump(*BODY, notice))
    assert (document.outlet, document.outlet_basis) == ("Harbour.News", "copyright notice")


@pytest.mark.parametrize(
    "notice",
    ["© All rights reserved", "Copyright © 2026 Harbour Media Group Ltd.", "Boats at night © Ann Lee"],
)
def test_a_company_a_phrase_or_a_photo_credit_is_no_outlet(notice):
    assert extract(dump(*BODY, notice)).outlet is None


def test_the_outlet_behind_a_repeated_title_is_named():
    title = "Council approves new breakwater"
    document = extract(dump(f"{title} | Harbour News", "Home", title, "3 May 2021", *BODY))
    assert (document.title, document.outlet, document.outlet_basis) == (title, "Harbour News", "page title")


def test_a_menu_with_a_bar_far_from_the_article_names_no_outlet():
    assert extract(dump("Town | Sport", *["Home"] * 12, *BODY)).outlet is None


def test_a_label_beside_the_headline_tells_the_genre_and_a_menu_does_not():
    title = "Council approves new breakwater"
    assert extract(dump("Opinion", title, *BODY)).genre == "opinion"
    assert extract(dump("Opinion", *["Home"] * 12, title, *BODY)).genre == "unknown"
    assert extract(dump("Opinion polls are open in the port", title, *BODY)).genre == "unknown"
    for menu in (["News", "Opinion", "Sport"], ["Home", "News", "Sport", "Opinion", "Log in"]):
        assert extract(dump(*menu, title, *BODY)).genre == "unknown"
    assert extract(dump("Home", "Politics", "Opinion", title, *BODY)).genre == "opinion"


def test_a_place_and_an_outlet_in_a_menu_are_no_dateline():
    assert extract(dump("Town | Sport", *["Home"] * 12, *BODY)).place is None
    assert extract(dump("Port Town | Wire", *BODY)).place == "Port Town"


def test_photo_credits_are_not_credits():
    document = extract(dump(BODY[0], "Photo: Agency", BODY[1], "The vote was close, Otheragency reports."))
    assert document.credits == ["Otheragency"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_told_apart(encoding):
    text = dump(*BODY, "The café’s owner, who had lost a boat, said that he was glad of it.")
    assert "café’s" in extract(text.encode(encoding)).text


def test_mojibake_is_repaired():
    broken = dump(*BODY, "The café’s owner said that he was glad.").encode().decode("cp1252", errors="ignore")
    assert "café’s" in extract(broken.encode()).text


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(CorpusError, match="not a text file"):
        extract(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")


def test_nothing_gives_nothing():
    for page in ("", "\n\n", "Home"):
        document = extract(page)
        assert (document.text, document.title, document.lang) == ("", None, None)


LINE = st.one_of(
    st.text(max_size=40), st.sampled_from([*BODY, "Home", "Photo: x", "3 May 2021", "By Ann Lee", "• x y z"])
)


@settings(deadline=None)  # the first text waits for the models, for a second and more
@given(st.lists(LINE, max_size=12).map("\n".join))
def test_any_text_is_accounted_for_line_by_line(page):
    document = extract(page, media_type="text/plain")
    lines = [line.strip("\ufeff").strip() for line in page.splitlines()]
    assert solid("".join(document.ledger.text)) == solid("".join(lines))
    kept = "\n\n".join(document.ledger.text[document.ledger.kept])
    assert document.text == re.sub("``|''", '"', kept)
    assert document.ledger.reason.ne("").all()
    assert all(row.text.startswith(lines[row.line - 1]) for row in document.ledger.itertuples())


@settings(deadline=None)  # as above
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw):
    try:
        extract(raw)
    except CorpusError as error:
        assert "." in str(error)


def test_marks_typed_as_two_apostrophes_or_backticks_are_one_mark():
    said = "``The road will stay closed until the summer,'' the mayor said in the town hall on Monday."
    more = "The mayor's clerk agreed with her in a letter to the board of the port."
    for document in (extract(f"{said}\n\n{more}", media_type="text/plain"), whole(said)):
        assert document.text.startswith('"The road will stay closed until the summer," the mayor')
