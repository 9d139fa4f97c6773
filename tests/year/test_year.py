"""A year of a company of twelve: two cycles, from the scorecards to the first broken link of each person.

Every number here was worked out by hand from the starter framework and the ratings in cast.py. Attainment of a person
with every rating as asked is 1; a rating that is short takes away weight x (1 - (s - l) / (r - l)).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Any

import pytest

from careersheets.documents.part_texts import part_texts
from careersheets.vocabulary.conversations import Answers, Conversations
from careersheets.vocabulary.evaluation import Evaluations, Scores
from careersheets.vocabulary.framework import Levels
from careersheets.vocabulary.people import People
from careersheets.vocabulary.plans import ActionItems
from careersheets.vocabulary.settings import Cycles
from tests.support.as_openpyxl import load

from .cast import FIRST, PEOPLE, SECOND
from .hr_own import PARTS
from .office import SheetRows
from .play import CANARIES, WITHOUT_LADDER, Year
from .talks import CHOSEN

pytestmark = pytest.mark.requirement(
    "E1", "E2", "E3", "E4", "E5", "E8", "F8", "G2", "G6", "G11", "C9", "C10", "C12", "X10"
)

EVALUATED = [who for who in PEOPLE if who != WITHOUT_LADDER]
EMPLOYEES = {person.email for person in PEOPLE.values()}
# Who rates whom.
TEAMS = {
    "L00": {"L01", "L12"},
    "L01": {"L02", "L03"},
    "L02": {"L04", "L05", "L06", "L07"},
    "L03": {"L08", "L09", "L10"},
}


# What check finds, stage by stage: (sheet, column, row, code), in the order in which it is shown.
@cache
def expected_findings() -> dict[str, list[tuple[Any, str, dict[str, Any], str]]]:
    def evaluation(who: str, column: str, code: str, cycle: str = FIRST) -> Any:
        return Evaluations, column, {"cycle": cycle, "employee_id": who}, code

    def score(who: str, what: str, column: str, code: str) -> Any:
        return Scores, column, {"cycle": FIRST, "employee_id": who, "competency_id": what}, code

    def talk(who: str, column: str, code: str, cycle: str = FIRST) -> Any:
        return Conversations, column, {"cycle": cycle, "employee_id": who}, code

    def action(who: str, what: str, column: str, code: str) -> Any:
        return ActionItems, column, {"employee_id": who, "competency_id": what}, code

    # M4 asks for no code and no tests, M3 does: the scorecard asks for the target only.
    own_level = [evaluation(who, "status", "CS202") for who in ("L02", "L03")]
    own_level_second = [evaluation(who, "status", "CS202", SECOND) for who in ("L02", "L03")]
    unrated = [evaluation(who, "status", "CS202", SECOND) for who in ("L07", "L08")]
    no_ladder = [(Levels, "level_code", {"level_code": "X1"}, "CS301")]
    director = [(People, "employee_id", {"employee_id": "L00"}, "CS410")]
    few_peers = [("Peer input!G6", "", {}, "CS538")]
    unscored = [evaluation(WITHOUT_LADDER, "employee_id", "CS215")]
    unscored_second = [evaluation(WITHOUT_LADDER, "employee_id", "CS215", SECOND)]
    apart = [score("L09", "COM-PLAN", "manager_rating", "CS210")]
    warned, noted = [*no_ladder, *few_peers], [*director, *unscored, *apart]
    bare = [score("L09", "COM-PLAN", "evidence", "CS207")]
    not_closed = [talk(who, "held", "CS531") for who in CHOSEN[FIRST] if who != "L06"]
    early = [talk("L10", "next_check_in", "CS533")]
    nobody_yet = [evaluation(who, "employee_id", "CS215", SECOND) for who in PEOPLE]
    undated = [action("L12", "PEO-PAY", "done_on", "CS543")]
    second = [*own_level_second, *unrated, *undated, *no_ladder, *director, *unscored_second]
    return {
        "set up": [*warned, *director, *(evaluation(who, "employee_id", "CS215") for who in PEOPLE)],
        "submitted": [*own_level, *bare, *warned, *noted],
        "returned": [*own_level, *bare, *warned, *noted],
        "submitted again": [*own_level, *warned, *noted],
        "disputed": [*own_level, score("L06", "COM-COMM", "resolution", "CS537"), *warned, *noted],
        "resolved": [*own_level, *warned, *noted],
        "approved": [*own_level, evaluation("L04", "approver", "CS503"), *warned, *noted],
        "released": [*own_level, *warned, *noted],
        "planned": [*own_level, *warned, *noted, talk("L10", "planned", "CS534")],
        "held": [
            *own_level,
            *not_closed[:-1],
            *early,
            not_closed[-1],
            *(action("L06", what, "action", "CS542") for what in ("COM-COMM", "COM-GROW")),
            *warned,
            *noted,
        ],
        "agreed": [*own_level, not_closed[0], *early, *warned, *noted],
        "second opens": [*no_ladder, *director, *nobody_yet],
        "checked in": [*undated, *no_ladder, *director, *nobody_yet],
        "promoted": [*undated, *no_ladder, *director, *nobody_yet],
        "second submitted": second,
        "framework edited": [*second, (Cycles, "framework_version", {"cycle": SECOND}, "CS328")],
        "framework accepted": second,
        "second released": second,
        "end of the year": [
            *own_level_second,
            *unrated,
            *(talk(who, "held", "CS531", SECOND) for who in ("L01", "L02", "L08", "L09", "L10")),
            *undated,
            action("L04", "ENG-DSGN", "action", "CS542"),
            *no_ladder,
            *director,
            *unscored_second,
        ],
    }


# Person and target: attainment, share met, coverage, critical short, band, change of attainment, closed gaps.
READINESS = {
    "released": {
        ("L01", "M5"): (1.0, 1.0, 1.0, 0, "Ready", None, 0),
        ("L02", "M4"): (0.9, 0.7, 1.0, 1, "Near", None, 0),  # 15 + 15 at 2/3
        ("L03", "M4"): (0.93333, 0.9, 1.0, 0, "Near", None, 0),  # 10 at 1/3
        ("L04", "E4"): (0.86667, 0.6, 1.0, 2, "Developing", None, 0),  # 20 + 20 at 2/3, both critical
        ("L05", "E3"): (1.0, 1.0, 1.0, 0, "Ready", None, 0),
        ("L06", "E3"): (0.825, 0.8, 1.0, 0, "Developing", None, 0),  # 5 at 1/2 as agreed, 15 at 0
        ("L07", "E2"): (0.925, 0.85, 1.0, 1, "Near", None, 0),  # 15 at 1/2
        ("L08", "E3"): (0.95, 0.9, 1.0, 0, "Ready", None, 0),  # 10 at 1/2: on the threshold
        ("L09", "E2"): (0.9, 0.9, 1.0, 0, "Near", None, 0),  # 10 at 0
        ("L10", "M3"): (0.825, 0.8, 1.0, 1, "Developing", None, 0),  # 15 at 0, short by two; 5 at 1/2
        ("L12", "PM5"): (0.9375, 0.75, 1.0, 1, "Near", None, 0),  # 15 + 10 at 3/4
    },
    "end of the year": {
        ("L01", "M5"): (1.0, 1.0, 1.0, 0, "Ready", 0.0, 0),
        ("L02", "M4"): (0.95, 0.85, 1.0, 0, "Ready", 0.05, 1),
        ("L03", "M4"): (0.96667, 0.9, 1.0, 0, "Ready", 0.03333, 0),
        ("L04", "E4"): (0.93333, 0.8, 1.0, 1, "Near", 0.06667, 1),
        ("L05", "E4"): (0.7, 0.1, 1.0, 2, "Developing", None, 0),  # 90 at 2/3
        ("L05", "M3"): (0.675, 0.35, 1.0, 3, "Developing", None, 0),
        ("L06", "E3"): (0.96667, 0.9, 1.0, 1, "Near", 0.14167, 2),  # tests: 10 at 2/3 since December
        ("L07", "E2"): (1.0, 1.0, 0.85, 0, "Insufficient data", 0.075, 0),
        ("L08", "E3"): (0.88095, 0.71429, 0.7, 1, "Insufficient data", -0.06905, 0),  # of 70
        ("L09", "E2"): (0.9, 0.9, 1.0, 0, "Near", 0.0, 0),
        ("L10", "M3"): (0.925, 0.85, 1.0, 1, "Near", 0.1, 1),
        ("L12", "PM5"): (0.9625, 0.85, 1.0, 1, "Near", 0.025, 1),
    },
}

# Current, required and gap of everything that is short of the first target.
GAPS = {
    "released": {
        ("L02", "COM-PEOP"): (3, 4, 1),
        ("L02", "ENG-PROD"): (3, 4, 1),
        ("L03", "COM-COMM"): (2, 4, 2),
        ("L04", "COM-GROW"): (3, 4, 1),
        ("L04", "ENG-DSGN"): (3, 4, 1),
        ("L06", "COM-COMM"): (2, 3, 1),
        ("L06", "COM-GROW"): (1, 3, 2),
        ("L07", "ENG-TEST"): (2, 3, 1),
        ("L08", "ENG-PROD"): (2, 3, 1),
        ("L09", "COM-PLAN"): (1, 2, 1),
        ("L10", "COM-HIRE"): (2, 3, 1),
        ("L10", "COM-PEOP"): (1, 3, 2),
        ("L12", "COM-PLAN"): (4, 5, 1),
        ("L12", "PEO-PAY"): (4, 5, 1),
    },
    "end of the year": {
        ("L02", "ENG-PROD"): (3, 4, 1),
        ("L03", "COM-COMM"): (3, 4, 1),
        ("L04", "ENG-DSGN"): (3, 4, 1),
        **{
            ("L05", what): (3, 4, 1)
            for what in (
                *("COM-COMM", "COM-FEED", "COM-GROW", "COM-PLAN"),
                *("ENG-DSGN", "ENG-PROD", "ENG-SEC", "ENG-TEST"),
            )
        },
        ("L05", "COM-HIRE"): (2, 3, 1),
        ("L06", "ENG-TEST"): (3, 4, 1),
        ("L08", "ENG-PROD"): (2, 3, 1),
        ("L08", "ENG-TEST"): (3, 4, 1),
        ("L09", "COM-PLAN"): (1, 2, 1),
        ("L10", "COM-PEOP"): (2, 3, 1),
        ("L12", "COM-PLAN"): (4, 5, 1),
    },
}

LINKS = {
    "L01": "",
    "L02": "",
    "L03": "Evaluation: not released yet",
    "L04": "Action: none for System design",
    "L05": "Gap: none is chosen yet",
    "L06": "",
    "L07": "Re-score: Testing was worked on and is not rated again",
    "L08": "Evaluation: too little is rated",
    "L09": "Action: none for Planning",
    "L10": "Gap: none is chosen yet",
    "L11": "Framework: no target level asks for anything",
    "L12": "Evaluation: not released yet",
}


@pytest.mark.parametrize("stage", list(expected_findings()))
def test_check_finds_exactly_what_is_wrong_at_each_stage(year: Year, stage: str) -> None:
    expected = [
        (sheet if isinstance(sheet, str) else place(year, sheet, column, who), code)
        for sheet, column, who, code in expected_findings()[stage]
    ]
    assert year.findings[stage] == expected


def test_every_check_of_the_year_is_expected(year: Year) -> None:
    assert list(year.findings) == list(expected_findings())


@pytest.mark.parametrize("stage", list(READINESS))
def test_readiness_is_as_worked_out_by_hand(year: Year, stage: str) -> None:
    found = {
        (row[1], row[3]): (*map(rounded, row[4:7]), row[7], row[8], rounded(row[9]), row[10])
        for row in year.readiness[stage]
        if row[3]
    }
    assert found == READINESS[stage]


@pytest.mark.parametrize("stage", list(GAPS))
def test_gaps_are_as_worked_out_by_hand(year: Year, stage: str) -> None:
    first = {who: next(row[3] for row in year.gaps[stage] if row[1] == who) for who in EVALUATED}
    found = {
        (row[1], row[4]): (row[6], row[7], row[8])
        for row in year.gaps[stage]
        if row[3] == first[row[1]] and isinstance(row[8], int | float) and row[8] > 0
    }
    assert found == GAPS[stage]


def test_the_second_cycle_says_what_changed_since_the_first(year: Year) -> None:
    changes = {(row[1], row[4]): row[15] for row in year.gaps["end of the year"] if row[15] not in (None, 0)}
    assert changes == {
        ("L02", "COM-PEOP"): 1,
        ("L03", "COM-COMM"): 1,
        ("L04", "COM-GROW"): 1,
        ("L06", "COM-COMM"): 1,
        ("L06", "COM-GROW"): 2,
        ("L10", "COM-HIRE"): 1,
        ("L10", "COM-PEOP"): 1,
        ("L12", "PEO-PAY"): 1,
    }


def test_the_loop_names_the_first_broken_link_of_each_person(year: Year) -> None:
    assert year.links["end of the year"] == LINKS
    on_the_sheet = {row[1]: row[11] or "" for row in year.readiness["end of the year"]}
    assert on_the_sheet == LINKS


def test_the_loop_moves_on_as_the_year_goes(year: Year) -> None:
    started = {year.links["set up"][who] for who in EVALUATED}
    assert started == {"Evaluation: too little is rated"}
    assert {year.links["submitted"][who] for who in EVALUATED} == {"Evaluation: not released yet"}
    released = year.links["released"]
    assert {who for who in EVALUATED if released[who] == ""} == {"L01", "L05"}
    assert {released[who] for who in EVALUATED if who not in ("L01", "L05")} == {"Gap: none is chosen yet"}
    assert set(year.links["agreed"].values()) == {"", LINKS[WITHOUT_LADDER]}


def test_scorecards_come_back_whole_and_an_old_one_is_refused(year: Year) -> None:
    assert year.merges["first"] == (0, 120, [])
    assert year.merges["dispute"] == (2, 0, [])
    assert year.merges["second"][2] == [("Scorecard Henrik Sørensen L02.xlsx", "CS714")]


def test_a_rater_does_not_release_and_the_others_are_not_held_up(year: Year) -> None:
    slip = place(year, Evaluations, "approver", {"cycle": FIRST, "employee_id": "L04"})
    assert year.releases["first"] == ([who for who in EVALUATED if who != "L04"], [(slip, "CS723")])
    assert year.releases["corrected"] == (["L04"], [])
    assert year.releases["second"] == ([who for who in EVALUATED if who not in ("L03", "L12")], [])


def test_the_ledger_knows_every_step_and_holds_together(year: Year) -> None:
    with year.office.open_ledger() as ledger:
        assert ledger.verify() == []
        steps = [step.state for step in ledger.steps_of("L09", FIRST)]
        standing = {who: step.state for who, step in ledger.standing(SECOND).items()}
    assert steps[:3] == ["draft", "submitted", "returned"]
    assert steps[-2:] == ["approved", "released"]
    assert standing == {
        **dict.fromkeys(EVALUATED, "released"),
        "L03": "submitted",
        "L11": "draft",
        "L12": "returned",
    }


def test_the_pack_is_made_for_the_right_people(year: Year) -> None:
    made = year.made["first pack"]
    held = {(it.employee_id, it.kind_key) for it in made if it.state == "Held"}
    assert held == {
        (WITHOUT_LADDER, kind) for kind in ("gap-report", "manager-preparation", "development-plan")
    }
    recipients = {(it.employee_id, it.kind_key): it.recipient for it in made}
    for person in PEOPLE.values():
        assert recipients[person.id, "gap-report"] == f"{person.manager.lower()}@lanternfield.example"
        assert recipients[person.id, "employee-preparation"] == person.email
    cases = {it.employee_id for it in made if it.kind_key == "promotion-case"}
    assert cases == {"L02", "L03", "L05", "L07", "L08", "L09", "L12"}
    drafts = {(it.employee_id, it.kind_key) for it in made if it.state == "Draft made"}
    assert drafts == {(WITHOUT_LADDER, "employee-preparation"), ("L12", "team-summary")}
    assert {it.state for it in year.made["first pack again"]} == {"Unchanged"}


def test_a_check_in_is_made_and_sent_though_the_next_cycle_has_begun(year: Year) -> None:
    made = {it.employee_id: it.state for it in year.made["check-ins"]}
    assert made == dict.fromkeys(CHOSEN[FIRST], "Made")
    assert {it.delivery.person for it in year.outcomes["check-ins"]} == set(CHOSEN[FIRST])


def test_a_colleagues_name_in_an_action_holds_three_documents_until_it_is_put_otherwise(year: Year) -> None:
    held = [it for it in year.made["summaries"] if it.state == "Held" and it.employee_id != WITHOUT_LADDER]
    assert {it.employee_id for it in held} == {"L04"}
    assert all("Yusuf Demir" in it.error and "[CS611]" in it.error for it in held)
    assert {it.state for it in year.made["summaries mended"]} == {"Made"}


def test_documents_go_to_those_they_are_for_and_each_once(year: Year) -> None:
    outbox = year.office.folder / "outbox"
    found: dict[str, set[str]] = {}
    for path in outbox.rglob("*.docx"):
        found.setdefault(path.parent.name.split()[-1], set()).add(path.stem.split()[-1])
    assert found == {manager: people | {manager} for manager, people in TEAMS.items()}
    for taken in year.server.taken:
        (address,) = taken.recipients
        files = [part.get_filename() for part in taken.message.iter_attachments()]
        assert address in EMPLOYEES
        assert all(name.endswith(f" {address[:3].upper()}.docx") for name in files)
    assert set(year.server.message_ids.values()) == {1}
    assert year.outcomes["to managers again"] == year.outcomes["to employees again"] == []
    assert {it.state.value for outcomes in year.outcomes.values() for it in outcomes} == {"sent"}


def test_what_is_not_released_stays(year: Year) -> None:
    stayed = {(who, kind) for who, kind, _ in year.stayed["to managers in December"]}
    kinds = ("gap-report", "manager-preparation", "promotion-case")
    teams = {(who, "team-summary") for who in ("L00", "L01", "L12")}
    assert stayed == {(who, kind) for who in ("L03", "L12") for kind in kinds} | teams
    assert {reason for *_, reason in year.stayed["to managers in December"]} == {
        "The evaluation is not released, so the document is a draft."
    }


def test_nothing_that_is_for_hr_only_is_in_any_document_of_the_year(year: Year) -> None:
    """Every Word document, draft, attachment and calendar; the workbook itself is the only place."""
    seen = 0
    for name, words in texts_of_the_year(year):
        seen += 1
        assert not set(CANARIES) & words, name
    assert seen > 300
    sheets = str(year.office.cells("Peer input", "High potential", "Mentor pairs", "Answers"))
    assert all(word in sheets for word in CANARIES)


def test_documents_say_what_the_sheets_say(year: Year) -> None:
    first = text_of(year, "Replaced", "2026-S1/*/Gap report*L06.docx")
    for words in ("Growing others: 1 → 3, priority 7.5", "Communication: 2 → 3, priority 1.2"):
        assert words in first
    second = text_of(year, "2026-S2", "*/Gap report*L06.docx")
    for words in (
        "Senior Engineer ◕ Near 97% 90% 100% 1",
        "Since last time: attainment +14 points, 2 gaps closed.",
        "Testing ◆: 3 → 4, priority 5, chosen by you",
        "Growing others 3 3 3 – 0 +2 As asked",
    ):
        assert words in second
    preparation = text_of(year, "2026-S2", "*/Manager preparation*L02.docx")
    assert "Closed since last time: People management." in preparation
    team = text_of(year, "2026-S2", "*/Team summary*L02.docx")
    assert "3 of 4 people have had a conversation in this cycle. Still without one: Tomasz Wójcik." in team


def test_the_promotion_has_a_case_with_criteria_evidence_and_approver(year: Year) -> None:
    (made,) = year.made["case"]
    assert (made.state, made.recipient) == ("Made", "l02@lanternfield.example")
    case = text_of(year, "2026-S1", "*/Promotion case*L05.docx")
    for words in (
        "Senior Engineer",
        "2 of 2 criteria are met.",
        "confirmed by Henrik Sørensen",
        "Marta Oliveira",
        "● Ready 100% 100% 100% 0",
        "3 years, 4 months",
    ):
        assert words in case


def test_a_change_of_the_framework_counts_only_once_it_is_accepted(year: Year) -> None:
    sentence, impacts = year.said["framework"]
    assert (
        sentence == '2 changes since version "1" change readiness for 2 people, 1 of them into another band.'
    )
    assert [(it.employee_id, it.before, it.after) for it in impacts] == [
        ("L06", "Ready, 100.0 %", "Near, 96.7 %"),
        ("L08", "Insufficient data, 92.9 %", "Insufficient data, 88.1 %"),
    ]
    assert year.said["accepted first"] == ("1", (FIRST,))
    assert year.said["accepted second"] == ("2", (SECOND,))
    bands = {
        stage: next(row[8] for row in year.readiness[stage] if row[1] == "L06")
        for stage in ("second submitted", "framework edited", "framework accepted")
    }
    assert bands == {"second submitted": "Ready", "framework edited": "Ready", "framework accepted": "Near"}


def test_filled_forms_are_entered_once(year: Year) -> None:
    assert year.collected == {
        "preparation": [(7, [1, 2, 3, 4, 5, 6, 7], []), (0, [], ["CS821", "CS821"])],
        "summary": [(10, list(range(1, 11)), []), (0, [], ["CS821"])],
        "check-in": [(5, [1, 2, 3, 4, 5], []), (0, [], ["CS821"])],
    }


def test_what_was_written_in_forms_stands_on_the_sheets(year: Year) -> None:
    mine = [row for row in year.office.rows(Answers) if row["employee_id"] == "L06"]
    assert [(row["question"], row["said_by"], row["answer"], row["visible_to"]) for row in mine] == [
        ("For me it was worth it if …", "Employee", "To leave with one thing to practise.", "Employee and manager"),
        ("Should HR get in touch with you?", "Employee", "Yes, please", "HR only"),
        ("In your own words", "Employee", "I think of moving to another trade; narwhal.", "HR only"),
        ("What the employee said", "Employee", "Presenting is where I want to begin.", "Employee and manager"),
        ("What the manager said", "Manager", "The release notes are a good place.", "Employee and manager"),
        ("What helped", "Employee", "The team asked questions each time.", "Employee and manager"),
    ]  # fmt: skip
    talk = next(
        row for row in year.office.rows(Conversations) if (row["employee_id"], row["cycle"]) == ("L06", FIRST)
    )
    assert {
        name: talk[name] for name in ("held", "direction", "employee_priorities", "manager_priorities")
    } == {
        "held": datetime(2026, 6, 22),
        "direction": "Lead the lamp firmware in a year.",
        "employee_priorities": "COM-COMM; COM-GROW",
        "manager_priorities": "COM-GROW",
    }
    actions = [row for row in year.office.rows(ActionItems) if row["employee_id"] == "L06"]
    assert [(row["competency_id"], row["status"], row["done_on"]) for row in actions] == [
        ("COM-COMM", "Done", datetime(2026, 8, 5)),
        ("COM-GROW", "Done", datetime(2026, 8, 7)),
        ("ENG-TEST", "Open", None),
    ]


def test_reminders_over_the_year_are_those_that_are_due(year: Year) -> None:
    never = [("Annual conversation", who, "Never had") for who in ("L00", "L11")]
    summaries = [
        ("Send the summary", who, "Due") for who in ("L06", *[it for it in CHOSEN[FIRST] if it != "L06"])
    ]
    check_ins = [it for it in CHOSEN[FIRST] if it != "L10"]
    scores = [("Hand in the", "L11", "Overdue")]
    assert reminded(year, "48 hours") == [*never, *scores, *summaries]
    assert reminded(year, "check-ins") == [
        *never,
        ("Check in", "L10", "Overdue"),
        *(("Check in", who, "Due") for who in check_ins),
    ]
    assert reminded(year, "overdue") == [
        *never,
        ("Check in", "L10", "Overdue"),
        *(("Check in", who, "Overdue") for who in check_ins),
        ("Action:", "L09", "Overdue"),
    ]
    handed_in = [who for what, who, _ in reminded(year, "scores due") if what == "Hand in the"]
    assert handed_in == list(PEOPLE)
    assert [who for what, who, _ in reminded(year, "returned") if what == "Hand in the"] == ["L09", "L11"]


def test_what_hr_keeps_for_itself_is_as_it_was_byte_for_byte(year: Year) -> None:
    assert year.office.parts(*PARTS) == year.own_parts


def test_the_commands_see_the_same_year(year: Year) -> None:
    made = year.said["new"]
    assert (made.returncode, made.stderr) == (0, "")
    history = year.office.command("history", str(year.office.path), "--limit", "200", "--json")
    told = json.loads(history.stdout)
    assert (history.returncode, told["faults"]) == (0, [])
    assert {run["verb"] for run in told["runs"]} >= {"check", "release", "report", "send", "collect"}
    compared = json.loads(year.office.command("framework", "diff", str(year.office.path), "--json").stdout)
    assert (compared["version"], compared["changes"]) == ("2", [])


def place(year: Year, sheet: Any, column: str, who: dict[str, Any]) -> str:
    """Where a row stands at the end of the year, which is where it stood from its first day on."""
    if not year.sheets:
        book = load(year.office.path)
        models = (ActionItems, Conversations, Cycles, Evaluations, Levels, People, Scores)
        year.sheets |= {model: SheetRows(book, model) for model in models}
    found: str = year.sheets[sheet].place(column, who)
    return found


def rounded(value: Any) -> Any:
    return round(value, 5) if isinstance(value, int | float) else value


def reminded(year: Year, stage: str) -> list[tuple[str, str, str]]:
    """The first words of each reminder, whom it is about, and its state."""
    heads = ("Annual conversation", "Send the summary", "Check in", "Hand in the", "Action:")
    rows = year.reminders[stage].reminders.itertuples(index=False)
    return [(next(head for head in heads if row.what.startswith(head)), row.who, row.state) for row in rows]


def text_of(year: Year, top: str, pattern: str) -> str:
    """The words of one document; of the version replaced last where there were several."""
    found = sorted((year.office.folder / "documents" / top).rglob(pattern.rpartition("/")[2]))
    found = [path for path in found if path.match(pattern)]
    assert found, pattern
    body = next(part for part in part_texts(found[-1].read_bytes()) if part.part == "word/document.xml")
    return " ".join(body.written.split())


def texts_of_the_year(year: Year) -> Iterator[tuple[str, set[str]]]:
    """Every file that left HR's desk or could have: its name, and the words in it."""
    folder = year.office.folder
    for path in sorted([*(folder / "documents").rglob("*"), *(folder / "outbox").rglob("*")]):
        if path.is_file():
            yield path.name, words_in(path.name, path.read_bytes())
    for taken in year.server.taken:
        yield "a mail", set(str(taken.message.get_body(("plain",)).get_content()).casefold().split())
        for part in taken.message.iter_attachments():
            yield str(part.get_filename()), words_in(str(part.get_filename()), part.get_payload(decode=True))


def words_in(name: str, data: bytes) -> set[str]:
    if name.endswith(".docx"):
        return {word for part in part_texts(data) for word in part.words}
    return set(_plain_words(data.decode("utf-8", "replace")))


def _plain_words(text: str) -> Iterable[str]:
    return "".join(sign if sign.isalnum() else " " for sign in text.casefold()).split()
