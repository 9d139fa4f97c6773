"""A workbook in, a document for everyone who can have one, and each noted in the workbook."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from careersheets.books.building import build_workbook
from careersheets.books.excel_file import ExcelFile
from careersheets.model.errors import NotFound, UsageError
from careersheets.workflows.report import Asked, ReportOutcome, preview, report
from tests.analysis.test_by_hand import workbook as example
from tests.support.as_openpyxl import load

NOW = datetime(2026, 11, 22, 9, 30)
Rows = dict[str, list[dict[str, Any]]]


def made_of(outcome: ReportOutcome) -> dict[str, str]:
    return {document.employee_id: document.state for document in outcome.made}


def run(folder: Path, rows: Rows, asked: Asked | None = None, **options: Any) -> ReportOutcome:
    path = folder / "careers.xlsx"
    if not path.exists():
        build_workbook(path, rows)
    return report(ExcelFile(path), folder, NOW, asked or Asked(), **options)


def documents_sheet(folder: Path) -> list[list[Any]]:
    rows = load(folder / "careers.xlsx")["Documents"].iter_rows(min_row=6, min_col=2, values_only=True)
    return [list(row) for row in rows if row[0]]


def documents_in(folder: Path) -> dict[str, bytes]:
    """The documents below `folder`, by their path in it."""
    found = [path for path in folder.rglob("*") if path.suffix in (".docx", ".eml")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def text_of(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read("word/document.xml").decode()


@pytest.mark.requirement("X4", "X5")
def test_everyone_gets_a_document_and_the_workbook_says_where(tmp_path: Path) -> None:
    outcome = run(tmp_path, example())
    assert set(made_of(outcome).values()) == {"Draft made"}
    assert all((tmp_path / document.file).is_file() for document in outcome.made)
    noted = documents_sheet(tmp_path)
    assert [row[0] for row in noted] == ["P1", "P2", "P3", "P4", "P5"]
    assert noted[0][2] == outcome.made[0].file
    assert noted[0][4:6] == [NOW, "Draft made"]
    assert str(noted[0][3]).startswith(f'=HYPERLINK("{outcome.made[0].file}"')


@pytest.mark.requirement("E5")
def test_only_a_released_evaluation_is_without_the_mark_draft(tmp_path: Path) -> None:
    rows = example()
    rows["Evaluations"][2]["status"] = "Released"
    states = made_of(run(tmp_path, rows))
    assert states == {
        "P1": "Made",
        "P2": "Draft made",
        "P3": "Draft made",
        "P4": "Draft made",
        "P5": "Draft made",
    }
    files = {document[0]: tmp_path / document[2] for document in documents_sheet(tmp_path)}
    assert "DRAFT" in text_of(files["P2"])
    assert "DRAFT" not in text_of(files["P1"])


@pytest.mark.requirement("X5", "C13")
def test_one_person_or_one_managers_people_may_be_asked_for(tmp_path: Path) -> None:
    rows = example()
    rows["People"][1]["manager"] = rows["People"][3]["manager"] = "P5"
    run(tmp_path, rows)
    assert list(made_of(run(tmp_path, rows, Asked(employees=["chiara bianchi"])))) == ["P1"]
    assert list(made_of(run(tmp_path, rows, Asked(managers=["Ravi Subramanian"])))) == ["P2", "P4"]
    assert len(documents_sheet(tmp_path)) == 5, "the others' rows stay"


def test_nobody_and_no_such_kind_are_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match='no person "Chiara Verdi"'):
        run(tmp_path, example(), Asked(employees=["Chiara Verdi"]))
    with pytest.raises(NotFound, match="gap-report"):
        run(tmp_path, example(), Asked(kinds=("gap-raport",)))
    (tmp_path / "nobody").mkdir()
    with pytest.raises(UsageError, match="Nobody is evaluated"):
        run(tmp_path / "nobody", {**example(), "Evaluations": [], "Scores": []})


@pytest.mark.requirement("X5")
def test_a_dry_run_and_a_preview_change_nothing(tmp_path: Path) -> None:
    build_workbook(tmp_path / "careers.xlsx", example())
    before = (tmp_path / "careers.xlsx").read_bytes()
    planned = run(tmp_path, example(), dry_run=True)
    assert set(made_of(planned).values()) == {"Planned"}
    assert not (tmp_path / "documents").exists()
    shown = preview(ExcelFile(tmp_path / "careers.xlsx"), tmp_path, NOW, Asked())
    assert shown.parent.name == "preview"
    assert "Chiara Bianchi" in text_of(shown)
    assert (tmp_path / "careers.xlsx").read_bytes() == before


@pytest.mark.requirement("E4", "X5")
def test_a_person_with_an_error_is_held_with_the_reason_and_everyone_else_gets_theirs(tmp_path: Path) -> None:
    rows = example()
    rows["Scores"][2]["agreed_rating"] = 6
    states = made_of(run(tmp_path, rows))
    assert states == {"P1": "Held"} | dict.fromkeys(("P2", "P3", "P4", "P5"), "Draft made")
    held = documents_sheet(tmp_path)[0]
    assert held[3] is None
    assert 'rating 6 is outside the scale "Default" (1 to 5)' in held[8]


HOSTILE_NAMES = [
    "R&D <lead>",
    "{{7*7}} {% for x in y %}",
    '=HYPERLINK("http://example.invalid","click")',
    "🦉 Ω ﷽ ياسمين القصبي",
    "../../etc/passwd",
    "CON",
    "a" * 300,
    "line\nbreak\ttab \x01 control",
    "@SUM(1) -1 +1",
]


@pytest.mark.requirement("X4", "X5")
@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_no_name_breaks_a_document_or_the_workbook(tmp_path: Path, name: str) -> None:
    rows = example()
    rows["People"][0]["name"] = name
    outcome = run(tmp_path, rows)
    assert set(made_of(outcome).values()) == {"Draft made"}
    for document in outcome.made:
        file = (tmp_path / document.file).resolve()
        assert file.is_relative_to(tmp_path / "documents")
        assert file.is_file()
    first = documents_sheet(tmp_path)[0]
    assert first[0] == "P1"
    gaps = load(tmp_path / "careers.xlsx")["Gaps"]["D6"]
    assert gaps.data_type != "f", "text never becomes a formula"
    document = text_of(tmp_path / outcome.made[0].file)
    assert "49" not in document or "{{7*7}}" not in name or "{{7*7}}" in document


@pytest.mark.parametrize(
    "spoil",
    [
        lambda rows: rows["Scores"][3].update(manager_rating="good"),
        lambda rows: rows["Scores"][3].update(competency_id="NOPE"),
        lambda rows: rows["Scores"].append(dict(rows["Scores"][3])),
        lambda rows: rows["People"].append(dict(rows["People"][0])),
        lambda rows: rows["People"][0].update(level_code="E9"),
        lambda rows: rows["Evaluations"][2].update(employee_id="Nobody Known"),
    ],
)
def test_whatever_is_wrong_with_one_person_the_others_get_their_documents(tmp_path: Path, spoil: Any) -> None:
    rows = example()
    spoil(rows)
    outcome = run(tmp_path, rows)
    states = made_of(outcome)
    assert {states[person] for person in ("P2", "P3", "P4", "P5")} == {"Draft made"}
    assert any(finding.is_error for finding in outcome.assessment.findings)


def test_the_same_cell_never_errs_twice(tmp_path: Path) -> None:
    rows = example()
    rows["Scores"][3]["manager_rating"] = "good"
    outcome = run(tmp_path, rows, dry_run=True)
    errors = [finding for finding in outcome.assessment.findings if finding.is_error]
    assert len(errors) == len({finding.place for finding in errors}) == 1


@pytest.mark.requirement("X7")
def test_a_document_that_names_a_colleague_is_held_and_not_written(tmp_path: Path) -> None:
    rows = example()
    rows["Scores"][3]["evidence"] = "Led the launch with Mei Tanaka in October."
    outcome = run(tmp_path, rows)
    assert made_of(outcome)["P1"] == "Held"
    assert list(made_of(outcome).values()).count("Draft made") == 4
    held = next(document for document in outcome.made if document.employee_id == "P1")
    assert "CS611" in held.error
    assert "Mei Tanaka" in held.error
    assert not (tmp_path / held.file).exists()
    noted = documents_sheet(tmp_path)[0]
    assert noted[5] == "Held"
    assert "CS611" in str(noted)


@pytest.mark.parametrize("missing", ["Scores", "Expectations", "Rating scales"])
def test_without_a_sheet_that_every_number_needs_nobody_gets_a_document(tmp_path: Path, missing: str) -> None:
    run(tmp_path, example())
    before = documents_in(tmp_path / "documents")
    book = load(tmp_path / "careers.xlsx")
    book[missing].title = "Old list"
    book.save(tmp_path / "careers.xlsx")
    outcome = run(tmp_path, example())
    assert set(made_of(outcome).values()) == {"Held"}
    aside = tmp_path / "documents" / "Replaced" / "2026-11-22 09.30.00"
    assert documents_in(aside) == before, "what was made before is kept, aside"
    assert len(documents_in(tmp_path / "documents")) == len(before), "and nowhere else"
    assert "5 documents made earlier have another place now, or are held back" in outcome.notes[0]


def test_what_stands_on_the_sheet_of_documents_holds_nobody(tmp_path: Path) -> None:
    run(tmp_path, example())
    book = load(tmp_path / "careers.xlsx")
    book["Documents"]["D6"] = "=1/0"
    book.save(tmp_path / "careers.xlsx")
    assert set(made_of(run(tmp_path, example())).values()) == {"Draft made"}


def test_a_cycle_that_is_not_there_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    build_workbook(tmp_path / "careers.xlsx", example())
    before = (tmp_path / "careers.xlsx").read_bytes()
    with pytest.raises(NotFound, match=r'no cycle "1999"\. There is: H1, H2'):
        run(tmp_path, example(), Asked(cycle="1999"))
    assert (tmp_path / "careers.xlsx").read_bytes() == before


def test_a_later_run_for_one_of_two_namesakes_leaves_the_others_document(tmp_path: Path) -> None:
    rows = example()
    rows["Settings"] = [{"setting": "Document name", "value": "{kind}"}]
    first = {document.employee_id: document.file for document in run(tmp_path, rows).made}
    kept = (tmp_path / first["P2"]).read_bytes()
    again = run(tmp_path, rows, Asked(employees=["P3"]))
    assert again.made[0].file == first["P3"] != first["P2"]
    assert (tmp_path / first["P2"]).read_bytes() == kept
