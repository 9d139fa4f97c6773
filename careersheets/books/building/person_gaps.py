"""The page Person, the numbers: one row per competency asked at the target, and what follows from all of them.

The same rules as in analysis/gaps.py and analysis/readiness.py (source: G1, G2), as formulas.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...vocabulary.settings import SETTINGS
from .formulas import (
    cell_of,
    first_row,
    is_equal,
    is_filled,
    is_found,
    is_given,
    is_person,
    is_yes,
    setting,
    text_of,
)
from .person_choice import Choice
from .scale_formulas import end_of_scale, points_of, step_of_scale
from .scratch import Cells, Scratch

COMPETENCIES = 20
_SMALL = "0.000000001"


@dataclass(frozen=True, slots=True)
class Asked:
    """One row per competency the target asks for; `row` is its row on Expectations."""

    row: Cells
    code: Cells
    title: Cells
    scale: Cells
    low: Cells
    high: Cells
    step: Cells


@dataclass(frozen=True, slots=True)
class GapRows:
    """The columns of the calculation, one row per competency; blank rows below the last."""

    title: Cells
    required: Cells
    self_rating: Cells
    manager: Cells
    agreed: Cells
    current: Cells
    gap: Cells
    weight: Cells
    critical: Cells
    optional: Cells
    low: Cells
    high: Cells
    step: Cells


@dataclass(frozen=True, slots=True)
class Figures:
    """Addresses of the key figures."""

    asked: str
    attainment: str
    share_met: str
    coverage: str
    critical_unmet: str
    band: str


def work_out_gaps(scratch: Scratch, choice: Choice) -> GapRows:
    """Ratings, gaps and weights of the chosen person for the chosen target."""
    asked = _work_out_asked(scratch, choice.target)
    score = scratch.column("Score row", COMPETENCIES, lambda i: _score_row(choice, asked.code.at(i)))

    def rating(label: str, sheet: str, column: str, row: Cells) -> Cells:
        raw = scratch.column(
            f"{label}, as entered", COMPETENCIES, lambda i: cell_of(sheet, column, row.at(i))
        )
        return scratch.column(label, COMPETENCIES, lambda i: points_of(raw.at(i), asked.scale.at(i)))

    def is_marked(label: str, column: str) -> Cells:
        return scratch.column(
            label, COMPETENCIES, lambda i: is_yes(cell_of("Expectations", column, asked.row.at(i)))
        )

    required = rating("Required", "Expectations", "required", asked.row)
    own = rating("Self", "Scores", "self_rating", score)
    manager = rating("Manager", "Scores", "manager_rating", score)
    agreed = rating("Agreed", "Scores", "agreed_rating", score)
    current = scratch.column(
        "Current", COMPETENCIES, lambda i: f'IF({agreed.at(i)}<>"",{agreed.at(i)},{manager.at(i)})'
    )
    gap = scratch.column("Gap", COMPETENCIES, lambda i: _gap(required.at(i), current.at(i)))
    weight = _weights(scratch, choice.target, asked.row)
    critical, optional = is_marked("Critical", "critical"), is_marked("Optional", "optional")
    ratings = (asked.title, required, own, manager, agreed, current, gap, weight, critical, optional)
    return GapRows(*ratings, asked.low, asked.high, asked.step)


def work_out_figures(scratch: Scratch, choice: Choice, gaps: GapRows) -> Figures:
    """Attainment, share met, coverage, unmet critical competencies, and the band."""

    def rows(label: str, formula: Callable[[int], str]) -> Cells:
        return scratch.column(label, COMPETENCIES, formula)

    counts = rows(
        "Counts",
        lambda i: f'IF(AND({gaps.title.at(i)}<>"",{gaps.optional.at(i)}=0,{gaps.current.at(i)}<>"N/A"),1,0)',
    )
    rated = rows("Rated", lambda i: f"IF(AND({counts.at(i)}=1,ISNUMBER({gaps.current.at(i)})),1,0)")
    met = rows("Met", lambda i: f"IF({rated.at(i)}=1,IF({gaps.gap.at(i)}<=0,1,0),0)")
    attained = rows("Attained", lambda i: _attained(gaps, rated.at(i), i))
    short = rows("Critical short", lambda i: f"{rated.at(i)}*(1-{met.at(i)})*{gaps.critical.at(i)}")
    far = rows("Critical far", lambda i: f"IF({short.at(i)}=1,IF({gaps.gap.at(i)}>{gaps.step.at(i)},1,0),0)")
    unknown = f"SUMPRODUCT({counts.all},{gaps.critical.all},1-{rated.all})"
    broken = scratch.value(
        "Cannot be computed",
        f'SUMPRODUCT({counts.all}*({gaps.weight.all}=""))+SUMPRODUCT({rated.all}*({attained.all}=""))',
    )
    applicable = scratch.value("Weight applicable", _weight_of(gaps, counts, broken))
    rated_weight = scratch.value("Weight rated", _weight_of(gaps, rated, broken))
    total = first_asked(choice.target)
    attainment = scratch.value(
        "Attainment", _share(f"SUMPRODUCT({gaps.weight.all},{attained.all})", rated_weight)
    )
    coverage = scratch.value("Coverage", _share(rated_weight, applicable))
    unmet = scratch.value("Critical unmet", f"SUM({short.all})")
    known = f"AND(ISNUMBER({attainment}),ISNUMBER({coverage}),{unknown}=0)"
    return Figures(
        asked=scratch.value("Asked", total),
        attainment=attainment,
        share_met=scratch.value(
            "Share met", _share(f"SUMPRODUCT({gaps.weight.all},{met.all})", rated_weight)
        ),
        coverage=coverage,
        critical_unmet=unmet,
        band=scratch.value("Band", _band(known, attainment, coverage, unmet, f"SUM({far.all})")),
    )


def first_asked(target: str) -> str:
    """How many competencies `target` asks for."""
    return (
        f"SUMPRODUCT({is_equal('Expectations', 'level_code', target)}*{is_given('Expectations', 'required')})"
    )


def _asked_rows(scratch: Scratch, target: str) -> Cells:
    """The rows of Expectations for `target`, in their order; blank ratings are not asked for (source: F3)."""
    asked = scratch.reserve("Expectation row", COMPETENCIES)
    at_target = is_equal("Expectations", "level_code", f'IF({target}="","(none)",{target})')
    given = is_given("Expectations", "required")

    def next_row(i: int) -> str:
        return first_row("Expectations", at_target, given, after=asked.at(i - 1) if i else "0")

    return scratch.fill(asked, next_row)


def _work_out_asked(scratch: Scratch, target: str) -> Asked:
    """What `target` asks for, competency by competency, and the scale each is rated on."""
    row = _asked_rows(scratch, target)

    def rows(label: str, formula: Callable[[int], str]) -> Cells:
        return scratch.column(label, COMPETENCIES, formula)

    code = rows("Competency ID", lambda i: text_of("Expectations", "competency_id", row.at(i)))
    competency = rows(
        "Competency row",
        lambda i: first_row("Competencies", is_equal("Competencies", "competency_id", code.at(i))),
    )
    title = rows("Competency", lambda i: _title(code.at(i), competency.at(i)))
    scale = rows("Scale", lambda i: text_of("Competencies", "scale", competency.at(i)))
    low = rows("Lowest", lambda i: end_of_scale(scale.at(i), "low"))
    high = rows("Highest", lambda i: end_of_scale(scale.at(i), "high"))
    return Asked(row, code, title, scale, low, high, rows("Step", lambda i: step_of_scale(scale.at(i))))


def _gap(required: str, current: str) -> str:
    """Required minus current; N/A stays N/A, and not assessed stays blank."""
    known = f"AND(ISNUMBER({required}),ISNUMBER({current}))"
    return f'IF({known},{required}-{current},IF({current}="N/A","N/A",""))'


def _title(code: str, row: str) -> str:
    title = text_of("Competencies", "competency", row)
    return f'IF({code}="","",IF({title}="",{code},{title}))'


def _score_row(choice: Choice, code: str) -> str:
    found = first_row(
        "Scores",
        is_equal("Scores", "cycle", choice.cycle),
        is_person("Scores", "employee_id", choice.keys),
        is_equal("Scores", "competency_id", code),
    )
    return f'IF({code}="","",{found})'


def _weights(scratch: Scratch, target: str, asked: Cells) -> Cells:
    """As given; equal where the level gives none at all (source: F5)."""
    at_target = f"{is_equal('Expectations', 'level_code', target)}*{is_given('Expectations', 'required')}"
    given = scratch.value("Weights given", f"SUMPRODUCT({at_target}*{is_filled('Expectations', 'weight')})")
    number = scratch.value("Equal weight", f'IFERROR(100/{first_asked(target)},"")')

    def weight(i: int) -> str:
        own = cell_of("Expectations", "weight", asked.at(i))
        return f'IF({is_found(asked.at(i))},IF({given}=0,{number},{own}),"")'

    return scratch.column("Weight", COMPETENCIES, weight)


def _attained(gaps: GapRows, rated: str, i: int) -> str:
    """1 where the rating is enough, else the way from the scale's lowest point to what is required."""
    way = f"({gaps.current.at(i)}-{gaps.low.at(i)})/({gaps.required.at(i)}-{gaps.low.at(i)})"
    return f'IF({rated}=1,IF({gaps.gap.at(i)}<=0,1,IFERROR({way},"")),0)'


