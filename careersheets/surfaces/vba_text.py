"""The macros' text: one Sub per button, which hands one line of Python to xlwings."""

from __future__ import annotations

from .buttons import Button, all_buttons
from .status_bar import STOP_MARK

_HEAD = "Option Explicit\n' {about} Written by scripts/build_macro_workbooks.py from careersheets/surfaces/buttons.py.\n"


def workbook_module() -> str:
    """The module behind the buttons of the workbook."""
    return _module("The buttons of the workbook.", "")


def ribbon_module() -> str:
    """The module behind the ribbon tab of the add-in."""
    return _module("The ribbon tab Careers.", "control As IRibbonControl")


def ribbon_xml() -> str:
    """The ribbon tab of the add-in, as Office asks for it."""
    groups: dict[str, list[Button]] = {}
    for button in all_buttons():
        groups.setdefault(_GROUPS.get(button.action, "Scorecards"), []).append(button)
    written = "".join(_group(label, buttons) for label, buttons in groups.items())
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui"><ribbon><tabs>'
        f'<tab id="careersheetsTab" label="Careers">{written}</tab></tabs></ribbon></customUI>'
    )


_GROUPS = {
    "check": "Cycle",
    "report": "Cycle",
    "release": "Delivery",
    "send": "Delivery",
    "remind": "Delivery",
    "collect": "Forms",
    "stop": "Run",
}


def _module(about: str, arguments: str) -> str:
    subs = "\n".join(_sub(button, arguments) for button in all_buttons())
    return _HEAD.format(about=about) + "\n" + subs


def _sub(button: Button, arguments: str) -> str:
    """Several lines, for LibreOffice passes over a Sub on one line."""
    body = (
        f'Application.StatusBar = "{STOP_MARK}"'
        if button.action == "stop"
        else f'RunPython "{button.command}"'
    )
    return f"Public Sub {button.macro}({arguments})\n    {body}\nEnd Sub\n"


def _group(label: str, buttons: list[Button]) -> str:
    written = "".join(
        f'<button id="{button.macro}" label="{button.caption}" imageMso="{button.icon}" '
        f'size="{"large" if button.main else "normal"}" screentip="{button.caption}" supertip="{button.tip}" '
        f'onAction="careersheets_ribbon.{button.macro}"/>'
        for button in buttons
    )
    return f'<group id="group{label}" label="{label}">{written}</group>'
