"""The framework a cycle is computed against, and what its sheets say meanwhile."""

from __future__ import annotations

from tests.checks.cases.case import Case
from tests.checks.company import Change, Workbook, edit
from tests.support.tables import tables_from
from tests.support.versions import kept_rows

IN_HAND = 2


def accept(version: str, counts: bool = True) -> Change:
    """The framework as it is here is kept as `version`; the cycle in hand names it, if it `counts`."""

    def change(book: Workbook) -> None:
        book.rows.setdefault("FrameworkHistory", []).extend(kept_rows(tables_from(**book.rows), version))
        if counts:
            edit("Cycles", IN_HAND, framework_version=version)(book)

    return change


CASES = [
    Case(
        "CS328",
        [accept("1"), edit("Expectations", 2, required=2)],
        [("Cycles!F8", "CS328")],
        [accept("1"), edit("Expectations", 2, required=2), accept("2")],
    ),
    Case(
        "CS329",
        [accept("1"), edit("Cycles", IN_HAND, framework_version="2026")],
        [("Cycles!F8", "CS329")],
        [edit("Cycles", IN_HAND, framework_version="2026")],
    ),
    Case("CS330", [accept("1", counts=False)], [("Cycles!F8", "CS330")], [accept("1")]),
]
