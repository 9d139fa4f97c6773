"""The fields of the employee's preparation; the names of their tags are those of the columns they go to.

Nothing asks how long somebody will stay (source: REQUIREMENTS C2, C3, C4, C11, D4).
"""

from __future__ import annotations

from typing import Any

from ...vocabulary.choices import DIRECTION_KIND, OBJECTIVE, RESPONSE
from ...vocabulary.evaluation import Scores
from ..questions import PlacedField, Questions
from .conversations import OBJECTIVES
from .cycle import CycleFacts
from .gap_table import CRITICAL, PLAIN, TINTS
from .offered import chosen_from, distinct
from .wording import DASH, is_number, points

PRIORITIES = 3
FEELING = ("1", "2", "3", "4", "5")

# The tag, what is asked, and what helps to answer it.
SIX_QUESTIONS = (
    ("passion", "Which part of your work do you look forward to?", "And what makes it so?"),
    ("strengths", "What do you do well?", "Something others come to you for, or that somebody noticed."),
    ("improve", "What would you like to do better, and why?", "One or two things are enough."),
    ("learn", "What would you like to learn next, and what for?", "A skill, a method, a field of work."),
    ("assignments", "Which tasks of the last months did you like, and which not?", "What made the difference?"),
    ("support", "What support would help you most?", "Time, practice, a contact, a course, feedback – and from whom?"),
)  # fmt: skip

# Questions whose answers go to the sheet Answers, by their tag.
IN_WORDS = {
    "own_objectives": "For me it was worth it if …",
    "goals_achieved": "What you achieved since last time",
    "opportunities_wanted": "Opportunities you would like",
    "role_satisfaction_why": "What makes your role feel so",
    "career_map_today": "What the map leaves out about you today",
    "career_map_why": "What draws you to the way you would like to look at",
    "priorities_why": "Why these gaps matter most to you",
}

MAP_CHOICE = "The way you would like to look at"

DIRECTIONS = {
    "Level": "the next level",
    "Role": "another role",
    "Work": "other tasks in my role",
    "Scope": "the same work for more people or products",
    "Skill": "getting really good at something",
    "Other function": "another department",
    "Other industry": "another field of work",
    "Exploring": "not decided, and trying things out",
}

REAL = (
    ("relevant", "Relevant", "Why does it matter to you?", "“I build screens for people I have never met.”"),
    ("experiment", "Experiment", "What will you try first, small enough to begin this month?", "“I sit in on two support calls, then take one myself.”"),
    ("aspiration", "Aspiration", "What does it lead towards?", "“That the team asks me when a customer’s need is unclear.”"),
    ("learning_outcome", "Learning outcome", "What will you be able to do that you cannot do yet?", "“I can find out in ten minutes what somebody really needs.”"),
)  # fmt: skip


def standing_fields(
    questions: Questions, talk: Any | None, levels: list[str], answers: dict[str, str]
) -> dict[str, Any]:
    """The fields that stand alone, by their tag: questions in words, choices, and the direction."""

    def in_words(tag: str) -> PlacedField:
        return questions.lines(tag, IN_WORDS[tag], answers.get(IN_WORDS[tag]))

    def feeling(tag: str, asked: str) -> PlacedField:
        value = getattr(talk, tag, None)
        known = is_number(value) and points(value) in FEELING
        return questions.choice(tag, asked, FEELING, points(value) if known else "")

    kind, direction = (getattr(talk, name, None) for name in ("direction_kind", "direction"))
    return {
        **{tag: in_words(tag) for tag in IN_WORDS},
        "pulse_before": feeling("pulse_before", "How clear is it to you where your work is heading?"),
        "role_satisfaction": feeling("role_satisfaction", "How does your current role feel?"),
        "career_map_choice": questions.choice(
            "career_map_choice", MAP_CHOICE, levels, answers.get(MAP_CHOICE)
        ),
        "direction_kind": questions.choice("direction_kind", "Kind of direction", DIRECTION_KIND, kind),
        "direction": questions.lines("direction", "Your direction for the next one to two years", direction),
    }


def objective_fields(questions: Questions, talk: Any | None) -> list[dict[str, Any]]:
    """A box to tick for each objective a conversation can have."""
    chosen = talk.objectives if talk is not None and isinstance(talk.objectives, tuple) else ()
    return [
        {
            "name": name,
            "meaning": OBJECTIVES[name],
            "tick": questions.tick(f"objectives_{name.lower()}", f"Objective: {name}", name in chosen),
        }
        for name in OBJECTIVE
    ]


