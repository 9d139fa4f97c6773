"""Where the answer to a field of a form belongs: which sheet, which column, which row.

Source: REQUIREMENTS C9, C11.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..documents.content.conversation_summary import SPOKEN
from ..documents.content.conversations import known_day
from ..documents.content.cycle import CycleFacts
from ..documents.content.employee_preparation import rated_competencies
from ..documents.content.form_frame import TALK
from ..documents.content.preparation_fields import rating_state, scores_of_cycle
from ..documents.content.wording import is_number, points, text
from ..documents.form_fields import TICKED
from ..documents.questions import state_mark
from ..vocabulary.choices import OBJECTIVE
from ..vocabulary.column import Column, Kind
from ..vocabulary.conversations import Answers, Conversations, ReadinessCriteria
from ..vocabulary.evaluation import Scores
from ..vocabulary.plans import ActionItems, Goals
from ..vocabulary.sheet import SheetModel, sheet_of
from .collect_forms import Returned

# The sheet and the id column of the rows that forms ask about, by how their tags begin.
GROUPS: dict[str, tuple[type[SheetModel], str]] = {
    TALK: (Conversations, "conversation_id"),
    "score": (Scores, "competency_id"),
    "criterion": (ReadinessCriteria, "criterion_id"),
    "goal": (Goals, "goal_id"),
    "action": (ActionItems, "action_id"),
}
# Forms whose answers in words are shown again when the form is made anew, so that these replace the earlier ones.
SHOWN_AGAIN = ("employee-preparation", "conversation-summary")
# The day of a check-in is no day of a conversation.
_CALLED_OTHERWISE = {("check-in", "held"): "check_in_held"}
_SAID_BY_MANAGER = {tag for tag, who, _ in SPOKEN if who == "Manager"}
_ROW = re.compile(r"(score|criterion|goal|action)_(\d+)_(\w+)")
_PART = re.compile(r"(objectives|employee_priorities|manager_priorities)_(\w+)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer goes: a column of a sheet, in the row that `group` ("action_1", "conversation") stands for.

    An answer in words goes to the sheet Answers, one row each; then `group` is the tag. `part` names the entry of a
    column that holds several.
    """

    model: type[SheetModel]
    column: Column
    group: str
    part: str = ""


def place_of(returned: Returned, tag: str, *, has_talk: bool) -> Place:
    """The place of the answer to the field `tag`.

    Args:
        returned: the form.
        tag: of one of its fields.
        has_talk: whether there is a row of Conversations for it, or one can be added.
    """
    row = _ROW.fullmatch(tag)
    if row and row[3] in _columns(GROUPS[row[1]][0]):
        model = GROUPS[row[1]][0]
        return Place(model, sheet_of(model).column(row[3]), f"{row[1]}_{row[2]}")
    part = _PART.fullmatch(tag)
    name = part[1] if part else _CALLED_OTHERWISE.get((returned.kind.key, tag), tag)
    if has_talk and name in _columns(Conversations):
        return Place(Conversations, sheet_of(Conversations).column(name), TALK, part[2] if part else "")
    return Place(Answers, sheet_of(Answers).column("answer"), tag)


def said_by(returned: Returned, tag: str) -> str:
    """Who answered a question in words."""
    by_manager = returned.kind.key == "promotion-case" or (
        returned.kind.key == "conversation-summary" and tag in _SAID_BY_MANAGER
    )
    return "Manager" if by_manager else "Employee"


def visible_to(returned: Returned) -> str:
    """Who may see what was said in a form (source: REQUIREMENTS C4)."""
    if returned.kind.key == "page-for-hr":
        return "HR only"
    return {"manager": "Manager", "hr": "HR only"}.get(returned.kind.audience, "Employee and manager")


def row_of(facts: CycleFacts, returned: Returned, group: str) -> tuple[Any | None, bool]:
    """The row that a group of fields is about, and whether it is as it was when the form was made; None if it is gone.

    A row without an id is known by its state, or by being the only one of the person's without an id.
    """
    key, state = returned.form.mark.rows[group]
    model, id_column = GROUPS[group.partition("_")[0]]
    if model is Scores:
        return _score(facts, returned.employee_id, key), _rating_mark(
            facts, returned.employee_id, key
        ) == state
    rows = [
        row for row in facts.rows_about(model, returned.employee_id) if text(getattr(row, id_column)) == key
    ]
    same = [row for row in rows if state_mark(row) == state]
    if same:
        return same[0], True
    return (rows[0], False) if len(rows) == 1 else (None, False)


def shown(facts: CycleFacts, column: Column, value: Any) -> set[str]:
    """The texts with which a form may show the value of a cell."""
    if isinstance(value, bool) or type(value).__name__ in ("bool", "bool_"):
        return {TICKED if value else ""}
    if known_day(value):
        return {str(known_day(value))}
    if is_number(value):
        return {points(value)}
    if not text(value):
        return {""}
    name = name_of(facts, column, text(value))
    return {value, name, f"{name} ({text(value)})"}


def shown_part(facts: CycleFacts, column: Column, value: Any, part: str) -> set[str]:
    """As `shown`, for one entry of a cell that holds several: an objective by its name, a priority by its rank."""
    entries: Sequence[str] = value if isinstance(value, tuple | list) else ()
    if column.name == "objectives":
        return {TICKED if part in {name.lower() for name in entries} else ""}
    rank = int(part)
    return shown(facts, column, entries[rank - 1]) if rank <= len(entries) else {""}


def name_of(facts: CycleFacts, column: Column, code: str) -> str:
    """What documents call the person, level or competency of an id."""
    if column.kind is Kind.PERSON:
        return facts.person_name(code)
    if column.refers_to.startswith("Levels."):
        return facts.level_title(code)
    return facts.competency_name(code) if column.refers_to.startswith("Competencies.") else code


def objective_of(part: str) -> str:
    """The objective whose tick box has a tag that ends so."""
    return next((name for name in OBJECTIVE if name.lower() == part), "")


def _score(facts: CycleFacts, employee_id: str, competency_id: str) -> Any | None:
    return scores_of_cycle(facts, employee_id).get(competency_id)


def _rating_mark(facts: CycleFacts, employee_id: str, competency_id: str) -> str:
    if employee_id not in facts.evaluated:
        return ""
    rows = rated_competencies(facts, employee_id).get(competency_id, [])
    return state_mark(rating_state(facts, employee_id, competency_id, rows))


def _columns(model: type[SheetModel]) -> set[str]:
    return {column.name for column in sheet_of(model).columns}
