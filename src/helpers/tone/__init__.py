"""03: how each text speaks."""

from helpers.tone.compare import apart, extremes, means, near_actors
from helpers.tone.lexicon import NEUTRAL, score

__all__ = ["NEUTRAL", "apart", "extremes", "means", "near_actors", "score"]
