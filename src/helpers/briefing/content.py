"""What the texts carry: what all mention, some, one alone or none, of the codebook and beside it.

Whether a text mentions a topic or actor is table `presence` (headlines count), how often table `rates`
(running text), what stands in one text alone without being asked for table `unique`.
"""

import textwrap
from typing import NamedTuple

import pandas as pd

from helpers import stats
from helpers.briefing.wording import Finding, bracketed, called, cited, count, enumerate_names, ranked, told

SHORT = "not mentioned, too short to tell"  # a state in table presence
_TERMS = 100  # characters of a list of terms: what was looked for can be seen; 02 has all
_EACH = 3  # names, numbers and dates shown of a text, of each kind, the most frequent first
_DRAWN = 10  # texts: with fewer a bootstrap of means is too narrow (stats.bootstrapped_means), as in 02
_BESIDE = ("name", "number", "date")


class Entry(NamedTuple):
    """A topic or actor: its row of the codebook, its rows of `presence`, and those that mention it."""

    asked: tuple
    rows: pd.DataFrame
    seen: pd.DataFrame

    @property
    def mentions(self) -> int:
        """Headlines and sub-headings included."""
        return int((self.seen.own + self.seen.quoted).sum())

    @property
    def evidence(self) -> str:
        return " ".join(self.seen.evidence)


def looked_for(presence: pd.DataFrame, entries: pd.DataFrame) -> list[Entry]:
    """The topics and actors of the codebook with the texts that mention them, in its order."""
    made = []
    for asked in entries.itertuples():
        rows = presence[(presence.kind == asked.kind) & (presence.code == asked.code)]
        rows = rows.sort_values("article_id")
        made.append(Entry(asked, rows, rows[(rows.own + rows.quoted) > 0]))
    return [entry for entry in made if len(entry.rows)]


def by_all(
    found: list[Entry], rates: pd.DataFrame, events: pd.DataFrame, texts: list[str], names: pd.Series
) -> list[Finding]:
    """What all texts mention, by how often, and the entries of the timeline that all tell."""
    if not found:
        return [_nothing_asked(rates, texts)]
    every = [entry for entry in found if len(entry.seen) == len(entry.rows)]
    whose = f"All {len(texts)} texts mention" if len(texts) > 1 else "The one text compared mentions"
    shared = events[events.n_texts == len(texts)].itertuples() if len(texts) > 1 else ()
    events_told = [
        Finding(
            f"All tell one event: {cited(row.label)} ({row.when}).",
            value=row.n_texts, unit="texts", basis=count(len(texts), "text"), evidence=row.evidence,
        )
        for row in shared
    ]  # fmt: skip
    alone = rates[(rates.by == "article_id") & (rates.voice == "any")]
    of_entry = dict(list(alone.groupby(["kind", "code"])))
    spans = [_span(entry, of_entry[entry.asked.kind, entry.asked.code], names) for entry in every]
    rest = f" In brackets 95 % intervals, which rest on {spans[0].basis}." if spans else ""
    first = Finding(
        f"{whose} {_of(len(every), found)}.{rest}",
        value=len(every), unit="topics and actors", basis=_asked(found),
    )  # fmt: skip
    return [first, *ranked(events_told, "04"), *ranked(spans, "02")]


def by_some(found: list[Entry], names: pd.Series) -> list[Finding]:
    """What some texts mention and others do not, the most evenly parted first."""
    parted = [entry for entry in found if 1 < len(entry.seen) < len(entry.rows)]
    if not found:
        return []
    verb = "is" if len(parted) == 1 else "are"
    text = (
        f"{_of(len(parted), found).capitalize()} {verb} mentioned by some texts, two or more, but not by all."
    )
    first = Finding(text, value=len(parted), unit="topics and actors", basis=_asked(found))
    listed = []
    for entry in parted:
        others = entry.rows[~entry.rows.index.isin(entry.seen.index)]
        times = count(entry.mentions, "mention")
        text = f"{entry.asked.label}: {told(entry.seen.article_id, names)}, {times}"
        share = min(len(entry.seen), len(others)) / len(entry.rows)
        finding = Finding(
            f"{text}; no term of it in {called(others.article_id, names)}.",
            value=len(entry.seen),
            unit="texts",
            basis=count(len(entry.rows), "text"),
            effect=share,
            evidence=entry.evidence,
        )  # fmt: skip
        listed.append(finding)
    return [first, *ranked(listed, "02")]


