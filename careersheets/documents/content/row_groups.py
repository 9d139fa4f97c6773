"""The rows of a large frame by their key, made when they are asked for."""

from __future__ import annotations

from collections import OrderedDict, namedtuple
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

_KEPT = 256


class RowGroups(Mapping[tuple[Any, ...], list[Any]]):
    """Named tuples of the rows of a frame, by the values of some of its columns; in the frame's order.

    Only the groups asked for last are kept, so that the frame stays the only copy of a large company's rows.
    """

    def __init__(self, frame: pd.DataFrame, keys: Sequence[str]) -> None:
        groups = frame.groupby(list(keys), sort=False)
        number = groups.ngroup().fillna(-1).to_numpy(dtype="int64")
        order = np.argsort(number, kind="stable")
        order = order[np.searchsorted(number[order], 0) :]
        ends = np.cumsum(np.bincount(number[order])) if len(order) else np.empty(0, dtype="int64")
        known = frame.iloc[order[np.r_[0, ends[:-1]]]] if len(order) else frame.iloc[:0]
        self._places = {
            key: place for place, key in enumerate(zip(*(known[name].tolist() for name in keys), strict=True))
        }
        self._ends = ends
        self._columns = [_values(frame[name].iloc[order]) for name in frame.columns]
        self._row = namedtuple("Row", list(frame.columns))  # type: ignore[misc]
        self._kept: OrderedDict[tuple[Any, ...], list[Any]] = OrderedDict()

    def __getitem__(self, key: tuple[Any, ...]) -> list[Any]:
        if key not in self._kept:
            place = self._places[key]
            rows = slice(int(self._ends[place - 1]) if place else 0, int(self._ends[place]))
            values = zip(*(column[rows].tolist() for column in self._columns), strict=True)
            self._kept[key] = [self._row(*row) for row in values]
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return self._kept[key]

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _values(column: pd.Series) -> np.ndarray | ExtensionArray:
    """Values whose slices give a loop what the column would: dates with their methods, texts as texts."""
    values: np.ndarray | ExtensionArray = column.array if column.dtype.kind in "mM" else column.to_numpy()
    return values
