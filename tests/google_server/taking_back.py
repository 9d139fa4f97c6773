"""Taking back a batch of which one request was refused: what the others may have changed is kept before."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

from .spreadsheet import Spreadsheet, Tab

Message = dict[str, Any]
_HEAVY = ("cells", "paints")


def keep(book: Spreadsheet, requests: list[Message]) -> Callable[[], None]:
    """What puts everything back as it is now.

    Cells are kept only of tabs that the requests name, as copying all of them takes longer than most batches.
    """
    about = {name: copy.deepcopy(value) for name, value in vars(book).items() if name != "tabs"}
    named = {0, *_sheet_ids(requests)}
    tabs = [(tab, _kept(tab, whole=tab.id in named)) for tab in book.tabs]

    def give_back() -> None:
        vars(book).update(about)
        for tab, kept in tabs:
            vars(tab).update(kept)
        book.tabs = [tab for tab, _ in tabs]

    return give_back


def _kept(tab: Tab, *, whole: bool) -> Message:
    # Of a tab that is not named, what hangs on it can go but not change.
    take = copy.deepcopy if whole else copy.copy
    kept = {name: take(value) for name, value in vars(tab).items() if name not in _HEAVY}
    kept["paints"] = list(tab.paints)
    if whole:
        # What hangs on a cell is replaced, never changed, so the cell alone is copied.
        kept["cells"] = {place: copy.copy(cell) for place, cell in tab.cells.items()}
    return kept


def _sheet_ids(message: Any) -> Iterator[int]:
    """Every number of a tab that the requests name; contents of cells name none."""
    if isinstance(message, list):
        for item in message:
            yield from _sheet_ids(item)
    elif isinstance(message, dict):
        for name, value in message.items():
            if name == "sheetId":
                yield value
            elif name != "rows":
                yield from _sheet_ids(value)
