"""Give a goal or action of the sheet Plan templates to everyone in a filter, and fill blank ids.

Source: REQUIREMENTS D8.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from ..analysis.results import Results
from ..books.book import BookContents, Receipt
from ..books.diff import Diff, EditableBook
from ..model.errors import NotFound, UsageError
from ..tables.headers import fold
from ..tables.reading import read_tables
from ..tables.tables import Tables
from ..vocabulary.choices import PLAN_TEMPLATE_KIND
from ..vocabulary.people import People
from ..vocabulary.plans import ActionItems, Goals, PlanTemplates
from ..vocabulary.sheet import SheetModel, sheet_of
from .assess import assess, names_of
from .importing.imported import Imported, Row
from .importing.writing import diff_with
from .new_ids import fill_blank_ids, id_column, new_ids
from .plan_people import PlanFilter, choose_people
from .this_week import calendar_of

_ENDED = ("Done", "Dropped")
_SHORT_MONTHS, _MEDIUM_MONTHS = 6, 12


@dataclass(frozen=True, slots=True)
class PlanTemplate:
    """A row of Plan templates that can be given. `days` are counted from the day it is given."""

    name: str
    model: type[SheetModel]
    competency_id: str | None
    text: str
    method: str | None
    days: int
    measure: str | None


@dataclass(frozen=True, slots=True)
class Planning:
    """What would be entered: to be shown before `enter_plan`.

    `rows` are by column name, with ids and due dates. `names` and `without` are by employee id; `without` says why
    somebody in the filter gets none.
    """

    contents: BookContents
    template: PlanTemplate
    rows: tuple[Row, ...]
    names: Mapping[str, str]
    without: Mapping[str, str]
    diff: Diff


def plan_from_template(book: EditableBook, template: str, wanted: PlanFilter, today: date) -> Planning:
    """What giving `template` to everyone in the filter would enter; nothing is written.

    Raises:
        NotFound: no such template, department, team, level or competency.
        UsageError: the template cannot be given as it is, or nothing was said about whom.
        CareersheetsError: the workbook cannot be read.
    """
    assessment = assess(book, today)
    results = assessment.results
    found = _template(results.tables, template)
    _check_columns(results.tables, found.model)
    chosen = choose_people(results, assessment.held, wanted)
    has_it = _having(results.tables, found)
    getting = [person for person in chosen.people if person not in has_it]
    ids, due = new_ids(results.tables, found.model), _due(results, found, today)
    targets = _targets(results, found.competency_id)
    rows = tuple(_row(found, person, next(ids), today, due, targets.get(person)) for person in getting)
    imported = Imported({sheet_of(found.model).name: rows})
    diff = diff_with(assessment.contents, imported, f'template "{found.name}"')
    already = {person: has_it[person] for person in chosen.people if person in has_it}
    return Planning(assessment.contents, found, rows, names_of(results), {**already, **chosen.without}, diff)


def plan_ids(book: EditableBook) -> tuple[BookContents, Diff]:
    """The workbook, and what fills its blank ids of conversations, goals, actions and readiness criteria."""
    contents = book.read()
    tables, _ = read_tables(contents)
    return contents, fill_blank_ids(contents, tables)


def enter_plan(book: EditableBook, contents: BookContents, diff: Diff) -> Receipt:
    """Write what was shown.

    Raises:
        WriteRefused: the workbook changed since; nothing was written.
    """
    return book.apply(contents, diff)


def _template(tables: Tables, name: str) -> PlanTemplate:
    table = tables[PlanTemplates]
    known = table.frame.dropna(subset="template")
    found = known[known["template"].map(fold).eq(fold(name))]
    if found.empty:
        raise NotFound("plan template", name, known["template"])
    row = found.iloc[0]
    place = f"{table.sheet}, row {found.index[0]}"
    if row["kind"] not in PLAN_TEMPLATE_KIND or pd.isna(row["text"]):
        raise UsageError(f'{place}: the template "{name}" needs a kind, Goal or Action, and a text.')
    if pd.isna(row["due_in_days"]) or row["due_in_days"] <= 0:
        raise UsageError(
            f'{place}: the template "{name}" says nothing in Due in days. Enter a number of days.'
        )
    return PlanTemplate(
        name=str(row["template"]),
        model=Goals if row["kind"] == "Goal" else ActionItems,
        competency_id=_or_none(row["competency_id"]),
        text=str(row["text"]),
        method=_or_none(row["method"]),
        days=round(row["due_in_days"]),
        measure=_or_none(row["measure"]),
    )


def _check_columns(tables: Tables, model: type[SheetModel]) -> None:
    """A row without its person or its text would belong to nobody."""
    table = tables[model]
    lacking = [
        column.header
        for column in sheet_of(model).columns
        if column.required and column.name not in table.letters
    ]
    if lacking:
        raise UsageError(f'The sheet "{table.sheet}" has no column "{lacking[0]}". Add it, then run again.')


def _having(tables: Tables, template: PlanTemplate) -> dict[str, str]:
    """Who has the same action or goal open already, and where it stands."""
    table = tables[template.model]
    text = "goal" if template.model is Goals else "action"
    rows = table.frame.dropna(subset=["employee_id", text])
    running = ~rows["status"].isin(_ENDED)
    if "done_on" in rows:
        running &= rows["done_on"].isna()
    same = rows[running & rows[text].map(fold).eq(fold(template.text))]
    return {
        str(person): f"has it already, in {table.sheet}!{table.cell(int(str(row)), text)}"
        for row, person in same["employee_id"].items()
    }


def _due(results: Results, template: PlanTemplate, today: date) -> date:
    """The last day: so many days from today on, or the next working day after them."""
    day = pd.Series([pd.Timestamp(today) + pd.Timedelta(days=template.days)])
    due: date = calendar_of(results.settings).on_or_after(day).iloc[0].date()
    return due


def _targets(results: Results, competency: str | None) -> dict[str, str]:
    """The level each person would work towards: the first target with a gap in it, else the first asking for it.

    Where none asks, the first target; of people who are not evaluated the one on People.
    """
    gaps = results.gaps.assign(
        asks=results.gaps["competency_id"].eq(competency or ""),
        short=results.gaps["competency_id"].eq(competency or "") & results.gaps["gap"].gt(0),
    )
    order = gaps.sort_values(["short", "asks", "target_rank"], ascending=[False, False, True], kind="stable")
    first = order.drop_duplicates("employee_id")
    own = results.tables.frame(People).dropna(subset=["employee_id", "target_1"])
    return {
        **dict(zip(own["employee_id"], own["target_1"], strict=True)),
        **dict(zip(first["employee_id"], first["target_level"], strict=True)),
    }


def _row(template: PlanTemplate, person: str, row_id: str, today: date, due: date, target: str | None) -> Row:
    common = {
        id_column(template.model): row_id,
        "employee_id": person,
        "target_level": target,
        "due": due,
        "status": "Open",
    }
    if template.model is Goals:
        return common | {
            "type": "SMART" if template.measure else "REAL",
            "goal": template.text,
            "set_on": today,
            "measure": template.measure,
            "horizon": _horizon(today, due),
        }
    return common | {
        "competency_id": template.competency_id,
        "action": template.text,
        "method": template.method,
        "owner": person,
        "start": today,
        "evidence_of_done": template.measure,
    }


def _horizon(begin: date, due: date) -> str:
    """Short up to 6 months, Medium to 12, else Long (source: REQUIREMENTS D4)."""
    for name, months in (("Short", _SHORT_MONTHS), ("Medium", _MEDIUM_MONTHS)):
        if pd.Timestamp(due) <= pd.Timestamp(begin) + pd.DateOffset(months=months):
            return name
    return "Long"


def _or_none(value: Any) -> str | None:
    return value if isinstance(value, str) else None
