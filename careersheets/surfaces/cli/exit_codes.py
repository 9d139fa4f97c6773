"""What the command line's exit codes mean."""

from __future__ import annotations

from enum import IntEnum

from ...model.errors import AccessDenied, AnotherRunActive, CareersheetsError, InputError, RemoteError


class ExitCode(IntEnum):
    """The closed list; scripts and schedulers rely on it."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    INPUT = 3
    REMOTE = 4
    ACCESS = 5
    ANOTHER_RUN = 75


_BY_ERROR: tuple[tuple[type[CareersheetsError], ExitCode], ...] = (
    (InputError, ExitCode.INPUT),
    (RemoteError, ExitCode.REMOTE),
    (AccessDenied, ExitCode.ACCESS),
    (AnotherRunActive, ExitCode.ANOTHER_RUN),
)


def exit_code_of(error: CareersheetsError) -> ExitCode:
    """The code of what stopped a run; USAGE for what was asked wrongly."""
    return next((code for kind, code in _BY_ERROR if isinstance(error, kind)), ExitCode.USAGE)
