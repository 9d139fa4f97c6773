"""Figures a test shows whether or not it passes."""

from __future__ import annotations

import sys

import pytest


def say(capsys: pytest.CaptureFixture[str], text: str) -> None:
    """Write a line past pytest's capture."""
    with capsys.disabled():
        sys.stdout.write(f"\n  {text}")
        sys.stdout.flush()
