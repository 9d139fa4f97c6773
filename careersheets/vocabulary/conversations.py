"""The sheets of the career conversations."""

from __future__ import annotations

from .choices import (
    CONVERSATION_KIND,
    DIRECTION_KIND,
    MATCHES_MY_WORK,
    SAID_BY,
    VISIBLE_TO,
)
from .column import (
    Day,
    Kind,
    Number,
    Several,
    Text,
    YesNo,
    column,
    cycle_column,
    level_column,
    person_column,
)
from .sheet import SheetModel, about

_RANKED = "Competency IDs, most important first, with ; between; three at most."


class Conversations(SheetModel):
    """One row: one conversation, planned or held."""

    conversation_id: Text = column(
        "Conversation ID", Kind.ID, help="Leave blank; the next press fills it.", width=15, owner="shared"
    )
    employee_id: Text = person_column(required=True)
    cycle: Text = cycle_column()
    kind: Text = column("Kind", help="What kind of conversation.", choices=CONVERSATION_KIND, width=12)
    planned: Day = column("Planned", Kind.DATE, help="The agreed day.", width=13)
    held: Day = column("Held", Kind.DATE, help="The day it took place.", width=13, owner="shared")
    objectives: Several = column(
        "Objectives", Kind.SEVERAL, help="Alignment, Growth, Engagement, with ; between.", width=20
    )
    direction_kind: Text = column(
        "Direction kind",
        help="What the next one to two years are about.",
        choices=DIRECTION_KIND,
        width=15,
        owner="shared",
    )
    direction: Text = column(
        "Direction",
        Kind.LONG_TEXT,
        help="In the employee's words.",
        width=40,
        owner="shared",
    )
    target_level: Text = level_column(
        "Target level", help="The level agreed to work towards.", owner="shared"
    )
    employee_priorities: Several = column(
        "Employee priorities",
        Kind.SEVERAL,
        help=_RANKED,
        width=22,
        owner="shared",
        refers_to="Competencies.competency_id",
    )
    manager_priorities: Several = column(
        "Manager priorities",
        Kind.SEVERAL,
        help=_RANKED,
        width=22,
        owner="shared",
        refers_to="Competencies.competency_id",
    )
    role_satisfaction: Number = column(
        "Role satisfaction",
        Kind.NUMBER,
        help="1 to 5, as the employee says; it never enters a score.",
        width=12,
        owner="shared",
        ge=1,
        le=5,
    )
    pulse_before: Number = column(
        "Pulse before",
        Kind.NUMBER,
        help="1 to 5, before the conversation.",
        width=11,
        owner="shared",
        ge=1,
        le=5,
    )
    pulse_after: Number = column(
        "Pulse after",
        Kind.NUMBER,
        help="1 to 5, after the conversation.",
        width=11,
        owner="shared",
        ge=1,
        le=5,
    )
    summary_sent: Day = column(
        "Summary sent", Kind.DATE, help="Date and time; within 48 hours.", width=16, owner="shared"
    )
    summary_version: Number = column(
        "Summary version", Kind.NUMBER, help="1, then 2 after corrections.", width=10, owner="shared", ge=1
    )
    corrections_due: Day = column(
        "Corrections due", Kind.DATE, help="Until when the employee may correct.", width=13, owner="shared"
    )
    corrections: Text = column(
        "Corrections", Kind.LONG_TEXT, help="What the employee corrected.", width=34, owner="shared"
    )
    matches_my_work: Text = column(
        "Matches my work", help="The employee's answer.", choices=MATCHES_MY_WORK, width=12, owner="shared"
    )
    acknowledged: Day = column(
        "Acknowledged", Kind.DATE, help="When the employee confirmed the summary.", width=13, owner="shared"
    )
    next_check_in: Day = column(
        "Next check-in",
        Kind.DATE,
        help="Six to eight weeks after the conversation.",
        width=13,
        owner="shared",
    )
    check_in_time: Text = column("Check-in time", help="For example 14:30.", width=12, owner="shared")
    check_in_held: Day = column(
        "Check-in held",
        Kind.DATE,
        help="When the check-in took place; then enter the next one, if there is to be one.",
        width=13,
        owner="shared",
    )

    class Config:
        name = "Conversations"
        metadata = about(
            "daily",
            row_is="a conversation",
            purpose="Each career conversation, from planned to acknowledged.",
        )


