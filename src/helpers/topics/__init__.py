"""02: what each text talks about."""

from helpers.topics.frequency import frequent_words, prominence, rates

__all__ = ["frequent_words", "prominence", "rates"]
