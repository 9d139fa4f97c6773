"""How a manager prepares and leads a career conversation, minute by minute.

The four questions come in their order (source: REQUIREMENTS C3); none asks how long somebody will stay (source: C4).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

PREPARATION_MINUTES = 30
# What to do before the conversation, and its minutes.
_BEFORE = (
    (10, "Read the ratings below, self beside yours. Where you differ, note what you saw and when."),
    (8, "Choose two or three observations: situation, behaviour, impact. Complete what is missing."),
    (5, "Go through the open actions, your own promises first. Note what came of each."),
    (4, "Put the gaps you would work on first in order, three at most."),
    (3, "Send the gap report and the objectives ahead, and find a place where nobody disturbs you."),
)
# How long each kind of conversation takes, and how its minutes go to opening, the four questions, and closing.
_MINUTES: Mapping[str, tuple[int, ...]] = {
    "Annual": (5, 10, 15, 10, 12, 8),
    "Quarterly": (5, 8, 10, 8, 8, 6),
    "Onboarding": (4, 6, 6, 4, 5, 5),
    "Ad hoc": (4, 6, 6, 4, 5, 5),
}
_USUAL = "Quarterly"
_PARTS = (
    ("Since last time", "What are you proud of since we last spoke? What got in the way?"),
    (
        "1  Direction",
        "Where should your work take you in one to two years: level, role, kind of work, scope, skill, another field, "
        "or still exploring?",
    ),
    (
        "2  Your read of the data",
        "What in these ratings fits your work as you know it, and what does not? What is missing?",
    ),
    (
        "3  Which gaps matter most",
        "Which of these gaps, once closed, would change most for you? Which can wait?",
    ),
    (
        "4  What would need to be true",
        "What would both of us have to see, and until when, to say: you are there?",
    ),
    ("Close", "Who does what until when? Which day in six to eight weeks do we look at it again?"),
)


def preparation_list() -> list[dict[str, str]]:
    """What to do in the half hour before: `minutes` and `what`."""
    return [{"minutes": str(minutes), "what": what} for minutes, what in _BEFORE]


def meeting_minutes(kind: str) -> int:
    """How long a conversation of this kind takes, in minutes."""
    return sum(_MINUTES.get(kind, _MINUTES[_USUAL]))


def agenda(kind: str, notes: Sequence[Sequence[str]]) -> list[dict[str, object]]:
    """The parts of the conversation: `at` (from its beginning, "0:05"), `minutes`, `part`, `question`, `notes`.

    Args:
        kind: of conversation.
        notes: for each of the six parts, what the manager should have at hand.
    """
    rows: list[dict[str, object]] = []
    passed = 0
    for minutes, (part, question), known in zip(
        _MINUTES.get(kind, _MINUTES[_USUAL]), _PARTS, notes, strict=True
    ):
        at = f"{passed // 60}:{passed % 60:02}"
        rows.append(
            {"at": at, "minutes": str(minutes), "part": part, "question": question, "notes": list(known)}
        )
        passed += minutes
    return rows
