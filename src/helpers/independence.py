"""What may count as independent: one text of each family of copies, and the origins a statement can have.

Forty outlets that print one agency's report are one text; several texts that credit it are one origin. Every
stage counts texts and origins like this.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from helpers.words import supported

_FEW = 20  # texts that a sentence names: of ten thousand, a thousand in other languages filled pages
_SPELLING = re.compile(r"[\W_]")  # what does not make two names: "U.S. Embassy", "US embassy"


class Origins(NamedTuple):
    """Of a statement: the texts that tell it, and the origins they name.

    `at_most` bounds the independent origins from above: those named, and one for each text that names none.
    Officials called by the same words ("police") are taken for one; a document without a name of its own
    ("a statement") is no named origin.
    """

    n_texts: int
    n_named: int
    n_unstated: int
    at_most: int
    names: list[str]


def independent(articles: pd.DataFrame, only: bool = True) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Part articles into those to go on with, one of each family of copies, and its other copies.

    Parameters
    ----------
    articles
        Columns `article_id`, `family`, `role`. An "original" or "partial" text stands for its family; where
        it is not among the articles, as in a selection, a "copy" does before a "truncated copy".
    only
        False: copies stay in, and nothing is left out.
    """
    rank = articles.role.map({"copy": 1, "truncated copy": 2}).fillna(0)
    ordered = articles.assign(rank=rank).sort_values(["rank", "article_id"])
    copies = articles.index.isin(ordered.index[ordered.family.duplicated()]) & only
    return articles[~copies], articles[copies]


def compared(articles: pd.DataFrame, names: pd.Series, only: bool = True) -> tuple[pd.DataFrame, str]:
    """The articles that a stage compares, and a sentence on those it leaves out.

    Parameters
    ----------
    articles
        Columns `article_id`, `lang`, `family`, `role`.
    names
        Index `article_id`: what a text is called.
    only
        Whether of the copies of one text only one is compared.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b", "c"], "lang": ["en", "en", "fr"]})
    >>> articles = articles.assign(family=["a", "a", "c"], role=["original", "copy", "original"])
    >>> compared(articles, pd.Series({"c": "c Le Port"}))[1]
    '3 articles → 1 independent text compared. Left out: 1 copy; for their language: c Le Port.'
    """
    fit, other = supported(articles)
    kept, copies = independent(fit, only)
    texts, left = "text" if len(kept) == 1 else "texts", "copy" if len(copies) == 1 else "copies"
    said = f"{len(articles)} articles → {len(kept)} {'independent ' if only else ''}{texts} compared"
    language = named(other.article_id, names)
    return kept, f"{said}. Left out: {len(copies)} {left}; for their language: {language}."


def named(article_ids: Iterable[str], names: pd.Series) -> str:
    """What texts are called, for a sentence: of many the first, and how many more there are.

    Examples
    --------
    >>> named(["a", "b"], pd.Series({"a": "a Herald", "b": "b Echo"})), named([], pd.Series())
    ('a Herald, b Echo', 'none')
    """
    called = [names[one] for one in article_ids]
    more = [f"and {len(called) - _FEW:,} more"] if len(called) > _FEW else []
    return ", ".join([*called[:_FEW], *more]) or "none"


def origins(statements: Iterable[list[str]], credits: pd.DataFrame) -> list[Origins]:
    """The origins of statements.

    Parameters
    ----------
    statements
        Of each the evidence: the `sentence_id` of the sentences that make it.
    credits
        Table `credits`. A text's origins are what these sentences credit, else what credits the whole text;
        of a chain only its first link ("Interfax, citing the ministry": the ministry), and nobody unnamed.

    Examples
    --------
    >>> credits = pd.DataFrame({"article_id": ["a", "b"], "sentence_id": ["a:s001", "b:s009"], "via": None})
    >>> credits = credits.assign(name="Reuters", kind="agency", scope="article")
    >>> origins([["a:s002", "b:s001", "c:s004"]], credits)
    [Origins(n_texts=3, n_named=1, n_unstated=1, at_most=2, names=['Reuters'])]
    """
    nameless = credits.kind.eq("unnamed") | (credits.kind.eq("document") & credits.name.str.islower())
    named = credits[~nameless]
    links = set(zip(named.sentence_id, named.via, strict=True))
    by_text: dict[str, list[tuple[str, str, str]]] = {}
    for row in named.itertuples():
        if (row.sentence_id, row.name) not in links:
            by_text.setdefault(row.article_id, []).append((row.sentence_id, row.name, row.scope))
    return [_origins(set(evidence), by_text) for evidence in statements]


def _origins(evidence: set[str], by_text: dict[str, list[tuple[str, str, str]]]) -> Origins:
    texts = {sentence_id.rsplit(":", 1)[0] for sentence_id in evidence}
    spelled: dict[str, set[str]] = {}
    unstated = 0
    for credited in (by_text.get(text, []) for text in texts):
        own = [name for sentence_id, name, _ in credited if sentence_id in evidence]
        whole = [name for _, name, scope in credited if scope == "article"]
        unstated += not (own or whole)
        for name in own or whole:
            spelled.setdefault(_SPELLING.sub("", name.casefold()), set()).add(name)
    names = sorted(min(forms) for forms in spelled.values())
    return Origins(len(texts), len(names), unstated, len(names) + unstated, names)
