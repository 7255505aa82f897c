"""What the texts carry: what all mention, some, one alone or none, of the codebook and beside it.

Whether a text mentions a topic or actor is table `presence` (headlines count), how often table `rates`
(running text), what stands in one text alone without being asked for table `unique`.
"""

import textwrap
from typing import NamedTuple

import pandas as pd

from helpers import stats
from helpers.briefing.wording import (
    MOST,
    OPENING,
    Finding,
    bracketed,
    called,
    cited,
    count,
    enumerate_names,
    ranked,
    told,
)

SHORT = "not mentioned, too short to tell"  # a state in table presence
_TERMS = 100  # characters of a list of terms: what was looked for can be seen; 02 has all
_EACH = 3  # names, numbers and dates shown of a text, of each kind, the most frequent first
_DRAWN = 10  # texts: with fewer a bootstrap of means is too narrow (stats.bootstrapped_means), as in 02
_BESIDE = ("name", "number", "date")
_LISTED = "topics and actors"


class Entry(NamedTuple):
    """A topic or actor: its row of the codebook, its rows of `presence`, and those that mention it."""

    asked: tuple
    rows: pd.DataFrame
    seen: pd.DataFrame

    @property
    def subject(self) -> str:
        return f"{self.asked.kind}={self.asked.code}"

    @property
    def mentions(self) -> int:
        """Headlines and sub-headings included."""
        return int((self.seen.own + self.seen.quoted).sum())

    @property
    def silent(self) -> list[str]:
        """The texts that do not mention it."""
        return self.rows.article_id[~self.rows.article_id.isin(self.seen.article_id)].tolist()

    @property
    def evidence(self) -> str:
        return " ".join(self.seen.evidence)


def looked_for(presence: pd.DataFrame, entries: pd.DataFrame) -> list[Entry]:
    """The topics and actors of the codebook with the texts that mention them, in its order."""
    by_code = dict(list(presence.sort_values("article_id").groupby(["kind", "code"])))
    asked = [(one, by_code.get((one.kind, one.code), presence[:0])) for one in entries.itertuples()]
    return [Entry(one, rows, rows[(rows.own + rows.quoted) > 0]) for one, rows in asked if len(rows)]


def by_all(
    found: list[Entry], rates: pd.DataFrame, events: pd.DataFrame, texts: list[str], names: pd.Series
) -> list[Finding]:
    """What all texts mention, by how often, and the entries of the timeline that all tell.

    Parameters
    ----------
    events
        Table `events` with `subject`.
    """
    if not found:
        return [_nothing_asked(texts)]
    n = len(texts)
    every = [entry for entry in found if len(entry.seen) == len(entry.rows)]
    shared = [
        _told_by_all(row, n)
        for row in events[(events.n_texts == n) & (events.n_dated > 0)].itertuples()
        if n > 1
    ]
    alone = rates[(rates.by == "article_id") & (rates.voice == "any")].dropna(subset="per_1000")
    by_code = dict(list(alone.groupby(["kind", "code"])))
    asked = [(entry, by_code.get((entry.asked.kind, entry.asked.code))) for entry in every]
    spans = [_span(entry, own, names) for entry, own in asked if own is not None]  # headlines have no rate
    whose = f"that all {n} texts mention" if n > 1 else "that the one text compared mentions"
    first = [_opening(every, found, whose)]
    if spans:
        drawn = "as if these were drawn from more like them"
        text = f"In brackets: 95 % intervals, over {spans[0].basis}, {drawn}. Mentions count headlines "
        first.append(Finding("intervals", f"{text}as well, rates the running text alone."))
    return [*first, *ranked(shared, "04", "events", _EACH), *ranked(spans, "rates.csv", _LISTED)]


def _told_by_all(event: tuple, n: int) -> Finding:
    text = f"All tell one event: {cited(event.label)} ({event.when})."
    return Finding(event.subject, text, n, "texts", evidence=event.evidence)


