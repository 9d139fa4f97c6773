"""Sending: to whom a kind is for, once, and held where anything changed since it was shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from careersheets.books.building import build_workbook
from careersheets.books.excel_file import ExcelFile
from careersheets.ledger.ledger import Ledger, new_identity, open_ledger
from careersheets.ledger.records import DeliveryState
from careersheets.workflows.assess import assess
from careersheets.workflows.report import report
from careersheets.workflows.report_plan import Asked
from careersheets.workflows.report_trail import Trail
from careersheets.workflows.send import Outbox, Outcome, Parcel, resolve_outbox, send, settle
from careersheets.workflows.send_plan import MAIL, Rules, SendPlan, Wanted, plan_sending
from tests.analysis.test_by_hand import workbook as example

pytestmark = pytest.mark.requirement("X6")

NOW = datetime(2026, 11, 22, 9, 0)
RULES = Rules(channel=MAIL, domains=("lanternfield.example",))


@dataclass
class Collecting:
    """A carrier that keeps parcels, and answers what it is told to."""

    answer: DeliveryState = DeliveryState.SENT
    parcels: list[Parcel] = field(default_factory=list)
    has_given_up: bool = False

    def deliver(self, parcel: Parcel) -> tuple[DeliveryState, str]:
        self.parcels.append(parcel)
        return self.answer, "" if self.answer is DeliveryState.SENT else "said so"


@dataclass
class Office:
    """A workbook in a folder, its documents made, and its ledger."""

    folder: Path
    ledger: Ledger

    def write(self, hr: str = "", **changed: dict[str, Any]) -> None:
        """The workbook: P1 and P2 are released, P3 is not; all report to P5. `changed` are cells of People by id."""
        rows = example()
        rows["Settings"] = [*rows.get("Settings", []), {"setting": "HR e-mail", "value": hr}]
        for person in rows["People"]:
            key = person["employee_id"]
            person["email"] = f"{key.lower()}@lanternfield.example"
            person["manager"] = None if key == "P5" else "P5"
            person.update(changed.get(key, {}))
        for row in rows["Evaluations"]:
            if row["cycle"] == "H2":
                released = row["employee_id"] in ("P1", "P2")
                row["manager"] = "P5" if row["employee_id"] != "P5" else None
                row["status"] = "Released" if released else "Draft"
                row["released"] = date(2026, 11, 20) if released else None
        build_workbook(self.folder / "careers.xlsx", rows)

    @property
    def book(self) -> ExcelFile:
        return ExcelFile(self.folder / "careers.xlsx")

    def make(self) -> None:
        with self.ledger.run("report", {}) as run:
            asked = Asked(kinds=("gap-report", "manager-preparation"))
            report(self.book, self.folder, NOW, asked, trail=Trail(self.ledger, run, self.folder))

    def plan(self, rules: Rules = RULES, **wanted: Any) -> SendPlan:
        with self.ledger.run("send", {}) as run:
            results = assess(self.book, NOW.date()).results
            return plan_sending(results, self.folder, self.ledger, run, Wanted(**wanted), rules)

    def send(self, plan: SendPlan, carrier: Any, rules: Rules = RULES) -> list[Outcome]:
        with self.ledger.run("send", {}) as run:
            results = assess(self.book, NOW.date()).results
            return send(plan.items, carrier, self.ledger, run, results, self.folder, rules)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_ledger(new_identity(), place=str(tmp_path / "ledgers")) as ledger:
        found = Office(tmp_path / "hr", ledger)
        found.folder.mkdir()
        found.write()
        found.make()
        yield found


def shown(plan: SendPlan) -> set[tuple[str, str, str]]:
    return {(item.delivery.person, item.kind.key, item.delivery.address) for item in plan.items}


def test_released_documents_go_to_the_manager_and_drafts_stay(office: Office) -> None:
    plan = office.plan()
    boss = "p5@lanternfield.example"
    kinds = ("gap-report", "manager-preparation")
    assert shown(plan) == {(person, kind, boss) for person in ("P1", "P2") for kind in kinds}
    drafts = {left.document.key.person for left in plan.left if "not released" in left.reason}
    assert drafts >= {"P3"}
    assert all(item.is_new for item in plan.items)


def test_what_is_sent_to_hr_goes_to_the_address_on_settings(office: Office) -> None:
    plan = office.plan(role="hr")
    assert plan.items == []
    assert 'as "HR e-mail"' in {left.reason for left in plan.left if left.document.key.person == "P1"}.pop()
    office.write(hr="people@lanternfield.example")
    office.make()
    plan = office.plan(role="hr")
    kinds = ("gap-report", "manager-preparation")
    assert shown(plan) == {
        (person, kind, "people@lanternfield.example") for person in ("P1", "P2") for kind in kinds
    }
    outbox = Outbox(office.folder / "outbox", office.folder, {"P5": "Ravi Subramanian"})
    assert {outcome.state for outcome in office.send(plan, outbox)} == {DeliveryState.SENT}
    assert {path.parent.name for path in outbox.outbox.rglob("*.docx")} == {"HR"}
    assert office.plan(role="hr").items == []


def test_documents_about_one_person_travel_together_and_only_once(office: Office) -> None:
    carrier = Collecting()
    office.send(office.plan(), carrier)
    assert sorted((parcel.person, len(parcel.items)) for parcel in carrier.parcels) == [("P1", 2), ("P2", 2)]
    assert len({parcel.message_id for parcel in carrier.parcels}) == 2
    again = office.plan()
    assert again.items == []
    office.send(again, carrier)
    assert len(carrier.parcels) == 2
    office.make()
    assert office.plan().items == []


def test_what_was_written_to_before_is_not_new(office: Office) -> None:
    office.send(office.plan(people=("P1",)), Collecting())
    assert [item.is_new for item in office.plan(people=("P2",)).items] == [False, False]


def test_a_kind_goes_to_nobody_it_is_not_for(office: Office) -> None:
    plan = office.plan(role="employee")
    assert shown(plan) == {
        (person, "gap-report", f"{person.lower()}@lanternfield.example") for person in ("P1", "P2")
    }
    assert {left.document.key.kind for left in plan.left if "not for that recipient" in left.reason} == {
        "manager-preparation"
    }


def test_another_domain_is_not_written_to(office: Office) -> None:
    office.write(P5={"email": "p5@elsewhere.example"})
    plan = office.plan()
    assert plan.items == []
    assert any("elsewhere" in left.reason or "domain" in left.reason for left in plan.left)


def test_a_manager_who_changed_between_plan_and_send_holds_it(office: Office) -> None:
    plan = office.plan(people=("P1",))
    office.write(P1={"manager": "P4"})
    carrier = Collecting()
    outcomes = office.send(plan, carrier)
    assert carrier.parcels == []
    assert {outcome.state for outcome in outcomes} == {DeliveryState.HELD}
    assert all("P4" not in delivery.reason for delivery in office.ledger.deliveries(DeliveryState.HELD))


def test_a_document_that_was_edited_after_it_was_shown_holds_it(office: Office) -> None:
    plan = office.plan(people=("P1",), kinds=("gap-report",))
    path = office.folder / plan.items[0].document.path
    path.write_bytes(path.read_bytes() + b"edited")
    (outcome,) = office.send(plan, Collecting())
    assert outcome.state is DeliveryState.HELD
    assert "changed" in outcome.reason


def test_what_failed_can_be_sent_again_and_what_is_uncertain_cannot(office: Office) -> None:
    office.send(office.plan(people=("P1",)), Collecting(DeliveryState.FAILED))
    assert len(office.plan(people=("P1",)).items) == 2
    office.send(office.plan(people=("P1",)), Collecting(DeliveryState.UNCERTAIN))
    plan = office.plan(people=("P1",))
    assert plan.items == []
    assert len(plan.uncertain) == 2
    with office.ledger.run("send", {}) as run:
        settle(office.ledger, run, [it.delivery for it in plan.uncertain], arrived=False)
    assert len(office.plan(people=("P1",)).items) == 2


def test_what_a_killed_run_was_sending_is_uncertain_and_not_sent_again(office: Office) -> None:
    plan = office.plan(people=("P1",))
    with office.ledger.run("send", {}) as run:
        office.ledger.move_deliveries(
            run.id, [it.delivery.delivery for it in plan.items], DeliveryState.SENDING
        )
    after = office.plan(people=("P1",))
    assert after.items == []
    assert len(after.uncertain) == 2


def test_a_newer_version_takes_the_place_of_one_that_was_not_sent(office: Office) -> None:
    office.plan(people=("P1",), kinds=("gap-report",))
    office.write(P1={"name": "Chiara Conti"})
    office.make()
    plan = office.plan(people=("P1",), kinds=("gap-report",))
    (item,) = plan.items
    assert item.document.document in {it.document for it in office.ledger.documents().values()}
    assert len(office.ledger.deliveries(DeliveryState.FAILED)) == 1


def test_a_folder_per_recipient_holds_the_documents_once(office: Office) -> None:
    rules = Rules()
    outbox = Outbox(office.folder / "outbox", office.folder, {"P5": "Ravi Subramanian"})
    office.send(office.plan(rules), outbox, rules)
    found = {path.relative_to(outbox.outbox).as_posix() for path in outbox.outbox.rglob("*.docx")}
    assert len(found) == 4
    assert {name.split("/")[0] for name in found} == {"Ravi Subramanian P5"}
    assert office.plan(rules).items == []


def test_what_a_cut_left_uncertain_in_a_folder_is_seen_there(office: Office) -> None:
    rules = Rules()
    outbox = Outbox(office.folder / "outbox", office.folder, {"P5": "Ravi Subramanian"})
    plan = office.plan(rules, people=("P1",))
    with office.ledger.run("send", {}) as run:
        office.ledger.move_deliveries(
            run.id, [it.delivery.delivery for it in plan.items], DeliveryState.SENDING
        )
    outbox.deliver(Parcel("P5", "p5@lanternfield.example", "P1", "<x>", plan.items[:1]))
    left = office.plan(rules, people=("P1",)).uncertain
    with office.ledger.run("send", {}) as run:
        resolve_outbox(office.ledger, run, left, outbox)
    assert len(office.ledger.deliveries(DeliveryState.SENT)) == 1
    assert len(office.plan(rules, people=("P1",)).items) == 1
