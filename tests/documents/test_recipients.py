"""A document goes to those its kind names and to nobody else, as the workbook stands when it is sent.

P1 works for P5 and has the mentor P4; P2 works for P5 too. P3 has left.
"""

from __future__ import annotations

import pytest

from careersheets.documents.content.gap_report import gap_report
from careersheets.documents.kind import Kind, Recipient, Subject
from careersheets.documents.recipients import recipient_fault
from tests.analysis.test_by_hand import results_of
from tests.documents.test_safety import Rows, company

pytestmark = pytest.mark.requirement("X6", "X7")


def rows_of_team() -> Rows:
    rows = company()
    rows["Settings"] = [{"setting": "HR e-mail", "value": "people@lanternfield.example"}]
    rows["People"][1]["manager"] = "P5"
    rows["People"][2]["active"] = "No"
    for evaluation in rows["Evaluations"]:
        if evaluation["employee_id"] in ("P1", "P2"):
            evaluation["manager"] = "P5"
    rows["Mentor pairs"] = [
        {"mentor": "P4", "mentee": "P1", "status": "Active"},
        {"mentor": "P2", "mentee": "P1", "status": "Ended"},
    ]
    return rows


def kind_for(*recipients: Recipient, subject: Subject = "person") -> Kind:
    return Kind("x", "Gap report", "x.docx", "hr", gap_report, recipients, subject)


def address(person: str) -> str:
    return f"{person}.office@lanternfield.example"


def fault(
    kind: Kind, recipient: str, rows: Rows | None = None, subject: str = "P1"
) -> tuple[str, str] | None:
    found = recipient_fault(kind, results_of(rows or rows_of_team()), subject, recipient)
    return (found.rule.code, found.message) if found else None


def code(kind: Kind, recipient: str, rows: Rows | None = None, subject: str = "P1") -> str:
    return (fault(kind, recipient, rows, subject) or ("", ""))[0]


@pytest.mark.parametrize(
    ("role", "right"), [("employee", "p1"), ("manager", "P5"), ("mentor", "p4"), ("hr", "people")]
)
def test_each_role_has_its_address_and_no_other(role: Recipient, right: str) -> None:
    addresses = {name: address(name) for name in ("p1", "p2", "P3", "p4", "P5")}
    addresses["people"] = "People@lanternfield.example"
    refused = {name: code(kind_for(role), there) for name, there in addresses.items()}
    assert refused == {name: "" if name == right else "CS616" for name in addresses}


def test_an_empty_or_foreign_address_is_refused() -> None:
    everyone = kind_for("employee", "manager", "mentor", "hr")
    assert [code(everyone, there) for there in ("", " ", "p1@elsewhere.example", f"{address('p1')}, {address('p2')}")] == ["CS616"] * 4  # fmt: skip
    rows = rows_of_team()
    del rows["People"][0]["email"]
    assert code(kind_for("employee"), "", rows) == "CS616"
    rows["Settings"] = []
    assert code(kind_for("hr"), "", rows) == "CS616"


def test_a_manager_who_changed_since_holds_the_document_for_the_old_and_the_new_one() -> None:
    rows = rows_of_team()
    rows["People"][0]["manager"] = "P2"
    both = kind_for("employee", "manager")
    said = fault(both, address("p5"), rows)
    assert said is not None
    assert said[0] == "CS617"
    assert "the manager changed since. Ravi Subramanian rates in this cycle" in said[1]
    assert "Noor el-Amin" in said[1]
    assert code(both, address("p2"), rows) == "CS617"
    assert code(both, address("p1"), rows) == "", "the employee's own copy is not held"
    assert code(both, address("p4"), rows) == "CS616"


def test_a_document_about_a_team_goes_to_its_manager_while_the_team_is_theirs() -> None:
    team = kind_for("manager", subject="manager")
    assert code(team, address("p5"), subject="P5") == ""
    assert code(team, address("p1"), subject="P5") == "CS616"
    rows = rows_of_team()
    rows["People"][1]["manager"] = "P4"
    assert code(team, address("p5"), rows, subject="P5") == "CS617"


def test_an_address_of_two_people_or_of_somebody_who_left_is_refused() -> None:
    rows = rows_of_team()
    rows["People"][1]["email"] = rows["People"][0]["email"].upper()
    assert "2 people" in (fault(kind_for("employee"), address("p1"), rows) or ("", ""))[1]
    rows = rows_of_team()
    rows["People"][0]["active"] = "No"
    assert "has left" in (fault(kind_for("employee"), address("p1"), rows) or ("", ""))[1]
