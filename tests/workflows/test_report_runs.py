"""What a run puts in place, what it keeps aside, and what it leaves alone."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import filelock
import pytest

from careersheets.books.building import build_workbook
from careersheets.books.excel_file import ExcelFile
from careersheets.model.errors import AnotherRunActive, UsageError
from careersheets.workflows.report import Asked, ReportOutcome, report
from careersheets.workflows.shipped import shipped_folder
from tests.analysis.test_by_hand import workbook as example
from tests.support.as_openpyxl import load

pytestmark = pytest.mark.requirement("X5")

NOW = datetime(2026, 11, 22, 9, 30)
ASIDE = "documents/Replaced/2026-11-22 09.30.00"
Rows = dict[str, list[dict[str, Any]]]


def rows_with_managers() -> Rows:
    rows = example()
    for person, manager in (("P1", "P4"), ("P2", "P5"), ("P3", "P5")):
        next(row for row in rows["People"] if row["employee_id"] == person)["manager"] = manager
    return rows


def built(folder: Path, rows: Rows | None = None) -> Path:
    build_workbook(folder / "careers.xlsx", rows or rows_with_managers())
    return folder


def run(folder: Path, asked: Asked | None = None, now: datetime = NOW, **options: Any) -> ReportOutcome:
    return report(ExcelFile(folder / "careers.xlsx"), folder, now, asked or Asked(), **options)


def file_of(outcome: ReportOutcome, employee: str) -> str:
    return next(document.file for document in outcome.made if document.employee_id == employee)


def change(folder: Path, sheet: str, row: int, header: str, value: object) -> None:
    book = load(folder / "careers.xlsx")
    column = next(cell.column for cell in book[sheet][5] if cell.value == header)
    book[sheet].cell(row, column, value)
    book.save(folder / "careers.xlsx")


def hidden(folder: Path) -> set[str]:
    return {path.name for path in (folder / "documents").iterdir() if path.name.startswith(".")}


def test_each_manager_has_a_folder_and_nothing_of_the_run_is_left_behind(tmp_path: Path) -> None:
    outcome = run(built(tmp_path))
    assert file_of(outcome, "P1") == "documents/H2/Mei Tanaka/Gap report Chiara Bianchi P1.docx"
    assert file_of(outcome, "P4").startswith("documents/H2/No manager/")
    assert {path.name for path in (tmp_path / "documents" / "H2").iterdir()} == {
        "Mei Tanaka",
        "Ravi Subramanian",
        "No manager",
    }
    assert hidden(tmp_path) == {".lock", ".made.json"}
    assert outcome.notes == []


def test_a_second_run_replaces_what_nobody_changed_and_keeps_nothing_aside(tmp_path: Path) -> None:
    run(built(tmp_path))
    outcome = run(tmp_path)
    assert outcome.notes == []
    assert not (tmp_path / "documents" / "Replaced").exists()


def test_a_document_somebody_changed_is_kept_before_a_new_one_takes_its_place(tmp_path: Path) -> None:
    file = tmp_path / file_of(run(built(tmp_path)), "P2")
    made = file.read_bytes()
    file.write_bytes(made + b"what the manager noted")
    outcome = run(tmp_path)
    assert file.read_bytes() == made
    kept = tmp_path / ASIDE / file.relative_to(tmp_path / "documents")
    assert kept.read_bytes() == made + b"what the manager noted"
    assert outcome.notes == [f'1 document made earlier has been changed since; it is in "{ASIDE}".']
    file.write_bytes(b"and once more")
    run(tmp_path)
    assert kept.with_stem(f"{kept.stem} (2)").read_bytes() == b"and once more"


def test_a_file_of_somebody_elses_in_the_place_of_a_document_is_kept_too(tmp_path: Path) -> None:
    built(tmp_path)
    place = tmp_path / "documents/H2/Mei Tanaka/Gap report Chiara Bianchi P1.docx"
    place.parent.mkdir(parents=True)
    place.write_bytes(b"mine")
    run(tmp_path)
    assert (tmp_path / ASIDE / "H2/Mei Tanaka" / place.name).read_bytes() == b"mine"


def test_a_template_that_hrs_folder_lacks_is_said(tmp_path: Path) -> None:
    own = built(tmp_path) / "doc_templates"
    assert run(tmp_path, Asked(employees=["P1"])).notes == [], "who never had such a folder is not told"
    own.mkdir()
    asked = Asked(employees=["P1"], kinds=["gap-report", "manager-preparation"])
    shutil.copy(shipped_folder("doc_templates") / "gap_report.docx", own)
    said = 'The folder "doc_templates" has no "manager_preparation.docx": the one that comes with careersheets is used.'
    assert said in run(tmp_path, asked).notes
    assert run(tmp_path, asked, dry_run=True).notes == [said]
    assert run(tmp_path, Asked(employees=["P1"])).notes == []


def test_a_damaged_record_keeps_everything_aside_and_loses_nothing(tmp_path: Path) -> None:
    run(built(tmp_path))
    for days, damage in enumerate((b"{", b"[]", b'{"x": 1}', b"[" * 100_000), start=1):
        (tmp_path / "documents" / ".made.json").write_bytes(damage)
        outcome = run(tmp_path, now=NOW + timedelta(days=days))
        assert "5 documents made earlier have been changed since" in outcome.notes[0]
    known = json.loads((tmp_path / "documents" / ".made.json").read_bytes())
    assert {len(entry["digests"]) for entry in known.values()} == {1}
    assert len(known) == 5


def test_a_new_managers_document_does_not_stay_with_the_old_one(tmp_path: Path) -> None:
    before = tmp_path / file_of(run(built(tmp_path)), "P1")
    old = before.read_bytes()
    change(tmp_path, "People", 6, "Manager", "P5")
    outcome = run(tmp_path, Asked(employees=["P1"]))
    assert (tmp_path / file_of(outcome, "P1")).parent.name == "Ravi Subramanian"
    assert not before.parent.exists(), "an empty folder goes too"
    assert (tmp_path / ASIDE / "H2/Mei Tanaka" / before.name).read_bytes() == old
    assert outcome.notes == [
        f'1 document made earlier has another place now, or is held back; it is in "{ASIDE}".'
    ]


def test_documents_of_the_last_cycle_stay_where_they_are(tmp_path: Path) -> None:
    last = [tmp_path / document.file for document in run(built(tmp_path), Asked(cycle="H1")).made]
    change(tmp_path, "People", 6, "Level code", "E9")
    outcome = run(tmp_path, Asked(cycle="H2"))
    assert outcome.notes == []
    assert all(file.is_file() for file in last)


def test_a_held_persons_earlier_document_does_not_stay(tmp_path: Path) -> None:
    before = tmp_path / file_of(run(built(tmp_path)), "P1")
    change(tmp_path, "People", 6, "Level code", "E9")
    outcome = run(tmp_path)
    assert [document.state for document in outcome.made if document.employee_id == "P1"] == ["Held"]
    assert not before.exists()
    assert (tmp_path / ASIDE / before.relative_to(tmp_path / "documents")).exists()


@pytest.mark.parametrize(
    "file",
    [
        "careers.xlsx",
        "documents/../letter.docx",
        "../letter.docx",
        "/etc/hostname",
        "documents/.made.json",
        "documents/H2/notes.txt",
        "documents/Replaced/letter.docx",
        "documents/link/letter.docx",
        "",
    ],
)
def test_what_the_sheet_of_documents_names_elsewhere_is_not_touched(tmp_path: Path, file: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    run(built(home))
    for place in (home / "letter.docx", tmp_path / "letter.docx", home / "documents/Replaced/letter.docx"):
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(b"private")
    (home / "documents/H2/notes.txt").write_bytes(b"private")
    (home / "documents/link").symlink_to(home)
    change(home, "Documents", 6, "File", file)
    run(home)
    for place in (
        "letter.docx",
        "../letter.docx",
        "documents/Replaced/letter.docx",
        "documents/H2/notes.txt",
    ):
        assert (home / place).read_bytes() == b"private"
    assert (home / "careers.xlsx").is_file()


def test_one_document_that_cannot_be_replaced_fails_alone(tmp_path: Path) -> None:
    """A folder in its place stands for what the system refuses, such as a file that is open in Word on Windows."""
    first = run(built(tmp_path))
    blocked = tmp_path / file_of(first, "P3")
    blocked.unlink()
    blocked.mkdir()
    outcome = run(tmp_path)
    states = {document.employee_id: document.state for document in outcome.made}
    assert states.pop("P3") == "Failed"
    assert set(states.values()) == {"Draft made"}
    failed = next(document for document in outcome.made if document.state == "Failed")
    assert f'"{blocked.name}" cannot be written' in failed.error


def test_what_a_run_that_was_cut_off_left_is_removed(tmp_path: Path) -> None:
    left = built(tmp_path) / "documents" / ".run-0"
    left.mkdir(parents=True)
    (left / "half.docx").write_bytes(b"half")
    run(tmp_path)
    assert hidden(tmp_path) == {".lock", ".made.json"}


def test_a_run_beside_another_is_told_so_and_changes_nothing(tmp_path: Path) -> None:
    built(tmp_path)
    (tmp_path / "documents").mkdir()
    before = (tmp_path / "careers.xlsx").read_bytes()
    with filelock.FileLock(tmp_path / "documents" / ".lock"), pytest.raises(AnotherRunActive):
        run(tmp_path)
    assert (tmp_path / "careers.xlsx").read_bytes() == before
    assert list((tmp_path / "documents").rglob("*.docx")) == []


def test_one_archive_holds_what_was_made_in_the_managers_folders(tmp_path: Path) -> None:
    rows = rows_with_managers()
    rows["People"][0]["level_code"] = "E9"
    outcome = run(built(tmp_path, rows), archive=True)
    assert outcome.archive == tmp_path / "documents H2 2026-11-22 09.30.00.zip"
    made = {document.file for document in outcome.made if document.is_made}
    with zipfile.ZipFile(outcome.archive) as archive:
        assert set(archive.namelist()) == made
        assert len(made) == 4
        assert all(archive.read(file) == (tmp_path / file).read_bytes() for file in made)
    first = outcome.archive.read_bytes()
    assert run(tmp_path, archive=True).archive == outcome.archive
    assert outcome.archive.read_bytes() == first, "the same documents make the same archive"
    assert {path.name for path in tmp_path.iterdir()} == {
        "careers.xlsx",
        "backups",
        "documents",
        outcome.archive.name,
    }


@pytest.mark.requirement("C13")
def test_several_people_and_several_managers_are_one_run(tmp_path: Path) -> None:
    built(tmp_path)
    assert [document.employee_id for document in run(tmp_path, Asked(employees=["P3", "P1"])).made] == [
        "P1",
        "P3",
    ]
    both = run(tmp_path, Asked(managers=["P4", "Ravi Subramanian"]))
    assert [document.employee_id for document in both.made] == ["P1", "P2", "P3"]


def test_who_is_not_evaluated_among_several_is_named(tmp_path: Path) -> None:
    rows = rows_with_managers()
    rows["People"].append({"employee_id": "P9", "name": "Aroha Ngata"})
    built(tmp_path, rows)
    outcome = run(tmp_path, Asked(employees=["P1", "Aroha Ngata"]))
    assert [document.employee_id for document in outcome.made] == ["P1"]
    assert outcome.notes == [
        'Nothing was made for "Aroha Ngata": nobody who is evaluated in the cycle "H2" fits.'
    ]
    with pytest.raises(UsageError, match='fits "Aroha Ngata"'):
        run(tmp_path, Asked(employees=["P9", "Aroha Ngata"][1:]))


def test_documents_are_for_the_eyes_of_their_owner_alone(tmp_path: Path) -> None:
    outcome = run(built(tmp_path))
    if os.name == "posix":
        assert {(tmp_path / document.file).stat().st_mode & 0o777 for document in outcome.made} == {0o600}
