"""02: what each text talks about."""

from helpers.topics.choice import choices, choices_in_words
from helpers.topics.distinct import SURVIVES, compared_words, distinctive
from helpers.topics.frequency import by_voice, group_table, groups, rates, sensitivity
from helpers.topics.labels import known, read_labels, sample
from helpers.topics.position import openings, prominence, standing
from helpers.topics.presence import BESIDE, absences, overview, states, unusual
from helpers.topics.tallies import forms_together, paragraph_words, put_together, word_forms
from helpers.topics.themes import as_codebook, as_yaml, suggest
from helpers.topics.unique import UNLIKE, alone_in_words, only_here
from helpers.topics.validation import accuracy, codebook_scores, methods, trust, trust_in_words

__all__ = [
    "BESIDE", "SURVIVES", "UNLIKE", "absences", "accuracy", "alone_in_words", "as_codebook", "as_yaml",
    "by_voice", "choices", "choices_in_words", "codebook_scores", "compared_words", "distinctive",
    "forms_together", "group_table", "groups", "known", "methods", "only_here", "openings", "overview",
    "paragraph_words", "prominence", "put_together", "rates", "read_labels", "sample", "sensitivity",
    "standing", "states", "suggest", "trust", "trust_in_words", "unusual", "word_forms",
]  # fmt: skip
