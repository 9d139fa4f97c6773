"""Commands in forks of a process that has everything imported, under strace where a fault is wanted."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path

from ..support.tracing import traced

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
        with traced(child, strace) if strace else nullcontext():
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

    def _tell(self, asked: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()

    def _hear(self) -> dict[str, int]:
        assert self._process.stdout is not None
        said: dict[str, int] = json.loads(self._process.stdout.readline())
        return said
