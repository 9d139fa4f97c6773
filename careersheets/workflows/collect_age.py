"""Whether a form was made from what the workbook says now, and which version of a summary its corrections make."""

from __future__ import annotations

from dataclasses import replace

from ..documents.content.conversation_in_hand import version_of
from ..documents.content.cycle import CycleFacts
from ..documents.questions import Questions
from ..vocabulary.conversations import Conversations
from ..vocabulary.sheet import sheet_of
from .collect_forms import Returned
from .collect_rules import NOTHING_FILLED_IN, OLDER_DATA, OLDER_VERSION
from .collect_wishes import Compared

_NAMED = 3


def note_version(compared: Compared, *, in_doubt: bool) -> None:
    """Corrections make the next version of a summary; what answers to an older version is not entered unasked.

    Source: REQUIREMENTS C8.
    """
    returned, talk = compared.returned, compared.talk
    older = False
    if returned.kind.key == "conversation-summary" and talk is not None:
        now, version = int(version_of(talk)), int(returned.form.version or 1)
        older = version < now
        if older:
            compared.find(OLDER_VERSION, version=version, now=now)
        column = sheet_of(Conversations).column("summary_version")
        compared.wishes += [
            replace(
                wish, place=replace(wish.place, column=column), label=column.header, entries=(str(now + 1),)
            )
            for wish in compared.wishes
            if wish.place.column.name == "corrections" and wish.entries
        ]
    if older or in_doubt:
        compared.wishes = [
            replace(wish, open_because=wish.open_because or "the form has a finding")
            for wish in compared.wishes
        ]


def note_age(compared: Compared, facts: CycleFacts) -> None:
    """Whether the form was made from what the workbook says now, and whether anything in it is new."""
    if not compared.wishes and not compared.findings:
        compared.find(NOTHING_FILLED_IN)
        return
    touched = [wish.label for wish in compared.wishes if "changed since" in wish.open_because]
    if touched or not _is_current(compared.returned, facts):
        more = f" and {len(touched) - _NAMED} more" if len(touched) > _NAMED else ""
        named = ", ".join(f'"{label}"' for label in touched[:_NAMED])
        affected = (
            f"What changed since concerns {named}{more}."
            if touched
            else "What changed since concerns nothing that was filled in."
        )
        compared.find(OLDER_DATA, affected=affected)


def _is_current(returned: Returned, facts: CycleFacts) -> bool:
    """Whether the form would be made from the same data now."""
    kind, person = returned.kind, returned.employee_id
    evaluated = facts.evaluated.get(person)
    if evaluated is None or not kind.fits(facts.results, person):
        return False
    if kind.needs_target and not any((person, code) in facts.readiness for code in evaluated.targets):
        return False
    questions: Questions = kind.context(facts.results, person)["document"]["form"]
    return (questions.document_id, questions.fingerprint) == (
        returned.form.document_id,
        returned.form.fingerprint,
    )
