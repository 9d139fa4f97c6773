"""`careersheets google setup`, `google create`, `google push`, `google pull` and `google menu`."""

from __future__ import annotations

from pathlib import Path

import typer

from .google_carrying import pull, push
from .google_creating import create
from .google_setup import setup
from .output import say

google_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Google Sheets and Google Drive.")
google_app.command("setup")(setup)
google_app.command("create")(create)
google_app.command("push")(push)
google_app.command("pull")(pull)


@google_app.command("menu")
def menu() -> None:
    """Show the script of the menu in the sheet, to be pasted into Extensions > Apps Script."""
    folder = Path(__file__).parents[1] / "google_menu"
    say((folder / "careersheets.js").read_text("utf-8"))
