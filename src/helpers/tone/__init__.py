"""03: how each text speaks."""

from helpers.tone.compare import contrasts, extremes, means, running
from helpers.tone.correction import corrected
from helpers.tone.labels import agreement, known, marked, read_labels, sample
from helpers.tone.language import loaded_score
from helpers.tone.measured import calibration, language_scores, methods, model_scores
from helpers.tone.readings import event_and_evaluation, sensitivity, to_read, toward_actors

__all__ = [
    "agreement", "calibration", "contrasts", "corrected", "event_and_evaluation", "extremes", "known",
    "language_scores", "loaded_score", "marked", "means", "methods", "model_scores", "read_labels", "running",
    "sample", "sensitivity", "to_read", "toward_actors",
]  # fmt: skip
