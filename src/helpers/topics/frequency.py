"""How often each topic and actor of the codebook occurs, in texts and groups of texts, and how sure that is.

What is counted is the running text: the sentences of the body that are no sub-headings. Headlines are apart.
One article is never taken for its outlet: its interval is about this text, read as a draw of paragraphs, and
a group's is about its articles. A parameter named after a table is that table.
"""

from collections.abc import Iterator
from urllib.parse import urlencode

import numpy as np
import pandas as pd

from helpers import codebook, stats
from helpers.paths import CorpusError
from helpers.schemas import SCHEMAS
from helpers.words import lead

ARTICLE = "article_id"
VOICES = ("any", "own", "quoted")
PERIODS = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "year": "%Y"}
FEWEST_DRAWN = 10  # articles; with fewer a bootstrap is narrower still (see `stats.bootstrapped_means`)
BASIS = "this article, read as a draw of paragraphs (their likeness and dispersion pooled over the corpus)"
NO_BASIS = "this article: too few paragraphs for an interval"
POINTS = "{n} articles, each a point"
FEW_POINTS = "{n} articles, each a point: too few for an interval"
DRAWN = "{n} articles, drawn anew as wholes"

_OWN = "A column of your own is read from manifest.csv"
_COLUMNS = ("outlet", "genre", "lang", "country", "place", "credits")
_KEY = ["kind", "code"]
_VALUES = ("per_1000", "share")
_ADDRESS = [*_KEY, "by", "group", "voice"]
_BOUNDS = [f"{value}_{end}" for value in _VALUES for end in ("low", "high")]


def groups(
    articles: pd.DataFrame, fields: pd.DataFrame, by: str = ARTICLE, within_genre: bool = True
) -> pd.Series:
    """The group of each article.

    Parameters
    ----------
    articles
        Column `article_id` and those to group by.
    fields
        Table `fields`: columns that a manifest has of its own (a leaning, a country group) are in it.
    by
        "article_id" (each text for itself), a column of `articles` or of the manifest; or "day", "week",
        "month", "year" of publication.
    within_genre
        Whether only texts of one genre make a group: its name then bears the genre.

    Returns
    -------
    Series
        Index `article_id`. An article that is alone with its value, or has none, is a group called by its id:
        one article is never taken for its outlet, and texts of which nothing is known have nothing in common.

    Raises
    ------
    CorpusError
        If there is no such column.
    """
    table = articles.set_index(ARTICLE, drop=False)
    if by == ARTICLE:
        return table[ARTICLE].rename("group")
    stated = fields[(fields.field == by) & fields.in_force].set_index(ARTICLE).value
    if by in PERIODS:
        values = table.published.dt.strftime(PERIODS[by])
    elif by in _COLUMNS:
        values = table[by].astype("str").where(table[by].notna())
    elif len(stated):
        values = stated.reindex(table.index)
    else:
        own = ", ".join(sorted(set(fields.field) - set(articles)))
        known = ", ".join([ARTICLE, *_COLUMNS, *PERIODS, *([own] if own else [])])
        raise CorpusError(f"Articles cannot be grouped by {by!r}. They can by: {known}. {_OWN}")
    if within_genre and by != "genre":
        values = values + ", " + table.genre
    values = values.mask(values.isin(table[ARTICLE]), values + " (several texts)")  # no article's id
    return values.where(values.duplicated(keep=False) & values.notna(), table[ARTICLE]).rename("group")


def group_table(by: dict[str, pd.Series]) -> pd.DataFrame:
    """The columns of table `groups`: which articles make the groups that were compared.

    `by`: what the texts are grouped by → the group of each article (from :func:`groups`).
    """
    named = ((name, group.rename("group").rename_axis(ARTICLE)) for name, group in by.items())
    return pd.concat([group.reset_index().assign(by=name) for name, group in named], ignore_index=True)


