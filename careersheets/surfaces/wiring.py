"""The only place where adapters are built."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ..books.excel_file import ExcelFile
from ..model.errors import UsageError
from ..workflows.shipped import WORKBOOK, shipped_folder
from .google_address import id_in, is_sheet
from .master import ClosedBook, Master, master_file

if TYPE_CHECKING:
    from ..delivery.drive import DriveFolders
    from ..delivery.mail import Mailer
    from .configuration import Configuration


@contextmanager
def open_book(
    book: str | Path,
    folder: Path | None = None,
    *,
    read_at_once: bool = True,
    fewer_rows: bool = False,
) -> Iterator[Master[ClosedBook]]:
    """The master workbook that `book` stands for: a file, or a Google Sheet by its address.

    Args:
        book: a path, or the address or id of a Google Sheet.
        folder: where the documents of a Google Sheet and careersheets.toml are; the current one if None. Those of a file
            are beside it.
        read_at_once: whether a file is already being read while the rest of the program loads.
        fewer_rows: whether a Google Sheet may have lost most of its rows since the last sync.

    Raises:
        UsageError: a folder is given for a file.
        CareersheetsError: the settings for Google cannot be used, or the part of careersheets for it is not installed.
    """
    if isinstance(book, str) and is_sheet(book):
        with _open_sheet(id_in(book), (folder or Path()).resolve(), fewer_rows=fewer_rows) as sheet:
            yield sheet
        return
    refuse_folder(folder)
    file = ExcelFile(book, template=shipped_folder("workbook_templates") / WORKBOOK)
    if read_at_once:
        file.start_reading()
    yield master_file(file, file.path)


def refuse_folder(folder: Path | None) -> None:
    """A workbook that is a file has its documents beside it.

    Raises:
        UsageError: another folder is given.
    """
    if folder is not None:
        raise UsageError(
            "--folder is for a Google Sheet. The documents of a workbook that is a file lie beside it, and so does "
            "careersheets.toml."
        )


def configuration_of(folder: Path) -> Configuration:
    """The settings in the folder of a workbook; logs that are older than they say are deleted.

    Raises:
        CareersheetsError: there are mistakes in the file; all of them are said.
    """
    from .configuration import FILE_NAME, read_configuration
    from .logs import log_folder, prune_logs

    configuration = read_configuration(folder / FILE_NAME)
    prune_logs(log_folder(), configuration.retention.log_days, datetime.now(UTC))
    return configuration


def ledger_place_of(configuration: Configuration, folder: Path) -> str:
    """Where the ledger of a workbook is, as ledger/ takes it: with its password, a folder seen from the workbook's."""
    from .passwords import with_password

    place = configuration.ledger.place
    return with_password(place) if not place or "://" in place else str(folder / place)


def open_mailer(configuration: Configuration, folder: Path) -> Mailer:
    """What sends mails as the settings in `folder` say; nothing is connected yet.

    Raises:
        UsageError: they say nothing about mail.
        CareersheetsError: the password or the certificate authority is not there.
    """
    from ..delivery.mail import Mailer, MailServer, Sender
    from ..tables.mail_address import parse_address
    from .passwords import find_password

    mail, delivery = configuration.mail, configuration.delivery
    if mail is None:
        raise UsageError(
            "Mail is not set up. Write a section [mail] with server and sender into careersheets.toml beside the workbook."
        )
    authority = folder / mail.certificate_authority if mail.certificate_authority else None
    return Mailer(
        MailServer(mail.server, mail.port, mail.security, mail.user, authority),
        Sender(parse_address(mail.sender), mail.sender_name),
        find_password("mail") if mail.user else "",
        attempts=delivery.attempts,
        mails_per_minute=delivery.mails_per_minute,
    )


def open_drive(configuration: Configuration, folder: Path) -> AbstractContextManager[DriveFolders]:
    """What puts documents into Google Drive as the settings in `folder` say; nothing is asked yet.

    Raises:
        CareersheetsError: the key cannot be used, or the part of careersheets for Google is not installed.
    """
    from .google import open_drive as open_folders

    return open_folders(configuration, folder)


@contextmanager
def _open_sheet(sheet: str, folder: Path, *, fewer_rows: bool) -> Iterator[Master[ClosedBook]]:
    """The master workbook that Google Sheets keeps under this id; the connection is closed at the end of `with`."""
    from .google import open_client

    client = open_client(configuration_of(folder), folder)
    from ..books.google.sheet import GoogleSheet
    from ..ledger.places import identity_of
    from .sync_memory import memory_file, read_memory

    kept = read_memory(memory_file(identity_of(sheet)))
    try:
        rows = {} if fewer_rows else kept.memory.rows
        book = GoogleSheet(client, sheet, rows_before=rows, title=kept.name)
        yield Master(book, folder, sheet)
    finally:
        client.close()