def _weight_of(gaps: GapRows, rows: Cells, broken: str) -> str:
    """The weight of `rows`; blank where a weight or the end of a scale is missing, for no number is made up for it."""
    return f'IF({broken}>0,"",SUMPRODUCT({gaps.weight.all},{rows.all}))'


def _share(part: str, whole: str) -> str:
    return f'IF(ISNUMBER({whole}),IF({whole}>0,{part}/{whole},""),"")'


def _band(known: str, attainment: str, coverage: str, unmet: str, far: str) -> str:
    """Ready, Near, Developing or Insufficient data (source: G2); a critical competency unrated leaves too little known."""
    by_key = {
        s.key: setting(s.name, float(s.default), s.low, s.high)
        for s in SETTINGS
        if s.low is not None and s.high is not None
    }
    enough = f"IF({known},{coverage}>={by_key['least_coverage']}-{_SMALL},FALSE)"
    ready = f"AND({attainment}>={by_key['ready_attainment']}-{_SMALL},{unmet}=0)"
    near = (
        f"AND({attainment}>={by_key['near_attainment']}-{_SMALL},"
        f"{unmet}<={by_key['near_critical_gaps']},{far}=0)"
    )
    return f'IF({enough},IF({ready},"Ready",IF({near},"Near","Developing")),"Insufficient data")'
