"""What keeps a ledger from being used, a sentence each; and how errors of a database become these.

Texts name the ledger's place and never what was to be written.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from ..model.errors import (
    AccessDenied,
    AnotherRunActive,
    CareersheetsError,
    InputError,
    RemoteError,
    UsageError,
)


class LedgerBusy(AnotherRunActive):
    """Somebody else is writing into the ledger and did not finish in time."""

    def __init__(self, where: str) -> None:
        CareersheetsError.__init__(
            self,
            f"{where} is in use by another program. Nothing was written; wait a moment, then try again.",
        )


class LedgerDenied(AccessDenied):
    """The ledger may not be read or written by this user."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where} may not be written. Give your user the right to read and write it, then try again."
        )


class LedgerClosed(AccessDenied):
    """The database server answers and does not let this user in."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where} does not let careersheets in. Check the user, the password and the database's name."
        )


class LedgerFull(InputError):
    """No room is left where the ledger lies."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"There is no room left for {where}. Nothing was written; make room, then try again."
        )


class LedgerDamaged(InputError):
    """The ledger's bytes are not those of a ledger, or the disk does not give them."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(
            f"{where} {what}. Put back the last good copy of it, or move it away to begin a new one; "
            "a new one does not know what was sent."
        )


class LedgerTooNew(InputError):
    """A later version of careersheets wrote the ledger."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{where} was written by a later version of careersheets. Update careersheets.")


class LedgerUnreachable(RemoteError):
    """The database server does not answer."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where} does not answer. See whether the database server runs and is within reach, then try again."
        )


class LedgerRefused(RemoteError):
    """The database server refuses a statement for a reason of its own."""

    def __init__(self, where: str, code: str) -> None:
        super().__init__(
            f"{where} refused what was to be done (code {code}). Nothing was written; show this code to whoever "
            "looks after the database."
        )


class OnNetworkShare(UsageError):
    """A ledger in a file must lie on a disk of this computer."""

    def __init__(self, where: str, kind: str) -> None:
        super().__init__(
            f"{where} lies on a network share ({kind}), where two computers can damage it. "
            "Choose a folder on a disk of this computer, or a PostgreSQL database."
        )


class ExtraMissing(UsageError):
    """The optional packages for PostgreSQL are not installed."""

    def __init__(self) -> None:
        super().__init__(
            "The ledger is to be in PostgreSQL, and the packages for it are not installed. "
            'Run: pip install "careersheets[postgresql]"'
        )


class UnusableLocation(UsageError):
    """The text that says where the ledger is means nothing."""

    def __init__(self) -> None:
        super().__init__(
            "The place given for the ledger is neither a folder nor an address like "
            "postgresql://user@server/database. Correct it in the settings."
        )


_BUSY = {"SQLITE_BUSY", "SQLITE_LOCKED", "55P03", "40P01", "40001", "57014", "53300"}
_DENIED = {"SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH", "42501", "25006", "28000", "28P01", "3D000"}
_FULL = {"SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "53100", "53200"}
_SOON_BACK = ("starting up", "shutting down", "in recovery", "too many", "connection slots")
_DAMAGED = {
    "SQLITE_CORRUPT": "is damaged",
    "SQLITE_NOTADB": "is not a ledger",
    "SQLITE_IOERR": "cannot be read or written: the disk reports an error",
    "SQLITE_CANTOPEN": "cannot be opened",
    "XX001": "is damaged",
    "XX002": "is damaged",
    "58030": "cannot be read or written: the server's disk reports an error",
}


@contextmanager
def plain_errors(where: str) -> Iterator[None]:
    """Turn what a database or the system raises into a sentence about `where`.

    The original is left out of the chain of causes, because a server may quote what was to be written.
    """
    try:
        yield
    except DBAPIError as error:
        raise _of_database(where, error) from None
    except SQLAlchemyError as error:
        raise LedgerRefused(where, type(error).__name__) from None
    except sqlite3.Error as error:
        raise _of_code(where, _sqlite_code(error)) from None
    except OSError as error:
        raise _of_system(where, error) from None


def _of_database(where: str, error: DBAPIError) -> CareersheetsError:
    if isinstance(error.orig, sqlite3.Error):
        return _of_code(where, _sqlite_code(error.orig))
    state = getattr(error.orig, "sqlstate", None)
    if state is None and _refuses(str(error.orig)):
        return LedgerClosed(where)
    if state is None or state.startswith(("08", "57P")) or error.connection_invalidated:
        return LedgerUnreachable(where)
    return _of_code(where, state)


def _refuses(text: str) -> bool:
    """Whether a server answered a connection with a refusal; the driver gives no code for it, only its text."""
    return "FATAL" in text and not any(words in text for words in _SOON_BACK)


def _sqlite_code(error: sqlite3.Error) -> str:
    """The primary code, as in SQLITE_IOERR for SQLITE_IOERR_WRITE; some that mean a full disk keep their own."""
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    return name if name in _FULL else "_".join(name.split("_")[:2])


def _of_code(where: str, code: str) -> CareersheetsError:
    if code in _BUSY:
        return LedgerBusy(where)
    if code in _DENIED:
        return LedgerDenied(where)
    if code in _FULL:
        return LedgerFull(where)
    if code in _DAMAGED:
        return LedgerDamaged(where, _DAMAGED[code])
    if code.startswith("SQLITE"):
        return LedgerDamaged(where, f"cannot be used (code {code})")
    return LedgerRefused(where, code)


def _of_system(where: str, error: OSError) -> CareersheetsError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return LedgerFull(where)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return LedgerDenied(where)
    return LedgerDamaged(where, "cannot be opened")
