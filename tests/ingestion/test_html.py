import re
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.ingestion import extract, html

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


def _with(extra, before="</article>"):
    return PAGE.replace(before, extra + before)


def _reasons(page):
    return extract(page).ledger.set_index("text").reason


@pytest.mark.parametrize("before", ["", "Also read: "])
def test_a_paragraph_that_is_nearly_all_link_is_a_teaser(before):
    page = _with(f'<p>{before}<a href="/old">The old breakwater in pictures of forty years</a></p>')
    assert extract(page).text == "\n\n".join(PARAGRAPHS)
    assert _reasons(page)[f"{before}The old breakwater in pictures of forty years"] == "teaser"


def test_what_follows_a_link_in_its_paragraph_goes_with_the_teaser(monkeypatch):
    link, below = "The old breakwater in pictures", "Forty years of storms and stone"
    monkeypatch.setattr(html, "_main_text", lambda tree, url: [*PARAGRAPHS, f"{link} {below}"])
    page = _with(f'<ul><li><a href="/old"><h4>{link}</h4></a><div>{below}</div></li></ul>')
    assert extract(page).text == "\n\n".join(PARAGRAPHS)
    assert _reasons(page)[[link, below]].tolist() == ["teaser", "teaser"]


def test_a_sentence_with_a_long_link_is_kept():
    sentence = 'The plans <a href="/plans">can be seen in the town hall until the end of May</a>, it said.'
    assert extract(_with(f"<p>{sentence}</p>")).text.endswith("the end of May, it said.")


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ('<div class="author-bio"><p>{}</p></div>', "about the author"),
        ('<div class="newsletter-box"><p>{}</p></div>', "newsletter"),
        ('<div class="popup"><p>{}</p></div>', "hidden"),
        ('<div style="display: none"><p>{}</p></div>', "hidden"),
        ("<div hidden><p>{}</p></div>", "hidden"),
        ("<figure><figcaption>{}</figcaption></figure>", "caption"),
        ("<aside><p>{}</p></aside>", "aside"),
        ("<nav><p>{}</p></nav>", "menu"),
    ],
)
def test_what_the_markup_names_is_not_the_article_and_the_ledger_says_what_it_is(markup, reason):
    words = "Ann Lee has written about the harbour and its boats for twenty years from her desk at the quay."
    page = _with(markup.format(words))
    assert words not in extract(page).text
    assert _reasons(page)[words] == reason


def test_an_element_that_wraps_the_article_says_nothing_of_it():
    page = PAGE.replace("<article>", '<article class="newsletter-page popup">')
    assert extract(page).text == "\n\n".join(PARAGRAPHS)


def test_the_next_story_on_the_page_is_another_story():
    other = [f"{paragraph} It rained on the day of the second story." for paragraph in reversed(PARAGRAPHS)]
    second = "<article><h1>Rain on the quay</h1>" + "".join(f"<p>{p}</p>" for p in other * 1) + "</article>"
    document = extract(_with(second, "<footer>"))
    assert document.text == "\n\n".join(PARAGRAPHS)
    assert not document.ledger.set_index("text").kept[other].any()


def test_a_paragraph_given_twice_is_kept_once():
    document = extract(_with(f"<p>{PARAGRAPHS[0]}</p>"))
    assert document.text == "\n\n".join(PARAGRAPHS)
    assert document.ledger.kept[document.ledger.text == PARAGRAPHS[0]].tolist() == [True, False]


def _found_first(monkeypatch, page):
    """What is read of a page of which trafilatura finds all but the last paragraph."""
    monkeypatch.setattr(html, "_main_text", lambda tree, url: PARAGRAPHS[:2])
    return extract(page).text.split("\n\n")


def test_a_sentence_marked_up_like_most_of_the_article_is_not_missed(monkeypatch):
    assert _found_first(monkeypatch, PAGE) == PARAGRAPHS[:2]
    alike = PAGE.replace("<p>", '<p class="text">')
    assert _found_first(monkeypatch, alike) == PARAGRAPHS
    boxed = alike.replace(f'<p class="text">{PARAGRAPHS[2]}', f'<p class="text author-bio">{PARAGRAPHS[2]}')
    assert _found_first(monkeypatch, boxed) == PARAGRAPHS[:2]


