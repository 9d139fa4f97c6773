"""The page Person: choose somebody, and see the gaps towards a target, readiness and a radar, live by formula."""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ...vocabulary.workbook import PERSON
from .building import Building
from .entry import list_name
from .page import head_page, set_up_page
from .person_bars import write_bars
from .person_choice import Choice, work_out_choice
from .person_gaps import COMPETENCIES, Figures, work_out_figures, work_out_gaps
from .person_numbers import FIGURES_ROW, TABLE_ROW, write_figures, write_table
from .person_radar import FEWEST, LAST_COLUMN, RADAR_COLUMN, add_radar
from .scratch import Scratch
from .theme import HEADING, INPUT, INPUT_EDGE, QUIET, SMALL, TEAL

CHOSEN_PERSON = "cs_person"
CHOSEN_TARGET = "cs_person_target"
_PURPOSE = "Choose a person in the yellow cell; everything else follows by formula, before any run."
_PERSON_CELL, _TARGET_CELL = "$B$6", "$D$6"
_SCRATCH_COLUMN = 20
_ROW_HEIGHTS = ((4, 17), (5, 25), (6, 17), (7, 8), (8, 17), (9, 31), (10, 17), (11, 10), (12, 28))


def write_person_page(building: Building) -> None:
    """Build the page."""
    worksheet = building.page(PERSON)
    _set_up(building, worksheet)
    scratch = Scratch(worksheet, building.styles, column=_SCRATCH_COLUMN, row=6)
    choice = work_out_choice(scratch, _PERSON_CELL, _TARGET_CELL)
    gaps = work_out_gaps(scratch, choice)
    figures = work_out_figures(scratch, choice, gaps)
    _write_inputs(building, worksheet)
    _write_target(building, worksheet, choice, figures)
    _write_facts(building, worksheet, choice)
    write_figures(building, worksheet, choice, figures)
    write_table(building, worksheet, gaps)
    if building.for_google:
        write_bars(building, worksheet, gaps)
    else:
        chart, count = add_radar(building, scratch, gaps)
        _place_radar(building, worksheet, chart, count)
    scratch.hide(_SCRATCH_COLUMN)
    worksheet.protect("", {"format_columns": True, "format_rows": True})


def _set_up(building: Building, worksheet: Worksheet) -> None:
    head_page(building, worksheet, PERSON, _PURPOSE)
    for first, last, width in ((1, 1, 30), (2, 9, 9.3), (10, 10, 2.5), (11, LAST_COLUMN, 10.6)):
        worksheet.set_column(first, last, width)
    for row, height in _ROW_HEIGHTS:
        worksheet.set_row(row, height)
    for row in range(TABLE_ROW, TABLE_ROW + COMPETENCIES):
        worksheet.set_row(row, 19)
    set_up_page(worksheet, "daily")
    worksheet.set_landscape()
    worksheet.fit_to_pages(1, 1)
    worksheet.print_area(0, 0, TABLE_ROW + COMPETENCIES + 2, LAST_COLUMN)


def _write_inputs(building: Building, worksheet: Worksheet) -> None:
    """The two cells HR fills, with their drop-downs and names."""
    styles = building.styles
    label = styles(font_size=SMALL, font_color=QUIET)
    entry = {"bg_color": INPUT, "border": 1, "border_color": INPUT_EDGE, "bold": True, "locked": False}
    for cell, text in (("B5", "Person"), ("D5", "Target no."), ("E5", "  Towards")):
        worksheet.write_string(cell, text, label)
    people = building.rows.get("People", ())
    first = next((str(row["name"]) for row in people if row.get("name")), "")
    worksheet.write_string("B6", first, styles(**entry, font_size=HEADING, indent=1))
    worksheet.write_number("D6", 1, styles(**entry, font_size=HEADING, align="center"))
    person: dict[str, Any] = {"validate": "list", "source": f"={list_name('People', 'name')}"}
    person |= {
        "input_title": "Person",
        "input_message": "Choose a name, or type an employee ID or e-mail address.",
    }
    person |= {
        "error_type": "warning",
        "error_title": "Person",
        "error_message": "Not a name from the sheet People.",
    }
    worksheet.data_validation("B6", person)
    target: dict[str, Any] = {"validate": "list", "source": [1, 2, 3]}
    target |= {"input_title": "Target", "input_message": "1 for the first target, 2 and 3 for the others."}
    target |= {"error_title": "Target", "error_message": "Enter 1, 2 or 3."}
    worksheet.data_validation("D6", target)
    building.workbook.define_name(CHOSEN_PERSON, f"={PERSON}!{_PERSON_CELL}")
    building.workbook.define_name(CHOSEN_TARGET, f"={PERSON}!{_TARGET_CELL}")


