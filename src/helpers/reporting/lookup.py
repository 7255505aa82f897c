"""Which rows of a table have these values, without searching it each time.

Of ten thousand texts a page asks thousands of times for rows of tables of half a million. A table is sorted
once for each set of columns that is asked for, and what was sorted is kept as long as the table lives.
"""

import weakref

import numpy as np
import pandas as pd


class Lookup:
    """The rows of one table, by the values of some of its columns; nothing may be written into it after."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = weakref.ref(frame)
        self._numbers: dict[str, tuple[np.ndarray, dict]] = {}
        self._sorted: dict[tuple[str, ...], tuple[np.ndarray, np.ndarray]] = {}
        self._said: Lookup | None = None
        self._marked: dict[tuple, np.ndarray] = {}

    def rows(self, columns: tuple[str, ...], wanted: list[tuple[str, ...]]) -> np.ndarray:
        """The numbers of the rows with one of the `wanted` values, a value a column.

        Examples
        --------
        >>> frame = pd.DataFrame({"kind": ["topic", "actor", "topic"], "code": ["pier", "mayor", "pier"]})
        >>> lookup(frame).rows(("kind", "code"), [("actor", "mayor"), ("actor", "pier")]).tolist()
        [1]
        """
        if columns not in self._sorted:
            keys = np.zeros(len(self._frame()), int)
            for column in columns:
                of_rows, number = self._numbered(column)
                keys = keys * len(number) + of_rows
            order = keys.argsort(kind="stable")
            self._sorted[columns] = order, keys[order]
        order, keys = self._sorted[columns]
        asked, known = np.zeros(len(wanted), int), np.ones(len(wanted), bool)
        for column, values in zip(columns, zip(*wanted, strict=True), strict=True):
            number = self._numbered(column)[1]
            one = np.array([number.get(value, -1) for value in values])
            asked, known = asked * len(number) + one, known & (one >= 0)
        asked = np.unique(asked[known])
        ends = zip(keys.searchsorted(asked), keys.searchsorted(asked, "right"), strict=True)
        return np.concatenate([np.empty(0, int), *(order[start:end] for start, end in ends)])

    def places(self, sentences: pd.DataFrame) -> np.ndarray:
        """The row in table `sentences` of the sentence of each row."""
        known = lookup(sentences)
        if self._said is not known:
            number = known._numbered("sentence_id")[1]
            self._marked.clear()
            self._said, self._places = known, self._frame().sentence_id.map(number).to_numpy(int)
        return self._places

    def marked(
        self, columns: tuple[str, ...], values: tuple[str, ...], sentences: pd.DataFrame
    ) -> np.ndarray:
        """Of each row of table `sentences` whether a row here with such values is of that sentence."""
        places, key = self.places(sentences), (columns, values)
        if key not in self._marked:
            self._marked[key] = np.zeros(len(sentences), bool)
            self._marked[key][places[self.rows(columns, [values])]] = True
        return self._marked[key]

    def _numbered(self, column: str) -> tuple[np.ndarray, dict]:
        """The values of a column as numbers, and the number of each value."""
        if column not in self._numbers:
            frame = self._frame()
            if column == "article_id" and column not in frame:
                values = [one.rsplit(":", 1)[0] for one in frame.sentence_id]
            else:
                values = frame[column]
            of_rows, known = pd.factorize(np.asarray(values, object), use_na_sentinel=False)
            self._numbers[column] = of_rows, {value: number for number, value in enumerate(known)}
        return self._numbers[column]


_KEPT: dict[int, tuple[weakref.ref, Lookup]] = {}


def lookup(frame: pd.DataFrame) -> Lookup:
    """The :class:`Lookup` of a table, the same one while the table lives."""
    number = id(frame)
    if number not in _KEPT:
        _KEPT[number] = weakref.ref(frame, lambda _: _KEPT.pop(number, None)), Lookup(frame)
    return _KEPT[number][1]
