"""A mail server on this computer that goes wrong at the step and in the way it is told to."""

from __future__ import annotations

import re
import socket
import ssl
import struct
import threading
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

# The steps at which it asks whether to go wrong; "tls" is the handshake, "body" the middle of a mail, "dot" its end.
STEPS = ("connect", "ehlo", "starttls", "tls", "auth", "mail", "rcpt", "data", "body", "dot", "quit")
# What may go wrong. "taken, then ..." keeps the mail first, as a server does whose answer is lost on the way.
DROP, STALL, GARBAGE = "drop", "stall", "garbage"
TAKEN_THEN_DROP, TAKEN_THEN_STALL = "taken, then drop", "taken, then stall"


class _Over(Exception):
    """This connection is over."""


@dataclass
class Taken:
    """A mail that the server has said yes to, or would have."""

    sender: str
    recipients: list[str]
    data: bytes

    @property
    def message(self) -> EmailMessage:
        message = message_from_bytes(self.data, policy=default)
        assert isinstance(message, EmailMessage)
        return message

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])


@dataclass
class SmtpServer:
    """`next_fault` is asked at every step for an action, a text to answer with (such as "451 4.7.1 later"), or None."""

    next_fault: Callable[[str], str | None] = lambda step: None
    context: ssl.SSLContext | None = None
    tls_from_the_start: bool = False
    logins: dict[str, str] = field(default_factory=dict)
    extensions: tuple[str, ...] = ("SIZE 50000000", "8BITMIME")
    mechanisms: str = "PLAIN LOGIN"
    after_starttls: bytes = b""
    receive_buffer: int = 0
    hold: float = 10.0
    taken: list[Taken] = field(default_factory=list)
    injected: Counter[tuple[str, str]] = field(default_factory=Counter)
    said: list[str] = field(default_factory=list)
    connections: int = 0
    ending: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def message_ids(self) -> Counter[str]:
        with self.lock:
            return Counter(taken.message_id for taken in self.taken)

    @contextmanager
    def running(self) -> Iterator[int]:
        """Serve until the end of `with`; gives the port."""
        with socket.create_server(("127.0.0.1", 0)) as listener:
            if self.receive_buffer:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self.receive_buffer)
            threads: list[threading.Thread] = []
            accepting = threading.Thread(target=self._accept, args=(listener, threads), daemon=True)
            accepting.start()
            try:
                yield listener.getsockname()[1]
            finally:
                self.ending.set()
                listener.shutdown(socket.SHUT_RDWR)
                accepting.join(5)
                for thread in threads:
                    thread.join(self.hold + 5)

    def _accept(self, listener: socket.socket, threads: list[threading.Thread]) -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                self.connections += 1
                threads.append(threading.Thread(target=self._serve, args=(connection,), daemon=True))
                threads[-1].start()

    def _serve(self, connection: socket.socket) -> None:
        session = _Session(self, connection)
        with suppress(_Over, OSError):
            session.run()
        session.connection.close()

    def fault(self, step: str) -> str | None:
        with self.lock:
            action = self.next_fault(step)
            if action is not None:
                self.injected[step, action] += 1
            return action


