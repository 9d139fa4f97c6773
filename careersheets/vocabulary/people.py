"""The sheet of the people."""

from __future__ import annotations

from .choices import UNDECIDED
from .column import Day, Kind, Text, YesNo, column, level_column, person_column
from .sheet import SheetModel, about


class People(SheetModel):
    """One row: one person."""

    employee_id: Text = column(
        "Employee ID",
        Kind.ID,
        help="As in your HR system. It never changes.",
        width=13,
        required=True,
        aliases=("Emp ID", "Person ID", "Staff ID", "Personnel number"),
    )
    name: Text = column(
        "Name",
        help="Full name, as it should stand in documents.",
        width=24,
        required=True,
        aliases=("Full name", "Employee", "Employee name"),
    )
    email: Text = column(
        "E-mail",
        help="Work address; documents for this person go here.",
        width=38,
        aliases=("Email", "Mail", "E-mail address"),
    )
    level_code: Text = level_column(
        required=True,
        help="The job level today, as on the sheet Levels.",
        aliases=("Level", "Job level", "Grade"),
    )
    level_since: Day = column("Level since", Kind.DATE, help="The day this level began.", width=13)
    hired: Day = column(
        "Hired",
        Kind.DATE,
        help="First working day.",
        width=13,
        aliases=("Hire date", "Start date"),
    )
    manager: Text = person_column(
        "Manager",
        help="The manager's ID, e-mail or full name.",
        name_header="Manager name",
        aliases=("Manager ID", "Line manager", "Reports to"),
    )
    department: Text = column("Department", help="As you want to see it in the department view.", width=18)
    team: Text = column("Team", help="As you want to see it in the team view.", width=18)
    track_preference: Text = column(
        "Track preference", help=f"A track as on the sheet Levels, or {UNDECIDED}.", width=15
    )
    target_1: Text = level_column("Target 1", help="The level this person works towards first.")
    target_2: Text = level_column("Target 2", help="A second level, if any.")
    target_3: Text = level_column("Target 3", help="A third level, if any.")
    active: YesNo = column(
        "Active",
        Kind.YES_NO,
        help="No for people who have left; blank means Yes.",
        width=9,
    )

    class Config:
        name = "People"
        unique = ["employee_id"]
        metadata = about(
            "daily", row_is="a person", purpose="Who works here, at which level, for whom, and towards what."
        )