def by_one(
    found: list[Entry], rates: pd.DataFrame, unique: pd.DataFrame, texts: list[str], names: pd.Series
) -> list[Finding]:
    """What one text alone mentions, and the names, numbers and dates that stand in it alone."""
    if len(texts) < 2:
        return [Finding("Fewer than two texts were compared, so nothing can be one text's alone.")]
    alone = [entry for entry in found if len(entry.seen) == 1]
    kinds = unique.kind.value_counts()
    beside = [count(int(kinds.get(kind, 0)), kind) for kind in (*_BESIDE, "sentence")]
    text = f"{enumerate_names(beside[:3])} stand in one text alone, and {beside[3]} like none elsewhere"
    first = Finding(
        f"One text alone mentions {_of(len(alone), found)}; {text}.",
        value=len(alone), unit="topics and actors", basis=count(len(texts), "text"),
    )  # fmt: skip
    listed = []
    headings = _only_in_headings(rates)
    for entry in alone:
        (article_id,) = entry.seen.article_id
        where = ", in a heading only" if (entry.asked.kind, entry.asked.code, article_id) in headings else ""
        finding = Finding(
            f"{entry.asked.label}: {names[article_id]} alone, {count(entry.mentions, 'mention')}{where}.",
            value=entry.mentions,
            unit="mentions",
            basis=names[article_id],
            effect=entry.mentions,
            evidence=entry.evidence,
        )  # fmt: skip
        listed.append(finding)
    things = unique[unique.kind.isin(_BESIDE) & ~unique.value.isin([entry.asked.label for entry in alone])]
    listed += [_things(article_id, rows, names) for article_id, rows in things.groupby("article_id")]
    return [first, *ranked(listed, "02")]


def by_none(found: list[Entry], tested: pd.DataFrame, names: pd.Series, genre: pd.Series) -> list[Finding]:
    """What no text mentions, and what single texts do not although most others of their genre do."""
    if not found:
        return []
    nowhere = [entry for entry in found if entry.seen.empty]
    usual = tested[(tested.others_with >= 2) & (2 * tested.others_with > tested.others)]
    usual = usual[usual.own + usual.quoted == 0].sort_values(["stretches", "kind", "code", "article_id"])
    short = int(usual.state.eq(SHORT).sum())
    lacking = usual[usual.state != SHORT]
    verb = "is" if len(nowhere) == 1 else "are"
    text = f"{_of(len(nowhere), found).capitalize()} {verb} mentioned by no text; "
    text += f"{count(len(lacking), 'time')} a text lacks what most others of its genre mention"
    cut = f" ({short} more where the text is too short to tell)" if short else ""
    first = Finding(f"{text}{cut}.", value=len(nowhere), unit="topics and actors", basis=_asked(found))
    listed = []
    for entry in nowhere:
        terms = entry.asked.terms if isinstance(entry.asked.terms, str) else "none of its own"
        terms = textwrap.shorten(terms, _TERMS, placeholder=" …")
        text = f"{entry.asked.label}: none of its terms occurs ({terms})."
        listed.append(Finding(text, value=0, unit="mentions", basis=count(len(entry.rows), "text")))
    by_code = {(entry.asked.kind, entry.asked.code): entry for entry in found}
    gaps = [_gap(row, by_code[row.kind, row.code], names, genre) for row in lacking.itertuples()]
    return [first, *ranked(listed, "02"), *ranked(gaps, "02")]


