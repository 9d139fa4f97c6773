"""Running something that may hang, crash or eat all memory: in a forked copy of this process, under limits."""

from __future__ import annotations

import faulthandler
import os
import pickle
import resource
import signal
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

GIGABYTE = 1 << 30


@dataclass(frozen=True, slots=True)
class Death:
    """The copy ended without an answer; `code` as in subprocess, negative for a signal, and what it printed."""

    code: int
    said: bytes
    timed_out: bool


def run_forked(work: Callable[[], Any], *, seconds: float = 20.0, memory: int = GIGABYTE) -> Any:
    """What `work` returns in a forked copy, or its `Death`."""
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as errors:
        child = os.fork()
        if child == 0:
            _work_and_exit(work, answer.fileno(), errors.fileno(), int(seconds), memory)
        timed_out = not _wait(child, seconds)
        if timed_out:
            os.kill(child, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        answer.seek(0)
        content = answer.read()
        if code == 0 and content:
            return pickle.loads(content)  # noqa: S301 - written by this very program
        errors.seek(0)
        return Death(code, errors.read()[-4000:], timed_out)


def _wait(child: int, seconds: float) -> bool:
    """Whether `child` ended in time; it is left to be collected."""
    end, pause = time.monotonic() + seconds, 0.0005
    while time.monotonic() < end:
        if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            return True
        time.sleep(pause)
        pause = min(pause * 1.5, 0.02)
    return False


def _work_and_exit(work: Callable[[], Any], answer: int, errors: int, seconds: int, memory: int) -> None:
    code = 70
    try:
        faulthandler.disable()
        os.dup2(errors, 2)
        os.dup2(errors, 1)
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with os.fdopen(answer, "wb", closefd=False) as file:
            pickle.dump(work(), file)
        code = 0
    except MemoryError:
        code = 71
    except BaseException as error:  # noqa: BLE001 - whatever it is, the parent must hear of it
        os.write(2, f"Traceback {type(error).__name__}: {error}".encode("utf-8", "replace")[:2000])
    finally:
        os._exit(code)
