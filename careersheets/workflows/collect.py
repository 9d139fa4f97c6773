"""Collect filled forms: read them, show what they say anew line by line, and enter what is accepted, once.

Source: REQUIREMENTS C8, C9, C11.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..analysis.compute import compute_results
from ..books.book import BookContents, Receipt
from ..books.diff import CellChange, Diff, EditableBook, accept_lines
from ..books.excel_file import ExcelFile
from ..books.safe_save import is_open_elsewhere
from ..documents.content.cycle import CycleFacts, cycle_facts
from ..ledger.ledger import Ledger, Run
from ..model.cells import CellRef
from ..model.errors import InputError, UsageError
from ..model.findings import Finding
from ..tables.reading import read_tables
from ..tables.settings import read_settings
from .collect_changes import compare_form
from .collect_forms import Returned, Trail, cycles_named, read_forms, usable_forms
from .collect_lines import Line, lines_of
from .collect_rows import Entering, Ids
from .collect_values import Refused, values_of
from .collect_wishes import Compared

ENDING = ".docx"


class NotEntered(InputError):
    """The workbook cannot be written to at the moment; the forms can be collected again."""

    def __init__(self, name: str, beside: str = "") -> None:
        also = f' What would have been entered is in "{beside}", which you can delete.' if beside else ""
        super().__init__(
            f'"{name}" is open in another program, so nothing was entered.{also} Close it and collect again.'
        )


@dataclass(frozen=True, slots=True)
class Collecting:
    """What forms would change: to be shown before `enter_forms`. `files` is how many were read.

    `lines` and `diff` have the same numbers. `forms` are those whose answers are among the lines; `again` if these may
    have been collected before.
    """

    contents: BookContents
    diff: Diff
    lines: Sequence[Line]
    findings: Sequence[Finding]
    forms: Sequence[Returned]
    files: int
    again: bool = False

    @property
    def unasked(self) -> frozenset[int]:
        """The lines that are entered if nobody says otherwise."""
        return frozenset(line.number for line in self.lines if not line.open_because)


def form_files(given: Sequence[Path]) -> list[Path]:
    """The files of `given`; of folders, the Word documents in them, by name.

    Raises:
        UsageError: there is none.
    """
    found: list[Path] = []
    for path in given:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        found += [
            file
            for file in inside
            if file == path or (file.suffix.lower() == ENDING and not file.name.startswith(("~$", ".")))
        ]
    if not found:
        raise UsageError(
            "There is no Word document (.docx) in what you gave. Give the filled forms, or their folder."
        )
    return list(dict.fromkeys(found))


def collect_forms(
    book: EditableBook, ledger: Ledger, files: Sequence[Path], now: datetime, *, again: bool = False
) -> Collecting:
    """Compare filled forms with the workbook; nothing is written.

    Args:
        book: the master workbook.
        ledger: its ledger, which knows what was collected before.
        files: the filled forms.
        now: local time.
        again: also offer what was left out of forms that were collected before; nothing of these is entered unasked.

    Raises:
        CareersheetsError: the workbook or the ledger cannot be read.
    """
    contents = book.read()
    tables, _ = read_tables(contents)
    settings, _ = read_settings(tables)
    anybody = cycle_facts(compute_results(tables, settings, now.date(), ""))
    forms, findings = read_forms(files, anybody)
    facts = {
        cycle: anybody
        if cycle == anybody.results.cycle
        else cycle_facts(compute_results(tables, settings, now.date(), cycle))
        for cycle in cycles_named(forms, anybody)
    }
    trail = Trail(ledger.outcomes_of_forms(), ledger.forms(), again)
    usable, refused = usable_forms(forms, facts, anybody, trail)
    entering = Entering(tables, facts, now.date(), Ids(tables))
    compared, found = _compare(usable, facts, trail)
    findings += [*refused, *found, *_take(entering, compared, facts), *entering.findings]
    diff = _diff(contents, entering)
    lines = lines_of(contents, entering, anybody)
    return Collecting(contents, diff, lines, findings, usable, len(files), again)


def enter_forms(
    book: EditableBook, ledger: Ledger, run: Run, collecting: Collecting, accepted: Collection[int]
) -> Receipt:
    """Note the forms in the ledger, then enter the accepted lines; nothing of a form noted before, unless it is `again`.

    Raises:
        NotEntered: the workbook is open in another program.
        WriteRefused: it changed since, or a line cannot be entered; nothing was written.
        UsageError: two accepted lines fill the same cell.
    """
    _refuse_two_for_one(collecting, accepted)
    path = book.path.resolve() if isinstance(book, ExcelFile) else None
    if path is not None and is_open_elsewhere(path):
        raise NotEntered(book.name)
    new = {
        record.sha256 for record in ledger.accept_forms(run.id, [form.record for form in collecting.forms])
    }
    wanted = {
        line.number
        for line in collecting.lines
        if line.number in accepted and (line.sha256 in new or collecting.again)
    }
    receipt = book.apply(collecting.contents, accept_lines(collecting.diff, wanted))
    if path is not None and Path(receipt.written_to) != path:
        raise NotEntered(book.name, Path(receipt.written_to).name)
    run.counts |= {"forms": len(new), "lines": len(wanted)}
    return receipt


def _compare(
    forms: Sequence[Returned], facts: Mapping[str, CycleFacts], trail: Trail
) -> tuple[list[Compared], list[Finding]]:
    compared: list[Compared] = []
    findings: list[Finding] = []
    # The facts of one cycle are at hand at a time.
    for form in sorted(forms, key=lambda it: it.cycle):
        doubts = list(trail.doubts(form))
        compared.append(compare_form(form, facts[form.cycle], in_doubt=bool(doubts)))
        findings += [*doubts, *compared[-1].findings]
    return compared, findings


def _take(entering: Entering, compared: Sequence[Compared], facts: Mapping[str, CycleFacts]) -> list[Finding]:
    """Put everything that the sheets accept into `entering`; the findings about the rest."""
    values, findings = values_of([wish for one in compared for wish in one.wishes], facts)
    left = iter(values)
    for one in compared:
        valued = [(wish, next(left)) for wish in one.wishes]
        entering.take(one, [(wish, value) for wish, value in valued if not isinstance(value, Refused)])
    return [finding for finding in findings if not _said_before(finding, compared)]


def _said_before(finding: Finding, compared: Sequence[Compared]) -> bool:
    """Whether reading the form has found fault with the same answer already."""
    return any(
        (it.sheet, it.cell) == (finding.sheet, finding.cell)
        for one in compared
        for it in one.returned.form.findings
    )


def _diff(contents: BookContents, entering: Entering) -> Diff:
    """A line for each cell and value; where forms differ, several for one cell."""
    changes = tuple(
        CellChange(
            line.cell, contents.grids[line.cell.sheet].cell(line.cell.row, line.cell.column), line.value
        )
        for line in entering.cell_lines
    )
    return Diff(changes, tuple(line.row for line in entering.row_lines))


def _refuse_two_for_one(collecting: Collecting, accepted: Collection[int]) -> None:
    first: dict[CellRef, int] = {}
    for number, change in enumerate(collecting.diff.changes, start=1):
        if number in accepted:
            other = first.setdefault(change.cell, number)
            if other != number:
                raise UsageError(
                    f"Lines {other} and {number} fill the same cell, {change.cell}. Accept one of them."
                )
