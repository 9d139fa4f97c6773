"""What a form says anew: each answer held against what the form was made with and against the workbook as it is.

Source: REQUIREMENTS C9.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..documents.content.conversation_in_hand import version_of
from ..documents.content.cycle import CycleFacts
from ..documents.content.form_frame import TALK
from ..documents.content.wording import shortened, text
from ..documents.form_fields import as_answered, given_mark
from ..documents.questions import Questions
from ..model.findings import Finding, Rule
from ..vocabulary.column import Kind
from ..vocabulary.conversations import Answers, Conversations
from ..vocabulary.evaluation import Scores
from ..vocabulary.sheet import SheetModel, sheet_of
from .collect_forms import Returned
from .collect_places import (
    GROUPS,
    SHOWN_AGAIN,
    Place,
    objective_of,
    place_of,
    row_of,
    said_by,
    shown,
    shown_part,
    visible_to,
)
from .collect_rules import (
    CHANGED_SINCE,
    EMPTIED,
    NOTHING_FILLED_IN,
    OLDER_DATA,
    OLDER_VERSION,
    OTHER_CONVERSATION,
    ROW_GONE,
)

MOST_SHOWN = 60
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Wish:
    """An answer that is new: `entries` are several where the column holds several.

    `row` is the row of the workbook it goes to, None where one is to be added. `open_because` says why it is not entered
    unasked, "" where it is.
    """

    returned: Returned
    label: str
    place: Place
    entries: tuple[str, ...]
    row: Any | None = None
    open_because: str = ""

    @property
    def answer(self) -> str:
        """As somebody reads it."""
        return "; ".join(self.entries)


@dataclass(slots=True)
class Compared:
    """What one form says anew; `talk` is the row of the conversation it is about."""

    returned: Returned
    talk: Any | None = None
    wishes: list[Wish] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def find(self, rule: Rule, label: str = "", **values: object) -> None:
        """Note a finding about the form, or about its field `label`."""
        it = self.returned
        self.findings.append(rule.found(it.name, label, who=it.employee_id, values=values))


def compare_form(returned: Returned, facts: CycleFacts, *, in_doubt: bool) -> Compared:
    """What a form says anew.

    Args:
        returned: the form.
        facts: of its cycle.
        in_doubt: whether nothing of it is to be entered unasked.
    """
    compared = Compared(returned)
    if TALK in returned.form.mark.rows:
        compared.talk, _ = row_of(facts, returned, TALK)
        if compared.talk is None:
            key = returned.form.mark.rows[TALK][0] or "without an ID"
            compared.find(OTHER_CONVERSATION, conversation=key)
            return compared
    for (model, group), fields in _grouped(compared).items():
        if model is Answers:
            compared.wishes += _in_words(compared, facts, fields)
        elif group in returned.form.mark.rows:
            compared.wishes += _of_row(compared, facts, group, fields)
        else:
            compared.wishes += _new_row(compared, fields)
    _note_version(compared, in_doubt=in_doubt)
    _note_age(compared, facts)
    return compared


_Fields = dict[str, Place]


def _grouped(compared: Compared) -> Mapping[tuple[type[SheetModel], str], _Fields]:
    """The places of the fields, by sheet and row."""
    returned = compared.returned
    has_talk = compared.talk is not None or returned.kind.key == "employee-preparation"
    found: defaultdict[tuple[type[SheetModel], str], _Fields] = defaultdict(dict)
    for tag in returned.form.answers:
        place = place_of(returned, tag, has_talk=has_talk)
        found[place.model, "" if place.model is Answers else place.group][tag] = place
    return found


def _is_new(returned: Returned, tag: str) -> bool:
    """Whether somebody changed what the form held; a field that is lost says nothing."""
    form = returned.form
    answer = form.answers[tag]
    lost = tag in form.doubtful and not answer
    return not lost and given_mark(answer) != form.mark.given.get(tag)


def _wish(compared: Compared, tag: str, place: Place, row: Any | None = None, why: str = "") -> Wish:
    form = compared.returned.form
    why = why or ("it has a finding" if tag in form.doubtful else "")
    answer = as_answered(form.answers[tag])
    return Wish(compared.returned, form.labels[tag], place, (answer,) if answer else (), row, why)


def _new_row(compared: Compared, fields: _Fields) -> Iterator[Wish]:
    """Everything in a row to add, if somebody wrote anything into it."""
    if any(_is_new(compared.returned, tag) for tag in fields):
        by_column: defaultdict[str, list[str]] = defaultdict(list)
        for tag, place in fields.items():
            by_column[place.column.name].append(tag)
        for tags in by_column.values():
            wish = (
                _several(compared, tags, fields)
                if fields[tags[0]].part
                else _wish(compared, tags[0], fields[tags[0]])
            )
            if wish.entries:
                yield wish


def _of_row(compared: Compared, facts: CycleFacts, group: str, fields: _Fields) -> Iterator[Wish]:
    """What is new in a row that was there when the form was made."""
    returned = compared.returned
    new = [tag for tag in fields if _is_new(returned, tag)]
    if not new:
        return
    row, same = row_of(facts, returned, group)
    if row is None and GROUPS[group.partition("_")[0]][0] is not Scores:
        for tag in new:
            sheet = sheet_of(fields[tag].model).name
            key = returned.form.mark.rows[group][0] or "which has no ID"
            compared.find(ROW_GONE, returned.form.labels[tag], row=key, sheet=sheet)
        return
    done: set[str] = set()
    for tag in new:
        column = fields[tag].column.name
        if column in done:
            continue
        done.add(column)
        parts = [each for each in fields if fields[each].column.name == column]
        yield from _of_cell(compared, facts, (row, same), {each: fields[each] for each in parts})


def _of_cell(
    compared: Compared, facts: CycleFacts, found: tuple[Any | None, bool], fields: _Fields
) -> Iterator[Wish]:
    """The answer for one cell, unless it says so already; compared three ways."""
    row, same = found
    returned, (tag, place) = compared.returned, next(iter(fields.items()))
    held = getattr(row, place.column.name, None)
    now = {each: _shown(facts, fields[each], held) for each in fields}
    answers = returned.form.answers
    if all(as_answered(answers[each]) in {as_answered(one) for one in now[each]} for each in fields):
        return
    given = returned.form.mark.given
    untouched = all(given.get(each) in {given_mark(one) for one in now[each]} for each in fields)
    if returned.kind.key == "check-in" and place.group == TALK:
        # Its fields are empty whatever the workbook holds.
        untouched = same
    wish = _several(compared, list(fields), fields) if place.part else _wish(compared, tag, place)
    why = wish.open_because
    if not untouched:
        why = "the workbook changed since"
        compared.find(
            CHANGED_SINCE,
            wish.label,
            column=place.column.header,
            theirs=_short(wish.answer),
            ours=_told(held),
        )
    elif not same and place.group != TALK:
        why = "it is about something that changed since"
    elif not wish.entries and place.column.kind is not Kind.YES_NO:
        why = "the field was emptied"
        compared.find(EMPTIED, wish.label, ours=_told(held))
    yield replace(wish, row=row, open_because=why)


def _several(compared: Compared, tags: Sequence[str], fields: _Fields) -> Wish:
    """The answer to a question with a field for each entry: boxes to tick, or ranks."""
    form = compared.returned.form
    answers = {tag: as_answered(form.answers[tag]) for tag in tags}
    ticks = fields[tags[0]].column.name == "objectives"
    entries = [
        objective_of(fields[tag].part) if ticks else answer for tag, answer in answers.items() if answer
    ]
    why = "it has a finding" if form.doubtful & set(tags) else ""
    place = fields[tags[0]]
    return Wish(compared.returned, place.column.header, place, tuple(dict.fromkeys(entries)), None, why)


def _in_words(compared: Compared, facts: CycleFacts, fields: _Fields) -> Iterator[Wish]:
    """Answers that get a row of their own on the sheet Answers, or replace what was shown again in the form."""
    returned, form = compared.returned, compared.returned.form
    for tag, place in fields.items():
        if not _is_new(returned, tag):
            continue
        row = _given_before(compared, facts, tag)
        wish = _wish(compared, tag, place, row)
        if as_answered(text(getattr(row, "answer", None))) == wish.answer:
            continue
        if returned.kind.key in SHOWN_AGAIN:
            held = text(getattr(row, "answer", None))
            if given_mark(held) != form.mark.given.get(tag):
                compared.find(
                    CHANGED_SINCE, wish.label, column=wish.label, theirs=_short(wish.answer), ours=_told(held)
                )
                wish = replace(wish, open_because="the workbook changed since")
            elif not wish.entries:
                compared.find(EMPTIED, wish.label, ours=_short(held))
                wish = replace(wish, open_because="the field was emptied")
        yield wish


def _given_before(compared: Compared, facts: CycleFacts, tag: str) -> Any | None:
    """The row of Answers that a form shows again; of forms that do not, a row that says exactly the same."""
    returned = compared.returned
    conversation = text(getattr(compared.talk, "conversation_id", None))
    wanted = (
        returned.kind.title,
        returned.form.labels[tag],
        said_by(returned, tag),
        visible_to(returned),
        conversation,
    )
    rows = [
        row
        for row in facts.rows_about(Answers, returned.employee_id)
        if tuple(map(text, (row.form, row.question, row.said_by, row.visible_to, row.conversation_id)))
        == wanted
    ]
    if returned.kind.key not in SHOWN_AGAIN:
        said = as_answered(returned.form.answers[tag])
        rows = [row for row in rows if as_answered(text(row.answer)) == said]
    return rows[-1] if rows else None


def _note_version(compared: Compared, *, in_doubt: bool) -> None:
    """Corrections make the next version of a summary; what answers to an older version is not entered unasked.

    Source: REQUIREMENTS C8.
    """
    returned, talk = compared.returned, compared.talk
    older = False
    if returned.kind.key == "conversation-summary" and talk is not None:
        now, version = int(version_of(talk)), int(returned.form.version or 1)
        older = version < now
        if older:
            compared.find(OLDER_VERSION, version=version, now=now)
        column = sheet_of(Conversations).column("summary_version")
        compared.wishes += [
            replace(
                wish, place=replace(wish.place, column=column), label=column.header, entries=(str(now + 1),)
            )
            for wish in compared.wishes
            if wish.place.column.name == "corrections" and wish.entries
        ]
    if older or in_doubt:
        compared.wishes = [
            replace(wish, open_because=wish.open_because or "the form has a finding")
            for wish in compared.wishes
        ]


def _note_age(compared: Compared, facts: CycleFacts) -> None:
    """Whether the form was made from what the workbook says now, and whether anything in it is new."""
    if not compared.wishes and not compared.findings:
        compared.find(NOTHING_FILLED_IN)
        return
    touched = [wish.label for wish in compared.wishes if "changed since" in wish.open_because]
    if touched or not _is_current(compared.returned, facts):
        more = f" and {len(touched) - _NAMED} more" if len(touched) > _NAMED else ""
        named = ", ".join(f'"{label}"' for label in touched[:_NAMED])
        affected = (
            f"What changed since concerns {named}{more}."
            if touched
            else "What changed since concerns nothing that was filled in."
        )
        compared.find(OLDER_DATA, affected=affected)


def _is_current(returned: Returned, facts: CycleFacts) -> bool:
    """Whether the form would be made from the same data now."""
    kind, person = returned.kind, returned.employee_id
    evaluated = facts.evaluated.get(person)
    if evaluated is None or not kind.fits(facts.results, person):
        return False
    if kind.needs_target and not any((person, code) in facts.readiness for code in evaluated.targets):
        return False
    questions: Questions = kind.context(facts.results, person)["document"]["form"]
    return (questions.document_id, questions.fingerprint) == (
        returned.form.document_id,
        returned.form.fingerprint,
    )


def _shown(facts: CycleFacts, place: Place, held: Any) -> set[str]:
    return (
        shown_part(facts, place.column, held, place.part) if place.part else shown(facts, place.column, held)
    )


def _told(held: Any) -> str:
    """The value of a cell in a sentence."""
    if isinstance(held, tuple | list):
        return _short("; ".join(map(str, held)))
    told = "" if held is None or held != held else str(held).removesuffix(" 00:00:00")  # noqa: PLR0124 - missing
    return _short(told) or "nothing"


def _short(words: str) -> str:
    return shortened(" ".join(words.split()), MOST_SHOWN) or "nothing"
