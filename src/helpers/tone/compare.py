"""Mean tone of groups of sentences; the intervals let sentences of one paragraph depend on each other.

A parameter named after a table is that table; `entries` is table `codebook`.
"""

import pandas as pd

from helpers import stats
from helpers.words import is_list_item

FEWEST = 3  # sentences that name an actor


def running(sentences: pd.DataFrame) -> pd.DataFrame:
    """The sentences whose tone is read: of the body, and neither sub-headings nor items of a list.

    Such fragments hold few words, so a text cut into many of them would look less emotional than it is.
    """
    items = sentences.text.map(is_list_item).astype(bool)
    return sentences[(sentences.paragraph > 0) & ~sentences.heading & ~items]


def means(tone: pd.DataFrame, sentences: pd.DataFrame, by: str | list[str] = "article_id") -> pd.DataFrame:
    """Mean tone per group, and a measure that does not depend on how a text is cut.

    Parameters
    ----------
    sentences
        With the columns named in `by`; a sentence may stand in several groups (once a row).
    by
        The grouping columns.

    Returns
    -------
    DataFrame
        `by`, `sentences` (how many), `paragraphs` (how many), `mean`, `low`, `high` (95 %, within [-1, 1];
        NaN below five paragraphs), `per_1000` (summed valence per 1,000 words).
    """
    by = [by] if isinstance(by, str) else by
    scored = sentences.merge(tone[["sentence_id", "score", "valence"]], on="sentence_id")
    rows = []
    for group, part in scored.groupby(by, sort=True):
        paragraphs = part.article_id + ":" + part.paragraph.astype("str")
        mean, low, high = stats.clustered_mean(part.score, paragraphs)
        density = 1000 * part.valence.sum() / max(part.n_words.sum(), 1)
        rows.append((*group, len(part), paragraphs.nunique(), mean, max(low, -1.0), min(high, 1.0), density))
    columns = ["sentences", "paragraphs", "mean", "low", "high", "per_1000"]
    return pd.DataFrame(rows, columns=[*by, *columns])


def pairs(groups: pd.DataFrame) -> pd.DataFrame:
    """Every pair of articles (`groups`: their :func:`means`), and whether their tone lies apart.

    Apart means that the intervals do not overlap and that the summed valence per 1,000 words has the same
    order. Intervals that overlap may still differ; those that do not, differ at well below the 5 % level for
    one pair (Schenker and Gentleman 2001). Many pairs are compared at once and the word list's own error is
    in none of the intervals, so such a pair is a place to read, and overlap is no sign of likeness.

    Returns
    -------
    DataFrame
        `low_id`, `high_id` (article ids, the lower mean first) and `verdict`: "apart", "overlap" or "not
        compared" (one of them has no interval).
    """
    ranked = groups.sort_values(["mean", "article_id"]).reset_index(drop=True)
    both = ranked.merge(ranked, how="cross", suffixes=("", "_other"))
    both = both[both.index // max(len(ranked), 1) < both.index % max(len(ranked), 1)]
    verdict = pd.Series("overlap", both.index)
    verdict[(both.high < both.low_other) & (both.per_1000 < both.per_1000_other)] = "apart"
    verdict[both.low.isna() | both.low_other.isna()] = "not compared"
    both = both.rename(columns={"article_id": "low_id", "article_id_other": "high_id"})
    return both.assign(verdict=verdict)[["low_id", "high_id", "verdict"]].reset_index(drop=True)


def near_actors(
    tone: pd.DataFrame, sentences: pd.DataFrame, mentions: pd.DataFrame, entries: pd.DataFrame
) -> pd.DataFrame:
    """Mean tone of the sentences of an article that name an actor, where there are `FEWEST` or more.

    Returns
    -------
    DataFrame
        `label`, `article_id` and what :func:`means` gives; actors in the order of `entries`.
    """
    actors = entries[entries.kind == "actor"][["code", "label"]]
    named = mentions[mentions.kind == "actor"][["sentence_id", "code"]].drop_duplicates()
    groups = means(tone, sentences.merge(named, on="sentence_id"), ["code", "article_id"])
    table = actors.merge(groups[groups.sentences >= FEWEST], on="code")
    return table.drop(columns="code")


def extremes(tone: pd.DataFrame, sentences: pd.DataFrame, each: int) -> pd.DataFrame:
    """The `each` most and least favourable sentences, from high to low: table `tone` with their text."""
    ranked = tone.merge(sentences[["sentence_id", "article_id", "text"]], on="sentence_id")
    ranked = ranked[ranked.score != 0].sort_values(["score", "sentence_id"], ascending=[False, True])
    most = ranked[ranked.score > 0].head(each)
    return pd.concat([most, ranked[ranked.score < 0].tail(each)], ignore_index=True)
