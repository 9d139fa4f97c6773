"""A framework changes in the middle of a cycle: whom it touches, and what accepting it writes. Real workbooks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from careersheets.books.building import build_workbook
from careersheets.books.diff import build_diff
from careersheets.books.excel_file import ExcelFile
from careersheets.ledger.ledger import identity_of, open_ledger
from careersheets.ledger.records import FrameworkVersion
from careersheets.model.cells import CellRef, CellValue
from careersheets.model.errors import CareersheetsError, NotFound, UsageError
from careersheets.surfaces.cli.main import app
from careersheets.tables.reading import read_tables
from careersheets.tables.tables import Tables
from careersheets.vocabulary.framework import Expectations, FrameworkHistory
from careersheets.vocabulary.settings import Cycles
from careersheets.workflows.check import check
from careersheets.workflows.framework_accept import (
    Acceptance,
    FrameworkFaulty,
    NoOpenCycle,
    enter_acceptance,
    plan_acceptance,
)
from careersheets.workflows.framework_compare import (
    FrameworkChange,
    FrameworkComparison,
    compare_framework,
    comparison_sentence,
)
from careersheets.workflows.scorecards_compare import master_of
from tests.analysis.test_by_hand import workbook as example
from tests.support.as_openpyxl import load
from tests.support.versions import kept_rows

pytestmark = pytest.mark.requirement("F8")

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 30)


def new(folder: Path, rows: Mapping[str, Any] | None = None) -> Path:
    path = folder / "careers.xlsx"
    build_workbook(path, dict(rows or example()))
    return path


def accept(path: Path) -> Acceptance:
    book = ExcelFile(path)
    acceptance = plan_acceptance(book, TODAY)
    enter_acceptance(book, acceptance)
    return acceptance


def compare(path: Path, against: str = "") -> FrameworkComparison:
    return compare_framework(ExcelFile(path).read(), TODAY, against)


def tables_of(path: Path) -> Tables:
    return read_tables(ExcelFile(path).read())[0]


def ask(path: Path, level: str, what: str, required: CellValue) -> str:
    """HR asks for another rating; the cell in which it does."""
    book = ExcelFile(path)
    contents = book.read()
    table = read_tables(contents)[0][Expectations]
    row = table.frame.index[table.frame["level_code"].eq(level) & table.frame["competency_id"].eq(what)][0]
    number = ord(table.letters["required"]) - ord("A") + 1
    book.apply(contents, build_diff(contents, {CellRef(table.sheet, int(row), number): required}))
    return table.cell(row, "required")


def version_of(path: Path, cycle: str) -> object:
    frame = tables_of(path).frame(Cycles).set_index("cycle")
    return frame.loc[cycle, "framework_version"]


def test_the_first_version_is_kept_value_by_value_on_a_very_hidden_sheet(tmp_path: Path) -> None:
    path = new(tmp_path)
    acceptance = accept(path)
    assert (acceptance.version, acceptance.is_new) == ("1", True)
    assert load(path)["Framework history"].sheet_state == "veryHidden"
    history = tables_of(path).frame(FrameworkHistory)
    row = history[history["key"].eq("E3|COM") & history["of_column"].eq("Required")]
    assert row[["version", "sheet", "value"]].to_numpy().tolist() == [["1", "Expectations", "3"]]
    assert version_of(path, "H2") == "1"
    assert version_of(path, "H1") == "1"


def test_accepting_the_same_again_writes_nothing(tmp_path: Path) -> None:
    path = new(tmp_path)
    accept(path)
    before = path.read_bytes()
    again = accept(path)
    assert (again.version, again.is_new, len(again.diff)) == ("1", False, 0)
    assert path.read_bytes() == before


def test_who_is_touched_is_said_by_name_before_anything_is_accepted(tmp_path: Path) -> None:
    """E3 asks P1 for COM 3 (weight 40), DES 3 (30), SEC N/A: 55/70 with COM 3 and DES 2.

    Asked for COM 5, P1 attains (40 x 2/4 + 30 x 1/2) / 70 = 50 %.
    """
    path = new(tmp_path)
    accept(path)
    ask(path, "E3", "COM", 5)
    comparison = compare(path)
    assert comparison.changes == (FrameworkChange("Expectations", "E3|COM", "Required", "3", "5"),)
    assert [(found.name, found.target_level, found.before, found.after) for found in comparison.impacts] == [
        ("Chiara Bianchi", "E3", "Developing, 78.6 %", "Developing, 50.0 %"),
    ]
    assert comparison_sentence(comparison) == (
        '1 change since version "1" changes readiness for 1 person, none of them into another band.'
    )


def test_those_who_come_into_another_band_are_listed_first(tmp_path: Path) -> None:
    path = new(tmp_path)
    accept(path)
    ask(path, "E3", "COM", 5)
    ask(path, "E5", "COM", 4)
    comparison = compare(path)
    moved = [found.other_band for found in comparison.impacts]
    assert moved[0] is True
    assert moved == sorted(moved, reverse=True)
    assert "P1" in {found.employee_id for found in comparison.impacts}


def test_until_it_is_accepted_a_change_moves_no_number_and_a_note_says_so(tmp_path: Path) -> None:
    path = new(tmp_path)
    accept(path)
    before = check(ExcelFile(path), NOW).assessment
    ask(path, "E3", "COM", 5)
    after = check(ExcelFile(path), NOW).assessment
    assert after.results.readiness.equals(before.results.readiness)
    notes = [finding for finding in after.findings if finding.rule.code == "CS328"]
    assert [(note.place, "1 value on Expectations" in note.message) for note in notes] == [
        ("Cycles!F7", True)
    ]
    accept(path)
    settled = check(ExcelFile(path), NOW).assessment
    assert "CS328" not in {finding.rule.code for finding in settled.findings}
    first = settled.results.readiness.set_index(["employee_id", "target_level"])
    assert first.loc[("P1", "E3"), "attainment"] == pytest.approx(0.5)
    assert first.loc[("P1", "E3"), "previous_attainment"] == pytest.approx(
        before.results.readiness.set_index(["employee_id", "target_level"]).loc[
            ("P1", "E3"), "previous_attainment"
        ]
    )


def test_a_version_is_never_replaced_and_numbers_go_on(tmp_path: Path) -> None:
    path = new(tmp_path)
    accept(path)
    first = tables_of(path).frame(FrameworkHistory)
    ask(path, "E3", "COM", 5)
    assert accept(path).version == "2"
    both = tables_of(path).frame(FrameworkHistory)
    assert both.iloc[: len(first)].equals(first)
    assert set(both.iloc[len(first) :]["version"]) == {"2"}
    assert version_of(path, "H2") == "2"
    assert version_of(path, "H1") == "1"
    ask(path, "E3", "COM", 3)
    back = accept(path)
    assert (back.version, back.is_new) == ("1", False)
    assert len(tables_of(path).frame(FrameworkHistory)) == len(both)
    assert version_of(path, "H2") == "1"


def test_any_kept_version_can_be_compared_with(tmp_path: Path) -> None:
    path = new(tmp_path)
    accept(path)
    ask(path, "E3", "COM", 5)
    accept(path)
    assert compare(path).changes == ()
    assert len(compare(path, "1").changes) == 1
    with pytest.raises(NotFound, match="There is: 1, 2"):
        compare(path, "3")


def test_rows_that_are_new_or_gone_are_one_line_each(tmp_path: Path) -> None:
    rows = example()
    path = new(tmp_path, rows)
    accept(path)
    history = tables_of(path).frame(FrameworkHistory).to_dict("records")
    rows["Expectations"] = [
        row for row in rows["Expectations"] if (row["level_code"], row["competency_id"]) != ("E3", "SEC")
    ]
    rows["Rating scales"] = [*rows["Rating scales"], {"scale": "Practice", "value": 3, "label": "Teaches"}]
    rows["Framework history"] = history
    rows["Cycles"] = [row | {"framework_version": "1"} for row in rows["Cycles"]]
    (tmp_path / "later").mkdir()
    changes = compare(new(tmp_path / "later", rows)).changes
    assert [
        (found.sheet, found.key, found.column, bool(found.before), bool(found.now)) for found in changes
    ] == [
        ("Expectations", "E3|SEC", "", True, False),
        ("Rating scales", "Practice|3", "", False, True),
    ]


def test_a_name_that_hr_gave_the_version_is_kept(tmp_path: Path) -> None:
    rows = example()
    rows["Cycles"] = [row | {"framework_version": "Spring 2026"} for row in rows["Cycles"]]
    assert accept(new(tmp_path, rows)).version == "Spring 2026"


def test_a_framework_with_errors_is_not_accepted(tmp_path: Path) -> None:
    path = new(tmp_path)
    cell = ask(path, "E3", "COM", 9)
    before = path.read_bytes()
    with pytest.raises(FrameworkFaulty, match=f"Expectations!{cell}"):
        accept(path)
    assert path.read_bytes() == before


def test_errors_that_come_in_after_acceptance_hold_nobody(tmp_path: Path) -> None:
    path = new(tmp_path)
    accept(path)
    before = check(ExcelFile(path), NOW).assessment
    cell = ask(path, "E3", "COM", 9)
    after = check(ExcelFile(path), NOW).assessment
    assert f"Expectations!{cell}" in {finding.place for finding in after.findings if finding.is_error}
    assert after.held == before.held == {}
    assert after.results.gaps.equals(before.results.gaps)


@pytest.mark.parametrize("status", ["Closed", None])
def test_a_closed_cycle_keeps_its_framework(tmp_path: Path, status: str | None) -> None:
    rows = example()
    rows["Cycles"] = [row | {"status": "Closed"} for row in rows["Cycles"]] if status else []
    with pytest.raises(NoOpenCycle):
        accept(new(tmp_path, rows))


def test_a_workbook_that_changed_after_the_preview_is_not_written(tmp_path: Path) -> None:
    path = new(tmp_path)
    book = ExcelFile(path)
    acceptance = plan_acceptance(book, TODAY)
    ask(path, "E3", "COM", 5)
    with pytest.raises(CareersheetsError):
        enter_acceptance(book, acceptance)
    assert tables_of(path).frame(FrameworkHistory).empty


def test_a_workbook_without_the_column_says_which_one(tmp_path: Path) -> None:
    path = new(tmp_path)
    book = load(path)
    book["Cycles"]["F5"] = "Whatever"
    book.save(path)
    with pytest.raises(UsageError, match="Framework version"):
        accept(path)


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(words), standalone_mode=False, input="n\n")
    code = result.return_value if isinstance(result.return_value, int) else result.exit_code
    return code, result.output


def test_the_command_line_shows_asks_writes_and_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAREERSHEETS_LEDGER", str(tmp_path / "ledgers"))
    path = new(tmp_path)
    before = path.read_bytes()
    code, said = run("framework", "accept", str(path))
    assert code == 0
    assert 'as version "1" and lets them count for "H1", "H2"' in said
    assert path.read_bytes() == before
    assert run("framework", "accept", str(path), "--yes")[0] == 0
    ask(path, "E3", "COM", 5)
    _, said = run("framework", "diff", str(path))
    assert said.splitlines()[1] == "  Chiara Bianchi, for E3: Developing, 78.6 % -> Developing, 50.0 %"
    code, said = run("framework", "accept", str(path), "--yes", "--json")
    data = json.loads(said)
    assert (code, data["people"], data["accepts"]) == (0, 1, "2")
    assert data["written_to"]
    with open_ledger(identity_of(path)) as ledger:
        noted = ledger.framework_of("H2")
        assert isinstance(noted, FrameworkVersion)
        assert noted.version == "2"


def test_returned_scorecards_are_held_against_the_framework_that_counts(tmp_path: Path) -> None:
    rows = example()
    kept = tables_of(new(tmp_path, rows))
    rows["Framework history"] = kept_rows(kept, "1")
    rows["Cycles"] = [row | {"framework_version": "1"} for row in rows["Cycles"]]
    rows["Rating scales"] = [*rows["Rating scales"], {"scale": "Default", "value": 10, "label": "New"}]
    (tmp_path / "later").mkdir()
    contents = ExcelFile(new(tmp_path / "later", rows)).read()
    assert master_of(contents, None).scales.loc["COM", "high"] == 5
