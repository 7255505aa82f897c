"""From a number to the sentences it was counted from.

A row of an aggregate table says where it comes from in its column `evidence`: a long table and a filter,
written like an address, `mentions?kind=topic&code=energy&article_id=a1`; `by=outlet&group=...` are the
articles that table `groups` lists under it, `topic=...` the sentences that table `mentions` has it in.
"""

from collections.abc import Iterator
from urllib.parse import parse_qsl

import numpy as np
import pandas as pd

from helpers.reporting.cells import Ref


def sentences(evidence: str, tables: dict[str, pd.DataFrame]) -> list[str]:
    """The ids of the sentences behind a row, in the order of the texts.

    Parameters
    ----------
    evidence
        The row's `evidence`: several, separated by a space, add up.
    tables
        The long tables it may name, and `sentences`.

    Raises
    ------
    KeyError
        If it names a table that is not there.

    Examples
    --------
    >>> import pandas as pd
    >>> said = pd.DataFrame({"sentence_id": ["a:s001", "a:s002"], "article_id": ["a", "a"]})
    >>> hits = pd.DataFrame({"sentence_id": ["a:s002", "a:s002"], "code": ["x", "x"]})
    >>> sentences("mentions?code=x&article_id=a", {"sentences": said, "mentions": hits})
    ['a:s002']
    """
    found = set(_counted(evidence, tables))
    every = tables["sentences"].sentence_id
    return every[every.isin(found)].tolist()


def ref(shown: object, evidence: str | float, tables: dict[str, pd.DataFrame]) -> Ref:
    """A value to show in a table with the sentences behind it, one for each row that was counted."""
    return Ref(str(shown), tuple(_counted(evidence, tables) if isinstance(evidence, str) else ()))


def matrix(
    rows: pd.DataFrame, index: str, columns: str, shown: str, tables: dict[str, pd.DataFrame]
) -> pd.DataFrame:
    """A wide table of values that lead to their sentences.

    Parameters
    ----------
    rows
        One row a cell: columns `index`, `columns`, `shown` (the text of the cell) and `evidence`.
    index, columns, shown
        Which of its columns become the rows, the columns and the cells; the order of first appearance stays.
    tables
        What :func:`sentences` needs.

    Returns
    -------
    DataFrame
        `index` as the first column, then a column a value of `columns`, cells of `Ref`.
    """
    if rows.empty:
        return pd.DataFrame(columns=[index])
    cells = rows.assign(cell=[ref(r[shown], r["evidence"], tables) for r in rows.to_dict("records")])
    wide = cells.pivot(index=index, columns=columns, values="cell")
    return wide.loc[rows[index].unique(), rows[columns].unique()].rename_axis(columns=None).reset_index()


def _counted(evidence: str, tables: dict[str, pd.DataFrame]) -> list[str]:
    """The sentence of every row that an address means, in the order of the texts."""
    rows = {(name, row): one for part in evidence.split() for name, row, one in _rows(part, tables)}
    counted = pd.Series(list(rows.values()), dtype=object)
    if len(counted) < 2:
        return counted.tolist()
    every = tables["sentences"].sentence_id
    place = pd.Index(every[every.isin(counted)]).get_indexer(counted)  # of all sentences: too slow for a cell
    return counted.iloc[place.argsort(kind="stable")].tolist()


def _rows(part: str, tables: dict[str, pd.DataFrame]) -> Iterator[tuple[str, object, str]]:
    """The rows of one address: their table, number and sentence."""
    name, _, query = part.partition("?")
    rows, wanted = tables[name], dict(parse_qsl(query))
    at = np.arange(len(rows))  # where they are: to take all columns after each condition is most of the work
    for column in sorted(wanted.keys() & set(rows)):  # first, as articles and topics take longer to find
        at = at[rows[column].iloc[at].eq(wanted.pop(column)).to_numpy()]
    if "topic" in wanted:
        topics = tables["mentions"]
        one = (topics.kind == "topic") & (topics.code == wanted.pop("topic"))
        at = at[rows.sentence_id.iloc[at].isin(topics.sentence_id[one]).to_numpy()]
    if wanted:
        ids = rows.article_id if "article_id" in rows else rows.sentence_id
        articles = ids.iloc[at] if "article_id" in rows else ids.iloc[at].str.rsplit(":", n=1).str[0]
        if "by" in wanted:
            groups = tables["groups"]
            one = (groups.by == wanted.pop("by")) & (groups.group == wanted.pop("group"))
            inside = articles.isin(groups.article_id[one])
            at, articles = at[inside.to_numpy()], articles[inside]
        if "article_id" in wanted:
            at = at[articles.eq(wanted.pop("article_id")).to_numpy()]
    if wanted:
        raise KeyError(f"{part}: table {name} has no column {', '.join(sorted(wanted))}")
    yield from zip([name] * len(at), rows.index[at], rows.sentence_id.iloc[at], strict=True)
