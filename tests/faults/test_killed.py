"""kill -9 at every call that makes something durable or talks to the mail server, then the same command again.

Nothing is lost, nothing goes out twice, nothing is torn, and no temporary file stays.
"""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue

import pytest

from ..support.office import require_tool
from ..support.saying import say
from ..support.smtp_server import SmtpServer
from .company import Company, rows_of
from .forking import Ended, Forks
from .points import Point, points_of, some, temporaries
from .seeing import canaries_in, is_plain, ledger_faults, noted, noted_files, parts_of, torn, uncertain

pytestmark = pytest.mark.requirement("X5", "X6", "X9")

_REPORT = ("report", "--kinds", "gap-report,team-summary")
_SEND = ("send", "--kinds", "gap-report", "--yes", "--new-addresses")
_MAILS = 20


@dataclass
class Bench:
    """A company at one place, its mail server, and how it all was before the command that is killed."""

    company: Company
    before: Path
    forks: Forks
    server: SmtpServer
    words: Sequence[str]
    said: list[str] = field(default_factory=list)

    def set_back(self) -> None:
        shutil.rmtree(self.company.folder)
        shutil.copytree(self.before, self.company.folder)
        self.server.taken.clear()

    def run(self, strace: Sequence[str] = ()) -> Ended:
        ended = self.forks.run(self.words[0], str(self.company.book), *self.words[1:], strace=strace)
        self.said.append(ended.err)
        return ended


@contextmanager
def _bench(folder: Path, words: Sequence[str], people: int) -> Iterator[Bench]:
    server = SmtpServer()
    with server.running() as port, Forks(folder / "forks") as forks:
        company = Company(folder / "company")
        company.build(rows_of(people), port=port)
        if words[0] == "send":
            assert forks.run("report", str(company.book)).code == 0
        shutil.copytree(company.folder, folder / "before")
        yield Bench(company, folder / "before", forks, server, words)


Look = Callable[[Bench, Point], Counter[str]]


def _campaign(
    tmp_path: Path, words: Sequence[str], people: int, most: int, look_for: Callable[[Bench], Look]
) -> tuple[str, Counter[str]]:
    """Kill at `most` points, on two benches at once; a sentence with the figures, and what was found."""
    require_tool("strace")
    begun, found = time.monotonic(), Counter[str]()
    with ExitStack() as stack:
        benches: SimpleQueue[tuple[Bench, Look]] = SimpleQueue()
        points: list[Point] = []
        for number in range(2):
            bench = stack.enter_context(_bench(tmp_path / f"bench{number}", words, people))
            every = points_of(bench.forks, bench.run, tmp_path / f"log{number}")
            points = points or every
            look = look_for(bench)
            benches.put((bench, look))
        chosen = some(points, most)

        def at(point: Point) -> Counter[str]:
            bench, look = benches.get()
            try:
                bench.set_back()
                killed = bench.run(point.killing())
                seen = Counter(killed=int(killed.code == -9), refused=int(killed.code != -9))
                assert killed.code == -9 or is_plain(killed), killed
                assert torn(bench.company) == [], point
                return seen + look(bench, point)
            finally:
                benches.put((bench, look))

        with ThreadPoolExecutor(2) as threads:
            for counts in threads.map(at, chosen):
                found += counts
        while not benches.empty():
            bench, _ = benches.get()
            logs = [path.read_text("utf-8") for path in bench.forks.logs.iterdir()]
            assert canaries_in(*bench.said, *logs) == []
    calls = Counter(point.call for point in chosen)
    seconds = time.monotonic() - begun
    said = (
        f"{words[0]}: {len(chosen)} of {len(points)} points in {seconds:.0f} s, {dict(calls)}: {dict(found)}"
    )
    return said, found


def _report_again(bench: Bench) -> Look:
    """What an undisturbed report leaves is what one leaves that was killed and run again."""
    expected = set(bench.company.documents())
    original, after = parts_of(bench.before / "hr" / "careers.xlsx"), parts_of(bench.company.book)
    of_hr = {name: data for name, data in original.items() if after.get(name) == data}
    assert expected
    assert noted_files(bench.company) == expected

    def look(bench: Bench, point: Point) -> Counter[str]:
        company = bench.company
        again = bench.run()
        assert again.code == 0, (point, again)
        book = parts_of(company.book)
        lost = (expected ^ set(company.documents())) | (expected ^ noted_files(company))
        lost |= {name for name, data in of_hr.items() if book.get(name) != data}
        assert lost == set(), point
        assert torn(company) == [], point
        assert ledger_faults(company) == [], point
        assert temporaries(company) == [], point
        return Counter(lost=len(lost))

    return look


def _send_again(bench: Bench) -> Look:
    """Each mail is at the server once, or is uncertain."""
    assert sorted(bench.server.message_ids.values()) == [1] * _MAILS

    def look(bench: Bench, point: Point) -> Counter[str]:
        company = bench.company
        again = bench.run()
        unsure = uncertain(company)
        assert again.code == (1 if unsure else 0), (point, again)
        assert max(bench.server.message_ids.values()) == 1, point
        with company.ledger() as ledger:
            known = ledger.deliveries()
        ids = {it.message_id: it for it in known}
        arrived = {ids[message_id].person for message_id in bench.server.message_ids}
        assert len(arrived | set(unsure)) == _MAILS, point
        assert len(unsure) <= 1, point
        assert all(person in again.out for person in unsure), point
        on_sheet = {person for (person, _), day in noted(company, "Sent").items() if day}
        assert on_sheet == arrived - set(unsure), point
        assert ledger_faults(company) == [], point
        assert torn(company) == [], point
        assert temporaries(company) == [], point
        return Counter(uncertain=len(unsure), mails=len(bench.server.taken))

    return look


def test_a_report_killed_anywhere_loses_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said, found = _campaign(tmp_path, _REPORT, 6, 70, _report_again)
    say(capsys, f"{said}; lost 0, torn 0, temporaries 0")
    assert found["killed"] >= 80


def test_twenty_mails_killed_anywhere_each_arrive_once_or_are_uncertain(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said, found = _campaign(tmp_path, _SEND, _MAILS + 1, 105, _send_again)
    say(capsys, f"{said}; lost 0, twice 0, torn 0, temporaries 0")
    assert found["killed"] >= 115
