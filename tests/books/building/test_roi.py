"""The sheet ROI: its formulas, calculated by LibreOffice, give what stands beside them."""

from __future__ import annotations

from pathlib import Path

import pytest
from xlsxwriter import Workbook

from careersheets.books.building.building import Building
from careersheets.books.building.names import KnownNames
from careersheets.books.building.roi import LINES, calculate, roi_rows, write_roi
from careersheets.books.building.table_page import write_table_page
from careersheets.books.building.theme import Styles
from careersheets.books.excel_file import ExcelFile
from careersheets.vocabulary.sheet import sheet_of
from careersheets.vocabulary.workbook import model_of
from tests.support.office import convert

pytestmark = pytest.mark.requirement("X11")

PEOPLE = [
    {"employee_id": "1", "name": "Ngozi Okafor"},
    {"employee_id": "2", "name": "Piotr Wrona", "active": True},
    {"employee_id": "3", "name": "Sina Faraji", "active": False},
    {"employee_id": "4", "name": "Maria Lopes"},
]


def build(path: Path) -> None:
    workbook = Workbook(str(path))
    rows = {"People": PEOPLE, "ROI": roi_rows()}
    building = Building(workbook, Styles(workbook), rows, KnownNames(rows))
    for name in ("Levels", "People", "ROI"):
        workbook.add_worksheet(name)
    for name in ("Levels", "People", "ROI"):
        write_table_page(building, sheet_of(model_of(name)))
    write_roi(building)
    workbook.close()


def values_in(path: Path) -> list[list[object]]:
    grid = ExcelFile(path).read().grids["ROI"]
    return [[grid.cell(row, column) for column in (3, 4, 5)] for row in range(6, 16)]


def test_three_people_worked_by_hand() -> None:
    # leavers 3 x 15 % = 0.45; one leaver 50,000 x 33 % = 16,500; turnover 7,425; preventable (22 % + 63 %) / 2.
    found = {key: readings["middle"] for key, readings in calculate(3).items()}
    assert found["leavers"] == pytest.approx(0.45)
    assert found["each"] == pytest.approx(16_500)
    assert found["cost"] == pytest.approx(7_425)
    assert found["saving"] == pytest.approx(7_425 * 0.425)


def test_every_line_says_where_its_number_comes_from() -> None:
    assert all(line.source and (line.values or line.formula) for line in LINES)
    assert [len(line.values) for line in LINES if line.values] == [3, 3, 3, 3]


@pytest.mark.office
def test_the_formulas_give_the_values_stored_beside_them(tmp_path: Path) -> None:
    path = tmp_path / "roi.xlsx"
    build(path)
    stored = values_in(path)
    assert stored[0] == [3, 3, 3], "who has left is not counted"
    assert stored[9][1] == pytest.approx(7_425 * 0.425)
    calculated = values_in(convert(path, "xlsx", tmp_path / "office"))
    for before, after in zip(stored, calculated, strict=True):
        assert after == pytest.approx(before)