def by_some(found: list[Entry], names: pd.Series) -> list[Finding]:
    """What some texts mention and others do not, the most evenly parted first."""
    if not found:
        return []
    parted = [entry for entry in found if len(entry.seen) > 1 and entry.silent]
    listed = []
    for entry in parted:
        ids, others, n = entry.seen.article_id, entry.silent, len(entry.rows)
        text = f"{entry.asked.label}: {told(ids, names)}, {count(entry.mentions, 'mention')}; "
        text += f"no term of it in {called(others, names)}."
        even = min(len(ids), len(others)) / n
        listed.append(Finding(entry.subject, text, len(ids), "texts", count(n, "text"), even, entry.evidence))
    first = _opening(parted, found, "that two texts or more, but not all, mention")
    return [first, *ranked(listed, "presence.csv", _LISTED)]


def by_one(found: list[Entry], unique: pd.DataFrame, texts: list[str], names: pd.Series) -> list[Finding]:
    """What one text alone mentions, and the names, numbers and dates that stand in it alone."""
    if len(texts) < 2:
        return [Finding(OPENING, "Fewer than two texts were compared, so nothing can be one text's alone.")]
    alone = [entry for entry in found if len(entry.seen) == 1]
    listed = []
    for entry in alone:
        times, name = entry.mentions, names[entry.seen.article_id.iloc[0]]
        text = f"{entry.asked.label}: {name} alone, {count(times, 'mention')}."
        listed.append(Finding(entry.subject, text, times, "mentions", name, times, entry.evidence))
    kinds = unique.kind.value_counts()
    beside = [count(int(kinds.get(kind, 0)), kind) for kind in (*_BESIDE, "sentence")]
    rest = f" In one text alone stand {enumerate_names(beside[:3])}, "
    rest += f"and {beside[3]} like none elsewhere, by their words."
    first = _opening(alone, found, "that one text alone mentions", rest)
    asked = [entry.asked.label for entry in found]
    things = unique[unique.kind.isin(_BESIDE) & ~unique.value.isin(asked)]
    often = things.groupby("article_id")["count"].max().sort_values(ascending=False, kind="stable")
    of, most = len(listed) + len(often), things[things.article_id.isin(often.index[:MOST])]
    listed += [_things(one, names[one], rows) for one, rows in most.groupby("article_id")]
    return [first, *ranked(listed, "presence.csv and unique.csv", "carried alone", of=of)]


def by_none(found: list[Entry], tested: pd.DataFrame, names: pd.Series, genre: pd.Series) -> list[Finding]:
    """What no text mentions, and what single texts do not although most others of their genre do.

    Parameters
    ----------
    tested
        Table `presence` with `holds` and `q_run`.
    """
    if not found:
        return []
    nowhere = [entry for entry in found if entry.seen.empty]
    listed = []
    for entry in nowhere:
        terms = entry.asked.terms if isinstance(entry.asked.terms, str) else "it has none of its own"
        terms = textwrap.shorten(terms, _TERMS, placeholder=" …")
        text = f"{entry.asked.label}: none of its terms occurs ({terms})."
        listed.append(Finding(entry.subject, text, 0, "mentions", count(len(entry.rows), "text")))
    usual = tested[(tested.others_with >= 2) & (2 * tested.others_with > tested.others)]
    usual = usual[usual.own + usual.quoted == 0].sort_values(["stretches", "kind", "code", "article_id"])
    short = int(usual.state.eq(SHORT).sum())
    by_code = {(entry.asked.kind, entry.asked.code): entry for entry in found}
    usual = usual[usual.state != SHORT]
    first = usual.head(MOST).itertuples()  # their effect falls from here on
    gaps = [_gap(row, by_code[row.kind, row.code], names, genre) for row in first]
    cut = f" (not counted: {short} where it is too short to tell)" if short else ""
    lacking = len(usual) or "none"
    rest = f" Cases of a text without a term of what most others of its genre mention: {lacking}{cut}."
    first = _opening(nowhere, found, "that no text mentions", rest)
    return [
        first,
        *ranked(listed, "presence.csv", _LISTED),
        *ranked(gaps, "presence.csv", "gaps", of=len(usual)),
    ]


def _nothing_asked(texts: list[str]) -> Finding:
    if not texts:
        return Finding(OPENING, "No article is in a supported language, so nothing was looked for.")
    return Finding(OPENING, "The corpus has no codebook, so no topic or actor was looked for.")


