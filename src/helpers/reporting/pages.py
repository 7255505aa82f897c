"""Executed notebooks and tables → self-contained HTML pages.

nbconvert turns the cells into content; what it gives is cleaned against an allow-list, because articles are
untrusted, before the page is put around it. Pages load nothing, run nothing and forbid both to the browser.
"""

import base64
import hashlib
import re
from functools import cache
from html import unescape
from pathlib import Path

import pandas as pd

from helpers import __version__
from helpers.paths import CODEBOOK
from helpers.reporting.cells import labels, plain

TEMPLATE = Path(__file__).parent / "template"
EVIDENCE = "evidence.html"
FRONT = "05_briefing"  # the notebook whose page is index.html
_HANDLE = 24  # characters: longer texts are not made links themselves

_TAGS = set(
    "a blockquote br caption code dd details div dl dt em h1 h2 h3 h4 hr img li ol p pre section span strong "
    "sub summary sup table tbody td th thead tr ul".split()
)
_ATTRIBUTES = {
    "*": {"id", "class", "lang"}, "a": {"href", "title"}, "img": {"src", "alt"}, "span": {"data-sentences"},
    "th": {"scope"},
}  # fmt: skip
_FACTS = {
    "File": "file", "Headline": "title", "Summary": "subtitle", "Authors": "authors", "Outlet": "outlet",
    "Published": "published", "Genre": "genre", "Credits": "credits", "Note": "note",
}  # fmt: skip
_LINK = re.compile(r"#.*|[\w.-]+\.html(?:#.*)?|https?://[^\s<>\"]+")
_DIGEST = re.compile(r"_[0-9a-f]{8,}$")  # behind a file's name: it tells nobody anything
_SENTENCE_ID = re.compile(r"[\w.-]+:s\d+")
_REF = re.compile(r'<span data-sentences="([^"]*)">(.*?)</span>', re.DOTALL)


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


def notebook_page(notebook: dict, name: str, names: list[str], corpus: str, notice: str = "") -> str:
    """The page of an executed notebook (nbformat 4).

    `name` is its own without ending, `names` are those of all notebooks of the report, in order; `notice`
    stands above everything else.
    """
    # The front page is for a reader in a hurry: what was done stands in the others.
    body = _anchored(clean(_exporter(code=name != FRONT).from_notebook_node(notebook)[0]))
    title = re.search(r"<h1[^>]*>(.*?)</h1>", body, re.DOTALL)
    return _page(_bare(title[1]) if title else name, body, href(name), names, corpus, notice)


def evidence_page(tables: dict[str, pd.DataFrame], names: list[str], corpus: str, notice: str = "") -> str:
    """The page of every sentence, with an anchor each, and of every line that was dropped.

    It is made from the tables `articles`, `sentences` and `ledger`.
    """
    shown, ledger = labels(tables["articles"]), tables["ledger"]
    dropped = {one: list(rows.itertuples()) for one, rows in ledger[~ledger.kept].groupby("article_id")}
    said = tables["sentences"].assign(number=tables["sentences"].sentence_id.str.rsplit(":", n=1).str[1])
    articles = []
    for article in tables["articles"].itertuples():
        own = said[said.article_id == article.article_id]
        told = {
            "article_id": article.article_id, "label": shown[article.article_id], "facts": _facts(article),
            "lang": article.lang if isinstance(article.lang, str) else "",
            "paragraphs": [list(part.itertuples()) for _, part in own.groupby("paragraph")],
            "dropped": dropped.pop(article.article_id, []),
        }  # fmt: skip
        articles.append(told)
    nothing = [("Article", "none was found in this file")]
    for one, rows in dropped.items():
        articles.append({"article_id": one, "label": one, "facts": nothing, "dropped": rows})
    body = _jinja().get_template("evidence.html.j2").render(articles=articles)
    return _page("Evidence", clean(body), EVIDENCE, names, corpus, notice)


def clean(content: str) -> str:
    """Keep of `content` what a page may hold; make the references to sentences links.

    Scripts, styles, event handlers, frames, forms and pictures that are not our own SVG data go; links may
    lead into the report or to http(s).
    """
    import nh3

    cleaned = nh3.clean(
        content, tags=_TAGS, clean_content_tags={"script", "style"}, attributes=_ATTRIBUTES,
        attribute_filter=_allowed, url_schemes={"http", "https", "data"}, link_rel="noopener noreferrer",
    )  # fmt: skip
    return _REF.sub(_linked, cleaned)


def _allowed(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "src":
        return value if value.startswith("data:image/svg+xml;base64,") else None
    if attribute == "data-sentences":
        return value if all(_SENTENCE_ID.fullmatch(one) for one in value.split()) else None
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


def _linked(found: re.Match) -> str:
    """A number becomes a link to its one sentence or a fold of links; a longer text gets them behind it."""
    ids, shown = found[1].split(), found[2]
    count = f"{len(ids)} sentences" if len(ids) > 1 else "sentence"
    handle, before = (shown, "") if len(_bare(shown)) <= _HANDLE else (count, f"{shown} ")
    if len(ids) == 1:
        return f'{before}<a class="ref" href="{EVIDENCE}#{ids[0]}">{handle}</a>'
    links = " ".join(f'<a href="{EVIDENCE}#{one}">{_short(one)}</a>' for one in ids)
    return f'{before}<details class="refs"><summary>{handle}</summary>{links}</details>'


def _short(sentence_id: str) -> str:
    article, number = sentence_id.rsplit(":", 1)
    return f"{_DIGEST.sub('', article)[:24]}:{number}"


def _facts(article: tuple) -> list[tuple[str, str]]:
    """What is known of an article, by name, and on what ground."""
    facts = []
    for name, column in _FACTS.items():
        value, basis = getattr(article, column), getattr(article, f"{column}_basis", None)
        ground = f" ({basis})" if basis and not pd.isna(value) else ""
        facts.append((name, plain(value) + ground))
    return facts


def _page(title: str, body: str, here: str, names: list[str], corpus: str, notice: str) -> str:
    style = (TEMPLATE / "style.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    ordered = sorted(names, key=lambda name: name != FRONT)
    pages = {href(name): name.split("_", 1)[-1].replace("_", " ").capitalize() for name in ordered}
    headings = re.finditer(r'<h2[^>]*\bid="([^"]+)"[^>]*>(.*?)</h2>', body, re.DOTALL)
    return _jinja().get_template("layout.html.j2").render(
        title=title, body=body, here=here, corpus=corpus, pages=pages | {EVIDENCE: "Evidence"},
        contents={found[1]: _bare(found[2]) for found in headings}, style=style,
        style_hash=f"sha256-{digest}", version=__version__, notice=notice,
    )  # fmt: skip


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
