"""A command begins at once: it brings in the libraries it needs, and no others."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from careersheets.vocabulary.sheet import sheet_of
from careersheets.vocabulary.workbook import SHEETS
from careersheets.workflows.new import new_workspace
from tests.documents.test_demo_documents import TODAY

HEAVY = frozenset(
    [
        "alembic", "docx", "docxtpl", "google", "googleapiclient", "icalendar", "jinja2", "keyring", "lxml", "numpy",
        "openpyxl", "pandas", "pandera", "python_calamine", "rich", "scipy", "sqlalchemy", "xlsxwriter", "xlwings",
    ]
)  # fmt: skip
PROGRAM = """
import atexit, json, sys
atexit.register(lambda: print(json.dumps(sorted({{name.partition('.')[0] for name in sys.modules}})), file=sys.stderr))
sys.argv = ["careersheets", *{arguments!r}]
from careersheets.surfaces.cli.main import main
main()
"""


def brought_in(program: str) -> frozenset[str]:
    """The heavy libraries a process of its own has brought in when it ends."""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    return HEAVY & frozenset(json.loads(done.stderr.splitlines()[-1]))


def by_command(*arguments: str) -> frozenset[str]:
    return brought_in(PROGRAM.format(arguments=arguments))


def test_help_and_version_bring_in_nothing() -> None:
    assert by_command("--help") == by_command("--version") == by_command("report", "--help") == frozenset()


def test_a_report_brings_in_what_reads_tables_and_makes_documents_only(tmp_path: Path) -> None:
    book = new_workspace(tmp_path, datetime.combine(TODAY, datetime.min.time()), demo=True)
    assert by_command("report", str(book), "--employee", "L1005") <= {
        "docx",
        "docxtpl",
        "jinja2",
        "lxml",
        "numpy",
        "pandas",
        "pandera",
        "sqlalchemy",
    }
    assert list(tmp_path.rglob("*.docx")), "a report was made"


def test_the_process_that_reads_a_file_brings_in_the_reader_only() -> None:
    code = "import sys, json; import careersheets.books.guard_child; print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    assert brought_in(code) <= {"python_calamine"}


@pytest.mark.parametrize("model", SHEETS, ids=lambda model: model.__name__)
def test_what_a_sheet_declares_is_what_its_schema_checks(model: type) -> None:
    sheet, schema = sheet_of(model), model.to_schema()
    assert (sheet.name, sheet.key) == (schema.name, tuple(schema.unique or ()))
    assert [(column.name, column.header) for column in sheet.columns] == [
        (name, column.title) for name, column in schema.columns.items()
    ]
    assert all(column.required != schema.columns[column.name].nullable for column in sheet.columns)
