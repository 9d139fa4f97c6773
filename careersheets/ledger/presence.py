"""Whether a workbook has a ledger already."""

from __future__ import annotations

from .ledger import open_ledger
from .places import file_of, is_database, ledger_place


def has_record(workbook: str, *, place: str = "") -> bool:
    """Whether a run on the workbook was ever kept; nothing is made where there is no ledger in a folder.

    Args:
        workbook: the workbook's identity.
        place: as for `open_ledger`.

    Raises:
        CareersheetsError: the place cannot be used.
    """
    chosen = ledger_place(place)
    if not is_database(chosen) and not file_of(chosen, workbook).exists():
        return False
    with open_ledger(workbook, place=place) as ledger:
        return bool(ledger.history(1))
