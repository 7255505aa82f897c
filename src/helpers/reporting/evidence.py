"""From a number to the sentences it was counted from.

A row of an aggregate table says where it comes from in its column `evidence`: a long table and a filter,
written like an address, `mentions?kind=topic&code=energy&article_id=a1`; `by=outlet&group=...` are the
articles that table `groups` lists under it, `topic=...` the sentences that table `mentions` has it in.
"""

from collections import defaultdict
from urllib.parse import parse_qsl

import numpy as np
import pandas as pd

from helpers.reporting.cells import MOST, Ref
from helpers.reporting.lookup import lookup


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
    return list(dict.fromkeys(_counted(evidence, tables)))


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
        `index` as the first column, then a column a value of `columns`, cells of `Ref`. Those of rows beyond
        the ones that a page shows lead nowhere: of ten thousand texts to look them up took minutes.
    """
    if rows.empty:
        return pd.DataFrame(columns=[index])
    linked = rows.evidence.where(rows[index].isin(rows[index].unique()[:MOST]))
    told = zip(rows[shown], linked, strict=True)
    cells = rows[[index, columns]].assign(cell=[ref(*one, tables) for one in told])
    wide = cells.pivot(index=index, columns=columns, values="cell")
    return wide.loc[rows[index].unique(), rows[columns].unique()].rename_axis(columns=None).reset_index()


def _counted(evidence: str, tables: dict[str, pd.DataFrame]) -> list[str]:
    """The sentence of every row that an address means, in the order of the texts."""
    asked, found = defaultdict(list), defaultdict(list)
    for part in evidence.split():  # those of one form are looked up together
        name, _, query = part.partition("?")
        columns, values = zip(*parse_qsl(query), strict=True)
        asked[name, columns].append(values)
    for (name, columns), wanted in asked.items():
        found[name].append(_rows(name, columns, wanted, tables))
    said = tables["sentences"]
    places = [
        lookup(tables[name]).places(said)[np.unique(np.concatenate(rows))] for name, rows in found.items()
    ]
    return said.sentence_id.array[np.sort(np.concatenate([*places, np.empty(0, int)]))].tolist()


def _rows(
    name: str, columns: tuple[str, ...], wanted: list[tuple[str, ...]], tables: dict[str, pd.DataFrame]
) -> np.ndarray:
    """The numbers of the rows of a table that addresses of one form mean."""
    table, apart = lookup(tables[name]), {"by", "group", "topic"} - set(tables[name])
    if apart.isdisjoint(columns):
        return table.rows(columns, wanted)
    found = []
    for values in wanted:
        address = dict(zip(columns, values, strict=True))
        by, group, topic = (
            address.pop(one, None) if one in apart else None for one in ("by", "group", "topic")
        )
        own, several = (*address,), [(*address.values(),)]
        if by:
            groups = tables["groups"]
            ids = groups.article_id.iloc[lookup(groups).rows(("by", "group"), [(by, group)])]
            own, several = (*own, "article_id"), [(*several[0], one) for one in ids]
        rows = table.rows(own, several)
        if topic:
            carried = lookup(tables["mentions"]).marked(
                ("kind", "code"), ("topic", topic), tables["sentences"]
            )
            rows = rows[carried[table.places(tables["sentences"])[rows]]]
        found.append(rows)
    return np.concatenate(found)
