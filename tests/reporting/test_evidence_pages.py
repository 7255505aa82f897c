"""Evidence pages: what stands on them, how they are split, and how a key is followed through them."""

import re
from html import unescape

import nbformat
import pandas as pd
import pytest

from helpers import tables
from helpers.reporting import evidence_pages, labels, pages, table

EMPTY = {name: pd.DataFrame(columns=list(t.schema.columns)) for name, t in tables.SCHEMAS.items()}
ARTICLE = dict.fromkeys(EMPTY["articles"]) | {"lang": "en", "genre": "news", "published": pd.NaT}


def corpus(texts):
    """Tables of articles, each a list of paragraphs, each a list of sentences."""
    articles = [ARTICLE | {"article_id": one, "file": f"{one}.txt"} for one in texts]
    rows = [
        {"article_id": one, "paragraph": number, "text": text, "start": 5, "end": 9, "heading": False}
        for one, paragraphs in texts.items()
        for number, paragraph in enumerate(paragraphs, 1)
        for text in paragraph
    ]
    sentences = pd.DataFrame(rows)
    number = sentences.groupby("article_id").cumcount() + 1
    sentences["sentence_id"] = sentences.article_id + ":s" + number.map("{:03d}".format)
    ledger = pd.DataFrame(
        {"article_id": [*texts], "line": 3, "text": "Home", "reason": "menu", "kept": False}
    )
    book = pd.DataFrame({"kind": ["topic"], "code": ["x"], "label": ["X"], "source": ["codebook.yml"]})
    return EMPTY | {
        "articles": pd.DataFrame(articles), "sentences": sentences, "ledger": ledger, "codebook": book,
    }  # fmt: skip


def report(stored, *numbers, **more):
    shown = "".join(f'<p><span data-sentences="{" ".join(ids)}">{len(ids)}</span></p>' for ids in numbers)
    cell = nbformat.v4.new_code_cell("1")
    cell.outputs = [nbformat.v4.new_output("display_data", data={"text/html": shown, "text/plain": "x"})]
    body = pages.content(nbformat.v4.new_notebook(cells=[cell]), "02_topics")
    return pages.report({"02_topics": body}, stored, "c", **more)


def classes(page, sentence_id):
    return re.search(rf'<p class="([^"]*)" id="{sentence_id}"', page)[1].split()


SMALL = corpus({"a": [["One.", "Two."], ["Three."]], "b": [["Four <b>."]]})


def test_the_sentences_of_a_number_and_what_they_stand_in_bear_its_key():
    made = report(SMALL, ["a:s001", "a:s001", "b:s001"], ["a:s003"])
    assert set(re.findall(r'href="(evidence[^"]*#[^"]*)"', made["02_topics.html"])) == {
        "evidence.html#k1", "evidence.html#a:s003",
    }  # fmt: skip
    page = made["evidence.html"]
    told = 'data-count="3" data-sentences="2" data-texts="2"><strong>02 Topics · 3</strong>'
    assert f'<p class="key" id="k1" {told}' in page
    assert "3 counted, in 2 sentences of 2 texts." in page
    assert ["k1" in classes(page, one) for one in ("a:s001", "a:s002", "a:s003", "b:s001")] == [1, 0, 0, 1]
    assert len(re.findall(r'class="paragraph k1"', page)) == 2 and page.count('class="paragraph"') == 1
    assert page.count('class="article k1"') == 2
    assert ".keys:has(#k1:target)~.articles .k1{display:block" in page
    assert "Four &lt;b&gt;." in page


def test_a_text_that_is_called_like_a_key_or_a_switch_has_a_place_of_its_own():
    stored = corpus({"k1": [["One.", "Two."]], "show-dates": [["Three."]]})
    page = report(stored, ["k1:s001", "show-dates:s001"])["evidence.html"]
    anchors = re.findall(r'\bid="([^"]+)"', page)
    assert len(anchors) == len(set(anchors)) and {"k1", "k1:text", "show-dates", "show-dates:text"} <= {
        *anchors
    }


def test_the_name_of_a_text_leads_to_it_whatever_signs_are_in_it():
    stored = corpus({"k1": [["One."]], "b": [["Two."]]})
    stored["articles"] = stored["articles"].assign(outlet='Gull\'s "Quay" & <b>$x$</b>')
    names = labels(stored["articles"])
    cell = nbformat.v4.new_code_cell("1")
    shown = table(pd.DataFrame({"article": names.tolist(), "n": 1}), "Texts")._repr_html_()
    cell.outputs = [nbformat.v4.new_output("display_data", data={"text/html": shown})]
    body = pages.content(nbformat.v4.new_notebook(cells=[cell]), "02_topics")
    made = pages.report({"02_topics": body}, stored, "c")
    found = re.findall(r'<td><a class="ref" href="([^"]+)">([^<]+)</a>', made["02_topics.html"])
    assert [(to, unescape(name)) for to, name in found] == [
        ("evidence.html#k1:text", names["k1"]), ("evidence.html#b:text", names["b"])
    ]  # fmt: skip
    assert "<b>" not in "".join(made.values())


