"""At which system calls a command can be stopped or refused: those that make something durable or talk to a server."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .company import Company
from .forking import Ended, Forks

DURABLE = (
    "write,pwrite64,writev,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,ftruncate,fallocate,openat,mkdir,"
    "rmdir,chmod,fchmod,sendfile,copy_file_range,connect,sendto,recvfrom"
)
_CALL = re.compile(r"^(?:(\d+) +)?(\w+)\(")
_TO_NOBODY = re.compile(r"^\d+ +write\(\d+<(pipe|/dev/null|[^>]*/(out|err)>)")


@dataclass(frozen=True, slots=True)
class Point:
    """The `occurrence`th call of this name by the command itself, or by one of its children."""

    call: str
    occurrence: int
    in_child: bool = False

    def killing(self) -> tuple[str, ...]:
        """Options of strace that end the process at this call with kill -9."""
        return self._injecting("signal=KILL")

    def refusing(self, error: str) -> tuple[str, ...]:
        """Options of strace that let this call fail."""
        return self._injecting(f"error={error}")

    def _injecting(self, what: str) -> tuple[str, ...]:
        trace = ("-e", f"trace={self.call}", "-e", f"inject={self.call}:{what}:when={self.occurrence}")
        return (*(("-f",) if self.in_child else ()), "-o", "/dev/null", *trace)


def points_of(forks: Forks, run: Callable[..., Ended], log: Path) -> list[Point]:
    """Every point of an undisturbed `run`, which takes options of strace."""
    ended = run(("-f", "-y", "-e", f"trace={DURABLE}", "-o", str(log)))
    assert ended.code in (0, 1), ended
    lines = log.read_text(errors="replace").splitlines()
    main = re.match(r"\d+", lines[0])
    assert main is not None
    counts: Counter[tuple[str, str]] = Counter()
    found = []
    for line in lines:
        match = _CALL.match(line)
        if match is None:
            continue
        counts[match[1], match[2]] += 1
        if match[2] == "openat" and "O_CREAT" not in line:
            continue
        in_child = match[1] != main[0]
        if in_child or not _TO_NOBODY.match(line):
            found.append(Point(match[2], counts[match[1], match[2]], in_child))
    return list(dict.fromkeys(found))


def some(points: Sequence[Point], most: int, at_least: int = 4) -> list[Point]:
    """About `most` of the points, evenly spread over each kind of call; all of them with the option --long.

    `at_least` so many are of every kind, however seldom it is made.
    """
    if os.environ.get("CAREERSHEETS_LONG") or len(points) <= most:
        return list(points)
    by_call: dict[tuple[str, bool], list[Point]] = {}
    for point in points:
        by_call.setdefault((point.call, point.in_child), []).append(point)
    share = {
        call: max(min(len(group), at_least), len(group) * most // len(points))
        for call, group in by_call.items()
    }
    chosen = {
        group[number * len(group) // share[call]]
        for call, group in by_call.items()
        for number in range(share[call])
    }
    return [point for point in points if point in chosen]


def temporaries(company: Company) -> list[str]:
    """What a run may leave behind only while it is at work."""
    begun = (".careersheets-", ".run-")
    endings = (".tmp", ".since", "-wal", "-shm", "-journal")
    return [
        path.relative_to(company.folder).as_posix()
        for path in company.folder.rglob("*")
        if path.name.startswith(begun) or path.name.endswith(endings)
    ]
