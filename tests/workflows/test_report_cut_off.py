"""A run that is killed between putting documents in place and noting them is made good by the next one."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from careersheets.analysis.results import Results
from careersheets.books.building import build_workbook
from careersheets.books.excel_file import ExcelFile
from careersheets.delivery import run_folder
from careersheets.ledger.ledger import Ledger, new_identity, open_ledger
from careersheets.workflows.report import ReportOutcome, report
from careersheets.workflows.report_plan import Asked, Made
from careersheets.workflows.report_trail import Trail
from tests.excel.company import company_rows

pytestmark = pytest.mark.requirement("X5", "X9")

PEOPLE = 4


class KilledBeforeNoting(Trail):
    """The documents lie in their places; the ledger never hears of them."""

    def note(self, results: Results, made: Sequence[Made]) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


class Place:
    """A workbook in a folder, with a ledger that several processes open one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.identity = folder, new_identity()

    def write(self, evidence: str, name: str = "Bjørn Abubakar", manager: str = "M001") -> None:
        """The workbook, as if nothing had been written into it; with the name and manager of the first employee."""
        rows = company_rows(1, PEOPLE)
        rows["People"][1] |= {"name": name, "manager": manager}
        rows["Evaluations"][0]["manager"] = manager
        for row in rows["Scores"]:
            row["evidence"] = evidence
        build_workbook(self.folder / "careers.xlsx", rows)

    def ledger(self) -> Ledger:
        return open_ledger(self.identity, place=str(self.folder / "ledgers"))

    def report(self, trail: type[Trail] = Trail) -> ReportOutcome:
        with self.ledger() as ledger, ledger.run("report", {}) as run:
            book = ExcelFile(self.folder / "careers.xlsx")
            return report(
                book,
                self.folder,
                datetime(2026, 11, 22, 9),
                Asked(),
                trail=trail(ledger, run, self.folder),
            )

    def killed(self, trail: type[Trail] = Trail, at_replacement: int = 0) -> None:
        """A run in a process of its own that dies before noting, or before it puts the n-th document in place."""
        child = os.fork()
        if child == 0:
            if at_replacement:
                _die_at(at_replacement)
            self.report(trail)
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL

    def documents(self) -> dict[str, bytes]:
        top = self.folder / "documents"
        found = {path.relative_to(top).as_posix(): path for path in top.rglob("*.docx")}
        return {name: path.read_bytes() for name, path in found.items() if not name.startswith(".run-")}


def _die_at(number: int) -> None:
    replace, done = os.replace, 0

    def counting(source: Path, target: Path) -> None:
        nonlocal done
        if str(target).endswith(".docx") and "/.run-" not in str(target):
            done += 1
            if done == number:
                os.kill(os.getpid(), signal.SIGKILL)
        replace(source, target)

    run_folder.os.replace = counting  # type: ignore[assignment]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = Place(tmp_path)
    made.write("Seen in week 3")
    return made


def look(place: Place, outcome: ReportOutcome) -> None:
    """Nothing counts as changed by somebody; everything is in its place and noted."""
    assert not (place.folder / "documents" / "Replaced").exists()
    assert not any("changed" in note for note in outcome.notes)
    assert len(place.documents()) == PEOPLE
    with place.ledger() as ledger:
        assert len(ledger.documents()) == PEOPLE
    assert {document.state for document in place.report().made} == {"Unchanged"}


def test_new_documents_of_a_run_killed_before_noting_are_known_as_ours(place: Place) -> None:
    place.killed(KilledBeforeNoting)
    assert len(place.documents()) == PEOPLE
    with place.ledger() as ledger:
        assert not ledger.documents()
    look(place, place.report())


def test_so_are_new_versions_over_older_ones(place: Place) -> None:
    place.report()
    before = place.documents()
    place.write("Seen in week 4")
    place.killed(KilledBeforeNoting)
    assert all(data != before[name] for name, data in place.documents().items())
    place.write("Seen in week 5")
    look(place, place.report())


@pytest.mark.parametrize("number", range(1, PEOPLE + 1))
def test_killed_while_documents_are_put_in_place_old_and_new_ones_are_ours(place: Place, number: int) -> None:
    place.report()
    before = place.documents()
    place.write("Seen in week 4")
    place.killed(at_replacement=number)
    assert sum(data != before[name] for name, data in place.documents().items()) == number - 1
    look(place, place.report())


def test_what_somebody_edited_after_the_kill_is_kept_aside(place: Place) -> None:
    place.killed(KilledBeforeNoting)
    edited = next((place.folder / "documents").rglob("*.docx"))
    edited.write_bytes(edited.read_bytes() + b"\0")
    outcome = place.report()
    kept = list((place.folder / "documents" / "Replaced").rglob("*.docx"))
    assert [path.name for path in kept] == [edited.name]
    assert any("changed" in note for note in outcome.notes)


@pytest.mark.parametrize("before", [False, True], ids=["made for the first time", "made before"])
@pytest.mark.parametrize("changed", [{"name": "Nokuthula Dlamini"}, {"manager": "E0003"}], ids=str)
def test_after_a_kill_and_a_renaming_no_document_stays_in_the_old_place(
    place: Place, before: bool, changed: dict[str, str]
) -> None:
    if before:
        place.report()
        place.write("Seen in week 4", name="Saoirse Fonoti")
    place.killed(KilledBeforeNoting)
    old = set(place.documents())
    place.write("Seen in week 5", **changed)
    place.report()
    there = {name for name in place.documents() if not name.startswith("Replaced/")}
    assert there != old
    assert len(there) == PEOPLE
    assert {document.state for document in place.report().made} == {"Unchanged"}
