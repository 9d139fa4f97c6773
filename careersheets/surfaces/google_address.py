"""Addresses of Google Sheets and of folders in Google Drive, as they stand in a browser."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from ..model.errors import UsageError

_ID = re.compile(r"[A-Za-z0-9_-]{10,}")


def id_in(address: str) -> str:
    """The id in the address of a sheet or folder; an id alone is one.

    Raises:
        UsageError: there is none.
    """
    parts = urlsplit(address.strip())
    steps = [step for step in parts.path.split("/") if step]
    if parts.netloc:
        after = [then for step, then in pairwise(steps) if step in ("d", "folders")]
        steps = after if parts.netloc.endswith("google.com") else []
    if len(steps) == 1 and _ID.fullmatch(steps[0]):
        return steps[0]
    raise UsageError(
        f'"{address}" is not the address of a Google Sheet or of a folder in Google Drive. Copy it from the browser.'
    )


def is_sheet(text: str) -> bool:
    """Whether a workbook is meant that is kept in Google Sheets: its address, or its id where no file is called so."""
    if text.startswith(("http://", "https://")):
        return True
    return len(text) > 25 and _ID.fullmatch(text) is not None and not Path(text).exists()
