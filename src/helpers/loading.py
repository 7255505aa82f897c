"""The tables of a corpus for a person's own analysis: `helpers.load`."""

import contextlib
import warnings
from pathlib import Path

import pandas as pd

from helpers import paths, tables
from helpers.paths import CorpusError


class Tables(dict[str, pd.DataFrame]):
    """The tables of a corpus by name, as `loaded["mentions"]` or `loaded.mentions`, each a plain frame."""

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name in self:
            return self[name]
        raise AttributeError(f"There is no table {name!r}. The tables are: {', '.join(self)}")

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self]

    def describe(self, *names: str) -> object:
        """Show what each column of each table means, or of those that are named."""
        from helpers.reporting import cells

        shown = [
            cells.table(tables.describe(name), f"{name}: a row is {tables.SCHEMAS[name].row}")
            for name in names or self
        ]
        if not names:
            shown = [cells.folded(one, name) for name, one in zip(self, shown, strict=True)]
        html, text = (glue.join(map(of, shown)) for glue, of in (("\n", _html), ("\n\n", repr)))
        return cells.Shown(html, text)

    def _repr_html_(self) -> str:
        return _html(self._overview())

    def __repr__(self) -> str:
        return repr(self._overview())

    def _overview(self) -> object:
        from helpers.reporting import cells

        rows = [
            {"table": name, "rows": len(frame), "a row is": tables.SCHEMAS[name].row}
            | {"from": tables.SCHEMAS[name].writer}
            for name, frame in self.items()
        ]
        return cells.table(pd.DataFrame(rows), "The tables; .describe() says what their columns mean")


def load(corpus: str | Path = "seeds") -> Tables:
    """Read all tables of a corpus, with their links checked; where there are none yet, make them first.

    Parameters
    ----------
    corpus
        The name of a corpus, or its folder or table of articles. Tables that are there are read as they are,
        whatever parameters they were made with: ``python -m helpers report`` brings them up to date. Where
        one is missing, all notebooks are run with parameters of their own.

    Warns
    -----
    UserWarning
        If notebooks were run by themselves since the last run of all, so that tables may not fit together.

    Raises
    ------
    helpers.paths.CorpusError
        If there is no such corpus.
    helpers.reporting.run.RunError
        If a notebook stops that was to make the tables.
    """
    from helpers.reporting import record

    name, source = _named(corpus)
    if not all(tables.path(table, name).is_file() for table in tables.SCHEMAS):
        from helpers.reporting import run

        run.refresh(source, name=name)
    if alone := record.rewritten(name):
        what = (
            f"Run by themselves since the last run of all: {', '.join(alone)}. Tables of others may not fit"
        )
        warnings.warn(f"{what}. To have all anew: python -m helpers report {source}", stacklevel=2)
    return Tables(tables.stored(name))


def _named(corpus: str | Path) -> tuple[str, Path]:
    """A corpus's name and articles, by either of them."""
    if Path(corpus).name == corpus:
        with contextlib.suppress(CorpusError):
            source = paths.folder(corpus)
            if source.is_dir() or source.name != corpus:  # else a table, whose name has no ending
                return corpus, source
            return paths.claim(source), source
    return paths.claim(Path(corpus)), Path(corpus)


def _html(shown: object) -> str:
    return shown._repr_html_()
