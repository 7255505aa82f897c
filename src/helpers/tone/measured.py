"""What the tone model and the lists of loaded words reached, as the notebook shows it."""

from pathlib import Path

import pandas as pd


def model_scores() -> pd.DataFrame:
    """What the model of tone toward a target reached on documents and events it had not seen.

    Returns
    -------
    DataFrame
        `among` (which targets), `targets` (how many), `macro_f1` with `low` and `high` (95 %, documents or
        events drawn anew), `reversals` (of those that are and are read as positive or negative, the share
        read as the other), `in_order` (of pairs in one sentence with unlike labels, the share read so),
        `surer_half` (macro-F1 of the half with the higher confidence); `sure` (the share with a confidence
        of .6 or more) and `right` (the share of these read as labelled). From five-fold cross-validation
        (`tools/train_targets.py`).
    """
    return _read("targets_measured.tsv")


def calibration() -> pd.DataFrame:
    """How often the model is right for how sure it is.

    Returns
    -------
    DataFrame
        `among`, `confidence` (from, to), `targets`, `right` (the share read as labelled). Cross-validated.
    """
    return _read("targets_calibration.tsv")


def language_scores() -> pd.DataFrame:
    """What the lists of loaded words and others reached on judged sentences (`benchmarks/tone.py`)."""
    return _read("language_measured.tsv")


def _read(name: str) -> pd.DataFrame:
    return pd.read_csv(Path(__file__).with_name(name), sep="\t", comment="#")
