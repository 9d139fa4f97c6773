"""The page Person, first steps: who is chosen, at which level, towards which targets."""

from __future__ import annotations

from dataclasses import dataclass

from ...vocabulary.choices import UNDECIDED
from ...vocabulary.workbook import CURRENT_CYCLE
from .formulas import first_row, is_equal, is_filled, is_found, is_person, text_of
from .names import lookup
from .scratch import Cells, Scratch

# As many targets or next levels as are looked at; more than three in one evaluation were never seen.
_CANDIDATES = 6
# Stands for a missing e-mail address, so that a blank cell is nobody's.
_NOBODY = '"(nobody)"'


@dataclass(frozen=True, slots=True)
class Choice:
    """Addresses of what follows from the two cells HR fills. `keys` are the person's id, e-mail and unique name."""

    found: str
    name: str
    keys: tuple[str, str, str]
    ambiguous: str
    cycle: str
    status: str
    level: str
    level_title: str
    manager: str
    targets: Cells
    target: str
    target_title: str


def work_out_choice(scratch: Scratch, person: str, rank: str) -> Choice:
    """Find the person and the targets; level, manager and targets are those of the evaluation where it has them."""
    row, keys, ambiguous = _find_person(scratch, person)
    cycle = scratch.value("Cycle", f"{CURRENT_CYCLE}")
    same_person = is_person("Evaluations", "employee_id", keys)
    in_cycle = is_equal("Evaluations", "cycle", cycle)
    evaluation = scratch.value("Evaluation", first_row("Evaluations", in_cycle, same_person))
    level = scratch.value("Level", _frozen_or_own(evaluation, row, "level_code"))
    manager = scratch.value("Manager", _frozen_or_own(evaluation, row, "manager"))
    targets = _targets(scratch, row, evaluation, level)
    target = scratch.value("Target", f'IFERROR(INDEX({targets.all},IF({rank}="",1,{rank})),"")')
    return Choice(
        found=is_found(row),
        name=keys[2],
        keys=keys,
        ambiguous=ambiguous,
        cycle=cycle,
        status=scratch.value("Status", text_of("Evaluations", "status", evaluation)),
        level=level,
        level_title=scratch.value("Level title", lookup(level, "Levels", "")),
        manager=scratch.value("Manager name", f'IF({manager}="","",{lookup(manager, "People", "")})'),
        targets=targets,
        target=target,
        target_title=scratch.value("Target title", lookup(target, "Levels", "")),
    )


def _find_person(scratch: Scratch, person: str) -> tuple[str, tuple[str, str, str], str]:
    chosen = scratch.value("Chosen", f"TRIM({person})")
    any_key = "+".join(is_equal("People", key, chosen) for key in ("employee_id", "email", "name"))
    row = scratch.value("Person", first_row("People", is_filled("People", "employee_id"), f"(({any_key})>0)"))
    same_name = f"SUMPRODUCT(--{is_equal('People', 'name', text_of('People', 'name', row))})"
    email = scratch.value(
        "E-mail", f'IF({text_of("People", "email", row)}="",{_NOBODY},{text_of("People", "email", row)})'
    )
    keys = (
        scratch.value("ID", text_of("People", "employee_id", row)),
        email,
        scratch.value("Name", text_of("People", "name", row)),
    )
    unique = scratch.value("Unique name", f"IF({same_name}>1,{_NOBODY},{keys[2]})")
    ambiguous = scratch.value("Ambiguous", f"AND({chosen}={keys[2]},{unique}<>{keys[2]})")
    return row, (keys[0], email, unique), ambiguous


def _frozen_or_own(evaluation: str, person: str, column: str) -> str:
    frozen = text_of("Evaluations", column, evaluation)
    return f'IF({frozen}<>"",{frozen},{text_of("People", column, person)})'


def _targets(scratch: Scratch, person: str, evaluation: str, level: str) -> Cells:
    """The levels to measure against, best first; source: G1, as in analysis/evaluations.py."""
    frozen = text_of("Evaluations", "targets", evaluation)
    own = '&";"&'.join(text_of("People", f"target_{rank}", person) for rank in (1, 2, 3))
    own_level = text_of("People", "level_code", person)
    explicit = scratch.value(
        "Explicit targets", f'IF({frozen}<>"",{frozen},IF({level}={own_level},{own},""))'
    )
    chosen = _known_levels(scratch, "Explicit", explicit, "1")
    level_row = scratch.value("Level row", first_row("Levels", is_equal("Levels", "level_code", level)))
    following = scratch.value("Next levels", text_of("Levels", "next_levels", level_row))
    track = scratch.value("Wanted track", text_of("People", "track_preference", person))
    on_track = _known_levels(scratch, "On track", following, track)
    any_track = _known_levels(scratch, "Next", following, "1")
    at_top = f'IF({is_found(level_row)},{level},"")'

    def target(rank: int) -> str:
        top = at_top if rank == 0 else '""'
        formula = f'IF({any_track.at(0)}<>"",{any_track.at(rank)},{top})'
        formula = f'IF(AND({track}<>"{UNDECIDED}",{on_track.at(0)}<>""),{on_track.at(rank)},{formula})'
        return f'IF({chosen.at(0)}<>"",{chosen.at(rank)},{formula})'

    return scratch.column("Targets", _CANDIDATES, target)


def _known_levels(scratch: Scratch, label: str, listed: str, track: str) -> Cells:
    """The entries of `listed` that are levels (of `track`, "1" for any), without gaps and doubles."""
    spread = f'SUBSTITUTE({listed},";",REPT(" ",200))'
    parts = scratch.column(
        f"{label}: entries", _CANDIDATES, lambda i: f"TRIM(MID({spread},{i * 200 + 1},200))"
    )

    def is_new_level(i: int) -> str:
        conditions = [is_equal("Levels", "level_code", parts.at(i))]
        if track != "1":
            conditions.append(is_equal("Levels", "track", track))
        known = f"SUMPRODUCT({'*'.join(conditions)}*1)>0"
        return f'IF(AND({parts.at(i)}<>"",{known},COUNTIF({parts.upto(i)},{parts.at(i)})=0),1,0)'

    is_new = scratch.column(f"{label}: counts", _CANDIDATES, is_new_level)
    order = scratch.column(
        f"{label}: order", _CANDIDATES, lambda i: f"IF({is_new.at(i)}=1,SUM({is_new.at(0)}:{is_new.at(i)}),0)"
    )
    return scratch.column(
        f"{label}: known",
        _CANDIDATES,
        lambda i: f'IFERROR(INDEX({parts.all},MATCH({i + 1},{order.all},0)),"")',
    )