def _opening(some: list[Entry], found: list[Entry], which: str, rest: str = "") -> Finding:
    """How many topics and actors make a group, and the most mentioned of them by name."""
    labels = [entry.asked.label for entry in sorted(some, key=lambda entry: -entry.mentions)]
    named = f" ({'; '.join([*labels[:_EACH], *['…'] * (len(labels) > _EACH)])})" if labels else ""
    number = f"{len(some) or 'none'} of the {len(found)} looked for" if found else "none was looked for"
    text = f"Topics and actors {which}: {number}{named}.{rest}"
    return Finding(OPENING, text, len(some), _LISTED, f"{len(found)} looked for")


def _span(entry: Entry, rates: pd.DataFrame, names: pd.Series) -> Finding:
    """How often all texts mention it: the mean of their rates, the lowest and the highest."""
    mean, low, high, basis = _mean(rates)
    text = f"{entry.asked.label}: {count(entry.mentions, 'mention')}"
    if len(rates) > 1:
        ends = rates.sort_values(["per_1000", "group"]).iloc[[0, -1]].itertuples()
        least, most = (f"{row.per_1000:.1f} ({names[row.group]})" for row in ends)
        text += f", from {least} to {most} per 1,000 words, on average"
    text += f" {mean:.1f}{bracketed(low, high)}{' per 1,000 words' * (len(rates) == 1)}."
    unit, evidence = "mentions per 1,000 words", entry.evidence
    return Finding(entry.subject, text, mean, unit, basis, mean, evidence, low, high)


def _mean(rates: pd.DataFrame) -> tuple[float, float, float, str]:
    """The mean of texts' rates with its interval, and what that rests on, as in 02."""
    values, n = rates.per_1000.to_numpy(), len(rates)
    if n == 1:
        return values[0], *rates[["per_1000_low", "per_1000_high"]].to_numpy()[0], rates.basis.iloc[0]
    if n < stats.FEWEST_CLUSTERS:
        ends = rates[["per_1000", "per_1000_low", "per_1000_high"]].to_numpy().T
        return *stats.mean_of_estimates(*ends), f"the paragraphs of {n} articles"
    drawn = n >= _DRAWN
    low, high = (stats.bootstrapped_means if drawn else stats.means)(values[:, None])
    basis = f"{n} articles, {'drawn anew as wholes' if drawn else 'each a point'}"
    return values.mean(), max(low[0], 0), high[0], basis


def _things(article_id: str, name: str, rows: pd.DataFrame) -> Finding:
    """The names, numbers and dates that stand in one text alone: the most frequent, and how many more."""
    parts, shown = [], []
    for kind in _BESIDE:
        of_kind = rows[rows.kind == kind].sort_values("count", ascending=False, kind="stable")
        first = of_kind[:_EACH]
        pairs = zip(first.value, first["count"], strict=True)
        listed = [cited(value) + f" ({times} times)" * (times > 1) for value, times in pairs]
        if len(of_kind) > _EACH:
            listed.append(f"{len(of_kind) - _EACH} more")
        if listed:
            parts.append(f"{kind}{'s' * (len(of_kind) > 1)} {enumerate_names(listed)}")
            shown += " ".join(first.evidence).split()
    text, most = f"{name} alone: {'; '.join(parts)}.", int(rows["count"].max())
    unit, evidence = "names, numbers and dates", " ".join(dict.fromkeys(shown))
    return Finding(f"article={article_id}", text, len(rows), unit, name, most, evidence)


def _gap(row: tuple, entry: Entry, names: pd.Series, genre: pd.Series) -> Finding:
    """What one text does not mention although most others of its genre do, and how usual that is."""
    kind, name, n = genre[row.article_id], names[row.article_id], row.others_with
    others = f"{row.others} other {'texts of unknown genre' if kind == 'unknown' else f'{kind} texts'}"
    text = f"{entry.asked.label}: no term of it in {name}; {n} of the {others} mention it, "
    text += f"and {1 - row.stretches:.0%} of their stretches as long as this text do"
    if pd.notna(row.p):
        text += f" (p {row.p:.3f}, which {'holds' if row.holds else 'does not hold'} after the correction)"
    evidence = " ".join(entry.seen.evidence[entry.seen.article_id.map(genre) == kind])
    subject, usual = f"{entry.subject}&article={row.article_id}", 1 - row.stretches
    return Finding(subject, f"{text}.", n, "texts", others, usual, evidence, p=row.p, q=row.q_run)
