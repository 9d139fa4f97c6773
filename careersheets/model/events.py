"""What happened, for the log: one of a closed list of events, with ids and counts and nothing else.

Names, addresses, scores and texts have no field here, so they cannot reach a log by mistake. Where events go is decided
at the door (surfaces/logs.py); without a log they go nowhere.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum

LOGGER = logging.getLogger("careersheets")
LOGGER.addHandler(logging.NullHandler())
LOGGER.propagate = False

_RUN: ContextVar[str] = ContextVar("run", default="")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+-]{0,99}")


class Event(StrEnum):
    """What is worth a line."""

    RUN_STARTED = "run started"
    RUN_ENDED = "run ended"
    RUN_REFUSED = "run refused"
    DOCUMENTS_MADE = "documents made"
    DOCUMENT_HELD = "document held"
    DELIVERY_TRIED = "delivery tried"
    DELIVERIES_ENDED = "deliveries ended"
    PERSON_ERASED = "person erased"


class Field(StrEnum):
    """What may be said of an event. Ids are those that careersheets gives out, never what HR typed."""

    VERB = "verb"
    RUN = "run"
    DELIVERY = "delivery"
    DOCUMENT = "document"
    OUTCOME = "outcome"
    STAGE = "stage"
    CODE = "code"
    ERROR = "error"
    EXIT = "exit"
    TRIES = "tries"
    SECONDS = "seconds"
    COUNT = "count"
    PLANNED = "planned"
    SENT = "sent"
    FAILED = "failed"
    HELD = "held"
    UNCERTAIN = "uncertain"


def note(event: Event, **fields: str | int | float) -> None:
    """Put an event down.

    Args:
        event: what happened.
        fields: named as in `Field`; numbers, or ids and fixed words without blanks. Any other text is not put down.

    Raises:
        ValueError: a field that is not on the list; a mistake of ours that a test finds.
    """
    run: dict[str, str | int | float] = {"run": _RUN.get()} if _RUN.get() else {}
    kept = {Field(name).value: _kept(value) for name, value in (run | fields).items()}
    LOGGER.info(event.value, extra={"careersheets_fields": kept})


@contextmanager
def as_run(run: str) -> Iterator[None]:
    """Every event until the end of `with` carries the id of this run."""
    token = _RUN.set(run)
    try:
        yield
    finally:
        _RUN.reset(token)


def _kept(value: str | int | float) -> str | int | float:
    if isinstance(value, int | float):
        return value
    return str(value) if _ID.fullmatch(value) else "withheld"
