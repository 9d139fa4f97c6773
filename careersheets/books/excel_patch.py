"""Lossless changes to an .xlsx: whole sheets of the tool's, single cells and added rows of anybody's.

Everything else in the file stays byte for byte as it was. See docs/excel_patch.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from ..model.cells import LAST_COLUMN, LAST_ROW, CellValue, cell_address
from .book import Link, OutValue, SheetRows
from .cell_xml import CellWriter
from .package import Package, PartSource
from .refusals import WriteRefusal, WriteRefused
from .sheet_shell import (
    Shell,
    add_links,
    clear_below,
    column_styles,
    resize_filter,
    resize_table,
    set_dimension,
    shell_of,
    table_parts,
)
from .sheet_stream import Survey, UnusualXml, row_attributes, split_cells, split_rows, split_sheet, survey_sheet
from .workbook_index import SheetEntry, read_relationships_of
from .workbook_parts import drop_calculation_chain, uses_1904
from .xml_outline import BadXml

_ROWS_AT_ONCE = 500


def replace_sheet(package: Package, new: SheetRows) -> None:
    """Replace everything from `new.first_row` down on a tool-owned sheet, in the style of its first body row.

    Raises:
        WriteRefused: no such sheet, or one that cannot be changed.
    """
    entry = _entry(package, new.sheet)
    _check_inside(package, new)
    source = package.source(entry.part)
    survey = _survey(package, entry, lambda number: number == new.first_row, new.first_row)
    styles, attributes = _borrowed_styles(survey, new.first_row)
    prefix = survey.tags.prefix.decode()
    writer = CellWriter(prefix, date1904=uses_1904(package))
    shell = _shell_after_replacing(survey, new, styles)
    package.replace(entry.part, _replaced(source, shell, new, writer, styles, attributes))
    _resize_tables(package, entry, shell, new)
    if survey.dropped_formula:
        drop_calculation_chain(package)


def patch_cells(
    package: Package, sheet: str, values: Mapping[tuple[int, int], CellValue], *, over_formulas: bool = False
) -> None:
    """Give the cells at (row, column), 1-based, new values in the style they have.

    Raises:
        WriteRefused: no such sheet, or one that cannot be changed, or a formula stands in one of the cells and
            `over_formulas` is not set.
    """
    entry = _entry(package, sheet)
    by_row: dict[int, dict[int, OutValue]] = {}
    for (row, column), value in values.items():
        by_row.setdefault(row, {})[column] = value
    source = package.source(entry.part)
    survey = _survey(package, entry, lambda number: number in by_row)
    writer = CellWriter(survey.tags.prefix.decode(), date1904=uses_1904(package))
    rows, met_formula = _patched_rows(package, entry, survey, writer, by_row, over_formulas)
    last_row, last_column = max(by_row, default=1), max((column for _, column in values), default=1)
    shell = set_dimension(shell_of(survey), max(last_row, survey.last_row), last_column)
    package.replace(entry.part, _merged(source, shell, rows))
    if met_formula:
        drop_calculation_chain(package)


def _patched_rows(
    package: Package, entry: SheetEntry, survey: Survey, writer: CellWriter,
    by_row: Mapping[int, Mapping[int, OutValue]], over_formulas: bool,
) -> tuple[dict[int, bytes], bool]:  # fmt: skip
    """The rows with their new cells, and whether a formula was overwritten."""
    rows, met_formula = {}, False
    for number, values in by_row.items():
        row = survey.rows.get(number, b"")
        cells = {cell.column: cell for cell in split_cells(survey.tags, row)}
        for column in values:
            if column in cells and cells[column].has_formula:
                met_formula = True
                if not over_formulas:
                    raise WriteRefused(
                        package.path, WriteRefusal.FORMULA, f"{entry.name}!{cell_address(number, column)}"
                    )
        rows[number] = _patched_row(survey, writer, number, row, values)
    return rows, met_formula


def _patched_row(
    survey: Survey, writer: CellWriter, number: int, row: bytes, values: Mapping[int, OutValue]
) -> bytes:
    cells = {cell.column: cell for cell in split_cells(survey.tags, row)}
    contents = {column: cell.content for column, cell in cells.items()}
    for column, value in values.items():
        style = cells[column].style if column in cells else ""
        contents[column] = writer.cell(number, column, value, style).encode()
    opening = survey.tags.row.match(row)
    attributes = (opening[1] or b"") if opening else f' r="{number}"'.encode()
    body = b"".join(contents[column] for column in sorted(contents))
    prefix = survey.tags.prefix
    return b"<%srow%s>%s</%srow>" % (prefix, attributes, body, prefix)


def _entry(package: Package, sheet: str) -> SheetEntry:
    entry = package.index.sheet(sheet)
    if entry is None or package.name_of(entry.part) is None:
        raise WriteRefused(package.path, WriteRefusal.NO_SUCH_SHEET, sheet)
    return entry


def _check_inside(package: Package, new: SheetRows) -> None:
    widest = max((len(row) for row in new.rows), default=0)
    if new.first_row + len(new.rows) - 1 > LAST_ROW or new.first_column + widest - 1 > LAST_COLUMN:
        raise WriteRefused(package.path, WriteRefusal.OUTSIDE, new.sheet)


def _survey(
    package: Package, entry: SheetEntry, wanted: Callable[[int], bool], dropped_from: int | None = None
) -> Survey:
    try:
        return survey_sheet(package.stream(entry.part), wanted, dropped_from)
    except (UnusualXml, BadXml) as error:
        raise WriteRefused(package.path, WriteRefusal.UNUSUAL_XML, entry.name) from error


def _borrowed_styles(survey: Survey, first_row: int) -> tuple[dict[int, str], str]:
    """Style by column: that of the sheet's first body row, or of the whole column; and the row's own attributes."""
    row = survey.rows.get(first_row, b"")
    styles = column_styles(shell_of(survey)) if not row else {}
    styles |= {cell.column: cell.style for cell in split_cells(survey.tags, row) if cell.style}
    return styles, row_attributes(survey.tags, row)


def _shell_after_replacing(survey: Survey, new: SheetRows, styles: Mapping[int, str]) -> Shell:
    last_row = new.first_row + max(len(new.rows), 1) - 1
    widest = max((len(row) for row in new.rows), default=1)
    shell = set_dimension(
        clear_below(shell_of(survey), new.first_row), last_row, max([new.first_column + widest - 1, *styles])
    )
    links = [
        (cell_address(new.first_row + down, new.first_column + across), value)
        for down, row in enumerate(new.rows)
        for across, value in enumerate(row)
        if isinstance(value, Link) and value.location and not value.target
    ]
    return add_links(resize_filter(shell, new.first_row - 1, last_row), links, survey.tags.prefix.decode())


def _replaced(
    source: PartSource, shell: Shell, new: SheetRows, writer: CellWriter, styles: dict[int, str], attributes: str
) -> PartSource:
    def stream() -> Iterator[bytes]:
        yield shell.head
        for kind, tags, piece in split_sheet(source()):
            if kind == "rows":
                kept = [row.content for row in split_rows(tags, piece) if row.number < new.first_row]
                yield b"".join(kept)
                if not kept and piece:
                    break
        yield from _written_rows(new, writer, styles, attributes)
        yield shell.tail

    return stream


def _written_rows(
    new: SheetRows, writer: CellWriter, styles: dict[int, str], attributes: str
) -> Iterator[bytes]:
    """The new rows, some hundreds at a time; one styled blank row if there are none, for the next run to borrow."""
    rows: Sequence[Sequence[OutValue]] = new.rows or [()]
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        batch = rows[start : start + _ROWS_AT_ONCE]
        first = new.first_row + start
        yield "".join(
            [
                writer.row(first + down, new.first_column, row, styles, attributes)
                for down, row in enumerate(batch)
            ]
        ).encode()


def _merged(source: PartSource, shell: Shell, rows: Mapping[int, bytes]) -> PartSource:
    """The sheet with some rows replaced or put in between."""

    def stream() -> Iterator[bytes]:
        waiting = sorted(rows)
        yield shell.head
        for kind, tags, piece in split_sheet(source()):
            if kind != "rows":
                continue
            if not waiting:
                yield piece
                continue
            for row in split_rows(tags, piece):
                while waiting and waiting[0] < row.number:
                    yield rows[waiting.pop(0)]
                if waiting and waiting[0] == row.number:
                    yield rows[waiting.pop(0)]
                else:
                    yield row.content
        for number in waiting:
            yield rows[number]
        yield shell.tail

    return stream


def _resize_tables(package: Package, entry: SheetEntry, shell: Shell, new: SheetRows) -> None:
    """Let the tables of a tool-owned sheet reach the last row."""
    wanted = set(table_parts(shell))
    for line in read_relationships_of(package.read, package.name_of, entry.part):
        if line.id in wanted and package.name_of(line.target):
            last_row = new.first_row + max(len(new.rows), 1) - 1
            package.replace(line.target, resize_table(package.read(line.target), last_row, clear_filter=True))
