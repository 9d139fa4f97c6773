"""One spreadsheet as the local Google keeps it: tabs, cells, and what hangs on them."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .areas import Area, area_of, grid_range_of, read_a1, unquoted
from .entries import Cell, external_value
from .field_mask import AsAsked, apply_mask
from .refusal import Refused

_EMPTY = AsAsked()
_WHITE = {"red": 1, "green": 1, "blue": 1}
DEFAULT_FORMAT: dict[str, Any] = {
    "backgroundColor": _WHITE,
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    },
    "backgroundColorStyle": {"rgbColor": _WHITE},
}


@dataclass
class Paint:
    """What all cells of an area got at once, empty ones too: attributes of a `Cell` by name, which nobody changes."""

    area: Area
    attributes: dict[str, Any]

    def cover(self, cell: Cell) -> Cell:
        for name, value in self.attributes.items():
            setattr(cell, name, value)
        return cell


class Tab:
    """One tab; `cells` by (row, column), 0-based; whatever is not there is empty and plain."""

    def __init__(self, sheet_id: int, title: str, rows: int = 1000, columns: int = 26) -> None:
        self.properties: dict[str, Any] = {
            "sheetId": sheet_id,
            "title": title,
            "index": 0,
            "sheetType": "GRID",
            "gridProperties": {"rowCount": rows, "columnCount": columns},
        }
        self.cells: dict[tuple[int, int], Cell] = {}
        self.paints: list[Paint] = []
        self.merges: list[Area] = []
        self.conditional: list[dict[str, Any]] = []
        self.charts: list[dict[str, Any]] = []
        self.protected: list[dict[str, Any]] = []
        self.filter: dict[str, Any] | None = None
        self.groups: dict[str, list[dict[str, Any]]] = {"ROWS": [], "COLUMNS": []}
        self.sizes: dict[str, dict[int, dict[str, Any]]] = {"ROWS": {}, "COLUMNS": {}}

    @property
    def id(self) -> int:
        return int(self.properties["sheetId"])

    @property
    def title(self) -> str:
        return str(self.properties["title"])

    @property
    def rows(self) -> int:
        return int(self.properties["gridProperties"]["rowCount"])

    @property
    def columns(self) -> int:
        return int(self.properties["gridProperties"]["columnCount"])

    @property
    def whole(self) -> Area:
        return Area(0, 0, self.rows, self.columns)

    def cell(self, row: int, column: int) -> Cell:
        if (row, column) not in self.cells:
            cell = self.cells[row, column] = Cell()
            for paint in self.paints:
                if paint.area.holds(row, column):
                    paint.cover(cell)
        return self.cells[row, column]

    def look_at(self, row: int, column: int) -> dict[str, Any]:
        """How a cell looks and what may be entered there, touched or not."""
        known = self.cells.get((row, column))
        if known is None:
            known = Cell()
            for paint in self.paints:
                if paint.area.holds(row, column):
                    paint.cover(known)
        return {name: getattr(known, name) for name in ("format", "kind", "pattern", "validation")}

    def paint(self, paint: Paint) -> None:
        """Cover the cells there are; others get theirs when somebody first touches them."""
        self.paints.append(paint)
        for place, cell in self.cells.items():
            if paint.area.holds(*place):
                paint.cover(cell)

    def area(self, grid_range: dict[str, Any]) -> Area:
        return area_of(grid_range, self.rows, self.columns)

    def filled(self, area: Area) -> dict[int, dict[int, Cell]]:
        """The cells that hold something, by row and column."""
        found: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in self.cells.items():
            if area.holds(row, column) and not cell.empty:
                found.setdefault(row, {})[column] = cell
        return found

    def shift(self, dimension: str, start: int, count: int) -> None:
        """Insert `count` rows or columns before `start`, or delete as many from there if negative."""
        axis = 0 if dimension == "ROWS" else 1
        moved: dict[tuple[int, int], Cell] = {}
        for place, cell in self.cells.items():
            if count < 0 and start <= place[axis] < start - count:
                continue
            by = count if place[axis] >= start else 0
            moved[(place[0] + by, place[1]) if axis == 0 else (place[0], place[1] + by)] = cell
        self.cells = moved
        self.properties["gridProperties"]["rowCount" if axis == 0 else "columnCount"] += count
        first, last = (
            ("startRowIndex", "endRowIndex") if axis == 0 else ("startColumnIndex", "endColumnIndex")
        )
        for protection in self.protected:
            for name in (first, last):
                at = protection["range"].get(name)
                if at is not None and (at > start or (at == start and name == first)):
                    protection["range"][name] = max(start, at + count)
        self.merges = [_shifted(area, axis, start, count) for area in self.merges]
        for paint in self.paints:
            paint.area = _shifted(paint.area, axis, start, count)

    def crop(self) -> None:
        """Drop what lies beyond a grid that became smaller."""
        self.cells = {place: cell for place, cell in self.cells.items() if self.whole.holds(*place)}


class Spreadsheet:
    """All of one file."""

    def __init__(self, file_id: str, title: str) -> None:
        self.id = file_id
        self.properties: dict[str, Any] = {
            "title": title,
            "locale": "en_US",
            "autoRecalc": "ON_CHANGE",
            "timeZone": "Etc/GMT",
            "defaultFormat": DEFAULT_FORMAT,
        }
        self.tabs = [Tab(0, "Sheet1")]
        self.names: list[dict[str, Any]] = []
        self.metadata: list[dict[str, Any]] = []

    def tab(self, sheet_id: int, where: str = "") -> Tab:
        for tab in self.tabs:
            if tab.id == sheet_id:
                return tab
        raise Refused(
            400, f"Invalid {where}: No grid with id: {sheet_id}" if where else f"No grid with id: {sheet_id}"
        )

    def titled(self, title: str) -> Tab | None:
        return next((tab for tab in self.tabs if tab.title.casefold() == title.casefold()), None)

    def number_tabs(self) -> None:
        for place, tab in enumerate(self.tabs):
            tab.properties["index"] = place

    def resolve(self, text: str) -> tuple[Tab, Area]:
        """A range in A1 notation, the title of a tab, or a name."""
        title, mark, rest = text.rpartition("!")
        name = next(
            (named for named in self.names if named["name"] == (rest if mark else unquoted(text))), None
        )
        if name is not None:
            tab = self.tab(name["range"].get("sheetId", 0))
            return tab, tab.area(name["range"])
        found = self.titled(unquoted(title if mark else text))
        if found is not None:
            return found, read_a1(rest, text, found.rows, found.columns) if mark else found.whole
        if mark:
            raise Refused(400, f"Unable to parse range: {text}")
        return self.tabs[0], read_a1(text, text, self.tabs[0].rows, self.tabs[0].columns)


def describe(
    book: Spreadsheet,
    wanted: Iterable[tuple[Tab, Area]] | None,
    *,
    grid: bool,
    mask: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The message Spreadsheet; with `wanted`, only those tabs, and of the cells only those areas.

    What the `mask` does not ask for of the cells is not gathered.
    """
    of_tab = _below(mask or {}, "sheets")
    chosen = list(wanted) if wanted is not None else [(tab, tab.whole) for tab in book.tabs]
    sheets = []
    for tab in book.tabs:
        areas = [area for owner, area in chosen if owner is tab]
        if areas:
            sheets.append(_describe_tab(book, tab, areas if grid else [], of_tab))
    answer = {
        "spreadsheetId": book.id,
        "properties": book.properties,
        "sheets": sheets,
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{book.id}/edit",
    }
    if book.names:
        answer["namedRanges"] = [_without_zero(name) for name in book.names]
    at_book = [entry for entry in book.metadata if entry["location"].get("spreadsheet")]
    return answer | ({"developerMetadata": at_book} if at_book else {})


