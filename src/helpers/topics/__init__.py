"""02: what each text talks about."""

from helpers.topics.choice import choices
from helpers.topics.frequency import by_voice, group_table, groups, rates, sensitivity
from helpers.topics.keyness import SURVIVES, distinctive, standing
from helpers.topics.labels import known, read_labels, sample
from helpers.topics.position import openings, prominence
from helpers.topics.presence import BESIDE, absences, overview, states
from helpers.topics.validation import accuracy, agreement, trust

__all__ = [
    "BESIDE", "SURVIVES", "absences", "accuracy", "agreement", "by_voice", "choices", "distinctive",
    "group_table", "groups", "known", "openings", "overview", "prominence", "rates", "read_labels", "sample",
    "sensitivity", "standing", "states", "trust",
]  # fmt: skip
