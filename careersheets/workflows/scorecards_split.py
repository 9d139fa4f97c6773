"""Give out scorecards: one workbook per manager with their people only, and one per person to rate themselves."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from ..analysis.expectations import competency_scales
from ..analysis.results import Results
from ..books.book import Book
from ..books.building.scorecard import Card, CardPage, Field, build_scorecard
from ..model.errors import AccessDenied, UsageError
from ..vocabulary.evaluation import Scores
from ..vocabulary.framework import Expectations
from ..vocabulary.sheet import SheetModel, sheet_of
from .assess import Assessment, assess, names_of
from .progress import Progress, silent
from .scorecards_form import (
    ADDED,
    ENTRY,
    Edition,
    Entries,
    Issued,
    ScoreKey,
    entries_of,
    first_row_by_key,
    meta_rows,
)
from .scorecards_framework import framework_pages
from .scorecards_register import FOLDER, Register, new_register, read_register, write_register

_EMPTY_ROWS = 60
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_STEPS: dict[Edition, tuple[str, ...]] = {
    "manager": (
        "Fill in the yellow cells on Scores: a rating from the list, or N/A with the reason, and what you saw.",
        "What each rating means stands on Rating scales; what one sees at the target level on What is asked.",
        "Add what you saw during the year on Observations, and what was agreed on Action items.",
        "When every person below stands at 100%, save the file and send it back.",
    ),
    "self": (
        "Fill in the yellow cells on Scores: a rating from the list, or N/A.",
        "What each rating means stands on Rating scales; what one sees at the target level on What is asked.",
        "If you were shown a rating, say whether you agree, and add a comment.",
        "Save the file and send it back.",
    ),
}


@dataclass(frozen=True, slots=True)
class SplitOutcome:
    """The scorecards written, managers' first, and the folder they are in; `unrated` names who has nobody to rate them."""

    folder: Path
    managers: list[Path]
    people: list[Path]
    unrated: list[str] = field(default_factory=list)


def split_scorecards(
    book: Book, folder: Path, now: datetime, *, cycle: str = "", progress: Progress = silent
) -> SplitOutcome:
    """Write the scorecards of `cycle` (the one in hand where it is "") into `folder`/scorecards/<cycle>.

    Raises:
        CareersheetsError: the workbook cannot be read, nobody is evaluated, or one may not write there.
    """
    assessment = assess(book, now.date(), cycle)
    results = assessment.results
    if results.evaluated.empty:
        raise UsageError("Nobody is evaluated in this cycle. Fill in the sheet Evaluations first.")
    target = folder / FOLDER
    register = read_register(target) or new_register()
    cards = list(_issue(results, register.workbook))
    written: dict[Edition, list[Path]] = {"manager": [], "self": []}
    names = names_of(results)
    for done, issued in enumerate(cards, 1):
        path = target / _file_name(issued, names.get(issued.owner, issued.owner))
        _build(path, _card(assessment, issued))
        written[issued.edition].append(path)
        progress(done, len(cards), "Scorecards")
    latest = {**register.latest, **{issued.slot: issued.number for issued in cards}}
    write_register(target, Register(register.workbook, latest))
    alone = results.evaluated.index[results.evaluated["manager"].isna()]
    unrated = [names.get(str(person), str(person)) for person in alone]
    return SplitOutcome(target / _safe(results.cycle), written["manager"], written["self"], unrated)


def told(outcome: SplitOutcome) -> str:
    """`5 scorecards for managers and 40 self-evaluations`."""
    managers, people = len(outcome.managers), len(outcome.people)
    return (
        f"{managers} scorecard{'s' * (managers != 1)} for managers and "
        f"{people} self-evaluation{'s' * (people != 1)}"
    )


def standalone_card() -> Card:
    """A scorecard for no workbook in particular: people and competencies are typed in, and imported later."""
    fields = [_field(Scores, name, is_entry=True) for name in _shown(("self_rating", *ENTRY["manager"]))]
    page = CardPage("Scores", "One row per person and competency.", fields, (), _EMPTY_ROWS)
    steps = ("Type cycle, employee ID and competency ID as in your career workbook.", *_STEPS["manager"][2:])
    return Card(
        "Scorecard",
        "Ratings to bring into a career workbook",
        steps,
        (page, *_added_pages()),
        (),
        ("", "", ""),
        (),
    )


def _issue(results: Results, workbook: str) -> Iterator[Issued]:
    """Every scorecard of the cycle, with what the master workbook holds now."""
    rows = _score_rows(results)
    managers = results.evaluated["manager"].dropna()
    for manager, people in managers.groupby(managers):
        yield _issued(results, workbook, "manager", str(manager), list(people.index), rows)
    for employee in results.evaluated.index:
        yield _issued(results, workbook, "self", str(employee), [str(employee)], rows)