def _write_target(building: Building, worksheet: Worksheet, choice: Choice, figures: Figures) -> None:
    """The target in words, what there is to choose from, and one sentence if the page cannot tell the truth."""
    styles = building.styles
    named = f'IF({choice.target}="","No such target",{choice.target}&"  ·  "&{choice.target_title})'
    bold = styles(bold=True, font_size=HEADING, font_color=TEAL, indent=1)
    _formula(worksheet, "E6", f'IF({choice.found},{named},"")', bold)
    listed = "&".join(
        f'IF({choice.targets.at(i)}="","","{i + 1}: "&{choice.targets.at(i)}&"   ")' for i in range(3)
    )
    _formula(
        worksheet,
        "E7",
        f'IF({choice.found},{listed},"")',
        styles(font_size=SMALL, font_color=QUIET, indent=1),
    )
    many = f'"This level asks for "&{figures.asked}&" competencies; only {COMPETENCIES} are counted here."'
    warning = (
        f'IF({_PERSON_CELL}="","",IF(NOT({choice.found}),"Nobody of this name on the sheet People.",'
        f'IF({choice.ambiguous},"Several people have this name: enter the ID.",'
        f'IF({figures.asked}>{COMPETENCIES},{many},""))))'
    )
    _formula(worksheet, "B7", warning, styles(font_size=SMALL, font_color="#93300F", bold=True))


def _write_facts(building: Building, worksheet: Worksheet, choice: Choice) -> None:
    """Level, manager, cycle and status, at the upper right."""
    label = building.styles(font_size=SMALL, font_color=QUIET)
    fact = building.styles(bold=True, font_size=HEADING - 1)
    level = f'{choice.level}&"  ·  "&{choice.level_title}'
    manager = f'IF({choice.manager}="","","Manager: "&{choice.manager})'
    shown = (
        ("L6", f'IF({choice.level}="","",{level})', fact),
        ("L7", manager, label),
        ("Q6", choice.cycle, fact),
        ("Q7", choice.status, label),
    )
    worksheet.write_string("L5", "Level in this cycle", label)
    worksheet.write_string("Q5", "Cycle", label)
    for cell, formula, style in shown:
        _formula(worksheet, cell, f'IF({choice.found},{formula},"")', style)


def _place_radar(building: Building, worksheet: Worksheet, chart: Any, count: str) -> None:
    heading = building.styles(bold=True, font_size=HEADING)
    worksheet.write_string(FIGURES_ROW - 1, RADAR_COLUMN, "Required and current", heading)
    few = f"The radar needs {FEWEST} rated competencies."
    ring = "Each ring is a fifth of the scale; what was not rated is left out."
    small = building.styles(font_size=SMALL, font_color=QUIET, valign="top")
    _formula(worksheet, f"L{FIGURES_ROW + 1}", f'IF({count}<{FEWEST},"{few}","{ring}")', small)
    chart.set_size({"width": 550, "height": 500})
    place: dict[str, Any] = {"x_offset": 0, "y_offset": 0, "object_position": 2}
    place["description"] = "Radar of the chosen person: required and current rating of each competency"
    worksheet.insert_chart(FIGURES_ROW + 1, RADAR_COLUMN, chart, place)


def _formula(worksheet: Worksheet, cell: str, formula: str, style: Format) -> None:
    worksheet.write_formula(cell, f"={formula}", style, "")
