"""Power goes at any moment: what was not synced is gone, and still nothing is torn, lost or sent twice.

Two ways for a disk to lose names, one that loses all data that was not synced and one that keeps some of it; and bugs
put in on purpose, which must be found.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from careersheets.ledger.ledger import open_ledger
from careersheets.ledger.records import DeliveryState
from careersheets.model.errors import CareersheetsError

from ..support.office import require_tool
from ..support.saying import say
from ..support.smtp_server import SmtpServer
from .company import Company, rows_of
from .forking import Forks
from .power import OPTIONS, Disk, Names, State, calls_in, files_below
from .seeing import opens

pytestmark = pytest.mark.requirement("X5", "X6", "X9")

_REPORT = ("report", "--kinds", "gap-report,team-summary")
_SEND = ("send", "--kinds", "gap-report", "--yes", "--new-addresses")
_MESSAGE_ID = re.compile(rb"(?mi)^Message-ID:\s*(<[^>]+>)")


@dataclass
class Recorded:
    """A run that was written down: what there was before it, and its calls."""

    company: Company
    before: State
    after: State
    log: Path


@dataclass
class Judge:
    """Says what is wrong with what a power cut leaves."""

    run: Recorded
    scratch: Path
    moments: int = 0
    known: dict[object, list[str]] = field(default_factory=dict)

    def faults(self, state: State, sent: bytes) -> Iterator[str]:
        hr = f"{self.run.company.hr}/"
        for path, data in state.items():
            name = path.removeprefix(hr)
            hidden = any(part.startswith(".") for part in name.split("/"))
            if path.endswith(".docx") and not hidden and not opens(data):
                yield f"torn document: {name}"
        book = str(self.run.company.book)
        if state.get(book) not in (self.run.before[book], self.run.after[book]):
            yield "torn workbook"
        ledger = {
            path: data for path, data in state.items() if path.startswith(f"{self.run.company.ledgers}/")
        }
        out = frozenset(it.decode() for it in _MESSAGE_ID.findall(sent))
        key = (tuple(sorted((path, hash(data)) for path, data in ledger.items())), out)
        if key not in self.known:
            self.known[key] = list(self._ledger_faults(ledger, out))
        yield from self.known[key]

    def _ledger_faults(self, files: State, out: frozenset[str]) -> Iterator[str]:
        place = self.scratch / f"ledger{len(self.known)}"
        place.mkdir(parents=True)
        for path, data in files.items():
            if not path.endswith("-shm"):
                (place / Path(path).name).write_bytes(data)
        try:
            with open_ledger(self.run.company.identity, place=str(place)) as ledger:
                yield from ledger.verify()
                states = {it.message_id: it.state for it in ledger.deliveries()}
        except CareersheetsError as error:
            yield str(error)
            return
        begun = (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNCERTAIN)
        for message in sorted(out):
            if states.get(message) not in begun:
                yield "a mail left that the ledger would send again"


def _record(folder: Path, *words: str, people: int, seeds: tuple[str, ...] = ()) -> Recorded:
    company, log = Company(folder / "company"), folder / "log"
    server = SmtpServer()
    with server.running() as port, Forks(folder / "forks") as forks:
        company.build(rows_of(people), port=port)
        if words[0] == "send":
            assert forks.run("report", str(company.book)).code == 0
        before = files_below(company.folder)
        names = [f"tests.faults.seeded:{seed}" for seed in seeds]
        command = (words[0], str(company.book), *words[1:])
        ended = forks.run(*command, strace=(*OPTIONS, "-o", str(log)), seeds=names)
        assert ended.code == 0, ended
    return Recorded(company, before, files_below(company.folder), log)


def _cut_everywhere(run: Recorded, names: Names, scratch: Path, chances: int = 0) -> tuple[int, Counter[str]]:
    """Every different moment, and how often each fault was there; with `chances`, some un-synced writes stay."""
    disk, judge = Disk(run.company.folder, run.before, names), Judge(run, scratch)
    found: Counter[str] = Counter()
    seen, last = 0, None
    for line in calls_in(run.log):
        if not disk.do(line) or (signature := disk.signature()) == last:
            continue
        last = signature
        for _ in range(max(chances, 1)):
            state = disk.after_cut(random.Random(seen) if chances else None)  # noqa: S311
            found.update({fault.partition(":")[0] for fault in judge.faults(state, bytes(disk.sent))})
            seen += 1
    wanted = {path: data for path, data in run.after.items() if not path.endswith(("-shm", ".lock"))}
    assert {path: data for path, data in disk.now().items() if path in wanted} == wanted, (
        "the record is not whole"
    )
    kept = disk.after_cut()
    found.update(
        f"lost after the end: {path}"
        for path in wanted
        if path.endswith((".docx", ".xlsx")) and kept.get(path) != wanted[path]
    )
    return seen, found


@pytest.mark.parametrize(("words", "people"), [(_REPORT, 6), (_SEND, 11)], ids=["report", "send"])
def test_a_power_cut_at_any_moment_tears_and_loses_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], people: int
) -> None:
    require_tool("strace")
    begun = time.monotonic()
    run = _record(tmp_path, *words, people=people)
    total = 0
    for names in Names:
        for chances in (0, 2):
            seen, found = _cut_everywhere(run, names, tmp_path / f"{names.name}{chances}", chances)
            assert found == Counter(), (names, chances)
            total += seen
    say(
        capsys, f"{words[0]}: power cut at {total} moments, violations 0, in {time.monotonic() - begun:.0f} s"
    )
    assert total > 200


@pytest.mark.parametrize(
    ("seed", "words", "fault"),
    [
        ("files_are_not_synced", _REPORT, "torn document"),
        ("files_are_renamed_first", _REPORT, "torn document"),
        ("ledger_is_not_synced", _SEND, "a mail left that the ledger would send again"),
    ],
)
def test_a_bug_put_in_on_purpose_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], seed: str, words: tuple[str, ...], fault: str
) -> None:
    require_tool("strace")
    run = _record(tmp_path, *words, people=6, seeds=(seed,))
    seen, found = _cut_everywhere(run, Names.AT_ONCE, tmp_path / "scratch")
    hits = found[fault]
    say(capsys, f"{seed}: found at {hits} of {seen} moments")
    assert hits > 0, found
