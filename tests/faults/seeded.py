"""Bugs put into a fork on purpose, to see that they are found."""

from __future__ import annotations

import os

from careersheets.ledger import store


def files_are_not_synced() -> None:
    """The fsync of an atomic write is forgotten; the ledger's own stays."""
    os.fsync = lambda handle: None  # type: ignore[assignment]


def ledger_is_not_synced() -> None:
    """The database does not wait for the disk."""
    store._PRAGMAS = tuple(
        pragma.replace("synchronous = FULL", "synchronous = OFF") for pragma in store._PRAGMAS
    )


def files_are_renamed_first() -> None:
    """A temporary file takes its place before what is in it is on the disk."""
    waiting: list[int] = []
    sync, close, replace = os.fsync, os.close, os.replace

    def later(handle: int) -> None:
        waiting.append(os.dup(handle))

    def replace_then_sync(source: str, target: str) -> None:
        replace(source, target)
        while waiting:
            handle = waiting.pop()
            sync(handle)
            close(handle)

    os.fsync, os.replace = later, replace_then_sync  # type: ignore[assignment]
