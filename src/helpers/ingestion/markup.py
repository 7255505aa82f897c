"""What a page's markup says about its article: JSON-LD, meta elements, headline, byline, times.

In goes the page's tree; out comes a `Markup`, each value with the ground it stands on. What the markup does
not say stays missing: addresses and footers are not asked.
"""

import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ISO = re.compile(r"\s*(\d{4}-\d\d-\d\d)(?:[T ]+(\d\d:\d\d))?")
_CDATA = re.compile(r"(?:/\*|//)?\s*(?:<!\[CDATA\[|\]\]>)\s*(?:\*/)?")
_STATED = re.compile(r'"datePublished"\s*:\s*"([^"]+)"')
_ARTICLE = re.compile(r"(Article|Posting|Report|Review)$")
_DATES = "date pubdate publishdate publish-date publish_date parsely-pub-date dc.date dc.date.issued".split()
_AUTHORS = "author parsely-author sailthru.author dc.creator dcterms.creator article:author".split()
_GENRES = {
    "OpinionNewsArticle": "opinion",
    "ReviewNewsArticle": "opinion",
    "AnalysisNewsArticle": "analysis",
    "LiveBlogPosting": "live",
}
_OPINION = re.compile(
    r"(?:^|\W)(?:opinions?|editorials?|op-?eds?|columns?|columnists?|comment(?:ary)?|letters)$", re.I
)
_SITE = re.compile(r"\s+[|–—-]\s+|\s*[｜|：]\s*")  # between a title and the site's name behind it
_BY = re.compile(
    r"^(?:(?:written|reported|posted|words|text|story)\s+)?(?:by|von|por|par|di|door|av|af)\s*:?\s+", re.I
)
_AND = re.compile(r"\s*(?:[;|\n•·]|,(?!\s*(?:jr|sr)\b)|\s(?:and|und|et|y|e|og|och|en|&)\s)\s*", re.I)
_ROLE = re.compile(
    r"\b(?:staff|reporter|writer|editors?|correspondent|journalist|contributor|columnist|producer|author"
    r"|desk|redakteur(?:in)?|redaktion|opinion|analysis|news|interview)\b",
    re.I,
)
_BYLINE = re.compile(
    r"\b(?:by-?line|authors?|writtenby)(?:[-_]{1,2}(?:names?|links?|list|wrapper|text))?(?![\w-])", re.I
)
_NO_NAME = re.compile(r"https?:|www\.|@|\d{2}|[<>{}\[\]=]")
_LONGEST = 160  # characters: more is no byline
_NEAR = 120  # elements between the headline and its byline
_SHOWN = 0.5  # words an h1 shares with a stated title; an h1 is the title on 81 % of 151 development pages
_MANY = 30  # authors, and headlines of a page: more are looked at by nobody


@dataclass
class Markup:
    """What the markup says of the article; `body` is JSON-LD's own copy of its text, where there is one."""

    title: str | None = None
    subtitle: str | None = None
    authors: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    outlet: str | None = None
    outlet_basis: str = "not stated"
    published: datetime | None = None
    published_basis: str = "not stated"
    genre: str = "unknown"
    genre_basis: str = "not stated"
    lang: str | None = None
    body: str = ""


def read(tree: "HtmlElement") -> Markup:
    """Read what a page's markup says about its article.

    Parameters
    ----------
    tree
        The page, parsed by lxml; it stays as it is.

    Returns
    -------
    Markup
        The title is the headline on the page; `subtitle` is the description the page states, shown or not.
    """
    meta = _meta(tree)
    objects = list(_objects(tree))
    article = next(filter(_is_article, objects), {})
    outlet, outlet_basis = _outlet(meta, article, objects)
    published, published_basis = _published(tree, meta, article)
    genre, genre_basis = _genre(meta, article)
    lang = re.match(r"[a-z]{2}\b", (tree.get("lang") or "").lower())
    return Markup(
        title=_title(tree, meta, article, outlet),
        subtitle=_text(article.get("description")) or meta.get("og:description") or meta.get("description"),
        authors=_authors(tree, meta, article, objects, outlet),
        editors=_names(article.get("editor"), objects),
        outlet=outlet,
        outlet_basis=outlet_basis,
        published=published,
        published_basis=published_basis,
        genre=genre,
        genre_basis=genre_basis,
        lang=lang[0] if lang else None,
        body=_text(article.get("articleBody")) or "",
    )


