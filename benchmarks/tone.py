"""How well and how fast tone is read, toward a target and as loaded language, beside word lists, in one run.

    .venv/bin/python benchmarks/tone.py --data DIR [--write]

DIR/tone holds `dev.jsonl.gz` (sentences with a target, and how readers found it spoken of) and
`loaded_dev.jsonl.gz` (sentences that readers found loaded or not). A peer knows no target: it reads the whole
sentence, or only the target's part of it. CONTRIBUTING.md says how to install the peers; one that is missing
is named and left out.
"""

import gzip
import json
import os
import re
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import click

os.environ["OMP_NUM_THREADS"] = "1"  # read once, when pandas loads numpy

import numpy as np
import pandas as pd

from helpers import paths, stats
from helpers.tone.language import loaded_score
from helpers.tone.targets import LABELS, score

MEASURED = paths.ROOT / "src" / "helpers" / "tone" / "language_measured.tsv"
_NOTE = """\
# How well loaded sentences are told from others, with 95 % intervals; f1 is macro-F1. The strength from which
# one counts as loaded was set on these same sentences, for all (benchmarks/tone.py --data DIR --write).
"""
ABOUT = """Tone: every tool on the same rows, on one core.

Parallax's figures for targets are optimistic here: its model was fitted on these very rows, among others. The
figures for sentences it never saw are printed by: tools/train_targets.py --check. Nothing was fitted on the
loaded sentences, but the strength from which one counts as loaded was set on them; for each peer it is the
strength with the highest macro-F1.

f1          macro-F1; low and high: its 95 % interval over 1,000 draws of the sentences (of loaded ones, draws
            of the pages they come from), with the cut held fast
reversed    of the targets that are and are read as positive or negative, the share read as the opposite
in order    of the pairs of targets in one sentence with unlike labels, the share whose labels come in order;
            a tool that reads whole sentences cannot do it
surer half  macro-F1 on the half of the targets with the higher confidence
per second  by process time of the whole call, median of passes in which the tools take turns"""
DRAWS, PASSES = 1000, 7
BINS = (0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1)
# Where a peer's part of a sentence ends: at a mark, but not within a number, or at a conjunction or relative.
_CUT = re.compile(
    r"[,;:](?!\d)|\b(?:and|but|or|nor|yet|while|whereas|although|though|because|since|unless|until|if|when"
    r"|as|after|before|who|which|that)\b",
    re.IGNORECASE,
)


class Peer(NamedTuple):
    """A tool that rates a text by its words."""

    polarity: Callable[[str], float]
    least: float  # by its authors' advice a text of less polarity, either way, is neutral
    strength: Callable[[str], float]  # how strong its words are, good or bad
    measure: str  # what that is


@click.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True)
@click.option("--write", is_flag=True, help=f"Store the second table in {MEASURED.name}, for 03 to show.")
def main(data: Path, write: bool) -> None:
    """Print how tone toward a target and loaded language are read, beside VADER, TextBlob and AFINN."""
    peers = installed()
    if write and len(peers) < len(PEERS):
        raise click.ClickException("--write stores every peer's figures: install those that are missing.")
    click.echo(ABOUT)
    rows = read(data / "tone" / "dev.jsonl.gz")
    click.echo(f"\nTone toward a target\n{shown(toward_targets(rows, peers))}")
    click.echo(f"\nWhat the confidence of Parallax is worth\n{shown(reliability(rows, score(rows)))}")
    table = loaded(read(data / "tone" / "loaded_dev.jsonl.gz"), peers)
    click.echo(f"\nLoaded sentences\n{shown(table)}")
    if write:
        kept = table.drop(columns=["cut", "per second"]).rename(columns=lambda name: name.replace(" ", "_"))
        text = kept.round(6).to_csv(index=False, sep="\t", lineterminator="\n")
        MEASURED.write_text(_NOTE + text, encoding="utf-8")


def read(source: Path) -> pd.DataFrame:
    """The rows of a gzipped JSON-lines file."""
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        return pd.DataFrame([json.loads(line) for line in lines])


def installed() -> dict[str, Peer]:
    """The peers, by name and version; one that is not installed is named and left out."""
    found = {}
    for name, load in PEERS.items():
        try:
            found[f"{name} {version(name)}"] = load()
        except ModuleNotFoundError as error:  # what `version` raises too
            click.echo(f"{name} is left out: {error}. CONTRIBUTING.md says how to install the peers.\n")
    return found


