"""Entries that point at something."""

from __future__ import annotations

from tests.checks.cases.case import Case
from tests.checks.company import edit, empty, lack

CASES = [
    Case(
        "CS121",
        [edit("Scores", 3, competency_id="CODER")],
        [("Scores!E9", "CS121")],
        [lack("Scores", "competency_id")],
    ),
    Case(
        "CS122",
        [edit("Answers", 0, conversation_id="C-2")],
        [("Answers!D6", "CS122")],
        [edit("Answers", 0, conversation_id=None)],
    ),
    Case(
        "CS123",
        [empty("Competencies")],
        [("Scores!E6", "CS123"), ("Expectations!D6", "CS123")],
        [empty("Conversations"), empty("Answers")],
    ),
]
