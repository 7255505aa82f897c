"""Which topics and actors a text mentions, and what can be said where it does not.

That no term of a topic occurs is a fact about a text. Whether that tells anything hangs on what other texts
of its kind do, and on how long the text is: a short one leaves out what a long one would have come to. A
parameter named after a table is that table.
"""

import numpy as np
import pandas as pd

MENTIONED, QUOTED, ABSENT = "mentioned", "in quotes only", "not mentioned"
SHORT = f"{ABSENT}, too short to tell"
NOBODY = "no text mentions"
# Texts that mention a topic, cut to the length of one that does not: where more than this share of their
# stretches lacks it too, its length alone could be why. The customary level of a test; nothing was fitted.
SHORT_ABOVE = 0.05
LEVEL = 0.05
BESIDE = 12  # texts that fit beside each other on a page
FEWEST_COMPARED = 20  # texts: a p-value from fewer could not go below .05

_KEY = ["kind", "code"]


def states(
    sentences: pd.DataFrame, mentions: pd.DataFrame, codes: pd.DataFrame, articles: pd.DataFrame
) -> pd.DataFrame:
    """What each text mentions, and how unusual it is where it does not.

    Parameters
    ----------
    sentences, mentions
        Of `articles`, and of no others.
    codes
        What was looked for, table `codebook`.
    articles
        The texts to compare, independent of each other: columns `article_id`, `genre`.

    Returns
    -------
    DataFrame
        The columns of table `presence`, a row a code and text. Headlines count.

        `state` is "mentioned", "in quotes only" (never in the text's own voice), "not mentioned", or "not
        mentioned, too short to tell": stretches of the text's length cut from the texts that do mention it
        lack it too, in more than `SHORT_ABOVE` of the cases (a text that is not longer is one stretch).
        `others` are the other texts of its genre, `others_with` those that mention it. `stretches` is the
        share of the contiguous stretches of the text's length in the other texts of its genre that do not
        mention it, each text weighing the same; `p` is that share, counting the text itself as one more,
        where there are `FEWEST_COMPARED` others. It is not corrected: of all texts and topics so tested,
        chance alone puts up to one in twenty below .05 (:func:`unusual`).
    """
    genre = articles.set_index("article_id").genre.sort_index()
    genre = genre[genre.index.isin(sentences.article_id)]
    texts = _Texts(sentences, mentions, codes, list(genre.index))
    kinds = pd.factorize(genre)[0]
    of_genre, absent = np.eye(kinds.max(initial=-1) + 1)[kinds], ~texts.mentioned
    others = np.broadcast_to((of_genre.sum(axis=0) - 1)[kinds][:, None], absent.shape).astype(int)
    others_with = (of_genre.T @ texts.mentioned)[kinds].astype(int) - texts.mentioned
    lacking, short = np.full(absent.shape, np.nan), absent.copy()
    for words in np.unique(texts.words):
        of_carriers = np.where(absent, 0, texts.share_without(words))
        alike = texts.words == words
        with np.errstate(invalid="ignore"):
            short[alike] = of_carriers.sum(axis=0) / texts.mentioned.sum(axis=0) > SHORT_ABOVE
        # The others of its genre that lack it too lack it in all their stretches.
        lacking[alike] = (of_genre.T @ of_carriers)[kinds[alike]]
    with np.errstate(invalid="ignore", divide="ignore"):
        stretches = np.where(absent, (lacking + others - others_with) / others, np.nan)
    told = [texts.own > 0, texts.quoted > 0, short]
    columns = {
        "state": np.select(told, [MENTIONED, QUOTED, SHORT], ABSENT),
        "own": texts.own, "quoted": texts.quoted,
        "others": others, "others_with": others_with, "stretches": stretches,
        "p": np.where(others >= FEWEST_COMPARED, (stretches * others + 1) / (others + 1), np.nan),
    }  # fmt: skip
    table = genre.index.to_frame(name="article_id", index=False).merge(codes[_KEY], how="cross")
    table = table.assign(**{name: values.ravel() for name, values in columns.items()})
    address = "mentions?kind=" + table.kind + "&code=" + table.code + "&article_id=" + table.article_id
    return table.assign(evidence=address)


