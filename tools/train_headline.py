"""Learn the weights by which `helpers.ingestion.headline` tells a headline from the lines around it.

    python tools/train_headline.py DATA_FOLDER          print how well weights learnt on other sites do
    python tools/train_headline.py DATA_FOLDER --write  learn from all sites, write headline_weights.tsv

DATA_FOLDER holds dumps `text_<style>_dev.jsonl.gz` (id, site, lang, text_dump, gold_text, gold_title) and
the same pages as HTML, `html_dev_news.jsonl.gz` (id, html): a page without `gold_title` counts with the
`<h1>` that its own mark-up names as its title. Each dump is seen twice, with the lines kept that
`lines.judge` keeps and with those that stand in `gold_text`: a headline must be found under either.
"""

import gzip
import json
import math
import re
import zlib
from pathlib import Path

import click
import lxml.html
import numpy as np
from scipy.optimize import minimize

from helpers.ingestion import headline
from helpers.ingestion.lines import Line, judge

STYLES = ("para", "insc", "bs4", "twice")
FOLDS = 5
RIDGE = 1.0
WEIGHTS = Path(headline.__file__).with_name("headline_weights.tsv")
ABOUT = """# Weights of what a line looks like (`headline.py`): feature <tab> weight; "none": no line is it.
# Learnt by tools/train_headline.py (conditional logit) from news pages; numbers only, no text.
"""


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="Learn from all sites and write the weights.")
def main(folder: Path, write: bool) -> None:
    """Train, and cross-validate by site."""
    headline.find = lambda lines: None  # the flags it learns from must not know what it found before
    pages = list(examples(folder))
    names = sorted({name for page in pages for features in page["found"].values() for name in features})
    if write:
        weights = learn(pages, names)
        rows = [f"{name}\t{weight:.3f}\n" for name, weight in zip([*names, "none"], weights, strict=True)]
        WEIGHTS.write_text(ABOUT + "".join(rows), encoding="utf-8")
        return
    for fold in range(FOLDS):
        weights = learn([page for page in pages if page["fold"] != fold], names)
        for page in pages:
            if page["fold"] == fold:
                page["right"], page["sure"] = judge_page(
                    page, dict(zip([*names, "none"], weights, strict=True))
                )
    report(pages)


def examples(folder: Path) -> list[dict]:
    """Every dump with a known title, under both kinds of flags: candidates, and which of them are right."""
    titles = {row["id"]: own_title(row["html"]) for row in rows(folder / "html_dev_news.jsonl.gz")}
    for style in STYLES:
        for row in rows(folder / f"text_{style}_dev.jsonl.gz"):
            title = row.get("gold_title") or titles.get(row["id"])
            if not title:
                continue
            for flags, lines in (("judged", judge(row["text_dump"])), ("gold", gold_lines(row))):
                found = headline.describe(lines)
                yield {
                    "style": style,
                    "flags": flags,
                    "english": row["lang"] == "en",
                    "stated": bool(row.get("gold_title")),
                    "fold": zlib.crc32(row["site"].encode()) % FOLDS,
                    "found": found,
                    "words": {place: plain(lines[place].text) for place in found},
                    "true": [p for p in found if plain(headline.clean(lines[p].text, lines)) == plain(title)],
                }


