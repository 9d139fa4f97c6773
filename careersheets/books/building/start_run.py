"""The strip of Start that says how a cycle is run."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ...model.cells import cell_address
from .building import Building
from .start_grid import COLUMNS, FIRST, LAST, write_heading
from .theme import HEADING, INK, PAPER, QUIET, SMALL, TEAL, WHITE

_STEPS = (
    ("1", "Enter", "Ratings and evidence on Scores", "People, levels and targets on People"),
    ("2", "Check", "careersheets check careers.xlsx", "Finds what is wrong, and where"),
    ("3", "Put right", "Work through To fix, worst first", "Each line leads to its cell"),
    ("4", "Report", "careersheets report careers.xlsx", "Makes everyone's gap report in Word"),
)
_STEPS_IN_GOOGLE = (
    _STEPS[0],
    ("2", "Check", "careersheets > Check scores", "Finds what is wrong, and where"),
    _STEPS[2],
    ("4", "Report", "careersheets > Gap reports for everyone", "Makes everyone's gap report in Word"),
)
_LEADS_TO = {"Enter": "Scores", "Put right": "To fix"}
_HOW = "To run a command: save and close the workbook, open a terminal in its folder, and type it with your file's own name."
_HOW_IN_GOOGLE = (
    "The menu careersheets stands to the right of Help. What it is asked for is done by the computer that runs careersheets "
    "sync; careersheets > Answers says what became of it."
)
_STEP_COLUMNS = COLUMNS // len(_STEPS)
_RESULT_COLUMN = 9
ROWS = 7


def write_run_strip(building: Building, worksheet: Worksheet, row: int) -> str:
    """Write the steps from `row` (0-based); the address of the cell for the last run's result."""
    styles = building.styles
    write_heading(building, worksheet, row, "Run")
    for offset, height in ((1, 27), (2, 20), (3, 20), (4, 22), (5, 22), (6, 9)):
        worksheet.set_row(row + offset, height)
    for number, step in enumerate(_STEPS_IN_GOOGLE if building.for_google else _STEPS):
        _write_step(building, worksheet, row + 1, FIRST + _STEP_COLUMNS * number, step)
    how = _HOW_IN_GOOGLE if building.for_google else _HOW
    worksheet.write_string(row + 4, FIRST, how, styles(font_size=SMALL, font_color=QUIET))
    line = {"bottom": 2, "bottom_color": TEAL}
    result = styles(font_size=SMALL, bold=True, font_color=TEAL, align="right", **line)
    worksheet.merge_range(row, _RESULT_COLUMN, row, LAST, "", result)
    return cell_address(row + 1, _RESULT_COLUMN + 1)


def _write_step(
    building: Building, worksheet: Worksheet, row: int, first: int, step: tuple[str, str, str, str]
) -> None:
    """Number and name, what to do, what comes of it."""
    number, name, action, outcome = step
    last = first + _STEP_COLUMNS - 1
    for line in range(row, row + 3):
        for column in range(first, last + 1):
            edge = {"right": 5, "right_color": WHITE} if column == last else {}
            worksheet.write_blank(line, column, None, building.styles(bg_color=PAPER, **edge))
    badge = building.styles(bg_color=TEAL, font_color=WHITE, bold=True, font_size=HEADING, align="center")
    worksheet.write_string(row, first, number, badge)
    title = building.styles(bg_color=PAPER, bold=True, font_size=HEADING, indent=1)
    if name in _LEADS_TO:
        worksheet.write_url(row, first + 1, f"internal:'{_LEADS_TO[name]}'!A1", title, name)
    else:
        worksheet.write_string(row, first + 1, name, title)
    is_command = action.startswith("careersheets ") and not building.for_google
    look = (
        {"font_name": "Consolas", "font_size": SMALL, "font_color": TEAL}
        if is_command
        else {"font_color": INK}
    )
    worksheet.write_string(row + 1, first, action, building.styles(bg_color=PAPER, indent=1, **look))
    quiet = building.styles(bg_color=PAPER, font_size=SMALL, font_color=QUIET, indent=1)
    worksheet.write_string(row + 2, first, outcome, quiet)
