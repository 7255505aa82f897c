"""Dated statements → accounts of one event on other days, kept apart from two events of one kind."""

import calendar
import re

import numpy as np
import pandas as pd

from helpers.timeline import actions

# Likeness from which statements of other days tell one event; below, they mostly tell two of a kind that
# recurs ("was launched"). What is said needs to be nearly the same: people speak every day. From LINK on a
# statement without a day that is like two, and has two words side by side with each, links them. In 61 events
# 2 differences of days are found then, and 22 of 48 days that were moved (benchmarks/accounts.py).
DIFFER, SAID, LINK = 0.35, 0.6, 0.3
_FARTHEST = 6  # days: what lies further apart may be the same weekday of another week, or another event
_A_DAY = re.compile(
    rf"(?i:(?:mon|tues|wednes|thurs|fri|satur|sun|yester|to)day|to(?:night|morrow))|\d{{4}}"
    rf"|\b(?:{'|'.join(filter(None, calendar.month_abbr))})"
)


def accounts(told: pd.DataFrame, pairs: pd.DataFrame, dates: pd.DataFrame) -> pd.Series:
    """Name the event of each dated statement, so that texts which date it differently tell one.

    Parameters
    ----------
    told
        A row a statement: `id`, `article_id`, `sentence_id`, `word`, `group` (of `events.place`),
        `expression`, `anchor`, `earliest`, `latest`, `kind`, `voice`.
    pairs
        What :func:`helpers.timeline.likeness.pairs` found of them.
    dates
        Table `dates` of their sentences.

    Returns
    -------
    Series
        A name each; missing for statements that no expression dates. A group is parted where its days exclude
        each other. Then statements of days less than a week apart become one where they look like two
        accounts of an event: single days; sentences much alike (sayings nearly the same), or both like a
        third without a day; no text or sentence gives both days; both told as past or both as to come;
        neither dated by words that name no day ("at noon", "two days ago": they may be counted from another
        day than the page's) or by a quotation's "today" or "on Monday" (spoken who knows when).
    """
    dated = told[told.expression.notna() & told.earliest.notna()]
    name = _compatible(dated)
    fit = dated[_tells_a_day(dated)].assign(name=name)[
        ["article_id", "sentence_id", "kind", "earliest", "name"]
    ]
    fit = fit.assign(at=told.index.get_indexer(fit.index))
    both = _partners(told, pairs).merge(fit, left_on="one", right_on="at")
    both = both.merge(fit, left_on="other", right_on="at", suffixes=("_a", "_b"))
    gap = (both.earliest_a - both.earliest_b).dt.days.abs()
    both = both[(both.name_a != both.name_b) & (both.kind_a == both.kind_b) & gap.between(1, _FARTHEST)]
    texts = dated.groupby(name).article_id.agg(set)
    given = dates.dropna(subset="earliest").groupby("sentence_id").earliest.agg(set)
    size = texts.map(len)
    order = both.assign(base=both.name_a, less=both.name_b, sizes=both.name_a.map(size))
    joins: dict[str, str] = {}
    bases: set[str] = set()
    for row in order.sort_values(["sizes", "base", "less"], ascending=[False, True, True]).itertuples():
        # A statement that a fragment before it dates has no date in its own sentence.
        days_a, days_b = (given.get(one, set()) for one in (row.sentence_id_a, row.sentence_id_b))
        tells_both = row.earliest_a in days_b or row.earliest_b in days_a
        free = row.base not in joins and row.less not in joins and row.less not in bases
        if free and not tells_both and texts[row.base].isdisjoint(texts[row.less]):
            joins[row.less] = row.base
            bases.add(row.base)
            texts[row.base].update(texts[row.less])
    return name.replace(joins).reindex(told.index)


def _compatible(dated: pd.DataFrame) -> pd.Series:
    """Names of groups, parted so that the days of each have one in common."""
    name = dated.group.fillna(dated.id)
    for one, part in dated.sort_values(["latest", "earliest"]).groupby(name):
        number, common = 0, part.latest.iloc[0]
        for row in part.itertuples():
            if row.earliest > common:
                number, common = number + 1, row.latest
            name[row.Index] = f"{one} {number}" if number else one
    return name


def _partners(told: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Pairs of statements (`one`, `other`) that may be two accounts of what they tell."""
    undated = told.expression.isna().to_numpy()
    says = told.word.map(lambda word: actions.kinds(word) == {"saying"}).to_numpy()
    direct = pairs[pairs.likeness >= np.where(says[pairs.one], SAID, DIFFER)]
    near = pairs[(pairs.likeness >= np.where(says[pairs.one], SAID, LINK)) & (pairs.phrases > 0)]
    links = near[undated[near.other]].merge(near[undated[near.one]], left_on="other", right_on="one")
    linked = links[["one_x", "other_y"]].set_axis(["one", "other"], axis=1)
    acts = told.word.map(actions.of).to_numpy(object)
    same = [not {*acts[one]}.isdisjoint(acts[other]) for one, other in linked.to_numpy()]
    linked = linked[np.array(same, bool)]
    return pd.concat([direct[["one", "other"]], linked]).drop_duplicates()


def _tells_a_day(dated: pd.DataFrame) -> pd.Series:
    """Whether a statement is of one day, by words that name it, and in a quotation not counted from today."""
    relative = dated.anchor.fillna("").str.startswith("publication date")
    named = dated.expression.str.contains(_A_DAY)
    return (dated.earliest == dated.latest) & named & ~(relative & dated.voice.eq("quoted"))
