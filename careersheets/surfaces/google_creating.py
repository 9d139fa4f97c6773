"""Makes the master workbook in Google Sheets: a new file in the folder in Drive, or in an empty sheet that HR shared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..books.google.client import GoogleClient
from ..books.google.creating import create_file, create_sheet, is_there, new_sheet_id
from ..delivery.drive_calls import DriveCalls
from ..delivery.drive_refusals import DriveTrouble
from ..delivery.drive_register import DriveRegister
from ..ledger.ledger import new_identity
from ..model.errors import RemoteError, UsageError
from ..workflows.new import first_rows
from .configuration import GoogleSection
from .google import REGISTER
from .google_address import id_in


@dataclass(frozen=True, slots=True)
class NewSheet:
    """A master workbook in Google Sheets; `made` is false if it was there already, as it is."""

    address: str
    made: bool


class NoPlace(UsageError):
    """Nobody said where the sheet should lie."""

    def __init__(self, account: str) -> None:
        super().__init__(
            "A service account has no storage of its own, so the new sheet needs a place. Either write drive_folder, a folder "
            "on a Shared drive, into the section [google] of careersheets.toml; or make an empty sheet in Google Sheets, "
            f"share it as Editor with {account}, and run again with --sheet and its address."
        )


class NotShared(RemoteError):
    """The sheet is there, and the one it was made for cannot see it yet."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(
            f"The workbook is at {address} but could not be shared. {why} Run again, or press Share in the sheet."
        )


def make_sheet(
    client: GoogleClient,
    google: GoogleSection | None,
    folder: Path,
    title: str,
    now: datetime,
    *,
    sheet: str = "",
    frameworks: Sequence[str] = (),
    demo: bool = False,
    share_with: str = "",
) -> NewSheet:
    """Make the workbook called `title`; run again, it goes on where it was cut off, and never makes a second one.

    Args:
        client: for the account that `google` names.
        google: the settings in `folder`.
        folder: of careersheets.toml; what lies in Drive is remembered beside it.
        title: of the sheet.
        now: local time; the demo's dates are around it.
        sheet: the address of an empty sheet to make it in; a new file if left out.
        frameworks: starter frameworks to begin with.
        demo: fill it with fictional people.
        share_with: the address of somebody who may edit it, besides whoever sees its folder.

    Raises:
        NoPlace: there is neither a sheet nor a folder.
        CareersheetsError: Google refused or does not answer, or the sheet holds something else.
    """
    rows = first_rows(now, frameworks=frameworks, demo=demo)
    number = id_in(sheet) if sheet else _file(client, google, folder, title)
    made = create_sheet(client, number, rows, title=title, identity=new_identity())
    address = f"https://docs.google.com/spreadsheets/d/{number}/edit"
    if share_with:
        try:
            DriveCalls(client).let_edit(number, share_with)
        except DriveTrouble as trouble:
            raise NotShared(address, trouble.sentence) from trouble
    return NewSheet(address, made)


def _file(client: GoogleClient, google: GoogleSection | None, folder: Path, title: str) -> str:
    """The id of the file called `title`, made if it is not there.

    An id that was kept may belong to nothing yet, as a run was cut off, or no more, as the file was deleted.
    """
    place = google.drive_folder if google else ""
    if not place and not (google and google.oauth_client):
        raise NoPlace(client.account)
    register, key = DriveRegister(folder / REGISTER), f"workbook {title}"
    parent, number = id_in(place) if place else "", register.get(key)
    if number and is_there(client, number, title):
        return number
    if number:
        create_file(client, number, title, parent)
        if is_there(client, number, title):
            return number
    number = new_sheet_id(client)
    register.keep(key, number)
    create_file(client, number, title, parent)
    return number