def without_zero_id(message: dict[str, Any]) -> dict[str, Any]:
    """Google leaves out the number of a tab in a range where it is 0."""
    return _without_zero(message)


def _without_zero(message: dict[str, Any]) -> dict[str, Any]:
    inner = message.get("range")
    if isinstance(inner, dict) and inner.get("sheetId") == 0:
        return message | {"range": {name: value for name, value in inner.items() if name != "sheetId"}}
    return message


def _below(mask: dict[str, Any], name: str) -> dict[str, Any]:
    """The mask of what is called so; without one, everything."""
    found: dict[str, Any] = {} if "*" in mask else mask.get(name, {})
    return found


def _asks_for(mask: dict[str, Any], name: str) -> bool:
    return not mask or "*" in mask or name in mask


def _describe_tab(book: Spreadsheet, tab: Tab, areas: list[Area], mask: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = {"properties": tab.properties}
    if tab.merges:
        answer["merges"] = [grid_range_of(tab.id, area) for area in tab.merges]
    if tab.protected:
        answer["protectedRanges"] = [_without_zero(entry) for entry in tab.protected]
    if tab.filter is not None:
        answer["basicFilter"] = _without_zero(tab.filter)
    if tab.conditional and _asks_for(mask, "conditionalFormats"):
        answer["conditionalFormats"] = copy.deepcopy(tab.conditional)
    if tab.charts and _asks_for(mask, "charts"):
        answer["charts"] = copy.deepcopy(tab.charts)
    for dimension, name in (("ROWS", "rowGroups"), ("COLUMNS", "columnGroups")):
        if tab.groups[dimension]:
            answer[name] = tab.groups[dimension]
    here = [entry for entry in book.metadata if entry["location"].get("sheetId") == tab.id]
    if here:
        answer["developerMetadata"] = here
    if areas:
        within = [area.within(tab.rows, tab.columns) for area in areas]
        answer["data"] = [_grid_data(book, tab, area, _below(mask, "data")) for area in within]
    return answer


def _grid_data(book: Spreadsheet, tab: Tab, area: Area, mask: dict[str, Any]) -> dict[str, Any]:
    rows: dict[int, dict[int, dict[str, Any]]] = {}
    of_cell = _below(_below(mask, "rowData"), "values")
    looks: dict[str, dict[str, Any]] = {}
    for (row, column), cell in tab.cells.items() if _asks_for(mask, "rowData") else ():
        shown = _cell_data(cell, of_cell, looks) if area.holds(row, column) else {}
        if shown:
            rows.setdefault(row - area.top, {})[column - area.left] = shown
    data: dict[str, Any] = {
        name: first for name, first in (("startRow", area.top), ("startColumn", area.left)) if first
    }
    if rows:
        data["rowData"] = [_row_data(rows.get(row, {})) for row in range(max(rows) + 1)]
    if _asks_for(mask, "rowMetadata"):
        data["rowMetadata"] = [
            {"pixelSize": 21} | tab.sizes["ROWS"].get(row, {}) | _metadata_of(book, tab, "ROWS", row)
            for row in range(area.top, area.bottom)
        ]
    if _asks_for(mask, "columnMetadata"):
        data["columnMetadata"] = [
            {"pixelSize": 100} | tab.sizes["COLUMNS"].get(column, {})
            for column in range(area.left, area.right)
        ]
    return data


def _row_data(cells: dict[int, dict[str, Any]]) -> dict[str, Any]:
    values = [cells.get(column, _EMPTY) for column in range(max(cells) + 1)] if cells else []
    return AsAsked(values=values) if cells else {}


def _cell_data(cell: Cell, mask: dict[str, Any], looks: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The parts of the message CellData that are asked for; `looks` are effective formats by number format."""
    key = f"{cell.kind} {cell.pattern}"
    if mask.keys() == {"effectiveFormat"} and (cell.empty or key in looks):
        return {} if cell.empty else AsAsked(effectiveFormat=looks[key])
    data: dict[str, Any] = {}
    number_format = {"numberFormat": {"type": cell.kind, "pattern": cell.pattern}} if cell.kind else {}
    if not cell.empty:
        value = external_value(cell)
        if not cell.untouched:
            data["userEnteredValue"] = {"formulaValue": cell.formula} if cell.formula else value
        data["effectiveValue"] = value
        if _asks_for(mask, "formattedValue"):
            data["formattedValue"] = cell.formatted()
        if _asks_for(mask, "effectiveFormat"):
            if key not in looks:
                whole = DEFAULT_FORMAT | number_format
                looks[key] = AsAsked(apply_mask(whole, _below(mask, "effectiveFormat")))
            data["effectiveFormat"] = looks[key]
    if cell.format or number_format:
        data["userEnteredFormat"] = (cell.format or {}) | number_format
    if cell.note:
        data["note"] = cell.note
    if cell.validation:
        data["dataValidation"] = cell.validation
    return AsAsked(apply_mask(data, mask)) if data else {}


def _metadata_of(book: Spreadsheet, tab: Tab, dimension: str, place: int) -> dict[str, Any]:
    wanted = {"sheetId": tab.id, "dimension": dimension, "startIndex": place, "endIndex": place + 1}
    here = [entry for entry in book.metadata if entry["location"].get("dimensionRange") == wanted]
    return {"developerMetadata": here} if here else {}


def _shifted(area: Area, axis: int, start: int, count: int) -> Area:
    first, last = (area.top, area.bottom) if axis == 0 else (area.left, area.right)
    first = max(start, first + count) if first >= start else first
    last = max(start, last + count) if last > start else last
    return Area(first, area.left, last, area.right) if axis == 0 else Area(area.top, first, area.bottom, last)
