"""Statements without a day: which entry each tells, and which of them tell one event by themselves."""

import numpy as np
import pandas as pd

from helpers.timeline import actions
from helpers.timeline.likeness import vectors

# Likeness from which a statement without a day tells the event of another: of pairs of dated statements that
# share an action and reach it, people said of 92 % that they tell one (575 pairs of 51 events).
ALIKE = 0.3
_BLOCK = 1000  # statements that are compared with all at a time


def joined(told: pd.DataFrame, sentences: pd.DataFrame) -> pd.Series:
    """The name of the event that each statement tells.

    Parameters
    ----------
    told
        A row a statement: `id`, `article_id`, `sentence_id`, `start`, `word`, `expression` (missing where no
        expression of time dates it), `group` (of those that an expression dates; missing where one stands alone).
    sentences
        Table `sentences`.

    Returns
    -------
    Series
        A dated statement has its group's name. Another goes with the one that it is most like among those of the
        same action that are like enough: a dated one if there is any, else one of another text. So it comes to
        a dated one, or two texts tell an event to which neither gives a day. One that goes with none is missing.
    """
    dated, text = told.expression.notna().to_numpy(), told.article_id.to_numpy()
    pairs = _alike(told, sentences)
    pairs = pairs[~dated[pairs.one] & (dated[pairs.other] | (text[pairs.one] != text[pairs.other]))]
    pairs = pairs.assign(dated=dated[pairs.other]).sort_values(
        ["one", "dated", "likeness", "other"], ascending=[True, False, False, True]
    )
    pairs = pairs.drop_duplicates("one")
    goes = np.arange(len(told))
    goes[pairs.one] = pairs.other
    name = told.group.fillna(told.id).where(dated).to_numpy(object)
    for one in pairs.one:
        way = [one]
        while not dated[way[-1]] and goes[way[-1]] not in way:
            way.append(goes[way[-1]])
        last = way[-1] if dated[way[-1]] else min(way[way.index(goes[way[-1]]) :])
        name[one] = name[last] if dated[last] else told.id.iloc[last]
    return pd.Series(name, told.index, dtype="str")


def _alike(told: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Pairs of rows (`one`, `other`) that share an action and are alike enough, with their `likeness`."""
    from scipy.sparse import csr_array

    x = vectors(told, sentences)
    of = told.word.map(actions.of).reset_index(drop=True).explode()
    names, every = pd.factorize(of)
    classes = csr_array((np.ones(len(of)), (of.index, names)), shape=(len(told), len(every)))
    found = []
    for row in range(0, len(told), _BLOCK):
        here = slice(row, row + _BLOCK)
        likeness = ((x[here] @ x.T) * ((classes[here] @ classes.T) > 0)).tocoo()
        keep = (likeness.data >= ALIKE) & (likeness.row + row != likeness.col)
        found.append(np.column_stack([likeness.row + row, likeness.col, likeness.data])[keep])
    pairs = pd.DataFrame(np.concatenate([*found, np.zeros((0, 3))]), columns=["one", "other", "likeness"])
    return pairs.astype({"one": int, "other": int})
