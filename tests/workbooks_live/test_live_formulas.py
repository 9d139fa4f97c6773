"""The formulas of the page Person against the package, and both against numbers worked by hand.

Worked by hand, from invented.py (scale Points 1 to 5, scale Practice 0 to 2; weights in brackets):

| person, target | rows | attainment | share met | coverage | band |
|---|---|---|---|---|---|
| Amélie, E3 | CODE 3 of 4 (40, critical), DSGN 3 of 3.5 (30), TALK 2 of 2 (20), SAFE 0 of 2 (10) | (40*2/3 + 30*0.8 + 20) / 100 = 0.7067 | 0.2 | 1 | Developing |
| Amélie, M3 | LEAD not rated (50, critical), TALK 2 of 2 (30), CODE 3 of 3 (20), SAFE optional | 50 / 50 = 1 | 1 | 0.5 | Insufficient data |
| Bjørn, M3 | LEAD 3 of 4 (50, critical), TALK 2 of 2 (30), CODE 2.5 of 3 (20) | (50*2/3 + 30 + 20*0.75) / 100 = 0.7833 | 0.3 | 1 | Developing |
| Çağla, E3 | frozen at E2; CODE 4, DSGN 4 agreed, TALK 2, SAFE 2 | 1 | 1 | 1 | Ready |
| Çağla, M3 | LEAD not rated (50, critical), TALK 2 of 2 (30), CODE 4 of 3 (20) | 1 | 1 | 0.5 | Insufficient data |
| Dmitri, E3 | CODE not rated (40, critical), the rest met | 1 | 1 | 0.6 | Insufficient data |
| Esi, E3 | CODE 4 agreed (40), DSGN 3 of 3.5 (30), TALK agreed N/A, SAFE N/A | (40 + 24) / 70 = 0.9143 | 4/7 | 1 | Near |
| Esi, M3 | LEAD 3 of 4 (50, critical), CODE 4 of 3 (20), TALK N/A | (50*2/3 + 20) / 70 = 0.7619 | 2/7 | 1 | Developing |
| Farouk, S2 | TALK 2 of 2, SAFE 1 of 1 by label, CODE optional; equal weights | 1 | 1 | 1 | Ready |
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from careersheets.analysis.compute import compute_results
from careersheets.analysis.results import Results
from careersheets.books.building import build_workbook
from careersheets.books.excel_file import ExcelFile
from careersheets.tables.reading import read_tables
from careersheets.tables.settings import read_settings
from tests.support.office import convert_all
from tests.workbooks_live.invented import after_a_report, company
from tests.workbooks_live.person_page import Page, pages_of, without_stored_values

pytestmark = [pytest.mark.office, pytest.mark.requirement("X1")]

# Person, number of the target, and by hand: attainment, share met, coverage, critical unmet, band.
BY_HAND = {
    ("Amélie Okonkwo", 1): (0.7066667, 0.2, 1, 1, "Developing"),
    ("Amélie Okonkwo", 2): (1, 1, 0.5, 0, "Insufficient data"),
    ("Bjørn Tanaka", 1): (0.7833333, 0.3, 1, 1, "Developing"),
    ("P-03", 1): (1, 1, 1, 0, "Ready"),
    ("P-03", 2): (1, 1, 0.5, 0, "Insufficient data"),
    ("Dmitri Nguyễn", 1): (1, 1, 0.6, 0, "Insufficient data"),
    ("esi@example.org", 1): (0.9142857, 0.5714286, 1, 0, "Near"),
    ("Esi Þórsdóttir", 2): (0.7619048, 0.2857143, 1, 1, "Developing"),
    ("Farouk de la Cruz", 1): (1, 1, 1, 0, "Ready"),
}
OTHERS = [("Gül Horváth", 1), ("Dmitri Nguyễn", 2), ("Nobody at all", 1)]
IDS = {"Amélie Okonkwo": "P-01", "Bjørn Tanaka": "P-02", "Dmitri Nguyễn": "P-04", "Farouk de la Cruz": "1001"}
IDS |= {"esi@example.org": "0007", "Esi Þórsdóttir": "0007"}


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("live") / "careers.xlsx"
    build_workbook(path, company())
    return path


@pytest.fixture(scope="module")
def pages(workbook: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], Page]:
    choices = [*BY_HAND, *OTHERS]
    found = pages_of(workbook, choices, tmp_path_factory.mktemp("chosen"))
    return dict(zip(choices, found, strict=True))


@pytest.fixture(scope="module")
def results(workbook: Path) -> Results:
    tables, _ = read_tables(ExcelFile(workbook).read())
    settings, _ = read_settings(tables)
    return compute_results(tables, settings, date(2026, 11, 2))


@pytest.mark.parametrize("choice", BY_HAND, ids=lambda choice: f"{choice[0]}, target {choice[1]}")
def test_readiness_is_what_was_worked_by_hand(
    pages: dict[tuple[str, int], Page], choice: tuple[str, int]
) -> None:
    page = pages[choice]
    attainment, share_met, coverage, critical_unmet, band = BY_HAND[choice]
    assert page.band == band
    assert page.attainment == pytest.approx(attainment)
    assert page.share_met == pytest.approx(share_met)
    assert page.coverage == pytest.approx(coverage)
    assert page.critical_unmet == critical_unmet
    assert page.warning == ""


@pytest.mark.requirement("G1", "G2")
@pytest.mark.parametrize("choice", BY_HAND, ids=lambda choice: f"{choice[0]}, target {choice[1]}")
def test_every_number_is_the_packages(
    pages: dict[tuple[str, int], Page], results: Results, choice: tuple[str, int]
) -> None:
    page, employee = pages[choice], IDS.get(choice[0], choice[0])
    of_target = f"employee_id == '{employee}' and target_rank == {choice[1]}"
    gaps = results.gaps.query(of_target)
    expected = {row["competency"]: _as_shown(row) for row in gaps.to_dict("records")}
    assert {title: _without_na_said(row) for title, row in page.rows.items()} == expected
    (readiness,) = results.readiness.query(of_target).to_dict("records")
    assert page.target.startswith(readiness["target_level"])
    assert page.band == readiness["band"]
    for figure in ("attainment", "share_met", "coverage", "critical_unmet"):
        assert getattr(page, figure) == pytest.approx(readiness[figure]), figure


def test_every_target_of_everybody_is_compared(results: Results) -> None:
    compared = {(IDS.get(person, person), rank) for person, rank in BY_HAND}
    assert compared == set(
        results.readiness[["employee_id", "target_rank"]].itertuples(index=False, name=None)
    )


def test_level_and_manager_are_those_of_the_evaluation(pages: dict[tuple[str, int], Page]) -> None:
    assert pages["P-03", 1].level == "E2  ·  Engineer II"
    assert pages["P-03", 1].manager == "Manager: Amélie Okonkwo"
    assert pages["Bjørn Tanaka", 1].target == "M3  ·  Engineering Manager"


def test_who_was_not_evaluated_shows_what_is_asked_and_no_gap(pages: dict[tuple[str, int], Page]) -> None:
    page = pages["Gül Horváth", 1]
    assert page.target.startswith("E2")
    assert (page.band, page.attainment, page.coverage) == ("Insufficient data", "", 0)
    assert [row[5] for row in page.rows.values()] == ["", "", ""]


def test_a_target_that_does_not_exist_shows_nothing(pages: dict[tuple[str, int], Page]) -> None:
    page = pages["Dmitri Nguyễn", 2]
    assert (page.target, page.band, page.rows) == ("No such target", "", {})


def test_an_unknown_name_is_said_to_be_unknown(pages: dict[tuple[str, int], Page]) -> None:
    page = pages["Nobody at all", 1]
    assert page.warning == "Nobody of this name on the sheet People."
    assert (page.target, page.band, page.rows) == ("", "", {})


def test_stored_names_beside_ids_are_what_the_formulas_give(workbook: Path, tmp_path: Path) -> None:
    stripped = without_stored_values(workbook, tmp_path / "stripped.xlsx")
    (calculated,) = convert_all([stripped], "xlsx", tmp_path / "calculated")
    for sheet in ("People", "Evaluations", "Scores", "Expectations"):
        assert _cells(calculated, sheet) == _cells(workbook, sheet), sheet


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> list[list[Any]]:
    folder = tmp_path_factory.mktemp("start")
    build_workbook(folder / "careers.xlsx", company() | after_a_report())
    stripped = without_stored_values(folder / "careers.xlsx", folder / "stripped.xlsx")
    return _cells(convert_all([stripped], "xlsx", folder / "calculated")[0], "Start")


def test_start_shows_the_cycle_in_hand(start: list[list[Any]]) -> None:
    assert start[1][20] == "2026-H2"


def test_key_figures_count_the_cycle_in_hand(start: list[list[Any]]) -> None:
    shown = {start[5][column]: (start[6][column], start[7][column]) for column in range(1, 25, 4)}
    assert shown == {
        "People": (7, "active today"),
        "Evaluated": (2, "of 3 in this cycle"),
        "Ready for a target": (1, "of 2 people and targets"),
        "Open gaps": (3, "2 of them critical"),
        "Errors to fix": (1, "2 warnings  ·  1 note"),
        "Overdue actions": (2, "of 3 open"),
    }


def test_an_empty_workbook_shows_dashes_and_no_wrong_count(tmp_path: Path) -> None:
    build_workbook(tmp_path / "careers.xlsx")
    start = _cells(convert_all([tmp_path / "careers.xlsx"], "xlsx", tmp_path / "calculated")[0], "Start")
    shown = {start[5][column]: (start[6][column], start[7][column]) for column in range(1, 25, 4)}
    assert shown == {
        "People": (0, "active today"),
        "Evaluated": ("–", "no evaluation opened"),
        "Ready for a target": ("–", "after the first report"),
        "Open gaps": ("–", "after the first report"),
        "Errors to fix": (0, "0 warnings  ·  0 notes"),
        "Overdue actions": (0, "of 0 open"),
    }


def test_charts_draw_what_is_there(start: list[list[Any]]) -> None:
    assert _column(start, "Evaluations", 5) == ["Draft", "Submitted", "Returned", "Approved", "Released"]
    assert _column(start, "Evaluations", 5, right=1) == [1, 1, 0, 1, 0]
    assert _column(start, "Readiness", 4, right=1) == [1, 0, 1, 0]
    assert _column(start, "Largest gaps", 3) == ["Leading people", "Code quality", ""]
    assert _column(start, "Largest gaps", 3, right=1) == [2, 0.75, 0]


def test_ratings_to_choose_from_are_the_points_of_all_scales_and_na(start: list[list[Any]]) -> None:
    points = [half / 2 for half in range(11)]
    assert _column(start, "Ratings", 14) == [*points, "N/A", "", ""]
    assert _column(start, "Scales", 3) == ["Points", "Practice", ""]


def _as_shown(row: dict[str, Any]) -> list[object]:
    current, gap = ("N/A", "N/A") if row["not_applicable"] else (row["current"], row["gap"])
    remark = "Yes" if row["critical"] else "optional" if row["optional"] else ""
    shown = [row["required"], row["self_rating"], row["manager_rating"], row["agreed_rating"], current, gap]
    return [_blank(value) for value in shown] + [round(row["weight"], 1), remark]


def _blank(value: Any) -> Any:
    return "" if isinstance(value, float) and math.isnan(value) else value


def _without_na_said(row: Sequence[object]) -> list[object]:
    """The frames keep what each side rated in points; that a side said N/A is only in what counts."""
    return ["" if value == "N/A" and column in (1, 2, 3) else value for column, value in enumerate(row)]


def _column(cells: list[list[Any]], label: str, count: int, right: int = 0) -> list[Any]:
    """The first `count` values of the hidden step called `label`, or of the one `right` of it."""
    column = cells[4].index(label) + right
    return [cells[5 + row][column] for row in range(count)]


def _cells(path: Path, sheet: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
