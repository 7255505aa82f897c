"""How well copies are told from independent texts, and how fast in a large corpus.

    .venv/bin/python benchmarks/copies.py --data DIR
    .venv/bin/python benchmarks/copies.py --scale 100000

DIR/copies/pairs_dev.jsonl holds pairs of articles about one event (`a`, `b`: files under DIR/corpora) with
the containment that another program counted and the label that follows from it: same_copy (.6 or more),
partial (.2 or more) or independent. So the figures check the counting, not what a person would call a copy.
DIR/corpora/<set> holds articles (title, empty line, text) that its manifest.csv lists by event.
"""

import os
import resource
import time
from pathlib import Path

import click
from tqdm import tqdm

os.environ["OMP_NUM_THREADS"] = "1"  # read once, when pandas loads numpy

import numpy as np
import pandas as pd

from helpers.ingestion import copies

LABELS = {"same_copy": 0.6, "partial": 0.2, "independent": 0.0}
CLUSTER = 300  # articles in the largest family of the synthetic corpus
VOCABULARY, PHRASES = 200_000, 20_000
NOTICE = 40  # words of a paragraph that every tenth synthetic article ends with


@click.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--scale", type=click.IntRange(min=CLUSTER), help="Time so many synthetic articles.")
def main(data: Path | None, scale: int | None) -> None:
    """Compare containment and families with labelled pairs, count independent texts, or measure speed."""
    if data:
        pairs, texts = read(data)
        click.echo(f"{len(pairs):,} pairs of {len(texts):,} articles\n")
        found = pairs.assign(containment=contained(pairs, texts))
        click.echo(agreement(pairs, found).to_string(float_format="{:.3f}".format))
        off = (found.containment - pairs.containment).abs()
        click.echo(f"\ncontainment is off by {off.mean():.4f} on average, {off.max():.3f} at most")
        click.echo(f"one family where containment is >= {copies.COPY}: {together(pairs, texts)}\n")
        for name, told, independent in tqdm(list(counts(data)), leave=False, disable=None):
            click.echo(f"{name}: {told} articles -> {independent} independent texts")
    if scale:
        speed(scale)


def read(data: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The labelled pairs, and title, text and event of their articles."""
    pairs = pd.read_json(data / "copies" / "pairs_dev.jsonl", lines=True)
    return pairs, articles(data / "corpora", sorted({*pairs.a, *pairs.b}))


def articles(folder: Path, files: list[str]) -> pd.DataFrame:
    """Title and text of files, with the folder they lie in as event."""
    parted = [(folder / file).read_text(encoding="utf-8").partition("\n\n") for file in files]
    rows = [
        (title, text, Path(file).parent.as_posix())
        for (title, _, text), file in zip(parted, files, strict=True)
    ]
    return pd.DataFrame(rows, columns=["title", "text", "event"], index=files)


def contained(pairs: pd.DataFrame, texts: pd.DataFrame) -> np.ndarray:
    """The containment of each pair, by the package's own runs of words."""
    rows = dict(zip(texts.index, copies.shingles(texts), strict=True))
    both = [(rows[a], rows[b]) for a, b in zip(pairs.a, pairs.b, strict=True)]
    return np.array([len(np.intersect1d(a, b)) / max(1, min(len(a), len(b))) for a, b in both])


def agreement(pairs: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Precision and recall of each label."""
    given = np.select([found.containment >= low for low in LABELS.values()], list(LABELS), "")
    rows = {}
    for label in LABELS:
        right = ((given == label) & (pairs.label == label)).sum()
        known = (pairs.label == label).sum()
        rows[label] = {"pairs": known, "precision": right / (given == label).sum(), "recall": right / known}
    return pd.DataFrame(rows).T.astype({"pairs": int})


def together(pairs: pd.DataFrame, texts: pd.DataFrame) -> str:
    """Precision and recall of "in one family" over pairs of one event."""
    family = pd.concat([copies.families(event).family for _, event in texts.groupby("event")])
    same = family[pairs.a].to_numpy() == family[pairs.b].to_numpy()
    wanted = (pairs.containment >= copies.COPY).to_numpy()
    right = (same & wanted).sum()
    return f"precision {right / same.sum():.3f}, recall {right / wanted.sum():.3f}"


def counts(data: Path) -> list[tuple[str, int, int]]:
    """For each set of events: its articles, and how many are no copies within their event."""
    rows = []
    for manifest in sorted((data / "corpora").glob("*/manifest.csv")):
        texts = articles(manifest.parent, pd.read_csv(manifest).file.tolist())
        families = [copies.families(event).family.nunique() for _, event in texts.groupby("event")]
        rows.append((manifest.parent.name, len(texts), sum(families)))
    return rows


def speed(number: int) -> None:
    """Seconds and memory that the families of a synthetic corpus take, and whether they are found."""
    texts, truth = synthetic(number)
    start = time.perf_counter()
    found = copies.families(texts).family
    seconds = time.perf_counter() - start
    groups = pd.DataFrame({"truth": truth, "found": found.to_numpy()})
    parted = groups.groupby("truth").found.nunique().gt(1).sum()
    joined = groups.groupby("found").truth.nunique().gt(1).sum()
    peak, length = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, texts.text.str.len().mean()
    click.echo(
        f"{number:,} articles, {length:,.0f} characters each, made of {groups.truth.nunique():,} texts"
    )
    click.echo(
        f"families: {seconds:,.0f} s; the process: {time.process_time():,.0f} s, {peak:.2f} GB at its peak"
    )
    click.echo(f"families found in parts: {parted}, run together: {joined}")


def synthetic(number: int, seed: int = 0) -> tuple[pd.DataFrame, np.ndarray]:
    """Articles of words drawn by Zipf's law, three in ten of them copies: whole, cut short or edited.

    Each holds ten stock phrases of eight words, drawn by Zipf's law as well, and every tenth a notice.
    """
    draw = np.random.default_rng(seed)
    words = np.array([f"{np.base_repr(n, 36).lower()}a" for n in range(VOCABULARY)])
    weight = np.cumsum(1 / np.arange(1.0, VOCABULARY + 1))

    def zipf(size: int, most: int = VOCABULARY) -> np.ndarray:
        return np.searchsorted(weight, draw.random(size) * weight[most - 1])

    stock, notice = zipf(8 * PHRASES).reshape(-1, 8), " ".join(words[zipf(NOTICE)])
    texts, truth = [], []
    while len(texts) < number:
        text = np.concatenate([zipf(draw.integers(300, 1050)), stock[zipf(10, PHRASES)].ravel()])
        # A tenth of the texts is copied, few of them often: of all articles three in ten are copies.
        copied = int(min(CLUSTER - 1, 1 + draw.pareto(1.0))) if draw.random() < 0.1 else 0
        for version in range(min(copied + 1, number - len(texts))):
            kept = text
            if version % 3 == 1:
                kept = text[: int(len(text) * draw.uniform(0.2, 0.9))]
            elif version % 3 == 2:
                kept = np.where(draw.random(len(text)) < 0.04, zipf(len(text)), text)
            texts.append(" ".join(words[kept]) + (f"\n\n{notice}" if draw.random() < 0.1 else ""))
            truth.append(len(truth) - version)
    index = [f"a{n:07d}" for n in draw.permutation(number)]
    return pd.DataFrame({"text": texts}, index=index), np.array(truth)


if __name__ == "__main__":
    main()
