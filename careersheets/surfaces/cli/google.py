"""`careersheets google setup` and `google menu`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .exit_codes import ExitCode
from .options import Json
from .output import say, say_json

google_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Google Sheets and Google Drive.")
_HOW = """\
1. In the Google Cloud console make a project, and enable the Google Sheets API and the Google Drive API in it.
2. IAM & Admin > Service Accounts > Create service account; no role is needed.
3. Its Keys > Add key > Create new key > JSON. Put the file beside careersheets.toml and let only yourself read it:
   chmod 600 careersheets-key.json
4. Try it: careersheets google setup careersheets-key.json --sheet ADDRESS --drive-folder ADDRESS"""


@google_app.command("setup")
def setup(
    key_file: Annotated[Path | None, typer.Argument(help="Key file of the service account.")] = None,
    sheet: Annotated[str, typer.Option(help="Address of the master workbook in Google Sheets.")] = "",
    drive_folder: Annotated[
        str, typer.Option(help="Address of the folder for documents, on a Shared drive.")
    ] = "",
    json: Json = False,
) -> int:
    """Say how to let careersheets in, then try everything it needs, with what to do where something is missing."""
    if key_file is None:
        say_json({"steps": _HOW.splitlines()}) if json else say(_HOW)
        return ExitCode.CLEAN
    from ..google_trial import try_google

    found = []
    for diagnosis in try_google(key_file, sheet, drive_folder):
        found.append(diagnosis)
        if not json:
            say(f"{'ok   ' if diagnosis.in_order else 'to do'} {diagnosis.what}")
    well = all(diagnosis.in_order for diagnosis in found)
    if json:
        say_json([{"fine": it.in_order, "sentence": it.what} for it in found])
    elif well:
        say(_section(key_file, drive_folder))
    return ExitCode.CLEAN if well else ExitCode.ACCESS


@google_app.command("menu")
def menu() -> None:
    """Show the script of the menu in the sheet, to be pasted into Extensions > Apps Script."""
    folder = Path(__file__).parents[1] / "google_menu"
    say((folder / "careersheets.js").read_text("utf-8"))


def _section(key_file: Path, drive_folder: str) -> str:
    lines = ["Write this into careersheets.toml:", "", "[google]", f'key_file = "{key_file.as_posix()}"']
    if drive_folder:
        lines += [f'drive_folder = "{drive_folder}"', 'allowed_domains = ["your.domain"]']
    return "\n".join(lines)
