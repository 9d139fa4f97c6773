"""Which documents a run makes: of which kinds, about whom, and where they go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..analysis.results import Results
from ..documents.content.cycle import cycle_facts
from ..documents.kind import Kind
from ..documents.kinds import KINDS
from ..documents.naming import PLAIN, DocumentPaths
from ..documents.recipients import addresses_of
from ..model.errors import NotFound, UsageError
from ..model.findings import Finding
from ..tables.persons import directory_of
from ..vocabulary.people import People
from .assess import Assessment, names_of

EVERY_KIND = "all"
UNCHANGED = "Unchanged"
LISTED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the user asked for: people and managers by id, e-mail or name, everyone where there is none.

    `kinds` are keys, `all` for every kind, the gap report where there is none.
    """

    employees: Sequence[str] = ()
    managers: Sequence[str] = ()
    cycle: str = ""
    kinds: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """One document: `file` is its path relative to the workbook's folder.

    `employee_id` is whom it is about, `kind` the title of its kind, `digest` the SHA-256 of what was made. `error` says
    why it was not made, or what is missing in it.
    """

    employee_id: str
    kind: str
    kind_key: str
    file: str
    state: str
    recipient: str
    error: str = ""
    digest: str = ""

    @property
    def is_made(self) -> bool:
        """Whether there is a new document."""
        return self.state in ("Made", "Draft made")

    @property
    def is_unchanged(self) -> bool:
        """Whether it lies there already as it would come out."""
        return self.state == UNCHANGED


@dataclass(frozen=True, slots=True)
class Plan:
    """Every document asked for, planned or held; `results` without the people whose documents are held.

    `notes` are sentences on what was asked for and is not planned.
    """

    results: Results
    documents: list[Made]
    notes: list[str]


def plan_documents(assessment: Assessment, asked: Asked) -> Plan:
    """The documents that `asked` calls for, those about people first, then those about managers' teams.

    A person's errors hold their own documents. They hold no team's: there the person is left out, and the document's row
    says so; only where nobody of the team is left is it held.

    Raises:
        NotFound: there is no such kind or person.
        UsageError: several people are called that, nobody is evaluated, or there is nothing to make.
    """
    kinds = kinds_asked(asked.kinds)
    people, notes = people_asked(assessment.results, asked)
    planning = _Planning(assessment)
    about_people = [kind for kind in kinds if kind.subject != "manager"]
    documents = [
        document
        for employee in people
        for kind in about_people
        for document in planning.about_person(kind, employee)
    ]
    managers = _managers_of(assessment.results, people)
    about_teams = [kind for kind in kinds if kind.subject == "manager"]
    documents += [
        document
        for manager in managers
        for kind in about_teams
        for document in planning.about_team(kind, manager)
    ]
    nothing = _nothing_to_make(kinds, documents, len(people) == 1 and names_of(assessment.results)[people[0]])
    if not documents:
        raise UsageError(nothing)
    if asked.kinds and EVERY_KIND not in asked.kinds and nothing:
        notes = [*notes, nothing]
    return Plan(_without(assessment.results, assessment.held), documents, notes)


def kinds_asked(keys: Sequence[str]) -> list[Kind]:
    """The kinds with these keys, in the order of the pack; every kind for `all`, the gap report for none.

    Raises:
        NotFound: there is no such kind.
    """
    known = {kind.key: kind for kind in KINDS}
    unknown = next((key for key in keys if key not in known and key != EVERY_KIND), None)
    if unknown is not None:
        raise NotFound("kind of document", unknown, [*known, EVERY_KIND])
    wanted = known if EVERY_KIND in keys else keys or (PLAIN,)
    return [kind for kind in KINDS if kind.key in wanted]


def people_asked(results: Results, asked: Asked) -> tuple[list[str], list[str]]:
    """The employee ids meant, in the order of the sheet People, and a sentence on whoever is not evaluated.

    Raises:
        NotFound: nobody is called that.
        UsageError: several people are called that, or nobody who is meant is evaluated.
    """
    people = results.evaluated
    cycle = f' in the cycle "{results.cycle}"' if results.cycle else ""
    if people.empty:
        raise UsageError(f"Nobody is evaluated{cycle}. Fill in the sheets Evaluations and Scores first.")
    managers = _look_up(results, asked.managers)
    employees = _look_up(results, asked.employees)
    if managers:
        people = people[people["manager"].isin(managers.values())]
    if employees:
        people = people[people.index.isin(employees.values())]
    if people.empty:
        wanted = " and ".join(_quoted(texts) for texts in (asked.employees, asked.managers) if texts)
        raise UsageError(f"Nobody who is evaluated{cycle} fits {wanted}.")
    missing = [text for text, employee in employees.items() if employee not in people.index]
    missing += [text for text, manager in managers.items() if not people["manager"].eq(manager).any()]
    note = f"Nothing was made for {_quoted(missing)}: nobody who is evaluated{cycle} fits." if missing else ""
    return list(people.index), [note] if note else []


