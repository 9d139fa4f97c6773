"""The cell functions as plain formulas, for macOS, LibreOffice, Google Sheets and Excel without xlwings.

Arguments are cell references or quoted texts. IDs are given as they stand on the sheets, for a formula looks nobody up.
"""

from __future__ import annotations

from ..books.building.layout import column_reference, slot_of
from ..vocabulary.workbook import FIRST_ROW

# Result sheets are plain ranges without end; a formula that compares all their rows must not compare a million.
_LAST_ROW = 20_000


def gap_formula(employee: str, competency: str, target: str) -> str:
    """CAREER_GAP: the gap, "not assessed", or "no such gap"."""
    keys = {"employee_id": employee, "competency_id": competency, "target_level": target}
    row = _row("Gaps", keys)
    cell = f"INDEX({_range('Gaps', 'gap')},{row})"
    return f'=IFERROR(IF({cell}="","not assessed",{cell}),"no such gap")'


def readiness_formula(employee: str, target: str) -> str:
    """CAREER_READINESS: the band, or "not computed"."""
    row = _row("Readiness", {"employee_id": employee, "target_level": target})
    return f'=IFERROR(INDEX({_range("Readiness", "band")},{row}),"not computed")'


def label_formula(rating: str, scale: str) -> str:
    """RATING_LABEL: the word, or "no such point"; of a scale rather than a competency."""
    scales, values = (column_reference("Rating scales", name) for name in ("scale", "value"))
    row = f"MATCH(1,INDEX(({scales}={scale})*({values}={rating}),0),0)"
    return f'=IFERROR(INDEX({column_reference("Rating scales", "label")},{row}),"no such point")'


def next_level_formula(level: str) -> str:
    """NEXT_LEVEL: the levels, "the top", or "no such level"."""
    codes, following = (column_reference("Levels", name) for name in ("level_code", "next_levels"))
    cell = f"INDEX({following},MATCH({level},{codes},0))"
    return f'=IFERROR(IF({cell}="","the top",{cell}),"no such level")'


def _row(sheet: str, keys: dict[str, str]) -> str:
    """The first row in which every column of `keys` has its value."""
    conditions = "*".join(f"({_range(sheet, column)}={value})" for column, value in keys.items())
    return f"MATCH(1,INDEX({conditions},0),0)"


def _range(sheet: str, column: str) -> str:
    letter = slot_of(sheet, column).letter
    return f"'{sheet}'!${letter}${FIRST_ROW}:${letter}${_LAST_ROW}"
