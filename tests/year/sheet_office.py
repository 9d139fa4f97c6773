"""The year in a Google Sheet, kept by the local Google: HR types in a browser, and asks by the menu.

What HR types goes into the Sheet as Google takes what is typed, and what stands there is read from what the local Google
keeps: neither passes through our own reader or writer.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from careersheets.analysis.results import Results
from careersheets.books.google.client import GoogleClient, credentials_from_key
from careersheets.books.google.sheet import GoogleSheet
from careersheets.delivery.drive import DriveFolders
from careersheets.delivery.drive_calls import DriveCalls
from careersheets.delivery.drive_register import DriveRegister
from careersheets.model.cells import column_letter
from careersheets.surfaces.google import REGISTER
from careersheets.surfaces.google_address import id_in
from careersheets.vocabulary.confidential import Requests
from careersheets.vocabulary.sheet import SheetModel, sheet_of
from careersheets.vocabulary.workbook import FIRST_COLUMN, FIRST_ROW, HEADER_ROW, WORKBOOK_ID
from careersheets.workflows.assess import names_of
from careersheets.workflows.send import Carrier, Outbox
from careersheets.workflows.send_drive import DriveCarrier
from careersheets.workflows.send_plan import DRIVE, Rules
from careersheets.workflows.sync import Memory, sync
from careersheets.workflows.sync_actions import Office as SyncOffice
from careersheets.workflows.sync_requests import DONE
from tests.google_server.drive_calls import FOLDER, new_file
from tests.google_server.entries import EPOCH, Cell
from tests.google_server.server import GoogleServer
from tests.google_server.service_account import key_file_of, key_pair
from tests.google_server.spreadsheet import Spreadsheet, Tab

from .hr_own import OWN_TAB, add_own_tab
from .office import Found, Office, SheetRows

ACCOUNT = "careersheets@lanternfield.iam.gserviceaccount.com"
HR = "hr@lanternfield.example"
_SETTINGS = """[google]
key_file = "careersheets-key.json"
drive_folder = "https://drive.google.com/drive/folders/{}"
allowed_domains = ["lanternfield.example"]

