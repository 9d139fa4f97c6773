"""For each finding code of the checks: a workbook that fires it and one that does not, by requirement."""

from __future__ import annotations

from tests.checks.cases import (
    columns,
    conversations,
    cycles,
    evaluations,
    framework,
    framework_versions,
    language,
    people,
    plans,
    references,
    scores,
)
from tests.checks.cases.case import Case

CASES: dict[str, list[Case]] = {
    "C6": conversations.CASES,
    "D3": plans.CASES,
    "E1": [*columns.CASES, *references.CASES],
    "E4": scores.CASES,
    "E5": [*evaluations.CASES, *cycles.CASES],
    "F1": people.CASES,
    "F8": framework_versions.CASES,
    "F5": [*framework.CASES, *language.CASES],
}
