"""A master workbook that is a file: read through the guard, written by lossless patch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from ..model.cells import CellValue, parse_address
from ..model.errors import InputError
from .book import BookContents, Changes, NamedCell, OutValue, Receipt, SheetRows
from .diff import Diff, apply_diff, check_old_values
from .excel_patch import add_sheet, patch_cells, replace_sheet
from .formula_cells import Places, excel_formula_cells
from .guard import PendingRead, start_reading
from .package import Package
from .refusals import WriteRefusal, WriteRefused
from .safe_save import fingerprint_of, save_over
from .sheet_stream import UnusualXml
from .workbook_index import split_place
from .workbook_parts import recalculate_on_opening
from .xml_outline import BadXml

_WRITABLE = (".xlsx", ".xlsm")


class ExcelFile:
    """The workbook at `path`, as a `Book`.

    Args:
        path: an .xlsx or .xlsm; .xls and .ods can be read, not written.
        keep_backups: how many old versions stay in the folder `backups` beside it.
        template: a workbook that has every tool-owned sheet, for the headers of those that HR deleted.
        clock: tells the local time, which backups carry in their names.
    """

    def __init__(
        self, path: Path | str, *, keep_backups: int = 10, template: Path | None = None,
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:  # fmt: skip
        self._path = Path(path)
        self._keep_backups = keep_backups
        self._template = template
        self._clock = clock
        self._pending: PendingRead | None = None
        self._seen: BookContents | None = None
        self._along: dict[str, CellValue] = {}

    @property
    def name(self) -> str:
        """The file's name."""
        return self._path.name

    @property
    def path(self) -> Path:
        """Where it is."""
        return self._path

    def start_reading(self) -> None:
        """Begin to read in another process; the next `read` takes what it brings."""
        self._pending = start_reading(self._path)

    def version(self) -> str:
        """When the file was written, and how large it is: another text after every change.

        Raises:
            InputError: there is no such file.
        """
        try:
            about = self._path.stat()
        except OSError as error:
            raise InputError(f'There is no workbook "{self._path.name}". Check the path.') from error
        return f"{about.st_mtime_ns} {about.st_size}"

    def read(self) -> BookContents:
        """All sheets, hidden ones too.

        Raises:
            FileRefused: the file is not read, for one reason of the closed list.
        """
        seen, self._seen = self._seen, None
        if seen is not None and _is_still(self._path, seen.fingerprint):
            return seen
        pending, self._pending = self._pending or start_reading(self._path), None
        return pending.result()

    def named_cell(self, name: str) -> NamedCell | None:
        """The cell with this defined name; the next `read` gives what was read for it, unless the file changed.

        Raises:
            FileRefused: as `read`.
        """
        self._seen = self.read()
        return self._seen.named_cell(name)

    def formula_cells(self, contents: BookContents) -> Mapping[str, Places]:
        """By sheet, the cells that hold a formula, in the version that `contents` came from.

        Raises:
            WriteRefused: the workbook changed since, or was saved in an unusual way.
        """
        path = self._writable()
        _check_unchanged(path, contents.fingerprint)
        return excel_formula_cells(path)

    def fill_along(self, named_cells: Mapping[str, CellValue]) -> None:
        """Have `named_cells` filled as well, by their defined names, when something is written."""
        self._along = dict(named_cells)

    def write(self, contents: BookContents, changes: Changes) -> Receipt:
        """Write `changes` into the version of the workbook that `contents` came from, and nothing else.

        Raises:
            WriteRefused: nothing was written, for one reason of the closed list.
        """
        path = self._writable()
        _check_unchanged(path, contents.fingerprint)
        changes = replace(changes, named_cells={**self._along, **changes.named_cells})
        with Package(path) as package:
            note = self._edit(package, lambda: apply_changes(package, changes, self._template))
            receipt = self._save(package, contents.fingerprint, changes.keep_backups)
        return replace(receipt, note=" ".join(filter(None, (receipt.note, note))))

    def apply(self, contents: BookContents, diff: Diff) -> Receipt:
        """Make the changes of an accepted diff on HR's sheets, once.

        Raises:
            WriteRefused: nothing was written; among the reasons: a cell no longer holds what the diff says it held.
        """
        path = self._writable()
        _check_unchanged(path, contents.fingerprint)
        check_old_values(path, contents, diff)
        with Package(path) as package:
            self._edit(package, lambda: apply_diff(package, diff))
            return self._save(package, contents.fingerprint)

    def _writable(self) -> Path:
        path = self._path.resolve()
        if path.suffix.lower() not in _WRITABLE:
            raise WriteRefused(path, WriteRefusal.NOT_XLSX)
        return path

    def _edit(self, package: Package, edit: Callable[[], str]) -> str:
        if package.is_signed():
            raise WriteRefused(package.path, WriteRefusal.SIGNED)
        try:
            note = edit()
            recalculate_on_opening(package)
        except (BadXml, UnusualXml) as error:
            raise WriteRefused(package.path, WriteRefusal.UNUSUAL_XML) from error
        return note

    def _save(self, package: Package, fingerprint: str, keep_backups: int | None = None) -> Receipt:
        keep = self._keep_backups if keep_backups is None else keep_backups

        def save(file: BinaryIO) -> None:
            package.save(file)
            # Windows replaces no file that is still open.
            package.close()

        return save_over(package.path, fingerprint, save, keep_backups=keep, now=self._clock())


