"""Whatever HR does in whatever order, with runs killed in between: no mail twice, none to the wrong person.

A machine types, reports, plans, sends, releases, settles and erases as it likes. After every step all of it must hold.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from careersheets.ledger.records import DeliveryState

from ..support.office import require_tool
from ..support.saying import say
from ..support.smtp_server import SmtpServer
from .benches import SEND
from .company import BOSS, Company, rows_of
from .edits import edit, rows_on
from .forking import Ended, Forks
from .points import Point
from .seeing import canaries_in, is_plain, ledger_faults, torn

pytestmark = pytest.mark.requirement("E5", "X5", "X6", "X9")

_CYCLE = "H2"
_REPORTED = ("P1", "P2", "P3", "P4", "QZX-77")
_MANAGERS = (BOSS, "P4")
_PEOPLE = st.sampled_from(_REPORTED)
_LONG = bool(os.environ.get("CAREERSHEETS_LONG"))
_TALKING = st.builds(Point, st.sampled_from(("sendto", "recvfrom")), st.integers(1, 16))
_NOTING = st.builds(Point, st.sampled_from(("pwrite64", "fdatasync", "write")), st.integers(1, 30))
_MAKING = st.builds(Point, st.sampled_from(("write", "pwrite64", "fsync", "rename")), st.integers(1, 10))
# Two have no released evaluation at first.
_DRAFTS = ("P2", "QZX-77")
_steps: Counter[str] = Counter()


class Office(RuleBasedStateMachine):
    """HR at work. `released` and `manager` are what a person who watches would say."""

    forks: Forks
    server: SmtpServer
    template: Path
    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.company = Company(self.folder)
        self.released = set(_REPORTED) - set(_DRAFTS)
        self.manager = dict.fromkeys(_REPORTED, BOSS)
        self.approved: set[str] = set()
        self.erased: set[str] = set()
        self.names = 0
        self.seen = 0
        self.allowed: dict[str, set[str]] = {}

    @initialize()
    def begin(self) -> None:
        shutil.rmtree(self.company.folder, ignore_errors=True)
        shutil.copytree(self.template, self.company.folder)
        self.server.taken.clear()

    @rule(person=_PEOPLE, rating=st.sampled_from([1, 2, 3, 4]))
    def change_a_score(self, person: str, rating: int) -> None:
        whose = {"Cycle": _CYCLE, "Employee ID": person, "Competency ID": "COM"}
        self._type("Scores", whose, Manager=rating)

    @rule(person=_PEOPLE)
    def change_a_name(self, person: str) -> None:
        self.names += 1
        self._type(
            "People",
            {"Employee ID": person},
            Name=f"Sigríður Jónsdóttir {'abcdefghijklmnop'[self.names % 16]}",
        )

    @rule(person=_PEOPLE, manager=st.sampled_from(_MANAGERS), everywhere=st.booleans())
    def change_the_manager(self, person: str, manager: str, everywhere: bool) -> None:
        if manager == person:
            return
        self._type("People", {"Employee ID": person}, Manager=manager)
        self.manager[person] = manager if everywhere else ""
        if everywhere:
            self._type("Evaluations", {"Cycle": _CYCLE, "Employee ID": person}, Manager=manager)

    @rule(person=_PEOPLE)
    def approve(self, person: str) -> None:
        if person in self.released:
            return
        day = datetime(2026, 11, 22)
        whose = {"Cycle": _CYCLE, "Employee ID": person}
        self._type(
            "Evaluations",
            whose,
            Status="Approved",
            Submitted=day,
            Approver="P1" if person != "P1" else "P2",
            Approved=day,
        )
        self.approved.add(person)

    @precondition(lambda self: self.approved)
    @rule()
    def release(self) -> None:
        ended = self._run("release", "--yes")
        assert ended.code in (0, 1), ended
        self.released |= self._released_by_the_workbook()

    @rule()
    def report(self) -> None:
        ended = self._run("report")
        assert ended.code in (0, 1), ended
        assert ledger_faults(self.company) == []
        with self.company.ledger() as ledger:
            noted = {record.path for record in ledger.documents().values() if record.path}
        assert set(self.company.documents()) <= noted

    @rule(kill=_MAKING)
    def report_killed(self, kill: Point) -> None:
        self._killed(kill, "report")

    @rule()
    def send(self) -> None:
        self._allow()
        ended = self._run(*SEND)
        assert ended.code in (0, 1), ended

    @rule(kill=st.one_of(_TALKING, _NOTING))
    def send_killed(self, kill: Point) -> None:
        self._allow()
        self._killed(kill, *SEND)

    @rule()
    def plan_and_settle(self) -> None:
        """A person sees what is uncertain and asks the recipients, who tell the truth."""
        before = len(self.server.taken)
        assert self._run(SEND[0], *SEND[1:], "--plan").code in (0, 1)
        assert len(self.server.taken) == before
        with self.company.ledger() as ledger:
            unsure = ledger.deliveries(DeliveryState.UNCERTAIN)
        for delivery in unsure:
            arrived = "--arrived" if self.server.message_ids[delivery.message_id] else "--not-arrived"
            ended = self._run("settle", delivery.delivery, arrived)
            assert ended.code == 0, ended

    @precondition(lambda self: not self.erased)
    @rule(person=_PEOPLE)
    def erase(self, person: str) -> None:
        ended = self._run("subject", "erase", person, "--delete-backups", "--yes")
        assert ended.code == 0, ended
        self.erased.add(person)

    @invariant()
    def holds(self) -> None:
        if not self.company.book.exists():
            return
        assert torn(self.company) == []
        with self.company.ledger() as ledger:
            assert ledger.verify() == []
            known = {it.message_id: it for it in ledger.deliveries()}
        assert max(self.server.message_ids.values(), default=1) == 1
        sent = [known[message] for message in self.server.message_ids if message in known]
        assert max(Counter((it.document, it.recipient) for it in sent).values(), default=1) == 1
        for taken in self.server.taken[self.seen :]:
            assert len(taken.recipients) == 1
            assert taken.message_id in known, "a mail left that the ledger does not know"
            person = known[taken.message_id].person
            assert taken.recipients[0] in self.allowed.get(person, set()), "somebody who may not have it"
        self.seen = len(self.server.taken)

    def _allow(self) -> None:
        """To whom a mail about each person may go as things are now; drafts go to nobody."""
        self.allowed = {
            person: {f"{self.manager[person].lower()}@lanternfield.example"}
            for person in self._released_by_the_workbook() & self.released
            if self.manager.get(person)
        }

    def _released_by_the_workbook(self) -> set[str]:
        rows = rows_on(self.company.book, "Evaluations")
        header = next(row for row in rows if "Status" in row)
        cycle, person, status = (header.index(name) for name in ("Cycle", "Employee ID", "Status"))
        return {
            str(row[person])
            for row in rows
            if row[cycle : cycle + 1] == (_CYCLE,) and row[status] == "Released"
        }

    def _type(self, sheet: str, whose: dict[str, Any], **typed: Any) -> None:
        _steps["edit"] += 1
        edit(self.company.book, sheet, whose, **typed)

    def _run(self, verb: str, *words: str) -> Ended:
        _steps[verb] += 1
        book = str(self.company.book)
        first = [verb, words[0], book, *words[1:]] if verb == "subject" else [verb, book, *words]
        ended = self.forks.run(*first)
        assert is_plain(ended), ended
        assert canaries_in(ended.err) == []
        return ended

    def _killed(self, kill: Point, verb: str, *words: str) -> None:
        ended = self.forks.run(verb, str(self.company.book), *words, strace=kill.killing())
        _steps[f"{verb} killed" if ended.code == -9 else verb] += 1
        assert ended.code == -9 or is_plain(ended), ended


def test_in_whatever_order_things_are_done_nothing_goes_twice_or_astray(
    capsys: pytest.CaptureFixture[str],
) -> None:
    require_tool("strace")
    begun = time.monotonic()
    examples, steps = (60, 40) if _LONG else (6, 16)
    with ExitStack() as stack:
        base = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        Office.server = SmtpServer()
        port = stack.enter_context(Office.server.running())
        Office.forks = stack.enter_context(Forks(base / "forks"))
        Office.folder, Office.template = base / "company", base / "template"
        company = Company(Office.folder)
        company.build(rows_of(6), port=port)
        for person in _DRAFTS:
            edit(
                company.book,
                "Evaluations",
                {"Cycle": _CYCLE, "Employee ID": person},
                Status="Draft",
                Released=None,
            )
        assert Office.forks.run("report", company.book).code == 0
        shutil.copytree(Office.folder, Office.template)
        run_state_machine_as_test(
            Office,
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                derandomize=True,
                database=None,
                phases=(Phase.generate,),
                deadline=None,
                print_blob=False,
                suppress_health_check=list(HealthCheck),
            ),
        )
        logs = [path.read_text("utf-8") for path in Office.forks.logs.iterdir()]
        assert canaries_in(*logs) == []
    say(capsys, f"{_steps.total()} steps in {time.monotonic() - begun:.0f} s: {dict(_steps)}")
