"""Statements of all articles → one timeline.

What sentences tell is dated, text by text (`anchored`), and compared; statements of one event become one
entry, with every sentence that tells it. An entry is what the texts say, not what happened.
"""

from collections import Counter, defaultdict

import pandas as pd

from helpers.independence import origins
from helpers.timeline.accounts import accounts, of_use
from helpers.timeline.anchoring import anchor
from helpers.timeline.coded import coded
from helpers.timeline.durations import of_durations
from helpers.timeline.grouping import group
from helpers.timeline.joining import joined
from helpers.timeline.likeness import pairs
from helpers.timeline.spans import days, excerpt, granularity
from helpers.words import content_words

NO_DAY, EITHER = "no day given", " or "  # in column `when`
_TELLINGS = [
    "event_id", "article_id", "sentence_id", "start", "end", "word", "kind", "basis", "expression",
    "earliest", "latest", "voice", "speaker",
]  # fmt: skip


def anchored(
    statements: pd.DataFrame,
    sentences: pd.DataFrame,
    articles: pd.DataFrame,
    dates: pd.DataFrame,
    quotes: pd.DataFrame,
) -> pd.DataFrame:
    """Date statements, each by its own text, and say in whose voice they are.

    Parameters
    ----------
    statements
        What :func:`helpers.timeline.telling.statements` found in these sentences.
    sentences, articles, quotes
        The tables.
    dates
        Table `dates`; `event_id` is not needed.

    Returns
    -------
    DataFrame
        The columns of table `tellings` but for `event_id`; `id`; of the expression that dates the statement
        `said_in` (the sentence in which it stands), `dated` (where), `type`, `value` and `anchor`; `timed`:
        whether its days are those of an expression.
    """
    own = dates.rename(columns={"sentence_id": "said_in", "start": "dated", "text": "expression"})
    # "six months later" is about then
    counted = own.anchor.eq("date mentioned before") & (own.earliest != own.latest)
    own = own[own.type.eq("DURATION") | (own.earliest.notna() & ~counted)]
    own = own[["said_in", "dated", "expression", "type", "value", "anchor", "earliest", "latest"]]
    told = statements.assign(article_id=statements.sentence_id.str.rsplit(":", n=1).str[0])
    told = told.merge(own, on=["said_in", "dated"], how="left")
    told = told.assign(id=told.sentence_id + "@" + told.start.astype("str"), timed=told.earliest.notna())
    placed = anchor(*_mentions(told, sentences, articles)).set_axis(told.index)
    placed = placed.rename(columns={"aspect": "kind"})[["basis", "kind", "earliest", "latest"]]
    return told.assign(**placed).assign(**_voices(told, quotes))


def tell(
    anchored: pd.DataFrame, sentences: pd.DataFrame, articles: pd.DataFrame, dates: pd.DataFrame
) -> pd.DataFrame:
    """Join the statements of all texts that tell one event.

    Parameters
    ----------
    anchored
        What :func:`anchored` made of the statements in these sentences.
    sentences, articles
        The tables.
    dates
        Table `dates`; `event_id` is not needed.

    Returns
    -------
    DataFrame
        The columns of table `tellings`, with any name of the event as `event_id`; and those of `anchored`.
        Kept are the events that an expression of time dates, and those that several texts tell.
    """
    sentences = sentences.sort_values(["article_id", "paragraph", "start"], ignore_index=True)
    words = coded(sentences.text.to_numpy(object), content_words)
    by_article = sentences.groupby("article_id")
    documents = by_article.size().rename_axis("doc").rename("size").reset_index()
    number = by_article.cumcount().set_axis(sentences.sentence_id)
    mentions = anchored[["id", "word", "basis", "earliest", "latest"]].assign(
        # Those that an expression dates are apart from the others, which are joined to them below.
        entity=anchored.timed.array,
        doc=anchored.article_id,
        sent=anchored.sentence_id.map(number).astype(int),
    )
    told = of_durations(anchored.assign(group=group(mentions, documents, words)), sentences, articles)
    alike = pairs(told, sentences, of_use(told, dates), words)
    told = told.assign(group=accounts(told, alike, dates))
    told = told.assign(group=joined(told, alike))
    told = of_durations(told, sentences, articles)  # again: "of signing" is of all days that texts give it
    return told[told.group.notna()].rename(columns={"group": "event_id"}).reset_index(drop=True)


def merge(
    told: pd.DataFrame, sentences: pd.DataFrame, credits: pd.DataFrame, prefix: str = ""
) -> pd.DataFrame:
    """The timeline: one row an event.

    Parameters
    ----------
    told
        What :func:`tell` returned.
    sentences, credits
        The tables.
    prefix
        What ids begin with, where this is one timeline of several.

    Returns
    -------
    DataFrame
        The columns of table `events`, with `name`: the `event_id` of its rows in `told`. The days are those
        that all its dated statements allow; where they exclude each other, from the first to the last.
    """
    told = told.assign(
        number=told.sentence_id.str.rsplit(":s").str[-1].astype(int), undated=told.expression.isna()
    )
    told = told.sort_values(["undated", "number", "sentence_id", "start"])
    groups = told.groupby("event_id")
    shown = groups[["sentence_id", "start", "end"]].first()
    texts = sentences[sentences.sentence_id.isin(shown.sentence_id)].set_index("sentence_id").text.to_dict()
    kinds, grounds = _values(told, "kind"), _values(told[told.anchor.notna()], "anchor")
    events = shown[[]].assign(
        kind=[kinds[name].most_common(1)[0][0] for name in shown.index],
        label=[excerpt(texts[one], start, end) for one, start, end in shown.itertuples(index=False)],
        n_texts=groups.article_id.nunique(),
        n_dated=told[~told.undated].groupby("event_id").article_id.nunique(),
        **_days(told),
        **_origins(told, credits),
    )
    events = events.assign(
        basis=["; ".join(sorted(grounds.get(name, ()))) or NO_DAY for name in events.index],
        n_dated=events.n_dated.fillna(0).astype(int),
    )
    events = events.rename_axis("name").reset_index().sort_values(["earliest", "latest", "label", "name"])
    names = [f"{prefix}e{number:03d}" for number in range(1, len(events) + 1)]
    events = events.assign(event_id=names, evidence=[f"tellings?event_id={name}" for name in names])
    return events.reset_index(drop=True)


