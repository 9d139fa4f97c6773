"""What every page needs while a workbook is being built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ...vocabulary.sheet import Sheet
from .names import KnownNames
from .theme import Styles


@dataclass(frozen=True, slots=True)
class Building:
    """A workbook in the making: its formats, the rows it is filled with, and the names they give.

    `for_google` where it becomes a Google Sheet: the few things that no browser has are then said another way.
    """

    workbook: Workbook
    styles: Styles
    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    names: KnownNames
    for_google: bool = False

    def rows_of(self, sheet: Sheet) -> Sequence[Mapping[str, Any]]:
        """The rows of `sheet`; one empty row where there is none, for a table needs one."""
        return self.rows.get(sheet.name) or ({},)

    def page(self, name: str) -> Worksheet:
        """The worksheet called `name`."""
        worksheet = self.workbook.get_worksheet_by_name(name)
        if worksheet is None:
            raise KeyError(name)
        return worksheet
