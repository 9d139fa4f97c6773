"""The year, day by day: what HR, managers and employees do."""

from __future__ import annotations

from datetime import date
from typing import Any

from careersheets.vocabulary.confidential import HighPotential, Mentoring, MentorPairs
from careersheets.vocabulary.conversations import Answers, Cadences, Conversations, ReadinessCriteria
from careersheets.vocabulary.evaluation import Evaluations, Observations, PeerInput, Scores
from careersheets.vocabulary.framework import Expectations, Levels
from careersheets.vocabulary.people import People
from careersheets.vocabulary.plans import ActionItems
from careersheets.vocabulary.settings import Cycles, Settings
from careersheets.workflows.framework_compare import compare_framework, comparison_sentence
from careersheets.workflows.remind import remind
from careersheets.workflows.scorecards_split import SplitOutcome, split_scorecards

from . import scorecards, talks
from .cast import FIRST, PEOPLE, SECOND, evaluation_rows, people_rows
from .deeds import (
    Year,
    accept_framework,
    check_now,
    collect_filled,
    make_documents,
    merge_cards,
    release_approved,
    send_by_mail,
    send_to_managers,
)
from .office import Office

# A word that stands in a place only HR may read; found anywhere else, it got out.
CANARIES = ("quokka", "axolotl", "pangolin", "narwhal")
WITHOUT_LADDER = "L11"
FOR_MANAGERS = ("gap-report", "manager-preparation", "team-summary", "promotion-case")
FOR_EMPLOYEES = ("employee-preparation", "page-for-hr")
SUMMED_UP = ("conversation-summary", "round-up", "development-plan")


def play(office: Office) -> Year:
    """The whole year in `office`, from the first Monday of January 2026 to the first week of the next."""
    year = Year(office)
    _set_up(year)
    _spring(year)
    _first_evaluation(year)
    _first_pack(year)
    _first_conversations(year)
    _summer(year)
    _second_evaluation(year)
    _second_conversations(year)
    return year


def _set_up(year: Year) -> None:
    office = year.office
    year.said["new"] = office.make()
    year.own = office.own()
    level = {"level_code": "X1", "family": "Office", "track": "IC", "rank": 1, "title": "Office and board"}
    office.add(Levels, [level])
    office.add(People, people_rows())
    office.add(Cycles, [_cycle(FIRST, date(2026, 1, 1), date(2026, 5, 31), date(2026, 6, 12))])
    office.add(Evaluations, evaluation_rows(FIRST))
    for setting, value in {"Organisation": "Lanternfield", "Time zone": "Europe/Lisbon"}.items():
        office.type_in(Settings, {"setting": setting}, value=value)
    for kind in ("Onboarding", "Quarterly"):
        office.type_in(Cadences, {"kind": kind}, group_column="Team", group_value="Newcomers")
    _confidential(office)
    accept_framework(year, "first")
    check_now(year, "set up")
    office.tell("The workbook is made, a sheet of HR's own put in, 13 people and a cycle typed in.")


def _confidential(office: Office) -> None:
    """What only HR may read, each with a word of its own."""
    peer, potential, pairs, answer = CANARIES
    office.add(
        PeerInput,
        [
            {"employee_id": "L06", "cycle": FIRST, "competency_id": "COM-COMM", "rater": rater, "rating": 2,
             "comment": f"Speaks up late; {peer}."}
            for rater in ("L05", "L07")
        ],
    )  # fmt: skip
    reason = f"Two levels in two years; {potential}."
    office.add(HighPotential, [{"employee_id": "L05", "suggested_because": reason, "decision": "Open"}])
    office.add(Mentoring, [{"employee_id": "L04", "role": "Mentor", "consent": True, "capacity": 1, "never_with": ("L10",)},
                           {"employee_id": "L09", "role": "Mentee", "consent": True, "focus": ("COM-PLAN",)}])  # fmt: skip
    office.add(MentorPairs, [{"mentor": "L04", "mentee": "L09", "since": date(2026, 1, 5), "status": "Active",
                              "reason": f"Plans well; {pairs}."}])  # fmt: skip
    office.add(Answers, [{"employee_id": "L08", "form": "Page for HR", "question": "In your own words", "said_by": "Employee",
                          "answer": f"I think of teaching; {answer}.", "visible_to": "HR only", "received": date(2026, 1, 5)}])  # fmt: skip