def rates(
    sentences: pd.DataFrame,
    mentions: pd.DataFrame,
    codes: pd.DataFrame,
    by: dict[str, pd.Series] | None = None,
    voices: tuple[str, ...] = VOICES,
) -> pd.DataFrame:
    """Count topics and actors per text and per group of texts, in any voice and in each.

    Parameters
    ----------
    sentences, mentions
        Of the articles to count; mentions outside `sentences` are left out.
    codes
        What was looked for, table `codebook`: columns `kind` and `code`. A code that occurs nowhere keeps its
        rows, with zeros.
    by
        What the texts are grouped by → the group of each article (from :func:`groups`); by default each
        article is a group of its own.
    voices
        Of "any", "own" (the text's own words) and "quoted" (quotations and reported speech). The base of a
        voice is what the text says in it.

    Returns
    -------
    DataFrame
        The columns of table `rates`. `share` is the share of sentences with a mention, `per_1000` are
        mentions per 1,000 words, `first` how far into the text the first one stands (0 to 1).

        Of one text the share has Wilson's interval, widened by the design effect of the article's
        paragraphs, and the rate a Poisson interval, widened by the dispersion over paragraphs; how alike the
        sentences of a paragraph are, and the dispersion, are estimated once a code over all articles. Of
        more texts both are means over the texts, each weighing the same: from `stats.FEWEST_CLUSTERS` texts
        on with a t interval, from `FEWEST_DRAWN` on with a bootstrap over whole texts (Efron and Tibshirani
        1993, chapter 13). `basis` says which. In headline and lead they are counted in any voice.
    """
    columns = list(SCHEMAS["rates"].schema.columns)
    if sentences.empty or codes.empty:
        return pd.DataFrame(columns=columns)
    ids = sentences.article_id.unique()
    by = by or {ARTICLE: pd.Series(ids, ids)}
    placed = sentences.assign(lead=lead(sentences), before=_words_before(sentences))
    placed["row"] = np.arange(len(placed))
    located = mentions.merge(placed[["sentence_id", ARTICLE, "lead", "before", "row"]], on="sentence_id")
    known = pd.MultiIndex.from_frame(codes[_KEY])
    located["number"] = known.get_indexer(pd.MultiIndex.from_frame(located[_KEY]))
    located = located[located.number >= 0]
    found = []
    for voice in voices:
        alone = _by_article(placed, located, codes, voice)
        if alone.empty:  # nobody is quoted
            continue
        found += [_grouped(alone, group).assign(by=name, voice=voice) for name, group in by.items()]
    table = pd.concat(found, ignore_index=True)
    return table.assign(evidence=_addresses(table))[columns]


def by_voice(rates: pd.DataFrame) -> pd.DataFrame:
    """The rates of a text in its own voice beside those in what it quotes and reports.

    Parameters
    ----------
    rates
        Rows of table `rates` with the columns `label` and `article` (the names to show).

    Returns
    -------
    DataFrame
        The rows in any voice, with `voices`: mentions per 1,000 words of its own / of others, "–" where it
        says nothing in that voice.
    """
    spoken = rates[rates.voice != "any"].set_index(["label", "article", "voice"]).per_1000.to_dict()
    told = rates[rates.voice == "any"]
    shown = {key: f"{rate:.1f}" if rate else "0" for key, rate in spoken.items()}
    pairs = ([(*key, "own"), (*key, "quoted")] for key in zip(told.label, told.article, strict=True))
    return told.assign(voices=[" / ".join(shown.get(key, "–") for key in pair) for pair in pairs])


def sensitivity(
    rates: pd.DataFrame, mentions: pd.DataFrame, sentences: pd.DataFrame, codes: pd.DataFrame
) -> pd.DataFrame:
    """Whether the order of the texts hangs on one term: each term of a code left out in turn.

    The sentences that it matched are matched again without it, so that a shorter term takes its place.

    Parameters
    ----------
    rates
        Rows of table `rates` of single articles, in any voice.
    codes
        Table `codebook`.

    Returns
    -------
    DataFrame
        A row a code that two terms or more matched: `kind`, `code`, `terms` (how many matched), `term` (the
        one that changes most), `mentions` (its), `tau` (Kendall's tau-b between the texts' rates with it and
        without it; missing where one of them does not vary), `holds` (the text with the highest rate stays).
    """
    from scipy.stats import kendalltau

    book = codebook.from_table(codes)
    running = sentences[(sentences.paragraph > 0) & ~sentences.heading]
    inside = mentions.merge(running[["sentence_id", ARTICLE]], on="sentence_id")
    asked = inside.sentence_id[inside.kind.isin(rates.kind)]
    again = codebook.Without(running[running.sentence_id.isin(asked)], book)
    rows = []
    for (kind, code), part in rates.groupby(_KEY, sort=False):
        full = part.set_index("group").sort_index()
        here = inside[(inside.kind == kind) & (inside.code == code)]
        before, owner = here.sentence_id.value_counts(), here.drop_duplicates("sentence_id")
        owner = owner.set_index("sentence_id")[ARTICLE]
        tried = []
        for term, hits in here.groupby("term"):
            ids = hits.sentence_id.drop_duplicates()
            lost = before[ids] - again.count(ids.tolist(), kind, code, term)
            lost = lost.groupby(owner[ids].to_numpy()).sum()
            left = (full.mentions - lost.reindex(full.index, fill_value=0)) / full.words
            tau = float(kendalltau(full.per_1000, left).statistic)
            holds = bool(left[full.per_1000.idxmax()] >= left.max())
            tried.append((kind, code, here.term.nunique(), term, len(hits), tau, holds))
        if len(tried) > 1:
            rows.append(min(tried, key=lambda row: (row[6], -2 if pd.isna(row[5]) else row[5], row[3])))
    return pd.DataFrame(rows, columns=[*_KEY, "terms", "term", "mentions", "tau", "holds"])


