"""Executed notebooks and tables → self-contained HTML pages.

nbconvert turns the cells into content; what it gives is cleaned against an allow-list, because articles are
untrusted, before the page is put around it. Pages load nothing and run nothing but our own small script, and
forbid all else to the browser.
"""

import base64
import hashlib
import re
from collections.abc import Callable
from functools import cache
from html import unescape
from pathlib import Path

import pandas as pd

from helpers import __version__
from helpers.paths import CODEBOOK
from helpers.reporting import cells, evidence_pages, keys, marks

TEMPLATE = Path(__file__).parent / "template"
EVIDENCE = "evidence.html"
FRONT = "05_briefing"  # the notebook whose page is index.html

_TAGS = set(
    "a blockquote br caption code dd details div dl dt em h1 h2 h3 h4 hr img li mark ol p pre section span "
    "strong sub summary sup table tbody td th thead tr ul".split()
)
_ATTRIBUTES = {
    "*": {"id", "class", "lang"}, "a": {"href", "title"}, "img": {"src", "alt"}, "mark": {"title"},
    "span": {"data-sentences", "data-counted", "data-of"}, "th": {"scope"},
}  # fmt: skip
_LINK = re.compile(r"#.*|[\w.-]+\.html(?:#.*)?|https?://[^\s<>\"]+")
_TARGET_ID = re.compile(r"[\w.-]+(:s\d+)?")


def href(notebook: str) -> str:
    """The page of a notebook, by the notebook's name without ending."""
    return "index.html" if notebook == FRONT else f"{notebook}.html"


def notice(codebook: pd.DataFrame) -> str:
    """What every page must say of table `codebook`: that no person has made it, or that it is empty."""
    if codebook.empty:
        return "No topic or actor was looked for: there is no codebook, or nothing is in it."
    if (codebook.source == CODEBOOK).all():
        return ""
    told = "No person has defined its topics and actors: they were suggested from these texts"
    return f"{told} by word statistics. See {CODEBOOK} in the README before using any count of them."


def content(notebook: dict, name: str) -> str:
    """The content of an executed notebook's (nbformat 4) page, without links to evidence."""
    # The front page is for a reader in a hurry: what was done stands in the others.
    return _anchored(clean(_exporter(code=name != FRONT).from_notebook_node(notebook)[0]))


def report(
    bodies: dict[str, str],
    tables: dict[str, pd.DataFrame],
    corpus: str,
    cut: Callable[[str], str] | None = None,
) -> dict[str, str]:
    """All pages of a report, by file name.

    Parameters
    ----------
    bodies
        By the name of each notebook without ending, in order, what :func:`content` gives of it.
    tables
        All tables of the corpus.
    corpus
        Its name.
    cut
        Where full texts are to be left out: shortens a sentence to a snippet.
    """
    titles = {name: name.replace("_", " ").title() for name in bodies}
    listed = keys.collect({titles[name]: bodies[name] for name in bodies})
    alone, ids = keys.alone({titles[name]: bodies[name] for name in bodies}), tables["articles"].article_id
    only = evidence_pages.shown(
        ids, [*([one] for one in alone), *(key.sentence_ids for key in listed.values())]
    )
    listed = {behind: evidence_pages.within(key, only) for behind, key in listed.items()}
    made = evidence_pages.parts(tables, listed.values(), _article, cut, only)
    where, about = evidence_pages.address(made), notice(tables["codebook"])
    linked = {name: keys.linked(titles[name], body, listed, where) for name, body in bodies.items()}
    texts = {
        label: where(keys.whole(one))
        for one, label in cells.labels(tables["articles"]).items()
        if one in only
    }
    linked = {name: _texts_linked(body, texts) for name, body in linked.items()}
    whole = {
        href(name): _page(_title(body) or name, body, href(name), [*bodies], corpus, about)
        for name, body in linked.items()
    }
    by_name = {key.name: key for key in listed.values()}
    for part in made:
        left = len(tables["articles"]) - len(only)
        body = _evidence(part, made, by_name, marked=not cut, left=left, shown=len(only))
        rules = _rules(part)
        whole[part.file] = _page("Evidence", body, part.file, [*bodies], corpus, about, rules)
    return whole


def _texts_linked(body: str, texts: dict[str, str]) -> str:
    """Make the cells of tables that name a text links to it."""

    def link(found: re.Match) -> str:
        to = texts.get(unescape(found[2]))
        return f'{found[1]}<a class="ref" href="{to}">{found[2]}</a>' if to else found[0]

    return re.sub(r"(<t[dh][^>]*>)([^<]+)(?=</t[dh]>)", link, body)


