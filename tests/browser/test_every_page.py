"""Every page of two reports in a real browser: the seeds', and that of 40 outlets with hostile articles."""

import json
from importlib.resources import files

import pytest
from forty_outlets import ATTACK, IMAGE

from conftest import pages

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"
# Of what is alike (rows, articles, code) the first and last few stand for all, or axe would take minutes.
THIN_OUT = """() => {
    const parents = document.querySelectorAll('tbody, .articles');
    parents.forEach(parent => [...parent.children].slice(6, -6).forEach(one => one.remove()));
    [...document.querySelectorAll('details.code')].slice(3).forEach(one => one.open = false);
}"""
UNSEEN = """among => [...document.querySelectorAll(among)].filter(one => one.textContent.trim())
    .filter(one => !one.checkVisibility({visibilityProperty: true}) || !one.getClientRects().length)
    .map(one => one.outerHTML.slice(0, 120))"""
# What a box cuts off on its right, but for tables of many columns: no paper is wide enough for those.
CUT_OFF = """() => [...document.querySelectorAll('main *')]
    .filter(one => one.checkVisibility() && getComputedStyle(one).overflowX !== 'visible')
    .filter(one => one.scrollWidth > one.clientWidth + 1)
    .filter(one => ![...one.querySelectorAll('tr:first-child')].some(row => row.cells.length > 10))
    .map(one => one.outerHTML.slice(0, 160))"""
# What sticks out on the right although no box around it scrolls.
WIDE = """() => [...document.querySelectorAll('body *')].filter(one => {
    const right = one.getBoundingClientRect().right + scrollX;
    if (right <= innerWidth + 1) return false;
    for (let box = one.parentElement; box !== document.body; box = box.parentElement)
        if (getComputedStyle(box).overflowX !== 'visible') return false;
    return true;
}).slice(0, 4).map(one => one.outerHTML.slice(0, 160))"""


def test_a_page_asks_for_nothing_but_itself_and_says_nothing(report, opened):
    for file in pages(report):
        with opened(file) as visit:
            visit.page.wait_for_load_state("networkidle")
            assert visit.said == [], file.name
            assert visit.asked == [file.as_uri()], file.name


@pytest.mark.parametrize("name", ["seeds", "forty", "split"])
def test_every_link_leads_to_a_page_and_a_place_that_are_there(reports, opened, name):
    report, links, places = reports[name], {}, {}
    for file in pages(report):
        with opened(file) as visit:
            links[file.name] = visit.page.eval_on_selector_all(
                "a", "all => all.map(one => [one.getAttribute('href'), one.protocol])"
            )
            places[file.name] = visit.page.eval_on_selector_all("[id]", "all => all.map(one => one.id)")
    for name, ids in places.items():
        assert len(ids) == len(set(ids)), f"{name}: an id stands twice"
    wrong = []
    for name, found in links.items():
        for href, protocol in found:
            target, _, place = href.partition("#") if href else ("", "", "nowhere")
            inside = protocol == "file:" and (target or name) in places
            if protocol not in ("http:", "https:") and not (
                inside and (not place or place in places[target or name])
            ):
                wrong.append((name, href))
    assert wrong == []
    assert sum(map(len, links.values())) > 100


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_sticks_out_of_the_window(report, opened, width):
    wide = {}
    for file in pages(report):
        with opened(file, width=width) as visit:
            for state in ("as it opens", "all unfolded"):
                if visit.page.evaluate("document.scrollingElement.scrollWidth") > width:
                    wide[file.name, state] = visit.page.evaluate(WIDE)
                visit.page.evaluate(OPEN_ALL)
    assert wide == {}


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_nothing_serious(report, opened, scheme, width):
    found = {}
    for file in pages(report):
        with opened(file, width, color_scheme=scheme, bypass_csp=True) as visit:
            visit.page.evaluate(OPEN_ALL)
            visit.page.evaluate(THIN_OUT)
            visit.page.evaluate(AXE)
            results = visit.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            for rule in results["violations"]:
                if rule["impact"] in ("serious", "critical"):
                    nodes = [f"{one['html'][:140]} — {one['failureSummary'][:200]}" for one in rule["nodes"]]
                    found[file.name, rule["id"], len(nodes)] = nodes[:3]
    assert not found, json.dumps([[*key, *nodes] for key, nodes in found.items()], indent=1)