def _by_article(placed: pd.DataFrame, located: pd.DataFrame, codes: pd.DataFrame, voice: str) -> pd.DataFrame:
    """Every code × every article with text in the voice."""
    running = placed[(placed.paragraph > 0) & ~placed.heading]
    inside = located[located.place == "text"]
    above = {"in_headline": located[located.place == "headline"], "in_lead": inside[inside.lead]}
    if voice != "any":
        heard = ["own"] if voice == "own" else ["direct", "indirect"]
        part = running[heard].sum(axis=1)
        running = running.assign(n_words=running.n_words * part)[part > 0]
        inside = inside[inside.voice.isin(heard)]
    if running.empty:
        return running
    totals = running.groupby(ARTICLE).agg(words=("n_words", "sum"), sentences_total=("n_words", "size"))
    table = codes[_KEY].merge(totals.reset_index(), how="cross")

    def cells(hits: pd.DataFrame) -> np.ndarray:
        """The row of the table that each mention counts in; -1 for articles without text in the voice."""
        article = totals.index.get_indexer(hits[ARTICLE])
        return np.where(article < 0, -1, hits.number * len(totals) + article)

    cell = cells(inside)
    inside, cell = inside[cell >= 0], cell[cell >= 0]
    several = np.unique(cell * len(placed) + inside.row) // len(placed)  # sentences
    table["mentions"] = np.bincount(cell, minlength=len(table)).astype(float)
    table["sentences"] = np.bincount(several, minlength=len(table)).astype(float)
    table["first"] = inside.before.groupby(cell).min().reindex(table.index)
    table[["paragraphs", "design_effect", "dispersion"]] = _variation(running, inside, len(codes))
    thousands = table.words / 1000
    table = table.assign(per_1000=table.mentions / thousands, share=table.sentences / table.sentences_total)
    rate = stats.poisson(table.mentions, thousands, table.dispersion)
    share = stats.wilson(table.sentences, table.sentences_total, table.design_effect)
    table[_BOUNDS] = np.column_stack([*rate, *share])
    for name, hits in above.items():
        table[name] = np.isin(table.index, cells(hits)).astype(int)
    few = table.paragraphs < stats.FEWEST_CLUSTERS
    table.loc[few, _BOUNDS] = float("nan")
    return table.assign(basis=pd.Series(BASIS, table.index).mask(few, NO_BASIS))


