"""What notebooks and pages show: tables, figures, sentences; and the run that makes the pages."""

from importlib import import_module

_MODULES = {
    "canvas": ["looks"],
    "cells": ["Ref", "folded", "interval", "labels", "listing", "plain", "say", "scope", "table"],
    "evidence": ["matrix", "ref", "sentences"],
    "figures": ["dots", "heat", "show", "stacked"],
    "methods": ["methods_table"],
    "timelines": ["lanes"],
}
__all__ = [
    "Ref", "dots", "folded", "heat", "interval", "labels", "lanes", "listing", "looks", "matrix",
    "methods_table", "plain", "ref", "say", "scope", "sentences", "show", "stacked", "table",
]  # fmt: skip


def __getattr__(name: str) -> object:
    for module, names in _MODULES.items():  # when asked for: a run that finds nothing changed needs none
        if name in names:
            return getattr(import_module(f"helpers.reporting.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
