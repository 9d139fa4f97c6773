"""An xlwings engine on a closed file, so that the very macros behind the buttons run without Excel.

Only the free part of xlwings is used: an engine is any object with the members that xlwings calls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import xlwings as xw

from ..model.cells import CellError, CellValue
from ..model.errors import NotFound, UsageError
from .file_engine_book import FileBook
from .file_engine_range import FileRange
from .workbook_index import split_place

NAME = "careersheets file"


class FileEngine:
    """The engine."""

    name = NAME
    # What xlwings calls a program on this computer; any other value leads into parts that need a licence.
    type = "desktop"

    def __init__(self) -> None:
        self.apps = FileApps(self)

    @staticmethod
    def clean_value_data(
        data: list[list[CellValue]],
        datetime_builder: Callable[..., Any],
        empty_as: object,
        number_builder: Callable[[Any], Any] | None,
        err_to_str: bool,
    ) -> list[list[object]]:
        """Values as xlwings hands them on; a formula that was never calculated stays recognisable."""

        def clean(value: CellValue) -> object:
            if value is None or value == "":
                return empty_as
            if isinstance(value, CellError):
                return value.code if err_to_str else None
            if isinstance(value, datetime) and datetime_builder is not datetime:
                return datetime_builder(value.year, value.month, value.day)
            if isinstance(value, (int, float)) and not isinstance(value, bool) and number_builder:
                return number_builder(value)
            return value

        return [[clean(value) for value in row] for row in data]

    @staticmethod
    def prepare_xl_data_element(value: object, options: object) -> object:
        """Values on their way into a cell."""
        return value


class FileApps:
    """The programs of the engine: one."""

    def __init__(self, engine: FileEngine) -> None:
        self.engine = engine
        self._app = FileApp(self)

    def keys(self) -> list[int]:
        """Process numbers; there is no process."""
        return [self._app.pid]

    def __iter__(self) -> Iterator[FileApp]:
        return iter([self._app])

    def __len__(self) -> int:
        return 1

    def __getitem__(self, pid: int) -> FileApp:
        return self._app

    def add(self, **_: object) -> FileApp:
        """The one there is."""
        return self._app


class FileApp:
    """What stands in for Excel: the open books, the selection, and what the user would have been shown."""

    pid = 1
    version = "16.0"

    def __init__(self, apps: FileApps) -> None:
        self.apps = apps
        self.books = FileBooks(self)
        self.selection: FileRange | None = None
        self.status_bar: str | bool = False
        self.alerts: list[str] = []
        self.answers_yes = False

    @property
    def api(self) -> FileApp:
        """There is no program behind a closed file."""
        return self

    @property
    def engine(self) -> FileEngine:
        """The engine it belongs to."""
        return self.apps.engine

    def activate(self, steal_focus: bool = False) -> None:
        """Nothing is on the screen."""

    def alert(self, prompt: str, title: str = "", buttons: str = "", *_: object) -> str:
        """Keep the sentence the user would see; a question is answered as `answers_yes` says."""
        self.alerts.append(prompt)
        if buttons != "yes_no":
            return "ok"
        return "yes" if self.answers_yes else "no"


class FileBooks:
    """The workbooks that are open."""

    def __init__(self, app: FileApp) -> None:
        self.app = app
        self._open: list[FileBook] = []

    @property
    def api(self) -> FileBooks:
        """There is no program behind a closed file."""
        return self

    @property
    def active(self) -> FileBook:
        """The one opened last."""
        return self._open[-1]

    def open(self, fullname: str, *_: object, **__: object) -> FileBook:
        """Read a workbook.

        Raises:
            FileRefused: it cannot be read.
        """
        book = FileBook(self.app, Path(fullname).resolve())
        self._open.append(book)
        return book

    def __len__(self) -> int:
        return len(self._open)

    def __iter__(self) -> Iterator[FileBook]:
        return iter(self._open)

    def __call__(self, key: int | str) -> FileBook:
        """The book of that 1-based number, name or path; capitals do not count, as in Excel."""
        if isinstance(key, int):
            return self._open[key - 1]
        for book in self._open:
            if key.casefold() in (book.name.casefold(), book.fullname.casefold()):
                return book
        raise KeyError(key)


def open_closed_file(path: Path | str) -> xw.Book:
    """Open a workbook on this engine, which becomes the active one; what macros write is kept until `save()`.

    Raises:
        FileRefused: the workbook cannot be read.
    """
    engine = _engine()
    engine.activate()
    return xw.Book(impl=engine.impl.apps.add().books.open(str(path)))


def select_cells(book: xw.Book, place: str) -> None:
    """Make `place` (`People!B6:B9`) the selection of a book on this engine.

    Raises:
        UsageError: it is not a place of this workbook.
    """
    sheet, address = split_place(place)
    if sheet not in book.impl.tabs:
        raise NotFound("sheet", sheet, book.impl.tabs)
    try:
        book.impl.sheets(sheet).range(address).select()
    except ValueError as error:
        raise UsageError(f'"{place}" is not a place. Give for example People!B6:B9.') from error


def _engine() -> xw.main.Engine:
    known = {engine.name: engine for engine in xw.engines}
    if NAME not in known:
        xw.engines.add(xw.Engine(impl=FileEngine()))
    return xw.engines[NAME]
