"""What was sent, on the sheet Documents: when, and what went wrong. Source: REQUIREMENTS X5."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import datetime
from typing import Any

from ..books.book import Book, Receipt
from ..ledger.records import DeliveryState
from ..vocabulary.results import Documents
from .assess import assess
from .result_sheets import all_changes, documents_sheet
from .send import Outcome
from .send_plan import Item


def note_sent(
    book: Book, items: Sequence[Item], outcomes: Sequence[Outcome], now: datetime
) -> Receipt | None:
    """Write the outcome of each delivery beside its document, as of `now` (local time); None if there was none.

    Raises:
        CareersheetsError: the workbook cannot be read or written; what was sent is in the ledger all the same.
    """
    if not outcomes:
        return None
    kinds = {item.delivery.delivery: item.kind.title for item in items}
    by_document = {
        (outcome.delivery.person, kinds[outcome.delivery.delivery]): outcome for outcome in outcomes
    }
    assessment = assess(book, now.date())
    rows = [
        _with_outcome(row, by_document.get((row["employee_id"], row["kind"])), now)
        for row in assessment.results.tables.frame(Documents).to_dict("records")
    ]
    sent = sum(outcome.state is DeliveryState.SENT for outcome in outcomes)
    sentence = f"{sent} of {len(outcomes)} documents sent"
    return book.write(
        assessment.contents,
        all_changes([documents_sheet(rows)], now, sentence, assessment.results.settings),
    )


def _with_outcome(row: Mapping[Hashable, Any], outcome: Outcome | None, now: datetime) -> dict[str, Any]:
    shown = {str(name): value for name, value in row.items()}
    if outcome is None:
        return shown
    if outcome.state is DeliveryState.SENT:
        return shown | {"sent": now, "error": None}
    return shown | {"error": outcome.reason}
