"""Every text a mail draft holds: its headers, and both forms of the mail, as a reader or an inquisitive reader finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from html.parser import HTMLParser

from .letters import UNSENT
from .part_texts import PartText, UnreadableFile, visible, words_of

MOST_BYTES = 4 * 1024 * 1024
_TOLD = ("alt", "title", "href", "src", "content", "cite", "aria-label")
_WITHIN = frozenset(["a", "abbr", "b", "cite", "code", "em", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u", "wbr"])  # fmt: skip
_SHAPES = (["text/plain", "text/html"], ["text/plain"])


def is_letter(data: bytes) -> bool:
    """Whether `data` is a mail draft rather than a Word document."""
    return re.match(rb"[!-9;-~]+:", data) is not None


def letter_texts(data: bytes) -> Iterator[PartText]:
    """The texts of the mail draft `data`: "headers", "text" and "html".

    Raises:
        UnreadableFile: it is no sound draft as this project makes them, or holds more than the two forms of its text.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableFile("it is too large")
    message = _message(data)
    parts = list(message.iter_parts()) if message.is_multipart() else [message]
    if [part.get_content_type() for part in parts] not in _SHAPES or message.get_all(UNSENT) != ["1"]:
        raise UnreadableFile("it holds something else than a text and its HTML")
    names = [*message.items(), *(header for part in parts if part is not message for header in part.items())]
    around = [message.preamble or "", message.epilogue or ""]
    yield _told("headers", "\n".join([*(f"{name}: {value}" for name, value in names), *around]))
    for part in parts:
        yield _told(*_content(part))


def _message(data: bytes) -> EmailMessage:
    try:
        message = message_from_bytes(data, _class=EmailMessage, policy=SMTP)
        broken = [*message.defects, *(defect for part in message.walk() for defect in part.defects)]
    except (MessageError, ValueError, LookupError) as error:
        raise UnreadableFile("it is not a sound mail") from error
    if broken:
        raise UnreadableFile("it is not a sound mail")
    return message


def _content(part: MIMEPart) -> tuple[str, str]:
    """The name of a part, and its text."""
    try:
        text = str(part.get_content())
    except (LookupError, UnicodeError) as error:
        raise UnreadableFile("its letters cannot be read") from error
    if part.defects:  # what cannot be decoded shows only when it is read
        raise UnreadableFile("it is not a sound mail")
    if part.get_content_type() == "text/plain":
        return "text", text
    reader = _Markup()
    reader.feed(text)
    reader.close()
    return "html", "".join([*reader.shown, "\n", *reader.told])


def _told(part: str, text: str) -> PartText:
    return PartText(part, visible(text), words_of(text))


class _Markup(HTMLParser):
    """Collects what HTML shows, and what it tells beside that: titles, links and comments."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.shown: list[str] = []
        self.told: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Block elements and line breaks separate words."""
        if tag not in _WITHIN:
            self.shown.append(" ")
        self.told += [f"{value}\n" for name, value in attrs if name in _TOLD and value]

    def handle_endtag(self, tag: str) -> None:
        """As where it begins."""
        if tag not in _WITHIN:
            self.shown.append(" ")

    def handle_data(self, data: str) -> None:
        """Text, with its references resolved."""
        self.shown.append(data)

    def handle_comment(self, data: str) -> None:
        """A comment is not shown, but anybody can read it."""
        self.told.append(f"{data}\n")

    def unknown_decl(self, data: str) -> None:
        """So is what stands in a marked section."""
        self.told.append(f"{data}\n")
