"""Options that say nothing, or contradict each other, are refused in a sentence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from careersheets.books.building import build_workbook
from careersheets.surfaces.cli.main import app
from tests.analysis.test_by_hand import workbook as example


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--employee", ""), "--employee is empty"),
        (("--manager", " "), "--manager is empty"),
        (("--kinds", ""), "--kinds is empty"),
        (("--cycle", ""), "--cycle is empty"),
        (("--preview", "--dry-run"), "either --dry-run or --preview"),
        (("--cycle", "1999"), 'no cycle "1999". There is: H1, H2.'),
    ],
)
def test_a_report_nobody_asked_for_is_not_made(tmp_path: Path, options: tuple[str, ...], says: str) -> None:
    path = tmp_path / "careers.xlsx"
    build_workbook(path, example())
    before = path.read_bytes()
    command = [sys.executable, "-m", "careersheets.surfaces.cli", "report", str(path), *options]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=60)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert says in ran.stderr
    assert path.read_bytes() == before
    assert {entry.name for entry in tmp_path.iterdir()} == {"careers.xlsx"}


def test_errors_that_hold_nobody_are_said_and_are_in_the_exit_code(tmp_path: Path) -> None:
    path = tmp_path / "careers.xlsx"
    rows = example()
    rows["Scores"][0]["employee_id"] = "Nobody Known"
    build_workbook(path, rows)
    command = [sys.executable, "-m", "careersheets.surfaces.cli", "report", str(path)]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=60)
    assert ran.returncode == 1
    assert "1 error holds no document" in ran.stdout
    assert "Scores!C6" in ran.stdout


def test_the_list_of_commands_says_each_in_full() -> None:
    told = CliRunner().invoke(app, ["--help"]).output.partition("Commands:")[2]
    assert "..." not in told
    assert "Make a new workspace: the master workbook and the Word templates." in " ".join(told.split())
