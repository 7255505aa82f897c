"""How well and how fast dates are found and read in text, beside other tools, in one run.

    .venv/bin/python benchmarks/dates.py --data DIR

DIR/dates holds documents with their TIMEX3 (`meantime.jsonl`, news; `wikiwars.jsonl`, histories), expressions
of newswire with four words on either side (`phrases.tsv`), and `score.py`, which compares. CONTRIBUTING.md
says how to install the peers; one that is missing is named and left out.
"""

import importlib.util
import re
import time
import warnings
from collections.abc import Callable
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import click
import pandas as pd
from stored import store

from helpers.timeline import find

ABOUT = """Dates: every tool on the same rows, on one core.

documents   F1 of expressions found with the same extent (strict) or overlapping (relaxed), overlapping with
            the same TIMEX3 value (value), and of days (day): expressions that name one day, with the same day
phrases     the share of expressions of newswire whose value, and whose day, is right
weekday     of expressions that are a bare weekday, the share with the right day
month day   of expressions that are a month and a day without a year, the share with the right day
KB/s        by process time

Peers read line by line. dateparser and parsedatetime give moments: their values are days, and right only
where a day is asked for. Where Recognizers give two days, of weekdays the past one counts, else the one
nearer to publication."""
WEEKDAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:'s)?")
MONTH_DAY = re.compile(r"(?:[A-Z][a-z]{2,8}\.? \d\d?(?:st|nd|rd|th)?|\d\d? [A-Z][a-z]{2,8})")
ONE_DAY = re.compile(r"\d{4}-\d\d-\d\d")

Found = list[dict]
Tool = Callable[[str, date], Found]


