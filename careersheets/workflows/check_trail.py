"""What a check leaves in the ledger: where evaluations stand, and what was found. Source: REQUIREMENTS E5, X9."""

from __future__ import annotations

from ..ledger.ledger import Ledger, Run
from ..ledger.records import FindingPlace
from .assess import Assessment
from .release import note_steps


def note_check(assessment: Assessment, ledger: Ledger, run: Run) -> None:
    """Note the steps of the cycle's evaluations and the findings, without their words."""
    note_steps(assessment, ledger, run)
    ledger.record_findings(
        run.id,
        [FindingPlace(finding.who, finding.rule.code, finding.place) for finding in assessment.findings],
    )
    run.counts["findings"] = len(assessment.findings)
