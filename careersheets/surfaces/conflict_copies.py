"""Copies that OneDrive, SharePoint or Dropbox leave beside a workbook when two people saved it at once."""

from __future__ import annotations

import re
from pathlib import Path

# "careers-DESKTOP-4F2K.xlsm" (OneDrive adds the computer's name), "careers (Olga's conflicted copy 2026-03-01).xlsm".
_ONEDRIVE = r"-(?:DESKTOP|LAPTOP|PC|MACBOOK|WIN|IMAC)[-\w]*"
_OTHERS = r" \([^)]*conflict[^)]*\)"
_COPY = re.compile(rf"(?P<stem>.+?)(?:{_ONEDRIVE}|{_OTHERS})", re.IGNORECASE)


def conflict_note(path: Path) -> str:
    """What HR should know if `path` is such a copy, or has one beside it; "" if neither."""
    original = _original(path)
    if original is not None and original.exists():
        return f'Note: this looks like a conflict copy of "{original.name}". Compare the two, keep one, and delete the other.'
    copies = sorted(other.name for other in path.parent.glob(f"*{path.suffix}") if _original(other) == path)
    if not copies:
        return ""
    return (
        f'Note: beside this workbook lies "{copies[0]}", which looks like a conflict copy of it. Somebody\'s entries may '
        "be in there: compare the two, keep one, and delete the other."
    )


def _original(path: Path) -> Path | None:
    match = _COPY.fullmatch(path.stem)
    return path.with_name(match["stem"] + path.suffix) if match else None
