"""Data that lies beside the repository on some machines; tests that need it skip visibly where it is absent."""

from __future__ import annotations

from pathlib import Path

import pytest


def shared_data(*parts: str) -> Path:
    """The folder or file `parts` of the shared data, or a skip that says what is missing."""
    path = Path(__file__).resolve().parents[2].parent.joinpath("shared", "data", *parts)
    if not path.exists():
        pytest.skip(f"shared data {'/'.join(parts)} is not on this machine")
    return path
