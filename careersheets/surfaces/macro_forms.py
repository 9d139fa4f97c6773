"""The button Collect forms: the folder `returned forms` beside the workbook, a list to read, and one question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ..model.errors import AccessDenied, UsageError
from ..workflows.collect import Collecting, collect_forms, enter_forms, form_files
from ..workflows.collect_review import write_collect_review
from .work import Work

FOLDER = "returned forms"


def collect_into(work: Work, now: datetime, agreed: Callable[[str], bool]) -> tuple[str, bool]:
    """Compare the forms that came back, ask, and enter them; the sentence, and whether something is to be looked at.

    Raises:
        UsageError: none came back yet.
    """
    folder = work.folder / FOLDER
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise AccessDenied(f'The folder "{FOLDER}" cannot be made beside this workbook.') from error
    if not any(folder.glob("*.docx")):
        raise UsageError(
            f'There is nothing to collect. Put the filled Word forms into "{FOLDER}" beside this workbook.'
        )
    collecting = collect_forms(work.book, work.ledger, form_files([folder]), now)
    review = write_collect_review(folder, collecting, now)
    counted = f'{_summary(collecting)} Line by line: "{FOLDER}/{review.name}".'
    attention = bool(collecting.findings) or len(collecting.unasked) < len(collecting.lines)
    if not collecting.unasked:
        return f"{counted} Nothing to enter.", attention
    if not agreed(f"{counted} Enter them now? What is left out is not offered again by this button."):
        return f"{counted} Nothing was entered.", attention
    receipt = enter_forms(work.book, work.ledger, work.run, collecting, collecting.unasked)
    return " ".join(filter(None, (f"Entered: {counted}", receipt.note))), attention


def _summary(collecting: Collecting) -> str:
    sure = len(collecting.unasked)
    unsure = len(collecting.lines) - sure
    parts = [f"{_count(sure, 'line')} from {_count(collecting.files, 'form')}."]
    if unsure:
        parts.append(f"{_count(unsure, 'line')} left open, for you to enter by hand where they are right.")
    if collecting.findings:
        parts.append(f"{_count(len(collecting.findings), 'thing')} to look at.")
    return " ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"
