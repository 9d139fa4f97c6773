"""Word templates, compiled once and rendered many times."""

from __future__ import annotations

import io
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateError
from markupsafe import Markup

from .chart_parts import BoundChart, bound_charts, without
from .charts import filled_book
from .compiling import NEXT_ID, BadPart, compile_parts
from .errors import TemplateFault
from .faults import first_fault
from .forms import Stamp
from .package import DOCUMENT, PackageWriter, parts_of, read_parts
from .paper import has_one_section, on_paper
from .properties import CORE, own_properties, without_authors
from .questions import PlacedField, Questions
from .sandbox import PayingSandbox, Sandbox, harmless
from .text import InlineMarkup, legal

_FIRST_DRAWING = 1001


@dataclass(frozen=True, slots=True)
class _Layout:
    """What zips documents of one layout, and the names of the parts each brings."""

    writer: PackageWriter
    changing: Sequence[str]


class Template:
    """A template that was read and compiled. One thread renders it at a time.

    Raises:
        TemplateRefused: the file is not usable at all.
        TemplateFault: a tag cannot be followed.
    """

    def __init__(self, name: str, parts: Mapping[str, bytes]) -> None:
        self.name = name
        self._parts = without_authors(name, parts)
        self._sandbox = Sandbox()
        try:
            self._compiled = compile_parts(name, parts, self._sandbox)
        except BadPart as bad:
            raise first_fault(name, parts, None, part=bad.part, otherwise=str(bad)) from bad
        self._stamp = Stamp(name, self._parts) if self._compiled.has_fields else None
        self._charts = bound_charts(name, parts)
        if self._stamp:
            self._parts = self._stamp.parts
        self._one_section = has_one_section(parts[DOCUMENT])
        self._layouts: dict[tuple[str, ...], _Layout] = {}

    def render(self, context: Mapping[str, Any]) -> bytes:
        """The finished document as bytes of a .docx file.

        Args:
            context: what its tags can name. `document` may give `paper` ("A4" or "Letter") and `language`; `charts` the
                data of each chart by the name in its alternative text.

        Raises:
            TemplateFault: a tag names something that is not there, or cannot be followed.
        """
        writer, contents = self.made_parts(context)
        return writer.file_of(contents)

    def made_parts(self, context: Mapping[str, Any]) -> tuple[PackageWriter, list[bytes]]:
        """As `render`: the parts of the document that are its own, and what zips them with those it shares.

        Raises:
            TemplateFault: a tag names something that is not there, or cannot be followed.
        """
        rendered = self._rendered(context)
        parts = parts_of(self.name, self.by_docxtpl(context)) if self._compiled.by_docxtpl else None
        texts = {
            part: rendered[part] if part == CORE or not parts else parts[part].decode() for part in rendered
        }
        charts = [chart for chart in self._charts if chart.is_in(texts.get(DOCUMENT, ""))]
        contents = [text.encode() for text in texts.values()] + self._stamped(context)
        contents += self._filled(charts, context)
        wanted = _paper_and_language(context)
        layout = self._layout(wanted, charts) if parts is None else self._laid_out(parts, wanted, charts)
        return layout.writer, on_paper(layout.changing, contents, *wanted, one_section=self._one_section)

    def _layout(self, wanted: tuple[str, str], charts: Sequence[BoundChart]) -> _Layout:
        """What all documents of one paper and language that show the same charts share."""
        key = (*wanted, *(chart.part for chart in charts))
        if key not in self._layouts:
            self._layouts[key] = self._laid_out(self._parts, wanted, charts)
        return self._layouts[key]

    def _laid_out(
        self, parts: Mapping[str, bytes], wanted: tuple[str, str], charts: Sequence[BoundChart]
    ) -> _Layout:
        changing = [*self._compiled.templates, *([self._stamp.part] if self._stamp else [])]
        for chart in charts:
            changing += [chart.part, chart.workbook] if chart.workbook else [chart.part]
        parts = without(self.name, parts, [chart for chart in self._charts if chart not in charts])
        names = [name for name in parts if name not in changing]
        fixed = dict(zip(names, on_paper(names, [parts[name] for name in names], *wanted), strict=True))
        books = frozenset(chart.workbook for chart in charts if chart.workbook)
        return _Layout(PackageWriter(fixed, changing, stored=books), changing)

    def _rendered(self, context: Mapping[str, Any]) -> dict[str, str]:
        self._sandbox.begin()
        values = harmless(context) | own_properties(context)
        values[NEXT_ID] = itertools.count(_FIRST_DRAWING).__next__
        try:
            return {part: template.render(values) for part, template in self._compiled.templates.items()}
        except (TemplateError, ArithmeticError, TypeError, ValueError, RecursionError) as error:
            raise first_fault(self.name, self._parts, context, otherwise=str(error)) from error

    def _stamped(self, context: Mapping[str, Any]) -> list[bytes]:
        """Of a form, the part that says which form it is and which fields were placed in it."""
        if self._stamp is None:
            return []
        questions = context.get("document", {}).get("form")
        if not isinstance(questions, Questions):
            raise TemplateFault(
                self.name, "its fields", "this kind of document is no form; take its fields out."
            )
        placed = [one.field for one in self._sandbox.placed.values() if isinstance(one, PlacedField)]
        return [self._stamp.of(questions.mark, placed)]

    def _filled(self, charts: Sequence[BoundChart], context: Mapping[str, Any]) -> list[bytes]:
        """`charts` and their workbooks; a chart whose data is not given is a fault."""
        contents, given = [], context.get("charts", {})
        books: dict[tuple[str, str], bytes] = {}
        for chart in charts:
            data = given.get(chart.binding)
            if data is None:
                raise TemplateFault(
                    self.name,
                    "a chart",
                    f'there is no data "{chart.binding}". There is: {", ".join(sorted(given)) or "none"}.',
                )
            contents.append(chart.filler.filled(data))
            if chart.workbook:
                key = (chart.binding, chart.filler.sheet)
                books[key] = books.get(key) or filled_book(chart.books, data)
                contents.append(books[key])
        return contents

    def by_docxtpl(self, context: Mapping[str, Any]) -> bytes:
        """The document as docxtpl renders it, in the same sandbox: for tags only it knows, and to compare with."""
        source = io.BytesIO()
        source.write(PackageWriter(self._parts, []).file_of([]))
        document = DocxTemplate(source)
        try:
            document.render(
                harmless(context), PayingSandbox(_left_to_docxtpl, autoescape=True), autoescape=True
            )
        except TemplateError as error:
            raise first_fault(self.name, self._parts, context, otherwise=str(error)) from error
        target = io.BytesIO()
        document.save(target)
        return target.getvalue()


def load_template(path: Path) -> Template:
    """The template at `path`, compiled.

    Raises:
        TemplateRefused: the file is not usable at all.
        TemplateFault: a tag cannot be followed.
    """
    return Template(path.name, read_parts(path))


def _paper_and_language(context: Mapping[str, Any]) -> tuple[str, str]:
    document = context.get("document", {})
    return document.get("paper", ""), document.get("language", "")


def _left_to_docxtpl(value: Any) -> Any:
    """Line breaks are made by docxtpl itself; only what XML cannot hold goes, and only a field of a form is XML."""
    if value is None:
        return ""
    if isinstance(value, InlineMarkup):
        return Markup(InlineMarkup.of(value))  # noqa: S704
    return legal(str.__str__(value)) if isinstance(value, str) else value
