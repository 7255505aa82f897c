"""What of a corpus is missing or doubtful before anything is analysed, and how its makers can mend it.

Tables go in, a row a doubt comes out; the kinds, their headings and remedies are in `doubts.tsv`. A doubt is
a thing to look up, no error: a report is made with or without.
"""

import csv
import io
import textwrap
from collections.abc import Iterator

import pandas as pd

from helpers import independence, words
from helpers.codebook import PARTED
from helpers.ingestion.account import SURE, TELLING
from helpers.ingestion.corpus import manifest_key
from helpers.ingestion.starting import printable
from helpers.ingestion.stated import day
from helpers.paths import CODEBOOK, MANIFEST

SHORT = 100  # words: of 411 whole articles on 61 events none is shorter, of those of 200 English pages 2 %
# Words in longer lines the model was not sure of, beside those kept: of dumps above it 36 % have an F1 below
# .9, of the others 6 % (600 dumps of 200 English pages, which the model had seen; one in nine lies above).
UNSURE = 0.2
FAR = pd.Timedelta(days=365)  # from the nearest other article
_INFERRED = {"published": "inferred|page header|updated", "genre": "^dateline|^headline$"}
_NAMED, _LONG = 8, 100  # articles or files; characters of what is said of each
_COUNTED = ("no authors", "no codebook")  # kinds of which nothing is listed
_MESSAGES = ("not read", "noted")  # kinds of which whole messages are listed, a line each
_WIDTH = 96  # characters

_Doubts = Iterator[tuple[str, object, object]]  # kind, what it is about, in particular