def _grouped(alone: pd.DataFrame, group: pd.Series) -> pd.DataFrame:
    """The rows of single articles put together by group; a group of one article keeps its article's row."""
    alone = alone.assign(group=alone[ARTICLE].map(group)).dropna(subset="group")
    key = [*_KEY, "group"]
    sums = ["mentions", "words", "sentences", "sentences_total", "in_headline", "in_lead"]
    by_group = alone.sort_values(ARTICLE).groupby(key, sort=False)
    table = by_group[sums].sum().join(by_group[[*_VALUES, "first"]].mean())
    table = table.assign(n_texts=by_group.size())
    bounds = by_group[[*_BOUNDS, "basis"]].first().where(table.n_texts == 1)
    several, found = alone[alone.groupby(key)[ARTICLE].transform("size") > 1], []
    wide = several.pivot(index=["group", ARTICLE], columns=_KEY, values=[*_VALUES])
    names, starts = np.unique(wide.index.get_level_values("group"), return_index=True)
    for part in np.split(wide.to_numpy(), starts[1:]) if len(names) else ():
        n = len(part)
        basis = FEW_POINTS if n < stats.FEWEST_CLUSTERS else POINTS if n < FEWEST_DRAWN else DRAWN
        ends = (stats.bootstrapped_means if n >= FEWEST_DRAWN else stats.means)(part)
        found.append((*ends, basis.format(n=n)))
    if found:
        ends = {end: np.array([row[i] for row in found]) for i, end in enumerate(("low", "high"))}
        tables = [
            pd.DataFrame(values, pd.Index(names, name="group"), wide.columns)
            .stack(_KEY, future_stack=True)
            .add_suffix(f"_{end}")
            for end, values in ends.items()
        ]
        told = pd.concat(tables, axis=1).reorder_levels(key)
        based = dict(zip(names, (row[2] for row in found), strict=True))
        told["basis"] = told.index.get_level_values("group").map(based)
        bounds.loc[told.index, [*_BOUNDS, "basis"]] = told[[*_BOUNDS, "basis"]]
    bounds[_BOUNDS] = bounds[_BOUNDS].clip(lower=0)
    return table.join(bounds.assign(share_high=bounds.share_high.clip(upper=1))).reset_index()


def _addresses(table: pd.DataFrame) -> list[str]:
    """Which mentions were counted in each row; a group's are those of its articles in table `groups`."""
    what = {pair: urlencode(dict(zip(_KEY, pair, strict=True))) for pair in _pairs(table, _KEY)}
    where = {
        (by, group): urlencode({"article_id": group} if by == ARTICLE else {"by": by, "group": group})
        for by, group in _pairs(table, ["by", "group"])
    }
    heard = {"any": [""], "own": ["&voice=own"], "quoted": ["&voice=direct", "&voice=indirect"]}
    return [
        " ".join(f"mentions?{what[kind, code]}&{where[by, group]}&place=text{one}" for one in heard[voice])
        for kind, code, by, group, voice in zip(*(table[one].tolist() for one in _ADDRESS), strict=True)
    ]


def _pairs(table: pd.DataFrame, columns: list[str]) -> Iterator[tuple[str, str]]:
    return table[columns].drop_duplicates().itertuples(index=False, name=None)


def _words_before(sentences: pd.DataFrame) -> pd.Series:
    """The share of its article's running text that stands before a sentence."""
    running = sentences[(sentences.paragraph > 0) & ~sentences.heading]
    body = running.sort_values([ARTICLE, "paragraph", "start"])
    by_article = body.groupby(ARTICLE).n_words
    return ((by_article.cumsum() - body.n_words) / by_article.transform("sum")).reindex(sentences.index)


def _variation(running: pd.DataFrame, inside: pd.DataFrame, codes: int) -> np.ndarray:
    """For each code and article the number of paragraphs, the design effect and the dispersion."""
    article = pd.factorize(running[ARTICLE], sort=True)[0]
    place = running.paragraph.to_numpy()
    paragraph, blocks = pd.factorize(article * (place.max() + 1) + place)
    owner, size = blocks // (place.max() + 1), np.bincount(paragraph)
    words, sentences = np.bincount(paragraph, running.n_words), np.bincount(article)
    effect_size = np.bincount(owner, size**2) / sentences - 1
    rows = pd.Index(running.row).get_indexer(inside.row)
    hits = {
        number: some.to_numpy()
        for number, some in pd.Series(rows[rows >= 0]).groupby(inside.number.to_numpy()[rows >= 0])
    }
    parts = []
    for number in range(codes):
        per_sentence = np.bincount(hits.get(number, []), minlength=len(running))
        present = (per_sentence > 0).astype(float)
        within = present - (np.bincount(article, present) / sentences)[article]
        likeness = stats.intraclass_correlation(within, paragraph)
        dispersion = stats.dispersion(np.bincount(paragraph, per_sentence), words, owner)
        effect = 1 + effect_size * likeness  # `stats.design_effect` of each article
        parts.append(np.column_stack([np.bincount(owner), effect, np.full(len(effect), dispersion)]))
    return np.concatenate(parts)
