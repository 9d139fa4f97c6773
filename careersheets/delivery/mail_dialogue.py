"""One connection to a mail server. smtplib speaks the protocol; here every answer has a deadline and every break a stage.

smtplib alone would not tell after which byte a delivery broke, waits as long as a server keeps dripping, and sends no
password beyond ASCII.
"""

from __future__ import annotations

import re
import select
import smtplib
import socket
import ssl
import time
from base64 import b64encode
from dataclasses import dataclass, replace
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, NoReturn

from ..tables.mail_address import MailAddress
from .mail_outcome import Delivery, Stage, Trouble, broken, refused, sent

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_BLOCK = 1 << 16
_GOODBYE = 5.0
_MOST_LINES = 200
_LONGEST_LINE = 4096
_ANSWER_LINE = re.compile(rb"([2-5]\d\d)([ -]?)(.*)")
# What we call ourselves: an address literal, so that neither the network nor the mail learns this computer's name.
_OURSELVES = "[127.0.0.1]"


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds. The last is long (RFC 5321 asks for ten minutes) since giving up after the mail leaves it uncertain."""

    connect: float = 20
    answer: float = 60
    body: float = 60
    final: float = 300


class DialogueEnded(Exception):
    """The dialogue came to another end than a taken mail."""

    def __init__(self, delivery: Delivery) -> None:
        super().__init__(delivery.sentence)
        self.delivery = delivery


class Dialogue(smtplib.SMTP):
    """A connection, from its first byte; `open_dialogue` brings it to the point where mails can be handed over."""

    def __init__(self, host: str, port: int, timeouts: Timeouts, **options: Any) -> None:
        self.stage = Stage.CONNECT
        self._timeouts = timeouts
        self._server_name = host
        self._unread = b""
        try:
            super().__init__(host, port, local_hostname=_OURSELVES, timeout=timeouts.connect, **options)
        except smtplib.SMTPResponseException as error:
            answer = error.smtp_error if isinstance(error.smtp_error, bytes) else error.smtp_error.encode()
            raise DialogueEnded(refused(Stage.CONNECT, error.smtp_code, answer)) from error
        except BaseException:
            self.close()
            raise
        # Without it the line that ends a mail waits for the server's word that the mail came through.
        self._socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, s: ReadableBuffer | str) -> None:
        """Put bytes on their way, all of them before the deadline."""
        data = s.encode(self.command_encoding) if isinstance(s, str) else s
        seconds = self._timeouts.body if self.stage is Stage.BODY else self._timeouts.answer
        try:
            self._socket().settimeout(seconds)
            self._socket().sendall(data)
        except TimeoutError as error:
            raise self._broken(Trouble.TOO_SLOW) from error
        except OSError as error:
            raise self._broken(Trouble.DROPPED) from error

    def getreply(self) -> tuple[int, bytes]:
        """The server's whole answer before the deadline: its code, and its lines."""
        deadline = time.monotonic() + (
            self._timeouts.final if self.stage is Stage.FINAL else self._timeouts.answer
        )
        codes, lines = set(), []
        for _ in range(_MOST_LINES):
            found = _ANSWER_LINE.fullmatch(self._line(deadline))
            if found is None:
                break
            codes.add(int(found[1]))
            lines.append(found[3])
            if found[2] != b"-":
                if len(codes) == 1:
                    return codes.pop(), b"\n".join(lines)
                break
        raise self._broken(Trouble.GARBLED)

    def ask(self, stage: Stage, command: str, *expected: int) -> bytes:
        """Say one line; anything but an expected answer ends the delivery at this stage."""
        self.stage = stage
        code, answer = self.docmd(command)
        if code not in expected:
            self.refuse(code, answer)
        return answer

    def refuse(self, code: int, answer: bytes) -> NoReturn:
        """End with the server's refusal; an answer that belongs to no question is no refusal."""
        if code < 400:
            raise self._broken(Trouble.GARBLED)
        if code == 552:
            raise self._broken(Trouble.TOO_LARGE)
        raise DialogueEnded(refused(self.stage, code, answer))

    def secure(self, context: ssl.SSLContext) -> None:
        """STARTTLS; nothing that came unencrypted counts afterwards."""
        self.stage = Stage.TLS
        if not self.has_extn("starttls"):
            raise self._broken(Trouble.INSECURE)
        code, answer = self.docmd("STARTTLS")
        if code != 220:
            self.refuse(code, answer)
        if not self.is_idle():
            # Ended; or someone on the way slipped in an answer that would have been taken for one from inside.
            self._unread = self._unread or self._receive(time.monotonic())
            raise self._broken(Trouble.INSECURE)
        self.sock = secured = context.wrap_socket(self._socket(), server_hostname=self._server_name)
        if secured.version() is None:
            # On a connection that broke just before, the handshake is left out without a word.
            raise self._broken(Trouble.DROPPED)
        self.greet()

    def greet(self) -> None:
        """EHLO."""
        self.stage = Stage.HELLO
        code, answer = self.ehlo()
        if code != 250:
            self.refuse(code, answer)

    def check_is_loopback(self) -> None:
        """Unencrypted only to this very computer, whatever name it was reached by."""
        self.stage = Stage.TLS
        if not ip_address(self._socket().getpeername()[0].partition("%")[0]).is_loopback:
            raise self._broken(Trouble.INSECURE)

    def log_in(self, user: str, password: str) -> None:
        """By PLAIN, or LOGIN where that is all there is; RFC 4616 takes any Unicode password."""
        self.stage = Stage.LOGIN
        offered = self.esmtp_features.get("auth", "").upper().split()
        if "PLAIN" in offered:
            self.ask(Stage.LOGIN, "AUTH PLAIN " + _base64(f"\0{user}\0{password}"), 235)
        elif "LOGIN" in offered:
            self.ask(Stage.LOGIN, "AUTH LOGIN", 334)
            self.ask(Stage.LOGIN, _base64(user), 334)
            self.ask(Stage.LOGIN, _base64(password), 235)
        else:
            raise self._broken(Trouble.NO_LOGIN)

    def hand_over(self, sender: MailAddress, recipient: MailAddress, data: bytes) -> Delivery:
        """One mail to one recipient.

        Raises:
            DialogueEnded: the mail was not taken, or nobody knows; the stage at the break decides which.
        """
        options = self._options(recipient, len(data))
        self.ask(Stage.SENDER, f"MAIL FROM:<{sender.addr_spec}>{options}", 250)
        self.ask(Stage.RECIPIENT, f"RCPT TO:<{recipient.addr_spec}>", 250, 251)
        self.ask(Stage.DATA, "DATA", 354)
        self._pass_on(re.sub(rb"(?m)^\.", b"..", data))
        # A send that fails has not given its last byte away, so up to here no server can have taken the mail.
        self.stage = Stage.FINAL
        code, answer = self.getreply()
        if code // 100 != 2:
            self.refuse(code, answer)
        return sent(code)

    def is_idle(self) -> bool:
        """Whether the connection still stands; a server that has hung up, or has something to say, is not idle."""
        return self.sock is not None and not self._unread and not _has_something(self.sock)

    def start_over(self) -> bool:
        """Forget a refused mail; False where only a new connection will do."""
        try:
            self.ask(Stage.SENDER, "RSET", 250)
        except DialogueEnded:
            return False
        return True

    def end(self) -> None:
        """Say goodbye; what the server makes of it changes nothing any more."""
        self._timeouts = replace(self._timeouts, answer=min(self._timeouts.answer, _GOODBYE))
        try:
            self.ask(Stage.HELLO, "QUIT", 221)
        except DialogueEnded:
            pass
        finally:
            self.close()

    def _options(self, recipient: MailAddress, size: int) -> str:
        self.stage = Stage.RECIPIENT
        most = self.esmtp_features.get("size", "")
        if most.isdecimal() and 0 < int(most) < size:
            raise self._broken(Trouble.TOO_LARGE)
        options = f" SIZE={size}" if self.has_extn("size") else ""
        self.command_encoding = "ascii"
        if not recipient.is_ascii:
            if not self.has_extn("smtputf8"):
                raise self._broken(Trouble.NOT_ASCII)
            self.command_encoding = "utf-8"
            options += " SMTPUTF8"
        return options

    def _pass_on(self, data: bytes) -> None:
        """The mail and the line that ends it; a server that speaks before the end does not get the end."""
        self.stage = Stage.BODY
        blocks = [data[start : start + _BLOCK] for start in range(0, len(data), _BLOCK)]
        for block in (*blocks, b".\r\n"):
            if not self.is_idle():
                self.refuse(*self.getreply())
            self.send(block)

    def _line(self, deadline: float) -> bytes:
        while b"\n" not in self._unread:
            if len(self._unread) > _LONGEST_LINE:
                raise self._broken(Trouble.GARBLED)
            self._unread += self._receive(deadline)
        line, _, self._unread = self._unread.partition(b"\n")
        return line.rstrip(b"\r")

    def _receive(self, deadline: float) -> bytes:
        try:
            self._socket().settimeout(max(deadline - time.monotonic(), 0.001))
            data = self._socket().recv(_LONGEST_LINE)
        except TimeoutError as error:
            raise self._broken(Trouble.TOO_SLOW) from error
        except OSError as error:
            raise self._broken(Trouble.DROPPED) from error
        if not data:
            raise self._broken(Trouble.DROPPED)
        return data

    def _socket(self) -> socket.socket:
        if self.sock is None:
            raise self._broken(Trouble.DROPPED)
        return self.sock

    def _broken(self, trouble: Trouble) -> DialogueEnded:
        return DialogueEnded(broken(self.stage, trouble))


class SecureDialogue(Dialogue, smtplib.SMTP_SSL):
    """TLS before the first word."""


def _base64(text: str) -> str:
    return b64encode(text.encode("utf-8")).decode("ascii")


def _has_something(waiting: socket.socket) -> bool:
    """Whether something can be read at once; a closed connection can."""
    if isinstance(waiting, ssl.SSLSocket) and waiting.pending():
        return True
    try:
        return bool(select.select([waiting], [], [], 0)[0])
    except (OSError, ValueError):
        return True
