"""How well and how fast voice is told: quoted speech, its speakers, and all that is attributed to somebody.

    .venv/bin/python benchmarks/voice.py --data DIR [--write]

DIR/tone holds `quotes_dev.jsonl.gz` (articles with quoted spans and their speakers) and `attrib_dev.jsonl.gz`
(the spans of all attributed content of the same articles). Spans and speakers are scored as its `score.py`
does: a span is found if it overlaps one by half of both, a speaker if a word of the name agrees. Beside the
rules stand two that need none: every quotation is speech, and everything is attributed.
"""

import gzip
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import click

os.environ["OMP_NUM_THREADS"] = "1"  # read once, when pandas loads numpy

import pandas as pd

from helpers import paths
from helpers.ingestion import quotes
from helpers.ingestion.marks import spans

MEASURED = paths.ROOT / "src" / "helpers" / "ingestion" / "voice_measured.tsv"
PASSES = 7
_NO_NAME = {"the", "a", "mr.", "ms.", "mrs.", "of"}
_OPEN = {"unclosed", "continued", "unmarked"}  # which the annotation does not hold

Found = list[tuple[int, int, str | None]]
Telling = Callable[[str], Found]


def read(source: Path) -> list[dict]:
    """The lines of a gzipped JSON-lines file."""
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def f1(right: int, wrong: int, missed: int) -> tuple[float, float, float]:
    """Precision, recall and F1 of counts."""
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def matched(gold: Found, found: Found) -> list[tuple[int, int]]:
    """Pairs of a gold span and the span found that overlaps it most, by half of both together or more."""
    pairs, used = [], set()
    for at, (start, end, _) in enumerate(gold):
        best = (0.5, None)
        for other, (first, last, _) in enumerate(found):
            share = (min(end, last) - max(start, first)) / (max(end, last) - min(start, first))
            if other not in used and share >= best[0]:
                best = (share, other)
        if best[1] is not None:
            used.add(best[1])
            pairs.append((at, best[1]))
    return pairs


def agree(told: str | None, gold: str) -> bool:
    """Whether two names share a word that is no title or article."""
    return bool(told) and bool(set(told.lower().split()) & set(gold.lower().split()) - _NO_NAME)


def score(documents: list[dict], attributed: dict[str, Found], tell: Telling, extent: Telling) -> dict:
    """Scores of `tell` (text → quoted speech with speakers) and of `extent` (text → what is attributed)."""
    counts, characters, named, right = [0, 0, 0], [0, 0, 0], 0, 0
    for document in documents:
        gold, found = document["spans"], tell(document["text"])
        pairs = matched(gold, found)
        counts = [
            a + b
            for a, b in zip(
                counts, (len(pairs), len(found) - len(pairs), len(gold) - len(pairs)), strict=True
            )
        ]
        for at, other in pairs:
            named += bool(gold[at][2])
            right += bool(gold[at][2]) and agree(found[other][2], gold[at][2])
        truth = {i for start, end, *_ in attributed[document["doc"]] for i in range(start, end)}
        told = {i for start, end, *_ in extent(document["text"]) for i in range(start, end)}
        sizes = (len(truth & told), len(told - truth), len(truth - told))
        characters = [a + b for a, b in zip(characters, sizes, strict=True)]
    return {
        "spans": f1(*counts),
        "speakers": right / max(1, named),
        "n": named,
        "characters": f1(*characters),
    }


@click.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True)
@click.option("--write", is_flag=True, help=f"Store the scores in {MEASURED.name}, for 01 to show.")
def main(data: Path, write: bool) -> None:
    """Score voice on annotated news articles, beside rules that need no thought."""
    documents = read(data / "tone" / "quotes_dev.jsonl.gz")
    attributed = {one["doc"]: one["spans"] for one in read(data / "tone" / "attrib_dev.jsonl.gz")}
    known = {one["text"]: quotes(one["text"]) for one in documents}

    def speech(text: str) -> Found:
        direct = [one for one in known[text] if one.kind == "direct"]
        return [(one.start, one.end, one.speaker) for one in direct if not _OPEN & set(one.flags)]

    def marked(text: str) -> Found:
        return [(one.start, one.end, None) for one in spans(text) if not one.flags]

    def voiced(text: str) -> Found:
        return [(one.start, one.end, None) for one in known[text] if one.kind in ("direct", "indirect")]

    def everything(text: str) -> Found:
        return [(0, len(text), None)]

    every = score(documents, attributed, marked, everything)
    ours = score(documents, attributed, speech, voiced)
    rows = [
        ("quotations that are speech", "every quotation", *every["spans"]),
        ("quotations that are speech", "the rules", *ours["spans"]),
        ("characters attributed to somebody", "everything", *every["characters"]),
        (
            "characters attributed to somebody",
            "quotations only",
            *score(documents, attributed, marked, marked)["characters"],
        ),
        ("characters attributed to somebody", "the rules", *ours["characters"]),
        ("speakers, as written", "the rules", ours["speakers"], None, None),
    ]
    table = pd.DataFrame(rows, columns=["what", "by", "precision", "recall", "f1"]).round(3)
    table.insert(2, "articles", len(documents))
    click.echo(table.to_string(index=False))
    click.echo(f"{ours['n']} quotations whose speaker is annotated.")
    spent = []
    for _ in range(PASSES):
        start = time.process_time()
        for one in documents:
            quotes(one["text"])
        spent.append(time.process_time() - start)
    size = sum(len(one["text"]) for one in documents) / 1e6
    click.echo(f"{size / min(spent):.2f} MB/s of processor time, best of {PASSES} passes")
    if write:
        table.to_csv(MEASURED, sep="\t", index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
