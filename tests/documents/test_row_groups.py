"""Rows by their key are the rows a loop over the frame gives."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd
import pytest

from careersheets.documents.content.row_groups import RowGroups
from tests.documents.company import company

KEYS = ["employee_id", "target_level"]


def test_every_group_is_as_a_loop_gives_it() -> None:
    frame = company().gaps.sample(frac=1, random_state=3)
    expected = defaultdict(list)
    for row in frame.itertuples(index=False):
        expected[row.employee_id, row.target_level].append(row)
    groups = RowGroups(frame, KEYS)
    assert list(groups) == list(expected)
    for key, rows in expected.items():
        assert [type(value) for row in groups[key] for value in row] == [
            type(value) for row in rows for value in row
        ]
        assert pd.DataFrame(groups[key]).equals(pd.DataFrame(rows))


def test_an_empty_frame_has_no_groups_and_an_unknown_key_none() -> None:
    groups = RowGroups(company().gaps.iloc[:0], KEYS)
    assert len(groups) == 0
    assert groups.get(("E1", "L1")) is None
    with pytest.raises(KeyError):
        groups["E1", "L1"]


def test_rows_without_a_key_belong_to_no_group() -> None:
    frame = company().gaps.copy()
    whole = len(RowGroups(frame, KEYS))
    first = frame["employee_id"].iloc[0]
    frame.loc[frame["employee_id"].eq(first), "employee_id"] = None
    groups = RowGroups(frame, KEYS)
    assert len(groups) < whole
    assert sum(len(rows) for rows in groups.values()) == int(frame["employee_id"].notna().sum())