def named(
    events: pd.DataFrame, told: pd.DataFrame, dates: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Tables `dates`, `tellings` and `events`, with the entries' ids in place of names."""
    told = told.assign(event_id=told.event_id.map(events.set_index("name").event_id))
    places = told[told.expression.notna()].drop_duplicates(["said_in", "dated"])
    places = places[["said_in", "dated", "event_id"]]
    places = places.rename(columns={"said_in": "sentence_id", "dated": "start"})
    dates = dates.merge(places.astype({"start": "int64"}), on=["sentence_id", "start"], how="left")
    return dates, told[_TELLINGS], events.drop(columns="name")


def _mentions(
    told: pd.DataFrame, sentences: pd.DataFrame, articles: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Articles and statements as `anchor` and `group` read them."""
    sentences = sentences.sort_values(["article_id", "paragraph", "start"])  # the headline is paragraph 0
    by_article = sentences.astype({"text": object}).groupby("article_id")
    published = articles.set_index("article_id").published.dt.strftime("%Y-%m-%d")
    documents = by_article.text.agg(list).rename("sentences").rename_axis("doc").reset_index()
    number = dict(zip(sentences.sentence_id, by_article.cumcount(), strict=True))
    mentions = told[["id", "word", "start", "earliest", "latest"]]
    sent = told.sentence_id.map(number).astype(int)
    return (
        documents.assign(published=documents.doc.map(published)),
        mentions.assign(entity="", doc=told.article_id, sent=sent),
    )


def _voices(told: pd.DataFrame, quotes: pd.DataFrame) -> dict[str, pd.Series]:
    """In whose voice event words stand, and who speaks there."""
    quotes = quotes[quotes.kind.isin(["direct", "indirect"])]
    within = told[["id", "sentence_id", "start"]].merge(quotes, on="sentence_id", suffixes=("", "_quote"))
    within = within[(within.start_quote <= within.start) & (within.start < within.end)].sort_values("kind")
    within = within.drop_duplicates("id").set_index("id")  # "direct" goes before "indirect"
    voice = told.id.map(within.kind).map({"direct": "quoted", "indirect": "reported"}).fillna("own")
    return {"voice": voice, "speaker": told.id.map(within.speaker_name).astype("str")}


def _values(told: pd.DataFrame, column: str) -> dict[str, Counter]:
    """How often each event has each value of a column, in the order of the rows."""
    found: dict[str, Counter] = defaultdict(Counter)
    for name, value in zip(told.event_id.to_numpy(object), told[column].to_numpy(object), strict=True):
        found[name][value] += 1
    return found


def _days(told: pd.DataFrame) -> dict[str, pd.Series]:
    """The days of entries, in columns of table `events`."""
    given = told[~told.undated]
    spans = given.drop_duplicates(["event_id", "earliest", "latest"]).sort_values(["earliest", "latest"])
    by_event = spans.groupby("event_id")
    low, high = by_event.earliest.max(), by_event.latest.min()
    agree = low <= high
    earliest, latest = low.where(agree, by_event.earliest.min()), high.where(agree, by_event.latest.max())
    apart = spans[spans.event_id.isin(agree.index[~agree])].groupby("event_id")
    each = {one: EITHER.join(map(days, part.earliest, part.latest)) for one, part in apart}
    when = pd.Series(map(days, earliest, latest), earliest.index, dtype="str").where(
        agree, pd.Series(each, dtype="str")
    )
    fine = pd.Series(map(granularity, earliest, latest), earliest.index, dtype="str")
    every = pd.Index(told.event_id.unique())
    return {
        "earliest": earliest.reindex(every), "latest": latest.reindex(every), "granularity":
        fine.reindex(every), "when": when.reindex(every).fillna(NO_DAY),
    }  # fmt: skip


def _origins(told: pd.DataFrame, credits: pd.DataFrame) -> dict[str, pd.Series]:
    """How many origins are named for entries, speakers counting, and how many texts name none."""
    spoken = told.dropna(subset="speaker")[["article_id", "sentence_id", "speaker"]]
    spoken = spoken.rename(columns={"speaker": "name"}).assign(kind="official", scope="sentence", via=None)
    evidence = pd.Series({name: [*ids] for name, ids in _values(told, "sentence_id").items()})
    found = origins(evidence, pd.concat([credits, spoken]).astype({"name": "str"}))
    return {
        "n_origins": pd.Series([one.n_named for one in found], evidence.index),
        "n_unnamed": pd.Series([one.n_unstated for one in found], evidence.index),
    }
