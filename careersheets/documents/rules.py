"""Every finding about templates, finished documents and filled forms."""

from __future__ import annotations

from ..model.findings import Rule
from .checking import template_rules
from .form_faults import form_rules
from .recipients import recipient_rules
from .safety import safety_rules


def document_rules() -> list[Rule]:
    """All rules of this room, by code."""
    return [*template_rules(), *safety_rules(), *recipient_rules(), *form_rules()]
