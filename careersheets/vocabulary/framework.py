"""The sheets of the career framework: what each level asks for."""

from __future__ import annotations

from .column import (
    Kind,
    Number,
    Several,
    Text,
    YesNo,
    column,
    competency_column,
    level_column,
)
from .sheet import SheetModel, about


class Levels(SheetModel):
    """One row: one job level. Ladders are what `next_levels` makes of them; they may fork and need not start at 1."""

    level_code: Text = level_column(
        help="Short and stable, for example E3. It never changes.", name_header="", required=True
    )
    family: Text = column(
        "Family",
        help="The job family.",
        width=18,
        required=True,
        aliases=("Job family",),
    )
    track: Text = column("Track", help="For example IC or Management.", width=13)
    rank: Number = column("Rank", Kind.NUMBER, help="Order within the family, 1 for the lowest.", width=7)
    title: Text = column(
        "Title",
        help="As it should stand in documents.",
        width=26,
        aliases=("Job title",),
    )
    scope: Text = column(
        "Scope",
        Kind.LONG_TEXT,
        help="How far the work reaches at this level.",
        width=52,
    )
    next_levels: Several = column(
        "Next levels",
        Kind.SEVERAL,
        help="Level codes one can move to from here, with ; between.",
        width=16,
        refers_to="Levels.level_code",
        aliases=("Next level",),
    )

    class Config:
        name = "Levels"
        unique = ["level_code"]
        metadata = about(
            "framework",
            row_is="a level",
            purpose="The ladders: families, tracks, levels, and where each leads.",
        )


class Competencies(SheetModel):
    """One row: one competency, with the scale it is rated on."""

    competency_id: Text = competency_column(
        help="Short and stable. It never changes.", name_header="", required=True
    )
    competency: Text = column(
        "Competency",
        help="As it should stand in documents.",
        width=26,
        required=True,
        aliases=("Skill", "Competency name"),
    )
    category: Text = column("Category", help="Groups competencies in tables.", width=16)
    definition: Text = column("Definition", Kind.LONG_TEXT, help="One sentence: what it is.", width=56)
    scale: Text = column(
        "Scale",
        help="As on the sheet Rating scales.",
        width=14,
        refers_to="Rating scales.scale",
    )
    source: Text = column("Source", help="Where the wording comes from.", width=22)
    licence: Text = column("Licence", help="Under which terms it may be used.", width=18)

    class Config:
        name = "Competencies"
        unique = ["competency_id"]
        metadata = about(
            "framework",
            row_is="a competency",
            purpose="What people are evaluated on, shared across families.",
        )


class Expectations(SheetModel):
    """One row: what one level asks for in one competency. A blank rating means not required here, never zero."""

    level_code: Text = level_column(required=True)
    competency_id: Text = competency_column(required=True)
    required: Number = column(
        "Required",
        Kind.RATING,
        help="The rating this level asks for; blank if it asks for none.",
        width=10,
        aliases=("Required rating", "Expected"),
    )
    weight: Number = column(
        "Weight",
        Kind.NUMBER,
        help="In per cent of the level's 100; blank everywhere means equal.",
        width=8,
        ge=0,
    )
    critical: YesNo = column(
        "Critical",
        Kind.YES_NO,
        help="Yes if nobody is ready for the level without it.",
        width=9,
    )
    optional: YesNo = column(
        "Optional", Kind.YES_NO, help="Yes if it is shown but does not count for readiness.", width=9
    )
    behaviours: Several = column(
        "Behaviours", Kind.SEVERAL, help="What one sees somebody do at this level, with ; between.", width=64
    )
    skills: Several = column(
        "Skills",
        Kind.SEVERAL,
        help="What somebody can do or knows, with ; between.",
        width=34,
    )
    scope: Text = column(
        "Scope",
        Kind.LONG_TEXT,
        help="How far this competency reaches at this level.",
        width=34,
    )

    class Config:
        name = "Expectations"
        unique = ["level_code", "competency_id"]
        metadata = about(
            "framework",
            row_is="a level and competency",
            purpose="What each level asks for, with the behaviours that show it.",
        )


class RatingScales(SheetModel):
    """One row: one point of a rating scale."""

    scale: Text = column("Scale", help="The scale's name.", width=16, required=True)
    value: Number = column("Value", Kind.NUMBER, help="The rating, in points.", width=8, required=True)
    label: Text = column("Label", help="One word for it.", width=18)
    meaning: Text = column("Meaning", Kind.LONG_TEXT, help="What one sees at this point.", width=70)
    step: Number = column(
        "Step", Kind.NUMBER, help="1 for whole points, 0.5 if half points may be given.", width=7, gt=0
    )

    class Config:
        name = "Rating scales"
        unique = ["scale", "value"]
        metadata = about("framework", row_is="a point on a scale", purpose="What each rating means.")


class NextLevel(SheetModel):
    """One row: what one competency asks in addition when one moves from a level to one of its next levels."""

    level_code: Text = level_column(owner="tool", name_header="")
    next_level: Text = level_column(
        "Next level", help="A level one can move to.", owner="tool", name_header=""
    )
    competency_id: Text = competency_column(owner="tool", name_header="")
    competency: Text = column("Competency", help="Its title.", width=26, owner="tool")
    required: Number = column("Required", Kind.RATING, help="At the level.", width=9, owner="tool")
    next_required: Number = column(
        "Required next", Kind.RATING, help="At the next level.", width=9, owner="tool"
    )
    change: Text = column(
        "What changes", help="Whether more, less or something new is asked.", width=16, owner="tool"
    )
    new_behaviours: Several = column(
        "Behaviours in addition",
        Kind.SEVERAL,
        help="Said at the next level and not at this one.",
        width=64,
        owner="tool",
    )
    new_skills: Several = column(
        "Skills in addition",
        Kind.SEVERAL,
        help="Said at the next level and not at this one.",
        width=34,
        owner="tool",
    )
    next_scope: Text = column(
        "Scope at the next level",
        Kind.LONG_TEXT,
        help="How far the competency reaches there.",
        width=34,
        owner="tool",
    )

    class Config:
        name = "Next level"
        metadata = about(
            "framework",
            row_is="a level, next level and competency",
            purpose="What changes at each next level, written from the sheets before it.",
            owner="tool",
        )


class FrameworkHistory(SheetModel):
    """One row: one value of an accepted framework version. Rows are added, never replaced."""

    version: Text = column(
        "Version",
        Kind.ID,
        help="The version's name.",
        owner="tool",
        audience="hr",
        required=True,
    )
    sheet: Text = column(
        "Sheet",
        help="Where the value stood.",
        owner="tool",
        audience="hr",
        required=True,
    )
    key: Text = column(
        "Key",
        help="The row's key, with | between.",
        width=26,
        owner="tool",
        audience="hr",
    )
    of_column: Text = column("Column", help="The column's header.", width=16, owner="tool", audience="hr")
    value: Text = column(
        "Value",
        Kind.LONG_TEXT,
        help="What stood there.",
        width=60,
        owner="tool",
        audience="hr",
    )

    class Config:
        name = "Framework history"
        metadata = about(
            "very hidden",
            row_is="a value of a version",
            purpose="Every accepted version of the framework.",
            owner="tool",
        )
