"""A worksheet whose body rows open with a height that fits, and still adjust when somebody types more."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from ...vocabulary.workbook import HEADER_ROW


class FittingSheet(Worksheet):  # type: ignore[misc]
    """XlsxWriter marks every height as set by hand, and a spreadsheet program does not touch such rows again.

    Body rows are written without that mark: the height is only what the program would have found itself.
    """

    def _xml_start_tag_unencoded(self, tag: str, attributes: list[tuple[str, Any]] | None = None) -> None:
        if tag == "row" and attributes and dict(attributes)["r"] > HEADER_ROW:
            attributes = [pair for pair in attributes if pair[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)
