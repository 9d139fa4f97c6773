"""Documents in a folder per recipient, for HR to hand on or for a share that only the recipient sees."""

from __future__ import annotations

import hashlib
from pathlib import Path

from .folder import write_document


def put_in_outbox(path: Path, data: bytes) -> None:
    """Put a document at `path`, whole or not at all; doing it twice changes nothing.

    Raises:
        CareersheetsError: it cannot be written.
    """
    if not is_in_outbox(path, hashlib.sha256(data).hexdigest()):
        write_document(path, data)


def is_in_outbox(path: Path, digest: str) -> bool:
    """Whether the document with this SHA-256 lies at `path`."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == digest
    except OSError:
        return False
