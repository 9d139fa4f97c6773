"""Situations that stop a run. The text of each is built in its class; bad data is a `Finding`, not an error."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePath


class CareersheetsError(Exception):
    """Something stops the run. `str()` is one or two plain sentences: where, what, and what to do."""


class InputError(CareersheetsError):
    """A file that was given cannot be read or used."""


class UsageError(CareersheetsError):
    """What was asked for does not exist or does not fit together."""


class RemoteError(CareersheetsError):
    """Another computer did not do its part; trying again later may help."""


class AccessDenied(CareersheetsError):
    """The person running this may not do that."""


class AnotherRunActive(CareersheetsError):
    """Another run of careersheets is at work on the same workbook."""

    def __init__(self, name: str, since: datetime | None = None) -> None:
        began = f" since {since.astimezone():%H:%M on %Y-%m-%d}" if since else ""
        super().__init__(
            f'Another run is at work on "{name}"{began}. Wait until it has finished, then try again.'
        )


class FileRefused(InputError):
    """A file that is not read, for one reason of the closed list in books/refusals.py."""

    def __init__(self, path: PurePath | str, reason: str, fix: str) -> None:
        super().__init__(f'"{PurePath(path).name}" {reason} {fix}')
        self.reason = reason
        self.fix = fix


class NotFound(UsageError):
    """Something named by the user is not there; what is there is listed."""

    def __init__(self, what: str, name: str, there: Iterable[str]) -> None:
        listed = sorted(there)
        shown = ", ".join(listed[:8]) + (f" and {len(listed) - 8} more" if len(listed) > 8 else "")
        super().__init__(
            f'There is no {what} "{name}". ' + (f"There is: {shown}." if listed else "There is none.")
        )
