"""Is a template usable? Each fault with its tag and place."""

from __future__ import annotations

from pathlib import Path

from ..model.findings import Finding, Rule


def check_template(path: Path, kind_key: str) -> list[Finding]:
    """What is wrong in the template at `path` for the kind `kind_key`."""
    del path, kind_key
    return []


def template_rules() -> list[Rule]:
    """Every rule of this room."""
    return []
