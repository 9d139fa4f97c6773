"""A small company in a folder, ready to be reported on and sent to; one of its people has names found nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from careersheets.books.building import build_workbook
from careersheets.ledger.ledger import Ledger, identity_of, open_ledger
from tests.analysis.test_by_hand import named, workbook

BOSS, MARKED = "P5", "QZX-77"
# What must be found nowhere after an erasure, and in no log or error ever.
CANARIES = {
    "id": MARKED,
    "name": "Ximenarantxa Qvortrup",
    "email": "x.qvortrup77@lanternfield.example",
    "evidence": "Wrote the zymurgyglyph",
}
_TOML = """
[mail]
server = "127.0.0.1"
port = {port}
security = "none"
sender = "hr@lanternfield.example"

[ledger]
place = "{ledgers}"

[delivery]
way = "{way}"
attempts = 1
mails_per_minute = 0
"""


@dataclass(frozen=True, slots=True)
class Company:
    """`folder` holds all of it: the folder `hr` with the workbook, and the folder of ledgers."""

    folder: Path

    @property
    def hr(self) -> Path:
        return self.folder / "hr"

    @property
    def book(self) -> Path:
        return self.hr / "careers.xlsx"

    @property
    def ledgers(self) -> Path:
        return self.folder / "ledgers"

    def build(self, rows: dict[str, list[dict[str, Any]]], *, port: int = 1, way: str = "mail") -> None:
        """Write the workbook and the settings."""
        self.hr.mkdir(parents=True, exist_ok=True)
        build_workbook(self.book, rows)
        self.set_up(port, way)

    def set_up(self, port: int, way: str = "mail") -> None:
        """Write the settings."""
        text = _TOML.format(port=port, ledgers=self.ledgers, way=way)
        (self.hr / "careersheets.toml").write_text(text, "utf-8")

    @property
    def identity(self) -> str:
        """By what the workbook's ledger is found: there is one ledger, whatever happened."""
        names = [path.stem for path in self.ledgers.glob("*.sqlite3")]
        assert len(names) <= 1, names
        return names[0] if names else identity_of(self.book)

    def ledger(self) -> Ledger:
        """The workbook's ledger."""
        return open_ledger(self.identity, place=str(self.ledgers))

    def documents(self) -> dict[str, bytes]:
        """Every document in its place, by path relative to the workbook's folder."""
        top = self.hr / "documents"
        found = {path.relative_to(self.hr).as_posix(): path for path in top.rglob("*.docx")}
        return {
            name: path.read_bytes()
            for name, path in sorted(found.items())
            if not any(part.startswith((".", "Replaced")) for part in name.split("/"))
        }


def rows_of(people: int, *, released: bool = True) -> dict[str, list[dict[str, Any]]]:
    """A workbook of `people` at least five people, all evaluated and released; all report to P5."""
    rows = workbook()
    for number in range(6, people + 1):
        key = MARKED if number == 6 else f"P{number}"
        name = CANARIES["name"] if number == 6 else f"Wanjiru Kamau-{number}"
        rows["People"] += [{"employee_id": key, "name": name, "level_code": "E3"}]
        rows["Evaluations"] += named("cycle employee_id level_code", [("H2", key, "E3")])
        scores = [("H2", key, code, 3) for code in ("COM", "DES")]
        rows["Scores"] += named("cycle employee_id competency_id manager_rating", scores)
    for person in rows["People"]:
        key = person["employee_id"]
        person["email"] = CANARIES["email"] if key == MARKED else f"{key.lower()}@lanternfield.example"
        person["manager"] = None if key == BOSS else BOSS
    for row in rows["Evaluations"]:
        if row["cycle"] == "H2":
            row["manager"] = None if row["employee_id"] == BOSS else BOSS
            row["status"] = "Released" if released else "Draft"
            row["released"] = date(2026, 11, 20) if released else None
    for row in rows["Scores"]:
        if row["employee_id"] == MARKED:
            row |= {"evidence": CANARIES["evidence"], "evidence_date": datetime(2026, 10, 1)}
    return rows
