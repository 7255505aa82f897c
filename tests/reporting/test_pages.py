"""Pages keep what a report may hold and nothing that could act."""

import base64
import hashlib
import re

import nbformat
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.reporting import pages


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        '<img src="https://example.org/pixel.png">',
        '<a href="javascript:alert(1)">x</a>',
        '<a href="data:text/html,<script>alert(1)</script>">x</a>',
        '<a href="da&#9;ta:text/html,<script>alert(1)</script>">x</a>',
        '<a href="//example.org">x</a>',
        '<svg onload="alert(1)"><circle/></svg>',
        '<iframe src="https://example.org"></iframe>',
        '<form action="https://example.org"><input></form>',
        '<p style="background:url(https://example.org)">x</p>',
        "<span data-sentences='a:s001\" onclick=\"alert(1)'>5</span>",
        "<style>@import url(https://example.org)</style>",
        '<meta http-equiv="refresh" content="0;url=https://example.org">',
        "<math><mtext><table><style><img src=x onerror=alert(1)></style></table></mtext></math>",
    ],
)
def test_nothing_that_acts_or_loads_survives(hostile):
    cleaned = pages.clean(f"<p>before</p>{hostile}<p>after</p>")
    tags = " ".join(re.findall(r"<[^>]*>", cleaned))
    assert not re.search(
        r"script|onerror|onload|onclick|javascript:|data:text|example\.org|style|iframe|form", tags
    )
    assert "before" in cleaned and "after" in cleaned


@given(st.text(max_size=120))
def test_any_text_is_cleaned_without_scripts(text):
    assert not re.search(r"<(script|svg|iframe|object)", pages.clean(text), re.IGNORECASE)


def test_a_number_links_to_its_one_sentence_or_folds_out_its_sentences():
    one = pages.clean('<span data-sentences="a_1:s003">5</span>')
    assert one == '<a class="ref" href="evidence.html#a_1:s003">5</a>'
    two = pages.clean('<span data-sentences="a_1:s003 b:s001">5</span>')
    assert two.startswith('<details class="refs"><summary>5</summary>')
    assert re.findall(r'href="([^"]+)">([^<]+)', two) == [
        ("evidence.html#a_1:s003", "a_1:s003"),
        ("evidence.html#b:s001", "b:s001"),
    ]


def test_a_long_text_is_followed_by_its_link():
    cleaned = pages.clean(f'<span data-sentences="a:s001">{"word " * 10}</span>')
    assert cleaned.startswith("word word")
    assert cleaned.endswith('<a class="ref" href="evidence.html#a:s001">sentence</a>')


def notebook(*outputs):
    cells = [nbformat.v4.new_markdown_cell("# A title\n\n## A <step>\n\n<script>alert(1)</script>")]
    code = nbformat.v4.new_code_cell("1 + 1  # <script>")
    code.outputs = [
        nbformat.v4.new_output("display_data", data=data, metadata=meta) for data, meta in outputs
    ]
    return nbformat.v4.new_notebook(cells=[*cells, code])


def page(*outputs):
    names = ["01_ingestion", "05_briefing"]
    return pages.notebook_page(notebook(*outputs), "01_ingestion", names, '<b>"corpus"</b>')


def test_a_page_has_a_title_navigation_and_contents_and_forbids_scripts():
    text = page()
    assert "<title>A title · &lt;b&gt;" in text
    assert '<a href="index.html">Briefing</a>' in text and 'href="evidence.html"' in text
    assert '<a href="#a-step">A &lt;step&gt;</a>' in text or 'href="#a"' in text
    assert "default-src 'none'" in text
    assert "<script" not in text


def test_every_page_says_when_no_person_made_the_codebook():
    book = pd.DataFrame({"source": ["suggested from these texts"]})
    page = pages.notebook_page(
        nbformat.v4.new_notebook(), "02_topics", ["02_topics"], "<c>", pages.notice(book)
    )
    assert '<p class="notice">No person has defined its topics and actors' in page
    assert pages.notice(book.assign(source="codebook.yml")) == ""
    assert pages.notice(book[:0]).startswith("No topic or actor was looked for")


def test_the_policy_allows_just_the_style_of_the_page():
    text = page()
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in text.replace("&#39;", "'").replace("&#43;", "+")


def test_a_figure_is_an_image_with_its_description():
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    text = page(({"image/svg+xml": svg, "text/plain": "x"}, {"image/svg+xml": {"alt": 'Bars "a" & b'}}))
    assert 'alt="Bars &quot;a&quot; &amp; b"' in text
    assert "data:image/svg+xml;base64," in text
    assert "<svg" not in text


def test_html_of_an_output_is_cleaned():
    text = page(({"text/html": '<table onclick="x()"><tr><td>ok</td></tr></table>', "text/plain": "x"}, {}))
    assert "ok" in text and "onclick" not in text
