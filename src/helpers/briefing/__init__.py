"""05: the tables in sentences."""

from helpers.briefing.findings import GROUPS, compose
from helpers.briefing.wording import count, enumerate_names

__all__ = ["GROUPS", "compose", "count", "enumerate_names"]
