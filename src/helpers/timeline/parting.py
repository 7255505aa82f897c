"""Statements grouped as one event on days that exclude each other: do texts differ, or are they two events?"""

import re

import pandas as pd

# Likeness from which statements on other days tell one event, and from which a statement without a day that is
# like both links them; below, they mostly tell two events of a kind that recurs ("was launched").
DIFFER, LINK = 0.35, 0.3
_NAMES_A_DAY = re.compile(
    r"(?i:(?:mon|tues|wednes|thurs|fri|satur|sun|yester|to)day|tonight|tomorrow)|[A-Z][a-z]{2}|\d{4}"
)


def parted(told: pd.DataFrame, pairs: pd.DataFrame, dates: pd.DataFrame) -> pd.Series:
    """The groups of dated statements, parted where their days exclude each other and nothing says they differ.

    Parameters
    ----------
    told
        A row a statement: `id`, `article_id`, `sentence_id`, `group`, `expression`, `anchor`, `earliest`, `latest`,
        `kind`, `voice`.
    pairs
        What :func:`helpers.timeline.likeness.pairs` found of them.
    dates
        Table `dates` of their sentences.

    Returns
    -------
    Series
        The groups. Statements of other days than most texts give stay in one only if they look like another
        account of it: single days, of texts that do not give both, in sentences much alike (or both like a third
        without a day), both told as past or both as to come, not by a clock time alone (it may be counted from
        another day than the page's) and not in a quotation that says "today" (spoken who knows when).
    """
    told = told.assign(at=range(len(told)), fit=_tells_a_day(told))
    group = told.group.where(told.expression.notna())
    given = dates.merge(told[["sentence_id", "article_id"]].drop_duplicates(), on="sentence_id")
    given = given.assign(article_id=given.sentence_id.str.rsplit(":", n=1).str[0])
    partners = _partners(told, pairs)
    new = group.copy()
    for name, part in told[group.notna()].groupby(group[group.notna()]):
        if part.earliest.max() <= part.latest.min():
            continue
        spans = _spans(part)
        order = part.groupby(spans).article_id.nunique().sort_values(ascending=False, kind="stable").index
        base = part[spans == order[0]]
        for number in order[1:]:
            other = part[spans == number]
            if not _differ(base, other, partners, given):
                new[other.index] = f"{name} {number}"
    return new


def _differ(
    base: pd.DataFrame, other: pd.DataFrame, partners: dict[int, set[int]], given: pd.DataFrame
) -> bool:
    """Whether statements of two days look like two accounts of one event."""
    one, two = base[base.fit & base.kind.isin(other.kind)], other[other.fit & other.kind.isin(base.kind)]
    for side, days in (
        (one, two.earliest),
        (two, one.earliest),
    ):  # a text that gives both days tells two events
        if (
            given.article_id.isin(side.article_id)
            & given.sentence_id.isin(side.sentence_id)
            & given.earliest.isin(days)
        ).any():
            return False
    if not set(base.article_id).isdisjoint(other.article_id):
        return False
    against = set(one["at"])
    return any(partners.get(at, set()) & against for at in two["at"])


def _partners(told: pd.DataFrame, pairs: pd.DataFrame) -> dict[int, set[int]]:
    """Of each statement those that may be another account of what it tells."""
    undated = told.expression.isna().to_numpy()
    near = pairs[pairs.likeness >= LINK]
    links = near[undated[near.other]].merge(near[undated[near.one]], left_on="other", right_on="one")
    linked = links[["one_x", "other_y"]].set_axis(["one", "other"], axis=1)
    direct = pairs.loc[pairs.likeness >= DIFFER, ["one", "other"]]
    both = pd.concat([direct, linked]).drop_duplicates()
    return {one: set(part) for one, part in both.groupby("one").other}


def _spans(part: pd.DataFrame) -> pd.Series:
    """A number for each row, the same for those whose days overlap, directly or in a chain."""
    ordered = part.sort_values(["earliest", "latest"])
    reached = ordered.latest.cummax().shift()
    return (ordered.earliest > reached).cumsum().reindex(part.index)


def _tells_a_day(told: pd.DataFrame) -> pd.Series:
    """Whether a statement names one day, and in words that mean the same whenever they were said."""
    relative = told.anchor.fillna("").str.startswith("publication date")
    named = told.expression.fillna("").str.contains(_NAMES_A_DAY)
    return (
        told.earliest.notna() & (told.earliest == told.latest) & named & ~(relative & told.voice.eq("quoted"))
    )
