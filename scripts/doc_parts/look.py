"""The one palette, type scale and page of all documents."""

from __future__ import annotations

INK = "1B2A41"
TEAL = "1F6F78"
CORAL = "E07A5F"
AMBER = "F2B134"
SAGE = "81B29A"
GREY = "5B6B84"  # the palette's 7A8CA5, darkened until small text on white reads at 4.5 to 1
LINE = "D5DBE5"
FIELD_LINE = "A9B4C4"  # darker than LINE: whoever fills a form in by hand must see its boxes
PAPER = "F3F6FA"
DRAFT = "FEF6E3"
FONT = "Calibri"

MARGIN = 1134  # 2 cm, in twentieths of a point
PAGE = (11906, 16838)  # A4; the tool sets the paper HR chose
TEXT_WIDTH = PAGE[0] - 2 * MARGIN
