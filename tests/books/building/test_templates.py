"""The committed workbook templates."""

from __future__ import annotations

from pathlib import Path

from scripts.build_workbooks import CAREERS, build_templates, stale_templates


def test_the_committed_templates_are_what_the_vocabulary_gives() -> None:
    assert stale_templates() == []


def test_a_template_that_differs_or_is_missing_is_stale(tmp_path: Path) -> None:
    assert stale_templates(tmp_path) == [CAREERS]
    build_templates(tmp_path)
    assert stale_templates(tmp_path) == []
    (tmp_path / CAREERS).write_bytes(b"something else")
    assert stale_templates(tmp_path) == [CAREERS]