class _Session:
    def __init__(self, server: SmtpServer, connection: socket.socket) -> None:
        self.server = server
        self.connection: Any = connection
        self.unread = b""
        self.secure = False
        self.sender, self.recipients = "", [""]

    def run(self) -> None:
        if self.server.tls_from_the_start:
            self.handshake()
        self.step("connect", "220 ready")
        verbs = {"EHLO": self.ehlo, "STARTTLS": self.starttls, "AUTH": self.auth, "MAIL": self.mail,
                 "RCPT": self.rcpt, "DATA": self.data, "RSET": self.rset, "QUIT": self.quit}  # fmt: skip
        while True:
            line = self.line()
            verb, space, rest = line.partition(" ")
            verb = verb.upper()
            with self.server.lock:
                self.server.said.append(verb + space + rest)
            verbs.get(verb, lambda _: self.answer("500 5.5.1 unknown"))(line)

    def ehlo(self, line: str) -> None:
        offers = list(self.server.extensions)
        if self.server.context and not self.secure:
            offers.append("STARTTLS")
        elif self.server.logins:
            offers.append(f"AUTH {self.server.mechanisms}")
        lines = ["mail.example", *offers]
        joined = "\r\n".join(
            f"250{'-' if number < len(lines) else ' '}{text}" for number, text in enumerate(lines, 1)
        )
        self.step("ehlo", joined)

    def starttls(self, line: str) -> None:
        if not self.step("starttls", "220 go ahead"):
            return
        if self.server.after_starttls:
            self.send(self.server.after_starttls)
        self.handshake()

    def handshake(self) -> None:
        action = self.server.fault("tls")
        if action == DROP:
            self.connection.recv(1, socket.MSG_PEEK)
        self.act(action)
        assert self.server.context is not None
        self.connection = self.server.context.wrap_socket(self.connection, server_side=True)
        self.secure, self.unread = True, b""

    def auth(self, line: str) -> None:
        _, mechanism, *rest = line.split(" ")
        if mechanism.upper() == "PLAIN":
            _, user, password = b64decode(rest[0]).decode().split("\0")
        else:
            self.answer("334 VXNlcm5hbWU6")
            user = b64decode(self.line()).decode()
            self.answer("334 UGFzc3dvcmQ6")
            password = b64decode(self.line()).decode()
        right = self.server.logins.get(user) == password
        self.step("auth", "235 welcome" if right else "535 5.7.8 wrong")

    def mail(self, line: str) -> None:
        found = re.fullmatch(r"MAIL FROM:<(\S+)>.*", line)
        assert found is not None, line
        self.sender, self.recipients = found[1], []
        self.step("mail", "250 ok")

    def rcpt(self, line: str) -> None:
        found = re.fullmatch(r"RCPT TO:<(\S+)>", line)
        assert found is not None, line
        if self.step("rcpt", "250 ok"):
            self.recipients.append(found[1])

    def rset(self, line: str) -> None:
        self.answer("250 ok")

    def quit(self, line: str) -> None:
        self.step("quit", "221 bye")
        raise _Over

    def data(self, line: str) -> None:
        if not self.step("data", "354 go ahead"):
            return
        action = self.server.fault("body")
        if action is not None:
            self.receive(256)
            if action[0].isdigit():
                self.answer(action)
                while True:
                    self.receive(1 << 16)
            self.act(action)
        while b"\r\n.\r\n" not in self.unread:
            self.receive(1 << 16)
        data, self.unread = self.unread.split(b"\r\n.\r\n", 1)
        self.end_of_mail(re.sub(rb"(?m)^\.\.", b".", data + b"\r\n"))

    def end_of_mail(self, data: bytes) -> None:
        action = self.server.fault("dot")
        if action is None or action.startswith("taken"):
            with self.server.lock:
                self.server.taken.append(Taken(self.sender, self.recipients, data))
        if action is not None and not action[0].isdigit():
            self.act(action.removeprefix("taken, then "))
        self.answer(action or "250 2.0.0 taken")

    def step(self, step: str, well: str) -> bool:
        """Answer well, or go wrong as told; whether it went well."""
        action = self.server.fault(step)
        if action is None or action[0].isdigit():
            self.answer(action or well)
            if action and action.startswith("421"):
                raise _Over
            return action is None and well[0] in "23"
        self.act(action)
        return True

    def act(self, action: str | None) -> None:
        if action is None:
            return
        if action == GARBAGE:
            self.answer("HTTP/1.1 400 Bad Request")
        if action == DROP:
            # Zero seconds of lingering: the other end sees the connection reset.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if action == STALL:
            self.server.ending.wait(self.server.hold)
        raise _Over

    def line(self) -> str:
        while b"\r\n" not in self.unread:
            self.receive(4096)
        line, self.unread = self.unread.split(b"\r\n", 1)
        return line.decode("utf-8")

    def receive(self, most: int) -> None:
        data = self.connection.recv(most)
        if not data:
            raise _Over
        self.unread += data

    def answer(self, text: str) -> None:
        self.send(text.encode() + b"\r\n")

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)


def script(*steps: tuple[str, str]) -> Callable[[str], str | None]:
    """Faults that happen once each, in this order at their step."""
    left = list(steps)

    def next_fault(step: str) -> str | None:
        found = next((fault for fault in left if fault[0] == step), None)
        if found is None:
            return None
        left.remove(found)
        return found[1]

    return next_fault
