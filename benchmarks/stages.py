"""What `speed.py` measures of each stage: the functions that notebooks call, on one core, in one process.

    python benchmarks/stages.py STAGE CORPUS STATE

prints as JSON what the stage took for the articles of the folder CORPUS. It reads tables from the folder
STATE and leaves there what later stages read. Before it is measured, a stage is run on a few articles: how
long libraries and models take to load is no matter of speed.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

Tables = dict  # of DataFrames, by name; besides `corpus`, the folder, and `files`, what is in it
FEW = 12  # articles before those that are measured


class Stage(NamedTuple):
    """A stage, the tables it reads, and what else does a part of its work."""

    run: Callable[[Tables], Tables]
    reads: tuple[str, ...]
    more: str = ""  # what it does that its peer does not


def reading(given: Tables) -> Tables:
    """Files → articles with what is known of them, and a ledger of what was dropped."""
    from helpers import ingestion

    read = ingestion.read_files(given["files"], given["corpus"], ingestion.listed(given["corpus"]))
    return {name: read[name] for name in ("articles", "fields")}


def trafilatura(given: Tables) -> None:
    """The same pages by trafilatura, its text and metadata."""
    from trafilatura import bare_extraction

    for file in given["files"]:
        bare_extraction(file.read_text(encoding="utf-8"), with_metadata=True)


def voice(given: Tables) -> Tables:
    """Articles → sentences, quotes with their speakers, mentions by voice, sources credited."""
    from helpers import codebook, ingestion

    articles = given["articles"]
    cut = ingestion.sentences(articles)
    quotes = ingestion.quote_table(articles, cut)
    sentences = ingestion.shares(cut, quotes, articles)
    mentions = codebook.match(sentences, codebook=codebook.read(given["corpus"]))
    return {
        "sentences": sentences, "quotes": quotes,
        "mentions": ingestion.mention_voices(mentions, sentences, quotes),
        "credits": ingestion.credits(articles, sentences[sentences.own.notna()]),
    }  # fmt: skip


def copies(given: Tables) -> Tables:
    """Articles → who copies whom, passages that two texts share, like statements of one speaker."""
    from helpers import independence, ingestion, words

    articles = given["articles"].set_index("article_id")
    articles = articles.join(ingestion.families(articles)).reset_index()
    single = independence.independent(articles)[0]
    by_id = articles.set_index("article_id")
    ingestion.shared_passages(by_id.loc[single.article_id])
    compared = words.supported(single)[0]
    ingestion.statements(given["quotes"], given["sentences"], compared)
    return {"compared": compared}


def topics(given: Tables) -> Tables:
    """What 02 counts and tests: rates, presence, what one text alone has, distinctive words, word choice."""
    from helpers import codebook, topics

    book = codebook.read(given["corpus"]).frame()
    articles, sentences, mentions = (given[name] for name in ("compared", "sentences", "mentions"))
    groups = {by: topics.groups(articles, given["fields"], by) for by in ("article_id", "outlet")}
    topics.rates(sentences, mentions, book, groups)
    topics.states(sentences, mentions, book, articles)
    topics.only_here(sentences, mentions, articles, book)
    topics.distinctive(sentences, groups["outlet"])
    topics.choices(sentences, mentions, book)
    return {}


def tone(given: Tables) -> Tables:
    """The tone of each mention of an actor, and loaded and hedging words."""
    from helpers import tone
    from helpers.tone import language

    running = tone.running(given["sentences"])
    tone.toward_actors(running, given["mentions"])
    return {"language": language.find(running, given["quotes"])}


def dates(given: Tables) -> Tables:
    """Expressions of time, the statements of the texts, and the days that date them."""
    from helpers import timeline

    sentences, articles = given["sentences"], given["compared"]
    found = timeline.expressions(sentences, articles)
    said = timeline.statements(sentences, found)
    return {"dates": found, "anchored": timeline.anchored(said, sentences, articles, found, given["quotes"])}


def timeline(given: Tables) -> Tables:
    """Statements joined to events, and where accounts of them differ."""
    from helpers import timeline

    sentences, articles, found = (given[name] for name in ("sentences", "compared", "dates"))
    told = timeline.tell(given["anchored"], sentences, articles, found)
    written = timeline.named(timeline.merge(told, sentences, given["credits"]), told, found)
    timeline.differences(written[1], written[0], sentences, articles)
    timeline.told_differently(sentences, given["quotes"], given["language"])
    return {}


SENTENCES = ("compared", "sentences")
STAGES = {
    "reading": Stage(
        reading,
        (),
        "It also reads text without markup, tells headline, byline, day, outlet and genre with the ground of "
        "each, and keeps a reason for every line that it drops.",
    ),
    "voice": Stage(voice, ("articles",)),
    "copies": Stage(copies, ("articles", "sentences", "quotes")),
    "topics": Stage(
        topics,
        (*SENTENCES, "mentions", "fields"),
        "It also gives intervals for each text and group, what shuffling gives as well, and what one text "
        "alone carries.",
    ),
    "tone": Stage(
        tone,
        (*SENTENCES, "mentions", "quotes"),
        "It reads the tone toward each actor of a sentence by itself, by voice and with a confidence, and "
        "finds loaded words and hedges.",
    ),
    "dates": Stage(
        dates,
        (*SENTENCES, "quotes"),
        "It also tells periods, durations and vague times, and by grammar what each of them dates.",
    ),
    "timeline": Stage(timeline, (*SENTENCES, "quotes", "dates", "anchored", "credits", "language")),
}
PEERS = {"trafilatura": Stage(trafilatura, ())}


def main(name: str, corpus: Path, state: Path) -> dict[str, float]:
    """Run a stage on a few articles and on all, and say what the latter took."""
    import pandas as pd

    from helpers import paths

    run, reads, _ = (STAGES | PEERS)[name]
    whole = {table: pd.read_pickle(state / f"{table}.pkl") for table in reads}
    files = paths.article_files(corpus)
    if reads:
        whole = _of(whole, whole[reads[0]].article_id)
        articles = len(whole[reads[0]])
        size = whole[reads[0]].text.str.len().sum()
        few = _of(whole, whole[reads[0]].article_id.head(FEW))
    else:
        articles = _articles(files)
        size, few = sum(file.stat().st_size for file in files), {}
    run(few | {"corpus": corpus, "files": files[:FEW]})
    wall, cpu = time.perf_counter(), time.process_time()
    made = run(whole | {"corpus": corpus, "files": files})
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    unit = 2**20 if sys.platform == "darwin" else 2**10  # bytes or kilobytes
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    for table, frame in (made or {}).items():
        frame.to_pickle(state / f"{table}.pkl")
    return {"articles": articles, "mb": float(size) / 1e6, "wall": wall, "cpu": cpu, "peak": peak}


def _of(given: Tables, ids: object) -> Tables:
    """The rows of some articles."""
    from helpers.scale.maps import article_of

    return {name: frame[article_of(frame).isin(ids)].reset_index(drop=True) for name, frame in given.items()}


def _articles(files: list[Path]) -> int:
    """How many articles are in files: one each, or in an export one a line."""
    exports = [file for file in files if file.suffix == ".jsonl"]
    lines = sum(file.read_bytes().count(b"\n") for file in exports)
    return len(files) - len(exports) + lines


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))))