class _Planning:
    """Documents planned one after the other, each with a place of its own."""

    def __init__(self, assessment: Assessment) -> None:
        self._results, self._held = assessment.results, assessment.held
        self._facts = cycle_facts(assessment.results)
        self._paths = DocumentPaths(assessment.results)
        self._with_targets = frozenset(assessment.results.gaps["employee_id"])
        self._teams = assessment.results.evaluated.groupby("manager", sort=False).groups

    def about_person(self, kind: Kind, employee: str) -> list[Made]:
        """The document of `kind` about `employee`, or about the pair they are in; none if there is nothing to say."""
        if not kind.fits(self._results, employee):
            return []
        reason = told(self._held.get(employee, []))
        if not reason and kind.needs_target and employee not in self._with_targets:
            reason = "No target level with expectations: give the person a level and targets, and the level expectations."
        return [self._planned(kind, employee, reason)]

    def about_team(self, kind: Kind, manager: str) -> list[Made]:
        """The document of `kind` about the team of `manager`; none if there is nothing to say."""
        if not kind.fits(self._results, manager):
            return []
        team = list(self._teams.get(manager, []))
        held = [employee for employee in team if employee in self._held]
        if held and len(held) == len(team):
            return [self._planned(kind, manager, f"Nobody is left of the team. {told(self._held[held[0]])}")]
        planned = self._planned(kind, manager, "")
        return [replace(planned, error=self._left_out(held)) if held else planned]

    def _recipient(self, kind: Kind, subject: str) -> str:
        """The address of whom the document is usually for; HR has none of its own here."""
        usual = kind.recipients[0]
        if usual == "hr":
            return "HR"
        return "; ".join(filter(None, addresses_of(kind, self._results, subject, usual).values()))

    def _left_out(self, held: Sequence[str]) -> str:
        names = ", ".join(self._facts.person_name(employee) for employee in held)
        whose = "whose rows hold errors" if len(held) == 1 else "as their rows hold errors"
        return f"Without {names}, {whose}: see the sheet To fix."

    def _planned(self, kind: Kind, subject: str, reason: str) -> Made:
        return Made(
            subject,
            kind.title,
            kind.key,
            self._paths.path_of(kind, subject).as_posix(),
            "Held" if reason else "Planned",
            self._recipient(kind, subject),
            reason,
        )


def told(errors: Sequence[Finding]) -> str:
    """The first of `errors` and how many more there are; "" for none."""
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return f"{errors[0]}{more}" if errors else ""


def _look_up(results: Results, texts: Sequence[str]) -> dict[str, str]:
    """The employee id of each of `texts`."""
    if not texts:
        return {}
    directory = directory_of(results.tables.frame(People))
    found = {}
    for text in texts:
        ids = directory.look_up(text)
        if not ids:
            raise NotFound("person", text, names_of(results).values())
        if len(ids) > 1:
            raise UsageError(
                f'{len(ids)} people are called "{text}". Give the employee ID or the e-mail address.'
            )
        found[text] = next(iter(ids))
    return found


def _managers_of(results: Results, people: Sequence[str]) -> list[str]:
    return list(results.evaluated.loc[list(people), "manager"].dropna().drop_duplicates())


def _nothing_to_make(kinds: Sequence[Kind], documents: Sequence[Made], name: str | bool) -> str:
    """A sentence on the kinds of which there is no document; "" if there is one of each."""
    planned = {document.kind_key for document in documents}
    missing = [kind.title for kind in kinds if kind.key not in planned]
    whom = f" for {name}" if name else ""
    return (
        f"There is nothing to make{whom} of: {', '.join(missing)}. What such a document is made from, for example a "
        "conversation, an action or a pair, is not in the workbook yet."
        if missing
        else ""
    )


def _without(results: Results, held: Mapping[str, object]) -> Results:
    """`results` without the numbers of the people in `held`, which cannot be trusted in a team's document either."""
    if not held:
        return results
    return replace(
        results,
        evaluated=results.evaluated[~results.evaluated.index.isin(list(held))],
        gaps=results.gaps[~results.gaps["employee_id"].isin(list(held))],
        readiness=results.readiness[~results.readiness["employee_id"].isin(list(held))],
    )


def _quoted(texts: Sequence[str]) -> str:
    more = f" and {len(texts) - LISTED} more" if len(texts) > LISTED else ""
    return ", ".join(f'"{text}"' for text in texts[:LISTED]) + more
