"""What collecting would change, line by line, for the person who accepts or refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..books.book import BookContents
from ..documents.content.cycle import CycleFacts
from ..model.cells import CellValue, Uncalculated
from ..vocabulary.sheet import SheetModel, sheet_of
from .collect_rows import CellLine, Entering, RowLine

NEW_ROW = "new row"
HIDDEN = "(for HR only)"
# What a row says of itself, not what somebody answered.
_KNOWN = (
    "employee_id",
    "conversation_id",
    "cycle",
    "form",
    "said_by",
    "visible_to",
    "form_version",
    "received",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line to accept or refuse.

    `number` is its number, from 1; `place` a cell's address, or `NEW_ROW`; `who` the name of the person; `what` the
    column, or of a new row what it says. What is for HR only is not shown. `open_because` says why the line is not
    entered unasked, "" where it is. `sha256` is the form's.
    """

    number: int
    sheet: str
    place: str
    who: str
    what: str
    now: str
    then: str
    form: str
    label: str
    open_because: str
    sha256: str


def lines_of(contents: BookContents, entering: Entering, facts: CycleFacts) -> Sequence[Line]:
    """The lines in the order of the diff: cells first, then new rows."""
    cells = [_cell_line(contents, line, facts) for line in entering.cell_lines]
    rows = [_row_line(line, facts) for line in entering.row_lines]
    return list(_numbered([*cells, *rows]))


def _numbered(lines: Sequence[Mapping[str, str]]) -> Iterator[Line]:
    for number, line in enumerate(lines, start=1):
        yield Line(number=number, **line)


def _cell_line(contents: BookContents, line: CellLine, facts: CycleFacts) -> dict[str, str]:
    held = contents.grids[line.cell.sheet].cell(line.cell.row, line.cell.column)
    return {
        **_of_form(line, facts),
        "sheet": line.cell.sheet,
        "place": line.cell.address,
        "what": line.wish.place.column.header,
        "now": _shown(held),
        "then": _shown(line.value),
    }


def _row_line(line: RowLine, facts: CycleFacts) -> dict[str, str]:
    hidden = line.entries.get("visible_to") == "HR only"
    model = line.wish.place.model
    return {
        **_of_form(line, facts),
        "sheet": line.row.sheet,
        "place": NEW_ROW,
        "what": str(line.entries.get("question") or sheet_of(model).row_is),
        "now": "",
        "then": HIDDEN if hidden else _told(model, line.entries),
    }


def _of_form(line: CellLine | RowLine, facts: CycleFacts) -> dict[str, str]:
    returned = line.wish.returned
    return {
        "who": facts.person_name(returned.employee_id),
        "form": returned.name,
        "label": line.wish.label,
        "open_because": line.open_because,
        "sha256": returned.sha256,
    }


def _told(model: type[SheetModel], entries: Mapping[str, CellValue]) -> str:
    """What a new row says, column by column; of an answer the answer alone."""
    if "answer" in entries:
        return _shown(entries["answer"])
    told = {name: value for name, value in entries.items() if name not in _KNOWN}
    return "; ".join(
        f"{sheet_of(model).column(name).header}: {_shown(value)}" for name, value in told.items()
    )


def _shown(value: CellValue) -> str:
    if value is None or isinstance(value, Uncalculated):
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
