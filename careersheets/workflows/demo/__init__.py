"""The demo: fictional people over three cycles, deterministic, with a few things to fix."""

from .company import demo_rows

__all__ = ["demo_rows"]
