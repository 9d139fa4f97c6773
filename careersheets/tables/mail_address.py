"""Which text is one e-mail address, and who may be written to.

What is allowed is narrower than RFC 5321: no quoted local parts, no comments, no address literals, no display name, no
second address. Whoever needs one of these is told so; nobody is written to by guesswork.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from ..model.errors import UsageError

LONGEST_LOCAL_PART = 64
LONGEST_ADDRESS = 254
# Letters that the older rules for domain names turn into others: a letter for one company would reach another.
_READ_IN_TWO_WAYS = frozenset("ßς\u200c\u200d")
_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


class AddressRefused(UsageError):
    """A text that is not exactly one e-mail address; the text itself is not repeated."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The e-mail address {reason}.")


@dataclass(frozen=True, slots=True)
class MailAddress:
    """One address: the local part as written (NFC), the domain in its ASCII form, in small letters."""

    local_part: str
    domain: str

    @property
    def addr_spec(self) -> str:
        """As it stands in the envelope and in the header."""
        return f"{self.local_part}@{self.domain}"

    @property
    def key(self) -> str:
        """What two ways of writing one address share; only for comparing, never to send to."""
        return f"{self.local_part.casefold()}@{self.domain}"

    @property
    def is_ascii(self) -> bool:
        """Whether every server can take it; the others need SMTPUTF8."""
        return self.local_part.isascii()

    def __str__(self) -> str:
        """For people: the domain in its own script."""
        return f"{self.local_part}@{_in_its_script(self.domain)}"


def parse_address(text: str) -> MailAddress:
    """The one address in `text`; blanks around it do not count.

    Raises:
        AddressRefused: it is none, or more than one, or of a kind that is not written to.
    """
    text = unicodedata.normalize("NFC", text.strip(" "))
    _check_characters(text)
    local_part, at, domain = text.partition("@")
    if not at or not local_part or not domain:
        raise AddressRefused("is not complete: it needs a name, an @ and a domain, such as name@example.com")
    if "@" in domain:
        raise AddressRefused("has more than one @; enter exactly one address")
    _check_local_part(local_part)
    address = MailAddress(local_part, ascii_domain(domain))
    if len(address.addr_spec.encode("utf-8")) > LONGEST_ADDRESS:
        raise AddressRefused(f"is longer than {LONGEST_ADDRESS} characters")
    return address


def is_address(text: str) -> bool:
    """Whether `text` is one e-mail address."""
    try:
        parse_address(text)
    except AddressRefused:
        return False
    return True


def ascii_domain(text: str) -> str:
    """A domain as the network knows it: `Bücher.example` is `xn--bcher-kva.example`.

    Raises:
        AddressRefused: it is no domain, or its name can be read in two ways.
    """
    text = unicodedata.normalize("NFC", text.strip(" ")).lower()
    if _READ_IN_TWO_WAYS & set(text):
        raise AddressRefused(
            "has a domain whose letters can be read in two ways (such as ß); write the domain in its xn-- form"
        )
    domain = text if text.isascii() else _encoded(text)
    labels = domain.split(".")
    if len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)) or labels[-1].isdigit():
        raise AddressRefused("has a domain that cannot exist; it looks like example.com")
    if not text.isascii() and _in_its_script(domain) != text:
        raise AddressRefused("has a domain with unusual letters; write the domain in its xn-- form")
    return domain


def is_same_address(one: str, other: str) -> bool:
    """Whether two texts name one mailbox; capitals and the way a domain is written make no difference.

    A text that is no address is the same as nothing: whoever compares to hold a recipient back, holds it back.
    """
    try:
        return parse_address(one).key == parse_address(other).key
    except AddressRefused:
        return False


def is_new_address(address: MailAddress, known: Iterable[str]) -> bool:
    """Whether nothing was ever sent to this address; `known` are the addresses of finished deliveries."""
    return not any(is_same_address(address.addr_spec, before) for before in known)


def check_domain(address: MailAddress, allowed_domains: Iterable[str]) -> None:
    """Refuse an address outside the allowed domains; a domain allows itself, not those below it.

    Raises:
        AddressRefused: the domain is not on the list.
    """
    if address.domain not in {ascii_domain(domain) for domain in allowed_domains}:
        raise AddressRefused(
            "lies outside the domains that documents may go to; correct it on the sheet People, "
            "or let the administrator add the domain to allowed_domains in careersheets.toml"
        )


def _encoded(domain: str) -> str:
    """The ASCII form; empty where there is none. Long texts are not tried: the time grows with their square."""
    try:
        return domain.encode("idna").decode("ascii") if len(domain) <= LONGEST_ADDRESS else ""
    except UnicodeError:
        return ""


def _in_its_script(domain: str) -> str:
    try:
        return domain.encode("ascii").decode("idna")
    except UnicodeError:
        return domain


def _check_characters(text: str) -> None:
    is_plain = text.isascii() and text.isprintable()
    if not is_plain and any(unicodedata.category(character)[0] == "C" for character in text):
        raise AddressRefused("has a line break or an invisible character in it; type it anew")
    if re.search(r"[,;]", text):
        raise AddressRefused("has a comma or semicolon in it; enter exactly one address")
    if re.search(r'[\s<>()\[\]:\\"]', text):
        raise AddressRefused(
            "has a blank, bracket or quotation mark in it; enter the bare address, without a name"
        )


def _check_local_part(text: str) -> None:
    if len(text.encode("utf-8")) > LONGEST_LOCAL_PART:
        raise AddressRefused(f"has more than {LONGEST_LOCAL_PART} characters before the @")
    for atom in text.split("."):
        ascii_part = atom if atom.isascii() else "".join(filter(str.isascii, atom))
        if not atom or (ascii_part and not _ATOM.fullmatch(ascii_part)):
            raise AddressRefused(
                "has two dots in a row, a dot at an end, or an impossible character before the @"
            )
