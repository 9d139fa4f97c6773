"""Every finding there is, whichever room finds it."""

from __future__ import annotations

from ..checks.catalogue import all_rules
from ..documents.rules import document_rules
from ..model.findings import Rule
from ..workflows.collect_rules import collect_rules
from ..workflows.release_rules import release_rules
from ..workflows.scorecards_rules import scorecard_rules


def every_rule() -> list[Rule]:
    """All rules, by code."""
    return sorted(
        [*all_rules(), *document_rules(), *scorecard_rules(), *release_rules(), *collect_rules()],
        key=lambda rule: rule.code,
    )
