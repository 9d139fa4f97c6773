"""The questions of one form: each becomes a field that a template places with `{{r form.name }}`.

Content asks them; the template says where they stand; the finished document says which form it is and which data it
was made from.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from .form_faults import BadField
from .form_fields import TICKED, FieldKind, FormField, control_xml, given_mark
from .forms import FormMark
from .text import InlineMarkup


class PlacedField(InlineMarkup):
    """A field as a template places it."""

    __slots__ = ("field",)

    def __init__(self, field: FormField, value: str) -> None:
        super().__init__(control_xml(field, value), field.tag)
        self.field = field


class Questions:
    """Collects the fields of one document.

    Args:
        document_id: which document it is, such as "check-in/2026-H2/E104".
        version: its version, "1" at first.
        data: what it was made from, for the fingerprint.
        about: the marks of the person it is about.
    """

    def __init__(self, document_id: str, version: str, data: object, about: Sequence[str] = ()) -> None:
        self.document_id = document_id
        self.version = version
        self._data = data
        self._about = tuple(about)
        self._fields: dict[str, FormField] = {}
        self._given: dict[str, str] = {}
        self._rows: dict[str, tuple[str, str]] = {}

    @property
    def fields(self) -> tuple[FormField, ...]:
        """What was asked, in that order."""
        return tuple(self._fields.values())

    @cached_property
    def fingerprint(self) -> str:
        """The same for the same data, whatever the order of its names; as 64 hexadecimal digits."""
        return fingerprint_of(self._data)

    @property
    def mark(self) -> FormMark:
        """What the finished document says about itself."""
        return FormMark(
            self.document_id, self.version, self.fingerprint, self._about, self._given, self._rows
        )

    def about_row(self, prefix: str, key: str, state: object) -> None:
        """The fields whose tags begin with `prefix` are about a row that is in the workbook already.

        Args:
            prefix: such as "action_1".
            key: what the row is known by, "" where it has no id yet.
            state: what it held when the form was made.
        """
        self._rows[prefix] = (key, state_mark(state))

    def text(self, tag: str, label: str, value: object = "") -> PlacedField:
        """A few words on one line.

        Raises:
            BadField: as for every kind, if the tag is no tag or was asked already.
        """
        return self._placed(FormField(tag, label, FieldKind.TEXT), _words(value))

    def lines(self, tag: str, label: str, value: object = "") -> PlacedField:
        """As many lines as somebody likes to write."""
        return self._placed(FormField(tag, label, FieldKind.LINES), _words(value))

    def choice(self, tag: str, label: str, choices: Sequence[str], value: object = "") -> PlacedField:
        """One of `choices`."""
        return self._placed(FormField(tag, label, FieldKind.CHOICE, tuple(choices)), _words(value))

    def date(self, tag: str, label: str, value: date | None = None) -> PlacedField:
        """A day."""
        day = "" if _is_missing(value) or value is None else value.isoformat()[:10]
        return self._placed(FormField(tag, label, FieldKind.DATE), day)

    def tick(self, tag: str, label: str, value: object = False) -> PlacedField:
        """A box to tick."""
        ticked = not _is_missing(value) and bool(value)
        return self._placed(FormField(tag, label, FieldKind.TICK), TICKED if ticked else "")

    def _placed(self, field: FormField, value: str) -> PlacedField:
        if field.tag in self._fields:
            raise BadField(field.tag, "it is asked twice")
        self._fields[field.tag] = field
        self._given[field.tag] = given_mark(value)
        return PlacedField(field, value)


def state_mark(state: object) -> str:
    """What the state of a row is known by."""
    return fingerprint_of(state)[:16]


def fingerprint_of(data: object) -> str:
    """The sha256 of `data` in one fixed form: names in order, days as 2027-03-31, everything missing alike."""
    fixed = json.dumps(_fixed(data), ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(fixed.encode()).hexdigest()


def _fixed(data: Any) -> Any:
    """`data` as lists, texts and numbers that mean the same wherever they came from."""
    if _is_missing(data):
        return None
    if isinstance(data, bool | str):
        return data
    if isinstance(data, date):
        return _fixed_day(data)
    if isinstance(data, Mapping):
        return {str(key): _fixed(value) for key, value in data.items()}
    if is_dataclass(data) and not isinstance(data, type):
        return _fixed(asdict(data))
    if hasattr(data, "_asdict"):
        # The number of a row in its frame is no data: it changes when the sheet is sorted.
        return _fixed({key: value for key, value in data._asdict().items() if key != "Index"})
    if isinstance(data, set | frozenset):
        return sorted((_fixed(one) for one in data), key=lambda one: json.dumps(one, sort_keys=True))
    if isinstance(data, list | tuple):
        return [_fixed(one) for one in data]
    if hasattr(data, "tolist"):
        return _fixed(data.tolist())
    # What is a whole number in one frame is 3.0 in another where a cell is empty.
    return int(data) if float(data).is_integer() else float(data)


def _fixed_day(day: date) -> str:
    text = day.isoformat()
    return text.removesuffix("T00:00:00") if isinstance(day, datetime) else text


def _is_missing(value: object) -> bool:
    """Whether it is None or one of the ways frames have for "nothing"."""
    return (
        value is None
        or type(value).__name__ in ("NAType", "NaTType")
        or (isinstance(value, float) and math.isnan(value))
    )


def _words(value: object) -> str:
    return "" if _is_missing(value) else str(value)
