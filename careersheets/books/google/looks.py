"""How cells look, from XlsxWriter's words into Google's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from ..building.cells import DAY, DAY_AND_TIME, SIGNED
from ..building.theme import BODY, FONT, INK
from .cells import Message

_LINES = {1: "SOLID", 2: "SOLID_MEDIUM", 5: "SOLID_THICK"}
_SIDES = ("top", "bottom", "left", "right")
_ACROSS = {"left": "LEFT", "center": "CENTER", "right": "RIGHT"}
_DOWN = {"top": "TOP", "vcenter": "MIDDLE", "bottom": "BOTTOM"}
# Google knows no "General" within a format.
_NUMBERS: dict[str, tuple[str, str]] = {
    DAY: ("DATE", "dd mmm yyyy"),
    DAY_AND_TIME: ("DATE_TIME", "dd mmm yyyy hh:mm"),
    SIGNED: ("NUMBER", "+0.0;-0.0;0"),
}
_INDENT = 9
_PADDING = {"top": 2, "right": 3, "bottom": 2, "left": 3}


def colour(code: str) -> Message:
    """`#1F6F78` as the message ColorStyle."""
    parts = {
        name: int(code.lstrip("#")[at : at + 2], 16) / 255
        for name, at in (("red", 0), ("green", 2), ("blue", 4))
    }
    return {"rgbColor": {name: round(part, 4) for name, part in parts.items()}}


def cell_format(look: Mapping[str, Any], *, link: str = "") -> Message:
    """The message CellFormat; what `look` leaves out is as in the body of every page."""
    message: Message = {
        "textFormat": _text_format(look, link),
        "verticalAlignment": _DOWN[look.get("valign", "vcenter")],
        "wrapStrategy": "WRAP" if look.get("text_wrap") else "OVERFLOW_CELL",
    }
    if look.get("bg_color"):
        message["backgroundColorStyle"] = colour(look["bg_color"])
    if look.get("align"):
        message["horizontalAlignment"] = _ACROSS[look["align"]]
    if look.get("indent"):
        message["padding"] = _PADDING | {"left": _PADDING["left"] + _INDENT * look["indent"]}
    if look.get("rotation"):
        message["textRotation"] = {"angle": look["rotation"]}
    if borders := _borders(look):
        message["borders"] = borders
    if number := number_format_of(str(look.get("num_format", "General"))):
        message["numberFormat"] = number
    return message


def changed_format(look: Mapping[str, Any]) -> Message:
    """The few things that a conditional format can change in Google: fill, colour and weight of the text."""
    message: Message = {}
    if look.get("bg_color"):
        message["backgroundColorStyle"] = colour(look["bg_color"])
    text: Message = {"bold": True} if look.get("bold") else {}
    if look.get("font_color"):
        text["foregroundColorStyle"] = colour(look["font_color"])
    return message | ({"textFormat": text} if text else {})


def number_format_of(pattern: str) -> Message | None:
    """The message NumberFormat; None for what needs none."""
    if pattern == "General":
        return None
    if pattern in _NUMBERS:
        kind, said = _NUMBERS[pattern]
        return {"type": kind, "pattern": said}
    return {"type": "PERCENT" if "%" in pattern else "NUMBER", "pattern": pattern}


def format_of_value(value: object) -> str:
    """The number format, in XlsxWriter's words, that a value of this kind has where its cell has none."""
    if isinstance(value, datetime):
        return DAY_AND_TIME
    if isinstance(value, date):
        return DAY
    return "hh:mm" if isinstance(value, time | timedelta) else "General"


def _text_format(look: Mapping[str, Any], link: str) -> Message:
    message: Message = {
        "fontFamily": look.get("font_name", FONT),
        "fontSize": int(look.get("font_size", BODY)),
        "foregroundColorStyle": colour(look.get("font_color", INK)),
    }
    message |= {name: True for name in ("bold", "italic") if look.get(name)}
    if look.get("underline"):
        message["underline"] = True
    return message | ({"link": {"uri": link}, "underline": bool(look.get("underline"))} if link else {})


def _borders(look: Mapping[str, Any]) -> Message:
    lines: Message = {}
    for side in _SIDES:
        kind = look.get(side, look.get("border"))
        if kind:
            shade = look.get(f"{side}_color", look.get("border_color", INK))
            lines[side] = {"style": _LINES[kind], "colorStyle": colour(shade)}
    return lines
