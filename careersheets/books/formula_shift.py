"""A formula as it reads some rows further down, as when Excel fills it down."""

from __future__ import annotations

import re

from ..model.cells import LAST_ROW

# Texts, quoted sheet names and bracketed column names are passed over; then come cell references.
_TOKEN = re.compile(
    r"""(?P<skip>"(?:[^"]|"")*"|'(?:[^']|'')*'|\[(?:[^\[\]]|\[[^\[\]]*\])*\])"""
    r"""|(?<![A-Za-z0-9_.$])(?P<column>\$?[A-Za-z]{1,3})(?P<lock>\$?)(?P<row>[1-9][0-9]{0,6})(?![A-Za-z0-9_.(!])"""
)


def shift_formula(formula: str, rows: int) -> str:
    """`IF(A5="","",$B$1+A5)` shifted by 2 is `IF(A7="","",$B$1+A7)`."""

    def shifted(match: re.Match[str]) -> str:
        if match["skip"] or match["lock"]:
            return match[0]
        row = int(match["row"]) + rows
        return f"{match['column']}{row}" if row <= LAST_ROW else "#REF!"

    return _TOKEN.sub(shifted, formula)
