"""Is every rating scale a scale?

Source: REQUIREMENTS F4, F5.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model.findings import Finding, Rule, Severity
from ..vocabulary.framework import RatingScales
from .placing import report_rows
from .rating_points import is_off_step
from .review import Review

ONE_POINT = Rule(
    "CS311",
    Severity.WARNING,
    'the scale "{scale}" has only one point.',
    "Add its other points, one row each.",
    "On a scale with one point everybody is the same.",
)
TWO_STEPS = Rule(
    "CS312",
    Severity.WARNING,
    'the points of the scale "{scale}" have different steps: {steps}.',
    "Give all points of the scale the same step.",
    "It is not clear whether half points may be given; the smaller step is taken.",
)
POINT_OFF_STEP = Rule(
    "CS313",
    Severity.WARNING,
    'the point {value} of the scale "{scale}" is not a whole number of steps of {step} above {low}.',
    "Correct the value or the step.",
    "Ratings at this very point are reported as lying between two points.",
)
LABEL_REPEATED = Rule(
    "CS314",
    Severity.WARNING,
    'the scale "{scale}" has the label "{label}" twice, here and in row {first}.',
    "Give each point a label of its own.",
    "A rating typed as this label could be either point, so the number may be wrong.",
)


def check_scales(review: Review) -> Iterator[Finding]:
    """Scales of one point, with two steps, with points off the step, or with a label twice."""
    table = review.tables[RatingScales]
    points = table.frame.dropna(subset=["scale", "value"])
    by_scale = points.groupby("scale")
    alone = points[by_scale["value"].transform("nunique").eq(1)].drop_duplicates("scale")
    yield from report_rows(ONE_POINT, table, "scale", alone)

    steps = points.dropna(subset="step").groupby("scale")["step"].unique()
    steps = steps[steps.map(len).gt(1)].map(lambda found: ", ".join(f"{step:g}" for step in sorted(found)))
    differing = points[points["scale"].isin(steps.index)].drop_duplicates("scale")
    differing = differing.assign(steps=differing["scale"].map(steps.to_dict()))
    yield from report_rows(TWO_STEPS, table, "step", differing)

    measured = points.assign(
        low=by_scale["value"].transform("min"), step=by_scale["step"].transform("min").fillna(1.0)
    )
    yield from report_rows(POINT_OFF_STEP, table, "value", measured[is_off_step(points["value"], measured)])

    labelled = points.assign(folded=points["label"].str.casefold()).dropna(subset="label")
    firsts_of = labelled.reset_index(names="first").drop_duplicates(["scale", "folded"])
    again = labelled[labelled.duplicated(["scale", "folded"])].reset_index(names="row")
    again = again.merge(firsts_of[["scale", "folded", "first"]], on=["scale", "folded"]).set_index("row")
    yield from report_rows(LABEL_REPEATED, table, "label", again)
