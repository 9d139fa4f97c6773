"""The office in which the year is played: HR's folder, the ledger beside it, and a day that is set by hand.

Where the workbook is kept, and what HR does there with their own hands, differs: see excel_office.py and sheet_office.py.
"""

from __future__ import annotations

import os
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, ClassVar

from careersheets.analysis.results import Results
from careersheets.books.diff import EditableBook
from careersheets.ledger.ledger import Ledger, Run, open_ledger
from careersheets.vocabulary.sheet import SheetModel
from careersheets.workflows.send import Carrier
from careersheets.workflows.send_plan import Rules

# The sheet (Scores), a cell on it (F14) and a code: what a check finds.
Found = list[tuple[str, str]]


@dataclass(frozen=True)
class SheetRows:
    """One sheet as another reader than ours sees it: `rows` by number, each by column name; `letters` by column name."""

    name: str
    letters: Mapping[str, str]
    rows: Mapping[int, Mapping[str, Any]]

    def place(self, column: str, who: Mapping[str, Any]) -> str:
        """`Scores!F14`: where the one row in which the columns of `who` say so has `column`."""
        return f"{self.name}!{self.letters[column]}{self.row(who)}"

    def row(self, who: Mapping[str, Any]) -> int:
        """The number of the one row in which the columns of `who` say so."""
        found = [
            number
            for number, row in self.rows.items()
            if all(row[name] == wanted for name, wanted in who.items())
        ]
        assert len(found) == 1, f"{self.name}: {len(found)} rows are {dict(who)}"
        return found[0]


@dataclass
class Office(ABC):
    """`folder` is HR's; `today` the day that is played, `hour` the hour of it."""

    # Under which verbs the ledger knows what HR did most.
    own_verbs: ClassVar[tuple[str, ...]] = ("check", "release")

    folder: Path
    ledgers: Path
    today: date = date(2026, 1, 5)
    hour: int = 9
    account: list[str] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        return datetime(self.today.year, self.today.month, self.today.day, self.hour)

    @contextmanager
    def at_work(self, verb: str) -> Iterator[tuple[Ledger, Run]]:
        with self.open_ledger() as ledger, ledger.run(verb, {}) as run:
            yield ledger, run

    def open_ledger(self) -> Ledger:
        """The ledger of the workbook, as the commands find it."""
        return open_ledger(
            self.identity(), place=str(self.ledgers), clock=lambda: self.now.replace(tzinfo=UTC)
        )

    def tell(self, sentence: str) -> None:
        """A line of the account of the year."""
        self.account.append(f"{self.today}  {sentence}")

    def rows(self, model: type[SheetModel]) -> list[Mapping[str, Any]]:
        """What a sheet holds by column name, blank rows left out."""
        return list(self.sheet(model).rows.values())

    def type_in(self, model: type[SheetModel], who: Mapping[str, Any], **cells: Any) -> None:
        """HR types into the one row in which the columns of `who` say so."""
        self.type_in_all(model, [(who, cells)])

    def command(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """The command careersheets, in a process of its own."""
        return subprocess.run(
            [sys.executable, "-m", "careersheets.surfaces.cli", *arguments],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            cwd=self.folder,
            env=os.environ | {"CAREERSHEETS_LEDGER": str(self.ledgers)} | settings,
        )

    @abstractmethod
    def make(self) -> subprocess.CompletedProcess[str]:
        """HR makes the workbook with the two starter frameworks, and puts a sheet of their own into it."""

    @abstractmethod
    def close(self) -> None:
        """Nobody opens the workbook any more."""

    @abstractmethod
    def identity(self) -> str:
        """By which the ledger of the workbook is found."""

    @property
    def effort(self) -> str:
        """What it took besides time, for the account."""
        return ""

    @property
    @abstractmethod
    def book(self) -> EditableBook:
        """The workbook, as the commands open it."""

    @property
    @abstractmethod
    def given(self) -> str:
        """What a command is given for the workbook."""

    @abstractmethod
    def add(self, model: type[SheetModel], rows: Sequence[Mapping[str, Any]]) -> None:
        """HR types new rows below the last one."""

    @abstractmethod
    def type_in_all(
        self, model: type[SheetModel], entries: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]
    ) -> None:
        """HR types into several rows, each of them found as by `type_in`."""

    @abstractmethod
    def sheet(self, model: type[SheetModel]) -> SheetRows:
        """A sheet, read by another reader than ours."""

    @abstractmethod
    def cells(self, *sheets: str) -> list[list[list[Any]]]:
        """The rows of each sheet from the first one under the headers, from column B on, by another reader than ours."""

    @abstractmethod
    def own(self) -> Any:
        """All that HR keeps in the workbook for itself, to the last sign."""

    @abstractmethod
    def check(self) -> tuple[Found, Results | None]:
        """HR has the workbook checked: what is found, by place and code, and the results where they are at hand."""

    @abstractmethod
    def release(self, cycle: str) -> tuple[list[str], Found]:
        """HR has the approved evaluations shown, and releases them: who is released, and what stops the others."""

    @abstractmethod
    def received(self) -> list[tuple[str, str, bytes]]:
        """What managers got that way: the name of their folder, the name of the document and what it is."""

    @abstractmethod
    def outbox(self, results: Results) -> AbstractContextManager[tuple[Rules, Carrier]]:
        """The way by which documents go to managers."""
