"""Parallax: compare how several outlets report one event, so that anyone can check the comparison."""

__version__ = "0.1.0"
