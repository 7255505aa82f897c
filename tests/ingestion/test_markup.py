import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from helpers.ingestion import markup


def read(head="", body="", lang="en"):
    return markup.read(
        html.document_fromstring(f"<html lang={lang}><head>{head}</head><body>{body}</body></html>")
    )


def script(said):
    return (
        f'<script type="application/ld+json">{said if isinstance(said, str) else json.dumps(said)}</script>'
    )


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Bridge opens",
    "author": {"@type": "Person", "name": "Ann Lee"},
}


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (
            '<meta property="og:title" content="Bridge opens after years">',
            "<h1>Bridge opens</h1>",
            "Bridge opens",
        ),
        ("<title>Bridge opens - The Quay</title>", "<h1>The Quay</h1><h1>Bridge opens</h1>", "Bridge opens"),
        ("<title>Bridge opens | The Quay</title>", "", "Bridge opens"),
        ("<title>Ferry - a history of boats</title>", "", "Ferry - a history of boats"),
        (script(ARTICLE), "<h1>More stories from the town</h1>", "Bridge opens"),
        (
            '<meta property="og:site_name" content="The Quay">'
            '<meta property="og:title" content="Bridge opens – The Quay">',
            "",
            "Bridge opens",
        ),
        ("", "", None),
    ],
)
def test_the_title_is_the_headline_on_the_page_that_agrees_with_what_the_markup_states(head, body, title):
    assert read(head, body).title == title


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"@type": "Person", "name": "Ann Lee"}, ["Ann Lee"]),
        ([{"name": "Ann Lee"}, {"name": "Bo Ek"}], ["Ann Lee", "Bo Ek"]),
        ("By Ann Lee and Bo Ek", ["Ann Lee", "Bo Ek"]),
        ("Ann Lee, Reporter", ["Ann Lee"]),
        ("Analysis by Ann Lee, Quay Editor", ["Ann Lee"]),
        ({"name": "Ann Lee (ale)"}, ["Ann Lee"]),
        ({"name": ["Ann Lee"]}, ["Ann Lee"]),
        ("ann@quay.example", []),
        ("https://quay.example/ann", []),
        ([None, 5, {"x": 1}], []),
    ],
)
def test_authors_are_read_from_any_form_of_json_ld(author, names):
    assert read(script({**ARTICLE, "author": author})).authors == names


def test_an_author_given_by_reference_is_found_in_the_graph():
    graph = {
        "@graph": [
            {**ARTICLE, "author": {"@id": "#ann"}},
            {"@id": "#ann", "@type": "Person", "name": "Ann Lee"},
        ]
    }
    assert read(script(graph)).authors == ["Ann Lee"]


def test_marks_and_entities_in_json_ld_become_plain_text():
    found = read(
        script({**ARTICLE, "headline": "Bridge &amp;amp; ferry", "description": "<p>It</p> opened."})
    )
    assert (found.title, found.subtitle) == ("Bridge & ferry", "It opened.")


@pytest.mark.parametrize(
    "said",
    [
        "<!-- " + json.dumps(ARTICLE) + " -->",
        json.dumps(ARTICLE)[:-1] + ",}",
        "/* <![CDATA[ */" + json.dumps(ARTICLE) + "/* ]]> */",
        json.dumps(ARTICLE).replace("Bridge", "Bridge\t"),
        json.dumps([{"@type": "WebSite", "name": "The Quay"}, {"@graph": [ARTICLE]}]),
    ],
    ids=["comment", "comma", "CDATA", "tab", "graph"],
)
def test_json_ld_is_read_though_it_is_not_quite_json(said):
    assert read(script(said)).title == "Bridge opens"


def test_a_script_that_is_no_json_does_not_hide_the_next():
    assert read(script('{"@type": "NewsArticle", "headline":') + script(ARTICLE)).authors == ["Ann Lee"]


@pytest.mark.parametrize(
    ("said", "meta", "genre", "basis"),
    [
        ({"@type": "OpinionNewsArticle"}, "", "opinion", "JSON-LD OpinionNewsArticle"),
        ({"@type": ["NewsArticle", "AnalysisNewsArticle"]}, "", "analysis", "JSON-LD AnalysisNewsArticle"),
        ({"@type": "LiveBlogPosting"}, "", "live", "JSON-LD LiveBlogPosting"),
        ({"articleSection": ["Opinion"]}, "", "opinion", "section “Opinion”"),
        ({}, '<meta property="article:section" content="Analysis">', "analysis", "section “Analysis”"),
        ({"articleSection": "World"}, "", "unknown", "not stated"),
    ],
)
def test_the_genre_is_what_the_markup_calls_the_article(said, meta, genre, basis):
    found = read(meta + script({**ARTICLE, **said}))
    assert (found.genre, found.genre_basis) == (genre, basis)


def test_the_outlet_is_the_publisher_where_the_page_has_no_site_name():
    found = read(script({**ARTICLE, "publisher": {"@type": "Organization", "name": "The Quay"}}))
    assert (found.outlet, found.outlet_basis) == ("The Quay", "JSON-LD publisher")


@pytest.mark.parametrize("where", ["nav", "aside", "footer"])
def test_a_time_in_the_furniture_is_no_day_of_publication(where):
    assert read(body=f'<{where}><time datetime="2021-05-03">3 May</time></{where}>').published is None


def test_an_outlet_s_name_is_not_parted():
    found = read(script({**ARTICLE, "publisher": {"name": "Lee, Ek & Sons"}}))
    assert found.outlet == "Lee, Ek & Sons"


def test_a_date_of_the_article_is_taken_before_another_object_s():
    other = {"@type": "VideoObject", "datePublished": "2001-01-01"}
    found = read(script(other) + script({**ARTICLE, "datePublished": "2021-05-03T10:30:00+02:00"}))
    assert (found.published.isoformat(), found.published_basis) == ("2021-05-03T10:30:00", "datePublished")


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=20)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["@id", "@type", "name", "headline", "author"]), inner, max_size=3),
    ),
    max_leaves=10,
)
KEYS = "@type headline author editor publisher datePublished articleSection description".split()


@given(st.dictionaries(st.sampled_from(KEYS), VALUES), st.sampled_from(["NewsArticle", "LiveBlogPosting"]))
def test_any_json_ld_is_read(said, kind):
    found = read(script({"headline": "x", **said, "@type": [kind, said.get("@type")]}))
    assert all(isinstance(name, str) for name in [*found.authors, *found.editors])
