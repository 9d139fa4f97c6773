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

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
HEIGHT = 950
# Nobody here exists: the demo makes up its people, and the same seed makes the same ones.
PERSON = "L1015"
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
        with open_book(workbook) as master:
            outcome = report(master.book, master.folder, now, Asked())
        document = next(made.file for made in outcome.made if made.employee_id == PERSON)
        pdfs = _to_pdf([workbook, workbook.parent / document], folder)
        _first_page(pdfs[0], PICTURES / "workbook", width=900)
        _first_page(pdfs[1], PICTURES / "document", width=672)


def _to_pdf(paths: list[Path], folder: Path) -> list[Path]:
    profile = folder / "profile"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(RECALCULATE, "utf-8")
    options = ["--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", "pdf"]
    subprocess.run(["soffice", *options, "--outdir", folder, *paths], check=True, capture_output=True)
    return [folder / f"{path.stem}.pdf" for path in paths]


def _first_page(pdf: Path, picture: Path, width: int) -> None:
    """The page at `width` pixels, cut at the height both pictures have, so that they stand side by side."""
    size = ["-scale-to-x", str(width), "-scale-to-y", "-1", "-W", str(width), "-H", str(HEIGHT)]
    subprocess.run(["pdftoppm", "-png", "-singlefile", "-f", "1", "-l", "1", *size, pdf, picture], check=True)


if __name__ == "__main__":
    main()
