"""The master workbook: its sheets in tab order, its groups, and where things stand on a sheet."""

from __future__ import annotations

from functools import cache

from .confidential import (
    HighPotential,
    Mentoring,
    MentorPairs,
    MentorSuggestions,
    PlanOutcomes,
    Requests,
    Roi,
    ScoringPatterns,
)
from .conversations import Answers, Cadences, Conversations, ReadinessCriteria
from .evaluation import Evaluations, Observations, PeerInput, Scores
from .framework import Competencies, Expectations, FrameworkHistory, Levels, NextLevel, RatingScales
from .people import People
from .plans import ActionItems, Goals, PlanTemplates
from .results import Documents, Gaps, Paths, Readiness, TeamView, ThisWeek, ToFix
from .settings import Cycles, Settings
from .sheet import Group, Sheet, SheetModel, sheet_of
from .wording import OwnWording

START = "Start"
PERSON = "Person"

SHEETS: tuple[type[SheetModel], ...] = (
    ToFix,
    People,
    Evaluations,
    Scores,
    Observations,
    Conversations,
    Goals,
    ActionItems,
    ThisWeek,
    Levels,
    Competencies,
    Expectations,
    RatingScales,
    NextLevel,
    Settings,
    Cycles,
    Cadences,
    PlanTemplates,
    OwnWording,
    Answers,
    ReadinessCriteria,
    Gaps,
    Readiness,
    Paths,
    TeamView,
    Documents,
    PeerInput,
    ScoringPatterns,
    HighPotential,
    Mentoring,
    MentorSuggestions,
    MentorPairs,
    PlanOutcomes,
    Roi,
    Requests,
    FrameworkHistory,
)

# Start opens the workbook; Person, the page by formula, closes the daily tabs.
GROUP_COLOURS: dict[Group, str] = {
    "daily": "1F6F78",
    "framework": "3D5A98",
    "set-up": "7A8CA5",
    "conversation": "81B29A",
    "results": "F2B134",
    "HR only": "E07A5F",
    "very hidden": "1B2A41",
}

# Every table begins here: title above, one empty column at the left.
HEADER_ROW = 5
FIRST_ROW = HEADER_ROW + 1
FIRST_COLUMN = 2

# Single cells the tool fills, by defined name.
LAST_RUN = "cs_last_run"
LAST_RUN_RESULT = "cs_last_run_result"
CURRENT_CYCLE = "cs_current_cycle"
# Which workbook this is, wherever it lies: by this its ledger is found again.
WORKBOOK_ID = "cs_workbook_id"
# Where the ledger ended when the workbook was written: by this a ledger that was written anew is found.
LEDGER_HEAD = "cs_ledger_head"


@cache
def model_of(sheet: str) -> type[SheetModel]:
    """The model of the sheet called `sheet`.

    Raises:
        KeyError: the master workbook has no such sheet.
    """
    return {sheet_of(model).name: model for model in SHEETS}[sheet]


def all_sheets() -> list[Sheet]:
    """Every sheet that holds a table, in tab order."""
    return [sheet_of(model) for model in SHEETS]
