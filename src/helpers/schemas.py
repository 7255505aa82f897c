"""What each table holds: the notebook that writes it, what a row is, its key, and what its columns allow.

`tables` reads and writes by these declarations. The order of columns here is the order in the files.
"""

from dataclasses import dataclass

import pandera.pandas as pa

DAY = "datetime64[ms]"


@dataclass(frozen=True)
class Table:
    """One table: the notebook that writes it, what a row is, its key and its columns."""

    writer: str
    row: str
    key: tuple[str, ...]
    schema: pa.DataFrameSchema


def _text(*checks: pa.Check, missing: bool = False) -> pa.Column:
    return pa.Column("str", list(checks), nullable=missing)


def _count(minimum: int = 0) -> pa.Column:
    return pa.Column("int64", pa.Check.ge(minimum))


def _number(low: float | None = None, high: float | None = None, missing: bool = False) -> pa.Column:
    checks = [pa.Check.ge(low)] if low is not None else []
    checks += [pa.Check.le(high)] if high is not None else []
    return pa.Column("float64", checks, nullable=missing)


def _day() -> pa.Column:  # untyped for pandera, which would force nanoseconds: years 1678 to 2262
    return pa.Column(None, pa.Check(lambda days: days.dtype == DAY, name=DAY), nullable=True)


def _table(writer: str, row: str, key: str, **columns: pa.Column) -> Table:
    names = tuple(key.split())
    schema = pa.DataFrameSchema(columns, strict=True, ordered=True, coerce=True, unique=list(names))
    return Table(writer, row, names, schema)


_ONE_OF = pa.Check.isin
GENRES = ["news", "agency", "analysis", "opinion", "interview", "live", "press release", "unknown"]

