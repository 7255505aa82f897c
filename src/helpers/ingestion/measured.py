"""What the line model and the rules for voice reached, as the notebook shows it."""

import pandas as pd

from helpers.words import read_measured


def line_scores() -> pd.DataFrame:
    """What the line model reached on sites it had not seen, by style of dump and language.

    Returns
    -------
    DataFrame
        `dump`, `language`, `pages`; `precision`, `recall`, `f1` (of four-word runs, means over pages) and
        `pages_95`, the share of pages with an F1 of at least .95. From five-fold cross-validation by site
        (`tools/train_lines.py`).
    """
    return read_measured(__file__, "lines_measured.tsv")


def voice_scores() -> pd.DataFrame:
    """What the rules for voice reached on annotated news articles (`benchmarks/voice.py`)."""
    return read_measured(__file__, "voice_measured.tsv")
