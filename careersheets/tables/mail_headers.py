"""How the headers of a mail are written, with no space lost.

The library writes a long text beyond ASCII as several encoded words, and readers drop the space between two of them
(RFC 2047, 6.2): of a subject of several words some would come out as one. Here the spaces are encoded too.
"""

from __future__ import annotations

from email.header import Header
from email.headerregistry import Address
from email.policy import SMTP, EmailPolicy
from typing import Any

_LONGEST_WORD = 60


class _EverySpace(EmailPolicy):
    """As `email.policy.SMTP`; texts beyond ASCII are encoded whole."""

    def fold(self, name: str, value: Any) -> str:
        """One header, folded."""
        if self.utf8 or hasattr(value, "params") or _is_plain(str(value)):
            return str(super().fold(name, value))
        addresses = getattr(value, "addresses", None)
        if addresses is None:
            return f"{name}: {_encoded(value, len(name) + 2)}{self.linesep}"
        joined = f",{self.linesep} ".join(_address(address, len(name) + 2) for address in addresses)
        return f"{name}: {joined}{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:
        """One header, folded, as bytes."""
        return self.fold(name, value).encode("utf-8" if self.utf8 else "ascii", "surrogateescape")


WHOLE_HEADERS = _EverySpace(linesep=SMTP.linesep, max_line_length=SMTP.max_line_length)


def _is_plain(text: str) -> bool:
    """Whether the library writes `text` as it is: nothing beyond ASCII, no word too long for a line."""
    return text.isascii() and all(len(word) <= _LONGEST_WORD for word in text.split())


def _address(address: Address, taken: int) -> str:
    if _is_plain(address.display_name):
        return str(address)
    return f"{_encoded(address.display_name, taken)}\r\n <{address.addr_spec}>"


def _encoded(text: str, taken: int) -> str:
    """Encoded words of `text`, whose first line has `taken` signs already."""
    return Header(str(text), "utf-8", maxlinelen=75, header_name="x" * max(taken - 2, 0)).encode(
        linesep="\r\n"
    )
