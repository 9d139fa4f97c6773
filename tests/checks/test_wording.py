"""What HR reads: where, what, and what to do."""

from __future__ import annotations

import pytest

from tests.checks.cases.case import score
from tests.checks.company import Change, add, edit, findings_in, spoilt
from tests.support.tables import tables_from

SENTENCES = [
    (
        [edit("Scores", 0, manager_rating=6)],
        'Scores!H6: rating 6 is outside the scale "Default" (1 to 5). '
        "Enter 1 to 5, or leave it empty if not assessed. [CS203]",
    ),
    (
        [edit("Scores", 3, competency_id="coed")],
        'Scores!E9: "coed" is not on the sheet Competencies. '
        'Enter one that is (perhaps "CODE"), or add it there. [CS121]',
    ),
    (
        [edit("People", 2, level_code="Staff")],
        'People!E8: "Staff" is not on the sheet Levels. '
        "Enter one that is (E1, E2, E3, M1), or add it there. [CS121]",
    ),
    (
        [add("Evaluations", cycle="2026-H2", employee_id="1002", level_code="E2")],
        "Evaluations!C11: this row has the same Cycle and Employee ID as row 6. "
        "Keep one of the two rows. [CS105]",
    ),
    (
        [edit("Expectations", 4, weight=None)],
        'Expectations!G10: level "E2" has weights, but not for all its competencies: 1 of 3 are blank. '
        "Give each a weight, or leave all empty if they weigh the same. [CS306]",
    ),
    (
        [edit("Levels", 3, next_levels="E1")],
        "Levels!H9: the next levels lead in a loop: E1 → E2 → M1 → E1. "
        "Take out the step that leads back. [CS307]",
    ),
    (
        [edit("Cycles", 0, end="2025-06-30")],
        'Cycles!D6: the cycle "2025-H2" ends on 2025-06-30, before it starts on 2025-07-01. '
        "Correct one of the two dates. [CS321]",
    ),
]


@pytest.mark.requirement("E4", "F5", "E1")
@pytest.mark.parametrize(("changes", "sentence"), SENTENCES, ids=[text[-7:-1] for _, text in SENTENCES])
def test_a_finding_says_where_what_and_what_to_do(changes: list[Change], sentence: str) -> None:
    assert sentence in [str(finding) for finding in findings_in(spoilt(*changes))]


def test_one_wrong_entry_among_several_is_named_alone() -> None:
    findings = findings_in(spoilt(edit("Evaluations", 0, targets="E3;M9")))
    assert [finding.message for finding in findings] == ['"M9" is not on the sheet Levels.']


def test_an_address_in_many_rows_names_a_few_of_its_owners() -> None:
    people = [
        add(
            "People",
            employee_id=str(number),
            name="Iris Vermeulen",
            email="hr@tallowbridge.example",
            level_code="E1",
        )
        for number in range(2001, 2009)
    ]
    shared = [finding for finding in findings_in(spoilt(*people)) if finding.rule.code == "CS409"]
    assert [finding.who for finding in shared] == [str(number) for number in range(2001, 2009)]
    assert shared[0].message.endswith("belongs to 2002, 2003, 2004, 2005, 2006, 2007 and 1 more.")


def test_text_from_cells_is_repeated_as_it_stands() -> None:
    nasty = '{rating} {{7*7}} <b>"R&D"</b> 😀 =HYPERLINK("x")'
    findings = findings_in(spoilt(score("1003", nasty, manager_rating=2)))
    assert f'"{nasty}" is not on the sheet Competencies.' in [finding.message for finding in findings]


def test_a_cell_of_a_column_that_is_somewhere_else_is_named_there() -> None:
    tables = tables_from(Scores=[{"cycle": "2026-H2"}])
    assert tables.by_sheet["Scores"].cell(6, "manager_rating") == "H6"
