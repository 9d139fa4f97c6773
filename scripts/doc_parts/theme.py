"""The theme part: our palette and font as Word offers them to HR when a template is edited."""

from __future__ import annotations

from .look import AMBER, CORAL, FONT, GREY, INK, PAPER, SAGE, TEAL
from .words import DECLARATION

_COLOURS = {
    "dk1": INK,
    "lt1": "FFFFFF",
    "dk2": TEAL,
    "lt2": PAPER,
    "accent1": TEAL,
    "accent2": CORAL,
    "accent3": AMBER,
    "accent4": SAGE,
    "accent5": GREY,
    "accent6": INK,
    "hlink": TEAL,
    "folHlink": GREY,
}


def theme_part() -> str:
    """word/theme/theme1.xml."""
    colours = "".join(f'<a:{key}><a:srgbClr val="{value}"/></a:{key}>' for key, value in _COLOURS.items())
    font = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(f'<a:ln w="{width}">{fill}</a:ln>' for width in (6350, 12700, 19050))
    return (
        f'{DECLARATION}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="careersheets">'
        f'<a:themeElements><a:clrScheme name="careersheets">{colours}</a:clrScheme><a:fontScheme name="careersheets">'
        f"<a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="careersheets"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{lines}'
        f"</a:lnStyleLst><a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )
