"""Which scorecards were given out, kept beside them: a newer one makes an older one stale."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..delivery.folder import write_document

FOLDER = "scorecards"
_FILE = "issued.json"


@dataclass(frozen=True, slots=True)
class Register:
    """`workbook` tells master workbooks apart; `latest` is the number of the latest scorecard by slot."""

    workbook: str
    latest: Mapping[str, str] = field(default_factory=dict)


def read_register(folder: Path) -> Register | None:
    """The register in a folder of scorecards; None if there is none that can be read."""
    try:
        data = json.loads((folder / _FILE).read_text("utf-8"))
        return Register(str(data["workbook"]), dict(data["latest"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def new_register() -> Register:
    """The register of a workbook that never gave out scorecards."""
    return Register(secrets.token_hex(8))


def write_register(folder: Path, register: Register) -> None:
    """Put the register into the folder.

    Raises:
        CareersheetsError: one may not write there.
    """
    data = {"workbook": register.workbook, "latest": dict(register.latest)}
    write_document(folder / _FILE, json.dumps(data, ensure_ascii=False, indent=1).encode())
