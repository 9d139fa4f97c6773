"""The rows a new workbook starts with: every setting with its default, one rating scale, and how often people talk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...vocabulary.settings import SETTINGS
from .names import Rows
from .roi import roi_rows

DEFAULT_SCALE = "Default"

# Worded as in starters/shared.toml, so that a framework added later finds the scale it names.
_POINTS = (
    ("Learning", "Does parts of the work when shown how, and has each result checked."),
    ("Developing", "Does routine work alone and asks for help with anything unusual."),
    ("Independent", "Does the usual range of work alone, difficult cases included, and needs no rework."),
    ("Guiding", "Solves cases that have no model to follow, and colleagues come to this person with theirs."),
    ("Shaping", "Sets the way the company does this work, and others follow methods this person made."),
)


def with_defaults(rows: Rows) -> dict[str, Sequence[Mapping[str, Any]]]:
    """`rows`, completed by what a new workbook starts with."""
    return {
        "Rating scales": _scale(),
        "Cadences": _cadences(),
        "ROI": roi_rows(),
        **rows,
        "Settings": _settings(rows.get("Settings", ())),
    }


def _settings(given: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    by_name = {str(row["setting"]): row for row in given}
    known = [
        {"setting": setting.name, "value": setting.default, "meaning": setting.meaning}
        | dict(by_name.pop(setting.name, {}))
        for setting in SETTINGS
    ]
    return [*known, *by_name.values()]


def _scale() -> list[dict[str, object]]:
    return [
        {"scale": DEFAULT_SCALE, "value": value, "label": label, "meaning": meaning, "step": 1}
        for value, (label, meaning) in enumerate(_POINTS, start=1)
    ]


def _cadences() -> list[dict[str, object]]:
    return [
        {"kind": "Onboarding", "first_after": 30},
        {"kind": "Quarterly", "first_after": 90, "every": 91},
        {"kind": "Annual", "first_after": 365, "every": 365},
    ]
