"""Ways for documents to leave, built as careersheets.toml says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from ..analysis.results import Results
from ..ledger.ledger import Ledger, Run
from ..ledger.records import DeliveryState
from ..workflows.assess import names_of
from ..workflows.send import Carrier, Outbox, resolve_outbox
from ..workflows.send_drive import DriveCarrier, resolve_drive
from ..workflows.send_mail import MailCarrier, mail_letter
from ..workflows.send_plan import DRIVE, FOLDER, MAIL, Rules
from .configuration import Configuration
from .wiring import open_drive, open_mailer


class Workplace(Protocol):
    """Where a run is at work: the workbook's folder, and the settings there."""

    @property
    def folder(self) -> Path:
        """The workbook's."""
        ...

    @property
    def configuration(self) -> Configuration:
        """The settings in it."""
        ...


class RunningWorkplace(Workplace, Protocol):
    """The same with the ledger, while a run is at work."""

    @property
    def ledger(self) -> Ledger:
        """The workbook's."""
        ...

    @property
    def run(self) -> Run:
        """The run at work."""
        ...


def rules_of(work: Workplace) -> Rules:
    """What sending is held to."""
    settings = work.configuration
    if settings.delivery.way == "drive" and settings.google:
        return Rules(channel=DRIVE, domains=settings.google.allowed_domains)
    by_mail = settings.delivery.way == "mail" and settings.mail is not None
    domains = settings.mail.domains if by_mail and settings.mail else ()
    return Rules(channel=MAIL if by_mail else FOLDER, domains=domains)


@contextmanager
def carrier_of(work: Workplace, results: Results) -> Iterator[Carrier]:
    """What brings documents to people; a connection is closed at the end of `with`."""
    settings, names = work.configuration, names_of(results)
    if rules_of(work).channel == DRIVE:
        with open_drive(settings, work.folder) as drive:
            yield DriveCarrier(drive, work.folder, names)
        return
    if rules_of(work).channel == FOLDER or settings.mail is None:
        yield Outbox(work.folder / settings.delivery.folder, work.folder, names)
        return
    with open_mailer(settings, work.folder) as mailer:
        yield MailCarrier(
            mailer,
            mail_letter(work.folder),
            work.folder,
            names,
            results.settings,
            datetime.now(UTC),
            attach=settings.mail.link_or_attach == "attach",
        )


def settle_outbox(work: RunningWorkplace, results: Results) -> None:
    """Decide what a cut left open in folders: a document that lies there whole arrived, any other can go again."""
    channel = rules_of(work).channel
    if channel not in (FOLDER, DRIVE):
        return
    work.ledger.settle_interrupted(work.run.id)
    left = [it for it in work.ledger.deliveries(DeliveryState.UNCERTAIN) if it.channel == channel]
    if not left:
        return
    with carrier_of(work, results) as carrier:
        if isinstance(carrier, Outbox):
            resolve_outbox(work.ledger, work.run, left, carrier)
        elif isinstance(carrier, DriveCarrier):
            resolve_drive(work.ledger, work.run, left, carrier.drive)
