"""What a page's markup says about its article: JSON-LD, meta elements, headline, times.

What it does not say stays missing: addresses and footers are not asked.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from itertools import islice

from lxml.html import HtmlElement

from helpers.ingestion.bylines import is_name
from helpers.words import read_pairs

_ISO = re.compile(r"\s*(\d{4}-\d\d-\d\d)(?:[T ]+(\d\d:\d\d))?")
_STATED = re.compile(r'"datePublished"\s*:\s*"([^"]+)"')
_ARTICLE = re.compile(r"(Article|Posting|Report|Review)$")
_NAMES = read_pairs(__file__, "elements.tsv")
_AUTHORS, _DATES = (_NAMES[kind].split() for kind in ("author", "date"))
_GENRES = {genre: _NAMES[genre] for genre in ("opinion", "analysis", "live")}
# between a title and the site's name behind it
_SITE = re.compile(r"(?:\s[|–—-]\s|\s*[｜|：]\s*)((?:(?!\s-\s)[^｜|：–—]){1,60})$")
_BY = re.compile(r"^\s*(?:\w+\s+)?by\s+|\([^()]*\)", re.IGNORECASE)
_AND = re.compile(r"\s*(?:[;|•,]|\s(?:and|und|et|y|e|og|och|en|&)\s)\s*", re.IGNORECASE)
_NO_NAME = re.compile(r"https?:|www\.|@|[<>{}\[\]=]")
_ADDRESS = re.compile(r"\S+\.[a-z]{2,4}", re.IGNORECASE)
_SHOWN = 0.5  # words an h1 shares with a stated title; an h1 is the title on 81 % of 151 development pages
_MANY = 30  # authors, and headlines of a page: more are looked at by nobody


@dataclass(kw_only=True)
class Stated:
    """What a page states of its article (`document.Document`); of markup `subtitle` is the description."""

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


def read(tree: HtmlElement) -> Stated:
    """Read what a page's markup says about its article; the tree stays as it is."""
    said = Stated()
    meta = _meta(tree)
    objects = list(_objects(tree))
    article = next((one for one in objects if any(map(_ARTICLE.search, _types(one)))), {})
    stated = [("og:site_name", meta.get("og:site_name"))]
    stated += [("JSON-LD publisher", name[:80]) for name in _named(article.get("publisher"), objects)]
    said.outlet_basis, said.outlet = next(filter(lambda one: one[1], stated), ("not stated", None))
    said.title = _title(tree, [_text(article.get("headline")), meta.get("og:title")], said.outlet)
    said.subtitle = _text(article.get("description")) or meta.get("og:description") or meta.get("description")
    authors = [_named(article.get("author"), objects), *([meta.get(name, "")] for name in _AUTHORS)]
    said.authors = next(filter(None, map(_people, authors)), [])
    said.editors = _people(_named(article.get("editor"), objects))
    said.published, said.published_basis = _published(tree, meta, article)
    said.genre, said.genre_basis = _genre(article, meta)
    said.lang = next(iter(re.findall(r"^[a-z]{2}\b", (tree.get("lang") or "").lower())), None)
    return said


def signed(said: Stated) -> list[str]:
    """The authors that are neither the outlet nor an address."""
    outlet = folded(said.outlet or "")
    return [name for name in said.authors if folded(name) != outlet and not _ADDRESS.fullmatch(name)]


def likeness(one: str, other: str) -> float:
    """Words that two titles share, of the words of both."""
    a, b = (set(re.findall(r"\w+", title.casefold())) for title in (one, other))
    return len(a & b) / (len(a | b) or 1)


def folded(text: str) -> str:
    """A text's letters and digits, without case."""
    return re.sub(r"\W+", "", text).casefold()


def _meta(tree: HtmlElement) -> dict[str, str]:
    """The page's meta elements: name → content, the first of a name."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if content := " ".join(unescape(element.get("content") or "").split()):
            found.setdefault(name.lower(), content)
    return found


def _objects(tree: HtmlElement) -> Iterator[dict]:
    """Every object in the page's JSON-LD, outer before inner; a script that is no JSON is passed over."""
    waiting = [_json(script.text or "") for script in tree.xpath("//script[contains(@type, 'ld+json')]")]
    for value in waiting:  # which grows meanwhile
        if isinstance(value, dict):
            yield value
        if isinstance(value, dict | list):
            waiting.extend(value.values() if isinstance(value, dict) else value)