def doubtful(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """What is missing or doubtful.

    Parameters
    ----------
    tables
        `files`, `articles`, `ledger`, `codebook` and `mentions` of a corpus.

    Returns
    -------
    DataFrame
        `kind` (of `doubts.tsv`, in its order), `about` (an `article_id`, a file or a code of the codebook),
        `what` (in particular; may be empty), `mend` (what to do, with the row of `manifest.csv`).
    """
    articles = tables["articles"].sort_values("article_id")
    remedies = {kind: (n, mend) for n, (kind, _, mend) in enumerate(words.read_rows(__file__, "doubts.tsv"))}
    parts = (
        _files(tables["files"]), _stated(articles), _days(articles), _texts(articles), _twice(articles),
        _uncertain(articles, tables["ledger"]), _terms(tables["codebook"], tables["mentions"]),
    )  # fmt: skip
    found = [row for part in parts for row in part]
    table = pd.DataFrame(found, columns=["kind", "about", "what"]).fillna("").astype("str")
    names = dict(zip(articles.article_id, articles.file, strict=True))
    keys = [manifest_key(names[one], one) if one in names else one for one in table.about]
    table["mend"] = [
        remedies[kind][1].replace("{file}", _cell(key)) for kind, key in zip(table.kind, keys, strict=True)
    ]
    order = table.kind.map(lambda kind: remedies[kind][0])
    return table.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def as_page(doubted: pd.DataFrame, articles: int) -> str:
    """The doubts as a page of plain text: by kind, how many, the first of them, how to mend it."""
    counted = f"{articles} article{'s' * (articles != 1)}"
    if doubted.empty:
        return f"Nothing is missing or doubtful in {counted}."
    heads = {kind: head for kind, head, _ in words.read_rows(__file__, "doubts.tsv")}
    lines = [f"To look up in {counted}. None of it keeps a report from being made. Each → says what to do"]
    lines += [
        f"about the first that is listed, mostly in {MANIFEST} beside the articles; the others likewise."
    ]
    for kind, rows in doubted.groupby("kind", sort=False):
        lines += ["", f"{heads[kind].replace('{SHORT}', str(SHORT))} ({len(rows)})"]
        if kind not in _COUNTED:
            lines += _listed(kind, rows)
        lines += _wrapped(f"→ {rows.mend.iloc[0]}")
    return "\n".join(lines)


def _listed(kind: str, rows: pd.DataFrame) -> list[str]:
    first, more = rows.head(_NAMED), len(rows) - _NAMED
    if kind in _MESSAGES:
        told = [line for what in first.what for line in _wrapped(what)]
        return told + [f"  … and {more} more"] * (more > 0)
    short = [f" ({what[:_LONG]}{'…' * (len(what) > _LONG)})" if what else "" for what in first.what]
    named = [about + what for about, what in zip(first.about, short, strict=True)]
    return _wrapped(", ".join(named) + f", … and {more} more" * (more > 0))


def _wrapped(text: str) -> list[str]:
    style = {"initial_indent": "  ", "subsequent_indent": "    ", "break_on_hyphens": False}
    return textwrap.wrap(printable(text), _WIDTH, break_long_words=False, **style)


def _files(files: pd.DataFrame) -> _Doubts:
    listed = files.message.str.startswith(f"{MANIFEST} lists ", na=False)
    unread = (files.status == "failed") | ((files.status == "skipped") & ~files.file.str.endswith("/"))
    for row in files.assign(listed=listed)[unread].itertuples():
        yield ("no file", row.file, "") if row.listed else ("not read", row.file, row.message)
    unlisted = f"has no row in {MANIFEST}"
    for row in files[(files.status == "read") & files.message.notna()].itertuples():
        name, noted = row.file, row.message.removesuffix(unlisted).removesuffix("; ")
        if noted.strip() != name:
            yield "noted", name, noted
        if row.message.endswith(unlisted):
            yield "no row", name, ""


def _stated(articles: pd.DataFrame) -> _Doubts:
    columns = {"published": "no day", "outlet": "no outlet", "title": "no title", "authors": "no authors"}
    for column, kind in columns.items():
        yield from ((kind, one, "") for one in articles.article_id[articles[column].isna()])
    yield from (("no genre", one, "") for one in articles.article_id[articles.genre == "unknown"])
    for column, kind in (("published", "inferred day"), ("genre", "inferred genre")):
        rows = articles[articles[column].notna()].set_index("article_id")[f"{column}_basis"]
        inferred = rows[rows.str.contains(_INFERRED[column])]
        yield from ((kind, one, basis) for one, basis in inferred.items())


def _days(articles: pd.DataFrame) -> _Doubts:
    """Articles published after they were saved, or a year from all others."""
    dated = articles[articles.published.notna()].sort_values(["published", "article_id"])
    gaps = dated.published.diff()
    far = (gaps.isna() | (gaps > FAR)) & (gaps.shift(-1).isna() | (gaps.shift(-1) > FAR)) & (len(dated) > 1)
    for row in dated.assign(far=far).itertuples():
        saved = day(row.retrieved) if isinstance(row.retrieved, str) else None
        if saved and row.published.date() > saved.date():
            yield "odd day", row.article_id, f"{row.published:%Y-%m-%d}, after it was retrieved"
        elif row.far:
            yield "odd day", row.article_id, f"{row.published:%Y-%m-%d}, a year or more from all others"


def _texts(articles: pd.DataFrame) -> _Doubts:
    kept = independence.independent(articles)[0].set_index("family").article_id
    for row in articles.itertuples():
        if row.lang not in words.LANGUAGES:
            yield "language", row.article_id, row.lang if isinstance(row.lang, str) else "not told"
        if row.n_words < SHORT:
            yield "short", row.article_id, f"{row.n_words} words"
        if row.article_id != kept[row.family]:
            yield "copy", row.article_id, f"{row.role} of {kept[row.family]}"
        elif row.role == "partial":
            yield "partial", row.article_id, f"{row.containment:.0%} of the shorter, with {row.nearest}"


def _twice(articles: pd.DataFrame) -> _Doubts:
    """Headlines and addresses that texts of different families have."""
    address = articles.url.str.replace(r"^https?://(?:www\.)?|/?(?:#.*)?$", "", regex=True)
    for kind, alike in (("same title", articles.title.str.casefold()), ("same url", address.str.casefold())):
        for _, rows in articles.groupby(alike):
            others = rows.article_id[rows.family != rows.family.iloc[0]]
            yield from ((kind, other, f"as {rows.article_id.iloc[0]}") for other in others)


def _uncertain(articles: pd.DataFrame, ledger: pd.DataFrame) -> _Doubts:
    lines = ledger[(ledger.confidence < SURE) & (ledger.text.str.len() >= TELLING)]
    unsure = lines.text.map(lambda text: len(words.tokens(text))).groupby(lines.article_id).sum()
    share = articles.article_id.map(unsure).fillna(0) / articles.n_words.clip(lower=1)
    for one, part in zip(articles.article_id[share > UNSURE], share[share > UNSURE], strict=True):
        yield "unsure", one, f"lines as long as {part:.0%} of the text"


def _terms(entries: pd.DataFrame, mentions: pd.DataFrame) -> _Doubts:
    if not entries.source.eq(CODEBOOK).any():
        yield "no codebook", next(iter(entries.source), "suggested"), ""
        return
    matched = set(mentions[["kind", "code", "term"]].itertuples(index=False, name=None))
    for row in entries[entries.terms.notna()].itertuples():
        idle = [term for term in row.terms.split(PARTED) if (row.kind, row.code, term) not in matched]
        if idle:
            yield "no match", row.code, PARTED.join(idle)


def _cell(text: str) -> str:
    """A text as a cell of a CSV file."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow([text])
    return line.getvalue()
