"""How each text or group of texts speaks of each actor, in whose voice, and whether two of them differ.

The intervals are of the machine's reading (table `tone`); its own error is in none of them: see `correction`.
A parameter named after a table is that table. `groups` is table `groups`, or those rows of it that are to be
compared: one article is a group of its own there, and never taken for its outlet. `topics` is table
`mentions`: with it an actor is compared topic by topic as well, in the sentences that carry the topic.
"""

from urllib.parse import urlencode

import numpy as np
import pandas as pd

from helpers import clusters, significance, stats
from helpers.schemas import SCHEMAS
from helpers.words import is_list_item

LABELS = ["negative", "neutral", "positive"]
TARGET = ["sentence_id", "start", "actor"]
CELL = ["actor", "topic", "by", "voice"]  # what is compared: one actor, in one voice
SIDE = [*CELL, "group"]
FEWEST_TEXTS = 10  # from here on whole articles are the clusters
MOST = 20  # groups of a cell paired with one another, those with the most sure mentions: at most 190 pairs
LEVEL, POWER = 0.05, 0.8


def running(sentences: pd.DataFrame) -> pd.DataFrame:
    """The sentences whose tone is read: of the body, and neither sub-headings nor items of a list.

    Such fragments hold few words, so a text cut into many of them would look less emotional than it is.
    """
    items = sentences.text.map(is_list_item).astype(bool)
    return sentences[(sentences.paragraph > 0) & ~sentences.heading & ~items]


