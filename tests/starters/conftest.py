"""Each test of a framework runs once for each family."""

from __future__ import annotations

import pytest

from .reading import FAMILIES, Framework, read


@pytest.fixture(params=FAMILIES)
def framework(request: pytest.FixtureRequest) -> Framework:
    return read(request.param)
