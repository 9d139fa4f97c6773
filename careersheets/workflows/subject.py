"""One person's data: everything that is kept, and its erasure. Source: REQUIREMENTS X9."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from ..delivery.made_record import MadeRecord
from ..documents.naming import TOP
from ..documents.part_texts import UnreadableFile, part_texts, words_of
from ..documents.phrases import Phrases
from ..ledger.ledger import Ledger
from ..ledger.records import DeliveryState, Erased
from ..model.errors import NotFound
from ..tables.persons import directory_of
from ..tables.tables import Tables
from ..vocabulary.people import People
from ..vocabulary.workbook import all_sheets

_FILES = (".docx", ".eml", ".ics", ".pdf", ".xlsx")
BACKUPS = "backups"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose data are asked for: the employee id and what else names them."""

    employee_id: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was erased and what is left for a person to do.

    `naming` are documents about others that name the person: made again without the person's rows they do not. `files` are relative to the workbook's folder, and so are `backups`, copies of the workbook that still hold the
    person. `rows` counts what the workbook still says about them, by sheet; `sent` what left and cannot be called back.
    """

    ledger: Erased
    files: list[str]
    backups: list[str]
    rows: dict[str, int]
    sent: list[str]
    naming: list[str]


def find_person(tables: Tables, ledger: Ledger, text: str) -> Person:
    """The person called `text`: an id, an e-mail or a full name.

    An id that is not on People any more will do, as long as a sheet or the ledger still knows it.

    Raises:
        NotFound: nobody is called that, or several are.
    """
    people = tables.frame(People)
    ids = directory_of(people).look_up(text)
    if len(ids) > 1:
        raise NotFound("one person", text, sorted(ids))
    employee = next(iter(ids), text.strip())
    row = people[people["employee_id"].eq(employee)]
    texts = [value for name in ("name", "email") for value in row[name].dropna()]
    person = Person(employee, tuple(texts))
    kept = ledger.export_person(employee)
    if not (ids or kept["about"] or kept["named_in"] or any(_rows_about(tables, person))):
        raise NotFound("person", text, people["name"].dropna())
    return person


def export_person(tables: Tables, ledger: Ledger, folder: Path, person: Person) -> dict[str, Any]:
    """Everything kept about a person, ready for JSON: rows of the workbook, the ledger's entries, files and backups."""
    return {
        "employee_id": person.employee_id,
        "workbook": dict(_rows_about(tables, person)),
        "ledger": ledger.export_person(person.employee_id),
        "files": list(_files_about(folder, ledger, person)),
        "backups": _backups(folder),
    }


def erase_person(
    tables: Tables, ledger: Ledger, folder: Path, person: Person, *, with_backups: bool = False
) -> Erasure:
    """Erase what careersheets keeps about a person: ledger, documents, drafts and scorecards in `folder`.

    Rows of the workbook are HR's: they are counted, not touched. Backups hold the workbook as it was; they are listed,
    or deleted `with_backups`.
    """
    files = list(_files_about(folder, ledger, person))
    sent = _sent(ledger, person)
    for file in files:
        (folder / file).unlink(missing_ok=True)
    MadeRecord(folder / TOP).settle({}, files)
    backups = _backups(folder)
    if with_backups:
        for file in backups:
            (folder / file).unlink(missing_ok=True)
    erased = ledger.erase_person(person.employee_id, [*person.texts, *files])
    rows = {sheet: len(found) for sheet, found in _rows_about(tables, person)}
    naming = list(_naming(folder, person))
    return Erasure(erased, files, [] if with_backups else backups, rows, sent, naming)


def _rows_about(tables: Tables, person: Person) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The rows of each sheet in which the person stands, whether they are about them or name them."""
    for sheet in all_sheets():
        frame = tables.by_sheet[sheet.name].frame
        named = pd.Series(False, index=frame.index)
        for column in sheet.columns:
            if column.kind == "person" or column.name == "employee_id":
                named |= frame[column.name].eq(person.employee_id)
        if named.any():
            rows = frame[named].reset_index(names="row").astype(object)
            yield sheet.name, rows.where(rows.notna(), None).to_dict("records")


def _files_about(folder: Path, ledger: Ledger, person: Person) -> Iterator[str]:
    """Files the ledger knows to be about the person, and those that carry the id in their name or their folder's."""
    known = {record.path for key, record in ledger.documents().items() if key.person == person.employee_id}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in _FILES or not path.is_file() or path.parent == folder:
            continue
        file = path.relative_to(folder)
        if file.parts[0] == BACKUPS:
            continue
        words = {word for part in (file.stem, file.parent.name) for word in part.split()}
        if file.as_posix() in known or (person.employee_id in words and _is_of(file, person)):
            yield file.as_posix()


def _is_of(file: Path, person: Person) -> bool:
    """Whether a file is about the person: named so, or in the folder of their own reminders."""
    own_folder = file.parts[:2] == (TOP, "Reminders")
    return person.employee_id in file.stem.split() or own_folder


def _naming(folder: Path, person: Person) -> Iterator[str]:
    """Documents in which the person's name or e-mail address stands, or that lie in a folder of that name."""
    wanted = Phrases.of({words: words for words in map(words_of, person.texts) if words})
    for path in sorted((folder / TOP).rglob("*.docx")):
        try:
            texts = [part.words for part in part_texts(path.read_bytes())]
        except (UnreadableFile, OSError):
            continue
        file = path.relative_to(folder).as_posix()
        if any(any(wanted.found_in(words, frozenset(words))) for words in [*texts, words_of(file)]):
            yield file


def _backups(folder: Path) -> list[str]:
    return [
        path.relative_to(folder).as_posix() for path in sorted((folder / BACKUPS).glob("*")) if path.is_file()
    ]


def _sent(ledger: Ledger, person: Person) -> list[str]:
    """What left: the day, the way and the kind, without names."""
    kinds = {record.document: key.kind for key, record in ledger.documents().items()}
    return [
        f"{it.since:%Y-%m-%d} {it.channel} {kinds.get(it.document, 'document')}"
        for it in ledger.deliveries(DeliveryState.SENT, DeliveryState.UNCERTAIN)
        if person.employee_id in (it.person, it.recipient)
    ]
