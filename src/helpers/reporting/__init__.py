"""What notebooks and pages show: tables, figures, sentences; and the run that makes the pages."""

from helpers.reporting.canvas import looks
from helpers.reporting.cells import Ref, folded, interval, labels, listing, plain, say, scope, table
from helpers.reporting.evidence import matrix, ref, sentences
from helpers.reporting.figures import dots, heat, show, stacked
from helpers.reporting.methods import methods_table
from helpers.reporting.timelines import lanes

__all__ = [
    "Ref", "dots", "folded", "heat", "interval", "labels", "lanes", "listing", "looks", "matrix",
    "methods_table", "plain", "ref", "say", "scope", "sentences", "show", "stacked", "table",
]  # fmt: skip
