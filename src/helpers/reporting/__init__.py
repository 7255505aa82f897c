"""What notebooks and pages show: tables, figures, sentences; and the run that makes the pages."""

from helpers.reporting.cells import Ref, folded, interval, labels, listing, plain, say, scope, table
from helpers.reporting.evidence import matrix, ref, sentences
from helpers.reporting.figures import dots, heat, lanes, show, stacked
from helpers.reporting.methods import methods_table

__all__ = [
    "Ref", "dots", "folded", "heat", "interval", "labels", "lanes", "listing", "matrix", "methods_table",
    "plain", "ref", "say", "scope", "sentences", "show", "stacked", "table",
]  # fmt: skip
