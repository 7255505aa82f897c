"""04: what happened when, according to whom."""

from helpers.timeline.dates import TimeExpression, find
from helpers.timeline.entries import count_origins, days, excerpt, expressions, granularity, merge, tellers

__all__ = [
    "TimeExpression", "count_origins", "days", "excerpt", "expressions", "find", "granularity", "merge",
    "tellers",
]  # fmt: skip
