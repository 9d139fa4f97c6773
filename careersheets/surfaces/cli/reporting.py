"""What a report run made, in words and as data."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict

from ...model.findings import Finding, errors_among
from ...workflows.report import Made, ReportOutcome
from .exit_codes import ExitCode
from .output import SHOWN, findings_data, say, say_json


def report_result(outcome: ReportOutcome, workbook: str, *, json: bool) -> int:
    """Say what was made, what was not and why; the exit code."""
    if json:
        say_json(_data(outcome, workbook))
    else:
        _say(outcome, workbook)
    return ExitCode.FINDINGS if _not_made(outcome) or _nobodys_errors(outcome) else ExitCode.CLEAN


def _say(outcome: ReportOutcome, workbook: str) -> None:
    if outcome.receipt is None:
        for document in outcome.made:
            say(f"{document.state:<8} {document.file}")
    _say_not_made(outcome)
    for document in [document for document in outcome.made if document.is_made and document.error][:SHOWN]:
        say(f"{document.kind} {document.employee_id}: {document.error}")
    counts = Counter(document.state for document in outcome.made)
    say(f"{workbook}: " + ", ".join(f"{count} {state.lower()}" for state, count in counts.items()) + ".")
    drafts = counts["Draft made"]
    if drafts:
        say(
            f"{drafts} {'carries' if drafts == 1 else 'carry'} the mark DRAFT: the evaluation is not released."
        )
    for note in outcome.notes:
        say(note)
    if outcome.archive:
        say(f"All of them in one archive: {outcome.archive}")
    errors = _nobodys_errors(outcome)
    if errors:
        say(
            f"{len(errors)} {'error holds' if len(errors) == 1 else 'errors hold'} no document, because nobody knows "
            "whom the rows are about; what stands there is missing. See the sheet To fix. First:"
        )
        say(f"  {errors[0]}")
    if outcome.receipt and outcome.receipt.note:
        say(outcome.receipt.note)


def _say_not_made(outcome: ReportOutcome) -> None:
    """Once for each person and reason, however many documents it keeps back."""
    reasons: dict[tuple[str, str, str], list[str]] = {}
    for document in _not_made(outcome):
        key = (document.state, document.employee_id, document.error)
        reasons.setdefault(key, []).append(document.kind)
    for (state, employee, error), kinds in list(reasons.items())[:SHOWN]:
        several = f" ({len(kinds)} documents)" if len(kinds) > 1 else ""
        say(f"{state:<8} {employee}{several}: {error}")
    if len(reasons) > SHOWN:
        say(f"... and {len(reasons) - SHOWN} more on the sheet Documents.")


def _data(outcome: ReportOutcome, workbook: str) -> dict[str, object]:
    return {
        "workbook": workbook,
        "cycle": outcome.assessment.results.cycle,
        "documents": [asdict(document) for document in outcome.made],
        "findings": findings_data(outcome.assessment.findings),
        "written_to": outcome.receipt.written_to if outcome.receipt else "",
        "note": outcome.receipt.note if outcome.receipt else "",
        "notes": outcome.notes,
        "archive": str(outcome.archive or ""),
    }


def _nobodys_errors(outcome: ReportOutcome) -> list[Finding]:
    """Errors that hold nobody's document, and so would go unsaid."""
    said = {finding.place for errors in outcome.assessment.held.values() for finding in errors}
    return [finding for finding in errors_among(outcome.assessment.findings) if finding.place not in said]


def _not_made(outcome: ReportOutcome) -> list[Made]:
    return [document for document in outcome.made if document.state in ("Held", "Failed")]
