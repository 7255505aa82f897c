"""How often each topic and actor of the codebook occurs in each article, and how sure that is.

The unit is the sentence of the body; headlines are apart and sub-headings count as sentences of the text they
stand in. Intervals are about this article's text, read as a draw of paragraphs; one article is never taken
for its outlet.
"""

from collections import Counter

import pandas as pd

from helpers import stats
from helpers.words import content_words, lead

BASIS = "this article; sentences clustered in paragraphs (design effect pooled over the corpus)"


def rates(sentences: pd.DataFrame, mentions: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Count topics and actors per article.

    Parameters
    ----------
    sentences
        Table `sentences` of the articles to be counted.
    mentions
        Table `mentions`; those outside `sentences` are left out.
    codes
        What was looked for, table `codebook`: columns `kind` and `code`. A code that occurs nowhere keeps its
        rows, with zeros.

    Returns
    -------
    DataFrame
        The columns of table `rates`: every code × every article. `per_1000` are mentions per 1,000 words with
        an exact Poisson interval, `share` is the share of body sentences with a mention with Wilson's; both
        are widened by the code's design effect.
    """
    body = sentences[sentences.paragraph > 0]
    totals = body.groupby("article_id").agg(words=("n_words", "sum"), sentences_total=("sentence_id", "size"))
    grid = codes[["kind", "code"]].merge(totals.reset_index(), how="cross")
    if grid.empty:
        return pd.DataFrame(columns=_COLUMNS)
    placed = sentences.assign(lead=lead(sentences))[["sentence_id", "article_id", "paragraph", "lead"]]
    located = mentions.merge(placed, on="sentence_id")
    key = ["kind", "code", "article_id"]
    inside = located[located.paragraph > 0].groupby(key)
    counts = pd.DataFrame({"mentions": inside.size(), "sentences": inside.sentence_id.nunique()})
    table = grid.merge(counts.reset_index(), on=key, how="left").fillna({"mentions": 0, "sentences": 0})
    table = table.assign(
        in_headline=_occurs(table, located[located.paragraph == 0], key),
        in_lead=_occurs(table, located[located.lead], key),
        design_effect=_design_effects(table, body, located),
        basis=BASIS,
    )
    thousands = table.words / 1000
    low, high = stats.poisson(table.mentions, thousands, table.design_effect)
    share_low, share_high = stats.wilson(table.sentences, table.sentences_total, table.design_effect)
    return table.assign(
        per_1000=table.mentions / thousands,
        per_1000_low=low,
        per_1000_high=high,
        share=table.sentences / table.sentences_total,
        share_low=share_low,
        share_high=share_high,
        evidence=[
            f"mentions?kind={r.kind}&code={r.code}&article_id={r.article_id}" for r in table.itertuples()
        ],
    )[_COLUMNS]


def frequent_words(sentences: pd.DataFrame, top: int = 20) -> pd.DataFrame:
    """The content words most articles use: a help for starting a codebook.

    Returns
    -------
    DataFrame
        `word`, `articles` (how many use it), `count`; by articles, then count, then word.
    """
    words = [
        (row.article_id, word)
        for row in sentences[["article_id", "text"]].itertuples(index=False)
        for word in content_words(row.text)
    ]
    counts, articles = Counter(word for _, word in words), Counter(word for _, word in set(words))
    ranked = sorted(counts, key=lambda word: (-articles[word], -counts[word], word))[:top]
    return pd.DataFrame(
        [(word, articles[word], counts[word]) for word in ranked], columns=["word", "articles", "count"]
    )


_COLUMNS = [
    "kind", "code", "article_id", "mentions", "words", "per_1000", "per_1000_low", "per_1000_high",
    "sentences", "sentences_total", "share", "share_low", "share_high", "design_effect",
    "in_headline", "in_lead", "basis", "evidence",
]  # fmt: skip


def _occurs(table: pd.DataFrame, hits: pd.DataFrame, key: list[str]) -> pd.Series:
    present = set(hits[key].itertuples(index=False, name=None))
    return pd.Series([row in present for row in table[key].itertuples(index=False, name=None)], table.index)


def _design_effects(table: pd.DataFrame, body: pd.DataFrame, located: pd.DataFrame) -> pd.Series:
    """One design effect a code, over the paragraphs of all articles."""
    paragraphs = body.article_id + ":" + body.paragraph.astype("str")
    effects = {
        code: stats.design_effect(body.sentence_id.isin(hits.sentence_id), paragraphs)
        for code, hits in located.groupby(["kind", "code"])
    }
    return pd.Series(
        [effects.get(pair, 1.0) for pair in zip(table.kind, table.code, strict=True)], table.index
    )


def prominence(rates: pd.DataFrame) -> pd.DataFrame:
    """Where each topic stands in each article.

    Parameters
    ----------
    rates
        Table `rates` with the columns `label` and `article` (the names to show).

    Returns
    -------
    DataFrame
        `label`, then a column an article: "H" in the headline, "L" in the lead, "H L" in both, "b"
        only further below, "" not at all.
    """
    marks = [
        " ".join(mark for mark, there in (("H", r.in_headline), ("L", r.in_lead)) if there)
        or ("b" if r.mentions else "")
        for r in rates.itertuples()
    ]
    wide = rates.assign(mark=marks).pivot(index="label", columns="article", values="mark")
    return wide.loc[rates.label.unique(), rates.article.unique()].rename_axis(columns=None).reset_index()
