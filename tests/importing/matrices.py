"""Matrices as they lie on shared drives: each shape that the import has to read, made with openpyxl."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Cells = Sequence[Sequence[Any]]


def save(
    folder: Path, name: str, sheets: Mapping[str, Cells], merged: Mapping[str, Sequence[str]] | None = None
) -> Path:
    """Write `sheets`, whose rows begin in A1, to `folder`; `merged` areas by sheet."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet: Worksheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        for area in (merged or {}).get(title, ()):
            sheet.merge_cells(area)
    path = folder / name
    book.save(path)
    return path


def levels_across(folder: Path) -> Path:
    """Title above, categories merged downwards, levels as columns, a legend beside the data and a line below it."""
    rows = [
        ["Design career matrix", None, None, None, None, None, None, None],
        ["Last changed by Ines", None, None, None, None, None, None, None],
        [None] * 8,
        ["Area", "Competency", "Junior Designer", "Designer", "Senior Designer", None, "Legend", None],
        ["Craft", "Visual design", 1, 2, 4, None, 1, "Novice"],
        [None, "Prototyping", 2, 3, 4, None, 2, "Practitioner"],
        [None, "Research", None, 2, 3, None, 3, "Proficient"],
        ["Collaboration", "Facilitation", 1, 2, 2, None, 4, "Expert"],
        [None, "Feedback", 1, None, 3, None, None, None],
        [None] * 8,
        ["Ask Ines before changing anything", None, None, None, None, None, None, None],
    ]
    return save(folder, "design.xlsx", {"Matrix": rows}, {"Matrix": ["A1:E1", "A5:A7", "A8:A9"]})


def marks(folder: Path) -> Path:
    """x and o, told apart in a line above, with a count in the last row."""
    rows = [
        ["Who must know what    (x = required, o = optional)", None, None, None],
        ["Skill", "Clerk", "Senior clerk", "Head of office"],
        ["Filing", "x", "x", "x"],
        ["Archiving", "o", "x", "x"],
        ["Budgeting", None, "o", "x"],
        ["Hiring", None, None, "X "],
        ["Count", 2, 3, 4],
    ]
    return save(folder, "office.xlsx", {"Sheet1": rows})


def named_ratings(folder: Path) -> Path:
    """People as rows, skills as columns, ratings in words, one of which nobody can know."""
    rows = [
        ["Team skills", None, None, None, None, None],
        [None, None, None, None, None, None],
        ["Employee", "Role", "SQL", "Python", "Storytelling", "Comments"],
        ["Amélie Durand", "Analyst", "Advanced", "Intermediate", "Beginner", "new in team"],
        ["Kwame Mensah", "Analyst", "expert", "Advanced", "n/a", None],
        ["Siobhán Ó Briain", "Lead analyst", "Expert", "Wizard", "Advanced", None],
        ["Thị Hoa Nguyễn", "Analyst", "Beginner", None, "Intermediate", None],
    ]
    return save(folder, "skills.xlsx", {"Q2 2026": rows})


def sub_levels(folder: Path) -> Path:
    """Levels with steps below them in a second header row, merged above; ratings with plus and minus."""
    rows = [
        ["Competency", "Consultant", None, "Manager", None],
        [None, "I", "II", "I", "II"],
        ["Advising", 1, "1+", 2, 3],
        ["Delivering", 1, 2, "3-", 3],
        ["Selling", None, 1, 2, "2-3"],
        ["Leading", None, None, "1/4", 2],
    ]
    return save(folder, "consulting.xlsx", {"Levels": rows}, {"Levels": ["A1:A2", "B1:C1", "D1:E1"]})


def repeated_headers(folder: Path) -> Path:
    """Printed page by page: section titles over the whole width, the header again on each page, a footnote."""
    header = ["Skill", "L1", "L2", "L3"]
    rows = [
        ["Warehouse framework", None, None, None],
        header,
        ["Safety", None, None, None],
        ["Lifting", 1, 2, 2],
        ["First aid", 1, 1, 2],
        header,
        ["Machines", None, None, None],
        ["Fork lift", None, 2, 3],
        ["Packing line", 1, 2, 3],
        [None, None, None, None],
        ["* from 2027 also for night shifts", None, None, None],
    ]
    return save(folder, "warehouse.xlsx", {"Print": rows}, {"Print": ["A3:D3", "A7:D7"]})


def several_sheets(folder: Path) -> Path:
    """A sheet for each family, one for the legend, one with notes."""
    finance = [
        ["Competency", "Junior", "Senior", "Lead"],
        ["Closing", 1, 3, 4],
        ["Tax", 1, 2, 3],
        ["Coaching", 0, 1, 3],
    ]
    legal = [["Competency", "Junior", "Senior"], ["Contracts", 2, 4], ["Coaching", 0, 2]]
    legend = [["Rating", "Meaning"], [0, "None"], [1, "Basic"], [2, "Working"], [3, "Strong"], [4, "Leading"]]
    notes = [["Changed in spring by the works council"]]
    return save(
        folder, "families.xlsx", {"Finance": finance, "Legal": legal, "Rating key": legend, "Notes": notes}
    )


