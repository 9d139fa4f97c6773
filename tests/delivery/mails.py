"""Mails and mailers of the tests; everyone in them is invented."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from careersheets.delivery.mail import Attachment, Mail, Mailer, MailServer, Sender, Timeouts, message_id_of
from careersheets.tables.mail_address import parse_address

SENDER = Sender(parse_address("people@firm.example"), "People & Culture, Łódź")
PASSWORD = "pässwörd-ключ-鍵"  # noqa: S105 - of a server that lives as long as a test
WORD = Attachment("Gap report Chipo Mutasa L1011.docx", b"PK\x03\x04" + bytes(range(256)) * 8)
# Long enough for a busy machine, short enough for a test that waits for each.
QUICK = Timeouts(connect=2, answer=0.4, body=0.4, final=0.4)


def mail(name: str = "noor", text: str = "Please find the report attached.", **changes: Any) -> Mail:
    """A mail to name@firm.example, its Message-ID derived from the name."""
    fields: dict[str, Any] = {
        "recipient": parse_address(f"{name}@firm.example"),
        "subject": "Career conversation",
        "text": text,
        "html": f"<p>{text}</p>",
        "attachments": (WORD,),
        "message_id": message_id_of(f"delivery-{name}", SENDER.address),
        "date": datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
    }
    return Mail(**fields | changes)


def mailer(
    port: int,
    authority: Path | None = None,
    *,
    security: Any = "none",
    user: str = "",
    host: str = "127.0.0.1",
    **options: Any,
) -> Mailer:
    """A mailer that asks once and waits shortly, unless told otherwise."""
    server = MailServer(host, port, security, user, authority)
    settings: dict[str, Any] = {"attempts": 1, "timeouts": QUICK, "first_wait": 0.001}
    return Mailer(server, SENDER, PASSWORD if user else "", **settings | options)
