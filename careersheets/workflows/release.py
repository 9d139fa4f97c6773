"""Release approved evaluations: hold every step against the ledger, show what changes, then enter it.

Source: REQUIREMENTS E5.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from ..analysis.fingerprints import score_fingerprints
from ..books.book import Receipt
from ..books.diff import Diff, EditableBook, build_diff
from ..checks.placing import text_or_blank
from ..ledger.ledger import Ledger, Run
from ..ledger.records import Transition
from ..model.cells import CellRef, CellValue, column_number
from ..model.findings import Finding, Rule, errors_among
from ..tables.tables import Table
from ..vocabulary.evaluation import Evaluations
from ..vocabulary.sheet import sheet_of
from .assess import Assessment, assess
from .release_rules import BACKDATED, CHANGED_AFTER_APPROVAL, NO_APPROVAL, NOT_SEEN_BEFORE, RATER_APPROVES
from .report_plan import Asked, people_asked

APPROVED, RELEASED = "Approved", "Released"
# The step each date belongs to, and the statuses an evaluation has before it.
_BEFORE = {
    "submitted": ("Draft", "Returned"),
    "approved": ("Draft", "Returned", "Submitted"),
    "released": ("Draft", "Returned", "Submitted", APPROVED),
}
_WHO_DID = {"Submitted": "manager", "Returned": "approver", APPROVED: "approver", RELEASED: "approver"}
_WHEN = {"Submitted": "submitted", APPROVED: "approved", RELEASED: "released"}


@dataclass(frozen=True, slots=True)
class Releasing:
    """What a release would do: to be shown before `enter_release`. `people` are the employee ids it releases."""

    assessment: Assessment
    people: list[str]
    diff: Diff
    findings: list[Finding]


def plan_release(
    book: EditableBook, ledger: Ledger, run: Run, today: date, *, cycle: str = "", people: Sequence[str] = ()
) -> Releasing:
    """See which approved evaluations can be released; the steps seen are noted, the workbook is not touched.

    Args:
        book: the master workbook.
        ledger: its ledger.
        run: the run at work.
        today: the day of the release.
        cycle: an evaluation cycle; the one in hand where it is "".
        people: whom to release, by id, e-mail or name; everyone who is approved where there is none.

    Raises:
        CareersheetsError: the workbook cannot be read, or somebody named is not on People.
    """
    assessment = assess(book, today, cycle)
    results = assessment.results
    wanted, _ = people_asked(results, Asked(employees=tuple(people)))
    rows = _approved(assessment)
    rows = rows[rows["employee_id"].isin(wanted)]
    seen = {person: ledger.steps_of(person, results.cycle) for person in rows["employee_id"]}
    note_steps(assessment, ledger, run)
    findings = list(_faults(assessment, rows, seen, ledger))
    stopped = {finding.who for finding in errors_among(findings)} | set(assessment.held)
    findings += [finding for who in rows["employee_id"] for finding in assessment.held.get(who, [])]
    free = rows[~rows["employee_id"].isin(stopped)]
    diff = build_diff(assessment.contents, dict(_entries(results.tables[Evaluations], free, today)))
    return Releasing(assessment, list(free["employee_id"]), diff, findings)


def enter_release(book: EditableBook, ledger: Ledger, run: Run, releasing: Releasing, today: date) -> Receipt:
    """Enter a release as it was shown, and note it in the ledger.

    Raises:
        WriteRefused: the workbook changed since; nothing was written.
    """
    receipt = book.apply(releasing.assessment.contents, releasing.diff)
    results = releasing.assessment.results
    scores = score_fingerprints(results.tables, results.cycle)
    approvers = results.evaluated["approver"].to_dict()
    ledger.record_transitions(
        run.id,
        [
            Transition(
                person,
                results.cycle,
                RELEASED.casefold(),
                scores.get(person, ""),
                text_or_blank(approvers[person]),
                today,
            )
            for person in releasing.people
        ],
    )
    run.counts["released"] = len(releasing.people)
    return receipt


def note_steps(assessment: Assessment, ledger: Ledger, run: Run) -> None:
    """Note where each evaluation of the cycle stands.

    Scores that changed while it stands approved on the same day are not noted: what was approved stays on record.
    """
    results = assessment.results
    rows = _of_cycle(assessment)
    before = ledger.standing(results.cycle)
    scores = score_fingerprints(results.tables, results.cycle)
    steps = [_step(row, results.cycle, scores.get(row["employee_id"], "")) for row in rows.to_dict("records")]
    ledger.record_transitions(run.id, [step for step in steps if not _stands(before.get(step.person), step)])


def _stands(last: Transition | None, step: Transition) -> bool:
    """Whether an approval or release is on record already, with the same day."""
    return (
        last is not None
        and step.state in (APPROVED.casefold(), RELEASED.casefold())
        and (last.state, last.stated_on) == (step.state, step.stated_on)
    )


def _faults(
    assessment: Assessment, rows: pd.DataFrame, seen: Mapping[str, Sequence[Transition]], ledger: Ledger
) -> Iterator[Finding]:
    """Why approved evaluations cannot be released."""
    results = assessment.results
    table = results.tables[Evaluations]
    approved = ledger.approved_fingerprints(results.cycle)
    scores = score_fingerprints(results.tables, results.cycle)
    for row in rows.reset_index(names="row").to_dict("records"):
        person = row["employee_id"]
        if person in approved and approved[person] != scores.get(person, ""):
            yield _found(CHANGED_AFTER_APPROVAL, table, row, "status")
        yield from _without(table, row)
        yield from _four_eyes(table, row, text_or_blank(results.evaluated.at[person, "manager"]))
        yield from _backdated(table, row, seen[person])
        if not seen[person]:
            yield _found(NOT_SEEN_BEFORE, table, row, "status")


def _without(table: Table, row: Mapping[str, Any]) -> Iterator[Finding]:
    for column in ("approver", "approved"):
        if pd.isna(row[column]):
            yield _found(NO_APPROVAL, table, row, column, header=_header(column))


def _four_eyes(table: Table, row: Mapping[str, Any], rater: str) -> Iterator[Finding]:
    if text_or_blank(row["approver"]) == row["employee_id"]:
        yield _found(RATER_APPROVES, table, row, "approver", who="the person who was evaluated")
    elif text_or_blank(row["approver"]) and text_or_blank(row["approver"]) == rater:
        yield _found(RATER_APPROVES, table, row, "approver", who="the manager who rated")


def _backdated(table: Table, row: Mapping[str, Any], seen: Sequence[Transition]) -> Iterator[Finding]:
    """A step cannot have been taken on a day before one on which it was seen not to have been taken yet."""
    for column, earlier in _BEFORE.items():
        if pd.isna(row[column]):
            continue
        day = row[column].date()
        for step in seen:
            if step.at is None or step.state.capitalize() not in earlier or step.at.date() <= day:
                continue
            if not _reached_before(seen, step, column):
                shown = {"day": day, "seen": step.at.date(), "status": step.state.capitalize()}
                yield _found(BACKDATED, table, row, column, header=_header(column), **shown)
                break


def _reached_before(seen: Sequence[Transition], step: Transition, column: str) -> bool:
    """Whether `column` had been reached before `step`, so that the evaluation went back and its older day may stand."""
    reached = {state for state, name in _WHEN.items() if name == column}
    return any(it.state.capitalize() in reached for it in seen[: seen.index(step)])


def _entries(table: Table, rows: pd.DataFrame, today: date) -> Iterator[tuple[CellRef, CellValue]]:
    for number in rows.index:
        yield _cell(table, number, "status"), RELEASED
        if "released" in table.letters:
            yield _cell(table, number, "released"), datetime(today.year, today.month, today.day)


def _approved(assessment: Assessment) -> pd.DataFrame:
    rows = _of_cycle(assessment)
    return rows[rows["status"].eq(APPROVED)]


def _of_cycle(assessment: Assessment) -> pd.DataFrame:
    """The evaluations of everyone who is evaluated in the cycle; of a person with several rows, the first."""
    results = assessment.results
    rows = results.tables.frame(Evaluations)
    rows = rows[rows["cycle"].eq(results.cycle) & rows["employee_id"].isin(results.evaluated.index)]
    return rows.drop_duplicates("employee_id")


def _step(row: Mapping[str, Any], cycle: str, fingerprint: str) -> Transition:
    status = text_or_blank(row["status"]) or "Draft"
    stated = row.get(_WHEN.get(status, ""), pd.NaT)
    actor = text_or_blank(row.get(_WHO_DID.get(status, ""), ""))
    day = None if pd.isna(stated) else stated.date()
    return Transition(row["employee_id"], cycle, status.casefold(), fingerprint, actor, day)


def _found(rule: Rule, table: Table, row: Mapping[str, Any], column: str, **values: object) -> Finding:
    return rule.found(table.sheet, table.cell(row["row"], column), who=row["employee_id"], values=values)


def _cell(table: Table, row: int, column: str) -> CellRef:
    return CellRef(table.sheet, row, column_number(table.letters[column]))


def _header(column: str) -> str:
    return sheet_of(Evaluations).column(column).header
