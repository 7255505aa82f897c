"""How often each topic and actor of the codebook occurs in each article, and how sure that is.

What is counted is the running text: the sentences of the body that are no sub-headings. Headlines are apart.
Intervals are about this article's text, read as a draw of paragraphs; one article is never taken for its
outlet. A parameter named after a table is that table.
"""

from collections import Counter

import pandas as pd

from helpers import stats
from helpers.schemas import SCHEMAS
from helpers.words import content_words, lead, spans_by_sentence, without

BASIS = "this article, read as a draw of paragraphs (their likeness and dispersion pooled over the corpus)"
NO_BASIS = "too few paragraphs for an interval"


def rates(sentences: pd.DataFrame, mentions: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Count topics and actors per article.

    Parameters
    ----------
    sentences, mentions
        Mentions outside `sentences` are left out.
    codes
        What was looked for, table `codebook`: columns `kind` and `code`. A code that occurs nowhere keeps its
        rows, with zeros.

    Returns
    -------
    DataFrame
        The columns of table `rates`: every code × every article. `share` is the share of sentences with a
        mention, with Wilson's interval widened by the design effect of the article's paragraphs; `per_1000`
        are mentions per 1,000 words, with a Poisson interval widened by the dispersion over paragraphs. How
        alike the sentences of a paragraph are, and the dispersion, are estimated once a code over all
        articles. Intervals are missing below `stats.FEWEST_CLUSTERS` paragraphs.
    """
    running = sentences[(sentences.paragraph > 0) & ~sentences.heading]
    totals = running.groupby("article_id").agg(words=("n_words", "sum"), sentences_total=("n_words", "size"))
    grid = codes[["kind", "code"]].merge(totals.reset_index(), how="cross")
    if grid.empty:
        return pd.DataFrame(columns=list(SCHEMAS["rates"].schema.columns))
    placed = sentences.assign(lead=lead(sentences))[["sentence_id", "article_id", "lead"]]
    located = mentions.merge(placed, on="sentence_id")
    inside = located[located.place == "text"]
    key = ["kind", "code", "article_id"]
    counts = inside.groupby(key).sentence_id.agg(mentions="size", sentences="nunique")
    table = grid.merge(counts.reset_index(), on=key, how="left").fillna({"mentions": 0, "sentences": 0})
    table = table.merge(_variation(running, inside, codes), on=key)
    thousands = table.words / 1000
    low, high = stats.poisson(table.mentions, thousands, table.dispersion)
    share_low, share_high = stats.wilson(table.sentences, table.sentences_total, table.design_effect)
    table = table.assign(
        per_1000=table.mentions / thousands,
        per_1000_low=low,
        per_1000_high=high,
        share=table.sentences / table.sentences_total,
        share_low=share_low,
        share_high=share_high,
        in_headline=_occurs(table, located[located.place == "headline"], key),
        in_lead=_occurs(table, inside[inside.lead], key),
        basis=BASIS,
        evidence="mentions?kind=" + table.kind + "&code=" + table.code
        + "&article_id=" + table.article_id + "&place=text",
    )  # fmt: skip
    few = table.paragraphs < stats.FEWEST_CLUSTERS
    table.loc[few, ["per_1000_low", "per_1000_high", "share_low", "share_high"]] = float("nan")
    return table.assign(basis=table.basis.mask(few, NO_BASIS)).drop(columns="paragraphs")


def frequent_words(sentences: pd.DataFrame, mentions: pd.DataFrame, top: int = 20) -> pd.DataFrame:
    """The content words most articles use, outside the codebook's mentions: a help for extending it.

    Returns
    -------
    DataFrame
        `word`, `articles` (how many use it), `count`; by articles, then count, then word.
    """
    spans = spans_by_sentence(mentions)
    words = [
        (row.article_id, word)
        for row in sentences[["sentence_id", "article_id", "text"]].itertuples(index=False)
        for word in content_words(without(row.text, spans.get(row.sentence_id, [])))
    ]
    counts, articles = Counter(word for _, word in words), Counter(word for _, word in set(words))
    ranked = sorted(counts, key=lambda word: (-articles[word], -counts[word], word))[:top]
    rows = [(word, articles[word], counts[word]) for word in ranked]
    return pd.DataFrame(rows, columns=["word", "articles", "count"])


def prominence(rates: pd.DataFrame) -> pd.DataFrame:
    """Where each topic stands in each article.

    Parameters
    ----------
    rates
        Table `rates` with the columns `label` and `article` (the names to show).

    Returns
    -------
    DataFrame
        `topic` (its label), then a column an article: "headline", "lead", both, "below" where it stands only
        further down, "" where it does not occur in the running text.
    """
    marks = [
        ", ".join(mark for mark, there in (("headline", r.in_headline), ("lead", r.in_lead)) if there)
        or ("below" if r.mentions else "")
        for r in rates.itertuples()
    ]
    wide = rates.assign(mark=marks).pivot(index="label", columns="article", values="mark")
    wide = wide.loc[rates.label.unique(), rates.article.unique()]
    return wide.rename_axis(index="topic", columns=None).reset_index()


def _occurs(table: pd.DataFrame, hits: pd.DataFrame, key: list[str]) -> pd.Series:
    present = set(hits[key].itertuples(index=False, name=None))
    return pd.Series([row in present for row in table[key].itertuples(index=False, name=None)], table.index)


def _variation(running: pd.DataFrame, inside: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """For each code and article the number of paragraphs, the design effect and the dispersion."""
    paragraph = running.article_id + ":" + running.paragraph.astype("str")
    told = {"article_id": ("article_id", "first"), "words": ("n_words", "sum"), "size": ("n_words", "size")}
    blocks = running.groupby(paragraph).agg(**told)
    sizes = {article_id: part.to_numpy() for article_id, part in blocks.groupby("article_id")["size"]}
    rows = []
    for kind, code in codes[["kind", "code"]].itertuples(index=False):
        hits = inside[(inside.kind == kind) & (inside.code == code)]
        per_sentence = running.sentence_id.map(hits.groupby("sentence_id").size()).fillna(0)
        present = (per_sentence > 0).astype(float)
        within = present - present.groupby(running.article_id).transform("mean")
        likeness = stats.intraclass_correlation(within, paragraph)
        counts = per_sentence.groupby(paragraph).sum().reindex(blocks.index)
        dispersion = stats.dispersion(counts, blocks.words, blocks.article_id)
        rows += [
            (kind, code, article_id, len(size), stats.design_effect(likeness, size), dispersion)
            for article_id, size in sizes.items()
        ]
    columns = ["kind", "code", "article_id", "paragraphs", "design_effect", "dispersion"]
    return pd.DataFrame(rows, columns=columns)