def people_with_totals(folder: Path) -> Path:
    """People as rows, numbers, a total and an average for each, a target line and an average for each skill."""
    people = [
        ("Adaeze Obi", (3, 4, 2, None)),
        ("Jürgen Weiß", (4, 4, 3, 1)),
        ("Mei-Ling Tan", (1, 2, None, 2)),
        ("Carlos Ibáñez", (5, 3, 4, 3)),
    ]
    rows: list[list[Any]] = [["Support team", *[None] * 6], [None] * 7]
    rows.append(["Name", "Listening", "Writing", "Product", "Escalation", "Total", "Average"])
    rows.append(["Target", 4, 4, 3, 2, 13, 3.25])
    for name, ratings in people:
        given = [rating for rating in ratings if rating is not None]
        rows.append([name, *ratings, sum(given), round(sum(given) / len(given), 2)])
    columns = [
        [r for r in column if r is not None]
        for column in zip(*(ratings for _, ratings in people), strict=True)
    ]
    rows.append(["Team average", *[round(sum(column) / len(column), 2) for column in columns], None, None])
    return save(folder, "support team.xlsx", {"Skills matrix": rows})


def people_across(folder: Path) -> Path:
    """Skills as rows, people as columns under their team, what is required beside them, sums below each block."""
    rows = [
        [None, None, None, "North", None, "South", None],
        ["Group", "Skill", "Required", "Olga Petrova", "Bình Trần", "Yusuf Demir", "Ana Souza"],
        ["Machine", "Welding", 3, 2, 3, 4, 1],
        [None, "Milling", 2, 2, None, 3, 2],
        [None, "Sum", 5, 4, 3, 7, 3],
        ["Order", "Cleaning", 1, 1, 1, 2, 2],
        [None, "Labelling", 2, "n/a", 2, 1, 2],
        [None, "Sum", 3, 1, 3, 3, 4],
    ]
    return save(folder, "plant.xlsx", {"Team matrix": rows}, {"Team matrix": ["D1:E1", "F1:G1"]})


def statements(folder: Path) -> Path:
    """Levels as rows, competencies as columns under a category, and nothing but text."""
    rows = [
        [None, "How we work", None, "What we make"],
        ["Level", "Teamwork", "Planning", "Quality"],
        [
            "P1 - Associate",
            "- Asks for help early\n- Shares what was learned",
            "Keeps a list of open tasks; updates it weekly",
            "Checks each own result before handing it over",
        ],
        [
            "P2 - Professional",
            "- Helps colleagues who are stuck",
            "Splits a project into steps with dates",
            "Reviews results of others and says what to mend",
        ],
        [
            "P3 - Principal",
            "Brings two teams to one plan",
            "Plans for a year with the budget",
            "Sets the test that every result must pass",
        ],
    ]
    return save(folder, "makers.xlsx", {"Framework": rows}, {"Framework": ["B1:C1"]})


def rating_and_text(folder: Path) -> Path:
    """Under each level a column for the rating and one for what it looks like; a blank column between the levels."""
    rows = [
        ["Capability", "Senior", None, None, "Staff", None],
        [None, "Required", "Behaviours", None, "Required", "Behaviours"],
        ["Mentoring", 2, "Pairs with juniors every week", None, 3, "Trains other mentors"],
        ["Architecture", 3, "Designs one service alone", None, 2, "Reviews designs of others"],
        ["Hiring", None, None, None, 2, "Leads interviews"],
    ]
    return save(folder, "engineers.xlsx", {"Levels": rows}, {"Levels": ["B1:C1", "E1:F1", "A1:A2"]})


def marks_of_people(folder: Path) -> Path:
    """Who has which certificate, with how many there are for each person and each certificate."""
    rows = [
        ["Worker", "Squad", "Crane", "First aid", "Fire safety", "How many"],
        ["Zsófia Kovács", "A", "x", "x", None, 2],
        ["Ibrahim Sesay", "A", "o", "x", "x", 2],
        ["Noa Levi", "B", None, "x", "x", 2],
        ["Count", None, 1, 3, 2, None],
    ]
    return save(folder, "certificates.xlsx", {"Staff": rows})


def semicolons(folder: Path) -> Path:
    """A long table saved as CSV by a Western Excel: semicolons, decimal commas, cp1252, text that begins like a formula."""
    lines = [
        "Job family;Level;Level no;Skill;Required rating;Weight;Must have;Indicator;Remark",
        'Küche;Köchin;1;Soßen;2,5;60;yes;Kocht drei Grundsoßen;=HYPERLINK("x")',
        "Küche;Köchin;1;Hygiene;3;40;;+ prüft täglich die Kühlung;",
        'Küche;Küchenchefin;2;Soßen;2;50;;"Kocht neue Soßen; lehrt sie andere";',
        "Küche;Küchenchefin;2;Hygiene;drei;50;;Schreibt den Hygieneplan;offen",
    ]
    path = folder / "kueche.csv"
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    return path