def overview(presence: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Table `presence` as a matrix: `topic` (its column `label`), then a column a text.

    With more than `BESIDE` texts, a column a state instead, with the number of texts in it.
    """
    nobody = presence.groupby("label").state.transform(lambda states: states.eq(ABSENT).all()).astype(bool)
    told = presence.assign(state=presence.state.mask(nobody, NOBODY))
    if presence.article_id.nunique() <= BESIDE:
        wide = told.pivot(index="label", columns="article_id", values="state").rename(columns=names)
    else:
        wide = told.groupby(["label", "state"], sort=False).size().unstack(fill_value=0)
        wide = wide.reindex(columns=[MENTIONED, QUOTED, ABSENT, SHORT, NOBODY], fill_value=0)
    return wide.loc[presence.label.unique()].rename_axis(index="topic", columns=None).reset_index()


def absences(presence: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """What single texts do not mention although others do, in words, the most unusual first.

    `presence` is the table, with the column `label`. Columns: `topic`, `article`, `state`, `others that
    mention it` (of those of its genre), `their stretches without it`; `p`, where there is any; `evidence`,
    the mentions of the topic in any text.
    """
    rows = presence[presence.state.isin([ABSENT, SHORT])]
    rows = rows[rows.label.isin(presence.label[presence.state.isin([MENTIONED, QUOTED])])]
    rows = rows.assign(fewest=-rows.others).sort_values(["stretches", "fewest", "label", "article_id"])
    table = pd.DataFrame({"topic": rows.label, "article": rows.article_id.map(names), "state": rows.state})
    table["others that mention it"] = rows.others_with.astype(str) + " of " + rows.others.astype(str)
    share = rows.stretches.map("{:.0%}".format).where(rows.others > 0, "no other text of its genre")
    table["their stretches without it"] = share
    if rows.p.notna().any():
        few = f"fewer than {FEWEST_COMPARED} others"
        table["p"] = [few if np.isnan(p) else f"{p:.3f}" for p in rows.p]
    return table.assign(evidence="mentions?kind=" + rows.kind + "&code=" + rows.code)


def unusual(presence: pd.DataFrame) -> str:
    """What can be said of the absences in table `presence`, as a sentence."""
    tested = int((presence.others >= FEWEST_COMPARED).sum())
    if not tested:
        return f"No text has {FEWEST_COMPARED} others of its genre: nothing is established as missing."
    low = int((presence.p < LEVEL).sum())
    by_chance = f"of the {tested} texts and topics so tested chance alone gives up to {LEVEL * tested:.0f}"
    return f"Absences with p below {LEVEL}: {low}; {by_chance}."


class _Texts:
    """The texts, sentence by sentence: their lengths, and the mentions of every code up to each sentence."""

    def __init__(
        self, sentences: pd.DataFrame, mentions: pd.DataFrame, codes: pd.DataFrame, ids: list[str]
    ) -> None:
        self.codes = codes[_KEY].reset_index(drop=True)
        body = sentences[sentences.article_id.isin(ids)].sort_values(["article_id", "paragraph", "start"])
        starts = body.article_id.searchsorted(ids)
        rows = body[["sentence_id"]].assign(row=np.arange(len(body)))
        columns = self.codes.reset_index(names="column")
        hits = mentions.merge(rows, on="sentence_id").merge(columns, on=_KEY)
        heard = hits.voice.isin(["direct", "indirect"]).to_numpy(int)
        counts = np.zeros((2, len(body), len(self.codes)), np.int32)
        np.add.at(counts, (heard, hits.row.to_numpy(int), hits.column.to_numpy(int)), 1)
        self.own, self.quoted = np.add.reduceat(counts, starts, axis=1)
        self.mentioned = (self.own + self.quoted) > 0
        self._marks = np.concatenate(
            [np.zeros_like(counts[0, :1]), counts.sum(axis=0).cumsum(axis=0, dtype=np.int32)]
        )
        self._until = np.concatenate([[0], body.n_words.to_numpy().cumsum()])
        self._starts, self._ends = starts, np.append(starts[1:], len(body))
        self.words = _two_digits(self._until[self._ends] - self._until[starts])

    def share_without(self, words: int) -> np.ndarray:
        """Texts × codes: the share of a text's stretches of so many words that do not mention the code.

        A stretch is of whole sentences, as long as `words` or just longer; a shorter text is one stretch.
        """
        first, ends = np.arange(len(self._until) - 1), np.repeat(self._ends, self._ends - self._starts)
        last = np.searchsorted(self._until, self._until[:-1] + words)
        short = last[self._starts] > self._ends
        last[self._starts[short]] = self._ends[short]
        first, last = first[last <= ends], last[last <= ends]
        lack = (self._marks[last] == self._marks[first]).cumsum(axis=0, dtype=np.int32)
        bounds = first.searchsorted(np.append(self._starts, len(ends)))
        found = np.diff(np.concatenate([np.zeros_like(lack[:1]), lack])[bounds], axis=0)
        return found / np.diff(bounds)[:, None]


def _two_digits(words: np.ndarray) -> np.ndarray:
    """Lengths with two digits kept (1,410 → 1,400): texts of about one length are compared alike."""
    digits = np.char.str_len(words.astype(int).astype(str))
    step = 10 ** np.maximum(0, digits - 2)
    return words // step * step
