"""The buttons that release, send, collect and remind, pressed in a subprocess as Excel would."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from careersheets.books.building import build_workbook
from careersheets.books.excel_file import ExcelFile
from careersheets.documents.form_parts import controls_of
from careersheets.documents.package import parts_of
from careersheets.surfaces.button_places import add_buttons
from careersheets.surfaces.macro_forms import FOLDER
from careersheets.surfaces.work import open_record
from tests.excel.macro_files import drawn_buttons, python_commands, run_command
from tests.faults.company import rows_of
from tests.support.as_openpyxl import load
from tests.support.smtp_server import SmtpServer
from tests.workflows.forms_of import demo, handed_out, results_of, sent_back

pytestmark = pytest.mark.requirement("X1", "X6", "E5")

HEADER_ROW = 5
_MAIL = """
[mail]
server = "127.0.0.1"
port = {port}
security = "none"
sender = "hr@lanternfield.example"

[delivery]
way = "mail"
mails_per_minute = 0
"""
_LEDGER = """
[ledger]
place = "ledgers"
"""


def press(workbook: Path, caption: str, *, yes: bool = True) -> str:
    macro = next(button.macro for button in drawn_buttons(workbook) if button.caption == caption)
    result = run_command(workbook, python_commands(workbook)[macro], yes=yes)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def column(workbook: Path, sheet: str, header: str) -> list[Any]:
    cells = load(workbook)[sheet]
    number = next(cell.column for cell in cells[HEADER_ROW] if cell.value == header)
    rows = cells.iter_rows(HEADER_ROW + 1, None, number, number, values_only=True)
    return [value for (value,) in rows if value is not None]


def built(folder: Path, rows: dict[str, list[dict[str, Any]]]) -> Path:
    build_workbook(folder / "careers.xlsx", rows)
    return add_buttons(folder / "careers.xlsx")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six people who are released, with their reports made by the button."""
    workbook = built(tmp_path_factory.mktemp("released"), rows_of(6))
    (workbook.parent / "careersheets.toml").write_text(_LEDGER, "utf-8")
    assert "documents made" in press(workbook, "Generate gap reports")
    return workbook


@pytest.fixture
def workbook(released: Path, tmp_path: Path) -> Path:
    """A folder of its own with a ledger of its own, elsewhere than where the reports were made."""
    shutil.copytree(released.parent, tmp_path / "hr")
    return tmp_path / "hr" / released.name


def approved_rows() -> dict[str, list[dict[str, Any]]]:
    rows = rows_of(6, released=False)
    for row in rows["Evaluations"]:
        if row["cycle"] == "H2" and row["employee_id"] != "P2":
            approver = "P2" if row["employee_id"] in ("P1", "P5") else "P1"
            row |= {"status": "Approved", "approver": approver, "approved": date(2026, 11, 21)}
    return rows


def test_release_names_the_people_asks_and_enters(tmp_path: Path) -> None:
    workbook = built(tmp_path, approved_rows())
    before = column(workbook, "Evaluations", "Status").count("Approved")
    assert before == 5
    declined = press(workbook, "Release evaluations", yes=False)
    assert declined.startswith("Nothing was released.")
    assert column(workbook, "Evaluations", "Status").count("Approved") == before
    sentence = press(workbook, "Release evaluations")
    assert sentence.startswith("5 evaluations released. Make the documents again")
    assert column(workbook, "Evaluations", "Status").count("Approved") == 0
    with open_record(workbook) as ledger:
        assert sorted(it for it, step in ledger.standing("H2").items() if step.state == "released") == [
            "P1", "P3", "P4", "P5", "QZX-77",
        ]  # fmt: skip
    assert press(workbook, "Release evaluations") == (
        "No evaluation stands Approved, so there is nothing to release."
    )


def test_the_question_of_a_release_says_whose(tmp_path: Path) -> None:
    workbook = built(tmp_path, approved_rows())
    result = run_command(
        workbook, python_commands(workbook)["ReleaseEvaluations"], yes=False, tell_questions=True
    )
    question = result.stdout.splitlines()[0]
    assert question.startswith("Release 5 evaluations: ")
    assert "Ximenarantxa Qvortrup" in question


