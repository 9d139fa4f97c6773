"""A scorecard: a small workbook in which one manager rates their people, or one person rates themselves.

What is asked stands there protected; what is to be filled in is yellow. It needs no macros and no master workbook.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from math import ceil
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ...model.cells import column_letter
from ...vocabulary.column import Column, Kind
from ...vocabulary.workbook import FIRST_COLUMN, FIRST_ROW, HEADER_ROW, START
from .cells import DAY, write_value
from .page import header_properties, set_up_page
from .theme import BODY, FONT, HAIRLINE, INK, INPUT, INPUT_EDGE, PAPER, QUIET, SMALL, TEAL, TITLE, Styles
from .workbook import CREATED

META = "careersheets"
_WIDEST = 60
_LINE_HEIGHT = 14.5
_PROTECTION: dict[str, Any] = {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True}


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a page: a column of the vocabulary, or `header` alone for one that is only shown."""

    name: str
    header: str
    width: int
    is_entry: bool
    column: Column | None = None


@dataclass(frozen=True, slots=True)
class CardPage:
    """One page with a table: `rows` by field name, and `empty_rows` below them to fill in.

    `choices` gives, row by row, what may be entered as a rating.
    """

    name: str
    purpose: str
    fields: Sequence[Field]
    rows: Sequence[Mapping[str, Any]]
    empty_rows: int = 0
    choices: Sequence[tuple[object, ...]] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A scorecard to be built. `progress` are names with the id by which their rows are counted in `counted`.

    `counted` is (page, field of the id, field that is to be filled); `meta` are the rows of the hidden sheet by which
    the scorecard is known again.
    """

    title: str
    subtitle: str
    steps: Sequence[str]
    pages: Sequence[CardPage]
    progress: Sequence[tuple[str, str]]
    counted: tuple[str, str, str]
    meta: Sequence[Sequence[str]]


def build_scorecard(path: Path, card: Card) -> None:
    """Write the scorecard to `path`; what stands there is replaced.

    Raises:
        OSError: it cannot be written.
    """
    content = BytesIO()
    workbook = Workbook(content)
    workbook.set_properties({"title": card.title, "created": CREATED})
    workbook.formats[0].set_font_name(FONT)
    workbook.formats[0].set_font_size(BODY)
    styles = Styles(workbook)
    start = workbook.add_worksheet(START)
    for page in card.pages:
        _write_page(workbook.add_worksheet(page.name), styles, page)
    _write_start(start, styles, card)
    if card.meta:
        meta = workbook.add_worksheet(META)
        for number, row in enumerate(card.meta):
            for across, text in enumerate(row):
                meta.write_string(number, across, text)
        meta.protect("")
        meta.very_hidden()
    start.activate()
    workbook.close()
    path.write_bytes(content.getvalue())


def _head(worksheet: Worksheet, styles: Styles, title: str, purpose: str) -> None:
    worksheet.hide_gridlines(2)
    worksheet.set_column(0, 0, 3, styles())
    for row, height in ((0, 9), (1, 30), (2, 18), (3, 9)):
        worksheet.set_row(row, height)
    worksheet.write_string(1, 1, title, styles(font_size=TITLE, bold=True, font_color=INK))
    worksheet.write_string(2, 1, purpose, styles(font_color=QUIET))
    set_up_page(worksheet, "daily")


def _write_page(worksheet: Worksheet, styles: Styles, page: CardPage) -> None:
    _head(worksheet, styles, page.name, page.purpose)
    worksheet.set_landscape()
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(HEADER_ROW - 1)
    worksheet.set_row(HEADER_ROW - 1, 32)
    for across, field in enumerate(page.fields, FIRST_COLUMN - 1):
        worksheet.set_column(across, across, min(field.width, _WIDEST), styles())
        head = styles(**header_properties(calculated=not field.is_entry))
        worksheet.write_string(HEADER_ROW - 1, across, field.header, head)
        for number in range(len(page.rows) + page.empty_rows):
            row = page.rows[number] if number < len(page.rows) else {}
            style = _cell_style(styles, field, is_new=number >= len(page.rows))
            write_value(worksheet, FIRST_ROW - 1 + number, across, row.get(field.name), style)
    for number, row in enumerate(page.rows, FIRST_ROW - 1):
        lines = _lines_of(page, row)
        # Only where it is needed: a row with a height of its own no longer opens by itself.
        if lines > 1:
            worksheet.set_row(number, lines * _LINE_HEIGHT)
    _help_entering(worksheet, page)
    last = FIRST_ROW - 2 + max(len(page.rows) + page.empty_rows, 1)
    worksheet.autofilter(HEADER_ROW - 1, FIRST_COLUMN - 1, last, FIRST_COLUMN - 2 + len(page.fields))
    worksheet.freeze_panes(HEADER_ROW, min(FIRST_COLUMN + 1, len(page.fields)))
    worksheet.protect("", _PROTECTION)


def _lines_of(page: CardPage, row: Mapping[str, Any]) -> int:
    """How many lines the longest text of a row takes in its column."""
    texts = ((field, row.get(field.name)) for field in page.fields)
    return max(
        (ceil(len(text) / field.width * 1.15) for field, text in texts if isinstance(text, str)), default=1
    )


def _cell_style(styles: Styles, field: Field, *, is_new: bool) -> Any:
    look: dict[str, Any] = {"bottom": 1, "bottom_color": HAIRLINE}
    kind = field.column.kind if field.column else Kind.TEXT
    if kind in {Kind.LONG_TEXT, Kind.SEVERAL}:
        look["text_wrap"] = True
    if kind is Kind.DATE:
        look |= {"num_format": DAY, "align": "left"}
    if kind in {Kind.RATING, Kind.NUMBER}:
        look["align"] = "center"
    if field.is_entry or is_new:
        look |= {"locked": False, "bg_color": INPUT, "border": 1, "border_color": INPUT_EDGE}
    return styles(**look)


def _help_entering(worksheet: Worksheet, page: CardPage) -> None:
    count = len(page.rows) + page.empty_rows
    for across, field in enumerate(page.fields, FIRST_COLUMN - 1):
        if field.column is None or not (field.is_entry or page.empty_rows) or not count:
            continue
        shown = {"input_title": field.header[:32], "input_message": field.column.help[:255]}
        if field.column.kind is Kind.RATING and page.choices:
            _rating_lists(worksheet, across, page.choices, shown)
        else:
            options = _choice(field.column) | shown
            worksheet.data_validation(FIRST_ROW - 1, across, FIRST_ROW - 2 + count, across, options)


def _rating_lists(
    worksheet: Worksheet, across: int, choices: Sequence[tuple[object, ...]], shown: Mapping[str, Any]
) -> None:
    """One list for each stretch of rows on the same scale."""
    row = FIRST_ROW - 1
    for points, group in groupby(choices):
        count = len(list(group))
        options = {"validate": "list", "source": list(points), "error_message": "Choose one from the list."}
        worksheet.data_validation(row, across, row + count - 1, across, {**options, **shown})
        row += count


def _choice(column: Column) -> dict[str, Any]:
    if column.choices:
        return {"validate": "list", "source": list(column.choices)}
    return {"validate": "any"}


def _write_start(worksheet: Worksheet, styles: Styles, card: Card) -> None:
    _head(worksheet, styles, card.title, card.subtitle)
    worksheet.set_column(1, 1, 34)
    worksheet.set_column(2, 4, 13)
    row = HEADER_ROW - 1
    for number, step in enumerate(card.steps, 1):
        worksheet.write_string(row, 1, f"{number}.  {step}", styles())
        row += 1
    if card.progress:
        _write_progress(worksheet, styles, card, row + 1)
    worksheet.protect("", _PROTECTION)


def _write_progress(worksheet: Worksheet, styles: Styles, card: Card, row: int) -> None:
    """How many ratings are there, of how many, person by person."""
    page, of_person, filled = card.counted
    ids, values = (_reference(card, page, name) for name in (of_person, filled))
    head = styles(**header_properties(calculated=False))
    for across, text in enumerate(("Person", "To rate", "Rated", "Done"), 1):
        worksheet.write_string(row, across, text, head)
    line = {"bottom": 1, "bottom_color": HAIRLINE}
    for number, (name, key) in enumerate(card.progress, row + 1):
        worksheet.write_string(number, 1, name, styles(**line))
        centred = styles(**line, align="center", bg_color=PAPER)
        quoted = key.replace('"', '""')
        worksheet.write_formula(number, 2, f'=COUNTIF({ids},"{quoted}")', centred, "")
        worksheet.write_formula(number, 3, f'=COUNTIFS({ids},"{quoted}",{values},"<>")', centred, "")
        share = styles(**line, align="center", num_format="0%", font_color=TEAL, bold=True)
        worksheet.write_formula(number, 4, f"=IF(C{number + 1}=0,0,D{number + 1}/C{number + 1})", share, "")
    note = "Send this file back as it is; do not rename sheets or headers."
    worksheet.write_string(row + len(card.progress) + 2, 1, note, styles(font_size=SMALL, font_color=QUIET))


def _reference(card: Card, page_name: str, field_name: str) -> str:
    page = next(page for page in card.pages if page.name == page_name)
    names = [field.name for field in page.fields]
    letter = column_letter(FIRST_COLUMN + names.index(field_name))
    last = FIRST_ROW - 1 + max(len(page.rows) + page.empty_rows, 1)
    return f"'{page.name}'!${letter}${FIRST_ROW}:${letter}${last}"