[delivery]
way = "drive"
"""
# `Ngozi Adeyemi (L01)` in an answer, and `Scores!F14: ... [CS210]`.
_PERSON = re.compile(r"\((L\d+)\)")
_FINDING = re.compile(r"([A-Z][\w ]*![A-Z]+\d+): .*?\[(CS\d+)\]")


@dataclass
class SheetOffice(Office):
    """HR's workbook is the Sheet `number` of the local Google, which `server` answers for."""

    own_verbs = ("sync",)

    server: GoogleServer = field(default_factory=GoogleServer)
    number: str = ""
    drive_folder: str = ""
    client: GoogleClient | None = None
    memory: Memory = field(default_factory=Memory)
    asked: int = 0

    def make(self) -> subprocess.CompletedProcess[str]:
        self.folder.mkdir()
        self.server.__enter__()
        folder = new_file(self.server.google, "Careers", FOLDER, HR)
        folder["driveId"] = "shared"
        self.server.google.access[folder["id"]][ACCOUNT] = "fileOrganizer"
        self.drive_folder = folder["id"]
        key = self._let_in()
        made = self.command("google", "create", "Careers 2026", "--framework", "engineering,people", "--json")
        assert made.returncode == 0, made.stderr
        self.number = id_in(json.loads(made.stdout)["address"])
        self.client = GoogleClient(
            credentials_from_key(key), account=ACCOUNT, root=self.server.url, sleep=lambda _: None
        )
        add_own_tab(self.kept)
        self._touch()
        return made

    def close(self) -> None:
        if self.client is not None:
            self.client.close()
        self.server.__exit__()

    @property
    def kept(self) -> Spreadsheet:
        """The Sheet as the local Google keeps it."""
        return self.server.google.books[self.number]

    @property
    def given(self) -> str:
        return f"https://docs.google.com/spreadsheets/d/{self.number}/edit"

    @property
    def effort(self) -> str:
        return f", {len(self.server.log)} requests to Google"

    @property
    def book(self) -> GoogleSheet:
        assert self.client is not None
        return GoogleSheet(self.client, self.number, rows_before=self.memory.rows)

    def identity(self) -> str:
        place = next(named["range"] for named in self.kept.names if named["name"] == WORKBOOK_ID)
        tab = self.kept.tab(place.get("sheetId", 0))
        return str(tab.cell(place["startRowIndex"], place["startColumnIndex"]).value)

    def command(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return super().command(*arguments, CAREERSHEETS_GOOGLE_ROOT=self.server.url, **settings)

    def add(self, model: type[SheetModel], rows: Sequence[Mapping[str, Any]]) -> None:
        tab, columns = self._tab(model)
        last = max([HEADER_ROW, *self.sheet(model).rows])
        for number, row in enumerate(rows, last + 1):
            for name, value in row.items():
                if value is not None:
                    self._type(tab, number, columns[name], value)
        self._touch()

    def type_in_all(
        self, model: type[SheetModel], entries: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]
    ) -> None:
        tab, columns = self._tab(model)
        seen = self.sheet(model)
        for who, cells in entries:
            number = seen.row(who)
            for name, value in cells.items():
                self._type(tab, number, columns[name], value)
        self._touch()

    def sheet(self, model: type[SheetModel]) -> SheetRows:
        tab, columns = self._tab(model)
        by_column = {column: name for name, column in columns.items()}
        rows: dict[int, dict[str, Any]] = {}
        for (row, column), cell in sorted(tab.cells.items()):
            if row >= FIRST_ROW - 1 and column in by_column and _value(cell) is not None:
                rows.setdefault(row + 1, dict.fromkeys(columns))[by_column[column]] = _value(cell)
        return SheetRows(tab.title, {name: column_letter(it + 1) for name, it in columns.items()}, rows)

    def cells(self, *sheets: str) -> list[list[list[Any]]]:
        return [list(self._cells(sheet)) for sheet in sheets]

    def own(self) -> Any:
        """The tab of HR's own, cell for cell, with what hangs on it."""
        tab = self.kept.titled(OWN_TAB)
        assert tab is not None
        return {name: repr(value) for name, value in vars(tab).items() if name != "properties"} | {
            "properties": repr({name: value for name, value in tab.properties.items() if name != "index"})
        }

    def check(self) -> tuple[Found, Results | None]:
        """By the menu: what is found stands on the tab To fix."""
        self.ask("check")
        rows = self.cells("To fix")[0]
        return [(row[2], row[6]) for row in rows], None

    def release(self, cycle: str) -> tuple[list[str], Found]:
        """By the menu, in two steps."""
        shown = self.ask("release plan")
        assert self.ask("release", f"r-{self.asked}") == f"{len(_PERSON.findall(shown))} released."
        return _PERSON.findall(shown), _FINDING.findall(shown)

    @contextmanager
    def outbox(self, results: Results) -> Iterator[tuple[Rules, Carrier]]:
        """A folder in Google Drive for each manager."""
        assert self.client is not None
        drive = DriveFolders(
            DriveCalls(self.client), DriveRegister(self.folder / REGISTER), self.drive_folder
        )
        yield (
            Rules(channel=DRIVE, domains=("lanternfield.example",)),
            DriveCarrier(drive, self.folder, names_of(results)),
        )

    def received(self) -> list[tuple[str, str, bytes]]:
        google = self.server.google
        found = [
            (google.files[file["parents"][0]]["name"], file["name"], google.media[number])
            for number, file in google.files.items()
            if number in google.media
        ]
        return sorted(found)

    def ask(self, action: str, arguments: str = "") -> str:
        """HR chooses from the menu, and the sync answers when it comes by."""
        self.asked += 1
        request = {
            "request_id": f"r-{self.asked}",
            "asked_at": f"{self.now:%Y-%m-%dT%H:%M:%S}",
            "action": action,
            "arguments": arguments or None,
            "state": "requested",
        }
        self.add(Requests, [request])
        with self.at_work("sync") as (ledger, run):
            sheet = self.book
            version = sheet.version()
            office = SyncOffice(
                sheet, self.folder, ledger, run, self.now, Rules(), self._no_carrier, self.memory.plans
            )
            done = sync(office, self.memory, version, "every 15 minutes", lambda: None)
        (answer,) = done.answers.values()
        assert answer.state == DONE, answer.message
        return answer.message

    @contextmanager
    def _no_carrier(self, _: Results) -> Iterator[Carrier]:
        yield Outbox(self.folder / "nowhere", self.folder, {})

    def _let_in(self) -> Mapping[str, Any]:
        """A key for careersheets, in HR's folder, where careersheets.toml names it."""
        private, public = key_pair()
        self.server.google.sign_in.required = True
        self.server.google.sign_in.keys[ACCOUNT] = public
        self.server.google.accounts_without_storage.add(ACCOUNT)
        key = key_file_of(ACCOUNT, private, self.server.url)
        file = self.folder / "careersheets-key.json"
        file.write_text(json.dumps(key), "utf-8")
        file.chmod(0o600)
        (self.folder / "careersheets.toml").write_text(_SETTINGS.format(self.drive_folder), "utf-8")
        return key

    def _tab(self, model: type[SheetModel]) -> tuple[Tab, dict[str, int]]:
        """The tab, and in which column (0-based) each of the columns that we know stands."""
        tab = self.kept.titled(sheet_of(model).name)
        assert tab is not None
        headers = {cell.value: column for (row, column), cell in tab.cells.items() if row == HEADER_ROW - 1}
        return tab, {column.name: headers[column.header] for column in sheet_of(model).columns}

    def _cells(self, sheet: str) -> Iterator[list[Any]]:
        tab = self.kept.titled(sheet)
        assert tab is not None
        places = {place: _value(cell) for place, cell in tab.cells.items() if _value(cell) is not None}
        width = max((column for _, column in places), default=0) + 1
        for row in sorted({row for row, _ in places if row >= FIRST_ROW - 1}):
            yield [places.get((row, column)) for column in range(FIRST_COLUMN - 1, width)]

    def _type(self, tab: Tab, row: int, column: int, value: Any) -> None:
        """As a person does: the grid grows when somebody goes on below its end."""
        size = tab.properties["gridProperties"]
        size["rowCount"] = max(size["rowCount"], row)
        cell = tab.cell(row - 1, column)
        assert _is_offered(cell, _typed(value)), f"{tab.title} {column_letter(column + 1)}{row}: {value}"
        cell.enter(_typed(value), raw=False)

    def _touch(self) -> None:
        self.server.google.touch(self.number)


def _typed(value: Any) -> str:
    """What the keys give."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)


def _is_offered(cell: Cell, typed: str) -> bool:
    """Whether the list that drops down in the cell, if one does, has what is typed."""
    condition = (cell.validation or {}).get("condition", {})
    offered = [entry["userEnteredValue"] for entry in condition.get("values", ())]
    return condition.get("type") != "ONE_OF_LIST" or typed in ("", *offered)


def _value(cell: Cell) -> Any:
    """What a cell holds, as openpyxl would give it; names that stand there by formula are not looked at."""
    if cell.formula or cell.value is None:
        return None
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        if cell.kind in ("DATE", "DATE_TIME"):
            return EPOCH + timedelta(days=cell.value)
        if cell.kind == "TIME":
            return (EPOCH + timedelta(days=cell.value)).time()
    return cell.value
