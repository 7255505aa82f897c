"""The evidence in a real browser: from a number to its sentences and back, marks, what the script adds."""

import pytest

from conftest import pages

KINDS = {"mentions": "mention", "quotes": "quote", "dates": "date", "loaded": "loaded"}
LONG = 12  # rows: longer tables get a field to search in
DRAWN = 200  # sentences: of more a draw is listed

# How the first mark of each kind, that is of this kind alone, looks in the texts.
LOOKS = """kinds => Object.fromEntries(Object.entries(kinds).map(([name, kind]) => {
    const look = getComputedStyle(document.querySelector(`.articles mark[class="${kind}"]`));
    const {textDecorationLine, textDecorationStyle, backgroundColor, fontStyle} = look;
    return [name, [textDecorationLine, textDecorationStyle, backgroundColor, fontStyle].join(' ')];
}))"""

# Goes to each key and tells what a reader then sees.
SHOWN = """keys => keys.map(key => {
    location.hash = key;
    const seen = one => one.checkVisibility(), all = among => [...document.querySelectorAll(among)];
    const box = document.getElementById(key), articles = all('.articles > .article').filter(seen);
    const sentences = all('.articles .sentence').filter(seen);
    const lit = sentences.filter(one => getComputedStyle(one).backgroundColor !== 'rgba(0, 0, 0, 0)');
    return {
        key, open: all('.key').filter(seen).map(one => one.id), text: box.innerText,
        total: Number(box.dataset.sentences), texts: Number(box.dataset.texts),
        articles: articles.length, named: articles.filter(one => seen(one.querySelector('h2'))).length,
        lit: lit.length, right: lit.every(one => one.classList.contains(key)),
        elsewhere: [...box.querySelectorAll('a[href*=".html#"]')].map(one => parseInt(one.textContent)),
        alien: all('.paragraph').filter(one => seen(one) && !one.querySelector(`.sentence.${key}`)).length,
    };
})"""


@pytest.fixture(scope="module")
def split(reports):
    """The report of 40 outlets again, its texts on several pages."""
    return reports["split"]


def test_each_kind_of_mark_is_switched_by_itself_without_a_script(report, opened):
    with opened(report / "evidence.html", java_script_enabled=False) as visit:
        page = visit.page
        assert page.locator("fieldset legend").count() == 1
        unmarked = page.evaluate(LOOKS, KINDS)
        assert len(set(unmarked.values())) == 1
        for name in KINDS:
            page.check(f"#show-{name}")
            looks = page.evaluate(LOOKS, KINDS)
            assert {one for one in KINDS if looks[one] != unmarked[one]} == {name}
            page.uncheck(f"#show-{name}")
        assert page.evaluate(LOOKS, KINDS) == unmarked
        for name in KINDS:
            page.check(f"#show-{name}")
        assert len(set(page.evaluate(LOOKS, KINDS).values())) == len(
            KINDS
        )  # told apart by more than a colour


def test_the_switches_are_reached_and_thrown_by_the_keyboard(report, opened):
    with opened(report / "evidence.html") as visit:
        page, thrown = visit.page, []
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # skips to the content
        for _ in range(10):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.type === 'checkbox'"):
                page.keyboard.press("Space")
                thrown.append(page.evaluate("document.activeElement.id"))
        assert thrown == [f"show-{name}" for name in KINDS]
        assert page.locator("input:checked").count() == len(KINDS)


