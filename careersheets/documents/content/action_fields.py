"""Actions as rows of a form: those there are, filled in, and empty ones to add."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...vocabulary.choices import METHOD, PROGRESS_STATUS
from ..questions import Questions
from .conversations import known_day
from .cycle import CycleFacts
from .offered import Offered, chosen_from, offered_competencies, offered_people
from .open_actions import due_state, is_open
from .wording import text


class ActionFields:
    """Asks about actions, one row after the other; fields are called `action_<number>_<column>`.

    Args:
        questions: the questions of the form.
        facts: the cycle's facts.
        employee_id: whose actions.
        rows: the rows of Action items, in the order of the form.
        talk: the conversation they are about; None for none.
    """

    def __init__(
        self, questions: Questions, facts: CycleFacts, employee_id: str, rows: Sequence[Any], talk: Any | None
    ) -> None:
        self._questions, self._facts = questions, facts
        self._count = 0
        named = [code for row in rows for code in (row.owner, row.debrief_with)]
        self._people: Offered = offered_people(facts, employee_id, named)
        self._competencies: Offered = offered_competencies(
            facts, employee_id, talk, [row.competency_id for row in rows]
        )

    def filled(self, row: Any, *columns: str) -> dict[str, Any]:
        """The fields of the columns of an action there is, with `number`, `id`, `competency`, `due_state` and `is_new`."""
        state = due_state(known_day(row.due), self._facts.results.today) if is_open(row) else text(row.status)
        return {
            **self._fields(row, f"Action {text(row.action_id) or self._count + 1}", columns),
            "id": text(row.action_id),
            "competency_name": self._facts.competency_name(row.competency_id),
            "due_state": state,
            "is_new": False,
        }

    def empty(self, *columns: str) -> dict[str, Any]:
        """The fields of an action to add."""
        return {
            **self._fields(None, f"New action {self._count + 1}", columns),
            "id": "",
            "competency_name": "",
            "due_state": "",
            "is_new": True,
        }

    def _fields(self, row: Any | None, label: str, columns: Sequence[str]) -> dict[str, Any]:
        self._count += 1
        if row is not None:
            self._questions.about_row(f"action_{self._count}", text(row.action_id), row)
        return {"number": str(self._count), **{column: self._field(row, label, column) for column in columns}}

    def _field(self, row: Any | None, label: str, column: str) -> Any:
        asked, tag = self._questions, f"action_{self._count}_{column}"
        told, value = f"{label}: {_ASKED[column].lower()}", getattr(row, column, None)
        match column:
            case "owner" | "debrief_with":
                return chosen_from(asked, tag, told, self._people, value)
            case "competency_id":
                return chosen_from(asked, tag, told, self._competencies, value)
            case "method":
                return asked.choice(tag, told, METHOD, value)
            case "status":
                return asked.choice(tag, told, PROGRESS_STATUS, value)
            case "start" | "due" | "done_on" | "debrief_date":
                return asked.date(tag, told, value)
        return asked.lines(tag, told, value)


_ASKED = {
    "action": "What",
    "behaviour_or_skill": "Behaviour or skill",
    "competency_id": "For which gap",
    "method": "How",
    "owner": "Who",
    "support": "Support",
    "start": "From",
    "due": "Until",
    "evidence_of_done": "Evidence of done",
    "done_on": "Done on",
    "debrief_date": "Debrief on",
    "debrief_with": "Debrief with",
    "status": "Status",
    "evidence_so_far": "Evidence so far",
}