@click.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True)
@click.option("--write", is_flag=True, help="Store the figures for 04 to show.")
def main(data: Path, write: bool) -> None:
    """Score dates found in text on annotated documents and phrases."""
    warnings.simplefilter("ignore")  # peers parse days without a year in ways that Python will give up
    folder = data / "dates"
    spec = importlib.util.spec_from_file_location("dates_score", folder / "score.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    click.echo(ABOUT + "\n")
    tools = {"Parallax": parallax} | installed()
    rows = []
    for name in ("meantime", "wikiwars"):
        gold = scorer.load(str(folder / f"{name}.jsonl"))
        rows += [
            {"on": name, "tool": tool, **on_documents(find, gold, scorer)} for tool, find in tools.items()
        ]
    gold = scorer.table(str(folder / "phrases.tsv"))
    rows += [
        {"on": "phrases", "tool": tool, **on_phrases(find, gold, scorer)} for tool, find in tools.items()
    ]
    click.echo(pd.DataFrame(rows).round(3).fillna("").to_string(index=False))
    if write:
        store("dates", stored(pd.DataFrame(rows), len(gold)))


def stored(rows: pd.DataFrame, gold: int) -> list[tuple[str, str, int, float]]:
    """What 04 shows of the figures of Parallax."""
    ours = rows[rows.tool == "Parallax"].set_index("on")
    named = {"relaxed": "expressions found (F1)", "value": "values right (F1)", "day": "days right (F1)"}
    found = [("58 Wikinews articles", text, 197, ours.loc["meantime", name]) for name, text in named.items()]
    named = {"value": "values right"}
    return found + [
        (f"{gold} phrases of newswire", text, gold, ours.loc["phrases", name]) for name, text in named.items()
    ]


def on_documents(find: Tool, gold: list[dict], scorer: ModuleType) -> dict[str, float]:
    """The scores of a tool on whole documents, and its speed."""
    start = time.process_time()
    found = {one["id"]: find(one["text"], date.fromisoformat(one["dct"])) for one in gold}
    spent = time.process_time() - start
    scores = scorer.score(found, gold)
    pairs = [
        (one["text"][timex["start"] : timex["end"]], timex["value"], overlapping(found[one["id"]], timex))
        for one in gold
        for timex in one["timexes"]
    ]
    return {
        **{name: scores[name]["f1"] for name in ("strict", "relaxed", "value", "day")},
        **kinds(pairs),
        "KB/s": sum(len(one["text"]) for one in gold) / 1000 / spent,
    }


def on_phrases(find: Tool, gold: list[dict], scorer: ModuleType) -> dict[str, float]:
    """The scores of a tool on expressions with a few words around."""
    values = []
    for row in gold:
        text = f"{row['left']} {row['expression']} {row['right']}"
        start = len(row["left"]) + 1
        timex = {"start": start, "end": start + len(row["expression"])}
        values.append(overlapping(find(text, date.fromisoformat(row["dct"][:10])), timex))
    scores = scorer.score_phrases([{"value": value} for value in values], gold)
    pairs = [(row["expression"], row["value"], value) for row, value in zip(gold, values, strict=True)]
    return {"value": scores["value"]["acc"], "day": scores["day"]["acc"], **kinds(pairs)}


def overlapping(found: Found, timex: dict) -> str:
    """The value of what overlaps most with an annotated expression; empty if nothing does."""

    def overlap(one: dict) -> int:
        return min(one["end"], timex["end"]) - max(one["start"], timex["start"])

    best = max(found, key=overlap, default=None)
    return (best["value"] or "") if best and overlap(best) > 0 else ""


def kinds(pairs: list[tuple[str, str, str]]) -> dict[str, float | None]:
    """The share of bare weekdays, and of months with a day, with the right day."""
    shares = {}
    for name, pattern in (("weekday", WEEKDAY), ("month day", MONTH_DAY)):
        told = [
            (gold, value) for text, gold, value in pairs if pattern.fullmatch(text) and ONE_DAY.match(gold)
        ]
        shares[name] = sum(gold[:10] == value[:10] for gold, value in told) / len(told) if told else None
        shares[f"{name} n"] = len(told)
    return shares


def parallax(text: str, published: date) -> Found:
    """What Parallax finds."""
    return [
        {"start": one.start, "end": one.end, "type": one.type, "value": one.value}
        for one in find(text, published)
    ]


def installed() -> dict[str, Tool]:
    """The peers, by name and version; one that is not installed is named and left out."""
    found = {}
    for name, load in PEERS.items():
        try:
            found[f"{name} {version(name)}"] = by_line(load())
        except ImportError as error:  # what `version` raises too
            click.echo(f"{name} is left out: {error}. CONTRIBUTING.md says how to install the peers.\n")
    return found


def by_line(search: Tool) -> Tool:
    """A tool that is given one line after the other: of a long text Recognizers find next to nothing."""

    def search_lines(text: str, published: date) -> Found:
        found, start = [], 0
        for line in text.splitlines(keepends=True):
            for one in search(line, published):
                found.append(one | {"start": start + one["start"], "end": start + one["end"]})
            start += len(line)
        return found

    return search_lines


def load_dateparser() -> Tool:
    """dateparser: it tells the words it read, not where they stand; they are looked for in order."""
    from dateparser.search import search_dates

    def search(text: str, published: date) -> Found:
        settings = {"RELATIVE_BASE": datetime.combine(published, datetime.min.time())}
        found, end = [], 0
        for words, moment in search_dates(text, languages=["en"], settings=settings) or []:
            start = text.find(words, end)
            if start >= 0:
                end = start + len(words)
                value = moment.date().isoformat()
                found.append({"start": start, "end": end, "type": "DATE", "value": value})
        return found

    return search


def load_parsedatetime() -> Tool:
    """parsedatetime: the moments of its `nlp`."""
    from parsedatetime import Calendar

    calendar = Calendar()

    def search(text: str, published: date) -> Found:
        found = []
        for moment, _, start, end, words in calendar.nlp(text, sourceTime=published.timetuple()) or []:
            lead = len(words) - len(words.lstrip())
            value = moment.date().isoformat()
            found.append({"start": start + lead, "end": end, "type": "DATE", "value": value})
        return found

    return search


def load_recognizers() -> Tool:
    """Recognizers-Text: its TIMEX, made full by the value it gives."""
    from recognizers_date_time import recognize_datetime

    def search(text: str, published: date) -> Found:
        reference = datetime.combine(published, datetime.min.time())
        found = []
        for one in recognize_datetime(text, "en-us", reference=reference):
            values = (one.resolution or {}).get("values") or [{"timex": ""}]
            value = full_timex(values, published)
            kind = one.type_name.split(".")[-1]
            named = {"duration": "DURATION", "set": "SET"}
            guess = named.get(kind, "TIME" if "time" in kind else "DATE")
            found.append({"start": one.start, "end": one.end + 1, "type": guess, "value": value})
        return found

    return search


def full_timex(values: list[dict], published: date) -> str:
    """The TIMEX of several readings of one expression, without X where the readings fill it in."""
    timex = values[0]["timex"]
    days = [one.get("start") or one.get("value") or "" for one in values]
    days = [one for one in days if ONE_DAY.match(one)]
    if not timex.startswith("XXXX") or not days:
        return f"{published}{timex}" if timex.startswith("T") else timex
    if timex.startswith("XXXX-WXX"):
        days = [one for one in days if one[:10] <= published.isoformat()] or days
    chosen = min(days, key=lambda one: abs(date.fromisoformat(one[:10]) - published))
    moment = chosen[:10] + ("T" + chosen[11:16] if "T" in timex else "")
    return chosen[:7] if re.fullmatch(r"XXXX-\d\d", timex) else moment


PEERS: dict[str, Callable[[], Tool]] = {
    "dateparser": load_dateparser,
    "parsedatetime": load_parsedatetime,
    "recognizers-text-suite": load_recognizers,
}


if __name__ == "__main__":
    main()
