"""Train the line model: which lines of a dump are the article.

    .venv/bin/python tools/train_lines.py DATA

DATA holds `extract/text_{para,insc,bs4,twice}_dev.jsonl.gz` and `text_para_dev_blogs.jsonl.gz`: pages as
dumps (`text_dump`), each with the article a person marked (`gold_text`), its `site` and `lang`. Written are
`cuts.tsv`, `line_words.tsv` and `lines.npz` beside the modules that read them (numbers, words and pairs of
words, no text of a page), and `lines_measured.tsv`: what five-fold cross-validation by site gave, in which
every page is scored by models that saw no page of its site.

The three models lean on one another, so each is given to the next as it performs on unseen sites: the words'
weights and the first network's scores that a page is trained with come from the other folds.
"""

import argparse
import dataclasses
import gzip
import hashlib
import itertools
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import scipy.sparse as sp
from sklearn.linear_model import SGDClassifier
from tqdm import tqdm

from helpers.ingestion import context, features, layout, lines
from helpers.ingestion.network import Network, apply, save, standardised

FOLDS = 5
SITES = 5  # a word or sign must occur on so many news sites: a site's own words say nothing about another's
BLOGS = 0.5  # weight of blog pages: their articles were drafted by a language model before they were reviewed
EASY = 0.3  # share of the short lines far from any article that are trained on (they weigh as much as all)
HIDDEN, SEED, EPOCHS, RATE, DROPOUT, BATCH = 128, 0, 8, 3e-3, 0.4, 1024
WEIGHTS = (  # columns that depend on knowing the language's words
    "function words", "first is function", "last is function", "weight", "least", "most", "pull",
    "weight of first", "weight of last", "known words", "credit at end",
)  # fmt: skip
HOME = Path(lines.__file__).parent


@dataclass
class Page:
    """One dump: where it is from, its lines, and which of them belong to the article."""

    site: str
    style: str
    english: bool
    gold: str
    lines: list[layout.Line]
    inside: np.ndarray
    measured: features.Measured | None = None
    inputs: np.ndarray = field(default_factory=lambda: np.empty(0))
    scores: np.ndarray = field(default_factory=lambda: np.empty(0))

    @property
    def fold(self) -> int:
        return fold_of(self.site)


