"""03: how each text speaks."""

from helpers.tone.compare import contrasts, extremes, means, running
from helpers.tone.correction import corrected
from helpers.tone.labels import agreement, known, read_labels, sample
from helpers.tone.language import loaded_score
from helpers.tone.readings import marked, sensitivity, toward_actors

__all__ = [
    "agreement", "contrasts", "corrected", "extremes", "known", "loaded_score", "marked", "means",
    "read_labels", "running", "sample", "sensitivity", "toward_actors",
]  # fmt: skip
