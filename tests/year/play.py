"""The year, day by day: what HR, managers and employees do, through the verbs that the commands and buttons call."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date
from pathlib import Path
from typing import Any

from careersheets.analysis.loop import first_broken_links
from careersheets.delivery.mail import Mailer, MailServer, Sender
from careersheets.delivery.mail_address import parse_address
from careersheets.documents.package import parts_of
from careersheets.vocabulary.confidential import HighPotential, Mentoring, MentorPairs
from careersheets.vocabulary.conversations import Answers, Cadences, Conversations, ReadinessCriteria
from careersheets.vocabulary.evaluation import Evaluations, Observations, PeerInput, Scores
from careersheets.vocabulary.framework import Expectations, Levels
from careersheets.vocabulary.people import People
from careersheets.vocabulary.plans import ActionItems
from careersheets.vocabulary.settings import Cycles, Settings
from careersheets.workflows.assess import assess, names_of
from careersheets.workflows.check import check
from careersheets.workflows.check_trail import note_check
from careersheets.workflows.collect import collect_forms, enter_forms, form_files
from careersheets.workflows.framework_accept import enter_acceptance, note_acceptance, plan_acceptance
from careersheets.workflows.framework_compare import compare_framework, comparison_sentence
from careersheets.workflows.release import enter_release, plan_release
from careersheets.workflows.remind import RemindOutcome, remind
from careersheets.workflows.report import report
from careersheets.workflows.report_plan import Asked, Made
from careersheets.workflows.report_trail import Trail
from careersheets.workflows.scorecards_merge import compare_scorecards, enter
from careersheets.workflows.scorecards_split import SplitOutcome, split_scorecards
from careersheets.workflows.send import Carrier, Outbox, Outcome, send
from careersheets.workflows.send_mail import MailCarrier, mail_letter
from careersheets.workflows.send_plan import FOLDER, MAIL, Rules, Wanted, plan_sending
from careersheets.workflows.send_record import note_sent
from tests.documents.filling import filled
from tests.support.smtp_server import SmtpServer

from . import scorecards, talks
from .cast import FIRST, PEOPLE, SECOND, evaluation_rows, people_rows
from .hr_own import PARTS, add_own_sheet
from .office import Office

DOMAIN = "lanternfield.example"
# A word that stands in a place only HR may read; found anywhere else, it got out.
CANARIES = ("quokka", "axolotl", "pangolin", "narwhal")
WITHOUT_LADDER = "L11"
# The stages at which the sheets Gaps and Readiness are looked at as well.
LOOKED_AT = ("released", "second submitted", "framework edited", "framework accepted", "end of the year")
FOR_MANAGERS = ("gap-report", "manager-preparation", "team-summary", "promotion-case")
FOR_EMPLOYEES = ("employee-preparation", "page-for-hr")
SUMMED_UP = ("conversation-summary", "round-up", "development-plan")


@dataclass
class Year:
    """What was seen at each stage, by its name."""

    office: Office
    findings: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    readiness: dict[str, list[list[Any]]] = field(default_factory=dict)
    gaps: dict[str, list[list[Any]]] = field(default_factory=dict)
    links: dict[str, dict[str, str]] = field(default_factory=dict)
    made: dict[str, list[Made]] = field(default_factory=dict)
    reminders: dict[str, RemindOutcome] = field(default_factory=dict)
    outcomes: dict[str, list[Outcome]] = field(default_factory=dict)
    stayed: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    releases: dict[str, tuple[list[str], list[tuple[str, str]]]] = field(default_factory=dict)
    merges: dict[str, tuple[int, int, list[tuple[str, str]]]] = field(default_factory=dict)
    collected: dict[str, list[tuple[int, list[int], list[str]]]] = field(default_factory=dict)
    said: dict[str, Any] = field(default_factory=dict)
    server: SmtpServer = field(default_factory=SmtpServer)
    sheets: dict[Any, Any] = field(default_factory=dict)
    own_parts: dict[str, bytes] = field(default_factory=dict)


def play(folder: Path) -> Year:
    """The whole year in `folder`, from the first Monday of January 2026 to the first week of the next."""
    year = Year(Office(folder / "hr", folder / "ledgers"))
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
    office.folder.mkdir()
    made = office.command("new", str(office.folder), "--framework", "engineering,people")
    year.said["new"] = made
    add_own_sheet(office.path)
    year.own_parts = office.parts(*PARTS)
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
    _accept_framework(year, "first")
    _check(year, "set up")
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
    _merge(year, "first", [*given_out.managers, *given_out.people])
    office.today = date(2026, 6, 9)
    _submit(office, FIRST, [who for who in PEOPLE if who != WITHOUT_LADDER])
    _check(year, "submitted")
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
    _check(year, "returned")
    year.reminders["returned"] = remind(office.book, office.folder, office.now, dry_run=True)
    office.today = date(2026, 6, 11)
    evidence = "Two plans of the spring had no dates; talked through on 15 April."
    office.type_in(
        Scores, who | {"competency_id": "COM-PLAN"}, evidence=evidence, evidence_date=date(2026, 4, 15)
    )
    office.type_in(Evaluations, who, status="Submitted", submitted=office.today)
    _check(year, "submitted again")
    office.tell("The evaluation of L09 went back with a reason and came again.")


def _dispute(year: Year) -> None:
    """An employee disputes a rating on a second self-evaluation; both sides agree on another one."""
    office = year.office
    office.today = date(2026, 6, 12)
    again = split_scorecards(office.book, office.folder, office.now)
    (card,) = [path for path in again.people if "L06" in path.name]
    scorecards.answer(card, "COM-COMM", Response="Dispute", Response_comment="I presented twice in March.")
    _merge(year, "dispute", [card])
    _check(year, "disputed")
    office.today = date(2026, 6, 15)
    office.type_in(
        Scores,
        {"cycle": FIRST, "employee_id": "L06", "competency_id": "COM-COMM"},
        agreed_rating=2,
        resolution="The two talks were not known; agreed on Developing.",
        resolved_by="L12",
        resolved_on=office.today,
    )
    _check(year, "resolved")
    office.tell("L06 disputed COM-COMM 1; it was settled at 2.")


def _approve(year: Year) -> None:
    """Everybody is approved by somebody else, but for one slip, which stops that release."""
    office = year.office
    office.today = date(2026, 6, 15)
    office.type_in(Evaluations, {"cycle": FIRST, "employee_id": "L04"}, approver="L02")
    everyone = [who for who in PEOPLE if who != WITHOUT_LADDER]
    _enter_status(office, FIRST, everyone, status="Approved", approved=office.today)
    _check(year, "approved")
    office.today = date(2026, 6, 16)
    _release(year, "first", FIRST)
    office.type_in(Evaluations, {"cycle": FIRST, "employee_id": "L04"}, approver="L12", approved=office.today)
    _release(year, "corrected", FIRST)
    _check(year, "released")
    office.tell("11 evaluations are approved by somebody else and released; one slip was held.")


def _first_pack(year: Year) -> None:
    """The pack of everyone, to managers through a folder each, to employees by mail; each once."""
    office = year.office
    rows = [
        {"conversation_id": f"V{100 + place}"} | row for place, row in enumerate(talks.planned_rows(FIRST), 1)
    ]
    office.add(Conversations, rows)
    _check(year, "planned")
    office.today = date(2026, 6, 17)
    _report(year, "first pack")
    _send_to_folders(year, "to managers", FOR_MANAGERS)
    _send_by_mail(year, "to employees", FOR_EMPLOYEES)
    _send_to_folders(year, "to managers again", FOR_MANAGERS)
    _send_by_mail(year, "to employees again", FOR_EMPLOYEES)
    _report(year, "first pack again", employees=("L02",))
    office.tell(
        f"{sum(it.is_made for it in year.made['first pack'])} documents are made and sent, each once."
    )
    office.today = date(2026, 6, 19)
    forms = {"Employee preparation": talks.PREPARATION, "Page for HR": talks.PAGE_FOR_HR}
    _collect(year, "preparation", forms)


def _first_conversations(year: Year) -> None:
    """Eleven conversations; what was agreed is typed in on the same day, or comes back in the filled summary."""
    office = year.office
    office.today = talks.HELD_FIRST
    typed = [who for who in talks.CHOSEN[FIRST] if who != talks.BY_FORM]
    held = [({"employee_id": who, "cycle": FIRST}, talks.held_cells(who, FIRST)) for who in typed]
    office.type_in_all(Conversations, held)
    _report(year, "blank summary", "conversation-summary", employees=(talks.BY_FORM,))
    _collect(year, "summary", {"Conversation summary": talks.SUMMARY})
    _check(year, "held")
    _agree_on_actions(year, typed)
    office.today = date(2026, 6, 23)
    year.reminders["48 hours"] = remind(office.book, office.folder, office.now)
    _report(year, "summaries", *SUMMED_UP)
    office.type_in(ActionItems, {"action": talks.SLIP}, action=talks.ACTIONS["L04", "COM-GROW"][0])
    _report(year, "summaries mended", *SUMMED_UP, employees=("L04",))
    _send_by_mail(year, "summaries", ("conversation-summary",), role="employee")
    sent = {"summary_sent": office.today, "summary_version": 1, "acknowledged": office.today}
    office.type_in_all(
        Conversations, [({"employee_id": who, "cycle": FIRST}, sent) for who in talks.CHOSEN[FIRST]]
    )
    _check(year, "agreed")
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
    _check(year, "second opens")
    office.today = talks.CHECK_IN
    year.reminders["check-ins"] = remind(office.book, office.folder, office.now)
    _report(year, "check-ins", "check-in")
    _send_to_folders(year, "check-ins", ("check-in",))
    _collect(year, "check-in", {"Check-in": talks.CHECKED_IN})
    found = [
        ({"employee_id": who, "competency_id": what}, {"status": status, "done_on": day})
        for (who, what), (_, status, day) in talks.ACTIONS.items()
        if who != talks.BY_FORM
    ]
    office.type_in_all(ActionItems, found)
    _check(year, "checked in")
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
    _report(year, "case", "promotion-case", employees=("L05",), cycle=FIRST)
    office.today = date(2026, 9, 1)
    office.type_in(People, {"employee_id": "L05"}, level_code="E3", level_since=office.today, target_1=None)
    office.type_in(Evaluations, {"employee_id": "L05", "cycle": SECOND}, level_code="E3", targets="E4; M3")
    _check(year, "promoted")
    office.tell("L05 is promoted to E3, with a case; both tracks are open next.")


def _second_evaluation(year: Year) -> None:
    office = year.office
    office.today = date(2026, 12, 1)
    given_out = split_scorecards(office.book, office.folder, office.now)
    office.today = date(2026, 12, 7)
    _fill(given_out, SECOND, date(2026, 9, 10))
    old = sorted((office.folder / "scorecards" / FIRST / "managers").glob("*L02*"))
    _merge(year, "second", [*given_out.managers, *given_out.people, *old])
    office.today = date(2026, 12, 8)
    _submit(office, SECOND, [who for who in PEOPLE if who != WITHOUT_LADDER])
    _check(year, "second submitted")
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
    _release(year, "second", SECOND)
    _check(year, "second released")
    office.tell("9 of 12 evaluations are released; one waits, one went back, one has no ladder.")


def _change_framework(year: Year) -> None:
    """A level asks for more in the middle of the cycle: shown first, accepted then."""
    office = year.office
    office.today = date(2026, 12, 9)
    office.type_in(Expectations, {"level_code": "E3", "competency_id": "ENG-TEST"}, required=4, critical=True)
    _check(year, "framework edited")
    compared = compare_framework(office.book.read(), office.today)
    year.said["framework"] = (comparison_sentence(compared), compared.impacts)
    _accept_framework(year, "second")
    _check(year, "framework accepted")
    office.tell(f"The framework changes: {comparison_sentence(compared)}")


def _accept_framework(year: Year, stage: str) -> None:
    office = year.office
    with office.at_work("framework accept") as (ledger, run):
        acceptance = plan_acceptance(office.book, office.today)
        enter_acceptance(office.book, acceptance)
        note_acceptance(acceptance, ledger, run)
    year.said[f"accepted {stage}"] = (acceptance.version, acceptance.cycles)


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
    _check(year, "end of the year")
    _report(year, "second pack")
    _send_to_folders(year, "to managers in December", FOR_MANAGERS)
    _send_by_mail(year, "to employees in December", FOR_EMPLOYEES)
    made = sum(it.is_made for it in year.made["second pack"])
    office.tell(f"10 conversations are held; {made} documents are made.")


def _collect(year: Year, stage: str, forms: Mapping[str, Mapping[str, str]]) -> None:
    """The forms of one person as they come back filled in, by kind; once more right after, to no effect."""
    office = year.office
    folder = office.folder / "returned" / stage
    folder.mkdir(parents=True)
    for kind, answers in forms.items():
        (blank,) = list((office.folder / "documents").rglob(f"{kind} *{talks.BY_FORM}.docx"))
        parts = filled(parts_of(blank.name, blank.read_bytes()), answers)
        with zipfile.ZipFile(folder / blank.name, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
    entered = []
    for _ in range(2):
        with office.at_work("collect") as (ledger, run):
            collecting = collect_forms(office.book, ledger, form_files([folder]), office.now)
            found = [finding.rule.code for finding in collecting.findings]
            entered.append((len(collecting.lines), sorted(collecting.unasked), found))
            if collecting.unasked:
                enter_forms(office.book, ledger, run, collecting, collecting.unasked)
    year.collected[stage] = entered
    office.tell(f"Filled forms are collected ({', '.join(forms)}): {entered[0][0]} lines.")


def _send_to_folders(year: Year, stage: str, kinds: tuple[str, ...], role: str = "") -> None:
    office = year.office
    names = names_of(assess(office.book, office.today).results)
    _send(
        year,
        stage,
        Wanted(kinds=kinds, role=role),
        Rules(channel=FOLDER),
        Outbox(office.folder / "outbox", office.folder, names),
    )


def _send_by_mail(year: Year, stage: str, kinds: tuple[str, ...], role: str = "") -> None:
    office = year.office
    results = assess(office.book, office.today).results
    with (
        year.server.running() as port,
        Mailer(
            MailServer("127.0.0.1", port, "none"),
            Sender(parse_address(f"people@{DOMAIN}"), "People of Lanternfield"),
        ) as mailer,
    ):
        letter, names = mail_letter(office.folder), names_of(results)
        carrier = MailCarrier(
            mailer, letter, office.folder, names, results.settings, office.now.replace(tzinfo=UTC)
        )
        _send(year, stage, Wanted(kinds=kinds, role=role), Rules(channel=MAIL, domains=(DOMAIN,)), carrier)


def _send(year: Year, stage: str, wanted: Wanted, rules: Rules, carrier: Carrier) -> None:
    """As the command does it: planned, shown, sent, noted in the workbook."""
    office = year.office
    with office.at_work("send") as (ledger, run):
        results = assess(office.book, office.today).results
        plan = plan_sending(results, office.folder, ledger, run, wanted, rules)
        outcomes = send(plan.items, carrier, ledger, run, results, office.folder, rules)
        note_sent(office.book, ledger, plan.items, outcomes, office.now)
    year.outcomes[stage] = outcomes
    year.stayed[stage] = [(it.document.key.person, it.document.key.kind, it.reason) for it in plan.left]


def _fill(given_out: SplitOutcome, cycle: str, seen_on: date) -> None:
    for path in given_out.managers:
        scorecards.fill_as_manager(path, cycle, seen_on)
    for path in given_out.people:
        scorecards.fill_as_employee(path, cycle)


def _merge(year: Year, stage: str, files: list[Path]) -> None:
    office = year.office
    merging = compare_scorecards(office.book, office.folder / "scorecards", files)
    found = [(f"{finding.sheet} {finding.cell}".strip(), finding.rule.code) for finding in merging.findings]
    year.merges[stage] = (len(merging.diff.changes), len(merging.diff.additions), found)
    enter(office.book, merging)
    office.tell(f"{len(files)} scorecards came back: {len(merging.diff)} lines entered.")


def _submit(office: Office, cycle: str, people: list[str]) -> None:
    _enter_status(
        office, cycle, people, status="Submitted", submitted=office.today, self_submitted=office.today
    )


def _enter_status(office: Office, cycle: str, people: list[str], **cells: Any) -> None:
    office.type_in_all(Evaluations, [({"cycle": cycle, "employee_id": who}, cells) for who in people])


def _check(year: Year, stage: str) -> None:
    """As the command does it, with the ledger."""
    office = year.office
    with office.at_work("check") as (ledger, run):
        outcome = check(office.book, office.now)
        note_check(outcome.assessment, ledger, run)
    year.findings[stage] = [(it.place, it.rule.code) for it in outcome.assessment.findings]
    if stage in LOOKED_AT:
        year.readiness[stage], year.gaps[stage] = office.cells("Readiness", "Gaps")
    year.links[stage] = dict(first_broken_links(outcome.assessment.results))


def _release(year: Year, stage: str, cycle: str) -> None:
    office = year.office
    with office.at_work("release") as (ledger, run):
        releasing = plan_release(office.book, ledger, run, office.today, cycle=cycle)
        found = [(it.place, it.rule.code) for it in releasing.findings]
        year.releases[stage] = (releasing.people, found)
        enter_release(office.book, ledger, run, releasing, office.today)


def _report(year: Year, stage: str, *kinds: str, **asked: Any) -> None:
    office = year.office
    with office.at_work("report") as (ledger, run):
        trail = Trail(ledger, run, office.folder)
        outcome = report(
            office.book, office.folder, office.now, Asked(kinds=kinds or ("all",), **asked), trail=trail
        )
        note_check(outcome.assessment, ledger, run)
    year.made[stage] = outcome.made


def _cycle(name: str, start: date, end: date, due: date) -> dict[str, Any]:
    return {
        "cycle": name,
        "start": start,
        "end": end,
        "scores_due": due,
        "framework_version": "1",
        "status": "Open",
    }
