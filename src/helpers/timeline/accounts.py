"""Dated statements → accounts of one event on other days, kept apart from two events of one kind."""

import calendar
import re
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from helpers.timeline import actions

# Likeness from which statements of other days tell one event; below, they mostly tell two of a kind that
# recurs ("was launched"). What is said needs to be nearly the same: people speak every day. From LINK on a
# statement without a day that is like two, and has two words side by side with each, links them. In 61 events
# 2 differences of days are found then, and 22 of 48 days that were moved (benchmarks/accounts.py).
DIFFER, SAID, LINK = 0.35, 0.6, 0.3
_FARTHEST = 6  # days: what lies further apart may be the same weekday of another week, or another event
_DAYS = 10_000_000  # more than a calendar has
_ROWS = 1024  # statements whose links are followed at a time
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
    dated, name = told[_is_dated(told)], _compatible(told[_is_dated(told)])
    names, named = _apart(told, name, dates)
    found = [np.zeros(0, int)]
    for one, other in _partners(told, pairs, _fit(told)):
        found.append(np.unique(named(one, other)[1]))
    both = [
        (names[pair // len(names)], names[pair % len(names)]) for pair in np.unique(np.concatenate(found))
    ]
    texts: dict[str, set[str]] = {}
    for text, called in zip(dated.article_id, name, strict=True):
        texts.setdefault(called, set()).add(text)
    size = {called: len(some) for called, some in texts.items()}
    joins: dict[str, str] = {}
    bases: set[str] = set()
    for base, less in sorted(both, key=lambda pair: (-size[pair[0]], *pair)):
        free = base not in joins and less not in joins and less not in bases
        if free and texts[base].isdisjoint(texts[less]):
            joins[less] = base
            bases.add(base)
            texts[base].update(texts[less])
    return name.map(lambda one: joins.get(one, one)).astype("str").reindex(told.index)


def _apart(told: pd.DataFrame, name: pd.Series, dates: pd.DataFrame) -> tuple[pd.Index, Callable]:
    """The names of dated statements, and what tells of pairs of statements whether they may be accounts.

    It takes the places of either, and gives those of pairs of two names whose days no sentence gives both,
    and a number for each of these pairs of names.
    """
    codes, names = pd.factorize(name.reindex(told.index), sort=True)
    sentence, _ = pd.factorize(pd.concat([told.sentence_id, dates.sentence_id]))
    day = pd.concat([told.earliest, dates.earliest]).to_numpy("datetime64[D]").astype(int)
    # A statement that a fragment before it dates has no date in its own sentence.
    given = np.unique((sentence * _DAYS + day)[len(told) :][dates.earliest.notna()])
    sentence, day = sentence[: len(told)], day[: len(told)]

    def named(one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        free = np.flatnonzero(codes[one] != codes[other])
        one, other = one[free], other[free]
        among = _among(given, sentence[other] * _DAYS + day[one])
        among |= _among(given, sentence[one] * _DAYS + day[other])
        return free[~among], (codes[one] * len(names) + codes[other])[~among]

    return names, named


def _among(given: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Which numbers are among those given, in ascending order."""
    if not len(given):
        return np.zeros(len(wanted), bool)
    return given[np.minimum(np.searchsorted(given, wanted), len(given) - 1)] == wanted


def of_use(told: pd.DataFrame, dates: pd.DataFrame) -> Callable[..., np.ndarray]:
    """Which pairs of statements, as `likeness.pairs` asks it, :func:`accounts` or `joining.joined` can use.

    Of two that are of a day those that alone make their events one, and of two events one pair; of one that
    is and one without a day those like enough with words side by side; of any without a day, of another text,
    the likest so far. Of 1,000 articles 3.7 million pairs are like enough for something.
    """
    undated, fit, says = told.expression.isna().to_numpy(), _fit(told), _says(told)
    text, when = pd.factorize(told.article_id)[0], _when(told)
    likest = np.zeros(len(told))
    _, named = _apart(told, _compatible(told[_is_dated(told)]), dates)

    def wanted(one: np.ndarray, other: np.ndarray, likeness: np.ndarray, phrases: np.ndarray) -> np.ndarray:
        direct = np.flatnonzero(fit[one] & fit[other] & (likeness >= np.where(says[one], SAID, DIFFER)))
        direct = direct[_may_differ(when, one[direct], other[direct])]
        free, names = named(one[direct], other[direct])
        side = np.flatnonzero(phrases > 0)
        first, second, like = one[side], other[side], likeness[side]
        links = (fit[first] & undated[second]) | (undated[first] & fit[second])
        links &= like >= np.where(says[first], SAID, LINK)
        rank = like + np.where(undated[second], 0, 2)  # one with a day goes before any without
        goes = undated[first] & (text[first] != text[second])
        np.maximum.at(likest, first[goes], rank[goes])
        goes &= rank >= likest[first]
        keep = np.zeros(len(one), bool)
        keep[direct[free[np.unique(names, return_index=True)[1]]]] = True
        keep[side[links | goes]] = True
        return keep

    return wanted


def _compatible(dated: pd.DataFrame) -> pd.Series:
    """Names of groups, parted so that the days of each have one in common."""
    name = dated.group.fillna(dated.id)
    order = dated.assign(name=name).sort_values(["latest", "earliest"])
    found, parts = {}, {}  # group → the number of its last part, and the first of the last days there
    columns = (order.name, order.earliest.to_numpy(), order.latest.to_numpy())
    for at, one, earliest, latest in zip(order.index, *columns, strict=True):
        number, common = parts.get(one, (0, latest))
        if earliest > common:
            number, common = number + 1, latest
        parts[one] = number, common
        found[at] = f"{one} {number}" if number else one
    return pd.Series([found[at] for at in name.index], name.index, dtype="str")


def _partners(told: pd.DataFrame, pairs: pd.DataFrame, fit: np.ndarray) -> Iterator[np.ndarray]:
    """Pairs of fit statements that may be two accounts of what they tell: the places of either, in parts."""
    undated = told.expression.isna().to_numpy()
    says = _says(told)
    one, other, like = (pairs[name].to_numpy() for name in ("one", "other", "likeness"))
    direct = (like >= np.where(says[one], SAID, DIFFER)) & fit[one] & fit[other]
    direct &= _may_differ(_when(told), one, other)
    near = (like >= np.where(says[one], SAID, LINK)) & (pairs.phrases > 0).to_numpy()
    yield np.array([one[direct], other[direct]])
    there, back = near & fit[one] & undated[other], near & undated[one] & fit[other]
    yield from _linked(told, (one[there], other[there]), (one[back], other[back]))


def _linked(
    told: pd.DataFrame, there: tuple[np.ndarray, np.ndarray], back: tuple[np.ndarray, np.ndarray]
) -> Iterator[np.ndarray]:
    """Statements of one action that are like the same third: by a pair there, and a pair back."""
    from scipy.sparse import csr_array

    links, returns = (
        csr_array((np.ones(len(pairs[0]), bool), pairs), shape=(len(told), len(told)))
        for pairs in (there, back)
    )
    acts, when = told.word.map(actions.of).to_numpy(object), _when(told)
    for row in range(0, len(told), _ROWS):
        left, right = (links[row : row + _ROWS] @ returns).nonzero()
        left = left + row
        fit = _may_differ(when, left, right)
        same = [not {*acts[a]}.isdisjoint(acts[b]) for a, b in zip(left[fit], right[fit], strict=True)]
        yield np.array([left[fit], right[fit]])[:, np.array(same, bool)]


def _when(told: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The day of each statement, and a number for its kind."""
    return told.earliest.to_numpy("datetime64[D]"), pd.factorize(told.kind)[0]


def _may_differ(when: tuple[np.ndarray, np.ndarray], one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Whether two statements are told alike, as past or as to come, of days less than a week apart."""
    day, kind = when
    gap = np.abs((day[one] - day[other]).astype(int))
    return (kind[one] == kind[other]) & (gap >= 1) & (gap <= _FARTHEST)


def _says(told: pd.DataFrame) -> np.ndarray:
    return told.word.map(lambda word: actions.kinds(word) == {"saying"}).to_numpy(bool)


def _is_dated(told: pd.DataFrame) -> pd.Series:
    return told.expression.notna() & told.earliest.notna()


def _fit(told: pd.DataFrame) -> np.ndarray:
    """Whether statements may be accounts of an event on other days."""
    return (_is_dated(told) & _tells_a_day(told).fillna(False)).to_numpy(bool)


def _tells_a_day(dated: pd.DataFrame) -> pd.Series:
    """Whether a statement is of one day, by words that name it, and in a quotation not counted from today."""
    relative = dated.anchor.fillna("").str.startswith("publication date")
    named = dated.expression.str.contains(_A_DAY)
    return (dated.earliest == dated.latest) & named & ~(relative & dated.voice.eq("quoted"))
