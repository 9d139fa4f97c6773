"""`google create`: what may be entered, how it is shown, and who is asked before typing, as in the workbook for Excel."""

from __future__ import annotations

import pytest

from careersheets.books.building.layout import Slot, slots_of
from careersheets.books.google.client import GoogleClient
from careersheets.vocabulary.column import Kind
from careersheets.vocabulary.workbook import FIRST_ROW, HEADER_ROW, PERSON, START, all_sheets
from tests.google.created import made_in, starter, tab_of
from tests.google_server.server import GoogleServer
from tests.google_server.spreadsheet import Spreadsheet

pytestmark = pytest.mark.requirement("X8")


@pytest.fixture(scope="module")
def book(server: GoogleServer, client: GoogleClient) -> Spreadsheet:
    return made_in(server, client, starter())


def hr_columns() -> list[tuple[str, Slot]]:
    return [(s.name, slot) for s in all_sheets() if s.owner != "tool" for slot in slots_of(s)]


@pytest.mark.parametrize(("sheet", "slot"), hr_columns(), ids=lambda it: getattr(it, "header", it))
def test_what_may_be_entered_is_what_excel_lets_in(book: Spreadsheet, sheet: str, slot: Slot) -> None:
    tab = tab_of(book, sheet)
    rules = [
        tab.look_at(row, slot.index)["validation"] for row in (FIRST_ROW - 1, FIRST_ROW + 20, tab.rows - 1)
    ]
    if (sheet, slot.column.name) == ("Settings", "value"):
        return
    assert rules[0] == rules[1] == rules[2]
    expected = expected_condition(slot)
    if expected is None:
        assert rules[0] is None or rules[0]["condition"]["type"].startswith("NUMBER")
        return
    rule, (kind, values, strict) = rules[0], expected
    assert rule["condition"]["type"] == kind
    assert [value["userEnteredValue"] for value in rule["condition"]["values"]] == values
    assert rule["strict"] is strict
    assert rule["inputMessage"].startswith(slot.column.help[:200])


def expected_condition(slot: Slot) -> tuple[str, list[str], bool] | None:
    """Said of Google's rules here once more, from the vocabulary alone."""
    column = slot.column
    if slot.is_name:
        return None
    if column.choices and column.kind is not Kind.SEVERAL:
        return "ONE_OF_LIST", list(column.choices), True
    if column.kind is Kind.YES_NO:
        return "ONE_OF_LIST", ["Yes", "No"], True
    if column.kind is Kind.RATING:
        return "ONE_OF_RANGE", ["=Start!$AQ$6:$AQ$47"], False
    if column.refers_to == "Rating scales.scale":
        return "ONE_OF_RANGE", ["=Start!$AR$6:$AR$17"], False
    if column.refers_to and column.kind is not Kind.SEVERAL:
        sheet, _, key = column.refers_to.partition(".")
        by_name = sheet == "People" and not column.header.endswith("ID")
        place = place_of(sheet, "name" if by_name else key)
        return "ONE_OF_RANGE", [f"={place}"], False
    return ("DATE_ON_OR_AFTER", ["1950-01-01"], False) if column.kind is Kind.DATE else None


def place_of(sheet: str, column: str) -> str:
    slots = slots_of(next(it for it in all_sheets() if it.name == sheet))
    letter = next(slot.letter for slot in slots if slot.column.name == column and not slot.is_name)
    return f"'{sheet}'!${letter}${HEADER_ROW}:${letter}"


def test_days_shares_and_gaps_are_shown_as_such_down_to_the_last_row(book: Spreadsheet) -> None:
    for sheet in all_sheets():
        tab = tab_of(book, sheet.name)
        for slot in slots_of(sheet):
            kinds = {tab.look_at(row, slot.index)["kind"] for row in (FIRST_ROW - 1, tab.rows - 1)}
            if (sheet.name, slot.column.name) == ("Settings", "value") or sheet.name == "ROI":
                continue
            wanted = {Kind.DATE: "DATE", Kind.PERCENT: "PERCENT"}.get(slot.kind, "")
            if slot.column.name in ("gap", "gap_now", "change") and not wanted:
                wanted = "NUMBER"
            assert kinds == {wanted}, (sheet.name, slot.header)


def test_heat_maps_and_bands_follow_the_cells(book: Spreadsheet) -> None:
    for name, column in (("Gaps", "gap"), ("Team view", None), ("Readiness", "band"), ("Person", None)):
        rules = tab_of(book, name).conditional
        assert rules, name
        if column == "gap":
            scales = [rule["gradientRule"] for rule in rules if "gradientRule" in rule]
            assert [point["value"] for point in scales[2].values()] == ["-2", "0", "2"]
        if column == "band":
            words = [
                rule["booleanRule"]["condition"]["values"][0]["userEnteredValue"]
                for rule in rules
                if "booleanRule" in rule
            ]
            assert words == ["Ready", "Near", "Developing", "Insufficient data"]


def test_nobody_is_asked_who_chooses_a_person(book: Spreadsheet) -> None:
    tab = tab_of(book, PERSON)
    (entry,) = tab.protected
    free = [tab.area(area) for area in entry["unprotectedRanges"]]
    assert sorted((area.top, area.left) for area in free) == [(5, 1), (5, 3)]
    (entry,) = tab_of(book, START).protected
    assert "unprotectedRanges" not in entry


def test_somebody_who_types_where_the_tool_writes_is_asked_and_nobody_is_refused(book: Spreadsheet) -> None:
    for sheet in all_sheets():
        tab = tab_of(book, sheet.name)
        assert tab.protected, sheet.name
        assert all(entry["warningOnly"] for entry in tab.protected), sheet.name
        guarded = [tab.area(entry["range"]) for entry in tab.protected]
        for slot in slots_of(sheet):
            is_guarded = any(area.holds(FIRST_ROW + 1, slot.index) for area in guarded)
            wanted = sheet.owner == "tool" or slot.is_name or slot.column.owner == "tool"
            assert is_guarded == wanted, (sheet.name, slot.header)
