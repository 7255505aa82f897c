"""The evidence pages: every text, sentence by sentence, and for every number the sentences behind it.

A page holds the texts once. What stands behind a number is shown by hiding the rest: each article, paragraph
and sentence bears the keys (`keys`) of the lists it is in, and style rules show those of the key in the
address. So it works without a script, and the sentences stand in their paragraphs. Large corpora have several
pages, and a key leads from each to the next.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

import pandas as pd

from helpers.reporting import marks
from helpers.reporting.cells import labels, plain
from helpers.reporting.keys import Key

ARTICLES = 500  # on one page at most
TEXTS = 1_000  # articles whose texts are shown: about twenty pages; a hundred nobody would go through
BYTES = 1_700_000  # of a page's texts and keys: with its frame it stays below two million
_OF_KEY = 320  # bytes a key takes on a page: what it says, with links to other pages, and its style rule
_FACTS = {
    "File": "file", "Headline": "title", "Summary": "subtitle", "Authors": "authors", "Outlet": "outlet",
    "Published": "published", "Genre": "genre", "Credits": "credits", "Address": "url", "Note": "note",
}  # fmt: skip


@dataclass
class Part:
    """One evidence page: its file, its articles (id → label and content), and how many sentences of each key.

    `size` is roughly how many bytes that makes.
    """

    file: str
    articles: dict[str, tuple[str, str]] = field(default_factory=dict)
    keys: Counter[str] = field(default_factory=Counter)
    size: int = 0


def parts(
    tables: dict[str, pd.DataFrame],
    keys: Iterable[Key],
    render: Callable[..., str],
    cut: Callable[[str], str] | None = None,
    only: Collection[str] | None = None,
) -> list[Part]:
    """The articles as they will stand on the evidence pages.

    Parameters
    ----------
    tables
        `articles`, `sentences`, `ledger`, `codebook` and the tables whose spans are marked (`marks.spans`).
    keys
        The lists behind the numbers.
    render
        Makes an article's content of `article_id`, `label`, `lang`, `facts`, `paragraphs` and `dropped`.
    cut
        Where full texts are to be left out: shortens a sentence or line to a snippet.
    only
        The articles to show; by default all.
    """
    listed: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        for one in key.sentence_ids:
            listed[one].append(key.name)
    only = tables["articles"].article_id if only is None else only
    made = [Part("evidence.html")]
    for told in _articles(_part(tables, only), listed, cut, only):
        content = render(**told)
        bears = Counter(name for p in told["paragraphs"] for s in p.sentences for name in s.keys)
        size = len(content.encode()) + _OF_KEY * len(bears.keys() - made[-1].keys.keys())
        full = made[-1].size + size > BYTES or len(made[-1].articles) >= ARTICLES
        if full and made[-1].articles:
            made.append(Part(f"evidence-{len(made) + 1}.html"))
            size = len(content.encode()) + _OF_KEY * len(bears)
        made[-1].articles[told["article_id"]] = told["label"], content
        made[-1].keys.update(bears)
        made[-1].size += size
    return made


def shown(article_ids: Iterable[str], lists: Iterable[Sequence[str]]) -> Collection[str]:
    """The articles that the pages hold: all, but of more than `TEXTS` only some of those that lists name.

    Every list has its texts in the order of a digest, so that many lists begin alike. All first ones are
    shown, then the second ones, and so on up to `TEXTS`: so every number leads to a text at least.
    """
    ids = list(article_ids)
    if len(ids) <= TEXTS:
        return dict.fromkeys(ids)
    ordered = sorted(ids, key=lambda one: hashlib.sha256(one.encode()).digest())
    place = {one: number for number, one in enumerate(ordered)}
    rank: dict[str, int] = {}
    for one in lists:
        texts = {sentence_id.rsplit(":", 1)[0] for sentence_id in one} & place.keys()
        for number, text in enumerate(sorted(texts, key=place.__getitem__)):
            rank[text] = min(number, rank.get(text, number))
    first = sum(number == 0 for number in rank.values())
    return dict.fromkeys(sorted(rank, key=lambda one: (rank[one], place[one]))[: max(first, TEXTS)])


def within(key: Key, only: Container[str]) -> Key:
    """A list without the sentences of articles that are not shown."""
    return replace(key, sentence_ids=tuple(s for s in key.sentence_ids if s.rsplit(":", 1)[0] in only))


def _part(tables: dict[str, pd.DataFrame], only: Collection[str]) -> dict[str, pd.DataFrame]:
    """The tables without the sentences and lines of other articles; `articles` stays whole for its names."""
    if len(only) == len(tables["articles"]):
        return tables
    part = {name: tables[name][tables[name].article_id.isin(only)] for name in ("sentences", "ledger")}
    for name in ("mentions", "quotes", "dates", "language"):
        part[name] = tables[name][tables[name].sentence_id.isin(part["sentences"].sentence_id)]
    return tables | part


def address(made: list[Part]) -> Callable[[str], str]:
    """Where a key, a sentence or a text's beginning (`keys.whole`) is shown: a page and a place in it."""
    of_article = {one: part.file for part in made for one in part.articles}
    of_key: dict[str, str] = {}
    for part in made:
        for name in part.keys:
            of_key.setdefault(name, part.file)

    def where(target: str) -> str:
        article = target.rsplit(":", 1)[0]
        return f"{of_key.get(target) or of_article[article]}#{target}"

    return where


