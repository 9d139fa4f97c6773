"""The page Start: where the cycle stands, how to run, and the way to every sheet."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from ...model.cells import cell_address
from ...vocabulary.workbook import CURRENT_CYCLE, LAST_RUN, LAST_RUN_RESULT, LEDGER_HEAD, START, WORKBOOK_ID
from .building import Building
from .cells import DAY_AND_TIME, write_value
from .choice_lists import add_choice_lists
from .formulas import current_cycle
from .page import set_up_page
from .scratch import Scratch
from .start_charts import add_charts
from .start_figures import ChartData, Figure, cycle_in_hand, key_figures, work_out_charts
from .start_grid import COLUMN_WIDTH, COLUMNS, FIRST, LAST, write_heading
from .start_links import write_links
from .start_run import ROWS as RUN_ROWS
from .start_run import write_run_strip
from .theme import AMBER, FIGURE, GREY, INK, MIST, PAPER, QUIET, SMALL, TEAL, TITLE, WHITE

_SCRATCH_COLUMN = COLUMNS + 4
_BAND_COLUMN = 20
_TILES_ROW = 5
_CHARTS_ROW = 9
_CHART_ROWS = 12
_RUN_ROW = _CHARTS_ROW + _CHART_ROWS + 2
_IDENTITY = "The record of what was made and sent belongs to this workbook, wherever it lies:"
_RECORD_END = "Where that record ended when this workbook was last written:"
_IDENTITY_COLUMN = 9
_SUBTITLE = "The framework, every evaluation and every career conversation in one place"


def write_start_page(building: Building, identity: str) -> None:
    """Build the page; `identity` is the workbook's, or ""."""
    worksheet = building.page(START)
    _set_up(worksheet)
    _write_band(building, worksheet)
    scratch = Scratch(worksheet, building.styles, column=_SCRATCH_COLUMN, row=6)
    cycle = cycle_in_hand(scratch)
    for number, figure in enumerate(key_figures(cycle)):
        _write_tile(building, worksheet, FIRST + 4 * number, figure)
    _place_charts(building, worksheet, work_out_charts(scratch, cycle))
    result = write_run_strip(building, worksheet, _RUN_ROW)
    _name_cell(building, LAST_RUN_RESULT, result)
    last_row = write_links(building, worksheet, _RUN_ROW + RUN_ROWS)
    _write_identity(building, worksheet, last_row + 2, identity)
    add_choice_lists(building, scratch)
    scratch.hide(_SCRATCH_COLUMN)
    worksheet.print_area(0, 0, last_row, COLUMNS + 1)
    worksheet.protect("", {"format_columns": True, "format_rows": True})


def _set_up(worksheet: Worksheet) -> None:
    worksheet.hide_gridlines(2)
    worksheet.hide_row_col_headers()
    worksheet.set_column(0, 0, 2.5)
    worksheet.set_column(FIRST, LAST, COLUMN_WIDTH)
    worksheet.set_column(LAST + 1, LAST + 1, 2.5)
    for row, height in ((0, 10), (1, 37), (2, 21), (3, 12), (4, 14), (5, 22), (6, 36), (7, 22), (8, 14)):
        worksheet.set_row(row, height)
    set_up_page(worksheet, "daily")
    worksheet.set_portrait()
    worksheet.fit_to_pages(1, 1)
    worksheet.center_horizontally()


