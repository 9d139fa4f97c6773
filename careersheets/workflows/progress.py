"""How long work tells how far it is."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called as work goes on; may raise to stop it."""

    def __call__(self, done: int, total: int, doing: str) -> None:
        """`done` of `total` pieces of `doing` are finished."""
        ...


def silent(done: int, total: int, doing: str) -> None:
    """Progress that nobody watches."""
