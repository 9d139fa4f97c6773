"""What becomes of a value that is typed or sent into a cell, and how a cell shows itself. English (US) sheets only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

EPOCH = datetime(1899, 12, 30)
ERRORS = {
    "#REF!": "REF",
    "#N/A": "N_A",
    "#DIV/0!": "DIVIDE_BY_ZERO",
    "#VALUE!": "VALUE",
    "#NAME?": "NAME",
    "#NUM!": "NUM",
}
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_THOUSANDS = re.compile(r"(\$?)-?\d{1,3}(,\d{3})+(\.\d+)?|(\$)\d+(\.\d+)?")
_DATES = (
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), (1, 2, 3), "yyyy-MM-dd"),
    (re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})"), (3, 1, 2), "M/d/yyyy"),
)
_HOUR = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_MOMENTS = ("DATE", "DATE_TIME", "TIME")
_SUM = re.compile(r"=\s*(-?[\d.]+)\s*([-+*/])\s*(-?[\d.]+)\s*")
_LINK = re.compile(r'=HYPERLINK\("([^"]*)"\s*[,;]\s*"([^"]*)"\)', re.IGNORECASE)


@dataclass
class Cell:
    """`value` is what was entered, or comes of its formula; `kind` and `pattern` are those of its number format.

    `spilled` is what another cell's formula put there.
    """

    value: str | float | int | bool | None = None
    formula: str = ""
    kind: str = ""
    pattern: str = ""
    note: str = ""
    format: dict[str, Any] | None = None
    validation: dict[str, Any] | None = None
    spilled: str | None = None

    @property
    def empty(self) -> bool:
        return self.untouched and self.spilled is None

    @property
    def untouched(self) -> bool:
        return self.value is None and not self.formula

    @property
    def effective(self) -> str | float | int | bool | None:
        return self.spilled if self.untouched else self.value

    def enter(self, entry: Any, *, raw: bool) -> None:
        """Google's RAW and USER_ENTERED: null leaves the cell alone, an empty text clears it."""
        if entry is None:
            return
        self.formula = ""
        if entry == "" or raw or not isinstance(entry, str):
            self.value = None if entry == "" else entry
            return
        self._type(entry)

    def calculate(self, formula: str) -> None:
        self.formula, self.value = formula, _calculated(formula)

    def shown(self, render: str, dates: str) -> Any:
        if self.empty:
            return ""
        if render == "FORMULA" and self.formula:
            return self.formula
        formatted_date = self.kind in ("DATE", "DATE_TIME") and dates == "FORMATTED_STRING"
        if render != "FORMATTED_VALUE" and not formatted_date:
            return self.effective
        return self.formatted()

    def formatted(self) -> str:
        value = self.effective
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return str(value).upper()
        return _formatted_number(float(value or 0), self.pattern)

    def _type(self, entry: str) -> None:
        text = entry.strip()
        if self.kind == "TEXT":
            self.value = entry
        elif entry.startswith("'"):
            self.value = entry[1:]
        elif text.startswith("=") and len(text) > 1:
            self.calculate(text)
        elif text.upper() in ("TRUE", "FALSE"):
            self.value = text.upper() == "TRUE"
        else:
            self.value, self.kind, self.pattern = _typed(entry, text, self.kind, self.pattern)


def external_value(cell: Cell) -> dict[str, Any]:
    """The value as the message ExtendedValue."""
    value = cell.effective
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int | float):
        return {"numberValue": value}
    if cell.formula and value in ERRORS:
        return {"errorValue": {"type": ERRORS[str(value)], "message": "Invented by the local Google."}}
    return {"stringValue": value or ""}


def _typed(entry: str, text: str, kind: str, pattern: str) -> tuple[Any, str, str]:
    """The value, and the format that comes with it where the entry brings one."""
    if _NUMBER.fullmatch(text):
        return _number(text), kind, pattern
    if _THOUSANDS.fullmatch(text):
        shape = ("$" if text.startswith("$") else "") + "#,##0" + (".00" if "." in text else "")
        return _number(text.replace(",", "").replace("$", "")), "CURRENCY" if "$" in text else "NUMBER", shape
    if text.endswith("%") and _NUMBER.fullmatch(text[:-1]):
        return round(float(text[:-1]) / 100, 12), "PERCENT", "0.00%" if "." in text else "0%"
    moment = _moment(text)
    if moment is None:
        return entry, kind, pattern
    return (moment[0], kind, pattern) if kind in _MOMENTS else moment


def _moment(text: str) -> tuple[float | int, str, str] | None:
    """A day, a time of day or both, with the format that such an entry brings; None for anything else."""
    first, _, rest = text.partition(" ")
    day, hour = _day(first), _share_of_day(rest)
    if day is not None and not rest:
        return day[0], "DATE", day[1]
    if day is not None and hour is not None:
        return day[0] + hour, "DATE_TIME", f"{day[1]} HH:mm"
    hour = _share_of_day(text)
    return None if hour is None else (hour, "TIME", "HH:mm")


def _day(text: str) -> tuple[int, str] | None:
    for shape, order, shown in _DATES:
        match = shape.fullmatch(text)
        if match:
            try:
                return (date(*(int(match[place]) for place in order)) - EPOCH.date()).days, shown
            except ValueError:
                return None
    return None


def _share_of_day(text: str) -> float | None:
    match = _HOUR.fullmatch(text)
    return (int(match[1]) * 60 + int(match[2])) / 1440 if match else None


def _number(text: str) -> float | int:
    return int(text) if re.fullmatch(r"[+-]?\d+", text) else float(text)


def _calculated(formula: str) -> Any:
    """Sums of two numbers and links; anything else is an error that no real sheet shows."""
    link, simple = _LINK.fullmatch(formula), _SUM.fullmatch(formula)
    if link:
        return link[2]
    if formula[1:].strip() in ERRORS:
        return formula[1:].strip()
    if not simple:
        return "#NOT MODELLED!"
    first, second = float(simple[1]), float(simple[3])
    if simple[2] == "/" and not second:
        return "#DIV/0!"
    value = {
        "+": first + second,
        "-": first - second,
        "*": first * second,
        "/": first / second if second else 0,
    }[simple[2]]
    return int(value) if value == int(value) else value


def _formatted_number(value: float, pattern: str) -> str:
    if "yyyy" in pattern:
        day = EPOCH + timedelta(days=int(value))
        return f"{day.month}/{day.day}/{day.year}" if pattern.startswith("M") else f"{day:%Y-%m-%d}"
    if pattern.endswith("%"):
        return f"{value * 100:.{pattern.count('0') - 1}f}%"
    if "," in pattern:
        return ("$" if pattern.startswith("$") else "") + f"{value:,.{2 if '.' in pattern else 0}f}"
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.10g}"
