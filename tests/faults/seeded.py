"""Bugs put into a fork on purpose, to see that they are found."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from careersheets.books.excel_file import ExcelFile
from careersheets.ledger import store
from careersheets.surfaces import carriers
from careersheets.surfaces.cli import daily, delivering
from careersheets.workflows import report


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


def clock_is_moved() -> None:
    """The computer's clock is so many seconds away from the right time, as CLOCK_MOVED says."""
    by = timedelta(seconds=float(os.environ["CLOCK_MOVED"]))

    class Moved(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            # By way of UTC, so that the hour that comes twice does come twice.
            return (datetime.now(UTC) + by).astimezone(tz) if tz else _local(datetime.now(UTC) + by)

    for module in (daily, delivering, store, carriers):
        module.datetime = Moved  # type: ignore[attr-defined]


def _local(moment: datetime) -> datetime:
    return moment.astimezone().replace(tzinfo=None)


def somebody_saves_the_workbook_meanwhile() -> None:
    """When the run has read the workbook, the file SAVED_MEANWHILE takes its place."""
    whole = report.assess

    def then_saved(book: ExcelFile, *words: Any, **more: Any) -> Any:
        found = whole(book, *words, **more)
        shutil.copyfile(os.environ["SAVED_MEANWHILE"], book.path)
        return found

    report.assess = then_saved  # type: ignore[assignment]
