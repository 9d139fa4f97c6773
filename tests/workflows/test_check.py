"""A real workbook file in; findings, gaps and readiness written back, and everything else as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from careersheets.books.building import build_workbook
from careersheets.books.excel_file import ExcelFile
from careersheets.workflows.check import CheckOutcome, check, counts_sentence
from tests.analysis.test_by_hand import workbook as example
from tests.support.as_openpyxl import load

NOW = datetime(2026, 11, 22, 9, 30)
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def checked(tmp_path: Path) -> Callable[[Rows], tuple[CheckOutcome, Path]]:
    def run(rows: Rows) -> tuple[CheckOutcome, Path]:
        path = tmp_path / "careers.xlsx"
        build_workbook(path, rows)
        return check(ExcelFile(path), NOW), path

    return run


def body(path: Path, sheet: str) -> list[list[Any]]:
    """What stands from row 6, column B on, as openpyxl reads it."""
    rows = load(path)[sheet].iter_rows(min_row=6, min_col=2, values_only=True)
    return [list(row) for row in rows if any(value is not None for value in row)]


@pytest.mark.requirement("X1", "G1", "G2")
def test_gaps_and_readiness_stand_in_the_workbook(
    checked: Callable[[Rows], tuple[CheckOutcome, Path]],
) -> None:
    _, path = checked(example())
    gaps = [row for row in body(path, "Gaps") if row[1] == "P1"]
    assert [row[3:10] for row in gaps] == [
        ["E3", "COM", "Com", 3, 3, 0, 2],
        ["E3", "DES", "Des", 2, 3, 1, 2],
        ["E3", "SEC", "Sec", "N/A", 1, None, None],
    ]
    readiness = {(row[1], row[3]): row[4:9] for row in body(path, "Readiness")}
    assert readiness["P1", "E3"] == [pytest.approx(55 / 70), pytest.approx(40 / 70), 1, 0, "Developing"]
    assert readiness["P5", "E5"] == [0.95, 0.6, 1, 0, "Ready"]


@pytest.mark.requirement("X1")
def test_findings_stand_on_to_fix_and_lead_to_their_cells(
    checked: Callable[[Rows], tuple[CheckOutcome, Path]],
) -> None:
    rows = example()
    rows["Scores"][2]["agreed_rating"] = 6
    outcome, path = checked(rows)
    first = body(path, "To fix")[0]
    assert first[:4] == ["Error", "Scores", first[2], "Chiara Bianchi"]
    assert first[4] == 'rating 6 is outside the scale "Default" (1 to 5).'
    assert first[6] == "CS203"
    sheet = load(path)["To fix"]
    address = outcome.assessment.findings[0].cell
    assert first[2] == f"Scores!{address}"
    assert sheet["D6"].hyperlink.location.replace("'", "") == f"Scores!{address}"
    assert load(path)["Scores"][address].value == 6


@pytest.mark.requirement("E4")
def test_a_person_with_an_error_is_held_and_everyone_else_is_computed(
    checked: Callable[[Rows], tuple[CheckOutcome, Path]],
) -> None:
    rows = example()
    rows["Scores"][2]["agreed_rating"] = 6
    outcome, path = checked(rows)
    assert list(outcome.assessment.held) == ["P1"]
    assert {row[1] for row in body(path, "Readiness")} == {"P2", "P3", "P4", "P5"}


def test_an_error_in_an_expectation_holds_everyone_measured_against_the_level(
    checked: Callable[[Rows], tuple[CheckOutcome, Path]],
) -> None:
    rows = example()
    rows["Expectations"][13]["required"] = 9
    outcome, _ = checked(rows)
    assert set(outcome.assessment.held) == {"P4", "P5"}


def test_a_fault_that_touches_several_levels_is_said_once(
    checked: Callable[[Rows], tuple[CheckOutcome, Path]],
) -> None:
    rows = example()
    rows["Competencies"][0]["scale"] = "Nope"
    outcome, _ = checked(rows)
    errors = [finding for finding in outcome.assessment.findings if finding.is_error]
    assert [(finding.place, finding.level) for finding in errors] == [
        ("Competencies!F6", "E2, E3, E4, E5, M4")
    ]
    assert set(outcome.assessment.held) == {"P1", "P2", "P3", "P4", "P5"}


@pytest.mark.requirement("X1")
def test_a_second_run_gives_the_same_sheets_and_hr_s_own_parts_stay_byte_for_byte(
    checked: Callable[[Rows], tuple[CheckOutcome, Path]],
) -> None:
    _, path = checked(example())
    before = _parts(path)
    check(ExcelFile(path), NOW)
    after = _parts(path)
    assert before.keys() == after.keys()
    assert {name for name in before if before[name] != after[name]} == set()


def test_start_says_when_it_ran_and_what_came_of_it(
    checked: Callable[[Rows], tuple[CheckOutcome, Path]],
) -> None:
    outcome, path = checked(example())
    loaded = load(path)
    cells = {name: _named(loaded, name) for name in ("cs_last_run", "cs_last_run_result")}
    assert cells["cs_last_run"] == NOW
    assert cells["cs_last_run_result"] == counts_sentence(outcome.assessment.findings)


def test_the_team_view_has_a_column_per_competency(
    checked: Callable[[Rows], tuple[CheckOutcome, Path]],
) -> None:
    _, path = checked(example())
    sheet = load(path)["Team view"]
    headers = [cell.value for cell in sheet[5]][1:]
    assert headers[:5] == ["Employee ID", "Name", "Team", "Target level", "Attainment"]
    assert set(headers[5:]) - {None} == {"Com", "Des", "Sec", "Men", "Run"}
    row = dict(zip(headers, [cell.value for cell in sheet[6]][1:], strict=True))
    assert (row["Employee ID"], row["Target level"], row["Com"], row["Des"]) == ("P1", "E3", 0, 1)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.xlsx", b"", "empty"),
        ("text.xlsx", b"Name,Level\nAda,E1\n", "is a text file"),
        ("half.xlsx", b"PK\x03\x04" + b"\0" * 40, ""),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ""),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_in_a_sentence(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    ran = _command("check", str(path))
    assert ran.returncode == 3
    assert name in ran.stderr
    assert says.casefold() in ran.stderr.casefold()
    assert "Traceback" not in ran.stderr
    assert path.read_bytes() == content


def test_a_folder_or_a_missing_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.xlsx"):
        ran = _command("check", str(path))
        assert (ran.returncode, "Traceback" in ran.stderr) == (3, False)
        assert path.name in ran.stderr


def test_the_command_says_the_same_in_words_and_in_json(tmp_path: Path) -> None:
    path = tmp_path / "careers.xlsx"
    rows = example()
    rows["Scores"][2]["agreed_rating"] = 6
    build_workbook(path, rows)
    words = _command("check", str(path), "--read-only")
    assert words.returncode == 1
    assert 'rating 6 is outside the scale "Default" (1 to 5). Enter 1 to 5' in words.stdout
    data = json.loads(_command("check", str(path), "--read-only", "--json").stdout)
    assert data["held"] == ["P1"]
    assert data["findings"][0]["code"] == "CS203"


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _named(loaded: openpyxl.Workbook, name: str) -> Any:
    sheet, address = next(iter(loaded.defined_names[name].destinations))
    return loaded[sheet][address.replace("$", "")].value


def _command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "careersheets.surfaces.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONUTF8": "1"},
    )


def test_as_many_backups_are_kept_as_the_settings_say(
    checked: Callable[[Rows], tuple[CheckOutcome, Path]],
) -> None:
    rows = example()
    rows["Settings"] = [{"setting": "Backups kept", "value": 2}]
    _, path = checked(rows)
    for minute in range(1, 5):
        check(ExcelFile(path, clock=lambda minute=minute: NOW.replace(minute=minute)), NOW)
    assert len(list((path.parent / "backups").iterdir())) == 2


@pytest.mark.requirement("F6")
def test_what_changes_at_the_next_level_stands_in_the_workbook(
    checked: Callable[[Rows], tuple[CheckOutcome, Path]],
) -> None:
    rows = example()
    rows["Expectations"][0]["behaviours"] = ("Writes short notes",)
    rows["Expectations"][2]["behaviours"] = ("Writes short notes", "Asks readers back")
    _, path = checked(rows)
    first, second, third = (row for row in body(path, "Next level") if row[:2] == ["E2", "E3"])
    assert first == ["E2", "E3", "COM", "Com", 2, 3, "Higher", "Asks readers back", None, None]
    assert (second[2], second[4:7], third[2], third[4:7]) == (
        "DES",
        [2, 3, "Higher"],
        "SEC",
        [None, 1, "New"],
    )