def test_sub_headings_and_list_items_are_kept():
    page = _with(
        "<h2>What it costs</h2><ul><li>Stone and sand for nine million.</li></ul>"
        + f"<p>{PARAGRAPHS[0]} So.</p>"
    )
    document = extract(page)
    assert "What it costs" in document.text and "Stone and sand for nine million." in document.text
    assert _reasons(page)[["What it costs", "Stone and sand for nine million."]].tolist() == [
        "sub-heading",
        "list item",
    ]


def test_a_standfirst_set_apart_is_the_subtitle_and_not_in_the_text():
    standfirst = "Two years of debate end with a vote of the harbour council for the new breakwater."
    head = f'<meta name="description" content="{standfirst}"></head>'
    page = PAGE.replace("</head>", head).replace(
        "<article><h1>Breakwater approved</h1>",
        f"<header><h1>Breakwater approved</h1><p>{standfirst}</p></header><article>",
    )
    document = extract(page)
    assert document.subtitle == standfirst
    assert document.text == "\n\n".join(PARAGRAPHS)
    assert _reasons(page)[standfirst] == "summary"


HEADED = PAGE.replace("<article><h1>Breakwater approved</h1>", "<header><p>{}</p></header><article>")


def test_a_sentence_in_the_header_that_says_something_new_is_kept(monkeypatch):
    new = "Nobody spoke against it, and the mayor went home early that night, whistling on her bicycle."
    monkeypatch.setattr(html, "_main_text", lambda tree, url: [new, *PARAGRAPHS])
    document = extract(HEADED.format(new))
    assert (document.text.split("\n\n")[0], document.subtitle) == (new, None)


def test_a_sentence_in_the_header_that_the_article_says_again_is_its_summary(monkeypatch):
    again = "Fishermen and the harbour council approved a breakwater after storms damaged boats last winter."
    monkeypatch.setattr(html, "_main_text", lambda tree, url: [again, *PARAGRAPHS])
    document = extract(HEADED.format(again))
    assert (document.text, document.subtitle) == ("\n\n".join(PARAGRAPHS), again)


@pytest.mark.parametrize("where", ["<header><p>{}</p></header><article>", "<div><p>{}</p></div><article>"])
def test_words_without_an_end_outside_the_article_are_not_its(where, monkeypatch):
    words = "Pictures from an old album"
    page = PAGE.replace("<article>", where.format(words))
    monkeypatch.setattr(html, "_main_text", lambda tree, url: [words, *PARAGRAPHS])
    assert extract(page).text == "\n\n".join(PARAGRAPHS)


def test_the_title_in_other_words_above_the_text_is_the_title(monkeypatch):
    page = PAGE.replace("<h1>Breakwater approved</h1>", "<h2>A breakwater approved</h2>").replace(
        'content="Breakwater approved"', 'content="Breakwater is approved"'
    )
    monkeypatch.setattr(html, "_main_text", lambda tree, url: ["A breakwater approved", *PARAGRAPHS])
    page = page.replace("<title>Breakwater approved - Harbour News</title>", "")
    assert _reasons(page)["A breakwater approved"] == "sub-heading"
    page = page.replace("Breakwater is approved", "Breakwater approved")
    assert _reasons(page)["A breakwater approved"] == "title"


def test_a_block_of_several_paragraphs_is_one(monkeypatch):
    monkeypatch.setattr(html, "_main_text", lambda tree, url: PARAGRAPHS)
    document = extract(PAGE.replace("</p><p>", " "))
    assert document.text == " ".join(PARAGRAPHS)
    assert document.ledger.kept.sum() == 1


def test_a_block_with_a_paragraph_and_its_repetition_is_kept(monkeypatch):
    monkeypatch.setattr(html, "_main_text", lambda tree, url: [*PARAGRAPHS, PARAGRAPHS[0]])
    assert extract(PAGE).ledger.set_index("text").kept[PARAGRAPHS].all()


def test_what_was_missed_takes_its_place_in_the_order_of_the_page(monkeypatch):
    monkeypatch.setattr(html, "_main_text", lambda tree, url: PARAGRAPHS[1:])
    assert extract(PAGE.replace("<p>", '<p class="text">')).text == "\n\n".join(PARAGRAPHS)


