"""How well and how fast articles are extracted, beside other tools, on the same pages in one run.

    .venv/bin/python benchmarks/extraction.py --data DIR [--csv FILE] [--pages N]

DIR/extract holds the files named in `INPUTS`, gzipped JSON lines: saved pages (field `html`) or dumps of
their text (`text_dump`), each with `lang` ("en" or other), the article a person marked (`gold_text`) and,
where known, `gold_title`, `gold_date` and `gold_author`. Printed are, for each file and tool, the overlap
with the article, pages per second, and how often title, date and authors are right.
"""

import os
import re
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from math import isnan, nan
from pathlib import Path

import click
from tqdm import tqdm

os.environ["OMP_NUM_THREADS"] = "1"  # read once, when pandas loads numpy

import extractors
import pandas as pd

INPUTS = {
    "html_dev_news": "news pages as HTML",
    "text_para_dev": "news pages as text, one block a line",
    "text_insc_dev": "news pages as text, laid out by inscriptis",
    "text_bs4_dev": "news pages as text, one line for each piece between two tags",
    "text_twice_dev": "news pages as text, the body twice",
    "text_flat_dev": "news pages as text, all on one line",
    "text_para_dev_blogs": "blog pages as text, one block a line",
}
ABOUT = """Extraction of articles: every tool on the same pages, on one core.

Parallax's figures are optimistic here: its line model and headline weights were trained on these very dumps,
and its rules for HTML were chosen on these pages. The line model's figures for sites it never saw are
printed by: .venv/bin/python tools/train_lines.py DIR

precision, recall  shared runs of four words, mean over pages; f1 is made from these two means
se                 standard error of f1
f1>=.95, empty     share of pages with such an f1; number of pages on which a tool found no text
pages/s            by process time, after some pages to warm up
title, date ...    on the n pages where a person noted the value. recall: share of these values that are
                   found; prec: share of the values given that are right. A title is right if its letters
                   and digits are, a date if at most a day off; author: one right name is enough; names: all
                   names, f1 as the mean over pages
Tools made for HTML get a dump with each line as a <p>, and are asked for its text only."""
OVERLAP = ("n", "precision", "recall", "f1", "se", "f1>=.95", "empty", "pages/s")
WARM = 5  # pages: what a tool loads only once, some at the first page that needs it, is no page's cost
TOLD = ("title n", "title recall", "title prec", "date n", "date recall", "date prec")
TOLD += ("author n", "author recall", "author prec", "names recall", "names prec", "names f1")


