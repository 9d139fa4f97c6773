"""What forms change in the workbook, cell by cell and row by row; new rows get their ids.

Source: REQUIREMENTS C9.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from ..books.diff import AddedRow
from ..documents.content.cycle import CycleFacts
from ..documents.content.form_frame import TALK
from ..documents.content.wording import text
from ..model.cells import CellRef, CellValue, column_number
from ..model.findings import Finding
from ..tables.tables import Table, Tables
from ..vocabulary.conversations import Answers, Conversations
from ..vocabulary.evaluation import Scores
from ..vocabulary.plans import ActionItems, Goals
from ..vocabulary.sheet import SheetModel, sheet_of
from ..vocabulary.workbook import HEADER_ROW
from .collect_places import said_by, visible_to
from .collect_rules import DIFFERENT, INCOMPLETE, NO_COLUMN
from .collect_wishes import Compared, Wish
from .new_ids import id_column, new_ids
from .scorecards_form import entries_of

Entries = dict[str, CellValue]
Accepted = tuple[Wish, CellValue]


@dataclass(frozen=True, slots=True)
class CellLine:
    """A cell that a form changes; `open_because` says why it is not entered unasked, "" where it is."""

    wish: Wish
    cell: CellRef
    value: CellValue
    open_because: str


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row that a form adds, by column."""

    wish: Wish
    row: AddedRow
    entries: Mapping[str, CellValue]
    open_because: str


@dataclass(slots=True)
class Ids:
    """Gives each new row the next id of its sheet; the same row the same id."""

    tables: Tables
    given: dict[tuple[type[SheetModel], object], str] = field(default_factory=dict)
    _left: dict[type[SheetModel], Iterator[str]] = field(default_factory=dict)

    def of(self, model: type[SheetModel], what: object) -> str:
        """The id of the row that `what` stands for."""
        if (model, what) not in self.given:
            left = self._left.setdefault(model, new_ids(self.tables, model))
            self.given[model, what] = next(left)
        return self.given[model, what]


