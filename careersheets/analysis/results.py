"""Everything that was computed from one workbook for one cycle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from ..tables.settings import WorkbookSettings
from ..tables.tables import Tables


@dataclass(frozen=True, slots=True)
class Results:
    """The tables of a workbook and what follows from them.

    `evaluated`: one row per person of `cycle`, indexed by employee id: `name`, `email`, `level_code` (in this cycle),
    `manager` (employee id), `approver`, `status`, `targets` (tuple of level codes, best first), `draft` (bool: not
    released).

    `gaps`: one row per person, target level and competency the target asks for: `cycle`, `employee_id`, `name`,
    `target_level`, `target_rank` (1 = first target), `competency_id`, `competency`, `category`, `scale`, `low`, `high`,
    `step`, `required`, `self_rating`, `manager_rating`, `agreed_rating`, `current`, `not_applicable` (bool), `gap`,
    `required_now`, `gap_now`, `weight` (per cent of the target's 100), `critical`, `optional` (bools), `priority`,
    `band`, `previous` (the rating that counted last time), `change`, `comparable` (bool: same scale last time),
    `evidence`, `evidence_date`, `behaviours`, `skills` (tuples, at the target), `expectation_scope`.

    `readiness`: one row per person and target: `cycle`, `employee_id`, `name`, `target_level`, `target_rank`,
    `attainment`, `share_met`, `coverage` (0 to 1; NaN where nothing was rated), `critical_unmet`, `band`, `change`
    (of attainment), `closed_gaps`, `previous_attainment`.

    Ratings and gaps are in points of the competency's scale; not assessed is NaN.
    """

    today: date
    cycle: str
    previous_cycle: str
    settings: WorkbookSettings
    tables: Tables
    evaluated: pd.DataFrame
    gaps: pd.DataFrame
    readiness: pd.DataFrame
