"""Rows of Framework history, as accepting a framework would write them."""

from __future__ import annotations

from typing import Any

from careersheets.analysis.framework_versions import framework_values
from careersheets.tables.tables import Tables


def kept_rows(tables: Tables, version: str) -> list[dict[str, Any]]:
    """The framework of `tables` under the name `version`."""
    return [
        {
            "version": version,
            "sheet": place.sheet,
            "key": place.key,
            "of_column": place.column,
            "value": value,
        }
        for place, value in framework_values(tables).items()
    ]
