"""Does the framework on its sheets say what was accepted for the cycle in hand?

Source: REQUIREMENTS F8.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..analysis.framework_versions import (
    framework_values,
    kept_values,
    kept_versions,
    named_version,
)
from ..model.findings import Finding, Rule, Severity
from ..vocabulary.settings import Cycles
from .placing import listed, report_rows
from .review import Review

SHEETS_DIFFER = Rule(
    "CS328",
    Severity.NOTE,
    'the framework was changed since version "{version}", which counts for "{cycle}": {changes}. Until it is accepted, '
    "the change moves no number.",
    "Run careersheets framework diff to see whom it touches, and careersheets framework accept to let it count.",
    "An edit in the middle of a cycle would move the goalposts for those who were rated already.",
)
VERSION_UNKNOWN = Rule(
    "CS329",
    Severity.WARNING,
    'the framework version "{version}" of "{cycle}" was never accepted; the sheets count as they are.',
    "Enter one that was accepted ({known}), or run careersheets framework accept.",
    "Without a kept version every change of the sheets changes the numbers of the cycle at once.",
)
NO_VERSION = Rule(
    "CS330",
    Severity.NOTE,
    'no framework version counts for "{cycle}"; the sheets count as they are.',
    "Run careersheets framework accept as soon as the framework for this cycle is settled.",
    "Without a kept version every change of the sheets changes the numbers of the cycle at once.",
)


def check_framework_versions(review: Review) -> Iterator[Finding]:
    """The cycle in hand against what was accepted. Where nothing ever was, nothing is said."""
    known = kept_versions(review.tables)
    if not known:
        return
    table = review.tables[Cycles]
    row = table.frame[table.frame["cycle"].eq(review.cycle)].head(1)
    version = named_version(review.tables, review.cycle)
    if not version:
        yield from report_rows(NO_VERSION, table, "framework_version", row)
    elif version not in known:
        yield from report_rows(
            VERSION_UNKNOWN, table, "framework_version", row, version=version, known=listed(known)
        )
    else:
        changes = _changes(review, version)
        if changes:
            yield from report_rows(
                SHEETS_DIFFER, table, "framework_version", row, version=version, changes=changes
            )


def _changes(review: Review, version: str) -> str:
    """`3 values on Expectations, 1 on Levels`; "" where the sheets say what was accepted."""
    now, then = framework_values(review.tables), kept_values(review.tables, version)
    counts = Counter(place.sheet for place in now.keys() | then.keys() if now.get(place) != then.get(place))
    parts = [f"{count} {'values' if count != 1 else 'value'} on {sheet}" for sheet, count in counts.items()]
    return ", ".join(sorted(parts))