def load_vader() -> Peer:
    """VADER: its compound score, neutral between -.05 and .05."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    rate = SentimentIntensityAnalyzer().polarity_scores

    def compound(text: str) -> float:
        return rate(text)["compound"]

    return Peer(compound, 0.05, lambda text: abs(compound(text)), "compound without its sign")


def load_textblob() -> Peer:
    """TextBlob: the sign of its polarity, and its subjectivity."""
    from textblob import TextBlob

    return Peer(
        lambda text: TextBlob(text).polarity,
        0,
        lambda text: TextBlob(text).subjectivity,
        "subjectivity",
    )


def load_afinn() -> Peer:
    """AFINN: the sign of the sum of its ratings, and their sum without signs."""
    from afinn import Afinn

    tool = Afinn()
    return Peer(tool.score, 0, lambda text: sum(map(abs, tool.scores(text))), "sum of ratings without signs")


PEERS = {"vaderSentiment": load_vader, "textblob": load_textblob, "afinn": load_afinn}


def window(text: str, start: int, end: int) -> str:
    """The part of a sentence that a target stands in, between marks and conjunctions."""
    cuts = [cut.span() for cut in _CUT.finditer(text)]
    first = max((after for _, after in cuts if after <= start), default=0)
    last = min((before for before, _ in cuts if before >= end), default=len(text))
    return text[first:last].strip()


def labelled(peer: Peer, texts: Sequence[str]) -> np.ndarray:
    """A peer's labels of texts; what occurs more than once is read once."""
    known = {text: peer.polarity(text) for text in dict.fromkeys(texts)}
    polarity = np.array([known[text] for text in texts])
    sign = np.where(np.abs(polarity) < peer.least, 0, np.sign(polarity))
    return np.array(LABELS)[sign.astype(int) + 1]


def toward_targets(rows: pd.DataFrame, peers: dict[str, Peer]) -> pd.DataFrame:
    """Quality by part, and speed, of Parallax and of each peer on whole sentences and on targets' clauses."""
    spans = list(zip(rows.text, rows.start, rows.end, strict=True))
    tools = {"Parallax": lambda: score(rows).label.to_numpy()}
    for name, peer in peers.items():
        tools[f"{name}, sentence"] = lambda peer=peer: labelled(peer, rows.text)
        tools[f"{name}, clause"] = lambda peer=peer: labelled(peer, [window(*span) for span in spans])
    said = {name: run() for name, run in tools.items()}
    speed = per_second(tools, len(rows))
    surer = score(rows).confidence
    table = []
    for part in [*sorted(rows.part.unique()), "all"]:
        some = (rows.part == part).to_numpy() | (part == "all")
        half = some & (surer >= surer[some].median()).to_numpy()
        for name, labels in said.items():
            row = {"tool": name, "part": part, "n": some.sum()} | quality(rows[some], labels[some])
            ours = name == "Parallax"
            row["surer half"] = macro_f1(rows.label[half], labels[half])[0] if ours else np.nan
            table.append(row | {"per second": speed[name]})
    return pd.DataFrame(table)


def quality(rows: pd.DataFrame, said: np.ndarray) -> dict[str, float]:
    """Macro-F1 with its interval, reversals, and pairs in order."""
    gold = rows.label.to_numpy()
    low, high = interval(macro_f1(gold, said, weights=drawn(rows.text)))
    signed = (gold != "neutral") & (said != "neutral")
    return {
        "f1": macro_f1(gold, said)[0],
        "low": low,
        "high": high,
        "reversed": (gold != said)[signed].mean() if signed.any() else np.nan,
    } | in_order(rows.text, gold, said)


def in_order(texts: pd.Series, gold: np.ndarray, said: np.ndarray) -> dict[str, float]:
    """Pairs of targets in one sentence with unlike labels, and the share that is put in their order."""
    rank = pd.Series(range(len(LABELS)), LABELS)
    rows = pd.DataFrame({"text": texts.array, "gold": rank[gold].array, "said": rank[said].array})
    pairs = rows.merge(rows, on="text").query("gold_x < gold_y")
    return {"pairs": len(pairs), "in order": (pairs.said_x < pairs.said_y).mean()}


def drawn(groups: pd.Series, seed: int = 7) -> np.ndarray:
    """How often each row counts if its groups are drawn anew, with replacement; shape (draws, rows)."""
    numbers, names = pd.factorize(groups)
    share = np.full(len(names), 1 / len(names))
    return np.random.default_rng(seed).multinomial(len(names), share, DRAWS)[:, numbers].astype(float)


