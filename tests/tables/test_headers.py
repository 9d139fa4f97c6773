"""Headers are found wherever they stand, and a doubtful one is named."""

from __future__ import annotations

import pytest

from careersheets.model.cells import Grid
from careersheets.tables.headers import find_headers, find_sheet, report_missing_sheet
from careersheets.vocabulary.people import People
from careersheets.vocabulary.sheet import sheet_of
from tests.support.contents import grid_of

PEOPLE = sheet_of(People)
HEADERS = [column.header for column in PEOPLE.columns]


def codes(grid: Grid) -> list[tuple[str, str]]:
    return [(finding.cell, finding.rule.code) for finding in find_headers(PEOPLE, grid)[1]]


def test_the_template_layout_has_no_findings() -> None:
    headers, findings = find_headers(PEOPLE, grid_of("People", HEADERS, []))
    assert findings == []
    assert headers is not None
    assert (headers.row, headers.columns["employee_id"], headers.columns["active"]) == (5, 2, 15)


@pytest.mark.parametrize("row", [1, 2, 9, 30])
@pytest.mark.parametrize("column", [1, 4])
def test_headers_are_found_wherever_they_stand(row: int, column: int) -> None:
    headers, _ = find_headers(PEOPLE, grid_of("People", HEADERS, [], header_row=row, first_column=column))
    assert headers is not None
    assert (headers.row, headers.columns["name"]) == (row, column + 1)


def test_case_accents_spaces_and_signs_make_no_difference() -> None:
    odd = [" EMPLOYEE  id ", "náme", "E mail", *HEADERS[3:]]
    headers, findings = find_headers(PEOPLE, grid_of("People", odd, []))
    assert headers is not None
    assert (headers.columns["employee_id"], headers.columns["email"], findings) == (2, 4, [])


def test_known_aliases_are_read() -> None:
    headers, findings = find_headers(
        PEOPLE, grid_of("People", ["Staff ID", "Full name", "Email", *HEADERS[3:]], [])
    )
    assert headers is not None
    assert (headers.columns["employee_id"], findings) == (2, [])


def test_a_header_wins_over_an_alias_of_the_same_column_further_left() -> None:
    headers, _ = find_headers(PEOPLE, grid_of("People", ["Manager", *HEADERS], []))
    assert headers is not None
    assert headers.columns["name"] == 4


def test_a_near_miss_is_a_finding_that_names_the_likely_header() -> None:
    grid = grid_of("People", ["Employee ID", "Name", "E-mail", "Levl code", *HEADERS[4:]], [])
    found = find_headers(PEOPLE, grid)[1]
    assert [(finding.cell, finding.rule.code) for finding in found] == [("E5", "CS006"), ("A5", "CS005")]
    assert '"Level code" may be meant' in found[0].message


def test_a_missing_column_is_an_error_only_where_every_row_needs_it() -> None:
    without_name = [header for header in HEADERS if header not in ("Name", "Team")]
    assert codes(grid_of("People", without_name, [])) == [("A5", "CS005"), ("A5", "CS008")]


def test_a_header_that_stands_twice_is_a_finding() -> None:
    assert codes(grid_of("People", [*HEADERS, "Team"], [])) == [("P5", "CS007")]


def test_extra_columns_and_name_columns_are_left_alone() -> None:
    extra = [*HEADERS, "Shoe size", "Manager name", "Level title"]
    assert codes(grid_of("People", extra, [])) == []


def test_a_sheet_without_headers_says_which_are_wanted() -> None:
    headers, findings = find_headers(PEOPLE, grid_of("People", ["a", "b"], []))
    assert headers is None
    assert [(finding.cell, finding.rule.code) for finding in findings] == [("", "CS004")]
    assert "Employee ID, Name, Level code" in findings[0].fix


def test_an_empty_sheet_is_not_a_crash() -> None:
    assert find_headers(PEOPLE, Grid("People", ()))[0] is None


def test_sheets_are_found_by_name_without_regard_to_case_and_spaces() -> None:
    grid = grid_of("action  ITEMS", [], [])
    from careersheets.vocabulary.plans import ActionItems

    assert find_sheet(sheet_of(ActionItems), {grid.sheet: grid}) is grid
    assert find_sheet(PEOPLE, {grid.sheet: grid}) is None


def test_a_missing_sheet_names_the_one_that_may_be_it() -> None:
    likely = report_missing_sheet(PEOPLE, ["Peopel", "Budget"], essential=True)
    assert (likely.rule.code, '"Peopel" may be it' in likely.message) == ("CS002", True)
    assert report_missing_sheet(PEOPLE, ["Budget"], essential=True).rule.code == "CS001"
    assert report_missing_sheet(PEOPLE, [], essential=False).rule.code == "CS003"
