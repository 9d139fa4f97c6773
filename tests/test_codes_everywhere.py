"""A code means one thing, in whichever room it is found."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter

from typer.testing import CliRunner

import careersheets
from careersheets.model.findings import Rule
from careersheets.surfaces.cli.main import app
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


def test_the_command_explains_with_ellipses_in_text_and_in_json() -> None:
    for options in ((), ("--json",)):
        said = CliRunner().invoke(app, ["explain", "CS821", *options], standalone_mode=False).output
        assert "the form was collected before" in said
        placed = CliRunner().invoke(app, ["explain", "CS820", *options], standalone_mode=False).output
        assert "differs from the one in" in placed
        assert "{other}" not in placed
        assert "…" in placed
