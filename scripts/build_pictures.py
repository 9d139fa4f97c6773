"""Make the pictures of the README from the demo: the workbook's first page and the first page of a gap report.

Needs LibreOffice and pdftoppm (see .ci/run). Run it again when either looks different.
"""

from __future__ import annotations

import subprocess
import tempfile
from datetime import datetime
from pathlib import Path

from careersheets.surfaces.wiring import open_book
from careersheets.workflows.new import new_workspace
from careersheets.workflows.report import Asked, report

# Both pictures are cut here, so that they stand side by side.
HEIGHT = 960
PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
# Nobody here exists: the demo makes up its people, and the same seed makes the same ones.
PERSON = "L1009"
# Read for every formula anew: a workbook from the demo was never open in a spreadsheet program.
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""


def main() -> None:
    """Make the demo, both documents as PDF, and a picture of each one's first page."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        # Today, because the workbook's formulas know no other day.
        now = datetime.now()
        workbook = new_workspace(folder / "demo", now, demo=True)
        outcome = report(open_book(workbook), workbook.parent, now, Asked())
        document = next(made.file for made in outcome.made if made.employee_id == PERSON)
        pdfs = _to_pdf([workbook, workbook.parent / document], folder)
        for pdf, picture in zip(pdfs, ("workbook", "document"), strict=True):
            _first_page(pdf, PICTURES / picture)


def _to_pdf(paths: list[Path], folder: Path) -> list[Path]:
    profile = folder / "profile"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(RECALCULATE, "utf-8")
    options = ["--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", "pdf"]
    subprocess.run(["soffice", *options, "--outdir", folder, *paths], check=True, capture_output=True)
    return [folder / f"{path.stem}.pdf" for path in paths]


def _first_page(pdf: Path, picture: Path) -> None:
    size = ["-scale-to-x", "900", "-scale-to-y", "-1", "-W", "900", "-H", str(HEIGHT)]
    subprocess.run(["pdftoppm", "-png", "-singlefile", "-f", "1", "-l", "1", *size, pdf, picture], check=True)


if __name__ == "__main__":
    main()
