"""Work measured in processes of its own, so that one measurement does not warm or fill the memory of the next."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def in_child(module: str, function: str) -> Any:
    """What `function()` of the bench module `module` gives in a fresh process; it must be plain data."""
    code = f"import json, {module}; print(json.dumps({module}.{function}()))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=HERE, check=True, capture_output=True, text=True, encoding="utf-8"
    )
    return json.loads(done.stdout.splitlines()[-1])


def best_seconds(command: Sequence[str | Path], times: int = 5, *, accepted: Sequence[int] = (0,)) -> float:
    """The shortest of `times` runs of a whole process, in seconds.

    Args:
        command: program and arguments.
        times: how often it is run.
        accepted: exit codes that mean it did its work.
    """
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        done = subprocess.run([str(part) for part in command], check=False, capture_output=True)
        taken.append(time.perf_counter() - begin)
        if done.returncode not in accepted:
            sys.exit(f"{command[0]} ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
    return round(min(taken), 3)