def _nothing_asked(rates: pd.DataFrame, texts: list[str]) -> Finding:
    if not texts:
        return Finding("No article is in a supported language, so nothing was looked for.")
    return Finding("The corpus has no codebook, so no topic or actor was looked for.")


def _asked(found: list[Entry]) -> str:
    return f"{count(len(found), 'entry', 'entries')} of the codebook"


def _of(number: int, found: list[Entry]) -> str:
    if not found:
        return "no topic or actor (there is no codebook)"
    return f"{number or 'none'} of the {count(len(found), 'topic or actor', 'topics and actors')} looked for"


def _span(entry: Entry, rates: pd.DataFrame, names: pd.Series) -> Finding:
    """How often all texts mention it: the mean of their rates, the lowest and the highest."""
    mean, low, high, basis = _mean(rates.dropna(subset="per_1000"))
    ends = rates.sort_values(["per_1000", "group"]).iloc[[0, -1]]
    least, most = (f"{row.per_1000:.1f} ({names[row.group]})" for row in ends.itertuples())
    span = f", from {least} to {most}" if len(rates) > 1 else ""
    often = "on average " if len(rates) > 1 else ""
    text = (
        f"{count(entry.mentions, 'mention')}, {often}{mean:.1f} per 1,000 words{bracketed(low, high)}{span}"
    )
    return Finding(
        f"{entry.asked.label}: {text}.",
        value=mean, low=low, high=high, unit="mentions per 1,000 words", basis=basis, effect=mean,
        evidence=entry.evidence,
    )  # fmt: skip


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


def _only_in_headings(rates: pd.DataFrame) -> set[tuple[str, str, str]]:
    rows = rates[(rates.by == "article_id") & (rates.voice == "any") & (rates.mentions == 0)]
    return set(zip(rows.kind, rows.code, rows.group, strict=True))


def _things(article_id: str, rows: pd.DataFrame, names: pd.Series) -> Finding:
    """The names, numbers and dates that stand in one text alone: the most frequent, and how many more."""
    parts, evidence = [], []
    for kind in _BESIDE:
        of_kind = rows[rows.kind == kind].sort_values("count", ascending=False, kind="stable")
        shown, left = of_kind[:_EACH], len(of_kind) - _EACH
        listed = [
            f"{cited(value)}{f' ({times} times)' if times > 1 else ''}"
            for value, times in zip(shown.value, shown["count"], strict=True)
        ]
        if listed:
            more = f" and {left} more" if left > 0 else ""
            parts.append(f"{kind if len(of_kind) == 1 else kind + 's'} {', '.join(listed)}{more}")
            evidence += shown.evidence.tolist()
    return Finding(
        f"{names[article_id]} alone: {'; '.join(parts)}.",
        value=len(rows), unit="names, numbers and dates", basis=names[article_id],
        effect=int(rows["count"].max()), evidence=" ".join(dict.fromkeys(" ".join(evidence).split())),
    )  # fmt: skip


def _gap(row: tuple, entry: Entry, names: pd.Series, genre: pd.Series) -> Finding:
    """What one text does not mention although most others of its genre do, and how usual that is."""
    kind = genre[row.article_id]
    texts = f"{kind} texts" if kind != "unknown" else "texts of unknown genre"
    others = entry.seen[entry.seen.article_id.map(genre) == kind]
    text = f"{entry.asked.label}: no term of it in {names[row.article_id]}; {row.others_with} of the "
    text += f"{row.others} other {texts} mention it, {row.stretches:.0%} of their stretches as long as "
    text += "this text do not"
    if test := pd.notna(row.p):
        verdict = "which holds" if row.holds else "which does not hold"
        text += f" (p {row.p:.3f}, {verdict} after correction for all comparisons)"
    return Finding(
        f"{text}.",
        value=row.others_with, unit="texts", basis=f"{row.others} other {texts}", effect=1 - row.stretches,
        p=row.p if test else None, q=row.q_run if test else None, evidence=" ".join(others.evidence),
    )  # fmt: skip
