"""The only door for files from outside: they are opened in a child process that may use 1 GB and 10 s.

Whatever the file does to its reader, the parent gets cells, or one reason of the closed list in refusals.py.
"""

from __future__ import annotations

import datetime
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from ..model.cells import CellError, Grid, Uncalculated
from .book import BookContents
from .refusals import OUT_OF_MEMORY_EXIT, Refusal

# The child has 10 s of computing time; a busy machine may need longer to give it that.
WALL_SECONDS = 20.0

# Started from a button in Excel, a child would show a black window for a moment.
_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_MOST_SAID = 65_536
_TIME_SIGNALS = () if sys.platform == "win32" else (signal.SIGXCPU, signal.SIGKILL)

_ALLOWED = {
    ("datetime", name): getattr(datetime, name) for name in ("date", "datetime", "time", "timedelta")
} | {(kind.__module__, kind.__name__): kind for kind in (CellError, Uncalculated)}
_START = "import sys; sys.path[:] = {paths!r}; from careersheets.books.guard_child import main; main()"


@dataclass(frozen=True, slots=True)
class DocumentParts:
    """The XML parts of a .docx by their member name, each well-formed; `fingerprint` is the SHA-256 of the file."""

    name: str
    fingerprint: str
    parts: Mapping[str, bytes]


class PendingRead:
    """A read under way in a child process; `result()` waits for it, `cancel()` gives it up.

    Of several files, `then` are those after the first; what the child says of each is taken by `next_messages()`.
    """

    def __init__(self, path: Path, kind: str = "workbook", then: Sequence[Path] = ()) -> None:
        self._path = path
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the child has ended
        self._said = b""
        self._timed_out = threading.Event()
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
            _command(kind, [path, *then]),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            creationflags=_NO_WINDOW,
        )
        self._watchdog = threading.Timer(WALL_SECONDS, self._stop)
        self._watchdog.daemon = True
        self._watchdog.start()

    def result(self) -> BookContents:
        """What is in the workbook.

        Raises:
            FileRefused: it is not read, for one reason of the closed list.
        """
        grids: dict[str, Grid] = {}
        names: dict[str, str] = {}
        fingerprint = ""
        for message in self.messages():
            match message:
                case ("grid", name, columns, visibility, merged):
                    grids[name] = Grid(name, columns, visibility, merged)
                case ("names", found):
                    names = found
                case ("end", found):
                    fingerprint = found
        return BookContents(self._path.name, fingerprint, grids, names)

    def messages(self) -> Iterator[tuple[Any, ...]]:
        """What the child says, until it is done.

        Raises:
            FileRefused: the child refused the file, or did not survive it.
        """
        last: tuple[Any, ...] = ("",)
        try:
            for last in self.next_messages():
                if last[0] == "refused":
                    raise Refusal[last[1]].of(self._path)
                yield last
        finally:
            self._finish()
        if last[0] != "end":
            cause = cause_of_death(self._process.returncode, self._said, self._timed_out.is_set())
            raise cause.of(self._path)

    def next_messages(self) -> Iterator[tuple[Any, ...]]:
        """What the child says of one file, as far as it says anything."""
        yield from _receive(cast("IO[bytes]", self._process.stdout))

    def cancel(self) -> None:
        """End the child; nobody will ask for what it read."""
        self._process.kill()
        self._finish()

    def _stop(self) -> None:
        self._timed_out.set()
        self._process.kill()

    def _finish(self) -> None:
        cast("IO[bytes]", self._process.stdout).close()
        self._process.wait()
        self._watchdog.cancel()
        if not self._errors.closed:
            self._errors.seek(0)
            self._said = self._errors.read(_MOST_SAID)
            self._errors.close()


def start_reading(path: Path | str) -> PendingRead:
    """Start reading a workbook; other work can be done until `result()` is asked for."""
    return PendingRead(Path(path))


def read_document(path: Path | str) -> DocumentParts:
    """The parts of a filled Word form.

    Raises:
        FileRefused: it is not read, for one reason of the closed list.
    """
    parts: dict[str, bytes] = {}
    fingerprint = ""
    for message in PendingRead(Path(path), "document").messages():
        match message:
            case ("part", name, content):
                parts[name] = content
            case ("end", found):
                fingerprint = found
    return DocumentParts(Path(path).name, fingerprint, parts)


def cause_of_death(code: int, said: bytes, timed_out: bool) -> Refusal:
    """Why a reading child ended without a word.

    Args:
        code: its exit code; negative is the signal that ended it.
        said: what it or the libraries in it wrote to standard error.
        timed_out: whether the watchdog stopped it.
    """
    if code == OUT_OF_MEMORY_EXIT or b"memory allocation" in said or b"MemoryError" in said:
        return Refusal.TOO_MANY_CELLS
    if timed_out or -code in _TIME_SIGNALS:
        return Refusal.TOO_SLOW
    return Refusal.DAMAGED_PART if b"PanicException" in said or code < 0 else Refusal.READER_FAILED


class _Unpickler(pickle.Unpickler):
    """Builds plain values and cell values only, so a child taken over by a file cannot reach its parent."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} is not a cell value")
        return _ALLOWED[module, name]


def _receive(pipe: IO[bytes]) -> Iterator[tuple[Any, ...]]:
    try:
        while True:
            message = _Unpickler(pipe).load()
            yield message
            if message[0] in ("end", "refused"):
                return
    except (EOFError, pickle.UnpicklingError, AttributeError, IndexError, ValueError):
        return


def _command(kind: str, files: Sequence[Path]) -> list[str]:
    """Isolated, without site: the child's imports come from where the parent's do, and from nowhere else."""
    root = str(Path(__file__).resolve().parents[2])
    paths = [root, *(entry for entry in sys.path if entry and entry != root)]
    start = [sys.executable, "-I", "-S", "-c", _START.format(paths=paths), kind]
    return [*start, *(str(file.resolve()) for file in files)]
