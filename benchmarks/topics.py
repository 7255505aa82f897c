"""How fast distinctive words are found, and how far z is from what other programs give.

    .venv/bin/python benchmarks/topics.py
    .venv/bin/python benchmarks/topics.py --data DIR

300 articles in two groups: synthetic ones of 640 words, or the first 300 of DIR/corpora/<set>, which holds
articles (title, empty line, text) that its manifest.csv lists. Seconds are wall time on one core, the best of
three runs. ConvoKit and Scattertext join in where they are installed. ConvoKit is not among the peers that
pyproject.toml names, as it brings PyTorch (5 GB); it works in an environment of its own:

    pip install convokit pandera pyyaml pydantic
    PYTHONPATH=src python benchmarks/topics.py
"""

import contextlib
import importlib
import io
import os
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import click

os.environ["OMP_NUM_THREADS"] = "1"  # read once, when pandas loads numpy

import numpy as np
import pandas as pd

from helpers.spelling import content_keys
from helpers.topics.keyness import by_group, chance, count_terms, keyness, stability
from helpers.words import tokens

ARTICLES, WORDS, PARAGRAPH = 300, 640, 40  # a synthetic article has as many words, parted like this
VOCABULARY = 60_000
PSEUDO_COUNT = 0.1  # ConvoKit's default


@click.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(data: Path | None) -> None:
    """Time counting, keyness and what follows it, and compare z with ConvoKit and Scattertext."""
    sentences = read(data) if data else synthetic()
    ids = sentences.article_id.unique()
    groups = pd.Series(np.resize(["A", "B"], len(ids)), ids)
    words = sum(len(tokens(text)) for text in sentences.text)
    counted = count_terms(sentences, groups)
    table = keyness(by_group(counted))
    click.echo(f"{len(ids)} articles, {words:,} words, {len(counted.terms):,} terms\n")
    click.echo("seconds, the whole work from the texts to z")
    click.echo(f"  Parallax: {seconds(lambda: keyness(by_group(count_terms(sentences, groups)))):.3f}")
    for name, variance, run in (
        ("ConvoKit", "two_term", convokit),
        ("Scattertext", "four_term", scattertext),
    ):
        try:
            importlib.import_module(name.lower())
        except ImportError:
            click.echo(f"  {name} is left out: it is not installed")
            continue
        ours = keyness(by_group(counted), prior=PSEUDO_COUNT, variance=variance).query("group == 'A'")
        theirs = run(sentences, groups)
        off = (ours.set_index("term").z - theirs()).abs()
        found = f"z is off by {off.max():.1e} at most, {off.isna().sum()} terms unmatched"
        click.echo(f"  {name}: {seconds(theirs):.3f}; {found}")
    beyond = table[table.z.abs() > 1.96]
    click.echo("\nseconds, what follows")
    click.echo(f"  chance: {seconds(lambda: chance(counted)):.3f}")
    click.echo(f"  stability of {len(beyond):,} rows: {seconds(lambda: stability(counted, beyond)):.3f}")


def seconds(run: Callable[[], object]) -> float:
    """The shortest of three runs."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def read(data: Path) -> pd.DataFrame:
    """The paragraphs of the first articles that have text."""
    rows = []
    for manifest in sorted((data / "corpora").glob("*/manifest.csv")):
        for file in pd.read_csv(manifest).file:
            text = (manifest.parent / file).read_text(encoding="utf-8").partition("\n\n")[2]
            told = [line for line in text.split("\n") if line.strip()]
            rows += [(f"{manifest.parent.name}/{file}", number, line) for number, line in enumerate(told, 1)]
    table = pd.DataFrame(rows, columns=["article_id", "paragraph", "text"]).assign(heading=False)
    return table[table.article_id.isin(table.article_id.unique()[:ARTICLES])]


def synthetic(seed: int = 0) -> pd.DataFrame:
    """Paragraphs of words drawn by Zipf's law."""
    draw = np.random.default_rng(seed)
    vocabulary = np.array([f"{np.base_repr(n, 36).lower()}a" for n in range(VOCABULARY)])
    weight = np.cumsum(1 / np.arange(1.0, VOCABULARY + 1))
    drawn = vocabulary[np.searchsorted(weight, draw.random(ARTICLES * WORDS) * weight[-1])]
    texts = [" ".join(words) for words in drawn.reshape(-1, PARAGRAPH)]
    article, paragraph = np.divmod(np.arange(len(texts)), WORDS // PARAGRAPH)
    ids = [f"a{number:03d}" for number in article]
    return pd.DataFrame({"article_id": ids, "paragraph": paragraph + 1, "text": texts, "heading": False})


def convokit(sentences: pd.DataFrame, groups: pd.Series) -> Callable[[], pd.Series]:
    """ConvoKit's Fighting Words on the same words; its corpus, an utterance an article, is not timed."""
    from convokit import Corpus, FightingWords, Speaker, Utterance
    from sklearn.feature_extraction.text import CountVectorizer

    texts = sentences.groupby("article_id").text.agg("\n".join)
    speaker = {group: Speaker(id=group) for group in groups.unique()}
    corpus = Corpus(
        utterances=[
            Utterance(id=one, speaker=speaker[groups[one]], text=text) for one, text in texts.items()
        ],
        disable_type_check=True,
    )

    def run() -> pd.Series:
        vectorizer = CountVectorizer(analyzer=content_keys)
        words = FightingWords(cv=vectorizer, prior=PSEUDO_COUNT, text_func=lambda utterance: utterance.text)
        with contextlib.redirect_stdout(io.StringIO()):
            words.fit(corpus, lambda u: u.speaker.id == "A", lambda u: u.speaker.id == "B")
        return words.get_ngram_zscores()["z-score"]

    return run


def scattertext(sentences: pd.DataFrame, groups: pd.Series) -> Callable[[], pd.Series]:
    """Scattertext's log-odds with a flat prior on its own matrix of the same words."""
    from scattertext.CorpusFromFeatureDict import CorpusFromFeatureDict
    from scattertext.termsignificance import LogOddsRatioUninformativeDirichletPrior

    frame = pd.DataFrame(
        {"group": sentences.article_id.map(groups).tolist(), "text": sentences.text.tolist()}
    )

    def run() -> pd.Series:
        counts = [Counter(content_keys(text)) for text in frame.text]
        corpus = CorpusFromFeatureDict(frame.assign(counts=counts), "group", "text", "counts").build()
        found = corpus.get_term_freq_df()
        z = LogOddsRatioUninformativeDirichletPrior(alpha_w=PSEUDO_COUNT).get_zeta_i_j_given_separate_counts
        return pd.Series(z(found["A freq"].to_numpy(), found["B freq"].to_numpy()), found.index)

    return run


if __name__ == "__main__":
    main()
