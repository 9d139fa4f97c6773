"""The installation of the buttons, as it would be on Windows and macOS."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from careersheets.workflows.install import Machine, install, read_settings_file, remove
from careersheets.workflows.install_doctor import examine
from careersheets.workflows.shipped import shipped_folder
from tests.excel.macro_files import macro_texts

SHIPPED = shipped_folder("workbook_templates") / "careers.xlsm"


@pytest.fixture(params=["win32", "darwin"])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Machine:
    return Machine(request.param, tmp_path, Path(sys.executable))


def test_install_writes_where_the_macros_look(machine: Machine) -> None:
    written = install(machine)
    text = macro_texts(SHIPPED)["xlwings.bas"]
    assert 'PROJECT_NAME & ".conf"' in text
    assert machine.settings_file.name == "careersheets.conf"
    assert read_settings_file(machine)[machine.setting] == sys.executable
    assert machine.setting in text
    assert (machine.script_file in written) is (machine.system == "darwin")


def test_the_script_on_macos_is_the_one_the_macros_ask_for(tmp_path: Path) -> None:
    machine = Machine("darwin", tmp_path, Path(sys.executable))
    install(machine)
    assert machine.script_file is not None
    version = machine.script_file.name.removeprefix("xlwings-").removesuffix(".applescript")
    assert f"'Version: {version}" in macro_texts(SHIPPED)["xlwings.bas"]
    assert "VbaHandler" in machine.script_file.read_text("utf-8")


def test_other_settings_stay(machine: Machine) -> None:
    machine.settings_file.parent.mkdir(parents=True)
    machine.settings_file.write_text(
        '"ONEDRIVE_COMMERCIAL_WIN","D:\\Cloud"\n"INTERPRETER_WIN","C:\\old"\n', "utf-8"
    )
    install(machine)
    assert read_settings_file(machine)["ONEDRIVE_COMMERCIAL_WIN"] == "D:\\Cloud"


def test_remove_takes_it_back(machine: Machine) -> None:
    install(machine)
    assert remove(machine) == [machine.settings_file]
    assert remove(machine) == []


def test_the_doctor_says_what_to_do_until_it_is_done(machine: Machine) -> None:
    before = [diagnosis for diagnosis in examine(machine, SHIPPED) if not diagnosis.in_order]
    assert before
    assert all("careersheets install" in diagnosis.fix for diagnosis in before)
    install(machine)
    assert all(diagnosis.in_order for diagnosis in examine(machine, SHIPPED))


def test_the_doctor_knows_a_workbook_without_buttons(machine: Machine) -> None:
    install(machine)
    plain = SHIPPED.with_suffix(".xlsx")
    wrong = [diagnosis for diagnosis in examine(machine, plain) if not diagnosis.in_order]
    assert [diagnosis.what for diagnosis in wrong] == ['"careers.xlsx" has no buttons.']


def test_elsewhere_the_doctor_names_the_command(tmp_path: Path) -> None:
    first = examine(Machine("linux", tmp_path, Path(sys.executable)))[0]
    assert not first.in_order
    assert "careersheets press" in first.fix


def test_the_installer_for_macos_is_a_valid_script() -> None:
    script = Path(__file__).parents[2] / "installers" / "install-macos.command"
    assert subprocess.run(["sh", "-n", script], check=False).returncode == 0