def test_send_puts_each_document_into_its_recipients_folder_once(workbook: Path) -> None:
    assert press(workbook, "Send documents", yes=False).startswith("Nothing was sent.")
    assert not (workbook.parent / "outbox").exists()
    sentence = press(workbook, "Send documents")
    sent = list((workbook.parent / "outbox").rglob("*.docx"))
    assert len(sent) > 3
    assert sentence.startswith(f"{len(sent)} documents: {len(sent)} sent.")
    assert len(column(workbook, "Documents", "Sent")) == len(sent)
    assert press(workbook, "Send documents").startswith("Nothing was sent.")


def test_addresses_never_written_to_are_asked_about_apart(workbook: Path) -> None:
    server = SmtpServer()
    with server.running() as port:
        (workbook.parent / "careersheets.toml").write_text(_MAIL.format(port=port) + _LEDGER, "utf-8")
        result = run_command(workbook, python_commands(workbook)["SendDocuments"], tell_questions=True)
    assert result.returncode == 0, result.stderr
    first, second, sentence = result.stdout.splitlines()
    assert first.startswith("Send 5 documents to 1 recipient by mail?")
    assert "that nothing was ever sent to: " in second
    assert "p5@lanternfield.example" in second
    assert sentence.startswith("5 documents: 5 sent.")
    assert {address for mail in server.taken for address in mail.recipients} == {"p5@lanternfield.example"}
    assert len(server.taken) == 5


def test_this_week_says_what_is_due_and_leaves_drafts(tmp_path: Path) -> None:
    workbook = built(tmp_path, demo())
    sentence = press(workbook, "This week")
    due = column(workbook, "This week", "What")
    assert due
    assert sentence.startswith(f"{len(due)} to do, ")
    assert list((tmp_path / "documents" / "Reminders").rglob("*.eml"))
    assert list((tmp_path / "documents" / "Reminders").rglob("*.ics"))


def test_collect_shows_what_came_back_asks_and_enters_it_once(tmp_path: Path) -> None:
    workbook = built(tmp_path, demo())
    assert f'Put the filled Word forms into "{FOLDER}"' in press(workbook, "Collect forms")
    data = handed_out("employee-preparation", "L1001", results_of(ExcelFile(workbook)))
    controls = controls_of("form", parts_of("form.docx", data)).by_tag
    texts = [tag for tag, [control, *_] in controls.items() if not control.choices]
    written = dict.fromkeys(texts[:40], "Ngiyabonga, a clear answer")
    sent_back(tmp_path / FOLDER / "preparation.docx", data, written)
    assert press(workbook, "Collect forms", yes=False).endswith("Nothing was entered.")
    sentence = press(workbook, "Collect forms")
    assert sentence.startswith("Entered: ")
    assert " from 1 form." in sentence
    assert any("Ngiyabonga" in str(answer) for answer in column(workbook, "Answers", "Answer"))
    assert len(list((tmp_path / FOLDER).glob("collect *.xlsx"))) >= 1
    assert "Entered" not in press(workbook, "Collect forms")


@pytest.mark.parametrize("caption", ["Release evaluations", "Collect forms", "Merge scorecards"])
def test_nothing_is_entered_while_another_program_has_the_workbook(tmp_path: Path, caption: str) -> None:
    workbook = built(tmp_path, approved_rows())
    workbook.with_name(f"~${workbook.name}").write_bytes(b"Olga")
    before = workbook.read_bytes()
    result = run_command(workbook, python_commands(workbook)[drawn(workbook, caption)], save=False)
    assert "is open in another program, so nothing was entered" in result.stdout
    assert workbook.read_bytes() == before


def drawn(workbook: Path, caption: str) -> str:
    return next(button.macro for button in drawn_buttons(workbook) if button.caption == caption)
