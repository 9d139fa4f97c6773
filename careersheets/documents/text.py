"""Any text on its way into a document: the one place where it is made legal and harmless.

Every value of every tag passes through here. What XML cannot hold goes, `&`, `<` and `>` are escaped, a line break
becomes a line break; everything else, right-to-left text and emoji with it, arrives as it is.
"""

from __future__ import annotations

import re
from typing import Any

from jinja2 import Undefined
from jinja2.exceptions import SecurityError

from ..model.cells import UNWRITABLE

LONGEST_TEXT = 1_000_000

_SPECIAL = re.compile("[\x00-\x1f&<>\r\ud800-\udfff\ufffe\uffff]")
_SPECIAL_IN_ATTRIBUTE = re.compile('[\x00-\x1f&<>"\ud800-\udfff\ufffe\uffff]')
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'


class InlineMarkup:
    """Pieces of Word made here, to stand among the runs of a paragraph. No text of people is ever one.

    Two of one `key` never stand in one document.
    """

    __slots__ = ("_xml", "key")

    def __init__(self, xml: str, key: str) -> None:
        self._xml = xml
        self.key = key

    def __str__(self) -> str:
        """Not to be had: it would be text that looks like markup.

        Raises:
            SecurityError: always.
        """
        raise SecurityError("a field of a form is placed alone, with {{r and not with {{")

    @staticmethod
    def of(value: Any) -> str:
        """The XML of `value`.

        Raises:
            SecurityError: it is anything else.
        """
        if not isinstance(value, InlineMarkup):
            raise SecurityError("a tag with {{r stands for a field of a form, and this is none")
        return value._xml


class Ready(str):
    """Text that is XML already, made by the engine itself in the tag it stands in."""

    __slots__ = ()


def in_paragraph(value: Any) -> Any:
    """A value as it stands between `<w:t>` and `</w:t>`; None is nothing.

    Raises:
        SecurityError: it is markup, which stands beside runs and not in one.
    """
    if type(value) is str:
        return value if _SPECIAL.search(value) is None else _with_breaks(_escaped(value))
    if value is None:
        return ""
    # Of these the one makes jinja say what is missing, the other stands outside of texts.
    if isinstance(value, Undefined) or type(value) is Ready:
        return value
    return _with_breaks(_escaped(str.__str__(value) if isinstance(value, str) else str(value)))


def in_attribute(value: Any) -> Any:
    """A value as it stands within quotation marks, on one line."""
    if isinstance(value, Undefined):
        return value
    text = "" if value is None else str(value)
    if _SPECIAL_IN_ATTRIBUTE.search(text):
        text = re.sub(r"[\n\t]", " ", _escaped(text)).replace('"', "&quot;")
    return Ready(text)


def legal(text: str) -> str:
    """`text` without what XML cannot hold; every kind of line end is a line feed."""
    return UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n"))


def escaped(text: str) -> str:
    """`text` as XML character data on one line, for charts and their workbooks."""
    return re.sub(r"[\n\t]", " ", _escaped(text)) if _SPECIAL.search(text) else text


def _escaped(text: str) -> str:
    return legal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _with_breaks(text: str) -> str:
    return text.replace("\n", _BREAK).replace("\t", _TAB)
