"""Sending into Google Drive, from the plan to the ledger, over HTTP."""

# ruff: noqa: F811 - a fixture is asked for by its name

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from google.auth.credentials import AnonymousCredentials

from careersheets.books.google.client import GoogleClient
from careersheets.delivery.drive import DriveFolders
from careersheets.delivery.drive_calls import DriveCalls
from careersheets.delivery.drive_register import DriveRegister
from careersheets.ledger.records import DeliveryState
from careersheets.workflows.send_drive import DriveCarrier, resolve_drive
from careersheets.workflows.send_plan import DRIVE, Rules
from tests.google_server.server import Fault, GoogleServer

from .test_send import Office, office  # noqa: F401 - a fixture

pytestmark = pytest.mark.requirement("X6")

RULES = Rules(channel=DRIVE, domains=("lanternfield.example",))


@pytest.fixture
def server() -> Iterator[GoogleServer]:
    with GoogleServer() as running:
        running.google.files["parent"] = {
            "id": "parent",
            "name": "Documents",
            "parents": ["root"],
            "trashed": False,
        }
        running.google.access["parent"] = {"owner": "owner"}
        yield running


@pytest.fixture
def carrier(server: GoogleServer, office: Office) -> Iterator[DriveCarrier]:
    credentials: Any = AnonymousCredentials()  # type: ignore[no-untyped-call]
    client = GoogleClient(credentials, root=server.url, sleep=lambda _: None)
    drive = DriveFolders(DriveCalls(client), DriveRegister(office.folder / "drive.json"), "parent")
    yield DriveCarrier(drive, office.folder, {"P5": "Noor Haddad"})
    client.close()


def documents_in(server: GoogleServer) -> list[str]:
    return [file["name"] for file in server.google.files.values() if file["name"].endswith(".docx")]


def test_released_documents_lie_in_the_managers_folder_once(
    office: Office,
    server: GoogleServer,
    carrier: DriveCarrier,
) -> None:
    outcomes = office.send(office.plan(RULES), carrier, RULES)
    assert {outcome.state for outcome in outcomes} == {DeliveryState.SENT}
    assert len(documents_in(server)) == len(outcomes) == 4
    folder = next(file for file in server.google.files.values() if file["parents"] == ["parent"])
    assert folder["name"] == "Noor Haddad P5"
    assert server.google.access[folder["id"]] == {"owner": "owner", "p5@lanternfield.example": "reader"}
    assert office.plan(RULES).items == []


def test_a_person_outside_the_allowed_domains_gets_nothing(office: Office, server: GoogleServer) -> None:
    elsewhere = Rules(channel=DRIVE, domains=("elsewhere.example",))
    assert office.plan(elsewhere).items == []


def test_what_a_cut_left_uncertain_is_decided_and_the_rest_comes_once(
    office: Office,
    server: GoogleServer,
    carrier: DriveCarrier,
) -> None:
    plan = office.plan(RULES, people=("P1",))
    uploads = 0

    def cut_at_the_second_upload(number: int) -> None:
        nonlocal uploads
        uploads = len(documents_in(server))
        if uploads == 1:
            server.faults[number] = Fault(drop=True)

    server.before = cut_at_the_second_upload
    outcomes = office.send(plan, carrier, RULES)
    assert {outcome.state for outcome in outcomes} == {DeliveryState.UNCERTAIN}
    assert len(documents_in(server)) == 1
    server.start_counting()
    with office.ledger.run("send", {}) as run:
        resolve_drive(office.ledger, run, office.ledger.deliveries(DeliveryState.UNCERTAIN), carrier.drive)
    assert len(office.ledger.deliveries(DeliveryState.SENT)) == 1
    again = office.plan(RULES, people=("P1",))
    assert len(again.items) == 1
    fresh = DriveCarrier(carrier.drive, office.folder, {})
    assert {it.state for it in office.send(again, fresh, RULES)} == {DeliveryState.SENT}
    assert len(documents_in(server)) == 2
