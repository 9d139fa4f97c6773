"""The typed tables of one master workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..vocabulary.sheet import SheetModel, sheet_of


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet as a frame.

    `frame` has every column its model declares, those the sheet lacks being empty, and for each rating column a boolean
    column `<name>_na`. Its index is the sheet's row number, 1-based. `letters` says in which column of the sheet each
    stands; a column that the sheet lacks is not in it.
    """

    sheet: str
    frame: pd.DataFrame
    letters: Mapping[str, str]

    def cell(self, row: int, column: str) -> str:
        """The address of `column` in `row`, in A1 notation; the row alone (`A14`) where the sheet lacks the column."""
        return f"{self.letters.get(column, 'A')}{row}"


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of one workbook, by their model; a sheet that is missing is an empty table."""

    by_sheet: Mapping[str, Table]

    def __getitem__(self, model: type[SheetModel]) -> Table:
        return self.by_sheet[sheet_of(model).name]

    def frame(self, model: type[SheetModel]) -> pd.DataFrame:
        """The frame of `model`'s sheet."""
        return self[model].frame


def as_list(column: pd.Series | pd.Index) -> list[Any]:
    """The values of a column as a loop over it gives them, sooner where they are texts."""
    values: list[Any] = column.to_numpy(dtype=object).tolist()
    return values