def main() -> None:
    """Train on DATA and write the models, or check them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    arguments = parser.parse_args()
    folder = arguments.data / "extract"
    rows = {style: read(folder, style) for style in ("para", "insc", "bs4", "twice", "blogs")}
    cuts = crossed(rows["para"] + rows["blogs"], lambda row: fold_of(row["site"]), fit_cuts)
    pages = [page(row, style) for style, some in rows.items() for row in tqdm(some, style)]
    pages += [flat(row, cuts[fold_of(row["site"])]) for row in tqdm(rows["para"], "flat")]
    pages += [cropped(row) for row in rows["para"] + rows["blogs"][::3]]
    pages += [page(row, "foreign") for row in rows["para"] + rows["insc"] if fold_seed(row["id"]) % 3 == 0]
    words = crossed(pages, lambda one: one.fold, fit_words)
    known = list(map(features.Known, words))
    for one in tqdm(pages, "features"):
        measured = features.measure([one.lines], known[one.fold])
        one.measured = foreign(measured) if one.style == "foreign" else measured
        one.inputs = context.first(one.measured)
    firsts = crossed(pages, lambda one: one.fold, fit_network)
    for one in pages:
        one.scores = apply(firsts[one.fold], one.inputs)
    report("first network", pages)
    networks = {"first": fit_network(pages)}
    for one in tqdm(pages, "second features"):
        one.inputs = context.second(one.measured, one.inputs, one.scores)
    networks["second"] = fit_network(pages)
    seconds = crossed(pages, lambda one: one.fold, fit_network)
    for one in pages:
        one.scores = apply(seconds[one.fold], one.inputs)
    scores = report("second network", pages)
    scores.to_csv(HOME / "lines_measured.tsv", sep="\t", index=False, float_format="%.3f")
    write_weights(HOME / "cuts.tsv", fit_cuts(rows["para"] + rows["blogs"]), CUTS_HEAD)
    write_weights(HOME / "line_words.tsv", fit_words(pages), WORDS_HEAD)
    save(HOME / "lines.npz", networks)


def crossed(items: list, fold: Callable, fit: Callable) -> list:
    """For each fold, what `fit` makes of the items of the other folds."""
    return [fit([item for item in items if fold(item) != one]) for one in tqdm(range(FOLDS), fit.__name__)]


def read(folder: Path, style: str) -> list[dict]:
    """The rows of one style of dumps."""
    name = "text_para_dev_blogs.jsonl.gz" if style == "blogs" else f"text_{style}_dev.jsonl.gz"
    with gzip.open(folder / name, "rt", encoding="utf-8") as rows:
        return [json.loads(row) for row in rows]


def page(row: dict, style: str) -> Page:
    return labelled(row, style, layout.split(row["text_dump"]))


def flat(row: dict, cuts: dict[str, float]) -> Page:
    """The page as it reads when everything stands on one line, parted by weights of other folds."""
    whole = layout.Line(1, " ".join(row["text_dump"].split()))
    return labelled(row, "flat", layout.parted(whole, cuts))


def foreign(page: features.Measured) -> features.Measured:
    """The page as it looks when it is in a language of which no word is known."""
    blind = {*WEIGHTS, *features.kinds(), "page's function words", "page's known words"}
    shown = {name: name not in blind and not name.startswith("looks like") for name in page.columns}
    columns = {name: values * shown[name] for name, values in page.columns.items()}
    return page._replace(columns=columns)


def cropped(row: dict) -> Page:
    """The page as it is saved by someone who copies little but the article: up to six lines around it."""
    whole = page(row, "crop")
    at = np.flatnonzero(whole.inside)
    if not len(at):
        return whole
    draw = np.random.default_rng(fold_seed(row["id"]))
    start, end = at[0] - min(draw.integers(0, 7, 2)), at[-1] + 1 + draw.integers(0, 7)
    if draw.random() < 0.5:
        end = at[min(len(at) - 1, draw.integers(2, 12))] + 1 + draw.integers(0, 7)
    kept = slice(max(start, 0), end)
    return Page(whole.site, "crop", whole.english, whole.gold, whole.lines[kept], whole.inside[kept])


def labelled(row: dict, style: str, split: list[layout.Line]) -> Page:
    marked = inside([one.text for one in split], row["gold_text"])
    return Page(row["site"], style, row["lang"] == "en", row["gold_text"], split, marked)


def inside(texts: list[str], article: str) -> np.ndarray:
    """Which lines belong to the article: more than half their words lie in four-word runs of it."""
    gold = set(runs(article))
    words, owner = [], []
    for number, text in enumerate(texts):
        found = re.findall(r"\w+", text)
        words += found
        owner += [number] * len(found)
    covered = np.zeros(len(words), bool)
    for i in range(len(words) - 3):
        if tuple(words[i : i + 4]) in gold:
            covered[i : i + 4] = True
    count = np.bincount(owner, minlength=len(texts)) if owner else np.zeros(len(texts))
    hits = np.bincount(owner, covered, minlength=len(texts)) if owner else np.zeros(len(texts))
    return 2 * hits > count


def fit_cuts(rows: list[dict]) -> dict[str, float]:
    """Weights of the signs that a line ended in a gap between two words (logistic regression)."""
    examples, sites = [], defaultdict(set)
    for row in rows:
        words, ends = [], set()
        for line in row["text_dump"].splitlines():
            ends.add(len(words))
            words += line.split()
        for position, signs in layout.gaps(words):
            examples.append((signs, position in ends, 1.0))
            for sign in signs:
                sites[sign].add(row["site"])
    known = {sign for sign, places in sites.items() if len(places) >= 2 * SITES}
    return regression(examples, known, alpha=2e-5, least=0.1, digits=1)


def fit_words(pages: list[Page]) -> dict[str, float]:
    """How much a word in a line, at its start ("^") or its end ("$") speaks for the article."""
    examples, sites = [], defaultdict(set)
    for one in pages:
        if one.style not in ("para", "bs4", "blogs"):
            continue
        weight = BLOGS if one.style == "blogs" else 1.0
        folded = features.words_by_line([line.text for line in one.lines])
        for words, inside in zip(folded, one.inside.tolist(), strict=True):
            terms = sorted({*words[:60], "^" + words[0], words[-1] + "$"}) if words else []
            examples.append((terms, inside, weight))
            if one.style == "para":
                for term in terms:
                    sites[term].add(one.site)
    known = {term for term, places in sites.items() if len(places) >= SITES}
    return regression(examples, known, alpha=1e-4, least=0.03, digits=2, scaled=True)


def regression(
    examples: list, known: set[str], *, alpha: float, least: float, digits: int, scaled: bool = False
) -> dict[str, float]:
    """Logistic regression over signs; the intercept is the weight of the empty sign."""
    place = {sign: i for i, sign in enumerate(sorted(known))}
    ends, columns, values = [0], [], []
    for signs, _, _ in examples:
        found = [place[sign] for sign in signs if sign in place]
        columns += found
        values += [1 / math.sqrt(len(found)) if scaled and found else 1.0] * len(found)
        ends.append(len(columns))
    table = sp.csr_matrix((values, columns, ends), shape=(len(examples), len(place)), dtype=np.float32)
    model = SGDClassifier(loss="log_loss", alpha=alpha, max_iter=8, tol=None, average=True, random_state=0)
    model.fit(table, [label for _, label, _ in examples], sample_weight=[weight for *_, weight in examples])
    weights = {sign: round(float(model.coef_[0][i]), digits) for sign, i in place.items()}
    told = {sign: weight for sign, weight in weights.items() if abs(weight) >= least}
    return {"": round(float(model.intercept_[0]), 2)} | told


def fit_network(pages: list[Page]) -> Network:
    """A network of what the pages' lines look like."""
    chosen = [examples(one) for one in pages]
    inputs = np.vstack([x for x, _, _ in chosen])
    labels, weights = (np.concatenate([part[k] for part in chosen]) for k in (1, 2))
    mean, deviation = inputs.mean(axis=0), inputs.std(axis=0)
    scale = 1 / np.where(deviation < 1e-6, 1, deviation)
    standard = standardised(inputs, mean, scale)
    hidden, answer = descend(standard, labels, weights / weights.mean())
    return Network(mean, scale, *hidden, *answer)


