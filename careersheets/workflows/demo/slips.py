"""Things to fix in the demo, so that the sheet To fix has something to show."""

from __future__ import annotations

from ..starters import Rows


def with_slips(rows: Rows, cycle: str) -> Rows:
    """`rows` with the slips that HR knows: a wrong rating, a missing reason, an unknown person, a vague date."""
    scores = [row for row in rows["Scores"] if row["cycle"] == cycle]
    released = {
        row["employee_id"]
        for row in rows["Evaluations"]
        if row["cycle"] == cycle and row["status"] == "Released"
    }
    usual = [
        row for row in scores if row["employee_id"] in released and isinstance(row["manager_rating"], float)
    ]
    if len(usual) < 80:
        return rows
    usual[5] |= {"manager_rating": 6.0, "agreed_rating": None}
    usual[27] |= {"manager_rating": "N/A", "agreed_rating": None, "na_reason": None}
    usual[44] |= {"evidence": None, "evidence_date": None}
    usual[61] |= {"self_rating": "good"}
    rows["Observations"][3]["observer"] = "Bjorn from sales"
    rows["Action items"][2]["due"] = "end of term"
    return rows
