"""04: what happened when, according to whom, and where accounts differ."""

from helpers.timeline.conflicts import date_conflicts, weekday_conflicts
from helpers.timeline.dates import TimeExpression, find
from helpers.timeline.entries import merge, named, tell
from helpers.timeline.events import place
from helpers.timeline.spans import days, excerpt, granularity
from helpers.timeline.telling import statements
from helpers.timeline.times import expressions
