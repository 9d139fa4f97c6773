"""Names and folders of documents, by HR's patterns, possible on every system."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import PurePath, PurePosixPath
from string import Formatter

from ..analysis.results import Results
from ..model.errors import UsageError
from ..vocabulary.settings import FOLDER_FIELDS, NAME_FIELDS
from .content.cycle import cycle_facts
from .content.wording import text
from .kind import Kind, Recipient
from .making import file_ending

TOP = "documents"
LONGEST_PART = 120
LONGEST_ENDING = len(".docx")
# The kind whose name stands in a file's name only if HR's pattern says so.
PLAIN = "gap-report"
# Where documents go that a manager may not have, where the folders are the managers'.
FOLDERS_OF_OTHERS: Mapping[Recipient, str] = {
    "employee": "For employees",
    "mentor": "For mentors",
    "hr": "For HR",
}

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)")
# Zs apart from the plain space, and joiners that scripts and emoji need, are kept; what hides or turns text is not.
_KEPT_FORMATTING = "\u200c\u200d"


class BadPattern(UsageError):
    """A pattern for names or folders that cannot be followed."""

    def __init__(self, setting: str, pattern: str, wrong: str, fields: tuple[str, ...]) -> None:
        known = ", ".join(f"{{{field}}}" for field in fields)
        super().__init__(f'The setting "{setting}" is "{pattern}": {wrong}. The fields are {known}.')


class DocumentPaths:
    """Gives each document of a run its place, no two the same."""

    def __init__(self, results: Results) -> None:
        self._facts = cycle_facts(results)
        self._folder, self._name = results.settings.document_folder, results.settings.document_name
        self._taken: set[str] = set()
        self._called = Counter(self._facts.person_name(key).casefold() for key in self._facts.people)

    def path_of(self, kind: Kind, subject: str) -> PurePosixPath:
        """Where a document goes, relative to the workbook's folder, below the folder `documents`.

        The name always holds the subject's id, and that of its kind unless it is the gap report, whatever the pattern:
        two people of one name, or two kinds, never share a file, neither in this run nor in a later one for some of
        them only.

        Args:
            kind: its kind.
            subject: the employee id it is about; a manager's, about the team, need not be evaluated.

        Raises:
            BadPattern: a pattern names a field that does not exist.
        """
        fields = self._fields(kind, subject)
        folder = _fill("Document folder", self._folder, FOLDER_FIELDS, fields)
        name = _fill("Document name", self._name, NAME_FIELDS, fields)
        parts = [safe_part(part) for part in re.split(r"[/\\]", folder) if part.strip(" .")]
        stem = _marked(safe_part(name, LONGEST_PART - LONGEST_ENDING), kind, self._name, subject)
        return _unique(PurePosixPath(TOP, *parts, stem + file_ending(kind)), subject, self._taken)

    def _fields(self, kind: Kind, subject: str) -> dict[str, str]:
        facts = self._facts
        evaluated = facts.evaluated.get(subject)
        person = evaluated or facts.people.get(subject)
        return {
            "cycle": facts.results.cycle,
            "kind": kind.title,
            "id": subject,
            "name": facts.person_name(subject),
            "target": facts.level_title(evaluated.targets[0]) if evaluated and evaluated.targets else "",
            "version": facts.results.today.isoformat(),
            "manager": self._whose_folder(kind, subject, text(getattr(person, "manager", ""))),
            "department": text(getattr(person, "department", "")) or "No department",
            "team": text(getattr(person, "team", "")) or "No team",
        }

    def _whose_folder(self, kind: Kind, subject: str, manager: str) -> str:
        """Whose folder `{manager}` means: the manager's, with the id where two people are called that.

        Documents that a manager may not have do not go there.
        """
        if "manager" not in kind.recipients:
            return FOLDERS_OF_OTHERS[kind.recipients[0]]
        manager = subject if kind.subject == "manager" else manager
        name = self._facts.person_name(manager)
        return f"{name} {manager}" if self._called[name.casefold()] > 1 else name or "No manager"


@lru_cache(maxsize=1024)
def safe_part(wanted: str, longest: int = LONGEST_PART) -> str:
    """`wanted` as the name of a file or folder on Windows, macOS and Linux, at most `longest` bytes of UTF-8.

    Names in any script stay readable; only what a system refuses or what hides text goes.
    """
    shown = wanted if wanted.isascii() and wanted.isprintable() else _visible(wanted)
    shown = re.sub(r"\s+", " ", _FORBIDDEN.sub("-", shown)).strip(" .")
    shown = _shortened(shown, longest).rstrip(" .") or "unnamed"
    return _shortened(f"_{shown}", longest) if _RESERVED.match(shown) else shown


def compared(path: PurePath) -> str:
    """`path` as systems that tell neither capitals nor compositions apart see it."""
    text = str(path)
    if text.isascii():
        return text.casefold()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())


def _visible(wanted: str) -> str:
    return "".join(
        character
        for character in unicodedata.normalize("NFC", wanted.replace("\t", " ").replace("\n", " "))
        if character in _KEPT_FORMATTING
        or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )


def _fill(setting: str, pattern: str, known: tuple[str, ...], fields: Mapping[str, str]) -> str:
    """`pattern` with its fields filled in; what they hold cannot add a folder."""
    return "".join(
        literal + (re.sub(r"[/\\]", "-", fields[field]) if field else "")
        for literal, field in _pieces(setting, pattern, known)
    )


@lru_cache(maxsize=16)
def _pieces(setting: str, pattern: str, known: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The texts of `pattern`, each with the field that follows it, or ""."""
    try:
        pieces = list(Formatter().parse(pattern))
    except ValueError as error:
        raise BadPattern(setting, pattern, "a brace is not closed", known) from error
    for _, field, form, conversion in pieces:
        if field is not None and (field not in known or form or conversion):
            raise BadPattern(setting, pattern, f'there is no field "{field}"', known)
    return tuple((literal, field or "") for literal, field, *_ in pieces)


def _marked(stem: str, kind: Kind, pattern: str, subject: str) -> str:
    """`stem` with the kind and the id at its end as far as it does not hold them, shortened so that all fits."""
    title, shown = safe_part(kind.title), safe_part(subject)
    has_title = kind.key == PLAIN or ("{kind}" in pattern and title in stem)
    has_id = shown in stem.split() or stem == shown
    if has_title and has_id:
        return stem
    ending = "".join(f" {mark}" for mark, there in ((title, has_title), (shown, has_id)) if not there)
    whole = _ending_in(ending, stem)
    if whole == stem + ending:
        return whole
    # What is cut off may be the mark that was there.
    return _ending_in(f" {shown}" if kind.key == PLAIN else f" {title} {shown}", stem)


def _ending_in(ending: str, stem: str) -> str:
    """`stem` with `ending`, shortened so that both fit."""
    room = LONGEST_PART - LONGEST_ENDING - len(ending.encode())
    return _shortened(stem, room).rstrip(" .") + ending


def _unique(path: PurePosixPath, subject: str, taken: set[str]) -> PurePosixPath:
    """`path`, or with the id and then a number at its end, so that no system takes it for one of `taken`."""
    candidate, number = path, 1
    while (seen := compared(candidate)) in taken:
        ending = safe_part(subject if number == 1 else f"{subject} {number}")
        candidate = path.with_name(_ending_in(f" {ending}", path.stem) + path.suffix)
        number += 1
    taken.add(seen)
    return candidate


def _shortened(shown: str, longest: int) -> str:
    return shown.encode()[: max(longest, 1)].decode(errors="ignore")