SCHEMAS = {
    "files": _table(
        "01_ingestion",
        "a file of the corpus, a folder that a page loads from, or a manifest row without a file",
        "file",
        file=_text(),
        articles=_count(),
        status=_text(_ONE_OF(["read", "noted", "skipped", "failed"])),
        message=_text(missing=True),
    ),
    "articles": _table(
        "01_ingestion",
        "an article",
        "article_id",
        article_id=_text(pa.Check.str_matches(r"^[\w.-]+$")),
        file=_text(),
        outlet=_text(missing=True),
        outlet_basis=_text(),
        genre=_text(_ONE_OF(GENRES)),
        genre_basis=_text(),
        title=_text(missing=True),
        subtitle=_text(missing=True),
        authors=_text(missing=True),
        editors=_text(missing=True),
        published=_day(),
        published_basis=_text(),
        lang=_text(missing=True),
        country=_text(missing=True),
        url=_text(missing=True),
        archive_url=_text(missing=True),
        retrieved=_text(missing=True),
        place=_text(missing=True),
        credits=_text(missing=True),
        family=_text(),
        role=_text(_ONE_OF(["original", "copy", "truncated copy", "partial"])),
        nearest=_text(missing=True),
        containment=_number(0, 1, missing=True),
        note=_text(missing=True),
        text=_text(),
        n_words=_count(),
    ),
    "fields": _table(
        "01_ingestion",
        "what the manifest, a table, an export's header or the text states of an article",
        "article_id field source",
        article_id=_text(),
        field=_text(),
        source=_text(),
        value=_text(),
        in_force=pa.Column("bool"),
    ),
    "ledger": _table(
        "01_ingestion",
        "a line of a file that is not blank, or a part of one that was cut up",
        "article_id line part",
        article_id=_text(),
        file=_text(),
        line=_count(1),
        part=_count(1),
        text=_text(),
        kept=pa.Column("bool"),
        reason=_text(),
        confidence=_number(0.5, 1),
    ),
    "sentences": _table(
        "01_ingestion",
        "a sentence; `<article_id>:s000` is the headline",
        "sentence_id",
        sentence_id=_text(pa.Check.str_matches(r"^[\w.-]+:s\d{3,}$")),
        article_id=_text(),
        paragraph=_count(),
        start=_count(),
        end=_count(),
        heading=pa.Column("bool"),
        text=_text(),
        n_words=_count(),
        own=_number(0, 1, missing=True),
        direct=_number(0, 1, missing=True),
        indirect=_number(0, 1, missing=True),
        speakers=_text(missing=True),
    ),
    "quotes": _table(
        "01_ingestion",
        "a quotation or reported clause in a sentence; `quote_id` joins those of one that runs on",
        "quote_id sentence_id",
        quote_id=_text(),
        sentence_id=_text(),
        start=_count(),
        end=_count(1),
        kind=_text(_ONE_OF(["direct", "indirect", "scare", "title"])),
        cue=_text(missing=True),
        speaker=_text(missing=True),
        speaker_name=_text(missing=True),
        resolved=_text(_ONE_OF(["stated", "fuller form", "pronoun", "guessed"]), missing=True),
        flags=_text(missing=True),
    ),
    "passages": _table(
        "01_ingestion",
        "a passage in one of the articles that share it word for word",
        "passage_id article_id start",
        passage_id=_text(),
        article_id=_text(),
        sentence_id=_text(),
        start=_count(),
        end=_count(1),
        words=_count(1),
        form=_text(_ONE_OF(["quoted", "narrated"])),
    ),
    "statements": _table(
        "01_ingestion",
        "a statement in one of the articles that bring it from one speaker",
        "statement_id article_id start",
        statement_id=_text(),
        article_id=_text(),
        sentence_id=_text(),
        start=_count(),
        end=_count(1),
        form=_text(_ONE_OF(["verbatim", "translated", "paraphrased"])),
        speaker_name=_text(),
        text=_text(),
    ),
    "credits": _table(
        "01_ingestion",
        "a source that an article or one of its sentences names for its news",
        "sentence_id start",
        article_id=_text(),
        sentence_id=_text(),
        start=_count(),
        end=_count(1),
        name=_text(),
        kind=_text(_ONE_OF(["agency", "outlet", "document", "official", "unnamed"])),
        scope=_text(_ONE_OF(["article", "sentence"])),
        via=_text(missing=True),
    ),
    "codebook": _table(
        "01_ingestion",
        "a topic or actor that was looked for, in the order of codebook.yml",
        "position",
        position=_count(),
        kind=_text(_ONE_OF(["topic", "actor"])),
        code=_text(),
        label=_text(),
        definition=_text(),
        include=_text(missing=True),
        exclude=_text(missing=True),
        example=_text(missing=True),
        terms=_text(missing=True),
        variants=_text(missing=True),
        parents=_text(missing=True),
        source=_text(),
    ),
    "labels": _table(
        "01_ingestion",
        "what a coder said of a sentence and a topic or actor (labels.csv)",
        "sentence_id code coder",
        sentence_id=_text(),
        code=_text(),
        label=pa.Column("bool"),
        coder=_text(),
    ),
    "mentions": _table(
        "01_ingestion",
        "one match of a codebook topic or actor in a sentence",
        "sentence_id start kind code",
        sentence_id=_text(),
        kind=_text(_ONE_OF(["topic", "actor"])),
        code=_text(),
        term=_text(),
        start=_count(),
        end=_count(1),
        place=_text(_ONE_OF(["headline", "sub-heading", "text"])),
        voice=_text(_ONE_OF(["own", "direct", "indirect"]), missing=True),
    ),
    "rates": _table(
        "02_topics",
        "a topic or actor in the running text of a text or a group of texts, in any voice or in one",
        "kind code by group voice",
        kind=_text(_ONE_OF(["topic", "actor"])),
        code=_text(),
        by=_text(),
        group=_text(),
        voice=_text(_ONE_OF(["any", "own", "quoted"])),
        n_texts=_count(1),
        mentions=_count(),
        words=_number(0),
        per_1000=_number(0, missing=True),
        per_1000_low=_number(0, missing=True),
        per_1000_high=_number(0, missing=True),
        sentences=_count(),
        sentences_total=_count(),
        share=_number(0, 1, missing=True),
        share_low=_number(missing=True),
        share_high=_number(missing=True),
        first=_number(0, 1, missing=True),
        in_headline=_count(),
        in_lead=_count(),
        basis=_text(),
        evidence=_text(),
    ),
    "groups": _table(
        "02_topics",
        "an article in a group of texts that are compared",
        "by group article_id",
        by=_text(),
        group=_text(),
        article_id=_text(),
    ),
    "presence": _table(
        "02_topics",
        "a topic or actor and a text: whether it is mentioned, and how usual that is",
        "kind code article_id",
        kind=_text(_ONE_OF(["topic", "actor"])),
        code=_text(),
        article_id=_text(),
        state=_text(_ONE_OF(["mentioned", "in quotes only", "not mentioned", "too short to tell"])),
        own=_count(),
        quoted=_count(),
        others=_count(),
        others_with=_count(),
        stretches=_number(0, 1, missing=True),
        p=_number(0, 1, missing=True),
        q=_number(0, 1, missing=True),
        evidence=_text(),
    ),
    "keyness": _table(
        "02_topics",
        "a word in a group of texts, against its other groups",
        "group term",
        group=_text(),
        term=_text(),
        word=_text(),
        count=_count(),
        rate=_number(0),
        effect=_number(missing=True),
        z=_number(missing=True),
        p=_number(0, 1, missing=True),
        q=_number(0, 1, missing=True),
        q_chance=_number(0, 1, missing=True),
        stability=_number(0, 1, missing=True),
    ),
    "choices": _table(
        "02_topics",
        "one of the words in use for a referent, in a text",
        "kind code term article_id",
        kind=_text(_ONE_OF(["topic", "actor"])),
        code=_text(),
        term=_text(),
        article_id=_text(),
        mentions=_count(),
        share=_number(0, 1),
        own=_count(),
        quoted=_count(),
        doubtful=_count(),
        evidence=_text(),
    ),
    "tone": _table(
        "03_tone",
        "a sentence of the running text (no heading, no list item)",
        "sentence_id",
        sentence_id=_text(),
        valence=_number(),
        score=_number(-1, 1),
        label=_text(_ONE_OF(["negative", "neutral", "positive"])),
        words=_text(missing=True),
    ),
    "dates": _table(
        "04_timeline",
        "a temporal expression in a sentence",
        "sentence_id start",
        sentence_id=_text(),
        start=_count(),
        end=_count(1),
        text=_text(),
        type=_text(_ONE_OF(["DATE", "TIME", "DURATION", "SET"])),
        value=_text(missing=True),
        earliest=_day(),
        latest=_day(),
        anchor=_text(),
        event_id=_text(missing=True),
    ),
    "events": _table(
        "04_timeline",
        "a dated statement, or like statements of several texts under one date",
        "event_id",
        event_id=_text(),
        earliest=_day(),
        latest=_day(),
        granularity=_text(_ONE_OF(["day", "week", "month", "year", "longer"])),
        when=_text(),
        label=_text(),
        basis=_text(),
        n_texts=_count(1),
        n_origins=_count(1),
        evidence=_text(),
    ),
    "findings": _table(
        "05_briefing",
        "one statement of the briefing",
        "finding_id",
        finding_id=_text(),
        group=_text(),
        text=_text(),
        evidence=_text(missing=True),
    ),
}

LINKS = [  # child, column, parent: every value is one of the parent's
    ("articles", "file", "files"),
    ("fields", "article_id", "articles"),
    ("ledger", "file", "files"),
    ("sentences", "article_id", "articles"),
    ("quotes", "sentence_id", "sentences"),
    ("passages", "sentence_id", "sentences"),
    ("statements", "sentence_id", "sentences"),
    ("credits", "sentence_id", "sentences"),
    ("labels", "sentence_id", "sentences"),
    ("mentions", "sentence_id", "sentences"),
    ("groups", "article_id", "articles"),
    ("presence", "article_id", "articles"),
    ("choices", "article_id", "articles"),
    ("tone", "sentence_id", "sentences"),
    ("dates", "sentence_id", "sentences"),
]
