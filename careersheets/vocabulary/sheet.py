"""What a sheet declares about itself, and how to ask a model for its columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

import pandera.pandas as pa
from pandera.api.dataframe.model_components import FieldInfo

from .column import Column, Owner

Group = Literal["daily", "framework", "set-up", "conversation", "results", "HR only", "very hidden"]


class SheetModel(pa.DataFrameModel):
    """The base of every sheet's model. Frames are indexed by the sheet's row number, 1-based."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the master workbook.

    `key` are the columns that together name a row; `row_is` completes "one row is ...". `in_use` is False where the sheet
    has its place, and nothing is made of it yet.
    """

    name: str
    group: Group
    owner: Owner
    row_is: str
    purpose: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    in_use: bool = True

    def column(self, name: str) -> Column:
        """The column called `name` in frames.

        Raises:
            KeyError: the sheet has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


@cache
def sheet_of(model: type[SheetModel]) -> Sheet:
    """What `model` declares, as plain data; read off the class, as a whole schema takes its time and few are asked for."""
    declared = model.Config.metadata or {}
    return Sheet(
        name=str(model.Config.name),
        group=declared["group"],
        owner=declared["owner"],
        row_is=declared["row_is"],
        purpose=declared["purpose"],
        key=tuple(getattr(model.Config, "unique", None) or ()),
        columns=tuple(
            Column(name=name, header=str(info.title), help=str(info.description), **(info.metadata or {}))
            for name, info in vars(model).items()
            if isinstance(info, FieldInfo)
        ),
        in_use=declared["in_use"],
    )


def about(
    group: Group, *, row_is: str, purpose: str, owner: Owner = "HR", in_use: bool = True
) -> dict[str, object]:
    """The `metadata` of a sheet's `Config`."""
    return {"group": group, "owner": owner, "row_is": row_is, "purpose": purpose, "in_use": in_use}
