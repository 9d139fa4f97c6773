"""Names of documents are possible on every system, stay readable, and never meet."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careersheets.analysis.results import Results
from careersheets.documents.kind import Kind, Recipient, Subject
from careersheets.documents.kinds import KINDS
from careersheets.documents.naming import BadPattern, DocumentPaths, compared, safe_part
from tests.documents.reports import results

pytestmark = pytest.mark.requirement("X5")


def named(name: str = "{kind} {name} {id}", folder: str = "{cycle}/{manager}") -> Results:
    found = results()
    return replace(found, settings=replace(found.settings, document_name=name, document_folder=folder))


GAP_REPORT = next(kind for kind in KINDS if kind.key == "gap-report")


def kind_of(
    key: str, title: str, subject: Subject = "person", recipient: Recipient = "manager", letter: bool = False
) -> Kind:
    return replace(
        GAP_REPORT,
        key=key,
        title=title,
        subject=subject,
        recipients=(recipient,),
        form="letter" if letter else "document",
    )


PLAN = kind_of("development-plan", "Development plan")
LETTER = kind_of("round-up", "Round-up", letter=True)
TEAM = kind_of("team-summary", "Team summary", "manager")
ALL_FOUR = (GAP_REPORT, PLAN, LETTER, TEAM)


def path_of(found: Results, employee: str, kind: Kind = GAP_REPORT) -> str:
    return DocumentPaths(found).path_of(kind, employee).as_posix()


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
    found = named(name="Report", folder="")
    paths = DocumentPaths(found)
    made = [paths.path_of(GAP_REPORT, employee).as_posix() for employee in found.evaluated.index]
    assert made == [f"documents/Report P{n}.docx" for n in range(1, 6)]


def test_names_that_differ_only_in_case_or_composition_meet() -> None:
    found = named(name="STRASSE E\u0301", folder="")
    paths = DocumentPaths(found)
    assert paths.path_of(GAP_REPORT, "P1").as_posix() == "documents/STRASSE É P1.docx"
    assert paths.path_of(GAP_REPORT, "p1").as_posix() == "documents/STRASSE É p1 p1.docx"


def test_a_document_keeps_its_name_whoever_else_is_asked_for() -> None:
    """Two people of one name: a run for the second alone must not take the first one's file."""
    found = named(name="Same for all", folder="")
    alone = path_of(found, "P2")
    paths = DocumentPaths(found)
    together = [paths.path_of(GAP_REPORT, employee).as_posix() for employee in found.evaluated.index]
    assert alone == together[1] != together[0]


def test_kinds_never_share_a_file_and_the_gap_report_is_called_as_ever() -> None:
    found = named(name="{name}", folder="")
    assert [path_of(found, "P1", kind) for kind in ALL_FOUR] == [
        "documents/Chiara Bianchi & Sons -lead- P1.docx",
        "documents/Chiara Bianchi & Sons -lead- Development plan P1.docx",
        "documents/Chiara Bianchi & Sons -lead- Round-up P1.eml",
        "documents/Chiara Bianchi & Sons -lead- Team summary P1.docx",
    ]
    assert path_of(named(), "P1", PLAN).endswith("/Development plan Chiara Bianchi & Sons -lead- P1.docx")


def test_a_teams_document_lies_in_the_folder_of_its_manager_who_need_not_be_evaluated() -> None:
    found = named(name="{kind} {name} {target} {id}", folder="{manager}/{team}")
    found = replace(found, evaluated=found.evaluated.drop(index="P2"))
    assert path_of(found, "P2", TEAM) == "documents/نور الأمين/No team/Team summary نور الأمين P2.docx"
    assert path_of(found, "NOBODY", TEAM) == "documents/NOBODY/No team/Team summary NOBODY NOBODY.docx"


@pytest.mark.parametrize(
    ("recipient", "folder"), [("employee", "For employees"), ("hr", "For HR"), ("mentor", "For mentors")]
)
def test_what_a_manager_may_not_have_does_not_lie_in_the_managers_folder(
    recipient: Recipient, folder: str
) -> None:
    path = path_of(named(), "P1", kind_of("page-for-hr", "Page for HR", recipient=recipient))
    assert path.startswith(f"documents/H2/{folder}/")


def test_every_kind_of_the_pack_can_be_named() -> None:
    paths = DocumentPaths(named(name="{id}", folder=""))
    made = [paths.path_of(kind, "P1") for kind in KINDS]
    assert len({path.stem for path in made}) == len(KINDS)


patterns = st.lists(
    st.sampled_from(
        ["{cycle}", "{kind}", "{id}", "{name}", "{target}", "{version}", " ", "-", "x" * 200, "é", "."]
    )
).map("".join)
folders = st.lists(
    st.sampled_from(["{cycle}", "{kind}", "{manager}", "{department}", "{team}", "/", "\\", "..", " "])
).map("".join)


@given(name=patterns, folder=folders)
def test_whatever_the_patterns_no_two_documents_share_a_file_and_each_keeps_its_own(
    name: str, folder: str
) -> None:
    found = named(name=name, folder=folder)
    paths = DocumentPaths(found)
    wanted = [(kind, employee) for employee in found.evaluated.index for kind in ALL_FOUR]
    made = [paths.path_of(kind, employee) for kind, employee in wanted]
    assert len({compared(path) for path in made}) == len(wanted)
    for (kind, employee), path in zip(wanted, made, strict=True):
        assert path.parts[0] == "documents"
        assert ".." not in path.parts
        assert all(len(part.encode()) <= 120 for part in path.parts)
        assert employee in path.stem
        assert path_of(found, employee, kind) == path.as_posix(), "alone as together"


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
