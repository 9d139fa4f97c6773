"""What stands around the rows of a sheet: used area, links, filters, merged cells and the ranges that must follow rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ..model.cells import cell_address, parse_address
from .book import Link
from .sheet_stream import Survey
from .workbook_index import split_place
from .xml_outline import Element, parse_outline, quote_attribute, set_attribute, splice

# Excel refuses a sheet with more links than this.
MOST_LINKS = 65_530

_Replacement = tuple[int, int, bytes]
_AFTER_LINKS = frozenset(
    {
        "printOptions",
        "pageMargins",
        "pageSetup",
        "headerFooter",
        "rowBreaks",
        "colBreaks",
        "customProperties",
        "cellWatches",
        "ignoredErrors",
        "smartTags",
        "drawing",
        "drawingHF",
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
_SAFE_SHEET_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")


@dataclass(frozen=True, slots=True)
class Area:
    """A block of cells, 1-based, all ends inclusive."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{cell_address(self.top, self.left)}:{cell_address(self.bottom, self.right)}"


@dataclass(frozen=True, slots=True)
class Shell:
    """`content` is head and tail of the sheet as one XML document, the rows left out; `cut` where the rows were."""

    content: bytes
    cut: int

    @property
    def head(self) -> bytes:
        """Up to and including `<sheetData>`."""
        return self.content[: self.cut]

    @property
    def tail(self) -> bytes:
        """From `</sheetData>` on."""
        return self.content[self.cut :]


def shell_of(survey: Survey) -> Shell:
    """The shell of a surveyed sheet."""
    return Shell(survey.head + survey.tail, len(survey.head))


def parse_area(text: str) -> Area | None:
    """`B5:H20`, `$B$5` or `'To fix'!B5:H20` as an area; None for whole rows, whole columns and anything else."""
    first, _, last = text.rpartition("!")[2].partition(":")
    try:
        top, left = parse_address(first)
        bottom, right = parse_address(last or first)
    except ValueError:
        return None
    return Area(top, left, bottom, right)


def column_styles(shell: Shell) -> dict[int, str]:
    """The style index that `<cols>` gives to each column that has one."""
    columns = parse_outline(shell.content).find("cols")
    return {
        number: column.attributes["style"]
        for column in (columns.all("col") if columns else ())
        if "style" in column.attributes
        for number in range(int(column.attributes["min"]), min(int(column.attributes["max"]), 256) + 1)
    }


def edit_shell(shell: Shell, edit: Callable[[bytes, Element], Iterable[_Replacement]]) -> Shell:
    """The shell after `edit`, which gets its bytes and root element and says what to replace."""
    replacements = list(edit(shell.content, parse_outline(shell.content)))
    shift = sum(
        len(new) - (end - start) for start, end, new in replacements if end <= shell.cut and start < shell.cut
    )
    return Shell(splice(shell.content, replacements), shell.cut + shift)


def set_dimension(shell: Shell, last_row: int, last_column: int) -> Shell:
    """Say that the sheet is used down to `last_row` and across to `last_column`."""

    def edit(content: bytes, root: Element) -> Iterable[_Replacement]:
        dimension = root.find("dimension")
        if dimension is not None:
            area = parse_area(dimension.attributes.get("ref", "")) or Area(1, 1, 1, 1)
            wanted = Area(area.top, area.left, max(last_row, area.top), max(last_column, area.right))
            yield set_attribute(content, dimension, "ref", str(wanted))

    return edit_shell(shell, edit)


def clear_below(shell: Shell, first_row: int) -> Shell:
    """Take out merged cells and links that begin at `first_row` or below."""

    def edit(content: bytes, root: Element) -> Iterable[_Replacement]:
        for holder_name in ("mergeCells", "hyperlinks"):
            holder = root.find(holder_name)
            if holder is not None:
                yield from _without_children(content, holder, lambda child: _top(child) >= first_row)

    return edit_shell(shell, edit)


