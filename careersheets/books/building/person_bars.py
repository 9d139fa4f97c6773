"""The page Person in Google Sheets: bars of required and current, for no program can make a radar there.

Each bar is a formula in the row of its competency, so that there are as many as competencies, and no room is left blank.
"""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from .building import Building
from .person_gaps import COMPETENCIES, GapRows
from .person_numbers import FIGURES_ROW, TABLE_ROW
from .person_radar import LAST_COLUMN, RADAR_COLUMN
from .theme import CORAL, HEADING, QUIET, SMALL, TEAL

_KEY = "Green is there now; red is missing to what is required. A full line is the top of the scale."


def write_bars(building: Building, worksheet: Worksheet, gaps: GapRows) -> None:
    """A heading, what the colours say, and a bar beside each row of the table."""
    heading = building.styles(bold=True, font_size=HEADING)
    worksheet.write_string(FIGURES_ROW - 1, RADAR_COLUMN, "Required and current", heading)
    small = building.styles(font_size=SMALL, font_color=QUIET, valign="top")
    worksheet.write_string(FIGURES_ROW, RADAR_COLUMN, _KEY, small)
    style = building.styles()
    for i in range(COMPETENCIES):
        row = TABLE_ROW + i
        worksheet.merge_range(row, RADAR_COLUMN, row, LAST_COLUMN, "", style)
        worksheet.write_formula(row, RADAR_COLUMN, f"={_bar(gaps, i)}", style, "")


def _bar(gaps: GapRows, i: int) -> str:
    """From one below the lowest point to the top; blank where either end is not known."""
    current, required, low = gaps.current.at(i), gaps.required.at(i), gaps.low.at(i)
    parts = f"{{{current}-{low}+1,MAX(0,{required}-{current})}}"
    top = f"{gaps.high.at(i)}-{low}+1"
    look = f'{{"charttype","bar";"max",{top};"color1","{TEAL}";"color2","{CORAL}"}}'
    known = f"AND(ISNUMBER({gaps.gap.at(i)}),ISNUMBER({low}))"
    return f'IF({known},SPARKLINE({parts},{look}),"")'
