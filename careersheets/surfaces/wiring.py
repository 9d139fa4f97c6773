"""The only place where adapters are built."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ..books.excel_file import ExcelFile
from ..model.errors import UsageError
from ..workflows.shipped import WORKBOOK, shipped_folder

if TYPE_CHECKING:
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
