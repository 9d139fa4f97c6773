"""A built workbook made into one with macros: the project of its macros, and the buttons that start them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ...model.cells import CellValue
from ..excel_patch import patch_cells
from ..package import Package
from ..workbook_index import SheetEntry, read_relationships_of, relationships_part
from ..xml_outline import parse_outline, set_attribute, splice
from .button_shapes import EMPTY_DRAWING, ButtonShape, shape_xml

PROJECT_PART = "xl/vbaProject.bin"
_TYPES = "[Content_Types].xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PROJECT_LINK = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_WITH_MACROS = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"
# Of Calibri 11, in which Excel measures columns; and the width in pixels of a column that has none of its own.
_PIXELS_PER_CHARACTER, _USUAL_WIDTH = 7, 64
# What may follow `drawing` in a worksheet part.
_AFTER_DRAWING = frozenset(
    {
        "legacyDrawing",
        "legacyDrawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "extLst",
    }
)

Texts = Mapping[tuple[int, int], CellValue]


def add_macros(
    source: Path,
    target: Path,
    project: bytes,
    buttons: Mapping[str, Sequence[ButtonShape]],
    texts: Mapping[str, Texts],
) -> None:
    """Write the workbook at `source` to `target` (.xlsm) with macros; `source` stays as it is.

    Args:
        source: a workbook built by `build_workbook`.
        target: what stands there is replaced.
        project: the content of vbaProject.bin, made for a workbook with as many sheets.
        buttons: by sheet name.
        texts: by sheet name, cells (row, column; 1-based) that say something else where there are buttons.
    """
    with Package(source) as package:
        for sheet, cells in texts.items():
            patch_cells(package, sheet, cells)
        name_code(package)
        _add_project(package, project)
        for sheet, shapes in buttons.items():
            entry = package.index.sheet(sheet)
            if entry is not None:
                _add_shapes(package, entry, shapes)
        with target.open("w+b") as file:
            package.save(file)


def project_of(workbook: Path) -> bytes:
    """The macros of an .xlsm."""
    with zipfile.ZipFile(workbook) as archive:
        return archive.read(PROJECT_PART)


def name_code(package: Package) -> None:
    """Give workbook and sheets the names under which the project knows them: ThisWorkbook, Sheet1, Sheet2 ..."""
    _set(package, package.index.part, "workbookPr", "codeName", "ThisWorkbook")
    for number, entry in enumerate(package.index.sheets, 1):
        _set(package, entry.part, "sheetPr", "codeName", f"Sheet{number}")


def _add_project(package: Package, project: bytes) -> None:
    package.replace(PROJECT_PART, project)
    types = package.read(_TYPES).replace(_PLAIN, _WITH_MACROS)
    package.replace(_TYPES, types)
    _append(
        package,
        _TYPES,
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>',
        first=True,
    )
    links = relationships_part(package.index.part)
    _append(package, links, f'<Relationship Id="rIdMacros" Type="{_PROJECT_LINK}" Target="vbaProject.bin"/>')


def _set(package: Package, part: str, element: str, attribute: str, value: str) -> None:
    """Set an attribute of a child of the part's root; the child is added as the first if it is not there."""
    content = package.read(part)
    root = parse_outline(content)
    found = root.find(element)
    if found is None:
        change = root.inner, root.inner, f'<{element} {attribute}="{value}"/>'.encode()
    else:
        change = set_attribute(content, found, attribute, value)
    package.replace(part, splice(content, [change]))


def _append(package: Package, part: str, child: str, *, first: bool = False) -> None:
    content = package.read(part)
    root = parse_outline(content)
    place = root.inner if first else root.inner_end
    package.replace(part, splice(content, [(place, place, child.encode())]))


def _add_shapes(package: Package, entry: SheetEntry, shapes: Sequence[ButtonShape]) -> None:
    drawing = _drawing_of(package, entry) or _new_drawing(package, entry)
    taken = package.read(drawing).count(b"<xdr:cNvPr ")
    widths = _column_widths(package.read(entry.part))
    placed = [_in_its_cell(shape, widths) for shape in shapes]
    written = "".join(shape_xml(shape, number) for number, shape in enumerate(placed, taken + 2))
    _append(package, drawing, written)


def _column_widths(sheet: bytes) -> dict[int, int]:
    """The widths of columns that have one of their own, in pixels, by column (0-based)."""
    holder = parse_outline(sheet).find("cols")
    widths = {}
    for element in holder.all("col") if holder else ():
        if element.attribute("width"):
            pixels = int(float(element.attribute("width")) * _PIXELS_PER_CHARACTER + 0.5)
            hidden = element.attribute("hidden") == "1"
            columns = range(int(element.attribute("min")) - 1, int(element.attribute("max")))
            widths.update(dict.fromkeys(columns, 0 if hidden else pixels))
    return widths


def _in_its_cell(shape: ButtonShape, widths: Mapping[int, int]) -> ButtonShape:
    """`shape` by the cell it begins in: Excel cuts an offset off at the edge of its column."""
    column, across = shape.column, shape.dx
    while across >= widths.get(column, _USUAL_WIDTH):
        across -= widths.get(column, _USUAL_WIDTH)
        column += 1
    return replace(shape, column=column, dx=across)


def _drawing_of(package: Package, entry: SheetEntry) -> str | None:
    lines = read_relationships_of(package.read, package.name_of, entry.part)
    return next((line.target for line in lines if line.kind == "drawing"), None)


def _new_drawing(package: Package, entry: SheetEntry) -> str:
    """An empty drawing on a sheet that has none."""
    number = 1 + sum(part.startswith("xl/drawings/drawing") for part in package.parts)
    part = f"xl/drawings/drawing{number}.xml"
    package.replace(part, EMPTY_DRAWING.encode())
    _append(package, _TYPES, f'<Override PartName="/{part}" ContentType="{_DRAWING_TYPE}"/>')
    links = relationships_part(entry.part)
    if package.name_of(links) is None:
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        package.replace(links, f'{head}<Relationships xmlns="{_RELATIONS}"></Relationships>'.encode())
    _append(
        package, links, f'<Relationship Id="rIdButtons" Type="{_OFFICE_LINKS}/drawing" Target="/{part}"/>'
    )
    content = package.read(entry.part)
    root = parse_outline(content)
    place = next((child.start for child in root.children if child.name in _AFTER_DRAWING), root.inner_end)
    element = f'<drawing xmlns:btn="{_OFFICE_LINKS}" btn:id="rIdButtons"/>'
    package.replace(entry.part, splice(content, [(place, place, element.encode())]))
    return part
