"""The briefing: what the tables say, in sentences a rule writes.

Every finding names texts, never outlets as such, and leads to its sentences. A rule that has nothing to say
writes nothing; what cannot be told is said to be so.
"""

from collections.abc import Iterator

import pandas as pd

from helpers.words import lead, supported

GROUPS = (
    "The corpus",
    "What all texts mention",
    "What some texts mention",
    "What one text alone mentions",
    "What no text mentions",
    "Tone",
    "Dates",
)

Finding = tuple[str, str, str | None]  # group, text, evidence


def compose(
    tables: dict[str, pd.DataFrame], names: pd.Series, titles: dict[tuple[str, str], str], apart: pd.DataFrame
) -> pd.DataFrame:
    """Write the findings of a corpus.

    Parameters
    ----------
    tables
        `files`, `articles`, `rates`, `events`.
    names
        Index `article_id`: what a text is called.
    titles
        (kind, code) to label, for every code of the codebook.
    apart
        Pairs of texts whose tone intervals do not overlap: columns `low_id`, `high_id`.

    Returns
    -------
    DataFrame
        The columns of table `findings`, grouped in the order of `GROUPS`.
    """
    said = [
        *_corpus(tables["files"], tables["articles"], names),
        *_topics(tables["rates"], names, titles),
        *_tone(apart, names, tables["articles"].set_index("article_id").genre),
        *_dates(tables["events"]),
    ]
    rows = [(f"f{number:03d}", *finding) for number, finding in enumerate(said, 1)]
    return pd.DataFrame(rows, columns=["finding_id", "group", "text", "evidence"])


def openings(articles: pd.DataFrame, sentences: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """How each text begins: `article`, `headline`, `lead`, in the order of `articles`."""
    begin = sentences[lead(sentences)].sort_values("sentence_id").groupby("article_id").text.agg(" ".join)
    return pd.DataFrame(
        {
            "article": articles.article_id.map(names),
            "headline": articles.title,
            "lead": articles.article_id.map(begin),
        }
    )


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


def _corpus(files: pd.DataFrame, articles: pd.DataFrame, names: pd.Series) -> Iterator[Finding]:
    group = GROUPS[0]
    unnamed = int(articles.outlet.isna().sum())
    outlets = count(articles.outlet.nunique(), "named outlet")
    rest = "; " + count(unnamed, "article names none", "articles name none") if unnamed else ""
    yield group, f"{count(len(articles), 'article')} of {outlets}{rest}.", None
    genres = articles.genre.value_counts().sort_index()
    listed = ", ".join(f"{number} {genre}" for genre, number in genres.items())
    mixed = " Every comparison here mixes them; read it in view of that." if len(genres) > 1 else ""
    yield group, f"Genres: {listed}.{mixed}", None
    days = articles.published.dropna().dt.date
    undated = len(articles) - len(days)
    rest = "; " + count(undated, "article gives no date", "articles give no date") if undated else ""
    if len(days):
        first, last = days.min(), days.max()
        period = f"from {first} to {last}" if first < last else f"on {first}"
        yield group, f"Published {period}{rest}.", None
    else:
        yield group, "No article gives a publication date: nothing relative could be dated.", None
    _, other = supported(articles)
    if len(other):
        left_out = enumerate_names([names[article_id] for article_id in other.article_id])
        yield (
            group,
            f"In a language that is not supported, so not counted, scored or dated: {left_out}.",
            None,
        )
    unread = files[files.status.isin(["skipped", "failed"])]
    if len(unread):
        yield group, f"Not read: {enumerate_names(unread.file.tolist())}. 01 says why.", None


def _topics(rates: pd.DataFrame, names: pd.Series, titles: dict[tuple[str, str], str]) -> Iterator[Finding]:
    if rates.empty:
        yield GROUPS[1], "The corpus has no codebook, so no topic or actor was looked for.", None
        return
    texts = rates.article_id.nunique()
    groups: dict[str, list[tuple[float, Finding]]] = {group: [] for group in GROUPS[1:5]}
    for key, rows in rates.groupby(["kind", "code"], sort=False):
        rows = rows.sort_values("article_id")
        seen = rows[rows.mentions + rows.in_headline > 0]
        label, evidence = titles[key], " ".join(seen.evidence) or None
        told = enumerate_names([names[article_id] for article_id in seen.article_id])
        if seen.empty:
            finding = (GROUPS[4], f"{label}: no text mentions it.", None)
        elif len(seen) == texts:
            low, high = f"{rows.share.min():.0%}", f"{rows.share.max():.0%}"
            span = f"{low} to {high}" if low != high else low
            finding = (GROUPS[1], f"{label}: {span} of a text’s sentences.", evidence)
        elif len(seen) == 1:
            mentions = int(seen.mentions.sum())
            often = count(mentions, "mention") if mentions else "in the headline only"
            finding = (GROUPS[3], f"{label}: {told} alone, {often}.", evidence)
        else:
            silent = enumerate_names(
                [names[article_id] for article_id in rows[~rows.index.isin(seen.index)].article_id]
            )
            finding = (GROUPS[2], f"{label}: {told}; not mentioned in {silent}.", evidence)
        groups[finding[0]].append((-float(rows.share.max() - rows.share.min()), finding))
    for found in groups.values():
        yield from (finding for _, finding in sorted(found, key=lambda pair: pair[0]))


def _tone(apart: pd.DataFrame, names: pd.Series, genre: pd.Series) -> Iterator[Finding]:
    group = GROUPS[5]
    if apart.empty:
        yield group, "By a word list, no two texts can be told apart in tone.", None
    for row in apart.itertuples():
        high, low = genre[row.high_id], genre[row.low_id]
        kinds = f" ({high} against {low})" if high != low else ""
        pair = f"{names[row.high_id]} uses more favourable words than {names[row.low_id]}{kinds}"
        yield group, f"By a word list, {pair}: sentences to read, not a verdict.", None


def _dates(events: pd.DataFrame) -> Iterator[Finding]:
    group, shared = GROUPS[6], events[events.n_texts > 1]
    entries = count(len(events), "dated entry", "dated entries")
    more = f", {len(shared)} of them in more than one text" if len(events) else ""
    yield group, f"The texts hold {entries}{more}.", None
    for row in shared.itertuples():
        when = str(row.earliest.date())
        when += "" if row.earliest == row.latest else f" to {row.latest.date()}"
        yield group, f"{when}, in {count(row.n_texts, 'text')}: “{row.label}”", row.evidence
