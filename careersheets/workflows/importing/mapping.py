"""How a table from outside is read: proposed by the program, corrected by the user, kept as a small file for next time.

The file is TOML that a person can read. Rows are numbers as the sheet shows them, columns letters.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from ...model.errors import AccessDenied, InputError

CELL = "cell"
IGNORE = "ignore"
TOTAL = "total"
UNDECIDED = "?"
_POINT = re.compile(r"-?\d+(\.\d+)?")
_LETTERS = re.compile(r"[A-Z]{1,3}")

ROWS = ("entries", "competencies", "levels", "people", "ignore")
ACROSS = ("", "levels", "competencies", "people")

_HEAD = """\
# How "{file}" is read. Change what is wrong and run the same import again.
#
# rows     one row is: entries (one level and competency, or one person and competency, each), competencies, levels,
#          people; ignore leaves a sheet out
# across   what the columns with the role "cell" are: levels, competencies, people; "" if there are none
# role     family track rank level level_code next_levels competency_id competency category definition required label
#          weight critical optional behaviours skills scope source licence employee_id name first_name
#          last_name email manager department team hired level_since active self_rating manager_rating
#          agreed_rating evidence cycle; cell, cell:behaviours, cell:self_rating ...;
#          total:sum, total:average, total:count to compare; ignore
# values   what stands for which rating; "" is not asked or not assessed, "N/A" is N/A, "1 optional" and "1 critical"
#          mark the expectation, "?" is undecided: such cells are listed and left out
# defaults what is the same for all rows; dates = "day first" or "month first" where 03/04/2026 may be either
# codes    the short code of each level, competency and person: they never change again
"""


class BadMapping(InputError):
    """A mapping file that cannot be used."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f'The mapping "{path.name}" cannot be used: {why}.')


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """One column: its header as it stood when the mapping was made, and what it holds."""

    header: str
    role: str

    @property
    def is_cell(self) -> bool:
        """Whether its cells belong to a row and to the column's header at once."""
        return self.role.partition(":")[0] == CELL


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """How one sheet is read. `columns` by letter; `group_row` is the header row above the header, 0 if there is none.

    `group` says what the headers of the group row name (family, track, level, category or a person's `name`),
    `sections` what a row with one single cell names. `cells` is what a plain cell holds. `defaults` are for all rows.
    """

    sheet: str
    rows: str
    across: str = ""
    cells: str = "required"
    header_row: int = 1
    group_row: int = 0
    group: str = ""
    sections: str = ""
    fill_down: tuple[str, ...] = ()
    columns: Mapping[str, ColumnMapping] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScaleMapping:
    """The rating scale of the table; `labels` by point as text. `from_levels`: each level asks for its own rank."""

    name: str = ""
    low: float = 1
    high: float = 5
    step: float = 1
    from_levels: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How a file is read. `values` by text of the cell; `codes` by kind ("level", ...) and name; `next_levels` by code."""

    sheets: tuple[SheetMapping, ...]
    scale: ScaleMapping = ScaleMapping()
    defaults: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    next_levels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def load_mapping(path: Path) -> TableMapping:
    """The mapping kept at `path`.

    Raises:
        BadMapping: it is not there, is not TOML, or says something unknown.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadMapping(path, "it cannot be read") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadMapping(path, f"{error}") from error
    sheets = tuple(_sheet(path, entry) for entry in _tables(path, data.pop("sheet", [])))
    scale = _filled(path, ScaleMapping, data.pop("scale", {}))
    follow = _next_levels(path, data.pop("next_levels", {}))
    mapping: TableMapping = _filled(path, TableMapping, {**data, "sheets": sheets})
    mapping = replace(mapping, scale=scale, next_levels=follow)
    _check_texts(path, mapping)
    return mapping


def save_mapping(mapping: TableMapping, path: Path, file: str) -> None:
    """Write `mapping` to `path`, for the table in `file`, with an explanation on top.

    Raises:
        AccessDenied: one may not write there.
    """
    try:
        path.write_text(_HEAD.format(file=file) + "\n".join(_lines(mapping)) + "\n", encoding="utf-8")
    except OSError as error:
        raise AccessDenied(
            f'The mapping "{path.name}" cannot be kept there. Name a file of your own with --mapping.'
        ) from error


