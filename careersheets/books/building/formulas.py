"""Pieces of formulas that every spreadsheet program calculates alike: no dynamic arrays, nothing newer than IFERROR."""

from __future__ import annotations

from ...vocabulary.workbook import FIRST_ROW
from .layout import column_reference

# Larger than any row of a table; a search that finds nothing ends beyond it.
_NOWHERE = 10_000_000


def is_equal(sheet: str, column: str, value: str) -> str:
    """True for the rows whose cell is `value`; ids compare as text, whatever kind of cell they stand in."""
    return f'({column_reference(sheet, column)}&""={value}&"")'


def is_person(sheet: str, column: str, keys: tuple[str, ...]) -> str:
    """True for the rows whose cell names a person by any of `keys`: id, e-mail or full name."""
    return f"({'+'.join(is_equal(sheet, column, key) for key in keys)}>0)"


def is_filled(sheet: str, column: str) -> str:
    """True for the rows that hold something."""
    return f'({column_reference(sheet, column)}<>"")'


def is_given(sheet: str, column: str) -> str:
    """True for the rows whose rating is given: neither blank nor N/A."""
    return f'{is_filled(sheet, column)}*({column_reference(sheet, column)}<>"N/A")'


def first_row(sheet: str, *conditions: str, after: str = "0") -> str:
    """The number of the first row of a table, 1 for its first, that meets all `conditions` and stands after `after`.

    Where there is none, a number beyond every table, which `cell_of` and `text_of` turn into a blank.
    """
    any_column = conditions and column_reference(*_first_column(sheet))
    number = f"(ROW({any_column})-{FIRST_ROW - 1})"
    wanted = "*".join([*conditions, f"({number}>{after})"])
    return f"IFERROR(SUMPRODUCT(MIN({number}+{_NOWHERE}*(1-{wanted}))),{_NOWHERE})"


def is_found(row: str) -> str:
    """Whether `first_row` found a row."""
    return f"({row}<{_NOWHERE})"


def text_of(sheet: str, column: str, row: str) -> str:
    """The cell as text, blank where there is no such row."""
    return f'IFERROR(INDEX({column_reference(sheet, column)},{row})&"","")'


def cell_of(sheet: str, column: str, row: str) -> str:
    """The cell as it is; a blank one stays blank rather than becoming 0."""
    cell = f"INDEX({column_reference(sheet, column)},{row})"
    return f'IFERROR(IF({cell}="","",{cell}),"")'


def is_yes(cell: str) -> str:
    """1 for every way of writing Yes that the check accepts, else 0."""
    return f'IF(ISNUMBER(MATCH({cell}&"",{{"Yes","Y","TRUE","1","x","✓","✔"}},0)),1,0)'


def setting(name: str, default: float, low: float, high: float) -> str:
    """A number from the sheet Settings; the default where it is blank, missing or out of bounds."""
    names, values = column_reference("Settings", "setting"), column_reference("Settings", "value")
    value = f'INDEX({values},MATCH("{name}",{names},0))'
    usable = f"AND(ISNUMBER({value}),{value}>={low:g},{value}<={high:g})"
    return f"IFERROR(IF({usable},{value},{default:g}),{default:g})"


def current_cycle() -> str:
    """The cycle in Settings if it is one, else the open one that started last, else the one that started last."""
    names, values = column_reference("Settings", "setting"), column_reference("Settings", "value")
    cycles, starts = column_reference("Cycles", "cycle"), column_reference("Cycles", "start")
    wanted = f'IFERROR(INDEX({values},MATCH("Current cycle",{names},0))&"","")'
    is_cycle = f'AND({wanted}<>"",SUMPRODUCT(--({cycles}&""={wanted}))>0)'
    is_open = f'({column_reference("Cycles", "status")}="Open")'
    filled = f'({cycles}<>"")'
    opened = _latest(cycles, starts, f"{filled}*{is_open}")
    return f'IF({is_cycle},{wanted},IFERROR({opened},IFERROR({_latest(cycles, starts, filled)},"")))'


def _latest(cycles: str, starts: str, among: str) -> str:
    """The cycle `among` those with the latest start; the lower row of two."""
    number = f"(ROW({cycles})-{FIRST_ROW - 1})"
    latest = f"SUMPRODUCT(MAX({among}*{starts}))"
    row = f"SUMPRODUCT(MAX({among}*({starts}={latest})*{number}))"
    return f'INDEX({cycles},1/(1/{row}))&""'


def _first_column(sheet: str) -> tuple[str, str]:
    first = {
        "People": "employee_id",
        "Levels": "level_code",
        "Competencies": "competency_id",
        "Rating scales": "scale",
        "Expectations": "level_code",
        "Evaluations": "cycle",
        "Scores": "cycle",
        "Settings": "setting",
    }
    return sheet, first[sheet]
