"""Every pair of two lists in the long campaign; in the short one every entry of the first, each with one of the second."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from itertools import product
from typing import TypeVar

First = TypeVar("First")
Second = TypeVar("Second")


def pairs(first: Iterable[First], second: Sequence[Second]) -> list[tuple[First, Second]]:
    """The pairs to try; `--long` asks for all of them."""
    listed = list(first)
    if os.environ.get("CAREERSHEETS_LONG"):
        return list(product(listed, second))
    return [(entry, second[place % len(second)]) for place, entry in enumerate(listed)]
