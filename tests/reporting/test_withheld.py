"""Texts that may not be passed on: no long run of an article's words in anything that is shared."""

import base64
import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import tables
from helpers.reporting.withheld import Withheld

TITLE = "Port Ellery council to hear on Monday what the new stone pier may cost its small town"
TEXT = (
    "The harbour master’s office said on Monday that the pier & its light will stand before winter comes. "
    "Boats from the northern islands had waited for a safe landing since the great storm of last August.\n\n"
    "Results: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16."
)
LINE = "Subscribe now to read all the stories that our reporters bring to you from the coast"
THAI = "สภาเมืองท่าเรืออนุมัติเขื่อนกันคลื่นแห่งใหม่เมื่อวันจันทร์หลังจากถกเถียงกันมาสองปี"
ARTICLES = pd.DataFrame({"title": [TITLE, None], "subtitle": [None, None], "text": [TEXT, THAI]})
SAID = TEXT.split(". ")[0]  # 17 words


@pytest.fixture(scope="module")
def withheld():
    return Withheld({"articles": ARTICLES, "ledger": pd.DataFrame({"text": [LINE]})})


def test_twelve_words_stay_and_of_thirteen_the_first_eight(withheld):
    words = SAID.split()
    assert withheld.text(" ".join(words[:12])) == " ".join(
        words[:12]
    )  # “&” is no word, master’s counts as two
    cut = withheld.text("It says: " + " ".join(words[:13]) + ", and more")
    assert cut == "It says: The harbour master’s office said on Monday …, and more"


def test_headline_dropped_line_and_body_are_all_held_back(withheld):
    for text in (TITLE, LINE, SAID):
        assert withheld.text(f"«{text}»") != f"«{text}»"


def test_case_marks_and_blanks_make_no_difference(withheld):
    changed = SAID.upper().replace(" ", " \n-- ").replace("’", "'")
    assert withheld.text(changed).endswith("MONDAY …")


def test_what_is_left_of_a_run_never_makes_another():
    tables_ = {"articles": pd.DataFrame({"title": [""], "subtitle": [""], "text": ["well " * 40]})}
    withheld = Withheld(tables_ | {"ledger": pd.DataFrame({"text": ["well " * 40]})})
    assert withheld.text("well " * 40 + "he said " + "well " * 13).count("well") == 16


def test_a_script_without_blanks_is_cut_by_its_signs(withheld):
    assert withheld.text(THAI[:24]) == THAI[:24]
    assert withheld.text(THAI[:25]) == THAI[:16] + " …"


def test_lists_of_figures_stay_as_they_are(withheld):
    figures = "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16"
    assert withheld.text(figures) == figures


def test_an_address_made_of_the_headline_stays(withheld):
    address = "https://example.org/" + "-".join(TITLE.lower().split())
    assert withheld.text(f"See {address} or {address[20:]}.html") == f"See {address} or {address[20:]}.html"


def test_tags_within_a_run_hide_nothing_and_stay(withheld):
    page = SAID.replace("&", "&amp;").replace(
        "Monday that", '<mark class="date">Monday</mark> <a href="#x">that'
    )
    cut = withheld.page(f"<p>{page}</a></p><p>next</p>")
    start = '<p>The harbour master’s office said on <mark class="date">Monday</mark>'
    assert cut == start + '<a href="#x"> …</a></p><p>next</p>'


def test_paragraphs_that_follow_one_another_are_one_run(withheld):
    words = SAID.replace("&", "&amp;").split()
    cut = withheld.page(f"<td>{' '.join(words[:9])}</td><td>{' '.join(words[9:])}</td>")
    assert cut == "<td>The harbour master’s office said on Monday …</td><td> …</td>"


def test_descriptions_and_pictures_are_cut_too_and_styles_are_not(withheld):
    picture = base64.b64encode(f"<svg><text>{LINE}</text></svg>".encode()).decode()
    page = f'<style>/* {LINE} */</style><img alt="{LINE}" src="data:image/svg+xml;base64,{picture}">'
    cut = withheld.page(page)
    drawn = base64.b64decode(cut.rpartition(",")[2].rstrip('">')).decode()
    assert cut.startswith(
        f'<style>/* {LINE} */</style><img alt="Subscribe now to read all the stories that …"'
    )
    assert drawn == "<svg><text>Subscribe now to read all the stories that …</text></svg>"


def test_a_page_without_a_run_keeps_its_bytes(withheld):
    page = "<!DOCTYPE html><p title='a > b'>It&#39;s &lt;b&gt; &nbsp; <i>x</i></p>"
    assert withheld.page(page) == page


def test_a_table_keeps_its_ids_numbers_and_file_names(withheld):
    rows = {"article_id": ["a"], "file": [TITLE + ".txt"], "start": [0], "note": [SAID], "text": ["a " * 9]}
    cut = withheld.table(tables.csv_text(pd.DataFrame(rows)), "sentences").splitlines()
    assert cut[1] == f"a,{TITLE}.txt,0,The harbour master’s office said on Monday …,a a a a a a a a …"


def test_a_cell_of_any_length_can_be_read(withheld):
    assert (
        withheld.table("text\n" + "word " * 50_000 + "\n", "ledger")
        == "text\nword word word word word word word word …\n"
    )


def test_json_is_cut_in_its_texts_only(withheld):
    cut = json.loads(withheld.json(json.dumps({"n": 1, "all": [{"sentence": SAID, "day": None}]})))
    assert cut == {"n": 1, "all": [{"sentence": "The harbour master’s office said on Monday …", "day": None}]}


def test_nothing_is_held_back_of_a_corpus_without_articles():
    empty = Withheld({"articles": ARTICLES[:0], "ledger": pd.DataFrame({"text": pd.Series([], dtype=str)})})
    assert empty.text(SAID) == SAID and empty.page(f"<p>{SAID}</p>") == f"<p>{SAID}</p>"


@given(st.lists(st.sampled_from("a b c d e".split()), max_size=80), st.integers(0, 60))
def test_no_run_of_thirteen_words_is_ever_left(words, start):
    text = " ".join("abacadaeabbcbdbeaccdceaddeaeebacbdbecacdcedaebabcd")
    withheld = Withheld(
        {
            "articles": pd.DataFrame({"title": [""], "subtitle": [""], "text": [text]}),
            "ledger": pd.DataFrame({"text": [""]}),
        }
    )
    left = withheld.text(" ".join([*words, *text.split()[start:], *words])).replace(" …", "").split()
    assert not any(" ".join(left[i : i + 13]) in text for i in range(len(left) - 12))
