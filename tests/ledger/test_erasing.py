"""What is erased is gone to the last byte, the trail still holds, and a person is given everything about them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careersheets.ledger.ledger import Ledger, new_identity, open_ledger
from careersheets.ledger.records import DeliveryState, NewDelivery
from careersheets.ledger.spans import read_spans, written_spans
from careersheets.model.errors import UsageError

from ..support.saying import say
from .invented import VERSIONS, document_of, fill
from .server import Server

pytestmark = pytest.mark.requirement("X9")

_CANARY = "KANARIENVOGEL"
_PEOPLE = st.sampled_from(["P1", "P2", "P3", "P4"])


def test_everything_about_a_person_is_given_and_nothing_about_others(ledger: Ledger) -> None:
    entries = fill(ledger, "E1", "M1") - 3
    fill(ledger, "E2", "M1")
    given_out = ledger.export_person("E1")
    assert json.loads(json.dumps(given_out)) == given_out
    assert [row["entry"] for row in given_out["about"]] == [
        "inputs", "findings", "transitions", "transitions", "documents", "deliveries", "deliveries", "deliveries", "forms",
    ]  # fmt: skip
    assert len(given_out["about"]) == entries
    assert "E2" not in json.dumps(given_out)
    of_manager = ledger.export_person("M1")
    assert of_manager["about"] == []
    assert [row["kind"] for row in of_manager["named_in"]] == ["transitions", "transitions", "deliveries"] * 2
    assert "E1" not in json.dumps(of_manager)
    assert ledger.export_person("nobody") == {"person": "nobody", "about": [], "named_in": []}


def test_an_erased_person_is_no_longer_there_and_the_trail_holds(ledger: Ledger) -> None:
    entries = fill(ledger, "E1", "M1") - 3
    fill(ledger, "E2", "M1")
    kept, head = ledger.export_person("E2"), ledger.head()
    erased = ledger.erase_person("E1")
    assert (erased.payloads, erased.parts) == (entries, 0)
    assert ledger.export_person("E1") == {"person": "E1", "about": [], "named_in": []}
    assert ledger.export_person("E2") == kept
    assert ledger.verify(head) == []
    assert ledger.head().seq == head.seq + 1
    again = ledger.erase_person("E1")
    assert (again.payloads, again.parts, ledger.head().seq) == (0, 0, head.seq + 1)


def test_an_erased_recipient_is_taken_out_and_nothing_is_sent_to_others_again(ledger: Ledger) -> None:
    fill(ledger, "E1", "M1")
    fill(ledger, "E2", "M2")
    document = next(iter(ledger.documents().values())).document
    erased = ledger.erase_person("M1")
    assert (erased.payloads, erased.parts) == (0, 3)
    first, second = ledger.deliveries()
    assert (first.recipient, first.address, first.message_id, first.state) == ("", "", "", DeliveryState.SENT)
    assert second.recipient == "M2"
    assert ledger.approved_fingerprints("H1")["E1"] == "f1"
    assert [step.actor for step in ledger.steps_of("E1", "H1")] == ["", ""]
    with ledger.run("send", VERSIONS) as run:
        again = NewDelivery(second.document, "E2", "mail", "M2", "M2@example.test")
        assert ledger.plan_deliveries(run.id, [again]) == []
        assert (
            len(
                ledger.plan_deliveries(run.id, [NewDelivery(document, "E1", "mail", "M9", "m9@example.test")])
            )
            == 1
        )
    assert ledger.verify() == []


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Zoë Ångström", "documents/Zoe Angstrom/Gap report (E1).docx"),
        ("Zoë Ångström", "documents/ZOË_ÅNGSTRÖM/Gap report (E1).docx"),
        ("Li", "documents/Li.docx"),
        ("王小明", "documents/王小明/report.docx"),
    ],
)
def test_a_name_in_the_path_of_somebody_elses_document_goes_too(ledger: Ledger, name: str, path: str) -> None:
    document = document_of("E1", path=path)
    other = document_of("E2", path="documents/Oliver Lindqvist/report.docx")
    with ledger.run("report", VERSIONS) as run:
        ledger.record_documents(run.id, [document, other])
    ledger.erase_person("M1", [name, ""])
    assert ledger.documents()[document.key].path == ""
    assert ledger.documents()[other.key] == other
    assert ledger.unchanged({document.key: (document.ingredients, "made")}) == {}
    assert ledger.verify() == []


def test_no_byte_of_a_person_is_left_in_the_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workbook = new_identity()
    place = str(tmp_path / "ledgers")
    subject, manager = f"{_CANARY}-S", f"{_CANARY}-M"
    scanned = 0
    with open_ledger(workbook, place=place) as ledger:
        for number in range(40):
            fill(ledger, f"E{number}", "M1" if number % 3 else manager, address=f"{manager}@example.test")
            fill(ledger, subject, "M1", path=f"documents/{_CANARY} Ωmega/{number}.docx")
        assert any(_CANARY.encode() in data for data in _files(place))
        ledger.erase_person(manager, [f"{manager}@example.test"])
        erased = ledger.erase_person(subject, [f"{_CANARY} Ωmega"])
        assert erased.left == ()
        for data in _files(place):
            scanned += len(data)
            assert _CANARY.encode() not in data
        assert ledger.verify() == []
    assert not any(_CANARY.encode() in data for data in _files(place))
    say(
        capsys,
        f"SQLite: {scanned} bytes of database, log and index looked through after two erasures, none left",
    )


def test_no_byte_of_a_person_is_left_in_the_servers_tables(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    workbook, subject = new_identity(), f"{_CANARY}-P"
    with open_ledger(workbook, place=server.address()) as ledger:
        for number in range(40):
            fill(ledger, subject, f"M{number}")
            fill(ledger, f"E{number}", subject)
        server.run(
            "psql", "-h", str(server.folder), "-U", "keeper", "-d", "postgres", "-c", "ANALYZE; CHECKPOINT"
        )
        assert subject.encode() in server.bytes_of_tables()
        erased = ledger.erase_person(subject)
        assert "backups keep what was erased" in erased.left[0]
        server.run("psql", "-h", str(server.folder), "-U", "keeper", "-d", "postgres", "-c", "CHECKPOINT")
        data = server.bytes_of_tables()
        assert subject.encode() not in data
        assert ledger.verify() == []
    say(
        capsys,
        f"PostgreSQL: {len(data)} bytes of tables and indexes looked through after an erasure, none left",
    )


def test_while_another_program_reads_the_erasure_is_done_and_says_what_is_left(tmp_path: Path) -> None:
    workbook, place = new_identity(), str(tmp_path)
    with (
        open_ledger(workbook, place=place, patience=0.2) as ledger,
        open_ledger(workbook, place=place) as reader,
    ):
        fill(ledger, _CANARY, "M1")
        with reader._store.read() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM entries").fetchone()
            erased = ledger.erase_person(_CANARY)
            assert "erase once more" in erased.left[0]
            assert ledger.export_person(_CANARY)["about"] == []
        assert ledger.erase_person(_CANARY).left == ()
        assert not any(_CANARY.encode() in data for data in _files(place))


def test_what_is_older_than_the_limit_is_forgotten(place: str, workbook: str) -> None:
    start = datetime(2024, 2, 29, tzinfo=UTC)
    now = [start]
    with open_ledger(workbook, place=place, clock=lambda: now[0]) as ledger:
        fill(ledger, "E1", "M1")
        now[0] = start + timedelta(days=400)
        fill(ledger, "E2", "M1")
        erased = ledger.forget_before(start + timedelta(days=366))
        assert erased.payloads == 12
        assert ledger.export_person("E1")["about"] == []
        assert len(ledger.export_person("E2")["about"]) == 9
        assert [row["kind"] for row in ledger.export_person("M1")["named_in"]] == [
            "transitions",
            "transitions",
            "deliveries",
        ]
        assert len(ledger.history()) == 1
        assert ledger.verify() == []


def test_a_clock_that_runs_ahead_does_not_make_everything_old(ledger: Ledger) -> None:
    fill(ledger, "E1", "M1")
    with pytest.raises(UsageError, match="clock is right"):
        ledger.forget_before(datetime.now(UTC) + timedelta(days=1))
    assert len(ledger.export_person("E1")["about"]) == 9


def test_any_order_of_events_and_erasures_leaves_nothing_of_the_erased_and_all_of_the_others(
    capsys: pytest.CaptureFixture[str],
) -> None:
    count = {"events": 0, "erasures": 0}

    @settings(max_examples=40)
    @given(steps=st.lists(st.tuples(_PEOPLE, _PEOPLE) | _PEOPLE, min_size=1, max_size=6))
    def holds(steps: list[tuple[str, str] | str]) -> None:
        with tempfile.TemporaryDirectory() as place, open_ledger(new_identity(), place=place) as ledger:
            about = dict.fromkeys(["P1", "P2", "P3", "P4"], 0)
            for step in steps:
                if isinstance(step, str):
                    ledger.erase_person(f"{_CANARY}{step}")
                    about[step] = 0
                    assert not any(f"{_CANARY}{step}".encode() in data for data in _files(place))
                    count["erasures"] += 1
                else:
                    fill(ledger, *(f"{_CANARY}{person}" for person in step))
                    about[step[0]] += 1
                    count["events"] += 1
                assert ledger.verify() == []
            for person, times in about.items():
                documents = [
                    row
                    for row in ledger.export_person(f"{_CANARY}{person}")["about"]
                    if row["entry"] == "documents"
                ]
                assert len(documents) == times

    holds()
    say(capsys, f"{count['events']} runs and {count['erasures']} erasures in any order")


@given(st.sets(st.integers(1, 300)))
def test_numbers_of_entries_are_written_short_and_read_back(numbers: set[int]) -> None:
    assert read_spans(written_spans(numbers)) == numbers


def test_numbers_in_a_row_are_one_span() -> None:
    assert written_spans([3, 4, 5, 17, 20, 21]) == "3-5,17,20-21"


def _files(place: str) -> Iterator[bytes]:
    files = [file for file in Path(place).rglob("*") if file.is_file()]
    assert files
    return (file.read_bytes() for file in files)
