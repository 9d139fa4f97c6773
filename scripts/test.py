"""Run all tests. Arguments go to pytest; `--requirements` prints which requirements have tests instead."""

from __future__ import annotations

import sys

from setup_environment import environment, run

if __name__ == "__main__":
    given = sys.argv[1:]
    workers = (
        [] if any(argument.startswith("-n") for argument in given) else ["-n", "auto", "--dist", "worksteal"]
    )
    if "--requirements" in given:
        workers = ["--collect-only", "-q"]
    sys.exit(run([environment(development=True), "-m", "pytest", *workers, *given]))