@dataclass(frozen=True)
class _Sentence:
    sentence_id: str
    number: str
    keys: list[str]
    pieces: list[marks.Piece]
    place: str  # its offsets in the article, where texts are left out


@dataclass(frozen=True)
class _Paragraph:
    heading: bool
    keys: list[str]
    sentences: list[_Sentence]


def _articles(
    tables: dict[str, pd.DataFrame],
    listed: dict[str, list[str]],
    cut: Callable[[str], str] | None,
    only: Collection[str],
) -> Iterator[dict]:
    """What the page tells of each article; of a file in which none was found, its lines."""
    shown, ledger = labels(tables["articles"]), tables["ledger"]
    dropped = {one: list(rows.itertuples()) for one, rows in ledger[~ledger.kept].groupby("article_id")}
    said = dict(list(tables["sentences"].groupby("article_id")))
    marked = {} if cut else marks.spans(tables)
    for article in tables["articles"][tables["articles"].article_id.isin(only)].itertuples():
        own = said.get(article.article_id, tables["sentences"][:0])
        paragraphs = _paragraphs(own, listed, marked, cut)
        yield {
            "article_id": article.article_id, "label": shown[article.article_id],
            "lang": plain(article.lang) if isinstance(article.lang, str) else "", "facts": _facts(article),
            "keys": sorted({name for paragraph in paragraphs for name in paragraph.keys}),
            "paragraphs": paragraphs, "dropped": _dropped(dropped.pop(article.article_id, []), cut),
        }  # fmt: skip
    nothing = [("Article", "none was found in this file")]
    for one, rows in dropped.items():
        yield {
            "article_id": one, "label": one, "lang": "", "facts": nothing, "keys": [], "paragraphs": [],
            "dropped": _dropped(rows, cut),
        }  # fmt: skip


def _paragraphs(
    own: pd.DataFrame,
    listed: dict[str, list[str]],
    marked: dict[str, list[marks.Span]],
    cut: Callable[[str], str] | None,
) -> list[_Paragraph]:
    paragraphs = []
    for _, rows in groupby(own.itertuples(), key=lambda row: row.paragraph):
        sentences, heading = [], False
        for row in rows:
            number, one, heading = row.sentence_id.rsplit(":", 1)[1], row.sentence_id, row.heading
            text = cut(row.text) if cut else row.text
            place = f"characters {row.start} to {row.end}" if cut and row.end else ""
            cells = marks.pieces(text, marked.get(one, []))
            sentences.append(_Sentence(one, number, listed.get(one, []), cells, place))
        keys = sorted({name for sentence in sentences for name in sentence.keys})
        paragraphs.append(_Paragraph(heading, keys, sentences))
    return paragraphs


def _dropped(rows: list, cut: Callable[[str], str] | None) -> list[tuple[int, str, str]]:
    return [(row.line, row.reason, cut(row.text) if cut else row.text) for row in rows]


def _facts(article: tuple) -> list[tuple[str, str]]:
    """What is known of an article, by name, and on what ground."""
    facts = []
    for name, column in _FACTS.items():
        value, basis = getattr(article, column), getattr(article, f"{column}_basis", None)
        ground = f" ({basis})" if basis and not pd.isna(value) else ""
        facts.append((name, plain(value) + ground))
    return facts
