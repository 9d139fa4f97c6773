"""`careersheets collect` as HR uses it: what it shows, what it asks, and what is in the workbook afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from careersheets.books import document_batch
from careersheets.books.document_batch import Read, read_documents
from careersheets.books.excel_file import ExcelFile
from careersheets.books.guard import DocumentParts
from careersheets.model.errors import FileRefused
from careersheets.surfaces.cli.main import app
from tests.workflows.forms_of import PERSON, handed_out, results_of, rows_about, sent_back, workbook

pytestmark = pytest.mark.requirement("C9")


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ExcelFile:
    monkeypatch.setenv("CAREERSHEETS_LEDGER", str(tmp_path / "ledgers"))
    made = workbook(tmp_path / "hr")
    results = results_of(made)
    plan, page = (handed_out(key, PERSON, results) for key in ("development-plan", "page-for-hr"))
    sent_back(tmp_path / "in" / "plan.docx", plan, {"goal_1_progress": "", "goal_2_goal": "Mentor somebody"})
    sent_back(tmp_path / "in" / "page.docx", page, {"own_words": "Between us."})
    (tmp_path / "in" / "torn.docx").write_bytes(plan[:2000])
    return made


def collected(book: ExcelFile, *options: str, typed: str = "") -> Result:
    return CliRunner().invoke(
        app,
        ["collect", str(book.path), str(book.path.parent.parent / "in"), *options],
        input=typed,
        standalone_mode=False,
    )


def goals(book: ExcelFile) -> list[object]:
    return [row["goal"] for row in rows_about(book, "Goals", PERSON)]


def test_it_shows_each_line_asks_and_enters(book: ExcelFile) -> None:
    result = collected(book, typed="\ny\n")
    assert result.return_value == 1
    assert "torn.docx: the form is damaged or was only half saved." in result.output
    assert "Amara Nwosu: Goals new row, a goal: " in result.output
    assert "Amara Nwosu: Answers new row, In your own words: (for HR only)" in result.output
    assert "Between us" not in result.output
    assert "2 lines to enter and 1 open line from 3 files; 2 things to look at." in result.output
    assert "2 lines entered." in result.output
    assert "Mentor somebody" in goals(book)
    assert "Begun" in [row["progress"] for row in rows_about(book, "Goals", PERSON)]


def test_no_is_no_and_the_forms_can_be_collected_later(book: ExcelFile) -> None:
    before = book.path.read_bytes()
    assert "entered" not in collected(book, typed="\nn\n").output.rpartition("Enter 2 lines?")[2]
    assert collected(book, "--plan").return_value == 1
    assert book.path.read_bytes() == before
    collected(book, "--yes")
    assert "Mentor somebody" in goals(book)


def test_open_lines_are_accepted_and_others_refused_by_number(book: ExcelFile) -> None:
    lines = json.loads(collected(book, "--plan", "--json").stdout)["lines"]
    numbers = {line["what"]: str(line["line"]) for line in lines}
    assert {line["what"]: line["open"] for line in lines}["Progress"] == "the field was emptied"
    result = collected(
        book, "--yes", "--json", "--accept", numbers["Progress"], "--refuse", numbers["a goal"]
    )
    entered = {line["what"] for line in json.loads(result.stdout)["lines"] if line["entered"]}
    assert entered == {"Progress", "In your own words"}
    assert "Mentor somebody" not in goals(book)
    again = json.loads(collected(book, "--yes", "--json").stdout)
    assert again["lines"] == []
    assert sorted(it["code"] for it in again["findings"]) == ["CS806", "CS821", "CS821"]


def test_what_was_left_out_is_offered_again_on_request_as_open_lines_and_only_that(book: ExcelFile) -> None:
    lines = json.loads(collected(book, "--plan", "--json").stdout)["lines"]
    goal = next(str(line["line"]) for line in lines if line["what"] == "a goal")
    collected(book, "--yes", "--refuse", goal)
    again = json.loads(collected(book, "--again", "--yes", "--json").stdout)
    assert not again["entered"]
    assert {"CS830"} <= {it["code"] for it in again["findings"]}
    offered = {line["what"]: (line["line"], line["open"]) for line in again["lines"]}
    assert offered.keys() == {"a goal", "Progress"}, "the answer that was entered is not offered"
    assert all(because for _, because in offered.values())
    number = str(offered["a goal"][0])
    assert "1 line entered" in collected(book, "--again", "--yes", "--accept", number).output
    assert goals(book).count("Mentor somebody") == 1
    left = json.loads(collected(book, "--again", "--plan", "--json").stdout)["lines"]
    assert {line["what"] for line in left} == {"Progress"}


@pytest.mark.parametrize(("option", "said"), [("99", "There is no line 99"), ("one", '"one" is no line')])
def test_a_line_that_is_not_there_is_said_and_nothing_entered(
    book: ExcelFile, option: str, said: str
) -> None:
    before = book.path.read_bytes()
    result = collected(book, "--yes", "--accept", option)
    assert said in str(result.exception)
    assert book.path.read_bytes() == before


def test_many_files_are_read_in_few_processes_each_judged_by_itself(book: ExcelFile, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    good = (folder / "page.docx").read_bytes()
    paths = [folder / f"{number:02}.docx" for number in range(45)]
    for number, path in enumerate(paths):
        path.write_bytes(good[:1000] if number % 9 == 4 else good)
    paths[7].unlink()
    found = list(read_documents(paths))
    refused = [number for number, it in enumerate(found) if isinstance(it, FileRefused)]
    assert refused == [4, 7, 13, 22, 31, 40]
    assert [it.name for it in found if isinstance(it, DocumentParts)] == [
        path.name for number, path in enumerate(paths) if number not in refused
    ]


def test_readers_that_are_killed_half_way_take_no_file_with_them(
    book: ExcelFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (tmp_path / "in" / "page.docx").read_bytes()
    paths = [tmp_path / "in" / f"{number:03}.docx" for number in range(45)]
    for path in paths:
        path.write_bytes(page)
    ends: list[int] = []
    take = document_batch._Batch._next

    def kill_then_take(reader: document_batch._Batch, path: Path) -> Read | None:
        # Forms are larger than a pipe, so a reader with eight to go cannot have said all it had to say.
        if len(reader.missed) == 8:
            reader.give_up()
            ends.append(reader._process.wait())
        return take(reader, path)

    monkeypatch.setattr(document_batch._Batch, "_next", kill_then_take)
    found = list(read_documents(paths))
    assert ends
    assert 0 not in ends
    assert [it.name for it in found if isinstance(it, DocumentParts)] == [path.name for path in paths]