@dataclass(slots=True)
class Entering:
    """What all forms of a run change together."""

    tables: Tables
    facts: Mapping[str, CycleFacts]
    today: date
    ids: Ids
    cells: dict[CellRef, list[CellLine]] = field(default_factory=dict)
    rows: dict[tuple[object, ...], list[RowLine]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def cell_lines(self) -> list[CellLine]:
        """Every cell to change, in the order of the forms."""
        return [line for lines in self.cells.values() for line in lines]

    @property
    def row_lines(self) -> list[RowLine]:
        """Every row to add, in the order of the forms."""
        return [line for lines in self.rows.values() for line in lines]

    def take(self, compared: Compared, accepted: Sequence[Accepted]) -> None:
        """Add what one form changes."""
        new: dict[tuple[type[SheetModel], str], list[Accepted]] = {}
        for wish, value in accepted:
            if wish.row is not None:
                self._change(wish, value, wish.row)
            elif value is not None:
                new.setdefault((wish.place.model, wish.place.group), []).append((wish, value))
        for (model, group), wanted in new.items():
            self._add(compared, model, group, wanted)
        if accepted and compared.talk is not None and not text(compared.talk.conversation_id):
            column = sheet_of(Conversations).column("conversation_id")
            wish = accepted[0][0]
            place = replace(wish.place, model=Conversations, column=column)
            self._change(
                replace(wish, place=place, label=column.header), self._talk_id(compared), compared.talk
            )

    def _change(self, wish: Wish, value: CellValue, row: Any) -> None:
        table = self.tables[wish.place.model]
        letter = table.letters.get(wish.place.column.name)
        if letter is None:
            self._no_column(wish, table.sheet)
            return
        cell = CellRef(table.sheet, row.Index, column_number(letter))
        lines = self.cells.setdefault(cell, [])
        if all(line.value != value for line in lines):
            lines.append(CellLine(wish, cell, value, wish.open_because))
            self._differ(lines)

    def _add(
        self, compared: Compared, model: type[SheetModel], group: str, wanted: Sequence[Accepted]
    ) -> None:
        """Add a row with what was answered, and with what is known besides."""
        wish, table = wanted[0][0], self.tables[model]
        said = {each.place.column.name: value for each, value in wanted}
        missing = [it for it in sheet_of(model).columns if it.required and it.name not in said]
        besides = self._besides(compared, model, group, wish)
        lacking = next((it for it in missing if it.name not in besides), None)
        if lacking is not None:
            self._found(INCOMPLETE, wish, sheet=table.sheet, column=lacking.header)
            return
        if _is_there(table, {"employee_id": wish.returned.employee_id, **said, **_of_one_answer(besides)}):
            return
        absent = [sheet_of(model).column(name).header for name in said if name not in table.letters]
        if absent or "employee_id" not in table.letters:
            self._no_column(wish, table.sheet, *absent[:1])
            return
        entries = {name: value for name, value in {**besides, **said}.items() if value is not None}
        why = next((each.open_because for each, _ in wanted if each.open_because), "")
        lines = self.rows.setdefault(
            (model, wish.returned.form.document_id, wish.returned.form.version, group), []
        )
        if all(dict(line.entries) != entries for line in lines):
            lines.append(RowLine(wish, _new_row(table, entries, wish), entries, why))
            self._differ(lines)

    def _besides(
        self,
        compared: Compared,
        model: type[SheetModel],
        group: str,
        wish: Wish,
    ) -> Entries:
        """What a new row holds besides the answers."""
        returned, person = compared.returned, compared.returned.employee_id
        if model is Scores:
            key = returned.form.mark.rows[group][0]
            return {"cycle": returned.cycle, "employee_id": person, "competency_id": key}
        talk: Entries = {"conversation_id": self._talk_id(compared) or None, "employee_id": person}
        if model is Conversations:
            return {**talk, "cycle": returned.cycle}
        if model is Answers:
            return {**talk, **self._of_answer(wish)}
        slot = (returned.form.document_id, returned.form.version, group)
        own: Entries = {id_column(model): self.ids.of(model, slot), "employee_id": person}
        if model is Goals:
            proposed = "Employee" if returned.kind.key == "employee-preparation" else None
            return {**own, "type": "REAL", "proposed_by": proposed, "set_on": self._day, "status": "Open"}
        status: Entries = {"status": "Open"} if model is ActionItems else {}
        return {**own, **talk, "target_level": self._target(compared), **status}

    def _of_answer(self, wish: Wish) -> Entries:
        """What a row of Answers says of its form."""
        returned = wish.returned
        return {
            "form": returned.kind.title,
            "question": wish.label,
            "said_by": said_by(returned, wish.place.group),
            "visible_to": visible_to(returned),
            "form_version": returned.form.version,
            "received": self._day,
        }

    @property
    def _day(self) -> datetime:
        return datetime(self.today.year, self.today.month, self.today.day)

    def _talk_id(self, compared: Compared) -> str:
        """The id of the conversation a form is about; a new one where its row has none, or is added; "" for none."""
        talk = compared.talk
        if talk is not None:
            return text(talk.conversation_id) or self.ids.of(Conversations, talk.Index)
        adds_one = any(wish.place.group == TALK for wish in compared.wishes)
        return self.ids.of(Conversations, compared.returned.form.document_id) if adds_one else ""

    def _target(self, compared: Compared) -> str | None:
        """The level agreed in the conversation, else the person's first target."""
        evaluated = self.facts[compared.returned.cycle].evaluated.get(compared.returned.employee_id)
        targets = evaluated.targets if evaluated is not None else ()
        return text(getattr(compared.talk, "target_level", None)) or next(iter(targets), None)

    def _differ(self, lines: list[Any]) -> None:
        """Where two forms say different things, neither is entered unasked."""
        if len(lines) > 1:
            self._found(DIFFERENT, lines[-1].wish, other=lines[0].wish.returned.name)
            lines[:] = [replace(line, open_because=line.open_because or "forms differ") for line in lines]

    def _no_column(self, wish: Wish, sheet: str, header: str = "") -> None:
        self._found(NO_COLUMN, wish, sheet=sheet, column=header or wish.place.column.header)

    def _found(self, rule: Any, wish: Wish, **values: object) -> None:
        returned = wish.returned
        self.findings.append(rule.found(returned.name, wish.label, who=returned.employee_id, values=values))


def _of_one_answer(besides: Entries) -> Entries:
    """What tells an answer from the same words given elsewhere; nothing of other rows, whose words say enough."""
    return {name: besides[name] for name in ("conversation_id", "form", "question") if "question" in besides}


def _is_there(table: Table, said: Entries) -> bool:
    """Whether a row holds exactly these entries, so that nothing is added twice."""
    frame = table.frame[table.frame["employee_id"].eq(said["employee_id"])]
    return any(entries_of(frame, row, said) == said for row in frame.index)


def _new_row(table: Table, entries: Mapping[str, CellValue], wish: Wish) -> AddedRow:
    """A row with each entry in its column; the columns between are left to their formulas."""
    numbers = {name: column_number(letter) for name, letter in table.letters.items()}
    by_number = {numbers[name]: value for name, value in entries.items() if name in numbers}
    first = min(numbers.values())
    values = tuple(by_number.get(number) for number in range(first, max(by_number) + 1))
    return AddedRow(table.sheet, values, first, HEADER_ROW, f"{wish.returned.name}: {wish.label}")
