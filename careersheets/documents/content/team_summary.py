"""What a manager sees of the own team: readiness, gaps, conversations, actions and check-ins, person by person.

Source: REQUIREMENTS G9. Neither the High potential list (G10) nor who gave peer input (E9) is in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from ...analysis.progress import compute_progress
from ...analysis.results import Results
from ...vocabulary.plans import ActionItems
from .conversations import coming, known_day, last_held, next_check_in, was_checked_in
from .cycle import CycleFacts, cycle_facts
from .frame import frame
from .gap_table import PLAIN, TINTS
from .open_actions import due_state, is_open, is_overdue, open_actions
from .standing import glance
from .team_heat import common_gaps, heat_table
from .tenure import time_in_level
from .wording import BAND_MARKS, DASH, counted, day, listed, shortened, text

TITLE = "Team summary"
_LONGEST = 160
_last: list[tuple[Results, dict[str, str]]] = []


def team_summary(results: Results, employee_id: str) -> dict[str, Any]:
    """Everything doc_templates/team_summary.docx can name.

    Args:
        results: the cycle's results.
        employee_id: a manager to whom somebody evaluated in the cycle reports.
    """
    facts = cycle_facts(results)
    ids = _team(facts, employee_id)
    people = [_person(facts, person) for person in ids]
    team = [(person["name"], person["gaps"]) for person in people]
    drafts = [person["name"] for person in people if person["draft"]]
    talks = [_talk(facts, person) for person in ids]
    return {
        **frame(facts, TITLE, facts.person_name(employee_id)),
        "draft": bool(drafts),
        "draft_notice": f"Not released yet, so that ratings may still change: {listed(drafts)}.",
        "manager": {"id": employee_id, "name": facts.person_name(employee_id)},
        "size": counted(len(ids), "person", "people"),
        "bands": _bands(people),
        "told": _told(talks, people) + _stuck(facts, ids),
        "people": [{key: value for key, value in person.items() if key != "gaps"} for person in people],
        "heat": heat_table(team),
        "common": common_gaps(team),
        "talks": talks,
        "overdue": _overdue(facts, ids),
    }


def has_team(results: Results, employee_id: str) -> bool:
    """Whether somebody evaluated in the cycle reports to this manager."""
    return bool(_team(cycle_facts(results), employee_id))


def team_of(results: Results, employee_id: str) -> frozenset[str]:
    """The employee ids of the people the summary names."""
    return frozenset(_team(cycle_facts(results), employee_id))


def _team(facts: CycleFacts, manager: str) -> list[str]:
    """Whom the manager leads in this cycle, without the manager."""
    return facts.teams.get(manager, [])


def _person(facts: CycleFacts, employee_id: str) -> dict[str, Any]:
    evaluated = facts.evaluated[employee_id]
    code = next((code for code in evaluated.targets if facts.gaps.get((employee_id, code))), "")
    rows = facts.gaps.get((employee_id, code), [])
    known = facts.readiness.get((employee_id, code))
    told = glance(facts.results.settings, known, rows) if known is not None else {}
    return {
        "name": text(evaluated.name) or employee_id,
        "level": facts.level_title(evaluated.level_code),
        "target": facts.level_title(code) if code != evaluated.level_code else "",
        "mark": told.get("mark", ""),
        "band": told.get("band", "No target level"),
        "attainment": told.get("attainment", DASH),
        "change": told.get("change", "").split(" ")[0] or DASH,
        "critical": told.get("critical_unmet", DASH),
        "tenure": time_in_level(facts, employee_id)["length"],
        "draft": bool(evaluated.draft),
        "gaps": rows,
    }


def _bands(people: Sequence[Any]) -> list[dict[str, str]]:
    """How many people stand where, each band with its mark."""
    counts = Counter(person["band"] for person in people)
    return [{"mark": mark, "band": band, "count": str(counts[band])} for band, mark in BAND_MARKS.items()]


def _told(talks: Sequence[dict[str, Any]], people: Sequence[Any]) -> str:
    """What needs the manager first, in two sentences."""
    without = [talk["name"] for talk in talks if talk["none"]]
    late = sum(talk["overdue_count"] for talk in talks)
    held = len(people) - len(without)
    first = f"{held} of {counted(len(people), 'person has', 'people have')} had a conversation in this cycle."
    missing = f" Still without one: {listed(without)}." if without else ""
    return f"{first}{missing} {counted(late, 'action is', 'actions are').capitalize()} overdue."


def _stuck(facts: CycleFacts, ids: Sequence[str]) -> str:
    """Who is long at one level or closes no gap, with the reason; a sentence to follow others, "" for nobody (source: G6)."""
    reasons = _reasons(facts.results)
    named = [f"{facts.person_name(person)} ({reasons[person]})" for person in ids if person in reasons]
    return f" Without a step forward: {listed(named)}." if named else ""


def _reasons(results: Results) -> dict[str, str]:
    """Why each person who is stuck is; worked out once for all documents of a run."""
    if not _last or _last[0][0] is not results:
        progress = compute_progress(results)
        _last[:] = [(results, progress.loc[progress["stuck"], "reason"].to_dict())]
    return _last[0][1]


def _talk(facts: CycleFacts, employee_id: str) -> dict[str, Any]:
    """A person's conversations and actions in one row; what is missing or overdue is said in words and tinted."""
    language, today = facts.results.settings.language, facts.results.today
    held, planned = last_held(facts, employee_id), coming(facts, employee_id)
    in_cycle = held is not None and text(held.cycle) in ("", facts.results.cycle)
    actions = open_actions(facts, employee_id)
    late = sum(action["overdue"] for action in actions)
    meeting = known_day(planned.planned) if planned is not None else None
    check_in = next_check_in(facts, employee_id)
    passed = check_in is not None and check_in < today and not was_checked_in(facts, employee_id)
    state = "missed" if meeting is not None and meeting < today else ""
    return {
        "name": facts.person_name(employee_id),
        "none": not in_cycle,
        "last": day(held.held, language) if held is not None else "none yet",
        "last_tint": PLAIN if in_cycle else TINTS["Gap"],
        "next": " ".join(filter(None, (day(meeting, language), state))) or "not planned",
        "check_in": day(check_in, language) + (", passed" if passed else "") or "not agreed",
        "check_in_tint": TINTS["Gap"] if passed else PLAIN,
        "open": str(len(actions)),
        "overdue_count": late,
        "overdue": f"{late} overdue" if late else "none",
        "overdue_tint": TINTS["Gap"] if late else PLAIN,
    }


def _overdue(facts: CycleFacts, ids: Sequence[str]) -> list[dict[str, str]]:
    """Every overdue action of the team, the longest overdue first."""
    today = facts.results.today
    late = [
        (known_day(row.due) or date.max, person, row)
        for person in ids
        for row in facts.rows_about(ActionItems, person)
        if is_open(row) and is_overdue(row, today)
    ]
    return [
        {
            "name": facts.person_name(person),
            "action": shortened(text(row.action), _LONGEST),
            "state": due_state(due, today),
        }
        for due, person, row in sorted(late, key=lambda one: one[0])
    ]
