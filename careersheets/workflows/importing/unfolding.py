"""From the cells of a sheet to entries: one for each thing that a row, or a row and a column together, says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...model.cells import CellValue, column_letter
from ...tables.headers import fold
from ...tables.values import text_of
from .cells import SeenCells
from .imported import LeftOut, TotalCheck
from .legends import Legend
from .mapping import IGNORE, SheetMapping
from .placing import BodyRow, Layout, PlacedColumn, body_rows, lay_out
from .ratings import Rating, number_in, read_rating, statements_in
from .totals import NumberedCell, check_totals
from .words import REQUIRED_WORDS

# Fields whose cells are ratings, and fields whose cells hold several statements.
RATINGS = ("required", "self_rating", "manager_rating", "agreed_rating")
STATEMENTS = ("behaviours", "skills")
NUMBERS = ("rank", "weight")
_NAMED = {"levels": "level", "competencies": "competency", "people": "name"}

_NEW_COLUMN = "a column that the mapping does not know"
_IGNORED = "a column that the mapping leaves out"
_NOTE = "a line outside the table"
_NAMELESS = "a cell without a name for its row or column"
_NOT_NUMBER = "it is no number"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one place of a table says: `fields` by role, and the place."""

    place: str
    fields: Mapping[str, Any]


@dataclass(slots=True)
class Unfolded:
    """What was found on the sheets so far."""

    entries: list[Entry] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    totals: list[TotalCheck] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def unfold(cells: SeenCells, mapping: SheetMapping, values: Mapping[str, str], legend: Legend) -> Unfolded:
    """Every entry of one sheet, with all that was not taken over.

    Args:
        cells: the sheet.
        mapping: how it is read.
        values: what stands for which rating, by folded text.
        legend: the cells that explain the table.
    """
    found = Unfolded()
    layout = lay_out(cells, mapping, legend.cells)
    rows = body_rows(cells, layout, mapping.sections, legend.cells)
    found.left_out += _outside(cells, layout, rows)
    found.notes += _layout_notes(cells, layout, rows)
    numbered: list[NumberedCell] = []
    for row, keys in _with_keys(cells, mapping, layout, rows):
        for entry, column, rating in _entries(cells, mapping, layout, row, keys, values, found):
            found.entries.append(entry)
            if column is not None and rating is not None:
                is_plain = mapping.cells == "required" or "required" not in entry.fields
                numbered.append(NumberedCell(row, column.number, rating.points, is_plain))
    found.totals += check_totals(cells, layout, rows, numbered)
    return found


