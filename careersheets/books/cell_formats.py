"""Number formats of an .xlsx, so that a date that is carried into it shows as a date, and a number as a number."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from xml.sax.saxutils import quoteattr

from .book import OutValue
from .package import Package
from .refusals import WriteRefusal, WriteRefused
from .workbook_index import read_relationships_of
from .xml_outline import BadXml, Element, parse_outline, set_attribute, splice

# What Excel calls these numbers of formats: days and times.
_BUILT_IN_MOMENTS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_GENERAL = 0
_FIRST_OWN = 164
_DAY, _DAY_AND_TIME, _TIME, _SPAN = "dd mmm yyyy", "dd mmm yyyy hh:mm:ss", "hh:mm:ss", "[h]:mm:ss"
# Texts in quotation marks, single characters, colours and conditions say nothing of days.
_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_MOMENT_CODE = re.compile(r"[dmyhs]", re.IGNORECASE)


class CellFormats:
    """The styles of one open workbook; new ones are kept until `save`.

    Raises:
        WriteRefused: it says in an unusual way how its cells look.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self._fitting: dict[tuple[str, str], str] = {}
        self._new_styles: list[str] = []
        self._new_formats: dict[str, int] = {}
        try:
            self._part = styles_part(package)
            self._root = parse_outline(package.read(self._part))
            self._styles = list(_child(self._root, "cellXfs").all("xf"))
        except (BadXml, KeyError, StopIteration) as error:
            raise WriteRefused(package.path, WriteRefusal.UNUSUAL_XML) from error
        own = self._root.find("numFmts")
        self._codes = {
            int(line.attributes["numFmtId"]): line.attributes["formatCode"]
            for line in (own.all("numFmt") if own else ())
        }
        self._content = package.read(self._part)

    def fitting(self, style: str, value: OutValue) -> str:
        """The style like `style`, an index or "" for none, in which `value` shows as what it is."""
        wanted = _wanted(value)
        if wanted is None:
            return style
        known = self._fitting.get((style, wanted))
        if known is None:
            known = self._fitting[style, wanted] = self._find(style, wanted)
        return known

    def prepare(self, style: str) -> None:
        """Make all styles that `fitting` may want like `style`."""
        for value in (date.min, datetime.min, time.min, timedelta(), 0.0):
            self.fitting(style, value)

    def save(self) -> None:
        """Put the new styles into the package."""
        if not self._new_styles:
            return
        holder, content = _child(self._root, "cellXfs"), self._content
        prefix = _prefix(content, self._root)
        count = str(len(self._styles) + len(self._new_styles))
        styles = "".join(self._new_styles).encode()
        replacements = [
            set_attribute(content, holder, "count", count),
            (holder.inner_end, holder.inner_end, styles),
        ]
        self._package.replace(
            self._part, splice(content, sorted([*replacements, *self._formats_written(prefix)]))
        )

    def _formats_written(self, prefix: str) -> list[tuple[int, int, bytes]]:
        lines = "".join(
            f"<{prefix}numFmt numFmtId={quoteattr(str(number))} formatCode={quoteattr(code)}/>"
            for code, number in self._new_formats.items()
        )
        if not lines:
            return []
        own, count = self._root.find("numFmts"), len(self._codes) + len(self._new_formats)
        if own is None:
            whole = f'<{prefix}numFmts count="{count}">{lines}</{prefix}numFmts>'
            return [(self._root.inner, self._root.inner, whole.encode())]
        attribute = set_attribute(self._content, own, "count", str(count))
        return [attribute, (own.inner_end, own.inner_end, lines.encode())]

    def _find(self, style: str, code: str) -> str:
        base = self._styles[int(style or 0)] if int(style or 0) < len(self._styles) else None
        number = int(base.attributes.get("numFmtId", "0")) if base is not None else _GENERAL
        if bool(code) == self._is_moment(number):
            return style
        wanted = self._number_of(code) if code else _GENERAL
        self._new_styles.append(self._like(base, wanted))
        return str(len(self._styles) + len(self._new_styles) - 1)

    def _like(self, base: Element | None, number: int) -> str:
        """A style that differs from `base` in its number format only."""
        if base is None:
            base = self._styles[0]
        written = self._content[base.start : base.end]
        at = Element("", {}, 0, 0)
        at.attributes, at.inner = dict(base.attributes), base.inner - base.start
        for name, value in (("numFmtId", str(number)), ("applyNumberFormat", "1")):
            replacement = set_attribute(written, at, name, value)
            at.attributes[name] = value
            at.inner += len(replacement[2]) - (replacement[1] - replacement[0])
            written = splice(written, [replacement])
        return written.decode()

    def _number_of(self, code: str) -> int:
        for number, known in self._codes.items():
            if known == code:
                return number
        if code not in self._new_formats:
            last = max([_FIRST_OWN - 1, *self._codes, *self._new_formats.values()])
            self._new_formats[code] = last + 1
        return self._new_formats[code]

    def _is_moment(self, number: int) -> bool:
        if number in self._codes:
            return _MOMENT_CODE.search(_NOT_CODE.sub("", self._codes[number])) is not None
        return number in _BUILT_IN_MOMENTS


def styles_part(package: Package) -> str:
    """The name of the part that says how cells look.

    Raises:
        StopIteration: there is none.
    """
    lines = read_relationships_of(package.read, package.name_of, package.index.part)
    found = next(line.target for line in lines if line.kind == "styles")
    return package.name_of(found) or found


def _wanted(value: OutValue) -> str | None:
    """The format that shows a day or time, "" for one that shows a number; None where any will do."""
    match value:
        case bool() | str() | None:
            return None
        case int() | float():
            return ""
        case datetime():
            return _DAY_AND_TIME
        case date():
            return _DAY
        case time():
            return _TIME
        case timedelta():
            return _SPAN
    return None


def _child(root: Element, name: str) -> Element:
    found = root.find(name)
    if found is None:
        raise KeyError(name)
    return found


def _prefix(content: bytes, root: Element) -> str:
    name = content[root.start + 1 : root.inner].split(None, 1)[0].rstrip(b"/>").decode()
    return name[: -len(root.name)]
