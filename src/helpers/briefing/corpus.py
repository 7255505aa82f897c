"""The corpus: how it came together, and what is in it."""

from collections.abc import Iterator

import pandas as pd

from helpers.briefing.wording import FEW, Finding, called, count, enumerate_names
from helpers.words import supported

_STATED = ("collected by", "query", "period", "rule")


def described(tables: dict[str, pd.DataFrame], names: pd.Series) -> Iterator[Finding]:
    """Sentences on the tables `collection`, `files` and `articles`; the order is fixed."""
    files, articles = tables["files"], tables["articles"]
    single = articles.family.nunique()
    yield Finding("collection", _collected(tables["collection"]))
    read, alone = count(len(articles), "article"), count(single, "independent text")
    text = f"{read} → {alone}; {_outlets(articles)}."
    yield Finding("articles", text, single, "independent texts", read)
    if len(articles):
        genres = _counted(articles.genre)
        several = articles.genre.nunique() > 1
        mixed = " Every comparison here mixes them; read it in view of that." if several else ""
        yield Finding("genres", f"Genres, as 01 grounds them: {genres}.{mixed}")
        yield Finding("publication", _publication(articles))
        yield Finding("languages", f"Languages: {_counted(articles.lang.fillna('not known'))}.")
    if len(other := supported(articles)[1]):
        text = "In a language that is not supported, so not counted, scored or dated"
        text += f": {called(other.article_id, names)}."
        yield Finding("unsupported", text, value=len(other), unit="articles")
    if len(unread := files.file[files.status.isin(["skipped", "failed"])]):
        listed = enumerate_names(unread.tolist()) if len(unread) <= FEW else count(len(unread), "file")
        yield Finding("unread", f"Not read: {listed}. 01 says why.", value=len(unread), unit="files")


def _collected(collection: pd.DataFrame) -> str:
    stated = collection.dropna(subset="value").set_index("field").value
    if stated.empty:
        missing = f"{', '.join(_STATED[:-1])} and {_STATED[-1]} are not stated in corpus.yml"
        return f"How these texts came together is not known ({missing}): they stand for themselves alone."
    parts = [f"{field}: {f'“{stated[field]}”' if field in stated else 'not stated'}" for field in _STATED]
    return f"How these texts came together, as corpus.yml has it: {'; '.join(parts)}."


def _outlets(articles: pd.DataFrame) -> str:
    outlet = articles.outlet
    known, unknown = sorted(outlet.dropna().unique()), int(outlet.isna().sum())
    if not known:
        return "no outlet is known"
    which = enumerate_names(known) if len(known) <= FEW else count(len(known), "outlet")
    if not unknown:
        return f"the outlet is known ({which})"
    return f"the outlet is known for {len(outlet) - unknown} ({which}), unknown for {unknown}"


def _counted(kinds: pd.Series) -> str:
    return ", ".join(f"{number} {kind}" for kind, number in kinds.value_counts().sort_index().items())


def _publication(articles: pd.DataFrame) -> str:
    """How many texts state their day of publication, for how many it is inferred, and which days."""
    inferred = articles.published_basis.str.contains("inferred|header")
    parts = []
    for mask, verb in ((~inferred, "stated"), (inferred, "inferred")):
        days = articles.published[mask].dropna().dt.date
        if len(days):
            first, last = days.min(), days.max()
            span = f"from {first} to {last}" if first < last else str(first)
            parts.append(f"{verb} for {len(days)} ({span})")
    missing = int(articles.published.isna().sum())
    if not parts:
        return "No article gives a publication date: nothing relative could be dated."
    return f"Day of publication: {', '.join(parts)}{f', missing for {missing}' if missing else ''}."
