"""The log of this computer: a file a day in the user's own folder for logs, a line of JSON per event.

It holds the fields of model/events.py and nothing of other libraries, whose messages may hold anything.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from io import TextIOWrapper
from logging.handlers import TimedRotatingFileHandler
from pathlib import Path
from uuid import uuid4

import platformdirs

from ..model.events import LOGGER, Event, as_run, note

FILE_NAME = "careersheets.log"
# Another folder for logs, for tests and for servers that keep theirs together.
VARIABLE = "CAREERSHEETS_LOGS"


class PrivateFile(TimedRotatingFileHandler):
    """A new file at midnight UTC, for this user only."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        super().__init__(folder / FILE_NAME, when="midnight", utc=True, encoding="utf-8")
        self.setFormatter(JsonLine())

    def _open(self) -> TextIOWrapper:
        return TextIOWrapper(open(self.baseFilename, "ab", opener=_open_privately), encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """A full disk or a file held by another run costs a line of the log, never the run."""


class JsonLine(logging.Formatter):
    """An event as one line: time, event, then its fields."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; a message that is no event of ours shows nothing but that it was there."""
        fields = getattr(record, "careersheets_fields", None)
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        event = str(record.msg) if fields is not None else "message withheld"
        return json.dumps({"time": moment, "event": event, **(fields or {})}, ensure_ascii=True)


def log_folder() -> Path:
    """Where the log lies; nothing is made by asking."""
    return Path(os.environ.get(VARIABLE) or platformdirs.user_log_dir("careersheets", False))


def prune_logs(folder: Path, days: int, now: datetime) -> int:
    """Delete log files of finished days that are older than `days`; how many went."""
    oldest = (now.astimezone(UTC) - timedelta(days=days)).date().isoformat()
    old = [file for file in folder.glob(f"{FILE_NAME}.????-??-??") if file.suffix[1:] < oldest]
    for file in old:
        # Another run, or a program that shows it, may hold it; it goes next time.
        with suppress(OSError):
            file.unlink()
    return sum(not file.exists() for file in old)


@contextmanager
def logging_to(folder: Path) -> Iterator[None]:
    """Events go to the log in `folder` until the end of `with`; where it cannot be written, they go nowhere.

    `doctor` says whether it can be written; a run is not stopped for it.
    """
    try:
        handler: logging.Handler = PrivateFile(folder)
    except OSError:
        handler = logging.NullHandler()
    level = LOGGER.level
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    try:
        yield
    finally:
        LOGGER.removeHandler(handler)
        LOGGER.setLevel(level)
        with suppress(OSError):
            handler.close()


@contextmanager
def logged_run(verb: str) -> Iterator[None]:
    """A run of one command from start to end; every event in between carries its id."""
    begun = time.monotonic()
    with logging_to(log_folder()), as_run(uuid4().hex[:12]):
        note(Event.RUN_STARTED, verb=verb)
        try:
            yield
        except BaseException as error:
            note(Event.RUN_REFUSED, verb=verb, error=type(error).__name__, seconds=_since(begun))
            raise
        note(Event.RUN_ENDED, verb=verb, seconds=_since(begun))


def _since(begun: float) -> float:
    return round(time.monotonic() - begun, 3)


def _open_privately(path: str, flags: int) -> int:
    handle = os.open(path, flags, 0o600)
    if os.name != "nt":
        os.fchmod(handle, 0o600)
    return handle
