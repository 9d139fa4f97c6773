"""What every kind of master workbook can do, whatever product it is kept in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ..model.cells import CellValue, Grid, parse_address
from .workbook_index import split_place


@dataclass(frozen=True, slots=True)
class BookContents:
    """A workbook as it was read.

    `grids` are in tab order, by sheet name as HR wrote it; `names` are the workbook's defined names with the single
    cell or range each stands for (`cs_last_run -> Start!$K$3`); `fingerprint` is the SHA-256 of the bytes read, in hex,
    by which a later write notices that somebody else changed the workbook meanwhile.
    """

    name: str
    fingerprint: str
    grids: Mapping[str, Grid]
    names: Mapping[str, str] = field(default_factory=dict)

    def named_cell(self, name: str) -> NamedCell | None:
        """The cell with this defined name, whatever its capitals; None if there is none."""
        place = {known.casefold(): place for known, place in self.names.items()}.get(name.casefold(), "")
        sheet, address = split_place(place)
        if sheet not in self.grids or ":" in address:
            return None
        return NamedCell(f"{sheet}!{address}", self.grids[sheet].cell(*parse_address(address)))


@dataclass(frozen=True, slots=True)
class NamedCell:
    """A single cell that has a defined name: where it stands (`Start!B60`), and what is in it."""

    place: str
    value: CellValue


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads somewhere: `location` within the workbook (`Scores!F14`), or `target`, a path or address."""

    text: str
    location: str = ""
    target: str = ""


OutValue = CellValue | Link


@dataclass(frozen=True, slots=True)
class SheetRows:
    """The new content of one tool-owned sheet: everything from `first_row` down is replaced.

    Every row starts at `first_column`. Row and column are 1-based. Styles are those the sheet already has in its first
    body row, column by column. `header`, where there is one, are new values for the row above, in the styles it has.
    """

    sheet: str
    rows: Sequence[Sequence[OutValue]]
    first_row: int
    first_column: int
    header: Sequence[CellValue] = ()

    @property
    def header_cells(self) -> dict[tuple[int, int], CellValue]:
        """The new headers by (row, column), 1-based."""
        return {
            (self.first_row - 1, self.first_column + place): text for place, text in enumerate(self.header)
        }


@dataclass(frozen=True, slots=True)
class Changes:
    """All that one run writes: whole tool-owned sheets, and single cells addressed by their defined name.

    `keep_backups` is how many old versions of the workbook stay; None leaves it to the book.
    """

    sheets: Sequence[SheetRows] = ()
    named_cells: Mapping[str, CellValue] = field(default_factory=dict)
    keep_backups: int | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a write went. `note` is empty, or one sentence for the user ("open in Excel, so ...")."""

    written_to: str
    backup: str = ""
    note: str = ""


class Book(Protocol):
    """A master workbook. `read` and `write` raise `CareersheetsError`; `write` takes what `read` gave."""

    @property
    def name(self) -> str:
        """What the user calls it; a file name, never a path."""
        ...

    def read(self) -> BookContents:
        """All sheets, hidden ones too."""
        ...

    def write(self, contents: BookContents, changes: Changes) -> Receipt:
        """Write `changes` into the workbook that `contents` was read from, and nothing else."""
        ...
