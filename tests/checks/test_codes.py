"""Each code of the checks has a workbook that fires it and one that does not."""

from __future__ import annotations

from collections import Counter

import pytest

from careersheets.checks.catalogue import all_rules, explain, in_general, rule_of
from careersheets.model.errors import NotFound
from careersheets.model.findings import Rule
from tests.checks.cases import CASES
from tests.checks.cases.case import Case
from tests.checks.company import findings_in, places, spoilt

EACH = [
    pytest.param(case, id=case.code, marks=pytest.mark.requirement(requirement))
    for requirement, cases in CASES.items()
    for case in cases
]
# Codes below this are given when a workbook is read, and tested there.
OF_CHECKS = "CS100"


def test_nothing_is_wrong_in_the_company_that_the_cases_spoil() -> None:
    assert findings_in(spoilt()) == []


@pytest.mark.parametrize("case", EACH)
def test_a_code_fires_at_its_cell_and_nothing_else_is_said(case: Case) -> None:
    assert places(findings_in(spoilt(*case.fires))) == list(case.found)
    assert case.code in {code for _, code in case.found}


@pytest.mark.parametrize("case", EACH)
def test_a_code_stays_quiet_when_its_rule_is_just_kept(case: Case) -> None:
    assert case.code not in {code for _, code in places(findings_in(spoilt(*case.quiet)))}


def test_every_code_of_the_checks_has_a_case() -> None:
    known = {rule.code for rule in all_rules() if rule.code > OF_CHECKS}
    assert {case.code for cases in CASES.values() for case in cases} == known


def test_no_code_is_given_twice() -> None:
    assert [code for code, count in Counter(rule.code for rule in all_rules()).items() if count > 1] == []


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_a_rule_is_written_in_whole_sentences(rule: Rule) -> None:
    assert rule.message.endswith(".") or rule.message.endswith("}")
    assert rule.fix.endswith(".")
    assert rule.why.endswith(".")
    assert "{" not in in_general(rule.message) + in_general(rule.fix)


def test_a_code_is_explained_in_any_case() -> None:
    assert explain(rule_of(" cs203", all_rules())).splitlines() == [
        "CS203 (Error)",
        'What it says: rating … is outside the scale "…" (… to …).',
        "What to do:   Enter … to …, or leave it empty if not assessed.",
        "Why:          A rating that the scale does not have makes the gap and the attainment wrong.",
    ]


def test_an_unknown_code_is_answered_with_the_known_ones() -> None:
    with pytest.raises(NotFound, match='no finding code "CS999"'):
        rule_of("CS999", all_rules())
