"""Names and folders of documents, by HR's patterns, possible on every system."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import PurePosixPath
from string import Formatter

from ..analysis.results import Results
from ..model.errors import UsageError
from .content.cycle import CycleFacts, cycle_facts
from .content.wording import text

TOP = "documents"
LONGEST_PART = 120
FOLDER_FIELDS = ("cycle", "kind", "manager", "department", "team")
NAME_FIELDS = ("cycle", "kind", "id", "name", "target", "version")

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)")
# Zs apart from the plain space, and joiners that scripts and emoji need, are kept; what hides or turns text is not.
_KEPT_FORMATTING = "\u200c\u200d"


class BadPattern(UsageError):
    """A pattern for names or folders that cannot be followed."""

    def __init__(self, setting: str, pattern: str, wrong: str, fields: tuple[str, ...]) -> None:
        known = ", ".join(f"{{{field}}}" for field in fields)
        super().__init__(f'The setting "{setting}" is "{pattern}": {wrong}. The fields are {known}.')


def document_path(results: Results, employee_id: str, kind_title: str, taken: set[str]) -> PurePosixPath:
    """Where a document goes, relative to the workbook's folder, below the folder `documents`.

    The name always holds the person's id, whatever the pattern: two people of one name never share a file, neither in
    this run nor in a later one for some of them only.

    Args:
        results: whose settings hold the patterns.
        employee_id: the person it is about.
        kind_title: the title of its kind.
        taken: paths given so far, in the form compared; the new one is added.

    Raises:
        BadPattern: a pattern names a field that does not exist.
    """
    settings = results.settings
    fields = _fields(cycle_facts(results), employee_id, kind_title)
    folder = _fill("Document folder", settings.document_folder, FOLDER_FIELDS, fields)
    name = _fill("Document name", settings.document_name, NAME_FIELDS, fields)
    parts = [safe_part(part) for part in re.split(r"[/\\]", folder) if part.strip(" .")]
    path = PurePosixPath(TOP, *parts, f"{_with_id(safe_part(name, LONGEST_PART - 5), employee_id)}.docx")
    return _unique(path, employee_id, taken)


def safe_part(wanted: str, longest: int = LONGEST_PART) -> str:
    """`wanted` as the name of a file or folder on Windows, macOS and Linux, at most `longest` bytes of UTF-8.

    Names in any script stay readable; only what a system refuses or what hides text goes.
    """
    shown = "".join(
        character
        for character in unicodedata.normalize("NFC", wanted.replace("\t", " ").replace("\n", " "))
        if character in _KEPT_FORMATTING
        or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    shown = re.sub(r"\s+", " ", _FORBIDDEN.sub("-", shown)).strip(" .")
    shown = _shortened(shown, longest).rstrip(" .") or "unnamed"
    return _shortened(f"_{shown}", longest) if _RESERVED.match(shown) else shown


def _fields(facts: CycleFacts, employee_id: str, kind_title: str) -> dict[str, str]:
    person = facts.evaluated[employee_id]
    return {
        "cycle": facts.results.cycle,
        "kind": kind_title,
        "id": employee_id,
        "name": text(person.name) or employee_id,
        "target": facts.level_title(person.targets[0]) if person.targets else "",
        "version": facts.results.today.isoformat(),
        "manager": _manager(facts, person.manager),
        "department": text(person.department) or "No department",
        "team": text(person.team) or "No team",
    }


def _manager(facts: CycleFacts, manager: object) -> str:
    """The manager's name; with the id where two people are called that, so that each has a folder."""
    name = facts.person_name(manager)
    namesakes = sum(facts.person_name(employee).casefold() == name.casefold() for employee in facts.people)
    return f"{name} {manager}" if namesakes > 1 else name or "No manager"


def _fill(setting: str, pattern: str, known: tuple[str, ...], fields: Mapping[str, str]) -> str:
    """`pattern` with its fields filled in; what they hold cannot add a folder."""
    try:
        pieces = list(Formatter().parse(pattern))
    except ValueError as error:
        raise BadPattern(setting, pattern, "a brace is not closed", known) from error
    filled = []
    for literal, field, form, conversion in pieces:
        if field is not None and (field not in known or form or conversion):
            raise BadPattern(setting, pattern, f'there is no field "{field}"', known)
        filled.append(literal + (re.sub(r"[/\\]", "-", fields[field]) if field else ""))
    return "".join(filled)


def _with_id(stem: str, employee_id: str) -> str:
    """`stem` with the id at its end if it does not hold it, shortened so that both fit."""
    shown = safe_part(employee_id)
    if shown in stem.split() or stem == shown:
        return stem
    return f"{_shortened(stem, LONGEST_PART - 6 - len(shown.encode())).rstrip(' .')} {shown}"


def _unique(path: PurePosixPath, employee_id: str, taken: set[str]) -> PurePosixPath:
    """`path`, or with the id and then a number at its end, so that no system takes it for one of `taken`."""
    candidate, number = path, 1
    while _compared(candidate) in taken:
        ending = f" {employee_id}" if number == 1 else f" {employee_id} {number}"
        safe_ending = f" {safe_part(ending)}"
        stem = _shortened(path.stem, LONGEST_PART - 5 - len(safe_ending.encode()))
        candidate = path.with_name(f"{stem}{safe_ending}.docx")
        number += 1
    taken.add(_compared(candidate))
    return candidate


def _compared(path: PurePosixPath) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", str(path)).casefold())


def _shortened(shown: str, longest: int) -> str:
    return shown.encode()[: max(longest, 1)].decode(errors="ignore")
