"""Parallax: compare how several outlets report one event, so that anyone can check the comparison.

`helpers.load("seeds")` gives the tables of a corpus.
"""

__version__ = "0.1.0"
__all__ = ["load"]


def __getattr__(name: str) -> object:
    if name == "load":  # when it is asked for: it brings pandas, which the command line's help can do without
        from helpers.loading import load

        return load
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
