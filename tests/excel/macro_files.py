"""Reading a macro workbook as Excel would: which shape starts which macro, and what the macro says."""

from __future__ import annotations

import re
import subprocess
import sys
import warnings
import zipfile
from dataclasses import dataclass
from html import unescape
from pathlib import Path

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from oletools.olevba import VBA_Parser

_SHAPE = re.compile(r'<xdr:sp macro="\[0\]!(\w+)".*?</xdr:sp>', re.DOTALL)
_TEXT = re.compile(r"<a:t>(.*?)</a:t>", re.DOTALL)
_SUB = re.compile(r'Public Sub (\w+)\([^)]*\)\s*\r?\n\s+RunPython "((?:[^"]|"")*)"')

# What runs in place of Excel: the workbook opened on the engine for closed files, then xlwings' own command line.
_STAND_IN = """
import sys
from careersheets.books.file_engine import open_closed_file, select_cells
book = open_closed_file(sys.argv[1])
if sys.argv[2]: select_cells(book, sys.argv[2])
book.app.impl.answers_yes = {yes}
import xlwings.utils
xlwings.utils.prepare_sys_path(f'False;{sys.argv[1]};{sys.argv[1]};;;')
{command}
if {save}: book.save()
print(*book.app.impl.alerts[{first}:], sep="\\n")
"""


@dataclass(frozen=True)
class DrawnButton:
    caption: str
    macro: str


def drawn_buttons(workbook: Path) -> list[DrawnButton]:
    """The buttons in the drawings, by caption and macro."""
    found = []
    with zipfile.ZipFile(workbook) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name):
                for match in _SHAPE.finditer(archive.read(name).decode()):
                    found.append(DrawnButton(unescape(_TEXT.search(match[0])[1]), match[1]))
    return found


def macro_texts(workbook: Path) -> dict[str, str]:
    """The text of every module of the macro project."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parser = VBA_Parser(str(workbook))
        try:
            return {name: code for _, _, name, code in parser.extract_macros()}
        finally:
            parser.close()


def python_commands(workbook: Path) -> dict[str, str]:
    """What each Sub hands to RunPython."""
    source = "\n".join(macro_texts(workbook).values())
    return {name: command.replace('""', '"') for name, command in _SUB.findall(source)}


def run_command(
    workbook: Path,
    command: str,
    selection: str = "",
    *,
    yes: bool = True,
    save: bool = True,
    tell_questions: bool = False,
) -> subprocess.CompletedProcess[str]:
    """Run a RunPython command in a process of its own, as Excel would, on the closed workbook.

    Questions are answered `yes` or no; what is printed is the sentence shown last, or, if `tell_questions`, also the
    questions before it, a line each.
    """
    code = _STAND_IN.replace("{command}", command).replace("{yes}", str(yes)).replace("{save}", str(save))
    code = code.replace("{first}", "0" if tell_questions else "-1")
    arguments = [str(workbook), selection, f"--wb={workbook.name}", "--from_xl=1", "--app=none", "--hwnd=0"]
    return subprocess.run(
        [sys.executable, "-B", "-W", "ignore", "-c", code, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=workbook.parent,
        check=False,
    )
