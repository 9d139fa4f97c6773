"""Cells as Google has them: what is read from a sheet, what is sent into it, and when two of them are the same."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from ...model.cells import CellError, CellValue, Uncalculated, parse_address
from ..book import Link, OutValue
from ..workbook_index import split_place

Message = dict[str, Any]
Plain = str | float | bool | None

# Google counts days from here, as Excel does.
_EPOCH = datetime(1899, 12, 30)
_ERRORS = frozenset(
    {"#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#ERROR!", "#SPILL!", "#CALC!"}
)
_NOT_YET = "Loading..."
# The first and the last day that a date of ours can be.
_FIRST_DAY, _LAST_DAY = -693_593, 2_958_465
_WEB = ("http://", "https://", "mailto:")
# What a number may be off by after a date was made of it, and a number of the date: far less than a second.
_TOLERANCE = 1e-8
_ERROR_TYPES = {
    "REF": "#REF!",
    "N_A": "#N/A",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "NULL_VALUE": "#NULL!",
    "ERROR": "#ERROR!",
}


def from_google(value: object, kind: str = "") -> CellValue:
    """A value as Google renders it unformatted; `kind` is that of its number format, such as DATE."""
    if isinstance(value, str):
        if value in _ERRORS:
            return CellError(value)
        return Uncalculated() if value == _NOT_YET else value or None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value if isinstance(value, bool) else None
    if kind in ("DATE", "DATE_TIME", "TIME") and _FIRST_DAY <= value <= _LAST_DAY:
        return _moment(value, kind)
    return value


def from_extended(value: Message) -> Plain:
    """The message ExtendedValue as a plain value."""
    if "errorValue" in value:
        return _ERROR_TYPES.get(value["errorValue"].get("type", ""))
    entry: CellValue = value.get("numberValue", value.get("stringValue", value.get("boolValue")))
    return plain(entry)


def plain(value: CellValue) -> Plain:
    """A value so that what was read and what Google holds now compare equal: dates are day numbers, blanks None."""
    if isinstance(value, Uncalculated) or value is None or value == "":
        return None
    if isinstance(value, CellError):
        return value.code
    number = _day_number(value)
    if number is not None:
        return number
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else value  # type: ignore[return-value]


def same(first: Plain, second: Plain) -> bool:
    """Whether two plain values are the same; True is not 1."""
    if isinstance(first, float) and isinstance(second, float):
        return abs(first - second) <= _TOLERANCE
    return type(first) is type(second) and first == second


def cell_data(value: OutValue, sheet_ids: dict[str, int]) -> Message:
    """The message CellData. A text stays a text whatever it begins with: only a typed entry becomes a formula."""
    if isinstance(value, Link):
        address = _address_of(value, sheet_ids)
        linked = {"userEnteredFormat": {"textFormat": {"link": {"uri": address}}}} if address else {}
        return cell_data(value.text, sheet_ids) | linked
    entry = plain(value)
    if entry is None:
        return {}
    kind = (
        "boolValue" if isinstance(entry, bool) else "stringValue" if isinstance(entry, str) else "numberValue"
    )
    return {"userEnteredValue": {kind: entry}}


def number_format(value: OutValue) -> Message | None:
    """The number format without which a date would show as a number; None where none is needed."""
    if isinstance(value, datetime):
        return {"type": "DATE_TIME", "pattern": "yyyy-mm-dd hh:mm"}
    if isinstance(value, date):
        return {"type": "DATE", "pattern": "yyyy-mm-dd"}
    if isinstance(value, timedelta):
        return {"type": "TIME", "pattern": "[h]:mm:ss"}
    return {"type": "TIME", "pattern": "hh:mm"} if isinstance(value, time) else None


def is_moment(value: OutValue) -> bool:
    """Whether it is a day, a time or a span."""
    return isinstance(value, date | time | timedelta)


def quoted_title(title: str) -> str:
    """A tab's title as it stands in a range; always quoted, for a tab may be called D3."""
    return "'" + title.replace("'", "''") + "'"


def _moment(number: float, kind: str) -> CellValue:
    if kind == "TIME":
        span = timedelta(days=number)
        return (_EPOCH + span).time() if 0 <= number < 1 else span
    moment = _EPOCH + timedelta(days=number)
    return moment.date() if kind == "DATE" and number == int(number) else moment


def _day_number(value: CellValue) -> float | None:
    if isinstance(value, datetime):
        return (value.replace(tzinfo=None) - _EPOCH) / timedelta(days=1)
    if isinstance(value, date):
        return float((value - _EPOCH.date()).days)
    if isinstance(value, time):
        return (datetime.combine(_EPOCH, value) - _EPOCH) / timedelta(days=1)
    return value / timedelta(days=1) if isinstance(value, timedelta) else None


def _address_of(link: Link, sheet_ids: dict[str, int]) -> str:
    """The address of a link, "" if it leads nowhere in a browser, as a path on somebody's disk does."""
    if link.target:
        return link.target if link.target.startswith(_WEB) else ""
    sheet, address = split_place(link.location)
    if sheet not in sheet_ids:
        return ""
    parse_address(address.split(":")[0])
    return f"#gid={sheet_ids[sheet]}&range={address}"
