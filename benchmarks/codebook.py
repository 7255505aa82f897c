"""How well a codebook's terms find what readers find: on the texts they were written for, and on others.

    .venv/bin/python benchmarks/codebook.py DIR [--write]

On data/seeds: the terms as they were before anybody looked at a label (`codebooks/seeds_first.yml`), and as
they are now. Then the terms of `codebooks/second_event.yml`, written from four articles of an event and
frozen, on the sentences of three more of its articles, which are in DIR, the benchmark folder.
"""

from pathlib import Path

import click
import pandas as pd

from helpers import codebook, ingestion, paths, topics
from helpers.codebook import Codebook
from helpers.yaml_files import read_yaml

HERE = Path(__file__).parent / "codebooks"
MEASURED = paths.ROOT / "src" / "helpers" / "topics" / "codebook_measured.tsv"
_NOTE = (
    "# What codebooks reach against readers' labels, mean over topics (benchmarks/codebook.py DIR --write)"
)
EVENT = "corpora/allsides40/2014-11-25_grand-jury-call-not-the-end-for-police-office"


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="Store what 02 shows.")
def main(data: Path, write: bool) -> None:
    """Print precision and recall of each codebook, by topic and in the mean."""
    seeds = paths.DATA / "seeds"
    sentences, labels = _sentences(seeds), topics.read_labels(seeds)
    other, codes = _sentences(data / EVENT), _read_codes(HERE / "second_event_labels.tsv")
    first, frozen = (read_yaml(HERE / f"{name}.yml", Codebook) for name in ("seeds_first", "second_event"))
    rows = [
        _scored("data/seeds, the terms as first written", first, sentences, labels),
        _scored("data/seeds, fit on the texts it was written for", codebook.read(seeds), sentences, labels),
        _scored("another event, terms frozen after half of its articles", frozen, other, codes),
    ]
    if write:
        table = pd.DataFrame(rows).round(6)
        MEASURED.write_text(f"{_NOTE}\n{table.to_csv(index=False, sep=chr(9))}", encoding="utf-8")


def _sentences(folder: Path) -> pd.DataFrame:
    return ingestion.sentences(ingestion.read_folder(folder)["articles"])


def _read_codes(source: Path) -> pd.DataFrame:
    """Labels from lines of a sentence's id, a coder and the codes it carries: what is not named is a no."""
    lines = [line.split("\t") for line in source.read_text().splitlines() if not line.startswith("#")]
    carried = [(sentence_id, coder, set(codes.split())) for sentence_id, coder, codes in lines]
    every = sorted(set().union(*(codes for *_, codes in carried)))
    rows = [(one, code, code in codes, coder) for one, coder, codes in carried for code in every]
    return pd.DataFrame(rows, columns=["sentence_id", "code", "label", "coder"]).assign(draw="")


def _scored(title: str, book: Codebook, sentences: pd.DataFrame, labels: pd.DataFrame) -> dict:
    found = topics.trust(labels, codebook.match(sentences, book), sentences, book.frame())
    columns = ["code", "sentences", "disputed", "yes", "matched", "precision", "recall", "f1", "alpha"]
    click.echo(f"\n{title}\n{found[columns].round(3).to_string(index=False)}")
    mean, told = found[found.kind == "macro"].iloc[0], labels.sentence_id.nunique()
    shares = [f"{name}{end}" for name in ("precision", "recall") for end in ("", "_low", "_high")]
    return {"codebook": title, "topics": int(found.yes[:-1].gt(0).sum()), "sentences": told} | dict(
        mean[shares]
    )


if __name__ == "__main__":
    main()
