"""What the tone model and the lists of loaded words reached, as the notebook shows it."""

import pandas as pd

from helpers.words import read_measured


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
    return read_measured(__file__, "targets_measured.tsv")


def calibration() -> pd.DataFrame:
    """How often the model is right for how sure it is.

    Returns
    -------
    DataFrame
        `among`, `confidence` (from, to), `targets`, `right` (the share read as labelled). Cross-validated.
    """
    return read_measured(__file__, "targets_calibration.tsv")


def language_scores() -> pd.DataFrame:
    """What the lists of loaded words and others reached on judged sentences (`benchmarks/tone.py`)."""
    return read_measured(__file__, "language_measured.tsv")
