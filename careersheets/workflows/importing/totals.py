"""The user's own totals, compared with what the imported cells give: the proof that all of them arrived."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .cells import SeenCells
from .imported import TotalCheck
from .placing import BodyRow, Layout
from .ratings import number_in


@dataclass(frozen=True, slots=True)
class NumberedCell:
    """An imported rating: where it stands and its points; None is N/A. What is required of people is not `plain`."""

    row: int
    column: int
    points: float | None
    is_plain: bool = True


def check_totals(
    cells: SeenCells, layout: Layout, rows: Sequence[BodyRow], numbered: Sequence[NumberedCell]
) -> list[TotalCheck]:
    """Every total of the sheet that is a number, beside ours."""
    return [*_across(cells, layout, rows, numbered), *_down(cells, layout, rows, numbered)]


def _across(
    cells: SeenCells, layout: Layout, rows: Sequence[BodyRow], numbered: Sequence[NumberedCell]
) -> Iterator[TotalCheck]:
    """Columns of totals: each row's over the row's cells."""
    for column in layout.columns:
        if not column.role.startswith("total:"):
            continue
        for row in rows:
            theirs = _number(cells, row.number, column.number)
            points = [cell.points for cell in numbered if cell.row == row.number and cell.points is not None]
            if row.kind == "data" and theirs is not None:
                kind = column.role.removeprefix("total:")
                yield TotalCheck(cells.place(row.number, column.number), kind, theirs, _total(kind, points))


def _down(
    cells: SeenCells, layout: Layout, rows: Sequence[BodyRow], numbered: Sequence[NumberedCell]
) -> Iterator[TotalCheck]:
    """Rows of totals: each column's over the rows since the total before, else over all rows above."""
    start = 0
    for row in rows:
        if row.kind != "total":
            continue
        every = [cell for cell in numbered if cell.row < row.number and cell.is_plain]
        part = [cell for cell in every if cell.row > start]
        for column in layout.cell_columns:
            theirs = _number(cells, row.number, column.number)
            if theirs is None:
                continue
            sums = [
                _total(
                    row.text, [c.points for c in among if c.column == column.number and c.points is not None]
                )
                for among in (part, every)
            ]
            ours = min(sums, key=lambda mine: abs(mine - theirs))
            yield TotalCheck(cells.place(row.number, column.number), row.text, theirs, ours)
        start = row.number


def _total(kind: str, points: Sequence[float]) -> float:
    if kind == "count":
        return sum(value > 0 for value in points)
    if kind == "average":
        return sum(points) / len(points) if points else 0
    return sum(points)


def _number(cells: SeenCells, row: int, column: int) -> float | None:
    value = cells.value(row, column)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return number_in(value) if isinstance(value, str) else float(value)
