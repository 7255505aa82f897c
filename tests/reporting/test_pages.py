"""Pages keep what a report may hold and nothing that could act."""

import base64
import hashlib
import re

import nbformat
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import tables
from helpers.reporting import pages

ARTICLE = dict.fromkeys(tables.SCHEMAS["articles"].schema.columns) | {
    "article_id": "a", "file": "a.txt", "lang": "en", "genre": "news", "published": pd.NaT,
}  # fmt: skip
BOOK = pd.DataFrame({"kind": ["topic"], "code": ["x"], "label": ["X"], "source": ["codebook.yml"]})
STORED = {name: pd.DataFrame(columns=list(t.schema.columns)) for name, t in tables.SCHEMAS.items()} | {
    "articles": pd.DataFrame([ARTICLE]),
    "sentences": pd.DataFrame(
        {
            "sentence_id": ["a:s000", "a:s001"], "article_id": "a", "paragraph": [0, 1], "start": 0,
            "end": [0, 9],
            "heading": [True, False], "text": ["A head", "The quay."],
        }
    ),
    "ledger": pd.DataFrame({"article_id": ["a"], "line": 1, "text": "Home", "reason": "menu", "kept": False}),
}  # fmt: skip


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


def notebook(*outputs):
    cells = [nbformat.v4.new_markdown_cell("# A title\n\n## A <step>\n\n<script>alert(1)</script>")]
    code = nbformat.v4.new_code_cell("1 + 1  # <script>")
    code.outputs = [
        nbformat.v4.new_output("display_data", data=data, metadata=meta) for data, meta in outputs
    ]
    return nbformat.v4.new_notebook(cells=[*cells, code])


def whole(*outputs, book=BOOK):
    executed = {"01_ingestion": notebook(*outputs), "05_briefing": nbformat.v4.new_notebook()}
    bodies = {name: pages.content(notebook, name) for name, notebook in executed.items()}
    return pages.report(bodies, {**STORED, "codebook": book}, '<b>"corpus"</b>')


def page(*outputs, **more):
    return whole(*outputs, **more)["01_ingestion.html"]


def test_a_page_has_a_title_navigation_and_contents_and_runs_no_script_but_its_own():
    text = page()
    assert "<title>A title · &lt;b&gt;" in text
    assert '<a href="index.html">Briefing</a>' in text and 'href="evidence.html"' in text
    assert '<a href="#a-step">A &lt;step&gt;</a>' in text or 'href="#a"' in text
    assert "default-src 'none'" in text
    assert text.count("<script") == 1 and "alert(1)" not in re.findall(r"<script>.*?</script>", text, re.S)[0]


def test_every_page_says_when_no_person_made_the_codebook():
    book = BOOK.assign(source="suggested from these texts")
    made = whole(book=book)
    assert set(made) == {"01_ingestion.html", "index.html", "evidence.html"}
    for text in made.values():
        assert '<p class="notice">No person has defined its topics and actors' in text
    assert pages.notice(BOOK) == ""
    assert pages.notice(BOOK[:0]).startswith("No topic or actor was looked for")


@pytest.mark.parametrize("tag", ["style", "script"])
def test_the_policy_allows_just_the_styles_and_the_script_of_the_page(tag):
    number = '<span data-sentences="a:s000 a:s001">2</span>'  # its list has rules of its own
    made = whole(({"text/html": number, "text/plain": "2"}, {}))
    for name, text in made.items():
        sources = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert len(sources) == 1 + (tag == "style" and name == "evidence.html")
        digests = {base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in sources}
        policy = re.search(rf"{tag}-src ([^;\"]*)", text)[1]
        assert set(policy.split()) == {f"'sha256-{digest}'" for digest in digests}


def test_a_figure_is_an_image_with_its_description():
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    text = page(({"image/svg+xml": svg, "text/plain": "x"}, {"image/svg+xml": {"alt": 'Bars "a" & b'}}))
    assert 'alt="Bars &quot;a&quot; &amp; b"' in text
    assert "data:image/svg+xml;base64," in text
    assert "<svg" not in text


def test_html_of_an_output_is_cleaned():
    text = page(({"text/html": '<table onclick="x()"><tr><td>ok</td></tr></table>', "text/plain": "x"}, {}))
    assert "ok" in text and "onclick" not in text
