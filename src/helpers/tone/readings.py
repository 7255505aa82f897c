"""Tone toward the actors of a corpus: each mention read by itself, and whether the comparison hangs on how.

A parameter named after a table is that table.
"""

from urllib.parse import urlencode

import pandas as pd

from helpers.tone.compare import CELL, TARGET, means, placed
from helpers.tone.labels import VOICES, marked
from helpers.tone.lexicon import listed
from helpers.tone.targets import score

FEWEST = 3  # sure mentions of an actor, below which a text has no place in an order


def toward_actors(sentences: pd.DataFrame, mentions: pd.DataFrame, **backend: object) -> pd.DataFrame:
    """Read how sentences speak of the actors they mention.

    Parameters
    ----------
    sentences
        Those of running text to be read (`compare.running`), in English.
    backend
        As :func:`helpers.tone.targets.score` takes it.

    Returns
    -------
    DataFrame
        The columns of table `tone`. Pronouns are no mentions: who is meant by "he" is not told here.
    """
    named = mentions[mentions.kind == "actor"].rename(columns={"code": "actor"})
    named = named.merge(sentences[["sentence_id", "text"]], on="sentence_id")
    named = named.sort_values(TARGET, ignore_index=True)
    read = score(named, ordinary=True, **backend)
    return named.assign(voice=named.voice.map(VOICES))[[*TARGET, "end", "voice"]].join(read)


def sensitivity(
    tone: pd.DataFrame,
    sentences: pd.DataFrame,
    mentions: pd.DataFrame,
    groups: pd.DataFrame,
    threshold: float,
) -> pd.DataFrame:
    """Whether the order of the groups hangs on the way of reading: by other thresholds, and by a word list.

    Parameters
    ----------
    groups
        Rows of table `groups` of one `by`.

    Returns
    -------
    DataFrame
        A row an actor and other reading, in the texts' own voice, where two groups or more have `FEWEST` sure
        mentions: `actor`, `reading`, `groups` (how many are in order), `tau` (Kendall's tau-b between their
        means as compared and as read otherwise; missing where one does not vary), `highest` (whether the
        group with the highest mean keeps it).
    """
    from scipy.stats import kendalltau

    by_list = tone.assign(score=tone.sentence_id.map(listed(sentences, mentions)))
    certain = threshold + (1 - threshold) / 2
    others = {
        "all mentions": (tone, 0.0),
        f"those of confidence {certain:.2f} and more": (tone, certain),
        "the same mentions, by VADER's list": (by_list, threshold),
    }
    first = _own(means(tone, sentences, groups, threshold))
    rows = []
    for reading, (read, lowest) in others.items():
        both = first.join(_own(means(read, sentences, groups, lowest)).add_suffix("_other"), how="inner")
        for actor, part in both.groupby(level="actor"):
            if len(part) > 1:
                tau = float(kendalltau(part["mean"], part.mean_other).statistic)
                highest = part.mean_other[part["mean"].idxmax()] >= part.mean_other.max()
                rows.append((actor, reading, len(part), tau, bool(highest)))
    return pd.DataFrame(rows, columns=["actor", "reading", "groups", "tau", "highest"])


def _own(means: pd.DataFrame) -> pd.DataFrame:
    kept = means[(means.voice == "own") & (means.topic == "") & (means.sure >= FEWEST)]
    return kept.set_index(["actor", "group"])[["mean"]]


def event_and_evaluation(tone: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """What happens around each actor, and how words judge, in each text's own voice.

    Returns
    -------
    DataFrame
        A row an actor and article: `actor`, `article_id`, `mentions`, `event` and `evaluation` (means over
        all mentions, -1 to 1) and `evidence`.
    """
    own = tone[tone.voice == "own"].merge(sentences[["sentence_id", "article_id"]], on="sentence_id")
    by_text = own.groupby(["actor", "article_id"])
    table = by_text[["event", "evaluation"]].mean().assign(mentions=by_text.size()).reset_index()
    named = table[["actor", "article_id"]].assign(voice="own").to_dict("records")
    return table.assign(evidence=["tone?" + urlencode(one) for one in named])


def to_read(
    contrasts: pd.DataFrame,
    tone: pd.DataFrame,
    sentences: pd.DataFrame,
    groups: pd.DataFrame,
    topics: pd.DataFrame | None = None,
    each: int = 1,
) -> pd.DataFrame:
    """The sentences that pull two groups apart: of either the `each` readings farthest from the other's mean.

    Parameters
    ----------
    contrasts
        Rows of table `contrasts`, those to read first in front; pairs with too little text are passed over.
    topics
        What the contrasts were given; without it those by topic are passed over as well.

    Returns
    -------
    DataFrame
        Rows of table `tone` with `topic`, `by`, `group`, `article_id` and `sentence` (the text, the mention
        marked), each mention once, in the order of the pairs.
    """
    rows = placed(tone, sentences, groups, topics).merge(sentences[["sentence_id", "text"]], on="sentence_id")
    by_side = rows.sort_values("score", kind="stable").groupby([*CELL, "group"]).groups
    found: list[object] = []
    for pair in contrasts[contrasts.verdict != "too little text"].to_dict("records"):
        for group, sign in ((pair["group_a"], pair["diff"]), (pair["group_b"], -pair["diff"])):
            side = list(by_side.get((*(pair[name] for name in CELL), group), ()))
            found += side[:each] if sign < 0 else side[::-1][:each]
    rows = rows.loc[found].drop_duplicates(TARGET[:2])
    spans = zip(rows.text, rows.start, rows.end, strict=True)
    return rows.assign(sentence=[marked(*span) for span in spans]).drop(columns="text")
