"""05: the tables in sentences."""

from helpers.briefing.findings import GROUPS, count, enumerate_names, findings, openings

__all__ = ["GROUPS", "count", "enumerate_names", "findings", "openings"]
