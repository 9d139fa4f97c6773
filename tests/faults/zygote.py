"""A process that has everything imported and forks a command from it: see forking.py.

Reads a line of JSON for each command from standard input and answers with two: the process id of the fork, stopped if
that is asked for, and in the end its exit code, negative for a signal.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import signal
import sys
import time
from typing import Any

# What only a system other than this one has.
_ELSEWHERE = ("macros", "windows")


def import_everything() -> None:
    """The whole product, so that nothing is imported in a fork."""
    import careersheets

    for module in pkgutil.walk_packages(careersheets.__path__, "careersheets."):
        if not any(part in module.name for part in (*_ELSEWHERE, "__main__", "migrations")):
            importlib.import_module(module.name)


def serve() -> None:
    """Fork a command for every line."""
    import_everything()
    # What is collected anew in every fork would have to be copied first.
    gc.collect()
    gc.freeze()
    answer({"ready": True})
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            _work(asked)
        _, status = os.waitpid(child, os.WUNTRACED)
        answer({"pid": child})
        if os.WIFSTOPPED(status):
            _, status = os.waitpid(child, 0)
        answer({"code": os.waitstatus_to_exitcode(status)})


def answer(said: dict[str, Any]) -> None:
    os.write(1, json.dumps(said).encode() + b"\n")


def _work(asked: dict[str, Any]) -> None:
    code = 70
    try:
        os.setsid()
        for name, stream in (("/dev/null", 0), (asked["out"], 1), (asked["err"], 2)):
            handle = os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(handle, stream)
            os.close(handle)
        sys.stdin = os.fdopen(0, closefd=False)
        os.environ.update(asked["environment"])
        time.tzset()
        for name in asked["seeds"]:
            module, _, function = name.partition(":")
            getattr(importlib.import_module(module), function)()
        os.kill(os.getpid(), signal.SIGSTOP)
        code = _run(asked["words"])
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _run(words: list[str]) -> int:
    """What the program's own start does: an error nobody foresaw goes to the hook that main has set."""
    from careersheets.surfaces.cli.main import main

    sys.argv = ["careersheets", *words]
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001 - as the interpreter does
        sys.excepthook(*sys.exc_info())
        return 1
    return 0


if __name__ == "__main__":
    serve()
