"""From a server's name to a connection that is secure, greeted and logged in."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .mail_dialogue import Dialogue, DialogueEnded, SecureDialogue, Timeouts
from .mail_outcome import Stage, Trouble, broken

Security = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over. `none` as security is for a server on this computer only."""

    host: str
    port: int
    security: Security = "starttls"
    user: str = ""
    certificate_authority: Path | None = None


def open_dialogue(server: MailServer, password: str, timeouts: Timeouts, context: ssl.SSLContext) -> Dialogue:
    """A connection that is secure, greeted and logged in.

    Raises:
        DialogueEnded: it did not come to that; nothing was sent.
    """
    dialogue = _connect(server, timeouts, context)
    try:
        _settle(dialogue, server, password, context)
    except BaseException:
        dialogue.close()
        raise
    return dialogue


def _settle(dialogue: Dialogue, server: MailServer, password: str, context: ssl.SSLContext) -> None:
    if server.security == "none":
        dialogue.check_is_loopback()
    dialogue.greet()
    if server.security == "starttls":
        try:
            dialogue.secure(context)
        except OSError as error:
            raise DialogueEnded(broken(Stage.TLS, _trouble_of(error))) from error
    if server.user:
        dialogue.log_in(server.user, password)


def _connect(server: MailServer, timeouts: Timeouts, context: ssl.SSLContext) -> Dialogue:
    try:
        if server.security == "tls":
            return SecureDialogue(server.host, server.port, timeouts, context=context)
        return Dialogue(server.host, server.port, timeouts)
    except (OSError, UnicodeError) as error:
        stage = Stage.TLS if isinstance(error, ssl.SSLError) else Stage.CONNECT
        raise DialogueEnded(broken(stage, _trouble_of(error))) from error


def _trouble_of(error: OSError | UnicodeError) -> Trouble:
    """Order matters: each kind is named before those it is a kind of."""
    troubles: tuple[tuple[type[Exception], Trouble], ...] = (
        (ssl.SSLCertVerificationError, Trouble.CERTIFICATE),
        (ssl.SSLEOFError, Trouble.DROPPED),
        (ssl.SSLZeroReturnError, Trouble.DROPPED),
        (ssl.SSLError, Trouble.INSECURE),
        (TimeoutError, Trouble.TOO_SLOW),
        (socket.gaierror, Trouble.UNKNOWN_NAME),
        (UnicodeError, Trouble.UNKNOWN_NAME),
        (ConnectionResetError, Trouble.DROPPED),
        (BrokenPipeError, Trouble.DROPPED),
    )
    return next((trouble for kind, trouble in troubles if isinstance(error, kind)), Trouble.UNREACHABLE)