def test_above_five_hundred_texts_the_evidence_is_split_and_a_key_leads_on():
    many = {f"t{number:04d}": [["One."], ["Two."]] for number in range(evidence_pages.ARTICLES + 1)}
    made = report(corpus(many), ["t0000:s001", "t0500:s002"])
    assert sorted(made) == ["02_topics.html", "evidence-2.html", "evidence.html"]
    assert 'id="t0499:s001"' in made["evidence.html"] and 'id="t0500:s001"' in made["evidence-2.html"]
    assert '1 on this page, <a href="evidence-2.html#k1">1 on another</a>' in made["evidence.html"]
    assert '1 on this page, <a href="evidence.html#k1">1 on another</a>' in made["evidence-2.html"]
    ends = "t0500 outlet unknown to t0500 outlet unknown"
    assert f'<a href="evidence-2.html">{ends}</a>' in made["evidence.html"]


def test_a_key_on_many_pages_leads_from_each_to_the_next(monkeypatch):
    monkeypatch.setattr(evidence_pages, "ARTICLES", 1)
    made = report(
        corpus({f"t{number}": [["One."]] for number in range(4)}), ["t0:s001", "t1:s001", "t3:s001"]
    )
    told = '1 on this page, <a href="{}#k1">1 on another</a> of 3 pages. '
    assert told.format("evidence-2.html") in made["evidence.html"]
    assert told.format("evidence-4.html") in made["evidence-2.html"]
    assert told.format("evidence.html") in made["evidence-4.html"]


def test_of_more_than_a_thousand_texts_those_are_shown_that_numbers_lead_to(monkeypatch):
    monkeypatch.setattr(evidence_pages, "TEXTS", 3)
    stored = corpus({f"t{number}": [["One."]] for number in range(9)})
    made = report(stored, [f"t{number}:s001" for number in range(9)], ["t4:s001"], ["t5"])
    there = set(re.findall(r'id="(t\d):text"', made["evidence.html"]))
    assert len(there) == 3 and there > {"t4", "t5"}
    assert "9 counted, in 9 sentences of 9 texts, of which a draw of 3 is listed" in made["evidence.html"]
    assert "Here are the texts of 3 articles" in made["evidence.html"]
    assert 'href="evidence.html#t4:s001"' in made["02_topics.html"]
    monkeypatch.setattr(evidence_pages, "TEXTS", 9)
    assert "Here are the texts of" not in report(stored, ["t4:s001"])["evidence.html"]


def test_every_number_leads_to_a_text_even_where_that_makes_more_than_a_page_should_hold(monkeypatch):
    monkeypatch.setattr(evidence_pages, "TEXTS", 2)
    lists = [(f"t{number}:s001",) for number in range(5)]
    assert set(evidence_pages.shown([f"t{n}" for n in range(9)], lists)) == {f"t{n}" for n in range(5)}


def test_every_page_stays_below_two_megabytes():
    long = [
        ["A sentence of the quay and of the storm, some hundred characters long, as they are in the news."]
        * 9
    ]
    made = report(
        corpus({f"t{n}": long * 60 for n in range(60)}),
        *([f"t{n}:s{m:03d}" for n in range(60)] for m in range(1, 400)),
    )
    evidence = {name: page for name, page in made.items() if name.startswith("evidence")}
    assert len(evidence) > 3
    assert max(len(page.encode()) for page in evidence.values()) < 2_000_000


def test_without_texts_a_sentence_is_its_id_its_place_and_a_snippet():
    stored = SMALL | {
        "mentions": pd.DataFrame(
            {"sentence_id": ["a:s001"], "kind": "topic", "code": "x", "start": 0, "end": 3}
        )
    }
    assert '<mark class="mention" title="topic: X">One</mark>' in report(stored)["evidence.html"]
    page = report(stored, cut=lambda text: text[:2] + "…")["evidence.html"]
    assert "On… " in page and "One." not in page and "(characters 5 to 9)" in page and "Ho…" in page
    assert "<mark" not in page and 'id="show-' not in page


@pytest.mark.parametrize("kind", ["mentions", "quotes", "dates", "loaded"])
def test_each_kind_of_mark_has_its_switch(kind):
    assert f'<input type="checkbox" id="show-{kind}">' in report(SMALL)["evidence.html"]
