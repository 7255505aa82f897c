"""03: how each text speaks."""

from helpers.tone.compare import extremes, means, near_actors, pairs, running
from helpers.tone.lexicon import NEUTRAL, contributions, left_out, score

__all__ = [
    "NEUTRAL", "contributions", "extremes", "left_out", "means", "near_actors", "pairs", "running", "score",
]  # fmt: skip
