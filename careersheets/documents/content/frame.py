"""What headers, footers, properties and the first lines of every kind of document name."""

from __future__ import annotations

from typing import Any

from .cycle import CycleFacts
from .wording import day, text

DRAFT_NOTICE = "Not released yet: ratings may still change."


def frame(facts: CycleFacts, kind: str, name: str) -> dict[str, Any]:
    """`organisation`, `cycle`, `previous_cycle`, `date`, `sources` and `document`, the same in every kind.

    Args:
        facts: the cycle's facts.
        kind: the title of the kind.
        name: whom or what the document is about, for its title.
    """
    results = facts.results
    settings = results.settings
    return {
        "organisation": settings.organisation,
        "cycle": results.cycle,
        "previous_cycle": results.previous_cycle,
        "date": day(results.today, settings.language),
        "sources": list(facts.sources),
        "document": {
            "kind": kind,
            "title": f"{kind} – {name}",
            "paper": settings.paper,
            "language": settings.language,
            "today": results.today.isoformat(),
        },
    }


def person_frame(facts: CycleFacts, kind: str, employee_id: str) -> dict[str, Any]:
    """As `frame`, with `person`, `draft` and `draft_notice`, for a document about someone evaluated in the cycle."""
    evaluated = facts.evaluated[employee_id]
    return {
        **frame(facts, kind, text(evaluated.name)),
        "draft": bool(evaluated.draft),
        "draft_notice": DRAFT_NOTICE,
        "person": {
            "id": employee_id,
            "name": text(evaluated.name) or employee_id,
            "level_code": text(evaluated.level_code),
            "level_title": facts.level_title(evaluated.level_code),
            "manager": facts.person_name(evaluated.manager),
            "department": text(evaluated.department),
            "team": text(evaluated.team),
        },
    }
