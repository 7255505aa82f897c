"""How well mentions of events are dated and grouped, beside what is simple, in one run.

    .venv/bin/python benchmarks/events.py --data DIR

DIR/events holds `docs_*.jsonl` (texts: `id`, `dct`, `sentences`) and `gold_*.jsonl` (mentions: `id`,
`corpus`, `entity`, `line`, `date`, `doc`, `sent`, `word`), in the form of SemEval-2015 Task 4: mentions with
the same entity and line are one event; `date` is 2007-10-14, 2007-10-XX or 2007-XX-XX, or begins with X where
none is known.
"""

import json
import os
import re
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

os.environ["OMP_NUM_THREADS"] = "1"  # read once, when pandas loads numpy

import numpy as np
import pandas as pd
from stored import store

from helpers.timeline import actions
from helpers.timeline.dates import find
from helpers.timeline.events import place

ABOUT = """Events: mentions with their dates, and the mentions that tell one event.

The rules and their constants were written on the corpora of the development folder, with an eye to each of
them apart; other corpora are the check.

dated       of the mentions that have a date, the share dated right, as finely as the date is known
day         the same for those whose day is known
p, r, f1    of pairs of mentions from two texts of one timeline: share of those joined that are one event,
            share of the true pairs that are joined, and their harmonic mean
low, high   95 % interval over 1,000 draws, of texts (dated) or of timelines (f1)"""
DRAWS = 1000


@click.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True)
@click.option("--write", is_flag=True, help="Store the figures for 04 to show.")
def main(data: Path, write: bool) -> None:
    """Print how mentions are dated and grouped by Parallax and by simple rules."""
    click.echo(ABOUT)
    documents, gold = read(data / "events")
    start = time.perf_counter()
    placed = place(documents, gold[["id", "entity", "doc", "sent", "word"]])
    seconds = time.perf_counter() - start
    rows = gold.merge(placed, on="id", suffixes=("_gold", ""))
    rows = rows.assign(published=rows.doc.map(documents.set_index("doc").published))
    rows = rows.assign(nearest=nearest(documents, rows).fillna(rows.published))
    stems = rows.word.map(lambda word: actions.stem(word.partition("_")[0]))
    keys = {
        "Parallax": rows.group,
        "same stem": stems,
        "stem and month": stems + " " + rows.date.str[:7],
        "stem and true date": (stems + " " + rows.date_gold).where(rows.date_gold.str[0] != "X"),
    }
    dates = {"Parallax": rows.date, "publication date": rows.published, "nearest expression": rows.nearest}
    dated, joined = table(rows, dates, dating), table(rows, keys, grouping)
    click.echo(f"\nDates\n{shown(dated)}")
    click.echo(f"\nPairs across texts\n{shown(joined)}")
    if write:
        store("events", stored(dated, joined, len(documents)))
    click.echo(f"\n{len(rows)} mentions in {len(documents)} texts: {seconds:.1f} s")


