"""The starter frameworks that come with the package, as rows of the workbook."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Any, TypeAlias

from ..model.errors import NotFound

Rows: TypeAlias = dict[str, list[dict[str, Any]]]

_SHARED = "shared"
_OURS = {"source": "careersheets starter", "licence": "MIT"}


def starter_names() -> list[str]:
    """The frameworks there are, by the name to ask for."""
    data = (entry.name.removesuffix(".toml") for entry in files("careersheets.starters").iterdir())
    return sorted(name for name in data if name in _FRAMEWORKS)


def load_starters(names: Sequence[str]) -> Rows:
    """Levels, competencies, expectations and rating scales of the frameworks `names`, by sheet and column name.

    Competencies and scales that several frameworks share come once, and only those that are used.

    Raises:
        NotFound: there is no such framework.
    """
    unknown = next((name for name in names if name not in _FRAMEWORKS), None)
    if unknown is not None:
        raise NotFound("starter framework", unknown, _FRAMEWORKS)
    shared = _read(_SHARED)
    frameworks = [_read(name) for name in dict.fromkeys(names)]
    levels = [(framework, level) for framework in frameworks for level in framework["level"]]
    expectations = [row for _, level in levels for row in _expectations(level)]
    competencies = _competencies([shared, *frameworks], {row["competency_id"] for row in expectations})
    return {
        "Levels": [_level(framework, level) for framework, level in levels],
        "Competencies": competencies,
        "Expectations": expectations,
        "Rating scales": _scales([shared, *frameworks], [row["scale"] for row in competencies]),
    }


_FRAMEWORKS = ("engineering", "finance", "people", "sales", "support")


def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads((files("careersheets.starters") / f"{name}.toml").read_text("utf-8"))


def _level(framework: Mapping[str, Any], level: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "level_code": level["code"],
        "family": framework["family"],
        "track": level["track"],
        "rank": level["rank"],
        "title": level["title"],
        "scope": level["scope"],
        "next_levels": tuple(level["next"]),
    }


def _expectations(level: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "level_code": level["code"],
            "competency_id": asked["competency"],
            "required": asked["required"],
            "weight": asked["weight"],
            "critical": asked.get("critical") or None,
            "optional": asked.get("optional") or None,
            "behaviours": tuple(asked["behaviours"]),
            "skills": tuple(asked.get("skills", ())),
            "scope": asked.get("scope"),
        }
        for asked in level["expectation"]
    ]


def _competencies(sources: Iterable[Mapping[str, Any]], used: set[str]) -> list[dict[str, Any]]:
    rows = {
        competency["id"]: {
            "competency_id": competency["id"],
            "competency": competency["name"],
            "category": competency["category"],
            "definition": competency["definition"],
            "scale": competency["scale"],
            **_OURS,
        }
        for source in sources
        for competency in source.get("competency", ())
        if competency["id"] in used
    }
    return list(rows.values())


def _scales(sources: Iterable[Mapping[str, Any]], used: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {"scale": scale["name"], "step": scale["step"], **point}
        for source in sources
        for scale in source.get("scale", ())
        if scale["name"] in used
        for point in scale["point"]
    ]
