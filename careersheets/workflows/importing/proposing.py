"""A first proposal of how a foreign table is to be read. It is shown to the user, who corrects it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ...model.cells import Grid, column_letter
from ...tables.headers import fold
from .cells import SeenCells, seen_cells
from .headers_of_tables import FoundHeader, find_header
from .legends import Legend, find_legend
from .mapping import IGNORE, ColumnMapping, SheetMapping, TableMapping
from .proposing_values import date_order, propose_scale, propose_values
from .ratings import number_in
from .table_kinds import CONTENT, KEYS_OF_ROWS, is_long, what_is_what
from .words import REQUIRED_WORDS, role_of, total_kind

_CYCLE_NAME = re.compile(r"(19|20)\d\d|\bq[1-4]\b|\bh[12]\b", re.IGNORECASE)
_LONG_TEXT = 25
# Roles that a wide table may have beside its cells; every other header is one of the things across.
_BESIDE = {
    "people": KEYS_OF_ROWS["people"]
    | {"level", "level_code", "manager", "department", "team", "cycle", "active", "hired"},
    "competencies": KEYS_OF_ROWS["competencies"]
    | {"category", "definition", "source", "licence", "family", "weight", "critical", "optional", "scale"},
    "levels": KEYS_OF_ROWS["levels"] | {"family", "track", "rank", "next_levels"},
}


def propose_mapping(path: Path, grids: Mapping[str, Grid], cycle: str = "") -> TableMapping:
    """How the sheets of `path` may be read."""
    seen = {name: seen_cells(grid) for name, grid in grids.items() if grid.visibility == "visible"}
    legends = {name: find_legend(cells) for name, cells in seen.items()}
    sheets = [
        _with_defaults(propose_sheet(cells, legends[name]), cells, path.stem) for name, cells in seen.items()
    ]
    used = [sheet for sheet in sheets if sheet.rows != IGNORE]
    if len(used) > 1:
        sheets = [_named_after_sheet(sheet) for sheet in sheets]
    values = propose_values(sheets, seen, legends)
    return TableMapping(
        sheets=tuple(sheets),
        scale=propose_scale(path.stem, sheets, seen, legends, values),
        defaults={"family": path.stem} | ({"cycle": cycle} if cycle else {}) | date_order(sheets, seen),
        values=values,
    )


def propose_sheet(cells: SeenCells, legend: Legend) -> SheetMapping:
    """How one sheet may be read; `ignore` where nothing looks like a table."""
    header = None if legend.whole_sheet else find_header(cells, legend)
    if header is None:
        return SheetMapping(cells.sheet, IGNORE)
    texts = _texts(cells, header)
    roles = {number: role_of(text) for number, text in texts.items()}
    if is_long(roles, texts):
        return _entries_sheet(cells, header, texts, roles)
    return _wide_sheet(cells, header, texts, roles, legend)


def _texts(cells: SeenCells, header: FoundHeader) -> dict[int, str]:
    return {n: cells.text(header.row, n) or cells.text(header.group_row, n) for n in header.columns}


def _entries_sheet(
    cells: SeenCells, header: FoundHeader, texts: Mapping[int, str], roles: Mapping[int, str]
) -> SheetMapping:
    columns: dict[str, ColumnMapping] = {}
    taken: set[str] = set()
    for number, text in texts.items():
        role = roles[number] if roles[number] not in taken else ""
        taken.add(role)
        columns[column_letter(number)] = ColumnMapping(text, role or IGNORE)
    rows = (
        "people"
        if not taken & {"competency", "competency_id"} and taken & KEYS_OF_ROWS["people"]
        else "entries"
    )
    return SheetMapping(
        cells.sheet,
        rows,
        header_row=header.row,
        fill_down=_blank_below(cells, header, columns),
        columns=columns,
    )


def _wide_sheet(
    cells: SeenCells, header: FoundHeader, texts: Mapping[int, str], roles: Mapping[int, str], legend: Legend
) -> SheetMapping:
    rows, across = what_is_what(cells, header, texts, roles)
    columns = _wide_columns(cells, header, texts, roles, rows, across)
    cell_numbers = [n for n in texts if columns[column_letter(n)].is_cell]
    return SheetMapping(
        cells.sheet,
        rows,
        across if cell_numbers else "",
        cells=_content(cells, header, cell_numbers, "people" in (rows, across)),
        header_row=header.row,
        group_row=header.group_row,
        group=_group(cells, header, cell_numbers, across),
        sections=_sections(cells, header, columns, rows, legend),
        fill_down=_blank_below(cells, header, columns),
        columns=columns,
    )


def _wide_columns(
    cells: SeenCells,
    header: FoundHeader,
    texts: Mapping[int, str],
    roles: Mapping[int, str],
    rows: str,
    across: str,
) -> dict[str, ColumnMapping]:
    columns: dict[str, ColumnMapping] = {}
    key_missing = not set(roles.values()) & KEYS_OF_ROWS[rows]
    for place, (number, text) in enumerate(texts.items()):
        role = roles[number]
        grouped = header.group_row and cells.text(header.group_row, number) not in ("", text)
        if place == 0 and key_missing:
            role = {"people": "name", "competencies": "competency", "levels": "level"}[rows]
        elif grouped and role in CONTENT | {"definition", "skills"}:
            role = f"cell:{'behaviours' if role == 'definition' else role}"
        elif total_kind(text):
            role = f"total:{total_kind(text)}"
        elif across == "people" and fold(text) in REQUIRED_WORDS:
            role = "required"
        elif role not in _BESIDE[rows] | {IGNORE} or role in {entry.role for entry in columns.values()} - {
            IGNORE
        }:
            role = "cell"
        columns[column_letter(number)] = ColumnMapping(text, role)
    return columns


def _content(cells: SeenCells, header: FoundHeader, numbers: list[int], of_people: bool) -> str:
    """What plain cells hold: ratings of people, required ratings, or statements where most cells are long."""
    if of_people:
        return "manager_rating"
    texts = [
        cells.text(row, number)
        for row in range(header.row + 1, cells.row_count + 1)
        for number in numbers
        if cells.own(row, number) is not None
    ]
    long = sum(len(text) > _LONG_TEXT and number_in(text[:1]) is None for text in texts)
    return "behaviours" if texts and long > 0.5 * len(texts) else "required"


def _group(cells: SeenCells, header: FoundHeader, numbers: list[int], across: str) -> str:
    """What the row above the headers names."""
    if not header.group_row or not numbers:
        return ""
    if across == "competencies":
        return "category"
    if across == "people":
        return "team"
    below = [cells.text(header.row, number).casefold() for number in numbers]
    repeated = len(set(below)) < len(below)
    sub_levels = all(len(text) <= 4 for text in below)
    return "level" if repeated or sub_levels else "track"


def _sections(
    cells: SeenCells, header: FoundHeader, columns: Mapping[str, ColumnMapping], rows: str, legend: Legend
) -> str:
    """What lines with a single cell name, if there are such lines between the rows."""
    named = {"competencies": "category", "people": "team", "levels": "track"}[rows]
    if named in {column.role for column in columns.values()}:
        return ""
    merged_over = 0
    for row in range(header.row + 1, cells.row_count):
        own = [n for n in header.columns if cells.own(row, n) is not None and (row, n) not in legend.cells]
        after = [n for n in header.columns if cells.own(row + 1, n) is not None]
        merged_over += own == [header.columns[0]] and len(after) > 1
    return named if merged_over else ""


def _blank_below(
    cells: SeenCells, header: FoundHeader, columns: Mapping[str, ColumnMapping]
) -> tuple[str, ...]:
    """Grouping columns whose value stands only in the first row of its group."""
    grouping = (
        "category",
        "family",
        "track",
        "level",
        "level_code",
        "team",
        "department",
        "name",
        "employee_id",
    )
    letters = []
    for number in header.columns:
        letter = column_letter(number)
        filled = [cells.value(row, number) is not None for row in range(header.row + 1, cells.row_count + 1)]
        role = columns[letter].role if letter in columns else ""
        if role in grouping and filled and filled[0] and sum(filled) < 0.6 * len(filled):
            letters.append(letter)
    return tuple(letters)


def _with_defaults(sheet: SheetMapping, cells: SeenCells, file: str) -> SheetMapping:
    """What a matrix of people lacks: the level that a line "Target" is for, and the cycle that the sheet is named after."""
    if "people" not in (sheet.rows, sheet.across):
        return sheet
    defaults: dict[str, str] = {}
    first = [cells.text(row, 1) for row in range(sheet.header_row + 1, cells.row_count + 1)]
    asked = {fold(text) for text in [*first, *(column.header for column in sheet.columns.values())]}
    if asked & REQUIRED_WORDS:
        defaults["level"] = file
    if _CYCLE_NAME.search(sheet.sheet):
        defaults["cycle"] = sheet.sheet
    return replace(sheet, defaults=defaults)


def _named_after_sheet(sheet: SheetMapping) -> SheetMapping:
    """With several sheets, a sheet's name says what its rows have in common."""
    roles = {column.role for column in sheet.columns.values()}
    if sheet.rows == IGNORE:
        return sheet
    if "people" in (sheet.rows, sheet.across):
        what = "cycle" if _CYCLE_NAME.search(sheet.sheet) else "team"
    elif sheet.across == "levels" or roles & {"level", "level_code"}:
        what = "family"
    else:
        what = "level"
    return sheet if what in roles else replace(sheet, defaults={what: sheet.sheet, **sheet.defaults})
