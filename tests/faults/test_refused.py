"""A full disk, a broken one, two runs at once, a busy or damaged ledger, a workbook saved meanwhile, a wrong clock.

Each ends in a sentence and one of the exit codes, nothing is lost, and the next run ends well.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from careersheets.books.building import build_workbook
from careersheets.surfaces.cli.exit_codes import ExitCode

from ..support.office import require_tool
from ..support.saying import say
from ..support.smtp_server import SmtpServer
from .benches import MAILS, REPORT, SEND, Bench, Look, campaign, open_bench, report_again, send_again
from .company import Company, rows_of
from .forking import Ended, Forks
from .points import Point, some, temporaries
from .seeing import canaries_in, is_plain, ledger_faults, noted_files, torn, uncertain

pytestmark = pytest.mark.requirement("X5", "X6", "X9")

_BIG = 1 << 16
_STEP = 4
_STEPS_IN_CI = 10
_LONG = bool(os.environ.get("CAREERSHEETS_LONG"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, whose size can be changed."""
    if os.geteuid():
        pytest.skip("only root can mount a small disk")
    point = tmp_path / "disk"
    point.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={_BIG}k", "tmpfs", point]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a disk")
    yield point
    subprocess.run(["umount", "--lazy", point], check=True)


def _resize(disk: Path, kilobytes: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={kilobytes}k", disk], check=True, capture_output=True)


def _used(disk: Path) -> int:
    """In kilobytes."""
    found = os.statvfs(disk)
    return (found.f_blocks - found.f_bfree) * found.f_frsize // 1024


@pytest.mark.parametrize(
    ("words", "people", "look_for", "room"),
    [(REPORT, 6, report_again, 600), (SEND, MAILS + 1, send_again, 4600)],
    ids=["report", "send"],
)
def test_a_disk_that_is_full_at_any_step_is_a_sentence_and_loses_nothing(
    tmp_path: Path,
    small_disk: Path,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    people: int,
    look_for: Callable[[Bench], Look],
    room: int,
) -> None:
    begun, codes = time.monotonic(), Counter[int]()
    with open_bench(tmp_path / "bench", words, people, small_disk) as bench:
        used = _used(small_disk)
        assert bench.run().code == 0
        look = look_for(bench)
        # Beside what stays, the run needs room for new versions and the ledger's log while it is at work.
        sizes = list(range(0, _used(small_disk) - used + room, _STEP))
        if not _LONG:
            sizes = [sizes[number * len(sizes) // _STEPS_IN_CI] for number in range(_STEPS_IN_CI)]
        for size in sizes:
            bench.set_back()
            _resize(small_disk, _used(small_disk) + size)
            ended = bench.run()
            assert is_plain(ended), (size, ended)
            codes[ended.code] += 1
            _resize(small_disk, _BIG)
            assert torn(bench.company) == [], size
            look(bench, size)
        assert canaries_in(*bench.said, *_logs(bench.forks)) == []
    say(
        capsys,
        f"{words[0]}: {len(sizes)} full disks in {time.monotonic() - begun:.0f} s, exit codes {dict(codes)}; lost 0",
    )
    assert codes[ExitCode.INPUT] > len(sizes) // 3


@pytest.mark.parametrize(
    ("words", "people", "look_for", "error", "most"),
    [
        (REPORT, 6, report_again, "EIO", 24),
        (REPORT, 6, report_again, "EACCES", 12),
        (SEND, MAILS + 1, send_again, "EIO", 18),
    ],
    ids=["report-EIO", "report-EACCES", "send-EIO"],
)
def test_a_call_that_the_system_refuses_is_a_sentence_and_loses_nothing(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    people: int,
    look_for: Callable[[Bench], Look],
    error: str,
    most: int,
) -> None:
    require_tool("strace")
    named = ("openat", "mkdir", "rename", "unlink", "unlinkat", "rmdir", "chmod", "fchmod", "connect")

    def choose(points: list[Point]) -> list[Point]:
        mine = [
            point for point in points if not point.in_child and (error != "EACCES" or point.call in named)
        ]
        return some(mine, most, at_least=1)

    said, found = campaign(tmp_path, words, people, choose, lambda point: point.refusing(error), look_for)
    say(capsys, f"{error}: {said}; lost 0, torn 0, temporaries 0")
    assert found["killed"] == 0


def _logs(forks: Forks) -> list[str]:
    return [path.read_text("utf-8") for path in forks.logs.iterdir()] if forks.logs.exists() else []


def test_of_two_runs_at_once_the_second_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at_work, go_on = threading.Event(), threading.Event()

    def waiting(step: str) -> None:
        if step == "data":
            at_work.set()
            go_on.wait(60)

    server = SmtpServer(next_fault=waiting)
    company, first = Company(tmp_path / "company"), []
    with server.running() as port, Forks(tmp_path / "one") as one, Forks(tmp_path / "two") as two:
        company.build(rows_of(7), port=port)
        assert one.run("report", company.book).code == 0
        sending = threading.Thread(target=lambda: first.append(one.run(SEND[0], company.book, *SEND[1:])))
        sending.start()
        assert at_work.wait(60)
        refused = [
            two.run(*words) for words in ((SEND[0], company.book, *SEND[1:]), ("report", company.book))
        ]
        go_on.set()
        sending.join()
        after = two.run(SEND[0], company.book, *SEND[1:])
    assert [it.code for it in refused] == [ExitCode.ANOTHER_RUN] * 2
    assert all(is_plain(it) and "Another run is at work" in it.err for it in refused)
    assert first[0].code == after.code == 0
    assert sorted(server.message_ids.values()) == [1] * 6
    say(capsys, f"two runs at once: exit {refused[0].code} twice, 6 mails once each")


def test_a_ledger_that_somebody_else_keeps_busy_stops_a_run_before_anything_leaves(tmp_path: Path) -> None:
    server = SmtpServer()
    company = Company(tmp_path / "company")
    with server.running() as port, Forks(tmp_path / "forks") as forks:
        company.build(rows_of(6), port=port)
        assert forks.run("report", company.book).code == 0
        (file,) = company.ledgers.glob("*.sqlite3")
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            ended = forks.run(SEND[0], company.book, *SEND[1:])
        assert ended.code == ExitCode.ANOTHER_RUN
        assert is_plain(ended)
        assert server.taken == []
        assert forks.run(SEND[0], company.book, *SEND[1:]).code == 0
        assert len(server.taken) == 5


def test_a_damaged_ledger_stops_a_run_before_anything_leaves(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server, stopped = SmtpServer(), 0
    company = Company(tmp_path / "company")
    with server.running() as port, Forks(tmp_path / "forks") as forks:
        company.build(rows_of(6), port=port)
        assert forks.run("report", company.book).code == 0
        (file,) = company.ledgers.glob("*.sqlite3")
        whole = file.read_bytes()
        for damaged in (b"not a ledger at all", whole[:100], whole[: len(whole) // 2], _scribbled(whole)):
            file.write_bytes(damaged)
            ended = forks.run(SEND[0], company.book, *SEND[1:])
            assert is_plain(ended), ended
            assert ended.code == ExitCode.INPUT
            assert server.taken == []
            assert canaries_in(ended.err) == []
            stopped += 1
        file.write_bytes(whole)
        assert forks.run(SEND[0], company.book, *SEND[1:]).code == 0
    assert sorted(server.message_ids.values()) == [1] * 5
    say(capsys, f"{stopped} damaged ledgers: a sentence each, no mail left")


def _scribbled(whole: bytes) -> bytes:
    """Every page but the first has lost its beginning."""
    size = int.from_bytes(whole[16:18])
    pages = [whole[at : at + size] for at in range(0, len(whole), size)]
    return pages[0] + b"".join(b"\xff" * 64 + page[64:] for page in pages[1:])


def test_what_hr_saves_while_the_workbook_is_read_stays(tmp_path: Path) -> None:
    company, saved = Company(tmp_path / "company"), tmp_path / "saved.xlsx"
    rows = rows_of(6)
    company.build(rows)
    rows["People"][0]["name"] = "Chiara Bianchi-Rossi"
    build_workbook(saved, rows)
    with Forks(tmp_path / "forks") as forks:
        seeds = ("tests.faults.seeded:somebody_saves_the_workbook_meanwhile",)
        ended = forks.run("report", company.book, seeds=seeds, environment={"SAVED_MEANWHILE": str(saved)})
        assert ended.code == ExitCode.INPUT
        assert is_plain(ended)
        assert "was changed by somebody since it was read" in ended.err
        assert company.book.read_bytes() == saved.read_bytes()
        assert forks.run("report", company.book).code == 0
    assert any("Bianchi-Rossi" in name for name in company.documents())
    assert noted_files(company) == set(company.documents())
    assert temporaries(company) == []
    assert torn(company) == []


def _at(moment: datetime) -> dict[str, str]:
    return {"CLOCK_MOVED": str((moment - datetime.now(UTC)).total_seconds()), "TZ": "Europe/Berlin"}


@pytest.mark.parametrize(
    "moments",
    [
        # Set back by a year; the hour that comes twice in autumn; the one that is left out in spring.
        [datetime(2026, 11, 22, 9, tzinfo=UTC), datetime(2025, 11, 22, 9, tzinfo=UTC)],
        [datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)],
        [datetime(2027, 3, 28, 0, 59, 59, tzinfo=UTC), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)],
    ],
    ids=["set back", "autumn", "spring"],
)
def test_a_clock_that_jumps_loses_nothing_and_sends_nothing_twice(
    tmp_path: Path, moments: list[datetime]
) -> None:
    server, company = SmtpServer(), Company(tmp_path / "company")
    seeds = ("tests.faults.seeded:clock_is_moved",)

    def run(moment: datetime, *words: str) -> Ended:
        return forks.run(words[0], company.book, *words[1:], seeds=seeds, environment=_at(moment))

    with server.running() as port, Forks(tmp_path / "forks") as forks:
        company.build(rows_of(6), port=port)
        for moment in moments:
            for words in (("report",), SEND, ("report",), SEND):
                ended = run(moment, *words)
                assert ended.code == 0, ended
        history = forks.run("history", company.book, "--json")
    assert history.code == 0
    assert history.out.count('"verb"') == 4 * len(moments)
    assert sorted(server.message_ids.values()) == [1] * 5
    assert len({path.name for path in (company.hr / "backups").iterdir()}) >= 4
    assert uncertain(company) == []
    assert ledger_faults(company) == []
    assert temporaries(company) == []
    shutil.rmtree(company.folder)
