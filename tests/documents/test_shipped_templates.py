"""The templates that come with the package are what the script builds, and pass their own check."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from careersheets.documents.checking import check_template
from careersheets.documents.kinds import KINDS

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.requirement("X4")


def test_they_are_what_the_script_builds() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "build_doc_templates.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_they_pass_their_own_check(kind: object) -> None:
    assert check_template(ROOT / "doc_templates" / kind.template, kind.key) == []  # type: ignore[attr-defined]


def test_they_are_lean() -> None:
    for kind in KINDS:
        assert (ROOT / "doc_templates" / kind.template).stat().st_size < 60_000