def read(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The texts and the mentions of all files in a folder."""
    tables = []
    for kind in ("docs", "gold"):
        lines = [
            line for file in sorted(folder.glob(f"{kind}_*.jsonl")) for line in file.open(encoding="utf-8")
        ]
        tables.append(pd.DataFrame([json.loads(line) for line in lines]))
    return tables[0].rename(columns={"id": "doc", "dct": "published"}), tables[1]


def nearest(documents: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    """The value of the expression that is nearest to each mention in its sentence; missing without one."""
    known, values = documents.set_index("doc"), []
    for row in rows.itertuples():
        text = known.sentences[row.doc][row.sent]
        at = text.lower().find(row.word.partition("_")[0].lower())
        found = [
            one for one in find(text, date.fromisoformat(row.published)) if one.type == "DATE" and one.value
        ]
        best = min(found, key=lambda one: abs(one.start - at), default=None)
        values.append(best and re.match(r"[\d-]*", best.value)[0].strip("-"))
    return pd.Series(values, rows.index, dtype="str")


def table(rows: pd.DataFrame, tools: dict[str, pd.Series], measure: Callable) -> pd.DataFrame:
    """What `measure` finds of each tool, for each corpus and for all."""
    parts = {str(corpus): rows.corpus == corpus for corpus in sorted(rows.corpus.unique())}
    parts["all"] = rows.corpus.notna()
    found = [
        {"corpus": name, "tool": tool} | measure(rows[some], said[some])
        for name, some in parts.items()
        for tool, said in tools.items()
    ]
    return pd.DataFrame(found)


def stored(dated: pd.DataFrame, joined: pd.DataFrame, texts: int) -> list[tuple[str, str, int, float]]:
    """What 04 shows of the figures over all corpora."""
    dates, pairs = (
        found[(found.corpus == "all") & (found.tool == "Parallax")].iloc[0] for found in (dated, joined)
    )
    where = f"{texts} Wikinews articles"
    return [
        (where, "events dated right, of those with a date", int(dates.n), dates.dated),
        (where, "tellings of two texts joined that are one event", int(pairs.joined), pairs.p),
        (where, "tellings of two texts that are one event and joined", int(pairs.true), pairs.r),
    ]


def right(gold: pd.Series, said: pd.Series) -> np.ndarray:
    """Whether dates agree as far as the gold date goes: 2007-10-XX with 2007-10 and 2007-10-14, not 2007."""
    known = gold.str.replace(r"-XX|-$", "", regex=True)
    return np.array([str(told)[: len(day)] == day for day, told in zip(known, said, strict=True)])


def dating(rows: pd.DataFrame, said: pd.Series) -> dict[str, float]:
    """Mentions with a date, the share that is right with its interval, and the share of right days."""
    dated = rows.date_gold.str.match(r"\d{4}").to_numpy()
    by_day = rows.date_gold.str.match(r"\d{4}-\d\d-\d\d$").to_numpy()
    hits = right(rows.date_gold, said)
    counts = pd.DataFrame({"hits": hits & dated, "n": dated}).groupby(rows.doc.array).sum()
    draws = drawn(len(counts)) @ counts.to_numpy()
    low, high = np.quantile(draws[:, 0] / np.maximum(draws[:, 1], 1), [0.025, 0.975])
    share = {"dated": hits[dated].mean(), "low": low, "high": high, "day": hits[by_day].mean()}
    return {"n": dated.sum()} | share


def grouping(rows: pd.DataFrame, said: pd.Series) -> dict[str, float]:
    """True pairs across texts, pairs joined, and precision, recall, F1 with its interval."""
    timelines = rows.assign(said=said.array).groupby(["corpus", "entity"])
    counts = np.array([pairs(part) for _, part in timelines])
    joint, joined, true = counts.sum(axis=0)
    draws = drawn(len(counts)) @ counts
    low, high = np.quantile(2 * draws[:, 0] / np.maximum(draws[:, 1] + draws[:, 2], 1), [0.025, 0.975])
    shares = {"p": joint / max(joined, 1), "r": joint / max(true, 1), "f1": 2 * joint / max(joined + true, 1)}
    return {"true": true, "joined": joined} | shares | {"low": low, "high": high}


def pairs(part: pd.DataFrame) -> tuple[int, int, int]:
    """Of the pairs of one timeline's mentions from two texts: rightly joined, joined, and true."""
    doc, line, group = (pd.factorize(part[name])[0] for name in ("doc", "line", "said"))
    across = np.triu(doc[:, None] != doc)
    joined = across & (group[:, None] == group) & (group >= 0)
    true = across & (line[:, None] == line)
    return (joined & true).sum(), joined.sum(), true.sum()


def drawn(number: int, seed: int = 7) -> np.ndarray:
    """How often each of so many units counts in each draw with replacement; shape (draws, units)."""
    return np.random.default_rng(seed).multinomial(number, np.full(number, 1 / number), DRAWS)


def shown(found: pd.DataFrame) -> str:
    """A table as text: shares with three decimals."""
    return found.to_string(index=False, na_rep="-", float_format="{:.3f}".format)


if __name__ == "__main__":
    main()
