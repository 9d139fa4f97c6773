"""Why an evaluation is not released, and what of its steps the ledger saw otherwise. Source: REQUIREMENTS E4, E5."""

from __future__ import annotations

from ..model.findings import Rule, Severity

CHANGED_AFTER_APPROVAL = Rule(
    "CS721",
    Severity.ERROR,
    "the scores of this person were changed after they were approved.",
    "Let the approver look again: set the status to Submitted, then to Approved with the new day; or put the scores back.",
    "What was approved is what is released, and nothing else.",
)
BACKDATED = Rule(
    "CS722",
    Severity.ERROR,
    'the workbook says "{header}" {day}, but on {seen} the evaluation still was {status}.',
    "Enter the day on which it was typed in, which may be today.",
    "A true day that was typed in late cannot be told from one that was made up. Dates are held against what was seen in the workbook on the way; what disagrees is not released.",
)
RATER_APPROVES = Rule(
    "CS723",
    Severity.ERROR,
    "the approver is {who}.",
    "Let somebody else approve, and enter them.",
    "Four eyes see what two overlook; nobody approves their own work.",
)
NO_APPROVAL = Rule(
    "CS724",
    Severity.ERROR,
    'the status is Approved, but "{header}" is empty.',
    "Enter it.",
    "An approval says who and when.",
)
NOT_SEEN_BEFORE = Rule(
    "CS725",
    Severity.NOTE,
    "no step of this evaluation was seen before it was approved.",
    "Nothing, if that is as it should be. Run the check while evaluations are on their way, so that their steps are seen.",
    "What was never seen on the way cannot be held against anything; who typed it is the workbook's word.",
)


def release_rules() -> list[Rule]:
    """All of them, by code."""
    return sorted(
        (value for value in globals().values() if isinstance(value, Rule)), key=lambda rule: rule.code
    )
