"""What is to be done after a batch of edits, by the proof that it left: nothing, some again, some to be given back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .cells import Plain, plain, same
from .identity import CellEdit, RowIdentity, identify, value_at
from .journal import Journal


@dataclass(frozen=True, slots=True)
class Verdict:
    """Edits to make next, and the places where somebody was quicker."""

    pending: tuple[CellEdit, ...]
    given_up: tuple[str, ...]


def judge(journal: Journal, *, retry: bool = True) -> Verdict:
    """Hold what a batch replaced against what it was meant to replace."""
    given_back: dict[tuple[int, RowIdentity, int], CellEdit] = {}
    again: list[CellEdit] = []
    given_up: list[str] = []
    written_into: dict[tuple[int, int], dict[int, Plain]] = {}
    for edit, _ in journal.entries:
        written_into.setdefault((edit.sheet_id, edit.row), {})[edit.column] = plain(edit.new)
    for edit, was in journal.entries:
        held, right_row = value_at(was, edit.column), edit.identity.matches(was)
        if right_row and same(held, edit.old):
            continue
        written = plain(edit.new)
        if not same(held, written):
            identity = _row_now(edit, was, written_into[edit.sheet_id, edit.row])
            undo = replace(edit, identity=identity, old=written, new=held, undoes=True)
            given_back[undo.cell] = undo
        if not right_row and (retry or edit.undoes):
            again.append(edit)
        elif not edit.undoes:
            given_up.append(edit.place)
    return Verdict(tuple(_chain(given_back, again)), tuple(given_up))


def _row_now(edit: CellEdit, was: tuple[Plain, ...], wrote: dict[int, Plain]) -> RowIdentity:
    """What the row is after the batch that wrote these cells by column."""
    if all(value is None for value in edit.identity.values):
        # Into a blank row; formulas may show more beside what was written.
        return RowIdentity(tuple(wrote), tuple(wrote.values()))
    return identify(was, edit.keys, wrote)


def _chain(
    given_back: Mapping[tuple[int, RowIdentity, int], CellEdit], again: Sequence[CellEdit]
) -> Iterator[CellEdit]:
    """The edits of the next batch, one at most for a cell to give back.

    A cell that was to get something back may by mistake have been written once more. If what this replaced was the value
    to be replaced, the cell gets what it was to get; if not, somebody typed there, and gets that.
    """
    before = {edit.cell: edit for edit in again if edit.undoes}
    for cell, undo in given_back.items():
        earlier = before.get(cell)
        chained = earlier is not None and same(earlier.old, plain(undo.new))
        last = replace(undo, new=earlier.new) if earlier is not None and chained else undo
        if not same(last.old, plain(last.new)):
            yield last
    yield from (edit for edit in again if not (edit.undoes and edit.cell in given_back))
