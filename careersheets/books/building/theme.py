"""One palette and one type scale for everything that is built, and a workbook's formats made from them."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

FONT = "Calibri"

TEAL = "#1F6F78"
INK = "#1B2A41"
CORAL = "#E07A5F"
AMBER = "#F2B134"
SAGE = "#81B29A"
BLUE = "#3D5A98"
GREY = "#7A8CA5"
PAPER = "#F3F6FA"
WHITE = "#FFFFFF"

# Shades of the above: text beside a heading, header of a calculated column, hairline, text on the dark band.
QUIET = "#55657C"
SLATE = "#5B6B82"
HAIRLINE = "#DFE5EE"
MIST = "#C9D3E1"
INPUT = "#FFF8E6"
INPUT_EDGE = "#E6CF96"

TITLE = 20
FIGURE = 22
HEADING = 13
BODY = 10.5
SMALL = 9.5

# Tones for words that say how something stands: fill and text, each pair above 4.5:1 in contrast.
TONES: dict[str, tuple[str, str]] = {
    "good": ("#DDEFE6", "#1F5C45"),
    "near": ("#FCEFCF", "#7A5200"),
    "bad": ("#F9DDD5", "#93300F"),
    "calm": ("#E9EDF3", "#44546A"),
    "info": ("#DDE5F3", "#2C4478"),
}


class Styles:
    """The formats of one workbook; asking twice for the same properties gives the same format."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, **properties: Any) -> Format:
        """The format with `properties` on top of the body type."""
        wanted = {"font_name": FONT, "font_size": BODY, "font_color": INK, "valign": "vcenter", **properties}
        return self._remembered(wanted)

    def only(self, **properties: Any) -> Format:
        """The format with `properties` and nothing else, as conditional formats need it."""
        return self._remembered({"only": True, **properties})

    def tone(self, tone: str, **properties: Any) -> Format:
        """The conditional format of one of the TONES."""
        fill, text = TONES[tone]
        return self.only(bg_color=fill, font_color=text, **properties)

    def _remembered(self, wanted: dict[str, Any]) -> Format:
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format({k: v for k, v in wanted.items() if k != "only"})
        return self._made[key]
