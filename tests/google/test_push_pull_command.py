"""`google push` and `google pull` from the command line: from the key file to the last cell."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from careersheets.books.excel_file import ExcelFile
from careersheets.vocabulary.workbook import WORKBOOK_ID
from tests.analysis.test_by_hand import workbook as example
from tests.books.google_sheets import fill, snapshot
from tests.google_server.spreadsheet import Spreadsheet
from tests.sync.test_google_setup import ACCOUNT, SHEET, Setup, pair, setup  # noqa: F401 - fixtures

from .created import client_of, made_in
from .moving import FILE_IDENTITY, company_workbook, differences

pytestmark = pytest.mark.requirement("X8")
CALCULATED = ("Start", "Person", "ROI")


@dataclass
class Desk:
    """A folder with a company's workbook and the settings for Google, and an empty workbook in the local Google."""

    setup: Setup
    folder: Path
    book: Spreadsheet

    @property
    def address(self) -> str:
        return SHEET.format(self.book.id)

    def run(self, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        home = self.folder.parent
        return subprocess.run(
            [sys.executable, "-m", "careersheets.surfaces.cli", "google", *words],
            capture_output=True,
            text=True,
            check=False,
            input=typed,
            cwd=self.folder,
            env={
                "HOME": str(home),
                "XDG_DATA_HOME": str(home / "data"),
                "PATH": "/usr/bin:/bin",
                "CAREERSHEETS_GOOGLE_ROOT": self.setup.server.url,
                "CAREERSHEETS_LOGS": str(home / "logs"),
                "PYTHONPATH": str(Path(__file__).parents[2]),
            },
        )

    def json(self, *words: str) -> Any:
        done = self.run(*words, "--json")
        assert done.stderr == ""
        return json.loads(done.stdout)


@pytest.fixture
def desk(setup: Setup, tmp_path: Path) -> Desk:  # noqa: F811
    google = setup.server.google
    google.sign_in.required = False
    client = client_of(setup.server)
    book = made_in(setup.server, client, {})
    client.close()
    google.sign_in.required = True
    google.access[book.id][ACCOUNT] = "writer"
    folder = tmp_path / "hr"
    folder.mkdir()
    company_workbook(folder / "careers.xlsx", example())
    settings = f'[google]\nkey_file = "{setup.key_file.as_posix()}"\n'
    (folder / "careersheets.toml").write_text(settings, "utf-8")
    return Desk(setup, folder, book)


def test_a_workbook_moves_to_google_sheets_and_back(desk: Desk) -> None:
    before = snapshot(desk.book)
    plan = desk.run("push", "careers.xlsx", desk.address, "--plan")
    assert (plan.returncode, plan.stderr) == (0, "")
    assert "new rows and 3 new sheets" in plan.stdout
    assert "New on People: 5 rows and 3 cells.\n" in plan.stdout
    assert "Rating scales!F6: 1 -> 0.5\n" in plan.stdout
    assert "New sheet: Budget, 6 rows.\n" in plan.stdout
    assert (
        "These come by a formula of yours; what they show is carried, as a value: Budget!B6." in plan.stdout
    )
    assert snapshot(desk.book) == before

    refused = desk.run("push", "careers.xlsx", desk.address, typed="n\n")
    assert "Carry this?" in refused.stderr
    assert snapshot(desk.book) == before

    done = desk.run("push", "careers.xlsx", desk.address, typed="y\n")
    assert done.returncode == 0
    assert 'cells of "Careers 2026" were read back and are the same.' in done.stdout
    assert "go on in one of them" in done.stdout
    assert "Comments, colours, widths and charts are not carried" in done.stdout

    pulled = desk.run("pull", desk.address, "back.xlsx")
    assert (pulled.returncode, pulled.stderr) == (0, "")
    here, back = ExcelFile(desk.folder / "careers.xlsx").read(), ExcelFile(desk.folder / "back.xlsx").read()
    assert differences(here.grids, back.grids, CALCULATED) == []
    cell = back.named_cell(WORKBOOK_ID)
    assert cell is not None
    assert cell.value == FILE_IDENTITY


def test_a_second_push_only_says_that_there_is_nothing_new(desk: Desk) -> None:
    first = desk.json("push", "careers.xlsx", desk.address, "--yes")
    assert first["carried"] is True
    assert first["differing"] == 0
    before = snapshot(desk.book)
    again = desk.run("push", "careers.xlsx", desk.address)
    assert (again.returncode, again.stderr) == (0, "")
    assert "Nothing new; " in again.stdout
    assert snapshot(desk.book) == before


def test_a_pull_shows_what_it_would_change_and_takes_it_once_it_is_accepted(desk: Desk) -> None:
    desk.json("push", "careers.xlsx", desk.address, "--yes")
    people = desk.book.titled("People")
    assert people is not None
    fill(people, 6, 3, "Chiara Conti")
    desk.setup.server.google.touch(desk.book.id)
    before = (desk.folder / "careers.xlsx").read_bytes()
    plan = desk.json("pull", desk.address, "careers.xlsx", "--plan")
    assert [(it["cell"], it["now"], it["then"]) for it in plan["lines"]] == [
        ("C6", "Chiara Bianchi", "Chiara Conti")
    ]
    assert (desk.folder / "careers.xlsx").read_bytes() == before
    done = desk.run("pull", desk.address, "careers.xlsx", "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert ExcelFile(desk.folder / "careers.xlsx").read().grids["People"].cell(6, 3) == "Chiara Conti"
    assert list((desk.folder / "backups").iterdir())


def test_what_cannot_be_done_is_one_sentence(desk: Desk) -> None:
    for words, said in (
        (("push", "careers.xlsx", "somewhere.xlsx"), "is not the address of a Google Sheet"),
        (("push", "missing.xlsx", desk.address), '"missing.xlsx" is not there.'),
        (("pull", desk.address, "nowhere/back.xlsx"), 'There is no folder "nowhere"'),
        (("pull", desk.address, "back.csv"), "ends in .xlsx"),
    ):
        done = desk.run(*words)
        assert done.returncode in (2, 3, 5), (words, done)
        assert said in done.stderr
        assert "Traceback" not in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
    assert sorted(path.name for path in desk.folder.iterdir()) == ["careers.xlsx", "careersheets.toml"]
