"""Past one process: a corpus in chunks on several of them, and one of any size on many machines.

`each` and `read_folder` are what notebooks call; `run` is `python -m helpers scale`. All call the stages' own
functions.
"""

from helpers.scale.maps import each
from helpers.scale.pool import Failure, workers
from helpers.scale.reading import read_folder
from helpers.scale.rounds import run

__all__ = ["Failure", "each", "read_folder", "run", "workers"]