def examples(one: Page) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A page's inputs, labels and weights: every page weighs alike, long lines more than short ones."""
    words = one.measured.words
    near = np.convolve(one.inside, np.ones(25))[12 : 12 + len(words)] > 0
    easy = ~near & (words < 6)
    share = 0.34 if one.style == "twice" else 1.0
    drawn = np.random.default_rng(len(words)).random(len(words))
    chosen = ~easy | (drawn < EASY)
    weight = (np.log1p(words) + 0.5) * np.where(easy, 1 / EASY, 1.0)
    weight *= share * (BLOGS if one.style == "blogs" else 1.0) * 100 / max(weight.sum(), 1)
    return one.inputs[chosen], one.inside[chosen].astype(np.float32), weight[chosen].astype(np.float32)


def descend(inputs: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> list[tuple]:
    """Fit one network of rectified layers by Adam (Kingma & Ba 2015) with dropout on its inputs."""
    draw = np.random.default_rng(SEED)
    sizes = [inputs.shape[1], HIDDEN, 1]
    layers = [
        [(draw.standard_normal((a, b)) * math.sqrt(2 / a)).astype(np.float32), np.zeros(b, np.float32)]
        for a, b in itertools.pairwise(sizes)
    ]
    layers[-1][0] *= 0.1
    moments = [[(np.zeros_like(p), np.zeros_like(p)) for p in layer] for layer in layers]
    steps, step = EPOCHS * (len(inputs) // BATCH), 0
    for _ in range(EPOCHS):
        order = draw.permutation(len(inputs))
        for start in range(0, len(inputs) - BATCH + 1, BATCH):
            chosen = order[start : start + BATCH]
            batch = inputs[chosen]
            noise = np.frombuffer(draw.bytes(batch.size), np.uint8).reshape(batch.shape)
            states = [batch * (noise >= int(256 * DROPOUT))]
            for weight, bias in layers[:-1]:
                states.append(np.maximum(states[-1] @ weight + bias, 0))
            odds = (states[-1] @ layers[-1][0] + layers[-1][1])[:, 0]
            error = ((1 / (1 + np.exp(-odds)) - labels[chosen]) * weights[chosen] / BATCH)[:, None]
            step += 1
            rate = RATE * 0.5 * (1 + math.cos(math.pi * step / steps))
            for depth in reversed(range(len(layers))):
                slopes = (states[depth].T @ error + 1e-5 * layers[depth][0], error.sum(axis=0))
                if depth:
                    error = (error @ layers[depth][0].T) * (states[depth] > 0)
                for part, slope in enumerate(slopes):
                    mean, square = moments[depth][part]
                    mean += 0.1 * (slope - mean)
                    square += 0.001 * (slope * slope - square)
                    size = np.sqrt(square / (1 - 0.999**step)) + 1e-8
                    layers[depth][part] -= (rate * mean / (1 - 0.9**step) / size).astype(np.float32)
    return [tuple(layer) for layer in layers]


def report(name: str, pages: list[Page]) -> pd.DataFrame:
    """Print precision, recall and F1 of the text kept, by style of dump, as means over pages."""
    rows = []
    for style in ("para", "insc", "bs4", "twice", "flat", "blogs"):
        for label, some in (
            ("English", [one for one in pages if one.style == style and one.english]),
            ("all", [one for one in pages if one.style == style]),
        ):
            scored = np.array([agreement(kept_text(one), one.gold) for one in some])
            p, r = scored[:, 0].mean(), scored[:, 1].mean()
            rows.append((style, label, len(some), p, r, 2 * p * r / (p + r), (scored[:, 2] >= 0.95).mean()))
    table = pd.DataFrame(rows, columns=["dump", "language", "pages", "precision", "recall", "f1", "pages_95"])
    print(name, table.round(4).to_string(index=False), sep="\n")
    return table


def kept_text(one: Page) -> str:
    copies = [dataclasses.replace(line) for line in one.lines]
    lines.decide(copies, one.measured, one.scores)
    return "\n\n".join(line.text for line in copies if line.kept)


def agreement(text: str, gold: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of a text's four-word runs against another's."""
    found, wanted = Counter(runs(text)), Counter(runs(gold))
    both = (found & wanted).total()
    p, r = both / max(found.total(), 1), both / max(wanted.total(), 1)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def runs(text: str) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return [tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3))] if words else []


def fold_of(site: str) -> int:
    return fold_seed(site) % FOLDS


def fold_seed(name: str) -> int:
    return int(hashlib.md5(name.encode()).hexdigest(), 16)


CUTS_HEAD = """\
# How much a sign speaks for the end of a line between two words of a run-together text, in log-odds:
# sign <tab> weight; the empty sign is the intercept. Signs are those of layout.gaps. Fitted by
# tools/train_lines.py on dumps of news and blog pages; signs of fewer than ten sites are left out."""
WORDS_HEAD = """\
# How much a word speaks for the article (above zero) or the page around it: word <tab> weight; "^word" at the
# start of a line, "word$" at its end. Fitted by tools/train_lines.py on dumps of news and blog pages; words
# of fewer than five news sites are left out."""


def write_weights(target: Path, weights: dict[str, float], head: str) -> None:
    rows = [f"{sign}\t{weight:g}" for sign, weight in sorted(weights.items())]
    target.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
