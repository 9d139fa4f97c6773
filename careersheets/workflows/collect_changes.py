"""What a form says anew: each answer held against what the form was made with and against the workbook as it is.

Source: REQUIREMENTS C9.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..documents.content.cycle import CycleFacts
from ..documents.content.form_frame import TALK
from ..documents.content.wording import text
from ..documents.form_fields import as_answered, given_mark
from ..vocabulary.column import Kind
from ..vocabulary.conversations import Answers
from ..vocabulary.evaluation import Scores
from ..vocabulary.sheet import SheetModel, sheet_of
from .collect_age import note_age, note_version
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
from .collect_rules import CHANGED_SINCE, EMPTIED, OTHER_CONVERSATION, ROW_GONE
from .collect_wishes import Compared, Wish, in_short, told_cell


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
    note_version(compared, in_doubt=in_doubt)
    note_age(compared, facts)
    return compared


_Fields = dict[str, Place]


def _in_order(tag: str) -> list[tuple[int, str]]:
    """Tags by name, with the numbers in them as numbers."""
    return [(int(piece), "") if piece.isdecimal() else (-1, piece) for piece in tag.split("_")]


def _grouped(compared: Compared) -> Mapping[tuple[type[SheetModel], str], _Fields]:
    """The places of the fields, by sheet and row."""
    returned = compared.returned
    has_talk = compared.talk is not None or returned.kind.key == "employee-preparation"
    found: defaultdict[tuple[type[SheetModel], str], _Fields] = defaultdict(dict)
    # LibreOffice keeps the fields in an order of its own.
    for tag in sorted(returned.form.answers, key=_in_order):
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
            theirs=in_short(wish.answer),
            ours=told_cell(held),
        )
    elif not same and place.group != TALK:
        why = "it is about something that changed since"
    elif not wish.entries and place.column.kind is not Kind.YES_NO:
        why = "the field was emptied"
        compared.find(EMPTIED, wish.label, ours=told_cell(held))
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
                    CHANGED_SINCE,
                    wish.label,
                    column=wish.label,
                    theirs=in_short(wish.answer),
                    ours=told_cell(held),
                )
                wish = replace(wish, open_because="the workbook changed since")
            elif not wish.entries:
                compared.find(EMPTIED, wish.label, ours=in_short(held))
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


def _shown(facts: CycleFacts, place: Place, held: Any) -> set[str]:
    return (
        shown_part(facts, place.column, held, place.part) if place.part else shown(facts, place.column, held)
    )
