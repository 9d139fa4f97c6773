"""Mail drafts: a text template and its HTML twin become a file that a mail program opens unsent.

The first line of the text template is the subject. Nothing in a value can become a header, a second address or markup.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from jinja2 import Template as JinjaTemplate
from jinja2 import TemplateError
from jinja2.exceptions import TemplateSyntaxError

from ..model.errors import InputError
from ..tables.mail_address import AddressRefused, parse_address
from ..tables.mail_headers import WHOLE_HEADERS
from .errors import TemplateFault, TemplateRefused
from .faults import first_fault_among
from .letter_tags import letter_faults
from .sandbox import BUDGET, Sandbox, harmless, make_it_pay, refuse_dangers
from .text import legal

UNSENT = "X-Unsent"
SUBJECT = "Subject:"
LONGEST_SUBJECT = 200
_LARGEST_TEMPLATE = 256_000
# What mail programs block, or what would run or fetch something when the mail is read.
_ACTIVE = re.compile(
    r"<\s*(?:script|iframe|frame|object|embed|form|link|base|meta\s+http-equiv)\b|\son\w+\s*=|javascript:|@import"
    r"|\bsrc\s*=|\burl\s*\(",
    re.IGNORECASE,
)
_SPECIAL_IN_NAME = re.compile(r'["<>@,;:\\()\[\]]')
_LANGUAGE = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class BadAddress(InputError):
    """The e-mail address a draft would go to is not exactly one that every mail program understands."""

    def __init__(self) -> None:
        super().__init__(
            "The draft has nobody to go to: the cell E-mail of this person on the sheet People is not one plain "
            "address. Correct it there."
        )


class Letter:
    """The two templates of a mail, read and compiled; `name` is the text template's, `twin` the other's.

    Raises:
        TemplateRefused: one of them is not usable at all.
        TemplateFault: a tag cannot be followed.
    """

    def __init__(self, name: str, text: bytes, twin: str, markup: bytes) -> None:
        self.name = name
        source = template_text(name, text)
        self._subject = _Source(name, *_parted(name, source))
        self._plain = _Source(name, source, source.partition("\n")[2])
        marked = template_text(twin, markup)
        self._marked = _Source(twin, marked, marked, autoescape=True)

    def render(self, context: Mapping[str, Any]) -> bytes:
        """The draft as bytes of an .eml file, the same for the same `context`.

        Args:
            context: what its tags can name. `letter` gives `to_name` and `to_address` ("" for none, to be filled in
                before sending), `document` the `language`.

        Raises:
            TemplateFault: a tag names something that is not there, or cannot be followed.
            BadAddress: `to_address` is not one address.
        """
        letter, language = context["letter"], context.get("document", {}).get("language", "")
        return draft(letter, *self.texts(context), language)

    def texts(self, context: Mapping[str, Any]) -> tuple[str, str, str]:
        """Subject, plain text and HTML.

        Raises:
            TemplateFault: a tag names something that is not there, or cannot be followed.
        """
        text = re.sub(r"\n{3,}", "\n\n", self._plain.followed(context)).strip() + "\n"
        subject = one_line(self._subject.followed(context))[:LONGEST_SUBJECT]
        return subject, text, self._marked.followed(context)


class _Source:
    """One text with tags, compiled.

    Args:
        name: the file it stands in.
        whole: the text of that file.
        part: what of it is followed.
        autoescape: whether values become HTML.
    """

    def __init__(self, name: str, whole: str, part: str, *, autoescape: bool = False) -> None:
        self._name, self._whole = name, whole
        self._sandbox = Sandbox(_shown, autoescape=autoescape)
        self._sandbox.trim_blocks = self._sandbox.lstrip_blocks = True
        try:
            refuse_dangers(self._sandbox.parse(part))
            code = self._sandbox.compile(make_it_pay(self._sandbox.parse(part)))
        except TemplateSyntaxError as error:
            raise self._fault(None, str(error.message)) from error
        self._template = JinjaTemplate.from_code(self._sandbox, code, dict(self._sandbox.globals))

    def followed(self, context: Mapping[str, Any]) -> str:
        """The text with its tags followed."""
        self._sandbox.budget.left = BUDGET
        try:
            return self._template.render(harmless(context))
        except (TemplateError, ArithmeticError, TypeError, ValueError, RecursionError) as error:
            raise self._fault(context, str(error)) from error

    def _fault(self, context: Mapping[str, Any] | None, otherwise: str) -> TemplateFault:
        faults = letter_faults(self._name, self._whole, context)
        return first_fault_among(faults, self._name, otherwise=otherwise)


def load_letter(text: Path, markup: Path) -> Letter:
    """The letter whose text template is at `text` and whose HTML template is at `markup`.

    Raises:
        TemplateRefused: one of them is not usable at all.
        TemplateFault: a tag cannot be followed.
    """
    return Letter(text.name, template_bytes(text), markup.name, template_bytes(markup))


def trial_letter(name: str, data: bytes) -> Letter:
    """A letter of which one file, called `name`, is given, to try that file on its own.

    Raises:
        TemplateRefused: it is not usable at all.
        TemplateFault: a tag cannot be followed.
    """
    if name.lower().endswith(".html"):
        return Letter("text.txt", f"{SUBJECT} Trial\n\nTrial\n".encode(), name, data)
    return Letter(name, data, "twin.html", b"<p>Trial</p>")


def template_bytes(path: Path) -> bytes:
    """The bytes of the template at `path`.

    Raises:
        TemplateRefused: it is not there, or cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise TemplateRefused(path.name, "cannot be read.", "Check that it is there and not open.") from error


