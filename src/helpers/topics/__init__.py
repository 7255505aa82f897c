"""02: what each text talks about."""

from helpers.topics.choice import choices
from helpers.topics.frequency import frequent_words, group_table, groups, prominence, rates, sensitivity
from helpers.topics.presence import states

__all__ = [
    "choices", "frequent_words", "group_table", "groups", "prominence", "rates", "sensitivity", "states",
]  # fmt: skip
