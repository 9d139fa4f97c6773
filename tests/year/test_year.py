"""A year of a company of twelve: two cycles, from the scorecards to the first broken link of each person."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import pytest

from careersheets.documents.part_texts import part_texts
from careersheets.vocabulary.conversations import Answers, Conversations
from careersheets.vocabulary.evaluation import Evaluations
from careersheets.vocabulary.plans import ActionItems

from .cast import FIRST, PEOPLE, SECOND
from .deeds import Year
from .expected import GAPS, LINKS, READINESS, expected_findings
from .play import CANARIES, WITHOUT_LADDER
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


def test_who_is_long_in_a_level_is_stuck_and_who_was_promoted_is_not(year: Year) -> None:
    """From 36 months on: 15 December 2026 against Level since."""
    progress = year.progress["end of the year"]
    assert {who: row["reason"] for who, row in progress.items() if row["stuck"]} == {
        "L01": "69 months at this level",
        "L02": "39 months at this level",
        "L04": "54 months at this level",
        "L08": "37 months at this level",
        "L10": "50 months at this level",
        "L11": "79 months at this level",
        "L12": "59 months at this level",
    }


def test_what_became_of_the_actions_is_counted_without_the_dropped_one(year: Year) -> None:
    """How many were due by December, done and overdue."""
    progress = year.progress["end of the year"]
    assert {who: (row["due"], row["done"], row["overdue"]) for who, row in progress.items()} == {
        **dict.fromkeys(("L01", "L09", "L11"), (0, 0, 0)),
        **dict.fromkeys(("L03", "L04", "L05", "L07", "L10", "L12"), (1, 1, 0)),
        **dict.fromkeys(("L02", "L08"), (1, 0, 1)),
        "L06": (2, 2, 0),
    }


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
    found: dict[str, set[str]] = {}
    for folder, name, _ in year.office.received():
        found.setdefault(folder.split()[-1], set()).add(name.removesuffix(".docx").split()[-1])
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
    first = text_of(year, "2026-S1", "*/Gap report*L06.docx")
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


def test_what_hr_keeps_for_itself_is_as_it_was_to_the_last_sign(year: Year) -> None:
    assert year.office.own() == year.own


def test_the_commands_see_the_same_year(year: Year) -> None:
    made = year.said["new"]
    assert (made.returncode, made.stderr) == (0, "")
    history = year.office.command("history", year.office.given, "--limit", "200", "--json")
    told = json.loads(history.stdout)
    assert (history.returncode, told["faults"]) == (0, [])
    assert {run["verb"] for run in told["runs"]} >= {*year.office.own_verbs, "report", "send", "collect"}
    compared = json.loads(year.office.command("framework", "diff", year.office.given, "--json").stdout)
    assert (compared["version"], compared["changes"]) == ("2", [])


def place(year: Year, sheet: Any, column: str, who: dict[str, Any]) -> str:
    """Where a row stands at the end of the year, which is where it stood from its first day on."""
    if sheet not in year.sheets:
        year.sheets[sheet] = year.office.sheet(sheet)
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
    for path in sorted((folder / "documents").rglob("*")):
        if path.is_file():
            yield path.name, words_in(path.name, path.read_bytes())
    for _, name, data in year.office.received():
        yield name, words_in(name, data)
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
