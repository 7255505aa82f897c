"""What notebooks and pages show: tables, figures, sentences; and the run that makes the pages."""

from helpers.reporting.cells import Ref, interval, labels, listing, plain, say, scope, table
from helpers.reporting.evidence import matrix, ref, sentences
from helpers.reporting.figures import dots, lanes, show, stacked

__all__ = [
    "Ref", "dots", "interval", "labels", "lanes", "listing", "matrix", "plain", "ref", "say", "scope",
    "sentences", "show", "stacked", "table",
]  # fmt: skip