def test_a_page_names_its_language_and_title_has_one_heading_and_describes_its_pictures(report, opened):
    for file in pages(report):
        with opened(file) as visit:
            page = visit.page
            assert page.get_attribute("html", "lang") == "en", file.name
            assert page.title().endswith(f"· {'seeds' if report.name == 'seeds' else 'forty-outlets'}")
            assert page.locator("h1").count() == 1, file.name
            described = page.eval_on_selector_all(
                "img", "all => all.map(one => (one.alt || '').trim().length)"
            )
            assert all(length > 20 for length in described), file.name


def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(report, opened):
    for file in pages(report):
        with opened(file) as visit:
            page, reached = visit.page, []
            page.evaluate(
                "[...document.querySelectorAll('a[href], summary, input, select, button')]"
                ".filter(one => one.checkVisibility()).forEach((one, n) => one.dataset.nth = n)"
            )
            for _ in range(40):
                page.keyboard.press("Tab")
                reached.append(page.evaluate(FOCUSED))
            shown = [one for one in reached if one["nth"] is not None]
            assert [int(one["nth"]) for one in shown] == list(range(len(shown))), file.name
            assert len(shown) > 20, file.name
            hidden = [one["html"] for one in reached if not one["outlined"] or not one["inside"]]
            assert hidden == [], file.name


FOCUSED = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect(), look = getComputedStyle(one);
    return {
        nth: one.dataset.nth ?? null,
        html: one.outerHTML.slice(0, 120),
        outlined: look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0,
        inside: box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight,
    };
}"""


def test_the_first_tab_offers_to_skip_to_the_content(report, opened):
    for file in pages(report):
        with opened(file) as visit:
            visit.page.keyboard.press("Tab")
            visit.page.keyboard.press("Enter")
            place = visit.page.evaluate("decodeURIComponent(location.hash.slice(1))")
            assert visit.page.evaluate("id => document.getElementById(id).tagName", place) == "MAIN", (
                file.name
            )


def test_a_printed_page_has_no_navigation_and_nothing_folded(report, opened):
    for file in pages(report):
        with opened(file) as visit:
            visit.page.emulate_media(media="print")
            assert visit.page.locator("nav:visible, .skip:visible, input:visible").count() == 0, file.name
            folded = visit.page.evaluate(UNSEEN, "main details:not(.code) > :not(summary, .filtering)")
            assert folded == [], file.name


def test_paper_cuts_nothing_off(report, opened):
    for file in pages(report):
        with opened(file, width=718) as visit:  # A4 in the 96ths of an inch of a browser, less its margins
            visit.page.emulate_media(media="print")
            assert visit.page.evaluate(CUT_OFF) == [], file.name


def test_a_page_can_be_read_without_scripts(report, opened):
    for file in pages(report):
        with opened(file) as visit:
            visit.page.evaluate("document.querySelectorAll('.filtering').forEach(one => one.remove())")
            text = visit.page.inner_text("main")
        with opened(file, java_script_enabled=False) as visit:
            bare = visit.page.inner_text("main")
            folds = visit.page.locator("main summary:visible")
            for number in range(min(folds.count(), 3)):
                folds.nth(number).click()
            assert visit.page.locator("main details[open]").count() >= min(folds.count(), 3), file.name
        assert len(bare) > 500 and bare.split("\n") == text.split("\n"), file.name


def test_hostile_articles_stay_text_even_where_nothing_forbids_scripts(reports, opened):
    shown = ""
    for file in pages(reports["forty"]):
        with opened(file, bypass_csp=True) as visit:
            visit.page.evaluate(OPEN_ALL)
            visit.page.wait_for_load_state("networkidle")
            assert visit.said == [] and visit.asked == [file.as_uri()], file.name
            assert visit.page.evaluate(MARKUP) == [], file.name
            shown += visit.page.text_content("main")
    assert ATTACK in shown and IMAGE in shown


MARKUP = """() => [
    ...[...document.querySelectorAll('*')].filter(
        one => one.getAttributeNames().some(name => name.startsWith('on'))
    ),
    ...[...document.scripts].filter(one => one.textContent.includes('alert') || one.src),
    ...document.querySelectorAll('img:not([src^="data:image/svg+xml;base64,"])'),
    ...document.querySelectorAll('[href^="javascript:" i], iframe, form, object, embed'),
].map(one => one.outerHTML.slice(0, 200))"""