def _title(body: str) -> str:
    title = re.search(r"<h1[^>]*>(.*?)</h1>", body, re.DOTALL)
    return _bare(title[1]) if title else ""


def _article(**told: object) -> str:
    return clean(_jinja().get_template("article.html.j2").render(**told))


def _evidence(
    part: evidence_pages.Part,
    made: list[evidence_pages.Part],
    by_name: dict[str, keys.Key],
    marked: bool,
    shown: int,
    left: int,
) -> str:
    after = made.index(part) + 1
    others = [*made[after:], *made[: after - 1]]  # those that follow, from the last page back to the first
    elsewhere = []
    for name, number in part.keys.items():
        there = [(one.file, one.keys[name]) for one in others if one.keys[name]]
        elsewhere.append((by_name[name], number, (*there[0], len(there) + 1) if there else None))
    ends = [(p.file, *([*p.articles.values()][end][0] for end in (0, -1))) for p in made if p.articles]
    return _jinja().get_template("evidence.html.j2").render(
        keys=elsewhere, others=ends if len(made) > 1 else [], here=part.file, left=left, shown=shown,
        marked=marks.KINDS if marked else {}, articles="\n".join(text for _, text in part.articles.values()),
    )  # fmt: skip


def _rules(part: evidence_pages.Part) -> str:
    """The style rules that show what bears the key in the address."""
    chosen = (f".keys:has(#{name}:target)~.articles .{name}" for name in part.keys)
    return ",".join(chosen) + "{display:block;color:var(--ink);--hit:var(--mark)}" if part.keys else ""


def clean(content: str) -> str:
    """Keep of `content` what a page may hold.

    Scripts, styles, event handlers, frames, forms and pictures that are not our own SVG data go; links may
    lead into the report or to http(s).
    """
    import nh3

    return nh3.clean(
        content, tags=_TAGS, clean_content_tags={"script", "style"}, attributes=_ATTRIBUTES,
        attribute_filter=_allowed, url_schemes={"http", "https", "data"}, link_rel="noopener noreferrer",
    )  # fmt: skip


def _allowed(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "src":
        return value if value.startswith("data:image/svg+xml;base64,") else None
    if attribute == "data-sentences":
        return value if all(_TARGET_ID.fullmatch(one) for one in value.split()) else None
    if attribute == "href":
        return value if _LINK.fullmatch(value) else None
    return value


def _anchored(body: str) -> str:
    """Give every section heading an id made of its words."""
    taken: set[str] = set()

    def anchor(found: re.Match) -> str:
        slug = "-".join(re.findall(r"\w+", _bare(found[1]).lower()))
        while slug in taken:
            slug += "-again"
        taken.add(slug)
        return f'<h2 id="{slug}">{found[1]}</h2>'

    return re.sub(r"<h2>(.*?)</h2>", anchor, body, flags=re.DOTALL)


def _page(
    title: str, body: str, here: str, names: list[str], corpus: str, notice: str, rules: str = ""
) -> str:
    styles, script = [_source("style.css"), *([rules] if rules else [])], _source("script.js")
    ordered = sorted(names, key=lambda name: name != FRONT)
    pages = {href(name): name.split("_", 1)[-1].replace("_", " ").capitalize() for name in ordered}
    headings = re.finditer(r'<h2[^>]*\bid="([^"]+)"[^>]*>(.*?)</h2>', body, re.DOTALL)
    return _jinja().get_template("layout.html.j2").render(
        title=title, body=body, here=here, corpus=corpus, pages=pages | {EVIDENCE: "Evidence"},
        contents={found[1]: _bare(found[2]) for found in headings}, styles=styles, script=script,
        style_hashes=" ".join(map(_digest, styles)), script_hash=_digest(script), version=__version__,
        notice=notice,
    )  # fmt: skip


def _source(name: str) -> str:
    return (TEMPLATE / name).read_text(encoding="utf-8")


def _digest(source: str) -> str:
    """How the Content-Security-Policy names a style or script that may be used."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


def _bare(markup: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", markup)).replace("¶", "").strip()


@cache
def _jinja() -> object:
    from jinja2 import Environment, FileSystemLoader

    return Environment(loader=FileSystemLoader(TEMPLATE), autoescape=True, trim_blocks=False)


@cache
def _exporter(code: bool) -> object:
    from nbconvert import HTMLExporter

    return HTMLExporter(
        template_name="notebook", extra_template_basedirs=[str(TEMPLATE)], exclude_anchor_links=True,
        exclude_input=not code,
    )  # fmt: skip
