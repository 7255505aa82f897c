import re
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.ingestion import extract

PARAGRAPHS = [
    "The harbour council approved the new breakwater on Thursday after two years of debate in its meetings.",
    "Fishermen had asked for it since the storms of last winter damaged a dozen boats and part of the quay.",
    "Work is to begin in spring and to last eighteen months, the council said in a statement on its website.",
]
PAGE = f"""<!DOCTYPE html>
<html lang="en"><head><title>Breakwater approved - Harbour News</title>
<meta property="og:title" content="Breakwater approved">
<meta property="og:site_name" content="Harbour News">
<meta property="article:published_time" content="2021-05-03T10:00:00+00:00">
<meta name="author" content="Ann Lee"><script>var tracking = "do not show";</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Breakwater approved</h1>{"".join(f"<p>{p}</p>" for p in PARAGRAPHS)}</article>
<footer><p>All rights reserved by the publisher.</p></footer></body></html>"""


def test_the_article_of_a_page_is_found_with_what_its_markup_says():
    document = extract(PAGE)
    assert document.text == "\n\n".join(PARAGRAPHS)
    assert (document.title, document.authors, document.outlet) == (
        "Breakwater approved",
        ["Ann Lee"],
        "Harbour News",
    )
    assert document.published == datetime(2021, 5, 3, 10, 0)
    assert (document.published_basis, document.outlet_basis) == ("article:published_time", "og:site_name")


def test_a_date_in_the_footer_or_the_address_is_not_taken_for_the_day_of_publication():
    bare = re.sub(r"<meta property[^>]*>", "", PAGE).replace(
        "All rights", "© 2019, last changed 12.03.2020. All rights"
    )
    document = extract(bare, url="https://harbour.example/2018/05/06/breakwater.html")
    assert (document.published, document.published_basis) == (None, "not stated")
    assert (document.outlet, document.outlet_basis) == (None, "not stated")


@pytest.mark.parametrize(
    ("markup", "basis"),
    [
        (
            '<script type="application/ld+json">{"datePublished": "2021-05-03T10:00:00Z"}</script>',
            "datePublished",
        ),
        ('<meta name="pubdate" content="2021-05-03T10:00">', "meta date"),
        ('<time datetime="2021-05-03T10:00:00+02:00">3 May</time>', "time element"),
        ('<meta content="2021-05-03T10:00" property="article:published_time">', "article:published_time"),
        ('<meta name="pubdate" content="2021-13-03T10:00">', "not stated"),
    ],
)
def test_dates_of_the_markup_are_read_with_their_ground(markup, basis):
    bare = re.sub(r"<meta property[^>]*>", "", PAGE).replace("<nav>", markup + "<nav>")
    document = extract(bare)
    assert document.published_basis == basis
    assert document.published == (datetime(2021, 5, 3, 10, 0) if basis != "not stated" else None)


def test_a_word_of_the_menu_that_occurs_in_the_text_is_not_the_article():
    page = PAGE.replace("Sport</a>", "Sport</a></li><li>Boats</li><li>Art</li><li>•")
    ledger = extract(page).ledger.set_index("text")
    assert not ledger.kept[["Boats", "Art", "•"]].any()


def test_the_rest_of_the_page_is_in_the_ledger():
    ledger = extract(PAGE).ledger.set_index("text")
    assert ledger.kept[PARAGRAPHS].all()
    assert not ledger.kept[["Home", "Sport", "All rights reserved by the publisher."]].any()
    assert not any("tracking" in line for line in ledger.index)


def test_html_is_told_from_text_by_its_first_characters_or_its_media_type():
    assert extract("<p>One short paragraph is a text.</p>").ledger.text.tolist() == [
        "<p>One short paragraph is a text.</p>"
    ]
    assert "<p>" not in extract("<p>One</p>", media_type="text/html").ledger.text.str.cat()


def test_a_page_without_an_article_has_a_ledger_all_the_same():
    document = extract("<html><body><nav>Home</nav></body></html>")
    assert document.text == ""
    assert document.ledger.text.tolist() == ["Home"]


def test_a_declared_encoding_does_not_disturb():
    assert extract('<?xml version="1.0" encoding="utf-8"?>' + PAGE).text == "\n\n".join(PARAGRAPHS)


@given(st.text(max_size=200))
def test_any_markup_is_read(text):
    extract(f"<html><body>{text}</body></html>", media_type="text/html")
