"""Statements without a day: which entry each tells, and which of them tell one event by themselves."""

import numpy as np
import pandas as pd

# Likeness from which a statement without a day tells the event of another text's, if both have two words side
# by side as well: 75 % of such pairs do, by reading them (185 pairs of 51 events; without the words 55 %).
ALIKE = 0.3


def joined(told: pd.DataFrame, pairs: pd.DataFrame) -> pd.Series:
    """The name of the event that each statement tells.

    Parameters
    ----------
    told
        A row a statement: `id`, `article_id`, `expression` (missing where no expression of time dates it),
        `group` (of those that an expression dates; missing where one stands alone).
    pairs
        What :func:`helpers.timeline.likeness.pairs` found of them.

    Returns
    -------
    Series
        A dated statement has its group's name. Another goes with the one of another text that it is most like
        among those of the same action that are like enough: a dated one if there is any. So it comes to a
        dated one, or two texts tell an event to which neither gives a day. One that goes with none is
        missing.
    """
    dated, text = told.expression.notna().to_numpy(), pd.factorize(told.article_id)[0]
    one, other, likeness = (pairs[name].to_numpy() for name in ("one", "other", "likeness"))
    fit = (likeness >= ALIKE) & (pairs.phrases.to_numpy() > 0) & ~dated[one]
    fit &= text[one] != text[other]
    one, other, likeness = one[fit], other[fit], likeness[fit]
    order = np.lexsort((other, -likeness, ~dated[other], one))
    one, first = np.unique(one[order], return_index=True)
    goes = np.arange(len(told))
    goes[one] = other[order][first]
    name, ids = told.group.fillna(told.id).where(dated).to_numpy(object), told.id.to_numpy(object)
    for start in one.tolist():
        way = [start]
        while not dated[way[-1]] and goes[way[-1]] not in way:
            way.append(goes[way[-1]])
        last = way[-1] if dated[way[-1]] else min(way[way.index(goes[way[-1]]) :])
        name[start] = name[last] if dated[last] else ids[last]
    return pd.Series(name, told.index, dtype="str")
