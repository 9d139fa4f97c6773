"""Where the charts of a template are: the parts of each, and which of them a finished document shows."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from .charts import BINDING, ChartFiller, book_writer
from .package import DOCUMENT, PackageWriter, parsed

_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_TYPES = "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class BoundChart:
    """A chart of a template.

    Attributes:
        binding: the name of its data.
        part: the part it is in.
        workbook: its embedded workbook, "" if it has none.
        relations: the ids by which the body shows it.
        companions: the parts that are there for it alone, its workbook among them.
    """

    binding: str
    part: str
    workbook: str
    relations: frozenset[str]
    companions: frozenset[str]
    filler: ChartFiller
    books: PackageWriter

    def is_in(self, body: str) -> bool:
        """Whether the finished `body` shows it."""
        return any(f':id="{relation}"' in body for relation in self.relations)


def bound_charts(name: str, parts: Mapping[str, bytes]) -> list[BoundChart]:
    """The charts of the document called `name` whose alternative text names their data."""
    targets = _targets(name, parts, DOCUMENT)
    found: dict[str, BoundChart] = {}
    for binding, relation in _drawings(name, parts):
        part = targets.get(relation, "")
        if part in parts and part not in found:
            relations = frozenset(key for key, target in targets.items() if target == part)
            found[part] = _bound(name, parts, binding, part, relations)
    return list(found.values())


def without(name: str, parts: Mapping[str, bytes], charts: Iterable[BoundChart]) -> dict[str, bytes]:
    """`parts` without those of `charts`, and without a word of them elsewhere."""
    charts = list(charts)
    if not charts:
        return dict(parts)
    gone = {part for chart in charts for part in (chart.part, _relations_part(chart.part), *chart.companions)}
    relations = {relation for chart in charts for relation in chart.relations}
    kept = {part: content for part, content in parts.items() if part not in gone}
    kept[_TYPES] = _without_lines(name, parts, _TYPES, "PartName", {f"/{part}" for part in gone})
    part = _relations_part(DOCUMENT)
    return kept | {part: _without_lines(name, parts, part, "Id", relations)}


def _drawings(name: str, parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """The name of the data and the relation of each chart in the body."""
    for properties in parsed(name, DOCUMENT, parts[DOCUMENT]).iter(f"{{{_WP}}}docPr"):
        binding, holder = _binding(properties), properties.getparent()
        chart = holder.find(f".//{{{_C}}}chart") if holder is not None else None
        if binding and chart is not None:
            yield binding, chart.get(f"{{{_R}}}id") or ""


def _bound(
    name: str, parts: Mapping[str, bytes], binding: str, part: str, relations: frozenset[str]
) -> BoundChart:
    filler = ChartFiller(parsed(name, part, parts[part]))
    own = [target for target in _targets(name, parts, part).values() if target in parts]
    others = {
        target
        for other in parts
        if other.startswith("word/charts/") and "/_rels/" not in other and other != part
        for target in _targets(name, parts, other).values()
    }
    books = [target for target in own if target.startswith("word/embeddings/")] or own
    workbook = books[0] if books else ""
    companions = frozenset(own) - others
    return BoundChart(binding, part, workbook, relations, companions, filler, book_writer(filler.sheet))


def _binding(properties: etree._Element) -> str:
    texts = (properties.get(key) or "" for key in ("descr", "title", "name"))
    return next((match[1] for text in texts if (match := BINDING.search(text))), "")


def _relations_part(part: str) -> str:
    folder, file = posixpath.split(part)
    return f"{folder}/_rels/{file}.rels"


def _targets(name: str, parts: Mapping[str, bytes], part: str) -> dict[str, str]:
    """Where the relations of `part` lead, by their id."""
    relations, folder = _relations_part(part), posixpath.dirname(part)
    if relations not in parts:
        return {}
    return {
        relation.get("Id") or "": posixpath.normpath(posixpath.join("/", folder, relation.get("Target") or "")).lstrip("/")
        for relation in parsed(name, relations, parts[relations])
        if relation.get("TargetMode") != "External"
    }  # fmt: skip


def _without_lines(name: str, parts: Mapping[str, bytes], part: str, attribute: str, gone: set[str]) -> bytes:
    """A list of parts or relations without those whose `attribute` is among `gone`."""
    root = parsed(name, part, parts[part])
    for line in list(root):
        if line.get(attribute) in gone:
            root.remove(line)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
