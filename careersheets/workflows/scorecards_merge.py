"""Bring scorecards back: find conflicts, show the difference, and enter what is accepted, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..books.book import BookContents, Receipt
from ..books.diff import Diff, EditableBook, build_diff
from ..model.findings import Finding
from .scorecards_compare import Accepted, labels_of, master_of, refusals, take
from .scorecards_read import read_scorecards
from .scorecards_register import read_register


@dataclass(frozen=True, slots=True)
class Merging:
    """What scorecards would change: to be shown before `enter`. `files` is how many were read."""

    contents: BookContents
    diff: Diff
    findings: list[Finding]
    files: int


def compare_scorecards(book: EditableBook, folder: Path, files: Sequence[Path]) -> Merging:
    """Compare returned scorecards with the workbook; nothing is written.

    Args:
        book: the master workbook.
        folder: the folder of scorecards beside it, which knows what was given out.
        files: the returned scorecards.

    Raises:
        CareersheetsError: the workbook cannot be read.
    """
    contents = book.read()
    master = master_of(contents, read_register(folder))
    cards, findings = read_scorecards(files, labels_of(master.tables))
    usable = [card for card in cards if card.scores or card.added]
    refused = {card.path: finding for card in usable for finding in refusals(card, usable, master)}
    findings += refused.values()
    accepted = Accepted()
    for card in usable:
        if card.path not in refused:
            findings += take(card, master, accepted)
    diff = build_diff(contents, accepted.cells, accepted.additions(master.scores))
    return Merging(contents, diff, findings, len(files))


def enter(book: EditableBook, merging: Merging) -> Receipt:
    """Write what `compare_scorecards` found into the workbook.

    Raises:
        WriteRefused: the workbook changed since; nothing was written.
    """
    return book.apply(merging.contents, merging.diff)


def summary(merging: Merging) -> str:
    """`214 cells and 12 new rows from 20 scorecards; 3 things to settle`."""
    cells, rows = len(merging.diff.changes), len(merging.diff.additions)
    found = len(merging.findings)
    settle = f"; {found} thing{'s' * (found != 1)} to settle" if found else ""
    return (
        f"{cells} cell{'s' * (cells != 1)} and {rows} new row{'s' * (rows != 1)} from "
        f"{merging.files} scorecard{'s' * (merging.files != 1)}{settle}"
    )
