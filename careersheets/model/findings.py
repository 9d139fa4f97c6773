"""What is wrong in the workbook, and where. Findings are values, collected and shown together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Severity(IntEnum):
    """How much a finding matters; higher is worse. Only an error holds a person's documents back."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """As shown in the workbook."""
        return self.name.capitalize()


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong, under a code that never changes.

    `message` and `fix` are templates filled with the values of the finding; `why` is one or two sentences for the page
    of all codes: what goes wrong if it stays.
    """

    code: str
    severity: Severity
    message: str
    fix: str
    why: str

    def found(
        self,
        sheet: str,
        cell: str,
        *,
        who: str = "",
        level: str = "",
        values: dict[str, object] | None = None,
    ) -> Finding:
        """The finding that `cell` of `sheet` (A1 notation, "" for the whole sheet) breaks this rule.

        Args:
            sheet: the sheet's name as it stands in the workbook.
            cell: its address.
            who: the employee id whose numbers it touches.
            level: the level code whose expectations it touches; everyone who is measured against it is touched.
            values: what the placeholders of `message` and `fix` stand for.
        """
        filled = {key: _plain(value) for key, value in (values or {}).items()}
        return Finding(
            self,
            sheet,
            cell,
            self.message.format(**filled),
            self.fix.format(**filled),
            who,
            level,
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule broken at one cell, in words HR can act on."""

    rule: Rule
    sheet: str
    cell: str
    message: str
    fix: str
    who: str = ""
    level: str = ""

    @property
    def place(self) -> str:
        """`Scores!F14`, or the sheet alone."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet

    @property
    def is_error(self) -> bool:
        """Whether it holds documents back."""
        return self.rule.severity is Severity.ERROR

    def __str__(self) -> str:
        return f"{self.place}: {self.message} {self.fix} [{self.rule.code}]"


def errors_among(findings: Iterable[Finding]) -> list[Finding]:
    """The findings of severity error."""
    return [finding for finding in findings if finding.is_error]


def _plain(value: object) -> object:
    """Numbers as HR would write them: 4 rather than 4.0."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value
