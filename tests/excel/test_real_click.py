"""A real click on a real screen: LibreOffice runs our Subs, with the module that starts Python replaced by a stand-in."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from careersheets.books.building import build_workbook
from careersheets.surfaces.button_places import with_buttons
from careersheets.workflows.demo import demo_rows
from scripts.build_macro_workbooks import TEXTS, macro_project
from tests.support.as_openpyxl import load
from tests.support.office import require_tool

HERE = Path(__file__).parent
_RUNNER = """#!/bin/sh
exec {python} -B -W ignore {runner} {workbook} {command} {result}
"""
_RUN = """
import sys
from careersheets.books.file_engine import open_closed_file
workbook, command, result = sys.argv[1:4]
book = open_closed_file(workbook)
book.set_mock_caller()
exec(open(command, encoding='utf-8').read().strip())
book.save()
rows = book.sheets['To fix'].used_range.options(ndim=2).value[5:]
lines = ['\\t'.join('' if cell is None else ' '.join(str(cell).split()) for cell in row[1:8]) for row in rows]
import os
with open(result + '.part', 'w', encoding='utf-8') as file: file.write('\\n'.join(lines) + '\\n')
os.replace(result + '.part', result)
"""


@pytest.fixture(scope="module")
def stub_workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's company in a build of careers.xlsm whose RunPython is the stand-in."""
    folder = tmp_path_factory.mktemp("stub")
    build_workbook(folder / "plain.xlsx", demo_rows(today=date(2026, 11, 22)))
    buttons = {"careersheets_buttons": (TEXTS / "careersheets_buttons.bas").read_text("utf-8")}
    project = macro_project(
        folder / "plain.xlsx", buttons, (HERE / "stand_in.bas").read_text("utf-8"), with_dictionary=False
    )
    with_buttons(folder / "plain.xlsx", folder / "careers.xlsm", project)
    return folder / "careers.xlsm"


def system_python() -> str:
    """A Python with UNO; a visible skip where there is none."""
    for tool in ("soffice", "Xvfb", "openbox", "xdotool", "import"):
        require_tool(tool)
    python = "/usr/bin/python3"
    if subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode:
        require_tool("python3-uno")
    return python


def click(stub: Path, folder: Path, caption: str) -> tuple[str, str, Path]:
    """Click `caption`; what To fix!I6 showed before and after (code of the first finding), and the workbook Python wrote."""
    python = system_python()
    shown, worked_on = folder / "careers.xlsm", folder / "python" / "careers.xlsm"
    worked_on.parent.mkdir()
    shutil.copyfile(stub, shown)
    shutil.copyfile(stub, worked_on)
    runner, script = folder / "run.py", folder / "stand_in.sh"
    runner.write_text(_RUN, "utf-8")
    command, result = folder / "command.txt", folder / "result.tsv"
    places = {
        "python": sys.executable,
        "runner": runner,
        "workbook": worked_on,
        "command": command,
        "result": result,
    }
    script.write_text(_RUNNER.format(**places), "utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
        "CAREERSHEETS_STAND_IN": str(script),
        "CAREERSHEETS_COMMAND": str(command),
        "CAREERSHEETS_RESULT": str(result),
    }
    clicker = [python, str(HERE / "clicker.py"), str(shown), caption, "To fix", "H6", str(folder)]
    run = subprocess.run(clicker, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stderr
    before, after = run.stdout.split("\n")[:2]
    return before, after, worked_on


@pytest.mark.office
def test_a_click_on_check_scores_fills_to_fix(stub_workbook: Path, tmp_path: Path) -> None:
    before, after, workbook = click(stub_workbook, tmp_path, "Check scores")
    assert before == ""
    assert after.startswith("CS")
    assert load(workbook)["To fix"]["H6"].value == after
    assert (tmp_path / "clicked.png").stat().st_size > 20_000


@pytest.mark.office
def test_a_click_on_generate_gap_reports_writes_documents(stub_workbook: Path, tmp_path: Path) -> None:
    _, after, workbook = click(stub_workbook, tmp_path, "Generate gap reports")
    assert after.startswith("CS")
    assert len(list((workbook.parent / "documents").rglob("*.docx"))) > 30
