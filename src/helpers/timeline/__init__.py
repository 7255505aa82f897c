"""04: what happened when, according to whom."""

from helpers.timeline.dates import TimeExpression, find
from helpers.timeline.events import days, excerpt, expressions, granularity, merge, tellers

__all__ = ["TimeExpression", "days", "excerpt", "expressions", "find", "granularity", "merge", "tellers"]
