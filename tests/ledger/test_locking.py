"""One run at a time on a workbook; whoever comes second is told since when the first is at work."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from careersheets.ledger.ledger import new_identity, open_ledger, run_lock
from careersheets.model.errors import AnotherRunActive
from careersheets.surfaces.cli.exit_codes import ExitCode, exit_code_of

from .invented import fill
from .server import Server

_HOLDER = """
import sys, time
from careersheets.ledger.ledger import run_lock
with run_lock(sys.argv[1], "careers.xlsx", place=sys.argv[2]):
    print("held", flush=True)
    time.sleep(60)
"""


def _hold(workbook: str, place: str) -> subprocess.Popen[str]:
    """Another process that holds the lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, workbook, place], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_run_is_refused_with_the_time_the_first_began_until_that_is_over(
    place: str, workbook: str
) -> None:
    before = datetime.now().astimezone().replace(second=0, microsecond=0)
    with _hold(workbook, place) as holder:
        try:
            with pytest.raises(AnotherRunActive) as refused, run_lock(workbook, "careers.xlsx", place=place):
                pass
            said = re.search(
                r'at work on "careers\.xlsx" since (\d\d:\d\d on \d{4}-\d\d-\d\d)\.', str(refused.value)
            )
            assert said is not None
            assert (
                before.replace(tzinfo=None)
                <= datetime.strptime(said[1], "%H:%M on %Y-%m-%d")
                <= datetime.now()
            )
            assert exit_code_of(refused.value) is ExitCode.ANOTHER_RUN
            with run_lock(new_identity(), "other.xlsx", place=place):
                pass
        finally:
            holder.kill()
    with run_lock(workbook, "careers.xlsx", place=place):
        pass


def test_a_run_in_the_same_process_is_refused_too(tmp_path: Path, workbook: str) -> None:
    with run_lock(workbook, "a.xlsx", place=str(tmp_path)):
        with pytest.raises(AnotherRunActive), run_lock(workbook, "a.xlsx", place=str(tmp_path)):
            pass
        with pytest.raises(AnotherRunActive), run_lock(workbook, "a.xlsx", place=str(tmp_path)):
            pass
    assert list(tmp_path.glob("*.since")) == []


def test_computers_that_share_a_database_exclude_each_other(
    server: Server, workbook: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two data folders stand for two computers: no file is common to them."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "one"))
    with _hold(workbook, server.address()) as holder:
        try:
            monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "two"))
            with (
                pytest.raises(AnotherRunActive, match=r"since \d\d:\d\d on"),
                run_lock(workbook, "careers.xlsx", place=server.address()),
            ):
                pass
        finally:
            holder.kill()
    end = time.monotonic() + 10
    while True:
        try:
            with run_lock(workbook, "careers.xlsx", place=server.address()):
                break
        except AnotherRunActive:
            assert time.monotonic() < end, "the server never let go of a dead process's lock"
            time.sleep(0.05)


_WRITER = """
import sys
from careersheets.ledger.ledger import open_ledger
from tests.ledger.invented import fill
with open_ledger(sys.argv[1], place=sys.argv[2]) as ledger:
    for number in range(5):
        fill(ledger, f"{sys.argv[3]}-{number}", "M1")
"""


def test_processes_that_write_at_once_lose_nothing_and_keep_one_chain(place: str, workbook: str) -> None:
    """Without the run lock, and with the tables made by whoever is first."""
    root = Path(__file__).parents[2]
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", _WRITER, workbook, place, f"W{number}"], cwd=root, stderr=subprocess.PIPE
        )
        for number in range(4)
    ]
    said = [writer.communicate(timeout=60)[1].decode() for writer in writers]
    assert said == [""] * 4
    with open_ledger(workbook, place=place) as ledger:
        assert len(ledger.documents()) == 20
        assert len(ledger.history()) == 20
        assert ledger.verify() == []
        fill(ledger, "after", "M1")
        assert ledger.verify() == []