def _json(text: str) -> object:
    """A script's JSON; marks around it, control characters, a comma before a bracket are forgiven."""
    text = re.sub(r"<!\[CDATA\[|\]\]>", "", text)
    begins = re.search(r"[\[{]", text)
    inside = text[begins.start() : max(map(text.rfind, "}]")) + 1] if begins else ""
    try:
        return json.loads(re.sub(r",\s*([}\]])", r"\1", inside), strict=False)
    except (ValueError, RecursionError):
        return None


def _types(found: dict) -> list[str]:
    kinds = found.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _text(value: object) -> str | None:
    """A JSON-LD value as plain text; of several the first."""
    value = value[0] if isinstance(value, list) and value else value
    plain = re.sub(r"<[^<>]*>", " ", unescape(unescape(value))) if isinstance(value, str) else ""
    return " ".join(plain.split()) or None


def _title(tree: HtmlElement, stated: list[str | None], outlet: str | None) -> str | None:
    """The headline as the page shows it: the h1 most like the stated title, else that title."""
    title = " ".join(next(filter(None, stated), tree.findtext(".//title") or "").split())
    site = _SITE.search(title, len(title) // 2)
    if site and (not any(stated) or folded(site[1]) == folded(outlet or "")):
        title = title[: site.start()]
    shown = [" ".join(element.text_content().split()) for element in islice(tree.iter("h1"), _MANY)]
    best = max(shown, key=lambda one: likeness(one, title), default="")
    return best if best and (not title or likeness(best, title) >= _SHOWN) else title or None


def _named(value: object, objects: list[dict]) -> list[str]:
    """The names of JSON-LD persons or organizations, given as text, as objects, or by reference."""
    names = []
    for one in value[:_MANY] if isinstance(value, list) else [value]:
        if isinstance(one, dict) and one.get("@id") and not one.get("name"):
            one = next((o for o in objects if o.get("@id") == one["@id"] and o.get("name")), one)
        names.append(_text(one.get("name") if isinstance(one, dict) else one) or "")
    return names


def _people(texts: list[str]) -> list[str]:
    """Names parted by commas or "and", without codes in brackets; of persons and roles the persons."""
    found = []
    for text in texts:
        names = [name.strip(" .,/-") for name in _AND.split(_BY.sub("", text))]
        names = [name for name in names if 0 < len(name) <= 60 and not _NO_NAME.search(name)]
        found += list(filter(is_name, names)) or names
    return list(dict.fromkeys(found))


def _published(tree: HtmlElement, meta: dict[str, str], article: dict) -> tuple[datetime | None, str]:
    """The day of publication, with the time as stated; times in menus, boxes and footers are not asked."""
    scripts = " ".join(tree.xpath("//script[contains(., 'datePublished')]/text()"))
    stated = [
        ("article:published_time", [meta.get("article:published_time")]),
        ("datePublished", [article.get("datePublished"), *_STATED.findall(scripts)]),
        ("meta date", map(meta.get, _DATES)),
        ("time element", tree.xpath("//time[not(ancestor::nav|ancestor::aside|ancestor::footer)]/@datetime")),
    ]
    for basis, values in stated:
        for value in values:
            try:
                if isinstance(value, str) and (found := _ISO.match(value)):
                    return datetime.fromisoformat(f"{found[1]}T{found[2] or '00:00'}"), basis
            except ValueError:
                continue
    return None, "not stated"


def _genre(article: dict, meta: dict[str, str]) -> tuple[str, str]:
    section = _text(article.get("articleSection")) or meta.get("article:section") or ""
    stated = [(one, f"JSON-LD {one}") for one in _types(article)] + [(section, f"section “{section[:40]}”")]
    for said, basis in stated:
        for genre, pattern in _GENRES.items():
            if re.fullmatch(pattern, said, re.IGNORECASE):
                return genre, basis
    return "unknown", "not stated"