def test_a_number_shows_its_sentences_and_no_others(report, opened):
    with opened(report / "evidence.html") as visit:
        keys = visit.page.eval_on_selector_all(".key", "all => all.map(one => one.id)")
        shown = visit.page.evaluate(SHOWN, keys[:: len(keys) // 100])
    assert len(keys) > len(shown) > 99
    for one in shown:
        assert one["open"] == [one["key"]]
        assert one["lit"] == min(one["total"], DRAWN) and one["right"], one
        assert one["articles"] == one["named"] and one["articles"] <= one["texts"], one
        assert one["total"] > DRAWN or one["articles"] == one["texts"], one
        assert one["alien"] == 0, one


def test_a_number_says_what_it_counted_wherever_it_stands(report, opened):
    """A whole number that is a link is what its evidence says was counted, or in how many texts, or one."""
    with opened(report / "evidence.html") as visit:
        counts = visit.page.eval_on_selector_all(
            ".key",
            "all => Object.fromEntries(all.map(one => [one.id, [one.dataset.count, one.dataset.texts]]))",
        )
    told = []
    for file in pages(report):
        with opened(file) as visit:
            told += visit.page.eval_on_selector_all(
                "a.ref:not(.beside)",
                "all => all.map(one => [one.textContent.trim(), one.getAttribute('href').split('#')[1]])",
            )
    numbers = [(text, place) for text, place in told if text.isdigit()]
    assert len(numbers) > 50
    assert [one for one in numbers if one[0] not in counts.get(one[1], ["1"])] == []


def test_following_a_number_by_hand_there_and_back(report, opened):
    with opened(report / "02_topics.html") as visit:
        page = visit.page
        link = page.locator('a.ref[href*="#k"]:visible').first
        key = link.get_attribute("href").split("#")[1]
        link.click()
        box = page.locator(f"#{key}")
        box.wait_for(state="visible")  # a click does not wait for the page it opens
        assert 0 <= box.bounding_box()["y"] < 450
        first = page.locator(f".sentence.{key}").first
        assert box.bounding_box()["y"] + box.bounding_box()["height"] <= first.bounding_box()["y"] < 900
        box.get_by_text("All texts").click()
        assert not box.is_visible()
        hidden = (
            page.locator(".articles .sentence").count() - page.locator(".articles .sentence:visible").count()
        )
        assert hidden == 0
        page.go_back()
        assert box.is_visible()
        page.go_back()
        assert page.url.endswith("02_topics.html")


def test_a_number_is_followed_without_a_script(report, opened):
    with opened(report / "02_topics.html", java_script_enabled=False) as visit:
        link = visit.page.locator('a.ref[href*="#k"]:visible').first
        key = link.get_attribute("href").split("#")[1]
        link.click()
        box = visit.page.locator(f"#{key}")
        box.wait_for(state="visible")
        assert visit.page.locator(".sentence:visible").count() >= int(box.get_attribute("data-sentences"))
        assert visit.page.locator(f".sentence:visible:not(.paragraph.{key} .sentence)").count() == 0


def test_a_sentence_that_is_followed_alone_is_shown_among_all(report, opened):
    with opened(report / "02_topics.html") as visit:
        visit.page.locator('a.ref[href*=":s"]:visible').first.click()
        visit.page.wait_for_url("**/evidence.html#*")
        target = visit.page.locator(":target")
        assert target.get_attribute("class").startswith("sentence")
        assert target.evaluate("one => getComputedStyle(one).backgroundColor") != "rgba(0, 0, 0, 0)"
        assert visit.page.locator(".article:visible").count() == visit.page.locator(".article").count()


def test_what_was_dropped_is_folded_and_can_be_unfolded(report, opened):
    with opened(report / "evidence.html", java_script_enabled=False) as visit:
        fold = visit.page.locator("details.dropped:has(td)").first
        assert not fold.locator("td").first.is_visible()
        fold.locator("summary").click()
        assert fold.locator("td").first.is_visible()


def test_only_long_tables_get_a_field_and_it_hides_rows_without_the_words(report, opened):
    fields = 0
    for file in pages(report):
        if file.name.startswith("evidence"):
            continue
        with opened(file) as visit:
            page = visit.page
            tables = page.locator(".result table")
            for number in range(tables.count()):
                table = tables.nth(number)
                rows = table.locator("tbody tr")
                before = table.locator("xpath=preceding-sibling::*[1]//input[@type='search']")
                assert before.count() == (rows.count() > LONG), f"{file.name}: table {number}"
                if not before.count() or not before.is_visible():
                    continue
                fields += 1
                last = rows.last.inner_text()
                word = max(last.split(), key=len)
                having = [word.lower() in text.lower() for text in rows.all_text_contents()]
                before.fill(word.upper())
                assert [row.is_visible() for row in rows.all()] == having, f"{file.name}: {word}"
                told = table.locator("xpath=preceding-sibling::*[1]//*[@role='status' or @aria-live]")
                assert told.inner_text() == f"{sum(having)} of {len(having)}"
                before.fill("")
                assert rows.last.is_visible() and told.inner_text() == ""
    assert fields > (3 if report.name == "forty" else 0)


def test_the_texts_of_the_evidence_are_filtered_by_all_words_typed(reports, opened):
    with opened(reports["forty"] / "evidence.html") as visit:
        page = visit.page
        field, articles = page.locator("input.filter"), page.locator(".article")
        field.press_sequentially("quillon DISGRACE")
        seen = page.locator(".article:visible").all_text_contents()
        assert 0 < len(seen) < articles.count()
        assert all("quillon" in text.lower() and "disgrace" in text.lower() for text in seen)
        assert page.get_by_role("status").inner_text() == f"{len(seen)} of {articles.count()}"
        field.fill("nothing-has-this-word")
        assert page.locator(".article:visible").count() == 0
        field.fill("")
        assert page.locator(".article:visible").count() == articles.count()


def test_without_a_script_there_is_no_field_that_would_do_nothing(report, opened):
    for file in pages(report):
        with opened(file, java_script_enabled=False) as visit:
            assert visit.page.locator("input[type=search]").count() == 0


def test_texts_on_several_pages_are_led_to_from_every_number(split, opened):
    files = [file for file in pages(split) if file.name.startswith("evidence")]
    assert len(files) > 2
    of_key, articles = {}, 0
    for file in files:
        with opened(file) as visit:
            keys = visit.page.eval_on_selector_all(".key", "all => all.map(one => one.id)")
            articles += visit.page.locator(".article").count()
            for one in visit.page.evaluate(SHOWN, [key for key in keys if key.endswith("7")]):
                assert one["open"] == [one["key"]] and one["right"] and one["alien"] == 0, one
                of_key.setdefault(one["key"], []).append(one)
    assert any(len(parts) > 1 for parts in of_key.values())
    for parts in of_key.values():
        assert sum(one["lit"] for one in parts) == min(parts[0]["total"], DRAWN), parts
        # Each page leads to the next and tells how many are there, and the last one to the first.
        lit = [one["lit"] for one in parts]
        following = [[number] for number in lit[1:] + lit[:1]] if len(lit) > 1 else [[]]
        assert [one["elsewhere"] for one in parts] == following, parts
    with opened(files[0]) as visit:
        assert visit.page.locator(".article").count() < articles
