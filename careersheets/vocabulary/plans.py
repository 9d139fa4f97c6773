"""The sheets of goals and development actions."""

from __future__ import annotations

from .choices import (
    GOAL_TYPE,
    HORIZON,
    METHOD,
    PLAN_TEMPLATE_KIND,
    PROGRESS_STATUS,
    PROPOSED_BY,
)
from .column import (
    Day,
    Kind,
    Number,
    Text,
    column,
    competency_column,
    level_column,
    person_column,
)
from .sheet import SheetModel, about


class Goals(SheetModel):
    """One row: one goal of one person."""

    goal_id: Text = column(
        "Goal ID",
        Kind.ID,
        help="Leave blank; the next press fills it.",
        width=11,
        owner="shared",
    )
    employee_id: Text = person_column(required=True)
    type: Text = column(
        "Type",
        help="REAL for development, SMART for performance.",
        choices=GOAL_TYPE,
        width=9,
    )
    goal: Text = column("Goal", Kind.LONG_TEXT, help="What will be different.", width=46, required=True)
    relevant: Text = column("Relevant", Kind.LONG_TEXT, help="Why it matters to this person.", width=30)
    experiment: Text = column("Experiment", Kind.LONG_TEXT, help="What will be tried.", width=30)
    aspiration: Text = column("Aspiration", Kind.LONG_TEXT, help="What it leads towards.", width=30)
    learning_outcome: Text = column(
        "Learning outcome", Kind.LONG_TEXT, help="What will have been learnt.", width=30
    )
    set_on: Day = column("Set on", Kind.DATE, help="When it was set.", width=13)
    proposed_by: Text = column("Proposed by", help="Whose idea it was.", choices=PROPOSED_BY, width=12)
    target_level: Text = level_column("Target level", help="The level it works towards.")
    organisation_goal: Text = column(
        "Organisation goal", Kind.LONG_TEXT, help="The goal of the organisation it serves.", width=30
    )
    business_contribution: Text = column(
        "Business contribution", Kind.LONG_TEXT, help="What the organisation gains.", width=30
    )
    measure: Text = column("Measure", Kind.LONG_TEXT, help="How one will see it.", width=30)
    due: Day = column("Due", Kind.DATE, help="Until when.", width=13)
    horizon: Text = column(
        "Horizon",
        help="Short up to 6 months, Medium to 12, Long from 18.",
        choices=HORIZON,
        width=10,
    )
    progress: Text = column("Progress", Kind.LONG_TEXT, help="How far it has come.", width=26)
    latest_evidence: Text = column("Latest evidence", Kind.LONG_TEXT, help="What showed it last.", width=30)
    status: Text = column("Status", help="Where it stands.", choices=PROGRESS_STATUS, width=12)

    class Config:
        name = "Goals"
        metadata = about(
            "daily", row_is="a goal", purpose="What each person works towards, and why it matters to them."
        )


class ActionItems(SheetModel):
    """One row: one thing somebody will do about a gap, a goal or a target."""

    action_id: Text = column(
        "Action ID", Kind.ID, help="Leave blank; the next press fills it.", width=11, owner="shared"
    )
    employee_id: Text = person_column(required=True)
    conversation_id: Text = column(
        "Conversation ID",
        Kind.ID,
        help="Where it was agreed.",
        width=15,
        refers_to="Conversations.conversation_id",
    )
    goal_id: Text = column(
        "Goal ID",
        Kind.ID,
        help="The goal it serves.",
        width=11,
        refers_to="Goals.goal_id",
    )
    competency_id: Text = competency_column()
    target_level: Text = level_column("Target level", help="The level it works towards.")
    behaviour_or_skill: Text = column(
        "Behaviour or skill", Kind.LONG_TEXT, help="What will be seen when it worked.", width=34
    )
    action: Text = column(
        "Action",
        Kind.LONG_TEXT,
        help="Verb, what, for whom, by when.",
        width=46,
        required=True,
    )
    method: Text = column("Method", help="How it is learnt.", choices=METHOD, width=13)
    owner: Text = person_column("Owner", help="Who does it.", name_header="Owner name")
    support: Text = column(
        "Support",
        Kind.LONG_TEXT,
        help="What the manager or the company adds.",
        width=30,
    )
    start: Day = column("Start", Kind.DATE, help="From when.", width=13)
    due: Day = column("Due", Kind.DATE, help="Until when.", width=13)
    evidence_of_done: Text = column(
        "Evidence of done",
        Kind.LONG_TEXT,
        help="How one will see that it is done.",
        width=30,
    )
    done_on: Day = column("Done on", Kind.DATE, help="When it was done.", width=13)
    debrief_date: Day = column("Debrief date", Kind.DATE, help="When it is talked through.", width=13)
    debrief_with: Text = person_column("Debrief with", help="With whom.", name_header="")
    status: Text = column("Status", help="Where it stands.", choices=PROGRESS_STATUS, width=12)

    class Config:
        name = "Action items"
        metadata = about(
            "daily",
            row_is="an action",
            purpose="Who does what about which gap, until when.",
        )


class PlanTemplates(SheetModel):
    """One row: a goal or action that can be given to many people in one go."""

    template: Text = column("Template", help="Its name.", width=22, required=True)
    kind: Text = column(
        "Kind",
        help="Goal or Action.",
        choices=PLAN_TEMPLATE_KIND,
        width=10,
        required=True,
    )
    competency_id: Text = competency_column()
    text: Text = column("Text", Kind.LONG_TEXT, help="The goal or the action.", width=56, required=True)
    method: Text = column("Method", help="How it is learnt.", choices=METHOD, width=13)
    due_in_days: Number = column(
        "Due in days",
        Kind.NUMBER,
        help="Days from the day it is given.",
        width=11,
        gt=0,
    )
    measure: Text = column("Measure", Kind.LONG_TEXT, help="How one will see that it is done.", width=36)

    class Config:
        name = "Plan templates"
        unique = ["template"]
        metadata = about(
            "set-up",
            row_is="a template",
            purpose="Goals and actions to give to many people in one go.",
        )