def _spring(year: Year) -> None:
    """Managers note what they see; everybody has two observations in the end, but for one person."""
    office = year.office
    office.today = date(2026, 5, 4)
    rows = [
        {
            "employee_id": person.id,
            "date": day,
            "situation": "At the weekly review.",
            "behaviour": f"{person.name} explained the open question and named the next step.",
            "impact": "The team decided on the same day.",
            "observer": person.manager,
        }
        for person in PEOPLE.values()
        for day in (date(2026, 2, 9), date(2026, 4, 13))
        if (person.id, day) != ("L10", date(2026, 4, 13))
    ]
    office.add(Observations, rows)
    office.tell(f"{len(rows)} observations are noted over the spring.")


def _first_evaluation(year: Year) -> None:
    office = year.office
    office.today = date(2026, 6, 1)
    given_out = split_scorecards(office.book, office.folder, office.now)
    office.today = date(2026, 6, 5)
    year.reminders["scores due"] = remind(office.book, office.folder, office.now)
    office.today = date(2026, 6, 8)
    _fill(given_out, FIRST, date(2026, 3, 10))
    merge_cards(year, "first", [*given_out.managers, *given_out.people])
    office.today = date(2026, 6, 9)
    _submit(office, FIRST, [who for who in PEOPLE if who != WITHOUT_LADDER])
    check_now(year, "submitted")
    _return(year)
    _dispute(year)
    _approve(year)


def _return(year: Year) -> None:
    """One evaluation goes back with a reason, and comes again with what was missing."""
    office, who = year.office, {"cycle": FIRST, "employee_id": "L09"}
    office.today = date(2026, 6, 10)
    office.type_in(
        Evaluations, who, status="Returned", return_reason="COM-PLAN stands at 1 without evidence."
    )
    check_now(year, "returned")
    year.reminders["returned"] = remind(office.book, office.folder, office.now, dry_run=True)
    office.today = date(2026, 6, 11)
    evidence = "Two plans of the spring had no dates; talked through on 15 April."
    office.type_in(
        Scores, who | {"competency_id": "COM-PLAN"}, evidence=evidence, evidence_date=date(2026, 4, 15)
    )
    office.type_in(Evaluations, who, status="Submitted", submitted=office.today)
    check_now(year, "submitted again")
    office.tell("The evaluation of L09 went back with a reason and came again.")


def _dispute(year: Year) -> None:
    """An employee disputes a rating on a second self-evaluation; both sides agree on another one."""
    office = year.office
    office.today = date(2026, 6, 12)
    again = split_scorecards(office.book, office.folder, office.now)
    (card,) = [path for path in again.people if "L06" in path.name]
    scorecards.answer(card, "COM-COMM", Response="Dispute", Response_comment="I presented twice in March.")
    merge_cards(year, "dispute", [card])
    check_now(year, "disputed")
    office.today = date(2026, 6, 15)
    office.type_in(
        Scores,
        {"cycle": FIRST, "employee_id": "L06", "competency_id": "COM-COMM"},
        agreed_rating=2,
        resolution="The two talks were not known; agreed on Developing.",
        resolved_by="L12",
        resolved_on=office.today,
    )
    check_now(year, "resolved")
    office.tell("L06 disputed COM-COMM 1; it was settled at 2.")


def _approve(year: Year) -> None:
    """Everybody is approved by somebody else, but for one slip, which stops that release."""
    office = year.office
    office.today = date(2026, 6, 15)
    office.type_in(Evaluations, {"cycle": FIRST, "employee_id": "L04"}, approver="L02")
    everyone = [who for who in PEOPLE if who != WITHOUT_LADDER]
    _enter_status(office, FIRST, everyone, status="Approved", approved=office.today)
    check_now(year, "approved")
    office.today = date(2026, 6, 16)
    release_approved(year, "first", FIRST)
    office.type_in(Evaluations, {"cycle": FIRST, "employee_id": "L04"}, approver="L12", approved=office.today)
    release_approved(year, "corrected", FIRST)
    check_now(year, "released")
    office.tell("11 evaluations are approved by somebody else and released; one slip was held.")


def _first_pack(year: Year) -> None:
    """The pack of everyone, to managers through a folder each, to employees by mail; each once."""
    office = year.office
    rows = [
        {"conversation_id": f"V{100 + place}"} | row for place, row in enumerate(talks.planned_rows(FIRST), 1)
    ]
    office.add(Conversations, rows)
    check_now(year, "planned")
    office.today = date(2026, 6, 17)
    make_documents(year, "first pack")
    send_to_managers(year, "to managers", FOR_MANAGERS)
    send_by_mail(year, "to employees", FOR_EMPLOYEES)
    send_to_managers(year, "to managers again", FOR_MANAGERS)
    send_by_mail(year, "to employees again", FOR_EMPLOYEES)
    make_documents(year, "first pack again", employees=("L02",))
    office.tell(
        f"{sum(it.is_made for it in year.made['first pack'])} documents are made and sent, each once."
    )
    office.today = date(2026, 6, 19)
    forms = {"Employee preparation": talks.PREPARATION, "Page for HR": talks.PAGE_FOR_HR}
    collect_filled(year, "preparation", forms)


