"""The menu in Google Sheets: its own tests run in Node, and it agrees with what the rest of the program expects."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import careersheets.surfaces
from careersheets.surfaces.buttons import PEOPLE_SHEETS
from careersheets.tables.headers import SEARCHED_ROWS
from careersheets.vocabulary.confidential import Requests
from careersheets.vocabulary.evaluation import Evaluations, Scores
from careersheets.vocabulary.people import People
from careersheets.vocabulary.sheet import sheet_of
from tests.support.office import require_tool

pytestmark = pytest.mark.requirement("X2")

HERE = Path(__file__).parent
MENU = Path(careersheets.surfaces.__file__).parent / "google_menu"
SCRIPT = MENU / "careersheets.js"


def list_in(script: str, name: str) -> list[str]:
    found = re.search(rf"^const {name} = (\[.*?\]);", script, re.MULTILINE)
    assert found is not None, name
    return [str(value) for value in json.loads(found[1].replace("'", '"'))]


def test_the_menu_does_what_it_should_in_strict_stand_ins() -> None:
    node = require_tool("node")
    command = [node, "--test", "--test-reporter=tap", str(HERE)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout
    assert int(re.findall(r"^# pass (\d+)", done.stdout, re.MULTILINE)[0]) >= 14


def test_apps_script_has_every_method_the_menu_calls_with_these_arguments(tmp_path: Path) -> None:
    modules = HERE.parent / "node_modules"
    compiler = modules / ".bin" / "tsc"
    if not compiler.exists() or not (modules / "@types" / "google-apps-script").exists():
        if os.environ.get("CAREERSHEETS_REQUIRE_TOOLS") == "1":
            pytest.fail("run `npm ci` in tests/")
        pytest.skip("TypeScript is not installed; run `npm ci` in tests/")
    shutil.copy(SCRIPT, tmp_path)
    options = ["--noEmit", "--allowJs", "--checkJs", "--strict", "--target", "es2020", "--lib", "es2020"]
    types = ["--typeRoots", str(modules / "@types"), "--types", "google-apps-script"]
    command = [str(compiler), *options, *types, str(tmp_path / SCRIPT.name)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout == ""
    assert done.returncode == 0


def test_tabs_and_headers_are_those_of_the_vocabulary() -> None:
    script, requests = SCRIPT.read_text("utf-8"), sheet_of(Requests)
    assert f"const REQUESTS = '{requests.name}';" in script
    assert f"const HEADERS_WITHIN_ROWS = {SEARCHED_ROWS};" in script
    assert list_in(script, "COLUMNS") == [column.header for column in requests.columns]
    assert tuple(list_in(script, "PEOPLE_TABS")) == PEOPLE_SHEETS
    persons = [sheet_of(model).column("employee_id") for model in (People, Evaluations, Scores)]
    known = [name for column in persons for name in (column.header, *column.aliases)]
    assert list_in(script, "PERSON_HEADERS") == list(dict.fromkeys(known))


def test_the_manifest_asks_for_this_sheet_and_dialogues_and_nothing_else() -> None:
    manifest = json.loads((MENU / "appsscript.json").read_text("utf-8"))
    scopes = [scope.rpartition("/")[2] for scope in manifest["oauthScopes"]]
    assert scopes == ["spreadsheets.currentonly", "script.container.ui"]
    assert manifest["runtimeVersion"] == "V8"
    assert "urlFetchWhitelist" not in manifest
    assert "webapp" not in manifest


def test_clasp_sends_the_script_and_its_manifest_only() -> None:
    ignored = (MENU / ".claspignore").read_text("utf-8").split()
    assert ignored == ["**/**", "!appsscript.json", "!careersheets.js"]
    assert set(json.loads((MENU / "clasp.example.json").read_text("utf-8"))) == {"scriptId", "rootDir"}
