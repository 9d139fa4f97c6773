"""The framework a cycle is computed against: the version accepted for it, whatever its sheets say meanwhile.

Accepted versions are kept value by value on the very hidden sheet Framework history. A cycle that names one of them on
the sheet Cycles keeps it, so that an edit moves nobody's goalposts (source: REQUIREMENTS F8, G1).
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from ..tables.headers import fold
from ..tables.sheets import empty_frame
from ..tables.tables import Table, Tables
from ..tables.values import read_column, text_of
from ..vocabulary.column import Kind
from ..vocabulary.framework import Competencies, Expectations, FrameworkHistory, Levels, RatingScales
from ..vocabulary.settings import Cycles
from ..vocabulary.sheet import Sheet, SheetModel, sheet_of
from ..vocabulary.workbook import FIRST_ROW

FRAMEWORK: tuple[type[SheetModel], ...] = (Levels, Competencies, Expectations, RatingScales)


@dataclass(frozen=True, slots=True, order=True)
class FrameworkPlace:
    """Where a value of the framework stands: its sheet, the key of its row with | between, the column's header."""

    sheet: str
    key: str
    column: str


# Everything a framework says, as text; what is blank is not in it.
FrameworkValues = Mapping[FrameworkPlace, str]
_made: deque[tuple[Tables, str, Tables]] = deque(maxlen=4)


def framework_values(tables: Tables) -> FrameworkValues:
    """What the sheets of the framework say. Of rows with the same key the first counts, as everywhere."""
    return {
        FrameworkPlace(sheet.name, key, header): value
        for sheet in map(sheet_of, FRAMEWORK)
        for key, row in _rows_by_key(sheet, tables.by_sheet[sheet.name].frame).items()
        for header, value in row.items()
    }


def kept_versions(tables: Tables) -> list[str]:
    """The names of all versions that were accepted, the first first."""
    return list(tables.frame(FrameworkHistory)["version"].dropna().drop_duplicates())


def kept_values(tables: Tables, version: str) -> FrameworkValues:
    """What an accepted version says; nothing where there is none of that name."""
    history = tables.frame(FrameworkHistory)
    rows = history[history["version"].eq(version)].dropna(subset=["sheet", "key", "of_column", "value"])
    columns = (rows[name] for name in ("sheet", "key", "of_column", "value"))
    return {FrameworkPlace(sheet, key, of): value for sheet, key, of, value in zip(*columns, strict=True)}


def named_version(tables: Tables, cycle: str) -> str:
    """The version that the sheet Cycles names for `cycle`, accepted or not; "" if it names none."""
    cycles = tables.frame(Cycles)
    named = cycles.loc[cycles["cycle"].eq(cycle), "framework_version"].dropna()
    return str(named.iloc[0]) if len(named) else ""


def with_framework_of(tables: Tables, cycle: str) -> Tables:
    """`tables` with the framework that counts for `cycle`: the accepted version it names, else what is there.

    The very same object where nothing differs.
    """
    if tables.frame(FrameworkHistory).empty:
        return tables
    return with_version(tables, named_version(tables, cycle))


def with_version(tables: Tables, version: str) -> Tables:
    """`tables` with the framework of an accepted version; the very same where there is none or it says the same.

    The last few are kept, as one run asks for the same again and again.
    """
    for given, of, made in _made:
        if given is tables and of == version:
            return made
    made = _exchanged(tables, version)
    _made.append((tables, version, made))
    return made


def without_history(tables: Tables) -> Tables:
    """`tables` as if no version had ever been accepted, so that the sheets count as they are."""
    sheet = sheet_of(FrameworkHistory)
    history = tables.by_sheet[sheet.name]
    return Tables({**tables.by_sheet, sheet.name: Table(history.sheet, empty_frame(sheet), history.letters)})


def framework_fingerprint(values: FrameworkValues) -> str:
    """One text for everything a framework says; the order of its rows does not count."""
    lines = "\x1e".join(
        f"{place.sheet}\x1f{place.key}\x1f{place.column}\x1f{values[place]}" for place in sorted(values)
    )
    return hashlib.sha256(lines.encode()).hexdigest()


def _exchanged(tables: Tables, version: str) -> Tables:
    values = kept_values(tables, version)
    if not values or values == framework_values(tables):
        return tables
    replaced = {}
    for model in FRAMEWORK:
        table = tables[model]
        replaced[sheet_of(model).name] = Table(table.sheet, _frame_of(sheet_of(model), values), table.letters)
    return Tables({**tables.by_sheet, **replaced})


def _rows_by_key(sheet: Sheet, frame: pd.DataFrame) -> dict[str, dict[str, str]]:
    """The filled cells of each row by header, by the row's key; rows without a whole key count nowhere."""
    whole = frame.dropna(subset=list(sheet.key)).drop_duplicates(list(sheet.key))
    texts = {column.header: _texts(whole, column.name, column.kind) for column in sheet.columns}
    keys = zip(*(texts[sheet.column(name).header] for name in sheet.key), strict=True)
    rows = zip(*texts.values(), strict=True)
    return {
        "|".join(str(part).replace("|", "||") for part in key): {
            header: text for header, text in zip(texts, row, strict=True) if text is not None
        }
        for key, row in zip(keys, rows, strict=True)
    }


def _texts(frame: pd.DataFrame, column: str, kind: Kind) -> list[str | None]:
    """A column's cells as text, so that reading them gives the same values again."""
    if kind is Kind.SEVERAL:
        return ["; ".join(entries) or None for entries in frame[column]]
    if kind is Kind.RATING:
        pairs = zip(frame[column], frame[f"{column}_na"], strict=True)
        return ["N/A" if not_applicable else text_of(value) for value, not_applicable in pairs]
    return [None if pd.isna(value) else text_of(value) for value in frame[column]]


def _frame_of(sheet: Sheet, values: FrameworkValues) -> pd.DataFrame:
    """The frame of one sheet as an accepted version has it, its rows in the order in which they were kept."""
    names = {fold(column.header): column.name for column in sheet.columns}
    rows: dict[str, dict[str, str]] = {}
    for place, value in values.items():
        if place.sheet == sheet.name and fold(place.column) in names:
            rows.setdefault(place.key, {})[names[fold(place.column)]] = value
    if not rows:
        return empty_frame(sheet)
    index = pd.RangeIndex(FIRST_ROW, FIRST_ROW + len(rows))
    columns: dict[str, pd.Series] = {}
    for column in sheet.columns:
        cells = pd.Series([row.get(column.name) for row in rows.values()], index=index, dtype=object)
        read = read_column(column, cells)
        columns[column.name] = read.values
        if read.na is not None:
            columns[f"{column.name}_na"] = read.na
    return pd.DataFrame(columns, index=pd.Index(index, dtype="int64"))