@click.command()
@click.option("--data", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--csv", "target", type=click.Path(dir_okay=False, path_type=Path), help="Write the rows here.")
@click.option("--pages", "most", type=click.IntRange(min=1), help="Only the first so many pages of a file.")
def main(data: Path, target: Path | None, most: int | None) -> None:
    """Score every tool on every kind of input, and print a table for each."""
    click.echo(ABOUT)
    tools, rows = extractors.installed(), []
    for name, kind in INPUTS.items():
        source = data / "extract" / f"{name}.jsonl.gz"
        if not source.exists():
            click.echo(f"\nNot in the folder: extract/{source.name} ({kind})")
            continue
        pages, here = extractors.read(source, most), []
        fit = tools if pages[0]["media_type"] == "text/html" else tools | extractors.RULES
        for tool, run in fit.items():
            scored = score(run, pages, f"{name}: {tool}")
            for language, some in (("English", scored[scored["english"]]), ("all", scored)):
                if len(some):
                    here.append({"input": name, "tool": tool, "pages": language, **summary(some)})
        show(f"{kind} ({name})", here, OVERLAP)
        show(f"{kind}: title, date and authors", [row for row in here if TOLD[0] in row], TOLD)
        rows += here
    if target:
        pd.DataFrame(rows, columns=["input", "tool", "pages", *OVERLAP, *TOLD]).to_csv(target, index=False)


def score(run: extractors.Tool, pages: list[dict], label: str = "") -> pd.DataFrame:
    """One row a page: overlap with the article, seconds of process time, and counts for each field."""
    for page in pages[:WARM]:
        run(page)
    rows = []
    for page in tqdm(pages, desc=label, leave=False, disable=None):
        start = time.process_time()
        found = run(page)
        row = {"seconds": time.process_time() - start, "english": page["lang"] == "en"}
        row["precision"], row["recall"] = overlap(found["text"], page["gold_text"])
        row["f1"] = harmonic(row["precision"], row["recall"])
        row["empty"] = not found["text"].strip()
        rows.append(row | (told(found, page) if "title" in found else {}))
    return pd.DataFrame(rows)


def overlap(text: str, gold: str) -> tuple[float, float]:
    """Precision and recall of runs of four tokens, each counted as often as it occurs."""
    found, wanted = fours(text), fours(gold)
    if not found and not wanted:
        return 1.0, 1.0
    shared = (found & wanted).total()
    return shared / max(1, found.total()), shared / max(1, wanted.total())


def fours(text: str) -> Counter:
    """Runs of four tokens; a text of fewer is one run."""
    tokens = re.findall(r"\w+", text)
    return Counter(tuple(tokens[i : i + 4]) for i in range(max(1, len(tokens) - 3)) if tokens)


def harmonic(precision: float, recall: float) -> float:
    """F1."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def told(found: dict, page: dict) -> dict[str, tuple[int, int, int]]:
    """For each field whose value is known: how many values are right, given, and known."""
    counts = {}
    if page.get("gold_title"):
        title = plain(found["title"])
        counts["title"] = (int(title == plain(page["gold_title"])), int(title != ""), 1)
    if page.get("gold_date"):
        given = [date.fromisoformat(str(found["date"])[:10])] if found["date"] else []
        off = [abs(day - date.fromisoformat(page["gold_date"])) for day in given]
        counts["date"] = (sum(days <= timedelta(days=1) for days in off), len(given), 1)
    if page.get("gold_author"):
        given, known = names(found["author"]), names(page["gold_author"])
        counts["author"] = (int(bool(given & known)), int(bool(given)), 1)
        counts["names"] = (len(given & known), len(given), len(known))
    return counts


def names(authors: list[str] | str | None) -> set[str]:
    """Names without case and signs; one string may hold several."""
    text = authors if isinstance(authors, str) else ";".join(authors or [])
    return {plain(name) for name in re.split(r";|,| and | & |\n", text)} - {""}


def plain(text: str | None) -> str:
    """The letters and digits of a text, in lower case."""
    return "".join(re.findall(r"\w+", (text or "").lower()))


def summary(pages: pd.DataFrame) -> dict[str, float]:
    """The figures of one tool, from `score`'s rows."""
    precision, recall = pages["precision"].mean(), pages["recall"].mean()
    # Delta method: how far f1 of the means moves with each page.
    pull = 2 * (pages["precision"] * recall**2 + pages["recall"] * precision**2) / (precision + recall) ** 2
    figures = {
        "n": len(pages),
        "precision": precision,
        "recall": recall,
        "f1": harmonic(precision, recall),
        "se": pull.sem(),
        "f1>=.95": (pages["f1"] >= 0.95).mean(),
        "empty": int(pages["empty"].sum()),
        "pages/s": len(pages) / pages["seconds"].sum(),
    }
    for field in ("title", "date", "author", "names"):
        if field in pages:
            counts = pd.DataFrame(pages[field].dropna().tolist(), columns=["right", "given", "known"])
            right, given, known = counts.sum()
            figures[f"{field} n"] = len(counts)
            figures[f"{field} recall"] = right / known if known else nan
            figures[f"{field} prec"] = right / given if given else nan
            figures[f"{field} f1"] = (2 * counts["right"] / (counts["given"] + counts["known"])).mean()
    return figures


def show(title: str, rows: list[dict], columns: Sequence[str]) -> None:
    """Print some columns of rows, aligned; a figure that cannot be told is "-"."""
    if not rows:
        return
    cells = [["", "", *words] for words in zip(*map(str.split, columns), strict=True)]
    cells[-1][:2] = ["tool", "pages"]
    for row in rows:
        cells.append([row["tool"], row["pages"], *(figure(row.get(column, nan)) for column in columns)])
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    click.echo(f"\n{title}")
    for line in cells:
        names = [text.ljust(width) for text, width in zip(line[:2], widths[:2], strict=True)]
        figures = [text.rjust(width) for text, width in zip(line[2:], widths[2:], strict=True)]
        click.echo("  ".join(names + figures))


def figure(value: float) -> str:
    """A count or a speed as a whole number, a share with three decimals."""
    if isnan(value):
        return "-"
    return f"{value:,.0f}" if value > 1 or isinstance(value, int) else f"{value:.3f}"


if __name__ == "__main__":
    main()
