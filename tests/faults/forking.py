"""Commands in forks of a process that has everything imported, under strace where a fault is wanted."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from ..support.office import require_tool

_ROOT = Path(__file__).resolve().parents[2]
_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Ended:
    """A command that has ended: its exit code, negative for a signal, and what it said."""

    code: int
    out: str
    err: str


class Forks:
    """Runs commands, one at a time; `logs` is where they log."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.logs = folder, folder / "logs"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.zygote"],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(
        self,
        *words: str,
        strace: Sequence[str] = (),
        seeds: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
    ) -> Ended:
        """Run the command `words`; under strace with these options if there are any.

        Args:
            words: as on the command line.
            strace: options; `-p` is added.
            seeds: functions `module:name` that are called in the fork before the command.
            environment: variables to be set.
        """
        out, err = self.folder / "out", self.folder / "err"
        asked = {
            "words": [str(word) for word in words],
            "out": str(out),
            "err": str(err),
            "seeds": list(seeds),
            "environment": {"CAREERSHEETS_LOGS": str(self.logs), **(environment or {})},
        }
        self._tell(asked)
        child = self._hear()["pid"]
        with self._under(strace, child):
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGCONT)
            code = self._hear()["code"]
        return Ended(code, out.read_text("utf-8", "replace"), err.read_text("utf-8", "replace"))

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(_SECONDS)
        self._process.stdout.close()

    def __enter__(self) -> Forks:
        assert self._hear() == {"ready": True}
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _under(self, options: Sequence[str], child: int) -> Iterator[None]:
        if not options:
            yield
            return
        tracer = subprocess.Popen(
            [require_tool("strace"), "-qq", *options, "-p", str(child)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        try:
            if not _is_traced(child, tracer):
                os.kill(child, signal.SIGKILL)
                said = tracer.communicate()[1].decode()
                pytest.skip(f"strace may not take hold of a process here: {said}")
            yield
        finally:
            tracer.communicate(timeout=_SECONDS)

    def _tell(self, asked: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()

    def _hear(self) -> dict[str, int]:
        assert self._process.stdout is not None
        said: dict[str, int] = json.loads(self._process.stdout.readline())
        return said


def _is_traced(process: int, tracer: subprocess.Popen[bytes]) -> bool:
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end and tracer.poll() is None:
        if re.search(r"^TracerPid:\t[1-9]", Path(f"/proc/{process}/status").read_text("utf-8"), re.MULTILINE):
            return True
        time.sleep(0.001)
    return False