def _first_conversations(year: Year) -> None:
    """Eleven conversations; what was agreed is typed in on the same day, or comes back in the filled summary."""
    office = year.office
    office.today = talks.HELD_FIRST
    typed = [who for who in talks.CHOSEN[FIRST] if who != talks.BY_FORM]
    held = [({"employee_id": who, "cycle": FIRST}, talks.held_cells(who, FIRST)) for who in typed]
    office.type_in_all(Conversations, held)
    make_documents(year, "blank summary", "conversation-summary", employees=(talks.BY_FORM,))
    collect_filled(year, "summary", {"Conversation summary": talks.SUMMARY})
    check_now(year, "held")
    _agree_on_actions(year, typed)
    office.today = date(2026, 6, 23)
    year.reminders["48 hours"] = remind(office.book, office.folder, office.now)
    make_documents(year, "summaries", *SUMMED_UP)
    office.type_in(ActionItems, {"action": talks.SLIP}, action=talks.ACTIONS["L04", "COM-GROW"][0])
    make_documents(year, "summaries mended", *SUMMED_UP, employees=("L04",))
    send_by_mail(year, "summaries", ("conversation-summary",), role="employee")
    sent = {"summary_sent": office.today, "summary_version": 1, "acknowledged": office.today}
    office.type_in_all(
        Conversations, [({"employee_id": who, "cycle": FIRST}, sent) for who in talks.CHOSEN[FIRST]]
    )
    check_now(year, "agreed")
    office.tell(
        f"{len(talks.CHOSEN[FIRST])} conversations are held and summed up, one of them by filled forms."
    )


def _agree_on_actions(year: Year, typed: list[str]) -> None:
    """The actions; one names a colleague in its text, which holds the documents until it is put otherwise."""
    office = year.office
    numbers = {row["employee_id"]: row["conversation_id"] for row in office.rows(Conversations)}
    actions = [row for who in typed for row in talks.action_rows(who, numbers[who])]
    rows = [{"action_id": f"A{place}"} | row for place, row in enumerate(actions, 201)]
    for row in rows:
        if row["employee_id"] == "L04":
            row["action"] = talks.SLIP
    office.add(ActionItems, rows)
    kept = ("start", "target_level", "support", "evidence_of_done", "status")
    completed = [
        (
            {"employee_id": talks.BY_FORM, "competency_id": row["competency_id"]},
            {name: row[name] for name in kept},
        )
        for row in talks.action_rows(talks.BY_FORM, "")
    ]
    office.type_in_all(ActionItems, completed)
    criteria = [
        {"criterion_id": f"R{place}", "employee_id": "L05", "conversation_id": numbers["L05"], "target_level": "E3",
         "condition": condition, "evidence_wanted": wanted, "by": date(2026, 8, 31), "employee_agrees": True,
         "manager_agrees": True}
        for place, (condition, wanted, _) in enumerate(talks.CRITERIA, 1)
    ]  # fmt: skip
    office.add(ReadinessCriteria, criteria)


def _summer(year: Year) -> None:
    """The second cycle opens; at the check-ins actions are done, go on, or are forgotten and dropped."""
    office = year.office
    office.today = date(2026, 7, 1)
    office.type_in(Cycles, {"cycle": FIRST}, status="Closed")
    office.add(Cycles, [_cycle(SECOND, date(2026, 7, 1), date(2026, 11, 30), date(2026, 12, 8))])
    office.add(Evaluations, evaluation_rows(SECOND))
    check_now(year, "second opens")
    office.today = talks.CHECK_IN
    year.reminders["check-ins"] = remind(office.book, office.folder, office.now)
    make_documents(year, "check-ins", "check-in")
    send_to_managers(year, "check-ins", ("check-in",))
    collect_filled(year, "check-in", {"Check-in": talks.CHECKED_IN})
    found = [
        ({"employee_id": who, "competency_id": what}, {"status": status, "done_on": day})
        for (who, what), (_, status, day) in talks.ACTIONS.items()
        if who != talks.BY_FORM
    ]
    office.type_in_all(ActionItems, found)
    check_now(year, "checked in")
    _promote(year)
    office.today = date(2026, 9, 14)
    year.reminders["overdue"] = remind(office.book, office.folder, office.now, dry_run=True)
    office.type_in(ActionItems, {"employee_id": "L09"}, status="Dropped")
    office.tell("At the check-ins 8 actions are done; one is overdue in September and dropped.")