def add_links(shell: Shell, links: Sequence[tuple[str, Link]], prefix: str) -> Shell:
    """Make the cells at the given addresses lead to their `location`."""
    written = "".join(_link(address, link, prefix) for address, link in links[:MOST_LINKS])

    def edit(content: bytes, root: Element) -> Iterable[_Replacement]:
        holder = root.find("hyperlinks")
        if holder is not None and holder.inner_end > holder.inner:
            yield holder.inner_end, holder.inner_end, written.encode()
            return
        whole = f"<{prefix}hyperlinks>{written}</{prefix}hyperlinks>".encode()
        start, end = (holder.start, holder.end) if holder is not None else (_place_for_links(root),) * 2
        yield start, end, whole

    return edit_shell(shell, edit) if written else shell


def resize_filter(shell: Shell, header_row: int, last_row: int) -> Shell:
    """Let the sheet's own filter under `header_row` reach `last_row`, with nothing filtered out."""

    def edit(content: bytes, root: Element) -> Iterable[_Replacement]:
        found = root.find("autoFilter")
        area = parse_area(found.attributes.get("ref", "")) if found else None
        if found is not None and area is not None and area.top == header_row:
            yield _resized(content, found, Area(area.top, area.left, max(last_row, area.top + 1), area.right))
            if found.inner_end > found.inner:
                yield found.inner, found.inner_end, b""

    return edit_shell(shell, edit)


def table_parts(shell: Shell) -> list[str]:
    """The relationship ids of the sheet's tables."""
    holder = parse_outline(shell.content).find("tableParts")
    return [part.attribute("id") for part in (holder.all("tablePart") if holder else ())]


def resize_table(content: bytes, last_row: int, *, clear_filter: bool) -> bytes:
    """A table part whose table and filter reach `last_row`, a row of totals not counted."""
    root = parse_outline(content)
    area = parse_area(root.attributes.get("ref", ""))
    if area is None:
        return content
    wanted = Area(area.top, area.left, max(last_row, area.top + 1), area.right)
    replacements = [_resized(content, root, wanted)]
    found = root.find("autoFilter")
    if found is not None:
        replacements.append(_resized(content, found, wanted))
        if clear_filter and found.inner_end > found.inner:
            replacements.append((found.inner, found.inner_end, b""))
    return splice(content, replacements)


def quote_location(location: str) -> str:
    """`To fix!B2` -> `'To fix'!B2`: as Excel wants places within the workbook."""
    sheet, address = split_place(location)
    if not sheet:
        return location
    return f"{quote_sheet(sheet)}!{address}"


def quote_sheet(name: str) -> str:
    """A sheet's name as it stands in references."""
    return name if _SAFE_SHEET_NAME.fullmatch(name) else "'" + name.replace("'", "''") + "'"


def _resized(content: bytes, element: Element, area: Area) -> _Replacement:
    return set_attribute(content, element, "ref", str(area))


def _top(child: Element) -> int:
    area = parse_area(child.attributes.get("ref", ""))
    return area.top if area else 0


def _without_children(
    content: bytes, holder: Element, goes: Callable[[Element], bool]
) -> Iterable[_Replacement]:
    """Take children out of a holder; the holder itself when none is left, as an empty one is not allowed."""
    leaving = [child for child in holder.children if goes(child)]
    if not leaving:
        return
    if len(leaving) == len(holder.children):
        yield holder.start, holder.end, b""
        return
    for child in leaving:
        yield child.start, child.end, b""
    if "count" in holder.attributes:
        yield set_attribute(content, holder, "count", str(len(holder.children) - len(leaving)))


def _place_for_links(root: Element) -> int:
    for child in root.children:
        if child.name in _AFTER_LINKS:
            return child.start
    return root.inner_end


def _link(address: str, link: Link, prefix: str) -> str:
    location, display = quote_attribute(quote_location(link.location)), quote_attribute(link.text)
    return f'<{prefix}hyperlink ref="{address}" location={location} display={display}/>'
