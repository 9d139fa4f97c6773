"""The findings about scorecards have codes of their own."""

from __future__ import annotations

from careersheets.surfaces.rules import every_rule
from careersheets.workflows.scorecards_rules import scorecard_rules


def test_codes_are_unique_and_every_rule_says_why() -> None:
    ours = scorecard_rules()
    codes = [rule.code for rule in ours]
    assert len(set(codes)) == len(codes) == 17
    assert all(code.startswith(("CS70", "CS71")) for code in codes)
    others = {rule.code for rule in every_rule()} - set(codes)
    assert not any(code.startswith(("CS70", "CS71")) for code in others)
    assert all(rule.why.endswith(".") for rule in ours)