class Answers(SheetModel):
    """One row: one answer from a filled form."""

    employee_id: Text = person_column(required=True)
    conversation_id: Text = column(
        "Conversation ID",
        Kind.ID,
        help="As on the sheet Conversations.",
        width=15,
        refers_to="Conversations.conversation_id",
    )
    form: Text = column("Form", help="Which document it came in.", width=20, owner="tool")
    question: Text = column("Question", Kind.LONG_TEXT, help="As it was asked.", width=40, owner="tool")
    said_by: Text = column("Said by", help="Who answered.", choices=SAID_BY, width=11, owner="tool")
    answer: Text = column("Answer", Kind.LONG_TEXT, help="As it was written.", width=60, owner="shared")
    visible_to: Text = column(
        "Visible to",
        help="Who may see it.",
        choices=VISIBLE_TO,
        width=20,
        owner="shared",
    )
    form_version: Text = column("Form version", help="The version of the document.", width=12, owner="tool")
    received: Day = column("Received", Kind.DATE, help="When it was read.", width=13, owner="tool")

    class Config:
        name = "Answers"
        metadata = about(
            "conversation",
            row_is="an answer",
            purpose="What people wrote in their forms, in their words.",
            owner="shared",
        )


class ReadinessCriteria(SheetModel):
    """One row: one thing that would need to be true for a move."""

    criterion_id: Text = column(
        "Criterion ID",
        Kind.ID,
        help="Leave blank; the next press fills it.",
        owner="shared",
    )
    employee_id: Text = person_column(required=True)
    conversation_id: Text = column(
        "Conversation ID",
        Kind.ID,
        help="Where it was agreed.",
        width=15,
        refers_to="Conversations.conversation_id",
    )
    target_level: Text = level_column("Target level", help="The level it is about.")
    condition: Text = column(
        "Condition",
        Kind.LONG_TEXT,
        help="What would need to be true.",
        width=46,
        required=True,
    )
    evidence_wanted: Text = column("Evidence wanted", Kind.LONG_TEXT, help="How one will see it.", width=40)
    by: Day = column("By", Kind.DATE, help="Until when.", width=13)
    employee_agrees: YesNo = column(
        "Employee agrees", Kind.YES_NO, help="Yes or No.", width=11, owner="shared"
    )
    manager_agrees: YesNo = column("Manager agrees", Kind.YES_NO, help="Yes or No.", width=11, owner="shared")
    met_on: Day = column("Met on", Kind.DATE, help="When it was met.", width=13, owner="shared")
    evidence_seen: Text = column(
        "Evidence seen",
        Kind.LONG_TEXT,
        help="What showed it.",
        width=40,
        owner="shared",
    )
    confirmed_by: Text = person_column(
        "Confirmed by", help="Who confirmed it.", name_header="Confirmed by name", owner="shared"
    )

    class Config:
        name = "Readiness criteria"
        metadata = about(
            "conversation",
            row_is="a criterion",
            purpose="What would need to be true, agreed by both.",
            owner="shared",
        )


class Cadences(SheetModel):
    """One row: how often a group of people has which conversation."""

    group_column: Text = column(
        "Group column", help="A column of People, for example Department; blank for everyone.", width=16
    )
    group_value: Text = column("Group value", help="The value in that column.", width=18)
    kind: Text = column(
        "Kind",
        help="Which conversation.",
        choices=CONVERSATION_KIND,
        width=12,
        required=True,
    )
    first_after: Number = column(
        "First after days", Kind.NUMBER, help="Days after hiring until the first.", width=12, ge=0
    )
    every: Number = column("Every days", Kind.NUMBER, help="Days between two.", width=10, gt=0)

    class Config:
        name = "Cadences"
        metadata = about(
            "set-up",
            row_is="a rule",
            purpose="How often each group has which conversation.",
        )
