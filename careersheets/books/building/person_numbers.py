"""The page Person, what is shown: five figures, and the table of gaps."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from .building import Building
from .cells import SHARE, SIGNED
from .highlights import heat_of_gaps, word
from .page import header_properties
from .person_choice import Choice
from .person_gaps import COMPETENCIES, Figures, GapRows
from .theme import FIGURE, HAIRLINE, PAPER, QUIET, SMALL, TEAL

# The first row of the figures, 1-based, and the table's first body row, 0-based.
FIGURES_ROW = 9
TABLE_ROW = 13
_HEADERS = ("Competency", "Required", "Self", "Manager", "Agreed", "Current", "Gap", "Weight", "Critical")
_NOTES = (
    "Current is the agreed rating, else the manager's; never the employee's own. "
    "Gap = required - current: positive means to develop.",
    "Attainment counts how much of what is asked is there, by weight; share met only what is fully met. "
    "N/A and optional are in neither.",
)
_BANDS = (("Ready", "good"), ("Near", "near"), ("Developing", "info"), ("Insufficient data", "calm"))


def write_figures(building: Building, worksheet: Worksheet, choice: Choice, figures: Figures) -> None:
    """Readiness and what it rests on, side by side."""
    tiles = (
        (1, 1, "Readiness", figures.band, "General", "as set on the sheet Settings"),
        (2, 3, "Attainment", figures.attainment, SHARE, "of what is asked"),
        (4, 5, "Share met", figures.share_met, SHARE, "fully met"),
        (6, 7, "Coverage", figures.coverage, SHARE, "was rated"),
        (8, 9, "Critical unmet", figures.critical_unmet, "0", "must be met"),
    )
    row = FIGURES_ROW - 1
    tile = {"bg_color": PAPER, "left": 5, "left_color": TEAL, "indent": 1}
    small = building.styles(**tile, font_size=SMALL, font_color=QUIET)
    for first, last, label, formula, number_format, note in tiles:
        size = FIGURE if last > first else FIGURE - 3
        big = building.styles(**tile, font_size=size, bold=True, num_format=number_format, align="left")
        for number, style, text in ((row, small, label), (row + 1, big, ""), (row + 2, small, note)):
            if last > first:
                worksheet.merge_range(number, first, number, last, text, style)
            worksheet.write_string(number, first, text, style)
        shown = f'IF(AND({choice.found},{choice.target}<>""),{formula},"")'
        worksheet.write_formula(row + 1, first, f"={shown}", big, "")
    for text, tone in _BANDS:
        worksheet.conditional_format(row + 1, 1, row + 1, 1, word(building, text, tone))


def write_table(building: Building, worksheet: Worksheet, gaps: GapRows) -> None:
    """One row per competency asked at the target; rows below the last are blank."""
    header = header_properties(calculated=False)
    for number, text in enumerate(_HEADERS):
        style = building.styles(**header, align="center" if number else "left")
        worksheet.write_string(TABLE_ROW - 1, 1 + number, text, style)
    for i in range(COMPETENCIES):
        _write_row(building, worksheet, gaps, i)
    _colour_table(building, worksheet)
    quiet = building.styles(font_size=SMALL, font_color=QUIET)
    for number, note in enumerate(_NOTES):
        worksheet.write_string(TABLE_ROW + COMPETENCIES + 1 + number, 1, note, quiet)


def _write_row(building: Building, worksheet: Worksheet, gaps: GapRows, i: int) -> None:
    centred = building.styles(align="center")
    signed = building.styles(align="center", num_format=SIGNED)
    weight = gaps.weight.at(i)
    remark = f'IF({gaps.critical.at(i)}=1,"Yes",IF({gaps.optional.at(i)}=1,"optional",""))'
    ratings = (gaps.required, gaps.self_rating, gaps.manager, gaps.agreed, gaps.current)
    formulas = [
        (gaps.title.at(i), building.styles()),
        *((cells.at(i), centred) for cells in ratings),
        (gaps.gap.at(i), signed),
        (f'IF(ISNUMBER({weight}),ROUND({weight},1),"")', centred),
        (f'IF({gaps.title.at(i)}="","",{remark})', centred),
    ]
    for number, (formula, style) in enumerate(formulas):
        worksheet.write_formula(TABLE_ROW + i, 1 + number, f"={formula}", style, "")


def _colour_table(building: Building, worksheet: Worksheet) -> None:
    first, last = TABLE_ROW, TABLE_ROW + COMPETENCIES - 1
    line = building.styles.only(bottom=1, bottom_color=HAIRLINE)
    worksheet.conditional_format(first, 7, last, 7, heat_of_gaps())
    worksheet.conditional_format(first, 9, last, 9, word(building, "Yes", "near"))
    worksheet.conditional_format(first, 3, last, 7, word(building, "N/A", "calm"))
    filled = {"type": "formula", "criteria": f'=$B{first + 1}<>""', "format": line}
    worksheet.conditional_format(first, 1, last, 9, filled)
