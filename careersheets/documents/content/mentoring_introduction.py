"""What the mentoring introduction says: it makes a mentee and the mentors known to each other.

The sheets it rests on are HR's alone. Of them it shows who forms a pair and since when, and the names of the
competencies that both have as their focus. Why HR chose the pair, what only one of them has as a focus, whom somebody
does not want to meet, how many mentees a mentor takes, and every rating stay with HR (source: REQUIREMENTS D7).
"""

from __future__ import annotations

from typing import Any

from ...analysis.results import Results
from ...vocabulary.confidential import Mentoring, MentorPairs
from .cycle import CycleFacts, cycle_facts
from .frame import frame
from .wording import day, listed, text

TITLE = "Mentoring introduction"
_ACTIVE = "Active"


def mentoring_introduction(results: Results, employee_id: str) -> dict[str, Any]:
    """Everything doc_templates/mentoring_introduction.docx can name.

    Args:
        results: the cycle's results.
        employee_id: a mentee of at least one pair that is introduced.
    """
    facts = cycle_facts(results)
    mentee = _person(facts, employee_id)
    mentors = [
        {
            **_person(facts, pair.mentor),
            "since": day(pair.since, results.settings.language),
            "shared": shared_focus(facts, employee_id, pair.mentor),
        }
        for pair in introduced_pairs(facts, employee_id)
    ]
    names = listed([mentor["name"] for mentor in mentors])
    pair = [
        {**mentee, "part": "Mentee"},
        *({**mentor, "part": _since(mentor["since"])} for mentor in mentors),
    ]
    context = frame(facts, TITLE, f"{mentee['name']} and {names}")
    return {**context, "person": mentee, "pair": pair, "mentors": mentors, "mentor_names": names}


def is_introduced(results: Results, employee_id: str) -> bool:
    """Whether the person is the mentee of an active pair to which both said yes."""
    return bool(introduced_pairs(cycle_facts(results), employee_id))


def mentors_of(results: Results, employee_id: str) -> frozenset[str]:
    """The employee ids of the mentors the introduction names."""
    return frozenset(pair.mentor for pair in introduced_pairs(cycle_facts(results), employee_id))


def introduced_pairs(facts: CycleFacts, mentee: str) -> list[Any]:
    """The rows of the active pairs of a mentee in which both people work here and consented, each mentor once."""
    pairs: dict[str, Any] = {}
    for pair in facts.rows_about(MentorPairs, mentee, "mentee"):
        mentor = text(pair.mentor)
        if text(pair.status) == _ACTIVE and mentor != mentee and _takes_part(facts, mentor):
            pairs.setdefault(mentor, pair)
    return list(pairs.values()) if _takes_part(facts, mentee) else []


def shared_focus(facts: CycleFacts, mentee: str, mentor: str) -> list[str]:
    """The names of the competencies both gave as their focus, in the mentee's order."""
    offered = set(_focus(facts, mentor))
    return [facts.competency_name(code) for code in _focus(facts, mentee) if code in offered]


def _takes_part(facts: CycleFacts, employee_id: str) -> bool:
    """Whether the person works here and said yes to mentoring, on every row there is; blank is no yes."""
    person = facts.people.get(employee_id)
    if person is None or str(person.active) == "False":
        return False
    rows = facts.rows_about(Mentoring, employee_id)
    return bool(rows) and all(str(row.consent) == "True" for row in rows)


def _focus(facts: CycleFacts, employee_id: str) -> list[str]:
    rows = facts.rows_about(Mentoring, employee_id)
    several = [code for row in rows if isinstance(row.focus, tuple) for code in row.focus]
    return list(dict.fromkeys(several))


def _since(since: str) -> str:
    return f"Mentor since {since}" if since else "Mentor"


def _person(facts: CycleFacts, employee_id: str) -> dict[str, Any]:
    """Name, role and place of somebody on People."""
    person = facts.people[employee_id]
    places = (text(person.team), text(person.department))
    return {
        "id": employee_id,
        "name": facts.person_name(employee_id),
        "role": facts.level_title(person.level_code),
        "place": ", ".join(dict.fromkeys(place for place in places if place)),
    }
