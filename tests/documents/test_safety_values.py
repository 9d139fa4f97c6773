"""What is above the reader is found also where it is a date, a number or a few words, and only where it tells something.

The people are those of test_safety.py: P1 Chiara Bianchi is about whom the document is, P4 Mei Tanaka somebody else.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pandas as pd
import pytest

from careersheets.documents.kinds import KINDS
from careersheets.documents.making import make, prepare
from careersheets.documents.safety import Scanner
from careersheets.vocabulary.column import Audience
from careersheets.workflows.shipped import shipped_folder
from tests.analysis.test_by_hand import results_of
from tests.documents.test_demo_documents import demo
from tests.documents.test_safety import Rows, company, said, with_body

pytestmark = pytest.mark.requirement("X7", "C4")

READERS: tuple[Audience, ...] = ("employee", "manager", "hr")


def rows_of_values() -> Rows:
    rows = company()
    rows["Evaluations"][2] |= {
        "submitted": datetime(2026, 10, 12),
        "approved": datetime(2026, 10, 19),
        "return_reason": "Too high.",
    }
    rows["Scores"][3] |= {"na_reason": "On leave", "evidence_date": datetime(2026, 9, 3)}
    rows["Mentor pairs"] = [{"mentor": "P5", "mentee": "P1", "since": datetime(2026, 7, 6), "status": "Active"}]  # fmt: skip
    rows["High potential"] = [{"employee_id": "P1", "suggested_because": "By the rule.", "decision": "Confirmed"}]  # fmt: skip
    return rows


def answer(visible_to: str | None, said_: str, question: str = "What would make you leave the company?") -> dict[str, Any]:  # fmt: skip
    return {
        "employee_id": "P1", "form": "Page for HR", "question": question, "said_by": "Employee", "answer": said_,
        "visible_to": visible_to,
    }  # fmt: skip


def found(rows: Rows, *paragraphs: str, subject: str = "P1") -> dict[Audience, list[str]]:
    """The codes for each reader of a document that says `paragraphs`; the sheet ROI, which is not read, holds a number."""
    results = results_of(rows)
    table = results.tables.by_sheet["ROI"]
    costs = pd.DataFrame(
        [{"item": "Turnover", "low": 1_250_000.0, "middle": 87.5, "high": None, "source": None}]
    )
    with_costs = {**results.tables.by_sheet, "ROI": replace(table, frame=costs)}
    scanner = Scanner.of(replace(results, tables=replace(results.tables, by_sheet=with_costs)))
    data = with_body("".join(said(paragraph) for paragraph in paragraphs))
    also = frozenset({"P1", "P4", "P5"})
    return {
        reader: [f.rule.code for f in scanner.scan(data, subject, reader, also=also)] for reader in READERS
    }


ABOVE_EMPLOYEE = {"employee": ["CS612"], "manager": [], "hr": []}
ABOVE_MANAGER = {"employee": ["CS612"], "manager": ["CS612"], "hr": []}
NOTHING: dict[str, list[str]] = {"employee": [], "manager": [], "hr": []}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Submitted: 12 October 2026", ABOVE_EMPLOYEE),
        ("Submitted on 2026-10-12 by the manager", ABOVE_EMPLOYEE),
        ("Self submitted: 12 October 2026", ABOVE_EMPLOYEE),
        ("The workshop on 12 October 2026", NOTHING),
        ("Submitted: 13 October 2026", NOTHING),
        ("Approved 3 September 2026", NOTHING),
        ("Return reason: too high", ABOVE_EMPLOYEE),
        ("The target was too high.", NOTHING),
        ("N/A reason – on leave", ABOVE_EMPLOYEE),
        ("Turnover costs 1,250,000 a year", ABOVE_MANAGER),
        ("Turnover costs 1.250.000 a year", ABOVE_MANAGER),
        ("87.5 % of what was asked", NOTHING),
        ("Mentor pairs: since 6 July 2026", ABOVE_MANAGER),
        ("since 6 July 2026", NOTHING),
        ("High potential: confirmed", ABOVE_MANAGER),
        ("The date is confirmed.", NOTHING),
    ],
)
def test_a_value_counts_near_its_header(text: str, expected: dict[Audience, list[str]]) -> None:
    assert found(rows_of_values(), text) == expected


def test_a_value_of_a_table_counts_under_its_header() -> None:
    assert found(rows_of_values(), "Cycle", "Submitted", "Approved", "H2", "2026-10-12", "2026-10-19") == {
        **ABOVE_EMPLOYEE,
        "employee": ["CS612", "CS612"],
    }


def test_a_value_of_somebody_else_is_not_taken_for_one_of_the_subject() -> None:
    ratings_of_the_report = {"employee": ["CS618"], "manager": ["CS618"], "hr": []}
    assert found(rows_of_values(), "Submitted: 12 October 2026", subject="P4") == ratings_of_the_report


def test_a_value_the_reader_may_see_elsewhere_is_none_to_hide() -> None:
    rows = rows_of_values()
    rows["Scores"][3]["evidence_date"] = datetime(2026, 10, 12)
    assert found(rows, "Submitted: 12 October 2026") == NOTHING


LONG = "The commute has become too long since the office moved."


@pytest.mark.parametrize(
    ("visible_to", "expected"),
    [
        ("Employee and manager", NOTHING),
        ("Manager", ABOVE_EMPLOYEE),
        ("HR only", ABOVE_MANAGER),
        (None, ABOVE_MANAGER),
    ],
)
def test_an_answer_is_for_whom_its_row_says(
    visible_to: str | None, expected: dict[Audience, list[str]]
) -> None:
    rows = {**company(), "Answers": [answer(visible_to, LONG)]}
    assert found(rows, f"Said: {LONG}") == expected
    rows = {**company(), "Answers": [answer(visible_to, f"Not sure. {LONG}")]}
    assert found(rows, LONG) == expected, "a later sentence is known too"
    rows = {**company(), "Answers": [answer(visible_to, "More money")]}
    assert found(rows, "What would make you leave the company?", "More money") == expected
    assert found(rows, "More money for the project") == NOTHING


def test_no_document_of_the_demo_is_held() -> None:
    results = demo()
    scanner = Scanner.of(results)
    held, made = [], 0
    for kind in KINDS:
        prepared = prepare(kind, [shipped_folder("doc_templates")])
        managers = list(results.evaluated["manager"].dropna().unique())
        for subject in managers if kind.subject == "manager" else list(results.evaluated.index)[::4]:
            if kind.fits(results, subject):
                made += 1
                data = make(kind, prepared, results, subject)
                held += [(kind.key, str(finding)) for finding in scanner.scan_document(data, kind, subject)]
    assert held == []
    assert made >= len(KINDS)


def test_ratings_of_somebody_else_after_their_name_are_found() -> None:
    """P3 rates 4, 2 and 3 on Communication, Mentoring and Running services; P1 has other numbers, or none."""
    results = results_of(company())
    scanner = Scanner.of(results)
    titles = dict(zip(*(results.tables.by_sheet["Competencies"].frame[c] for c in ("competency_id", "competency")), strict=True))  # fmt: skip

    def codes(*texts: str, reader: Audience = "employee", subject: str = "P1") -> list[str]:
        data = with_body("".join(said(text) for text in texts))
        return [f.rule.code for f in scanner.scan(data, subject, reader, also=frozenset({"P1", "P3", "P5"}))]

    table = ("Łukasz Żak", titles["MEN"], "2", titles["RUN"], "3")
    assert codes(*table) == ["CS618"]
    assert codes(*table, reader="manager") == ["CS618"], "P3 works for somebody else"
    assert codes(*table, reader="hr") == []
    assert codes(*table, subject="P3") == []
    assert codes(*table[:3]) == [], "one number could be anything"
    assert codes(*table[1:]) == [], "nobody is named"
    assert codes("Łukasz Żak", titles["MEN"], "5", titles["RUN"], "1") == []
