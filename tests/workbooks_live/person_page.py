"""The page Person as LibreOffice calculates it: choose somebody, take every stored value out, calculate, read."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineWorkbook

from careersheets.books.book import Changes
from careersheets.books.excel_file import ExcelFile
from tests.support.office import convert_all

_STORED = re.compile(r"(<f\b[^>]*>[^<]*</f>)<v>[^<]*</v>")
_BODY = 13


@dataclass(frozen=True, slots=True)
class Page:
    """What the page shows. `rows` by competency: required, self, manager, agreed, current, gap, weight, remark."""

    level: str
    manager: str
    target: str
    band: str
    attainment: object
    share_met: object
    coverage: object
    critical_unmet: object
    warning: str
    rows: Mapping[str, Sequence[object]]


def pages_of(workbook: Path, choices: Sequence[tuple[str, int]], folder: Path) -> list[Page]:
    """The page Person of `workbook` for each chosen person and target number."""
    chosen = [
        _choose(workbook, person, rank, folder / f"{i}.xlsx") for i, (person, rank) in enumerate(choices)
    ]
    return [_read_page(path) for path in convert_all(chosen, "xlsx", folder / "calculated")]


def without_stored_values(workbook: Path, target: Path) -> Path:
    """A copy of `workbook` in which no formula has a value."""
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for item in source.infolist():
            content = source.read(item)
            if item.filename.startswith("xl/worksheets/sheet"):
                content = _STORED.sub(r"\1", content.decode()).encode()
            copy.writestr(item, content)
    return target


def _choose(workbook: Path, person: str, rank: int, target: Path) -> Path:
    without_stored_values(workbook, target)
    book = ExcelFile(target, keep_backups=0)
    book.write(book.read(), Changes(named_cells={"cs_person": person, "cs_person_target": rank}))
    return target


def _read_page(path: Path) -> Page:
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_name("Person")
    cells = sheet.to_python(skip_empty_area=False)
    return Page(
        level=str(cells[5][11]),
        manager=str(cells[6][11]),
        target=str(cells[5][4]),
        band=str(cells[9][1]),
        attainment=cells[9][2],
        share_met=cells[9][4],
        coverage=cells[9][6],
        critical_unmet=cells[9][8],
        warning=str(cells[6][1]),
        rows={str(row[1]): row[2:10] for row in cells[_BODY : _BODY + 20] if row[1]},
    )
