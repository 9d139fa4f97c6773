"""Build careers.xlsm, careersheets.xlam and scorecard.xlsx, or say whether the committed ones are stale.

python scripts/build_macro_workbooks.py            build them, and the .bas texts they are made from
python scripts/build_macro_workbooks.py --check    exit with 1 if a committed one is not what would be built

Needs the development tools: macros are packed by pyOpenVBA. What xlwings brings for its part stays as it came, licences
included; only the name of the settings file differs, so that no other xlwings workbook is touched.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import zipfile
from pathlib import Path

import pyopenvba
import xlsxwriter
import xlwings

from careersheets.books.building import build_workbook
from careersheets.books.building.macro_workbook import PROJECT_PART, add_macros, name_code
from careersheets.books.building.scorecard import build_scorecard
from careersheets.books.building.workbook import CREATED
from careersheets.books.package import Package
from careersheets.surfaces.button_places import with_buttons
from careersheets.surfaces.vba_text import ribbon_module, ribbon_xml, workbook_module
from careersheets.workflows.scorecards_split import standalone_card

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "workbook_templates"
TEXTS = ROOT / "careersheets" / "surfaces" / "vba"
MODULES = {"careersheets_buttons": workbook_module, "careersheets_ribbon": ribbon_module}
SETTINGS_NAME = "careersheets"
_XLWINGS = Path(xlwings.__file__).parent
_MACRO_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ADDIN_TYPE = b"application/vnd.ms-excel.addin.macroEnabled.main+xml"
_RIBBON_LINK = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"


def build_all(folder: Path, texts: Path) -> list[Path]:
    """Build the .bas texts into `texts` and both workbooks into `folder`; all their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    texts.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in MODULES.items():
        path = texts / f"{name}.bas"
        path.write_text(text(), encoding="utf-8", newline="\n")
        written.append(path)
    build_macro_workbook(folder / "careers.xlsm", texts, run_python=xlwings_module("xlwings.bas"))
    build_addin(folder / "careersheets.xlam", texts)
    build_scorecard(folder / "scorecard.xlsx", standalone_card())
    return [*written, *(folder / name for name in ("careers.xlsm", "careersheets.xlam", "scorecard.xlsx"))]


def build_macro_workbook(target: Path, texts: Path, *, run_python: str) -> None:
    """The master workbook with buttons; `run_python` is the module that has the Sub RunPython."""
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "careers.xlsx"
        build_workbook(plain)
        project = macro_project(
            plain, {"careersheets_buttons": _text(texts, "careersheets_buttons")}, run_python
        )
        with_buttons(plain, target, project)


def build_addin(target: Path, texts: Path) -> None:
    """The add-in: no sheets to see, macros for the workbook in front, a tab in the ribbon."""
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "addin.xlsx"
        workbook = xlsxwriter.Workbook(str(plain))
        workbook.set_properties({"title": "careersheets", "created": CREATED})
        workbook.add_worksheet("careersheets")
        workbook.close()
        modules = {"careersheets_ribbon": _text(texts, "careersheets_ribbon")}
        project = macro_project(plain, modules, xlwings_module("xlwings_custom_addin.bas"))
        _make_addin(plain, target, project)


def macro_project(
    workbook: Path, modules: dict[str, str], run_python: str, *, with_dictionary: bool = True
) -> bytes:
    """A macro project for the sheets of `workbook`: our modules, and `run_python`, which has the Function RunPython.

    xlwings' module needs its class Dictionary; LibreOffice cannot compile that, so a project to be run there is built
    `with_dictionary=False` and another RunPython.
    """
    with tempfile.TemporaryDirectory() as scratch:
        coded, with_macros = Path(scratch) / "coded.xlsx", Path(scratch) / "macros.xlsm"
        with Package(workbook) as package:
            name_code(package)
            with coded.open("w+b") as file:
                package.save(file)
        _copy_as_macro_workbook(coded, with_macros)
        with pyopenvba.ExcelFile(with_macros) as file:
            file.add_vba_project()
            project = file.vba_project()
            for name, text in modules.items():
                project.add_module(name, _lines(text))
            project.add_module("xlwings", _lines(run_python))
            if with_dictionary:
                dictionary = (_XLWINGS / "addin" / "Dictionary.cls").read_text("utf-8")
                project.add_module("Dictionary", _lines(dictionary), kind=pyopenvba.VBAModuleKind.other)
            file.save()
        with zipfile.ZipFile(with_macros) as archive:
            return archive.read(PROJECT_PART)


def xlwings_module(name: str) -> str:
    """A module of xlwings' free part, with the name of our own settings file."""
    text = (_XLWINGS / name).read_text("utf-8")
    for known in ("xlwings", "myaddin"):
        text = text.replace(
            f'PROJECT_NAME As String = "{known}"', f'PROJECT_NAME As String = "{SETTINGS_NAME}"'
        )
    return text


def stale_files() -> list[str]:
    """The names of committed files that differ from what would be built."""
    with tempfile.TemporaryDirectory() as scratch:
        fresh = build_all(Path(scratch) / "workbooks", Path(scratch) / "texts")
        committed = {path.name: (TEXTS if path.suffix == ".bas" else TEMPLATES) / path.name for path in fresh}
        return [
            path.name
            for path in fresh
            if not committed[path.name].is_file() or committed[path.name].read_bytes() != path.read_bytes()
        ]


def _copy_as_macro_workbook(source: Path, target: Path) -> None:
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "[Content_Types].xml":
                content = content.replace(plain, _MACRO_TYPE)
            new.writestr(zipfile.ZipInfo(info.filename), content)


def _make_addin(plain: Path, target: Path, project: bytes) -> None:
    macros = plain.with_suffix(".xlsm")
    add_macros(plain, macros, project, {}, {})
    with zipfile.ZipFile(macros) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "[Content_Types].xml":
                content = content.replace(_MACRO_TYPE, _ADDIN_TYPE)
            if info.filename == "_rels/.rels":
                line = f'<Relationship Id="rIdRibbon" Type="{_RIBBON_LINK}" Target="customUI/customUI14.xml"/></Relationships>'
                content = content.replace(b"</Relationships>", line.encode())
            _add(new, info.filename, content)
        _add(new, "customUI/customUI14.xml", ribbon_xml().encode())


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, content)


def _text(folder: Path, name: str) -> str:
    return (folder / f"{name}.bas").read_text("utf-8")


def _lines(text: str) -> str:
    """Lines as the macro editor ends them."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def main() -> int:
    """Build or check; 0 if all is well."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="change nothing; say what is stale")
    if parser.parse_args().check:
        stale = stale_files()
        print(
            "\n".join(f"{name} is stale: run scripts/build_macro_workbooks.py" for name in stale)
            or "up to date"
        )
        return 1 if stale else 0
    for path in build_all(TEMPLATES, TEXTS):
        print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
