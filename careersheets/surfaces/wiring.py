"""The only place where adapters are built."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ..books.excel_file import ExcelFile
from ..model.errors import UsageError
from ..workflows.shipped import WORKBOOK, shipped_folder

if TYPE_CHECKING:
    from ..books.google_sheet import GoogleSheet
    from ..delivery.drive import DriveFolders
    from ..delivery.mail import Mailer
    from .configuration import Configuration


def open_book(path: Path) -> ExcelFile:
    """The master workbook at `path`, already being read while the rest of the program loads."""
    book = ExcelFile(path, template=shipped_folder("workbook_templates") / WORKBOOK)
    book.start_reading()
    return book


def configuration_of(book: Path) -> Configuration:
    """The settings beside a workbook; logs that are older than they say are deleted.

    Raises:
        CareersheetsError: there are mistakes in the file; all of them are said.
    """
    from .configuration import configuration_file, read_configuration
    from .logs import log_folder, prune_logs

    configuration = read_configuration(configuration_file(book))
    prune_logs(log_folder(), configuration.retention.log_days, datetime.now(UTC))
    return configuration


def ledger_place_of(configuration: Configuration, book: Path) -> str:
    """Where the ledger of a workbook is, as ledger/ takes it: with its password, a folder seen from the workbook."""
    from .passwords import with_password

    place = configuration.ledger.place
    return with_password(place) if not place or "://" in place else str(book.resolve().parent / place)


def open_mailer(configuration: Configuration, book: Path) -> Mailer:
    """What sends mails as the settings beside `book` say; nothing is connected yet.

    Raises:
        UsageError: they say nothing about mail.
        CareersheetsError: the password or the certificate authority is not there.
    """
    from ..delivery.mail import Mailer, MailServer, Sender
    from ..delivery.mail_address import parse_address
    from .passwords import find_password

    mail, delivery = configuration.mail, configuration.delivery
    if mail is None:
        raise UsageError(
            "Mail is not set up. Write a section [mail] with server and sender into careersheets.toml beside the workbook."
        )
    authority = book.resolve().parent / mail.certificate_authority if mail.certificate_authority else None
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


def open_sheet(
    configuration: Configuration, folder: Path, sheet: str, rows_before: Mapping[str, int]
) -> tuple[GoogleSheet, Callable[[], None]]:
    """The master workbook that Google Sheets keeps under this id, and what closes the connection.

    Args:
        configuration: the settings in `folder`.
        folder: where its documents are.
        sheet: its id.
        rows_before: how many rows each tab had before.

    Raises:
        CareersheetsError: as `open_drive`.
    """
    from .google import open_client

    client = open_client(configuration, folder)
    from ..books.google_sheet import GoogleSheet

    return GoogleSheet(client, sheet, rows_before=rows_before), client.close
