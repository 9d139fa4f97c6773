"""What a Google Sheet consists of: its tabs by number, which a rename does not change, and what they are to us."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ...model.cells import CellValue, Grid, cell_address, column_number
from ...model.errors import InputError
from ...vocabulary.sheet import sheet_of
from ...vocabulary.workbook import HEADER_ROW, PERSON, SHEETS, START
from .cells import Message, from_google, plain, quoted_title

# A tab that is ours carries this, so that it is known by whatever title HR gives it.
TAB_MARK = "careersheets.sheet"
# Holds what one change of HR's rows replaced, and only while it is being made.
JOURNAL = "careersheets is writing"

LAYOUT_FIELDS = (
    "properties.title,namedRanges,sheets(properties(sheetId,title,hidden,sheetType,gridProperties(rowCount,columnCount)),"
    "merges,developerMetadata(metadataKey,metadataValue),data.rowData.values.effectiveFormat.numberFormat.type)"
)
_ALL_SHEETS = {sheet.name: sheet for sheet in map(sheet_of, SHEETS)}
_FEW_ROWS = 10


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab. `title` is what HR calls it, `name` what it is to us; rows and columns are those of the grid.

    `kinds` are the kinds of number formats by (row, column), 1-based, of the cells that have one.
    """

    id: int
    title: str
    name: str
    rows: int
    columns: int
    hidden: bool = False
    merged: tuple[str, ...] = ()
    kinds: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layout:
    """The tabs in order, without the journal, and single named cells by name as (sheet id, row, column), 1-based.

    `unfinished` if the journal is there, as after a run that was cut off.
    """

    title: str
    tabs: tuple[Tab, ...]
    named_cells: Mapping[str, tuple[int, int, int]]
    names: Mapping[str, str]
    unfinished: bool = False

    def tab(self, name: str) -> Tab | None:
        """The tab that is `name` to us."""
        return next((tab for tab in self.tabs if tab.name == name), None)

    @property
    def sheet_ids(self) -> dict[str, int]:
        """The number of each tab by what it is to us."""
        return {tab.name: tab.id for tab in self.tabs}


class SheetShrunken(InputError):
    """A tab lost so many rows that this looks like an accident rather than work."""

    def __init__(self, name: str, sheet: str, before: int, now: int, on_purpose: str) -> None:
        super().__init__(
            f'"{name}" has {now} rows on the tab "{sheet}" where it had {before}. Nothing was written. If rows were '
            f"deleted by mistake, bring them back under File > Version history; if on purpose, {on_purpose}."
        )


def read_layout(answer: Message) -> Layout:
    """The layout from the message Spreadsheet, asked for with `LAYOUT_FIELDS`."""
    sheets = [
        sheet
        for sheet in answer.get("sheets", [])
        if "gridProperties" in sheet["properties"] and sheet["properties"]["title"] != JOURNAL
    ]
    titles = {sheet["properties"]["title"] for sheet in sheets}
    tabs = tuple(_tab(sheet, titles) for sheet in sheets)
    by_id = {tab.id: tab for tab in tabs}
    named_cells, names = {}, {}
    for named in answer.get("namedRanges", []):
        place = named.get("range", {})
        tab = by_id.get(place.get("sheetId", 0))
        if tab is not None:
            top, left, bottom, right = _corners(place, tab.rows, tab.columns)
            first, last = cell_address(top, left), cell_address(bottom, right)
            names[named["name"]] = f"{quoted_title(tab.name)}!{first}" + ("" if first == last else f":{last}")
            if first == last:
                named_cells[named["name"].casefold()] = (tab.id, top, left)
    unfinished = any(sheet["properties"]["title"] == JOURNAL for sheet in answer.get("sheets", []))
    return Layout(answer["properties"]["title"], tabs, named_cells, names, unfinished)


def read_grids(layout: Layout, ranges: Sequence[Message]) -> dict[str, Grid] | None:
    """The cells of all tabs from the answer of one batchGet; None if rows came or went since the layout was read."""
    grids = {}
    for tab, values in zip(layout.tabs, ranges, strict=True):
        if _size_of(values["range"]) != (tab.rows, tab.columns):
            return None
        grids[tab.name] = _grid(tab, values.get("values", []))
    return grids


