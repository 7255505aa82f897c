"""How well a codebook's terms find what readers find: on the texts they were written for, and on others.

    .venv/bin/python benchmarks/codebook.py [--data DIR]

On data/seeds: the terms as they were before anybody looked at a label (`codebooks/seeds_first.yml`), and as
they are now. With DIR, the benchmark folder: the terms of `codebooks/second_event.yml`, written from four
articles of an event and frozen, on the sentences of three more of its articles.
"""

from pathlib import Path

import click
import pandas as pd

from helpers import codebook, ingestion, paths, topics
from helpers.codebook import Codebook
from helpers.yaml_files import read_yaml

HERE = Path(__file__).parent / "codebooks"
EVENT = "corpora/allsides40/2014-11-25_grand-jury-call-not-the-end-for-police-office"


@click.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(data: Path | None) -> None:
    """Print precision and recall of each codebook, by topic and in the mean."""
    seeds = paths.DATA / "seeds"
    sentences, labels = _sentences(seeds), topics.read_labels(seeds)
    _show("data/seeds, the first terms", read_yaml(HERE / "seeds_first.yml", Codebook), sentences, labels)
    book, _ = codebook.read(seeds)
    _show("data/seeds, fit on the texts it was written for", book, sentences, labels)
    if data:
        labels = _read_codes(HERE / "second_event_labels.tsv")
        book = read_yaml(HERE / "second_event.yml", Codebook)
        title = "a second event, terms frozen after reading four other articles"
        _show(title, book, _sentences(data / EVENT), labels)


def _sentences(folder: Path) -> pd.DataFrame:
    return ingestion.sentences(ingestion.read_folder(folder)["articles"])


def _read_codes(source: Path) -> pd.DataFrame:
    """Labels from lines of a sentence's id and the codes it carries: what is not named is a no."""
    lines = [line.split("\t") for line in source.read_text().splitlines() if not line.startswith("#")]
    carried = {sentence_id: set(codes.split()) for sentence_id, codes in lines}
    every = sorted(set().union(*carried.values()))
    rows = [(one, code, code in codes, "1") for one, codes in carried.items() for code in every]
    return pd.DataFrame(rows, columns=["sentence_id", "code", "label", "coder"])


def _show(title: str, book: Codebook, sentences: pd.DataFrame, labels: pd.DataFrame) -> None:
    found = topics.accuracy(labels, codebook.match(sentences, book), sentences, book.frame())
    columns = ["code", "sentences", "yes", "matched", "precision", "recall", "f1"]
    click.echo(f"\n{title}\n{found[columns].round(3).to_string(index=False)}")


if __name__ == "__main__":
    main()
