"""Ending a piece of work with kill -9 at any of its system calls, without importing everything anew each time.

The work runs in a fork of this process, where all is imported; strace takes hold of the fork before it begins.
"""

from __future__ import annotations

import os
import re
import signal
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from ..support.tracing import traced

DURABLE = (
    "write,pwrite64,writev,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,ftruncate,openat,mkdir,fallocate,"
    "chmod,fchmod"
)
_CALL = re.compile(r"^(?:\d+ +)?(\w+)\(")


def durable_calls(work: Callable[[], object], folder: Path, log: Path) -> list[tuple[str, int]]:
    """Each call of an undisturbed run that changes `folder`, with its place among the run's calls of its name."""
    assert run_traced(work, ["-y", "-e", f"trace={DURABLE}", "-o", str(log)]) == 0
    counts: Counter[str] = Counter()
    found = []
    for line in log.read_text(errors="replace").splitlines():
        match = _CALL.match(line)
        if match is None:
            continue
        counts[match[1]] += 1
        if str(folder) in line and (match[1] != "openat" or "O_CREAT" in line):
            found.append((match[1], counts[match[1]]))
    return found


def run_killed(work: Callable[[], object], call: str, occurrence: int) -> bool:
    """Run `work`, killed when it makes this call for the `occurrence`th time; whether it was."""
    injection = [
        "-e",
        f"trace={call}",
        "-e",
        f"inject={call}:signal=KILL:when={occurrence}",
        "-o",
        "/dev/null",
    ]
    return run_traced(work, injection) == -signal.SIGKILL


def run_traced(work: Callable[[], object], options: Sequence[str]) -> int:
    """Run `work` in a fork under strace with `options`; its exit code, as in subprocess."""
    child = os.fork()
    if child == 0:
        _work_and_exit(work)
    os.waitpid(child, os.WUNTRACED)
    try:
        with traced(child, ["-f", *options]):
            os.kill(child, signal.SIGCONT)
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    except BaseException:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(child, 0)
        raise


def _work_and_exit(work: Callable[[], object]) -> None:
    code = 70
    try:
        os.kill(os.getpid(), signal.SIGSTOP)
        work()
        code = 0
    finally:
        os._exit(code)
