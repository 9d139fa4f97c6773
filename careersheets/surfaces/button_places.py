"""Where the buttons stand on the sheets of a built workbook, and what the cells around them say instead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import ceil
from pathlib import Path

from ..books.building.button_shapes import ButtonShape
from ..books.building.macro_workbook import Texts, add_macros, project_of
from ..books.guard import start_reading
from ..model.cells import Grid
from ..vocabulary.sheet import Sheet, sheet_of
from ..vocabulary.workbook import START, model_of
from ..workflows.shipped import shipped_folder
from .buttons import PEOPLE_SHEETS, Button, all_buttons

# Start says in these cells which command to type; a button takes the place of each.
_CHECK, _REPORT, _HOW = "careersheets check", "careersheets report", "To run a command"
_STEP_WIDTH, _STEP_HEIGHT = 250, 44
# Below the steps, two rows that end where the steps end.
_SMALL_WIDTH, _SMALL_HEIGHT, _IN_A_ROW, _EVERY_COLUMNS = 190, 22, 6, 4
# On a table's page two rows right of title and purpose, within the part that stays in sight.
_TITLE_ROW, _TITLE_COLUMN = 1, 1
_ROW_WIDTH, _ROW_HEIGHT, _GAP, _FIRST_DOWN, _DOWN = 200, 26, 10, 3, 32
_PIXELS_PER_CHARACTER = 6


def with_buttons(source: Path, target: Path, project: bytes) -> None:
    """Write the built workbook at `source` to `target` (.xlsm) with every button that works."""
    start = start_reading(source).result().grids[START]
    shapes: defaultdict[str, list[ButtonShape]] = defaultdict(list)
    for sheet, shape in _all_shapes(start):
        shapes[sheet].append(shape)
    add_macros(source, target, project, shapes, {START: _texts(start)})


def add_buttons(workbook: Path) -> Path:
    """Turn a workbook that was just built (.xlsx) into one with buttons (.xlsm) in its place; the new path.

    The macros are those of the shipped careers.xlsm, which has the same sheets.
    """
    target = workbook.with_suffix(".xlsm")
    with_buttons(workbook, target, project_of(shipped_folder("workbook_templates") / "careers.xlsm"))
    workbook.unlink()
    return target


def _all_shapes(start: Grid) -> Iterator[tuple[str, ButtonShape]]:
    buttons = all_buttons()
    here = [button for button in buttons if START in button.sheets]
    for shape in _on_start(start, here):
        yield START, shape
    for name in PEOPLE_SHEETS:
        there = [button for button in buttons if name in button.sheets]
        for shape in _on_table(sheet_of(model_of(name)), there):
            yield name, shape


def _on_start(start: Grid, buttons: list[Button]) -> Iterator[ButtonShape]:
    """The main ones in the steps that they carry out, the others in the row below."""
    steps = {"check": _place(start, _CHECK), "report": _place(start, _REPORT)}
    others = []
    taken: set[str] = set()
    for button in buttons:
        if button.main and button.action not in taken:
            taken.add(button.action)
            row, column = steps[button.action]
            yield _shape(button, row, column, (_STEP_WIDTH, _STEP_HEIGHT), (10, 3), main=True)
        else:
            others.append(button)
    row, column = _place(start, _HOW)
    for number, button in enumerate(others):
        down, across = divmod(number, _IN_A_ROW)
        first = column + across * _EVERY_COLUMNS
        yield _shape(button, row + down, first, (_SMALL_WIDTH, _SMALL_HEIGHT), (0, 4))


def _on_table(sheet: Sheet, buttons: list[Button]) -> Iterator[ButtonShape]:
    """For the selected rows first, in two rows of the same length."""
    ordered = sorted(buttons, key=lambda button: button.scope != "selected rows")
    beside = len(sheet.purpose) * _PIXELS_PER_CHARACTER + 2 * _GAP
    for number, button in enumerate(ordered):
        down, right = divmod(number, ceil(len(ordered) / 2))
        offset = (beside + right * (_ROW_WIDTH + _GAP), _FIRST_DOWN + down * _DOWN)
        yield _shape(button, _TITLE_ROW, _TITLE_COLUMN, (_ROW_WIDTH, _ROW_HEIGHT), offset)


def _shape(
    button: Button,
    row: int,
    column: int,
    size: tuple[int, int],
    offset: tuple[int, int],
    *,
    main: bool = False,
) -> ButtonShape:
    return ButtonShape(
        button.caption, button.macro, button.tip, row, column, *size, dx=offset[0], dy=offset[1], main=main
    )


def _texts(start: Grid) -> Texts:
    """The commands are gone, with the line below them and the one on how to type them."""
    check, report, how = (_place(start, text) for text in (_CHECK, _REPORT, _HOW))
    emptied: Mapping[tuple[int, int], None] = {
        (row + 1 + below, column + 1): None for row, column in (check, report) for below in (0, 1)
    }
    return {**emptied, (how[0] + 1, how[1] + 1): None}


def _place(start: Grid, beginning: str) -> tuple[int, int]:
    """Row and column (0-based) of the cell that begins so."""
    for number, cells in enumerate(start.columns):
        for row, value in enumerate(cells):
            if isinstance(value, str) and value.startswith(beginning):
                return row, number
    raise KeyError(beginning)
