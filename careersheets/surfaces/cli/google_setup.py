"""`careersheets google setup`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...model.errors import UsageError
from .exit_codes import ExitCode
from .options import Json
from .output import say, say_json

if TYPE_CHECKING:
    from ...workflows.install_doctor import Diagnosis

_HOW = """\
1. In the Google Cloud console make a project, and enable the Google Sheets API and the Google Drive API in it.
2. IAM & Admin > Service Accounts > Create service account; no role is needed.
3. Its Keys > Add key > Create new key > JSON. Put the file beside careersheets.toml and let only yourself read it:
   chmod 600 careersheets-key.json
4. Try it: careersheets google setup careersheets-key.json --sheet ADDRESS --drive-folder ADDRESS
To work as a person instead, who signs in with a browser:
2. Google Auth Platform > Audience > Internal. Clients > Create client > Desktop app; download its JSON.
3. Put the file beside careersheets.toml.
4. Sign in and try it: careersheets google setup --oauth careersheets-client.json --sheet ADDRESS --drive-folder ADDRESS"""


Key = Annotated[
    Path | None, typer.Argument(help="Key file of the service account; keyring for the one kept there.")
]
Client = Annotated[
    Path | None, typer.Option(help="In its place: file of an OAuth client, to work as you, signed in.")
]


def setup(
    key_file: Key = None,
    oauth: Client = None,
    keyring: Annotated[
        bool, typer.Option("--keyring", help="Keep the key in this computer's keyring; delete the file then.")
    ] = False,
    browser: Annotated[
        bool, typer.Option(help="Open the browser to sign in; the address is shown in any case.")
    ] = True,
    sheet: Annotated[str, typer.Option(help="Address of the master workbook in Google Sheets.")] = "",
    drive_folder: Annotated[
        str, typer.Option(help="Address of the folder for documents, on a Shared drive.")
    ] = "",
    folder: Annotated[
        Path | None, typer.Option(help="Where careersheets.toml is; the current folder if left out.")
    ] = None,
    json: Json = False,
) -> int:
    """Say how to let careersheets in, then try everything it needs, with what to do where something is missing."""
    if key_file is None and oauth is None:
        say_json({"steps": _HOW.splitlines()}) if json else say(_HOW)
        return ExitCode.CLEAN
    if key_file is not None and oauth is not None:
        raise UsageError(
            "Give either the key file of a service account, or --oauth with the client of a person."
        )
    here, found = (folder or Path()).resolve(), []
    for diagnosis in _trials(key_file, oauth, here, (sheet, drive_folder), keyring=keyring, browser=browser):
        found.append(diagnosis)
        if not json:
            say(f"{'ok   ' if diagnosis.in_order else 'to do'} {diagnosis.what}")
    well = all(diagnosis.in_order for diagnosis in found)
    if json:
        say_json([{"fine": it.in_order, "sentence": it.what} for it in found])
    elif well:
        say(_section(_line(key_file, oauth, here, keyring=keyring), drive_folder))
    return ExitCode.CLEAN if well else ExitCode.ACCESS


def _trials(
    key_file: Path | None,
    oauth: Path | None,
    folder: Path,
    places: tuple[str, str],
    *,
    keyring: bool,
    browser: bool,
) -> Iterator[Diagnosis]:
    from ..google_accounts import set_up_person, set_up_service_account

    if oauth is not None:
        return set_up_person(oauth, folder, places, browser=browser)
    return set_up_service_account(key_file or Path(), folder, places, keyring=keyring)


def _line(key_file: Path | None, oauth: Path | None, folder: Path, *, keyring: bool) -> str:
    if oauth is not None:
        return f'oauth_client = "{_seen_from(folder, oauth)}"'
    return f'key_file = "{"keyring" if keyring or key_file == Path("keyring") else _seen_from(folder, key_file or Path())}"'


def _seen_from(folder: Path, file: Path) -> str:
    """As careersheets.toml in `folder` names it."""
    whole = file.resolve()
    return (whole.relative_to(folder) if whole.is_relative_to(folder) else whole).as_posix()


def _section(account: str, drive_folder: str) -> str:
    lines = ["Write this into careersheets.toml:", "", "[google]", account]
    if drive_folder:
        lines += [f'drive_folder = "{drive_folder}"', 'allowed_domains = ["your.domain"]']
    return "\n".join(lines)
