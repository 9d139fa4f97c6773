"""One person's data: everything that is kept, and nothing after it was erased."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from careersheets.books.building import build_workbook
from careersheets.books.excel_file import ExcelFile
from careersheets.ledger.ledger import Ledger, new_identity, open_ledger
from careersheets.model.errors import NotFound
from careersheets.tables.reading import read_tables
from careersheets.tables.tables import Tables
from careersheets.workflows.report import report
from careersheets.workflows.report_plan import Asked
from careersheets.workflows.report_trail import Trail
from careersheets.workflows.subject import Person, erase_person, export_person, find_person
from tests.analysis.test_by_hand import workbook as example

pytestmark = pytest.mark.requirement("X9")

CANARY = "Zenobia Quillfeather"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Ledger, Tables]]:
    """A workbook with P1 under an unusual name, her documents and a scorecard, and the ledger."""
    folder = tmp_path_factory.mktemp("hr")
    rows = example()
    rows["People"][0] |= {"name": CANARY, "email": "zenobia@quill.example"}
    rows["People"][1]["manager"] = "P1"
    path = folder / "careers.xlsx"
    build_workbook(path, rows)
    with open_ledger(new_identity(), place=str(folder.parent / "ledgers")) as ledger:
        with ledger.run("report", {}) as run:
            kinds = ("gap-report", "manager-preparation", "team-summary")
            report(
                ExcelFile(path),
                folder,
                datetime(2026, 11, 22),
                Asked(kinds=kinds),
                trail=Trail(ledger, run, folder),
            )
        card = folder / "scorecards" / f"Self-evaluation {CANARY} P1.xlsx"
        card.parent.mkdir()
        card.write_bytes(b"PK")
        (folder / "scorecards" / "Scorecard P11.xlsx").write_bytes(b"PK")
        tables, _ = read_tables(ExcelFile(path).read())
        yield folder, ledger, tables


def test_a_person_is_found_by_id_mail_or_name_and_nobody_else_is(made: tuple[Path, Ledger, Tables]) -> None:
    _, ledger, tables = made
    for text in ("P1", "zenobia@quill.example", CANARY.upper()):
        assert find_person(tables, ledger, text) == Person("P1", (CANARY, "zenobia@quill.example"))
    with pytest.raises(NotFound, match="no person"):
        find_person(tables, ledger, "Nobody")


def test_the_export_holds_rows_entries_files_and_backups(made: tuple[Path, Ledger, Tables]) -> None:
    folder, ledger, tables = made
    data = export_person(tables, ledger, folder, find_person(tables, ledger, "P1"))
    assert CANARY in json.dumps(data, default=str)
    assert {"People", "Evaluations", "Scores"} <= set(data["workbook"])
    assert {row["employee_id"] for row in data["workbook"]["People"]} == {"P1", "P2"}
    assert any("Gap report" in file for file in data["files"])
    assert not any("P11" in file for file in data["files"])
    assert data["backups"]
    assert data["ledger"]["about"]


def test_after_erasing_only_the_workbooks_own_rows_are_left(made: tuple[Path, Ledger, Tables]) -> None:
    folder, ledger, tables = made
    person = find_person(tables, ledger, "P1")
    erased = erase_person(tables, ledger, folder, person, with_backups=True)
    assert erased.rows["Scores"] > 0
    assert erased.backups == []
    assert len(erased.files) >= 4
    assert [file.split("/")[-1] for file in erased.naming] != []
    naming = {folder / file for file in erased.naming}
    left = {path for path in folder.parent.rglob("*") if path.is_file() and path.name != "careers.xlsx"}
    assert naming < left
    for path in left - naming:
        assert CANARY.encode() not in path.read_bytes(), path.name
    # Folders of a manager's documents bear the manager's name; only what is about others lies there now.
    assert {path for path in left if CANARY in str(path)} <= naming
    after = ledger.export_person("P1")
    assert (after["about"], after["named_in"]) == ([], [])
    assert ledger.verify() == []
