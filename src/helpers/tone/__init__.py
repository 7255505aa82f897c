"""03: how each text speaks."""

from helpers.tone.compare import extremes, means, near_actors, pairs, running
from helpers.tone.lexicon import NEUTRAL, contributions, score

__all__ = ["NEUTRAL", "contributions", "extremes", "means", "near_actors", "pairs", "running", "score"]
