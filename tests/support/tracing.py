"""strace on a process that is there already and stands still."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from .office import require_tool

_SECONDS = 60.0


@contextmanager
def traced(process: int, options: Sequence[str]) -> Iterator[None]:
    """Have strace take hold of `process`, which is stopped, until the end of `with`; the test is skipped where it may not.

    Args:
        process: its id.
        options: of strace; `-p` is added.
    """
    tracer = subprocess.Popen(
        [require_tool("strace"), "-qq", *options, "-p", str(process)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        if not _is_traced(process, tracer):
            os.kill(process, signal.SIGKILL)
            said = tracer.communicate()[1].decode()
            pytest.skip(f"strace may not take hold of a process here: {said}")
        yield
    finally:
        tracer.communicate(timeout=_SECONDS)


def _is_traced(process: int, tracer: subprocess.Popen[bytes]) -> bool:
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end and tracer.poll() is None:
        if re.search(r"^TracerPid:\t[1-9]", Path(f"/proc/{process}/status").read_text("utf-8"), re.MULTILINE):
            return True
        time.sleep(0.001)
    return False
