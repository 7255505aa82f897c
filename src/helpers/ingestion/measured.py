"""What the line model and the rules for voice reached, as the notebook shows it."""

import pandas as pd

from helpers.ingestion.copies import COPY, FEWEST, SHINGLE
from helpers.ingestion.passages import PASSAGE
from helpers.words import read_measured

_SPEECH, _HEARD = "quotations that are speech", "characters attributed to somebody"  # in voice_measured.tsv


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


def methods() -> list[tuple[str, str]]:
    """How articles, copies and voices were told, with the thresholds and what the rules reached.

    Returns
    -------
    list of (part, sentence)
        For table `methods`.
    """
    lines, voice = line_scores(), voice_scores()
    f1 = lines[(lines.language == "English") & (lines.dump != "blogs")].f1
    rules = voice[voice.by == "the rules"].set_index("what")
    speech, heard = (rules.loc[f"{what}"] for what in (_SPEECH, _HEARD))
    return [
        (
            "corpus",
            "In text copied from a page a trained model told the lines of the article from all others; on "
            f"English pages of sites it had not seen its F1 lay between {f1.min():.2f} and {f1.max():.2f}, "
            "by the way of copying. Of web pages trafilatura extracted the article, and their markup "
            "corrected it.",
        ),
        (
            "copies",
            f"Texts that share {COPY:.0%} or more of the runs of {SHINGLE} words of the shorter one were "
            f"taken for copies of one text, quoted speech left out; one of fewer than {FEWEST} runs is "
            f"nobody's copy. Passages of {PASSAGE} words or more that two texts share were listed.",
        ),
        (
            "voice",
            "Quotations, reported speech and speakers were told by rules: of what they took for quoted "
            f"speech {speech.precision:.0%} was, and they found {speech.recall:.0%} of it; of the "
            f"characters attributed to somebody they found {heard.recall:.0%} with a precision of "
            f"{heard.precision:.2f} ({speech.articles} annotated articles).",
        ),
    ]
