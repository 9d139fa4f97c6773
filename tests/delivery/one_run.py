"""One small run over documents that are there already: the program that tests kill at every call."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from careersheets.delivery.archive import write_archive
from careersheets.delivery.folder import write_fresh
from careersheets.delivery.made_record import MadeRecord
from careersheets.delivery.run_folder import open_run

NOW = datetime(2026, 11, 22, 9, 30)
REPLACED, CHANGED, NEW, GONE = (
    "documents/Mei Tanaka/Gap report P1.docx",
    "documents/Mei Tanaka/Gap report P2.docx",
    "documents/Ravi Subramanian/Gap report P3.docx",
    "documents/Noor el-Amin/Gap report P3.docx",
)
ARCHIVE = "documents.zip"


def old(file: str) -> bytes:
    return f"old {file}".encode() * 500


def new(file: str) -> bytes:
    return f"new {file}".encode() * 500


def prepare(base: Path) -> None:
    """Three documents as an earlier run left them, of which somebody changed one."""
    files = (REPLACED, CHANGED, GONE)
    with open_run(base, "documents", NOW) as run:
        made = {file: write_fresh(run.fresh / file, old(file)) for file in files}
        record = MadeRecord(base / "documents")
        record.announce(made, {file: file for file in made})
        run.put_in_place(made, record.is_ours)
        record.settle(made, ())
    (base / CHANGED).write_bytes(b"changed by Mei")


def make(base: Path) -> list[str]:
    """Replace two documents, one of them changed, make a new one, and move one that has no business there."""
    with open_run(base, "documents", NOW) as run:
        made = {file: write_fresh(run.fresh / file, new(file)) for file in (REPLACED, CHANGED, NEW)}
        record = MadeRecord(base / "documents")
        record.announce(made, {file: file for file in made})
        run.put_in_place(made, record.is_ours)
        run.set_aside(GONE)
        run.sync()
        placed = {file: digest for file, digest in made.items() if file not in run.trouble}
        record.settle(placed, [moved.file for moved in run.moved if moved.file not in made])
        write_archive(base / ARCHIVE, base, placed, run.fresh)
    return list(run.trouble.values())


if __name__ == "__main__":
    print("\n".join(make(Path(sys.argv[1]))))
