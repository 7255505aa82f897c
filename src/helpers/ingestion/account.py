"""What ingestion did, as small tables: what was kept and dropped, and what the articles do not say."""

import pandas as pd

from helpers.words import tokens

SURE = 0.9  # probability
TELLING = 40  # characters: shorter lines make little difference

_ABOUT = ("title", "summary", "byline", "date line", "caption")


def words_by_fate(ledger: pd.DataFrame) -> pd.DataFrame:
    """How many words of each file became what, by table `ledger`.

    Returns
    -------
    DataFrame
        Index `article_id`; columns "article", "headline, byline, date, caption", "repeated", "other".
    """
    about = "headline, byline, date, caption"
    fate = pd.Series("other", ledger.index).mask(ledger.reason.isin(_ABOUT), about)
    fate = fate.mask(ledger.reason == "repeated", "repeated").mask(ledger.kept, "article")
    wide = _lengths(ledger).groupby([ledger.article_id, fate]).sum().unstack(fill_value=0)
    return wide.reindex(columns=["article", about, "repeated", "other"], fill_value=0)


def reasons(ledger: pd.DataFrame) -> pd.DataFrame:
    """Why lines are not article text: `reason`, `lines`, `words`, `longest` (such line)."""
    dropped = ledger[~ledger.kept].assign(words=_lengths)
    ranked = dropped.sort_values(["words", "text"], ascending=[False, True], kind="stable").groupby("reason")
    table = ranked.agg(lines=("text", "size"), words=("words", "sum"), longest=("text", "first"))
    return table.reset_index().sort_values(["words", "reason"], ascending=[False, True], ignore_index=True)


def unsure(ledger: pd.DataFrame, most: int = 8) -> pd.DataFrame:
    """The longer lines of which the line model was least sure: `article_id`, `text`, `kept`, `confidence`.

    At most `most` lines; none that the model was as good as sure of is given.
    """
    told = ledger[(ledger.confidence < SURE) & (ledger.text.str.len() >= TELLING)]
    ranked = told.sort_values(["confidence", "article_id", "line", "part"]).head(most)
    return ranked[["article_id", "text", "kept", "confidence"]].reset_index(drop=True)


def missing(articles: pd.DataFrame) -> pd.DataFrame:
    """What the articles do not say of themselves.

    A row an article of table `articles` that lacks something: `article_id`, `missing` (in words).
    """
    rows = [(article["article_id"], "; ".join(_gaps(article))) for article in articles.to_dict("records")]
    return pd.DataFrame([row for row in rows if row[1]], columns=["article_id", "missing"])


def overruled(fields: pd.DataFrame) -> pd.DataFrame:
    """What one source states of an article and another, which counts, states differently, by table `fields`.

    Returns
    -------
    DataFrame
        `article_id`, `field`, `value` (in force), `stated_by`, `other` (not in force), `other_stated_by`.
    """
    on = ["article_id", "field"]
    force = fields[fields.in_force].rename(columns={"source": "stated_by"})
    rest = fields[~fields.in_force].rename(columns={"source": "other_stated_by", "value": "other"})
    pairs = force.merge(rest[[*on, "other", "other_stated_by"]], on=on)
    differ = pairs[pairs.value.str.casefold() != pairs.other.str.casefold()]
    return differ[[*on, "value", "stated_by", "other", "other_stated_by"]].reset_index(drop=True)


def by_article(sentences: pd.DataFrame) -> pd.DataFrame:
    """The share of each article's running text in its own voice, in direct and in indirect speech."""
    body = sentences[(sentences.paragraph > 0) & sentences.own.notna()]
    weights = body.text.str.len()
    summed = body[["own", "direct", "indirect"]].mul(weights, axis=0).groupby(body.article_id).sum()
    return summed.div(weights.groupby(body.article_id).sum(), axis=0)


def _lengths(ledger: pd.DataFrame) -> pd.Series:
    """Words of each line."""
    return ledger.text.map(lambda text: len(tokens(text)))


def _gaps(article: dict) -> list[str]:
    words = {
        "published": "no publication date: nothing relative in it can be dated",
        "outlet": "no outlet",
        "title": "no headline",
        "lang": "too little text to tell the language",
    }
    gaps = [text for column, text in words.items() if pd.isna(article[column])]
    if "inferred" in article["published_basis"] or "header" in article["published_basis"]:
        gaps.append(f"publication date only inferred ({article['published_basis']})")
    return gaps