def means(
    tone: pd.DataFrame,
    sentences: pd.DataFrame,
    groups: pd.DataFrame,
    threshold: float,
    topics: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Mean tone toward each actor per group and voice, over the mentions that were surely read.

    From `FEWEST_TEXTS` texts on the interval takes whole articles for the draws and speaks of texts like
    these; below, paragraphs, and speaks of these texts alone (`clusters.means`, within [-1, 1]).

    Parameters
    ----------
    threshold
        The confidence (0 to 1) from which on a reading is sure. Mentions in no known voice are left out.

    Returns
    -------
    DataFrame
        The columns of table `tone_means`. Of a topic only where two groups or more have an interval.
    """
    sides = _sides(tone, sentences, groups, topics, threshold).reset_index()
    columns = list(SCHEMAS["tone_means"].schema.columns)
    ends = {end: sides[end].clip(-1, 1) for end in ("low", "high")}
    return sides.assign(**ends, basis=_basis(sides), evidence=_addresses(sides, "group"))[columns]


def contrasts(
    tone: pd.DataFrame,
    sentences: pd.DataFrame,
    groups: pd.DataFrame,
    threshold: float,
    topics: pd.DataFrame | None = None,
    genres: pd.Series | None = None,
) -> pd.DataFrame:
    """Differences of the means of every pair of groups, each actor and voice for itself.

    A t test for two means of unlike variance (Welch 1947) on clusters (`clusters.errors`). p is
    corrected (Holm 1979) over all pairs, actors and voices of a `by`; the rows of topics are another family.
    With hundreds of groups the `MOST` with the most sure mentions are paired, whatever their tone: so the
    pairs grow with the actors and not with the square of the groups. Two texts that stand for themselves in
    another `by` are compared once, as texts.

    Parameters
    ----------
    threshold
        As for :func:`means`.
    genres
        Index article_id: then only groups are paired whose texts are all of one and the same genre.

    Returns
    -------
    DataFrame
        The columns of table `contrasts`, without those that :func:`correction.corrected` adds. `diff` is
        group_a's mean less group_b's, from -2 to 2; `smallest_detectable` the difference that would be found
        with a probability of .8 at the level of Bonferroni's correction (.05 over the family's tests), which
        Holm's never undercuts, with the variance found here. `verdict` is by q.
    """
    from scipy.special import stdtr, stdtrit

    sides = _sides(tone, sentences, groups, topics, threshold).reset_index()
    sides = sides.sort_values([*CELL, "sure", "group"], ascending=[True] * 4 + [False, True])
    sides = sides[sides.groupby(CELL).cumcount() < MOST]
    pairs = sides.merge(sides, on=CELL, suffixes=("_a", "_b"))
    pairs = pairs[pairs.group_a < pairs.group_b].sort_values([*CELL, "group_a", "group_b"], ignore_index=True)
    pairs = pairs[~_again(pairs)].reset_index(drop=True)
    if genres is not None:
        a, b = (_genre(pairs, groups, genres, side) for side in ("group_a", "group_b"))
        pairs = pairs[a == b].reset_index(drop=True)
    diff = pairs.mean_a - pairs.mean_b
    error, freedom = significance.welch(pairs.error_a, pairs.freedom_a, pairs.error_b, pairs.freedom_b)
    pairs = pairs.assign(diff=diff, p=2 * stdtr(freedom, -abs(diff / error)))
    pairs["q"] = adjusted(pairs, pairs.p)
    tests = pairs.p.groupby(_family(pairs)).transform("count")
    half = stdtrit(freedom, 1 - LEVEL / 2) * error
    needed = (stdtrit(freedom, 1 - LEVEL / (2 * tests.clip(lower=1))) + stdtrit(freedom, POWER)) * error
    told = ["too little text", "not distinguishable", "higher"]
    verdict = np.select([pairs.q.isna(), pairs.q >= LEVEL, diff > 0], told, "lower")
    evidence = _addresses(pairs, "group_a") + " " + _addresses(pairs, "group_b")
    ends = {"low": (diff - half).clip(-2, 2), "high": (diff + half).clip(-2, 2)}
    pairs = pairs.assign(**ends, smallest_detectable=needed, verdict=verdict, evidence=evidence)
    return pairs[[column for column in SCHEMAS["contrasts"].schema.columns if column in pairs]]


def extremes(tone: pd.DataFrame, sentences: pd.DataFrame, each: int, threshold: float) -> pd.DataFrame:
    """The `each` most and least favourable mentions in the text's own voice that were surely read.

    Returns
    -------
    DataFrame
        Their rows of table `tone`, from high to low, with `article_id` and `text` of the sentence. A mention
        that counts for several actors stands there once, for the first by code.
    """
    sure = tone[(tone.confidence >= threshold) & (tone.voice == "own")]
    sure = sure.sort_values(TARGET).drop_duplicates(TARGET[:2])
    ranked = sure.merge(sentences[["sentence_id", "article_id", "text"]], on="sentence_id")
    ranked = ranked.sort_values(["score", *TARGET], ascending=[False, True, True, True])
    ends = [ranked[ranked.label == "positive"].head(each), ranked[ranked.label == "negative"].tail(each)]
    return pd.concat(ends, ignore_index=True)


def placed(
    tone: pd.DataFrame, sentences: pd.DataFrame, groups: pd.DataFrame, topics: pd.DataFrame | None
) -> pd.DataFrame:
    """Table `tone`, a row once for each group and topic ("" for any) that a mention counts in."""
    where = sentences[["sentence_id", "article_id", "paragraph"]].merge(groups, on="article_id")
    rows = tone.dropna(subset="voice").merge(where, on="sentence_id")
    if topics is None:
        return rows.assign(topic="")
    carried = topics[topics.kind == "topic"][["sentence_id", "code"]].drop_duplicates()
    within = rows.merge(carried.rename(columns={"code": "topic"}), on="sentence_id")
    return pd.concat([rows.assign(topic=""), within], ignore_index=True)


def drawn_with(rows: pd.DataFrame) -> pd.Series:
    """What a mention is drawn with: its article if its group has `FEWEST_TEXTS` texts, else its paragraph."""
    whole = rows.groupby(SIDE).article_id.transform("nunique") >= FEWEST_TEXTS
    return rows.article_id.where(whole, rows.article_id + ":" + rows.paragraph.astype("str"))


def adjusted(pairs: pd.DataFrame, p: pd.Series) -> pd.Series:
    """p-values of pairs, corrected over their family (Holm 1979)."""
    return p.groupby(_family(pairs)).transform(significance.holm)


def _family(pairs: pd.DataFrame) -> pd.Series:
    return pairs.by + (pairs.topic != "").map({True: ", by topic", False: ""})


def _sides(
    tone: pd.DataFrame,
    sentences: pd.DataFrame,
    groups: pd.DataFrame,
    topics: pd.DataFrame | None,
    threshold: float,
) -> pd.DataFrame:
    """What the surely read mentions of each side say, sides in order; one actor at a time is in memory."""
    actors = [part for _, part in tone.groupby("actor")] or [tone]
    return pd.concat([_of_actor(placed(part, sentences, groups, topics), threshold) for part in actors])


def _of_actor(rows: pd.DataFrame, threshold: float) -> pd.DataFrame:
    """The sides of one actor."""
    sure = rows[rows.confidence >= threshold]
    by_side = sure.groupby(SIDE)
    labels = sure.groupby([*SIDE, "label"]).size().unstack("label").reindex(columns=LABELS)
    found = clusters.means(sure.score, drawn_with(sure), by_side.ngroup())
    found = found.set_axis(by_side.size().index).join(by_side.article_id.nunique().rename("sure_texts"))
    sides = rows.groupby(SIDE).agg(n_texts=("article_id", "nunique"), mentions=("score", "size"))
    sides = sides.join(labels).join(found.rename(columns={"n": "sure"}))
    counts = [*LABELS, "sure", "sure_texts", "clusters"]
    sides = sides.fillna(dict.fromkeys(counts, 0)).astype(dict.fromkeys(counts, int))
    compared = sides.groupby(CELL).error.transform("count") > 1
    return sides[compared | (sides.index.get_level_values("topic") == "")]


def _basis(sides: pd.DataFrame) -> list[str]:
    """What the interval of each side rests on, in words."""
    told = []
    for texts, n, low in sides[["sure_texts", "clusters", "low"]].itertuples(index=False):
        where = "this article" if texts == 1 else f"these {texts} texts"
        basis = f"{texts} texts, each a draw" if texts >= FEWEST_TEXTS else f"{n} paragraphs of {where}"
        why = "too few for an interval" if n < stats.FEWEST_CLUSTERS else "all read alike, so no interval"
        told.append((f"{basis}: {why}" if np.isnan(low) else basis) if n else "no mention surely read")
    return told


def _again(pairs: pd.DataFrame) -> np.ndarray:
    """Whether a pair of single texts, which bear their ids in any `by`, is compared as such already."""
    single = pairs.by == "article_id"
    named = pd.MultiIndex.from_frame(pairs[["actor", "topic", "voice", "group_a", "group_b"]])
    return ~single & named.isin(named[single])


def _genre(pairs: pd.DataFrame, groups: pd.DataFrame, genres: pd.Series, side: str) -> pd.Series:
    """The one genre of a pair's side; missing where its texts are of several."""
    of = groups.article_id.map(genres).groupby([groups.by, groups.group]).agg(["nunique", "first"])
    one = of["first"].where(of["nunique"] == 1)
    return pd.Series(one.reindex(pd.MultiIndex.from_frame(pairs[["by", side]])).to_numpy(), pairs.index)


def _addresses(table: pd.DataFrame, side: str) -> pd.Series:
    """Which rows of table `tone` lie behind each side; a group's are those of its articles in `groups`."""
    told = []
    for actor, topic, by, voice, group in table[[*CELL, side]].itertuples(index=False):
        about = {"actor": actor} | ({"topic": topic} if topic else {})
        where = {"article_id": group} if by == "article_id" else {"by": by, "group": group}
        told.append("tone?" + urlencode(about | where | {"voice": voice}))
    return pd.Series(told, table.index, "str")