def _promote(year: Year) -> None:
    """L05 has met what was agreed: a case is made, and from September the new level counts."""
    office = year.office
    office.today = date(2026, 8, 24)
    for place, (_, wanted, day) in enumerate(talks.CRITERIA, 1):
        met = {"met_on": day, "evidence_seen": wanted, "confirmed_by": "L02"}
        office.type_in(ReadinessCriteria, {"criterion_id": f"R{place}"}, **met)
    make_documents(year, "case", "promotion-case", employees=("L05",), cycle=FIRST)
    office.today = date(2026, 9, 1)
    office.type_in(People, {"employee_id": "L05"}, level_code="E3", level_since=office.today, target_1=None)
    office.type_in(Evaluations, {"employee_id": "L05", "cycle": SECOND}, level_code="E3", targets="E4; M3")
    check_now(year, "promoted")
    office.tell("L05 is promoted to E3, with a case; both tracks are open next.")


def _second_evaluation(year: Year) -> None:
    office = year.office
    office.today = date(2026, 12, 1)
    given_out = split_scorecards(office.book, office.folder, office.now)
    office.today = date(2026, 12, 7)
    _fill(given_out, SECOND, date(2026, 9, 10))
    old = sorted((office.folder / "scorecards" / FIRST / "managers").glob("*L02*"))
    merge_cards(year, "second", [*given_out.managers, *given_out.people, *old])
    office.today = date(2026, 12, 8)
    _submit(office, SECOND, [who for who in PEOPLE if who != WITHOUT_LADDER])
    check_now(year, "second submitted")
    _change_framework(year)
    office.today = date(2026, 12, 10)
    office.type_in(
        Evaluations,
        {"cycle": SECOND, "employee_id": "L12"},
        status="Returned",
        return_reason="COM-FEED has no example.",
    )
    through = [who for who in PEOPLE if who not in (WITHOUT_LADDER, "L12", "L03")]
    _enter_status(office, SECOND, through, status="Approved", approved=office.today)
    office.today = date(2026, 12, 11)
    release_approved(year, "second", SECOND)
    check_now(year, "second released")
    office.tell("9 of 12 evaluations are released; one waits, one went back, one has no ladder.")


def _change_framework(year: Year) -> None:
    """A level asks for more in the middle of the cycle: shown first, accepted then."""
    office = year.office
    office.today = date(2026, 12, 9)
    office.type_in(Expectations, {"level_code": "E3", "competency_id": "ENG-TEST"}, required=4, critical=True)
    check_now(year, "framework edited")
    compared = compare_framework(office.book.read(), office.today)
    year.said["framework"] = (comparison_sentence(compared), compared.impacts)
    accept_framework(year, "second")
    check_now(year, "framework accepted")
    office.tell(f"The framework changes: {comparison_sentence(compared)}")


def _second_conversations(year: Year) -> None:
    office = year.office
    office.today = talks.HELD_SECOND
    rows = [
        {"conversation_id": f"V{150 + place}"} | row | talks.held_cells(row["employee_id"], SECOND)
        for place, row in enumerate(talks.planned_rows(SECOND), 1)
    ]
    office.add(Conversations, rows)
    office.add(ActionItems, talks.second_action_rows())
    office.today = date(2026, 12, 15)
    check_now(year, "end of the year")
    make_documents(year, "second pack")
    send_to_managers(year, "to managers in December", FOR_MANAGERS)
    send_by_mail(year, "to employees in December", FOR_EMPLOYEES)
    made = sum(it.is_made for it in year.made["second pack"])
    office.tell(f"10 conversations are held; {made} documents are made.")


def _fill(given_out: SplitOutcome, cycle: str, seen_on: date) -> None:
    for path in given_out.managers:
        scorecards.fill_as_manager(path, cycle, seen_on)
    for path in given_out.people:
        scorecards.fill_as_employee(path, cycle)


def _submit(office: Office, cycle: str, people: list[str]) -> None:
    _enter_status(
        office, cycle, people, status="Submitted", submitted=office.today, self_submitted=office.today
    )


def _enter_status(office: Office, cycle: str, people: list[str], **cells: Any) -> None:
    office.type_in_all(Evaluations, [({"cycle": cycle, "employee_id": who}, cells) for who in people])


def _cycle(name: str, start: date, end: date, due: date) -> dict[str, Any]:
    return {
        "cycle": name,
        "start": start,
        "end": end,
        "scores_due": due,
        "framework_version": "1",
        "status": "Open",
    }
