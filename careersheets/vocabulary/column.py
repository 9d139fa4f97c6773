"""How a column of the workbook is declared: one place says everything about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

Owner = Literal["HR", "tool", "shared"]
Audience = Literal["employee", "manager", "hr"]

# What a column of each kind looks like in a frame. Missing is NaN, NaT or None, never an empty text.
Text: TypeAlias = Series[str]
Number: TypeAlias = Series[float]
Day: TypeAlias = Series[np.datetime64]
YesNo: TypeAlias = Series[pd.BooleanDtype]
Several: TypeAlias = Series[object]


class Kind(StrEnum):
    """How the cells of a column are read, and how they are shown.

    `RATING` cells hold points of a scale, one of the scale's labels, or N/A; a frame keeps the points in the column and
    the N/A in a second, boolean column `<name>_na`. `SEVERAL` cells hold entries separated by `;`, as a tuple in the frame.
    """

    TEXT = "text"
    LONG_TEXT = "long text"
    ID = "id"
    PERSON = "person"
    NUMBER = "number"
    PERCENT = "percent"
    RATING = "rating"
    DATE = "date"
    YES_NO = "yes or no"
    SEVERAL = "several"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Column:
    """One column as declared in a sheet's model.

    `refers_to` is "Sheet.column" of the sheet whose key the cells hold; `name_header` the header of the grey column
    beside it that shows the name by formula, "" for none. `width` is in characters.
    """

    name: str
    header: str
    kind: Kind
    help: str
    width: int
    owner: Owner
    audience: Audience
    required: bool
    choices: tuple[str, ...]
    aliases: tuple[str, ...]
    refers_to: str
    name_header: str


def column(
    header: str,
    kind: Kind = Kind.TEXT,
    *,
    help: str,
    width: int = 14,
    owner: Owner = "HR",
    audience: Audience = "employee",
    required: bool = False,
    choices: Sequence[str] = (),
    aliases: Sequence[str] = (),
    refers_to: str = "",
    name_header: str = "",
    **rules: Any,
) -> Any:
    """A column with its header text, kind, input help, width in characters, owner and audience.

    Args:
        header: as it stands in the sheet.
        kind: how its cells are read.
        help: shown when HR selects a cell.
        width: in characters.
        owner: whose cells they are.
        audience: the widest circle that may see them.
        required: a row without it is a finding.
        choices: the closed list its drop-down offers.
        aliases: other headers under which it is known.
        refers_to: "Sheet.column" of the key it holds.
        name_header: header of the grey name column beside it.
        rules: pandera's own (`ge`, `le`, `unique`, ...).
    """
    if choices:
        rules["isin"] = list(choices)
    return pa.Field(
        title=header,
        description=help,
        nullable=not required,
        metadata={
            "kind": kind,
            "width": width,
            "owner": owner,
            "audience": audience,
            "required": required,
            "choices": tuple(choices),
            "aliases": tuple(aliases),
            "refers_to": refers_to,
            "name_header": name_header,
        },
        **rules,
    )


def person_column(
    header: str = "Employee ID",
    *,
    help: str = "As on the sheet People: the ID, the e-mail or the full name.",
    **rest: Any,
) -> Any:
    """A column that names a person, with the person's name in grey beside it."""
    return column(
        header,
        Kind.PERSON,
        help=help,
        refers_to="People.employee_id",
        **{"width": 13, "name_header": f"{header.removesuffix(' ID')} name", **rest},
    )


def competency_column(
    header: str = "Competency ID",
    *,
    help: str = "As on the sheet Competencies.",
    **rest: Any,
) -> Any:
    """A column that names a competency, with its title in grey beside it."""
    return column(
        header,
        Kind.ID,
        help=help,
        refers_to="Competencies.competency_id",
        **{"width": 14, "name_header": "Competency name", **rest},
    )


def level_column(header: str = "Level code", *, help: str = "As on the sheet Levels.", **rest: Any) -> Any:
    """A column that names a job level, with its title in grey beside it."""
    name = "Level title" if header == "Level code" else f"{header} title"
    return column(
        header,
        Kind.ID,
        help=help,
        refers_to="Levels.level_code",
        **{"width": 11, "name_header": name, **rest},
    )


def cycle_column(header: str = "Cycle", **rest: Any) -> Any:
    """A column that names an evaluation cycle."""
    return column(
        header,
        Kind.ID,
        help="As on the sheet Cycles, for example 2026-H2.",
        refers_to="Cycles.cycle",
        **{"width": 11, **rest},
    )
