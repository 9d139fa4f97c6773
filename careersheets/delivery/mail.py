"""One mail to one recipient by SMTP: sent, failed or uncertain, and never anything else.

What surely did not arrive and may pass (4xx, a connection broken before the end of the mail) is tried again, later and
later. What may have arrived is never tried again here. Source: REQUIREMENTS X6.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from dataclasses import replace
from types import TracebackType

from tenacity import RetryError, Retrying, retry_if_result, stop_after_attempt, wait_random_exponential

from ..model.errors import InputError
from ..tables.mail_address import MailAddress
from .mail_connection import MailServer, open_dialogue
from .mail_dialogue import Dialogue, DialogueEnded, Timeouts
from .mail_message import Attachment, Mail, MailRefused, Sender, compose, message_id_of
from .mail_outcome import Delivery, Outcome, Stage, not_made

__all__ = [
    "Attachment",
    "Delivery",
    "Mail",
    "MailAddress",
    "MailServer",
    "Mailer",
    "Outcome",
    "Sender",
    "Stage",
    "Timeouts",
    "message_id_of",
]

# Servers limit how many mails one connection may bring.
_MAILS_PER_CONNECTION = 50
_LONGEST_WAIT = 60


class Mailer:
    """Sends mails over one connection, opened at the first and opened anew when it breaks; closed at the end of `with`."""

    def __init__(
        self,
        server: MailServer,
        sender: Sender,
        password: str = "",
        *,
        attempts: int = 3,
        mails_per_minute: int = 0,
        timeouts: Timeouts | None = None,
        first_wait: float = 1.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`attempts` per mail, the first included; `first_wait` in seconds; 0 mails per minute stands for any number."""
        self._server = server
        self._sender = sender
        self._password = password
        self._timeouts = timeouts or Timeouts()
        self._context = _trusting(server)
        self._pause = 60 / mails_per_minute if mails_per_minute else 0.0
        self._not_before = 0.0
        self._sleep = sleep
        self._dialogue: Dialogue | None = None
        self._mails = 0
        self._retrying = Retrying(
            retry=retry_if_result(lambda delivery: delivery.may_pass),
            stop=stop_after_attempt(max(attempts, 1)),
            wait=wait_random_exponential(multiplier=first_wait, max=_LONGEST_WAIT),
            sleep=sleep,
        )

    def __enter__(self) -> Mailer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def send(self, mail: Mail) -> Delivery:
        """Send one mail and say what became of it; no trouble with a mail or a server is raised."""
        try:
            data = compose(mail, self._sender)
        except MailRefused as error:
            return not_made(str(error))
        self._keep_pace()
        tries = 0

        def one_more_time() -> Delivery:
            nonlocal tries
            tries += 1
            return self._try(mail, data)

        try:
            delivery = self._retrying(one_more_time)
        except RetryError as error:
            delivery = error.last_attempt.result()
        return replace(delivery, tries=tries)

    def try_server(self) -> Delivery | None:
        """Connect, secure, log in, and send nothing; what went wrong, or None."""
        try:
            self._open()
        except DialogueEnded as end:
            return end.delivery
        finally:
            self.close()
        return None

    def close(self) -> None:
        """Say goodbye to the server; a later mail opens a new connection."""
        if self._dialogue is not None:
            self._dialogue.end()
            self._dialogue = None

    def _try(self, mail: Mail, data: bytes) -> Delivery:
        try:
            dialogue = self._open()
            delivery = dialogue.hand_over(self._sender.address, mail.recipient, data)
            self._mails += 1
        except DialogueEnded as end:
            delivery = end.delivery
            self._let_go(delivery)
        except BaseException:
            self._drop()
            raise
        return delivery

    def _open(self) -> Dialogue:
        if self._dialogue is not None and self._mails >= _MAILS_PER_CONNECTION:
            self.close()
        if self._dialogue is not None and not self._dialogue.is_idle():
            self._drop()
        if self._dialogue is None:
            self._dialogue = open_dialogue(self._server, self._password, self._timeouts, self._context)
            self._mails = 0
        return self._dialogue

    def _let_go(self, delivery: Delivery) -> None:
        """After a plain refusal the connection serves the next mail; after anything else nobody knows where it stands."""
        plain = delivery.code not in (0, 421) and delivery.stage in (
            Stage.SENDER,
            Stage.RECIPIENT,
            Stage.DATA,
            Stage.FINAL,
        )
        if self._dialogue is not None and not (plain and self._dialogue.start_over()):
            self._drop()

    def _drop(self) -> None:
        if self._dialogue is not None:
            self._dialogue.close()
            self._dialogue = None

    def _keep_pace(self) -> None:
        now = time.monotonic()
        if self._pause and now < self._not_before:
            self._sleep(self._not_before - now)
        self._not_before = max(now, self._not_before) + self._pause


def _trusting(server: MailServer) -> ssl.SSLContext:
    """Certificates verified against the system's authorities, or the one that the installation names."""
    file = server.certificate_authority
    try:
        context = ssl.create_default_context(cafile=file)
    except OSError as error:
        name = file.name if file else ""
        raise InputError(
            f'The certificate authority "{name}" cannot be read. It must be a text file in PEM form that begins with '
            "-----BEGIN CERTIFICATE-----. See certificate_authority in careersheets.toml."
        ) from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
