"""What is in a workbook that HR should know of: what other programs would lose, what is hidden, what is stale."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..model.cells import CellError, Grid, Uncalculated
from .book import BookContents
from .package import Package
from .workbook_index import read_relationships_of, relationships_part
from .xml_outline import BadXml, parse_outline

# Parts and elements that programs other than Excel drop or rewrite when they save; what HR would call them.
_PARTS = {
    "slicers": re.compile(r"/slicers/"),
    "comment threads": re.compile(r"/threadedcomments/"),
    "pictures": re.compile(r"/media/"),
    "charts": re.compile(r"/charts?(?:ex)?/chart[^/]*\.xml$"),
    "pivot tables": re.compile(r"/pivottables/"),
    "macros": re.compile(r"vbaproject\.bin$"),
    "sensitivity label": re.compile(r"labelinfo\.xml$"),
    "custom data": re.compile(r"customxml/item[0-9]*\.xml$"),
    "printer settings": re.compile(r"/printersettings/"),
    "cell checkboxes": re.compile(r"/featurepropertybag/"),
    "signature": re.compile(r"^_xmlsignatures/.*\.xml$"),
}
_IN_SHEETS = {
    "sparklines": re.compile(rb"<x14:sparkline>"),
    "newer conditional formats": re.compile(rb"<x14:cfRule\b"),
    "newer drop-downs": re.compile(rb"<x14:dataValidation\b"),
    "formulas that spill": re.compile(rb'<c\b[^>]*\bcm="'),
}
_IN_DRAWINGS = {
    "shapes and text boxes": re.compile(rb"<xdr:sp\b"),
    "shapes that start a macro": re.compile(rb'<xdr:sp\b[^>]*\bmacro="[^"]'),
}


@dataclass(frozen=True, slots=True)
class SheetSummary:
    """One sheet: how large it is, whether it can be seen, and how many cells need attention."""

    name: str
    visibility: str
    rows: int
    columns: int
    errors: int
    uncalculated: int


@dataclass(frozen=True, slots=True)
class Inspection:
    """All that `doctor` tells; `at_risk` counts what programs other than Excel would lose, by its name.

    What is no file has no parts and no bytes on a disk.
    """

    name: str
    bytes_on_disk: int
    parts: int
    sheets: tuple[SheetSummary, ...]
    at_risk: Mapping[str, int]
    external_links: tuple[str, ...]
    calculates_by_hand: bool

    @property
    def hidden_sheets(self) -> tuple[str, ...]:
        """Sheets that cannot be seen, in tab order."""
        return tuple(sheet.name for sheet in self.sheets if sheet.visibility != "visible")

    @property
    def stale_formulas(self) -> int:
        """Formulas that no program has calculated."""
        return sum(sheet.uncalculated for sheet in self.sheets)


def inspect_workbook(path: Path, contents: BookContents) -> Inspection:
    """Look through an .xlsx or .xlsm that was read as `contents`.

    Raises:
        WriteRefused: it is another kind of file.
    """
    with Package(path) as package:
        return Inspection(
            name=path.name,
            bytes_on_disk=path.stat().st_size,
            parts=len(package.parts),
            sheets=tuple(_summary(grid) for grid in contents.grids.values()),
            at_risk=dict(sorted(_at_risk(package).items())),
            external_links=tuple(sorted(_external_links(package))),
            calculates_by_hand=_calculates_by_hand(package),
        )


def inspect_tabs(contents: BookContents) -> Inspection:
    """The same of a workbook that is no file: what its tabs hold."""
    tabs = tuple(_summary(grid) for grid in contents.grids.values())
    return Inspection(contents.name, 0, 0, tabs, {}, (), calculates_by_hand=False)


def _summary(grid: Grid) -> SheetSummary:
    errors = sum(isinstance(value, CellError) for column in grid.columns for value in column)
    uncalculated = sum(isinstance(value, Uncalculated) for column in grid.columns for value in column)
    return SheetSummary(grid.sheet, grid.visibility, grid.row_count, len(grid.columns), errors, uncalculated)


def _at_risk(package: Package) -> Counter[str]:
    found: Counter[str] = Counter()
    for part in package.parts:
        lowered = part.lower()
        if "_rels/" in lowered:
            continue
        for name, pattern in _PARTS.items():
            found[name] += pattern.search(lowered) is not None
        inside = _IN_SHEETS if "/worksheets/" in lowered else _IN_DRAWINGS if "/drawings/" in lowered else {}
        if inside and lowered.endswith(".xml"):
            content = package.read(part)
            found.update({name: len(pattern.findall(content)) for name, pattern in inside.items()})
    return Counter({name: count for name, count in found.items() if count})


def _external_links(package: Package) -> set[str]:
    """Other workbooks and data sources that formulas or queries of this one reach for."""
    links = set()
    for part in package.parts:
        if "/externallinks/" in part.lower() and package.name_of(relationships_part(part)):
            lines = read_relationships_of(package.read, package.name_of, part)
            links |= {line.target for line in lines if line.external}
    return links


def _calculates_by_hand(package: Package) -> bool:
    try:
        calculation = parse_outline(package.read(package.index.part)).find("calcPr")
    except BadXml:
        return False
    return calculation is not None and calculation.attributes.get("calcMode") == "manual"
