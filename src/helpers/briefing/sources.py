"""Where texts may come from: what they share word for word, statements they share, whom they credit."""

import re
from collections import defaultdict
from collections.abc import Iterable

import pandas as pd

from helpers.briefing.wording import (
    MOST,
    OPENING,
    Finding,
    addresses,
    cited,
    count,
    enumerate_names,
    ranked,
    told,
)

_FORMS = {
    "verbatim": "in quotation marks", "translated": "in quotation marks but in other words",
    "paraphrased": "reported",
}  # fmt: skip
_SPELLING = re.compile(r"[\W_]")  # what does not make two names: "U.S. Embassy", "US embassy"


def shared(
    articles: pd.DataFrame, passages: pd.DataFrame, statements: pd.DataFrame, names: pd.Series
) -> list[Finding]:
    """Copies, and the passages and statements that independent texts share, those of most texts first."""
    text_of = articles.set_index("article_id").text
    runs = passages.groupby("passage_id").agg(texts=("article_id", "nunique"), words=("words", "max"))
    runs = runs.sort_values(["texts", "words"], ascending=False, kind="stable")
    said = statements.groupby("statement_id").article_id.nunique().sort_values(ascending=False, kind="stable")
    most = f", up to {passages.words.max()} words long" if len(runs) else ""
    text = f"Independent texts share {count(len(runs), 'passage')} word for word (ten words or more{most}) "
    text += f"and {count(len(said), 'statement')} of one speaker"
    if copies := int(articles.family.duplicated().sum()):
        text += f"; {count(copies, 'article is a copy', 'articles are copies')} of one of them"
    if partial := int(articles.role.eq("partial").sum()):
        text += f"; {count(partial, 'text shares', 'texts share')} a fifth or more with an earlier one"
    several = articles[articles.family.duplicated(keep=False)]
    families = [_copies(family, ids, names) for family, ids in several.groupby("family").article_id]
    apart = _apart(passages, runs.index)
    longest = [_passage(part, text_of, names) for part in _parts(passages, "passage_id", apart)]
    told = [_statement(part, names) for part in _parts(statements, "statement_id", said.index)]
    return [
        Finding(OPENING, f"{text}.", len(runs), "passages", "texts that are no copies"),
        *ranked(families, "01", "copies"),
        *ranked(longest, "01", "passages", of=len(apart)),
        *ranked(told, "01", "statements", of=len(said)),
    ]


def _by_texts(subject: str, text: str, ids: Iterable[str], basis: str, evidence: str | None) -> Finding:
    """A finding whose number and effect is how many texts it is about."""
    return Finding(subject, text, len(set(ids)), "texts", basis, len(set(ids)), evidence)


def _copies(family: str, ids: pd.Series, names: pd.Series) -> Finding:
    text = f"{told(ids, names)} have one text, which counts once."
    return _by_texts(f"copies={family}", text, ids, "words they share", None)


def _apart(passages: pd.DataFrame, ranked: Iterable[str]) -> list[str]:
    """Passages without those that overlap, in any article, with one ranked before them."""
    spans: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    columns = ["passage_id", "article_id", "start", "end"]
    for one, *span in passages[columns].itertuples(index=False, name=None):
        spans[one].append(span)
    taken = {one: bytearray(end) for one, end in passages.groupby("article_id").end.max().items()}
    kept = []
    for one in ranked:
        if not any(1 in taken[text][start:end] for text, start, end in spans[one]):
            kept.append(one)
            for text, start, end in spans[one]:
                taken[text][start:end] = bytes([1]) * (end - start)
    return kept


def _parts(rows: pd.DataFrame, key: str, ranked: Iterable[str]) -> list[pd.DataFrame]:
    """The rows of each of the first passages or statements, in order."""
    first = list(ranked)[:MOST]
    by_key = rows[rows[key].isin(first)].sort_values(["article_id", "start"]).groupby(key)
    return [by_key.get_group(one) for one in first]


def _passage(rows: pd.DataFrame, text_of: pd.Series, names: pd.Series) -> Finding:
    first, quoted = rows.iloc[0], int(rows.form.eq("quoted").sum())
    voice = {0: "narrated", len(rows): "in quotation marks"}.get(quoted, "in quotation marks in some")
    text = f"Word for word in {told(rows.article_id, names)}, {count(int(first.words), 'word')}, {voice}: "
    text += cited(text_of[first.article_id][first.start : first.end])
    where = f"passages?passage_id={first.passage_id}"
    subject = f"passage={first.article_id}:{first.start}"  # of passages that overlap one is shown
    return _by_texts(subject, text, rows.article_id, f"{first.words} words", where)


def _statement(rows: pd.DataFrame, names: pd.Series) -> Finding:
    texts = rows.groupby("form").article_id.nunique()
    forms = enumerate_names([f"{shown} in {texts[form]}" for form, shown in _FORMS.items() if form in texts])
    text = f"{rows.speaker_name.iloc[0]}, one statement in {told(rows.article_id, names)}, {forms}: "
    basis = "likeness of what one speaker is said to have said"
    subject, text = f"statement={rows.statement_id.iloc[0]}", text + cited(rows.text.iloc[0])
    return _by_texts(subject, text, rows.article_id, basis, addresses(rows.sentence_id))


def origins(credits: pd.DataFrame, texts: list[str], names: pd.Series) -> list[Finding]:
    """Who is credited by two independent texts or more, and how many texts name nobody.

    Spellings of a name count as one; a document without a name of its own ("a statement") is no origin.
    """
    if not texts:
        return [Finding(OPENING, "No article is in a supported language, so no credits were looked for.")]
    credits = credits[credits.article_id.isin(texts)]
    credits = credits[~(credits.kind.eq("document") & credits.name.str.islower())]
    unnamed = credits.kind.eq("unnamed")
    named = credits[~unnamed].sort_values(["article_id", "sentence_id", "start"])
    named = named.assign(key=[_SPELLING.sub("", name.casefold()) for name in named.name])
    groups = [part for _, part in named.groupby("key")]
    wide = [part for part in groups if part.article_id.nunique() > 1]
    some, all_texts = named.article_id.nunique(), count(len(texts), "text")
    text = f"{some or 'None'} of {all_texts} {'names' if some == 1 else 'name'} a source for news; "
    text += f"{count(len(wide), 'source is', 'sources are')} named by two texts or more, "
    text += f"{len(groups) - len(wide) or 'none'} by one alone."
    listed = [_source(part, len(texts), names) for part in wide]
    if unnamed.any():
        rows = credits[unnamed]
        said = f"Sources without a name are cited in {told(rows.article_id, names)} of {len(texts)}."
        listed.append(_by_texts("unnamed", said, rows.article_id, all_texts, addresses(rows.sentence_id)))
    return [Finding(OPENING, text, some, "texts", all_texts), *ranked(listed, "01", "sources")]


def _source(part: pd.DataFrame, total: int, names: pd.Series) -> Finding:
    whole = part[part.scope == "article"].article_id.nunique()
    scope = f", for the whole text in {whole}" if whole else ""
    text = f"{min(part.name)} ({part.kind.iloc[0]}) is credited in {told(part.article_id, names)} of {total}"
    text += f"{scope}: these texts need not be independent of each other."
    subject, evidence = f"source={part.key.iloc[0]}", addresses(part.sentence_id)
    return _by_texts(subject, text, part.article_id, count(total, "text"), evidence)
