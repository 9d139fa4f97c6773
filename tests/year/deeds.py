"""What HR does again and again over the year, through the workflows that the commands and buttons call; what was seen is kept."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Any

from careersheets.analysis.loop import first_broken_links
from careersheets.analysis.progress import compute_progress
from careersheets.analysis.results import Results
from careersheets.delivery.mail import Mailer, MailServer, Sender
from careersheets.documents.package import parts_of
from careersheets.tables.mail_address import parse_address
from careersheets.workflows.assess import assess, names_of
from careersheets.workflows.check_trail import note_check
from careersheets.workflows.collect import collect_forms, enter_forms, form_files
from careersheets.workflows.framework_accept import enter_acceptance, note_acceptance, plan_acceptance
from careersheets.workflows.remind import RemindOutcome
from careersheets.workflows.report import report
from careersheets.workflows.report_plan import Asked, Made
from careersheets.workflows.report_trail import Trail
from careersheets.workflows.scorecards_merge import compare_scorecards, enter
from careersheets.workflows.send import Carrier, Outcome, send
from careersheets.workflows.send_mail import MailCarrier, mail_letter
from careersheets.workflows.send_plan import MAIL, Rules, Wanted, plan_sending
from careersheets.workflows.send_record import note_sent
from tests.documents.filling import filled
from tests.support.smtp_server import SmtpServer

from . import talks
from .office import Office

DOMAIN = "lanternfield.example"
# What opens a way for documents to leave, and says what sending is held to.
Way = Callable[[Results], AbstractContextManager[tuple[Rules, Carrier]]]
# The stages at which it is asked how far everybody's loop has come.
ASKED_FOR_THE_LOOP = ("set up", "submitted", "released", "agreed", "end of the year")
# The stages at which the sheets Gaps and Readiness are looked at as well.
LOOKED_AT = ("released", "second submitted", "framework edited", "framework accepted", "end of the year")


@dataclass
class Year:
    """What was seen at each stage, by its name."""

    office: Office
    findings: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    readiness: dict[str, list[list[Any]]] = field(default_factory=dict)
    gaps: dict[str, list[list[Any]]] = field(default_factory=dict)
    links: dict[str, dict[str, str]] = field(default_factory=dict)
    progress: dict[str, dict[Any, Any]] = field(default_factory=dict)
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
    own: Any = None


def check_now(year: Year, stage: str) -> None:
    """As HR does it."""
    office = year.office
    year.findings[stage], results = office.check()
    if stage in LOOKED_AT:
        year.readiness[stage], year.gaps[stage] = office.cells("Readiness", "Gaps")
    if stage in ASKED_FOR_THE_LOOP:
        results = results or assess(office.book, office.today).results
        year.progress[stage] = compute_progress(results).to_dict("index")
        year.links[stage] = dict(first_broken_links(results))


def merge_cards(year: Year, stage: str, files: list[Path]) -> None:
    office = year.office
    merging = compare_scorecards(office.book, office.folder / "scorecards", files)
    found = [(f"{finding.sheet} {finding.cell}".strip(), finding.rule.code) for finding in merging.findings]
    year.merges[stage] = (len(merging.diff.changes), len(merging.diff.additions), found)
    enter(office.book, merging)
    office.tell(f"{len(files)} scorecards came back: {len(merging.diff)} lines entered.")


def release_approved(year: Year, stage: str, cycle: str) -> None:
    year.releases[stage] = year.office.release(cycle)


def accept_framework(year: Year, stage: str) -> None:
    office = year.office
    with office.at_work("framework accept") as (ledger, run):
        acceptance = plan_acceptance(office.book, office.today)
        enter_acceptance(office.book, acceptance)
        note_acceptance(acceptance, ledger, run)
    year.said[f"accepted {stage}"] = (acceptance.version, acceptance.cycles)


def make_documents(year: Year, stage: str, *kinds: str, **asked: Any) -> None:
    office = year.office
    with office.at_work("report") as (ledger, run):
        trail = Trail(ledger, run, office.folder)
        outcome = report(
            office.book, office.folder, office.now, Asked(kinds=kinds or ("all",), **asked), trail=trail
        )
        note_check(outcome.assessment, ledger, run)
    year.made[stage] = outcome.made


def send_to_managers(year: Year, stage: str, kinds: tuple[str, ...], role: str = "") -> None:
    """By a folder for each."""
    _send(year, stage, Wanted(kinds=kinds, role=role), year.office.outbox)


def send_by_mail(year: Year, stage: str, kinds: tuple[str, ...], role: str = "") -> None:
    office = year.office

    @contextmanager
    def mail(results: Results) -> Iterator[tuple[Rules, Carrier]]:
        sender = Sender(parse_address(f"people@{DOMAIN}"), "People of Lanternfield")
        with year.server.running() as port, Mailer(MailServer("127.0.0.1", port, "none"), sender) as mailer:
            letter, names, now = mail_letter(office.folder), names_of(results), office.now.replace(tzinfo=UTC)
            carrier = MailCarrier(mailer, letter, office.folder, names, results.settings, now)
            yield Rules(channel=MAIL, domains=(DOMAIN,)), carrier

    _send(year, stage, Wanted(kinds=kinds, role=role), mail)


def _send(year: Year, stage: str, wanted: Wanted, way: Way) -> None:
    """As the command does it: planned, shown, sent, noted in the workbook."""
    office = year.office
    results = assess(office.book, office.today).results
    with way(results) as (rules, carrier), office.at_work("send") as (ledger, run):
        plan = plan_sending(results, office.folder, ledger, run, wanted, rules)
        outcomes = send(plan.items, carrier, ledger, run, results, office.folder, rules)
        note_sent(office.book, ledger, plan.items, outcomes, office.now)
    year.outcomes[stage] = outcomes
    year.stayed[stage] = [(it.document.key.person, it.document.key.kind, it.reason) for it in plan.left]


def collect_filled(year: Year, stage: str, forms: Mapping[str, Mapping[str, str]]) -> None:
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
