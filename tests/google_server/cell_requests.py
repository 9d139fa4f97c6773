"""Requests of `spreadsheets.batchUpdate` about cells: their values, formats, notes, merging, sorting and copying."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from careersheets.books.formula_shift import shift_formula

from .areas import Area
from .entries import Cell
from .field_mask import Mask, read_mask
from .refusal import not_modelled
from .spreadsheet import Paint, Tab
from .tab_requests import Edit, Message
from .value_calls import check_protection

_LINK = ["userEnteredFormat", "textFormat", "link"]
# What of a cell goes to a whole area at once, empty cells too, by the field mask.
_PAINTED = {
    "userEnteredFormat": ("format", "kind", "pattern"),
    "userEnteredFormat.numberFormat": ("kind", "pattern"),
}


def update_cells(edit: Edit) -> Message:
    rows = edit.asked.get("rows", [])
    if "start" in edit.asked:
        tab = edit.tab(edit.asked["start"])
        top, left = edit.asked["start"].get("rowIndex", 0), edit.asked["start"].get("columnIndex", 0)
        area = Area(
            top, left, top + len(rows), left + max((len(row.get("values", [])) for row in rows), default=0)
        )
    else:
        tab, area = edit.place(edit.asked["range"])
    if not area.within(tab.rows, tab.columns) == area:
        raise edit.refused(f"Attempting to write beyond the grid: {area.a1(tab.title)}")
    check_protection(edit.book, tab, area, edit.user)
    paths = list(_paths(read_mask(edit.asked["fields"])))
    wipes = _wipes_paint(tab, paths)
    for row in range(area.top, area.bottom):
        values = rows[row - area.top].get("values", []) if row - area.top < len(rows) else []
        for column in range(area.left, area.right):
            wanted = values[column - area.left] if column - area.left < len(values) else {}
            if wanted or wipes or (row, column) in tab.cells:
                _set(tab.cell(row, column), wanted, paths)
    return {}


def _wipes_paint(tab: Tab, paths: list[list[str]]) -> bool:
    """Whether clearing these parts may change how an empty cell looks or what may be entered there."""
    if any(path not in (["userEnteredValue"], _LINK) for path in paths):
        return True
    formats = (paint.attributes.get("format") or {} for paint in tab.paints)
    return any("link" in known.get("textFormat", {}) for known in formats)


def repeat_cell(edit: Edit) -> Message:
    tab, area = edit.place(edit.asked["range"])
    check_protection(edit.book, tab, area, edit.user)
    painted = _PAINTED.get(edit.asked["fields"])
    paths = list(_paths(read_mask(edit.asked["fields"])))
    if painted:
        model = Cell()
        _set(model, edit.asked["cell"], paths)
        look = {name: getattr(model, name) for name in painted}
        tab.paint(Paint(area.within(tab.rows, tab.columns), look))
        return {}
    for row, column in area.within(tab.rows, tab.columns).cells():
        _set(tab.cell(row, column), edit.asked["cell"], paths)
    return {}


def append_cells(edit: Edit) -> Message:
    tab = edit.tab(edit.asked)
    last = max((row for row, _ in _filled(tab)), default=-1)
    missing = last + 1 + len(edit.asked["rows"]) - tab.rows
    tab.properties["gridProperties"]["rowCount"] += max(missing, 0)
    for down, row in enumerate(edit.asked["rows"], last + 1):
        for column, wanted in enumerate(row.get("values", [])):
            _set(tab.cell(down, column), wanted, list(_paths(read_mask(edit.asked["fields"]))))
    return {}


def merge_cells(edit: Edit) -> Message:
    tab, area = edit.place(edit.asked["range"])
    kind = edit.asked.get("mergeType", "MERGE_ALL")
    if kind == "MERGE_ROWS":
        new = [Area(row, area.left, row + 1, area.right) for row in range(area.top, area.bottom)]
    elif kind == "MERGE_COLUMNS":
        new = [Area(area.top, column, area.bottom, column + 1) for column in range(area.left, area.right)]
    else:
        new = [area]
    tab.merges = [old for old in tab.merges if not any(old.inside(one) for one in new)] + new
    for one in new:
        for place in one.cells()[1:]:
            if place in tab.cells:
                tab.cells[place].value, tab.cells[place].formula = None, ""
    return {}


def unmerge_cells(edit: Edit) -> Message:
    tab, area = edit.place(edit.asked["range"])
    tab.merges = [old for old in tab.merges if not old.inside(area)]
    return {}


def sort_range(edit: Edit) -> Message:
    """Cells move, the rows they stood in do not: what hangs on a row as metadata stays where it was."""
    tab, area = edit.place(edit.asked["range"])
    check_protection(edit.book, tab, area, edit.user)
    rows = [
        {column: tab.cells.get((row, column)) for column in range(area.left, area.right)}
        for row in range(area.top, area.bottom)
    ]
    for spec in reversed(edit.asked.get("sortSpecs", [])):
        column, down = spec.get("dimensionIndex", 0), spec.get("sortOrder") == "DESCENDING"
        filled = [row for row in rows if not _is_empty(row.get(column))]
        blank = [row for row in rows if _is_empty(row.get(column))]
        rows = sorted(filled, key=lambda row, at=column: _rank(row[at]), reverse=down) + blank
    for row, cells in enumerate(rows, area.top):
        for column, cell in cells.items():
            _put(tab, row, column, cell)
    return {}


def copy_paste(edit: Edit) -> Message:
    source_tab, source = edit.place(edit.asked["source"])
    tab, target = edit.place(edit.asked["destination"])
    check_protection(edit.book, tab, target, edit.user)
    kind = edit.asked.get("pasteType", "PASTE_NORMAL")
    if kind == "PASTE_FORMAT":
        return _paste_format(source_tab, source, tab, target)
    block = {
        (row - source.top, column - source.left): copy.deepcopy(source_tab.cells.get((row, column)))
        for row, column in source.cells()
    }
    for (down, across), cell in block.items():
        row, column = target.top + down, target.left + across
        if kind == "PASTE_VALUES":
            pasted = tab.cell(row, column)
            pasted.value, pasted.formula = (None, "") if cell is None else (cell.effective, "")
        elif kind == "PASTE_FORMULA" and cell is not None and cell.formula:
            tab.cell(row, column).calculate(shift_formula(cell.formula, row - source.top - down))
        else:
            _put(tab, row, column, cell)
    return {}


def _paste_format(source_tab: Tab, source: Area, tab: Tab, target: Area) -> Message:
    """The looks and what may be entered, again and again until the target is full."""
    height, width = source.bottom - source.top, source.right - source.left
    for down in range(height):
        for across in range(width):
            known = source_tab.look_at(source.top + down, source.left + across)
            for row in range(target.top + down, target.bottom, height) if height > 1 else (target.top,):
                for column in range(target.left + across, target.right, width):
                    bottom = target.bottom if height == 1 else row + 1
                    tab.paint(Paint(Area(row, column, bottom, column + 1), known))
    return {}


def cut_paste(edit: Edit) -> Message:
    source_tab, source = edit.place(edit.asked["source"])
    tab = edit.tab(edit.asked["destination"])
    top, left = edit.asked["destination"].get("rowIndex", 0), edit.asked["destination"].get("columnIndex", 0)
    block = {place: source_tab.cells.pop(place, None) for place in source.cells()}
    for (row, column), cell in block.items():
        _put(tab, top + row - source.top, left + column - source.left, cell)
    return {}


def _set(cell: Cell, wanted: dict[str, Any], paths: list[list[str]]) -> None:
    """The parts of a cell that the field mask names; what the message leaves out is cleared."""
    for parts in paths:
        path = parts[0]
        if path == "userEnteredValue":
            _set_value(cell, wanted.get(path, {}))
        elif path == "note":
            cell.note = wanted.get("note", "")
        elif path == "dataValidation":
            cell.validation = copy.deepcopy(wanted.get(path))
        elif path == "userEnteredFormat":
            _set_format(cell, parts[1:], wanted.get("userEnteredFormat", {}))
        else:
            raise not_modelled(f"the field {path} of a cell")


def _paths(mask: Mask) -> Iterator[list[str]]:
    for name, inner in mask.items():
        yield from ([name, *rest] for rest in _paths(inner)) if inner else iter([[name]])


def _set_value(cell: Cell, value: dict[str, Any]) -> None:
    cell.formula, cell.value = "", None
    if "formulaValue" in value:
        cell.calculate(value["formulaValue"])
    else:
        entry = next(iter(value.values()), None)
        cell.value = None if entry == "" else entry


def _set_format(cell: Cell, path: list[str], wanted: dict[str, Any]) -> None:
    if not path or path == ["numberFormat"]:
        number = wanted.get("numberFormat", {})
        cell.kind, cell.pattern = number.get("type", ""), number.get("pattern", "")
        if path:
            return
    if path and not _holds(wanted, path) and not _holds(cell.format or {}, path):
        return
    wanted = _with_styles(wanted)
    target = cell.format = copy.deepcopy(cell.format) or {}
    if not path:
        cell.format = {name: value for name, value in wanted.items() if name != "numberFormat"} or None
        return
    for name in path[:-1]:
        wanted, target = wanted.get(name, {}), target.setdefault(name, {})
    for name in (path[-1], f"{path[-1]}Style"):
        target.pop(name, None)
        if name in wanted:
            target[name] = copy.deepcopy(wanted[name])


def _holds(format_: dict[str, Any], path: list[str]) -> bool:
    """Whether a format says something at `path`, as a colour may in two ways."""
    for name in path[:-1]:
        format_ = format_.get(name) or {}
    return path[-1] in format_ or f"{path[-1]}Style" in format_


def _with_styles(wanted: dict[str, Any]) -> dict[str, Any]:
    """Google says every colour twice."""
    full: dict[str, Any] = {}
    for name, value in wanted.items():
        full[name] = _with_styles(value) if name == "textFormat" else copy.deepcopy(value)
        if name in ("backgroundColor", "foregroundColor"):
            full[f"{name}Style"] = {"rgbColor": copy.deepcopy(value)}
    return full


def _put(tab: Tab, row: int, column: int, cell: Cell | None) -> None:
    if cell is None:
        tab.cells.pop((row, column), None)
    else:
        tab.cells[row, column] = cell


def _filled(tab: Tab) -> list[tuple[int, int]]:
    return [place for place, cell in tab.cells.items() if not cell.empty]


def _is_empty(cell: Cell | None) -> bool:
    return cell is None or cell.empty


def _rank(cell: Cell | None) -> tuple[int, float, str]:
    value = cell.effective if cell else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return 0, value, ""
    return 1, 0, str(value).casefold()
