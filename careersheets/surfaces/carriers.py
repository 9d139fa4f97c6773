"""Ways for documents to leave, built as careersheets.toml says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from ..analysis.results import Results
from ..workflows.assess import names_of
from ..workflows.send import Carrier, Outbox
from ..workflows.send_mail import MailCarrier, mail_letter
from ..workflows.send_plan import FOLDER, MAIL, Rules
from .wiring import open_mailer
from .work import Work


def rules_of(work: Work) -> Rules:
    """What sending is held to."""
    settings = work.configuration
    by_mail = settings.delivery.way == "mail" and settings.mail is not None
    domains = settings.mail.domains if by_mail and settings.mail else ()
    return Rules(channel=MAIL if by_mail else FOLDER, domains=domains)


@contextmanager
def carrier_of(work: Work, results: Results) -> Iterator[Carrier]:
    """What brings documents to people; a connection is closed at the end of `with`."""
    settings, names = work.configuration, names_of(results)
    if rules_of(work).channel == FOLDER or settings.mail is None:
        yield Outbox(work.folder / settings.delivery.folder, work.folder, names)
        return
    with open_mailer(settings, work.book.path) as mailer:
        yield MailCarrier(
            mailer,
            mail_letter(work.folder),
            work.folder,
            names,
            results.settings,
            datetime.now(UTC),
            attach=settings.mail.link_or_attach == "attach",
        )
