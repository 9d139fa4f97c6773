"""Putting the documents of a run in place, and what was there before out of the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ..analysis.results import Results
from ..delivery.made_record import MadeRecord
from ..delivery.run_folder import RunFolder
from .report_plan import Made


def put_in_place(
    run: RunFolder,
    made: Sequence[Made],
    results: Results,
    record: MadeRecord,
    noted: Mapping[tuple[str, str], str] | None = None,
) -> tuple[list[Made], list[str]]:
    """Put what was made in place of what was there.

    A document that somebody changed after it was made is kept aside before it is replaced. One that has another place
    now, or is held, is moved aside. It is found by the record, which is written before documents are put in place, and
    should that be lost by `noted`: where the ledger says that the cycle's documents are, by employee id and title of
    their kind. Documents of other cycles stay.

    Returns:
        `made`, failed where a document could not be put in place; and sentences on what was moved.
    """
    names = {document.file: _name(document, results.cycle) for document in made}
    new = {document.file: document.digest for document in made if document.is_made}
    record.announce(new, names)
    run.put_in_place(new, record.is_ours)
    changed, unmoved = len(run.moved), dict(run.trouble)
    elsewhere = record.elsewhere({name: file for file, name in names.items()})
    olds = {
        document.file: _old_places(run, document, elsewhere.get(names[document.file], ()), noted or {})
        for document in made
    }
    placed = [_as_placed(document, run.trouble, olds[document.file]) for document in made]
    for file in _out_of_place(placed, olds):
        run.set_aside(file)
    run.sync()
    there = {document.file: document.digest for document in placed if document.is_made}
    record.settle(there, [moved.file for moved in run.moved[changed:]])
    notes = _notes(run, changed) + [text for file, text in run.trouble.items() if file not in unmoved]
    return placed, notes


def _name(document: Made, cycle: str) -> str:
    """What a document is called, whatever its place."""
    return "\n".join((cycle, document.kind_key, document.employee_id))


def _old_places(
    run: RunFolder, document: Made, recorded: Iterable[str], noted: Mapping[tuple[str, str], str]
) -> list[str]:
    """Where the document may lie from earlier runs, other than where it goes."""
    files = [*recorded, noted.get((document.employee_id, document.kind), document.file)]
    return [file for file in files if file != document.file and not run.same_file(file, document.file)]


def _as_placed(document: Made, trouble: Mapping[str, str], old: Sequence[str]) -> Made:
    """`document` as it stands now; where it failed, the old one is still at its place."""
    if document.is_made and document.file in trouble:
        document = replace(document, state="Failed", error=trouble[document.file], digest="")
    return replace(document, file=old[0]) if document.state == "Failed" and old else document


def _out_of_place(placed: Sequence[Made], olds: Mapping[str, Sequence[str]]) -> list[str]:
    """What has no business any more where it lies: documents that are held, and others' old places."""
    held = [
        file
        for document in placed
        if document.state == "Held"
        for file in (document.file, *olds[document.file])
    ]
    there = [document.file for document in placed if document.is_made or document.is_unchanged]
    old = [place for file in there for place in olds[file]]
    return [file for file in dict.fromkeys([*held, *old]) if file not in set(there)]


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
