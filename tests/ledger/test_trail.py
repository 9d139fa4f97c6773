"""What a ledger is told, it tells again: the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from careersheets.ledger.deliveries import WrongStep
from careersheets.ledger.ledger import Ledger, new_identity, open_ledger
from careersheets.ledger.records import (
    DeliveryState,
    DocumentKey,
    FindingPlace,
    FormRecord,
    FrameworkVersion,
    Ingredients,
    NewDelivery,
    Transition,
)

from .invented import MADE_FROM, VERSIONS, document_of, fill

pytestmark = pytest.mark.requirement("X9")


def test_a_run_is_there_with_its_start_end_outcome_versions_and_counts(ledger: Ledger) -> None:
    with ledger.run("report", VERSIONS) as run:
        run.counts["made"] = 12
        run.outcome = "12 of 12 documents made"
    [told] = ledger.history()
    assert (told.verb, told.outcome, told.versions, told.counts) == (
        "report", "12 of 12 documents made", VERSIONS, {"made": 12},
    )  # fmt: skip
    assert told.ended is not None
    assert told.started <= told.ended


def test_a_run_that_fails_says_what_kind_of_error_it_was_and_nothing_of_its_text(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="Oyelaran"), ledger.run("report", VERSIONS):
        raise ValueError("Oyelaran Adébáyọ̀")
    assert [run.outcome for run in ledger.history()] == ["failed: ValueError"]


def test_a_run_that_never_ended_has_no_end_and_no_outcome(ledger: Ledger) -> None:
    left = ledger.run("send", VERSIONS)
    left.__enter__()
    with ledger.run("check", VERSIONS):
        pass
    latest, first = ledger.history()
    assert (latest.verb, latest.outcome) == ("check", "done")
    assert (first.verb, first.ended, first.outcome) == ("send", None, "")
    assert [run.verb for run in ledger.history(limit=1)] == ["check"]


def test_only_fingerprints_that_changed_are_written(ledger: Ledger) -> None:
    with ledger.run("report", VERSIONS) as run:
        first = {("E1", "scores"): "a", ("E2", "scores"): "b"}
        assert ledger.record_inputs(run.id, first) == set(first)
        before = ledger.head().seq
        assert ledger.record_inputs(run.id, {**first, ("E2", "scores"): "c"}) == {("E2", "scores")}
        assert ledger.head().seq == before + 1
        assert ledger.record_inputs(run.id, {("E2", "scores"): "b"}) == {("E2", "scores")}
    assert ledger.inputs() == first


def test_findings_are_told_as_new_and_gone(ledger: Ledger) -> None:
    one, two = FindingPlace("E1", "CS203", "Scores!F14"), FindingPlace("", "CS101", "Levels")
    with ledger.run("check", VERSIONS) as run:
        assert ledger.record_findings(run.id, [one, one]) == ({one}, set())
        assert ledger.record_findings(run.id, [two]) == ({two}, {one})
        assert ledger.record_findings(run.id, [two]) == (set(), set())
        assert ledger.record_findings(run.id, [one, two]) == ({one}, set())
    assert ledger.findings() == {one, two}


@pytest.mark.requirement("E5", "E4")
def test_scores_changed_after_approval_have_another_fingerprint_than_the_approved_one(ledger: Ledger) -> None:
    submitted = Transition("E1", "H1", "Submitted", "f1", "M1", date(2026, 5, 4))
    approved = Transition("E1", "H1", "Approved", "f1", "HR1", date(2026, 5, 6))
    with ledger.run("check", VERSIONS) as run:
        assert ledger.record_transitions(run.id, [submitted]) == [submitted]
        assert ledger.approved_fingerprints("H1") == {}
        assert ledger.record_transitions(run.id, [submitted, approved]) == [approved]
        assert ledger.approved_fingerprints("H1") == {"E1": "f1"}
        assert ledger.record_transitions(run.id, [replace(approved, state="Released", fingerprint="f9")])
        assert ledger.approved_fingerprints("H1") == {"E1": "f1"}
        ledger.record_transitions(run.id, [replace(approved, state="Returned")])
    assert ledger.approved_fingerprints("H1") == {}
    assert [step.state for step in ledger.steps_of("E1", "H1")] == [
        "Submitted",
        "Approved",
        "Released",
        "Returned",
    ]
    stands = ledger.standing("H1")["E1"]
    assert (stands.state, stands.actor, stands.stated_on) == ("Returned", "HR1", date(2026, 5, 6))
    assert ledger.standing("H2") == {}


@pytest.mark.requirement("F8")
def test_the_framework_of_a_cycle_is_noted_when_it_changes(ledger: Ledger) -> None:
    first, second = FrameworkVersion("1", "H1", "aa"), FrameworkVersion("2", "H1", "bb")
    with ledger.run("check", VERSIONS) as run:
        noted = [
            ledger.record_framework(run.id, version) for version in (first, first, second, second, first)
        ]
    assert noted == [True, False, True, False, True]
    assert ledger.framework_of("H1") == first
    assert ledger.framework_of("H2") is None


@pytest.mark.requirement("X5")
def test_a_document_is_unchanged_if_inputs_template_version_and_state_are(ledger: Ledger) -> None:
    document = document_of("E1", path="documents/Nguyễn Thị Ánh (E1).docx")
    with ledger.run("report", VERSIONS) as run:
        ledger.record_documents(run.id, [document])
    same = {document.key: (MADE_FROM, "made")}
    assert ledger.unchanged(same) == {document.key: document}
    others = [
        {document.key: (replace(MADE_FROM, inputs="x"), "made")},
        {document.key: (replace(MADE_FROM, template="x"), "made")},
        {document.key: (replace(MADE_FROM, version="x"), "made")},
        {document.key: (MADE_FROM, "draft")},
        {DocumentKey("E1", "gap-report", "H2"): (MADE_FROM, "made")},
        {DocumentKey("E2", "gap-report", "H1"): (MADE_FROM, "made")},
        {},
    ]
    assert [ledger.unchanged(wanted) for wanted in others] == [{}] * len(others)
    assert ledger.document(document.document) == document
    assert ledger.document("none") is None


def test_the_last_document_of_its_key_counts(ledger: Ledger) -> None:
    old, new = document_of("E1"), document_of("E1", made_from=Ingredients("i2", "template", "0.1.0"))
    with ledger.run("report", VERSIONS) as run:
        ledger.record_documents(run.id, [old])
        ledger.record_documents(run.id, [new])
    assert ledger.documents() == {new.key: new}
    assert ledger.unchanged({old.key: (old.ingredients, "made")}) == {}


@pytest.mark.requirement("X6")
def test_a_document_is_planned_for_a_recipient_once(ledger: Ledger) -> None:
    document = document_of("E1").document
    wanted = NewDelivery(document, "E1", "mail", "M1", "m1@example.test")
    with ledger.run("send", VERSIONS) as run:
        [first] = ledger.plan_deliveries(run.id, [wanted, wanted])
        assert ledger.plan_deliveries(run.id, [wanted]) == []
        ledger.move_delivery(run.id, first.delivery, DeliveryState.SENDING)
        assert ledger.plan_deliveries(run.id, [wanted]) == []
        ledger.move_delivery(run.id, first.delivery, DeliveryState.SENT)
        assert ledger.plan_deliveries(run.id, [replace(wanted, address="other@example.test")]) == []
        [second] = ledger.plan_deliveries(run.id, [wanted, replace(wanted, recipient="M2")])
    assert (first.recipient, first.address, first.state) == ("M1", "m1@example.test", DeliveryState.PLANNED)
    assert second.recipient == "M2"
    assert [(it.recipient, it.state.value) for it in ledger.deliveries()] == [
        ("M1", "sent"),
        ("M2", "planned"),
    ]
    assert [it.recipient for it in ledger.deliveries(DeliveryState.SENT, document=document)] == ["M1"]


@pytest.mark.requirement("X6")
def test_a_delivery_goes_only_where_it_may(ledger: Ledger) -> None:
    planned, sending, sent = DeliveryState.PLANNED, DeliveryState.SENDING, DeliveryState.SENT
    with ledger.run("send", VERSIONS) as run:
        wanted = NewDelivery("d1", "E1", "mail", "M1", "m1@example.test")
        [it] = ledger.plan_deliveries(run.id, [wanted])
        for state in (sent, planned, DeliveryState.UNCERTAIN):
            with pytest.raises(WrongStep, match=f'is "planned" and cannot become "{state}"'):
                ledger.move_delivery(run.id, it.delivery, state)
        ledger.move_delivery(run.id, it.delivery, sending)
        with pytest.raises(WrongStep):
            ledger.move_delivery(run.id, it.delivery, sending)
        ledger.move_delivery(
            run.id, it.delivery, DeliveryState.FAILED, "the server refused the message (550)"
        )
        ledger.move_delivery(run.id, it.delivery, planned)
        ledger.move_delivery(run.id, it.delivery, sending)
        ledger.move_delivery(run.id, it.delivery, sent)
        for state in DeliveryState:
            with pytest.raises(WrongStep):
                ledger.move_delivery(run.id, it.delivery, state)
        with pytest.raises(WrongStep, match="unknown"):
            ledger.move_delivery(run.id, "nothing", sending)
    [now] = ledger.deliveries()
    assert (now.message_id, now.recipient, now.address) == (it.message_id, "M1", "m1@example.test")


@pytest.mark.requirement("X6")
def test_what_was_being_sent_when_a_run_died_is_uncertain_and_is_not_planned_again(ledger: Ledger) -> None:
    wanted = [NewDelivery(f"d{n}", f"E{n}", "mail", "M1", "m1@example.test") for n in range(3)]
    with ledger.run("send", VERSIONS) as run:
        first, second, _ = ledger.plan_deliveries(run.id, wanted)
        ledger.move_delivery(run.id, first.delivery, DeliveryState.SENDING)
        ledger.move_delivery(run.id, first.delivery, DeliveryState.SENT)
        ledger.move_delivery(run.id, second.delivery, DeliveryState.SENDING)
    with ledger.run("send", VERSIONS) as run:
        assert [it.delivery for it in ledger.settle_interrupted(run.id)] == [second.delivery]
        assert ledger.settle_interrupted(run.id) == []
        assert ledger.plan_deliveries(run.id, wanted) == []
    assert [it.state.value for it in ledger.deliveries()] == ["sent", "uncertain", "planned"]
    assert ledger.deliveries(DeliveryState.UNCERTAIN)[0].reason == "the run was interrupted while sending"


def test_a_filled_form_is_accepted_once_whatever_its_file_is_called(ledger: Ledger) -> None:
    form = FormRecord("d1", "E1", "1", "f1", "a" * 64)
    with ledger.run("collect", VERSIONS) as run:
        assert ledger.accept_forms(run.id, [form, form]) == [form]
        assert ledger.accept_forms(run.id, [form]) == []
        corrected = replace(form, sha256="b" * 64)
        assert ledger.accept_forms(run.id, [corrected]) == [corrected]
    assert ledger.forms("d1") == ledger.forms() == [form, corrected]


def test_a_clock_set_back_changes_no_order(place: str, workbook: str) -> None:
    now = datetime(2026, 10, 25, 3, 30, tzinfo=UTC)
    moments = iter([now - timedelta(hours=n) for n in range(20)])
    with open_ledger(workbook, place=place, clock=lambda: next(moments)) as ledger:
        fill(ledger, "E1", "M1")
        assert [step.state for step in ledger.steps_of("E1", "H1")] == ["Submitted", "Approved"]
        assert ledger.standing("H1")["E1"].state == "Approved"
        assert ledger.deliveries()[0].state is DeliveryState.SENT
        [run] = ledger.history()
        assert run.ended is not None
        assert run.ended < run.started
        assert ledger.verify() == []


def test_workbooks_do_not_see_each_other(place: str) -> None:
    with open_ledger(new_identity(), place=place) as one, open_ledger(new_identity(), place=place) as other:
        fill(one, "E1", "M1")
        assert (other.history(), other.documents(), other.deliveries(), other.head().seq) == ([], {}, [], 0)
        assert other.verify() == one.verify() == []


def test_what_was_written_is_there_when_it_is_opened_again(place: str, workbook: str) -> None:
    with open_ledger(workbook, place=place) as ledger:
        fill(ledger, "E1", "M1")
        told, head = ledger.export_person("E1"), ledger.head()
    with open_ledger(workbook, place=place) as ledger:
        assert (ledger.export_person("E1"), ledger.head()) == (told, head)


def test_any_text_is_kept_even_one_that_no_database_takes(ledger: Ledger) -> None:
    with ledger.run("check", VERSIONS) as run:
        ledger.record_inputs(run.id, {("Zoë \0 \ud800 🧭 'x'; --", "scores"): "a"})
    assert list(ledger.inputs()) == [("Zoë � ? 🧭 'x'; --", "scores")]
    assert ledger.verify() == []
