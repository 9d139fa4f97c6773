"""kill -9 at every call that makes something durable leaves the old workbook or the new one, whole."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from ..support.office import require_tool
from ..support.saying import say
from .one_write import write
from .torture import build_torture

_CALLS = (
    "write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,ftruncate,openat,mkdir,sendfile,"
    "copy_file_range,chmod,fchmod,fchmodat"
)
_CALL = re.compile(r"^(\w+)\(")
_ROOT = Path(__file__).resolve().parents[2]


def test_a_killed_write_leaves_the_old_or_the_new_workbook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    strace = require_tool("strace")
    old = build_torture(tmp_path / "original.xlsm").read_bytes()
    points = _durable_calls(strace, tmp_path / "traced", old)
    new = (tmp_path / "traced" / "careers.xlsm").read_bytes()
    outcomes: Counter[str] = Counter()
    for number, (call, occurrence) in enumerate(points):
        folder = tmp_path / f"killed{number}"
        run = _run(
            strace, folder, old, "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={occurrence}"
        )
        assert run.returncode != 0, f"{call} {occurrence} did not stop the program"
        outcomes[_state(folder, old, new)] += 1
        write(folder / "careers.xlsm")
    kinds = Counter(call for call, _ in points)
    say(capsys, f"killed at {len(points)} calls {dict(kinds)}: {dict(outcomes)}")
    assert len(points) > 20
    assert set(outcomes) == {"old", "new"}


def _durable_calls(strace: str, folder: Path, old: bytes) -> list[tuple[str, int]]:
    """Each call of an undisturbed write that touches the workbook's folder, with its place among calls of its name."""
    log = folder.with_suffix(".log")
    assert _run(strace, folder, old, "-y", "-e", f"trace={_CALLS}", "-o", str(log)).returncode == 0
    counts: Counter[str] = Counter()
    found = []
    for line in log.read_text(errors="replace").splitlines():
        match = _CALL.match(line)
        if match is None:
            continue
        counts[match[1]] += 1
        creates = match[1] != "openat" or "O_CREAT" in line
        if str(folder) in line and creates:
            found.append((match[1], counts[match[1]]))
    return found


def _run(strace: str, folder: Path, old: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    folder.mkdir()
    (folder / "careers.xlsm").write_bytes(old)
    log = () if "-o" in options else ("-o", "/dev/null")
    command = [
        strace,
        "-qq",
        *log,
        *options,
        sys.executable,
        "-m",
        "tests.books.one_write",
        folder / "careers.xlsm",
    ]
    return subprocess.run(command, cwd=_ROOT, capture_output=True, check=False, timeout=60)


def _state(folder: Path, old: bytes, new: bytes) -> str:
    assert all(backup.read_bytes() == old for backup in folder.glob("backups/careers*"))
    content = (folder / "careers.xlsm").read_bytes()
    return "old" if content == old else "new" if content == new else "broken"
