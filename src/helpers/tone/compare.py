"""Mean tone of groups of sentences; the intervals let sentences of one paragraph depend on each other."""

import pandas as pd

from helpers import stats


def means(tone: pd.DataFrame, sentences: pd.DataFrame, by: str | list[str] = "article_id") -> pd.DataFrame:
    """Mean tone per group.

    Parameters
    ----------
    tone
        Table `tone`.
    sentences
        Columns `sentence_id`, `article_id`, `paragraph` and those named in `by`; a sentence may stand in
        several groups (once a row).
    by
        The grouping columns.

    Returns
    -------
    DataFrame
        `by`, `sentences` (how many), `paragraphs` (how many), `mean`, `low`, `high` (95 %, within [-1, 1];
        NaN below five paragraphs: too little text).
    """
    by = [by] if isinstance(by, str) else by
    scored = sentences.merge(tone[["sentence_id", "score"]], on="sentence_id")
    rows = []
    for group, part in scored.groupby(by, sort=True):
        paragraphs = part.article_id + ":" + part.paragraph.astype("str")
        mean, low, high = stats.clustered_mean(part.score, paragraphs)
        rows.append((*group, len(part), paragraphs.nunique(), mean, max(low, -1.0), min(high, 1.0)))
    return pd.DataFrame(rows, columns=[*by, "sentences", "paragraphs", "mean", "low", "high"])


def apart(groups: pd.DataFrame) -> pd.DataFrame:
    """Pairs of articles whose intervals do not overlap.

    A cautious reading: intervals that overlap a little may still differ, those that do not overlap differ at
    well below the 5 % level for one pair (Schenker and Gentleman 2001). Many pairs are compared at once and
    the word list's own error is in none of the intervals, so a pair is a place to read.

    Parameters
    ----------
    groups
        What :func:`means` returns for articles.

    Returns
    -------
    DataFrame
        Columns `low_id`, `high_id`: article ids, the lower tone first.
    """
    known = groups.dropna(subset=["low", "high"]).sort_values("article_id")
    pairs = known.merge(known, how="cross", suffixes=("", "_other"))
    pairs = pairs[pairs.high < pairs.low_other]
    return pairs.rename(columns={"article_id": "low_id", "article_id_other": "high_id"})[
        ["low_id", "high_id"]
    ]


def near_actors(
    tone: pd.DataFrame,
    sentences: pd.DataFrame,
    mentions: pd.DataFrame,
    entries: pd.DataFrame,
    at_least: int = 3,
) -> pd.DataFrame:
    """Mean tone of the sentences of an article that name an actor.

    Parameters
    ----------
    tone, sentences, mentions
        The tables.
    entries
        Table `codebook`: columns `kind`, `code`, `label`.
    at_least
        With fewer such sentences in an article there is no row.

    Returns
    -------
    DataFrame
        `label`, `article_id`, `sentences`, `paragraphs`, `mean`, `low`, `high`; actors in the order of
        `entries`.
    """
    actors = entries[entries.kind == "actor"][["code", "label"]]
    named = mentions[mentions.kind == "actor"][["sentence_id", "code"]].drop_duplicates()
    groups = means(tone, sentences.merge(named, on="sentence_id"), ["code", "article_id"])
    table = actors.merge(groups[groups.sentences >= at_least], on="code")
    return table.drop(columns="code")


def extremes(tone: pd.DataFrame, sentences: pd.DataFrame, each: int) -> pd.DataFrame:
    """The `each` most and least favourable sentences, from high to low: table `tone` with their text."""
    ranked = tone.merge(sentences[["sentence_id", "article_id", "text"]], on="sentence_id")
    ranked = ranked[ranked.score != 0].sort_values(["score", "sentence_id"], ascending=[False, True])
    most = ranked[ranked.score > 0].head(each)
    return pd.concat([most, ranked[ranked.score < 0].tail(each)], ignore_index=True)
