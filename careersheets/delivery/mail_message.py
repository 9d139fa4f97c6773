"""One mail as bytes: the same mail gives the same bytes, and no text of it can become a header or an end of mail."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import PurePath

from ..model.errors import UsageError
from ..tables.mail_address import MailAddress
from ..tables.mail_headers import WHOLE_HEADERS

LONGEST_SUBJECT = 200
_CONTENT_TYPES = {
    ".docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".ics": ("text", "calendar"),
    ".pdf": ("application", "pdf"),
    ".zip": ("application", "zip"),
}
_TURNS_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9._+=-]{1,120}@[A-Za-z0-9.-]{1,120}>")


class MailRefused(UsageError):
    """A mail that cannot be made; nothing was sent."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The mail was not made: {reason}.")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along; its name is what the reader sees, its ending says what it is."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mail:
    """One message to one recipient.

    `message_id` is made outside, by `message_id_of`, so that a mail tried twice is the same mail; `date` is the moment of
    the first try, with its time zone.
    """

    recipient: MailAddress
    subject: str = field(repr=False)
    text: str = field(repr=False)
    message_id: str
    date: datetime
    html: str = field(default="", repr=False)
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Sender:
    """Who a mail is from, as its reader sees it."""

    address: MailAddress
    name: str = ""


def message_id_of(delivery_id: str, sender: MailAddress) -> str:
    """The Message-ID of a delivery: always the same one, telling nothing but the id of the delivery."""
    digest = hashlib.sha256(delivery_id.encode("utf-8")).hexdigest()[:32]
    return f"<careersheets.{digest}@{sender.domain}>"


def compose(mail: Mail, sender: Sender) -> bytes:
    """The mail as it goes over the wire, lines ended by CR LF.

    Raises:
        MailRefused: a text of the header has a line break, the date no time zone, or an attachment an impossible name.
    """
    _check(mail, sender)
    message = EmailMessage(policy=WHOLE_HEADERS.clone(utf8=not mail.recipient.is_ascii))
    message["From"] = Address(display_name=sender.name, addr_spec=sender.address.addr_spec)
    message["To"] = _to(mail.recipient)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.date)
    message["Message-ID"] = mail.message_id
    # RFC 3834: no answering machine answers, so nobody's holiday reaches HR by way of a document.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text, cte="quoted-printable")
    if mail.html:
        message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    for attachment in mail.attachments:
        _attach(message, attachment)
    _set_boundaries(message, mail.message_id)
    return message.as_bytes()


def _check(mail: Mail, sender: Sender) -> None:
    for what, text in (("the subject", mail.subject), ("the sender's name", sender.name)):
        if _has_control_character(text):
            raise MailRefused(f"{what} has a line break or an invisible character; take it out")
    if not mail.subject.strip() or len(mail.subject) > LONGEST_SUBJECT:
        raise MailRefused(f"the subject is empty or longer than {LONGEST_SUBJECT} characters; change it")
    if not _MESSAGE_ID.fullmatch(mail.message_id):
        raise MailRefused("its Message-ID is not of the form <name@domain>; please report this")
    if mail.date.tzinfo is None:
        raise MailRefused("its date has no time zone; please report this")
    if not sender.address.is_ascii:
        raise MailRefused("the sender's address has letters beyond ASCII before the @; use another sender")
    for text in (mail.text, mail.html):
        if any(unicodedata.category(character) == "Cs" for character in text):
            raise MailRefused("its text has half a character in it; type the text anew")


def _to(recipient: MailAddress) -> Address:
    """Exactly one; the library reads no whole address beyond ASCII, only its two halves."""
    if recipient.is_ascii:
        return Address(addr_spec=recipient.addr_spec)
    return Address(username=recipient.local_part, domain=recipient.domain)


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    name = unicodedata.normalize("NFC", attachment.name)
    if (
        not name.strip(" .")
        or len(name) > 200
        or re.search(r'[/\\:*?"<>|]', name)
        or _has_control_character(name)
    ):
        raise MailRefused("an attachment has a name that is not possible everywhere; rename the document")
    main, sub = _CONTENT_TYPES.get(PurePath(name).suffix.lower(), ("application", "octet-stream"))
    message.add_attachment(attachment.data, maintype=main, subtype=sub, filename=name)


def _has_control_character(text: str) -> bool:
    """Line breaks of every kind, and what turns the direction of writing; joiners that names need are none."""
    return any(
        unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in _TURNS_DIRECTION
        for character in text
    )


def _set_boundaries(message: EmailMessage, message_id: str) -> None:
    """A boundary has `=_`, which neither base64 nor quoted-printable can contain, so no content can hold it."""
    digest = hashlib.sha256(message_id.encode("ascii")).hexdigest()[:24]
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_careersheets_{digest}_{number}")
