"""02: what each text talks about."""

from helpers.topics.choice import choices
from helpers.topics.frequency import by_voice, group_table, groups, rates, sensitivity
from helpers.topics.keyness import SURVIVES, distinctive, standing
from helpers.topics.position import openings, prominence
from helpers.topics.presence import BESIDE, absences, overview, states

__all__ = [
    "BESIDE", "SURVIVES", "absences", "by_voice", "choices", "distinctive", "group_table", "groups",
    "openings", "overview", "prominence", "rates", "sensitivity", "standing", "states",
]  # fmt: skip
