"""A closed workbook and its sheets, as xlwings asks an engine for them. Saving is the lossless patch."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..model.cells import LAST_COLUMN, LAST_ROW, CellRef, parse_address
from ..model.errors import NotFound
from .book import BookContents, Changes, Receipt
from .diff import CellChange, Diff
from .excel_file import ExcelFile
from .file_engine_cells import SheetCells
from .file_engine_range import FileRange
from .package import Package
from .refusals import WriteRefusal, WriteRefused
from .workbook_index import split_place

if TYPE_CHECKING:
    from .file_engine import FileApp

_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"[^>]*?\bhidden="(?:1|true)"')


class FileBook:
    """The workbook at `path`, read once; what macros write stays in memory until `save`."""

    def __init__(self, app: FileApp, path: Path) -> None:
        self.app = app
        self.path = path
        self._file = ExcelFile(path)
        self._take(self._file.read())
        self.active = next(
            name for name, grid in self._contents.grids.items() if grid.visibility == "visible"
        )
        self.receipt: Receipt | None = None
        self.keep_backups: int | None = None

    @property
    def api(self) -> FileBook:
        """There is no program behind a closed file."""
        return self

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name

    @property
    def fullname(self) -> str:
        """The file's path."""
        return str(self.path)

    @property
    def sheets(self) -> FileSheets:
        """The sheets in tab order."""
        return FileSheets(self)

    @property
    def names(self) -> FileNames:
        """The defined names that stand for one place."""
        return FileNames(self)

    def activate(self) -> None:
        """Nothing is on the screen."""

    def apply(self, diff: Diff) -> Receipt:
        """Save what macros changed so far, and apply an accepted diff to the file.

        Raises:
            WriteRefused: the file does not have the diff.
        """
        self.save()
        if self.receipt is not None:
            self._take(self._file.read())
        self.receipt = self._file.apply(self._contents, diff)
        self._take(self._file.read())
        return Receipt(self.name)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Write what macros changed into the file, and nothing else.

        Raises:
            WriteRefused: nothing was written.
        """
        if not self.path.stat().st_mode & stat.S_IWUSR:
            raise WriteRefused(self.path, WriteRefusal.NO_PERMISSION)
        changes, cells = self._changes()
        if changes.sheets or changes.named_cells:
            self.receipt = self._file.write(self._contents, changes)
        if len(cells):
            contents = self._file.read() if changes.sheets or changes.named_cells else self._contents
            self.receipt = self._file.apply(contents, cells)

    def _take(self, contents: BookContents) -> None:
        """Begin with what the file holds."""
        self._contents = contents
        self.tabs = {name: SheetCells(name, grid) for name, grid in contents.grids.items()}

    def _changes(self) -> tuple[Changes, Diff]:
        """What was written: whole sheets, named cells, and any other cells."""
        places = {split_place(place): name for name, place in self._contents.names.items()}
        sheets, named, others = [], {}, []
        for state in self.tabs.values():
            replacement = state.replacement()
            if replacement is not None:
                sheets.append(replacement)
            for (row, column), value in state.single_cells().items():
                cell = CellRef(state.name, row, column)
                name = places.get((state.name, cell.address))
                if name is not None:
                    named[name] = value
                elif state.grid is not None:
                    others.append(CellChange(cell, state.grid.cell(row, column), value))  # type: ignore[arg-type]
        return Changes(tuple(sheets), named, self.keep_backups), Diff(tuple(others))  # type: ignore[arg-type]

    def hidden_rows(self, sheet: str) -> frozenset[int]:
        """The rows of a sheet that a filter or HR hid."""
        with Package(self.path) as package:
            entry = package.index.sheet(sheet)
            content = package.read(entry.part) if entry else b""
        return frozenset(int(number) for number in _HIDDEN_ROW.findall(content))


class FileSheets:
    """The sheets of a book."""

    def __init__(self, book: FileBook) -> None:
        self.book = book

    def __len__(self) -> int:
        return len(self.book.tabs)

    def __iter__(self) -> Iterator[FileSheet]:
        return (FileSheet(self.book, name) for name in self.book.tabs)

    def __call__(self, key: int | str) -> FileSheet:
        """The sheet of that name or 1-based number."""
        names = list(self.book.tabs)
        name = names[key - 1] if isinstance(key, int) else key
        if name not in self.book.tabs:
            raise NotFound("sheet", name, names)
        return FileSheet(self.book, name)

    @property
    def active(self) -> FileSheet:
        """The one in front."""
        return FileSheet(self.book, self.book.active)

    def add(self, before: Any = None, after: Any = None, name: str = "") -> FileSheet:
        """A new sheet at the end."""
        self.book.tabs[name] = SheetCells(name, None)
        return FileSheet(self.book, name)


class FileSheet:
    """One sheet of a book."""

    def __init__(self, book: FileBook, name: str) -> None:
        self.book = book
        self._name = name

    @property
    def api(self) -> FileSheet:
        """There is no program behind a closed file, so nothing is protected either."""
        return self

    @property
    def cells_state(self) -> SheetCells:
        """Its cells."""
        return self.book.tabs[self._name]

    @property
    def name(self) -> str:
        """As on its tab."""
        return self._name

    @name.setter
    def name(self, new: str) -> None:
        state = self.book.tabs.pop(self._name)
        state.name = self._name = new
        self.book.tabs[new] = state

    @property
    def index(self) -> int:
        """Its place among the tabs, 1-based."""
        return list(self.book.tabs).index(self._name) + 1

    @property
    def visible(self) -> bool:
        """Whether HR sees its tab."""
        grid = self.cells_state.grid
        return grid is None or grid.visibility == "visible"

    @property
    def used_range(self) -> FileRange:
        """From A1 to the last cell that holds something."""
        state = self.cells_state
        return FileRange(self, (1, 1), (state.last_row, state.last_column))

    @property
    def cells(self) -> FileRange:
        """All cells there can be."""
        return FileRange(self, (1, 1), (LAST_ROW, LAST_COLUMN))

    def range(self, first: Any, last: Any = None) -> FileRange:
        """The cells between two corners, given as `(row, column)`, `"B6"` or ranges."""
        if isinstance(first, str) and ":" in first:
            first, last = first.split(":")
        start = _corner(first)[0]
        end = _corner(first if last is None else last)[1]
        return FileRange(self, start, end)

    def activate(self) -> None:
        """Bring it to the front."""
        self.book.active = self._name

    select = activate

    def hidden_rows(self) -> frozenset[int]:
        """The rows that are hidden."""
        return self.book.hidden_rows(self._name)


class FileNames:
    """The defined names of a book."""

    def __init__(self, book: FileBook) -> None:
        self.book = book

    def _places(self) -> dict[str, str]:
        return dict(self.book._contents.names)

    def contains(self, name: str) -> bool:
        """Whether there is such a name."""
        return name in self._places()

    def __len__(self) -> int:
        return len(self._places())

    def __call__(self, name: str) -> FileName:
        """The name."""
        return FileName(self.book, name, self._places()[name])


class FileName:
    """A defined name and the place it stands for."""

    def __init__(self, book: FileBook, name: str, place: str) -> None:
        self.book = book
        self.name = name
        self.refers_to = f"={place}"

    @property
    def refers_to_range(self) -> FileRange:
        """The place."""
        sheet, address = split_place(self.refers_to[1:])
        return self.book.sheets(sheet).range(address)


def _corner(place: Any) -> tuple[tuple[int, int], tuple[int, int]]:
    """Both corners of a place."""
    if isinstance(place, FileRange):
        return place.first, place.last
    if isinstance(place, str):
        cell = parse_address(place)
        return cell, cell
    inner = getattr(place, "impl", None)
    return (inner.first, inner.last) if inner is not None else (tuple(place), tuple(place))
