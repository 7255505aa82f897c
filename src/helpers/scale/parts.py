"""What a worker does with a partition: once with its files, once with the articles that are compared.

A task is named by its part; a task that is halved gives parts of its own, in the same order.
"""

import functools
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers import codebook, ingestion, tables, timeline, tone, topics
from helpers.scale import partitions
from helpers.scale.cache import code, content, digest
from helpers.tone import language

READ = ("sentences", "quotes", "mentions", "credits", "fields", "ledger", "raw/articles")  # first round
RAW = "raw"  # tables that lack what only all articles together tell
IS_READ, IS_TOLD = "raw/is_read", "raw/is_told"  # marks of parts that are finished
FOUND = ("raw/about", "raw/files", "raw/named")  # what the one who hands out tasks learns of a part
RAWS = ("raw/runs", *FOUND, IS_READ)  # what it also writes of a part that has no articles
TOLD = ("articles", "tone", "language", "raw/dates", "raw/anchored", "raw/words", "raw/forms", IS_TOLD)
ABOUT = ["article_id", "file", "outlet", "genre", "lang", "published", "published_basis", "url", "title"]


class Read(NamedTuple):
    """Files to read, and what of the corpus that needs."""

    part: str
    source: str
    files: list[str]
    out: str
    plan: ingestion.Plan
    book: codebook.Codebook


class Told(NamedTuple):
    """A part, its articles' families, and those of them that are compared."""

    part: str  # where it is written
    of: str  # from which part it is read
    out: str
    families: pd.DataFrame
    compared: list[str]


class Found(NamedTuple):
    """What the one who hands out tasks learns of a part: no texts."""

    about: pd.DataFrame
    files: pd.DataFrame
    named: pd.DataFrame


def read_partition(task: Read) -> Found:
    """Read the files of a part, and write its tables and the runs of words by which copies are told.

    Where an earlier run has done it, of the same files and with the same code, its tables are left.
    """
    with partitions.staged(task.source, task.files) as folder:
        files = [folder / name for name in task.files]
        about = (_code(), task.files, task.plan, task.book, *map(content, files))
        key = digest(repr(about).encode())
        if not partitions.is_done(task.out, IS_READ, task.part, key):
            _read(task, ingestion.read_files(files, folder, task.plan))
            partitions.finish(task.out, IS_READ, task.part, key)
    return Found(*(partitions.read(task.out, table, [task.part]) for table in FOUND))


def _read(task: Read, read: dict[str, pd.DataFrame]) -> None:
    """Write what is in the articles of a part."""
    articles = read["articles"]
    if len(articles):
        cut = ingestion.sentences(articles)
        quotes = tables.check("quotes", ingestion.quote_table(articles, cut))
        sentences = tables.check("sentences", ingestion.shares(cut, quotes, articles))
        mentions = ingestion.mention_voices(codebook.match(sentences, task.book), sentences, quotes)
        credits = ingestion.credits(articles, sentences[sentences.own.notna()])
        made = {"mentions": mentions, "credits": credits, "fields": read["fields"], "ledger": read["ledger"]}
        made = {name: tables.check(name, frame) for name, frame in made.items()}
        for name, frame in (made | {"quotes": quotes, "sentences": sentences}).items():
            partitions.write(frame, task.out, name, task.part)
        partitions.write(articles, task.out, f"{RAW}/articles", task.part)
    rows = ingestion.shingles(articles)
    sizes = [len(row) for row in rows]
    owner = np.repeat(np.arange(len(rows)), sizes)
    runs = pd.DataFrame({"article": owner, "run": np.concatenate([np.zeros(0, int), *rows])}, dtype=np.int32)
    partitions.write_buckets(runs, task.out, f"{RAW}/runs", task.part)
    learned = articles.reindex(columns=ABOUT).assign(runs=sizes), read["files"], read["found"]
    for name, frame in zip(FOUND, learned, strict=True):
        partitions.write(frame, task.out, name, task.part)


def tell_partition(task: Told) -> None:
    """Write the articles of a part with their families, and what is read of those that are compared.

    Where an earlier run has done it, its tables are left.
    """
    read = partitions.read(task.out, IS_READ, [task.of]).key.item()
    key = digest(f"{read} {task.families.to_csv()} {task.compared}".encode())
    if not partitions.is_done(task.out, IS_TOLD, task.part, key):
        _tell(task)
        partitions.finish(task.out, IS_TOLD, task.part, key)


def _tell(task: Told) -> None:
    """Write what is told of a part."""

    def stored(table: str) -> pd.DataFrame:
        return partitions.read(task.out, table, [task.of])

    whole = stored(f"{RAW}/articles")
    whole = whole[whole.article_id.isin(task.families.index)].join(task.families, on="article_id")
    articles = whole[whole.article_id.isin(task.compared)]
    sentences = stored("sentences")
    sentences = sentences[sentences.article_id.isin(task.compared)]
    running = tone.running(sentences)
    quotes = stored("quotes")
    quotes = quotes[quotes.sentence_id.isin(sentences.sentence_id)]
    dates = timeline.expressions(sentences, articles)
    said = timeline.statements(sentences, dates)
    made = {
        "articles": tables.check("articles", whole),
        "tone": tables.check("tone", tone.toward_actors(running, stored("mentions"))),
        "language": tables.check("language", language.find(running, quotes)),
        f"{RAW}/dates": dates,
        f"{RAW}/anchored": timeline.anchored(said, sentences, articles, dates, quotes),
        f"{RAW}/words": topics.paragraph_words(sentences),
        f"{RAW}/forms": topics.word_forms(sentences),
    }
    for name, frame in made.items():
        partitions.write(frame, task.out, name, task.part)


@functools.cache
def _code() -> str:
    return code()


def unread(file: str, message: str) -> Found:
    """What is known of a file that nobody could read."""
    row = {"file": file, "articles": 0, "status": "failed", "message": message}
    none = pd.DataFrame(columns=["article_id", "file"])
    return Found(pd.DataFrame(columns=[*ABOUT, "runs"]), pd.DataFrame([row]), none)


def halved_files(task: Read) -> list[Read]:
    """Two tasks of half the files; of one file none."""
    if len(task.files) < 2:
        return []
    middle = len(task.files) // 2
    halves = task.files[:middle], task.files[middle:]
    return [task._replace(part=f"{task.part}.{number}", files=files) for number, files in enumerate(halves)]


def halved_articles(task: Told) -> list[Told]:
    """Two tasks of half the articles; of one article one that compares it with no other, and then none."""
    middle = len(task.families) // 2
    if not middle:
        return [task._replace(part=f"{task.part}.0", compared=[])] if task.compared else []
    return [
        task._replace(
            part=f"{task.part}.{number}", families=half, compared=[*half.index.intersection(task.compared)]
        )
        for number, half in enumerate((task.families.iloc[:middle], task.families.iloc[middle:]))
    ]
