"""The cell functions, and the plain formulas that say the same where there is no xlwings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from careersheets.books.excel_file import ExcelFile
from careersheets.books.file_engine import open_closed_file
from careersheets.surfaces import functions
from careersheets.surfaces.plain_formulas import (
    gap_formula,
    label_formula,
    next_level_formula,
    readiness_formula,
)
from careersheets.workflows.check import check
from tests.excel.company import write_company
from tests.support.as_openpyxl import load
from tests.support.office import convert

NOW = datetime(2026, 11, 22, 9, 30)


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook whose results were written."""
    workbook = write_company(tmp_path_factory.mktemp("functions") / "careers.xlsx", 2, 3)
    check(ExcelFile(workbook), NOW)
    return workbook


@pytest.fixture
def caller(checked: Path) -> Iterator[Any]:
    """A cell of that workbook that asks."""
    functions.forget_sheets()
    yield SimpleNamespace(sheet=open_closed_file(checked).sheets["Start"])
    functions.forget_sheets()


def rows_of(checked: Path, sheet: str) -> list[dict[str, Any]]:
    cells = list(load(checked)[sheet].iter_rows(5, None, 2, values_only=True))
    return [dict(zip(cells[0], row, strict=True)) for row in cells[1:] if row[0]]


def test_a_gap_is_found_by_id_e_mail_or_name_and_by_competency_or_title(checked: Path, caller: Any) -> None:
    row = next(row for row in rows_of(checked, "Gaps") if row["Gap"] is not None)
    person = next(p for p in rows_of(checked, "People") if p["Employee ID"] == row["Employee ID"])
    for who in (person["Employee ID"], person["E-mail"].upper(), person["Name"]):
        for what in (row["Competency ID"], row["Competency"]):
            assert functions.CAREER_GAP(who, what, caller=caller) == row["Gap"]
    assert functions.CAREER_GAP("nobody", row["Competency ID"], caller=caller) == "no such gap"


def test_what_was_not_assessed_is_never_zero(checked: Path, caller: Any) -> None:
    row = next(row for row in rows_of(checked, "Gaps") if row["Gap"] is None)
    assert (
        functions.CAREER_GAP(row["Employee ID"], row["Competency ID"], row["Target level"], caller)
        == "not assessed"
    )


def test_readiness_labels_and_levels(checked: Path, caller: Any) -> None:
    row = rows_of(checked, "Readiness")[0]
    assert functions.CAREER_READINESS(row["Employee ID"], caller=caller) == row["Band"]
    assert functions.CAREER_READINESS(row["Employee ID"], "E9", caller) == "not computed"
    assert functions.RATING_LABEL(3, "PLAN", caller) == "Independent"
    assert functions.RATING_LABEL(3.0, "Default", caller) == "Independent"
    assert functions.RATING_LABEL(9, "PLAN", caller) == "no such point"
    assert functions.NEXT_LEVEL("e1", caller) == "E2"
    assert functions.NEXT_LEVEL("E2", caller) == "the top"
    assert functions.NEXT_LEVEL("E7", caller) == "no such level"


@pytest.mark.office
def test_the_plain_formulas_say_the_same(checked: Path, caller: Any, tmp_path: Path) -> None:
    cases: list[tuple[str, Any]] = []
    for row in rows_of(checked, "Gaps"):
        who, what, target = row["Employee ID"], row["Competency ID"], row["Target level"]
        formula = gap_formula(f'"{who}"', f'"{what}"', f'"{target}"')
        cases.append((formula, functions.CAREER_GAP(who, what, target, caller)))
    for row in rows_of(checked, "Readiness"):
        who, target = row["Employee ID"], row["Target level"]
        cases.append(
            (readiness_formula(f'"{who}"', f'"{target}"'), functions.CAREER_READINESS(who, target, caller))
        )
    cases += [
        (label_formula(str(n), '"Default"'), functions.RATING_LABEL(n, "Default", caller))
        for n in range(1, 7)
    ]
    cases += [(next_level_formula(f'"{c}"'), functions.NEXT_LEVEL(c, caller)) for c in ("E1", "E2", "E7")]
    cases.append((gap_formula('"X"', '"Y"', '"Z"'), "no such gap"))
    book = load(checked)
    sheet = book.create_sheet("Formulas")
    for number, (formula, _) in enumerate(cases, 1):
        sheet.cell(number, 1, formula)
    asked = tmp_path / "asked.xlsx"
    book.save(asked)
    shown = ExcelFile(convert(asked, "xlsx", tmp_path / "out")).read().grids["Formulas"]
    assert [shown.cell(number, 1) for number in range(1, len(cases) + 1)] == [wanted for _, wanted in cases]
