"""read(write(x)) == x for random workbooks and random patches, and everything else stays as it was."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from careersheets.books.book import SheetRows
from careersheets.books.excel_patch import append_rows, patch_cells, replace_sheet
from careersheets.books.guard_child import messages
from careersheets.books.package import Package

Model = dict[tuple[int, int], Any]
HR, TOOL, OTHER = "HR's scores & more", "To fix", "Other"
DATE_COLUMN, WIDTH = 4, 4
BODY_ROW = 6

_letters = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
_TRICKY = ("=1+1", "+1", " outer ", "a\nb", "\t", "<c>&amp;", "]]>", "'", '"', "{{7*7}}", "#REF!")
_LOOKS_ESCAPED = ("_x0041_", "_x005F_x0041_", "_x000D_", "x_x0041_x0042_")
simple_texts = st.text(_letters, max_size=12) | st.sampled_from(_TRICKY)
# XlsxWriter, which makes the workbooks, leaves these as they are; our own writer must not.
texts = simple_texts | st.sampled_from(_LOOKS_ESCAPED)
numbers = st.one_of(
    st.floats(-1e15, 1e15, allow_subnormal=False).map(lambda value: value + 0.0),
    st.integers(-(10**14), 10**14),
)
plain = st.one_of(st.none(), st.booleans(), numbers, texts)
simple = st.one_of(st.none(), st.booleans(), numbers, simple_texts)
dates = st.one_of(
    st.none(),
    st.datetimes(datetime(1901, 1, 1), datetime(2200, 1, 1)).map(lambda value: value.replace(microsecond=0)),
)
lines = st.tuples(*[dates if column == DATE_COLUMN else plain for column in range(1, WIDTH + 1)])
simple_lines = st.tuples(*[dates if column == DATE_COLUMN else simple for column in range(1, WIDTH + 1)])


class PatchedWorkbook(RuleBasedStateMachine):
    """A workbook patched again and again beside a plain model of what it should hold."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "careers.xlsx"
        self.models: dict[str, Model] = {HR: {}, TOOL: {}}
        self.untouched: dict[str, bytes] = {}

    def teardown(self) -> None:
        self.folder.cleanup()

    @initialize(scores=st.lists(simple_lines, max_size=6), in_place=st.booleans())
    def build(self, scores: list[tuple[Any, ...]], in_place: bool) -> None:
        with xlsxwriter.Workbook(
            self.path, {"constant_memory": in_place, "strings_to_urls": False}
        ) as workbook:
            day = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
            self._fill(workbook.add_worksheet(HR), scores, day)
            tool = workbook.add_worksheet(TOOL)
            tool.set_column(DATE_COLUMN - 1, DATE_COLUMN - 1, 20, day)
            tool.write(BODY_ROW - 2, 0, "Header")
            workbook.add_worksheet(OTHER).write(0, 0, "untouched")
        self.models[TOOL][BODY_ROW - 1, 1] = "Header"
        self.untouched = self._others()

    @rule(
        cells=st.dictionaries(
            st.tuples(st.integers(1, 12), st.integers(1, WIDTH)), st.tuples(plain, dates), min_size=1
        )
    )
    def patch(self, cells: dict[tuple[int, int], tuple[Any, Any]]) -> None:
        values = {place: choice[place[1] == DATE_COLUMN] for place, choice in cells.items()}
        self._edit(lambda package: patch_cells(package, HR, values))
        for place, value in values.items():
            _set(self.models[HR], place, value)

    @rule(rows=st.lists(lines, min_size=1, max_size=4))
    def append(self, rows: list[tuple[Any, ...]]) -> None:
        last = max((row for row, _ in self.models[HR]), default=1)
        self._edit(lambda package: append_rows(package, HR, rows))
        self._place(HR, rows, max(last, 1) + 1)

    @rule(rows=st.lists(lines, max_size=5))
    def replace(self, rows: list[tuple[Any, ...]]) -> None:
        self._edit(lambda package: replace_sheet(package, SheetRows(TOOL, rows, BODY_ROW, 1)))
        self.models[TOOL] = {
            place: value for place, value in self.models[TOOL].items() if place[0] < BODY_ROW
        }
        self._place(TOOL, rows, BODY_ROW)

    @invariant()
    def holds_what_was_written(self) -> None:
        if not self.untouched:
            return
        found = list(messages("workbook", self.path))
        assert found[-1][0] == "end", found[-1]
        grids = {message[1]: message[2] for message in found if message[0] == "grid"}
        for sheet, model in self.models.items():
            assert _cells(grids[sheet]) == _comparable(model)
        assert self._others() == self.untouched

    def _fill(self, sheet: Any, rows: list[tuple[Any, ...]], day: Any) -> None:
        sheet.set_column(DATE_COLUMN - 1, DATE_COLUMN - 1, 20, day)
        for number, row in enumerate(rows, 2):
            for column, value in enumerate(row, 1):
                _write(sheet, number - 1, column - 1, value, day)
                _set(self.models[HR], (number, column), _as_made(value))

    def _place(self, sheet: str, rows: list[tuple[Any, ...]], first_row: int) -> None:
        for number, row in enumerate(rows, first_row):
            for column, value in enumerate(row, 1):
                _set(self.models[sheet], (number, column), value)

    def _edit(self, edit: Any) -> None:
        with Package(self.path) as package:
            edit(package)
            buffer = io.BytesIO()
            package.save(buffer)
        self.path.write_bytes(buffer.getvalue())

    def _others(self) -> dict[str, bytes]:
        """Every part but the two sheets that are patched."""
        with zipfile.ZipFile(self.path) as archive:
            patched = ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml")
            return {name: archive.read(name) for name in archive.namelist() if name not in patched}


def _write(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    if value == "":
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif value is not None:
        sheet.write_number(row, column, value)


def _as_made(value: Any) -> Any:
    """XlsxWriter writes no more than 16 digits."""
    return float(f"{value:.16G}") if isinstance(value, float) else value


def _set(model: Model, place: tuple[int, int], value: Any) -> None:
    if value is None or value == "":
        model.pop(place, None)
    else:
        model[place] = value


def _cells(columns: tuple[list[Any], ...]) -> dict[tuple[int, int], Any]:
    return _comparable({
        (row, column): value
        for column, values in enumerate(columns, 1)
        for row, value in enumerate(values, 1)
        if value is not None
    })  # fmt: skip


def _comparable(model: Mapping[tuple[int, int], Any]) -> dict[tuple[int, int], Any]:
    """Kind and value: True is not 1, and a date without time is midnight."""
    return {place: _kind(value) for place, value in model.items()}


def _kind(value: Any) -> tuple[str, Any]:
    if isinstance(value, bool):
        return "boolean", value
    if isinstance(value, (int, float)):
        return "number", float(value)
    if isinstance(value, str):
        return "text", value
    return "moment", datetime.fromisoformat(value.isoformat())


# Making each workbook anew takes too long for shrinking; the failing steps are printed as they were found.
PatchedWorkbook.TestCase.settings = settings(
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    max_examples=int(os.environ.get("CAREERSHEETS_EXAMPLES", "60")),
    stateful_step_count=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
test_random_patches = PatchedWorkbook.TestCase
