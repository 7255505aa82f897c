"""Past one process: map stages over the articles of a corpus, and a corpus of any size on many machines.

`each` is what notebooks call; `run` is `python -m helpers scale`. Both call the stages' own functions.
"""

from helpers.scale.each import each
from helpers.scale.rounds import run
from helpers.scale.workers import Failure, workers

__all__ = ["Failure", "each", "run", "workers"]
