"""How many origins a statement can have at most: the sources that the texts telling it name for it.

Texts that carry one agency's report are many texts and one origin. Every stage counts origins like this.
"""

from typing import NamedTuple

import pandas as pd


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
