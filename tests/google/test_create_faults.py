"""Whatever goes wrong at whichever request of `google create`: run again, there is one file, and the same sheet in it."""

from __future__ import annotations

import copy
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from careersheets.books.google.client import GoogleClient
from careersheets.books.google.creating import MAKING, OtherVersion
from careersheets.model.errors import CareersheetsError, UsageError
from careersheets.surfaces.configuration import GoogleSection
from careersheets.surfaces.google import REGISTER
from careersheets.surfaces.google_creating import NewSheet, make_sheet
from careersheets.vocabulary.workbook import WORKBOOK_ID
from tests.google.created import state_of
from tests.google_server.drive_calls import FOLDER, SPREADSHEET, new_file
from tests.google_server.local_google import LocalGoogle
from tests.google_server.server import KINDS_OF_FAULT, Fault, GoogleServer
from tests.google_server.spreadsheet import Spreadsheet
from tests.support.rotating import pairs

pytestmark = pytest.mark.requirement("X8")

NOW = datetime(2026, 11, 22, 9, 0)
TITLE = "Careers 2026"
COLLEAGUE = "hr@lanternfield.example"
# An id, the file, what there is in it, two batches, who may edit it.
REQUESTS = [
    "files.generateIds",
    "files.create",
    "spreadsheets.get",
    "spreadsheets.batchUpdate",
    "spreadsheets.batchUpdate",
    "permissions.create",
]
# Those after which Google stays silent, as when the computer is switched off.
LASTING = ["unavailable", "done, but answered with an error", "line cut", "done, but line cut"]


class Home:
    """A local Google with a folder on a Shared drive, and a folder on this computer."""

    def __init__(self, server: GoogleServer, client: GoogleClient, folder: Path) -> None:
        self.server, self.client, self.folder = server, client, folder
        server.google = LocalGoogle()
        place = new_file(server.google, "Careers", FOLDER, "owner")
        place["driveId"] = "shared"
        self.google = GoogleSection(key_file="key.json", drive_folder=str(place["id"]))
        server.start_counting()

    def make(self, **options: Any) -> NewSheet:
        return make_sheet(
            self.client, self.google, self.folder, TITLE, NOW, frameworks=["engineering"], **options
        )

    @property
    def sheets(self) -> list[Spreadsheet]:
        files = self.server.google.files.values()
        return [self.server.google.books[file["id"]] for file in files if file["mimeType"] == SPREADSHEET]

    @property
    def state(self) -> dict[str, Any]:
        """Of the only sheet there is; the workbook's own number differs from run to run."""
        (book,) = self.sheets
        (place,) = [name["range"] for name in book.names if name["name"] == WORKBOOK_ID]
        found = state_of(book)
        start = found["tabs"][0]["cells"]
        number = start[place["startRowIndex"], place["startColumnIndex"]].pop("value")
        assert len(number) == 32
        return found


@pytest.fixture
def home(server: GoogleServer, client: GoogleClient, tmp_path: Path) -> Home:
    return Home(server, client, tmp_path)


@pytest.fixture(scope="module")
def clean(server: GoogleServer, client: GoogleClient, tmp_path_factory: pytest.TempPathFactory) -> Any:
    home = Home(server, client, tmp_path_factory.mktemp("clean"))
    assert home.make(share_with=COLLEAGUE).made
    assert server.methods == REQUESTS
    return home.state


@pytest.mark.parametrize(("at", "fault"), pairs(range(len(REQUESTS)), list(KINDS_OF_FAULT)))
def test_a_fault_that_passes_is_not_to_be_seen_in_the_sheet(
    home: Home, clean: Any, at: int, fault: str
) -> None:
    home.server.faults = {at: KINDS_OF_FAULT[fault]}
    new = home.make(share_with=COLLEAGUE)
    assert len(home.server.log) > len(REQUESTS)
    assert new.address.endswith(f"{home.sheets[0].id}/edit")
    assert home.state == clean
    assert home.server.google.access[home.sheets[0].id][COLLEAGUE] == "writer"


@pytest.mark.parametrize(("at", "fault"), pairs(range(len(REQUESTS)), LASTING))
def test_a_run_that_was_cut_off_goes_on_and_ends_the_same(
    home: Home, clean: Any, at: int, fault: str
) -> None:
    home.server.faults = dict.fromkeys(range(at, 100), KINDS_OF_FAULT[fault])
    with pytest.raises(CareersheetsError):
        home.make(share_with=COLLEAGUE)
    home.server.start_counting()
    home.make(share_with=COLLEAGUE)
    assert home.state == clean
    assert home.server.google.access[home.sheets[0].id][COLLEAGUE] == "writer"


def test_run_again_it_finds_the_sheet_and_leaves_it_alone(home: Home) -> None:
    first = home.make()
    home.sheets[0].tabs[2].cell(5, 2).value = "Ngozi Okafor"
    before = home.state
    assert home.make() == NewSheet(first.address, made=False)
    assert home.state == before


def test_a_sheet_in_the_bin_is_there_no_more(home: Home) -> None:
    home.make()
    home.server.google.files[home.sheets[0].id]["trashed"] = True
    assert home.make().made
    assert len(home.sheets) == 2


def test_one_that_another_version_began_is_not_gone_on_with(home: Home) -> None:
    home.server.faults = dict.fromkeys(range(4, 100), Fault(status=503))
    with pytest.raises(CareersheetsError):
        home.make()
    marks = [entry for entry in home.sheets[0].metadata if entry["metadataKey"] == MAKING]
    assert len(marks) == 1
    marks[0]["metadataValue"] = marks[0]["metadataValue"].replace("2", "3")
    home.server.start_counting()
    with pytest.raises(OtherVersion):
        home.make()


@pytest.mark.parametrize("before_request", [3, 4])
def test_two_who_make_it_at_once_make_it_once(home: Home, clean: Any, before_request: int) -> None:
    """Another computer does the rest of it between two of our requests."""
    home.make()
    finished = {name: value for name, value in vars(home.sheets[0]).items() if name != "id"}
    home.server.google.files.pop(home.sheets[0].id)
    (home.folder / REGISTER).unlink()

    def meanwhile(number: int) -> None:
        if number == before_request:
            vars(home.sheets[0]).update(copy.deepcopy(finished))

    home.server.start_counting()
    home.server.before = meanwhile
    home.make()
    assert home.state == clean


def test_without_a_place_it_says_where_one_can_come_from(home: Home) -> None:
    home.google = GoogleSection(key_file="key.json")
    with pytest.raises(UsageError, match=r"share it as Editor with robot@example\.com"):
        home.make()
    assert home.server.log == []


def test_a_folder_of_a_person_has_no_room_for_a_service_account(home: Home) -> None:
    del next(iter(home.server.google.files.values()))["driveId"]
    home.server.google.accounts_without_storage.add("owner")
    with pytest.raises(CareersheetsError, match="shared drive"):
        home.make()
