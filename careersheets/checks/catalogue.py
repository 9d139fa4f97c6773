"""Every finding code that reading and checking know, and what each means."""

from __future__ import annotations

import importlib
import pkgutil
import re
from types import ModuleType

from .. import checks, tables
from ..model.errors import NotFound
from ..model.findings import Rule

_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")


def all_rules() -> list[Rule]:
    """Every rule of the rooms tables and checks, by code."""
    modules = [*_modules_of(tables), *_modules_of(checks)]
    rules = {rule for module in modules for rule in vars(module).values() if isinstance(rule, Rule)}
    return sorted(rules, key=lambda rule: rule.code)


def rule_of(code: str, rules: list[Rule]) -> Rule:
    """The rule among `rules` with this code, in any case.

    Raises:
        NotFound: no rule has this code.
    """
    known = {rule.code: rule for rule in rules}
    rule = known.get(code.strip().upper())
    if rule is None:
        raise NotFound("finding code", code, known)
    return rule


def explain(rule: Rule) -> str:
    """What the rule means, in a few lines of plain text."""
    return "\n".join(
        [
            f"{rule.code} ({rule.severity.label})",
            f"What it says: {in_general(rule.message)}",
            f"What to do:   {in_general(rule.fix)}",
            f"Why:          {rule.why}",
        ]
    )


def in_general(template: str) -> str:
    """A rule's text with … where a finding has its own words."""
    return _PLACEHOLDER.sub("…", template)


def _modules_of(package: ModuleType) -> list[ModuleType]:
    return [
        importlib.import_module(f"{package.__name__}.{found.name}")
        for found in pkgutil.iter_modules(package.__path__)
    ]
