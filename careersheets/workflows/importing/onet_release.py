"""The files of an O*NET database release, Excel or tab-separated text, as frames."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ...books.excel_file import ExcelFile
from ...model.cells import Grid
from ...model.errors import UsageError
from .foreign_files import read_foreign

# The domains that people can be rated on, each a file with the scales IM and LV.
DOMAINS = ("Skills", "Knowledge", "Abilities", "Work Activities")
_ENDINGS = (".xlsx", ".txt", ".csv")
_RELEASE = re.compile(r"O\*NET\S*\s+(\d+\.\d+)\s+Database", re.IGNORECASE)
_FOLDER_RELEASE = re.compile(r"db_(\d+)_(\d+)")


class NoRelease(UsageError):
    """The folder does not hold an O*NET release."""

    def __init__(self, folder: Path, missing: str) -> None:
        super().__init__(
            f'The folder "{folder.resolve().name}" has no file "{missing}" (.xlsx or .txt). '
            "Unpack the O*NET database (Excel or text edition) and give the folder that holds its files."
        )


@dataclass(frozen=True, slots=True)
class Release:
    """One O*NET release.

    `ratings` has one row per occupation and element: `code`, `element`, `name`, `domain`, `importance` (1 to 5),
    `level` (0 to 7), `suppressed`, `irrelevant` (bools). `occupations`: `code`, `title`, `description`.
    `zones`: job zone (1 to 5) by code. `related`: `code`, `other`, `tier`, `place` (1 = nearest).
    `anchors`: `element`, `value`, `text`. `definitions`: description by element. `low`, `high`: ends of the scale LV.
    """

    version: str
    occupations: pd.DataFrame
    ratings: pd.DataFrame
    zones: pd.Series
    related: pd.DataFrame
    anchors: pd.DataFrame
    definitions: pd.Series
    low: float
    high: float

    @property
    def database(self) -> str:
        """As it is to be named in an attribution."""
        return f"O*NET {self.version} Database" if self.version else "O*NET Database"


def read_release(folder: Path) -> Release:
    """The release in `folder`.

    Raises:
        NoRelease: its occupations, or every domain, are missing.
        FileRefused: one of its files cannot be read.
    """
    files = _find_files(folder)
    occupations = _frame(
        folder,
        files,
        "Occupation Data",
        {"onetsoccode": "code", "title": "title", "description": "description"},
    )
    zones = _frame(folder, files, "Job Zones", {"onetsoccode": "code", "jobzone": "zone"}, optional=True)
    scales = _frame(
        folder,
        files,
        "Scales Reference",
        {"scaleid": "scale", "minimum": "low", "maximum": "high"},
        optional=True,
    )
    ends = scales[scales["scale"].eq("LV")].astype({"low": float, "high": float})
    return Release(
        version=_version(folder),
        occupations=occupations,
        ratings=_ratings(folder, files),
        zones=zones.dropna().drop_duplicates("code").set_index("code")["zone"].astype(float),
        related=_related(folder, files),
        anchors=_anchors(folder, files),
        definitions=_definitions(folder, files),
        low=float(ends["low"].min()) if len(ends) else 0.0,
        high=float(ends["high"].max()) if len(ends) else 7.0,
    )


def _find_files(folder: Path) -> dict[str, Path]:
    """The release's tables by name. Excel goes before text where a folder holds both."""
    if not folder.is_dir():
        raise NoRelease(folder, "Occupation Data")
    found: dict[str, Path] = {}
    for ending in _ENDINGS:
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() == ending:
                found.setdefault(_folded(path.stem), path)
    return found


def _ratings(folder: Path, files: dict[str, Path]) -> pd.DataFrame:
    names = {
        "onetsoccode": "code",
        "elementid": "element",
        "elementname": "name",
        "scaleid": "scale",
        "datavalue": "value",
        "recommendsuppress": "suppress",
        "notrelevant": "irrelevant",
    }
    present = [domain for domain in DOMAINS if _folded(domain) in files]
    if not present:
        raise NoRelease(folder, "Skills")
    frames = [_frame(folder, files, domain, names).assign(domain=domain) for domain in present]
    return _one_row_per_element(pd.concat(frames, ignore_index=True))


