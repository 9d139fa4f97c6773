"""Lossless changes to an .xlsx: whole sheets of the tool's, single cells and added rows of anybody's.

Everything else in the file stays byte for byte as it was. See docs/excel_patch.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ..model.cells import LAST_COLUMN, LAST_ROW, CellValue, cell_address
from .book import Link, OutValue, SheetRows
from .cell_formats import CellFormats
from .cell_xml import CellWriter
from .formula_shift import shift_formula
from .growing_ranges import Growth, check_free, grow_names, grow_shell, grow_tables, growth_of, table_names
from .package import Package
from .refusals import WriteRefusal, WriteRefused
from .row_heights import row_heights
from .row_writing import RowStyle, merge_rows, patched_row, replace_from, style_of_row
from .sheet_shell import Shell, add_links, clear_below, resize_filter, resize_table, set_dimension, shell_of
from .sheet_stream import Survey, UnusualXml, split_cells, survey_sheet
from .workbook_index import SheetEntry
from .workbook_parts import add_sheet_part, drop_calculation_chain, uses_1904
from .xml_outline import BadXml

_PLAIN_FORMULA = re.compile(rb"<(?:\w+:)?f>([^<]+)</")


def replace_sheet(package: Package, new: SheetRows, formats: CellFormats | None = None) -> None:
    """Replace everything from `new.first_row` down on a tool-owned sheet, in the style of its first body row.

    Raises:
        WriteRefused: no such sheet, or one that cannot be changed.
    """
    entry = _entry(package, new.sheet)
    _check_inside(
        package, new.sheet, new.first_row + len(new.rows) - 1, new.first_column + _widest(new.rows) - 1
    )
    source = package.source(entry.part)
    survey = _survey(package, entry, lambda number: number == new.first_row, new.first_row)
    look = style_of_row(survey, new.first_row)
    shell = _shell_after_replacing(survey, new, look)
    writer = _writer(package, survey, formats)
    heights = row_heights(package, shell, look.styles)
    package.replace(entry.part, replace_from(source, shell, new, writer, look, heights))
    last_row = new.first_row + max(len(new.rows), 1) - 1
    for table in table_names(package, entry, shell):
        package.replace(table, resize_table(package.read(table), last_row, clear_filter=True))
    if survey.dropped_formula:
        drop_calculation_chain(package)


def patch_cells(
    package: Package, sheet: str, values: Mapping[tuple[int, int], CellValue], *, over_formulas: bool = False,
    formats: CellFormats | None = None,
) -> None:  # fmt: skip
    """Give the cells at (row, column), 1-based, new values in the style they have, or that `formats` finds fitting.

    Raises:
        WriteRefused: no such sheet, or one that cannot be changed, or a formula stands in one of the cells and
            `over_formulas` is not set.
    """
    if not values:
        return
    entry = _entry(package, sheet)
    last_row, last_column = max(row for row, _ in values), max(column for _, column in values)
    _check_inside(package, sheet, last_row, last_column)
    by_row: dict[int, dict[int, OutValue]] = {}
    for (row, column), value in values.items():
        by_row.setdefault(row, {})[column] = value
    source = package.source(entry.part)
    survey = _survey(package, entry, lambda number: number in by_row)
    overwritten = [place for place in values if _has_formula(survey, *place)]
    if overwritten and not over_formulas:
        raise WriteRefused(
            package.path, WriteRefusal.FORMULA, f"{entry.name}!{cell_address(*overwritten[0])}"
        )
    writer, look = _writer(package, survey, formats), style_of_row(survey, 0)
    rows = {
        number: patched_row(survey.tags, writer, number, survey.rows.get(number, b""), cells, look=look)
        for number, cells in by_row.items()
    }
    shell = set_dimension(shell_of(survey), max(last_row, survey.last_row), last_column)
    package.replace(entry.part, merge_rows(source, shell, rows))
    if overwritten:
        drop_calculation_chain(package)


def append_rows(
    package: Package,
    sheet: str,
    rows: Sequence[Sequence[OutValue]],
    *,
    first_column: int = 1,
    header_row: int = 1,
    formats: CellFormats | None = None,
) -> int:
    """Add rows below the last one that HR filled in, looking like it; returns the number of the first.

    None leaves a cell to what is there. Where the row above has a formula, the new row gets it too. Tables, filters,
    conditional formats, validations and defined names that ended at the last row reach the new ones.

    Raises:
        WriteRefused: no such sheet, one that cannot be changed, or something is in the way.
    """
    entry = _entry(package, sheet)
    last = max(_survey(package, entry, lambda _: False).last_filled, header_row)
    new_last = last + len(rows)
    _check_inside(package, sheet, new_last, first_column + _widest(rows) - 1)
    source = package.source(entry.part)
    survey = _survey(package, entry, lambda number: last <= number <= new_last)
    shell = shell_of(survey)
    growth = growth_of(package, entry, shell, header_row, (last, new_last))
    check_free(package, entry, shell, growth)
    writer = _writer(package, survey, formats)
    new = _appended_rows(package, survey, SheetRows(entry.name, rows, last + 1, first_column), growth, writer)
    shell = set_dimension(shell, max(growth.new_last, survey.last_row), first_column + _widest(rows) - 1)
    package.replace(entry.part, merge_rows(source, grow_shell(shell, growth), new))
    grow_tables(package, entry, shell, growth)
    grow_names(package, entry.name, growth)
    return last + 1


def add_sheet(
    package: Package, new: SheetRows, *, above: Sequence[Sequence[OutValue]] = (), hidden: bool = False,
    formats: CellFormats | None = None,
) -> None:  # fmt: skip
    """Add a sheet at the end, such as a tool-owned one that HR deleted; `above` are its rows from row 1 down.

    Raises:
        WriteRefused: there is a sheet of that name.
    """
    if package.index.sheet(new.sheet) is not None:
        raise WriteRefused(package.path, WriteRefusal.SHEET_EXISTS, new.sheet)
    part = add_sheet_part(package, new.sheet, hidden=hidden)
    entry = SheetEntry(new.sheet, part, "visible", "worksheet")
    package.index = replace(package.index, sheets=(*package.index.sheets, entry))
    if above:
        replace_sheet(package, SheetRows(new.sheet, above, 1, 1))
    if formats is not None:
        # Its rows are written after the styles are.
        formats.prepare("")
    replace_sheet(package, new, formats)


def _appended_rows(
    package: Package, survey: Survey, new: SheetRows, growth: Growth, writer: CellWriter
) -> dict[int, bytes]:
    """The new rows by number. A row that is there already, empty but formatted, keeps its own looks and formulas."""
    # Below the header a template keeps one empty row that shows how the others are to look.
    model = growth.old_last if growth.old_last > growth.header_row else growth.header_row + 1
    look, formulas = style_of_row(survey, model), _formulas(survey, model)
    written = {}
    for number, row in enumerate(new.rows, new.first_row):
        values = {new.first_column + across: value for across, value in enumerate(row) if value is not None}
        there = survey.rows.get(number, b"")
        for column in values:
            if _has_formula(survey, number, column):
                raise WriteRefused(
                    package.path, WriteRefusal.FORMULA, f"{new.sheet}!{cell_address(number, column)}"
                )
        kept = {cell.column for cell in split_cells(survey.tags, there)} | values.keys()
        content = patched_row(
            survey.tags, writer, number, there, {**_blanks(look, kept), **values}, look=look
        )
        filled_down = {
            column: shift_formula(text, number - model)
            for column, text in formulas.items()
            if column not in kept
        }
        written[number] = _with_formulas(survey, content, number, filled_down) if filled_down else content
    return written


def _blanks(look: RowStyle, kept: set[int]) -> dict[int, OutValue]:
    """Styled cells without value wherever the row above has a style and the new row has nothing yet."""
    return dict.fromkeys(look.own - kept)


def _formulas(survey: Survey, number: int) -> dict[int, str]:
    """The formulas of a row as XML text, by column; shared and array formulas are left out."""
    found = {}
    for cell in split_cells(survey.tags, survey.rows.get(number, b"")):
        match = _PLAIN_FORMULA.search(cell.content)
        if match is not None:
            found[cell.column] = match[1].decode().replace("&quot;", '"').replace("&apos;", "'")
    return found


def _with_formulas(survey: Survey, row: bytes, number: int, formulas: Mapping[int, str]) -> bytes:
    """The row with formulas (XML text by column) that no program has calculated yet."""
    cells = {cell.column: cell for cell in split_cells(survey.tags, row)}
    p = survey.tags.prefix.decode()
    contents = {column: cell.content for column, cell in cells.items()}
    for column, formula in formulas.items():
        style = f' s="{cells[column].style}"' if column in cells and cells[column].style else ""
        contents[column] = (
            f'<{p}c r="{cell_address(number, column)}"{style}><{p}f>{formula}</{p}f></{p}c>'.encode()
        )
    opening = survey.tags.row.match(row)
    start = row[: opening.end()] if opening else b""
    return start + b"".join(contents[column] for column in sorted(contents)) + survey.tags.row_end


def _has_formula(survey: Survey, row: int, column: int) -> bool:
    cells = split_cells(survey.tags, survey.rows.get(row, b""))
    return any(cell.column == column and cell.has_formula for cell in cells)


def _writer(package: Package, survey: Survey, formats: CellFormats | None = None) -> CellWriter:
    fitting = formats.fitting if formats is not None else None
    return CellWriter(survey.tags.prefix.decode(), date1904=uses_1904(package), fitting=fitting)


def _entry(package: Package, sheet: str) -> SheetEntry:
    entry = package.index.sheet(sheet)
    if entry is None or package.name_of(entry.part) is None:
        raise WriteRefused(package.path, WriteRefusal.NO_SUCH_SHEET, sheet)
    return entry


def _widest(rows: Sequence[Sequence[OutValue]]) -> int:
    return max((len(row) for row in rows), default=1)


def _check_inside(package: Package, sheet: str, last_row: int, last_column: int) -> None:
    if last_row > LAST_ROW or last_column > LAST_COLUMN:
        raise WriteRefused(package.path, WriteRefusal.OUTSIDE, sheet)


def _survey(
    package: Package, entry: SheetEntry, wanted: Callable[[int], bool], dropped_from: int | None = None
) -> Survey:
    try:
        return survey_sheet(package.stream(entry.part), wanted, dropped_from)
    except (UnusualXml, BadXml) as error:
        raise WriteRefused(package.path, WriteRefusal.UNUSUAL_XML, entry.name) from error


def _shell_after_replacing(survey: Survey, new: SheetRows, look: RowStyle) -> Shell:
    last_row = new.first_row + max(len(new.rows), 1) - 1
    last_column = max([new.first_column + _widest(new.rows) - 1, *look.own])
    links = [
        (cell_address(new.first_row + down, new.first_column + across), value)
        for down, row in enumerate(new.rows)
        for across, value in enumerate(row)
        if isinstance(value, Link) and value.location and not value.target
    ]
    shell = set_dimension(clear_below(shell_of(survey), new.first_row), last_row, last_column)
    return add_links(resize_filter(shell, new.first_row - 1, last_row), links, survey.tags.prefix.decode())
