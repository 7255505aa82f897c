"""The lists behind numbers: which need one, what they say, and where the numbers then lead."""

import re
import time

from helpers.reporting import keys

TABLE = """<table><caption>Mentions &amp; more</caption><tbody>
<tr><td><span data-sentences="a:s001 a:s001 b:s002" data-of="Storms, b &lt;i&gt;">3</span></td>
<td><span data-sentences="a:s001 a:s001 b:s002" data-of="Storms" class="beside">0.5</span></td>
<td><span data-sentences="b:s002" data-of="Quays, b">1</span></td></tr></tbody></table>
<p><span data-sentences="a:s001 b:s002">A sentence that a rule of the briefing has written</span></p>"""

ROW = '<tr><td><span data-sentences="a:s001 b:s002" data-of="Storms">2</span></td></tr>'


def where(target):
    return f"evidence.html#{target}"


def test_a_number_of_several_sentences_has_a_key_that_says_what_was_counted():
    first, *rest = keys.collect({"02 topics": TABLE}).values()
    assert first.name == "k1"
    assert first.about == "02 topics · Mentions & more · Storms, b <i>: 3"
    assert (first.count, first.total, first.texts) == (3, 2, 2)
    assert first.sentence_ids == ("a:s001", "b:s002")
    assert [key.about for key in rest] == [
        "02 topics · Mentions & more · Storms",  # beside a count: not what was counted
        "02 topics · A sentence that a rule of the briefing has written",  # it stands in no table
    ]


def test_a_list_is_named_by_its_count_also_where_a_number_beside_that_comes_first():
    ids = 'data-sentences="a:s001 b:s002" data-of="Storms"'
    content = f'<td><span {ids} class="beside">0.5</span></td><td><span {ids}>2</span></td>'
    assert [key.about for key in keys.collect({"02": content}).values()] == ["02 · Storms: 2"]


def test_the_same_list_under_the_same_name_is_kept_once():
    assert len(keys.collect({"02": TABLE + TABLE})) == 3
    assert len(keys.collect({"02": TABLE, "03": TABLE})) == 6


def test_numbers_lead_to_their_list_and_one_of_one_sentence_to_the_sentence():
    found = keys.collect({"02": TABLE})
    linked = keys.linked("02", TABLE, found, where)
    assert '<a class="ref" href="evidence.html#k1">3</a>' in linked
    assert '<a class="ref beside" href="evidence.html#k2">0.5</a>' in linked
    assert '<a class="ref" href="evidence.html#b:s002">1</a>' in linked
    assert "data-sentences" not in linked


def test_a_long_text_is_followed_by_its_link():
    linked = keys.linked("02", TABLE, keys.collect({"02": TABLE}), where)
    assert 'written <a class="ref" href="evidence.html#k3">2 sentences</a></p>' in linked
    one = f'<span data-sentences="a:s001">{"word " * 10}</span>'
    assert keys.linked("02", one, {}, where).endswith(
        '<a class="ref" href="evidence.html#a:s001">sentence</a>'
    )


def test_a_text_leads_to_its_beginning_which_no_key_and_no_place_of_a_page_is_called_like():
    linked = keys.linked("02", '<span data-sentences="k1">a Gull</span>', {}, where)
    assert linked == '<a class="ref" href="evidence.html#k1:text">a Gull</a>'


def test_a_long_text_is_cut_between_words_where_it_says_what_its_list_is_of():
    content = f'<span data-sentences="a:s001 b:s001">{"quay &amp; " * 30}</span>'
    (key,) = keys.collect({"02": content}).values()
    assert re.fullmatch(r"02 · (quay & ?)+ …", key.about) and len(key.about) < 120


def test_what_follows_a_table_is_not_under_its_caption():
    content = f"{TABLE}<table><tr><td>{TABLE[-95:-4]}</td></tr></table>"
    assert [key.about.count("Mentions") for key in keys.collect({"02": content}).values()] == [1, 1, 0]


def test_a_table_of_twenty_thousand_numbers_is_linked_in_seconds():
    page = "<table><caption>c</caption>" + ROW * 20_000 + "</table>"
    started = time.process_time()
    keys.linked("02", page, keys.collect({"02": page}), where)
    assert time.process_time() - started < 5  # a search for the caption from each of them takes minutes


def test_of_many_sentences_a_draw_is_listed_that_is_the_same_whatever_else_is_counted():
    ids = [f"a:s{number:03d}" for number in range(500)]
    some = keys.drawn(ids)
    assert len(some) == keys.MOST and list(some) == sorted(some)
    assert set(some) & set(ids[:300]) <= set(keys.drawn(ids[:300]))
    many = f'<span data-sentences="{" ".join(ids)}">500</span>'
    (key,) = keys.collect({"02": many}).values()
    assert (key.count, key.total, key.sentence_ids) == (500, 500, some)


def test_an_ordinary_span_stays_as_it_is():
    content = '<span class="k">x</span><span title="a > b" data-sentences="">0</span>'
    assert not keys.collect({"02": content})
    assert re.sub("<[^>]*>", "", keys.linked("02", '<span class="k">x</span>', {}, where)) == "x"


def test_a_page_holds_a_draw_of_a_very_long_list_and_its_key_counts_all():
    ids = [f"{'ab'[n % 2]}:s{n % 300:03d}" for n in range(900)]
    told = " ".join(f'{name}="{value}"' for name, value in keys.attributes(ids).items())
    (key,) = keys.collect({"02": f"<td><span {told}>900</span></td>"}).values()
    assert (key.count, key.total, key.texts) == (900, 300, 2)
    assert key.sentence_ids == keys.drawn(ids)
    assert len(told) < 3_000


def test_numbers_of_one_thing_need_no_list():
    assert keys.alone({"02": TABLE}) == ["b:s002"]