def _with_keys(
    cells: SeenCells, mapping: SheetMapping, layout: Layout, rows: list[BodyRow]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each data row with what its key columns, its section and the sheet's defaults say."""
    above: dict[str, CellValue] = {}
    section = ""
    for row in rows:
        if row.kind == "section":
            section, above = row.text, {}
        if row.kind != "data":
            continue
        keys: dict[str, Any] = {**mapping.defaults}
        if section:
            keys[mapping.sections] = section
        for column in layout.key_columns:
            value = cells.value(row.number, column.number)
            if column_letter(column.number) in mapping.fill_down:
                value = above.get(column.role) if value is None else value
                above[column.role] = value
            if value is not None:
                keys[column.role] = value
        yield row.number, keys


def _entries(
    cells: SeenCells,
    mapping: SheetMapping,
    layout: Layout,
    row: int,
    keys: dict[str, Any],
    values: Mapping[str, str],
    found: Unfolded,
) -> Iterator[tuple[Entry, PlacedColumn | None, Rating | None]]:
    first = min((column.number for column in layout.key_columns), default=1)
    place = cells.place(row, first)
    base = _read_fields(cells, layout, row, keys, values, found)
    if not layout.cell_columns:
        yield Entry(place, base), None, None
        return
    if mapping.rows != "entries":
        yield Entry(place, base), None, None
    base = {role: value for role, value in base.items() if role not in RATINGS}
    for column in layout.cell_columns:
        value = cells.value(row, column.number)
        if value is None:
            continue
        named = base | _names_of(mapping, column)
        kind = _kind_of_cell(mapping, column, base)
        yield from _cell_entry(cells.place(row, column.number), named, kind, value, values, found, column)


def _cell_entry(
    place: str,
    named: dict[str, Any],
    kind: str,
    value: CellValue,
    values: Mapping[str, str],
    found: Unfolded,
    column: PlacedColumn,
) -> Iterator[tuple[Entry, PlacedColumn, Rating | None]]:
    if kind in STATEMENTS:
        yield Entry(place, named | {kind: statements_in(value)}), column, None
    elif kind not in RATINGS:
        yield Entry(place, named | {kind: value}), column, None
    else:
        rating = read_rating(value, values)
        if rating.unread:
            found.left_out.append(LeftOut(place, str(value), rating.unread))
        elif not rating.is_blank:
            yield Entry(place, named | _said_by(rating, kind)), column, rating


def _said_by(rating: Rating, kind: str) -> dict[str, Any]:
    """The fields that a rating fills: the points, N/A, and what stood beside them."""
    said: dict[str, Any] = {kind: "N/A" if rating.not_applicable else rating.points}
    if rating.statements:
        said["behaviours"] = rating.statements
    if rating.label:
        said["label"] = rating.label
    return said | {mark: True for mark in ("optional", "critical") if getattr(rating, mark)}


def _kind_of_cell(mapping: SheetMapping, column: PlacedColumn, base: Mapping[str, Any]) -> str:
    """What the cells of a column hold; a row or column called Required holds what the level asks for."""
    _, _, own = column.role.partition(":")
    names = (column.header, str(base.get("name", "")))
    if mapping.cells != "required" and any(fold(name) in REQUIRED_WORDS for name in names):
        return "required"
    return own or mapping.cells


def _names_of(mapping: SheetMapping, column: PlacedColumn) -> dict[str, Any]:
    """What the column's headers name: a level, competency or person, and what the group above them says."""
    role = _NAMED.get(mapping.across, "")
    if not role:
        return {}
    _, _, kind = column.role.partition(":")
    if kind and column.group:
        return {role: column.group}
    if (
        mapping.group == "level"
        and role == "level"
        and column.group
        and fold(column.group) != fold(column.header)
    ):
        return {role: f"{column.group} {column.header}"}
    named = {role: column.header}
    return named | ({mapping.group: column.group} if mapping.group and column.group else {})


def _read_fields(
    cells: SeenCells,
    layout: Layout,
    row: int,
    keys: dict[str, Any],
    values: Mapping[str, str],
    found: Unfolded,
) -> dict[str, Any]:
    """The key columns of a row, read by what they hold."""
    numbers = {column.role: column.number for column in layout.key_columns}
    fields: dict[str, Any] = {}
    for role, value in keys.items():
        place = cells.place(row, numbers.get(role, 1))
        if role in RATINGS:
            fields |= _rating_field(place, role, value, values, found)
        elif role in STATEMENTS:
            fields[role] = statements_in(value)
        elif role in NUMBERS:
            number = value if isinstance(value, int | float) else number_in(text_of(value) or "")
            if number is None:
                found.left_out.append(LeftOut(place, str(value), _NOT_NUMBER))
            fields[role] = number
        else:
            fields[role] = value
    return fields


def _rating_field(
    place: str, role: str, value: CellValue, values: Mapping[str, str], found: Unfolded
) -> dict[str, Any]:
    rating = read_rating(value, values)
    if rating.unread:
        found.left_out.append(LeftOut(place, str(value), rating.unread))
        return {}
    return {} if rating.is_blank else _said_by(rating, role)


def _outside(cells: SeenCells, layout: Layout, rows: list[BodyRow]) -> Iterator[LeftOut]:
    """Lines and columns that hold something but belong to nothing."""
    for row in rows:
        if row.kind == "note":
            yield LeftOut(cells.place(row.number, 1), row.text, _NOTE)
    data = [row.number for row in rows if row.kind == "data"]
    for column in [*layout.new, *(column for column in layout.columns if column.role == IGNORE)]:
        filled = sum(cells.value(row, column.number) is not None for row in data)
        why = _NEW_COLUMN if column in layout.new else _IGNORED
        yield LeftOut(cells.place(layout.header_row, column.number), f"{column.header} ({filled} cells)", why)


def _layout_notes(cells: SeenCells, layout: Layout, rows: list[BodyRow]) -> Iterator[str]:
    again = [row.number for row in rows if row.kind == "again"]
    if again:
        yield f"{cells.sheet}: the header stands again in row {', '.join(map(str, again))}; it was passed over."
    for header in layout.missing:
        yield f'{cells.sheet}: the column "{header}" of the mapping is not there.'
