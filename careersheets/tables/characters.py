"""Characters that no file format of an office can hold: they go when a cell is read, and are told."""

from __future__ import annotations

import pandas as pd

from ..model.cells import UNWRITABLE
from ..model.findings import Rule, Severity

CHARACTERS_LEFT_OUT = Rule(
    "CS019",
    Severity.WARNING,
    "the text holds invisible control characters ({codes}); it is read without them.",
    "Type the text again, or use Excel's CLEAN function; most were pasted in by accident.",
    "No document can hold them, so the text would not be in it as it is here.",
)


def without_unwritable(cells: pd.Series) -> tuple[pd.Series, dict[int, dict[str, object]]]:
    """`cells` whose texts can be written anywhere, and by row what was left out."""
    values = cells.tolist()
    if UNWRITABLE.search("\n".join([value for value in values if type(value) is str])) is None:
        return cells, {}
    found = {
        int(str(row)): sorted(set(UNWRITABLE.findall(value)))
        for row, value in cells.items()
        if isinstance(value, str)
    }
    kept = [UNWRITABLE.sub("", value) if isinstance(value, str) else value for value in values]
    return pd.Series(kept, index=cells.index, dtype=object), {
        row: {"codes": ", ".join(f"U+{ord(one):04X}" for one in lost)} for row, lost in found.items() if lost
    }
