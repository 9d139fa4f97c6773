"""What one sync leaves for the next, and for `careersheets sync status`: a small file among the user's data."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import platformdirs

from ..delivery.folder import write_document
from ..workflows.sync import Memory

_LARGEST = 50_000_000


@dataclass(slots=True)
class Kept:
    """What is kept of one workbook. `at` is UTC, ISO; `code` the exit code; `every` as in `sync`."""

    memory: Memory = field(default_factory=Memory)
    name: str = ""
    at: str = ""
    sentence: str = ""
    code: int = 0
    every: str = ""


def memory_file(identity: str) -> Path:
    """Where it is kept for the workbook with this identity."""
    return Path(platformdirs.user_data_dir("careersheets", False), "sync", f"{identity}.json")


def read_memory(file: Path) -> Kept:
    """What is kept; nothing where the file is not there or not readable: then the next sync checks everything."""
    try:
        if file.stat().st_size > _LARGEST:
            return Kept()
        data = json.loads(file.read_bytes())
        return Kept(**{**data, "memory": Memory(**data["memory"])})
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return Kept()


def keep(file: Path, kept: Kept) -> None:
    """Write it down, whole or not at all, for this user only.

    Raises:
        CareersheetsError: it cannot be written.
    """
    write_document(file, json.dumps(asdict(kept), indent=0).encode())


def all_kept() -> list[Kept]:
    """What is kept of every workbook that was ever synced by this user, the latest first."""
    folder = memory_file("x").parent
    found = [read_memory(file) for file in sorted(folder.glob("*.json"))]
    return sorted((kept for kept in found if kept.at), key=lambda kept: kept.at, reverse=True)
