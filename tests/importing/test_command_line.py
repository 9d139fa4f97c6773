"""The commands as HR's helper types them: shown first, written when accepted."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from careersheets.books.building import build_workbook
from careersheets.books.excel_file import ExcelFile
from careersheets.surfaces.cli.framework import framework_app, people_app
from careersheets.tables.reading import read_tables
from careersheets.vocabulary.framework import Expectations
from tests.importing import matrices

pytestmark = pytest.mark.requirement("F7")


def run(*arguments: object, app: str = "framework") -> str:
    chosen = framework_app if app == "framework" else people_app
    result = CliRunner().invoke(chosen, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_a_table_is_shown_then_written_then_there_is_nothing_to_change(tmp_path: Path) -> None:
    table = matrices.levels_across(tmp_path)
    book = tmp_path / "careers.xlsx"
    build_workbook(book)
    shown = run("import", "table", table, "--into", book)
    assert "Expectations: 13 new rows, 0 changed cells" in shown
    assert "Nothing was written. Add --yes" in shown
    assert (tmp_path / "design.mapping.toml").exists()
    assert read_tables(ExcelFile(book).read())[0].frame(Expectations).empty

    assert "Written to" in run("import", "table", table, "--into", book, "--yes")
    assert len(read_tables(ExcelFile(book).read())[0].frame(Expectations)) == 13
    assert "Nothing to change." in run("import", "table", table, "--into", book)


def test_single_lines_are_accepted_by_their_number(tmp_path: Path) -> None:
    table = matrices.marks(tmp_path)
    book = tmp_path / "careers.xlsx"
    build_workbook(book)
    data = json.loads(run("import", "table", table, "--into", book, "--json"))
    asked = [line["line"] for line in data["diff"] if line["sheet"] == "Expectations"]
    run("import", "table", table, "--into", book, "--accept", f"{asked[0]}-{asked[1]},{asked[3]}")
    assert len(read_tables(ExcelFile(book).read())[0].frame(Expectations)) == 3


def test_a_new_workbook_is_built_and_never_over_another(tmp_path: Path) -> None:
    table = matrices.people_with_totals(tmp_path)
    new = tmp_path / "new" / "careers.xlsx"
    said = run("import", "table", table, "--new", new, "--cycle", "2026-H2")
    assert "Your own totals: 14 of 14 are reproduced." in said
    assert new.exists()
    again = CliRunner().invoke(framework_app, ["import", "table", str(table), "--new", str(new)])
    assert "There is a file" in str(again.exception)


def test_without_a_place_to_write_it_is_a_preview(tmp_path: Path) -> None:
    assert "Nothing was written. Add --new or --into" in run("import", "table", matrices.statements(tmp_path))


def test_people_are_compared_and_written(tmp_path: Path) -> None:
    book = tmp_path / "careers.xlsx"
    build_workbook(book, {"Levels": [{"level_code": "E2", "family": "Engineering", "title": "Engineer"}]})
    rows = [
        ["Employee ID", "Name", "Level", "Hired"],
        ["7", "Pilar Núñez", "Engineer", datetime(2021, 9, 15)],
    ]
    table = matrices.save(tmp_path, "staff.xlsx", {"Staff": rows})
    said = run("import", table, "--into", book, "--yes", app="people")
    assert "1 joined, 0 left" in said
    assert "Employee ID 7; Name Pilar Núñez; Level code E2; Hired 2021-09-15 |" in said
    assert "0 joined, 0 left, 0 came back, 0 moved, 0 renamed, 1 same." in run(
        "import", table, "--into", book, app="people"
    )


def test_a_mapping_may_be_kept_where_the_user_wants_it(tmp_path: Path) -> None:
    table = matrices.named_ratings(tmp_path)
    kept = tmp_path / "mine.toml"
    assert "is kept in" in run("import", "table", table, "--mapping", kept)
    kept.write_text(
        kept.read_text(encoding="utf-8").replace('wizard = "?"', 'wizard = "4"'), encoding="utf-8"
    )
    said = run("import", "table", table, "--mapping", kept)
    assert "Read by the mapping mine.toml." in said
    assert "Wizard" not in said
    assert not (tmp_path / "skills.mapping.toml").exists()