BYLINE = '<p>By <a href="/ann">Ann Lee</a> and <a href="/bo">Bo Ek</a></p>'


@pytest.mark.parametrize(
    ("stated", "byline", "authors"),
    [
        ("", BYLINE, ["Ann Lee", "Bo Ek"]),
        ("Harbour News", BYLINE, ["Ann Lee", "Bo Ek"]),
        ("harbour.test", BYLINE, ["Ann Lee", "Bo Ek"]),
        ("Harbour News", "", ["Harbour News"]),
        ("Eva Dahl", BYLINE, ["Eva Dahl"]),
        ("", "", []),
        ("", "<p>By Quayside</p>", []),
    ],
)
def test_the_byline_signs_where_the_markup_names_nobody_or_the_outlet(stated, byline, authors):
    page = PAGE.replace('content="Ann Lee"', f'content="{stated}"').replace("</h1>", f"</h1>{byline}")
    assert extract(page).authors == authors


def test_a_description_that_the_page_does_not_show_is_no_subtitle():
    page = PAGE.replace("</head>", '<meta name="description" content="All about breakwaters, here."></head>')
    assert extract(page).subtitle is None


def test_every_kept_block_is_in_the_text_and_every_paragraph_in_a_kept_block():
    page = _with("<h2>Costs</h2><p>Nine million,<br>more or less, the council said on Thursday.</p>")
    document = extract(page)
    kept = document.ledger.text[document.ledger.kept]
    assert "".join(kept).replace(" ", "") == document.text.replace("\n", "").replace(" ", "")


def test_the_language_a_page_states_counts_for_a_short_text_only():
    short = PAGE.replace("".join(f"<p>{p}</p>" for p in PARAGRAPHS), f"<p>{PARAGRAPHS[0]}</p>")
    assert extract(short.replace('lang="en"', 'lang="cy"')).lang == "cy"
    assert extract(PAGE.replace('lang="en"', 'lang="cy"')).lang == "en"


@pytest.mark.parametrize(
    "page",
    [
        "",
        "\x00",
        "<!-- nothing -->",
        "<html><frameset><frame src='a'></frameset></html>",
        "<html><body>" + "<div>" * 50_000 + "x",
        "<html><body>\ud800</body></html>",
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><html><body>&b;&b;</body></html>',
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        "<html><body><noscript>" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS),
    ],
    ids=["empty", "null", "comment", "frameset", "deep", "surrogate", "entities", "deep JSON", "no script"],
)
def test_hostile_markup_is_read_without_an_article(page):
    assert extract(page, media_type="text/html").text == ""


def test_what_the_parser_leaves_out_is_said_in_the_ledger():
    ledger = extract("<html><body><p>Before.</p>" + "<div>" * 300 + PARAGRAPHS[0]).ledger
    assert ledger.text.tolist() == ["Before.", "[…]"]
    assert ledger.reason.iloc[-1] == "not read: too deep or too long for the parser"


def test_a_page_of_more_elements_than_an_article_has_is_not_read(monkeypatch):
    monkeypatch.setattr(html, "_LARGEST", 10)
    document = extract(PAGE)
    assert document.text == ""
    assert set(document.ledger.reason) == {"not read: the page has more than 10 elements"}


TAGS = st.sampled_from("div p a h1 h2 ul li article header nav br table tr td time script b".split())
NAMES = st.sampled_from(["", "byline", "author-bio", "body", "popup", "caption related"])
MARKUP = st.lists(
    st.one_of(
        st.builds("<{} class='{}'>".format, TAGS, NAMES),
        st.builds("</{}>".format, TAGS),
        st.sampled_from(PARAGRAPHS),
        st.text(max_size=30),
    ),
    max_size=40,
)


@given(MARKUP)
def test_any_markup_is_read_and_the_ledger_agrees_with_the_text(parts):
    document = extract("<html><body>" + "".join(parts), media_type="text/html")
    assert bool(document.text) == bool(document.ledger.kept.any())
    assert document.ledger.reason.all()
    assert document.ledger.line.tolist() == list(range(1, len(document.ledger) + 1))
