"""Several processes make the same documents as one, and leave nothing behind however they end."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

import pytest

from careersheets.model.errors import InputError
from careersheets.workflows import report_pool
from careersheets.workflows.report import Made
from careersheets.workflows.report_making import make_some
from careersheets.workflows.report_pool import make_in_pool
from tests.documents.company import company
from tests.workflows.pool_company import DeadlyJob, job, planned

pytestmark = [
    pytest.mark.requirement("X4", "X5"),
    pytest.mark.skipif(sys.platform == "win32", reason="signals are those of Linux and macOS"),
]
ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def another_thread() -> Iterator[None]:
    """With another thread about, processes are not forked."""
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    yield
    done.set()
    thread.join()


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix
    }


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Made], dict[str, bytes]]:
    """What one process makes."""
    folder = tmp_path_factory.mktemp("alone")
    made = list(make_some(job(folder), planned(), folder))
    assert {document.state for document in made} <= {"Made", "Draft made"}
    return made, contents(folder)


def test_forked_processes_make_the_same_in_the_same_order(
    alone: tuple[list[Made], dict[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_pool, "PORTION", 3)
    made = list(make_in_pool(job(tmp_path), planned(), tmp_path))
    assert (made, contents(tmp_path)) == alone


def test_processes_that_start_anew_make_the_same(
    alone: tuple[list[Made], dict[str, bytes]], tmp_path: Path
) -> None:
    with another_thread():
        made = list(make_in_pool(job(tmp_path), planned(), tmp_path))
    assert (made, contents(tmp_path)) == alone


@pytest.mark.parametrize(
    "executor",
    [lambda: ThreadPoolExecutor(2), lambda: ProcessPoolExecutor(1, get_context("spawn"))],
    ids=["threads", "processes"],
)
def test_somebody_elses_executor_makes_the_same(
    alone: tuple[list[Made], dict[str, bytes]], tmp_path: Path, executor: type[Executor]
) -> None:
    with executor() as given:
        made = list(make_in_pool(job(tmp_path), planned(), tmp_path, given))
        assert given.submit(len, "four").result() == 4, "it is its owner's, and still works"
    assert (made, contents(tmp_path)) == alone


def test_a_process_that_ends_fails_only_what_it_was_making(tmp_path: Path) -> None:
    deadly = DeadlyJob(company(), job(tmp_path).templates)
    made = list(make_in_pool(deadly, planned(), tmp_path))
    failed = [document for document in made if document.state == "Failed"]
    assert {document.employee_id for document in failed} == {"P003"}
    assert len(failed) == 2, "both of the documents about this person, and no other"
    assert "the process that made it ended" in failed[0].error
    assert len(made) == len(planned())


def test_a_job_that_somebody_changed_on_the_disk_is_not_read(tmp_path: Path) -> None:
    (tmp_path / ".job").write_bytes(b"cos\nsystem\n(S'touch harmed'\ntR.")
    with pytest.raises(InputError, match="was changed by another program"):
        report_pool._read_job(tmp_path / ".job", "0" * 64)


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "kill -9"])
def test_no_process_outlives_the_one_that_waits_for_it(tmp_path: Path, end: signal.Signals) -> None:
    command = [sys.executable, "-m", "tests.workflows.pool_company", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as run:
        assert run.stdout is not None
        assert run.stdout.readline()
        started = _children(run.pid)
        assert started
        run.send_signal(end)
        run.wait(30)
    until = time.monotonic() + 20
    while any(_runs(child) for child in started) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(_runs(child) for child in started)
    left = list((tmp_path / "documents").glob(".run-*"))
    assert bool(left) == (end == signal.SIGKILL), "what is left after kill -9 the next run removes"


def _children(parent: int) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(parent)], capture_output=True, text=True, check=False)
    return [int(child) for child in found.stdout.split()]


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
