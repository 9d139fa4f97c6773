"""A company, its mail server, and what must hold when a command is run again after a fault."""

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

from ..support.office import require_tool
from ..support.smtp_server import SmtpServer
from .company import Company, rows_of
from .forking import Ended, Forks
from .points import Point, points_of, temporaries
from .seeing import canaries_in, is_plain, ledger_faults, noted, noted_files, parts_of, torn, uncertain

REPORT = ("report", "--kinds", "gap-report,team-summary")
SEND = ("send", "--kinds", "gap-report", "--yes", "--new-addresses")
MAILS = 20


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
def open_bench(folder: Path, words: Sequence[str], people: int, disk: Path | None = None) -> Iterator[Bench]:
    """A bench in `folder`; the company itself on `disk`, if that is another one."""
    server = SmtpServer()
    with server.running() as port, Forks(folder / "forks") as forks:
        company = Company((disk or folder) / "company")
        company.build(rows_of(people), port=port)
        if words[0] == "send":
            assert forks.run("report", str(company.book)).code == 0
        shutil.copytree(company.folder, folder / "before")
        yield Bench(company, folder / "before", forks, server, words)


Look = Callable[[Bench, object], Counter[str]]


def report_again(bench: Bench) -> Look:
    """What an undisturbed report leaves is what one leaves that was killed and run again."""
    expected = set(bench.company.documents())
    original, after = parts_of(bench.before / "hr" / "careers.xlsx"), parts_of(bench.company.book)
    of_hr = {name: data for name, data in original.items() if after.get(name) == data}
    assert expected
    assert noted_files(bench.company) == expected

    def look(bench: Bench, what: object) -> Counter[str]:
        company = bench.company
        again = bench.run()
        assert again.code == 0, (what, again)
        book = parts_of(company.book)
        lost = (expected ^ set(company.documents())) | (expected ^ noted_files(company))
        lost |= {name for name, data in of_hr.items() if book.get(name) != data}
        assert lost == set(), what
        assert torn(company) == [], what
        assert ledger_faults(company) == [], what
        assert temporaries(company) == [], what
        return Counter(lost=len(lost))

    return look


def send_again(bench: Bench) -> Look:
    """Each mail is at the server once, or is uncertain."""
    assert sorted(bench.server.message_ids.values()) == [1] * MAILS

    def look(bench: Bench, what: object) -> Counter[str]:
        company = bench.company
        again = bench.run()
        unsure = uncertain(company)
        assert again.code == (1 if unsure else 0), (what, again)
        assert max(bench.server.message_ids.values()) == 1, what
        with company.ledger() as ledger:
            known = ledger.deliveries()
        ids = {it.message_id: it for it in known}
        twice = Counter(ids[message_id].person for message_id in bench.server.message_ids)
        assert max(twice.values()) == 1, what
        arrived = {ids[message_id].person for message_id in bench.server.message_ids}
        assert len(arrived | set(unsure)) == MAILS, what
        assert len(unsure) <= 1, what
        assert all(person in again.out for person in unsure), what
        on_sheet = {person for (person, _), day in noted(company, "Sent").items() if day}
        assert on_sheet == arrived - set(unsure), what
        assert ledger_faults(company) == [], what
        assert torn(company) == [], what
        assert temporaries(company) == [], what
        return Counter(uncertain=len(unsure), mails=len(bench.server.taken))

    return look


def campaign(
    tmp_path: Path,
    words: Sequence[str],
    people: int,
    choose: Callable[[Sequence[Point]], Sequence[Point]],
    fault: Callable[[Point], Sequence[str]],
    look_for: Callable[[Bench], Look],
) -> tuple[str, Counter[str]]:
    """Make faults at the points chosen, on two benches at once; a sentence with the figures, and what was found.

    Args:
        tmp_path: an empty folder.
        words: the command; the workbook is put in.
        people: how many the company has.
        choose: which of all points.
        fault: the options of strace that make the fault at a point.
        look_for: gives, after an undisturbed run, what looks at what a disturbed one left.
    """
    require_tool("strace")
    begun, found = time.monotonic(), Counter[str]()
    with ExitStack() as stack:
        benches: SimpleQueue[tuple[Bench, Look]] = SimpleQueue()
        points: list[Point] = []
        for number in range(2):
            bench = stack.enter_context(open_bench(tmp_path / f"bench{number}", words, people))
            every = points_of(bench.forks, bench.run, tmp_path / f"log{number}")
            points = points or every
            look = look_for(bench)
            benches.put((bench, look))
        chosen = choose(points)

        def at(point: Point) -> Counter[str]:
            bench, look = benches.get()
            try:
                bench.set_back()
                ended = bench.run(fault(point))
                seen = Counter({"killed" if ended.code == -9 else f"exit {ended.code}": 1})
                assert ended.code == -9 or is_plain(ended), (point, ended)
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
