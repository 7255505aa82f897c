"""04: what happened when, according to whom, and where accounts differ."""

from helpers.timeline.checks import told_differently
from helpers.timeline.conflicts import differences, differences_with, facts_that_differ
from helpers.timeline.dates import TimeExpression, find
from helpers.timeline.entries import anchored, merge, named, tell
from helpers.timeline.events import place
from helpers.timeline.spans import days, excerpt, granularity
from helpers.timeline.telling import statements
from helpers.timeline.timeml import to_timeml
from helpers.timeline.times import expressions
from helpers.timeline.views import counted, daters, listed, methods, numbered, placed, scores, side_by_side

__all__ = [
    "TimeExpression", "anchored", "counted", "daters", "days", "differences", "differences_with", "excerpt",
    "expressions", "facts_that_differ", "find", "granularity", "listed", "merge", "methods", "named",
    "numbered", "place", "placed", "scores", "side_by_side", "statements", "tell", "to_timeml",
    "told_differently",
]  # fmt: skip
