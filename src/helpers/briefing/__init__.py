"""05: the tables in sentences."""

from helpers.briefing.changes import Side, changes_text, compared
from helpers.briefing.findings import GROUPS, compose
from helpers.briefing.wording import count, enumerate_names

__all__ = ["GROUPS", "Side", "changes_text", "compared", "compose", "count", "enumerate_names"]