def _meta(tree: "HtmlElement") -> dict[str, str]:
    """The page's meta elements: name → content, the first of a name."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if content := " ".join(unescape(element.get("content") or "").split()):
            found.setdefault(name.lower(), content)
    return found


def _objects(tree: "HtmlElement") -> Iterator[dict]:
    """Every object in the page's JSON-LD, outer before inner; a script that is no JSON is passed over."""
    scripts = (script for script in tree.iter("script") if "ld+json" in (script.get("type") or ""))
    waiting = deque(_json(script.text or "") for script in scripts)
    while waiting:
        value = waiting.popleft()
        if isinstance(value, dict):
            yield value
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def _json(text: str) -> object:
    """A script's JSON; comment marks around it, control characters, a comma before a bracket are forgiven."""
    text = _CDATA.sub("", text)
    start = re.search(r"[\[{]", text)
    body = text[start.start() : max(text.rfind("}"), text.rfind("]")) + 1] if start else ""
    for attempt in (body, re.sub(r",\s*([}\]])", r"\1", body)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _is_article(found: dict) -> bool:
    return bool(found.get("headline") or found.get("author")) and any(map(_ARTICLE.search, _types(found)))


def _types(found: dict) -> list[str]:
    kinds = found.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _text(value: object) -> str | None:
    """A JSON-LD value as plain text; of several the first."""
    value = value[0] if isinstance(value, list) and value else value
    plain = re.sub(r"<[^<>]*>", " ", unescape(unescape(value))) if isinstance(value, str) else ""
    return " ".join(plain.split()) or None


def _outlet(meta: dict[str, str], article: dict, objects: list[dict]) -> tuple[str | None, str]:
    if name := meta.get("og:site_name"):
        return name[:80], "og:site_name"
    names = _names(article.get("publisher"), objects)
    return (names[0], "JSON-LD publisher") if names else (None, "not stated")


def _title(tree: "HtmlElement", meta: dict[str, str], article: dict, outlet: str | None) -> str | None:
    """The headline as the page shows it: the h1 most like a stated title, else the stated title."""
    own = " ".join((tree.findtext(".//title") or "").split())
    stated = [_text(article.get("headline")), meta.get("og:title"), meta.get("twitter:title"), own]
    stated = [_without_site(title, outlet, title == own) for title in stated if title]
    shown = [" ".join(element.text_content().split()) for element in islice(tree.iter("h1"), _MANY)]
    shown = [title for title in shown if len(title) > 2]
    if not stated:
        return shown[0] if len(shown) == 1 else None
    likeness = [max(_alike(title, other) for other in stated) for title in shown]
    best = max(likeness, default=0)
    return shown[likeness.index(best)] if best >= _SHOWN else stated[0]


def _alike(one: str, other: str) -> float:
    """Words that two titles share, of the words of both."""
    a, b = (set(re.findall(r"\w+", title.casefold())) for title in (one, other))
    return len(a & b) / (len(a | b) or 1)


def _without_site(title: str, outlet: str | None, is_own: bool) -> str:
    """A title without the outlet's name behind it; behind the page's own title any short last part is one."""
    cut = next(reversed(list(_SITE.finditer(title))), None)
    if not cut or cut.start() < len(title) / 2:
        return title
    site, known = _folded(title[cut.end() :]), _folded(outlet or "")
    return title[: cut.start()] if is_own or (known and (site in known or known in site)) else title


def _authors(
    tree: "HtmlElement", meta: dict[str, str], article: dict, objects: list[dict], outlet: str | None
) -> list[str]:
    """Names from JSON-LD, else meta elements, else the byline; the outlet's own only where nobody signs."""
    stated = _names(article.get("author"), objects)
    stated = stated or next(filter(None, (_people(meta.get(name, "")) for name in _AUTHORS)), [])
    signed = [name for name in stated if not _is_site(name, outlet)]
    return signed or [name for name in _byline(tree) if not _is_site(name, outlet)] or stated


def _is_site(name: str, outlet: str | None) -> bool:
    """Whether an author's name is the outlet's, or an address."""
    return _folded(name) == _folded(outlet or "") or bool(re.fullmatch(r"\S+\.[a-z]{2,4}", name, re.I))


def _byline(tree: "HtmlElement") -> list[str]:
    """Names in the byline nearest to the headline, in the order of the page."""
    found, headline, last = [], None, None
    for number, element in enumerate(tree.iter("*")):
        if element.tag == "h1" and headline is None:
            headline = number
        names = " ".join([element.get(name, "") for name in ("class", "rel", "itemprop")])
        if _BYLINE.search(names) and last not in element.iterancestors():
            last = element
            found.append((number, element))
    if headline is None or not found:
        return []
    number, element = min(found, key=lambda place: abs(place[0] - headline))
    text = " ".join(element.text_content().split())
    if abs(number - headline) > _NEAR or len(text) > _LONGEST:
        return []
    links = (" ".join(link.text_content().split()) for link in element.iter("a"))
    linked = [name for link in links for name in _people(link) if _is_person(name)]
    return list(dict.fromkeys(linked or filter(_is_person, _people(text))))


def _is_person(name: str) -> bool:
    words = name.split()
    return (
        2 <= len(words) <= 5 and not _ROLE.search(name) and words[0][0].isupper() and words[-1][0].isupper()
    )


def _names(value: object, objects: list[dict]) -> list[str]:
    """The names of JSON-LD persons or organizations, given as text, as objects, or by reference."""
    names = []
    for one in value[:_MANY] if isinstance(value, list) else [value]:
        if isinstance(one, dict) and not one.get("name"):
            same = (other for other in objects if other.get("@id") == one.get("@id") and other.get("name"))
            one = next(same, {}) if one.get("@id") else {}
        names += _people(_text(one.get("name") if isinstance(one, dict) else one) or "")
    return list(dict.fromkeys(names))


def _people(text: str) -> list[str]:
    """Names in a byline; roles that stand for themselves, codes in brackets and addresses left out."""
    text = _BY.sub("", " ".join(re.sub(r"\([^()]*\)", " ", text).split()))
    names = [name.strip(" .,/-") for name in _AND.split(text)]
    names = [name for name in names if name and len(name) <= 60 and not _NO_NAME.search(name)]
    return [name for name in names if len(names) == 1 or not _ROLE.fullmatch(name)]


def _folded(text: str) -> str:
    return "".join(re.findall(r"\w", text)).casefold()


def _published(tree: "HtmlElement", meta: dict[str, str], article: dict) -> tuple[datetime | None, str]:
    """The day of publication, with the time as stated; times in menus, boxes and footers are not asked."""
    scripts = (_STATED.search(script.text or "") for script in tree.iter("script"))
    times = (
        element.get("datetime")
        for element in tree.iter("time")
        if not any(outer.tag in ("nav", "aside", "footer") for outer in element.iterancestors())
    )
    stated = [
        ("article:published_time", [meta.get("article:published_time")]),
        ("datePublished", [article.get("datePublished"), *(found[1] for found in scripts if found)]),
        ("meta date", map(meta.get, _DATES)),
        ("time element", times),
    ]
    for basis, values in stated:
        for value in values:
            try:
                if isinstance(value, str) and (found := _ISO.match(value)):
                    return datetime.fromisoformat(f"{found[1]}T{found[2] or '00:00'}"), basis
            except ValueError:
                continue
    return None, "not stated"


def _genre(meta: dict[str, str], article: dict) -> tuple[str, str]:
    for kind in _types(article):
        if kind in _GENRES:
            return _GENRES[kind], f"JSON-LD {kind}"
    section = _text(article.get("articleSection")) or meta.get("article:section") or ""
    if _OPINION.search(section):
        return "opinion", f"section “{section[:40]}”"
    return ("analysis", "section “Analysis”") if section.lower() == "analysis" else ("unknown", "not stated")
