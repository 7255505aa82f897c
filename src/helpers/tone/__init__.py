"""03: how each text speaks."""

from helpers.tone.compare import contrasts, extremes, means, running
from helpers.tone.correction import corrected
from helpers.tone.labels import agreement, known, read_labels, sample
from helpers.tone.lexicon import NEUTRAL, contributions, left_out, score

__all__ = [
    "NEUTRAL", "agreement", "contrasts", "contributions", "corrected", "extremes", "known", "left_out",
    "means", "read_labels", "running", "sample", "score",
]  # fmt: skip
