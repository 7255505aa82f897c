"""What the tone model and the lists of loaded words reached, as the notebook shows it."""

import pandas as pd

from helpers.tone.compare import FEWEST_TEXTS, LEVEL
from helpers.tone.correction import FEWEST_READ
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


def methods() -> list[tuple[str, str]]:
    """How tone was read and compared, with the thresholds and what the model reached.

    Returns
    -------
    list of (part, sentence)
        For table `methods`.
    """
    news, ordinary = model_scores().iloc[0], model_scores().iloc[-1]
    return [
        (
            "tone",
            "The tone of each mention of an actor (negative, neutral, positive) was read by a model fitted "
            f"on labelled news sentences: macro-F1 {news.macro_f1:.2f} [{news.low:.2f}, {news.high:.2f}] on "
            f"documents it had not seen, {ordinary.macro_f1:.2f} [{ordinary.low:.2f}, {ordinary.high:.2f}] "
            "on ordinary mentions in reports of other events.",
        ),
        (
            "tone",
            "Groups of texts were compared by the mean over mentions, the draws being texts from "
            f"{FEWEST_TEXTS} of them on and paragraphs below, with a correction for the number of pairs "
            f"after Holm; a difference is a finding only if it holds at {LEVEL} after correction by "
            f"readers' labels of {FEWEST_READ} mentions or more of each group.",
        ),
    ]
