"""The one place that prints: results to standard output, progress and errors to standard error."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass

from ...model.findings import Finding
from ...workflows.progress import Progress

# Findings shown in the terminal; the rest is in the workbook and in --json.
SHOWN = 20
_EVERY_SECONDS = 0.1


def say(text: str) -> None:
    """A line of the result."""
    sys.stdout.write(text + "\n")


def complain(text: str) -> None:
    """A line about what went wrong."""
    sys.stderr.write(text + "\n")


def say_json(data: object) -> None:
    """The whole result for another program."""
    say(json.dumps(data, ensure_ascii=False, indent=2, default=_plain))


def say_findings(findings: list[Finding]) -> None:
    """The first findings, worst first, a line each."""
    for finding in findings[:SHOWN]:
        say(f"{finding.rule.severity.label:<8} {finding}")
    if len(findings) > SHOWN:
        say(f"... and {len(findings) - SHOWN} more on the sheet To fix.")


def findings_data(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """Findings as plain data."""
    return [
        {
            "code": finding.rule.code,
            "severity": finding.rule.severity.label,
            "sheet": finding.sheet,
            "cell": finding.cell,
            "who": finding.who,
            "message": finding.message,
            "fix": finding.fix,
        }
        for finding in findings
    ]


@contextmanager
def progress_bar(quiet: bool = False) -> Iterator[Progress]:
    """A bar on standard error for as long as the work runs; nothing where standard error is no terminal."""
    if quiet or not sys.stderr.isatty():
        from ...workflows.progress import silent

        yield silent
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    # Without a thread of its own, so that processes can be forked while it is shown.
    with Bar(console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task, shown = bar.add_task("", total=None), [0.0]

        def show(done: int, total: int, doing: str) -> None:
            bar.update(task, completed=done, total=total, description=doing)
            if done == total or time.monotonic() - shown[0] > _EVERY_SECONDS:
                shown[0] = time.monotonic()
                bar.refresh()

        yield show


def _plain(value: object) -> object:
    """A record as its fields; anything else that JSON has no form for as its text."""
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)
