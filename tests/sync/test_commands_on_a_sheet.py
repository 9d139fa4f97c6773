"""Every command on a Google Sheet by its address says and does what it does on the same workbook as a file."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from careersheets.books.excel_file import ExcelFile
from careersheets.books.workbook_index import split_place
from careersheets.ledger.ledger import identity_of
from careersheets.ledger.places import file_of
from careersheets.model.cells import parse_address
from careersheets.model.errors import AnotherRunActive, InputError, UsageError
from careersheets.surfaces.cli.main import app
from careersheets.surfaces.master import Master
from careersheets.surfaces.work import at_work, open_record
from careersheets.vocabulary.workbook import WORKBOOK_ID
from tests.google_server.entries import Cell
from tests.google_server.spreadsheet import Spreadsheet
from tests.workflows.forms_of import PERSON, handed_out, results_of, sent_back, workbook

from .test_google_setup import ACCOUNT, SHEET, Setup, pair, setup  # noqa: F401 - fixtures
from .test_sync_google import spreadsheet_of

pytestmark = pytest.mark.requirement("X8")

ELSEWHERE = "an-identity-from-a-file"


@dataclass
class Twins:
    """The same workbook as a file and as a Google Sheet, each with a folder for its documents."""

    file: Path
    number: str
    folder: Path
    setup: Setup
    ledgers: Path

    @property
    def address(self) -> str:
        return SHEET.format(self.number)

    @property
    def sheet(self) -> Spreadsheet:
        return self.setup.server.google.books[self.number]

    @property
    def identity_cell(self) -> Cell:
        named = next(entry["range"] for entry in self.sheet.names if entry["name"] == WORKBOOK_ID)
        return self.sheet.tab(named["sheetId"]).cell(named["startRowIndex"], named["startColumnIndex"])

    def on_file(self, *words: str, code: int = 0, **more: str) -> Any:
        verb, rest = _split(words)
        return _said(_invoke(*verb, str(self.file), *rest, **more), code)

    def on_sheet(self, *words: str, code: int = 0, **more: str) -> Any:
        verb, rest = _split(words)
        return _said(_invoke(*verb, self.address, *rest, "--folder", str(self.folder), **more), code)

    def both(self, *words: str, code: int = 0) -> tuple[Any, Any]:
        """What the command says as JSON of the file and of the Sheet."""
        return self.on_file(*words, "--json", code=code), self.on_sheet(*words, "--json", code=code)


def _split(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    count = 2 if words[0] in ("scorecards", "framework", "subject") else 1
    return words[:count], words[count:]


def _invoke(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, list(words), input=typed, standalone_mode=False)


def _said(result: Result, code: int) -> Any:
    if result.exception is not None:
        raise result.exception
    assert (result.return_value or 0) == code, result.output
    try:
        return json.loads(result.stdout)
    except ValueError:
        return result.stdout


def documents_in(folder: Path) -> set[str]:
    """What lies in the folders of a workbook."""
    places = ("documents", "scorecards", "outbox")
    return {
        path.relative_to(folder).as_posix()
        for place in places
        for path in (folder / place).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


@pytest.fixture
def twins(setup: Setup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Twins:  # noqa: F811
    monkeypatch.setenv("CAREERSHEETS_LEDGER", str(tmp_path / "ledgers"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("CAREERSHEETS_GOOGLE_ROOT", setup.server.url)
    file = workbook(tmp_path / "file").path
    google = setup.server.google
    book = spreadsheet_of(google, file)
    contents = ExcelFile(file).read()
    for number, (name, place) in enumerate(contents.names.items()):
        title, address = split_place(place)
        tab = book.titled(title)
        if tab is not None and ":" not in address:
            row, column = parse_address(address)
            corners = {"startRowIndex": row - 1, "endRowIndex": row, "startColumnIndex": column - 1}
            area = {"sheetId": tab.id, **corners, "endColumnIndex": column}
            book.names.append({"namedRangeId": str(number), "name": name, "range": area})
    google.access[book.id][ACCOUNT] = "writer"
    folder = tmp_path / "hr"
    folder.mkdir()
    (folder / "careersheets.toml").write_text(
        f'[google]\nkey_file = "{setup.key_file.as_posix()}"\n', "utf-8"
    )
    return Twins(file, book.id, folder, setup, tmp_path / "ledgers")


def without(found: Any, *names: str) -> Any:
    return {name: value for name, value in found.items() if name not in names}


def test_check_and_framework_diff_say_the_same(twins: Twins) -> None:
    file, sheet = twins.both("check")
    assert sheet["workbook"] == "Careers 2026"
    assert sheet["written_to"] == "Careers 2026"
    names = ("workbook", "written_to", "note")
    assert without(sheet, *names) == without(file, *names)
    assert sheet["people"] > 0
    file, sheet = twins.both("framework", "diff")
    assert sheet == file


def test_check_takes_four_requests_and_looking_only_two(twins: Twins) -> None:
    twins.setup.server.start_counting()
    twins.on_sheet("check", "--read-only")
    assert twins.setup.server.methods == ["token", "spreadsheets.get", "spreadsheets.values.batchGet"]
    twins.setup.server.start_counting()
    twins.on_sheet("check")
    assert twins.setup.server.methods[1:] == [
        "spreadsheets.get",
        "spreadsheets.values.batchGet",
        "spreadsheets.batchUpdate",
    ]


def test_documents_are_made_into_the_folder_released_and_planned_to_be_sent(twins: Twins) -> None:
    file, sheet = twins.both("report", "--kinds", "gap-report,employee-preparation")
    made = [
        [(it["employee_id"], it["kind"], it["state"]) for it in found["documents"]] for found in (file, sheet)
    ]
    assert made[0] == made[1]
    assert made[1]
    assert documents_in(twins.folder) == documents_in(twins.file.parent) != set()
    again = twins.on_sheet("report", "--kinds", "gap-report,employee-preparation", "--json")
    assert {it["state"] for it in again["documents"]} == {"Unchanged"}

    for words in (("release", "--plan"), ("send", "--plan")):
        file, sheet = twins.both(*words)
        assert sheet == file
    assert len(sheet["planned"]) > 0
    sent = twins.on_sheet("send", "--yes", "--new-addresses", "--json")
    assert {it["state"] for it in sent["outcomes"]} == {"sent"}
    assert any(path.startswith("outbox/") for path in documents_in(twins.folder))
    assert twins.on_sheet("send", "--plan", "--json")["planned"] == []


def test_a_preview_lies_in_the_folder(twins: Twins) -> None:
    shown = twins.on_sheet("report", "--preview", "--json")
    assert twins.folder in Path(shown["preview"]).parents
    assert Path(shown["preview"]).exists()


def test_remind_and_split_write_into_the_folder(twins: Twins) -> None:
    file, sheet = twins.both("remind")
    assert without(sheet, "written_to") == without(file, "written_to")
    file, sheet = twins.both("scorecards", "split")
    assert len(sheet["managers"]) == len(file["managers"]) > 0
    assert len(sheet["people"]) == len(file["people"]) > 0
    assert documents_in(twins.folder) == documents_in(twins.file.parent)
    assert Path(sheet["folder"]).is_relative_to(twins.folder)
    returned = shutil.copytree(sheet["folder"], twins.folder / "returned")
    merged = twins.on_sheet("scorecards", "merge", str(returned), "--json")
    assert merged["files"]


def test_filled_forms_are_entered_into_the_sheet(twins: Twins) -> None:
    plan = handed_out("development-plan", PERSON, results_of(ExcelFile(twins.file)))
    forms = sent_back(
        twins.folder.parent / "in" / "plan.docx", plan, {"goal_2_goal": "Mentor somebody"}
    ).parent
    shown = [
        [(it["sheet"], it["what"], it["then"]) for it in found["lines"]]
        for found in twins.both("collect", str(forms), "--plan")
    ]
    assert shown[0] == shown[1] != []
    entered = twins.on_sheet("collect", str(forms), "--yes", "--json")
    assert entered["written_to"] == "Careers 2026"
    goals = twins.sheet.titled("Goals")
    assert goals is not None
    assert "Mentor somebody" in [cell.value for cell in goals.cells.values()]


def test_plan_and_framework_accept_enter_into_the_sheet(twins: Twins) -> None:
    templates = twins.sheet.titled("Plan templates")
    assert templates is not None
    name = next(cell.value for (row, _), cell in sorted(templates.cells.items()) if row == 5 and cell.value)
    words = ("plan", "--template", str(name), "--employee", PERSON)
    file, sheet = twins.both(*words, "--dry-run")
    assert sheet == file
    assert twins.on_sheet(*words, "--yes", "--json")["written_to"] == "Careers 2026"
    file, sheet = twins.both("framework", "accept", "--yes")
    assert without(sheet, "written_to") == without(file, "written_to")


def test_people_are_imported_into_the_sheet(twins: Twins) -> None:
    export = twins.folder.parent / "export.csv"
    export.write_text("Employee ID,Name,E-mail\nL7001,Þóra Ólafsdóttir,thora@lanternfield.example\n", "utf-8")
    said = [
        _said(_invoke("people", "import", str(export), "--partial", "--yes", "--json", "--into", *into), 0)
        for into in ([str(twins.file)], [twins.address, "--folder", str(twins.folder)])
    ]
    assert without(said[0], "written_to") == without(said[1], "written_to")
    assert said[1]["written_to"] == "Careers 2026"
    people = twins.sheet.titled("People")
    assert people is not None
    assert "Þóra Ólafsdóttir" in [cell.value for cell in people.cells.values()]


def test_one_person_is_exported_and_erased(twins: Twins) -> None:
    twins.on_sheet("report", "--json")
    kept = twins.on_sheet("subject", "export", PERSON)
    assert kept["workbook"]["People"][0]["employee_id"] == PERSON
    assert kept["files"]
    erased = twins.on_sheet("subject", "erase", PERSON, "--yes", "--json")
    assert erased["files"] == kept["files"]
    assert not any((twins.folder / file).exists() for file in kept["files"])


def test_the_sheet_has_one_history_for_sync_and_for_commands(twins: Twins) -> None:
    words = ("sync", twins.address, "--once", "--folder", str(twins.folder))
    assert _invoke(*words).return_value == 0
    twins.on_sheet("check")
    assert [run["verb"] for run in twins.on_sheet("history", "--json")["runs"]] == ["check", "sync"]
    assert file_of(str(twins.ledgers), identity_of(twins.number)).exists()
    assert [path.suffix for path in twins.ledgers.glob("*.sqlite3")] == [".sqlite3"]


def test_a_sheet_with_an_empty_cell_gets_the_identity_of_its_place(twins: Twins) -> None:
    assert twins.identity_cell.value is None
    twins.on_sheet("check")
    assert twins.identity_cell.value == identity_of(twins.number)


def test_a_sheet_made_from_a_file_goes_on_in_the_files_ledger(twins: Twins) -> None:
    twins.identity_cell.value = ELSEWHERE
    twins.on_sheet("check")
    assert file_of(str(twins.ledgers), ELSEWHERE).exists()
    assert not file_of(str(twins.ledgers), identity_of(twins.number)).exists()
    assert _invoke("sync", twins.address, "--once", "--folder", str(twins.folder)).return_value == 0
    with open_record(twins.address, twins.folder) as ledger:
        assert [run.verb for run in ledger.history()] == ["sync", "check"]


def test_a_ledger_that_was_begun_by_the_sheets_place_stays_its_ledger(twins: Twins) -> None:
    twins.on_sheet("check")
    twins.identity_cell.value = ELSEWHERE
    twins.on_sheet("check")
    assert len(twins.on_sheet("history", "--json")["runs"]) == 2
    assert not file_of(str(twins.ledgers), ELSEWHERE).exists()


def test_an_identity_that_somebody_emptied_is_known_from_the_mark_of_the_ledger(twins: Twins) -> None:
    twins.identity_cell.value = ELSEWHERE
    twins.on_sheet("check")
    twins.identity_cell.value = None
    twins.on_sheet("check")
    assert twins.identity_cell.value == ELSEWHERE
    assert len(twins.on_sheet("history", "--json")["runs"]) == 2
    assert not file_of(str(twins.ledgers), identity_of(twins.number)).exists()


def test_an_identity_that_somebody_typed_is_refused_with_its_cell(twins: Twins) -> None:
    twins.identity_cell.value = "our sheet"
    with pytest.raises(UsageError, match=r"what stands in Start!.* Version history"):
        twins.on_sheet("check")


def test_two_runs_on_one_sheet_exclude_each_other_before_anything_is_read(twins: Twins) -> None:
    for identity in (None, ELSEWHERE):
        twins.identity_cell.value = identity
        with at_work(twins.address, "send", twins.folder):
            twins.setup.server.start_counting()
            with pytest.raises(AnotherRunActive):
                twins.on_sheet("check")
            assert twins.setup.server.methods == []


def test_a_folder_is_not_taken_for_a_file_and_a_sheet_has_no_buttons(twins: Twins) -> None:
    file = str(twins.file)
    for words in (("check", file), ("sync", file, "--once"), ("sync", "schedule", "print", file)):
        with pytest.raises(UsageError, match="--folder is for a Google Sheet"):
            _said(_invoke(*words, "--folder", str(twins.folder)), 0)
    with pytest.raises(UsageError, match="A Google Sheet has no buttons"):
        _said(_invoke("press", twins.address, "Check scores"), 0)
    with pytest.raises(UsageError, match="A Google Sheet has no buttons"):
        _said(_invoke("install", twins.address, "--check"), 0)


def test_doctor_looks_at_the_sheet_and_at_the_settings_in_the_folder(twins: Twins) -> None:
    said = twins.on_sheet("doctor")
    assert said.startswith(f"Careers 2026: {len(twins.sheet.tabs)} sheets.\n")
    assert "careersheets.toml is in order." in said
    del twins.setup.server.google.access[twins.number][ACCOUNT]
    assert "add this account as an editor" in twins.on_sheet("doctor", code=1)


def test_a_sheet_that_lost_most_rows_is_refused_until_somebody_says_it_was_on_purpose(twins: Twins) -> None:
    sync = ("sync", twins.address, "--once", "--folder", str(twins.folder))
    assert _invoke(*sync).return_value == 0
    tab = twins.sheet.titled("Expectations")
    assert tab is not None
    tab.cells = {place: cell for place, cell in tab.cells.items() if place[0] < 8}
    twins.setup.server.google.touch(twins.number)
    for _ in range(2):
        with pytest.raises(InputError, match=r"rows on the tab \"Expectations\".* --once --fewer-rows"):
            twins.on_sheet("check")
        with pytest.raises(InputError, match="Nothing was written"):
            _said(_invoke(*sync), 0)
    _said(_invoke(*sync, "--fewer-rows"), 0)
    assert "CS309" in {it["code"] for it in twins.on_sheet("check", "--json")["findings"]}


def test_without_a_folder_the_current_one_is_taken(twins: Twins, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(twins.folder)
    _said(_invoke("report", twins.address, "--employee", PERSON, "--json"), 0)
    assert documents_in(twins.folder)


def test_a_master_of_a_sheet_names_its_id_as_its_place(twins: Twins) -> None:
    from careersheets.surfaces.wiring import open_book

    with open_book(twins.address, twins.folder) as master:
        assert isinstance(master, Master)
        assert (master.place, master.folder) == (twins.number, twins.folder)
