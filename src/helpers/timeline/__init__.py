"""04: what happened when, according to whom."""

from helpers.timeline.dates import TimeExpression, find
from helpers.timeline.events import days, expressions, granularity, merge, shorten, tellers

__all__ = ["TimeExpression", "days", "expressions", "find", "granularity", "merge", "shorten", "tellers"]
