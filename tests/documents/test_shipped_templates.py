"""The templates that come with the package are what their script builds, lean, and nobody's by name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.documents.reports import TEMPLATE
from tests.documents.small_templates import parts_of

pytestmark = pytest.mark.requirement("X4")

SCRIPT = Path(__file__).parents[2] / "scripts" / "build_doc_templates.py"


def test_built_anew_they_are_the_same_bytes() -> None:
    run = subprocess.run(
        [sys.executable, SCRIPT, "--check"], capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_they_are_lean() -> None:
    parts = parts_of(TEMPLATE.read_bytes())
    assert TEMPLATE.stat().st_size < 40_000
    assert len(parts["word/styles.xml"]) < 20_000


def test_nobody_is_named_in_them() -> None:
    core = parts_of(TEMPLATE.read_bytes())["docProps/core.xml"]
    assert b"<dc:creator>careersheets</dc:creator>" in core
    assert b"lastModifiedBy" not in core
