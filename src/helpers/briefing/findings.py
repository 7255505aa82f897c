"""The briefing: what the tables say, in sentences a rule writes.

Every finding names texts, never outlets as such, and leads to its sentences. A rule that has nothing to say
writes nothing; what cannot be told is said to be so.
"""

from collections.abc import Iterable, Iterator

import pandas as pd

from helpers.words import supported

GROUPS = (
    "The corpus", "What all texts mention", "What some texts mention", "What one text alone mentions",
    "What no text mentions", "Tone", "What happened when", "Where accounts differ",
)  # fmt: skip

_FEW = 8  # outlets: more are counted, not named
MOST = 12  # dated entries shown; the others are in 04
Finding = tuple[str, str, str | None]  # group, text, evidence


def compose(tables: dict[str, pd.DataFrame], names: pd.Series, entries: pd.DataFrame) -> pd.DataFrame:
    """Write the findings of a corpus.

    Parameters
    ----------
    tables
        `files`, `articles`, `rates`, `contrasts`, `events`, `tellings`, `conflicts`, `checks`; `entries` is
        table `codebook`.
    names
        Index `article_id`: what a text is called.

    Returns
    -------
    DataFrame
        The columns of table `findings`, grouped in the order of `GROUPS`.
    """
    said = [
        *_corpus(tables["files"], tables["articles"], names),
        *_topics(tables["rates"], names, entries),
        *_tone(tables["contrasts"], names, tables["articles"].set_index("article_id").genre, entries),
        *_dates(tables["events"], tables["tellings"], names),
        *_differences(tables["conflicts"], tables["checks"], tables["events"], names),
    ]
    rows = [(f"f{number:03d}", *finding) for number, finding in enumerate(said, 1)]
    return pd.DataFrame(rows, columns=["finding_id", "group", "text", "evidence"])


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    Examples
    --------
    >>> count(1, "text"), count(3, "text"), count(0, "entry", "entries")
    ('1 text', '3 texts', 'no entries')
    """
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def enumerate_names(names: list[str]) -> str:
    """Names as a list in words.

    Examples
    --------
    >>> enumerate_names(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _called(article_ids: Iterable[str], names: pd.Series) -> str:
    return enumerate_names([names[article_id] for article_id in article_ids])


def _corpus(files: pd.DataFrame, articles: pd.DataFrame, names: pd.Series) -> Iterator[Finding]:
    group = GROUPS[0]
    texts = f"{count(len(articles), 'article')} → {count(articles.family.nunique(), 'independent text')}"
    yield group, f"{texts}; {_outlets(articles.outlet)}.", None
    if partial := int(articles.role.eq("partial").sum()):
        text = "without being a copy, share a substantial part with an earlier text"
        yield group, f"Number of texts that, {text}: {partial}.", None
    chosen = "How these texts were chosen, this report does not know: they stand for themselves alone."
    yield group, chosen, None
    genres = articles.genre.value_counts().sort_index()
    listed = ", ".join(f"{number} {genre}" for genre, number in genres.items())
    mixed = " Every comparison here mixes them; read it in view of that." if len(genres) > 1 else ""
    yield group, f"Genres, as 01 grounds them: {listed}.{mixed}", None
    yield group, _publication(articles), None
    credited = articles.assign(credit=articles.credits.str.split("; ")).explode("credit")
    for agency, ids in credited.groupby("credit").article_id:
        if len(ids) > 1:
            text = f"{agency} is credited in {_called(sorted(ids), names)}"
            yield group, f"{text}: these texts need not be independent of each other.", None
    if len(other := supported(articles)[1]):
        text = "In a language that is not supported, so not counted, scored or dated"
        yield group, f"{text}: {_called(other.article_id, names)}.", None
    if len(unread := files[files.status.isin(["skipped", "failed"])]):
        yield group, f"Not read: {enumerate_names(unread.file.tolist())}. 01 says why.", None


def _outlets(outlet: pd.Series) -> str:
    known, unknown = sorted(outlet.dropna().unique()), int(outlet.isna().sum())
    if not known:
        return "no outlet is known"
    which = enumerate_names(known) if len(known) <= _FEW else count(len(known), "outlet")
    if not unknown:
        return f"the outlet is known ({which})"
    return f"the outlet is known for {len(outlet) - unknown} ({which}), unknown for {unknown}"


def _publication(articles: pd.DataFrame) -> str:
    """How many texts state their day of publication, for how many it is inferred, and which days."""
    inferred = articles.published_basis.str.contains("inferred|header")
    parts = []
    for mask, verb in ((~inferred, "stated"), (inferred, "inferred")):
        days = articles.published[mask].dropna().dt.date
        if len(days):
            first, last = days.min(), days.max()
            span = f"from {first} to {last}" if first < last else str(first)
            parts.append(f"{verb} for {len(days)} ({span})")
    missing = int(articles.published.isna().sum())
    if not parts:
        return "No article gives a publication date: nothing relative could be dated."
    return f"Day of publication: {', '.join(parts)}{f', missing for {missing}' if missing else ''}."


def _topics(rates: pd.DataFrame, names: pd.Series, entries: pd.DataFrame) -> Iterator[Finding]:
    if entries.empty:
        yield GROUPS[1], "The corpus has no codebook, so no topic or actor was looked for.", None
        return
    if rates.empty:
        yield GROUPS[1], "No article is in a supported language, so nothing was looked for.", None
        return
    rates = rates[(rates.by == "article_id") & (rates.voice == "any")].rename(columns={"group": "article_id"})
    found: list[Finding] = []
    for entry in entries.itertuples():
        rows = rates[(rates.kind == entry.kind) & (rates.code == entry.code)].sort_values("article_id")
        seen = rows[(rows.mentions > 0) | (rows.in_headline > 0)]
        evidence = " ".join(rows.evidence[rows.mentions > 0]) or None
        told = _called(seen.article_id, names)
        if seen.empty:
            group, said = GROUPS[4], f"none of its terms occurs ({entry.terms})."
        elif len(seen) == len(rows):
            group, said = GROUPS[1], _span(rows, names)
        elif len(seen) == 1:
            often = count(int(seen.mentions.sum()), "mention") if evidence else "in the headline only"
            group, said = GROUPS[3], f"{told} alone, {often}."
        else:
            silent = rows[~rows.index.isin(seen.index)].article_id
            group, said = GROUPS[2], f"{told}; no term of it in {_called(silent, names)}."
        found.append((group, f"{entry.label}: {said}", evidence))
    yield from sorted(found, key=lambda finding: GROUPS.index(finding[0]))


def _span(rows: pd.DataFrame, names: pd.Series) -> str:
    """The lowest and the highest rate, with their texts."""
    ends = rows.sort_values(["per_1000", "article_id"]).iloc[[0, -1]]
    low, high = (f"{r.per_1000:.1f} ({names[r.article_id]})" for r in ends.itertuples())
    return f"from {low} to {high} mentions per 1,000 words." if len(rows) > 1 else f"{low} per 1,000 words."


def _tone(
    contrasts: pd.DataFrame, names: pd.Series, genre: pd.Series, entries: pd.DataFrame
) -> Iterator[Finding]:
    group, read = GROUPS[5], int(contrasts.corrected.notna().sum())
    if contrasts.empty:
        yield group, "No two texts or groups could be compared in their tone toward an actor.", None
        return
    told = contrasts.verdict.value_counts().reindex(["higher", "lower", "not distinguishable"], fill_value=0)
    pairs = f"{told.sum()} of {count(len(contrasts), 'pair')} of texts or groups"
    yield group, f"Tone toward an actor, in one voice: {pairs} have enough text to be compared.", None
    apart = f"The machine reads {told.iloc[:2].sum() or 'none'} of them as apart, its own error not counted"
    found = contrasts[contrasts.finding]
    differ = f"corrected by people's readings, {len(found)} of the {read} pairs read enough differ"
    unread = "people have read too few mentions of any pair to correct it, so no difference is stated here"
    yield group, f"{apart}; {differ if read else unread}.", None
    label = entries.set_index(["kind", "code"]).label
    for row in found.itertuples():
        about = label["actor", row.actor] + (f", on {label['topic', row.topic]}" if row.topic else "")
        voice = "own voice" if row.voice == "own" else f"{row.voice} speech"
        sign = 1 if row.corrected > 0 else -1
        sides = [(row.group_a, row.read_a), (row.group_b, row.read_b)][::sign]
        called = [
            f"{names[one]} ({genre[one]}; " if one in genre else f"the texts of {one} (" for one, _ in sides
        ]
        more, less = (f"{one}{n} mentions read)" for one, (_, n) in zip(called, sides, strict=True))
        low, high = sorted(sign * end for end in (row.corrected_low, row.corrected_high))
        text = f"{about}: more favourably spoken of in {more} than in {less}, {voice}"
        size = f"by {abs(row.corrected):.2f} [{low:.2f}, {high:.2f}] on a scale from -1 to 1"
        yield group, f"{text}, {size}, corrected by people's readings.", row.evidence


def _dates(events: pd.DataFrame, tellings: pd.DataFrame, names: pd.Series) -> Iterator[Finding]:
    group, dated = GROUPS[6], events[events.n_dated > 0]
    entries = count(len(dated), "dated entry", "dated entries")
    more = f", {int((dated.n_texts > 1).sum())} of them told by more than one text" if len(dated) else ""
    several = len(events) - len(dated)  # 04 keeps an entry without a day only where several texts tell it
    none = f"; {several} {'is' if several == 1 else 'are'} told by several texts and dated by none"
    yield group, f"The texts hold {entries}{more}{none if several else ''}.", None
    shown = dated.sort_values("n_texts", ascending=False, kind="stable").head(MOST).sort_index()
    for row in shown.itertuples():
        who = _called(sorted(tellings.article_id[tellings.event_id == row.event_id].unique()), names)
        text = f"{row.when}, {who}{_carried(row)}: “{row.label}”{_ground(row.basis)}"
        yield group, text, row.evidence
    if len(dated) > len(shown):
        yield group, f"{len(dated) - len(shown)} more are in 04.", None
    if len(dated) > 1:
        text = "Entries next to each other may tell one event, in other words or with other days: read both."
        yield group, text, None


def _carried(entry: tuple) -> str:
    """How many texts tell an entry and date it, and whom they name for it; of a single text nothing."""
    if entry.n_texts == 1:
        return ""
    days = [f"{entry.n_dated} of them date it"] if entry.n_dated < entry.n_texts else []
    unnamed = f"{count(entry.n_unnamed, 'text')} name{'s' if entry.n_unnamed == 1 else ''} none"
    parts = [f"{entry.n_texts} texts carry it", *days, count(entry.n_origins, "named origin")]
    some = entry.n_origins and entry.n_unnamed  # where no origin is named, that says all
    return f" ({', '.join([*parts, unnamed] if some else parts)})"


def _ground(basis: str) -> str:
    """What days rest on where texts do not state them."""
    grounds = basis.split("; ")
    if not (resolved := [f"the {ground}" for ground in grounds if ground != "stated"]):
        return ""
    return f" [{'partly ' * (len(resolved) < len(grounds))}resolved from {enumerate_names(resolved)}]"


def _differences(
    conflicts: pd.DataFrame, checks: pd.DataFrame, events: pd.DataFrame, names: pd.Series
) -> Iterator[Finding]:
    group, label = GROUPS[7], events.set_index("event_id").label
    for row in conflicts.itertuples():
        a, b = (names[one.rsplit(":", 1)[0]] for one in (row.sentence_id_a, row.sentence_id_b))
        about = f"“{label[row.event_id]}”" if row.kind == "date" else f"{row.kind.capitalize()}, {row.about}"
        if row.kind == "weekday":  # one sentence, beside the calendar
            about, b = "Weekday", "by the calendar"
        yield group, f"{about}: {row.value_a} ({a}) or {row.value_b} ({b}).", _addresses([row])
    if conflicts.empty:
        text = "No difference in days, weekdays, numbers or names was found"
        yield group, f"{text}; that does not mean that there is none.", None
    if len(checks):
        pairs = count(len(checks), "pair")
        text = f"04 lists {pairs} of passages that seem to tell one matter differently"
        yield group, f"{text}, for a reader to check.", _addresses(checks.itertuples())


def _addresses(pairs: Iterable[tuple]) -> str:
    """The sentences of differences or checks as `evidence`."""
    ids = dict.fromkeys(one for pair in pairs for one in (pair.sentence_id_a, pair.sentence_id_b))
    return " ".join(f"sentences?sentence_id={one}" for one in ids)
