"""kill -9, a full disk or a refusal at every call leaves each document old or new, and the next run ends well."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from tests.delivery.one_run import ARCHIVE, CHANGED, GONE, NEW, REPLACED, make, new, old, prepare
from tests.support.office import require_tool
from tests.support.saying import say

pytestmark = pytest.mark.requirement("X5")

_CALLS = "write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,ftruncate,openat,mkdir,sendfile,copy_file_range,rmdir,chmod,flock,utimensat"
_CALL = re.compile(r"^(\w+)\(")
_ROOT = Path(__file__).resolve().parents[2]
_MINE = b"changed by Mei"


def test_a_run_killed_anywhere_leaves_whole_documents_and_the_next_one_ends_well(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    strace = require_tool("strace")
    points = _durable_calls(strace, tmp_path / "traced")
    outcomes: Counter[str] = Counter()
    for number, (call, occurrence) in enumerate(points):
        base = tmp_path / f"killed{number}"
        ran = _run(strace, base, "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={occurrence}")
        assert ran.returncode != 0, f"{call} {occurrence} did not stop the program"
        outcomes[_state(base)] += 1
        assert make(base) == []
        _see_that_it_is_done(base)
    say(
        capsys, f"killed at {len(points)} calls {dict(Counter(call for call, _ in points))}: {dict(outcomes)}"
    )
    assert len(points) > 40
    assert set(outcomes) == {"old", "between", "new"}


@pytest.mark.parametrize(("error", "refused"), [("EACCES", "rename"), ("ENOSPC", "fsync")])
def test_what_the_system_refuses_is_a_sentence_and_loses_nothing(
    tmp_path: Path, error: str, refused: str
) -> None:
    """EACCES at a rename is what a document that is open in Word on Windows gives."""
    strace = require_tool("strace")
    points = [point for point in _durable_calls(strace, tmp_path / "traced") if point[0] == refused]
    for number, (call, occurrence) in enumerate(points):
        base = tmp_path / f"refused{number}"
        ran = _run(
            strace, base, "-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={occurrence}"
        )
        assert _state(base) in ("old", "between", "new")
        said = ran.stdout.decode() + ran.stderr.decode().strip().rpartition("\n")[2]
        assert (
            ran.returncode == 0
            or "careersheets.model.errors" in said
            or ".OSError" in said
            or "AccessDenied" in said
        )
        assert make(base) == []
        _see_that_it_is_done(base)


def _durable_calls(strace: str, base: Path) -> list[tuple[str, int]]:
    """Each call of an undisturbed run that touches its folder, with its place among calls of its name."""
    log = base.with_suffix(".log")
    assert _run(strace, base, "-y", "-e", f"trace={_CALLS}", "-o", str(log)).returncode == 0
    counts: Counter[str] = Counter()
    found = []
    for line in log.read_text(errors="replace").splitlines():
        match = _CALL.match(line)
        if match is not None:
            counts[match[1]] += 1
            if str(base) in line and (match[1] != "openat" or "O_CREAT" in line):
                found.append((match[1], counts[match[1]]))
    return found


def _run(strace: str, base: Path, *options: str) -> subprocess.CompletedProcess[bytes]:
    base.mkdir()
    prepare(base)
    log = () if "-o" in options else ("-o", "/dev/null")
    command = [strace, "-qq", *log, *options, sys.executable, "-m", "tests.delivery.one_run", str(base)]
    return subprocess.run(command, cwd=_ROOT, capture_output=True, check=False, timeout=60)


def _state(base: Path) -> str:
    """Whether each document is the old one or the new one; nothing is lost on the way."""
    states = set()
    for file in (REPLACED, CHANGED):
        held = (base / file).read_bytes()
        assert held in (_MINE if file == CHANGED else old(file), new(file)), f"{file} is neither old nor new"
        states.add("new" if held == new(file) else "old")
    if (base / CHANGED).read_bytes() != _MINE:
        assert _MINE in _aside(base), "what somebody changed is lost"
    if (base / NEW).exists():
        assert (base / NEW).read_bytes() == new(NEW)
    assert (base / GONE).exists() or old(GONE) in _aside(base)
    if (base / ARCHIVE).exists():
        assert zipfile.ZipFile(base / ARCHIVE).testzip() is None
    return states.pop() if len(states) == 1 else "between"


def _aside(base: Path) -> list[bytes]:
    return [path.read_bytes() for path in (base / "documents" / "Replaced").rglob("*.docx")]


def _see_that_it_is_done(base: Path) -> None:
    assert all((base / file).read_bytes() == new(file) for file in (REPLACED, CHANGED, NEW))
    assert not (base / GONE).exists()
    assert sorted(set(_aside(base))) == sorted([_MINE, old(GONE)])
    assert {path.name for path in base.iterdir()} == {"documents", ARCHIVE}
    assert {path.name for path in (base / "documents").glob(".*")} == {".lock", ".made.json"}
