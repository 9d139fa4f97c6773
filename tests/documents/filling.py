"""Forms filled in as an office program does it: the placeholder's mark goes, the run is replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_WITH_FIELDS = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")


def filled(
    parts: Mapping[str, bytes], answers: Mapping[str, str], known_by: str = "tag", day: str = ""
) -> dict[str, bytes]:
    """`parts` with `answers` in their controls; the others stay as they are.

    Args:
        parts: of the form.
        answers: by tag.
        known_by: what tells which control is which: "tag", or "bookmark" where LibreOffice saved the form.
        day: how a date is shown, if not as 2027-03-31.
    """
    done = dict(parts)
    for part in filter(_WITH_FIELDS.fullmatch, parts):
        root = etree.fromstring(parts[part])
        for name, control in _controls(root, known_by):
            if name in answers:
                _fill(control, answers[name], day)
        done[part] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return done


def _controls(root: etree._Element, known_by: str) -> Iterator[tuple[str, etree._Element]]:
    path, attribute = {
        "tag": (f"{W}sdtPr/{W}tag", f"{W}val"),
        "bookmark": (f"{W}sdtContent/{W}bookmarkStart", f"{W}name"),
    }[known_by]
    for control in root.iter(f"{W}sdt"):
        name = control.find(path)
        if name is not None:
            yield name.get(attribute).removeprefix("cs_"), control


def _fill(control: etree._Element, answer: str, day: str) -> None:
    properties, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
    for mark in properties.findall(f"{W}showingPlcHdr"):
        properties.remove(mark)
    box, date = properties.find(f"{W14}checkbox"), properties.find(f"{W}date")
    if box is not None:
        box.find(f"{W14}checked").set(f"{W14}val", "1" if answer else "0")
        answer = "☒" if answer else "☐"
    elif date is not None:
        date.set(f"{W}fullDate", f"{answer}T00:00:00Z")
        answer = day or answer
    content[:] = [*content.findall(f"{W}bookmarkStart"), _run(answer)]


def _run(text: str) -> etree._Element:
    run = etree.Element(f"{W}r")
    for piece in re.split(r"([\n\t])", text):
        kind = {"\n": "br", "\t": "tab"}.get(piece, "t")
        written = etree.SubElement(run, f"{W}{kind}")
        if kind == "t":
            written.text = piece
            written.set(_SPACE, "preserve")
    return run
