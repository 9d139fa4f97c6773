"""Everything that names a range of a sheet's rows and must reach further when rows are added below them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .package import Package
from .refusals import WriteRefusal, WriteRefused
from .sheet_shell import Area, Shell, edit_shell, parse_area, quote_sheet, table_parts
from .workbook_index import SheetEntry, read_relationships_of
from .xml_outline import Element, escape_text, parse_outline, set_attribute, splice

_Replacement = tuple[int, int, bytes]
_WITH_AREAS = frozenset({"conditionalFormatting", "dataValidation", "ignoredError", "protectedRange"})


@dataclass(frozen=True, slots=True)
class Growth:
    """Rows were added down to `new_last`: ranges that ended at one of the rows `ends` now end there.

    `ends` are the last row that was filled, `old_last`, and the last row of the table around it; `header_row` stands
    above them all.
    """

    header_row: int
    old_last: int
    new_last: int
    ends: frozenset[int]

    def of(self, area: Area) -> Area:
        """The area as it has to be now."""
        covers_rows = area.top < area.bottom or area.bottom == self.header_row + 1
        if area.bottom in self.ends and self.header_row < area.bottom < self.new_last and covers_rows:
            return replace(area, bottom=self.new_last)
        return area


def growth_of(
    package: Package, entry: SheetEntry, shell: Shell, header_row: int, rows: tuple[int, int]
) -> Growth:
    """The growth of a sheet whose last filled row was `rows[0]` and will be `rows[1]`."""
    areas = [
        parse_area(parse_outline(package.read(name)).attributes.get("ref", ""))
        for name in table_names(package, entry, shell)
    ]
    ends = {area.bottom for area in areas if area and area.top <= rows[0] <= area.bottom}
    return Growth(header_row, *rows, frozenset({rows[0], *ends}))


def grow_shell(shell: Shell, growth: Growth) -> Shell:
    """Conditional formats, validations (also those of newer Excel) and the sheet's filter."""

    def edit(content: bytes, root: Element) -> Iterable[_Replacement]:
        for element in _all_elements(root):
            if element.name in _WITH_AREAS and "sqref" in element.attributes:
                yield from _changed_attribute(content, element, "sqref", growth)
            elif element.name == "autoFilter":
                yield from _changed_attribute(content, element, "ref", growth)
            elif element.name == "sqref" and (grown := _grown(element.text, growth)) != element.text:
                yield element.inner, element.inner_end, grown.encode()

    return edit_shell(shell, edit)


def grow_tables(package: Package, entry: SheetEntry, shell: Shell, growth: Growth) -> None:
    """The table that holds the rows; its filter and its range of cells reach the last new row.

    Raises:
        WriteRefused: the table has a row of totals in the way.
    """
    for name in table_names(package, entry, shell):
        content = package.read(name)
        root = parse_outline(content)
        area = parse_area(root.attributes.get("ref", ""))
        if area is None or not area.top <= growth.old_last <= area.bottom or area.bottom >= growth.new_last:
            continue
        if root.attributes.get("totalsRowCount", "0") != "0":
            raise WriteRefused(package.path, WriteRefusal.BELOW_ROWS, entry.name)
        wanted = str(replace(area, bottom=growth.new_last))
        replacements = [set_attribute(content, root, "ref", wanted)]
        found = root.find("autoFilter")
        if found is not None:
            replacements.append(set_attribute(content, found, "ref", wanted))
        package.replace(name, splice(content, replacements))


def grow_names(package: Package, sheet: str, growth: Growth) -> None:
    """Defined names that stand for the rows, those of filters and print areas too."""
    part = package.index.part
    content = package.read(part)
    holder = parse_outline(content).find("definedNames")
    replacements = [
        (element.inner, element.inner_end, escape_text(grown).encode())
        for element in (holder.all("definedName") if holder else ())
        if (grown := _grown_reference(element.text, sheet, growth)) != element.text
    ]
    if replacements:
        package.replace(part, splice(content, replacements))


def check_free(package: Package, entry: SheetEntry, shell: Shell, growth: Growth) -> None:
    """Refuse when merged cells or another table lie where rows are to be added.

    Raises:
        WriteRefused: something is in the way.
    """
    holder = parse_outline(shell.content).find("mergeCells")
    areas = [parse_area(child.attributes.get("ref", "")) for child in (holder.children if holder else ())]
    for name in table_names(package, entry, shell):
        area = parse_area(parse_outline(package.read(name)).attributes.get("ref", ""))
        if area is not None and not area.top <= growth.old_last:
            areas.append(area)
    if any(area and area.bottom > growth.old_last and area.top <= growth.new_last for area in areas):
        raise WriteRefused(package.path, WriteRefusal.BELOW_ROWS, entry.name)


def table_names(package: Package, entry: SheetEntry, shell: Shell) -> Iterator[str]:
    """The parts of the sheet's tables."""
    wanted = set(table_parts(shell))
    for line in read_relationships_of(package.read, package.name_of, entry.part):
        if line.id in wanted and package.name_of(line.target):
            yield line.target


def _changed_attribute(content: bytes, element: Element, name: str, growth: Growth) -> Iterator[_Replacement]:
    before = element.attributes.get(name, "")
    after = _grown(before, growth)
    if after != before:
        yield set_attribute(content, element, name, after)


def _grown(areas: str, growth: Growth) -> str:
    """A list of areas, `A2:A9 C2:C9`, each as it has to be now."""
    return " ".join(_grown_area(text, growth) for text in areas.split(" "))


def _grown_area(text: str, growth: Growth) -> str:
    area = parse_area(text)
    return str(growth.of(area)) if area is not None and growth.of(area) != area else text


def _grown_reference(text: str, sheet: str, growth: Growth) -> str:
    """A defined name's formula with its ranges on `sheet` grown, dollar signs kept."""
    spellings = {re.escape(quote_sheet(sheet)), re.escape("'" + sheet.replace("'", "''") + "'")}
    pattern = re.compile(
        rf"(?P<start>(?:{'|'.join(sorted(spellings))})!\$?[A-Z]{{1,3}}\$?[0-9]+:\$?[A-Z]{{1,3}}\$?)(?P<bottom>[0-9]+)"
    )

    def grown(match: re.Match[str]) -> str:
        area = parse_area(match[0])
        if area is None or growth.of(area) == area:
            return match[0]
        return f"{match['start']}{growth.new_last}"

    return pattern.sub(grown, text)


def _all_elements(element: Element) -> Iterator[Element]:
    yield element
    for child in element.children:
        yield from _all_elements(child)
