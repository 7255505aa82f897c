"""What may count as independent: one text of each family of copies, and the origins a statement can have.

Forty outlets that print one agency's report are one text; several texts that credit it are one origin. Every
stage counts texts and origins like this.
"""

from typing import NamedTuple

import pandas as pd

from helpers.words import supported


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
        With a column `role`: an "original" or "partial" text stands for its family.
    only
        False: copies stay in, and nothing is left out.
    """
    copies = articles.role.isin(["copy", "truncated copy"]) & only
    return articles[~copies], articles[copies]


def compared(articles: pd.DataFrame, names: pd.Series, only: bool = True) -> tuple[pd.DataFrame, str]:
    """The articles that a stage compares, and a sentence on those it leaves out.

    Parameters
    ----------
    articles
        Columns `article_id`, `lang`, `role`.
    names
        Index `article_id`: what a text is called.
    only
        Whether of the copies of one text only one is compared.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b", "c"], "lang": ["en", "en", "fr"]})
    >>> articles["role"] = ["original", "copy", "original"]
    >>> compared(articles, pd.Series({"c": "c Le Port"}))[1]
    '3 articles → 1 independent text compared. Left out: 1 copy; for their language: c Le Port.'
    """
    fit, other = supported(articles)
    kept, copies = independent(fit, only)
    texts, left = "text" if len(kept) == 1 else "texts", "copy" if len(copies) == 1 else "copies"
    independence = "independent " if only else ""
    language = ", ".join(names[other.article_id]) or "none"
    said = f"{len(articles)} articles → {len(kept)} {independence}{texts}"
    return kept, f"{said} compared. Left out: {len(copies)} {left}; for their language: {language}."


def origins(evidence: list[str], credits: pd.DataFrame) -> Origins:
    """The origins of a statement.

    Parameters
    ----------
    evidence
        The `sentence_id` of the sentences that make the statement.
    credits
        Table `credits`. A text's origins are what these sentences credit, else what credits the whole text;
        of a chain only its first link ("Interfax, citing the ministry": the ministry), and nobody unnamed.

    Examples
    --------
    >>> credits = pd.DataFrame({"article_id": ["a", "b"], "sentence_id": ["a:s001", "b:s009"], "via": None})
    >>> credits = credits.assign(name="Reuters", kind="agency", scope="article")
    >>> origins(["a:s002", "b:s001", "c:s004"], credits)
    Origins(n_texts=3, n_named=1, n_unstated=1, at_most=2, names=['Reuters'])
    """
    texts = {sentence_id.rsplit(":", 1)[0] for sentence_id in evidence}
    nameless = credits.kind.eq("unnamed") | (credits.kind.eq("document") & credits.name.str.islower())
    named = credits[~nameless & credits.article_id.isin(texts)]
    links = set(zip(named.sentence_id, named.via, strict=True))
    named = named.loc[[link not in links for link in zip(named.sentence_id, named.name, strict=True)]]
    own = named[named.sentence_id.isin(evidence)]
    whole = named[named.scope.eq("article") & ~named.article_id.isin(own.article_id)]
    first = pd.concat([own, whole])
    names = first.name.groupby(first.name.str.casefold().str.replace(r"[\W_]", "", regex=True)).min()
    unstated = len(texts - set(first.article_id))
    return Origins(len(texts), len(names), unstated, len(names) + unstated, sorted(names))
