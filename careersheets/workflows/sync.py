"""Keep a workbook up to date by the clock: check it where people changed something, and answer what the menu asked.

A run that finds nothing new asks for the workbook's version and nothing else. The version is taken before the workbook is
read, so a change made meanwhile is seen next time; and what counts as new is only what people enter, so writing results
back is not taken for a change. Source: REQUIREMENTS X8.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from typing import Protocol

from ..books.book import Book, BookContents, Changes, Receipt
from ..books.diff import Diff, EditableBook
from ..books.google.layout import count_rows, fingerprint_inputs
from ..books.refusals import WriteRefused
from ..model.errors import CareersheetsError, RemoteError
from .check import check, counts_sentence
from .check_trail import note_check
from .sync_actions import Office, answer
from .sync_requests import (
    DONE,
    FAILED,
    SYNC,
    WORKING,
    Answer,
    Request,
    answers_diff,
    open_requests,
    read_requests,
)

# A request that broke off a run is begun this often, then it is answered as failed.
MOST_BEGUN = 2
_WRITES = 3
# Actions that leave the results of a check behind.
_CHECKS = ("check", "gap reports", "preparation")


class VersionedBook(Protocol):
    """A workbook that can tell cheaply whether it changed."""

    def version(self) -> str:
        """A text that is another one after every change."""
        ...


@dataclass(slots=True)
class Memory:
    """What one sync leaves for the next: see `sync`.

    `begun` counts by request id how often it was begun; `plans` are those of `Office`; `rows` are how many rows each sheet
    had.
    """

    version: str = ""
    inputs: str = ""
    begun: dict[str, int] = field(default_factory=dict)
    plans: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync did: a sentence, and the answers by request id."""

    sentence: str
    answers: Mapping[str, Answer] = field(default_factory=dict)


class ReadAlready:
    """A workbook whose contents were just read: they are given once more instead of being read again."""

    def __init__(self, book: EditableBook, contents: BookContents) -> None:
        self._book, self._contents = book, [contents]

    @property
    def name(self) -> str:
        """What the user calls it."""
        return self._book.name

    def read(self) -> BookContents:
        """What was read, the first time."""
        return self._contents.pop() if self._contents else self._book.read()

    def write(self, contents: BookContents, changes: Changes) -> Receipt:
        """Write results."""
        return self._book.write(contents, changes)


def sync(office: Office, memory: Memory, version: str, every: str | None, keep: Callable[[], None]) -> Synced:
    """Check the workbook if what people entered changed, and answer open requests.

    Args:
        office: what requests are answered with; its book is read here.
        memory: what the sync before left, by whom it is kept; changed here.
        version: the workbook's, taken before.
        every: how often the sync runs, for people: "every 15 minutes"; None leaves what the sheet says.
        keep: writes `memory` down.

    Raises:
        CareersheetsError: the workbook cannot be read or written.
    """
    contents = office.book.read()
    inputs = fingerprint_inputs(contents.grids)
    requests = read_requests(contents)
    waiting = open_requests(requests)
    sentence = "Nothing new."
    answers = _answer_all(office, memory, waiting, contents, keep)
    if inputs != memory.inputs and not any(it.action in _CHECKS for it in waiting):
        sentence = _check(office, ReadAlready(office.book, contents) if not waiting else office.book)
    if waiting:
        sentence = f"{len(waiting)} requests answered."
    if waiting or (every is not None and _says_other(requests, every)):
        _write(office.book, answers, _row_of_sync(office, every, sentence))
    memory.version, memory.inputs, memory.rows = version, inputs, count_rows(contents.grids)
    memory.begun = {}
    keep()
    return Synced(sentence, answers)


def _check(office: Office, book: Book) -> str:
    outcome = check(book, office.now)
    note_check(outcome.assessment, office.ledger, office.run)
    return f"Checked: {counts_sentence(outcome.assessment.findings).lower()}."


def _answer_all(
    office: Office, memory: Memory, waiting: list[Request], contents: BookContents, keep: Callable[[], None]
) -> dict[str, Answer]:
    if not waiting:
        return {}
    _apply(office.book, contents, {it.id: Answer(WORKING, "") for it in waiting}, {})
    answers = {}
    for request in waiting:
        if memory.begun.get(request.id, 0) >= MOST_BEGUN:
            answers[request.id] = Answer(
                FAILED,
                "This broke off twice and is not tried again. Your administrator finds the reason in the log.",
            )
            continue
        memory.begun[request.id] = memory.begun.get(request.id, 0) + 1
        keep()
        answers[request.id] = _answer_one(office, request)
        keep()
    return answers


def _answer_one(office: Office, request: Request) -> Answer:
    try:
        return Answer(DONE, answer(office, request))
    except RemoteError:
        # The next run tries again.
        raise
    except CareersheetsError as error:
        return Answer(FAILED, str(error))


def _write(book: EditableBook, answers: Mapping[str, Answer], row_of_sync: Mapping[str, str]) -> None:
    """Write the answers beside their requests, wherever these are by now."""
    for tries_left in reversed(range(_WRITES)):
        try:
            _apply(book, book.read(), answers, row_of_sync)
        except WriteRefused:
            if not tries_left:
                raise
        else:
            return


def _apply(
    book: EditableBook, contents: BookContents, answers: Mapping[str, Answer], row_of_sync: Mapping[str, str]
) -> None:
    diff: Diff | None = answers_diff(contents, answers, row_of_sync)
    if diff is not None:
        book.apply(contents, diff)


def _row_of_sync(office: Office, every: str | None, sentence: str) -> dict[str, str]:
    row = {
        "asked_at": office.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
        "action": SYNC,
        "state": DONE,
        "message": sentence,
    }
    return row if every is None else row | {"arguments": every}


def _says_other(requests: list[Request], every: str) -> bool:
    """Whether the sync's own row promises other times, or is not there."""
    return next((it.arguments for it in requests if it.id == SYNC), None) != every
