"""Run all tests. Arguments go to pytest; `--requirements` prints which requirements have tests instead."""

from __future__ import annotations

import sys

from setup_environment import environment, run

# Quick where a few files take most of the time: a worker that is through takes over half of another's.
ALL_CORES = ["-n", "auto", "--dist", "worksteal"]


def options(given: list[str]) -> list[str]:
    """What pytest is told besides what was given."""
    if "--requirements" in given:
        return ["--collect-only", "--quiet", "--no-header", "--no-summary"]
    return [] if any(argument.startswith("-n") for argument in given) else ALL_CORES


if __name__ == "__main__":
    sys.exit(run([environment(development=True), "-m", "pytest", *options(sys.argv[1:]), *sys.argv[1:]]))