def _next_levels(path: Path, given: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(given, dict) or not all(isinstance(after, list) for after in given.values()):
        raise BadMapping(path, 'next levels read like D3 = ["D4", "TL4"]')
    return {code: tuple(map(str, after)) for code, after in given.items()}


def _tables(path: Path, entries: object) -> list[dict[str, Any]]:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BadMapping(path, "each sheet starts with [[sheet]]")
    return [dict(entry) for entry in entries]


def _sheet(path: Path, entry: dict[str, Any]) -> SheetMapping:
    columns = entry.pop("columns", {})
    if not isinstance(columns, dict) or not all(
        isinstance(column, dict) and "role" in column for column in columns.values()
    ):
        raise BadMapping(path, 'a column reads like C = { header = "Senior", role = "cell" }')
    roles = {
        letter.upper(): ColumnMapping(str(column.get("header", "")), str(column["role"]))
        for letter, column in columns.items()
    }
    entry["fill_down"] = tuple(entry.get("fill_down", ()))
    sheet: SheetMapping = _filled(path, SheetMapping, {**entry, "columns": roles})
    if sheet.rows not in ROWS or sheet.across not in ACROSS:
        raise BadMapping(
            path, f'rows is one of {", ".join(ROWS)}; across one of {", ".join(ACROSS[1:])} or ""'
        )
    return sheet


def _filled(path: Path, kind: type[Any], values: Mapping[str, Any]) -> Any:
    known = {entry.name for entry in fields(kind)}
    unknown = set(values) - known
    if unknown:
        raise BadMapping(
            path, f"it does not know {', '.join(sorted(unknown))}; it knows {', '.join(sorted(known))}"
        )
    for entry in fields(kind):
        if entry.name in values and not _fits(values[entry.name], entry.default):
            raise BadMapping(path, f"{entry.name} is of another kind than it should be")
    try:
        return kind(**values)
    except TypeError as error:
        raise BadMapping(path, "something is missing in it") from error


def _fits(value: object, default: object) -> bool:
    """Whether a value is of the default's kind: a number for a number, a truth for a truth, text for text."""
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(default, bool) and isinstance(value, bool)
    if isinstance(default, int | float):
        return isinstance(value, int | float)
    return not isinstance(default, str | tuple) or isinstance(value, type(default))


def _check_texts(path: Path, mapping: TableMapping) -> None:
    """See that values, defaults, labels and codes are texts, labels stand at numbers, and columns are letters."""
    tables: list[Mapping[str, Any]] = [
        mapping.values,
        mapping.defaults,
        mapping.scale.labels,
        *mapping.codes.values(),
    ]
    tables += [sheet.defaults for sheet in mapping.sheets]
    if not all(
        isinstance(table, dict) and all(isinstance(v, str) for v in table.values()) for table in tables
    ):
        raise BadMapping(path, "what stands for something is written in quotes")
    if not all(_POINT.fullmatch(points) for points in mapping.scale.labels):
        raise BadMapping(path, "a label stands at a number of the scale")
    if not all(
        _LETTERS.fullmatch(letter)
        for sheet in mapping.sheets
        for letter in (*sheet.columns, *sheet.fill_down)
    ):
        raise BadMapping(path, "columns are named by their letters")


def _lines(mapping: TableMapping) -> Iterator[str]:
    yield from _table("defaults", mapping.defaults)
    scale = mapping.scale
    yield from _table(
        "scale", {name: getattr(scale, name) for name in ("name", "low", "high", "step", "from_levels")}
    )
    yield from _table("scale.labels", scale.labels)
    yield from _table("values", mapping.values)
    for sheet in mapping.sheets:
        yield from _sheet_lines(sheet)
    yield from _table("next_levels", {code: list(after) for code, after in mapping.next_levels.items()})
    for kind, codes in mapping.codes.items():
        yield from _table(f"codes.{kind}", codes)


def _sheet_lines(sheet: SheetMapping) -> Iterator[str]:
    yield ""
    yield "[[sheet]]"
    for name in ("sheet", "rows", "across", "cells", "header_row", "group_row", "group", "sections"):
        yield f"{name} = {_value(getattr(sheet, name))}"
    yield f"fill_down = {_value(list(sheet.fill_down))}"
    yield from _table("sheet.defaults", sheet.defaults)
    yield ""
    yield "[sheet.columns]"
    for letter, column in sheet.columns.items():
        yield f"{letter} = {{ header = {_value(column.header)}, role = {_value(column.role)} }}"


def _table(name: str, values: Mapping[str, Any]) -> Iterator[str]:
    if values:
        yield ""
        yield f"[{name}]"
    for key, value in values.items():
        yield f"{key if key.isidentifier() and key.isascii() else _value(key)} = {_value(value)}"


def _value(value: object) -> str:
    """A TOML value; JSON writes texts, numbers, booleans and lists of texts the same way, but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
