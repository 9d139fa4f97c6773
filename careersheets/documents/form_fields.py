"""The fields of a form, and how each is written into a Word document."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .form_faults import BadField
from .form_parts import BOOKMARK
from .text import in_attribute, in_paragraph, legal

TICKED = "yes"
TICKED_BOX = "\u2612"
# Word's limit for the title of a control, and for a bookmark less its prefix.
LONGEST_LABEL = 64
LONGEST_TAG = 40 - len(BOOKMARK)

_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_BOX = "\u2610"
# Lighter and smaller than an answer, so that nobody takes it for one on paper.
_PLACEHOLDER_LOOK = (
    '<w:rPr><w:i/><w:iCs/><w:color w:val="8491A5"/><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr>'
)


class FieldKind(StrEnum):
    """What a person can put into a field."""

    TEXT = "text"
    LINES = "lines"
    CHOICE = "choice"
    DATE = "date"
    TICK = "tick"


PLACEHOLDERS: dict[str, str] = {
    FieldKind.TEXT: "Click here to write.",
    FieldKind.LINES: "Click here to write as many lines as you like.",
    FieldKind.CHOICE: "Choose one.",
    FieldKind.DATE: "Choose a date.",
    FieldKind.TICK: _BOX,
}


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a form; `tag` is its name for programs, `label` for people.

    Raises:
        BadField: the tag is no short lower-case name, or the choices do not fit.
    """

    tag: str
    label: str
    kind: FieldKind
    choices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not re.fullmatch(rf"[a-z][a-z0-9_]{{0,{LONGEST_TAG - 1}}}", self.tag):
            raise BadField(self.tag, f"a tag is made of a-z, 0-9 and _, at most {LONGEST_TAG}")
        shown = [legal(choice).strip() for choice in self.choices]
        if (self.kind == FieldKind.CHOICE) != bool(shown):
            raise BadField(self.tag, "a choice has choices, and no other kind has")
        if len({choice.casefold() for choice in shown}) < len(shown) or not all(shown):
            raise BadField(self.tag, "its choices are not all different, or one is empty")


def control_xml(field: FormField, value: str = "") -> str:
    """The content control of `field` with its bookmark, to stand among the runs of a paragraph.

    A field stands in a form once. Its ids come from the tag, so they differ between the fields of a form and are the
    same in all its versions.

    Args:
        field: what is asked.
        value: the answer so far, "" for none; a date as 2027-03-31, a tick as "yes".
    """
    number = 0x40000000 | int.from_bytes(hashlib.sha256(field.tag.encode()).digest()[:4]) >> 2
    ticked = field.kind == FieldKind.TICK and value == TICKED
    if field.kind == FieldKind.TICK:
        content, placeholder = _run(TICKED_BOX if ticked else _BOX), ""
    elif legal(value):
        content, placeholder = _run(value), ""
    else:
        content = _run(PLACEHOLDERS[field.kind], _PLACEHOLDER_LOOK)
        placeholder = "<w:showingPlcHdr/>"
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{BOOKMARK}{field.tag}"/><w:sdt><w:sdtPr>'
        f'<w:alias w:val="{_attribute(title_of(field))}"/><w:tag w:val="{field.tag}"/><w:id w:val="{number}"/>'
        f'<w:lock w:val="sdtLocked"/>{placeholder}{_kind_xml(field, value)}</w:sdtPr>'
        f'<w:sdtContent>{content}</w:sdtContent></w:sdt><w:bookmarkEnd w:id="{number}"/>'
    )


def given_mark(value: str) -> str:
    """What `value` is known by, so that it can be told later whether somebody changed it; ten hexadecimal digits."""
    return hashlib.sha256(as_answered(value).encode("utf-8", "replace")).hexdigest()[:10]


def as_answered(value: str) -> str:
    """`value` as it comes back unchanged from any office program: line ends alike, no spaces at the ends of lines."""
    lines = legal(value).replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def title_of(field: FormField) -> str:
    """The label of `field` as the title of its control."""
    return " ".join(legal(field.label).split())[:LONGEST_LABEL]


def is_date(text: str) -> bool:
    """Whether `text` is a day as programs write it, 2027-03-31."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _run(text: str, look: str = "") -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{in_paragraph(text)}</w:t></w:r>'


def _attribute(text: str) -> str:
    return str(in_attribute(text))


def _kind_xml(field: FormField, value: str) -> str:
    """The element of a control's properties that says what can be put in."""
    match field.kind:
        case FieldKind.TEXT | FieldKind.LINES:
            # Of controls for plain text, LibreOffice 7.4 loses the line breaks and that nothing was answered.
            return ""
        case FieldKind.CHOICE:
            items = "".join(
                f'<w:listItem w:displayText="{choice}" w:value="{choice}"/>'
                for choice in map(_attribute, field.choices)
            )
            return f"<w:dropDownList>{items}</w:dropDownList>"
        case FieldKind.DATE:
            day = f' w:fullDate="{value}T00:00:00Z"' if is_date(value) else ""
            return (
                f'<w:date{day}><w:dateFormat w:val="yyyy-MM-dd"/><w:lid w:val="en-GB"/>'
                '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
            )
        case FieldKind.TICK:
            return (
                f'<w14:checkbox xmlns:w14="{_W14}"><w14:checked w14:val="{int(value == TICKED)}"/>'
                '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
                '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
            )
