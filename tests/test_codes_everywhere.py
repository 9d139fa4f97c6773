"""A code means one thing, in whichever room it is found."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter

import careersheets
from careersheets.model.findings import Rule
from careersheets.surfaces.rules import every_rule


def test_no_code_stands_for_two_things() -> None:
    codes = Counter(rule.code for rule in every_rule())
    assert [code for code, count in codes.items() if count > 1] == []


def test_every_rule_that_is_declared_is_listed() -> None:
    listed = {rule.code for rule in every_rule()}
    declared = set()
    for module in pkgutil.walk_packages(careersheets.__path__, "careersheets."):
        if not module.name.endswith(("__main__", "windows_limits", "guard_child")):
            values = vars(importlib.import_module(module.name)).values()
            declared |= {value.code for value in values if isinstance(value, Rule)}
    assert declared - listed == set()
