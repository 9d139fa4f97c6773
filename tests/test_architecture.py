"""The house itself: which room may know which product, how large rooms may grow, and what they may be called."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "careersheets"
MODULES = sorted(PACKAGE.rglob("*.py"))

LONGEST_MODULE = 300
LONGEST_FUNCTION = 40
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "shared_code"}

# Where each outside product may be imported, as modules or whole rooms; nowhere where the list is empty.
AT_HOME = {
    "xlwings": ("books.live_excel", "books.file_engine", "surfaces.macros", "surfaces.functions"),
    "xlwings.pro": (),
    "xlwings.server": (),
    "xlwings.reports": (),
    "docxtpl": ("documents",),
    "docx": ("documents",),
    "jinja2": ("documents",),
    "lxml": ("documents", "books"),
    "openpyxl": ("books",),
    "xlsxwriter": ("books",),
    "python_calamine": ("books",),
    "sqlalchemy": ("ledger",),
    "alembic": ("ledger",),
    "googleapiclient": ("books.google.client", "delivery.drive_calls", "surfaces.cli.google"),
    "google": ("books.google.client", "surfaces.cli.google"),
    "google_auth_httplib2": ("books.google.client",),
    "google_auth_oauthlib": ("surfaces.google_sign_in",),
    "oauthlib": ("surfaces.google_sign_in",),
    "httplib2": ("books.google.client",),
    "smtplib": ("delivery.mail_dialogue",),
    "tenacity": ("delivery", "books.google.client"),
    "pydantic": ("surfaces.configuration", "surfaces.configuration_faults"),
    "keyring": ("surfaces.passwords",),
    "typer": ("surfaces",),
    "rich": ("surfaces",),
}


def imports_of(path: Path) -> Iterator[str]:
    """Every module a file names in an import, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(path: Path) -> str:
    """`books.guard` for careersheets/books/guard.py."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def lies_in(name: str, rooms: tuple[str, ...]) -> bool:
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


@pytest.mark.parametrize("product", AT_HOME)
def test_a_product_is_known_only_in_its_rooms(product: str) -> None:
    strangers = [
        room_of(path)
        for path in MODULES
        if not lies_in(room_of(path), AT_HOME[product])
        and any(lies_in(name, (product,)) for name in imports_of(path))
    ]
    assert strangers == []


def test_the_licensed_part_of_xlwings_stays_off() -> None:
    code = "import xlwings; assert xlwings.__pro__ is False"
    assert importlib.util.find_spec("xlwings") is not None
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_imports_run_one_way() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_room_has_a_name_that_says_what_it_is() -> None:
    assert [room_of(path) for path in MODULES if path.stem in NAMES_THAT_SAY_NOTHING] == []


def test_no_module_is_too_long() -> None:
    lengths = {room_of(path): path.read_text("utf-8").count("\n") for path in MODULES}
    assert {room: length for room, length in lengths.items() if length > LONGEST_MODULE} == {}


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Its lines without the docstring."""
    length = (function.end_lineno or 0) - function.lineno + 1
    return length - (ast.get_docstring(function, clean=False) or "").count("\n")


def test_no_function_is_too_long() -> None:
    too_long = {
        f"{room_of(path)}.{node.name}": lines_of(node)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and lines_of(node) > LONGEST_FUNCTION
    }
    assert too_long == {}


def test_nothing_is_left_unfinished() -> None:
    words = ("TODO", "FIXME", "raise NotImplementedError")
    left = [room_of(path) for path in MODULES if any(word in path.read_text("utf-8") for word in words)]
    assert left == []


def test_no_error_is_swallowed_whole() -> None:
    """An `except Exception` hides what went wrong; it may only tidy up and raise again."""
    broad = {"Exception", "BaseException"}
    found = [
        f"{room_of(path)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in broad))
        and not isinstance(node.body[-1], ast.Raise)
    ]
    assert found == []


def test_the_lock_names_no_other_registry_than_the_public_one() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
    sources = {str(package["source"]) for package in lock["package"]}
    assert sources == {"{'registry': 'https://pypi.org/simple'}", "{'editable': '.'}"}
    files = [file["url"] for package in lock["package"] for file in package.get("wheels", [])]
    assert {url.split("/")[2] for url in files} == {"files.pythonhosted.org"}


def test_the_lock_of_the_test_tools_names_no_registry() -> None:
    assert '"resolved"' not in (ROOT / "tests" / "package-lock.json").read_text("utf-8")