def _issued(
    results: Results,
    workbook: str,
    edition: Edition,
    owner: str,
    people: Sequence[str],
    rows: dict[ScoreKey, int | None],
) -> Issued:
    scores = results.tables.frame(Scores)
    keys = [key for key in rows if key[0] in set(people)]
    required = _required(results)

    def base(row: int | None) -> Entries:
        return entries_of(scores, row, ENTRY[edition]) if row else dict.fromkeys(ENTRY[edition])

    return Issued(
        number=secrets.token_hex(8),
        workbook=workbook,
        edition=edition,
        cycle=results.cycle,
        owner=owner,
        people=tuple(people),
        base={key: base(rows[key]) for key in keys},
        required={key: required.get(key) for key in keys},
    )


def _score_rows(results: Results) -> dict[ScoreKey, int | None]:
    """Everything to be rated: what the targets ask for, then what stands on Scores besides; with its row there."""
    there = first_row_by_key(results.tables.frame(Scores), results.cycle)
    asked = zip(results.gaps["employee_id"], results.gaps["competency_id"], strict=True)
    keys = dict.fromkeys([*asked, *there])
    return {key: there.get(key) for key in keys if key[0] in results.evaluated.index}


def _required(results: Results) -> dict[ScoreKey, float]:
    first = results.gaps.drop_duplicates(["employee_id", "competency_id"])
    return {
        (who, what): float(required)
        for who, what, required in zip(
            first["employee_id"], first["competency_id"], first["required"], strict=True
        )
    }


def _card(assessment: Assessment, issued: Issued) -> Card:
    results = assessment.results
    names = names_of(results)
    owner = names.get(issued.owner, issued.owner)
    title = "Scorecard" if issued.edition == "manager" else "Self-evaluation"
    page = _scores_page(results, issued, names)
    added = _added_pages() if issued.edition == "manager" else []
    return Card(
        title=f"{title}: {owner}",
        subtitle=f"Cycle {issued.cycle}  ·  confidential",
        steps=_STEPS[issued.edition],
        pages=(page, *added, *framework_pages(results, issued.people)),
        progress=[(names.get(person, person), person) for person in issued.people],
        counted=("Scores", "employee_id", ENTRY[issued.edition][0]),
        meta=meta_rows(issued),
    )


def _scores_page(results: Results, issued: Issued, names: Any) -> CardPage:
    scales = competency_scales(results.tables).set_index("competency_id")
    rows = []
    choices = []
    for (who, what), base in issued.base.items():
        known = what in scales.index
        title = scales.at[what, "competency"] if known else what
        shown = {"name": names.get(who, who), "title": title, "asked": issued.required.get((who, what))}
        keys = {"cycle": issued.cycle, "employee_id": who, "competency_id": what}
        rows.append({**keys, **shown, **base})
        choices.append(_points(scales.loc[what]) if known else ("N/A",))
    fields = [
        _field(Scores, name, is_entry=name in ENTRY[issued.edition]) for name in _shown(ENTRY[issued.edition])
    ]
    fields[2:2] = [Field("name", "Employee name", 22, False)]
    fields[4:4] = [
        Field("title", "Competency name", 26, False),
        Field("asked", "Required", 10, False, sheet_of(Expectations).column("required")),
    ]
    purpose = "Fill in the yellow cells. What the target level asks for stands beside each."
    return CardPage("Scores", purpose, fields, rows, choices=choices)


def _points(scale: pd.Series) -> tuple[object, ...]:
    low, high, step = (float(scale[name]) for name in ("low", "high", "step"))
    if not low <= high or not step > 0:
        return ("N/A",)
    points = [low + number * step for number in range(int((high - low) / step + 1.5))]
    return (*(int(point) if point.is_integer() else point for point in points), "N/A")


def _shown(entry: Sequence[str]) -> list[str]:
    return ["cycle", "employee_id", "competency_id", *entry]


def _added_pages() -> list[CardPage]:
    return [
        CardPage(
            sheet_of(model).name,
            sheet_of(model).purpose,
            [_field(model, name, is_entry=True) for name in names],
            (),
            _EMPTY_ROWS,
        )
        for model, names in ADDED.items()
    ]


def _field(model: type[SheetModel], name: str, *, is_entry: bool) -> Field:
    column = sheet_of(model).column(name)
    return Field(name, column.header, max(column.width, len(column.header) + 3), is_entry, column)


def _file_name(issued: Issued, owner: str) -> Path:
    kind = "Scorecard" if issued.edition == "manager" else "Self-evaluation"
    folder = "managers" if issued.edition == "manager" else "people"
    return Path(_safe(issued.cycle), folder, f"{kind} {_safe(owner)} {_safe(issued.owner)}.xlsx")


def _safe(text: str) -> str:
    return _NOT_IN_NAMES.sub("-", text).strip(" .") or "none"


def _build(path: Path, card: Card) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        build_scorecard(path, card)
    except OSError as error:
        raise AccessDenied(
            f'"{path.name}" cannot be written. If it is open in Excel, close it, then try again.'
        ) from error
