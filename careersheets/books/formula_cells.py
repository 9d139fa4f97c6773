"""In which cells of a workbook formulas stand, whatever they show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ..model.cells import Grid
from .google.cells import plain
from .package import Package
from .refusals import WriteRefusal, WriteRefused
from .sheet_shell import parse_area
from .sheet_stream import Tags, UnusualXml, split_cells, split_rows, split_sheet
from .workbook_index import SheetEntry
from .xml_outline import BadXml

# (row, column), 1-based.
Places = frozenset[tuple[int, int]]

_ARRAY = re.compile(rb'<(?:\w+:)?f\s[^>]*\bref="([A-Z0-9:$]+)"')
_ARRAY_KIND = re.compile(rb'\bt="(?:array|dataTable)"')


def excel_formula_cells(path: Path) -> dict[str, Places]:
    """By sheet, the cells of an .xlsx that hold a formula or a part of one.

    Raises:
        WriteRefused: the workbook was saved in an unusual way.
    """
    with Package(path) as package:
        return {
            entry.name: frozenset(_of_sheet(package, entry))
            for entry in package.index.sheets
            if entry.kind == "worksheet" and package.name_of(entry.part)
        }


def google_formula_cells(grid: Grid, rendered: Sequence[Sequence[object]]) -> Places:
    """The cells of a tab that show another thing than they hold: a formula. A text that begins with = is none.

    Args:
        grid: what the cells show.
        rendered: rows of what they hold, as Google gives them for FORMULA.
    """
    return frozenset(
        (number, column)
        for number, row in enumerate(rendered, 1)
        for column, held in enumerate(row, 1)
        if isinstance(held, str) and held.startswith("=") and plain(grid.cell(number, column)) != held
    )


def by_sheet(grids: Mapping[str, Grid], rendered: Sequence[Sequence[Sequence[object]]]) -> dict[str, Places]:
    """`google_formula_cells` of all tabs, both in the same order."""
    return {
        name: google_formula_cells(grid, rows)
        for (name, grid), rows in zip(grids.items(), rendered, strict=True)
    }


def _of_sheet(package: Package, entry: SheetEntry) -> Iterator[tuple[int, int]]:
    try:
        for kind, tags, piece in split_sheet(package.stream(entry.part)):
            if kind == "rows" and tags.formula.search(piece):
                yield from _in_rows(tags, piece)
    except (UnusualXml, BadXml) as error:
        raise WriteRefused(package.path, WriteRefusal.UNUSUAL_XML, entry.name) from error


def _in_rows(tags: Tags, batch: bytes) -> Iterator[tuple[int, int]]:
    for row in split_rows(tags, batch):
        if not tags.formula.search(row.content):
            continue
        for cell in split_cells(tags, row.content):
            if not cell.has_formula:
                continue
            yield row.number, cell.column
            array = _ARRAY.search(cell.content)
            area = parse_area(array[1].decode()) if array and _ARRAY_KIND.search(array[0]) else None
            if area is not None:
                yield from (
                    (number, column)
                    for number in range(area.top, area.bottom + 1)
                    for column in range(area.left, area.right + 1)
                )