def template_text(name: str, data: bytes) -> str:
    """The text of the letter template called `name`.

    Raises:
        TemplateRefused: it is no text, too large, or holds what runs or fetches something in a mail.
    """
    if len(data) > _LARGEST_TEMPLATE:
        raise TemplateRefused(name, "is too large for a mail.", "Keep it under 250 kB; leave pictures out.")
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        fix = 'Save it again as plain text; in Notepad choose the encoding "UTF-8".'
        raise TemplateRefused(name, "is not a text in UTF-8.", fix) from error
    active = _ACTIVE.search(text) if name.lower().endswith((".html", ".htm")) else None
    if active:
        fix = "A mail holds text, tables and styles only; take it out."
        raise TemplateRefused(name, f'holds "{active[0].strip()}", which mail programs block.', fix)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def draft(letter: Mapping[str, str], subject: str, text: str, markup: str, language: str) -> bytes:
    """An .eml file with both forms of a mail, which opens as a new message; the same bytes for the same texts.

    Args:
        letter: `to_name` and `to_address`, "" where somebody has to fill it in.
        subject: what it is about.
        text: the mail as plain text.
        markup: the same as HTML.
        language: a language tag, such as en-GB.

    Raises:
        BadAddress: `to_address` is not one address.
    """
    message = EmailMessage(policy=WHOLE_HEADERS)
    message[UNSENT] = "1"
    if letter["to_address"]:
        message["To"] = one_address(letter["to_name"], letter["to_address"])
    message["Subject"] = one_line(subject)[:LONGEST_SUBJECT]
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(markup, subtype="html", cte="quoted-printable")
    if _LANGUAGE.fullmatch(language):
        message["Content-Language"] = language
    # "=_" cannot stand in quoted-printable text, so that no text can end a part.
    message.set_boundary("=_" + hashlib.sha256(f"{text}\0{markup}".encode()).hexdigest()[:32])
    return message.as_bytes()


def one_address(name: str, address: str) -> Address:
    """One recipient; the name is shown without what has a meaning in a header.

    Raises:
        BadAddress: `address` is not exactly one plain address.
    """
    try:
        plain = parse_address(address)
    except AddressRefused as error:
        raise BadAddress from error
    if not plain.is_ascii:
        raise BadAddress
    return Address(one_line(_SPECIAL_IN_NAME.sub(" ", name))[:LONGEST_SUBJECT], addr_spec=plain.addr_spec)


def one_line(text: str) -> str:
    """`text` on one line, without signs that cannot be seen."""
    shown = (" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in legal(text))
    return " ".join("".join(sign for sign in shown if unicodedata.category(sign) not in ("Cf", "Cn")).split())


def _parted(name: str, source: str) -> tuple[str, str]:
    """The whole of a text template, and its subject."""
    first = source.partition("\n")[0]
    if not first.startswith(SUBJECT) or not one_line(first.removeprefix(SUBJECT)):
        raise TemplateFault(name, "line 1", f'it begins with "{SUBJECT}" and the subject of the mail.')
    return source, first.removeprefix(SUBJECT)


def _shown(value: Any) -> Any:
    """A value as text; None is nothing."""
    return "" if value is None else legal(value) if type(value) is str else value
