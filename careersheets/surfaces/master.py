"""The master workbook that a command or button is about, wherever it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from ..books.book import BookContents, NamedCell
from ..books.diff import EditableBook
from ..books.formula_cells import Places
from ..model.cells import CellValue


class WorkBook(EditableBook, Protocol):
    """A master workbook on this computer, closed or open in Excel, or in Google Sheets."""

    def named_cell(self, name: str) -> NamedCell | None:
        """The cell with this defined name."""
        ...

    def fill_along(self, named_cells: Mapping[str, CellValue]) -> None:
        """Have cells filled with the next thing that is written."""
        ...


class ClosedBook(WorkBook, Protocol):
    """One that no program of ours has open."""

    def version(self) -> str:
        """A text that is another one after every change."""
        ...

    def formula_cells(self, contents: BookContents) -> Mapping[str, Places]:
        """By sheet, the cells that hold a formula."""
        ...


B = TypeVar("B", bound=WorkBook)
B_co = TypeVar("B_co", bound=WorkBook, covariant=True)


@dataclass(frozen=True, slots=True)
class Master(Generic[B_co]):
    """A master workbook. `folder` is where its documents and careersheets.toml are.

    `place` is where the workbook itself is: its path, or the id of a Google Sheet.
    """

    book: B_co
    folder: Path
    place: Path | str


def master_file(book: B, path: Path) -> Master[B]:
    """The master workbook that is a file at `path`, closed or open in Excel."""
    return Master(book, path.resolve().parent, path)
