"""Say what is due this week: on the sheet This week, and for each person who should act as a mail draft and a calendar.

Source: REQUIREMENTS E10, X10.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from ..analysis.reminders import due_within
from ..analysis.results import Results
from ..books.book import Book, Receipt
from ..delivery.folder import write_document
from ..documents.calendar import Entry, calendar_file
from ..documents.content.wording import day
from ..documents.letters import BadAddress
from ..documents.making import prepare_letter
from ..documents.naming import TOP, safe_part
from ..tables.working_calendar import WorkingCalendar
from ..vocabulary.people import People
from .assess import assess, names_of
from .result_sheets import all_changes, this_week_sheet
from .shipped import template_folders
from .this_week import calendar_of, reminders_of

FOLDER = "Reminders"
DRAFT, CALENDAR = "This week.eml", "Calendar.ics"
CALENDAR_DAYS = 400
_TEMPLATES = ("this_week.txt", "this_week.html")


@dataclass(frozen=True, slots=True)
class RemindOutcome:
    """The reminders, the files made for those who should act, and people for whom none could be made, with the reason.

    `files` are relative to the workbook's folder; `receipt` is None where nothing was to be written.
    """

    reminders: pd.DataFrame
    names: Mapping[str, str]
    files: list[str]
    without: dict[str, str]
    receipt: Receipt | None


def remind(book: Book, folder: Path, now: datetime, *, dry_run: bool = False) -> RemindOutcome:
    """Remind as of `now` (local time); the files go to the folder `documents/Reminders` in `folder`.

    The same workbook on the same day gives the same files, and calendar entries keep their ids from run to run. Files of
    people who have nothing to do any more are removed.

    Raises:
        CareersheetsError: the workbook cannot be read or written, or a template is not usable.
    """
    assessment = assess(book, now.date())
    results, names = assessment.results, names_of(assessment.results)
    ahead = reminders_of(results, now, ahead=CALENDAR_DAYS)
    due = due_within(ahead, now)
    if dry_run:
        return RemindOutcome(due, names, [], {}, None)
    made, without = _write_files(results, due, ahead, folder)
    sentence = f"{len(due)} reminders, {due['state'].ne('Due').sum()} of them overdue"
    changes = all_changes([this_week_sheet(due, names)], now, sentence, results.settings)
    return RemindOutcome(due, names, made, without, book.write(assessment.contents, changes))


def _write_files(
    results: Results, due: pd.DataFrame, ahead: pd.DataFrame, folder: Path
) -> tuple[list[str], dict[str, str]]:
    """A draft and a calendar for everyone who should act; what was not possible for whom."""
    draft, names = _drafts(results, due, folder), names_of(results)
    calendars = dict(_calendars(results, ahead))
    made, without = [], {}
    place = folder / TOP / FOLDER
    for actor in filter(None, dict.fromkeys([*due["for_whom"], *calendars])):
        where = place / safe_part(f"{names.get(actor, '')} {actor}")
        try:
            files = {DRAFT: draft(actor), CALENDAR: calendars.get(actor, b"")}
        except BadAddress as error:
            without[actor] = str(error)
            files = {CALENDAR: calendars.get(actor, b"")}
        for name, data in files.items():
            if data:
                write_document(where / name, data)
                made.append((where / name).relative_to(folder).as_posix())
    _remove_others(place, {folder / file for file in made})
    return made, without


def _drafts(results: Results, due: pd.DataFrame, folder: Path) -> Callable[[str], bytes]:
    """What makes the mail draft of one person; "" bytes where they have nothing to do this week."""
    letter = prepare_letter(_TEMPLATES, template_folders(folder))
    people = results.tables.frame(People).dropna(subset="employee_id").drop_duplicates("employee_id")
    addresses = dict(zip(people["employee_id"], people["email"], strict=True))
    names = names_of(results)
    by_actor = dict(list(due.groupby("for_whom")))

    def draft(actor: str) -> bytes:
        if actor not in by_actor:
            return b""
        address = addresses.get(actor)
        return letter.render(
            {
                "letter": {
                    "to_name": names.get(actor, ""),
                    "to_address": address if isinstance(address, str) else "",
                },
                "document": {"language": results.settings.language},
                "organisation": results.settings.organisation,
                "name": names.get(actor, ""),
                "groups": list(_groups(by_actor[actor], names, results.settings.language)),
            }
        )

    return draft


def _groups(due: pd.DataFrame, names: Mapping[str, str], language: str) -> Iterator[dict[str, Any]]:
    """Overdue first, then what was never had, then what is due."""
    for state in ("Overdue", "Never had", "Due"):
        rows = due[due["state"].eq(state)]
        items = [
            {
                "who": names.get(row.who, row.who),
                "is_own": row.who == row.for_whom,
                "what": row.what,
                "due": day(row.due.date(), language),
            }
            for row in rows.itertuples(index=False)
        ]
        if items:
            yield {"state": state, "reminders": items}


def _calendars(results: Results, ahead: pd.DataFrame) -> Iterator[tuple[str, bytes]]:
    """What lies ahead of each person who should act, as a calendar file."""
    names, calendar = names_of(results), calendar_of(results.settings)
    ahead = ahead[ahead["state"].eq("Due") & ahead["for_whom"].ne("")]
    for actor, rows in ahead.groupby("for_whom", sort=True):
        yield str(actor), calendar_file(_entry(row, names, calendar) for row in rows.itertuples(index=False))


def _entry(row: Any, names: Mapping[str, str], calendar: WorkingCalendar) -> Entry:
    whole_day = row.due == row.due.normalize()
    start = row.due.date() if whole_day else calendar.in_utc(row.due.to_pydatetime())
    about = "" if row.who == row.for_whom else f"{names.get(row.who, row.who)}: "
    return Entry(row.key, about + row.what, start)


def _remove_others(place: Path, made: set[Path]) -> None:
    for name in (DRAFT, CALENDAR):
        for old in place.glob(f"*/{name}"):
            if old not in made:
                old.unlink()
