"""What was sent, on the sheet Documents: when, and what went wrong. Source: REQUIREMENTS X5."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from ..analysis.results import Results
from ..books.book import Book, Receipt
from ..ledger.ledger import Ledger
from ..ledger.records import DeliveryState
from ..vocabulary.results import Documents
from .assess import assess
from .result_sheets import all_changes, documents_sheet
from .send import Outcome
from .send_plan import Item, kind_of


def is_behind(results: Results, ledger: Ledger) -> bool:
    """Whether something was sent that the sheet Documents does not say, as after a run that was cut off."""
    sent = _sent(ledger)
    rows = results.tables.frame(Documents).to_dict("records")
    return any(pd.isna(row["sent"]) and (row["employee_id"], row["kind"]) in sent for row in rows)


def note_sent(
    book: Book, ledger: Ledger, items: Sequence[Item], outcomes: Sequence[Outcome], now: datetime
) -> Receipt:
    """Write beside each document when it was sent, by the ledger, and why it was not, as of `now` (local time).

    Raises:
        CareersheetsError: the workbook cannot be read or written; what was sent is in the ledger all the same.
    """
    kinds = {item.delivery.delivery: item.kind.title for item in items}
    faults = {
        (outcome.delivery.person, kinds[outcome.delivery.delivery]): outcome.reason
        for outcome in outcomes
        if outcome.state is not DeliveryState.SENT
    }
    assessment, sent = assess(book, now.date()), _sent(ledger)
    rows = [
        _with_outcome(row, sent.get((row["employee_id"], row["kind"])), faults)
        for row in assessment.results.tables.frame(Documents).to_dict("records")
    ]
    arrived = sum(outcome.state is DeliveryState.SENT for outcome in outcomes)
    sentence = f"{arrived} of {len(outcomes)} documents sent"
    return book.write(
        assessment.contents,
        all_changes([documents_sheet(rows)], now, sentence, assessment.results.settings),
    )


def _sent(ledger: Ledger) -> dict[tuple[str, str], datetime]:
    """When the latest version of each document was sent (local time), by employee id and title of its kind."""
    documents = {record.document: record for record in ledger.documents().values()}
    found = {}
    for delivery in ledger.deliveries(DeliveryState.SENT):
        record = documents.get(delivery.document)
        kind = kind_of(record) if record else None
        if record is not None and kind is not None:
            found[record.key.person, kind.title] = delivery.since.astimezone().replace(tzinfo=None)
    return found


def _with_outcome(
    row: Mapping[Hashable, Any], sent: datetime | None, faults: Mapping[tuple[str, str], str]
) -> dict[str, Any]:
    shown = {str(name): value for name, value in row.items()}
    fault = faults.get((shown["employee_id"], shown["kind"]))
    if fault is not None:
        return shown | {"error": fault}
    return shown | {"sent": sent, "error": None} if sent is not None else shown
