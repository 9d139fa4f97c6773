"""The end of the ledger, kept in the workbook as well: whoever writes the ledger anew is found by it.

A run enters the end as it is when the run begins, so that whatever cuts it off, the workbook names an entry that is there.
A copy or an older version of the workbook names an earlier one, which is as good.
"""

from __future__ import annotations

import re

from ..books.book import NamedCell
from ..ledger.ledger import Ledger
from ..ledger.records import Head
from ..model.cells import CellValue
from ..vocabulary.workbook import LEDGER_HEAD
from .master import WorkBook

_MARK = re.compile(r"(\S+) (\d{1,15}) ([0-9a-f]{64})")


def new_mark(book: WorkBook, ledger: Ledger, identity: str) -> dict[str, CellValue]:
    """The cell to fill with what a run writes; none if the workbook has no cell for it, or the ledger is not its own."""
    cell = book.named_cell(LEDGER_HEAD)
    if cell is None or _fault(cell, ledger, identity):
        return {}
    head = ledger.head()
    return {LEDGER_HEAD: f"{identity} {head.seq} {head.chain}"}


def mark_faults(book: WorkBook, ledger: Ledger | None, identity: str) -> list[str]:
    """A sentence if the ledger is not the one that the workbook was last written with, and what to do.

    Args:
        book: the workbook.
        ledger: its ledger; None if there is none where one would be.
        identity: by which it is found. A mark of another one came along from another workbook, and says nothing here.
    """
    cell = book.named_cell(LEDGER_HEAD)
    fault = _fault(cell, ledger, identity) if cell is not None else ""
    if cell is None or not fault:
        return []
    again = f"If that was you, empty {cell.place}; the next run that writes the workbook enters the end anew."
    return [f"{fault} {again}"]


def _fault(cell: NamedCell, ledger: Ledger | None, identity: str) -> str:
    if cell.value is None:
        return ""
    mark = _MARK.fullmatch(str(cell.value).strip())
    if mark is None:
        return f"What stands in {cell.place} is not the end of a record: somebody typed over it."
    if mark[1] != identity:
        return ""
    kept, length = Head(int(mark[2]), mark[3]), ledger.head().seq if ledger else 0
    if kept.seq > length:
        return (
            f"The record has {length or 'no'} entries, and the workbook was written when it had {kept.seq}: "
            "an older record was put back, the workbook's lies elsewhere, or entries were taken off."
        )
    if ledger and not ledger.has_link(kept):
        return f"Entry {kept.seq} is not the one that the workbook was written with: the record was written anew."
    return ""
