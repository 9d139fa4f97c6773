"""What kind of table a foreign sheet holds: things one by one, or a matrix, and of what."""

from __future__ import annotations

from collections.abc import Mapping

from .cells import SeenCells
from .headers_of_tables import FoundHeader, header_texts
from .legends import Legend
from .ratings import number_in
from .words import looks_like_level, total_kind

_PEOPLE_WORDS = ("team", "people", "skills matrix", "skill matrix", "staff", "employee")
KEYS_OF_ROWS = {
    "people": {"employee_id", "name", "first_name", "last_name", "email"},
    "competencies": {"competency", "competency_id"},
    "levels": {"level", "level_code"},
}
CONTENT = {"required", "behaviours", "self_rating", "manager_rating", "agreed_rating", "weight", "label"}


def is_long(roles: Mapping[int, str], texts: Mapping[int, str]) -> bool:
    """Whether each row is one thing by itself: most headers are known, and none names a level or person."""
    found = set(roles.values()) - {""}
    if any(list(roles.values()).count(role) > 1 for role in found & CONTENT):
        return False
    known = sum(bool(role) for role in roles.values())
    about = sum(bool(found & keys) for keys in KEYS_OF_ROWS.values())
    if about >= 2 and found & CONTENT and "competency" in " ".join(found):
        return True
    return known >= 2 and known >= 0.6 * len(texts)


def what_is_what(
    cells: SeenCells, header: FoundHeader, texts: Mapping[int, str], roles: Mapping[int, str]
) -> tuple[str, str]:
    """What a row is and what the columns are."""
    found = {role for role in roles.values() if role}
    across = [text for number, text in texts.items() if not roles[number] and not total_kind(text)]
    groups = [cells.text(header.group_row, n) for n in texts] if header.group_row else []
    levels_across = sum(map(looks_like_level, [*across, *groups])) >= 0.5 * max(len(across), 1)
    if found & KEYS_OF_ROWS["people"]:
        return "people", "competencies"
    if found & KEYS_OF_ROWS["competencies"]:
        return "competencies", "people" if _are_people(cells, across, levels_across) else "levels"
    if found & KEYS_OF_ROWS["levels"] and not levels_across:
        return "levels", "competencies"
    first = [cells.text(row, header.columns[0]) for row in range(header.row + 1, cells.row_count + 1)]
    if not levels_across and sum(map(looks_like_level, first)) >= 0.5 * max(len([f for f in first if f]), 1):
        return "levels", "competencies"
    if levels_across or not _are_people(cells, across, levels_across):
        return "competencies", "levels"
    return "people", "competencies"


def _are_people(cells: SeenCells, names: list[str], levels_across: bool) -> bool:
    """Whether names across a skill matrix are those of people: nothing like a level, in two or three words each."""
    if levels_across:
        return False
    titles = " ".join([cells.sheet, *header_texts(cells, 1, Legend()).values()]).casefold()
    two_words = sum(len(name.split()) in (2, 3) and number_in(name) is None for name in names)
    return any(word in titles for word in _PEOPLE_WORDS) or two_words > 0.7 * max(len(names), 1)
