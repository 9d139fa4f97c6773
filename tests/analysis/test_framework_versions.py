"""An edit of the framework during a cycle moves nobody's goalposts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from careersheets.analysis.compute import compute_results
from careersheets.analysis.fingerprints import input_fingerprints
from careersheets.analysis.framework_versions import (
    FRAMEWORK,
    framework_fingerprint,
    framework_values,
    kept_values,
    kept_versions,
    with_framework_of,
    with_version,
    without_history,
)
from careersheets.analysis.results import Results
from careersheets.tables.reading import read_tables
from careersheets.tables.settings import read_settings
from careersheets.tables.tables import Tables
from tests.analysis.test_by_hand import workbook
from tests.support.contents import contents_of
from tests.support.versions import kept_rows

pytestmark = pytest.mark.requirement("F8", "G1")

Rows = dict[str, list[dict[str, Any]]]


def tables_of(rows: Rows) -> Tables:
    return read_tables(contents_of(rows))[0]


def results_of(rows: Rows, cycle: str = "") -> Results:
    tables = tables_of(rows)
    return compute_results(tables, read_settings(tables)[0], date(2026, 11, 22), cycle)


def accepted(rows: Rows, version: str, *cycles: str) -> Rows:
    """The framework of `rows` is kept as `version`, which counts for `cycles`."""
    kept = [*rows.get("Framework history", []), *kept_rows(tables_of(rows), version)]
    named = [
        row | ({"framework_version": version} if row["cycle"] in cycles else {}) for row in rows["Cycles"]
    ]
    return rows | {"Framework history": kept, "Cycles": named}


def harder(rows: Rows, level: str, what: str, required: float) -> Rows:
    """`level` asks for `required` points of `what` from here on."""
    asked = [
        row | ({"required": required} if (row["level_code"], row["competency_id"]) == (level, what) else {})
        for row in rows["Expectations"]
    ]
    assert asked != rows["Expectations"]
    return rows | {"Expectations": asked}


def band(results: Results, person: str, target: str) -> tuple[str, float]:
    row = results.readiness.set_index(["employee_id", "target_level"]).loc[(person, target)]
    return str(row["band"]), float(row["attainment"])


def test_an_edit_moves_no_number_of_a_cycle_whose_framework_was_accepted() -> None:
    before = accepted(workbook(), "1", "H1", "H2")
    after = results_of(harder(before, "E3", "COM", 5))
    assert_frame_equal(after.gaps, results_of(before).gaps)
    assert_frame_equal(after.readiness, results_of(before).readiness)


def test_without_an_accepted_version_an_edit_counts_at_once() -> None:
    moved = results_of(harder(workbook(), "E3", "COM", 5))
    assert band(moved, "P1", "E3") != band(results_of(workbook()), "P1", "E3")
    named = workbook()
    named["Cycles"] = [row | {"framework_version": "1"} for row in named["Cycles"]]
    assert_frame_equal(results_of(harder(named, "E3", "COM", 5)).readiness, moved.readiness)


def test_a_change_counts_once_it_is_accepted() -> None:
    changed = harder(accepted(workbook(), "1", "H1", "H2"), "E3", "COM", 5)
    both = accepted(changed, "2", "H2")
    assert kept_versions(tables_of(both)) == ["1", "2"]
    moved = results_of(both)
    assert band(moved, "P1", "E3") == band(results_of(harder(workbook(), "E3", "COM", 5)), "P1", "E3")


def test_the_cycle_before_keeps_the_framework_it_was_evaluated_against() -> None:
    changed = accepted(harder(accepted(workbook(), "1", "H1", "H2"), "E3", "COM", 5), "2", "H2")
    plain = results_of(workbook()).readiness.set_index(["employee_id", "target_level"])
    kept = results_of(changed).readiness.set_index(["employee_id", "target_level"])
    assert kept["previous_attainment"].equals(plain["previous_attainment"])
    assert results_of(changed, "H1").readiness.equals(results_of(workbook(), "H1").readiness)


def test_a_level_that_was_deleted_meanwhile_is_still_a_target_of_the_cycle() -> None:
    kept = accepted(workbook(), "1", "H1", "H2")
    without = kept | {
        "Levels": [row for row in kept["Levels"] if row["level_code"] != "M4"],
        "Expectations": [row for row in kept["Expectations"] if row["level_code"] != "M4"],
    }
    assert_frame_equal(results_of(without).readiness, results_of(kept).readiness)


def test_a_change_of_points_across_another_scale_is_not_compared() -> None:
    """The scale Default went to 5 in H1 and goes to 10 in H2."""
    kept = accepted(workbook(), "1", "H1")
    longer = kept | {
        "Rating scales": [
            *kept["Rating scales"],
            {"scale": "Default", "value": 10, "label": "New", "step": 1},
        ]
    }
    gaps = results_of(accepted(longer, "2", "H2")).gaps
    of_default = gaps[gaps["scale"].eq("Default") & gaps["previous"].notna()]
    assert len(of_default) > 2
    assert not of_default["comparable"].any()
    assert of_default["change"].isna().all()
    unkept = results_of(longer | {"Framework history": []}).gaps
    assert unkept.loc[unkept["previous"].notna(), "comparable"].all()


def test_a_kept_framework_reads_as_it_stood_on_its_sheets() -> None:
    rows = workbook()
    rows["Expectations"][0] |= {
        "weight": 100 / 3,
        "optional": "Yes",
        "behaviours": "Asks first; Writes it down",
        "skills": "a | b\nc",
        "scope": "=1+1",
    }
    tables = tables_of(accepted(rows, "1", "H1"))
    changed = tables_of(harder(accepted(rows, "1", "H1"), "E3", "COM", 5))
    back = with_version(changed, "1")
    assert back is not changed
    for model in FRAMEWORK:
        assert_frame_equal(
            back.frame(model).reset_index(drop=True),
            tables.frame(model).reset_index(drop=True),
            check_dtype=False,
        )
    assert framework_fingerprint(framework_values(back)) == framework_fingerprint(framework_values(tables))


def test_the_order_of_rows_is_no_change_and_nothing_is_copied_where_nothing_differs() -> None:
    rows = accepted(workbook(), "1", "H2")
    turned = tables_of(rows | {"Expectations": rows["Expectations"][::-1]})
    assert with_framework_of(turned, "H2") is turned
    assert with_framework_of(turned, "H1") is turned
    assert with_framework_of(turned, "no such cycle") is turned


@pytest.mark.requirement("X5")
def test_an_edit_that_does_not_count_is_no_reason_to_make_a_document_anew() -> None:
    before = accepted(workbook(), "1", "H1", "H2")
    edited = harder(before, "E3", "COM", 5)
    assert input_fingerprints(results_of(edited)) == input_fingerprints(results_of(before))
    counting = input_fingerprints(results_of(accepted(edited, "2", "H2")))
    assert counting != input_fingerprints(results_of(before))


def test_keys_with_a_bar_in_them_stay_apart() -> None:
    rows = workbook()
    rows["Rating scales"] = [{"scale": "a|b", "value": 1}, {"scale": "a", "value": 1}]
    tables = tables_of(rows)
    keys = {place.key for place in framework_values(tables) if place.sheet == "Rating scales"}
    assert keys == {"a||b|1", "a|1"}


def test_without_history_the_sheets_count() -> None:
    rows = harder(accepted(workbook(), "1", "H2"), "E3", "COM", 5)
    tables = without_history(tables_of(rows))
    assert kept_versions(tables) == []
    assert kept_values(tables, "1") == {}
    assert with_framework_of(tables, "H2") is tables


TEXTS = st.sampled_from(
    ("1", "2", "Levels", "Expectations", "E3", "E3|COM", "Required", "x", "N/A", "Yes", "=a", None)
)


@settings(max_examples=40, deadline=None)
@given(
    history=st.lists(
        st.fixed_dictionaries(dict.fromkeys(("version", "sheet", "key", "of_column", "value"), TEXTS)),
        max_size=8,
    )
)
def test_a_history_that_somebody_typed_into_stops_nothing(history: list[dict[str, Any]]) -> None:
    rows = workbook() | {"Framework history": history}
    rows["Cycles"] = [row | {"framework_version": "1"} for row in rows["Cycles"]]
    assert isinstance(results_of(rows).readiness, pd.DataFrame)
