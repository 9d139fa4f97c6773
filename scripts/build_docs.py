"""Write the pages of docs/ that come from the code: every finding, every sheet, every setting, careersheets.toml.

`python scripts/build_docs.py` writes them; with --check it exits with 1 if a committed page is stale.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from configuration_pages import configuration_example, configuration_page

from careersheets.model.findings import Rule, Severity
from careersheets.surfaces.rules import every_rule
from careersheets.vocabulary.column import Column
from careersheets.vocabulary.settings import SETTINGS, Setting
from careersheets.vocabulary.sheet import Sheet
from careersheets.vocabulary.workbook import all_sheets

DOCS = Path(__file__).resolve().parents[1] / "docs"

GROUPS = {
    "daily": "Used every week. The first tabs of the workbook.",
    "framework": "What each level asks for.",
    "set-up": "Set once, looked at when a cycle begins.",
    "conversation": "What people wrote in their forms and agreed.",
    "results": "Written by careersheets; every run replaces them.",
    "HR only": "Never part of a document for a manager or an employee.",
    "very hidden": "Kept by careersheets; nothing to do here.",
}
OWNERS = {"HR": "you", "tool": "careersheets", "shared": "you and careersheets"}
# What the places in a message stand for, where the name alone does not say it.
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def main() -> None:
    """Write the pages, or say which are stale."""
    parser = argparse.ArgumentParser(description="Write the pages of docs/ that come from the code.")
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if a page is stale")
    check = parser.parse_args().check
    stale = [name for name, text in pages().items() if _text_of(DOCS / name) != text]
    for name in stale:
        print(f"docs/{name} is stale; run scripts/build_docs.py." if check else f"docs/{name}")
        if not check:
            (DOCS / name).write_text(pages()[name], "utf-8")
    sys.exit(1 if check and stale else 0)


def pages() -> dict[str, str]:
    """Each generated page by its file name in docs/."""
    return {
        "findings.md": findings_page(every_rule()),
        "sheets.md": sheets_page(all_sheets()),
        "configuration.md": _page(configuration_page(_table)),
        "careersheets.toml": configuration_example(),
    }


def findings_page(rules: Sequence[Rule]) -> str:
    """Every code, with what it says, what to do, and why it matters."""
    parts = [
        "# What can be found",
        "careersheets lists everything it finds on the sheet To fix, each with a link to its cell. "
        "An **error** holds back the documents of the people it touches, and of nobody else. "
        "A **warning** should be looked at before documents are released. A **note** is worth knowing. "
        "The codes never change. `careersheets explain CS203` prints one of them in the terminal.",
        "Words in *italics* stand for what is in your workbook.",
    ]
    for severity, title in (
        (Severity.ERROR, "Errors"),
        (Severity.WARNING, "Warnings"),
        (Severity.NOTE, "Notes"),
    ):
        chosen = [rule for rule in rules if rule.severity is severity]
        parts += [f"## {title}", *(_rule(rule) for rule in chosen)]
    return _page(parts)


def sheets_page(sheets: Iterable[Sheet]) -> str:
    """Every sheet and column of the master workbook, and every setting."""
    parts = [
        "# What stands on each sheet",
        "The master workbook belongs to HR. Columns of your own may stand anywhere; they are left alone. "
        "Sheets and columns may be in any order; headers are found whatever their capitals, spaces and accents.",
        "Besides the sheets below, **Start** has the key figures and links, and **Person** shows one person's gaps "
        "by formula.",
    ]
    for group, members in groupby(sheets, key=lambda sheet: sheet.group):
        parts += [f"## {group[0].upper()}{group[1:]}", GROUPS[group]]
        for sheet in members:
            parts += _sheet(sheet)
    return _page([*parts, "## Settings there are", _table(_SETTING_HEAD, map(_setting, SETTINGS))])


_COLUMN_HEAD = ("Column", "What to enter", "How", "Filled by", "Must be filled")
_SETTING_HEAD = ("Setting", "Default", "What it does", "May be")


def _rule(rule: Rule) -> str:
    message, fix = _in_general(rule.message), _in_general(rule.fix)
    return f"### {rule.code}\n\n{message[0].upper()}{message[1:]}\n\n**What to do:** {fix}\n\n**Why:** {rule.why}"


def _in_general(template: str) -> str:
    return PLACEHOLDER.sub(lambda match: f"*{match[1].replace('_', ' ')}*", template)


def _sheet(sheet: Sheet) -> list[str]:
    intro = f"{sheet.purpose} One row is {sheet.row_is}."
    if not sheet.in_use:
        intro += " Kept for later: this version makes nothing of it."
    if len(sheet.key) > 1:
        headers = [sheet.column(name).header for name in sheet.key]
        intro += f" {', '.join(headers[:-1])} and {headers[-1]} together may stand there only once."
    elif sheet.key:
        intro += f" Each {sheet.column(sheet.key[0]).header} may stand there only once."
    return [f"### {sheet.name}", intro, _table(_COLUMN_HEAD, map(_column, sheet.columns))]


def _column(column: Column) -> tuple[str, ...]:
    how = "one of: " + ", ".join(column.choices) if column.choices else str(column.kind)
    known = f" Also known as {', '.join(column.aliases)}." if column.aliases else ""
    must = "yes" if column.required and column.owner != "tool" else ""
    return (f"**{column.header}**", column.help + known, how, OWNERS[column.owner], must)


def _setting(setting: Setting) -> tuple[str, ...]:
    allowed = ", ".join(setting.choices)
    if setting.low is not None and setting.high is not None:
        allowed = f"{setting.low:g} to {setting.high:g}"
    return (
        f"**{setting.name}**",
        f"`{setting.default}`" if setting.default != "" else "",
        setting.meaning,
        allowed,
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _page(parts: Iterable[str]) -> str:
    return "\n\n".join([*parts, "*This page is written by scripts/build_docs.py.*"]) + "\n"


def _text_of(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


if __name__ == "__main__":
    main()
