"""The page Person: choose somebody, and see the gaps towards a target, readiness and a radar, live by formula."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from ...vocabulary.workbook import PERSON
from .building import Building
from .cells import SIGNED
from .entry import list_name
from .highlights import heat_of_gaps, word
from .page import head_page, header_properties, set_up_page
from .person_choice import Choice, work_out_choice
from .person_gaps import COMPETENCIES, Figures, GapRows, work_out_figures, work_out_gaps
from .person_radar import FEWEST, add_radar
from .scratch import Scratch
from .theme import FIGURE, HAIRLINE, HEADING, INK, INPUT, INPUT_EDGE, PAPER, QUIET, SMALL, TEAL

CHOSEN_PERSON = "cs_person"
CHOSEN_TARGET = "cs_person_target"
_PURPOSE = "Choose a person in the yellow cell; everything else follows by formula, before any run."
_PERSON_CELL, _TARGET_CELL = "$B$6", "$D$6"
_FIGURES_ROW = 9
_TABLE_ROW = 13
_SCRATCH_COLUMN = 20
_LAST_COLUMN = 17
_HEADERS = ("Competency", "Required", "Self", "Manager", "Agreed", "Current", "Gap", "Weight", "Critical")
_NOTES = (
    "Current is the agreed rating, else the manager's; never the employee's own. Gap = required - current: positive means to develop.",
    "Attainment counts how much of what is asked is there, by weight; share met only what is fully met. N/A and optional are in neither.",
)


def write_person_page(building: Building) -> None:
    """Build the page."""
    worksheet = building.page(PERSON)
    _set_up(building, worksheet)
    scratch = Scratch(worksheet, building.styles, column=_SCRATCH_COLUMN, row=6)
    choice = work_out_choice(scratch, _PERSON_CELL, _TARGET_CELL)
    gaps = work_out_gaps(scratch, choice)
    figures = work_out_figures(scratch, choice, gaps)
    _write_inputs(building, worksheet, choice, figures)
    _write_facts(building, worksheet, choice)
    _write_figures(building, worksheet, choice, figures)
    _write_table(building, worksheet, gaps)
    _place_radar(building, worksheet, scratch, gaps)
    scratch.hide(_SCRATCH_COLUMN)
    worksheet.protect("", {"format_columns": True, "format_rows": True})


def _set_up(building: Building, worksheet: Worksheet) -> None:
    head_page(building, worksheet, PERSON, _PURPOSE)
    worksheet.set_column(1, 1, 30)
    worksheet.set_column(2, 9, 9.3)
    worksheet.set_column(10, 10, 2.5)
    worksheet.set_column(11, _LAST_COLUMN, 9.3)
    for row, height in ((4, 17), (5, 25), (6, 17), (7, 8), (8, 17), (9, 31), (10, 17), (11, 10), (12, 28)):
        worksheet.set_row(row, height)
    for row in range(_TABLE_ROW, _TABLE_ROW + COMPETENCIES):
        worksheet.set_row(row, 19)
    set_up_page(worksheet, "daily")
    worksheet.set_landscape()
    worksheet.fit_to_pages(1, 1)
    worksheet.print_area(0, 0, _TABLE_ROW + COMPETENCIES + 3, _LAST_COLUMN)


def _write_inputs(building: Building, worksheet: Worksheet, choice: Choice, figures: Figures) -> None:
    styles = building.styles
    label = styles(font_size=SMALL, font_color=QUIET)
    entry = {"bg_color": INPUT, "border": 1, "border_color": INPUT_EDGE, "bold": True, "locked": False}
    worksheet.write_string("B5", "Person", label)
    worksheet.write_string("D5", "Target no.", label)
    worksheet.write_string("E5", "  Towards", label)
    people = building.rows.get("People", ())
    first = next((str(row["name"]) for row in people if row.get("name")), "")
    worksheet.write_string("B6", first, styles(**entry, font_size=HEADING, indent=1))
    worksheet.write_number("D6", 1, styles(**entry, font_size=HEADING, align="center"))
    target = f'IF({choice.target}="","No such target",{choice.target}&"  ·  "&{choice.target_title})'
    bold = styles(bold=True, font_size=HEADING, font_color=TEAL, indent=1)
    _formula(worksheet, "E6", f'IF({choice.found},{target},"")', bold)
    small = styles(font_size=SMALL, font_color=QUIET, indent=1)
    _formula(worksheet, "B7", _warning(choice, figures), styles(font_size=SMALL, font_color="#93300F", bold=True))
    listed = "&".join(
        f'IF({choice.targets.at(i)}="","","{i + 1}: "&{choice.targets.at(i)}&"   ")' for i in range(3)
    )
    _formula(worksheet, "E7", listed, small)
    _help_choosing(worksheet)
    building.workbook.define_name(CHOSEN_PERSON, f"={PERSON}!{_PERSON_CELL}")
    building.workbook.define_name(CHOSEN_TARGET, f"={PERSON}!{_TARGET_CELL}")


def _help_choosing(worksheet: Worksheet) -> None:
    person: dict[str, Any] = {"validate": "list", "source": f"={list_name('People', 'name')}"}
    person |= {"input_title": "Person", "input_message": "Choose a name, or type an employee ID or e-mail address."}
    person |= {"error_type": "warning", "error_title": "Person", "error_message": "Not a name from the sheet People."}
    worksheet.data_validation("B6", person)
    target: dict[str, Any] = {"validate": "list", "source": [1, 2, 3]}
    target |= {"input_title": "Target", "input_message": "1 for the first target, 2 and 3 for the others."}
    target |= {"error_title": "Target", "error_message": "Enter 1, 2 or 3."}
    worksheet.data_validation("D6", target)


def _warning(choice: Choice, figures: Figures) -> str:
    """One sentence if something keeps the page from telling the truth."""
    many = f'"This level asks for "&{figures.asked}&" competencies; only {COMPETENCIES} are counted here."'
    return (
        f'IF({_PERSON_CELL}="","",IF(NOT({choice.found}),"Nobody of this name on the sheet People.",'
        f'IF({choice.ambiguous},"Several people have this name: enter the ID.",'
        f'IF({figures.asked}>{COMPETENCIES},{many},""))))'
    )


def _write_facts(building: Building, worksheet: Worksheet, choice: Choice) -> None:
    """Level, manager, cycle and status, at the upper right."""
    styles = building.styles
    level = f'IF({choice.level}="","",{choice.level}&"  ·  "&{choice.level_title})'
    facts = (
        ("L", "Level in this cycle", level),
        ("O", "Manager", choice.manager),
        ("Q", "Cycle", choice.cycle),
    )
    for letter, label, formula in facts:
        worksheet.write_string(f"{letter}5", label, styles(font_size=SMALL, font_color=QUIET))
        _formula(worksheet, f"{letter}6", f'IF({choice.found},{formula},"")', styles(bold=True, font_size=HEADING - 1))
    _formula(worksheet, "Q7", f'IF({choice.found},{choice.status},"")', styles(font_size=SMALL, font_color=QUIET))


def _write_figures(building: Building, worksheet: Worksheet, choice: Choice, figures: Figures) -> None:
    tiles = (
        (1, 1, "Readiness", figures.band, "General", "as set on the sheet Settings"),
        (2, 3, "Attainment", figures.attainment, "0%", "of what is asked"),
        (4, 5, "Share met", figures.share_met, "0%", "fully met"),
        (6, 7, "Coverage", figures.coverage, "0%", "was rated"),
        (8, 9, "Critical unmet", figures.critical_unmet, "0", "must be met"),
    )
    row = _FIGURES_ROW - 1
    for first, last, label, formula, number_format, note in tiles:
        tile = {"bg_color": PAPER, "left": 5, "left_color": TEAL, "indent": 1}
        shown = f'IF(AND({choice.found},{choice.target}<>""),{formula},"")'
        parts = (
            (row, {"font_size": SMALL, "font_color": QUIET}, label),
            (row + 1, {"font_size": FIGURE, "bold": True, "num_format": number_format, "align": "left"}, ""),
            (row + 2, {"font_size": SMALL, "font_color": QUIET}, note),
        )
        for number, look, text in parts:
            style = building.styles(**tile, **look)
            filler = building.styles(bg_color=PAPER)
            for column in range(first + 1, last + 1):
                worksheet.write_blank(number, column, None, filler)
            worksheet.write_string(number, first, text, style)
        worksheet.write_formula(row + 1, first, f"={shown}", building.styles(**tile, **parts[1][1]), "")
    for text, tone in (("Ready", "good"), ("Near", "near"), ("Developing", "info"), ("Insufficient data", "calm")):
        worksheet.conditional_format(row + 1, 1, row + 1, 1, word(building, text, tone))


def _write_table(building: Building, worksheet: Worksheet, gaps: GapRows) -> None:
    header = header_properties(calculated=False)
    for number, text in enumerate(_HEADERS):
        align = "left" if number == 0 else "center"
        worksheet.write_string(_TABLE_ROW - 1, 1 + number, text, building.styles(**header, align=align))
    columns = (
        (gaps.title, "General", "left"),
        *((cells, "General", "center") for cells in (gaps.required, gaps.self_rating, gaps.manager)),
        *((cells, "General", "center") for cells in (gaps.agreed, gaps.current)),
        (gaps.gap, SIGNED, "center"),
        (gaps.weight, "0.#", "center"),
    )
    for i in range(COMPETENCIES):
        row = _TABLE_ROW + i
        for number, (cells, number_format, align) in enumerate(columns):
            style = building.styles(num_format=number_format, align=align)
            worksheet.write_formula(row, 1 + number, f"={cells.at(i)}", style, "")
        remark = f'IF({gaps.title.at(i)}="","",IF({gaps.critical.at(i)}=1,"Yes",IF({gaps.optional.at(i)}=1,"optional","")))'
        worksheet.write_formula(row, 9, f"={remark}", building.styles(align="center", font_color=QUIET), "")
    _colour_table(building, worksheet)
    quiet = building.styles(font_size=SMALL, font_color=QUIET)
    for number, note in enumerate(_NOTES):
        worksheet.write_string(_TABLE_ROW + COMPETENCIES + 1 + number, 1, note, quiet)


def _colour_table(building: Building, worksheet: Worksheet) -> None:
    first, last = _TABLE_ROW, _TABLE_ROW + COMPETENCIES - 1
    filled = f'=$B${first + 1}<>""'.replace(f"$B${first + 1}", f"$B{first + 1}")
    line = building.styles.only(bottom=1, bottom_color=HAIRLINE)
    worksheet.conditional_format(first, 7, last, 7, heat_of_gaps())
    worksheet.conditional_format(first, 9, last, 9, word(building, "Yes", "near"))
    worksheet.conditional_format(first, 3, last, 7, word(building, "N/A", "calm"))
    worksheet.conditional_format(first, 1, last, 9, {"type": "formula", "criteria": filled, "format": line})


def _place_radar(building: Building, worksheet: Worksheet, scratch: Scratch, gaps: GapRows) -> None:
    chart, count = add_radar(building, scratch, gaps)
    chart.set_size({"width": 505, "height": 520})
    heading = building.styles(bold=True, font_size=HEADING, font_color=INK)
    worksheet.write_string(_FIGURES_ROW - 1, 11, "Required and current", heading)
    text = f'IF({count}<{FEWEST},"The radar needs three rated competencies.","Each ring is a fifth of the scale; what was not rated is left out.")'
    _formula(worksheet, f"L{_FIGURES_ROW + 1}", text, building.styles(font_size=SMALL, font_color=QUIET, valign="top"))
    place = {"x_offset": 0, "y_offset": 0, "object_position": 2}
    place["description"] = "Radar of the chosen person: required and current rating of each competency"
    worksheet.insert_chart(_FIGURES_ROW + 1, 11, chart, place)


def _formula(worksheet: Worksheet, cell: str, formula: str, style: Any) -> None:
    worksheet.write_formula(cell, f"={formula}", style, "")
