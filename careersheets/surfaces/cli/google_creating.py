"""`careersheets google create`."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ...model.errors import UsageError
from .options import Json, listed
from .output import say, say_json


def create(
    title: Annotated[str, typer.Argument(help="What the sheet is called.")],
    folder: Annotated[Path, typer.Option(help="Folder of careersheets.toml.")] = Path(),
    sheet: Annotated[
        str, typer.Option(help="Address of an empty sheet to make it in, shared with careersheets as Editor.")
    ] = "",
    framework: Annotated[str, typer.Option(help="Starter frameworks with commas between.")] = "engineering",
    demo: Annotated[bool, typer.Option("--demo", help="With fictional people, to try things out.")] = False,
    share_with: Annotated[str, typer.Option(help="E-mail address of somebody in HR who may edit it.")] = "",
    json: Json = False,
) -> None:
    """Make the master workbook in Google Sheets. Run again, it goes on where it was cut off."""
    if not title.strip():
        raise UsageError("Say what the sheet is to be called.")
    from ..google import open_client
    from ..google_creating import make_sheet
    from ..wiring import configuration_of

    settings = configuration_of(folder)
    with closing(open_client(settings, folder.resolve())) as client:
        new = make_sheet(
            client,
            settings.google,
            folder.resolve(),
            title,
            datetime.now(),
            sheet=sheet,
            frameworks=listed(framework),
            demo=demo,
            share_with=share_with,
        )
    if json:
        say_json({"address": new.address, "made": new.made})
    elif new.made:
        say(f"The workbook is {new.address}\nOpen it and begin on Start. Its menu: careersheets google menu")
    else:
        say(f"There is a workbook already at {new.address}\nIt was left as it is.")
