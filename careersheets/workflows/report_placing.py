"""Putting the documents of a run in place, and what was there before out of the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from ..analysis.results import Results
from ..delivery.made_record import MadeRecord
from ..delivery.run_folder import RunFolder
from ..vocabulary.results import Documents
from .report_plan import Made

IsOurs = Callable[[str, str], bool]


class Known(Protocol):
    """Who knows which documents careersheets wrote: by path, the SHA-256 of their bytes."""

    def is_ours(self, file: str, digest: str) -> bool:
        """Whether careersheets wrote exactly these bytes to `file`."""
        ...

    def announce(self, documents: Mapping[str, str]) -> None:
        """`documents` are about to be put in place."""
        ...

    def settle(self, documents: Mapping[str, str], gone: Iterable[str]) -> None:
        """`documents` are in place, and `gone` are there no more."""
        ...


@dataclass(frozen=True, slots=True)
class ToldByCaller:
    """Somebody else keeps the record, and is only asked."""

    is_ours: IsOurs

    def announce(self, documents: Mapping[str, str]) -> None:
        """Nothing to note."""

    def settle(self, documents: Mapping[str, str], gone: Iterable[str]) -> None:
        """Nothing to note."""


def known_in(folder: Path, is_ours: IsOurs | None) -> Known:
    """Who knows the documents in `folder`: the record that lies there, unless `is_ours` does."""
    return ToldByCaller(is_ours) if is_ours else MadeRecord(folder)


def put_in_place(
    run: RunFolder,
    made: Sequence[Made],
    results: Results,
    known: Known,
    noted: Mapping[tuple[str, str], str] | None = None,
) -> tuple[list[Made], list[str]]:
    """Put what was made in place of what was there.

    A document that somebody changed after it was made is kept aside before it is replaced. One that has another place
    now, or is held, is moved aside, found by the rows of the sheet Documents and by `noted`: where the ledger says that
    documents are, by employee id and title of their kind. They differ where a run could not write the workbook.

    Returns:
        `made`, failed where a document could not be put in place; and sentences on what was moved.
    """
    new = {document.file: document.digest for document in made if document.is_made}
    known.announce(new)
    run.put_in_place(new, known.is_ours)
    changed, before = len(run.moved), _places_before(results)
    placed = [_as_placed(document, run.trouble, before) for document in made]
    places = [before, noted or {}]
    unmoved = dict(run.trouble)
    for file in _out_of_place(run, placed, places, new):
        run.set_aside(file)
    run.sync()
    there = {document.file: document.digest for document in placed if document.is_made}
    known.settle(there, [moved.file for moved in run.moved[changed:]])
    notes = _notes(run, changed) + [text for file, text in run.trouble.items() if file not in unmoved]
    return placed, notes


def _places_before(results: Results) -> dict[tuple[str, str], str]:
    """Where the sheet Documents says that each document is, by employee id and title of its kind."""
    frame = results.tables.frame(Documents)
    rows = zip(frame["employee_id"], frame["kind"], frame["file"], strict=True)
    return {(employee, kind): file for employee, kind, file in rows if isinstance(file, str)}


def _as_placed(document: Made, trouble: Mapping[str, str], before: Mapping[tuple[str, str], str]) -> Made:
    """`document` as it stands now; where it failed, the old one is still at its place."""
    if document.is_made and document.file in trouble:
        document = replace(document, state="Failed", error=trouble[document.file], digest="")
    if document.state == "Failed":
        return replace(document, file=before.get((document.employee_id, document.kind), document.file))
    return document


def _out_of_place(
    run: RunFolder,
    placed: Sequence[Made],
    places: Sequence[Mapping[tuple[str, str], str]],
    new: Mapping[str, str],
) -> list[str]:
    files = []
    for document in placed:
        key = (document.employee_id, document.kind)
        olds = [before[key] for before in places if key in before]
        if document.state == "Held":
            files += [*olds, document.file]
        elif document.is_made or document.is_unchanged:
            files += [old for old in olds if old != document.file and not run.same_file(old, document.file)]
    staying = {*new, *(document.file for document in placed if document.is_unchanged)}
    return [file for file in dict.fromkeys(files) if file not in staying]


def _notes(run: RunFolder, changed: int) -> list[str]:
    aside = (
        (run.moved[:changed], "has been changed since", "have been changed since"),
        (
            run.moved[changed:],
            "has another place now, or is held back",
            "have another place now, or are held back",
        ),
    )
    return [
        f'1 document made earlier {one}; it is in "{_common_folder(moved[0].to)}".'
        if len(moved) == 1
        else f'{len(moved)} documents made earlier {several}; they are in "{_common_folder(moved[0].to)}".'
        for moved, one, several in aside
        if moved
    ]


def _common_folder(file: str) -> str:
    return "/".join(file.split("/")[:3])
