"""02: what each text talks about."""

from helpers.topics.choice import choices
from helpers.topics.frequency import group_table, groups, rates, sensitivity
from helpers.topics.position import openings, prominence
from helpers.topics.presence import overview, states

__all__ = [
    "choices", "group_table", "groups", "openings", "overview", "prominence", "rates", "sensitivity",
    "states",
]  # fmt: skip