def apply_changes(package: Package, changes: Changes, template: Path | None = None) -> str:
    """Put all changes of one run into an open package; what HR should know about it, or "".

    Raises:
        WriteRefused: one of them cannot be made.
    """
    notes = []
    for new in changes.sheets:
        if package.index.sheet(new.sheet) is None:
            add_sheet(package, new, above=_rows_above(template, new))
            notes.append(f'The sheet "{new.sheet}" was missing and was added again, without its formatting.')
        else:
            replace_sheet(package, new)
        patch_cells(package, new.sheet, new.header_cells)
    missing = _fill_named_cells(package, changes.named_cells)
    if missing:
        listed = ", ".join(f'"{name}"' for name in missing)
        notes.append(f"The workbook no longer has the named cells {listed}, so these were not filled.")
    return " ".join(notes)


def _rows_above(template: Path | None, new: SheetRows) -> list[list[OutValue]]:
    """What stands above the body of a sheet in the template workbook: titles and headers."""
    grid = start_reading(template).result().grids.get(new.sheet) if template else None
    if grid is None:
        return []
    return [list(grid.row(number)) for number in range(1, min(new.first_row - 1, grid.row_count) + 1)]


def _fill_named_cells(package: Package, values: Mapping[str, CellValue]) -> list[str]:
    """Fill cells by their defined names; the names that are not there."""
    places = {name.casefold(): place for name, place in package.index.names.items()}
    by_sheet: dict[str, dict[tuple[int, int], CellValue]] = {}
    missing = []
    for name, value in values.items():
        sheet, address = split_place(places.get(name.casefold(), ""))
        if package.index.sheet(sheet) is None or ":" in address:
            missing.append(name)
        else:
            by_sheet.setdefault(sheet, {})[parse_address(address)] = value
    for sheet, cells in by_sheet.items():
        patch_cells(package, sheet, cells, over_formulas=True)
    return missing


def _check_unchanged(path: Path, fingerprint: str) -> None:
    try:
        same = fingerprint_of(path) == fingerprint
    except OSError as error:
        raise WriteRefused(path, WriteRefusal.NO_PERMISSION) from error
    if not same:
        raise WriteRefused(path, WriteRefusal.CHANGED)


def _is_still(path: Path, fingerprint: str) -> bool:
    try:
        return fingerprint_of(path) == fingerprint
    except OSError:
        return False
