"""The kinds of documents there are, in the order of the pack."""

from __future__ import annotations

from .content.check_in import check_in, has_something_to_check
from .content.conversation_summary import conversation_summary, has_conversation
from .content.development_plan import development_plan
from .content.employee_preparation import employee_preparation
from .content.gap_report import gap_report
from .content.manager_preparation import manager_preparation
from .content.mentoring_introduction import is_introduced, mentoring_introduction, mentors_of
from .content.page_for_hr import page_for_hr
from .content.promotion_case import has_case, promotion_case
from .content.round_up import has_held_conversation, round_up
from .content.team_summary import has_team, team_of, team_summary
from .kind import Kind

KINDS = (
    Kind(
        "gap-report",
        "Gap report",
        "gap_report.docx",
        "employee",
        gap_report,
        recipients=("manager", "employee", "hr"),
    ),
    Kind(
        "manager-preparation",
        "Manager preparation",
        "manager_preparation.docx",
        "manager",
        manager_preparation,
        recipients=("manager", "hr"),
        tells_what_is_late=True,
    ),
    Kind(
        "employee-preparation",
        "Employee preparation",
        "employee_preparation.docx",
        "employee",
        employee_preparation,
        recipients=("employee", "hr"),
        needs_target=False,
    ),
    Kind(
        "page-for-hr",
        "Page for HR",
        "page_for_hr.docx",
        "employee",
        page_for_hr,
        recipients=("employee",),
        needs_target=False,
        shows_ratings=False,
    ),
    Kind(
        "conversation-summary",
        "Conversation summary",
        "conversation_summary.docx",
        "employee",
        conversation_summary,
        recipients=("manager", "employee", "hr"),
        fits=has_conversation,
        needs_target=False,
    ),
    Kind(
        "round-up",
        "Round-up",
        "round_up.txt",
        "employee",
        round_up,
        recipients=("manager", "employee", "hr"),
        fits=has_held_conversation,
        needs_target=False,
        form="letter",
    ),
    Kind(
        "development-plan",
        "Development plan",
        "development_plan.docx",
        "employee",
        development_plan,
        recipients=("manager", "employee", "hr"),
        tells_what_is_late=True,
    ),
    Kind(
        "check-in",
        "Check-in",
        "check_in.docx",
        "employee",
        check_in,
        recipients=("manager", "employee", "hr"),
        fits=has_something_to_check,
        needs_target=False,
        shows_ratings=False,
        tells_what_is_late=True,
    ),
    Kind(
        "promotion-case",
        "Promotion case",
        "promotion_case.docx",
        "manager",
        promotion_case,
        recipients=("manager", "hr"),
        fits=has_case,
        tells_what_is_late=True,
    ),
    Kind(
        "team-summary",
        "Team summary",
        "team_summary.docx",
        "manager",
        team_summary,
        recipients=("manager", "hr"),
        subject="manager",
        fits=has_team,
        needs_target=False,
        may_name=team_of,
        tells_what_is_late=True,
    ),
    Kind(
        "mentoring-introduction",
        "Mentoring introduction",
        "mentoring_introduction.docx",
        "employee",
        mentoring_introduction,
        recipients=("employee", "mentor", "hr"),
        subject="mentee",
        fits=is_introduced,
        needs_target=False,
        may_name=mentors_of,
        shows_ratings=False,
    ),
)
