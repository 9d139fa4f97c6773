"""Accept the framework as it stands on its sheets: keep it as a version, and let it count for the cycle in hand.

Source: REQUIREMENTS F8.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..analysis.evaluations import cycle_order
from ..analysis.framework_versions import (
    FrameworkValues,
    framework_fingerprint,
    framework_values,
    kept_values,
    kept_versions,
    named_version,
)
from ..books.book import BookContents, Receipt
from ..books.diff import Diff, EditableBook
from ..checks.run import check_tables, framework_sheets
from ..ledger.ledger import Ledger, Run
from ..ledger.records import FrameworkVersion
from ..model.errors import UsageError
from ..model.findings import Finding, errors_among
from ..tables.reading import read_tables
from ..tables.settings import read_settings
from ..tables.tables import Tables
from ..vocabulary.framework import FrameworkHistory
from ..vocabulary.settings import Cycles
from ..vocabulary.sheet import sheet_of
from .framework_compare import FrameworkComparison, compare_framework
from .importing.imported import Imported
from .importing.writing import diff_with

_LISTED = 3


class FrameworkFaulty(UsageError):
    """The framework has errors, and a version that is kept cannot be mended."""

    def __init__(self, errors: list[Finding]) -> None:
        first = "; ".join(f"{error.place}: {error.message}" for error in errors[:_LISTED])
        more = f" And {len(errors) - _LISTED} more." if len(errors) > _LISTED else ""
        count = "an error" if len(errors) == 1 else f"{len(errors)} errors"
        super().__init__(
            f"The framework has {count}, so it is not accepted. {first}{more} Mend them, then accept it again."
        )


class NoOpenCycle(UsageError):
    """There is no cycle that could take another framework."""

    def __init__(self, cycle: str) -> None:
        what = f'The cycle "{cycle}" is closed' if cycle else "There is no cycle"
        super().__init__(
            f"{what}, and past cycles keep their framework. Open a cycle on the sheet Cycles, then accept."
        )


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What accepting would do: to be shown before `enter_acceptance`.

    `version` is the name under which the framework then counts; `is_new` whether it has yet to be kept. `cycles` are
    those it then counts for: the one in hand, and with the very first version those before it, which the sheets counted
    for until then. `diff` is empty where that version counts already.
    """

    contents: BookContents
    comparison: FrameworkComparison
    version: str
    is_new: bool
    cycles: tuple[str, ...]
    fingerprint: str
    diff: Diff


def plan_acceptance(book: EditableBook, today: date) -> Acceptance:
    """Compare the sheets with the version in use and name the next one; nothing is written.

    Raises:
        FrameworkFaulty: the framework has errors.
        NoOpenCycle: no cycle is in hand, or it is closed.
        UsageError: the sheet Cycles has no column for the version, or there is no sheet to keep it.
        CareersheetsError: the workbook cannot be read.
    """
    contents = book.read()
    comparison = compare_framework(contents, today)
    tables, cycle = comparison.tables, comparison.cycle
    _check_cycle(tables, cycle)
    _check_framework(contents, cycle, today)
    values = framework_values(tables)
    version, is_new = _version_for(tables, cycle, values)
    cycles = (*_unversioned_before(tables, cycle), cycle)
    diff = _diff(contents, cycles, version, values if is_new else {})
    return Acceptance(contents, comparison, version, is_new, cycles, framework_fingerprint(values), diff)


def enter_acceptance(book: EditableBook, acceptance: Acceptance) -> Receipt | None:
    """Write the version and the cycle it counts for; None where it counts already.

    Raises:
        WriteRefused: the workbook changed since; nothing was written.
    """
    return book.apply(acceptance.contents, acceptance.diff) if len(acceptance.diff) else None


def note_acceptance(acceptance: Acceptance, ledger: Ledger, run: Run) -> None:
    """Note in the ledger which framework counts for the cycles; the one noted last is not noted again."""
    for cycle in acceptance.cycles:
        ledger.record_framework(run.id, FrameworkVersion(acceptance.version, cycle, acceptance.fingerprint))
    run.counts["people"] = acceptance.comparison.people


def _check_cycle(tables: Tables, cycle: str) -> None:
    table = tables[Cycles]
    status = table.frame.loc[table.frame["cycle"].eq(cycle), "status"]
    if status.empty or status.iloc[0] == "Closed":
        raise NoOpenCycle(cycle)
    if "framework_version" not in table.letters:
        raise UsageError(
            f'The sheet "{table.sheet}" has no column "Framework version". Add it, then accept again.'
        )


def _check_framework(contents: BookContents, cycle: str, today: date) -> None:
    tables, unreadable = read_tables(contents)
    settings, _ = read_settings(tables)
    sheets = framework_sheets(tables)
    found = [*unreadable, *check_tables(tables, settings, cycle, today)]
    places: dict[str, Finding] = {}
    for error in errors_among(finding for finding in found if finding.sheet in sheets):
        places.setdefault(error.place, error)
    if places:
        raise FrameworkFaulty(list(places.values()))


def _version_for(tables: Tables, cycle: str, values: FrameworkValues) -> tuple[str, bool]:
    """The accepted version that says the same, or the name of a new one and True.

    A name that HR gave the cycle's version and that was never accepted is taken; else numbers go on.
    """
    known, named = kept_versions(tables), named_version(tables, cycle)
    same = [version for version in known if kept_values(tables, version) == values]
    if same:
        return (named if named in same else same[-1]), False
    if named and named not in known:
        return named, True
    return _next_number([*known, *tables.frame(Cycles)["framework_version"].dropna()]), True


def _next_number(names: Iterable[str]) -> str:
    return str(max([0, *(int(name) for name in names if name.isdecimal())]) + 1)


def _unversioned_before(tables: Tables, cycle: str) -> list[str]:
    """Where nothing was accepted yet, the cycles before this one that name no version."""
    if kept_versions(tables):
        return []
    order = cycle_order(tables)
    return [earlier for earlier in order[: order.index(cycle)] if not named_version(tables, earlier)]


def _diff(contents: BookContents, cycles: Iterable[str], version: str, values: FrameworkValues) -> Diff:
    kept = [
        {
            "version": version,
            "sheet": place.sheet,
            "key": place.key,
            "of_column": place.column,
            "value": value,
        }
        for place, value in values.items()
    ]
    counts = [{"cycle": cycle, "framework_version": version} for cycle in cycles]
    rows = {sheet_of(FrameworkHistory).name: kept, sheet_of(Cycles).name: counts}
    return diff_with(contents, Imported(rows), f'framework version "{version}"')
