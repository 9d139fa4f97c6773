"""Read a scorecard that came back: what was filled in, and what was tampered with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..books.book import BookContents
from ..books.building.scorecard import META
from ..books.guard import PendingRead, start_reading
from ..checks.placing import text_or_blank
from ..model.cells import Grid
from ..model.errors import FileRefused
from ..model.findings import Finding
from ..tables.headers import find_headers, fold
from ..tables.sheets import read_sheet
from ..tables.tables import Table
from ..tables.values import Labels
from ..vocabulary.evaluation import Scores
from ..vocabulary.sheet import SheetModel, sheet_of
from .scorecards_form import ADDED, ENTRY, Entries, Issued, ScoreKey, entries_of, issued_from
from .scorecards_rules import (
    EXPECTATION_CHANGED,
    FOREIGN_PERSON,
    IDENTITY_CHANGED,
    NO_SCORECARD,
    NOT_ASKED,
    NOT_READ,
    NOT_READABLE,
    ROW_GONE,
    ROW_TWICE,
    STRUCTURE,
)

# A standalone scorecard was given out by nobody: whoever fills it in says both ratings.
STANDALONE = ("self_rating", *ENTRY["manager"])
_REQUIRED = "Required"
# Each file is read in a limited process of its own; the next ones start meanwhile.
_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Returned:
    """A scorecard as it came back. `issued` is None for a standalone one.

    `scores` by employee and competency, `cycles` what a standalone one says is the cycle of each; `places` where each
    stands; `added` the rows of the other pages, each with its place.
    """

    path: Path
    issued: Issued | None = None
    scores: Mapping[ScoreKey, Entries] = field(default_factory=dict)
    cycles: Mapping[ScoreKey, str] = field(default_factory=dict)
    places: Mapping[ScoreKey, str] = field(default_factory=dict)
    added: tuple[tuple[type[SheetModel], str, Entries], ...] = ()
    letters: Mapping[str, str] = field(default_factory=dict)


def read_scorecards(paths: Sequence[Path], labels: Labels) -> tuple[list[Returned], list[Finding]]:
    """What the files hold, and what is wrong with them; `labels` are the words of the rating scales."""
    cards: list[Returned] = []
    findings: list[Finding] = []
    waiting = [(path, start_reading(path)) for path in paths[:_AHEAD]]
    for number, path in enumerate(paths):
        pending = waiting[number][1]
        waiting += [(later, start_reading(later)) for later in paths[len(waiting) : number + 1 + _AHEAD]]
        card, found = _read_one(path, pending, labels)
        cards.append(card)
        findings += found
    return cards, findings


def _read_one(path: Path, pending: PendingRead, labels: Labels) -> tuple[Returned, list[Finding]]:
    try:
        contents = pending.result()
    except FileRefused as error:
        values: dict[str, object] = {"reason": error.reason, "fix": error.fix}
        return Returned(path), [NOT_READ.found(path.name, "", values=values)]
    grid = contents.grids.get("Scores")
    if grid is None:
        rule = STRUCTURE if META in contents.grids else NO_SCORECARD
        return Returned(path), [rule.found(path.name, "", values={"what": "the sheet Scores is missing."})]
    return _read(path, contents, grid, labels)


def _read(path: Path, contents: BookContents, grid: Grid, labels: Labels) -> tuple[Returned, list[Finding]]:
    issued, findings = _identity(path, contents)
    if findings:
        return Returned(path), findings
    names = ENTRY[issued.edition] if issued else STANDALONE
    table, findings = _table(path, Scores, grid, labels, ("cycle", "employee_id", "competency_id", *names))
    if any(finding.rule is STRUCTURE for finding in findings):
        return Returned(path, issued), findings
    returned, found = _scores(path, issued, table, names)
    findings += found
    if issued is not None:
        findings += _gone_rows(path, issued, returned)
        findings += _changed_expectations(path, issued, grid, returned)
    added, found = _added(path, contents)
    return replace(returned, added=added, letters=table.letters), findings + found


def _identity(path: Path, contents: BookContents) -> tuple[Issued | None, list[Finding]]:
    """Who it was given to; None for a standalone one."""
    meta = contents.grids.get(META)
    if meta is not None:
        issued = issued_from(meta)
        return issued, [] if issued else [IDENTITY_CHANGED.found(path.name, "")]
    # A scorecard that was given out always says its name on the first page, a standalone one does not.
    start = contents.grids.get("Start")
    title = start.cell(2, 2) if start else None
    given_out = isinstance(title, str) and ":" in title
    return None, [IDENTITY_CHANGED.found(path.name, "")] if given_out else []


def _table(
    path: Path, model: type[SheetModel], grid: Grid, labels: Labels, wanted: tuple[str, ...]
) -> tuple[Table, list[Finding]]:
    """The typed rows of a page. Headers that are gone are one finding each, unreadable cells another."""
    sheet = sheet_of(model)
    headers, _ = find_headers(sheet, grid)
    missing = [sheet.column(name).header for name in wanted if headers is None or name not in headers.columns]
    table, found = read_sheet(sheet, grid, labels)
    if missing:
        listed = ", ".join(f'"{header}"' for header in missing)
        what = f"the sheet {sheet.name} lacks the headers {listed}."
        return table, [STRUCTURE.found(path.name, "", values={"what": what})]
    unreadable = [
        NOT_READABLE.found(_place(path, sheet.name), finding.cell, who=finding.who, values=_words(finding))
        for finding in found
        if finding.is_error and finding.cell
    ]
    return table, unreadable


def _words(finding: Finding) -> dict[str, object]:
    return {"what": finding.message, "fix": finding.fix}


def _scores(
    path: Path, issued: Issued | None, table: Table, names: tuple[str, ...]
) -> tuple[Returned, list[Finding]]:
    frame = table.frame
    scores: dict[ScoreKey, Entries] = {}
    cycles: dict[ScoreKey, str] = {}
    places: dict[ScoreKey, str] = {}
    findings = []
    for row in frame.index:
        who, what, cycle = (
            text_or_blank(frame.at[row, name]) for name in ("employee_id", "competency_id", "cycle")
        )
        if not who and not what:
            continue
        key = who, what
        place = table.cell(row, "employee_id")
        problem = _row_problem(path, issued, key, place, places)
        if problem is not None:
            findings.append(problem)
            continue
        scores[key] = entries_of(frame, row, names)
        cycles[key], places[key] = cycle, place
    return Returned(path, issued, scores, cycles, places), findings


def _row_problem(
    path: Path, issued: Issued | None, key: ScoreKey, place: str, seen: Mapping[ScoreKey, str]
) -> Finding | None:
    """Why a row of Scores does not count; None if it does."""
    who, what = key
    sheet = _place(path, "Scores")
    values: dict[str, object] = {"person": who, "competency": what}
    if issued is not None and who not in issued.people:
        return FOREIGN_PERSON.found(sheet, place, values=values)
    if issued is not None and key not in issued.base:
        return NOT_ASKED.found(sheet, place, who=who, values=values)
    if key in seen:
        first = "".join(filter(str.isdigit, seen[key]))
        return ROW_TWICE.found(sheet, place, who=who, values={**values, "first": first})
    return None


def _gone_rows(path: Path, issued: Issued, returned: Returned) -> Iterator[Finding]:
    for who, what in issued.base:
        if (who, what) not in returned.places:
            values: dict[str, object] = {"person": who, "competency": what}
            yield ROW_GONE.found(_place(path, "Scores"), "", who=who, values=values)


def _changed_expectations(path: Path, issued: Issued, grid: Grid, returned: Returned) -> Iterator[Finding]:
    """What the target asks for was protected; somebody took the protection off."""
    headers, _ = find_headers(sheet_of(Scores), grid)
    if headers is None:
        return
    row = grid.row(headers.row)
    number = next(
        (
            place
            for place, cell in enumerate(row, 1)
            if isinstance(cell, str) and fold(cell) == fold(_REQUIRED)
        ),
        0,
    )
    for key, place in returned.places.items():
        at = int("".join(filter(str.isdigit, place)))
        found = grid.cell(at, number) if number else None
        required = issued.required.get(key)
        if found != required:
            values: dict[str, object] = {"required": _shown(required), "found": _shown(found)}
            yield EXPECTATION_CHANGED.found(_place(path, "Scores"), place, who=key[0], values=values)


def _added(
    path: Path, contents: BookContents
) -> tuple[tuple[tuple[type[SheetModel], str, Entries], ...], list[Finding]]:
    """Rows that were added on the other pages."""
    rows: list[tuple[type[SheetModel], str, Entries]] = []
    findings: list[Finding] = []
    for model, names in ADDED.items():
        grid = contents.grids.get(sheet_of(model).name)
        if grid is None:
            continue
        table, found = _table(path, model, grid, {}, names)
        findings += found
        for row in table.frame.index if not found or found[0].rule is not STRUCTURE else ():
            rows.append((model, table.cell(row, names[0]), entries_of(table.frame, row, names)))
    return tuple(rows), findings


def _place(path: Path, sheet: str) -> str:
    return f"{path.name} > {sheet}"


def _shown(value: object) -> object:
    return "nothing" if value is None else value
