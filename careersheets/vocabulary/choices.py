"""The closed lists that drop-downs offer."""

from __future__ import annotations

CYCLE_STATUS = ("Planned", "Open", "Closed")
EVALUATION_STATUS = ("Draft", "Submitted", "Returned", "Approved", "Released")
RESPONSE = ("Agree", "Dispute", "Already known")
CONVERSATION_KIND = ("Onboarding", "Quarterly", "Annual", "Ad hoc")
OBJECTIVE = ("Alignment", "Growth", "Engagement")
DIRECTION_KIND = (
    "Level",
    "Role",
    "Work",
    "Scope",
    "Skill",
    "Other function",
    "Other industry",
    "Exploring",
)
MATCHES_MY_WORK = ("Yes", "Partly", "No")
GOAL_TYPE = ("REAL", "SMART")
PROPOSED_BY = ("Employee", "Manager", "Both")
HORIZON = ("Short", "Medium", "Long")
PROGRESS_STATUS = ("Open", "In progress", "Done", "Dropped")
METHOD = ("Project", "Training", "Stretch", "Mentorship", "Introduction", "Other")
PLAN_TEMPLATE_KIND = ("Goal", "Action")
SAID_BY = ("Employee", "Manager")
VISIBLE_TO = ("Employee and manager", "Manager", "HR only")
BAND = ("Ready", "Near", "Developing", "Insufficient data")
GAP_BAND = ("High", "High (one cycle)", "Middle", "Gap", "Not assessed", "N/A")
DECISION = ("Confirmed", "Not now", "Open")
MENTORING_ROLE = ("Mentor", "Mentee", "Both")
MENTOR_PAIR_STATUS = ("Proposed", "Active", "Ended", "Declined")
REQUEST_STATE = ("requested", "working", "done", "failed")
DOCUMENT_STATE = ("Made", "Draft made", "Planned", "Unchanged", "Held", "Failed")
SEVERITY = ("Error", "Warning", "Note")
UNDECIDED = "Undecided"
