"""A workbook that is not a file: it keeps what the builder draws, so that another program can be given the same.

The pages answer to those names of XlsxWriter's that the builder uses, and keep plain data. How a page prints is not kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...model.cells import parse_address

_INTERNAL = "internal:"


@dataclass(frozen=True, eq=False)
class Look:
    """The format of cells, in XlsxWriter's words; two looks are the same only if they are one object."""

    properties: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """One cell: a value, or a formula with its equals sign; `link` is a place such as `'People'!A1`."""

    value: Any = None
    formula: str = ""
    link: str = ""
    look: Look | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle, 0-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Ruled:
    """A rectangle with a drop-down or a conditional format, in XlsxWriter's words."""

    place: Place
    options: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A table with its columns, in XlsxWriter's words; `place` has the header row on top."""

    place: Place
    columns: tuple[Mapping[str, Any], ...]


@dataclass(slots=True)
class DrawnLine:
    """A row or a column: its size, in points or in characters, None for the usual one."""

    size: float | None = None
    look: Look | None = None
    hidden: bool = False


@dataclass(slots=True)
class DrawnChart:
    """A chart: its kind, its series, and where it stands; sizes in pixels."""

    kind: str
    series: list[Mapping[str, Any]] = field(default_factory=list)
    size: Mapping[str, int] = field(default_factory=dict)
    row: int = 0
    column: int = 0
    description: str = ""

    def add_series(self, options: Mapping[str, Any]) -> None:
        """One more row of bars."""
        self.series.append(options)

    def set_size(self, size: Mapping[str, int]) -> None:
        """Width and height."""
        self.size = size

    def _not_kept(self, *_: Any, **__: Any) -> None:
        """Axes and frames, which each program draws its own way."""

    set_title = set_legend = set_x_axis = set_y_axis = set_chartarea = set_plotarea = _not_kept
    show_hidden_data = _not_kept


class DrawnPage:
    """One page. Rows and columns are counted from 0; where XlsxWriter takes `B6` for them, so does this."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.cells: dict[tuple[int, int], DrawnCell] = {}
        self.rows: dict[int, DrawnLine] = {}
        self.columns: dict[int, DrawnLine] = {}
        self.merged: list[Place] = []
        self.entries: list[Ruled] = []
        self.highlights: list[Ruled] = []
        self.charts: list[DrawnChart] = []
        self.table: DrawnTable | None = None
        self.filtered: Place | None = None
        self.frozen = (0, 0)
        self.colour = ""
        self.hidden = False
        self.protected = False

    def get_name(self) -> str:
        """What its tab is called."""
        return self.name

    def write_string(self, *place: Any) -> None:
        """A text."""
        self._put(place, lambda text, look=None: DrawnCell(text, look=look))

    write_number = write_datetime = write_blank = write_string

    def write_formula(self, *place: Any) -> None:
        """A formula; the value it will have is left to the program."""
        self._put(place, lambda formula, look=None, _="": DrawnCell(formula=formula, look=look))

    def write_url(self, *place: Any) -> None:
        """A text that leads to a place in the workbook."""
        self._put(
            place,
            lambda url, look, text, _="": DrawnCell(text, link=str(url).removeprefix(_INTERNAL), look=look),
        )

    def merge_range(self, *place: Any) -> None:
        """Cells that are one; the text stands in the first."""
        area, (text, look) = _area(place)
        self.merged.append(area)
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                self.cells[row, column] = DrawnCell(None, look=look)
        self.cells[area.top, area.left] = DrawnCell(text, look=look)

    def set_row(self, row: int, size: float | None, look: Look | None = None) -> None:
        """A row's height in points, and how its cells look."""
        self.rows[row] = DrawnLine(size, look)

    def set_column(
        self,
        first: int,
        last: int,
        size: float | None,
        look: Look | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        """The width of columns in characters, how their cells look, and whether they are hidden."""
        for column in range(first, last + 1):
            self.columns[column] = DrawnLine(size, look, bool((options or {}).get("hidden")))

    def data_validation(self, *place: Any) -> None:
        """What may be entered."""
        area, (options,) = _area(place)
        self.entries.append(Ruled(area, options))

    def conditional_format(self, *place: Any) -> None:
        """Colours that follow the cells."""
        area, (options,) = _area(place)
        self.highlights.append(Ruled(area, options))

    def add_table(self, *place: Any) -> None:
        """A table with headers."""
        area, (options,) = _area(place)
        self.table = DrawnTable(area, tuple(options["columns"]))
        for number, column in enumerate(self.table.columns):
            self.cells[area.top, area.left + number] = DrawnCell(
                column["header"], look=column["header_format"]
            )

    def autofilter(self, *place: Any) -> None:
        """A filter above rows that are no table."""
        self.filtered = _area(place)[0]

    def freeze_panes(self, rows: int, columns: int) -> None:
        """How many rows and columns stay in sight."""
        self.frozen = rows, columns

    def insert_chart(self, row: int, column: int, chart: DrawnChart, options: Mapping[str, Any]) -> None:
        """A chart with its upper left corner in this cell."""
        chart.row, chart.column, chart.description = row, column, str(options.get("description", ""))
        self.charts.append(chart)

    def set_tab_color(self, colour: str) -> None:
        """The colour of its tab."""
        self.colour = colour

    def very_hidden(self) -> None:
        """Not to be seen by HR."""
        self.hidden = True

    def protect(self, *_: Any) -> None:
        """Nobody need type here."""
        self.protected = True

    def _put(self, place: tuple[Any, ...], make: Any) -> None:
        row, column, rest = _spot(place)
        self.cells[row, column] = make(*rest)

    def _not_kept(self, *_: Any, **__: Any) -> None:
        """Paper, and what a browser shows its own way."""

    set_landscape = set_portrait = fit_to_pages = repeat_rows = repeat_columns = set_paper = _not_kept
    set_margins = set_footer = print_area = center_horizontally = _not_kept
    hide_gridlines = hide_row_col_headers = set_default_row = _not_kept


class DrawnWorkbook:
    """All pages in tab order, and the defined names with what each stands for."""

    def __init__(self) -> None:
        self.pages: dict[str, DrawnPage] = {}
        self.names: dict[str, str] = {}

    def add_worksheet(self, name: str, _: type | None = None) -> DrawnPage:
        """One more page."""
        page = self.pages[name] = DrawnPage(name)
        return page

    def get_worksheet_by_name(self, name: str) -> DrawnPage | None:
        """The page of that name."""
        return self.pages.get(name)

    def add_format(self, properties: Mapping[str, Any]) -> Look:
        """A look of cells."""
        return Look(dict(properties))

    def add_chart(self, options: Mapping[str, Any]) -> DrawnChart:
        """A chart, to be inserted into a page."""
        return DrawnChart(str(options["type"]))

    def define_name(self, name: str, formula: str) -> None:
        """A name for a place or a formula."""
        self.names[name] = formula.removeprefix("=")


def _spot(place: tuple[Any, ...]) -> tuple[int, int, tuple[Any, ...]]:
    """Row, column, and what follows."""
    if isinstance(place[0], str):
        row, column = parse_address(place[0])
        return row - 1, column - 1, place[1:]
    return place[0], place[1], place[2:]


def _area(place: tuple[Any, ...]) -> tuple[Place, tuple[Any, ...]]:
    """The rectangle, and what follows."""
    if isinstance(place[0], str):
        row, column, rest = _spot(place)
        return Place(row, column, row, column), rest
    return Place(*place[:4]), place[4:]
