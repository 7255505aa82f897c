"""Every number in the report of the seeds, followed to the sentences it was counted from."""

import re
from html import unescape

import pytest

from helpers import paths
from helpers.reporting import keys, run

LINK = re.compile(r'<a class="(ref(?: beside)?)" href="([^"#]+)#([^"]+)">([^<]*)</a>')


@pytest.fixture(scope="module")
def pages():
    index = run.report(paths.DATA / "seeds", tell=lambda _: None)
    return {page.name: page.read_text(encoding="utf-8") for page in sorted(index.parent.glob("*.html"))}


@pytest.fixture(scope="module")
def evidence(pages):
    page = pages["evidence.html"]
    said = re.findall(r'<p class="(sentence[^"]*)" id="([^"]+)"', page)
    told = re.findall(
        r'<p class="key" id="(k\d+)" data-count="(\d+)" data-sentences="(\d+)" data-texts="(\d+)"', page
    )
    listed = {one: {name for kinds, name in said if one in kinds.split()} for one, *_ in told}
    counts = {one: (*map(int, numbers),) for one, *numbers in told}
    return set(re.findall(r'\bid="([^"]+)"', page)), counts, listed


def numbers(pages):
    return [
        (name, kind, target, unescape(text))
        for name, page in pages.items()
        for kind, _, target, text in LINK.findall(page)
    ]


def test_every_number_leads_to_a_place_on_the_evidence_page(pages, evidence):
    found = numbers(pages)
    assert len(found) > 450
    assert {target for _, _, target, _ in found} <= evidence[0]


def test_a_list_has_as_many_sentences_as_it_says(evidence):
    _, counts, listed = evidence
    assert len(counts) > 200
    for name, (count, sentences, texts) in counts.items():
        assert count >= sentences >= texts
        assert len(listed[name]) == min(sentences, keys.MOST), name


def test_a_count_is_that_of_its_list_in_mentions_or_in_texts(pages, evidence):
    counts = evidence[1]
    whole = [(n, t, x) for n, kind, t, x in numbers(pages) if kind == "ref" and re.fullmatch(r"[\d,]+", x)]
    assert len(whole) > 80
    wrong = [
        (name, target, text)
        for name, target, text in whole
        if int(text.replace(",", "")) not in counts.get(target, (1, 1, 1))[::2]
    ]
    assert not wrong