def fingerprint_inputs(grids: Mapping[str, Grid]) -> str:
    """The SHA-256 of everything that people enter, so that writing results back changes nothing in it.

    Left out are the tool's own sheets and columns, Requests among them, and the pages that only show by formula.
    """
    digest = hashlib.sha256()
    for name, grid in grids.items():
        sheet = _ALL_SHEETS.get(name)
        if name in (START, PERSON) or (sheet is not None and sheet.owner == "tool"):
            continue
        ours = (
            {column.header.casefold() for column in sheet.columns if column.owner == "tool"}
            if sheet
            else set()
        )
        columns = [
            [plain(value) for value in column]
            for column in grid.columns
            if not (len(column) >= HEADER_ROW and str(column[HEADER_ROW - 1]).strip().casefold() in ours)
        ]
        digest.update(json.dumps([name, columns], ensure_ascii=False).encode())
    return digest.hexdigest()


def count_rows(grids: Mapping[str, Grid]) -> dict[str, int]:
    """How many rows each sheet has that HR fills; to be kept, and given to the next run's `check_not_shrunken`."""
    return {
        name: grid.row_count
        for name, grid in grids.items()
        if name in _ALL_SHEETS and _ALL_SHEETS[name].owner != "tool"
    }


def check_not_shrunken(
    name: str, before: Mapping[str, int], now: Mapping[str, int], on_purpose: str = "run again"
) -> None:
    """Refuse to go on where a sheet lost more than half of its rows.

    Args:
        name: of the workbook.
        before: how many rows each sheet had.
        now: how many it has.
        on_purpose: what to do where that is right.

    Raises:
        SheetShrunken: it did; sheets of a few rows may.
    """
    for sheet, count in before.items():
        left = now.get(sheet, 0)
        if count >= HEADER_ROW + _FEW_ROWS and left - HEADER_ROW < (count - HEADER_ROW) / 2:
            raise SheetShrunken(name, sheet, count, left, on_purpose)


def _tab(sheet: Message, titles: set[str]) -> Tab:
    about = sheet["properties"]
    marks = {
        entry["metadataKey"]: entry.get("metadataValue", "") for entry in sheet.get("developerMetadata", [])
    }
    mark = marks.get(TAB_MARK, "")
    known = about["title"] if about["title"] in _ALL_SHEETS or mark in titles else mark or about["title"]
    size = about["gridProperties"]
    merged = tuple(_address(entry, size) for entry in sheet.get("merges", []))
    hidden = bool(about.get("hidden"))
    return Tab(
        about["sheetId"],
        about["title"],
        known,
        size["rowCount"],
        size["columnCount"],
        hidden,
        merged,
        _kinds(sheet),
    )


def _kinds(sheet: Message) -> dict[tuple[int, int], str]:
    kinds = {}
    for data in sheet.get("data", []):
        for row, cells in enumerate(data.get("rowData", []), 1):
            for column, cell in enumerate(cells.get("values", []), 1):
                kind = cell.get("effectiveFormat", {}).get("numberFormat", {}).get("type")
                if kind:
                    kinds[row, column] = kind
    return kinds


def _grid(tab: Tab, rows: Sequence[Sequence[object]]) -> Grid:
    cells: list[list[CellValue]] = [
        [from_google(value, tab.kinds.get((number, column), "")) for column, value in enumerate(row, 1)]
        for number, row in enumerate(rows, 1)
    ]
    while cells and not any(value is not None for value in cells[-1]):
        cells.pop()
    width = max(map(len, cells), default=0)
    full = [row + [None] * (width - len(row)) for row in cells]
    columns = tuple(zip(*full, strict=True)) if width else ()
    return Grid(tab.name, columns, "hidden" if tab.hidden else "visible", tab.merged)


def _corners(place: Message, rows: int, columns: int) -> tuple[int, int, int, int]:
    """A GridRange as first row, first column, last row, last column, 1-based."""
    return (
        place.get("startRowIndex", 0) + 1,
        place.get("startColumnIndex", 0) + 1,
        place.get("endRowIndex", rows),
        place.get("endColumnIndex", columns),
    )


def _address(place: Message, size: Message) -> str:
    top, left, bottom, right = _corners(place, size["rowCount"], size["columnCount"])
    return f"{cell_address(top, left)}:{cell_address(bottom, right)}"


def _size_of(text: str) -> tuple[int, int]:
    """The rows and columns of a whole tab from the range it answered with, such as `'To fix'!A1:Z1000`."""
    last = text.rpartition("!")[2].rpartition(":")[2]
    letters = last.rstrip("0123456789")
    return int(last[len(letters) :]), column_number(letters)
