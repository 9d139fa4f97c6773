"""What a scorecard says of the framework, so that nobody rates without knowing what a rating means."""

from __future__ import annotations

from collections.abc import Collection

from ..analysis.expectations import expected_ratings
from ..analysis.results import Results
from ..books.building.scorecard import CardPage, Field
from ..vocabulary.framework import Expectations, Levels, RatingScales
from ..vocabulary.sheet import sheet_of

ASKED, SCALES = "What is asked", "Rating scales"
_REQUIRED = sheet_of(Expectations).column("required")
_BEHAVIOURS = sheet_of(Expectations).column("behaviours")
_TEXT_WIDTH = 60


def framework_pages(results: Results, people: Collection[str]) -> tuple[CardPage, CardPage]:
    """What one sees at the levels that `people` work towards, and what the points of the scales mean.

    Both are to be read only. Levels stand there in the order of the sheet Levels.
    """
    gaps = results.gaps[results.gaps["employee_id"].isin(list(people))]
    levels = results.tables.frame(Levels).dropna(subset="level_code").drop_duplicates("level_code")
    titles = levels.set_index("level_code")["title"]
    asked = expected_ratings(results.tables)
    asked = asked[asked["level_code"].isin(gaps["target_level"])]
    asked = asked.assign(place=asked["level_code"].map({code: at for at, code in enumerate(titles.index)}))
    rows = [
        {
            "level": title if isinstance(title := titles.get(row.level_code), str) else row.level_code,
            "competency": row.competency if isinstance(row.competency, str) else row.competency_id,
            "scale": row.scale if isinstance(row.scale, str) else None,
            "required": row.required,
            "behaviours": "; ".join(row.behaviours),
        }
        for row in asked.sort_values("place", kind="stable").itertuples(index=False)
    ]
    fields = [
        Field("level", "Level", 26, False),
        Field("competency", "Competency name", 26, False),
        Field("scale", "Scale", 12, False),
        Field("required", _REQUIRED.header, 10, False, _REQUIRED),
        Field("behaviours", _BEHAVIOURS.header, _TEXT_WIDTH, False, _BEHAVIOURS),
    ]
    purpose = "What one sees somebody do at the levels in question. Nothing is to be filled in here."
    return CardPage(ASKED, purpose, fields, rows), _scales_page(results, set(asked["scale"].dropna()))


def _scales_page(results: Results, scales: Collection[str]) -> CardPage:
    points = results.tables.frame(RatingScales).dropna(subset=["scale", "value"])
    rows = [
        {name: value if value == value else None for name, value in row.items()}  # noqa: PLR0124 - missing
        for row in points[points["scale"].isin(list(scales))].to_dict("records")
    ]
    widths = {"scale": 16, "value": 8, "label": 18, "meaning": _TEXT_WIDTH}
    sheet = sheet_of(RatingScales)
    fields = [
        Field(name, sheet.column(name).header, width, False, sheet.column(name))
        for name, width in widths.items()
    ]
    return CardPage(SCALES, sheet.purpose, fields, rows)
