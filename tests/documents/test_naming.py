"""Names of documents are possible on every system, stay readable, and never meet."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careersheets.analysis.results import Results
from careersheets.documents.naming import BadPattern, document_path, safe_part
from tests.documents.reports import results

pytestmark = pytest.mark.requirement("X5")


def named(name: str = "{kind} {name} {id}", folder: str = "{cycle}/{manager}") -> Results:
    found = results()
    return replace(found, settings=replace(found.settings, document_name=name, document_folder=folder))


def path_of(found: Results, employee: str, taken: set[str] | None = None) -> str:
    return document_path(found, employee, "Gap report", set() if taken is None else taken).as_posix()


def test_the_usual_pattern_keeps_names_in_any_script() -> None:
    assert path_of(named(), "P2") == "documents/H2/No manager/Gap report نور الأمين P2.docx"
    assert path_of(named(), "P4") == "documents/H2/No manager/Gap report 田中 美咲 P4.docx"


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("{name}", "Chiara Bianchi & Sons -lead- P1"),
        ("{cycle} {kind} {id} {target} {version}", "H2 Gap report P1 E3 2026-11-22"),
        ("../../{id}", "-..-P1 P1"),
        ("CON", "_CON P1"),
        ("{id}...  ", "P1"),
        ("   ", "unnamed P1"),
        ("{{id}}", "{id} P1"),
    ],
)
def test_a_name_follows_its_pattern_and_never_leaves_its_folder(pattern: str, wanted: str) -> None:
    assert path_of(named(name=pattern), "P1").rsplit("/", 1)[-1] == f"{wanted}.docx"


@pytest.mark.parametrize(
    ("folder", "wanted"),
    [
        ("", "documents"),
        ("../..", "documents"),
        ("/etc/{cycle}", "documents/etc/H2"),
        ("C:\\{cycle}", "documents/C-/H2"),
        ("{department}/{team}", "documents/No department/No team"),
    ],
)
def test_folders_stay_below_documents(folder: str, wanted: str) -> None:
    assert path_of(named(folder=folder), "P1").rsplit("/", 1)[0] == wanted


@pytest.mark.parametrize(
    "pattern", ["{nmae}", "{name.__class__}", "{name!r}", "{name:>10}", "{0}", "{", "{name"]
)
def test_an_unknown_field_is_refused_with_the_fields_there_are(pattern: str) -> None:
    with pytest.raises(BadPattern, match=r"\{name\}"):
        path_of(named(name=pattern), "P1")


def test_documents_of_different_people_never_share_a_file() -> None:
    taken: set[str] = set()
    found = named(name="Report", folder="")
    made = [path_of(found, employee, taken) for employee in found.evaluated.index]
    assert made == [f"documents/Report P{n}.docx" for n in range(1, 6)]


def test_names_that_differ_only_in_case_or_composition_meet() -> None:
    taken = {"documents/straße é p1.docx".casefold()}
    assert path_of(named(name="STRASSE E\u0301", folder=""), "P1", taken) == "documents/STRASSE É P1 P1.docx"


def test_a_document_keeps_its_name_whoever_else_is_asked_for() -> None:
    """Two people of one name: a run for the second alone must not take the first one's file."""
    found = named(name="Same for all", folder="")
    alone = path_of(found, "P2")
    taken: set[str] = set()
    together = [path_of(found, employee, taken) for employee in found.evaluated.index]
    assert alone == together[1] != together[0]


def test_the_id_survives_a_name_of_any_length() -> None:
    assert path_of(named(name="x" * 300 + " {id}"), "P1").endswith("x P1.docx")


@pytest.mark.parametrize("part", ["nul", "com1.txt", "LPT9", "aux .x", "CONIN$", "COM¹"])
def test_what_windows_keeps_for_itself_is_avoided(part: str) -> None:
    assert safe_part(part).startswith("_") or " " in part


def test_what_turns_or_hides_text_goes() -> None:
    assert safe_part("report\u202excod.exe\u200b\ufeff") == "reportxcod.exe"


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_any_text_makes_a_possible_name(text: str) -> None:
    part = safe_part(text)
    assert part
    assert len(part.encode()) <= 120
    assert not set(part) & set('<>:"/\\|?*')
    assert part == part.strip(" .")
    assert all(unicodedata.category(character) not in ("Cc", "Cs") for character in part)
    assert part.split(".")[0].upper() not in ("CON", "PRN", "AUX", "NUL", "COM1", "LPT1")
