"""Documents in Google Drive, over HTTP with Google's own client: whatever goes wrong at whatever request, each document
comes once, and nobody but its recipient is let in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from google.auth.credentials import AnonymousCredentials

from careersheets.books.google.client import GoogleClient
from careersheets.delivery.drive import DriveDocument, DriveFolders, Placing
from careersheets.delivery.drive_calls import PROPERTY, DriveCalls
from careersheets.delivery.drive_refusals import trouble_of
from careersheets.delivery.drive_register import DriveRegister
from careersheets.delivery.mail_outcome import Outcome
from careersheets.model.errors import InputError
from tests.google_server.local_google import LocalGoogle
from tests.google_server.server import Fault, GoogleServer

pytestmark = pytest.mark.requirement("X6")

HR = "hr@lanternfield.example"
ACCOUNT = "careersheets@lanternfield.iam.gserviceaccount.com"
DOCUMENTS = [
    DriveDocument("doc-1", "Gap report.docx", b"PK gaps"),
    DriveDocument("doc-2", "Plan.docx", b"PK plan"),
]
RECIPIENTS = [("P5", "noor@lanternfield.example"), ("P7", "søren@lanternfield.example")]


@dataclass
class Drive:
    """A local Drive with a folder of HR's, and careersheets before it."""

    server: GoogleServer
    register: Path
    parent: str
    client: GoogleClient
    waited: list[float]

    def folders(self) -> DriveFolders:
        return DriveFolders(DriveCalls(self.client), DriveRegister(self.register), self.parent)

    def send(self, folders: DriveFolders | None = None) -> list[Placing]:
        folders = folders or self.folders()
        return [folders.put(who, address, f"Somebody {who}", DOCUMENTS) for who, address in RECIPIENTS]

    @property
    def google(self) -> LocalGoogle:
        return self.server.google

    def tree(self) -> dict[str, list[tuple[str, bytes]]]:
        """What lies in each recipient's folder."""
        files = self.google.files.values()
        return {
            folder["name"]: sorted(
                (file["name"], self.google.media[file["id"]])
                for file in files
                if file["parents"] == [folder["id"]]
            )
            for folder in files
            if folder["parents"] == [self.parent]
        }

    def readers(self) -> dict[str, set[str]]:
        """Who may see each thing below HR's folder, besides HR and the service account."""
        below = [file for file in self.google.files.values() if file["parents"] != ["root"]]
        return {file["name"]: set(self.google.access[file["id"]]) - {HR, ACCOUNT} for file in below}


@pytest.fixture
def drive(tmp_path: Path) -> Iterator[Drive]:
    google = LocalGoogle()
    google.sign_in.nobody = ACCOUNT
    with GoogleServer(google) as server:
        waited: list[float] = []
        client = GoogleClient(_anonymous(), account=ACCOUNT, root=server.url, sleep=waited.append)
        yield emptied(Drive(server, tmp_path / "drive.json", "folder-of-hr", client, waited))
        client.close()


def _anonymous() -> Any:
    return AnonymousCredentials()  # type: ignore[no-untyped-call]


def emptied(drive: Drive) -> Drive:
    google, parent = drive.google, drive.parent
    google.files.clear()
    google.files[parent] = {"id": parent, "name": "Career documents", "parents": ["root"], "trashed": False}
    google.access[parent] = {HR: "owner", ACCOUNT: "fileOrganizer"}
    drive.server.start_counting()
    drive.register.unlink(missing_ok=True)
    return drive


EVERYTHING = {
    f"Somebody {who}": sorted((document.name, document.data) for document in DOCUMENTS)
    for who, _ in RECIPIENTS
}


def seen_by_recipients_only(drive: Drive) -> bool:
    allowed = dict(RECIPIENTS)
    folders = {f"Somebody {who}": {allowed[who]} for who in allowed}
    return all(readers == folders[name] for name, readers in drive.readers().items() if name in folders)


def test_each_recipient_gets_a_folder_with_the_documents_that_nobody_else_sees(drive: Drive) -> None:
    assert [placing.outcome for placing in drive.send()] == [Outcome.SENT, Outcome.SENT]
    assert drive.tree() == EVERYTHING
    assert seen_by_recipients_only(drive)
    roles = {
        role
        for access in drive.google.access.values()
        for who, role in access.items()
        if who in dict(RECIPIENTS).values()
    }
    assert roles == {"reader"}


def test_sending_again_changes_nothing(drive: Drive) -> None:
    drive.send()
    before = set(drive.google.files)
    assert [placing.outcome for placing in drive.send()] == [Outcome.SENT, Outcome.SENT]
    assert set(drive.google.files) == before


