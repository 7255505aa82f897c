"""Where a text says what: its headline and lead, how far down a topic first stands, and where words stand."""

from collections import defaultdict

import pandas as pd

from helpers.spelling import running_keys
from helpers.words import lead


def openings(articles: pd.DataFrame, sentences: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """How each text begins: `article`, `headline`, `summary above the text` (where any has one), `lead`."""
    begin = sentences[lead(sentences)].sort_values("sentence_id").groupby("article_id").text.agg(" ".join)
    columns = {"article": articles.article_id.map(names), "headline": articles.title}
    if articles.subtitle.notna().any():
        columns["summary above the text"] = articles.subtitle.fillna("none")
    return pd.DataFrame(columns | {"lead": articles.article_id.map(begin)})


def prominence(rates: pd.DataFrame) -> pd.DataFrame:
    """Where each topic stands in each article.

    Parameters
    ----------
    rates
        Rows of table `rates`, with the columns `label` and `article` (the names to show).

    Returns
    -------
    DataFrame
        `topic` (its label), then a column an article: "headline", "lead", both, "from 40%" where it stands
        only further down (how far), "" where it does not occur in the running text. Of a group of articles,
        how many have it in the headline, how many in the lead, and how far down it stands in the mean.
    """
    marks = []
    for row in rates.itertuples():
        of = f" in {{}} of {row.n_texts}" if row.n_texts > 1 else ""
        above = (("headline", row.in_headline), ("lead", row.in_lead))
        mark = ", ".join(place + of.format(number) for place, number in above if number)
        marks.append(mark or (f"from {row.first:.0%}" if row.mentions else ""))
    wide = rates.assign(mark=marks).pivot(index="label", columns="article", values="mark")
    wide = wide.loc[rates.label.unique(), rates.article.unique()]
    return wide.rename_axis(index="topic", columns=None).reset_index()


def standing(table: pd.DataFrame, sentences: pd.DataFrame, groups: pd.Series) -> list[tuple[str, ...]]:
    """For each row of a table with `group` and `term`, the sentence of every place where the term stands."""
    running = sentences[~sentences.heading].assign(group=sentences.article_id.map(groups))
    running = running[running.group.isin(table.group)]
    text, number, terms = running_keys(running.text)
    wanted = pd.Index(terms).isin(table.term)[number]
    ids, home = (
        running.sentence_id.to_numpy(object)[text[wanted]],
        running.group.to_numpy(object)[text[wanted]],
    )
    found = defaultdict(list)
    for sentence_id, *row in zip(ids, home, terms[number[wanted]], strict=True):
        found[tuple(row)].append(sentence_id)
    return [tuple(found[row]) for row in zip(table.group, table.term, strict=True)]
