"""The process in which files from outside are opened: it may use 1 GB and 10 s, and tells its parent what it found.

Started by guard.py as a program of its own. It imports next to nothing, so that reading begins at once, and speaks by
pickled tuples: ("grid", ...) for each sheet, then ("end", ...), or ("refused", name of the reason).
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from .document_reading import read_document
from .preflight import Refused
from .refusals import OUT_OF_MEMORY_EXIT, Refusal
from .workbook_reading import read_workbook

if sys.platform == "win32":
    from .windows_limits import limit_memory
else:
    import resource

MEMORY_LIMIT = 1 << 30
CPU_SECONDS = 10

Message = tuple[Any, ...]


def main() -> None:
    """Read the files named by the arguments as the kind the first one names; report on standard output."""
    limit_this_process()
    # Only lists of plain values are made here, and millions of them; looking for cycles doubles the time.
    gc.disable()
    kind, *files = sys.argv[1:]
    with os.fdopen(os.dup(1), "wb", buffering=1 << 20) as pipe:
        os.dup2(2, 1)
        try:
            for file in files:
                send_all(messages(kind, Path(file)), pipe)
        except MemoryError:
            os._exit(OUT_OF_MEMORY_EXIT)


def send_all(found: Iterator[Message], pipe: IO[bytes]) -> None:
    """Send each message as soon as it is there; without memo, which would cost more memory than the cells."""
    for message in found:
        pickler = pickle.Pickler(pipe, protocol=5)
        pickler.fast = True
        pickler.dump(message)
    pipe.flush()


def messages(kind: str, path: Path) -> Iterator[Message]:
    """What is in the file, or why it is refused. `kind` is `workbook` or `document`."""
    try:
        before = _moment(path)
        fingerprint = _fingerprint(path)
        yield from read_document(path) if kind == "document" else read_workbook(path)
        yield ("end", fingerprint) if _moment(path) == before else ("refused", Refusal.IN_USE.name)
    except Refused as refused:
        yield "refused", refused.refusal.name
    except FileNotFoundError:
        yield "refused", Refusal.MISSING.name
    except IsADirectoryError:
        yield "refused", Refusal.FOLDER.name
    except PermissionError:
        yield "refused", (Refusal.FOLDER if path.is_dir() else Refusal.NO_PERMISSION).name


def limit_this_process() -> None:
    """Cap memory and time; on Windows memory by a job object, time by the parent's watchdog alone."""
    if sys.platform == "win32":
        limit_memory(MEMORY_LIMIT)
        return
    for what, most in ((resource.RLIMIT_AS, MEMORY_LIMIT), (resource.RLIMIT_CPU, CPU_SECONDS)):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            # macOS refuses a limit below what is already in use; the watchdog stays.
            continue
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _moment(path: Path) -> Sequence[int]:
    """What changes when somebody saves the file."""
    status = path.stat()
    return status.st_mtime_ns, status.st_size, status.st_ino


if __name__ == "__main__":
    main()
