"""Making many documents in several processes.

Where processes are forked they find the run's job in memory; elsewhere they read it once from a file in the run's own
folder. Each makes a few documents at a time and writes them there, so that no document travels back.
"""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from ..delivery.folder import write_fresh
from ..model.errors import InputError
from .report_making import Job, make_some
from .report_plan import Made

# Documents handed to a process at a time, and such portions waiting for each process.
PORTION = 20
WAITING = 2
# From how many documents on processes pay (scripts/benches/documents.py): forked ones start in no time.
PAYS_FORKED, PAYS_SPAWNED = 200, 1500
MOST_PROCESSES = 32
_JOB = ".job"
_DIED = (
    "It could not be made: the process that made it ended, perhaps for want of memory. Close other programs and make it "
    "again."
)

_jobs: dict[str, Job] = {}
_one_at_a_time = threading.Lock()


def pays(documents: int) -> bool:
    """Whether several processes make so many documents sooner than this one."""
    return processors() > 1 and documents >= (PAYS_FORKED if _can_fork() else PAYS_SPAWNED)


def processors() -> int:
    """How many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def make_in_pool(
    job: Job, documents: Sequence[Made], fresh: Path, executor: Executor | None = None
) -> Generator[Made, None, None]:
    """Each of `documents` as it came out, in order.

    Those that a process was making when it ended are made again one by one; whichever ends it again has failed. Where
    the processes are those of `executor`, all of them have.
    """
    portions = [documents[first : first + PORTION] for first in range(0, len(documents), PORTION)]
    method = "fork" if executor is None and _can_fork() else "spawn"
    with _shared(job, fresh, method) as digest:
        team = _Team(fresh, digest, method) if executor is None else _Foreign(fresh, digest, executor)
        try:
            waiting: deque[tuple[Sequence[Made], Future[list[Made]]]] = deque()
            for portion in portions:
                waiting.append((portion, team.begin(portion)))
                if len(waiting) > WAITING * team.size:
                    yield from team.result(*waiting.popleft())
            while waiting:
                yield from team.result(*waiting.popleft())
        finally:
            team.end()


class _Team:
    """Processes of our own; they are replaced when one of them ends."""

    def __init__(self, fresh: Path, digest: str, method: str) -> None:
        self._fresh, self._digest, self._method = str(fresh), digest, method
        self.size = min(processors(), MOST_PROCESSES)
        self._pool = self._processes(self.size)

    def begin(self, portion: Sequence[Made]) -> Future[list[Made]]:
        """`portion`, being made."""
        try:
            return self._pool.submit(_make_portion, self._fresh, self._digest, portion)
        except BrokenExecutor:
            self._pool.shutdown()
            self._pool = self._processes(self.size)
            return self._pool.submit(_make_portion, self._fresh, self._digest, portion)

    def result(self, portion: Sequence[Made], future: Future[list[Made]]) -> list[Made]:
        """`portion` as it came out."""
        try:
            return future.result()
        except BrokenExecutor:
            return [self._alone(document) for document in portion]

    def end(self) -> None:
        """Wait for what is being made, and begin nothing more."""
        self._pool.shutdown(cancel_futures=True)

    def _alone(self, document: Made) -> Made:
        with self._processes(1) as pool:
            try:
                return pool.submit(_make_portion, self._fresh, self._digest, [document]).result()[0]
            except BrokenExecutor:
                return _failed(document)

    def _processes(self, count: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(count, multiprocessing.get_context(self._method), _begin_process)


class _Foreign:
    """Somebody else's executor, perhaps on other machines that see the same folder."""

    def __init__(self, fresh: Path, digest: str, executor: Executor) -> None:
        self._fresh, self._digest, self._executor = str(fresh), digest, executor
        self.size = processors()
        self._begun: list[Future[list[Made]]] = []

    def begin(self, portion: Sequence[Made]) -> Future[list[Made]]:
        """`portion`, being made."""
        return self._executor.submit(_make_portion, self._fresh, self._digest, portion)

    def result(self, portion: Sequence[Made], future: Future[list[Made]]) -> list[Made]:
        """`portion` as it came out."""
        error = future.exception()
        if isinstance(error, BrokenExecutor) or type(error).__name__ == "KilledWorker":
            return [_failed(document) for document in portion]
        return future.result()

    def end(self) -> None:
        """The executor is its owner's."""


@contextmanager
def _shared(job: Job, fresh: Path, method: str) -> Iterator[str]:
    """Make `job` known to the processes; the SHA-256 of the file it is in, "" if they have it in memory."""
    _jobs[str(fresh)] = job
    try:
        yield "" if method == "fork" else write_fresh(fresh / _JOB, pickle.dumps(job))
    finally:
        _jobs.pop(str(fresh), None)


def _make_portion(fresh: str, digest: str, documents: Sequence[Made]) -> list[Made]:
    """In a process of its own: `documents` as they came out."""
    with _one_at_a_time:
        if fresh not in _jobs:
            _jobs.clear()
            _jobs[fresh] = _read_job(Path(fresh) / _JOB, digest)
        return list(make_some(_jobs[fresh], documents, Path(fresh)))


def _read_job(path: Path, digest: str) -> Job:
    """The job in the file at `path`, which is read only if nobody changed it.

    Raises:
        InputError: it is not the file that was written.
    """
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        raise InputError(f'The folder "{path.parent.name}" was changed by another program. Run again.')
    job = pickle.loads(data)  # noqa: S301 - exactly the bytes that the run wrote
    if not isinstance(job, Job):
        raise InputError(f'The folder "{path.parent.name}" was changed by another program. Run again.')
    return job


def _can_fork() -> bool:
    """Only Linux forks safely, and only while no other thread may hold a lock."""
    return sys.platform == "linux" and threading.active_count() == 1


def _begin_process() -> None:
    """Ctrl-C is for the process that waits for the documents; without it nobody needs any."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What was inherited stays for good; looking through it for garbage would also copy it.
    gc.freeze()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _failed(document: Made) -> Made:
    return replace(document, state="Failed", error=_DIED) if document.state == "Planned" else document
