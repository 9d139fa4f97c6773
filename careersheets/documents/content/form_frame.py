"""The beginning of every form: the questions of a document about one person, with what it will be known by.

Source: REQUIREMENTS C9.
"""

from __future__ import annotations

import hashlib
from typing import Any

from ..questions import Questions
from .conversations import known_day
from .cycle import CycleFacts
from .wording import text

# What begins the row mark of the conversation a form is about.
TALK = "conversation"
_KNOWN_BY = ("name", "email", "hired")


def questions_about(
    facts: CycleFacts, employee_id: str, document_id: str, version: str, data: object, talk: Any | None = None
) -> Questions:
    """The questions of a form about somebody, and about the conversation `talk` if there is one."""
    questions = Questions(document_id, version, data, person_marks(facts, employee_id, document_id))
    if talk is not None:
        questions.about_row(TALK, text(talk.conversation_id), talk)
    return questions


def person_marks(facts: CycleFacts, employee_id: str, document_id: str) -> tuple[str, ...]:
    """What tells the person from somebody who has the same id elsewhere; a mark for each thing that is known.

    They hold for this document only, so that no form can be turned into another by its id.
    """
    person = facts.people.get(employee_id)
    known = {name: _plain(getattr(person, name, None)) for name in _KNOWN_BY}
    return tuple(
        hashlib.sha256(f"{document_id}\0{name}\0{value}".encode()).hexdigest()[:12]
        for name, value in known.items()
        if value
    )


def _plain(value: Any) -> str:
    return text(value).casefold() or str(known_day(value) or "")
