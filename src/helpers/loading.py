"""The tables of a corpus for a person's own analysis: `helpers.load`."""

import contextlib
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
        The name of a corpus, or its folder or table of articles. Tables that are there are read as the last
        run left them, with its parameters: ``python -m helpers report`` brings them up to date.

    Raises
    ------
    helpers.paths.CorpusError
        If there is no such corpus.
    helpers.reporting.run.RunError
        If a notebook stops that was to make the tables.
    """
    name, source = _named(corpus)
    if not all(tables.path(table, name).is_file() for table in tables.SCHEMAS):
        from helpers.reporting import run

        run.refresh(source, name=name)
    return Tables(tables.stored(name))


def _named(corpus: str | Path) -> tuple[str, Path]:
    """A corpus's name and articles, by either of them."""
    if Path(corpus).name == corpus:
        with contextlib.suppress(CorpusError):
            return corpus, paths.folder(corpus)
    return paths.claim(Path(corpus)), Path(corpus)


def _html(shown: object) -> str:
    return shown._repr_html_()
