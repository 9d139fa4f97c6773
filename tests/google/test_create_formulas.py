"""Start, Person and ROI show the same in a Google Sheet as in Excel; LibreOffice calculates both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from careersheets.books.building import build_workbook
from careersheets.books.google.client import GoogleClient
from careersheets.vocabulary.workbook import FIRST_ROW
from tests.google.calculated import as_workbook
from tests.google.created import IDENTITY, made_in
from tests.google_server.server import GoogleServer
from tests.google_server.spreadsheet import Spreadsheet
from tests.support.office import convert_all
from tests.workbooks_live.invented import after_a_report, company
from tests.workbooks_live.person_page import without_stored_values

pytestmark = [pytest.mark.office, pytest.mark.requirement("X8", "X1")]

PEOPLE = ["Amélie Okonkwo", "P-03", "esi@example.org", "Nobody at all"]
# Where Start says how to run, which differs, and from which column on it calculates; 0-based.
RUN, HIDDEN = range(23, 30), 26
Cells = dict[tuple[int, int], Any]


@pytest.fixture(scope="module")
def calculated(
    server: GoogleServer, client: GoogleClient, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """Files with calculated formulas, by what they are."""
    folder = tmp_path_factory.mktemp("files")
    rows = company() | after_a_report()
    build_workbook(folder / "filled in Excel.xlsx", rows, identity=IDENTITY)
    build_workbook(folder / "empty in Excel.xlsx", identity=IDENTITY)
    paths = [
        without_stored_values(folder / f"{name}.xlsx", folder / f"{name}, stripped.xlsx")
        for name in ("filled in Excel", "empty in Excel")
    ]
    paths.append(as_workbook(made_in(server, client), folder / "empty in Google.xlsx"))
    book = made_in(server, client, rows)
    paths.append(as_workbook(book, folder / "filled in Google.xlsx"))
    for person in PEOPLE:
        _choose(book, person)
        paths.append(as_workbook(book, folder / f"{person} in Google.xlsx"))
    _insert_row_at_the_top(book)
    paths.append(as_workbook(book, folder / "inserted in Google.xlsx"))
    return {path.stem: path for path in convert_all(paths, "xlsx", folder / "calculated")}


@pytest.mark.parametrize("kind", ["filled", "empty"])
def test_start_shows_the_same_figures_and_draws_the_same(calculated: dict[str, Path], kind: str) -> None:
    ours, theirs = (
        cells(calculated[name], "Start") for name in (f"{kind} in Google", f"{kind} in Excel, stripped")
    )
    for found in (ours, theirs):
        for place in [place for place in found if place[0] in RUN and place[1] < HIDDEN]:
            del found[place]
    assert ours == theirs
    assert len(ours) > 150


def test_person_shows_the_same_gaps_and_readiness(calculated: dict[str, Path]) -> None:
    ours, theirs = (
        cells(calculated[name], "Person", columns=10)
        for name in ("filled in Google", "filled in Excel, stripped")
    )
    assert ours == theirs
    assert ours[9, 1] == "Developing"


def test_person_shows_whomever_is_chosen(calculated: dict[str, Path]) -> None:
    """By hand, as in workbooks_live/test_live_formulas.py."""
    pages = {person: cells(calculated[f"{person} in Google"], "Person") for person in PEOPLE}
    assert [page.get((9, 1), "") for page in pages.values()] == ["Developing", "Ready", "Near", ""]
    assert pages["esi@example.org"][9, 2] == pytest.approx(0.9142857)
    assert pages["Nobody at all"][6, 1] == "Nobody of this name on the sheet People."
    bars = [value for (_, column), value in pages["P-03"].items() if column == 11 and value == "bar"]
    assert len(bars) == 4


def test_a_row_inserted_above_the_first_one_counts(calculated: dict[str, Path]) -> None:
    before, after = (cells(calculated[f"{name} in Google"], "Start")[6, 1] for name in ("filled", "inserted"))
    assert after == before + 1


def test_the_cost_of_turnover_comes_out_the_same(calculated: dict[str, Path]) -> None:
    ours, theirs = (
        cells(calculated[name], "ROI") for name in ("filled in Google", "filled in Excel, stripped")
    )
    assert ours == theirs


def cells(path: Path, sheet: str, columns: int = 100) -> Cells:
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return {
        (row, column): round(value, 9) if isinstance(value, float) else value
        for row, values in enumerate(rows)
        for column, value in enumerate(values[:columns])
        if value != ""
    }


def _choose(book: Spreadsheet, person: str) -> None:
    tab = book.titled("Person")
    assert tab is not None
    tab.cell(5, 1).value = person


def _insert_row_at_the_top(book: Spreadsheet) -> None:
    tab = book.titled("People")
    assert tab is not None
    tab.shift("ROWS", FIRST_ROW - 1, 1)
    tab.cell(FIRST_ROW - 1, 1).value = "P-99"