def _write_band(building: Building, worksheet: Worksheet) -> None:
    styles = building.styles
    for row in range(4):
        for column in range(COLUMNS + 2):
            worksheet.write_blank(row, column, None, styles(bg_color=INK))
    title = styles(bg_color=INK, font_color=WHITE, bold=True, font_size=TITLE + 6)
    worksheet.write_string(1, FIRST, "Careers", title)
    worksheet.write_string(2, FIRST, _SUBTITLE, styles(bg_color=INK, font_color=MIST, font_size=11.5))
    label = styles(bg_color=INK, font_color=MIST, align="right")
    for row, text in ((1, "Current cycle  "), (2, "Last run  ")):
        worksheet.write_string(row, _BAND_COLUMN - 1, text, label)
    cycle = styles(bg_color=INK, font_color=AMBER, bold=True, font_size=18, align="left")
    worksheet.merge_range(1, _BAND_COLUMN, 1, LAST, "", cycle)
    worksheet.write_formula(1, _BAND_COLUMN, f"={current_cycle()}", cycle, "")
    run = styles(bg_color=INK, font_color=WHITE, align="left", num_format=DAY_AND_TIME)
    worksheet.merge_range(2, _BAND_COLUMN, 2, LAST, "not yet run", run)
    _name_cell(building, CURRENT_CYCLE, "U2")
    _name_cell(building, LAST_RUN, "U3")


def _write_identity(building: Building, worksheet: Worksheet, row: int, identity: str) -> None:
    """Small, below everything and off the printed page: HR has nothing to do there."""
    quiet = building.styles(font_size=SMALL - 1, font_color=GREY)
    cells = ((WORKBOOK_ID, _IDENTITY, identity), (LEDGER_HEAD, _RECORD_END, ""))
    for at, (name, label, value) in enumerate(cells, start=row):
        worksheet.write_string(at, FIRST, label, quiet)
        write_value(worksheet, at, _IDENTITY_COLUMN, value, quiet)
        _name_cell(building, name, cell_address(at + 1, _IDENTITY_COLUMN + 1))


def _name_cell(building: Building, name: str, address: str) -> None:
    letters, digits = address.rstrip("0123456789"), address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    building.workbook.define_name(name, f"={START}!${letters}${digits}")


def _write_tile(building: Building, worksheet: Worksheet, first: int, figure: Figure) -> None:
    """Four columns: label, figure, caption; a line in colour at the left, a white gap at the right."""
    edge: dict[str, Any] = {"bg_color": PAPER, "left": 5, "left_color": TEAL, "indent": 1}
    small = building.styles(**edge, font_size=SMALL, font_color=QUIET)
    big = building.styles(**edge, font_size=FIGURE + 3, bold=True, align="left")
    for row in range(_TILES_ROW, _TILES_ROW + 3):
        for column in range(first, first + 4):
            gap: dict[str, Any] = {"right": 5, "right_color": WHITE} if column == first + 3 else {}
            worksheet.write_blank(row, column, None, building.styles(bg_color=PAPER, **gap))
    worksheet.write_string(_TILES_ROW, first, figure.label, small)
    row = _TILES_ROW + 1
    worksheet.merge_range(row, first, row, first + 2, "", big)
    worksheet.write_formula(row, first, f"={figure.formula}", big, "")
    worksheet.write_formula(row + 1, first, f"={figure.caption}", small, "")
    if figure.worse_if_more:
        worse = building.styles.only(font_color="#B4472B")
        options = {"type": "cell", "criteria": "between", "minimum": 1, "maximum": 1_000_000, "format": worse}
        worksheet.conditional_format(row, first, row, first, options)


def _place_charts(building: Building, worksheet: Worksheet, data: ChartData) -> None:
    """Side by side, each with a word in its place while there is nothing to draw."""
    charts = add_charts(building, data)
    width = COLUMNS // len(charts)
    quiet = building.styles(font_color=QUIET, italic=True)
    for number, ((heading, description, chart), (_, values)) in enumerate(zip(charts, data.all, strict=True)):
        first = FIRST + number * width
        write_heading(building, worksheet, _CHARTS_ROW, heading, first=first, last=first + width - 2)
        nothing = f'=IF(SUM({values.all})=0,"Nothing to draw yet.","")'
        worksheet.write_formula(_CHARTS_ROW + _CHART_ROWS // 2, first + 3, nothing, quiet, "")
        chart.set_size({"width": 352, "height": 20 * _CHART_ROWS - 8})
        place = {"x_offset": 0, "y_offset": 4, "object_position": 2, "description": description}
        worksheet.insert_chart(_CHARTS_ROW + 1, first, chart, place)