def score_fields(
    questions: Questions, facts: CycleFacts, employee_id: str, rated: dict[str, list[Any]]
) -> list[dict[str, Any]]:
    """A row per competency: what counts today, what each target asks, and the employee's answer to it."""
    given = scores_of_cycle(facts, employee_id)
    several = len(facts.evaluated[employee_id].targets) > 1
    found = []
    for number, (code, rows) in enumerate(rated.items(), start=1):
        answer, name = given.get(code), facts.competency_name(code)
        current = facts.ratings_of(facts.results.cycle).get((employee_id, code))
        questions.about_row(f"score_{number}", code, rating_state(facts, employee_id, code, rows))
        found.append(
            {
                "competency": name,
                "mark": CRITICAL if any(row.critical for row in rows) else "",
                "self": points(getattr(answer, "self_rating", None)),
                "current": "N/A" if rows and rows[0].not_applicable else points(current),
                "asked": "\n".join(_of_target(row, points(row.required), several) for row in rows) or DASH,
                "gap": "\n".join(points(row.gap) for row in rows) or DASH,
                "tint": _tint(rows),
                "response": questions.choice(
                    f"score_{number}_response", f"Response: {name}", RESPONSE, getattr(answer, "response", None)
                ),
                "comment": questions.text(
                    f"score_{number}_response_comment", f"Comment: {name}", getattr(answer, "response_comment", None)
                ),
            }
        )  # fmt: skip
    return found


def rating_state(facts: CycleFacts, employee_id: str, code: str, rows: list[Any]) -> list[Any]:
    """What somebody answers to who answers to a rating: the rating that counts, and what each target asks for."""
    current = facts.ratings_of(facts.results.cycle).get((employee_id, code))
    return [code, current, [[row.target_level, row.required] for row in rows]]


def scores_of_cycle(facts: CycleFacts, employee_id: str) -> dict[str, Any]:
    """The person's rows of Scores in this cycle, by competency id."""
    cycle = facts.results.cycle
    return {row.competency_id: row for row in facts.rows_about(Scores, employee_id) if row.cycle == cycle}


def priority_fields(
    questions: Questions, facts: CycleFacts, talk: Any | None, rated: dict[str, list[Any]]
) -> dict[str, Any]:
    """Three ranks to choose a competency for; what is short comes first in each list."""
    short = [code for code, rows in rated.items() if any(row.gap > 0 for row in rows)]
    codes = [*short, *(code for code, rows in rated.items() if rows and code not in short)]
    offered = distinct({code: facts.competency_name(code) for code in codes})
    several = talk.employee_priorities if talk is not None else None
    ranked = [code for code in several if code in offered] if isinstance(several, tuple) else []
    ranked += [""] * PRIORITIES
    return {
        f"employee_priorities_{rank}": chosen_from(
            questions, f"employee_priorities_{rank}", f"Priority {rank}", offered, ranked[rank - 1]
        )
        for rank in range(1, PRIORITIES + 1)
    }


def new_criterion_fields(questions: Questions, number: int) -> dict[str, Any]:
    """An empty row for something that would need to be true."""
    tag, label = f"criterion_{number}", f"Criterion {number}"
    return {
        "number": str(number),
        "condition": questions.lines(f"{tag}_condition", f"{label}: what would need to be true"),
        "evidence": questions.lines(f"{tag}_evidence_wanted", f"{label}: how one would see it"),
        "by": questions.date(f"{tag}_by", f"{label}: until when"),
    }


def new_goal_fields(questions: Questions, number: int) -> dict[str, Any]:
    """An empty goal in the four parts of REAL."""
    label = f"Goal {number}"
    return {
        "number": str(number),
        "goal": questions.lines(f"goal_{number}_goal", label),
        "due": questions.date(f"goal_{number}_due", f"{label}: until when"),
        **{
            column: questions.lines(f"goal_{number}_{column}", f"{label}: {name.lower()}") for column, name, _, _ in REAL
        },
    }  # fmt: skip


def _of_target(row: Any, required: str, several: bool) -> str:
    return f"{row.target_level}: {required}" if several else required


def _tint(rows: list[Any]) -> str:
    """The colour behind the gaps of one competency, which goes with their signs."""
    if any(row.gap > 0 for row in rows):
        return TINTS["Gap"]
    return TINTS.get(rows[0].band, PLAIN) if rows else PLAIN