def interval(draws: np.ndarray) -> np.ndarray:
    """The middle 95 % of draws."""
    return np.nanquantile(draws, [0.025, 0.975])


def macro_f1(
    gold: Sequence, said: Sequence, labels: Sequence = LABELS, weights: np.ndarray | None = None
) -> np.ndarray:
    """The mean F1 over labels, for each draw of weights; 0 for a label that is never right."""
    gold, said = np.asarray(gold), np.asarray(said)
    weights = np.ones((1, len(gold))) if weights is None else weights
    scores = []
    for label in labels:
        right = weights @ ((gold == label) & (said == label))
        told = weights @ (gold == label) + weights @ (said == label)
        scores.append(2 * right / np.maximum(told, 1))
    return np.mean(scores, axis=0)


def auc(loaded: np.ndarray, strength: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """How often a loaded sentence is stronger than one that is not (a tie is half), for each draw."""
    weights = np.ones((1, len(loaded))) if weights is None else weights
    ours, theirs = strength[loaded][:, None], strength[~loaded]
    above = (ours > theirs) + (ours == theirs) / 2
    yes, no = weights[:, loaded], weights[:, ~loaded]
    with np.errstate(invalid="ignore"):  # a draw of few sentences may lack one kind: it tells nothing
        return ((yes @ above) * no).sum(axis=1) / (yes.sum(axis=1) * no.sum(axis=1))


def reliability(rows: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """By bins of confidence: its mean, and the share of labels that is right, with Wilson's interval."""
    right = found.label == rows.label
    bins = pd.cut(found.confidence, BINS, labels=[f"to {high:.1f}" for high in BINS[1:]])
    told = pd.DataFrame({"confidence": found.confidence, "right": right}).groupby(bins, observed=True)
    table = told.agg(n=("right", "size"), mean=("confidence", "mean"), right=("right", "mean"))
    low, high = stats.wilson(told.right.sum(), table.n)
    return table.assign(low=low, high=high).reset_index()


def loaded(rows: pd.DataFrame, peers: dict[str, Peer]) -> pd.DataFrame:
    """AUC, macro-F1 and speed of Parallax and of the strength of each peer's words."""
    is_loaded = (rows.label == "biased").to_numpy()
    tools = {("Parallax", "strength of loaded words"): lambda: loaded_score(rows.text)}
    for name, peer in peers.items():
        tools[name, peer.measure] = lambda peer=peer: np.array([peer.strength(text) for text in rows.text])
    weights = drawn(rows.link.where(rows.link != "", rows.text))
    speed, table = per_second(tools, len(rows)), []
    for (who, what), run in tools.items():
        strength = run()
        cut = 0.5 if who == "Parallax" else best_cut(is_loaded, strength)
        ends = interval(auc(is_loaded, strength, weights))
        both = interval(macro_f1(is_loaded, strength >= cut, (True, False), weights))
        figures = {
            "n": len(rows),
            "auc": auc(is_loaded, strength)[0],
            "auc low": ends[0],
            "auc high": ends[1],
        }
        f1 = macro_f1(is_loaded, strength >= cut, (True, False))[0]
        figures |= {"f1": f1, "f1 low": both[0], "f1 high": both[1], "cut": cut}
        table.append({"who": who, "what": what} | figures | {"per second": speed[who, what]})
    return pd.DataFrame(table)


def best_cut(is_loaded: np.ndarray, strength: np.ndarray) -> float:
    """The strength from which on sentences are best called loaded, by macro-F1 on these very sentences."""
    return max(np.unique(strength), key=lambda cut: macro_f1(is_loaded, strength >= cut, (True, False))[0])


def per_second(tools: dict, rows: int) -> dict:
    """Rows that each tool reads in a second of process time: the median of passes, taken in turns."""
    spent = {name: [] for name in tools}
    for _ in range(PASSES):
        for name, run in tools.items():
            start = time.process_time()
            run()
            spent[name].append(time.process_time() - start)
    return {name: rows / np.median(times) for name, times in spent.items()}


def shown(table: pd.DataFrame) -> str:
    """A table as text: shares with three decimals, whole numbers as they are, - where nothing can be told."""
    if "per second" in table:
        table = table.assign(**{"per second": table["per second"].round().astype(int)})
    return table.to_string(index=False, na_rep="-", float_format="{:.3f}".format)


if __name__ == "__main__":
    main()