def rows(source: Path) -> list[dict]:
    """The rows of a gzipped JSON-lines file."""
    with gzip.open(source, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def own_title(html: str) -> str | None:
    """The first `<h1>` that agrees with the title in the page's head."""
    page = lxml.html.fromstring(html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    named = [*page.xpath('//meta[@property="og:title"]/@content'), page.findtext(".//title") or ""]
    for heading in page.iter("h1"):
        text = " ".join(heading.text_content().split())
        if len(text.split()) > 2 and any(
            plain(text) in plain(name) or plain(name) in plain(text) for name in named
        ):
            return text
    return None


def gold_lines(row: dict) -> list[Line]:
    """The dump's lines, those kept of which more than half stands in the article, in runs of four tokens."""
    tokens = re.findall(r"\w+", row["gold_text"])
    article = {tuple(tokens[i : i + 4]) for i in range(len(tokens) - 3)}
    lines = [Line(n, text.strip()) for n, text in enumerate(row["text_dump"].split("\n"), 1) if text.strip()]
    owned = [(word, line) for line in lines for word in re.findall(r"\w+", line.text)]
    inside = [False] * len(owned)
    for i in range(len(owned) - 3):
        if tuple(word for word, _ in owned[i : i + 4]) in article:
            inside[i : i + 4] = [True] * 4
    share: dict[int, list[bool]] = {}
    for (_, line), covered in zip(owned, inside, strict=True):
        share.setdefault(line.number, []).append(covered)
    seen = set()
    for line in lines:
        covered = share.get(line.number, [False])
        line.kept = 2 * sum(covered) > len(covered) and line.text not in seen
        seen.add(line.text)
    return lines


def learn(pages: list[dict], names: list[str]) -> np.ndarray:
    """Weights under which the right lines of a page are likeliest among its candidates and "none"."""
    tables, right, starts = [], [], [0]
    for page in pages:
        tables += [[float(features[name]) for name in names] + [0.0] for features in page["found"].values()]
        tables.append([0.0] * len(names) + [1.0])
        right += [place in page["true"] for place in page["found"]] + [not page["true"]]
        starts.append(len(tables))
    table, right = np.array(tables), np.array(right, dtype=float)
    page_of = np.repeat(np.arange(len(pages)), np.diff(starts))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = table @ weights
        shifted = np.exp(scores - np.maximum.reduceat(scores, starts[:-1])[page_of])
        everything = np.add.reduceat(shifted, starts[:-1])
        wanted = np.add.reduceat(shifted * right, starts[:-1])
        slope = table.T @ (shifted / everything[page_of] - shifted * right / wanted[page_of])
        value = np.log(everything / wanted).sum() + RIDGE / 2 * weights @ weights
        return value, slope + RIDGE * weights

    start = np.zeros(table.shape[1])
    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x


def judge_page(page: dict, weights: dict[str, float]) -> tuple[bool, float]:
    """Whether the best headline of a page is right, and its probability."""
    together: dict[str, float] = {}
    for place, features in page["found"].items():
        strength = math.exp(sum(weights[name] * value for name, value in features.items()))
        together[page["words"][place]] = together.get(page["words"][place], 0.0) + strength
    if not together:
        return False, 0.0
    best = max(together, key=together.get)
    sure = together[best] / (sum(together.values()) + math.exp(weights["none"]))
    return best in {page["words"][place] for place in page["true"]}, sure


def report(pages: list[dict]) -> None:
    """Recall (right of all pages) and precision (right of those given), by style, flags and threshold."""
    click.echo("pages             flags  style      n  sure  recall  precision")
    kinds = {
        "English, stated": lambda page: page["english"] and page["stated"],
        "English, all": lambda page: page["english"],
        "other, all": lambda page: not page["english"],
    }
    for kind, belongs in kinds.items():
        for flags in ("judged", "gold"):
            for style in STYLES:
                of = [p for p in pages if belongs(p) and p["flags"] == flags and p["style"] == style]
                for sure in (0.0, headline.SURE, 0.5):
                    given = [page["right"] for page in of if page["sure"] >= sure]
                    recall, precision = sum(given) / len(of), sum(given) / max(1, len(given))
                    shown = f"{len(of):4}  {sure:.2f}  {recall:.3f}   {precision:.3f}"
                    click.echo(f"{kind:16}  {flags:6} {style:6} {shown}")


def plain(text: str) -> str:
    """The letters and digits of a text."""
    return "".join(filter(str.isalnum, text.casefold()))


if __name__ == "__main__":
    main()
