"""Where texts may come from: what they share word for word, statements they share, whom they credit."""

import re

import pandas as pd

from helpers.briefing.wording import Finding, addresses, cited, count, enumerate_names, ranked, told

_FORMS = {
    "verbatim": "in quotation marks",
    "translated": "in quotation marks but in other words",
    "paraphrased": "reported",
}
_SPELLING = re.compile(r"[\W_]")  # what does not make two names: "U.S. Embassy", "US embassy"


def shared(
    articles: pd.DataFrame, passages: pd.DataFrame, statements: pd.DataFrame, names: pd.Series
) -> list[Finding]:
    """Copies, and the passages and statements that independent texts share, those of most texts first."""
    n_passages, n_statements = passages.passage_id.nunique(), statements.statement_id.nunique()
    most = f", up to {passages.words.max()} words long" if n_passages else ""
    text = (
        f"Independent texts share {count(n_passages, 'passage')} word for word (ten words or more{most}) and "
    )
    text += f"{count(n_statements, 'statement')} of one speaker"
    copies, partial = articles.family.duplicated().sum(), int(articles.role.eq("partial").sum())
    if copies:
        text += f"; {count(int(copies), 'article')} more {'is a copy' if copies == 1 else 'are copies'}"
    if partial:
        have = "has" if partial == 1 else "have"
        text += f"; {partial} of the independent ones {have} a fifth or more in common with an earlier text"
    first = Finding(f"{text}.", value=n_passages, unit="passages", basis="texts that are no copies")
    families = [
        Finding(
            f"One text counted once, in {told(ids, names)}.",
            value=len(ids), unit="articles", basis="runs of words they share", effect=len(ids),
        )
        for _, ids in articles.groupby("family").article_id
        if len(ids) > 1
    ]  # fmt: skip
    text_of = articles.set_index("article_id").text
    runs = [_passage(part, text_of, names) for _, part in passages.groupby("passage_id")]
    said = [_statement(part, names) for _, part in statements.groupby("statement_id")]
    longest = [finding for _, finding in sorted(runs, key=lambda run: -run[0])]
    return [first, *ranked(families, "01"), *ranked(longest, "01"), *ranked(said, "01")]


def _passage(rows: pd.DataFrame, text_of: pd.Series, names: pd.Series) -> tuple[int, Finding]:
    """A passage's length and its finding."""
    rows = rows.sort_values(["article_id", "start"])
    first, ids = rows.iloc[0], sorted(set(rows.article_id))
    quoted = rows.form.eq("quoted")
    voice = (
        "in quotation marks" if quoted.all() else "partly in quotation marks" if quoted.any() else "narrated"
    )
    text = cited(text_of[first.article_id][first.start : first.end])
    where = " ".join(f"passages?passage_id={first.passage_id}&article_id={one}" for one in ids)
    finding = Finding(
        f"Word for word in {told(ids, names)}, {count(int(first.words), 'word')}, {voice}: {text}",
        value=len(ids), unit="texts", basis=f"{first.words} words", effect=len(ids), evidence=where,
    )  # fmt: skip
    return int(first.words), finding


def _statement(rows: pd.DataFrame, names: pd.Series) -> Finding:
    rows = rows.sort_values(["article_id", "start"])
    ids = sorted(set(rows.article_id))
    forms = [
        f"{shown} in {n}"
        for form, shown in _FORMS.items()
        if (n := rows[rows.form == form].article_id.nunique())
    ]
    text = f"{rows.speaker_name.iloc[0]}, one statement in {told(ids, names)}, {enumerate_names(forms)}"
    return Finding(
        f"{text}: {cited(rows.text.iloc[0])}",
        value=len(ids), unit="texts", basis="likeness of what one speaker is said to have said",
        effect=len(ids), evidence=addresses(rows.sentence_id),
    )  # fmt: skip


def origins(credits: pd.DataFrame, texts: list[str], names: pd.Series) -> list[Finding]:
    """Who is credited by two independent texts or more, and how many texts name nobody.

    Spellings of a name count as one; a document without a name of its own ("a statement") is no origin.
    """
    if not texts:
        return [Finding("No article is in a supported language, so no credits were looked for.")]
    credits = credits[credits.article_id.isin(texts)]
    credits = credits[~(credits.kind.eq("document") & credits.name.str.islower())]
    unnamed = credits.kind.eq("unnamed")
    named = credits[~unnamed].sort_values(["article_id", "sentence_id", "start"])
    named = named.assign(key=[_SPELLING.sub("", name.casefold()) for name in named.name])
    groups = [part for _, part in named.groupby("key")]
    wide = [part for part in groups if part.article_id.nunique() > 1]
    some, total = named.article_id.nunique(), len(texts)
    text = (
        f"{some or 'None'} of {count(total, 'text')} {'names' if some == 1 else 'name'} a source for news; "
    )
    text += f"{count(len(wide), 'source is', 'sources are')} named by two texts or more, "
    text += f"{len(groups) - len(wide) or 'none'} by one alone"
    first = Finding(f"{text}.", value=some, unit="texts", basis=count(total, "text"))
    listed = [_source(part, total, names) for part in wide]
    if unnamed.any():
        ids = sorted(set(credits.article_id[unnamed]))
        finding = Finding(
            f"Sources without a name are cited in {told(ids, names)}.",
            value=len(ids),
            unit="texts",
            basis=count(total, "text"),
            effect=len(ids),
            evidence=addresses(credits.sentence_id[unnamed]),
        )  # fmt: skip
        listed.append(finding)
    return [first, *ranked(listed, "01")]


def _source(part: pd.DataFrame, total: int, names: pd.Series) -> Finding:
    ids = sorted(set(part.article_id))
    whole = part[part.scope == "article"].article_id.nunique()
    scope = f"; for the whole text in {whole} of them" if whole else ""
    text = f"{min(part.name)} ({part.kind.iloc[0]}) is credited in {told(ids, names)} of {total}{scope}"
    return Finding(
        f"{text}: these texts need not be independent of each other.",
        value=len(ids), unit="texts", basis=count(total, "text"), effect=len(ids),
        evidence=addresses(part.sentence_id),
    )  # fmt: skip
