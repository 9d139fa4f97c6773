"""What became of a mail, decided by where in the dialogue with the server it ended, and the sentence for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What is known of a mail after it was tried."""

    SENT = "sent"
    """The server said that it has taken the mail."""
    FAILED = "failed"
    """The server surely does not have it: the end of the mail was not sent, or was answered by a refusal."""
    UNCERTAIN = "uncertain"
    """The end of the mail was sent, and no answer came. Never tried again by itself."""


class Stage(StrEnum):
    """The steps of a delivery, in their order; the value says what the server was being asked."""

    COMPOSE = "before the mail server was asked"
    CONNECT = "when connecting"
    HELLO = "when greeting"
    TLS = "when securing the connection"
    LOGIN = "at the login"
    SENDER = "when the sender was named"
    RECIPIENT = "when the recipient was named"
    DATA = "before the mail was passed on"
    BODY = "while the mail was passed on"
    FINAL = "after the mail was passed on"


class Trouble(StrEnum):
    """Why a step ended otherwise than well."""

    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    UNKNOWN_NAME = "unknown name"
    DROPPED = "dropped"
    TOO_SLOW = "too slow"
    GARBLED = "garbled"
    CERTIFICATE = "certificate"
    INSECURE = "insecure"
    NO_LOGIN = "no login"
    NOT_ASCII = "not ascii"
    TOO_LARGE = "too large"
    NOT_MADE = "not made"


# Before these stages end well no mail gets through, whoever it is for.
_FOR_EVERY_MAIL = (Stage.CONNECT, Stage.HELLO, Stage.TLS, Stage.LOGIN, Stage.SENDER)
_MAY_PASS = (Trouble.UNREACHABLE, Trouble.UNKNOWN_NAME, Trouble.DROPPED, Trouble.TOO_SLOW, Trouble.GARBLED)

_SENTENCES = {
    Trouble.UNREACHABLE: "The mail server cannot be reached. Check server and port in careersheets.toml, and the network.",
    Trouble.UNKNOWN_NAME: "There is no mail server of this name. Check server in careersheets.toml, and the network.",
    Trouble.DROPPED: "The mail server ended the connection {stage}.",
    Trouble.TOO_SLOW: "The mail server did not answer in time {stage}.",
    Trouble.GARBLED: "The mail server answered in a way that is not SMTP {stage}. Check server, port and security in "
    "careersheets.toml.",
    Trouble.CERTIFICATE: "The certificate of the mail server is not valid for its name, or nobody we trust has signed it. "
    "Nothing was sent. Check server in careersheets.toml, or name your company's certificate authority there.",
    Trouble.INSECURE: "The mail server offers no secure connection that we can use. Nothing was sent. Check port and "
    "security in careersheets.toml.",
    Trouble.NO_LOGIN: "The mail server offers no way to log in by password. Ask its administrator for one that does.",
    Trouble.NOT_ASCII: "The recipient's address has letters beyond ASCII before the @, and the mail server does not take "
    "such addresses (SMTPUTF8). Use another address of this person.",
    Trouble.TOO_LARGE: "The mail is larger than the mail server takes. Let documents be linked instead of attached "
    "(link_or_attach in careersheets.toml).",
}
_REFUSALS = {
    Stage.CONNECT: "The mail server takes no connections from here{code}.",
    Stage.HELLO: "The mail server refused the greeting{code}.",
    Stage.TLS: "The mail server refused to secure the connection{code}. Nothing was sent.",
    Stage.LOGIN: "The mail server refused the login{code}. Check user in careersheets.toml, and the password.",
    Stage.SENDER: "The mail server does not let this sender send{code}. Check sender and user in careersheets.toml.",
    Stage.RECIPIENT: "The mail server refused the recipient{code}. Check the address.",
    Stage.DATA: "The mail server refused the mail{code}.",
    Stage.BODY: "The mail server refused the mail{code}.",
    Stage.FINAL: "The mail server refused the mail{code}.",
}
# RFC 3463: what the second and third number of an enhanced status say, where a person can act on it.
_MEANINGS = {
    "1.1": "There is no such mailbox.",
    "1.2": "There is no such domain.",
    "1.10": "The recipient's domain takes no mail.",
    "2.1": "The mailbox is switched off.",
    "2.2": "The mailbox is full.",
    "3.4": "The mail is too large; let documents be linked instead of attached.",
    "7.1": "It does not deliver this mail by its rules; ask its administrator.",
}
_ENHANCED = re.compile(rb"([245])\.(\d{1,3}\.\d{1,3})(?!\S)")


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one mail; holds neither address nor content.

    `may_pass` says that a later try may succeed and cannot make a second copy; `for_every_mail` that the next mail would
    fare the same; `code` is the server's three-digit answer, 0 where there was none.
    """

    outcome: Outcome
    stage: Stage
    sentence: str
    code: int = 0
    may_pass: bool = False
    for_every_mail: bool = False
    tries: int = 1


def sent(code: int = 250) -> Delivery:
    """The server took the mail."""
    return Delivery(Outcome.SENT, Stage.FINAL, "The mail server took the mail.", code)


def refused(stage: Stage, code: int, answer: bytes) -> Delivery:
    """The server said no: 4xx for now, everything else for good. Of its answer only numbers are kept."""
    enhanced = _ENHANCED.match(answer)
    shown = f"{code} {enhanced[0].decode('ascii')}" if enhanced else str(code)
    now = code // 100 == 4
    meaning = _MEANINGS.get(enhanced[2].decode("ascii"), "") if enhanced else ""
    sentence = _REFUSALS[stage].format(code=f" for now ({shown})" if now else f" ({shown})")
    parts = (sentence, meaning, "Send again later." if now else "")
    return Delivery(
        Outcome.FAILED,
        stage,
        " ".join(filter(None, parts)),
        code,
        may_pass=now,
        # 421 closes the door for everyone, at whatever stage it is said.
        for_every_mail=stage in _FOR_EVERY_MAIL or code == 421,
    )


def broken(stage: Stage, trouble: Trouble) -> Delivery:
    """The dialogue ended without an answer. After the end of the mail was sent, nobody here can know what became of it."""
    sentence = _SENTENCES[trouble].format(stage=stage.value)
    if stage is Stage.FINAL:
        sentence += " Nobody knows whether the mail arrived. Ask the recipient before you send it again."
        return Delivery(Outcome.UNCERTAIN, stage, sentence)
    may_pass = trouble in _MAY_PASS
    if may_pass and trouble is not Trouble.UNREACHABLE:
        sentence += " The mail was not delivered. Send again later."
    every = stage in _FOR_EVERY_MAIL and trouble is not Trouble.NOT_ASCII
    return Delivery(Outcome.FAILED, stage, sentence, may_pass=may_pass, for_every_mail=every)


def not_made(reason: str) -> Delivery:
    """The mail could not be put together, so no server was asked."""
    return Delivery(Outcome.FAILED, Stage.COMPOSE, reason)
