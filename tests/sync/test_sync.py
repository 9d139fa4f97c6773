"""Syncing a workbook: checked when people changed something, requests answered once, idle otherwise."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from careersheets.books.building import build_workbook
from careersheets.books.excel_file import ExcelFile
from careersheets.ledger.ledger import Ledger, new_identity, open_ledger
from careersheets.model.errors import RemoteError
from careersheets.vocabulary.confidential import Requests
from careersheets.vocabulary.sheet import sheet_of
from careersheets.workflows.send import Outbox
from careersheets.workflows.send_plan import Rules
from careersheets.workflows.sync import MOST_BEGUN, Memory, Synced, sync
from careersheets.workflows.sync_actions import ACTIONS, Office
from careersheets.workflows.sync_requests import read_requests
from tests.analysis.test_by_hand import workbook as example
from tests.support.as_openpyxl import load
from tests.support.office import require_tool

pytestmark = pytest.mark.requirement("X8")

NOW = datetime(2026, 11, 22, 9, 0)
MENU_TESTS = Path(__file__).parents[1] / "google_menu"


@dataclass
class Company:
    """A workbook in a folder, its ledger, and what the last sync left."""

    folder: Path
    ledger: Ledger
    memory: Memory = field(default_factory=Memory)
    kept: int = 0

    @property
    def path(self) -> Path:
        return self.folder / "careers.xlsx"

    def write(self, requests: list[Mapping[str, Any]], **changed: Mapping[str, Any]) -> None:
        """Somebody saves the workbook; `changed` are cells of Evaluations by employee id."""
        rows = example()
        for person in rows["People"]:
            key = person["employee_id"]
            person["email"] = f"{key.lower()}@lanternfield.example"
            person["manager"] = None if key == "P5" else "P5"
        for row in rows["Evaluations"]:
            if row["cycle"] == "H2":
                row["manager"] = "P5" if row["employee_id"] != "P5" else None
                row.update(changed.get(row["employee_id"], {}))
        rows["Requests"] = [dict(request) for request in requests]
        build_workbook(self.path, rows)

    def sync(self, every: str | None = "every 15 minutes") -> Synced:
        book = ExcelFile(self.path)
        with self.ledger.run("sync", {}) as run:
            office = Office(
                book, self.folder, self.ledger, run, NOW, Rules(), lambda _: self._outbox(), self.memory.plans
            )
            return sync(office, self.memory, self.version(), every, self._keep)

    def version(self) -> str:
        about = self.path.stat()
        return f"{about.st_mtime_ns} {about.st_size}"

    def requests(self) -> dict[str, tuple[str, str]]:
        """State and message of each request that the sheet holds, by its id."""
        return {it.id: (it.state, it.message) for it in read_requests(ExcelFile(self.path).read())}

    def _outbox(self) -> Any:
        from contextlib import nullcontext

        return nullcontext(Outbox(self.folder / "outbox", self.folder, {}))

    def _keep(self) -> None:
        self.kept += 1


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    with open_ledger(new_identity(), place=str(tmp_path / "ledgers")) as ledger:
        folder = tmp_path / "hr"
        folder.mkdir()
        yield Company(folder, ledger)


def asked(number: int, action: str, arguments: str = "", state: str = "requested") -> dict[str, Any]:
    return {
        "request_id": f"r-{number}",
        "asked_at": "2026-11-22T07:00:00",
        "action": action,
        "arguments": arguments,
        "state": state,
    }


def test_a_changed_workbook_is_checked_and_then_left_alone(company: Company) -> None:
    company.write([])
    assert company.sync().sentence.startswith("Checked: ")
    assert company.requests()["sync"][0] == "done"
    before = company.path.read_bytes()
    assert company.sync().sentence == "Nothing new."
    assert company.path.read_bytes() == before


def test_what_a_sync_wrote_itself_is_not_news(company: Company) -> None:
    company.write([asked(1, "check")])
    company.sync()
    assert company.sync().sentence == "Nothing new."


def test_the_sheet_says_how_often_it_is_synced(company: Company) -> None:
    company.write([])
    company.sync()
    row = next(it for it in read_requests(ExcelFile(company.path).read()) if it.id == "sync")
    assert (row.action, row.arguments) == ("sync", "every 15 minutes")
    company.sync("every 60 minutes")
    row = next(it for it in read_requests(ExcelFile(company.path).read()) if it.id == "sync")
    assert row.arguments == "every 60 minutes"
    before = company.path.read_bytes()
    company.sync(None)
    assert company.path.read_bytes() == before


def test_every_request_is_answered_once_in_its_row(company: Company) -> None:
    company.write([asked(1, "gap reports", "P1; P2"), asked(2, "check"), asked(3, "remind")])
    assert set(company.sync().answers) == {"r-1", "r-2", "r-3"}
    answers = company.requests()
    assert {state for state, _ in answers.values()} == {"done"}
    assert answers["r-1"][1].startswith("2 of 2 documents")
    documents = list((company.folder / "documents").rglob("*.docx"))
    assert len(documents) == 2
    assert company.sync().answers == {}


def test_a_request_that_cannot_be_done_says_why_and_the_others_are_answered(company: Company) -> None:
    company.write([asked(1, "gap reports", "Nobody"), asked(2, "dance"), asked(3, "check")])
    company.sync()
    answers = company.requests()
    assert answers["r-1"][0] == "failed"
    assert "Nobody" in answers["r-1"][1]
    assert answers["r-2"] == ("failed", f'There is no action "dance". There is: {", ".join(ACTIONS)}.')
    assert answers["r-3"][0] == "done"


def test_a_request_that_stands_there_twice_is_done_once(company: Company) -> None:
    company.write([asked(1, "check", state="done"), asked(1, "check"), asked(2, "check"), asked(2, "check")])
    assert set(company.sync().answers) == {"r-2"}


APPROVED = {"status": "Approved", "approver": "P4", "approved": NOW.date(), "submitted": NOW.date()}


def test_what_was_shown_is_released_and_only_once(company: Company) -> None:
    company.write([asked(1, "check")], P1=APPROVED)
    company.sync()
    company.write([asked(2, "release plan", "P1")], P1=APPROVED)
    company.sync()
    state, message = company.requests()["r-2"]
    assert state == "done"
    assert message.startswith("1 can be released: ")
    assert "(P1)" in message
    company.write([asked(3, "release", "r-2"), asked(4, "release", "r-2")], P1=APPROVED)
    company.sync()
    answers = company.requests()
    assert answers["r-3"] == ("done", "1 released.")
    assert answers["r-4"][0] == "failed"
    statuses = {row[2]: row for row in load(company.path)["Evaluations"].iter_rows(values_only=True)}
    assert "Released" in statuses["P1"]


def test_nothing_is_released_that_changed_since_it_was_shown(company: Company) -> None:
    company.write([asked(2, "release plan", "P1")], P1=APPROVED)
    company.sync()
    company.write([asked(3, "release", "r-2")])
    company.sync()
    assert company.requests()["r-3"][0] == "failed"
    assert "nothing was released" in company.requests()["r-3"][1]


def test_nothing_is_sent_or_released_that_was_not_shown(company: Company) -> None:
    company.write([asked(1, "send"), asked(2, "send", "r-9"), asked(3, "release", "P1")], P1=APPROVED)
    company.sync()
    assert {state for name, (state, _) in company.requests().items() if name != "sync"} == {"failed"}
    assert not (company.folder / "outbox").exists()


RELEASED = APPROVED | {"status": "Released", "released": NOW.date()}


def test_what_was_shown_is_sent_and_only_once(company: Company) -> None:
    company.write([asked(1, "gap reports", "P1")], P1=RELEASED)
    company.sync()
    company.write([asked(2, "send plan")], P1=RELEASED)
    company.sync()
    assert company.requests()["r-2"][1].startswith("1 documents would be sent: Gap report about P1 to p5@")
    company.write([asked(3, "send", "r-2"), asked(4, "send", "r-2")], P1=RELEASED)
    company.sync()
    assert company.requests()["r-3"] == ("done", "1 of 1 documents sent.")
    assert company.requests()["r-4"][0] == "failed"
    assert len(list((company.folder / "outbox").rglob("*.docx"))) == 1


def test_a_request_that_breaks_off_twice_is_not_tried_again(company: Company, monkeypatch: Any) -> None:
    company.write([asked(1, "check", state="working")])

    def gone(*_: object) -> str:
        raise RemoteError("Google does not answer.")

    monkeypatch.setitem(ACTIONS, "check", gone)  # type: ignore[arg-type]
    for _ in range(MOST_BEGUN):
        with pytest.raises(RemoteError):
            company.sync()
        assert company.requests()["r-1"][0] == "working"
    company.sync()
    assert company.requests()["r-1"][0] == "failed"


def test_a_workbook_without_the_sheet_is_checked_all_the_same(company: Company) -> None:
    company.write([])
    book = load(company.path)
    del book[sheet_of(Requests).name]
    book.save(company.path)
    assert company.sync().sentence.startswith("Checked: ")
    assert company.sync().sentence == "Nothing new."


def test_the_menu_files_the_actions_that_are_answered(tmp_path: Path, company: Company) -> None:
    node = require_tool("node")
    script = f"""
    const {{ Tab, World }} = require({json.dumps(str(MENU_TESTS / "stand_ins.js"))});
    const headers = ['Request ID', 'Asked at', 'Action', 'Arguments', 'State', 'Message', 'Link'];
    const plan = (id, action) => [id, '2026-11-22T06:00:00', action, '', 'done', 'Shown.', ''];
    const rows = [headers, plan('p-1', 'release plan'), plan('p-2', 'send plan')];
    const people = new Tab('People', [['Employee ID'], ['P1'], ['P2']]);
    const open = new World({{ tabs: {{}}, scopes: [], trigger: true }});
    open.context.onOpen();
    const filed = open.seen.menu.flatMap(({{ caption }}) => {{
      const tabs = {{ Requests: new Tab('Requests', rows), People: people }};
      new World({{ tabs, selection: [[2, 3]] }}).choose(caption);
      return tabs.Requests.cells.slice(rows.length);
    }});
    console.log(JSON.stringify(filed));
    """
    done = subprocess.run([node, "-e", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    assert {row[2] for row in rows} == set(ACTIONS)
    names = [column.name for column in sheet_of(Requests).columns]
    requests = [dict(zip(names, row, strict=True)) for row in rows]
    company.write(requests)
    company.sync()
    answers = company.requests()
    assert {answers[request["request_id"]][0] for request in requests} <= {"done", "failed"}
    for request in requests:
        if request["action"] in (
            "check",
            "gap reports",
            "preparation",
            "remind",
            "release plan",
            "send plan",
        ):
            assert answers[request["request_id"]][0] == "done", answers[request["request_id"]]


def careersheets(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "careersheets.surfaces.cli", *words],
        capture_output=True,
        text=True,
        check=False,
        env={
            "HOME": str(home),
            "XDG_DATA_HOME": str(home / "data"),
            "PATH": "/usr/bin:/bin",
            "CAREERSHEETS_LOGS": str(home),
        },
    )


def test_the_command_syncs_a_file_says_so_and_keeps_what_it_needs(tmp_path: Path, company: Company) -> None:
    company.write([asked(1, "dance")])
    first = careersheets(tmp_path, "sync", str(company.path), "--once", "--every", "15m")
    assert (first.returncode, first.stderr) == (1, "")
    assert first.stdout.startswith("careers.xlsx: 1 requests answered.\nfailed   There is no action")
    second = careersheets(tmp_path, "sync", str(company.path), "--once")
    third = careersheets(tmp_path, "sync", str(company.path), "--once")
    assert third.stdout == "careers.xlsx: Nothing new.\n"
    assert (second.returncode, third.returncode) == (0, 0)
    status = careersheets(tmp_path, "sync", "status")
    assert "careers.xlsx (every 15 minutes): Nothing new." in status.stdout
    assert status.returncode == 0
    (kept,) = (tmp_path / "data" / "careersheets" / "sync").glob("*.json")
    assert kept.stat().st_mode & 0o077 == 0


def test_the_command_without_an_interval_or_a_workbook_says_what_to_do(tmp_path: Path) -> None:
    assert "--once, or for example --every 15m" in careersheets(tmp_path, "sync", "nothing.xlsx").stderr
    gone = careersheets(tmp_path, "sync", "nothing.xlsx", "--once")
    assert (gone.returncode, gone.stderr) == (3, 'There is no workbook "nothing.xlsx". Check the path.\n')
    status = careersheets(tmp_path, "sync", "status")
    assert "nothing.xlsx: There is no workbook" in status.stdout
    assert status.returncode == 1


def test_a_timer_is_written_and_taken_away(tmp_path: Path, company: Company) -> None:
    company.write([])
    written = careersheets(tmp_path, "sync", "schedule", "install", str(company.path), "--every", "2h")
    assert written.returncode == 0, written.stderr
    files = [
        line.removeprefix("Written: ") for line in written.stdout.splitlines() if line.startswith("Written: ")
    ]
    assert files
    assert all(Path(file).exists() for file in files)
    shown = careersheets(tmp_path, "sync", "schedule", "print", str(company.path), "--every", "2h")
    assert all(
        Path(file).read_bytes().decode() in shown.stdout for file in files if not file.endswith(".xml")
    )
    careersheets(tmp_path, "sync", "schedule", "remove", str(company.path))
    assert not any(Path(file).exists() for file in files)