def test_google_sends_no_mails_of_its_own_and_shared_drives_are_meant_everywhere(drive: Drive) -> None:
    asked: list[str] = []
    answer = drive.google.answer

    def remember(verb: str, target: str, headers: dict[str, str], body: bytes) -> object:
        asked.append(target)
        return answer(verb, target, headers, body)

    drive.google.answer = remember  # type: ignore[assignment,method-assign]
    drive.send()
    permissions = [
        target for target in asked if "/permissions?" in target and "sendNotificationEmail" in target
    ]
    assert len(permissions) == 2
    assert all("sendNotificationEmail=false" in target for target in permissions)
    assert [it for it in asked if "supportsAllDrives=true" not in it and "generateIds" not in it] == []


FAULTS = {
    "503": Fault(status=503),
    "503 after it was done": Fault(status=503, applied=True),
    "500 as a page": Fault(status=500, html=True),
    "429": Fault(status=429),
    "line cut": Fault(drop=True),
    "line cut after it was done": Fault(drop=True, applied=True),
}


def count_of(drive: Drive) -> int:
    drive.send()
    return len(drive.server.log)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=list(FAULTS))
def test_one_fault_at_any_request_changes_nothing_in_the_end(drive: Drive, fault: Fault) -> None:
    requests = count_of(drive)
    assert requests > 15
    for number in range(requests):
        again = emptied(drive)
        again.server.faults[number] = fault
        assert [placing.outcome for placing in again.send()] == [Outcome.SENT, Outcome.SENT], number
        assert again.tree() == EVERYTHING, number
        assert seen_by_recipients_only(again), number


@pytest.mark.parametrize(
    "lost", [Fault(status=503, applied=True), Fault(drop=True, applied=True), Fault(drop=True)]
)
def test_a_line_that_stays_cut_is_never_taken_for_sent_and_the_next_run_brings_the_rest(
    drive: Drive, lost: Fault
) -> None:
    requests = count_of(drive)
    for number in range(requests):
        again = emptied(drive)
        again.server.faults = {number: lost} | {later: Fault(drop=True) for later in range(number + 1, 400)}
        outcomes = again.send()
        tree = again.tree()
        for placing, (who, _) in zip(outcomes, RECIPIENTS, strict=True):
            whole = tree.get(f"Somebody {who}") == EVERYTHING[f"Somebody {who}"]
            assert placing.outcome is not Outcome.SENT or whole, number
            there = bool(tree.get(f"Somebody {who}"))
            assert placing.outcome is not Outcome.FAILED or not there, number
        again.server.start_counting()
        assert [placing.outcome for placing in again.send()] == [Outcome.SENT, Outcome.SENT], number
        assert again.tree() == EVERYTHING, number
        assert seen_by_recipients_only(again), number


def test_what_is_uncertain_is_decided_by_looking(drive: Drive) -> None:
    (who, address), key = RECIPIENTS[0], DOCUMENTS[0].key
    assert drive.folders().has_arrived(who, address, key) is False
    drive.send()
    assert drive.folders().has_arrived(who, address, key) is True
    assert drive.folders().has_arrived(who, address, "doc-9") is False
    drive.server.start_counting()
    drive.server.faults = {number: Fault(drop=True) for number in range(40)}
    assert drive.folders().has_arrived(who, address, key) is None


def test_a_register_that_was_lost_is_made_up_from_what_lies_in_drive(drive: Drive) -> None:
    drive.send()
    drive.register.unlink()
    before = set(drive.google.files)
    drive.send()
    assert set(drive.google.files) == before
    assert all(
        PROPERTY in file["appProperties"]
        for file in drive.google.files.values()
        if file["id"] != drive.parent
    )


def test_a_register_that_cannot_be_read_stops_the_run_with_a_sentence(drive: Drive) -> None:
    drive.register.write_text("[1")
    with pytest.raises(InputError, match=r"drive\.json.*damaged"):
        drive.folders()


@pytest.mark.parametrize("level", ["folder", "parent"])
def test_a_folder_that_others_see_gets_nothing(drive: Drive, level: str) -> None:
    drive.send()
    folder = next(file["id"] for file in drive.google.files.values() if file["name"] == "Somebody P5")
    if level == "folder":
        drive.google.access[folder]["stranger@elsewhere.example"] = "reader"
    new = [DriveDocument("doc-3", "Later.docx", b"PK later")]
    folders = drive.folders()
    if level == "parent":
        open_to_all = {"id": "anyoneWithLink", "type": "anyone", "role": "reader"}
        folders._calls.permissions = lambda _: [open_to_all]  # type: ignore[method-assign]
    placing = folders.put(*RECIPIENTS[0], "Somebody P5", new)
    assert placing.outcome is Outcome.FAILED
    assert (
        "shared with somebody else" in placing.sentence or "open to a whole organisation" in placing.sentence
    )
    assert "Later.docx" not in [file["name"] for file in drive.google.files.values()]


