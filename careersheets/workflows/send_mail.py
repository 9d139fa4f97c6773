"""The mail channel: one message to one recipient, with the documents about one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from ..delivery.mail_message import Attachment, Mail
from ..delivery.mail_outcome import Delivery, Outcome
from ..documents.letters import Letter
from ..documents.making import prepare_letter
from ..ledger.records import DeliveryState
from ..model.errors import CareersheetsError
from ..tables.mail_address import AddressRefused, parse_address
from ..tables.settings import WorkbookSettings
from .send import Parcel
from .shipped import template_folders

TEMPLATES = ("documents_mail.txt", "documents_mail.html")
_STATES = {
    Outcome.SENT: DeliveryState.SENT,
    Outcome.FAILED: DeliveryState.FAILED,
    Outcome.UNCERTAIN: DeliveryState.UNCERTAIN,
}


class Sends(Protocol):
    """What brings one mail to a server."""

    def send(self, mail: Mail) -> Delivery:
        """Send it and say what became of it; raises nothing."""
        ...


@dataclass(slots=True)
class MailCarrier:
    """Brings parcels by mail.

    `names` are names by employee id; `now` is the moment of the run, with its time zone; `attach` whether documents go
    along, or the mail says where they lie.
    """

    mailer: Sends
    letter: Letter
    folder: Path
    names: Mapping[str, str]
    settings: WorkbookSettings
    now: datetime
    attach: bool = True
    has_given_up: bool = field(default=False, init=False)

    def deliver(self, parcel: Parcel) -> tuple[DeliveryState, str]:
        """Send one parcel."""
        try:
            mail = self._mail(parcel)
        except (AddressRefused, CareersheetsError) as error:
            return DeliveryState.FAILED, str(error)
        except OSError:
            return DeliveryState.FAILED, "A document cannot be read."
        delivery = self.mailer.send(mail)
        self.has_given_up = delivery.for_every_mail
        return _STATES[delivery.outcome], "" if delivery.outcome is Outcome.SENT else delivery.sentence

    def _mail(self, parcel: Parcel) -> Mail:
        subject, text, html = self.letter.texts(self._context(parcel))
        files = [
            Attachment(
                PurePosixPath(item.document.path).name, (self.folder / item.document.path).read_bytes()
            )
            for item in parcel.items
            if self.attach
        ]
        recipient = parse_address(parcel.address)
        return Mail(recipient, subject, text, parcel.message_id, self.now, html, tuple(files))

    def _context(self, parcel: Parcel) -> dict[str, Any]:
        documents = [
            {
                "kind": item.kind.title,
                "file": PurePosixPath(item.document.path).name,
                "place": "" if self.attach else str(self.folder / item.document.path),
            }
            for item in parcel.items
        ]
        return {
            "name": self.names.get(parcel.recipient, "colleague"),
            "about": self.names.get(parcel.person, parcel.person),
            "is_own": parcel.person == parcel.recipient,
            "documents": documents,
            "organisation": self.settings.organisation,
            "document": {"language": self.settings.language},
        }


def mail_letter(folder: Path) -> Letter:
    """The letter documents travel with: HR's own from the folder `doc_templates` in `folder`, else the shipped one.

    Raises:
        TemplateRefused: it is not usable at all.
        TemplateFault: a tag cannot be followed.
    """
    return prepare_letter(TEMPLATES, template_folders(folder))