def _one_row_per_element(rows: pd.DataFrame) -> pd.DataFrame:
    """Importance and level side by side; what is to be suppressed or is not relevant says so on either of its rows."""
    rows = rows[rows["scale"].isin(["IM", "LV"])]
    rows = rows.assign(
        value=pd.to_numeric(rows["value"], errors="coerce"),
        suppress=rows["suppress"].eq("Y"),
        irrelevant=rows["irrelevant"].eq("Y"),
    )
    keys = ["code", "element", "name", "domain"]
    grouped = rows.groupby(keys, sort=False)
    wide = rows.pivot_table(index=keys, columns="scale", values="value", sort=False).reindex(
        columns=["IM", "LV"]
    )
    wide = wide.join(grouped[["suppress", "irrelevant"]].any()).reset_index()
    return wide.rename(columns={"IM": "importance", "LV": "level", "suppress": "suppressed"})


def _related(folder: Path, files: dict[str, Path]) -> pd.DataFrame:
    names = {
        "onetsoccode": "code",
        "relatedonetsoccode": "other",
        "relatednesstier": "tier",
        "index": "place",
    }
    related = _frame(folder, files, "Related Occupations", names, optional=True)
    return related.assign(place=pd.to_numeric(related["place"], errors="coerce"))


def _anchors(folder: Path, files: dict[str, Path]) -> pd.DataFrame:
    names = {"elementid": "element", "scaleid": "scale", "anchorvalue": "value", "anchordescription": "text"}
    anchors = _frame(folder, files, "Level Scale Anchors", names, optional=True)
    anchors = anchors[anchors["scale"].eq("LV")].dropna(subset=["value", "text"])
    return anchors.assign(value=pd.to_numeric(anchors["value"], errors="coerce"))[
        ["element", "value", "text"]
    ]


def _definitions(folder: Path, files: dict[str, Path]) -> pd.Series:
    names = {"elementid": "element", "description": "description"}
    model = _frame(folder, files, "Content Model Reference", names, optional=True)
    return model.drop_duplicates("element").set_index("element")["description"]


def _frame(
    folder: Path, files: dict[str, Path], table: str, names: dict[str, str], *, optional: bool = False
) -> pd.DataFrame:
    """The columns `names` (folded header -> name) of a table of the release; columns it lacks are empty."""
    path = files.get(_folded(table))
    if path is None and not optional:
        raise NoRelease(folder, table)
    if path is None:
        return pd.DataFrame(columns=list(names.values()), dtype=object)
    grid = next(iter(_grids(path).values()))
    columns = {_folded(str(column[0])): column[1:] for column in grid.columns if column[0] is not None}
    empty = [None] * (grid.row_count - 1)
    return pd.DataFrame(
        {name: list(columns.get(header, empty)) for header, name in names.items()}, dtype=object
    )


def _grids(path: Path) -> dict[str, Grid]:
    if path.suffix.lower() == ".xlsx":
        return dict(ExcelFile(path).read().grids)
    return dict(read_foreign(path))


def _version(folder: Path) -> str:
    """`29.0` from the release's own Read Me, else from its folder's name, else ""."""
    for path in sorted(folder.glob("[Rr]ead*[Mm]e*.txt")):
        match = _RELEASE.search(path.read_text(encoding="utf-8", errors="replace")[:5000])
        if match:
            return match[1]
    match = _FOLDER_RELEASE.search(folder.name)
    return f"{match[1]}.{match[2]}" if match else ""


def _folded(text: str) -> str:
    """`O*NET-SOC Code -> onetsoccode`."""
    return re.sub(r"[^a-z0-9]+", "", text.casefold())