def test_who_sees_all_folders_does_not_hold_one(drive: Drive) -> None:
    drive.google.access[drive.parent]["second@lanternfield.example"] = "writer"
    assert {placing.outcome for placing in drive.send()} == {Outcome.SENT}


def test_another_address_of_the_same_person_gets_a_folder_of_its_own(drive: Drive) -> None:
    drive.send()
    moved = drive.folders().put("P5", "noor.two@lanternfield.example", "Somebody P5", DOCUMENTS)
    assert moved.outcome is Outcome.SENT
    folders = [file["id"] for file in drive.google.files.values() if file["name"] == "Somebody P5"]
    assert [set(drive.google.access[it]) - {HR, ACCOUNT} for it in folders] == [
        {"noor@lanternfield.example"},
        {"noor.two@lanternfield.example"},
    ]


@pytest.mark.parametrize("deleted", [True, False])
def test_a_folder_that_hr_threw_away_is_made_again(drive: Drive, deleted: bool) -> None:
    drive.send()
    folder = next(it for it in drive.google.files.values() if it["name"] == "Somebody P5")
    inside = [it["id"] for it in drive.google.files.values() if it["parents"] == [folder["id"]]]
    if deleted:
        for gone in [folder["id"], *inside]:
            del drive.google.files[gone]
    else:
        folder["trashed"] = True
    assert {placing.outcome for placing in drive.send()} == {Outcome.SENT}
    there = [it for it in drive.google.files.values() if it["name"] == "Somebody P5" and not it["trashed"]]
    assert len(there) == 1
    names = [it["name"] for it in drive.google.files.values() if it["parents"] == [there[0]["id"]]]
    assert sorted(names) == ["Gap report.docx", "Plan.docx"]


def test_a_service_account_without_storage_is_told_so_and_nobody_else_is_tried(drive: Drive) -> None:
    drive.google.accounts_without_storage.add(ACCOUNT)
    placing = drive.send()[0]
    assert placing.outcome is Outcome.FAILED
    assert placing.for_everybody
    assert "shared drive" in placing.sentence
    for file in drive.google.files.values():
        file["driveId"] = "shared"
    drive.google.files[drive.parent]["driveId"] = "shared"
    assert drive.send()[0].outcome is Outcome.SENT


def test_waiting_for_the_quota_lasts_into_the_next_minute(drive: Drive) -> None:
    drive.server.faults = {number: Fault(status=429) for number in range(4)}
    assert drive.send()[0].outcome is Outcome.SENT
    assert len(drive.waited) == 4
    assert min(drive.waited) >= 60


REFUSALS = [
    (403, '{"error": {"errors": [{"reason": "accessNotConfigured"}], "message": "x"}}', "switched off"),
    (
        403,
        '{"error": {"errors": [{"reason": "storageQuotaExceeded"}], "message": "full"}}',
        "no storage left",
    ),
    (403, '{"error": {"errors": [{"reason": "insufficientFilePermissions"}]}}', "Content manager"),
    (400, '{"error": {"errors": [{"reason": "invalidSharingRequest"}]}}', "no Google account"),
    (403, '{"error": {"errors": [{"reason": "domainPolicy"}]}}', "organisation's rules"),
    (
        403,
        '{"error": {"errors": [{"reason": "cannotShareTeamDriveRestrictionOnlyDomain"}]}}',
        "outside your organisation",
    ),
    (401, '{"error": {"errors": [{"reason": "authError"}]}}', "google setup"),
    (404, '{"error": {"errors": [{"reason": "notFound"}]}}', "is not shared with the service account"),
    (502, "<html>oops</html>", "temporary problem"),
    (0, "", "cannot be reached"),
]


@pytest.mark.parametrize(("status", "body", "words"), REFUSALS)
def test_what_google_answers_is_told_with_what_to_do(status: int, body: str, words: str) -> None:
    assert words in str(trouble_of(status, body.encode()))


def test_no_sentence_repeats_what_google_said() -> None:
    body = b'{"error": {"message": "amara@firm.example is unknown", "errors": [{"reason": "whatever"}]}}'
    assert "amara" not in str(trouble_of(403, body))
